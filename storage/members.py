"""Members: the persons of a network, with or without a chat account, and when they are away."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, String, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.base import Base, Journaled, belongs, choice, fetched, owned
from storage.database import NetworkSession
from storage.networks import Network
from storage.partners import Partner
from storage.scope import prepared


class Role(StrEnum):
    COORDINATOR = "coordinator"
    MEMBER = "member"
    GUEST = "guest"


class Member(Journaled, Base):
    unjournaled: ClassVar[frozenset[str]] = frozenset({"acted_at"})
    __tablename__ = "members"
    __table_args__ = owned(
        belongs("partner_id", "partners"),
        Index("uq_members_account", "network_id", "external_id", unique=True),
        Index("uq_members_handle", "network_id", "handle", unique=True),
    )

    name: Mapped[str] = mapped_column(String(200))
    # The platform's user id; None for someone without an account there.
    external_id: Mapped[str | None] = mapped_column(String(120))
    # What people type after @, in lower case, without it.
    handle: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(200), default="")
    partner_id: Mapped[int | None]
    role: Mapped[Role] = mapped_column(choice(Role), default=Role.MEMBER)
    function: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str | None] = mapped_column(String(5))
    timezone: Mapped[str | None] = mapped_column(String(60))
    # Set once the person has said which organisation they come from, or was imported with it.
    introduced_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Whether they are reminded in private of what they answer for.
    reminded: Mapped[bool] = mapped_column(default=True)
    # In days, how often they wish to be asked whether their offers still hold; None follows the network.
    verify_every: Mapped[int | None]
    # When they last turned to the bot here, to the minute.
    acted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    partner: Mapped[Partner | None] = relationship(
        primaryjoin=lambda: Member.partner_id == Partner.id, foreign_keys=lambda: [Member.partner_id], viewonly=True
    )

    @property
    def coordinator(self) -> bool:
        return self.role is Role.COORDINATOR


class Absence(Journaled, Base):
    """Days on which a member is not written to, both ends included."""

    __tablename__ = "absences"
    __table_args__ = owned(belongs("member_id", "members", on_delete="CASCADE"))

    member_id: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date]


_BY_ACCOUNT = prepared(select(Member).where(Member.external_id == bindparam("account")))


def active(session: Session) -> Sequence[Member]:
    """Alphabetical."""
    return session.scalars(select(Member).where(Member.active).order_by(Member.name)).all()


def every(session: Session) -> Sequence[Member]:
    """Those who left too."""
    return session.scalars(select(Member).order_by(Member.id)).all()


def of_partner(session: Session, partner_id: int) -> Sequence[Member]:
    return session.scalars(
        select(Member).where(Member.active, Member.partner_id == partner_id).order_by(Member.name)
    ).all()


def of_partners(session: Session, partner_ids: Iterable[int]) -> Sequence[Member]:
    """Alphabetical."""
    return session.scalars(
        select(Member).where(Member.active, Member.partner_id.in_(set(partner_ids))).order_by(Member.name)
    ).all()


def coordinators(session: Session) -> Sequence[Member]:
    return session.scalars(
        select(Member).where(Member.active, Member.role == Role.COORDINATOR).order_by(Member.id)
    ).all()


def by_account(session: NetworkSession, external_id: str) -> Member | None:
    return session.scalar(_BY_ACCOUNT, {"account": external_id})


def where_they_acted(session: Session, platform: str, external_id: str) -> Sequence[str]:
    """External ids of the networks in which an account acted, the last one first; `session` is a system session."""
    return session.scalars(
        select(Network.external_id)
        .join(Member, Member.network_id == Network.id)
        .where(Network.platform == platform, Member.external_id == external_id, Member.acted_at.is_not(None))
        .order_by(Member.acted_at.desc())
    ).all()


def by_handle(session: Session, handle: str) -> Member | None:
    return session.scalar(select(Member).where(Member.handle == handle.removeprefix("@").casefold()))


def by_email(session: Session, email: str) -> Member | None:
    return session.scalar(select(Member).where(func.lower(Member.email) == email.lower()).order_by(Member.id))


def record(session: Session, *, name: str, **columns: object) -> Member:
    member = Member(name=name, **columns)
    session.add(member)
    session.flush()
    return member


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Member]:
    return fetched(session, Member, ids)


def absences_by_member(session: Session, *, since: date) -> dict[int, list[Absence]]:
    """Every absence that is not over, by member."""
    found: dict[int, list[Absence]] = {}
    for away in session.scalars(select(Absence).where(Absence.to_on >= since).order_by(Absence.from_on)):
        found.setdefault(away.member_id, []).append(away)
    return found


def absences(session: Session, member_id: int, *, since: date) -> Sequence[Absence]:
    return session.scalars(
        select(Absence).where(Absence.member_id == member_id, Absence.to_on >= since).order_by(Absence.from_on)
    ).all()
