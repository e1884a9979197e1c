"""What is shown of meetings: one, several, and the draft of the minutes."""

from collections.abc import Sequence

from bot import Context, Phrase, Reply, Section, _, button, lines
from commands import attending, meeting_agenda, meeting_inviting, meeting_series, minutes_facts, records
from commands.people import Around
from storage import commitments, meetings, settled
from storage.agreements import Agreement
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.settled import Settled
from storage.visibility import can_see


def planned(context: Context, meeting: Meeting) -> Reply:
    """The answer to a plan, with the day and its weekday."""
    return Reply(
        lines(
            _(
                "{ref}: **{title}**, {at}.",
                ref=meeting.ref,
                title=meeting.title,
                at=minutes_facts.when(meeting, context.channel_reader),
            ),
            _("Where: {place}", place=meeting.place) if meeting.place else None,
            meeting_series.told(context, meeting),
            _("To add a point: `/meeting {ref} agenda …`", ref=meeting.ref),
        ),
        buttons=(button(_("Send the invitation"), meeting_inviting.invite_now, meeting=meeting.id),),
        public=context.channel is not None and can_see(context.audience, meeting),
    )


def listed(coming: Sequence[Meeting]) -> Reply:
    if not coming:
        return Reply(_("No meeting is planned."), undo=False)
    rows = (_("{ref}: **{title}**, {at}", ref=row.ref, title=row.title, at=row.starts_at) for row in coming)
    return Reply(lines(*rows), undo=False)


def shown(context: Context, meeting: Meeting) -> Reply:
    """One meeting: when, who, agenda, and what came of it."""
    session = context.session
    at = minutes_facts.when(meeting, context.reader)
    said = [_("{ref}: **{title}**, {at}.", ref=meeting.ref, title=meeting.title, at=at)]
    if meeting.cancelled_at:
        said.append(_("It was cancelled."))
    if meeting.place:
        said.append(_("Where: {place}", place=meeting.place))
    sections = [Section(lines(*attending.people(meetings.attendance(session, meeting.id))))]
    if not meeting.closed_at and not meeting.cancelled_at:
        sections.append(meeting_agenda.section(context, meeting))
    sections.append(Section(outcome(context, meeting)))
    return Reply(lines(*said), sections=tuple(s for s in sections if s.text.say(context.reader)), undo=False)


def born(context: Context, meeting: Meeting) -> tuple[list[Decision], list[Agreement], list[Commitment]]:
    """What a meeting gave, as far as who asks may see it."""
    session, viewer = context.session, context.viewer
    return (
        [row for row in settled.of_meeting(session, Decision, meeting.id) if can_see(viewer, row)],
        [row for row in settled.of_meeting(session, Agreement, meeting.id) if can_see(viewer, row)],
        [row for row in commitments.of_meeting(session, meeting.id) if can_see(viewer, row)],
    )


def outcome(context: Context, meeting: Meeting) -> Phrase:
    """What came of it, in a few lines; empty when nothing did."""
    settled, agreed, promised = born(context, meeting)
    around = Around.of(context.session, promised)
    made: list[Settled] = [*settled, *agreed]
    return lines(
        *(records.line(context, row) for row in made),
        *(
            _(
                "{ref}: {who} – {text} ({due})",
                ref=row.ref,
                who=[around.name(owner) for owner in around.principals(row)],
                text=row.text,
                due=row.due_on or _("without a day"),
            )
            for row in promised
        ),
    )
