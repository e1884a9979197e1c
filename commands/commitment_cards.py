"""How a commitment reads: one line in a list, a card with its history."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot import Context, Phrase, _, lines, many, verbatim
from bot.text import shortened
from commands.people import Around
from commands.records import named
from storage import commitments
from storage.bodies import Body
from storage.commitments import Commitment, Status
from storage.folding import folded
from storage.members import Member


def by_when(row: Commitment) -> Phrase:
    """The day owed with its weekday, and the hour when one was said."""
    if row.due_on is None:
        return _("no day set")
    if row.due_at is not None:
        return _("by {day} at {hour}", day=row.due_on, hour=row.due_at)
    return _("by {day}", day=row.due_on)


def owned_line(row: Commitment) -> Phrase:
    """For whoever answers for it."""
    return _("{ref} {text} – {when}", ref=named(row), text=shortened(row.text), when=by_when(row))


def line(row: Commitment, around: Around) -> Phrase:
    """For everybody else."""
    return _(
        "{ref} {who}: {text} – {when}", ref=named(row), who=around.who(row), text=shortened(row.text), when=state(row)
    )


def state(row: Commitment) -> Phrase:
    match row.status:
        case Status.DONE:
            return _("done on {day}", day=row.closed_on or row.created_at.date())
        case Status.WITHDRAWN:
            return _("withdrawn")
        case Status.REFUSED:
            return _("declined")
        case Status.PROPOSED:
            return _("{when}, not accepted yet", when=by_when(row))
        case _ if row.help_wanted:
            return _("{when}, help wanted", when=by_when(row))
        case _:
            return by_when(row)


def as_list(rows: Iterable[Commitment], around: Around) -> Phrase:
    return lines(*(line(row, around) for row in rows))


def card(context: Context, row: Commitment) -> Phrase:
    """All there is to know: who, by when, where it comes from, how its day moved."""
    around = Around.of(context.session, [row])
    session = context.session
    author = session.find(Member, row.author_id)
    body = session.find(Body, row.body_id)
    deputies = [member.name for member in around.deputies(row)]
    waiting = [around.name(owner) for owner in around.owners.get(row.id, ()) if owner.replaces_id is not None]
    moved = commitments.postponements(session, row.id)
    recorded_on = row.created_at.astimezone(ZoneInfo(context.timezone)).date()
    return lines(
        _("{ref} {who}: {text}", ref=named(row), who=around.who(row), text=row.text),
        state(row),
        _("Deputy: {names}", names=deputies) if deputies else None,
        _("Proposed to {names}, who have not answered yet.", names=waiting) if waiting else None,
        _("Help wanted: {note}", note=row.help_note) if row.help_wanted and row.help_note else None,
        _("Said about it: {note}", note=row.note) if row.note else None,
        _(
            "{body}, recorded by {author} on {day}",
            body=body.name,
            author=author.name,
            day=recorded_on,
        )
        if body and author
        else _("Recorded by {author} on {day}", author=author.name, day=recorded_on)
        if author
        else None,
        many("Its day moved once:", "Its day moved {n} times:", len(moved)) if moved else None,
        *(
            _("from {before} to {after}{reason}", before=change.from_on, after=change.to_on, reason=_why(change.reason))
            if change.from_on and change.to_on
            else _("to {after}{reason}", after=change.to_on or row.created_at.date(), reason=_why(change.reason))
            for change in moved
        ),
        _("In their words: “{quote}”", quote=shortened(row.quote)) if _said_otherwise(row) else None,
        _("No reminders are sent for it.") if row.muted and row.alive else None,
    )


def _said_otherwise(row: Commitment) -> bool:
    """Whether its text is not just what was written."""
    return bool(row.quote) and folded(row.text).strip(" .!") not in folded(row.quote)


def _why(reason: str) -> Phrase:
    return verbatim(f" – {reason}" if reason else "")
