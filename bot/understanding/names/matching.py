"""Matching people and organisations as they are typed against those that are known; the only importer of rapidfuzz."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.understanding.spelling import words as folded_words

# How many names are offered when none fits.
NEAREST = 3
# A name that shares less than this with what was typed (of 100) is no help.
HELPFUL = 62
# From this length on a word may hold one mistake; from the second, two.
ONE_MISTAKE = 5
TWO_MISTAKES = 9
# A word of this many letters may be the initials of a name; shorter ones only where the name begins.
ACRONYM = 3

_LINKS = (
    "a à au aux d da de del den der des di die das dem do du en et for het in l la las le les los of op t te ten ter"
    " the to und van vom von vor voor y zu zum zur and pour"
)
_TITLES = "dr dre docteur m mr mme mmes mlle madame monsieur mevr mevrouw dhr heer frau herr mrs ms prof me"
_LEGAL_FORMS = "asbl vzw aisbl ivzw ev gmbh"
LINKS = frozenset(_LINKS.split())
TITLES_OF_PEOPLE = frozenset(_TITLES.split())
TITLES = TITLES_OF_PEOPLE.union(_LEGAL_FORMS.split())
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}|\b(?:[^\W\d_]\.)+[^\W\d_]\b(?!\w)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who can be meant; `aliases` are acronyms, other names and handles, `place` the commune it is in."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """This one, and no other, is meant."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Any of these may be meant, in the order given."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """None is meant for sure; these are spelt most like it, the best first."""

    candidates: tuple[Candidate, ...]


Found = Match | Ambiguous | Nearest


def nearest(query: str, candidates: Iterable[Candidate]) -> Found:
    """Who is meant: exact names first, then acronyms, parts and initials, then spelling mistakes; never a guess."""
    index = _index(tuple(candidates))
    wanted = spelt(query)
    if not wanted:
        return Nearest(())
    return index.exact(wanted, sure=query.lstrip().startswith("@")) or index.partly(wanted) or index.nearly(wanted)


def named(query: str, candidates: tuple[Candidate, ...]) -> Match | Ambiguous | None:
    """The same without allowing for mistakes; None when nobody is meant."""
    index = _index(candidates)
    wanted = spelt(query)
    if not wanted:
        return None
    return index.exact(wanted, sure=query.startswith("@")) or index.partly(wanted)


@lru_cache(maxsize=20_000)
def spelt(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others: folded, "C.P.A.S." in one, without articles, titles, legal form."""
    every = folded_words(without_dots(name))
    telling = tuple(word for word in every if word not in LINKS and word not in TITLES)
    return telling or tuple(every)


def without_dots(name: str) -> str:
    """As "CPAS d'Arlon" for "C.P.A.S. d'Arlon"; two initials before a name stay apart ("J. P. Dumont")."""
    return _INITIALS.sub(_join_initials, name)


def _join_initials(found: re.Match[str]) -> str:
    letters = re.sub(r"[.\s]", "", found[0])
    if len(letters) < ACRONYM:
        return found[0]
    return letters + (" " if found[0][-1].isspace() else "")


@lru_cache(maxsize=20_000)
def _initials(name: str) -> str:
    """The first letters of its telling words, then of all its words, apart from each other."""
    every = folded_words(without_dots(name))
    return f"{''.join(word[0] for word in spelt(name))} {''.join(word[0] for word in every)}"


class _Index:
    """The candidates by whole name, by word and by first letter; positions stand for candidates."""

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        self.candidates = candidates
        self.names: dict[str, set[int]] = {}
        self.aliases: dict[str, set[int]] = {}
        self.words: dict[str, set[int]] = {}
        self.letters: dict[str, set[int]] = {}
        self.initials: list[str] = []
        self.whole: list[tuple[str, int]] = []
        for place, candidate in enumerate(candidates):
            for name in (candidate.name, *candidate.aliases):
                self._enter(place, name, self.names if name is candidate.name else self.aliases)
            self.initials.append(f" {' '.join(_initials(name) for name in (candidate.name, *candidate.aliases))}")

    def _enter(self, place: int, name: str, to: dict[str, set[int]]) -> None:
        found = spelt(name)
        to.setdefault(_key(found), set()).add(place)
        self.whole.append((" ".join(found), place))
        for word in found:
            self.words.setdefault(word, set()).add(place)
            self.letters.setdefault(word[0], set()).add(place)

    def exact(self, wanted: Sequence[str], *, sure: bool) -> Match | Ambiguous | None:
        """By a whole name, or by an alias that nobody else could be called by; `sure` for a mention by handle."""
        key = _key(wanted)
        if by_name := self.names.get(key):
            return self._found(by_name)
        by_alias = self.aliases.get(key)
        if not by_alias:
            return None
        return self._found(by_alias if sure else by_alias | (self._having(wanted) or set()))

    def partly(self, wanted: Sequence[str]) -> Match | Ambiguous | None:
        """By some of the words of a name, by initials or an acronym, either way round."""
        places = self._having(wanted) or self._spelt_out(wanted)
        return self._found(places) if places else None

    def nearly(self, wanted: Sequence[str]) -> Found:
        """By words with a mistake in them; else those that look most like it."""
        places = self._shared([self._alike(word) for word in wanted])
        if places and not all(len(word) == 1 for word in wanted):
            return self._found(places)
        best = process.extract(
            " ".join(wanted), [name for name, _ in self.whole], scorer=fuzz.WRatio, limit=NEAREST * 3,
            score_cutoff=HELPFUL,
        )  # fmt: skip
        ordered = dict.fromkeys(self.whole[number][1] for _name, _score, number in best)
        return Nearest(tuple(self.candidates[place] for place in list(ordered)[:NEAREST]))

    def _having(self, wanted: Sequence[str]) -> set[int]:
        return self._shared([self._with(word) for word in wanted])

    @staticmethod
    def _shared(each: Sequence[set[int]]) -> set[int]:
        return set.intersection(*each) if each else set()

    def _with(self, word: str) -> set[int]:
        """Those with this word, with a word it is the first letter of, or with it as their initials."""
        places = self.words.get(word, set())
        if len(word) == 1:
            return places | self.letters.get(word, set())
        if places and len(word) > ACRONYM + 3:
            return places
        meant = word if len(word) >= ACRONYM else f" {word}"
        return (
            places
            | {place for place, initials in enumerate(self.initials) if meant in initials}
            | (self.words.get(word[0], set()) if word.isalpha() else set())
        )

    def _spelt_out(self, wanted: Sequence[str]) -> set[int]:
        """Those whose acronym was written out: "centre public d'action sociale d'Arlon" for "CPAS d'Arlon"."""
        initials = "".join(word[0] for word in wanted)
        found: set[int] = set()
        for word, places in self.words.items():
            at = initials.find(word) if len(word) >= ACRONYM else -1
            if at >= 0:
                others = [*wanted[:at], *wanted[at + len(word) :]]
                found |= places & self._having(others) if others else places
        return found

    def _alike(self, word: str) -> set[int]:
        """As `_with`, one or two mistakes allowed in longer words."""
        places = self._with(word)
        mistakes = 0 if len(word) < ONE_MISTAKE or word.isdigit() else 1 if len(word) < TWO_MISTAKES else 2
        if places or not mistakes:
            return places
        alike = process.extract(word, self.words.keys(), scorer=OSA.distance, score_cutoff=mistakes, limit=None)
        return set().union(*(self.words[other] for other, _, _ in alike if not _another(word, other)))

    def _found(self, places: set[int]) -> Match | Ambiguous:
        found = tuple(self.candidates[place] for place in sorted(places))
        return Match(found[0]) if len(found) == 1 else Ambiguous(found)


def _key(words: Sequence[str]) -> str:
    return "".join(words)


def _another(word: str, other: str) -> bool:
    """A different first or last letter makes another name: Marie and Maria, Mario and Dario."""
    return word[0] != other[0] or (len(word) == len(other) and word[:-1] == other[:-1])


@lru_cache(maxsize=8)
def _index(candidates: tuple[Candidate, ...]) -> _Index:
    return _Index(candidates)
