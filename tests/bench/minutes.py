"""How well and how fast minutes are read: `python -m tests.bench.minutes [--show]`.

Quality is cross-validated: each document of the corpus is read with weights and a threshold learned without it. Two
baselines stand beside it: any line with a cue word, and headings and labels alone.
"""

import datetime as dt
import io
import json
import os
import resource
import sys
import textwrap
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import docx

from bot.imports.minutes import Wanted, read_text
from bot.understanding import minutes
from bot.understanding.minutes_parts.languages import every
from bot.understanding.minutes_parts.model import Weights
from tests.bench.learn_minutes import Item, Labelled, Learner, corpus, fixtures, near, words
from tests.imports.files import pdf_bytes

_PRONOUNS = frozenset(word for one in every() for name in ("we", "they") for word in one.verbs[name]) | {
    "je",
    "ich",
    "ik",
}
_CUES = (
    "cue decide",
    "cue adopt",
    "cue agree",
    "cue take_on",
    "cue must",
    "some future",
    "label decision",
    "label action",
)
_STRUCTURE = ("label decision", "label action", "label agreement", "actions, item", "actions, owner", "in decisions")


@dataclass
class Score:
    """Counts by language and over all: found, false, missed; and of those found, what is right."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    kinds: int = 0
    owners: list[int] = field(default_factory=lambda: [0, 0])
    dues: list[int] = field(default_factory=lambda: [0, 0])
    trapped: int = 0

    def add(self, document: Labelled, proposals: Sequence[minutes.Proposal], traps: Sequence[Item], show: bool) -> None:
        self._traps(document, proposals, traps, show)
        used: set[int] = set()
        for item in (item for item in document.items if not item["arguable"]):
            free = (n for n, one in enumerate(proposals) if n not in used and near(one.line, one.quote, item))
            hit = next(free, None)
            self._count(document, 2 if hit is None else 0)
            if hit is not None:
                used.add(hit)
                self._details(document, item, proposals[hit], show)
            elif show:
                print(f"  missed {document.file}:{item['line']} {item['quote'][:90]!r}")
        for number, one in enumerate(proposals):
            if number not in used and not any(near(one.line, one.quote, item) for item in document.items):
                self._count(document, 1)
                if show:
                    print(f"  false {document.file}:{one.line} {one.quote[:90]!r}")

    def _count(self, document: Labelled, what: int) -> None:
        for key in (document.language, "all"):
            self.counts[key][what] += 1

    def _traps(
        self, document: Labelled, proposals: Sequence[minutes.Proposal], traps: Sequence[Item], show: bool
    ) -> None:
        for trap in traps:
            argued = any(near(item["line"], item["quote"], trap) for item in document.items)
            if not argued and any(near(one.line, one.quote, trap) for one in proposals):
                self.trapped += 1
                if show:
                    print(f"  trapped {document.file}:{trap['line']} {trap['quote'][:90]!r}")

    def _details(self, document: Labelled, item: Item, one: minutes.Proposal, show: bool) -> None:
        self.kinds += one.kind == item["kind"]
        if show and one.kind != item["kind"]:
            print(f"  {one.kind} for {item['kind']} {document.file}:{item['line']} {item['quote'][:90]!r}")
        if item["owner"] and item["owner"].lower() not in _PRONOUNS:
            right = bool(words(one.owner) & words(item["owner"]))
            self.owners = [self.owners[0] + right, self.owners[1] + 1]
            if show and not right:
                print(
                    f"  owner {one.owner!r} for {item['owner']!r} {document.file}:{item['line']} {item['quote'][:70]!r}"
                )
        if item["due_date"]:
            meant = dt.date.fromisoformat(item["due_date"])
            right = one.due_date in {meant, meant - dt.timedelta(days=2)}
            self.dues = [self.dues[0] + right, self.dues[1] + 1]
            if show and not right:
                print(f"  due {one.due!r} {one.due_date} for {meant} {document.file}:{item['line']} {item['quote']!r}")

    def print(self, name: str) -> None:
        for key, (found, false, missed) in sorted(self.counts.items()):
            precision, recall = found / (found + false or 1), found / (found + missed or 1)
            balance = 2 * precision * recall / (precision + recall or 1)
            shares = f"P {precision:.3f} R {recall:.3f} F1 {balance:.3f}"
            print(f"{name:22} {key:4} {shares}  (found {found}, false {false}, missed {missed})")
        hits = self.counts["all"][0]
        print(
            f"{name:22} of those found: kind {self.kinds}/{hits} = {self.kinds / (hits or 1):.3f}, "
            f"owner {self.owners[0]}/{self.owners[1]} = {self.owners[0] / (self.owners[1] or 1):.3f}, "
            f"due {self.dues[0]}/{self.dues[1]}; traps proposed {self.trapped}"
        )


def traps(folder: str) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for line in (Path(folder) / "minutes" / "traps.jsonl").read_text(encoding="utf-8").splitlines():
        trap: dict[str, Any] = json.loads(line)
        found[trap["file"]].append(trap)
    return found


def cross_validated(folder: str, *, show: bool = False, only: Callable[[Labelled], bool] = lambda _: True) -> Score:
    """Leave one document out: weights, threshold and all are learned from the others."""
    documents, score, caught = corpus(folder), Score(), traps(folder)
    learner = Learner([*documents, *fixtures()])
    for number, document in enumerate(documents):
        score.add(
            document, proposals(document, learner.learn({number})), caught[document.file], show and only(document)
        )
    return score


def proposals(document: Labelled, weights: Weights) -> list[minutes.Proposal]:
    day = document.meeting_date
    when = dt.date.fromisoformat(day if day and len(day) > len("2026-01") else f"{day}-01") if day else None
    return list(
        minutes.read(document.analysis.source, now_or_meeting_date=when, lang=document.language, weights=weights).items
    )


def baseline(folder: str, names: Sequence[str]) -> Score:
    """Proposes every unit that shows one of the named features, with the shipped reader's other answers."""
    rule = MappingProxyType({"": -1.0} | dict.fromkeys(names, 2.0))
    score, caught = Score(), traps(folder)
    for document in corpus(folder):
        score.add(document, proposals(document, Weights(rule, rule, 0.5)), caught[document.file], show=False)
    return score


_PROSE = (
    "Le comité échange sur la situation des personnes accompagnées dans la zone {}. "
    "Les chiffres du semestre {} sont stables et les équipes confirment leur présence. "
    "Plusieurs partenaires décrivent le parcours d'une famille {} et ce qui a manqué entre deux services. "
    "La discussion porte ensuite sur l'accueil, les horaires et la place des proches {}. "
)
_ACT = "Claire va contacter la commune {} avant le 15 mars. "


def long_docx(pages: int) -> bytes:
    """About 450 words and two commitments a page."""
    file = docx.Document()
    file.add_paragraph("Présents : Claire Dumont, Benoît Lambert")
    for page in range(pages):
        file.add_heading(f"Point {page}", 2)
        for part in range(7):
            file.add_paragraph(_PROSE.format(*range(part, part + 4)) + (_ACT.format(page) if part % 4 == 0 else ""))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def long_pdf(pages: int) -> bytes:
    made = []
    for page in range(pages):
        here = "".join(chr(ord("a") + int(digit)) for digit in str(page))
        text = (
            f"Au point {here}, chacun se présente. "
            + "".join(_PROSE.format(*range(part, part + 4)) for part in range(6))
            + _ACT.format(here)
        )
        text += f"La suite est remise au point {here}. "
        made.append(textwrap.wrap(text, 90))
    return pdf_bytes(made)


def timed(name: str, data: bytes) -> None:
    """Wall and processor time of the whole way, worker included; peak memory of the worker."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    found, _text = read_text(data, name, Wanted(dt.date(2026, 1, 13), "fr"))
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = after.ru_maxrss / 1024
    print(f"{name:22} {wall:.1f} s ({used:.1f} s of processor), peak {peak:.0f} MB, {len(found.items)} proposals")


def main() -> None:
    timed("100 pages.docx", long_docx(100))
    timed("300 pages.pdf", long_pdf(300))
    folder = os.environ.get("FILROUGE_TEST_DATA")
    if not folder:
        print("FILROUGE_TEST_DATA is not set: no quality figures.")
        return
    baseline(folder, _CUES).print("a list of cues")
    baseline(folder, _STRUCTURE).print("headings and labels")
    cross_validated(folder, show="--show" in sys.argv).print("leave one document out")


if __name__ == "__main__":
    main()
