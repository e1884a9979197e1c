"""Words of the offers, and how well a question's match them: BM25 over stems, misspelt and compound words included.

A stem of the question that no offer has is replaced by the offers' stems that look like it (shared letter trigrams,
or one
inside the other), which reads "depresion", and "schuldhulp" beside "schuldhulpverlening".
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.understanding.persons import person_words
from bot.understanding.stems import LANGS, Lang, content, languages_of, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

K1: Final = 1.2
B: Final = 0.6
NAME_WEIGHT: Final = 2
ALIKE: Final = 0.55
MOST_ALIKE: Final = 8
PERSON: Final = 0.35
# What another word is worth that looks like the one asked for; from AS_SAID on it is the same, spelt otherwise.
LOOKS_LIKE: Final = 0.8
AS_SAID: Final = 0.8 * LOOKS_LIKE


class Postings:
    """Key -> rows and their weights; rows are only ever appended, so that readers need no lock."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._weights: dict[str, array[float]] = {}

    def add(self, key: str, row: int, weight: float = 1.0) -> None:
        rows = self._rows.get(key)
        if rows is None:
            # Weights first: a reader that sees the rows finds their weights.
            self._weights[key] = array("f", (weight,))
            self._rows[key] = array("i", (row,))
        else:
            self._weights[key].append(weight)
            rows.append(row)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def count(self, key: str) -> int:
        rows = self._rows.get(key)
        return len(rows) if rows is not None else 0

    def get(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        rows = self._rows.get(key)
        if rows is None:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        # Copied first: an array whose buffer is being read cannot grow, and a writer may be at work.
        held = np.frombuffer(rows[:], dtype=np.int32)
        return held, np.frombuffer(self._weights[key][:], dtype=np.float32)[: len(held)]


def _trigrams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


class Words:
    def __init__(self) -> None:
        self.postings = Postings()
        self._lengths = array("H")
        self._total = 0
        self._stems: list[str] = []
        self._sizes = array("H")
        self._grams: dict[str, array[int]] = {}
        self.spelt: set[str] = set()

    def add(self, row: int, name: str, text: str) -> None:
        """Rows come in order, each once."""
        langs = languages_of(f"{name} {text}")
        counts: Counter[str] = Counter()
        for lang in langs[:2]:
            share: Counter[str] = Counter()
            for root in content(name, lang):
                share[root] += NAME_WEIGHT
            share.update(content(text, lang))
            counts |= share
        for root, times in counts.items():
            if root not in self.postings:
                self._learn(root)
            self.postings.add(root, row, min(times, 8))
        length = min(sum(counts.values()), 65535)
        self._lengths.append(length)
        self._total += length

    def _learn(self, root: str) -> None:
        number = len(self._stems)
        self._stems.append(root)
        grams = _trigrams(root)
        self._sizes.append(len(grams))
        for gram in grams:
            self._grams.setdefault(gram, array("i")).append(number)

    def knows(self, word: str) -> bool:
        """Whether an offer uses the folded word, in any form."""
        return any(word in self.postings or root in self.postings for lang in LANGS for root in content(word, lang))

    def alike(self, root: str) -> list[tuple[str, float]]:
        """Stems of offers that look like this one, with a likeness below 1, the likeliest first."""
        if len(root) < 4:
            return []
        grams = _trigrams(root)
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(self._grams.get(gram, ()))
        found = []
        for number, common in shared.most_common(60):
            other = self._stems[number]
            if other == root:
                continue
            dice = 2 * common / (len(grams) + self._sizes[number])
            short, long = sorted((root, other), key=len)
            inside = (
                0.75 if len(short) >= 5 and (long.startswith(short) or (len(short) >= 6 and short in long)) else 0.0
            )
            likeness = max(dice if dice >= ALIKE else 0.0, inside)
            if likeness:
                found.append((other, min(likeness, 0.95)))
        return sorted(found, key=lambda pair: -pair[1])[:MOST_ALIKE]

    def score(self, text: str, langs: Iterable[Lang], size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """How well each of `size` rows has the question's words.

        First BM25 over what a row that has each word once would get; then the share of the words it has, 0 to 1, weighed
        by their rarity: a word said twice is still one of two.
        """
        scores, shares = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
        if not size or not self._total:
            return scores, shares
        average = self._total / len(self._lengths)
        lengths = np.frombuffer(self._lengths[:], dtype=np.uint16)[:size].astype(np.float32)
        best = total = 0.0
        for worth, group in self._question(text, langs):
            part, share = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
            rarity = max((self._rarity(root, size) for root, _ in group), default=0.0)
            for root, weight in group:
                rows, times = self.postings.get(root)
                keep = rows < size
                rows, times = rows[keep], times[keep]
                saturated = times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[rows] / average))
                part[rows] = np.maximum(part[rows], worth * weight * self._rarity(root, size) * saturated)
                share[rows] = np.maximum(share[rows], np.float32(1.0 if weight >= AS_SAID else weight))
            rarity = rarity if group else math.log(size + 1.5)
            best, total = best + rarity, total + worth * rarity
            scores += part
            shares += worth * rarity * share
        return scores / max(best, 1e-6), shares / max(total, 1e-6)

    def _rarity(self, root: str, size: int) -> float:
        count = self.postings.count(root)
        return math.log(1 + (size - min(count, size) + 0.5) / (count + 0.5))

    def _question(self, text: str, langs: Iterable[Lang]) -> list[tuple[float, list[tuple[str, float]]]]:
        """For each word of the question what it is worth, and the stems of offers that stand for it, by likeness."""
        main = next(iter(langs))
        # Whom it is for is weighed by age and audience: the word itself is in too many descriptions.
        persons = {stem(word, main) for word in person_words(text)}
        groups = []
        for root in dict.fromkeys(content(text, main)):
            worth = PERSON if root in persons else 1.0
            group = {root: 1.0} if root in self.postings else {}
            for other, likeness in self.alike(root):
                group.setdefault(other, likeness * (0.35 if root in group else LOOKS_LIKE))
            groups.append((worth, list(group.items())))
        return groups
