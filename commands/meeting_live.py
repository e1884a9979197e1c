"""A meeting as it goes on: opened, who is there, what is kept on the way, closed."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from bot import Context, Outcome, Phrase, Refusal, Reply, _, action, button, changed_since
from commands import attending, meeting_agenda, meeting_closing, meeting_holders
from storage import meetings
from storage.meetings import Meeting, Presence
from storage.visibility import can_see

# A meeting planned this near is the one that is opened.
AROUND = timedelta(hours=12)
# Closed within this time, by hand or by itself, it is what one means to close.
RECENT = timedelta(days=2)


def opened(context: Context, title: str) -> Reply:
    """Open the meeting planned for now in this channel, or one of the moment."""
    if context.channel is None:
        raise Refusal(_("Please open a meeting in the channel of its body."))
    session, body = context.session, context.body
    body_id = body.id if body else None
    thread = context.place.thread[:120]
    going_on = meetings.all_open(session, channel_id=context.channel.id, body_id=body_id)
    if any(not thread or row.thread in {"", thread} for row in going_on):
        raise Refusal(_("A meeting is already open here. `/meeting close` closes it."))
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
    meeting.opened_at, meeting.thread = context.now, thread
    meeting_agenda.settle(context, meeting)
    agenda = Reply(Phrase(""), sections=(meeting_agenda.section(context, meeting),), public=True, undo=False)
    return dataclasses.replace(attending.card(context, meeting), replace=False, undo=True, also=(agenda,))


def current(context: Context) -> Meeting:
    """The open meeting of this place; raises a Refusal when there is none."""
    meeting = context.meeting
    if meeting is None and (several := _several(context)):
        raise Refusal(
            _("Several meetings are open here: {refs}. Write in the thread of the one you mean.", refs=_refs(several))
        )
    if meeting is None:
        raise Refusal(_("No meeting is open here. `/meeting open` opens one."))
    return meeting


def _several(context: Context) -> Sequence[Meeting]:
    """Those that go on here, each in its thread, where none of them is meant."""
    if context.channel is None or context.meeting is not None:
        return ()
    body_id = context.body.id if context.body else None
    rows = meetings.all_open(context.session, channel_id=context.channel.id, body_id=body_id)
    return [row for row in rows if can_see(context.audience, row)]


def _refs(rows: Sequence[Meeting]) -> list[str]:
    return [f"{row.ref} ({row.title})" for row in rows]


def closed(context: Context) -> Outcome:
    """Close it, say what came of it, and ask for what lacks."""
    if several := _several(context):
        return Reply(
            _("Several meetings are open here: {refs}. Which one do you close?", refs=_refs(several)),
            buttons=tuple(button(_("Close {ref}", ref=row.ref), close, meeting=row.id) for row in several),
            undo=False,
        )
    if context.meeting is None and (before := _just_closed(context)) is not None:
        raise Refusal(_("{ref} is closed already. `/meeting {ref}` shows what came of it.", ref=before.ref))
    meeting = current(context)
    meeting_holders.need_holder(context, meeting)
    return meeting_closing.closed(context, meeting)


@action
def close(context: Context, meeting: int) -> Outcome:
    """The one of several that is meant."""
    row = context.seen(Meeting, meeting, lock=True)
    if row.opened_at is None or row.closed_at:
        raise changed_since()
    meeting_holders.need_holder(context, row)
    return meeting_closing.closed(context, row)


def _just_closed(context: Context) -> Meeting | None:
    """The last one that was closed here, a short while ago."""
    if context.channel is None:
        return None
    body_id = context.body.id if context.body else None
    return meetings.closed_in(
        context.session, channel_id=context.channel.id, body_id=body_id, since=context.now - RECENT
    )


def noted(context: Context, line: str, presence: Presence) -> Reply:
    """Who is there: members by their names, anyone else as written."""
    return attending.note(context, current(context), line, presence)
