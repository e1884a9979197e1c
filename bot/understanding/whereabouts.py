"""Where a question is about: the places its text names, misspelt or not, told from the words they look like.

A name alone proves little: "marche", "forêt", "essen", "ans" are words before they are communes. Each mention is
weighed by what stands before it, by its capital, and by whether the directory asked knows that corner of the country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz import fuzz, process

from bot.understanding.places import Gazetteer, Place, gazetteer
from bot.understanding.spelling import fold, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DATA: Final = Path(__file__).parent / "data" / "place_words.txt"
LOCAL_KILOMETRES: Final = 60.0
ENOUGH: Final = 3.0
_TOKEN: Final = re.compile(r"[^\W_]+", re.UNICODE)
_AROUND: Final = re.compile(
    r"\b(pr[eè]s d|proche d|autour d|aux? alentours|environs|r[ée]gion d|c[ôo]t[ée] d|pas loin|secteur|coin d|nabij|in de buurt|omgeving|rond|regio"
    r"|near|around|close to|nähe|umgebung|raum|rund um)",
    re.IGNORECASE,
)


def _listed() -> dict[str, frozenset[str]]:
    """The word lists of data/place_words.txt, by their headings."""
    found: dict[str, set[str]] = {}
    listed: set[str] = set()
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            listed = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            listed |= {word.strip() for word in line.split(",")} - {""}
    return {heading: frozenset(words) for heading, words in found.items()}


_LISTED: Final = _listed()
_SURE: Final = _LISTED["before"]
_WEAK: Final = _LISTED["perhaps"]
_WORDS: Final = _LISTED["word"]


@dataclass(frozen=True, slots=True)
class Where:
    """`places` named in the text, likeliest reading each; `around` when it says near; `span` marks their characters."""

    places: tuple[Place, ...] = ()
    around: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    guessed: bool = False

    @property
    def place(self) -> Place | None:
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True)
class _Mention:
    score: float
    start: int
    end: int
    place: Place
    guessed: bool = False


class Homes:
    """The corner of the country a directory covers: where its offers are, and the names around them."""

    def __init__(self, communes: Sequence[str]) -> None:
        """`communes`: codes, each once; the first 400 are enough to know the corner."""
        book = gazetteer()
        self.places = [book.places[code] for code in dict.fromkeys(communes) if code in book.places][:400]
        self.countries = {place.country for place in self.places}
        self._local: dict[str, list[str]] | None = None
        self._codes: frozenset[str] = frozenset()
        self._areas: frozenset[str] = frozenset()
        self._initials: dict[str, list[str]] = {}

    @property
    def local(self) -> dict[str, list[str]]:
        """Normalised names within LOCAL_KILOMETRES of the directory, with the codes they stand for."""
        if self._local is None:
            book = gazetteer()
            near = np.zeros(len(book.communes), dtype=bool)
            # A coarse grid of centres: many offers share a corner.
            seen: set[tuple[int, int]] = set()
            for place in self.places:
                if np.isnan(place.lat) or (cell := (round(place.lat * 8), round(place.lon * 8))) in seen:
                    continue
                seen.add(cell)
                near |= book.distances(place) <= LOCAL_KILOMETRES
            codes = {book.communes[row].code for row in np.flatnonzero(near)}
            local = {
                key: inside
                for key, members in book.names.items()
                if (inside := [code for code in members if book.places[code].commune in codes])
            }
            # Shown once it is whole: several may ask at once.
            self._codes = frozenset(codes)
            self._areas = frozenset(book.places[code].area for code in codes)
            self._local = local
        return self._local

    def spelt_like(self, initial: str) -> list[str]:
        """Local names of five letters or more that begin with that letter."""
        if not self._initials:
            groups: dict[str, list[str]] = {}
            for key in self.local:
                if len(key) >= 5:
                    groups.setdefault(key[0], []).append(key)
            self._initials = groups
        return self._initials.get(initial, [])

    def __contains__(self, place: Place) -> bool:
        _ = self.local
        if place.kind == "area":
            return any({home.commune, home.area} & place.covers for home in self.places) or bool(
                self._areas & place.covers
            )
        return place.commune in self._codes


@lru_cache(maxsize=1)
def _nowhere() -> Homes:
    return Homes(())


def find(text: str, homes: Homes | None = None, is_word: Callable[[str], bool] | None = None) -> Where:
    """`is_word` tells ordinary words, folded, which are never taken for a misspelt place."""
    homes = homes or _nowhere()
    book = gazetteer()
    tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    mentions = [*_exact(text, tokens, homes, book), *_misspelt(text, tokens, homes, book, is_word)]
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.score - (m.end - m.start) / 5, m.start - m.end)):
        if mention.score >= ENOUGH and all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    if not kept:
        return Where()
    strong = [mention for mention in kept if mention.score >= kept[0].score - 2.5]
    spans = tuple((mention.start, mention.end) for mention in strong)
    places = tuple(dict.fromkeys(mention.place for mention in strong))
    return Where(places, bool(_AROUND.search(text)), spans, kept[0].guessed)


def _exact(text: str, tokens: list[tuple[int, int, str]], homes: Homes, book: Gazetteer) -> list[_Mention]:
    found = []
    for first in range(len(tokens)):
        for last in range(first, min(first + 6, len(tokens))):
            key = normalise(" ".join(token for _, _, token in tokens[first : last + 1]))
            if key not in book.names and not (first == last and key.isdigit() and key in book.postal):
                continue
            for place in book.named(key, homes.places)[:3]:
                score = _weigh(text, tokens, first, last, place, homes)
                found.append(_Mention(score, tokens[first][0], tokens[last][1], place))
    return found


def _weigh(text: str, tokens: list[tuple[int, int, str]], first: int, last: int, place: Place, homes: Homes) -> float:
    start, end = tokens[first][0], tokens[last][1]
    key = normalise(text[start:end])
    before = fold(tokens[first - 1][2]) if first else ""
    earlier = fold(tokens[first - 2][2]) if first > 1 else ""
    raw_before = tokens[first - 1][2].casefold() if first else ""
    sure = (before in _SURE and raw_before != "a") or (before in _WEAK and earlier in _SURE)
    capital = text[start].isupper() and (first > 0 or last > first)
    last_one = last == len(tokens) - 1
    after_comma = bool(re.search(r"[,(:;–-]\s*$", text[:start])) and first > 0
    shape = (
        (2.0 if sure else 0.7 if before in _WEAK else 0.0) + (1.5 if capital else 0.0) + (1.2 if last > first else 0.0)
    )
    shape += (1.2 if after_comma else 0.0) + (0.6 if last_one else 0.0)
    if (
        capital
        and last_one
        and not sure
        and before not in _WEAK
        and place in homes
        and text[: tokens[first][0]].islower()
    ):
        shape += 1.2  # "thuiszorg Marche": nothing else is written large, and it is a name of here
    if key.isdigit():
        # A number is a postal code when it looks like one of here, or when a place stands beside it.
        return 3.2 if place in homes or re.search(r"\bcp\b", fold(text)) else 1.5 + shape / 2
    known = 2.2 if place in homes else 0.6 if place.country in homes.countries else 0.0
    people = min(np.log10(place.population + 1), 6.0) / 5 if place.kind != "area" else 1.6
    meant = [part for part in key.split() if part not in {"l", "d", "la", "le", "les", "de", "du", "des"}]
    word = (
        -3.2
        if all(part in _WORDS for part in meant) or key.isdigit() or (len(key) < 3 and place.kind != "area")
        else 0.0
    )
    if len(key) < 4 and place.kind == "area" and not text[start:end].isupper() and key not in {"bxl", "bru"}:
        word = -2.0
    if place.kind != "area" and not homes.places:
        known = 1.0  # nothing is known of the directory: the text decides
    if place.population < 2000 and place not in homes and not capital:
        word -= 1.5
    return float(shape + known + people + word)


def _misspelt(
    text: str, tokens: list[tuple[int, int, str]], homes: Homes, book: Gazetteer, is_word: Callable[[str], bool] | None
) -> list[_Mention]:
    if not homes.places:
        return []
    found = []
    for first in range(len(tokens)):
        for last in range(first, min(first + 3, len(tokens))):
            spelt = normalise(" ".join(token for _, _, token in tokens[first : last + 1]))
            if len(spelt) < 5 or spelt in book.names or spelt in _WORDS or spelt.isdigit():
                continue
            if any((is_word is not None and is_word(word)) or word in _SURE or word in _WEAK for word in spelt.split()):
                continue
            best = process.extractOne(spelt, homes.spelt_like(spelt[0]), scorer=fuzz.ratio, score_cutoff=80)
            if best is None:
                continue
            place = max((book.places[code] for code in homes.local[best[0]]), key=lambda p: p.population)
            score = _weigh(text, tokens, first, last, place, homes) - (100 - best[1]) / 10
            found.append(_Mention(score + 0.6, tokens[first][0], tokens[last][1], place, guessed=True))
    return found
