"""A meeting as it goes on: opened, who is there, what is kept on the way, closed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import Context, Phrase, Refusal, Reply, Section, _, button, every, lines, many
from bot.registry import Outcome
from bot.understanding import names
from commands import meeting_cards, meeting_items
from storage import meetings, members
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
    meeting.opened_at = context.now
    return Reply(
        lines(
            _("{ref} is open: **{title}**.", ref=meeting.ref, title=meeting.title),
            _("Write `/decision`, `/accord` or `/engagement` as you go: all of it belongs to this meeting."),
            _("`/reunion présents Ana, Luc` notes who is there; `/reunion clôture` sums it up."),
        ),
        sections=(Section(meeting_cards.agenda(context, meeting)),),
        public=True,
    )


def current(context: Context) -> Meeting:
    """The open meeting of this place; raises a Refusal when there is none."""
    meeting = None
    if context.channel is not None:
        body_id = context.body.id if context.body else None
        meeting = meetings.open_in(context.session, channel_id=context.channel.id, body_id=body_id)
    if meeting is None:
        raise Refusal(_("No meeting is open here. `/reunion ouvre` opens one."))
    return meeting


def closed(context: Context) -> Outcome:
    """Close it, say what came of it, and ask for what lacks."""
    meeting = current(context)
    need_holder(context, meeting)
    meeting.closed_at = context.now
    waiting = meetings.items(context.session, meeting.id, meetings.ItemState.WAITING)
    settled, agreed, promised = meeting_cards.born(context, meeting)
    lacking = [row.ref for row in promised if row.due_on is None]
    said: list[Phrase] = [
        _("{ref} is closed: **{title}**.", ref=meeting.ref, title=meeting.title),
        many("{n} decision", "{n} decisions", len(settled)),
        many("{n} agreement", "{n} agreements", len(agreed)),
        many("{n} commitment", "{n} commitments", len(promised)),
    ]
    sections = [Section(meeting_cards.outcome(context, meeting))]
    if lacking:
        sections.append(Section(_("Still without a day: {refs}.", refs=lacking)))
    buttons = [button(_("Draft of the minutes"), meeting_items.draft, meeting=meeting.id)]
    if waiting:
        buttons.insert(0, button(_("What the notes propose"), meeting_items.go_on, meeting=meeting.id))
    return Reply(lines(*said), sections=tuple(sections), buttons=tuple(buttons), public=True)


def noted(context: Context, line: str, presence: Presence) -> Reply:
    """Who is there: members by their names, anyone else as written."""
    meeting = current(context)
    wanted = [part.strip() for part in line.replace(";", ",").split(",") if part.strip()]
    if not wanted:
        return Reply(lines(*meeting_cards.people(meetings.attendance(context.session, meeting.id))), undo=False)
    known = members.active(context.session)
    candidates = [names.Candidate(member.id, member.name, (member.handle or "",)) for member in known]
    for name in wanted:
        found = names.nearest(name.removeprefix("@"), candidates)
        member_id = found.candidate.id if isinstance(found, names.Match) else None
        full = found.candidate.name if isinstance(found, names.Match) else name[:200]
        meetings.attend(context.session, meeting.id, name=full, presence=presence, member_id=member_id)
    return Reply(lines(*meeting_cards.people(meetings.attendance(context.session, meeting.id))))


@every
def come_back(context: Context) -> None:
    """Close what nobody closed, and plan the next of a series once one is over."""
    for meeting in meetings.to_follow(context.session, before=context.now - FORGOTTEN):
        if meeting.opened_at is not None and meeting.closed_at is None:
            meeting.closed_at = context.now
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
