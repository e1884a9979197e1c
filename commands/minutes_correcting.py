"""Corrections to a draft of the minutes: proposed by those who were there, answered by those who look after it."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot import Context, Form, Phrase, Refusal, Reply, Section, _, action, button, lines, notice, one_of, words
from bot.text import shortened
from commands import meeting_holders, minutes_paper, records
from storage import meetings, minutes
from storage.meetings import Meeting, Presence
from storage.members import Member
from storage.minutes import Correction, CorrectionState
from storage.notices import Notice

PROPOSED, ANSWERED = "minutes.correction", "minutes.answered"
PRESENCES: dict[str, Phrase] = {
    "present": _("I was there"),
    "excused": _("I was excused"),
    "absent": _("I was not there"),
}
PARTS = (
    *PRESENCES.items(),
    ("record", _("A decision, an agreement or a commitment")),
    ("remark", _("Something else")),
)


def need_draft(meeting: Meeting) -> None:
    if meeting.approved_at is not None:
        raise Refusal(_("Its minutes were approved on {day}.", day=meeting.approved_at.date()))


class Correct(Form):
    title = _("Propose a correction")
    part: str = one_of(_("What is it about?"), lambda _context: PARTS)
    ref: str = words(_("Which one?"), optional=True, max_length=20, hint=_("Its reference, such as D-3."))
    text: str = words(_("How should it read?"), lines=3, optional=True, max_length=2000)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        del context, args
        return {"part": "remark"}


@action
def correct(context: Context, form: Correct, meeting: int) -> Reply:
    """What somebody who was there would write instead."""
    row = context.seen(Meeting, meeting)
    about = {"record": form.ref.strip().upper().replace(" ", ""), "remark": ""}.get(form.part, form.part)
    return proposed(context, row, about, form.text)


def proposed(context: Context, meeting: Meeting, about: str, text: str) -> Reply:
    """Record a correction, and ask whoever looks after the meeting; their own is accepted at once."""
    need_draft(meeting)
    if about in PRESENCES:
        text = text or PRESENCES[about].say(context.reader)
    elif not text:
        raise Refusal(_("Please write how it should read."))
    elif about and record(context, meeting, about) is None:
        raise Refusal(_("{ref} is not in these minutes.", ref=about))
    row = Correction(meeting_id=meeting.id, author_id=context.me.id, about=about, text=text[:2000])
    context.session.add(row)
    context.session.flush()
    if meeting_holders.holds(context, meeting):
        return _accepted(context, row, meeting)
    asked = meeting_holders.holders(context, meeting)
    for member in asked:
        context.owe(member, PROPOSED, row.id)
    return Reply(_("Thank you: {who} will answer.", who=[member.name for member in asked]))


def record(context: Context, meeting: Meeting, about: str) -> Any:
    """The decision, agreement or commitment of the meeting that a reference names."""
    return next((row for rows in minutes_paper.held(context, meeting) for row in rows if row.ref == about), None)


@notice(PROPOSED)
def _proposed_words(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for one in owed:
        row = context.session.get(Correction, one.subject_id)
        if row is not None and row.state is CorrectionState.WAITING:
            yield waiting(context, row)


def waiting(context: Context, row: Correction) -> Section:
    """A correction with the buttons to answer it."""
    meeting = context.session.get_one(Meeting, row.meeting_id)
    author = context.session.get(Member, row.author_id)
    before = record(context, meeting, row.about) if row.about else None
    return Section(
        lines(
            _("{name} proposes a correction to the minutes of {ref} ({title}):", name=author.name if author else "?",
              ref=meeting.ref, title=meeting.title),
            _("{ref}, which reads “{text}”", ref=row.about, text=shortened(before.text)) if before else None,
            _("→ {text}", text=row.text),
        ),
        (
            button(_("Accept"), accept, correction=row.id, style="primary"),
            button(_("Refuse"), refuse, correction=row.id),
        ),
    )  # fmt: skip


def _answering(context: Context, correction: int) -> tuple[Correction, Meeting]:
    row = context.session.get(Correction, correction)
    meeting = context.seen(Meeting, row.meeting_id if row else None)
    meeting_holders.need_holder(context, meeting)
    if row is None or row.state is not CorrectionState.WAITING:
        raise Refusal(_("Somebody has already answered this one."))
    need_draft(meeting)
    return row, meeting


@action
def accept(context: Context, correction: int) -> Reply:
    return _accepted(context, *_answering(context, correction))


@action
def refuse(context: Context, correction: int) -> Reply:
    row, meeting = _answering(context, correction)
    _answered(context, row, CorrectionState.REFUSED)
    return _with_others(context, meeting, _("Refused; its author is told."))


def _with_others(context: Context, meeting: Meeting, said: Phrase) -> Reply:
    """The answer in the place of the message, which may have held other corrections: they go on waiting below."""
    others = minutes.corrections(context.session, meeting.id, CorrectionState.WAITING)
    return Reply(said, tuple(waiting(context, other) for other in others), replace=True)


def _accepted(context: Context, row: Correction, meeting: Meeting) -> Reply:
    """The register says it from now on, and so do the minutes, which are made from it."""
    if row.about in PRESENCES:
        author = context.session.get_one(Member, row.author_id)
        meetings.attend(
            context.session, meeting.id, name=author.name, presence=Presence(row.about), member_id=author.id
        )
    elif row.about:
        found = record(context, meeting, row.about)
        if found is None:
            raise Refusal(_("{ref} is not in these minutes.", ref=row.about))
        found.text = row.text
        if row.about[0] in records.KINDS:
            found.version += 1
    _answered(context, row, CorrectionState.ACCEPTED)
    return _with_others(context, meeting, _("Corrected: the minutes of {ref} say so now.", ref=meeting.ref))


def _answered(context: Context, row: Correction, state: CorrectionState) -> None:
    row.state, row.answered_by_id, row.answered_at = state, context.me.id, context.now
    author = context.session.get(Member, row.author_id)
    if author is not None and author.active and author.id != context.me.id:
        context.owe(author, ANSWERED, row.id)


@notice(ANSWERED)
def _answered_words(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for one in owed:
        row = context.session.get(Correction, one.subject_id)
        meeting = context.session.get(Meeting, row.meeting_id) if row else None
        if row is None or meeting is None or row.state is CorrectionState.WAITING:
            continue
        told = (
            _("Your correction to the minutes of {ref} is accepted: “{text}”", ref=meeting.ref, text=row.text)
            if row.state is CorrectionState.ACCEPTED
            else _("Your correction to the minutes of {ref} was not kept: “{text}”", ref=meeting.ref, text=row.text)
        )
        yield Section(told)
