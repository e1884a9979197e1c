"""Which partners a sentence names: "CPAS d'Arlon et Matilda", with the nearest names for those that are not known."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# As near as a typing mistake, and clearly nearer than any other name.
SURE = 0.86
MARGIN = 0.08
NEAREST = 3

_TOKEN = re.compile(r"[^\W_]+|[,;/&+()]")
_SEPARATORS = frozenset(
    re.findall(
        r"\S+",
        ", ; / & + ( ) et ainsi que avec ou en met und mit sowie and with entre tussen zwischen between",
    )
)
_ARTICLES = frozenset(
    re.findall(r"\w+", "le la les l un une de du des d au aux het een der die das den dem the accord afspraak")
)


@dataclass(frozen=True, slots=True)
class Known:
    """A partner and every name it goes by."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that name nobody known; `nearest` holds ids, the nearest first."""

    words: str
    nearest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is named, in order, each once, and what stands where a name should."""

    ids: tuple[int, ...]
    unknown: tuple[Unknown, ...]


def fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Folded words and separators, with where they stand."""
    return [(fold(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def read(text: str, known: Sequence[Known]) -> Parties:
    """All of the text is taken for names: "le CPAS d'Arlon, Matilda et la commune"."""
    words = tokens(text)
    taken = _named(words, known)
    found = dict(taken)
    unknown: list[Unknown] = []
    for first, last in _left_over(words, {at for at, _id in _spans(words, known)}):
        said = text[words[first][1] : words[last][2]]
        ranked = nearest(said, known)
        if ranked and _sure(ranked):
            found[first] = ranked[0][0]
        else:
            unknown.append(Unknown(said, tuple(id_ for id_, _score in ranked[:NEAREST])))
    return Parties(tuple(dict.fromkeys(found[at] for at in sorted(found))), tuple(unknown))


def mentioned(text: str, known: Sequence[Known]) -> tuple[int, ...]:
    """Ids of those named anywhere in a sentence, by their full name, in order."""
    found = dict(_named(tokens(text), known))
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def nearest(said: str, known: Iterable[Known]) -> list[tuple[int, float]]:
    """Every partner with how near its nearest name is, from 1 down to 0; the nearest first."""
    wanted = _bare(said)
    ranked = [(each.id, max((_nearness(wanted, _bare(name)) for name in each.names), default=0.0)) for each in known]
    return sorted(ranked, key=lambda pair: pair[1], reverse=True)


def _bare(name: str) -> list[str]:
    words = [word for word, _first, _last in tokens(name) if word not in _SEPARATORS]
    return [word for word in words if word not in _ARTICLES] or words


def _nearness(said: list[str], name: list[str]) -> float:
    """A name said in part is as near as the part is long; a name mistyped, as its letters agree."""
    if not said or not name:
        return 0.0
    letters = SequenceMatcher(None, " ".join(said), " ".join(name)).ratio()
    if set(said) <= set(name):
        return max(letters, 0.9)
    return letters


def _sure(ranked: Sequence[tuple[int, float]]) -> bool:
    best = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return best >= SURE and best - second >= MARGIN


def _sequences(known: Sequence[Known]) -> list[tuple[list[str], int]]:
    """Each name as its words, the longest first, so that "CPAS de Saint-Hubert" wins over "CPAS"."""
    named = [([word for word, _a, _b in tokens(name)], each.id) for each in known for name in each.names]
    return sorted((pair for pair in named if pair[0]), key=lambda pair: len(pair[0]), reverse=True)


def _matches(words: Sequence[tuple[str, int, int]], known: Sequence[Known]) -> list[tuple[int, int, int]]:
    """(first, after the last, id) of every full name, none overlapping."""
    free = [True] * len(words)
    folded = [word for word, _first, _last in words]
    found: list[tuple[int, int, int]] = []
    for name, id_ in _sequences(known):
        for at in range(len(words) - len(name) + 1):
            if folded[at : at + len(name)] == name and all(free[at : at + len(name)]):
                free[at : at + len(name)] = [False] * len(name)
                found.append((at, at + len(name), id_))
    return found


def _named(words: Sequence[tuple[str, int, int]], known: Sequence[Known]) -> list[tuple[int, int]]:
    return [(first, id_) for first, _after, id_ in _matches(words, known)]


def _spans(words: Sequence[tuple[str, int, int]], known: Sequence[Known]) -> list[tuple[int, int]]:
    return [(at, id_) for first, after, id_ in _matches(words, known) for at in range(first, after)]


def _left_over(words: Sequence[tuple[str, int, int]], taken: set[int]) -> list[tuple[int, int]]:
    """(first, last) of each run of words between separators and names, without articles around it."""
    runs: list[list[int]] = [[]]
    for at, (word, _first, _last) in enumerate(words):
        if at in taken or word in _SEPARATORS:
            runs.append([])
        else:
            runs[-1].append(at)
    kept = []
    for run in runs:
        while run and words[run[0]][0] in _ARTICLES:
            run.pop(0)
        while run and words[run[-1]][0] in _ARTICLES:
            run.pop()
        if run:
            kept.append((run[0], run[-1]))
    return kept
