"""A name in the notes that the register does not know: who it may be."""

from bot import Context
from bot.understanding import parties
from bot.understanding.promises import people
from bot.understanding.spelling import fold
from commands import agreement
from commands.people import by_key, names_of, typed
from storage import meetings
from storage.meetings import Attendance, Meeting, MinutesItem


def unknown(context: Context, item: MinutesItem) -> str:
    """The first of a proposal's names that nobody has here, as written; "" when all are known or none is said."""
    if not item.owner or item.kind == "decision":
        return ""
    if item.kind == "agreement":
        named = parties.read(item.owner, agreement.known(context)).unknown
        return named[0].words if named else ""
    return people(item.owner, names_of(context.session))[1]


def attendee(context: Context, meeting: Meeting, name: str) -> Attendance | None:
    """Who "Sophie" is, when one alone of those in the notes' attendance goes by it."""
    said = fold(name).split()
    there = meetings.attendance(context.session, meeting.id)
    meant = [one for one in there if all(word in fold(one.name).split() for word in said)]
    return meant[0] if len(meant) == 1 else None


def near(context: Context, name: str) -> list[tuple[str, str]]:
    """Those whose names come nearest: what they are called, and how one types them."""
    nearest = names_of(context.session).nearest(name)
    return [(one.name, typed(by_key(context.session, one.key))) for one in nearest]
