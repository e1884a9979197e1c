"""Decisions: what a body settled, whether it still holds, and how it was settled."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import settled
from storage.base import Base, belongs, owned
from storage.settled import Settled, Status
from storage.visibility import Viewer, visible_to


class Decision(Settled, Base):
    __tablename__ = "decisions"
    __table_args__ = owned(
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        belongs("meeting_id", "meetings"),
        belongs("superseded_by_id", "decisions"),
        belongs("facilitator_id", "members"),
        UniqueConstraint("network_id", "number"),
        Index("ix_decisions_status", "network_id", "status", "decided_on"),
        Index("ix_decisions_review", "network_id", "review_on"),
        Index("ix_decisions_settled", "network_id", "settled_at"),
        Index("ix_decisions_consent", "network_id", "consent_until"),
        Index("ix_decisions_superseded", "network_id", "superseded_by_id"),
        Index("ix_decisions_meeting", "network_id", "meeting_id"),
    )
    letter: ClassVar[str] = "D"
    day: ClassVar[str] = "decided_on"

    decided_on: Mapped[date]
    # {"for": 7, "against": 1, "abstention": 2, "quorum": 6, "proxies": 1} and {"advice": "favourable"};
    # None: by consensus.
    vote: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def record(session: Session, *, text: str, decided_on: date, **columns: object) -> Decision:
    return settled.record(session, Decision(text=text, decided_on=decided_on, **columns))


def by_number(session: Session, number: int) -> Decision | None:
    return settled.by_number(session, Decision, number)


def listed(
    session: Session,
    viewer: Viewer,
    *,
    statuses: Iterable[Status] = (Status.IN_FORCE,),
    body_id: int | None = None,
    limit: int = 200,
) -> Sequence[Decision]:
    """Newest first."""
    query = settled.seen(Decision, viewer, Decision.status.in_(list(statuses)))
    if body_id is not None:
        query = query.where(Decision.body_id == body_id)
    return session.scalars(query.limit(limit)).all()


def settled_between(session: Session, viewer: Viewer, *, since: datetime, until: datetime) -> Sequence[Decision]:
    """Those that came into force in [since, until), in order."""
    return settled.settled_between(session, Decision, viewer, since=since, until=until)


def to_review(
    session: Session, viewer: Viewer, *, since: date = date.min, until: date, limit: int = 200
) -> Sequence[Decision]:
    """In force, with a review day in [since, until]; the oldest day first."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.status == Status.IN_FORCE,
            Decision.review_on >= since,
            Decision.review_on <= until,
            visible_to(Decision, viewer),
        )
        .order_by(Decision.review_on, Decision.number)
        .limit(limit)
    ).all()


def predecessors(session: Session, decision_id: int) -> Sequence[Decision]:
    """Those that this one replaced."""
    return session.scalars(
        select(Decision).where(Decision.superseded_by_id == decision_id).order_by(Decision.number)
    ).all()


def containing(session: Session, viewer: Viewer, words: Sequence[str], *, limit: int = 100) -> Sequence[Decision]:
    """Candidates for a search: any of the words, whatever their case and accents."""
    return settled.containing(session, Decision, viewer, words, limit=limit)


__all__ = ["Decision", "Status"]


def of_meeting(session: Session, meeting_id: int) -> Sequence[Decision]:
    """What a meeting gave, in the order of the references."""
    return session.scalars(select(Decision).where(Decision.meeting_id == meeting_id).order_by(Decision.number)).all()
