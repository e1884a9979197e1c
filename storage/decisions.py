"""Decisions: what a body settled, whether it still holds, and how it was settled."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Journaled, belongs, choice, owned
from storage.networks import next_number
from storage.visibility import Viewer, Visible, visible_to


class Status(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    REJECTED = "rejected"


class Stance(StrEnum):
    """What a member answers to a proposal put to consent."""

    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    DISCUSS = "discuss"


class Decision(Journaled, Visible, Base):
    __tablename__ = "decisions"
    __table_args__ = owned(
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        belongs("meeting_id", "meetings"),
        belongs("superseded_by_id", "decisions"),
        UniqueConstraint("network_id", "number"),
        Index("ix_decisions_status", "network_id", "status"),
        Index("ix_decisions_review", "network_id", "review_on"),
        Index("ix_decisions_settled", "network_id", "settled_at"),
    )

    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.PROPOSED)
    meeting_id: Mapped[int | None]
    decided_on: Mapped[date]
    review_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    superseded_by_id: Mapped[int | None]
    # Who confirmed it and when; a proposal has neither.
    settled_by_id: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    # {"for": 7, "against": 1, "abstention": 2, "quorum": 6, "proxies": 1} or {"advice": "favourable"};
    # None: by consensus.
    vote: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # A proposal put to consent is in force after this day when every member was reached and nobody objected.
    consent_until: Mapped[date | None]
    # Where it comes from: a link to the message, and the exact words there.
    permalink: Mapped[str] = mapped_column(String(500), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    @property
    def ref(self) -> str:
        return f"D-{self.number}"


class Answer(Journaled, Base):
    """One member's stance on a proposal put to consent; the last one counts."""

    __tablename__ = "decision_answers"
    __table_args__ = owned(
        belongs("decision_id", "decisions", on_delete="CASCADE"),
        belongs("member_id", "members", on_delete="CASCADE"),
        UniqueConstraint("network_id", "decision_id", "member_id"),
    )

    decision_id: Mapped[int]
    member_id: Mapped[int]
    stance: Mapped[Stance] = mapped_column(choice(Stance))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


def record(session: Session, *, text: str, decided_on: date, **columns: object) -> Decision:
    decision = Decision(number=next_number(session, "D"), text=text, decided_on=decided_on, **columns)
    session.add(decision)
    session.flush()
    return decision


def by_number(session: Session, number: int) -> Decision | None:
    return session.scalar(select(Decision).where(Decision.number == number))


def listed(
    session: Session,
    viewer: Viewer,
    *,
    statuses: Iterable[Status] = (Status.IN_FORCE,),
    body_id: int | None = None,
    limit: int = 200,
) -> Sequence[Decision]:
    """Newest first."""
    query = select(Decision).where(Decision.status.in_(list(statuses)), visible_to(Decision, viewer))
    if body_id is not None:
        query = query.where(Decision.body_id == body_id)
    return session.scalars(query.order_by(Decision.decided_on.desc(), Decision.number.desc()).limit(limit)).all()


def settled_between(session: Session, viewer: Viewer, *, since: datetime, until: datetime) -> Sequence[Decision]:
    """Those that came into force in [since, until), in order."""
    return session.scalars(
        select(Decision)
        .where(Decision.settled_at >= since, Decision.settled_at < until, visible_to(Decision, viewer))
        .order_by(Decision.settled_at, Decision.number)
    ).all()


def to_review(session: Session, viewer: Viewer, *, until: date) -> Sequence[Decision]:
    """In force, with a review day up to and including `until`; the oldest day first."""
    return session.scalars(
        select(Decision)
        .where(Decision.status == Status.IN_FORCE, Decision.review_on <= until, visible_to(Decision, viewer))
        .order_by(Decision.review_on, Decision.number)
    ).all()


def predecessors(session: Session, decision_id: int) -> Sequence[Decision]:
    """Those that this one replaced."""
    return session.scalars(
        select(Decision).where(Decision.superseded_by_id == decision_id).order_by(Decision.number)
    ).all()


def containing(session: Session, viewer: Viewer, words: Sequence[str], *, limit: int = 200) -> Sequence[Decision]:
    """Candidates for a search: any of the words, of at least three letters, in any case; newest first."""
    wanted = [func.lower(Decision.text).contains(word.lower(), autoescape=True) for word in words]
    query = select(Decision).where(visible_to(Decision, viewer))
    if wanted:
        query = query.where(or_(*wanted))
    return session.scalars(query.order_by(Decision.decided_on.desc(), Decision.number.desc()).limit(limit)).all()


def answers(session: Session, decision_id: int) -> Sequence[Answer]:
    return session.scalars(select(Answer).where(Answer.decision_id == decision_id).order_by(Answer.at)).all()


def answer(session: Session, decision_id: int, member_id: int, stance: Stance, *, reason: str, at: datetime) -> Answer:
    """Record a stance, in place of an earlier one of the same member."""
    row = session.scalar(select(Answer).where(Answer.decision_id == decision_id, Answer.member_id == member_id))
    if row is None:
        row = Answer(decision_id=decision_id, member_id=member_id, stance=stance, reason=reason, at=at)
        session.add(row)
    row.stance, row.reason, row.at = stance, reason, at
    session.flush()
    return row
