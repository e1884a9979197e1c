"""The minutes as a document: made from the register while they are a draft, from what was approved afterwards."""

from collections.abc import Sequence

from bot import Context, Phrase, Reader, _, lines
from bot.exports import paper
from bot.exports.paper import Block, Heading, Paper, Points, Words
from commands import meeting_series, minutes_facts
from commands.people import Around
from commands.recall import vote_words
from storage import commitments, meetings, minutes, settled
from storage.agreements import Agreement
from storage.commitments import Commitment, Status
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.minutes import ApprovedMinutes, CorrectionState
from storage.settled import Settled
from storage.settled import Status as Standing
from storage.visibility import can_see

TABLE_WIDTHS = (0.24, 0.42, 0.24, 0.10)


def kind(context: Context, *, decisions_only: bool = False) -> Phrase:
    """What such a paper is called: in France the minutes of an association are a « compte rendu »."""
    if decisions_only:
        return _("Record of decisions")
    return _("Report of the meeting") if context.country == "FR" else _("Minutes")


def held(context: Context, meeting: Meeting) -> tuple[list[Decision], list[Agreement], list[Commitment]]:
    """What the meeting gave, as far as everyone the minutes are for may see it; what was not retained is left out."""
    session, viewer = context.session, minutes_facts.audience_of(meeting)
    return (
        [row for row in settled.of_meeting(session, Decision, meeting.id) if _told(row) and can_see(viewer, row)],
        [row for row in settled.of_meeting(session, Agreement, meeting.id) if _told(row) and can_see(viewer, row)],
        [
            row
            for row in commitments.of_meeting(session, meeting.id)
            if row.status not in {Status.PROPOSED, Status.REFUSED, Status.WITHDRAWN} and can_see(viewer, row)
        ],
    )


def unanswered(context: Context, meeting: Meeting) -> list[str]:
    """References of the commitments that wait for their owner's yes, and are in no minutes before it."""
    rows = commitments.of_meeting(context.session, meeting.id)
    return [row.ref for row in rows if row.status is Status.PROPOSED and can_see(context.viewer, row)]


def _told(row: Settled) -> bool:
    return row.status is not Standing.REJECTED


def document(context: Context, meeting: Meeting, *, decisions_only: bool = False) -> Paper:
    """The draft as it stands, or the version that was approved."""
    approved = minutes.of_meeting(context.session, meeting.id)
    reader = minutes_facts.reader_of(context, meeting)
    if approved is not None and not decisions_only:
        return paper.from_json(approved.content, minutes_facts.logo(context, reader))
    draft = meeting.approved_at is None
    return drawn(context, meeting, reader, draft=draft, decisions_only=decisions_only)


def drawn(context: Context, meeting: Meeting, reader: Reader, *, draft: bool, decisions_only: bool = False) -> Paper:
    """The minutes from the rows as they are."""
    blocks: list[Block] = minutes_facts.facts(context, meeting, reader)
    if not decisions_only:
        blocks += _agenda(context, meeting, reader)
    settled, agreed, promised = held(context, meeting)
    blocks += _listed(context, reader, _("Decisions"), settled, always=True)
    blocks += _listed(context, reader, _("Agreements"), agreed)
    blocks += _promised(context, reader, promised)
    if not decisions_only:
        blocks += _remarks(context, meeting, reader)
    blocks += _next(context, meeting, reader)
    return minutes_facts.framed(
        context,
        meeting,
        reader,
        kind=kind(context, decisions_only=decisions_only),
        blocks=blocks,
        mark=_("Draft") if draft else None,
        notice=_("Draft, to be approved by the body.") if draft else _approval(context, meeting),
    )


def _approval(context: Context, meeting: Meeting) -> Phrase:
    day = (meeting.approved_at or context.now).astimezone(
        minutes_facts.zone_of(minutes_facts.reader_of(context, meeting))
    )
    return _("Approved on {day}.", day=day.date())


def _agenda(context: Context, meeting: Meeting, reader: Reader) -> list[Block]:
    points = meeting.agenda.splitlines() or [point.text for point in meetings.points(context.session, meeting.id)]
    if not points:
        return []
    return [
        Heading(_("Agenda").say(reader)),
        Points(tuple(paper.point(text[:1].upper() + text[1:]) for text in points)),
    ]


def _listed(
    context: Context, reader: Reader, title: Phrase, rows: Sequence[Settled], *, always: bool = False
) -> list[Block]:
    if not rows:
        return [Heading(title.say(reader)), Words(_("No decision.").say(reader))] if always else []
    points = tuple(paper.point(_sentence(row.text), lead=row.ref, notes=_notes(row, reader)) for row in rows)
    del context
    return [Heading(title.say(reader)), Points(points)]


def _sentence(text: str) -> str:
    """With a capital, but for "eHealth" and its kind: in the chat one writes small."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def _notes(row: Settled, reader: Reader) -> list[str]:
    """How it was settled, and until when."""
    told = [
        vote_words(row) if isinstance(row, Decision) and row.vote else None,
        _("Proposed, to be confirmed.") if row.status is Standing.PROPOSED else None,
        _("Until {day}", day=row.until_on) if isinstance(row, Agreement) and row.until_on else None,
        _("To look at again on {day}", day=row.review_on) if row.review_on else None,
    ]
    said = lines(*told, separator=" – ").say(reader)
    return [said] if said else []


def _promised(context: Context, reader: Reader, rows: Sequence[Commitment]) -> list[Block]:
    title = Heading(_("Commitments").say(reader))
    if not rows:
        return [title, Words(_("No commitment.").say(reader))]
    around = Around.of(context.session, rows)
    cells = [
        (
            ", ".join(around.who(row)),
            _sentence(row.text),
            _("{day}", day=row.due_on).say(reader) if row.due_on else "–",
            row.ref,
        )
        for row in rows
    ]
    headings = [label.say(reader) for label in (_("Who"), _("What"), _("By when"), _("Reference"))]
    return [title, paper.table(headings, cells, TABLE_WIDTHS)]


def _remarks(context: Context, meeting: Meeting, reader: Reader) -> list[Block]:
    """Accepted corrections that change no record: they are said as they were written."""
    told = [
        paper.point(row.text)
        for row in minutes.corrections(context.session, meeting.id, CorrectionState.ACCEPTED)
        if not row.about
    ]
    return [Heading(_("Remarks").say(reader)), Points(tuple(told))] if told else []


def _next(context: Context, meeting: Meeting, reader: Reader) -> list[Block]:
    following = meetings.following(context.session, meeting)
    if following is not None and can_see(minutes_facts.audience_of(meeting), following):
        said = [minutes_facts.when(following, reader).say(reader), following.place]
    elif following is None and (found := meeting_series.next_of(context, meeting)) is not None:
        said = [_("{at}", at=found[1]).say(reader), meeting_series.usually(context, meeting).place]
    else:
        return []
    words = ", ".join(filter(None, said))
    return [Heading(_("Next meeting").say(reader)), Words(paper.writable(words[:1].upper() + words[1:]))]


def approved_row(context: Context, meeting: Meeting) -> ApprovedMinutes:
    """Keep the minutes as they are now, for good; `meeting.approved_at` is set."""
    reader = minutes_facts.reader_of(context, meeting)
    final = drawn(context, meeting, reader, draft=False)
    return minutes.approve(
        context.session,
        words=paper.words_of(final),
        meeting_id=meeting.id,
        title=final.name[:300],
        held_on=meeting.starts_at.astimezone(minutes_facts.zone_of(reader)).date(),
        approved_at=meeting.approved_at or context.now,
        content=paper.to_json(final),
        author_id=context.member.id if context.member else None,
        body_id=meeting.body_id,
        channel_id=meeting.channel_id,
        visibility=meeting.visibility,
    )
