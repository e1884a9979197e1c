"""Learns the weights of the minutes reader: `python -m tests.bench.learn_minutes` writes minutes_parts/weights.json.

It learns from labelled minutes (the corpus named by FILROUGE_TEST_DATA and the project's fixtures) over the reader's
closed list of features; no word of a document is a feature. Items that could be argued either way are left out. The
penalty is fixed beforehand; the threshold is the one with the best F1 on documents not learned from.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding import minutes
from bot.understanding.minutes_parts import rules
from bot.understanding.minutes_parts.model import Weights

FIXTURES = Path(__file__).parents[1] / "understanding" / "minutes_fixtures"
WEIGHTS = Path(__file__).parents[2] / "bot" / "understanding" / "minutes_parts" / "weights.json"
_MARK = re.compile(r"⟦(\?)?(decision|agreement|commitment)(?:\|([^|⟧]*))?(?:\|([^|⟧]*))?⟧")
_SENTENCE = re.compile(r"(?:[.!?;]\s+|\n)")
_PENALTY = 4.0
_SEEN_AT_LEAST = 4
_STEPS = 15
_CLOSE = 1e-5
_LEAST_WEIGHT = 0.005
# Below this a proposal is a guess: people are asked about every one, so precision comes first.
_LOWEST = 0.4
_FOLDS = 8
# The project's own invented minutes are short and clean: each counts for less than a real one.
_OWN = 0.5

Item = dict[str, Any]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """`truth` has one entry per unit: 1 an item, 0 none, -1 arguable; `decides` likewise, 0 being a commitment."""

    file: str
    language: str
    meeting_date: str | None
    items: list[Item]
    analysis: minutes.Analysis
    truth: tuple[int, ...]
    decides: tuple[int, ...]
    weight: float


def words(text: str | None) -> set[str]:
    return set(re.findall(r"\w{2,}", (text or "").lower()))


def near(line: int, quote: str, item: Item) -> bool:
    """The corpus's own rule: a line apart at most, and half of the shorter one's words shared."""
    if abs(line - item["line"]) > 1:
        return False
    ours, theirs = words(quote), words(item["quote"])
    return not ours or not theirs or len(ours & theirs) >= max(1, 0.5 * min(len(ours), len(theirs)))


def labelled(
    file: str, text: str, language: str, meeting_date: str | None, items: list[Item], weight: float
) -> Labelled:
    analysis = minutes.analyse(text, language)
    places = [(analysis.line(index), analysis.quote(index)) for index in range(len(analysis.seen))]
    truth = [0] * len(places)
    decides = [-1] * len(places)
    for item in items:
        hits = [index for index, place in enumerate(places) if near(*place, item)]
        free = [index for index in hits if truth[index] != 1]
        if not hits:
            continue
        best = max(
            free or hits,
            key=lambda index: (
                len(words(places[index][1]) & words(item["quote"])),
                -abs(places[index][0] - item["line"]),
            ),
        )
        decides[best] = int(item["kind"] != "commitment")
        for index in hits:
            if truth[index] == 0:
                truth[index] = -1
        if not item["arguable"]:
            truth[best] = 1
    return Labelled(file, language, meeting_date, items, analysis, tuple(truth), tuple(decides), weight)


@cache
def corpus(folder: str) -> tuple[Labelled, ...]:
    root = Path(folder) / "minutes"
    rows = [json.loads(line) for line in (root / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        labelled(
            row["file"],
            (root / row["file"]).read_text(encoding="utf-8"),
            row["language"],
            row["meeting_date"],
            row["items"],
            1.0,
        )
        for row in rows
    )


def unmark(marked: str) -> tuple[str, list[Item]]:
    """An invented document without its marks, and the items they stand for: each mark ends the sentence it labels."""
    text, items, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        end = match.end()
        start = max((found.end() for found in _SENTENCE.finditer(text.rstrip())), default=0)
        quote = text[start:].strip()
        items.append(
            {
                "kind": match[2],
                "line": text.count("\n", 0, start) + 1,
                "quote": quote,
                "owner": match[3] or None,
                "due_date": match[4] or None,
                "arguable": bool(match[1]),
            }
        )
    return text + marked[end:], items


@cache
def fixtures() -> tuple[Labelled, ...]:
    found = []
    for path in sorted(FIXTURES.glob("*.md")):
        text, items = unmark(path.read_text(encoding="utf-8"))
        found.append(labelled(path.name, text, path.name[:2], None, items, _OWN))
    return tuple(found)


class Learner:
    """All documents as one table, so that learning without some of them costs only the solving."""

    def __init__(self, documents: Sequence[Labelled]) -> None:
        self.documents = tuple(documents)
        features = [found for document in documents for found in document.analysis.features]
        self.names = sorted({name for found in features for name in found})
        places = {name: number for number, name in enumerate(self.names, start=1)}
        self.table: Matrix = np.zeros((len(features), len(self.names) + 1))
        self.table[:, 0] = 1.0
        for number, found in enumerate(features):
            for name, value in found.items():
                self.table[number, places[name]] = value
        self.of = np.repeat(np.arange(len(self.documents)), [len(document.truth) for document in documents])
        self.trust = np.array([document.weight for document in documents])[self.of]
        self.truth = np.array([answer for document in documents for answer in document.truth])
        self.decides = np.array([answer for document in documents for answer in document.decides])
        limits = [
            rules.bounds(seen, found)
            for document in documents
            for seen, found in zip(document.analysis.seen, document.analysis.features, strict=True)
        ]
        self.least, self.most = np.array(limits).T
        # Without some of the documents the weights are near these: Newton's method is soon there.
        self.near: dict[bytes, Matrix] = {}

    def solve(self, answers: Matrix, without: Iterable[int]) -> Matrix:
        """The weights, the constant first, learned from every document but these."""
        rows = (answers >= 0) & ~np.isin(self.of, list(without))
        table = self.table[rows]
        table[:, table.sum(axis=0) < _SEEN_AT_LEAST] = 0.0
        start = self.near.get(answers.tobytes())
        solved = _solve(table, answers[rows].astype(float), self.trust[rows], start)
        self.near.setdefault(answers.tobytes(), solved)
        return solved

    def rates(self, solved: Matrix) -> Matrix:
        sure = 1 / (1 + np.exp(-self.table @ solved))
        rated: Matrix = np.minimum(self.most, np.maximum(self.least, sure))
        return rated

    def threshold(self, without: Iterable[int] = ()) -> float:
        """The threshold with the best F1 where each document is rated by weights learned without its fold."""
        left_out = set(without)
        real = [number for number, one in enumerate(self.documents) if one.weight == 1.0 and number not in left_out]
        rated: list[tuple[float, int]] = []
        for fold in range(_FOLDS):
            held = real[fold::_FOLDS]
            rates = self.rates(self.solve(self.truth, {*held, *left_out}))
            rows = np.isin(self.of, held) & (self.truth >= 0)
            rated += zip(rates[rows].tolist(), self.truth[rows].tolist(), strict=True)
        return _balanced(rated)

    def learn(self, without: Iterable[int] = ()) -> Weights:
        left_out = set(without)
        find, decide = (self.solve(answers, left_out) for answers in (self.truth, self.decides))
        return Weights(self._named(find), self._named(decide), self.threshold(left_out))

    def _named(self, solved: Matrix) -> dict[str, float]:
        weights = zip(("", *self.names), solved.tolist(), strict=True)
        return {name: round(weight, 4) for name, weight in weights if abs(weight) >= _LEAST_WEIGHT}


def _balanced(rated: Sequence[tuple[float, int]]) -> float:
    """The middle of the flat top of F1, rather than its luckiest point."""
    wanted = sum(truth for _, truth in rated)

    @cache
    def balance(threshold: float) -> float:
        kept = [truth for rate, truth in rated if rate >= threshold]
        return 2 * sum(kept) / (len(kept) + wanted or 1)

    grid = [round(_LOWEST + step / 100, 2) for step in range(25)]
    smooth = {place: sum(balance(round(place + shift / 100, 2)) for shift in range(-4, 5)) for place in grid}
    return max(grid, key=lambda place: smooth[place])


def _solve(table: Matrix, answers: Matrix, trust: Matrix, start: Matrix | None) -> Matrix:
    """Newton's method for a logistic model with a square penalty on every weight but the constant."""
    penalty = np.full(table.shape[1], _PENALTY)
    penalty[0] = 1e-6
    solved: Matrix = np.zeros(table.shape[1]) if start is None else start
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-table @ solved))
        slope = table.T @ (trust * (sure - answers)) + penalty * solved
        curve = (table.T * (trust * sure * (1 - sure) + 1e-9)) @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        solved = solved - step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return solved


def main() -> None:
    folder = os.environ["FILROUGE_TEST_DATA"]
    documents = [*corpus(folder), *fixtures()]
    weights = Learner(documents).learn()
    data = {
        "about": "Learned by tests/bench/learn_minutes.py over the closed list of features.py; do not edit.",
        "threshold": weights.threshold,
        "find": dict(weights.find),
        "decide": dict(weights.decide),
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(documents)} documents, {len(weights.find)} weights, threshold {weights.threshold}: {WEIGHTS.name}")


if __name__ == "__main__":
    main()
