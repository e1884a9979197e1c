"""How near each offer is to the place asked: in it, in its zone, or so many steps away."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.index import BIT
from bot.understanding.places import gazetteer, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.understanding.places import Place
    from bot.understanding.questions import Understood

    Scores = NDArray[np.float32]

NEIGHBOUR: Final = 0.7
WIDEST: Final = 2.0
# So many steps away is still around.
AROUND: Final = 1.3


@dataclass(frozen=True, slots=True)
class Nearness:
    """What each row's place costs, infinite when too far; and its kilometres, infinite when unknown."""

    cost: Scores
    kilometres: Scores

    def step(self, row: int) -> int:
        """How many times the search was widened to reach it; 0 is in place."""
        return 0 if self.cost[row] < NEIGHBOUR - 0.01 else 1 + int((self.cost[row] - NEIGHBOUR) / 0.4)

    def away(self, row: int) -> float | None:
        """In kilometres."""
        away = float(self.kilometres[row])
        return away if math.isfinite(away) else None


def nearness(index: Index, asked: Understood, size: int) -> Nearness:
    """Of the first `size` rows; where several places are asked, the nearest counts."""
    flags = index.flags[:size]
    remote = (flags & BIT["remote"]) != 0
    if not asked.where.places:
        return Nearness(np.zeros(size, dtype=np.float32), np.full(size, np.inf, dtype=np.float32))
    cost = np.full(size, np.inf, dtype=np.float32)
    kilometres = np.full(size, np.inf, dtype=np.float32)
    for place in asked.where.places:
        one, away = _place(index, place, size, around=asked.where.around)
        cost, kilometres = np.minimum(cost, one), np.minimum(kilometres, away)
    cost[(flags & BIT["placeless"]) != 0] = 0.5
    cost[remote] = np.minimum(cost[remote] + 0.2, 0.6)
    return Nearness(cost, kilometres)


def _place(index: Index, place: Place, size: int, *, around: bool) -> tuple[Scores, Scores]:
    book = gazetteer()
    commune = index.commune[:size]
    by_commune, reach = book.distances(place), book.reach(place)
    away = np.where(commune >= 0, by_commune[commune], np.inf).astype(np.float32)
    steps = away / reach
    cost = np.where(away <= max(WIDEST * reach, 20.0), NEIGHBOUR + 0.5 * steps, np.inf).astype(np.float32)
    if around:
        cost = np.where(steps <= AROUND, 0.3 * steps, cost).astype(np.float32)
    codes = [(place.commune, 0.0), (place.area, 0.08), (place.country, 0.3)]
    if place.kind == "area":
        parts = {book.places[code].area for code in place.covers if ":" in code and code in book.places}
        codes = [*((code, 0.0) for code in place.covers), *((part, 0.08) for part in parts), (place.country, 0.3)]
        codes += [(other.code, 0.0) for other in book.communes if within(other, place)]
    else:
        codes += [(other.code, NEIGHBOUR) for other in book.neighbours(place)]
    for code, price in codes:
        rows, _ = index.areas.get(code) if code else (np.empty(0, dtype=np.int32), None)
        rows = rows[rows < size]
        cost[rows] = np.minimum(cost[rows], price)
    cost[away == 0] = 0.0
    return cost, away
