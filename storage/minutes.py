"""Minutes: the corrections people propose to a draft, and the version a body approved, which no longer changes."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Connection, Index, String, Text, UniqueConstraint, event, or_, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from storage.base import Base, Journaled, belongs, choice, owned
from storage.folding import folded
from storage.visibility import Viewer, Visible, visible_to


class ApprovedForGoodError(RuntimeError):
    """Approved minutes are kept as they are."""


class ApprovedMinutes(Journaled, Visible, Base):
    """The whole document as values, from which each format is written again; `author_id` is whoever approved it."""

    __tablename__ = "approved_minutes"
    __table_args__ = owned(
        belongs("meeting_id", "meetings"),
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        UniqueConstraint("network_id", "meeting_id"),
    )
    unjournaled: ClassVar[frozenset[str]] = frozenset({"searched"})

    meeting_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    held_on: Mapped[date]
    approved_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    # All its words as they are searched.
    searched: Mapped[str] = mapped_column(Text)


@event.listens_for(ApprovedMinutes, "before_update")
def _refuse(_mapper: Mapper[ApprovedMinutes], _connection: Connection, row: ApprovedMinutes) -> None:
    raise ApprovedForGoodError(f"minutes of meeting {row.meeting_id}")


class CorrectionState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Correction(Journaled, Base):
    """What somebody would write instead; `about` is D-3, A-1 or E-7, a presence, or "" for a remark of its own."""

    __tablename__ = "minutes_corrections"
    __table_args__ = owned(
        belongs("meeting_id", "meetings", on_delete="CASCADE"),
        belongs("author_id", "members"),
        belongs("answered_by_id", "members"),
        Index("ix_minutes_corrections_meeting", "network_id", "meeting_id"),
    )

    meeting_id: Mapped[int]
    author_id: Mapped[int]
    about: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[CorrectionState] = mapped_column(choice(CorrectionState), default=CorrectionState.WAITING)
    answered_by_id: Mapped[int | None]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


def approve(session: Session, *, words: str, **columns: object) -> ApprovedMinutes:
    """Keep a document for good; `words` are all that it says."""
    row = ApprovedMinutes(searched=folded(words), **columns)
    session.add(row)
    session.flush()
    return row


def of_meeting(session: Session, meeting_id: int) -> ApprovedMinutes | None:
    return session.scalar(select(ApprovedMinutes).where(ApprovedMinutes.meeting_id == meeting_id))


def containing(
    session: Session, viewer: Viewer, words: Sequence[str], *, limit: int = 100
) -> Sequence[ApprovedMinutes]:
    """Candidates for a search: any of these folded words; newest first."""
    found = [ApprovedMinutes.searched.contains(folded(word), autoescape=True) for word in words]
    query = select(ApprovedMinutes).where(visible_to(ApprovedMinutes, viewer))
    if found:
        query = query.where(or_(*found))
    return session.scalars(query.order_by(ApprovedMinutes.held_on.desc(), ApprovedMinutes.id.desc()).limit(limit)).all()


def corrections(session: Session, meeting_id: int, *states: CorrectionState) -> Sequence[Correction]:
    """In the order in which they were proposed."""
    query = select(Correction).where(Correction.meeting_id == meeting_id)
    if states:
        query = query.where(Correction.state.in_(list(states)))
    return session.scalars(query.order_by(Correction.id)).all()
