"""Minutes to proposals: what a meeting decided, agreed and took on, each with its line, its owner and its day.

Every language reads alike: a document becomes blocks, blocks become sentences, a sentence's structure and cue words
become named features, and a small logistic model over these (`minutes_parts/weights.json`) says how sure it is.
"""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal, Protocol

from bot.understanding.minutes_parts import (
    blocks,
    days,
    facts,
    features,
    languages,
    owners,
    people,
    rewording,
    rules,
    sentences,
    signs,
)
from bot.understanding.minutes_parts.facts import MeetingFacts
from bot.understanding.minutes_parts.model import Weights, learned
from bot.understanding.minutes_parts.signs import Seen

Kind = Literal["decision", "agreement", "commitment"]


class Readable(Protocol):
    """A document that was turned into text elsewhere, one line of the document per line."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Proposal:
    """`line` counts from 1; `quote` is an exact part of the text; `due` is in words, `due_date` the day owed.

    `owner` is as written in the minutes; `members` are the attendees it can only mean, by their full names.
    """

    kind: Kind
    line: int
    quote: str
    text: str
    owner: str | None
    due: str | None
    due_date: dt.date | None
    confidence: float
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Minutes:
    meeting: MeetingFacts
    items: tuple[Proposal, ...]
    language: str


@dataclass(frozen=True)
class Analysis:
    """Every unit of a text with its features: what the model and its learning script work on."""

    source: str
    language: languages.Language
    meeting: MeetingFacts
    people: people.People
    seen: tuple[Seen, ...]
    features: tuple[dict[str, float], ...]

    @cached_property
    def breaks(self) -> list[int]:
        """Where the lines of the source end."""
        return [place for place, char in enumerate(self.source) if char == "\n"]

    def line(self, index: int) -> int:
        return bisect_left(self.breaks, self.seen[index].unit.start) + 1

    def quote(self, index: int) -> str:
        unit = self.seen[index].unit
        return self.source[unit.start : unit.end]


def read(
    text_or_document: str | Readable,
    *,
    now_or_meeting_date: dt.date | None,
    lang: str | None = None,
    country: str = "BE",
    weights: Weights | None = None,
) -> Minutes:
    """Deadlines count from the meeting: a date given here, else the day the minutes give, else the moment given."""
    analysis = analyse(text_or_document, lang)
    meeting = analysis.meeting
    given = now_or_meeting_date
    if given is not None and not isinstance(given, dt.datetime):
        meeting = replace(meeting, date=given)
    how = days.Reading(days.moment(meeting.date or given), analysis.language.code, country)
    how = replace(how, next_day=days.next_meeting(meeting.next_meeting, how))
    meeting = replace(meeting, next_day=how.next_day)
    items = tuple(_proposals(analysis, weights or learned(), how))
    return Minutes(meeting, items, analysis.language.code)


def analyse(text_or_document: str | Readable, lang: str | None = None) -> Analysis:
    source = text_or_document if isinstance(text_or_document, str) else text_or_document.text
    code = lang if lang in languages.LANGUAGES else languages.guess(source)
    one = languages.language(code, bare=languages.is_bare(source, code))
    # Headings and labels are understood in every language: a Belgian network's notes mix them.
    all_blocks = blocks.read(source, (one, *(other for other in languages.every() if other.code != code)))
    units = sentences.read(source, all_blocks, one, _labels() | dict(one.labels))
    meeting = facts.read(source, all_blocks, units, one)
    named = (*meeting.present, *meeting.excused, *meeting.absent, *meeting.represented)
    known = people.collect(units, named, meeting.affiliations, one)
    seen = tuple(signs.look(unit, one, known) for unit in units)
    found = tuple(
        features.of(this, seen[number - 1] if number else None, one, known) for number, this in enumerate(seen)
    )
    return Analysis(source, one, meeting, known, seen, found)


@cache
def _labels() -> dict[str, str]:
    return {word: kind for one in languages.every() for word, kind in one.labels.items()}


def _proposals(analysis: Analysis, weights: Weights, how: days.Reading) -> list[Proposal]:
    proposals = []
    for index, seen in enumerate(analysis.seen):
        confidence = rate(seen, analysis.features[index], weights)
        if confidence < weights.threshold:
            continue
        kind = kind_of(seen, analysis.features[index], weights)
        owner = owners.find(analysis.source, analysis.seen, index, analysis.language, analysis.people)
        words, day = days.due(analysis.source, seen, kind, how)
        proposals.append(
            Proposal(
                kind=kind,
                line=analysis.line(index),
                quote=analysis.quote(index),
                text=rewording.text(seen, analysis.language, owner),
                owner=owner,
                members=owners.meant(owner, analysis.people, analysis.language),
                due=words,
                due_date=day,
                confidence=round(confidence, 3),
            )
        )
    return proposals


def rate(seen: Seen, found: dict[str, float], weights: Weights) -> float:
    """How sure it is that this is an item: what is plainly marked as one or as none needs no model."""
    least, most = rules.bounds(seen, found)
    return min(most, max(least, weights.is_item(found)))


def kind_of(seen: Seen, found: dict[str, float], weights: Weights) -> Kind:
    label = seen.unit.label.kind if seen.unit.label is not None else ""
    roles = {cell.role for cell in seen.unit.row if cell.end > cell.start}
    if label == "agreement" or "in agreements" in found or rules.between_partners(seen, found):
        return "agreement"
    if label in ("decision", "action"):
        return "decision" if label == "decision" else "commitment"
    if "what" in roles or rules.is_task(seen, found):
        return "commitment"
    return "decision" if "decided" in roles or weights.is_decision(found) >= 1 / 2 else "commitment"
