"""A draft on its way to approval: sent for correction, corrected, approved by the body or by its silence."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot import (
    Attachment,
    Button,
    Context,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    hourly,
    lines,
    many,
    notice,
)
from bot.exports import papers
from bot.exports.paper import Paper
from bot.understanding import deadlines
from commands import meeting_holders, minutes_paper, records
from commands.minutes_correcting import correct, need_draft, waiting
from storage import meetings, minutes
from storage.meetings import Meeting
from storage.minutes import CorrectionState
from storage.notices import Notice
from storage.visibility import can_see

SENT, APPROVED = "minutes.sent", "minutes.approved"
# What is sent around: to be read, and to be worked on.
SENT_FORMATS = ("pdf", "docx")


def named(context: Context, meeting: Meeting) -> str:
    """Of its files."""
    return f"{meeting.ref}-{records.day_of(context, meeting.starts_at):%Y-%m-%d}"


def files(
    context: Context, meeting: Meeting, document: Paper, formats: Sequence[str] = papers.FORMATS
) -> tuple[Attachment, ...]:
    return papers.write(document, named(context, meeting), formats)


def drafted(context: Context, meeting: Meeting, formats: Sequence[str], *, decisions_only: bool = False) -> Reply:
    """The minutes as files, with what comes next for those who look after the meeting."""
    document = minutes_paper.document(context, meeting, decisions_only=decisions_only)
    name = files(context, meeting, document, formats)
    if meeting.approved_at is not None:
        return Reply(
            _("{title}: approved on {day}.", title=document.name, day=records.day_of(context, meeting.approved_at)),
            attachments=name,
            undo=False,
        )
    waiting = minutes_paper.unanswered(context, meeting)
    return Reply(
        lines(
            _("{title}: a draft.", title=document.name),
            _("Not in it, since nobody has said yes to them yet: {refs}.", refs=waiting) if waiting else None,
        ),
        buttons=_next_steps(context, meeting),
        attachments=name,
        undo=False,
    )


def _next_steps(context: Context, meeting: Meeting) -> tuple[Button, ...]:
    if not meeting_holders.holds(context, meeting):
        return (button(_("Propose a correction"), correct, meeting=meeting.id),)
    approve = button(_("Approve"), approve_now, meeting=meeting.id)
    return (
        button(_("Send for correction"), send_now, meeting=meeting.id, style="primary"),
        *((approve,) if meeting_holders.approves(context, meeting) else ()),
    )


@action
def send_now(context: Context, meeting: int) -> Reply:
    return sent(context, context.seen(Meeting, meeting))


def sent(context: Context, meeting: Meeting) -> Reply:
    """Send the draft to those who were there: a post in their channel, a message to whoever does not read it."""
    meeting_holders.need_holder(context, meeting)
    need_draft(meeting)
    if meeting.starts_at > context.now and meeting.closed_at is None:
        raise Refusal(_("{ref} has not taken place yet.", ref=meeting.ref))
    readers = meeting_holders.reached(context, meeting, meeting_holders.attending(context, meeting) - {context.me.id})
    if not readers:
        raise Refusal(_("I know nobody to send it to: no one is noted as present."))
    meeting.minutes_sent_at = context.now
    days = context.network.rules.minutes_days
    meeting.minutes_until = _last_day(context, days) if days else None
    for reader in readers:
        context.owe(reader, SENT, meeting.id, step=_sending(context.now))
    return Reply(
        lines(
            many(
                "The draft goes to {n} recipient (a channel counts as one).",
                "The draft goes to {n} recipients (a channel counts as one).",
                len(readers),
            ),
            _fate(context, meeting),
        )
    )


def _last_day(context: Context, days: int) -> date:
    """The last day to object: so many days from today, moved to a working day."""
    last = context.today + timedelta(days=days)
    while not deadlines.is_working_day(last, context.country):
        last += timedelta(days=1)
    return last


def _fate(context: Context, meeting: Meeting) -> Phrase:
    """When it will be approved."""
    if meeting.minutes_until is not None:
        return _("Without objection until {day}, it is approved.", day=meeting.minutes_until)
    following = meetings.following(context.session, meeting)
    if following is None:
        return _("It will be approved at the next meeting.")
    return _("It will be approved at the next meeting, {day}.", day=records.day_of(context, following.starts_at))


def _sending(at: datetime) -> str:
    """Names one sending of the draft."""
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}"


@notice(SENT)
def _sent_words(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for one in owed:
        meeting = context.session.get(Meeting, one.subject_id)
        # Only the last sending is worth reading.
        if meeting is None or meeting.minutes_sent_at is None or one.step != _sending(meeting.minutes_sent_at):
            continue
        if meeting.approved_at is not None:
            continue
        document = minutes_paper.document(context, meeting)
        yield Section(
            lines(
                _("**{title}**: the draft, to be read again.", title=document.name),
                _fate(context, meeting),
                _("Something to correct? The button, or `/meeting {ref} correct` and your words.", ref=meeting.ref),
            ),
            (button(_("Propose a correction"), correct, meeting=meeting.id),),
            files(context, meeting, document, SENT_FORMATS),
        )


@action
def approve_now(context: Context, meeting: int) -> Reply:
    return approved(context, context.seen(Meeting, meeting))


def approved(context: Context, meeting: Meeting) -> Reply:
    """Keep the minutes for good, once every correction has its answer."""
    if not meeting_holders.approves(context, meeting):
        raise meeting_holders.officers_only()
    need_draft(meeting)
    if meeting.closed_at is None:
        raise Refusal(_("{ref} is not closed yet.", ref=meeting.ref))
    open_ones = minutes.corrections(context.session, meeting.id, CorrectionState.WAITING)
    if open_ones:
        return Reply(
            many("{n} correction waits for your answer first.", "{n} corrections wait for your answer first.",
                 len(open_ones)),
            tuple(waiting(context, row) for row in open_ones),
            undo=False,
        )  # fmt: skip
    missing = minutes_paper.unanswered(context, meeting)
    _kept(context, meeting)
    here = context.channel is not None and context.channel == meeting_holders.channel_of(context, meeting)
    if not here:
        _tell(context, meeting)
    return Reply(
        lines(
            _("The minutes of {ref} are approved.", ref=meeting.ref),
            _("`/meeting {ref} minutes` gives them in each format; they no longer change.", ref=meeting.ref),
            _("Not in it, since nobody has said yes to them yet: {refs}.", refs=missing) if missing else None,
        ),
        public=here and can_see(context.audience, meeting),
    )


def _kept(context: Context, meeting: Meeting) -> None:
    meeting.approved_at = context.now
    minutes_paper.approved_row(context, meeting)


def _tell(context: Context, meeting: Meeting) -> None:
    channel = meeting_holders.channel_of(context, meeting)
    if channel is not None:
        context.owe(channel, APPROVED, meeting.id)


@notice(APPROVED)
def _approved_words(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for one in owed:
        meeting = context.session.get(Meeting, one.subject_id)
        if meeting is None or meeting.approved_at is None:
            continue
        document = minutes_paper.document(context, meeting)
        yield Section(
            _("**{title}** is approved.", title=document.name),
            attachments=files(context, meeting, document, SENT_FORMATS),
        )


@hourly
def by_silence(context: Context) -> None:
    """Approve what was sent around and nobody objected to, where the network says so and has started."""
    if context.network.rules.minutes_days is None or context.network.started_at is None:
        return
    for meeting in meetings.silent(context.session, before=context.today):
        sent_at = meeting.minutes_sent_at
        if sent_at is None or sent_at < context.network.started_at or meeting.closed_at is None:
            continue
        if not minutes.corrections(context.session, meeting.id, CorrectionState.WAITING):
            _kept(context, meeting)
            _tell(context, meeting)
