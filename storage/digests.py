"""Digests: the weekly summary of one day, with what the coordinator changed of it before it left."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Journaled, belongs, owned


class Digest(Journaled, Base):
    __tablename__ = "digests"
    __table_args__ = owned(belongs("held_by_id", "members"), UniqueConstraint("network_id", "day"))

    # The day on which it leaves.
    day: Mapped[date]
    # A word from the coordinator, put before the rest.
    word: Mapped[str] = mapped_column(Text, default="")
    # References that the coordinator left out.
    left_out: Mapped[list[str]] = mapped_column(default=list)
    # Who holds it back; None lets it go by itself.
    held_by_id: Mapped[int | None]
    posted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


def of_day(session: Session, day: date) -> Digest | None:
    return session.scalar(select(Digest).where(Digest.day == day))


def next_one(session: Session) -> Digest | None:
    """The newest that has not left."""
    return session.scalar(select(Digest).where(Digest.posted_at.is_(None)).order_by(Digest.day.desc()))


def left_between(session: Session, since: date, before: date) -> bool:
    """Whether one of these days has left; `before` itself does not count."""
    left = select(Digest.id).where(Digest.day >= since, Digest.day < before, Digest.posted_at.is_not(None))
    return session.scalar(left.limit(1)) is not None


def prepare(session: Session, day: date) -> Digest:
    """The digest of a day, recorded the first time it is asked for."""
    digest = of_day(session, day)
    if digest is None:
        digest = Digest(day=day)
        session.add(digest)
        session.flush()
    return digest
