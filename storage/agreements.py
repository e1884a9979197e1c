"""Agreements: what named partners arranged between them, its terms and its days."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Index, String, Text, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Journaled, belongs, choice, owned
from storage.decisions import Status
from storage.networks import next_number
from storage.visibility import Viewer, Visible, visible_to


class Agreement(Journaled, Visible, Base):
    __tablename__ = "agreements"
    __table_args__ = owned(
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        belongs("meeting_id", "meetings"),
        belongs("superseded_by_id", "agreements"),
        UniqueConstraint("network_id", "number"),
        Index("ix_agreements_status", "network_id", "status"),
        Index("ix_agreements_settled", "network_id", "settled_at"),
    )

    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.PROPOSED)
    meeting_id: Mapped[int | None]
    agreed_on: Mapped[date]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    review_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    superseded_by_id: Mapped[int | None]
    settled_by_id: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    permalink: Mapped[str] = mapped_column(String(500), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    @property
    def ref(self) -> str:
        return f"A-{self.number}"


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
    agreement = Agreement(number=next_number(session, "A"), text=text, agreed_on=agreed_on, **columns)
    session.add(agreement)
    session.flush()
    session.add_all(
        AgreementPartner(agreement_id=agreement.id, partner_id=partner_id) for partner_id in dict.fromkeys(partner_ids)
    )
    session.flush()
    return agreement


def by_number(session: Session, number: int) -> Agreement | None:
    return session.scalar(select(Agreement).where(Agreement.number == number))


def partner_ids(session: Session, agreement_id: int) -> Sequence[int]:
    """In the order they were named."""
    return session.scalars(
        select(AgreementPartner.partner_id)
        .where(AgreementPartner.agreement_id == agreement_id)
        .order_by(AgreementPartner.id)
    ).all()


def listed(
    session: Session,
    viewer: Viewer,
    *,
    statuses: Iterable[Status] = (Status.IN_FORCE,),
    body_id: int | None = None,
    partner_id: int | None = None,
    limit: int = 200,
) -> Sequence[Agreement]:
    """Newest first."""
    query = select(Agreement).where(Agreement.status.in_(list(statuses)), visible_to(Agreement, viewer))
    if body_id is not None:
        query = query.where(Agreement.body_id == body_id)
    if partner_id is not None:
        named = select(AgreementPartner.agreement_id).where(AgreementPartner.partner_id == partner_id)
        query = query.where(Agreement.id.in_(named))
    return session.scalars(query.order_by(Agreement.agreed_on.desc(), Agreement.number.desc()).limit(limit)).all()


def settled_between(session: Session, viewer: Viewer, *, since: datetime, until: datetime) -> Sequence[Agreement]:
    """Those that came into force in [since, until), in order."""
    return session.scalars(
        select(Agreement)
        .where(Agreement.settled_at >= since, Agreement.settled_at < until, visible_to(Agreement, viewer))
        .order_by(Agreement.settled_at, Agreement.number)
    ).all()


def to_review(session: Session, viewer: Viewer, *, until: date) -> Sequence[Agreement]:
    """In force, with a review day or a last day up to and including `until`."""
    return session.scalars(
        select(Agreement)
        .where(
            Agreement.status == Status.IN_FORCE,
            or_(Agreement.review_on <= until, Agreement.until_on <= until),
            visible_to(Agreement, viewer),
        )
        .order_by(func.coalesce(Agreement.review_on, Agreement.until_on), Agreement.number)
    ).all()


def containing(session: Session, viewer: Viewer, words: Sequence[str], *, limit: int = 200) -> Sequence[Agreement]:
    """Candidates for a search: any of the words in any case; newest first."""
    wanted = [func.lower(Agreement.text).contains(word.lower(), autoescape=True) for word in words]
    query = select(Agreement).where(visible_to(Agreement, viewer))
    if wanted:
        query = query.where(or_(*wanted))
    return session.scalars(query.order_by(Agreement.agreed_on.desc(), Agreement.number.desc()).limit(limit)).all()
