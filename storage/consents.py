"""What is put to consent: proposals that silence may settle, and what each member answers."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.agreements import Agreement
from storage.base import Base, Journaled, belongs, choice, owned
from storage.decisions import Decision
from storage.settled import Settled, Status


class Stance(StrEnum):
    """What a member answers to a proposal put to consent."""

    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    DISCUSS = "discuss"


class Answer(Journaled, Base):
    """One member's stance on a decision or an agreement put to consent; the last one counts."""

    __tablename__ = "consent_answers"
    __table_args__ = owned(
        belongs("decision_id", "decisions", on_delete="CASCADE"),
        belongs("agreement_id", "agreements", on_delete="CASCADE"),
        belongs("member_id", "members", on_delete="CASCADE"),
        UniqueConstraint("network_id", "decision_id", "member_id"),
        UniqueConstraint("network_id", "agreement_id", "member_id"),
    )

    decision_id: Mapped[int | None]
    agreement_id: Mapped[int | None]
    member_id: Mapped[int]
    stance: Mapped[Stance] = mapped_column(choice(Stance))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


def over(session: Session, *, before: date) -> Sequence[Settled]:
    """Proposals whose last day to object is past, decisions first."""
    kinds: tuple[type[Settled], ...] = (Decision, Agreement)
    return [
        row
        for kind in kinds
        for row in session.scalars(
            select(kind).where(kind.consent_until < before, kind.status == Status.PROPOSED).order_by(kind.number)
        )
    ]


def answers(session: Session, row: Settled) -> Sequence[Answer]:
    return session.scalars(select(Answer).where(_about(row)).order_by(Answer.at)).all()


def answer(session: Session, row: Settled, member_id: int, stance: Stance, *, reason: str, at: datetime) -> Answer:
    """Record a stance, in place of an earlier one of the same member."""
    known = session.scalar(select(Answer).where(_about(row), Answer.member_id == member_id))
    if known is None:
        about = {"agreement_id" if isinstance(row, Agreement) else "decision_id": row.id}
        known = Answer(**about, member_id=member_id, stance=stance, reason=reason, at=at)
        session.add(known)
    known.stance, known.reason, known.at = stance, reason, at
    session.flush()
    return known


def _about(row: Settled) -> ColumnElement[bool]:
    return (Answer.agreement_id if isinstance(row, Agreement) else Answer.decision_id) == row.id
