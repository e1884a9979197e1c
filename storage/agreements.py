"""Agreements: what named partners arranged between them, its terms and its days."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session

from storage import settled
from storage.base import Base, Journaled, belongs, owned
from storage.settled import Settled, Status
from storage.visibility import Viewer, visible_to


class Agreement(Settled, Base):
    __tablename__ = "agreements"
    __table_args__ = owned(
        *settled.constraints("agreements", "agreed_on"), Index("ix_agreements_until", "network_id", "until_on")
    )
    unjournaled: ClassVar[frozenset[str]] = Settled.unjournaled | {"end_recalled_on"}
    letter: ClassVar[str] = "A"
    day: ClassVar[str] = "agreed_on"

    agreed_on: Mapped[date]
    from_on: Mapped[date | None]
    # The last day on which it holds.
    until_on: Mapped[date | None]
    # The last day that the body was told of beforehand.
    end_recalled_on: Mapped[date | None]


class AgreementPartner(Journaled, Base):
    __tablename__ = "agreement_partners"
    __table_args__ = owned(
        belongs("agreement_id", "agreements", on_delete="CASCADE"),
        belongs("partner_id", "partners"),
        UniqueConstraint("network_id", "agreement_id", "partner_id"),
    )

    agreement_id: Mapped[int]
    partner_id: Mapped[int]


def record(session: Session, *, text: str, agreed_on: date, partner_ids: Iterable[int], **columns: object) -> Agreement:
    agreement = settled.record(session, Agreement(text=text, agreed_on=agreed_on, **columns))
    _name(session, agreement.id, partner_ids)
    return agreement


def _name(session: Session, agreement_id: int, partner_ids: Iterable[int]) -> None:
    for partner_id in dict.fromkeys(partner_ids):
        session.add(AgreementPartner(agreement_id=agreement_id, partner_id=partner_id))
        session.flush()  # one by one: the order of the ids is the order in which they were named


def partner_ids(session: Session, agreement_id: int) -> Sequence[int]:
    """In the order they were named."""
    return session.scalars(
        select(AgreementPartner.partner_id)
        .where(AgreementPartner.agreement_id == agreement_id)
        .order_by(AgreementPartner.id)
    ).all()


def to_review(session: Session, viewer: Viewer, *, since: date = date.min, until: date) -> Sequence[Agreement]:
    """In force, with a review day or a last day in [since, until]."""
    return session.scalars(
        select(Agreement)
        .where(
            Agreement.status == Status.IN_FORCE,
            or_(Agreement.review_on.between(since, until), Agreement.until_on.between(since, until)),
            visible_to(Agreement, viewer),
        )
        .order_by(func.coalesce(Agreement.review_on, Agreement.until_on), Agreement.number)
        .limit(settled.MOST_REVIEWED)
    ).all()


def ending(session: Session, *, until: date) -> Sequence[Agreement]:
    """In force, with a last day up to and including `until`, whoever may see them."""
    return session.scalars(
        select(Agreement)
        .where(Agreement.status == Status.IN_FORCE, Agreement.until_on <= until)
        .order_by(Agreement.until_on, Agreement.number)
    ).all()


def containing(
    session: Session, viewer: Viewer, words: Sequence[str], *, partners: Iterable[int] = ()
) -> Sequence[Agreement]:
    """Candidates for a search: any of the words whatever their case and accents, or between any of these partners."""
    named = select(AgreementPartner.agreement_id).where(AgreementPartner.partner_id.in_(list(partners)))
    also = [Agreement.id.in_(named)] if partners else []
    return settled.containing(session, Agreement, viewer, words, also=also)
