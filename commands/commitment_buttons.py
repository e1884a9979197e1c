"""The buttons of a commitment: every reminder can be answered where it is read."""

from datetime import date, time

from bot import Button, Context, Form, Refusal, Reply, _, action, button, day, lines, no_such, words
from commands import promising
from commands.commitment_cards import by_when, owned_line
from commands.days import to_come
from storage.commitments import Commitment, Status


def row_of(context: Context, commitment: int) -> Commitment:
    """The commitment of a button; it may be gone since: undone by who recorded it."""
    row = context.session.get(Commitment, commitment)
    if row is None:
        raise no_such("E")
    return row


class NewDay(Form):
    title = _("Another day")
    day: date = day(_("By when?"), hint=_("For example: 12 June, in two weeks, Friday week"))
    reason: str = words(_("Why, in a few words"), optional=True, max_length=300)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, object]:
        row = context.session.get(Commitment, int(args["commitment"]))
        return {"day": row.due_on} if row and row.due_on and row.due_on >= context.today else {}


class Why(Form):
    title = _("Not for me")
    reason: str = words(_("A word of explanation, if you like"), optional=True, lines=2, max_length=500)
    submit = _("Decline")


class Help(Form):
    title = _("Ask for help")
    note: str = words(_("What would help?"), optional=True, lines=2, max_length=500)
    submit = _("Ask")


@action
def accept(context: Context, commitment: int, version: int) -> Reply:
    row = row_of(context, commitment)
    if row.alive and row.version != version:
        raise Refusal(
            lines(_("The day has changed since: {what}", what=owned_line(row)), _("Shall we agree on that one?")),
            button(_("Accept"), accept, style="primary", commitment=row.id, version=row.version),
            button(_("Another day"), another_day, commitment=row.id),
        )
    promising.accept(context, row)
    return accepted(row)


def accepted(row: Commitment) -> Reply:
    if row.due_on is None:
        return Reply(_("Thank you, noted: {what}", what=owned_line(row)), replace=True)
    return Reply(
        lines(
            _("Thank you, noted: {what}", what=owned_line(row)),
            _("I will remind you in time. Once it is done: `{ref} done`.", ref=row.ref),
        ),
        replace=True,
    )


@action
def refuse(context: Context, form: Why, commitment: int) -> Reply:
    return refused(context, row_of(context, commitment), form.reason)


def refused(context: Context, row: Commitment, reason: str) -> Reply:
    promising.refuse(context, row, reason)
    return Reply(_("Noted, {ref} is not yours. I tell those who proposed it.", ref=row.ref), replace=True)


@action
def another_day(context: Context, form: NewDay, commitment: int) -> Reply:
    row = row_of(context, commitment)
    return moved(context, row, form.day, reason=form.reason)


def moved(
    context: Context, row: Commitment, day_: date, *, at: time | None = None, words: str = "", reason: str = ""
) -> Reply:
    """Another day, and an hour where one was said."""
    before = row.due_on
    if before == day_ and at in (None, row.due_at) and row.status is Status.OPEN:
        raise Refusal(_("{ref} is due {when}.", ref=row.ref, when=by_when(row)))
    promising.move(context, row, to_come(context, day_), at=at, words=words, reason=reason)
    return Reply(
        _("{ref} moves from {before} to {day}. I keep the trace of both.", ref=row.ref, before=before, day=day_)
        if before and at is None
        else _("{ref} is now due {when}.", ref=row.ref, when=by_when(row)),
        buttons=(correction(row),),
        replace=True,
    )


@action
def done(context: Context, commitment: int) -> Reply:
    row = row_of(context, commitment)
    promising.done(context, row)
    return kept(row)


def kept(row: Commitment) -> Reply:
    return Reply(_("{ref} is done: {text}. Thank you!", ref=row.ref, text=_trimmed(row.text)), replace=True)


def _trimmed(text: str) -> str:
    return text.rstrip(" .!…")


@action
def need_help(context: Context, form: Help, commitment: int) -> Reply:
    return helped(context, row_of(context, commitment), form.note)


def helped(context: Context, row: Commitment, note: str) -> Reply:
    promising.want_help(context, row, note)
    return Reply(
        _("Noted: help is wanted for {ref}. I tell the coordinator, and it stays with you.", ref=row.ref), replace=True
    )


class Correction(Form):
    title = _("Which day was meant?")
    day: date = day(_("By when?"), hint=_("For example: 12 June, in two weeks, Friday week"))


@action
def correct(context: Context, form: Correction, commitment: int) -> Reply:
    return _corrected(context, row_of(context, commitment), form.day)


@action
def this_day(context: Context, commitment: int, day: str) -> Reply:
    """One of two readings of the same words."""
    return _corrected(context, row_of(context, commitment), date.fromisoformat(day))


def _corrected(context: Context, row: Commitment, day_: date) -> Reply:
    promising.correct(context, row, to_come(context, day_))
    return Reply(_("{ref} is due {when}.", ref=row.ref, when=by_when(row)), replace=True)


def correction(row: Commitment) -> Button:
    """Under every day that was read from words."""
    return button(_("Another day was meant") if row.due_on else _("Set a day"), correct, commitment=row.id)


def proposal_buttons(row: Commitment) -> tuple[Button, ...]:
    return (
        button(_("Accept"), accept, style="primary", commitment=row.id, version=row.version),
        button(_("Another day"), another_day, commitment=row.id),
        button(_("Not for me"), refuse, commitment=row.id),
    )


def reminder_buttons(row: Commitment) -> tuple[Button, ...]:
    """Of a reminder: kept, moved, help, not mine."""
    if row.status is Status.PROPOSED:
        return proposal_buttons(row)
    return (
        button(_("Done"), done, style="primary", commitment=row.id),
        button(_("Another day"), another_day, commitment=row.id),
        button(_("I need help"), need_help, commitment=row.id),
        button(_("Not for me"), refuse, commitment=row.id),
    )
