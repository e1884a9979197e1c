"""What speaks for an offer or against it besides its subject: age, language, price, opening, form of help.

What is not known costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.index import BIT, FORMATS
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from bot.finding.index import Index
    from bot.understanding.questions import Understood

    Scores = NDArray[np.float32]
    Note = Callable[[str, NDArray[np.bool_], float], None]

EXACT_AGE_OUT: Final = 2.2
STAGE_OUT: Final = 1.6
SEX_OUT: Final = 2.0
OTHER_SEX: Final = {"men": "women", "women": "men"}
# Euros: what first-line care costs in Belgium at most, and what a private session does at least.
LOW_PRICE: Final = 15.0
HIGH_PRICE: Final = 40.0
CHILD: Final = 18
SENIOR: Final = 50
# An offer for so small a share of all ages is meant for them.
MEANT_FOR: Final = 0.45


def weighed(index: Index, asked: Understood, rows: NDArray[np.intp]) -> tuple[Scores, Callable[[int], list[str]]]:
    """The sum for each of `rows`, and what a row's is made of, by its place in `rows`."""
    flags = index.flags[rows]
    total = np.zeros(len(rows), dtype=np.float32)
    notes: list[tuple[str, NDArray[np.bool_]]] = []

    def has(name: str) -> NDArray[np.bool_]:
        return np.asarray((flags & BIT[name]) != 0)

    def note(name: str, mask: NDArray[np.bool_], worth: float) -> None:
        nonlocal total
        total = total + np.where(mask, worth, 0.0).astype(np.float32)
        notes.append((name, mask))

    _ages(index, asked, rows, note)
    _languages(index, asked, rows, note)
    if other := OTHER_SEX.get(asked.who.sex):
        note("other-sex", has(other), -SEX_OUT)
    _price(index, asked, rows, note)
    if asked.evening:
        note("evening", has("evening"), 0.5)
        note("day-only", has("day_only"), -0.4)
    if asked.weekend:
        note("weekend", has("weekend"), 0.5)
        note("no-weekend", has("no_weekend"), -0.4)
    for form in FORMATS:
        if form in asked.formats:
            note(f"form:{form}", has(form), 0.35)
    note("late", has("late"), -0.25)
    note("full", has("full"), -0.3)

    def reasons(at: int) -> list[str]:
        return [name for name, mask in notes if mask[at]]

    return total, reasons


def _price(index: Index, asked: Understood, rows: NDArray[np.intp], note: Note) -> None:
    """The widest of the wishes said: "free or cheap" is not against what is cheap."""
    wish, price = asked.price, index.price[rows]
    if wish.most is not None:
        note("free", price == 0, 0.4)
        note("low-price", (price > 0) & (price <= wish.most), 0.4)
        note("dear", price > wish.most, -0.5)
    elif wish.low:
        note("free", price == 0, 0.35)
        note("low-price", (price > 0) & (price <= LOW_PRICE), 0.35)
        note("dear", price > HIGH_PRICE, -0.3)
    elif wish.free:
        note("free", price == 0, 0.4)
        note("paying", (price > 0) | ((index.flags[rows] & BIT["paying"]) != 0), -0.3)


def _ages(index: Index, asked: Understood, rows: NDArray[np.intp], note: Note) -> None:
    low, high = index.ages[rows, 0].astype(np.float32), index.ages[rows, 1].astype(np.float32)
    known = (low >= 0) | (high >= 0)
    low, high = np.where(low < 0, 0, low), np.where(high < 0, 120, high)
    # One row more may be on its way in: only those there were at the beginning count.
    size = int(rows.max(initial=0)) + 1
    concerned = np.zeros(size, dtype=bool)
    for theme in vocabulary().for_relatives:
        held, _ = index.themes.get(theme)
        concerned[held[held < size]] = True
    relatives = concerned[rows]
    if not asked.who.known:
        # Nobody young was mentioned: what is for children alone is less likely meant.
        note("for-children", known & (high <= CHILD) & ~relatives, -0.45)
        note("for-seniors", known & (low >= SENIOR), -0.4)
        return
    first, last = asked.who.ages
    overlap = np.minimum(high, last) - np.maximum(low, first)
    inside = known & (overlap >= 0)
    width = np.clip((high - low) / 60, 0, 1)
    note("age", inside & (width <= MEANT_FOR), 0.55)
    note("age", inside & (width > MEANT_FOR), 0.2)
    out = known & (overlap < 0)
    worth = -EXACT_AGE_OUT if asked.who.exact else -STAGE_OUT
    note("other-age", out & ~relatives, worth)
    note("other-age", out & relatives, -0.5)


def _languages(index: Index, asked: Understood, rows: NDArray[np.intp], note: Note) -> None:
    spoken = index.spoken[rows]
    known = spoken != 0
    wanted = sum(index.language_bit(code) for code in asked.languages)
    if asked.languages:
        match = (spoken & np.uint64(wanted)) != 0
        note("language", match, 0.9)
        note("other-language", known & ~match, -1.2)
        return
    own = np.uint64(index.language_bit(asked.lang))
    match = (spoken & own) != 0
    note("own-language", known & match, 0.25)
    note("other-language", known & ~match, -0.65)
