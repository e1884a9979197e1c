"""Whether offers still hold: who is asked when, campaigns that ask many at once, and errors that somebody signals.

Who signals an error is kept nowhere, so that nobody can ever be told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Index, String, Text, UniqueConstraint, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import MANY, Base, Journaled, Owned, belongs, choice, fetched, owned
from storage.database import NetworkSession
from storage.members import Member
from storage.notices import Notice
from storage.offers import Offer

LONGEST_ERROR: Final = 500


class Outcome(StrEnum):
    """What became of an offer that a campaign asked about."""

    LEFT = "left"
    RIGHT = "right"
    CHANGED = "changed"
    CLOSED = "closed"


class Campaign(Journaled, Base):
    """One question to many: the offers of a kind ("" for all) in a place ("" for everywhere), by a day."""

    __tablename__ = "offer_campaigns"
    __table_args__ = owned(belongs("author_id", "members"), Index("ix_offer_campaigns_open", "network_id", "ended_at"))

    kind: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(20), default="")
    until: Mapped[date]
    author_id: Mapped[int]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class CampaignOffer(Owned, Base):
    """An offer of a campaign and who was asked about it; nobody where nobody answers for it."""

    __tablename__ = "offer_campaign_offers"
    __table_args__ = owned(
        belongs("campaign_id", "offer_campaigns", on_delete="CASCADE"),
        belongs("offer_id", "offers", on_delete="CASCADE"),
        belongs("member_id", "members"),
        UniqueConstraint("network_id", "campaign_id", "offer_id"),
        Index("ix_offer_campaign_offers_offer", "network_id", "offer_id"),
    )

    campaign_id: Mapped[int]
    offer_id: Mapped[int]
    member_id: Mapped[int | None]
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome), default=Outcome.LEFT)


class OfferError(Owned, Base):
    """What somebody says is not right, until whoever answers for the offer has looked at it."""

    __tablename__ = "offer_errors"
    __table_args__ = owned(
        belongs("offer_id", "offers", on_delete="CASCADE"), Index("ix_offer_errors_offer", "network_id", "offer_id")
    )

    offer_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    said_on: Mapped[date]
    settled_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who answers for which offers: the keeper, else the first member of the partner by name."""

    members: Mapping[int, Member]
    by_partner: Mapping[int, int]

    def of(self, keeper_id: int | None, partner_id: int | None) -> int | None:
        if keeper_id is not None and keeper_id in self.members:
            return keeper_id
        return self.by_partner.get(partner_id) if partner_id is not None else None


def keepers(session: Session) -> Keepers:
    """Loaded once for many offers."""
    active = session.scalars(select(Member).where(Member.active).order_by(Member.name, Member.id)).all()
    by_partner: dict[int, int] = {}
    for member in active:
        if member.partner_id is not None:
            by_partner.setdefault(member.partner_id, member.id)
    return Keepers({member.id: member for member in active}, by_partner)


def _due(now: datetime) -> ColumnElement[bool]:
    return Offer.withdrawn_at.is_(None) & (Offer.verify_at <= now)


def _kept() -> ColumnElement[bool]:
    return or_(Offer.keeper_id.is_not(None), Offer.partner_id.is_not(None))


def people_due(session: Session, now: datetime) -> frozenset[int]:
    """Ids of the members who answer for an offer that is due."""
    pairs = session.execute(
        select(Offer.keeper_id, Offer.partner_id).where(_due(now), _kept()).group_by(Offer.keeper_id, Offer.partner_id)
    ).all()
    if not pairs:
        return frozenset()
    known = keepers(session)
    found = {known.of(keeper_id, partner_id) for keeper_id, partner_id in pairs}
    return frozenset(member_id for member_id in found if member_id is not None)


def due_of(session: Session, member_id: int, now: datetime) -> Sequence[Offer]:
    """What a member answers for and is asked about: not looked at for too long, or in a campaign; by name."""
    return load_due(session, {member_id}, now).get(member_id, ())


def of_member(session: Session, member_id: int) -> Sequence[Offer]:
    """Everything a member answers for, by name."""
    known = keepers(session)
    member = known.members.get(member_id)
    if member is None:
        return []
    mine = Offer.keeper_id == member_id
    if member.partner_id is not None:
        mine = mine | (Offer.partner_id == member.partner_id)
    rows = session.scalars(select(Offer).where(Offer.withdrawn_at.is_(None), mine).order_by(Offer.name, Offer.id))
    return [row for row in rows if known.of(row.keeper_id, row.partner_id) == member_id]


def load_due(session: Session, member_ids: Collection[int], now: datetime) -> Mapping[int, Sequence[Offer]]:
    """What is due, and what campaigns still wait for, by the member who answers for it; read at once for many."""
    known = keepers(session)
    partner_ids = {known.members[id_].partner_id for id_ in member_ids if id_ in known.members}
    theirs = Offer.keeper_id.in_(member_ids) | Offer.partner_id.in_(id_ for id_ in partner_ids if id_ is not None)
    found: dict[int, dict[int, Offer]] = {}
    for row in session.scalars(select(Offer).where(_due(now), theirs)):
        member_id = known.of(row.keeper_id, row.partner_id)
        if member_id in member_ids and member_id is not None:
            found.setdefault(member_id, {})[row.id] = row
    left = {member_id: ids for member_id, ids in left_of(session).items() if member_id in member_ids}
    wanted = fetched(session, Offer, (id_ for ids in left.values() for id_ in ids))
    for member_id, ids in left.items():
        rows = (wanted[id_] for id_ in ids if id_ in wanted)
        found.setdefault(member_id, {}).update({row.id: row for row in rows if row.withdrawn_at is None})
    return {member_id: sorted(rows.values(), key=lambda row: (row.name, row.id)) for member_id, rows in found.items()}


def unverified(session: Session, before: datetime, *, limit: int) -> tuple[Sequence[Offer], int]:
    """Offers that should have been looked at before then, the oldest first, and how many there are."""
    late = Offer.withdrawn_at.is_(None) & (Offer.verify_at < before)
    count = session.scalar(select(func.count(Offer.id)).where(late)) or 0
    rows = session.scalars(select(Offer).where(late).order_by(Offer.verify_at, Offer.name, Offer.id).limit(limit)).all()
    return rows, count


def asked(session: Session, kind: str, *, since: datetime) -> Mapping[int, Sequence[datetime]]:
    """When each member was asked since then, the last time first."""
    query = (
        select(Notice.member_id, Notice.created_at)
        .where(Notice.kind == kind, Notice.created_at >= since, Notice.member_id.is_not(None), Notice.void_at.is_(None))
        .order_by(Notice.created_at.desc())
    )
    found: dict[int, list[datetime]] = {}
    for member_id, at in session.execute(query):
        found.setdefault(member_id or 0, []).append(at)
    return found


def last_answers(session: Session, member_ids: Iterable[int]) -> Mapping[int, datetime]:
    """When each member last said of an offer that it is right."""
    wanted = list(member_ids)
    found: dict[int, datetime] = {}
    for start in range(0, len(wanted), MANY):
        query = (
            select(Offer.verified_by_id, func.max(Offer.verified_at))
            .where(Offer.verified_by_id.in_(wanted[start : start + MANY]))
            .group_by(Offer.verified_by_id)
        )
        found.update({member_id: at for member_id, at in session.execute(query) if member_id and at})
    return found


def set_pace(rows: Iterable[Offer], days: int) -> None:
    """How often these are to be looked at."""
    for row in rows:
        row.verify_every = days


def of_pace(session: Session, days: int) -> Sequence[Offer]:
    """Offers looked at that often whose keeper has chosen nothing else."""
    chosen = select(Member.id).where(Member.verify_every.is_not(None))
    return session.scalars(
        select(Offer).where(
            Offer.withdrawn_at.is_(None),
            Offer.verify_every == days,
            or_(Offer.keeper_id.is_(None), Offer.keeper_id.not_in(chosen)),
        )
    ).all()


def signal(session: Session, offer: Offer, text: str, *, on: date) -> OfferError:
    row = OfferError(offer_id=offer.id, text=text[:LONGEST_ERROR], said_on=on)
    session.add(row)
    session.flush()
    return row


def errors(session: Session, offer_ids: Iterable[int]) -> Mapping[int, Sequence[OfferError]]:
    """What nobody has looked at yet, by offer, the oldest first."""
    query = select(OfferError).where(OfferError.offer_id.in_(list(offer_ids)), OfferError.settled_at.is_(None))
    found: dict[int, list[OfferError]] = {}
    for row in session.scalars(query.order_by(OfferError.id)):
        found.setdefault(row.offer_id, []).append(row)
    return found


def note_by_hand(offer: Offer, fields: Iterable[str], on: date) -> None:
    """Remember what somebody here wrote, so that an older file does not take it back."""
    offer.by_hand = {**offer.by_hand, **dict.fromkeys(fields, on.isoformat())}


def settle(session: NetworkSession, offer: Offer, outcome: Outcome) -> None:
    """Whoever answers for it has looked at it: errors are settled, and campaigns have their answer."""
    session.execute(
        update(OfferError)
        .where(OfferError.offer_id == offer.id, OfferError.settled_at.is_(None))
        .values(settled_at=session.now)
    )
    running = select(Campaign.id).where(Campaign.ended_at.is_(None))
    session.execute(
        update(CampaignOffer)
        .where(CampaignOffer.offer_id == offer.id, CampaignOffer.campaign_id.in_(running))
        .values(outcome=outcome)
        .execution_options(synchronize_session=False)
    )


def running(session: Session) -> Sequence[Campaign]:
    """The campaigns that have not ended, the first to end first."""
    return session.scalars(select(Campaign).where(Campaign.ended_at.is_(None)).order_by(Campaign.until)).all()


def latest(session: Session, limit: int = 10) -> Sequence[Campaign]:
    return session.scalars(select(Campaign).order_by(Campaign.id.desc()).limit(limit)).all()


def of_campaign(session: Session, campaign_id: int) -> Sequence[CampaignOffer]:
    return session.scalars(
        select(CampaignOffer)
        .where(CampaignOffer.campaign_id == campaign_id)
        .order_by(CampaignOffer.id)
        .execution_options(populate_existing=True)
    ).all()


def left_of(session: Session) -> Mapping[int, Sequence[int]]:
    """Ids of the offers about which running campaigns still wait for an answer, by the member who was asked."""
    query = (
        select(CampaignOffer.member_id, CampaignOffer.offer_id)
        .join(Campaign, Campaign.id == CampaignOffer.campaign_id)
        .where(Campaign.ended_at.is_(None), CampaignOffer.outcome == Outcome.LEFT, CampaignOffer.member_id.is_not(None))
        .order_by(CampaignOffer.id)
    )
    found: dict[int, list[int]] = {}
    for member_id, offer_id in session.execute(query):
        found.setdefault(member_id or 0, []).append(offer_id)
    return found


def to_campaign(session: Session, kind: str) -> Sequence[Offer]:
    """Offers of a kind, all of them for "", by name."""
    query = select(Offer).where(Offer.withdrawn_at.is_(None))
    if kind:
        query = query.where(Offer.kind == kind)
    return session.scalars(query.order_by(Offer.name, Offer.id)).all()
