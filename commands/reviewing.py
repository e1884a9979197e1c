"""Does it still hold? Review days and last days, recalled to the body, with buttons to answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot import (
    Button,
    Context,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    day,
    hourly,
    lines,
    notice,
    viewer_of,
)
from bot.understanding.clauses import Clause
from commands.days import to_come
from commands.records import (
    KINDS,
    bare,
    body_of,
    channel_of,
    find,
    key,
    named,
    need_settler,
    public,
    settlers,
    subject,
    subjects,
    wording,
)
from commands.settling import end_it, need_hand, standing
from storage import agreements, meetings, notices, settled
from storage.agreements import Agreement
from storage.channels import Channel
from storage.members import Member
from storage.notices import Notice
from storage.settled import Settled, Status

# A review day missed for longer, as after an import, shows in the weekly summary and is not recalled any more.
STALE = timedelta(days=31)
# How long before its last day the partners of an agreement are asked.
NOTICE_OF_END = timedelta(days=14)
HORIZON = timedelta(days=400)


def read_day(context: Context, text: str, refusal: Phrase) -> date | tuple[date, ...]:
    """The day the words mean, or its possible readings when unsure; raises `refusal` for none to come."""
    found = context.deadline(text)
    if found is None:
        raise Refusal(context.undated(text) or refusal)
    return found.due if found.certain else tuple(dict.fromkeys((found.due, *found.readings)))


def review(context: Context, row: Settled, rest: str) -> Reply:
    """`D-12 à revoir le 1er mars`."""
    need_hand(context, row)
    meant = read_day(
        context, rest, _("I see no day to come there. For example: `{ref} review on 1 March`", ref=row.ref)
    )
    if isinstance(meant, tuple):
        return Reply(_("Which day do you mean?"), buttons=choices(row, meant), undo=False)
    return _set(context, row, meant)


def choices(row: Settled, days: Sequence[date]) -> tuple[Button, ...]:
    offered = [key(bare(each), set_review, row, day=each.isoformat()) for each in days[:3]]
    return (*offered, key(_("Another day"), other_day, row))


def in_doubt(row: Settled, clause: Clause) -> Section:
    """Asks for the day that a new record's words leave open."""
    if clause.deadline is None:
        return Section(
            _("I see no day to come in “{words}”. When shall I recall it?", words=clause.words[:120]), choices(row, ())
        )
    days = tuple(dict.fromkeys((clause.deadline.due, *clause.deadline.readings)))
    return Section(_("“{words}”: which day do you mean?", words=clause.words[:120]), choices(row, days))


@action
def set_review(context: Context, letter: str, number: int, day: str) -> Reply:
    row = find(context, letter, number)
    need_hand(context, row)
    return _set(context, row, date.fromisoformat(day))


def _set(context: Context, row: Settled, on: date) -> Reply:
    row.review_on = to_come(context, on)
    return Reply(
        _("{ref} will be looked at again on {day}.", ref=named(row), day=on),
        buttons=(key(_("Another day"), other_day, row),),
        public=public(context, row),
    )


class NewDay(Form):
    title = _("Another day")
    on: date = day(_("Which day?"), hint=_("For example: in six months"))

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        row = settled.by_number(context.session, KINDS[str(args["letter"])], int(args["number"]))
        return {"on": row.review_on} if row is not None and row.review_on else {}


@action
def other_day(context: Context, form: NewDay, letter: str, number: int) -> Reply:
    to_come(context, form.on, "on")
    row = find(context, letter, number)
    need_hand(context, row)
    return _set(context, row, form.on)


@action
def prolong(context: Context, form: NewDay, letter: str, number: int) -> Reply:
    """A later last day for an agreement."""
    to_come(context, form.on, "on")
    return hold_until(context, find(context, letter, number), form.on)


@action
def set_last(context: Context, letter: str, number: int, day: str) -> Reply:
    return hold_until(context, find(context, letter, number), date.fromisoformat(day))


def last_days(row: Settled, days: Sequence[date]) -> tuple[Button, ...]:
    return tuple(key(bare(each), set_last, row, day=each.isoformat()) for each in days[:3])


def hold_until(context: Context, row: Settled, on: date) -> Reply:
    need_hand(context, row)
    if not isinstance(row, Agreement):
        raise Refusal(standing(context, row))
    row.until_on = to_come(context, on)
    return Reply(
        _("{ref} now holds until {day}.", ref=named(row), day=on),
        buttons=(key(_("Another day"), prolong, row),),
        public=public(context, row),
    )


def held(context: Context, row: Settled) -> Reply:
    need_settler(context, row)
    if row.status is not Status.IN_FORCE:
        raise Refusal(standing(context, row))
    row.review_on = None
    return Reply(
        _("{ref} still holds: {words}", ref=named(row), words=wording(context, row)),
        buttons=(key(_("Look at it again on…"), other_day, row),),
        public=public(context, row),
    )


@action
def still_holds(context: Context, letter: str, number: int, day: str) -> Reply:
    """`day` is the review day that was asked about: an answer counts once."""
    row = find(context, letter, number)
    need_settler(context, row)
    if row.status is not Status.IN_FORCE:
        raise Refusal(standing(context, row))
    if row.review_on != date.fromisoformat(day):
        raise Refusal(
            _("This has been answered: {ref} will be looked at again on {day}.", ref=row.ref, day=row.review_on)
            if row.review_on
            else _("This has been answered: {ref} still holds.", ref=row.ref)
        )
    return held(context, row)


@action
def discuss(context: Context, letter: str, number: int) -> Reply:
    """Onto the agenda of the body's next meeting, by anyone who sees it."""
    row = find(context, letter, number)
    body = body_of(context, row)
    coming = meetings.between(
        context.session, viewer_of(context.session, context.me), since=context.now, until=context.now + HORIZON
    )
    meeting = next((one for one in coming if body is not None and one.body_id == body.id), None)
    if meeting is None:
        return Reply(
            _("{name} would like to talk about {ref} again: {words}", name=context.me.name, ref=named(row),
              words=wording(context, row)),
            public=public(context, row), undo=False,
        )  # fmt: skip
    if row.ref in meeting.agenda:
        raise Refusal(_("{ref} is on the agenda of {day} already.", ref=row.ref, day=meeting.starts_at))
    entry = f"{row.ref} : {wording(context, row).say(context.channel_reader)}"
    meeting.agenda = "\n".join(part for part in (meeting.agenda, entry) if part)
    return Reply(
        _("{ref} is on the agenda of {day}.", ref=named(row), day=meeting.starts_at), public=public(context, row)
    )


@hourly
def reviews(context: Context) -> None:
    """Recall what is to be looked at again, and what is about to end; end what has ended."""
    today = context.today
    told: Told = {}
    owed: list[Mapping[str, Any]] = []
    for model in KINDS.values():
        for row in settled.reviewed(context.session, model, since=today - STALE, until=today):
            owed += _recalled(context, row, "record.review", row.review_on, told)
            row.recalled_on = row.review_on
    for agreement in agreements.ending(context.session, until=today + NOTICE_OF_END):
        until = agreement.until_on
        if until is not None and until < today:
            agreement.status, agreement.ended_on = Status.ENDED, until
        elif agreement.end_recalled_on != until and until is not None and agreement.made_on + NOTICE_OF_END < until:
            owed += _recalled(context, agreement, "record.ending", until, told)
            agreement.end_recalled_on = until
    # All at once: after an import, a first morning has many.
    notices.record_all(context.session, owed)


# Whom to tell of records of one body, channel, visibility and author: the same for many.
Told = dict[tuple[object, ...], Sequence[Member | Channel]]


def _recalled(context: Context, row: Settled, kind: str, on: date | None, told: Told) -> Iterator[Mapping[str, Any]]:
    """To the body's channel, or in private to those who settle it where it has none."""
    place = (row.channel_id, row.body_id, row.visibility, row.author_id)
    if place not in told:
        channel = channel_of(context, row)
        told[place] = [channel] if channel is not None else settlers(context, row)
    for recipient in told[place]:
        yield notices.unrecorded(
            notices.recipient(recipient),
            kind,
            row.number,
            step=row.letter,
            version=on.toordinal() if on else 1,
            due_at=context.now,
        )


@notice("record.review", lasting=True)
def word_review(context: Context, owed_ones: Sequence[Notice]) -> Iterable[Section]:
    known = subjects(context, owed_ones)
    for owed in owed_ones:
        row = known.get((owed.step, owed.subject_id))
        if row is None or row.status is not Status.IN_FORCE or row.review_on is None:
            continue
        if row.review_on.toordinal() != owed.version:
            continue
        on = row.review_on.isoformat()
        asked = _("Does the decision {ref} of {day} still hold?", ref=named(row), day=row.made_on)
        if isinstance(row, Agreement):
            asked = _("Does the agreement {ref} of {day} still hold?", ref=named(row), day=row.made_on)
        yield Section(
            lines(
                asked,
                wording(context, row, length=500),
            ),
            (
                key(_("Still holds"), still_holds, row, style="primary", day=on),
                key(_("Another day"), other_day, row),
                key(_("End it"), end_it, row, version=row.version),
                key(_("To discuss"), discuss, row),
            ),
        )


@notice("record.ending", lasting=True)
def word_ending(context: Context, owed_ones: Sequence[Notice]) -> Iterable[Section]:
    for owed in owed_ones:
        row = subject(context, owed)
        if not isinstance(row, Agreement) or row.status is not Status.IN_FORCE or row.until_on is None:
            continue
        if row.until_on.toordinal() != owed.version:
            continue
        yield Section(
            lines(
                _("{ref} holds until {day}. What do you wish?", ref=named(row), day=row.until_on),
                wording(context, row, length=500),
            ),
            (key(_("Prolong it"), prolong, row), key(_("To discuss"), discuss, row)),
        )
