"""Which themes a vector speaks of: it is compared with the vocabulary's terms, encoded once and shipped.

This reads what no list of words foresees ("mon mec me cogne"), and tells a question about a train from one about a
person.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA: Final = Path(__file__).parent / "data" / "themes.npz"
# Likeness above what any text has: where a theme begins to be meant, and where it surely is.
FAINT: Final = 0.030
SURE: Final = 0.080
# Themes this much fainter than the strongest are not meant.
BEHIND: Final = 0.022


@dataclass(frozen=True)
class Meanings:
    themes: tuple[str, ...]
    vectors: NDArray[np.float32]
    question_bias: NDArray[np.float32]
    passage_bias: NDArray[np.float32]
    outside: NDArray[np.bool_]

    def of_question(self, vector: NDArray[np.float32]) -> tuple[dict[str, float], float]:
        """Theme -> 0 to 1, and how much nearer it is to what care directories hold than to what they do not."""
        like = self.vectors @ vector - self.question_bias
        best: dict[str, float] = {}
        for theme, value in zip(self.themes, like.tolist(), strict=True):
            best[theme] = max(best.get(theme, -1.0), value)
        inside = float(like[~self.outside].max())
        margin = inside - float(like[self.outside].max())
        book = vocabulary()
        floor = max(FAINT, inside - BEHIND)
        meant = {
            theme: min(1.0, (value - FAINT) / (SURE - FAINT))
            for theme, value in best.items()
            if value > floor and not book.themes[theme].outside
        }
        return meant, margin

    def of_passages(self, vectors: NDArray[np.float32], theme: str) -> NDArray[np.float32]:
        """How much each row of `vectors` is about the theme, 0 to 1."""
        rows = self.places[theme]
        like = (vectors @ self.vectors[rows].T - self.passage_bias[rows]).max(axis=1)
        return np.asarray(np.clip((like - FAINT) / (SURE - FAINT), 0.0, 1.0), dtype=np.float32)

    def profile(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """A question's likeness to each theme, less its average."""
        return np.asarray(self._profiles((self.vectors @ vector - self.question_bias)[None, :])[0])

    def profiles(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same for descriptions, a row each."""
        return self._profiles(vectors @ self.vectors.T - self.passage_bias)

    def _profiles(self, like: NDArray[np.float32]) -> NDArray[np.float32]:
        best = np.maximum.reduceat(like, [each.start for each in self.places.values()], axis=1)
        return np.asarray(best - best.mean(axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def places(self) -> dict[str, slice]:
        """Where each theme's terms are: they follow one another."""
        found: dict[str, slice] = {}
        for at, theme in enumerate(self.themes):
            found[theme] = slice(found[theme].start if theme in found else at, at + 1)
        return found


@lru_cache(maxsize=4)
def meanings(encoder_name: str) -> Meanings | None:
    """None where the shipped vectors were made by another encoder."""
    with np.load(DATA) as held:
        if str(held["encoder"]) != encoder_name:
            return None
        vectors = held["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        themes = tuple(str(theme) for theme in held["themes"])
        book = vocabulary()
        if set(themes) != set(book.themes):
            return None
        outside = np.array([book.themes[theme].outside for theme in themes])
        return Meanings(themes, vectors, held["question_bias"], held["passage_bias"], outside)
