"""A meeting as it goes on: opened, who is there, what is kept on the way, closed."""

import dataclasses
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import Context, Refusal, Reply, _, every
from bot.registry import Outcome
from commands import attending, meeting_cards, meeting_closing, meeting_items, telling
from storage import meetings
from storage.bodies import Body
from storage.meetings import Meeting, Presence

# A meeting planned this near is the one that is opened.
AROUND = timedelta(hours=12)
# One that nobody closed is closed by itself after this long.
FORGOTTEN = timedelta(hours=20)


def need_holder(context: Context, meeting: Meeting) -> None:
    """Raise a Refusal unless an officer of its body, its author or a coordinator acts."""
    me = context.me
    body = context.session.get(Body, meeting.body_id) if meeting.body_id else None
    if not (me.coordinator or me.id == meeting.author_id or (body is not None and me.id in body.officers)):
        raise Refusal(_("Only the chair, the secretary or a coordinator can do that."))


def opened(context: Context, title: str) -> Reply:
    """Open the meeting planned for now in this channel, or one of the moment."""
    if context.channel is None:
        raise Refusal(_("Please open a meeting in the channel of its body."))
    session, body = context.session, context.body
    body_id = body.id if body else None
    if meetings.open_in(session, channel_id=context.channel.id, body_id=body_id) is not None:
        raise Refusal(_("A meeting is already open here. `/reunion clôture` closes it."))
    meeting = None
    if body_id is not None:
        meeting = meetings.planned(session, body_id=body_id, since=context.now - AROUND, until=context.now + AROUND)
    if meeting is None:
        meeting = meetings.record(
            session,
            title=title or (body.name if body else context.channel.name),
            starts_at=context.now,
            body_id=body_id,
            author_id=context.me.id,
            channel_id=context.channel.id,
            visibility=context.visibility,
        )
    meeting.opened_at, meeting.thread = context.now, context.place.thread[:120]
    agenda = Reply(meeting_cards.agenda(context, meeting), public=True, undo=False)
    return dataclasses.replace(attending.card(context, meeting), replace=False, undo=True, also=(agenda,))


def current(context: Context) -> Meeting:
    """The open meeting of this place; raises a Refusal when there is none."""
    meeting = context.meeting
    if meeting is None:
        raise Refusal(_("No meeting is open here. `/reunion ouvre` opens one."))
    return meeting


def closed(context: Context) -> Outcome:
    """Close it, say what came of it, and ask for what lacks."""
    meeting = current(context)
    need_holder(context, meeting)
    return meeting_closing.closed(context, meeting)


def noted(context: Context, line: str, presence: Presence) -> Reply:
    """Who is there: members by their names, anyone else as written."""
    return attending.note(context, current(context), line, presence)


@every
def come_back(context: Context) -> None:
    """Close what nobody closed, and plan the next of a series once one is over."""
    for meeting in meetings.to_follow(context.session, before=context.now - FORGOTTEN):
        if meeting.opened_at is not None and meeting.closed_at is None:
            meeting.closed_at = context.now
            telling.let_go(context, meeting)
        following = next_of(context, meeting)
        if following is not None:
            _planned_again(context, meeting, following)
        meeting.followed = True


def next_of(context: Context, meeting: Meeting) -> datetime | None:
    """When a series meets again after a meeting: the first day of its rule that is to come, moved off holidays."""
    if not meeting.recurrence:
        return None
    zone = ZoneInfo(context.network.timezone)
    day = meeting_items.next_day(meeting.recurrence, meeting.starts_at.astimezone(zone).date(), context.country)
    return datetime.combine(day, meeting.starts_at.astimezone(zone).time(), zone) if day else None


def _planned_again(context: Context, meeting: Meeting, starts_at: datetime) -> None:
    meetings.record(
        context.session,
        title=meeting.title,
        starts_at=starts_at,
        place=meeting.place,
        recurrence=meeting.recurrence,
        body_id=meeting.body_id,
        author_id=meeting.author_id,
        channel_id=meeting.channel_id,
        visibility=meeting.visibility,
    )
