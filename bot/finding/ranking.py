"""Ranks the offers of an index for a question, or keeps silent.

Place is a condition: an offer is in the place asked, or its zone covers it, or it lies within reach, each step away
costing a little more; beyond, it is not shown. The rest is a sum: likeness of words, of themes and of meaning, then
what is known of age, language, price, opening and form for or against it. What is not known costs nothing and is shown
as such.

An answer must stand on its own: `fit`, between 0 and 1, says how surely the best offer is about what was asked. When
it is low, or when what was asked is nothing this directory holds, there is no answer.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.index import BIT
from bot.finding.nearness import Nearness, nearness
from bot.finding.preferences import EXACT_AGE_OUT, weighed
from bot.finding.served import (
    SAME_SHAPE,
    SERVED,
    VERY_NEAR,
    alike,
    each_in_turn,
    is_named,
    needs,
    serves,
    urgent,
)
from bot.finding.signs import Signs, Sought, likeness, signs_of, sought_of
from bot.finding.subjects import shared
from bot.understanding.stems import content
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.finding.signs import Likeness
    from bot.understanding.questions import Understood

    Scores = NDArray[np.float32]

# Weights of the sum; found on one half of the questions and checked on the other.
WORDS: Final = 0.9
THEMES: Final = 2.6
MEANING: Final = 0.45
# Below this margin a question is not about what care directories hold.
OUTSIDE_MARGIN: Final = -0.006
OUTSIDE_MARGIN_SAID: Final = -0.02
# What an offer of the place asked gains, when its subject fits nearly as well as the best one's.
IN_PLACE: Final = 0.05
ALIKE: Final = 0.8
LOCAL: Final = 0.9
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
# What is urgent (violence) goes before what is asked beside it: a bed, a lawyer.
URGENT: Final = 2.5
# Beside offers for the need, another one must be this near in meaning to be shown, or have this share of its words.
BESIDE_IT: Final = 1.5
SAID_BESIDE_IT: Final = 0.35
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
    silent: str = ""  # why there are none: advice, outside, place, age, topic


@dataclass(frozen=True, slots=True)
class _Likely:
    """Rows, the likeliest first, and what speaks for each."""

    signs: Signs
    score: Scores
    fit: Scores

    def worth_showing(self) -> NDArray[np.bool_]:
        """Those not much less sure than the best; beside offers for the need, others must be near it some other way."""
        signs = self.signs
        shown = self.fit >= 0.3 * self.fit[:3].max()
        if (signs.helps[:LOOKED_AT] >= SERVED).any():
            shown &= (signs.helps >= SERVED) | (signs.meaning >= BESIDE_IT) | (signs.covered >= SAID_BESIDE_IT)
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
    near = nearness(index, asked, size)
    here = _open_here(index, near, size)
    sought = sought_of(index, asked, vector)
    like = likeness(index, sought, here, aside)
    if _is_outside(sought, like, here):
        return Ranking((), "outside")
    rows = _shortlist(here, like.rough, 400)
    if not len(rows):
        return Ranking((), "place")
    soft, reasons = weighed(index, asked, rows)
    signs = signs_of(index, sought, like, near, rows, soft)
    if asked.who.exact:
        # A service for another age is no answer, however near its subject.
        signs = signs.at(signs.soft > -EXACT_AGE_OUT + 1.0)
        if not len(signs.rows):
            return Ranking((), "age")
    likely = _in_order(index, sought, signs)
    keep = KEEP_WITHOUT if vector is None else KEEP
    if likely.fit[:3].max() < keep or not _answered(index, sought, likely.signs.at(slice(LOOKED_AT))):
        return Ranking((), "topic")
    shown = np.flatnonzero(likely.worth_showing())
    shown = shown[each_in_turn(index, needs(asked.themes), likely.signs.rows[shown])]
    hits = []
    for at in shown[:limit]:
        row, why = int(likely.signs.rows[at]), reasons(int(likely.signs.weighed[at]))
        about = shared(index, sought.themes, row)
        hits.append(_hit(index, row, float(likely.score[at]), float(likely.fit[at]), near, why, about))
    return Ranking(tuple(hits))


def _open_here(index: Index, near: Nearness, size: int) -> NDArray[np.bool_]:
    """Which of the first `size` rows may be shown at all."""
    return np.asarray(index.alive[:size] & np.isfinite(near.cost) & ((index.flags[:size] & BIT["closed"]) == 0))


def _in_order(index: Index, sought: Sought, signs: Signs) -> _Likely:
    """By the sum of what speaks for each row."""
    score = WORDS * 3 * signs.covered + THEMES * signs.themes + MEANING * signs.meaning + signs.soft - signs.cost
    score += HELPS * (signs.helps >= SERVED)
    score += URGENT * (serves(index, urgent(sought.asked.themes), signs.rows) >= SERVED)
    # Of those about as much about it, the ones of the place itself come first.
    score += np.where((signs.cost < IN_PLACE) & (signs.themes >= ALIKE * signs.themes.max()), LOCAL, 0.0)
    order = np.argsort(-score, kind="stable")
    ordered = signs.at(order)
    return _Likely(ordered, score[order], _fit(sought, ordered))


def _speakers(index: Index, asked: Understood, size: int, limit: int) -> Ranking:
    """Whoever is known to speak the language, the nearest and those who say so first; no subject was asked for."""
    near = nearness(index, asked, size)
    wanted = np.uint64(sum(index.language_bit(code) for code in asked.languages))
    rows = np.flatnonzero(_open_here(index, near, size) & ((index.spoken[:size] & wanted) != 0))
    if not len(rows):
        return Ranking((), "topic")
    words, _ = index.words.score(asked.rest, (asked.lang,), size)
    soft, reasons = weighed(index, asked, rows)
    score = words[rows] + soft - near.cost[rows]
    order = np.argsort(-score, kind="stable")[:limit]
    return Ranking(tuple(_hit(index, int(rows[at]), float(score[at]), 1.0, near, reasons(int(at))) for at in order))


def _hit(
    index: Index,
    row: int,
    score: float,
    fit: float,
    near: Nearness,
    reasons: list[str],
    themes: tuple[str, ...] = (),
) -> Hit:
    return Hit(int(index.ids[row]), score, fit, near.step(row), near.away(row), tuple(reasons), themes)


def _answered(index: Index, sought: Sought, best: Signs) -> bool:
    """Whether one of the best is for what was said in so many words; True when nothing was."""
    asked, sense, vector = sought.asked, sought.sense, sought.vector
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


def _is_outside(sought: Sought, like: Likeness, here: NDArray[np.bool_]) -> bool:
    """Whether it asks for what no care directory holds."""
    asked, margin = sought.asked, sought.margin
    if asked.outside:
        # Said outright, unless an offer here is for just that.
        return margin < 0.03 and not bool((like.themes[here] > 0.8).any() and margin > 0)
    if (like.share[here] > ALL_SAID).any():
        return False
    book = vocabulary()
    said = any(not book.themes[theme].outside for theme in asked.themes)
    return margin < (OUTSIDE_MARGIN_SAID if said else OUTSIDE_MARGIN)


def _shortlist(here: NDArray[np.bool_], rough: Scores, most: int) -> NDArray[np.intp]:
    rows = np.flatnonzero(here)
    if len(rows) <= most:
        return rows
    best = np.argpartition(-rough[rows], most)[:most]
    return np.sort(rows[best])


def _fit(sought: Sought, signs: Signs) -> Scores:
    """How surely each row is an answer, 0 to 1: a logistic of what speaks for it."""
    against = 0.8 * np.minimum(signs.soft, 0) - (1.5 if sought.asked.outside else 0.0)
    themes = signs.themes + HELPS_FIT * signs.helps
    if sought.vector is None:
        relevance = 5.6 * themes + 3.6 * signs.covered - 2.6 + against
    else:
        relevance = 28.0 * sought.margin + 1.6 * themes + 0.5 * signs.covered + 0.85 * signs.meaning - 1.75 + against
        # An offer that has every word of the question, and they are not in all the others, is what was asked for.
        said = np.maximum(relevance, 2.0 * signs.covered - 1.4 + against)
        relevance = np.where(signs.share > ALL_SAID, said, relevance)
    return np.asarray(1 / (1 + np.exp(-relevance)))
