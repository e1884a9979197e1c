"""The agenda of a meeting: what people added, and what the register brings; the same for everyone it is for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import Button, Context, Phrase, Section, _, button, lines, many, verbatim
from bot.exports import paper
from bot.exports.paper import Paper, Points
from bot.phrases import Blank
from bot.text import shortened
from commands import meeting_holders, minutes_facts, minutes_sending, records
from commands.people import Around
from storage import agreements, commitments, decisions, meetings, settled
from storage.agreements import Agreement
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.settled import Settled, Status
from storage.visibility import Viewer

# How many records one point names in the chat; the file names them all.
SHOWN = 5
MOST = 40


@dataclass(frozen=True, slots=True)
class Item:
    """One point, perhaps with the records it is about."""

    title: Phrase
    details: tuple[Phrase, ...] = ()


def gathered(context: Context, meeting: Meeting) -> list[Item]:
    """The approval of the last minutes first, then what people added, then what the register brings."""
    viewer = minutes_facts.audience_of(meeting)
    points: list[Item] = []
    previous = meetings.previous(context.session, meeting)
    if previous is not None and previous.approved_at is None:
        points.append(
            Item(
                _(
                    "Approve the minutes of {ref} ({at})",
                    ref=previous.ref,
                    at=records.day_of(context, previous.starts_at),
                )
            )
        )
    points += [Item(verbatim(point.text)) for point in meetings.points(context.session, meeting.id)]
    if meeting.body_id is not None:
        for title, details in (
            (_("Proposals to confirm"), _proposals(context, meeting, viewer)),
            (_("Does it still hold?"), _reviews(context, meeting, viewer)),
            (_("Where are the commitments?"), _open(context, meeting, viewer)),
        ):
            if details:
                points.append(Item(title, details))
    return points


def _proposals(context: Context, meeting: Meeting, viewer: Viewer) -> tuple[Phrase, ...]:
    status = [Status.PROPOSED]
    rows: list[Settled] = [
        *settled.listed(context.session, Decision, viewer, statuses=status, body_id=meeting.body_id, limit=MOST),
        *settled.listed(context.session, Agreement, viewer, statuses=status, body_id=meeting.body_id, limit=MOST),
    ]
    return _named(context, rows)


def _reviews(context: Context, meeting: Meeting, viewer: Viewer) -> tuple[Phrase, ...]:
    until = records.day_of(context, meeting.starts_at)
    rows: list[Settled] = [
        *decisions.to_review(context.session, viewer, until=until),
        *agreements.to_review(context.session, viewer, until=until),
    ]
    return _named(context, [row for row in rows if row.body_id == meeting.body_id])


def _named(context: Context, rows: Iterable[Settled]) -> tuple[Phrase, ...]:
    return tuple(
        _("{ref}: {text}", ref=records.named(row), text=records.wording(context, row, length=300)) for row in rows
    )


def _open(context: Context, meeting: Meeting, viewer: Viewer) -> tuple[Phrase, ...]:
    """By their number, and without a day that is past: who is late is said to them and the coordinator alone."""
    rows = commitments.listed(
        context.session, viewer, body_id=meeting.body_id, statuses=[commitments.Status.OPEN], limit=MOST
    )
    around = Around.of(context.session, rows)
    return tuple(
        _("{ref}: {who} – {text} ({due})", due=row.due_on, **_promise(row, around))
        if row.due_on is not None and row.due_on >= context.today
        else _("{ref}: {who} – {text}", **_promise(row, around))
        for row in sorted(rows, key=lambda row: row.number)
    )


def _promise(row: Commitment, around: Around) -> dict[str, Blank]:
    return {"ref": row.ref, "who": around.who(row), "text": shortened(row.text, 300)}


def words(context: Context, meeting: Meeting) -> Phrase:
    """The agenda as a message holds it."""
    points = gathered(context, meeting)
    if not points:
        return _("The agenda is empty so far.")
    return lines(_("**Agenda**"), *(line for n, item in enumerate(points, start=1) for line in _lines(n, item)))


def _lines(n: int, item: Item) -> Sequence[Phrase]:
    left = len(item.details) - SHOWN
    return [
        _("{n}. {point}", n=n, point=item.title),
        *(_("– {point}", point=detail) for detail in item.details[:SHOWN]),
        *([many("and {n} more", "and {n} more", left)] if left > 0 else []),
    ]


def section(context: Context, meeting: Meeting) -> Section:
    """The agenda with a button for its first point, where that is the approval of the last minutes."""
    previous = meetings.previous(context.session, meeting)
    buttons: tuple[Button, ...] = ()
    if previous is not None and previous.approved_at is None and meeting_holders.approves(context, previous):
        label = _("Approve the minutes of {ref}", ref=previous.ref)
        buttons = (button(label, minutes_sending.approve_now, meeting=previous.id),)
    return Section(words(context, meeting), buttons)


def settle(context: Context, meeting: Meeting) -> None:
    """Keep the agenda as it was when the meeting began: its minutes will say it."""
    reader = minutes_facts.reader_of(context, meeting)
    meeting.agenda = "\n".join(paper.writable(item.title.say(reader)) for item in gathered(context, meeting))


def _begun(text: str) -> str:
    """With its capital letter."""
    return text[:1].upper() + text[1:]


def document(context: Context, meeting: Meeting) -> Paper:
    """The agenda as a file."""
    reader = minutes_facts.reader_of(context, meeting)
    points = tuple(
        paper.point(_begun(item.title.say(reader)), notes=[detail.say(reader) for detail in item.details])
        for item in gathered(context, meeting)
    )
    blocks = [*minutes_facts.facts(context, meeting, reader), paper.Heading(_("Agenda").say(reader))]
    blocks.append(Points(points) if points else paper.Words(_("The agenda is empty so far.").say(reader)))
    return minutes_facts.framed(context, meeting, reader, kind=_("Agenda"), blocks=blocks)
