"""The network's logo, as its documents show it."""

from datetime import datetime

from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, owned


class Logo(Owned, Base):
    """One for a network at most: a PNG picture and its size in pixels."""

    __tablename__ = "logos"
    __table_args__ = owned()

    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    created_at: Mapped[datetime]


def of_network(session: Session) -> Logo | None:
    return session.scalar(select(Logo).order_by(Logo.id.desc()))


def put(session: Session, *, content: bytes, width: int, height: int) -> Logo:
    """In place of the one before."""
    remove(session)
    row = Logo(content=content, width=width, height=height)
    session.add(row)
    session.flush()
    return row


def remove(session: Session) -> None:
    session.execute(delete(Logo).execution_options(synchronize_session=False))
