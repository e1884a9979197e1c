"""Files that somebody is about to import: kept from their preview to their button, then erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, owned


class PendingImport(Owned, Base):
    __tablename__ = "pending_imports"
    __table_args__ = owned(belongs("member_id", "members", on_delete="CASCADE"))

    member_id: Mapped[int]
    # The file's name; "" for lines pasted in the chat, whose content is then UTF-8.
    name: Mapped[str] = mapped_column(String(300))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    # How its columns are read where the guess was corrected: folded heading → field.
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


def keep(session: Session, *, member_id: int, name: str, content: bytes) -> PendingImport:
    """In place of what the same member left waiting."""
    session.execute(delete(PendingImport).where(PendingImport.member_id == member_id))
    pending = PendingImport(member_id=member_id, name=name[:300], content=content)
    session.add(pending)
    session.flush()
    return pending


def forget(session: Session, pending_id: int) -> None:
    session.execute(delete(PendingImport).where(PendingImport.id == pending_id))


def forget_before(session: Session, moment: datetime) -> None:
    """Erase what nobody came back to."""
    old = PendingImport.created_at < moment
    if session.scalar(select(PendingImport.id).where(old).limit(1)) is not None:
        session.execute(delete(PendingImport).where(old))
