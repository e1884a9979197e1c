"""Ranks the offers of an index for a question, or keeps silent.

Place is a condition: an offer is in the place asked, or its zone covers it, or it lies within reach, each step away
costing
a little more; beyond, it is not shown. The rest is a sum: likeness of words, of themes and of meaning, then what is
known of
age, language, price, opening and form for or against it. What is not known costs nothing and is shown as such.

An answer must stand on its own: `fit`, between 0 and 1, says how surely the best offer is about what was asked. When
it is
low, or when what was asked is nothing this directory holds, there is no answer.
"""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.index import BIT
from bot.finding.meanings import Meanings, meanings
from bot.finding.preferences import EXACT_AGE_OUT, weighed
from bot.finding.served import (
    SAME_SHAPE,
    SERVED,
    VERY_NEAR,
    alike,
    each_in_turn,
    helping,
    is_named,
    needs,
    serves,
    urgent,
)
from bot.finding.subjects import shared, told, told_or_meant
from bot.understanding.places import gazetteer, within
from bot.understanding.stems import content
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.understanding.places import Place
    from bot.understanding.questions import Understood

    Scores = NDArray[np.float32]

# Weights of the sum; found on one half of the questions and checked on the other.
WORDS: Final = 0.9
THEMES: Final = 2.6
MEANING: Final = 0.45
# A theme that only the vector tells counts less than one that is said.
TOLD_BY_VECTOR: Final = 0.6
# What an offer for the need has at least, whatever else was said beside it.
AS_GOOD: Final = 0.75
# Below this margin a question is not about what care directories hold.
OUTSIDE_MARGIN: Final = -0.006
OUTSIDE_MARGIN_SAID: Final = -0.02
# Cosines of this model: two texts at random, and their spread.
COSINE_AVERAGE: Final = 0.795
COSINE_SPREAD: Final = 0.022
NEIGHBOUR: Final = 0.7
# What an offer of the place asked gains, when its subject fits nearly as well as the best one's.
IN_PLACE: Final = 0.05
ALIKE: Final = 0.8
LOCAL: Final = 0.9
WIDEST: Final = 2.0
KEEP: Final = 0.42
KEEP_WITHOUT: Final = 0.30
# What the best offer must have of what was said outright: found with the right offers taken out of the directory.
ABOUT: Final = 0.9
ABOUT_WHOLLY: Final = 1.3
ABOUT_IT: Final = 0.25
LOOKED_AT: Final = 10
ABOUT_THEMES: Final = 3.0
ABOUT_MEANING: Final = 0.5
# The share of a question's words, weighed by their rarity, from which an offer is surely what was named.
ALL_SAID: Final = 0.9
# What an offer for the need gains in the sum, and its theme in the fit.
HELPS: Final = 0.5
HELPS_FIT: Final = 0.5
# What protects from violence goes before what is asked beside it: a bed, a lawyer.
VIOLENCE: Final = 2.5
FOR_OTHERS: Final = -1.0
# Beside offers for the need, another one must be this near in meaning to be shown, or have this share of its words.
BESIDE_IT: Final = 1.5
SAID_BESIDE_IT: Final = 0.35
# Rows whose likeness is looked at to know what any text has.
SAMPLED: Final = 2000
_AT_ONCE: Final = nullcontext()


@dataclass(frozen=True, slots=True)
class Hit:
    """`kilometres` is None where no place was asked or the offer's is unknown; `step` counts widenings, 0 is in place."""

    id: int
    score: float
    fit: float
    step: int
    kilometres: float | None
    reasons: tuple[str, ...]
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    hits: tuple[Hit, ...]
    silent: str = ""  # why there are none: advice, outside, place, topic


@dataclass(frozen=True, slots=True)
class Likely:
    """Rows, the likeliest first, and what speaks for each; `helps` is how much one is for the need itself."""

    rows: NDArray[np.intp]
    score: Scores
    fit: Scores
    themes: Scores
    helps: Scores
    covered: Scores
    share: Scores
    meaning: Scores

    def first(self, count: int) -> Likely:
        return Likely(*(getattr(self, name)[:count] for name in self.__slots__))

    def worth_showing(self) -> NDArray[np.bool_]:
        """Those not much less sure than the best; beside offers for the need, others must be near it some other way."""
        shown = self.fit >= 0.3 * self.fit[:3].max()
        if (self.helps[:LOOKED_AT] >= SERVED).any():
            shown &= (self.helps >= SERVED) | (self.meaning >= BESIDE_IT) | (self.covered >= SAID_BESIDE_IT)
        return np.asarray(shown)


def rank(
    index: Index,
    asked: Understood,
    vector: Scores | None,
    *,
    limit: int = 10,
    aside: AbstractContextManager[None] = _AT_ONCE,
) -> Ranking:
    """`vector` is the question's, None without an encoder; `aside` is entered while vectors are read through."""
    size = index.size
    if asked.advice:
        return Ranking((), "advice")
    if size and asked.language_alone:
        return _speakers(index, asked, size, limit)
    if not size or not (asked.themes or content(asked.rest, asked.lang)):
        return Ranking((), "topic")
    cost, kilometres = _places(index, asked, size)
    here = index.alive[:size] & np.isfinite(cost) & ((index.flags[:size] & BIT["closed"]) == 0)
    sense = meanings(index.encoder) if vector is not None else None
    wanted, margin = _wanted(asked, sense, vector)
    words, share = index.words.score(asked.rest, (asked.lang,), size)
    covered = np.minimum(words, 1.2)
    with aside:
        meaning = _meaning(index, vector, here)
    said = told(index, wanted, size)
    named = not asked.outside and bool((share[here] > ALL_SAID).any())
    if not named and _is_outside(asked, margin, said, here):
        return Ranking((), "outside")
    rough = covered * 2 + 2 * said + 0.5 * meaning
    rows = _shortlist(here, rough, 400)
    if not len(rows):
        return Ranking((), "place")
    themes = said[rows] if sense is None else told_or_meant(index, wanted, sense, said, rows, rough[rows])
    helps = helping(index, asked.themes, rows)
    soft, reasons = weighed(index, asked, rows)
    # What is for another time of life does not serve the need.
    helps[(soft < FOR_OTHERS) & (asked.who.known or bool(asked.who.sex))] = 0.0
    themes = np.maximum(themes, AS_GOOD * helps)
    if asked.who.exact:
        # A service for another age is no answer, however near its subject.
        fitting = soft > -EXACT_AGE_OUT + 1.0
        if not fitting.any():
            return Ranking((), "age")
        rows, themes, soft, helps = rows[fitting], themes[fitting], soft[fitting], helps[fitting]
        kept = np.flatnonzero(fitting)
    else:
        kept = np.arange(len(rows))
    encoded = vector is not None
    score = WORDS * 3 * covered[rows] + THEMES * themes + MEANING * meaning[rows] + soft - cost[rows]
    score += HELPS * (helps >= SERVED)
    score += VIOLENCE * (serves(index, urgent(asked.themes), rows) >= SERVED)
    # Of those about as much about it, the ones of the place itself come first.
    score += np.where((cost[rows] < IN_PLACE) & (themes >= ALIKE * themes.max()), LOCAL, 0.0)
    # An offer that has every word of the question, and they are not in all the others, is what was asked for.
    fit = _fit(
        themes + HELPS_FIT * helps, covered[rows], share[rows], meaning[rows], soft, margin, asked, encoded=encoded
    )
    keep = KEEP if encoded else KEEP_WITHOUT
    order = np.argsort(-score, kind="stable")
    ranked = rows[order]
    likely = Likely(
        ranked, score[order], fit[order], themes[order], helps[order], covered[ranked], share[ranked], meaning[ranked]
    )
    if likely.fit[:3].max() < keep or not _answered(index, asked, sense, vector, likely.first(LOOKED_AT)):
        return Ranking((), "topic")
    hits = []
    shown = np.flatnonzero(likely.worth_showing())
    shown = shown[each_in_turn(index, needs(asked.themes), likely.rows[shown])]
    for at in shown[:limit]:
        row, why = int(likely.rows[at]), reasons(int(kept[order[at]]))
        about = shared(index, wanted, row)
        hits.append(_hit(index, row, float(likely.score[at]), float(likely.fit[at]), cost, kilometres, why, about))
    return Ranking(tuple(hits))


def _speakers(index: Index, asked: Understood, size: int, limit: int) -> Ranking:
    """Whoever is known to speak the language, the nearest and those who say so first; no subject was asked for."""
    cost, kilometres = _places(index, asked, size)
    wanted = np.uint64(sum(index.language_bit(code) for code in asked.languages))
    here = index.alive[:size] & np.isfinite(cost) & ((index.flags[:size] & BIT["closed"]) == 0)
    rows = np.flatnonzero(here & ((index.spoken[:size] & wanted) != 0))
    if not len(rows):
        return Ranking((), "topic")
    words, _ = index.words.score(asked.rest, (asked.lang,), size)
    soft, reasons = weighed(index, asked, rows)
    score = words[rows] + soft - cost[rows]
    order = np.argsort(-score, kind="stable")[:limit]
    return Ranking(
        tuple(_hit(index, int(rows[at]), float(score[at]), 1.0, cost, kilometres, reasons(int(at))) for at in order)
    )


def _hit(
    index: Index,
    row: int,
    score: float,
    fit: float,
    cost: Scores,
    kilometres: Scores,
    reasons: list[str],
    themes: tuple[str, ...] = (),
) -> Hit:
    away = float(kilometres[row])
    step = 0 if cost[row] < NEIGHBOUR - 0.01 else 1 + int((cost[row] - NEIGHBOUR) / 0.4)
    near = away if math.isfinite(away) else None
    return Hit(int(index.ids[row]), score, fit, step, near, tuple(reasons), themes)


def _wanted(asked: Understood, sense: Meanings | None, vector: Scores | None) -> tuple[dict[str, float], float]:
    """Themes by weight, said or told by the vector; and the vector's margin over what is outside."""
    book = vocabulary()
    said = {theme: weight for theme, weight in asked.themes.items() if not book.themes[theme].outside}
    outside = {theme: weight for theme, weight in asked.themes.items() if theme not in said}
    if sense is None or vector is None:
        return said or outside, 0.0
    meant, margin = sense.of_question(vector)
    wanted = dict(said)
    for theme, weight in meant.items():
        wanted[theme] = wanted.get(theme, 0.0) + (TOLD_BY_VECTOR if said else 1.0) * weight
    return wanted or outside, margin


def _answered(index: Index, asked: Understood, sense: Meanings | None, vector: Scores | None, best: Likely) -> bool:
    """Whether one of the best is for what was said in so many words; True when nothing was."""
    if (best.helps >= SERVED).any():
        return True
    if sense is not None and asked.themes:
        about = (ABOUT_THEMES * best.themes + ABOUT_MEANING * best.meaning + best.covered).max()
        if about < (ABOUT_WHOLLY if asked.wholly else ABOUT) or (asked.wholly and best.themes.max() < ABOUT_IT):
            return False
    wanted = needs(asked.themes)
    if not wanted or bool((best.share > ALL_SAID).any()):
        return True
    if sense is None or vector is None or is_named(wanted):
        return False
    very_near = best.meaning >= VERY_NEAR
    return bool(very_near.any()) and bool((alike(index, sense, vector, best.rows[very_near]) >= SAME_SHAPE).any())


def _is_outside(asked: Understood, margin: float, themes: Scores, here: NDArray[np.bool_]) -> bool:
    if asked.outside:
        # Said outright, unless an offer here is for just that.
        return margin < 0.03 and not bool((themes[here] > 0.8).any() and margin > 0)
    book = vocabulary()
    said = any(not book.themes[theme].outside for theme in asked.themes)
    return margin < (OUTSIDE_MARGIN_SAID if said else OUTSIDE_MARGIN)


def _shortlist(here: NDArray[np.bool_], rough: Scores, most: int) -> NDArray[np.intp]:
    rows = np.flatnonzero(here)
    if len(rows) <= most:
        return rows
    best = np.argpartition(-rough[rows], most)[:most]
    return np.sort(rows[best])


def _places(index: Index, asked: Understood, size: int) -> tuple[Scores, Scores]:
    """What each row's place costs, infinite when too far; and its kilometres, infinite when unknown."""
    flags = index.flags[:size]
    remote = (flags & BIT["remote"]) != 0
    if not asked.where.places:
        return np.zeros(size, dtype=np.float32), np.full(size, np.inf, dtype=np.float32)
    cost = np.full(size, np.inf, dtype=np.float32)
    kilometres = np.full(size, np.inf, dtype=np.float32)
    for place in asked.where.places:
        one, away = _place(index, place, size, around=asked.where.around)
        cost, kilometres = np.minimum(cost, one), np.minimum(kilometres, away)
    cost[(flags & BIT["placeless"]) != 0] = 0.5
    cost[remote] = np.minimum(cost[remote] + 0.2, 0.6)
    return cost, kilometres


def _place(index: Index, place: Place, size: int, *, around: bool) -> tuple[Scores, Scores]:
    book = gazetteer()
    commune = index.commune[:size]
    by_commune, reach = book.distances(place), book.reach(place)
    away = np.where(commune >= 0, by_commune[commune], np.inf).astype(np.float32)
    steps = away / reach
    cost = np.where(away <= max(WIDEST * reach, 20.0), NEIGHBOUR + 0.5 * steps, np.inf).astype(np.float32)
    if around:
        cost = np.where(steps <= 1.3, 0.3 * steps, cost).astype(np.float32)
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


def _meaning(index: Index, vector: Scores | None, here: NDArray[np.bool_]) -> Scores:
    """Likeness of meaning in spreads above what two texts at random have; 0 elsewhere and where no vector is yet."""
    size = len(here)
    likeness = np.zeros(size, dtype=np.float32)
    if vector is None or not index.dimensions:
        return likeness
    encoded = index.encoded[:size] & index.alive[:size]
    known = np.flatnonzero(encoded)
    if not len(known):
        return likeness
    sample = index.cosines(vector, known[:: max(1, len(known) // SAMPLED)])
    # A small directory's own average is a poor guess: it is weighed against the model's.
    trust = len(known) / (len(known) + 40)
    average = trust * float(sample.mean()) + (1 - trust) * COSINE_AVERAGE
    spread = trust * float(sample.std()) + (1 - trust) * COSINE_SPREAD
    rows = np.flatnonzero(encoded & here)
    likeness[rows] = (index.cosines(vector, rows) - average) / max(spread, 0.01)
    return likeness


def _fit(
    themes: Scores,
    covered: Scores,
    share: Scores,
    meaning: Scores,
    soft: Scores,
    margin: float,
    asked: Understood,
    *,
    encoded: bool,
) -> Scores:
    """How surely each row is an answer, 0 to 1: a logistic of what speaks for it."""
    against = 0.8 * np.minimum(soft, 0) - (1.5 if asked.outside else 0.0)
    if encoded:
        relevance = 28.0 * margin + 1.6 * themes + 0.5 * covered + 0.85 * meaning - 1.75 + against
        relevance = np.where(share > ALL_SAID, np.maximum(relevance, 2.0 * covered - 1.4 + against), relevance)
    else:
        relevance = 5.6 * themes + 3.6 * covered - 2.6 + against
    return np.asarray(1 / (1 + np.exp(-relevance)))
