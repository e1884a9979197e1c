"""The files that notes came in, kept where the network wants it so."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, owned


class NotesFile(Owned, Base):
    """As it was handed in; it goes with its meeting."""

    __tablename__ = "notes_files"
    __table_args__ = owned(
        belongs("meeting_id", "meetings", on_delete="CASCADE"),
        UniqueConstraint("network_id", "meeting_id", "name"),
    )

    meeting_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


def of_meeting(session: Session, meeting_id: int) -> Sequence[NotesFile]:
    """By name."""
    return session.scalars(select(NotesFile).where(NotesFile.meeting_id == meeting_id).order_by(NotesFile.name)).all()


def keep(session: Session, meeting_id: int, *, name: str, content: bytes) -> None:
    """In place of one of the same name."""
    known = next((one for one in of_meeting(session, meeting_id) if one.name == name), None)
    if known is not None:
        known.content = content
    else:
        session.add(NotesFile(meeting_id=meeting_id, name=name, content=content))
    session.flush()


def forget(session: Session, meeting_id: int) -> None:
    session.execute(
        delete(NotesFile).where(NotesFile.meeting_id == meeting_id).execution_options(synchronize_session=False)
    )
