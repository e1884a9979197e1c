"""What speaks for each offer of an index: how much it is like a question, and how much it is for the need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.meanings import Meanings, meanings
from bot.finding.served import helping
from bot.finding.subjects import told, told_or_meant
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.finding.nearness import Nearness
    from bot.understanding.questions import Understood

    Scores = NDArray[np.float32]

# A theme that only the vector tells counts less than one that is said.
TOLD_BY_VECTOR: Final = 0.6
# What an offer for the need has at least, whatever else was said beside it.
AS_GOOD: Final = 0.75
FOR_OTHERS: Final = -1.0
# Cosines of this model: two texts at random, and their spread.
COSINE_AVERAGE: Final = 0.795
COSINE_SPREAD: Final = 0.022
# Rows whose likeness is looked at to know what any text has.
SAMPLED: Final = 2000


@dataclass(frozen=True, slots=True)
class Sought:
    """A question as it is compared: its themes by weight, and how much nearer it is to care than to what is not.

    `vector` and `sense` are None without an encoder; `margin` is 0 then.
    """

    asked: Understood
    vector: Scores | None
    sense: Meanings | None
    themes: dict[str, float]
    margin: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much each row of the index is like the question: by its words, by its themes, by its meaning.

    `covered` is what its words are worth, `share` how many of the question's it has, weighed by their rarity;
    `rough` is enough to tell which rows are worth a closer look.
    """

    covered: Scores
    share: Scores
    themes: Scores
    meaning: Scores
    rough: Scores


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for some rows, in their order.

    `helps` is how much one is for the need itself, `soft` what is known of it besides, `cost` that of its place;
    `weighed` is its place among the rows that `soft` was worked out for.
    """

    rows: NDArray[np.intp]
    weighed: NDArray[np.intp]
    covered: Scores
    share: Scores
    themes: Scores
    meaning: Scores
    helps: Scores
    soft: Scores
    cost: Scores

    def at(self, places: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Signs:
        return Signs(*(getattr(self, name)[places] for name in self.__slots__))


def sought_of(index: Index, asked: Understood, vector: Scores | None) -> Sought:
    """Its themes are said or told by the vector; those outside only where there are no others."""
    book = vocabulary()
    said = {theme: weight for theme, weight in asked.themes.items() if not book.themes[theme].outside}
    outside = {theme: weight for theme, weight in asked.themes.items() if theme not in said}
    if vector is None:
        return Sought(asked, None, None, said or outside, 0.0)
    sense = meanings(index.encoder)
    if sense is None:
        return Sought(asked, vector, None, said or outside, 0.0)
    meant, margin = sense.of_question(vector)
    wanted = dict(said)
    for theme, weight in meant.items():
        wanted[theme] = wanted.get(theme, 0.0) + (TOLD_BY_VECTOR if said else 1.0) * weight
    return Sought(asked, vector, sense, wanted or outside, margin)


def likeness(index: Index, sought: Sought, here: NDArray[np.bool_], aside: AbstractContextManager[None]) -> Likeness:
    words, share = index.words.score(sought.asked.rest, (sought.asked.lang,), len(here))
    with aside:
        meaning = _meaning(index, sought.vector, here)
    covered, themes = np.minimum(words, 1.2), told(index, sought.themes, len(here))
    return Likeness(covered, share, themes, meaning, rough=covered * 2 + 2 * themes + 0.5 * meaning)


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


def signs_of(
    index: Index, sought: Sought, like: Likeness, near: Nearness, rows: NDArray[np.intp], soft: Scores
) -> Signs:
    who, said = sought.asked.who, like.themes
    if sought.sense is None:
        themes = said[rows]
    else:
        themes = told_or_meant(index, sought.themes, sought.sense, said, rows, like.rough[rows])
    helps = helping(index, sought.asked.themes, rows)
    # What is for another time of life does not serve the need.
    helps[(soft < FOR_OTHERS) & (who.known or bool(who.sex))] = 0.0
    return Signs(
        rows=rows,
        weighed=np.arange(len(rows)),
        covered=like.covered[rows],
        share=like.share[rows],
        themes=np.maximum(themes, AS_GOOD * helps),
        meaning=like.meaning[rows],
        helps=helps,
        soft=soft,
        cost=near.cost[rows],
    )
