"""The offers of one network in memory: columns and postings, appended to and never changed in place.

A changed offer is added again and its former row struck out; `wasted` says when it is time to build anew. Readers
take no
lock: they look at the first `size` rows, which are complete before `size` grows.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.listing import UNKNOWN
from bot.finding.words import Postings, Words
from bot.understanding.persons import meant_for
from bot.understanding.places import gazetteer
from bot.understanding.stems import languages_of
from bot.understanding.themes import vocabulary
from bot.understanding.whereabouts import Homes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from bot.finding.listing import Listing

_FLAGS: Final = ("free", "paying", "evening", "day_only", "weekend", "no_weekend", "remote", "closed", "late", "full")
FORMATS: Final = ("individual", "group", "family", "home_visit", "phone", "online", "residential")
BIT: Final = {name: 1 << place for place, name in enumerate((*_FLAGS, *FORMATS, "placeless", "men", "women"))}
NAME_THEMES: Final = 0.8
# Each side of zero; cosines are off by a thousandth, where two texts at random differ by twenty.
STEPS: Final = 127
# Vectors made wide at a time: they stay in the processor's own memory.
AT_ONCE: Final = 1024


class Index:
    def __init__(self, dimensions: int = 0, encoder: str = "") -> None:
        """`dimensions` of the vectors that `encoder` makes; 0 keeps none."""
        self.encoder = encoder
        self.words = Words()
        self.themes = Postings()
        self.areas = Postings()
        self.dimensions = dimensions
        self.size = 0
        self._rows: dict[int, int] = {}
        self._capacity = 256
        self.ids = np.zeros(self._capacity, dtype=np.int64)
        self.alive = np.zeros(self._capacity, dtype=bool)
        self.commune = np.full(self._capacity, -1, dtype=np.int32)
        self.ages = np.full((self._capacity, 2), -1, dtype=np.int16)
        self.flags = np.zeros(self._capacity, dtype=np.uint32)
        self.spoken = np.zeros(self._capacity, dtype=np.uint64)
        # Euros; 0 is free, UNKNOWN where nobody said.
        self.price: NDArray[np.float32] = np.full(self._capacity, UNKNOWN, dtype=np.float32)
        # The weight of what each is most about, general themes among them or not.
        self.heaviest: NDArray[np.float32] = np.zeros(self._capacity, dtype=np.float32)
        self.special: NDArray[np.float32] = np.zeros(self._capacity, dtype=np.float32)
        # A byte a dimension and one factor a row: a quarter of the memory, and read through faster.
        self._vectors: NDArray[np.int8] = np.zeros((self._capacity, dimensions), dtype=np.int8)
        self._factors: NDArray[np.float32] = np.zeros(self._capacity, dtype=np.float32)
        self.encoded = np.zeros(self._capacity, dtype=bool)
        self._language_bits: dict[str, int] = {}
        self._lock = threading.Lock()
        self._homes: Homes | None = None
        self._communes: dict[str, int] = {}
        # Theme weights of a row are normalised by what the row is about.

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def wasted(self) -> float:
        """The share of rows that are struck out."""
        return 1 - len(self._rows) / self.size if self.size else 0.0

    @property
    def homes(self) -> Homes:
        """The corner of the country its offers are in."""
        if self._homes is None:
            ranked = sorted(self._communes, key=lambda code: -self._communes[code])
            self._homes = Homes(ranked)
        return self._homes

    def language_bit(self, code: str) -> int:
        """0 for a language no offer speaks."""
        return self._language_bits.get(code, 0)

    def row_of(self, offer_id: int) -> int | None:
        return self._rows.get(offer_id)

    def add(self, listings: Iterable[Listing]) -> None:
        """Adds offers, or replaces those already there."""
        with self._lock:
            for listing in listings:
                self._append(listing)

    def remove(self, offer_ids: Iterable[int]) -> None:
        with self._lock:
            for offer_id in offer_ids:
                row = self._rows.pop(offer_id, None)
                if row is not None:
                    self.alive[row] = False

    def set_vectors(self, vectors: Iterable[tuple[int, NDArray[np.float32]]]) -> None:
        """By offer; of length one."""
        with self._lock:
            for offer_id, vector in vectors:
                row = self._rows.get(offer_id)
                if row is not None and self.dimensions:
                    factor = max(float(np.abs(vector).max()), 1e-9) / STEPS
                    self._vectors[row] = np.rint(vector / factor)
                    self._factors[row] = factor
                    self.encoded[row] = True

    def vectors_of(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """A row each."""
        return np.asarray(self._vectors[rows] * self._factors[rows, None])

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Of each of `rows`, in their order; what has no vector yet gives 0."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        # Few rows are picked out; many are read through, which is quicker than picking.
        through = len(rows) * 4 >= self.size
        count = int(rows.max()) + 1 if through else len(rows)
        made = np.empty(count, dtype=np.float32)
        part = np.empty((AT_ONCE, self.dimensions), dtype=np.float32)
        for start in range(0, count, AT_ONCE):
            end = min(start + AT_ONCE, count)
            wide = part[: end - start]
            wide[...] = self._vectors[start:end] if through else self._vectors[rows[start:end]]
            np.dot(wide, vector, out=made[start:end])
        return np.asarray((made[rows] if through else made) * self._factors[rows])

    def _append(self, listing: Listing) -> None:
        row = self.size
        if row == self._capacity:
            self._grow()
        book = gazetteer()
        self.ids[row] = listing.id
        self.commune[row] = book.row_of.get(listing.commune, -1)
        self.ages[row] = (listing.age_min, listing.age_max)
        self.flags[row] = self._flags_of(listing)
        spoken = 0
        for code in listing.languages:
            spoken |= self._language_bits.setdefault(code, 1 << min(len(self._language_bits), 62))
        self.spoken[row] = spoken
        self.price[row] = listing.price
        self.words.add(row, listing.name, listing.text)
        themes = self._themes_of(listing)
        self.heaviest[row] = max(themes.values(), default=0.0)
        known = vocabulary().themes
        self.special[row] = max((weight for theme, weight in themes.items() if not known[theme].general), default=0.0)
        for theme, weight in themes.items():
            self.themes.add(theme, row, weight)
        for code in dict.fromkeys(listing.zone):
            self.areas.add(code, row)
        for code in (listing.commune, *listing.zone):
            if ":" in code:
                if code not in self._communes:
                    self._homes = None
                self._communes[code] = self._communes.get(code, 0) + 1
        former = self._rows.get(listing.id)
        self.alive[row] = True
        self._rows[listing.id] = row
        self.size = row + 1
        if former is not None:
            self.alive[former] = False

    def _flags_of(self, listing: Listing) -> int:
        names = [
            {True: "free", False: "paying"}.get(listing.free) if listing.free is not None else None,
            {True: "evening", False: "day_only"}.get(listing.evening) if listing.evening is not None else None,
            {True: "weekend", False: "no_weekend"}.get(listing.weekend) if listing.weekend is not None else None,
            "remote" if listing.remote else None,
            "closed" if listing.closed else None,
            "late" if listing.late else None,
            "full" if listing.full else None,
            None if listing.commune or listing.zone else "placeless",
            *listing.formats,
            meant_for(listing.content),
        ]
        return sum({BIT[name] for name in names if name in BIT})

    def _themes_of(self, listing: Listing) -> dict[str, float]:
        """Themes of the text, those of the name counting more; weights between 0 and about 1.5."""
        book = vocabulary()
        langs = languages_of(listing.content)
        found = book.matches(listing.content, langs)
        for theme, weight in book.matches(listing.name, langs).items():
            found[theme] = found.get(theme, 0.0) + NAME_THEMES * weight
        for theme, weight in listing.themes.items():
            found[theme] = found.get(theme, 0.0) + weight
        return {theme: float(min(1.0, 0.45 + 0.25 * weight)) for theme, weight in found.items()}

    def _grow(self) -> None:
        self._capacity += self._capacity // 4
        for name in (
            "ids",
            "alive",
            "commune",
            "ages",
            "flags",
            "spoken",
            "price",
            "heaviest",
            "special",
            "_vectors",
            "_factors",
            "encoded",
        ):
            column = getattr(self, name)
            wider = np.zeros((self._capacity, *column.shape[1:]), dtype=column.dtype)
            wider[: len(column)] = column
            setattr(self, name, wider)
