"""What is shown of meetings: one, several, and the draft of the minutes."""

from collections.abc import Sequence

from bot import Attachment, Context, Phrase, Reply, Section, _, lines, many, verbatim
from bot.exports import pv
from commands import records
from commands.people import Around
from storage import agreements, commitments, decisions, meetings
from storage.agreements import Agreement
from storage.bodies import Body
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.meetings import Attendance, Meeting, Presence
from storage.settled import Settled
from storage.visibility import can_see

PRESENCES: dict[Presence, Phrase] = {
    Presence.PRESENT: _("Present"),
    Presence.EXCUSED: _("Excused"),
    Presence.ABSENT: _("Absent"),
    Presence.REPRESENTED: _("Represented"),
}


def planned(context: Context, meeting: Meeting) -> Reply:
    """The answer to a plan, with the day and its weekday."""
    return Reply(
        lines(
            _("{ref}: **{title}**, {at}.", ref=meeting.ref, title=meeting.title, at=meeting.starts_at),
            _("Where: {place}", place=meeting.place) if meeting.place else None,
            _("It comes back: I plan the next one when this one is over.") if meeting.recurrence else None,
            _("`{ref} ordre du jour …` adds a point.", ref=meeting.ref),
        ),
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
    said = [_("{ref}: **{title}**, {at}.", ref=meeting.ref, title=meeting.title, at=meeting.starts_at)]
    if meeting.cancelled_at:
        said.append(_("It was cancelled."))
    if meeting.place:
        said.append(_("Where: {place}", place=meeting.place))
    sections = [Section(lines(*people(meetings.attendance(session, meeting.id))))]
    if not meeting.closed_at and not meeting.cancelled_at:
        sections.append(Section(agenda(context, meeting)))
    sections.append(Section(outcome(context, meeting)))
    return Reply(lines(*said), sections=tuple(s for s in sections if s.text.say(context.reader)), undo=False)


def people(present: Sequence[Attendance]) -> list[Phrase]:
    return [
        _("{label}: {names}.", label=label, names=[row.name for row in present if row.presence is presence])
        for presence, label in PRESENCES.items()
        if any(row.presence is presence for row in present)
    ]


def agenda(context: Context, meeting: Meeting) -> Phrase:
    """What people added, then what the register brings: proposals, decisions to review, commitments still open."""
    session, viewer = context.session, context.viewer
    points: list[Phrase] = []
    previous = meetings.previous(session, meeting)
    if previous is not None and previous.approved_at is None:
        points.append(_("Approve the minutes of {ref} ({at})", ref=previous.ref, at=previous.starts_at))
    points += [verbatim(point.text) for point in meetings.points(session, meeting.id)]
    for proposed in decisions.listed(session, viewer, statuses=[decisions.Status.PROPOSED], body_id=meeting.body_id):
        points.append(_("To confirm: {what}", what=records.line(context, proposed)))
    day = meeting.starts_at.date()
    for due in decisions.to_review(session, viewer, until=day):
        if due.body_id == meeting.body_id:
            points.append(_("Does it still hold? {what}", what=records.line(context, due)))
    still = commitments.listed(session, viewer, body_id=meeting.body_id, statuses=[commitments.Status.OPEN], limit=30)
    points += [
        _("Where are we? {ref}: {text}", ref=row.ref, text=row.text) for row in still if meeting.body_id is not None
    ]
    if not points:
        return _("The agenda is empty so far.")
    numbered = (_("{n}. {point}", n=n, point=point) for n, point in enumerate(points, start=1))
    return lines(_("**Agenda**"), *numbered)


def born(context: Context, meeting: Meeting) -> tuple[list[Decision], list[Agreement], list[Commitment]]:
    """What a meeting gave, as far as who asks may see it."""
    session, viewer = context.session, context.viewer
    return (
        [row for row in decisions.of_meeting(session, meeting.id) if can_see(viewer, row)],
        [row for row in agreements.of_meeting(session, meeting.id) if can_see(viewer, row)],
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


def draft(context: Context, meeting: Meeting) -> Reply:
    """The minutes as a Word file and as text, made from the register alone."""
    settled, agreed, promised = born(context, meeting)
    around = Around.of(context.session, promised)
    reader = context.channel_reader
    body = context.session.get(Body, meeting.body_id) if meeting.body_id else None
    there = meetings.attendance(context.session, meeting.id)
    document = pv.Draft(
        network=context.network.name,
        title=meeting.title,
        body=body.name if body else "",
        when=_("{at}", at=meeting.starts_at).say(reader),
        place=meeting.place,
        people=tuple(
            (label.say(reader), tuple(row.name for row in there if row.presence is presence))
            for presence, label in PRESENCES.items()
            if any(row.presence is presence for row in there)
        ),
        points=tuple(point.text for point in meetings.points(context.session, meeting.id)),
        decisions=tuple((row.ref, row.text) for row in settled),
        agreements=tuple((row.ref, row.text) for row in agreed),
        commitments=tuple(
            (
                row.ref,
                ", ".join(around.name(owner) for owner in around.principals(row)),
                row.text,
                _("{day}", day=row.due_on).say(reader) if row.due_on else "",
            )
            for row in promised
        ),
        approved=_("Approved on {day}", day=meeting.approved_at.date()).say(reader)
        if meeting.approved_at
        else _("Draft, to be approved by the body").say(reader),
        labels={name: phrase.say(reader) for name, phrase in LABELS.items()},
    )
    name = f"{meeting.ref}-{meeting.starts_at:%Y-%m-%d}"
    return Reply(
        many("The draft of {ref}, with {n} decision.", "The draft of {ref}, with {n} decisions.", len(settled),
             ref=meeting.ref),
        attachments=(
            Attachment(f"{name}.docx", pv.docx(document), pv.DOCX),
            Attachment(f"{name}.md", pv.markdown(document).encode(), "text/markdown"),
        ),
        undo=False,
    )  # fmt: skip


LABELS = {
    "minutes": _("Minutes"),
    "agenda": _("Agenda"),
    "decisions": _("Decisions"),
    "agreements": _("Agreements"),
    "commitments": _("Commitments"),
    "who": _("Who"),
    "what": _("What"),
    "when": _("By when"),
    "none": _("None."),
}
