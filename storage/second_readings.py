"""Notes that may leave for a second reader, once somebody says so."""

from datetime import datetime

from sqlalchemy import Index, Text, bindparam, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, owned
from storage.scope import prepared


class SecondReading(Owned, Base):
    """Notes that wait for a word on whether they may leave; what is masked in them is masked for good."""

    __tablename__ = "second_readings"
    __table_args__ = owned(
        belongs("meeting_id", "meetings", on_delete="CASCADE"),
        belongs("member_id", "members", on_delete="CASCADE"),
        Index("ix_second_readings_meeting", "network_id", "meeting_id"),
    )

    meeting_id: Mapped[int]
    member_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]


_FORGET = prepared(delete(SecondReading).where(SecondReading.asked_at < bindparam("before")))


def forget(session: Session, *, before: datetime) -> None:
    """Those that nobody answered about since."""
    session.execute(_FORGET, {"before": before})
