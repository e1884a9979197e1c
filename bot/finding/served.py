"""Whether what a question names is offered at all: a neighbouring subject is no answer.

"Crèche à Arlon" is answered by a crèche, not by a service for parents; "mon mari me frappe" also by a shelter. Which
themes answer which is in the vocabulary (`by`); a paraphrase that shares no word with the right offer passes when its
meaning is very near in both ways of comparing: the vectors themselves, and how they lie among all the themes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.finding.meanings import Meanings
    from bot.understanding.themes import Vocabulary

    Scores = NDArray[np.float32]

# What many services do besides, or a way of doing it: holding these alone does not make an offer an answer.
GENERAL: Final = frozenset((
    "peer-group", "older", "isolation", "financial-aid", "social-rights", "psychologist", "training",
    "home-care", "family-support", "telecare", "couple", "volunteering",
))  # fmt: skip
# A general one that is a need of its own beside another that it does not answer.
BESIDES: Final = ("psychologist",)
# How many answers are looked at first.
FIRST: Final = 3
# What is done about a trouble: beside one, an offer must do it as well.
DONE: Final = frozenset(("assessment",))
# Themes said this much less than the main one are circumstances of the need, not the need.
BESIDE: Final = 0.65
BY_ANOTHER: Final = 0.8
# A theme this near an offer's weightiest is what it is for.
MAINLY: Final = 0.78
SERVED: Final = 0.3
# From here an offer's meaning is the question's, whatever words both use.
VERY_NEAR: Final = 2.6
SAME_SHAPE: Final = 0.6


def needs(themes: Mapping[str, float]) -> tuple[str, ...]:
    """The themes that say what is needed, the weightiest first; none where only general or outside ones are said."""
    book = vocabulary()
    inside = {theme: weight for theme, weight in themes.items() if not book.themes[theme].outside}
    said = {theme: weight for theme, weight in inside.items() if theme not in GENERAL} or inside
    most = max(said.values(), default=0.0)
    main = [theme for theme in said if said[theme] >= BESIDE * most]
    # Who or what is named as such (a lawyer, a crèche) is the need; a trouble said beside it is its reason.
    named = [theme for theme in main if is_named((theme,))]
    chosen = sorted(named or main, key=lambda theme: -said[theme])
    beside = {other for theme in inside if theme not in BESIDES for other in _around(book, theme)}
    # "Psy et aide alimentaire" are two needs; "psy pour burn-out" is one.
    chosen += [theme for theme in BESIDES if inside.get(theme, 0.0) >= 1.0 and theme not in {*chosen, *beside}]
    return tuple(chosen)


def _around(book: Vocabulary, theme: str) -> tuple[str, ...]:
    return (theme, *book.themes[theme].by, *book.themes[theme].near)


def each_in_turn(index: Index, wanted: tuple[str, ...], rows: NDArray[np.intp]) -> list[int]:
    """Places in `rows`, in their order, but where none of the first serves a need, its best comes up among them."""
    serving = [np.flatnonzero(serves(index, (theme,), rows) >= SERVED) for theme in wanted[1:]]
    kept = [0, *(int(places[0]) for places in serving if len(places))]
    first = sorted(list(dict.fromkeys((*kept, *range(FIRST))))[:FIRST])
    return [*first, *(place for place in range(len(rows)) if place not in first)][: len(rows)]


def urgent(themes: Mapping[str, float]) -> tuple[str, ...]:
    """The themes of violence: whoever is beaten and looks for a bed is first of all for those who protect."""
    book = vocabulary()
    return tuple(theme for theme in themes if book.themes[theme].kind == "violence")


def is_named(wanted: tuple[str, ...]) -> bool:
    """Whether the needs are such that nothing else answers them."""
    book = vocabulary()
    return all(theme not in GENERAL and not book.themes[theme].by for theme in wanted)


def helping(index: Index, themes: Mapping[str, float], rows: NDArray[np.intp]) -> Scores:
    """How much each row is for what the themes say is needed, 0 to 1."""
    wanted = needs(themes)
    worth = serves(index, wanted, rows)
    for done in DONE.intersection(themes):
        beside = needs({theme: weight for theme, weight in themes.items() if theme != done})
        worth = np.minimum(serves(index, (done,), rows), serves(index, beside, rows) if beside else worth)
    return worth


def serves(index: Index, wanted: tuple[str, ...], rows: NDArray[np.intp]) -> Scores:
    """How much each row is for one of the needs, 0 to 1."""
    book = vocabulary()
    worth = np.zeros(len(rows), dtype=np.float32)
    for theme in wanted:
        for other in (theme, *book.themes[theme].by):
            held, weights = index.themes.get(other)
            at = np.searchsorted(held, rows)
            at[at == len(held)] = 0
            found = held[at] == rows if len(held) else np.zeros(len(rows), dtype=bool)
            held_by = weights[at[found]]
            if other != theme and book.themes[theme].kind != "violence":
                # What an offer mentions beside its own business does not stand in for something else.
                most = index.special if other in GENERAL else index.heaviest
                held_by = np.where(held_by >= MAINLY * most[rows[found]] + (other in GENERAL) * 0.2, held_by, 0.0)
            if other != theme:
                held_by = BY_ANOTHER * held_by
            worth[found] = np.maximum(worth[found], held_by)
    return worth


def alike(index: Index, sense: Meanings, question: Scores, rows: NDArray[np.intp]) -> Scores:
    """How much each row lies among the themes as the question does: a correlation, 0 where a row has no vector."""
    likeness = np.zeros(len(rows), dtype=np.float32)
    known = np.flatnonzero(index.encoded[rows])
    if len(known):
        theirs = sense.profiles(index.vectors_of(rows[known]))
        mine = sense.profile(question)
        likeness[known] = theirs @ mine / np.maximum(np.linalg.norm(theirs, axis=1) * np.linalg.norm(mine), 1e-6)
    return likeness
