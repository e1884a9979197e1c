"""A person who left: what was settled and promised stays, under no name."""

from sqlalchemy import delete, select

from storage import feeds
from storage.bodies import Body, BodyMember
from storage.channels import ChannelMember
from storage.database import NetworkSession
from storage.journal import JournalLine
from storage.meetings import Attendance
from storage.members import Absence, Member, Role
from storage.pages import PageLink


def anonymise(session: NetworkSession, member: Member, name: str) -> None:
    """Replace all that says who it was by `name`, in the journal too: nothing brings it back.

    What people wrote in free text, among them a name, is left as it is.
    """
    feeds.close(session, member.id)
    for table in (BodyMember, ChannelMember, PageLink):
        session.execute(delete(table).where(table.member_id == member.id))
    for body in session.scalars(select(Body)):
        for office in ("chair_id", "secretary_id", "coordinator_id"):
            if getattr(body, office) == member.id:
                setattr(body, office, None)
    away = session.scalars(select(Absence).where(Absence.member_id == member.id)).all()
    there = session.scalars(select(Attendance).where(Attendance.member_id == member.id)).all()
    told = {"members": [member.id], "absences": [row.id for row in away], "attendances": [row.id for row in there]}
    for row in away:
        session.delete(row)
    for seat in there:
        seat.name = _free(session, seat, name)
    member.name, member.active, member.role = name, False, Role.GUEST
    member.external_id = member.handle = member.partner_id = member.language = member.timezone = None
    member.introduced_at = member.acted_at = member.verify_every = None
    member.email = member.function = ""
    session.flush()
    for table_name, ids in told.items():
        session.execute(delete(JournalLine).where(JournalLine.table_name == table_name, JournalLine.row_id.in_(ids)))


def _free(session: NetworkSession, seat: Attendance, name: str) -> str:
    """The name, numbered where another who left was at that meeting too: each stands there once."""
    others = select(Attendance.name).where(Attendance.meeting_id == seat.meeting_id, Attendance.id != seat.id)
    taken = set(session.scalars(others))
    return next(free for free in (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3))) if free not in taken)
