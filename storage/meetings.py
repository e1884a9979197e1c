"""Meetings of bodies."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Journaled, belongs, owned
from storage.visibility import Viewer, Visible, visible_to


class Meeting(Journaled, Visible, Base):
    __tablename__ = "meetings"
    __table_args__ = owned(
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        Index("ix_meetings_starts_at", "network_id", "starts_at"),
    )

    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300), default="")
    agenda: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def ref(self) -> str:
        return f"R-{self.number}"


def by_number(session: Session, number: int) -> Meeting | None:
    return session.scalar(select(Meeting).where(Meeting.number == number))


def between(session: Session, viewer: Viewer, *, since: datetime, until: datetime) -> Sequence[Meeting]:
    """Those not cancelled that start in [since, until), in order."""
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.starts_at >= since,
            Meeting.starts_at < until,
            Meeting.cancelled_at.is_(None),
            visible_to(Meeting, viewer),
        )
        .order_by(Meeting.starts_at)
    ).all()
