"""Notes read a second time by a model outside: asked for each time, told what leaves, its proposals marked."""

from collections.abc import Callable
from datetime import timedelta

from bot import Context, Refusal, Reply, Section, _, acting, action, button, changed_since, hourly, lines, many
from bot.imports import second_reader
from bot.imports.second_reader import NoAnswerError, SecondReader, Suggestion
from bot.messages import Pressed
from bot.understanding import deadlines, likeness, privacy
from commands import meeting_items
from storage import meetings, second_readings
from storage.database import NetworkSession
from storage.meetings import Meeting, MinutesItem
from storage.members import Member
from storage.second_readings import SecondReading

# The text waits for an answer so long, then it is forgotten.
KEPT = timedelta(hours=1)


def offered(context: Context, meeting: Meeting, text: str) -> Section | None:
    """Asks whether the notes may leave, and says how much of them; None where no such reader is wanted."""
    reader = context.second_reader
    if reader is None or not context.network.rules.second_reader or not text.strip():
        return None
    rows = text.split("\n")
    marked = {found.line for found in privacy.mask_lines(rows)}
    kept = [second_reader.MASK if number in marked else row for number, row in enumerate(rows, start=1)]
    sent = "\n".join(kept)[: second_reader.LARGEST_TEXT]
    row = SecondReading(meeting_id=meeting.id, member_id=context.me.id, text=sent, asked_at=context.now)
    context.session.add(row)
    context.session.flush()
    return Section(
        lines(
            _("A model outside can read them too: {model}, at {host}.", model=reader.model, host=reader.host),
            many(
                "{n} line would leave this machine, {size} characters.",
                "{n} lines would leave this machine, {size} characters.",
                sum(bool(line.strip()) and line != second_reader.MASK for line in sent.split("\n")),
                size=len(sent),
            ),
            many(
                "{n} line that seems to speak of a patient stays here.",
                "{n} lines that seem to speak of a patient stay here.",
                len(marked),
            )
            if marked
            else None,
            _("Only the first part of these notes fits.") if len("\n".join(kept)) > len(sent) else None,
            _("Nothing leaves without your yes."),
        ),
        (
            button(_("Send them to {host}", host=reader.host), send, reading=row.id),
            button(_("No, keep them here"), keep_here, reading=row.id),
        ),
    )


def _asked(session: NetworkSession, pressed: Pressed, reader: SecondReader | None) -> Callable[[], object] | None:
    """What to do outside the transaction, for who was asked alone."""
    row = session.get(SecondReading, int(pressed.args["reading"]))
    member = session.get(Member, row.member_id) if row is not None and row.member_id else None
    if row is None or member is None or reader is None or member.external_id != pressed.person.external_id:
        return None
    rows = row.text.split("\n")

    def ask() -> object:
        try:
            return reader.read(rows)
        except NoAnswerError as failure:
            return failure

    return ask


@acting(before=_asked)
def send(context: Context, reading: int) -> Reply:
    """Its proposals join those that wait, marked; the text is forgotten."""
    row = context.session.get(SecondReading, reading)
    meeting = context.session.get(Meeting, row.meeting_id) if row else None
    if row is None or meeting is None or context.prepared is None:
        raise changed_since()
    if isinstance(context.prepared, NoAnswerError):
        raise Refusal(
            _("The model outside gave no answer that I understand. What I read myself is still here."),
            button(_("Try again"), send, reading=row.id),
        )
    found = context.prepared if isinstance(context.prepared, list) else []
    added = sum(_add(context, meeting, one) for one in found if isinstance(one, Suggestion))
    context.session.delete(row)
    context.session.flush()
    shown = meeting_items.screen(context, meeting)
    note = Section(
        many("It proposes {n} more.", "It proposes {n} more.", added) if added else _("It proposes nothing more.")
    )
    return Reply(shown.text, (note, *shown.sections), shown.buttons, replace=True, undo=False)


def _add(context: Context, meeting: Meeting, one: Suggestion) -> bool:
    """Whether it is new, and speaks of no patient."""
    known = meetings.items(context.session, meeting.id)
    same = any(item.quote == one.quote or item.quote in one.quote or one.quote in item.quote for item in known)
    if same or likeness.nearest(one.text, [item.text for item in known]) is not None:
        return False
    if privacy.inspect(f"{one.quote}\n{one.text}", country=context.country).verdict != "clear":
        return False
    due = deadlines.read(one.due, now=meeting.starts_at, lang=context.language, country=context.country)
    reader = context.second_reader
    context.session.add(
        MinutesItem(
            meeting_id=meeting.id,
            kind=one.kind,
            line=one.line,
            quote=one.quote,
            text=one.text,
            owner=one.owner[:300],
            due_words=one.due[:200],
            due_on=due.due if due else None,
            second=reader.model[:80] if reader else "?",
        )
    )
    context.session.flush()
    return True


@action
def keep_here(context: Context, reading: int) -> Reply:
    """The text is forgotten at once."""
    row = context.session.get(SecondReading, reading)
    meeting = context.session.get(Meeting, row.meeting_id) if row else None
    if row is None or meeting is None or row.member_id != context.me.id:
        raise changed_since()
    context.session.delete(row)
    context.session.flush()
    return meeting_items.screen(context, meeting)


@hourly
def forget(context: Context) -> None:
    """What nobody answered about is forgotten."""
    second_readings.forget(context.session, before=context.now - KEPT)
