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

# How many answers are looked at first.
FIRST: Final = 3
# The weight of a theme that one word says.
SAID: Final = 1.0
# Themes said this much less than the main one are circumstances of the need, not the need.
BESIDE: Final = 0.65
BY_ANOTHER: Final = 0.8
# A theme this near an offer's weightiest is what it is for.
MAINLY: Final = 0.78
# A general one must weigh this much more to be it.
GENERALLY: Final = 0.2
SERVED: Final = 0.3
# From here an offer's meaning is the question's, whatever words both use.
VERY_NEAR: Final = 2.6
SAME_SHAPE: Final = 0.6


def needs(themes: Mapping[str, float]) -> tuple[str, ...]:
    """The themes that say what is needed, the weightiest first; none where only general or outside ones are said."""
    book = vocabulary()
    inside = {theme: weight for theme, weight in themes.items() if not book.themes[theme].outside}
    said = {theme: weight for theme, weight in inside.items() if not book.themes[theme].general} or inside
    most = max(said.values(), default=0.0)
    main = [theme for theme in said if said[theme] >= BESIDE * most]
    # Who or what is named as such (a lawyer, a crèche) is the need; a trouble said beside it is its reason.
    named = [theme for theme in main if is_named((theme,))]
    chosen = sorted(named or main, key=lambda theme: -said[theme])
    # "Psy et aide alimentaire" are two needs; "psy pour burn-out" is one.
    besides = [theme for theme in inside if book.themes[theme].needed_besides]
    answered = {other for theme in inside if theme not in besides for other in _around(book, theme)}
    chosen += [theme for theme in besides if inside[theme] >= SAID and theme not in {*chosen, *answered}]
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
    """Those that go before the others: whoever is beaten and looks for a bed is first of all for those who protect."""
    book = vocabulary()
    return tuple(theme for theme in themes if book.themes[theme].urgent)


def is_named(wanted: tuple[str, ...]) -> bool:
    """Whether the needs are such that nothing else answers them."""
    book = vocabulary()
    return not any(book.themes[theme].general or book.themes[theme].by for theme in wanted)


def helping(index: Index, themes: Mapping[str, float], rows: NDArray[np.intp]) -> Scores:
    """How much each row is for what the themes say is needed, 0 to 1."""
    book = vocabulary()
    wanted = needs(themes)
    deeds = [theme for theme in themes if book.themes[theme].deed]
    if not deeds:
        return serves(index, wanted, rows)
    troubles = needs({theme: weight for theme, weight in themes.items() if theme not in deeds})
    each = [serves(index, of, rows) for of in (*((deed,) for deed in deeds), troubles or wanted)]
    return np.asarray(np.minimum.reduce(each))


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
            if other != theme and not book.themes[theme].urgent:
                # What an offer mentions beside its own business does not stand in for something else.
                general = book.themes[other].general
                most = (index.special if general else index.heaviest)[rows[found]]
                least = MAINLY * most + (GENERALLY if general else 0.0)
                held_by = np.where(held_by >= least, held_by, 0.0)
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
