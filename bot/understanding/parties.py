"""Which partners a sentence names: "CPAS d'Arlon et Matilda", with the nearest names for those that are not known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding import names
from bot.understanding.names import Candidate
from bot.understanding.spelling import fold

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
# What ties a name to where it is: "d'Arlon", "de la Semois", "van Aarlen".
LINK = re.compile(
    r"\s+(?:de la|de l['’]|du|des|de|d['’]|van(?: de[rn]?| het)?|vo[mn](?: der)?|of(?: the)?)(?:(?<=['’])|\s+)(?=\w)",
    re.IGNORECASE,
)


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


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Folded words and separators, with where they stand."""
    return [(fold(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def read(text: str, known: Sequence[Candidate]) -> Parties:
    """All of the text is taken for names: "le CPAS d'Arlon, Matilda et la commune"."""
    words = tokens(text)
    whole = _named(text, known, capital=False)
    found = {first: id_ for first, _after, id_ in whole}
    unknown: list[Unknown] = []
    taken = {at for start, after, _id in whole for at in range(start, after)}
    for first, last in _left_over(words, taken):
        said = text[words[first][1] : words[last][2]]
        meant = names.nearest(said, known)
        if isinstance(meant, names.Match):
            found[first] = meant.candidate.id
        else:
            unknown.append(Unknown(said, tuple(each.id for each in meant.candidates[:NEAREST])))
    return Parties(tuple(dict.fromkeys(found[at] for at in sorted(found))), tuple(unknown))


def mentioned(text: str, known: Sequence[Candidate]) -> tuple[int, ...]:
    """Ids of those named anywhere in a sentence, by their full name, in order."""
    found = {first: id_ for first, _after, id_ in _named(text, known, capital=True)}
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def _sequences(known: Sequence[Candidate]) -> list[tuple[list[str], int]]:
    """Each name as its words, the longest first, so that "CPAS de Saint-Hubert" wins over "CPAS"."""
    named = [
        ([word for word, _a, _b in tokens(name)], each.id) for each in known for name in (each.name, *each.aliases)
    ]
    return sorted((pair for pair in named if pair[0]), key=lambda pair: len(pair[0]), reverse=True)


def _matches(words: Sequence[tuple[str, int, int]], known: Sequence[Candidate]) -> list[tuple[int, int, int]]:
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


def _named(text: str, known: Sequence[Candidate], *, capital: bool) -> list[tuple[int, int, int]]:
    """The same, with where each is; but for a name that goes on: the "CPAS" that is known may not be that of Arlon.

    `capital`: in a sentence, only a name with a capital continues another.
    """
    words = tokens(text)
    places = {each.id: [word for word, _first, _last in tokens(each.place)] for each in known}
    found = []
    for first, after, id_ in _matches(words, known):
        link = LINK.match(text, words[after - 1][2])
        following = next((at for at in range(after, len(words)) if link and words[at][1] >= link.end()), None)
        if link is None or following is None:
            found.append((first, after, id_))
            continue
        end = following + len(places[id_])
        if places[id_] and [word for word, _first, _last in words[following:end]] == places[id_]:
            found.append((first, end, id_))
        elif capital and not text[link.end()].isupper():
            found.append((first, after, id_))
    return found


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
