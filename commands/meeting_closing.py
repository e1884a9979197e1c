"""The end of a meeting: a short summary for all, and what still lacks somebody or a day, answered then or later."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date

from bot import (
    Button,
    Context,
    FieldErrors,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    day,
    lines,
    many,
    notice,
    verbatim,
    words,
)
from commands import attending, meeting_items, meeting_series, promising, records, telling
from commands.commitment_cards import line
from commands.days import to_come
from commands.people import Answering, Around, found
from storage import commitments, meetings, settled
from storage.agreements import Agreement
from storage.commitments import Commitment, Status
from storage.decisions import Decision
from storage.meetings import ItemState, Meeting, MinutesItem
from storage.notices import Notice
from storage.settled import Settled
from storage.visibility import can_see

# So many questions fit under one summary; the rest is said by its number.
MOST_ASKED = 8


def closed(context: Context, meeting: Meeting) -> Reply:
    """Close it, tell those concerned, and sum it up."""
    meeting.closed_at = context.now
    telling.let_go(context, meeting)
    return summary(context, meeting)


@notice(meeting_series.CLOSED_ALONE)
def _closed_alone(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    """What the end of a meeting says, of one that nobody closed."""
    for one in owed:
        meeting = context.session.get(Meeting, one.subject_id)
        if meeting is None or meeting.closed_at is None:
            continue
        said = summary(context, meeting)
        yield Section(_("Nobody closed the meeting {ref}, so I did.", ref=meeting.ref))
        yield Section(said.text)
        yield from said.sections
        yield Section(Phrase(""), said.buttons)


def summary(context: Context, meeting: Meeting) -> Reply:
    """As everyone in its channel may read it; what waits for somebody's answer in private is only counted."""
    session, audience = context.session, context.audience
    born: list[Settled] = [
        *settled.of_meeting(session, Decision, meeting.id),
        *settled.of_meeting(session, Agreement, meeting.id),
    ]
    made = [row for row in born if can_see(audience, row)]
    promised = [row for row in commitments.of_meeting(session, meeting.id) if can_see(audience, row)]
    open_ones = [row for row in promised if row.status is not Status.PROPOSED]
    around = Around.of(session, open_ones)
    asked = len(promised) - len(open_ones)
    decided = sum(row.letter == "D" for row in made)
    said: list[Phrase | None] = [
        _("{ref} is closed: **{title}**.", ref=meeting.ref, title=meeting.title),
        *attending.people(meetings.attendance(session, meeting.id)),
        records.counted(decided, len(made) - decided, len(open_ones)),
        *(records.line(context, row) for row in made),
        *(line(row, around) for row in open_ones),
        many(
            "{n} commitment waits for the answer of whoever it was proposed to.",
            "{n} commitments wait for the answer of those they were proposed to.",
            asked,
        )
        if asked
        else None,
    ]
    sections = _questions(context, meeting, open_ones)
    buttons: list[Button] = [button(_("Draft of the minutes"), meeting_items.draft, meeting=meeting.id)]
    if _proposals(context, meeting):
        buttons.insert(0, button(_("What the notes propose"), meeting_items.go_on, meeting=meeting.id))
    return Reply(lines(*said), sections=sections, buttons=tuple(buttons), public=context.channel is not None)


def _waiting(context: Context, meeting: Meeting) -> list[MinutesItem]:
    """What was said in the chat and nobody has taken on."""
    waiting = meetings.items(context.session, meeting.id, ItemState.WAITING)
    return [item for item in waiting if not item.line and not item.owner]


def _proposals(context: Context, meeting: Meeting) -> bool:
    return any(item.line for item in meetings.items(context.session, meeting.id, ItemState.WAITING))


def _questions(context: Context, meeting: Meeting, promised: list[Commitment]) -> tuple[Section, ...]:
    """What lacks somebody, then what lacks a day; each can be answered now or later."""
    nobody = _waiting(context, meeting)
    undated = [row for row in promised if row.due_on is None and row.alive]
    if not nobody and not undated:
        return ()
    sections = [Section(_("Something is missing here; you can still say it tomorrow:"))]
    sections += [
        Section(_("Who takes this on? {what}", what=told(item)), who_buttons(item, at_the_end=True)) for item in nobody
    ]
    sections += [
        Section(
            _("By when? {ref}: {text}", ref=row.ref, text=row.text),
            (button(_("Set a day"), set_day, commitment=row.id, meeting=meeting.id),),
        )
        for row in undated
    ]
    more = len(sections) - 1 - MOST_ASKED
    if more > 0:
        return (*sections[: MOST_ASKED + 1], Section(many("And {n} more.", "And {n} more.", more)))
    return tuple(sections)


class OnWhichDay(Form):
    title = _("Set a day")
    day: date = day(_("By when?"), hint=_("For example: 12 June, in two weeks, Friday week"))


@action
def set_day(context: Context, form: OnWhichDay, commitment: int, meeting: int) -> Reply:
    """The day that was missing; the summary is shown again without the question."""
    row, held = context.seen(Commitment, commitment), context.seen(Meeting, meeting)
    to_come(context, form.day, "day")
    if row.due_on is None:
        promising.correct(context, row, form.day)
    return again(context, held)


def again(context: Context, meeting: Meeting) -> Reply:
    """The summary in the place of the one whose question was answered."""
    return dataclasses.replace(summary(context, meeting), replace=True)


def told(item: MinutesItem) -> Phrase:
    """What is to be done, and by when."""
    if item.due_on:
        return _("{text} – by {day}", text=item.text, day=item.due_on)
    return verbatim(item.text)


def who_buttons(item: MinutesItem, *, at_the_end: bool = False) -> tuple[Button, Button, Button]:
    """`at_the_end`: under the summary of the meeting, which is shown again with what changed."""
    end = int(at_the_end)
    return (
        button(_("I do"), take, style="primary", item=item.id, end=end),
        button(_("Somebody else"), give, item=item.id, end=end),
        button(_("Drop"), forget, item=item.id, end=end),
    )


@action
def take(context: Context, item: int, end: int = 0) -> Reply:
    """Whoever presses takes it on."""
    row, meeting = meeting_items.item_of(context, item)
    return _given(context, row, meeting, [context.me], row.due_on, end=end)


class Somebody(Form):
    title = _("Who takes this on?")
    owner: str = words(_("Who?"), max_length=300, hint=_("The names, with commas between them"))
    due: date | None = day(_("By which day?"), optional=True)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, object]:
        row, _meeting = meeting_items.item_of(context, int(args["item"]))
        return {"due": row.due_on}


@action
def give(context: Context, form: Somebody, item: int, end: int = 0) -> Reply:
    """Somebody who is asked in private, like for every commitment recorded for another."""
    row, meeting = meeting_items.item_of(context, item)
    try:
        owners = found(context, form.owner)
    except Refusal as unknown:
        raise FieldErrors(owner=unknown.phrase) from None
    return _given(context, row, meeting, owners, form.due, end=end)


def _given(
    context: Context, row: MinutesItem, meeting: Meeting, owners: list[Answering], due: date | None, *, end: int
) -> Reply:
    context.quote, context.permalink = row.quote, row.permalink
    made = promising.record(context, text=row.text, owners=owners, due_on=due, due_words=row.due_words, meeting=meeting)
    row.ref, row.state = made.ref, ItemState.KEPT
    context.session.flush()
    if meeting.closed_at is None:
        telling.hold(context, meeting)
    around = Around.of(context.session, [made])
    if made.status is Status.PROPOSED:
        said = _("I ask {names} in private: {text}", names=around.who(made), text=made.text)
    else:
        said = _("Recorded: {what}", what=line(made, around))
    return _settled(context, meeting, said, end=end)


@action
def forget(context: Context, item: int, end: int = 0) -> Reply:
    """Nobody will do it."""
    row, meeting = meeting_items.item_of(context, item)
    row.state = ItemState.DROPPED
    return _settled(context, meeting, _("Dropped: {text}", text=row.text), end=end)


def _settled(context: Context, meeting: Meeting, said: Phrase, *, end: int) -> Reply:
    if end:
        return again(context, meeting)
    return Reply(said, public=can_see(context.audience, meeting), replace=True)
