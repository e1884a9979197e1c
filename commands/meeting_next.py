"""The next meeting that notes announce: proposed to be planned, unless it is planned already."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot import Context, Phrase, Refusal, _, lines
from bot.understanding.minutes import Minutes
from bot.understanding.minutes_parts import coming
from bot.understanding.minutes_parts.days import moment
from bot.understanding.minutes_parts.markup import plain
from commands import meeting_series
from storage import meetings
from storage.folding import folded
from storage.meetings import Meeting, MinutesItem

KIND = "meeting"
# So many meetings of a series are known to come before their turn.
FORETOLD = 12
MAX_PLACE = 300


def items(context: Context, meeting: Meeting, found: Minutes, text: str) -> list[MinutesItem]:
    """What waits for a yes: each day to come that is announced and not planned already."""
    said, on = found.meeting.next_meeting, found.meeting.next_day
    if not said or on is None:
        return []
    now = moment(found.meeting.date) or context.local_now
    every = coming.listed(said, now=now, lang=found.language, country=context.country) or [(on, said)]
    return [
        MinutesItem(
            meeting_id=meeting.id, kind=KIND, line=_line(text, words), quote=words, text=words[:MAX_PLACE], due_on=day
        )
        for day, words in dict(every).items()
        if day >= context.today and planned(context, meeting, day) is None
    ]


def _line(text: str, said: str) -> int:
    """Where the notes say it, from 1; that of the end where they were put together from several."""
    told = text.split("\n")
    return next((number for number, row in enumerate(told, 1) if said in plain(row)), len(told))


def planned(context: Context, meeting: Meeting, on: date) -> Meeting | None:
    """The meeting of that body, series or channel on that day, or the one whose series comes to it."""
    since = datetime.combine(on, time(), ZoneInfo(context.network.timezone))
    until = since + timedelta(days=1)
    if meeting.body_id is not None:
        there = meetings.held(context.session, body_id=meeting.body_id, since=since, until=until)
    else:
        known = meetings.between(context.session, context.viewer, since=since, until=until)
        there = next((row for row in known if folded(row.title) == folded(meeting.title)), None)
    if there is not None:
        return there
    return next((row for row in _series(context, meeting) if on in _days(context, row)), None)


def _series(context: Context, meeting: Meeting) -> Sequence[Meeting]:
    after = meetings.following(context.session, meeting)
    return [row for row in (meeting, after) if row is not None and row.recurrence]


def _days(context: Context, row: Meeting) -> set[date]:
    return {day for _rule, day in islice(meeting_series.days(context, row), FORETOLD)}


def told(context: Context, item: MinutesItem, meeting: Meeting) -> Phrase:
    """What would be planned: which, when and where."""
    when = coming.read(item.quote)
    day = item.due_on or context.today
    if when.first is None:
        at = _("{day}, the hour is not said", day=day)
    elif when.last is None:
        at = _("{day} at {hour}", day=day, hour=when.first)
    else:
        at = _("{day} from {first} to {last}", day=day, first=when.first, last=when.last)
    near = (
        meetings.coming(context.session, body_id=meeting.body_id, channel_id=None, since=context.now)
        if meeting.body_id is not None
        else None
    )
    return lines(
        _("**{title}**, {at}", title=meeting.title, at=at),
        _("Where: {place}", place=when.place) if when.place else None,
        _("Planned so far: {ref}, {at}.", ref=near.ref, at=near.starts_at) if near is not None else None,
    )


def as_form(item: MinutesItem) -> dict[str, object]:
    """What is known of it, to be completed."""
    when = coming.read(item.quote)
    return {
        "on": item.due_on,
        "at": f"{when.first:%H:%M}" if when.first else "",
        "until": f"{when.last:%H:%M}" if when.last else "",
        "place": when.place,
    }


def make(context: Context, item: MinutesItem, meeting: Meeting) -> Meeting:
    """Plan it as the notes say; raises a Refusal where they say no hour, or where somebody planned it meanwhile."""
    when = coming.read(item.quote)
    if item.due_on is None or when.first is None:
        raise Refusal(_("At what time? The notes do not say it."))
    until = f"{when.last:%H:%M}" if when.last else ""
    return plan(context, meeting, item.due_on, f"{when.first:%H:%M}", until, when.place)


def plan(context: Context, meeting: Meeting, on: date, at: str, until: str, place: str) -> Meeting:
    """Of the same body, in the same place of the chat and as private as the meeting whose notes announce it."""
    there = planned(context, meeting, on)
    if there is not None:
        raise Refusal(_("It is planned already: {ref}, {at}.", ref=there.ref, at=there.starts_at))
    starts_at, ends_at = meeting_series.hours(context, on, at, until)
    return meetings.record(
        context.session,
        title=meeting.title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place[:MAX_PLACE],
        body_id=meeting.body_id,
        author_id=context.me.id,
        channel_id=meeting.channel_id,
        visibility=meeting.visibility,
    )
