"""Bodies: governing bodies and working groups, each tied to a channel."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Journaled, Owned, belongs, choice, owned
from storage.database import NetworkSession
from storage.scope import prepared


class RemindersIn(StrEnum):
    """Where a body's reminders go."""

    PRIVATE = "private"
    CHANNEL = "channel"


class Body(Journaled, Base):
    __tablename__ = "bodies"
    __table_args__ = owned(
        belongs("channel_id", "channels"),
        belongs("chair_id", "members"),
        belongs("secretary_id", "members"),
        belongs("coordinator_id", "members"),
        UniqueConstraint("network_id", "name"),
    )

    name: Mapped[str] = mapped_column(String(200))
    channel_id: Mapped[int | None]
    chair_id: Mapped[int | None]
    secretary_id: Mapped[int | None]
    coordinator_id: Mapped[int | None]
    reminders_in: Mapped[RemindersIn] = mapped_column(choice(RemindersIn), default=RemindersIn.PRIVATE)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    @property
    def officers(self) -> frozenset[int]:
        """Ids of the members who settle for it, besides the network's coordinators."""
        return frozenset(id_ for id_ in (self.chair_id, self.secretary_id, self.coordinator_id) if id_)


class BodyMember(Owned, Base):
    __tablename__ = "body_members"
    __table_args__ = owned(
        belongs("body_id", "bodies", on_delete="CASCADE"),
        belongs("member_id", "members", on_delete="CASCADE"),
        UniqueConstraint("network_id", "body_id", "member_id"),
    )

    body_id: Mapped[int]
    member_id: Mapped[int]


_OF_CHANNEL = prepared(
    select(Body).where(Body.active, Body.channel_id == bindparam("channel_id")).order_by(Body.id).limit(1)
)
_OF_MEMBER = prepared(select(BodyMember.body_id).where(BodyMember.member_id == bindparam("member_id")))


def active(session: Session) -> Sequence[Body]:
    """Alphabetical."""
    return session.scalars(select(Body).where(Body.active).order_by(Body.name)).all()


def of_channel(session: NetworkSession, channel_id: int) -> Body | None:
    return session.scalar(_OF_CHANNEL, {"channel_id": channel_id})


def by_name(session: Session, name: str) -> Body | None:
    return session.scalar(select(Body).where(Body.name == name))


def record(session: Session, *, name: str, **columns: object) -> Body:
    body = Body(name=name, **columns)
    session.add(body)
    session.flush()
    return body


def join(session: Session, body_id: int, member_id: int) -> None:
    there = select(BodyMember.id).where(BodyMember.body_id == body_id, BodyMember.member_id == member_id)
    if session.scalar(there) is None:
        session.add(BodyMember(body_id=body_id, member_id=member_id))
        session.flush()


def member_ids(session: Session, body_id: int) -> frozenset[int]:
    return frozenset(session.scalars(select(BodyMember.member_id).where(BodyMember.body_id == body_id)))


def of_member(session: NetworkSession, member_id: int) -> frozenset[int]:
    """Ids of the bodies the member sits in."""
    return frozenset(session.scalars(_OF_MEMBER, {"member_id": member_id}))
