"""Meetings that come back: on which days, moved off holidays and closing periods, for as long as nobody ends them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot import Context, FieldErrors, Phrase, _, hourly, lines
from bot.understanding import clock, deadlines, recurring
from commands import meeting_holders, records, telling
from storage import journal, meetings
from storage.meetings import Meeting

# One that nobody closed is closed by itself after this long, and the next of its series is planned.
FORGOTTEN = timedelta(hours=20)
CLOSED_ALONE = "meeting.closed"
FORETOLD = 3
# A rule that comes back every day of ten years would still end.
MOST_STEPS = 4000


def hours(context: Context, day: date, at: str, until: str) -> tuple[datetime, datetime | None]:
    """When it begins and ends, from hours however they are written; raises FieldErrors."""
    both = clock.hours(at)
    first = both.first if both else clock.hour(at)
    if first is None:
        raise FieldErrors(at=_("Please write an hour such as 14:00."))
    last: time | None = both.last if both else None
    if until:
        last = clock.hour(until)
        if last is None:
            raise FieldErrors(until=_("Please write an hour such as 14:00."))
    if last is not None and last <= first:
        raise FieldErrors(until=_("This is before it begins."))
    zone = ZoneInfo(context.network.timezone)
    return datetime.combine(day, first, zone), datetime.combine(day, last, zone) if last else None


def on_day(context: Context, instant: datetime, day: date) -> datetime:
    """The same hour on another day."""
    zone = ZoneInfo(context.network.timezone)
    return datetime.combine(day, instant.astimezone(zone).time(), zone)


def day_of(context: Context, meeting: Meeting) -> date:
    return records.day_of(context, meeting.starts_at)


def moved(context: Context, day: date) -> date:
    """The day itself, or the first working day after it that is in no closing period."""
    closed = context.network.rules.closed
    while not deadlines.is_working_day(day, context.country) or any(a <= day <= b for a, b in closed):
        day += timedelta(days=1)
    return day


def days(context: Context, meeting: Meeting) -> Iterator[tuple[date, date]]:
    """The days to come of its series: that of its rule, and that on which one meets."""
    day: date | None = meeting.series_on or day_of(context, meeting)
    for _step in range(MOST_STEPS):
        day = recurring.next_after(meeting.recurrence, day) if day else None
        if day is None:
            return
        yield day, moved(context, day)


def told(context: Context, meeting: Meeting) -> Phrase | None:
    """That it comes back and when next; that its day was moved, or is one on which nobody works."""
    day = day_of(context, meeting)
    off = meeting.series_on
    shifted = None
    if off is not None and off != day:
        shifted = _("Moved from {day}, on which nobody works.", day=off)
    elif moved(context, day) != day:
        shifted = _("Mind that {day} is a holiday, a weekend, or in a closing period.", day=day)
    again = None
    if meeting.recurrence:
        coming = [day for _rule, day in islice(days(context, meeting), FORETOLD)]
        again = _("It comes back: then {days}, and so on.", days=coming)
    return lines(shifted, again) if shifted or again else None


@dataclass(frozen=True, slots=True)
class Usual:
    """When and where a series meets, whatever became of one of its meetings."""

    starts_at: datetime
    ends_at: datetime | None
    place: str


def usually(context: Context, meeting: Meeting) -> Usual:
    """As the meeting was planned, before it was changed."""
    planned: dict[str, Any] = {}
    columns = ("starts_at", "ends_at", "place")
    for line in journal.changes(context.session, meeting.__tablename__, [meeting.id], columns).get(meeting.id, ()):
        planned = {name: line.before[name] for name in columns if name in line.before} | planned
    starts, ends = planned.get("starts_at"), planned.get("ends_at", ...)
    return Usual(
        datetime.fromisoformat(starts) if starts else meeting.starts_at,
        meeting.ends_at if ends is ... else datetime.fromisoformat(ends) if ends else None,
        str(planned.get("place", meeting.place)),
    )


@hourly
def come_back(context: Context) -> None:
    """Close what nobody closed, and plan the next of a series once one is over."""
    for meeting in meetings.to_follow(context.session, before=context.now - FORGOTTEN):
        if meeting.opened_at is not None and meeting.closed_at is None:
            meeting.closed_at = context.now
            telling.let_go(context, meeting)
            _say_so(context, meeting)
        if meeting.recurrence:
            _plan_next(context, meeting)
        meeting.followed = True


def _say_so(context: Context, meeting: Meeting) -> None:
    """Its summary goes where it was held; where nobody can read it there any more, to those who look after it."""
    channel = meeting_holders.channel_of(context, meeting)
    for reader in [channel] if channel is not None else meeting_holders.holders(context, meeting):
        context.owe(reader, CLOSED_ALONE, meeting.id)


def next_of(context: Context, meeting: Meeting) -> tuple[date, datetime] | None:
    """The rule's next day to come, and when one meets: after a long silence, those missed are passed over."""
    if not meeting.recurrence:
        return None
    usual = usually(context, meeting)
    for day, meeting_day in days(context, meeting):
        starts_at = on_day(context, usual.starts_at, meeting_day)
        if starts_at > context.now and starts_at > meeting.starts_at:
            return day, starts_at
    return None


def _plan_next(context: Context, meeting: Meeting) -> None:
    found = next_of(context, meeting)
    if found is None:
        return
    day, starts_at = found
    usual = usually(context, meeting)
    meetings.record(
        context.session,
        title=meeting.title,
        starts_at=starts_at,
        ends_at=on_day(context, usual.ends_at, records.day_of(context, starts_at)) if usual.ends_at else None,
        place=usual.place,
        recurrence=meeting.recurrence,
        series_on=day,
        # A body that was invited to one is invited to the next.
        invited_at=context.now if meeting.invited_at else None,
        body_id=meeting.body_id,
        author_id=meeting.author_id,
        channel_id=meeting.channel_id,
        visibility=meeting.visibility,
    )
