"""Channels of the chat that the bot knows, and who is in the private ones."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, fetched, owned
from storage.database import NetworkSession
from storage.scope import prepared


class Channel(Owned, Base):
    __tablename__ = "channels"
    __table_args__ = owned(Index("uq_channels_external", "network_id", "external_id", unique=True))

    external_id: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    private: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(5))
    # Set when the platform says that it is archived or that the bot was put out.
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ChannelMember(Owned, Base):
    __tablename__ = "channel_members"
    __table_args__ = owned(
        belongs("channel_id", "channels", on_delete="CASCADE"),
        belongs("member_id", "members", on_delete="CASCADE"),
        UniqueConstraint("network_id", "channel_id", "member_id"),
    )

    channel_id: Mapped[int]
    member_id: Mapped[int]


_BY_EXTERNAL_ID = prepared(select(Channel).where(Channel.external_id == bindparam("external_id")))
_THERE = prepared(
    select(ChannelMember.id).where(
        ChannelMember.channel_id == bindparam("channel_id"), ChannelMember.member_id == bindparam("member_id")
    )
)
_OF_MEMBER = prepared(select(ChannelMember.channel_id).where(ChannelMember.member_id == bindparam("member_id")))


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Channel]:
    return fetched(session, Channel, ids)


def by_external_id(session: NetworkSession, external_id: str) -> Channel | None:
    return session.scalar(_BY_EXTERNAL_ID, {"external_id": external_id})


def by_name(session: Session, name: str) -> Channel | None:
    return session.scalar(select(Channel).where(Channel.name == name.removeprefix("#")))


def open_named(session: Session, name: str) -> Channel | None:
    """The one that is open; a name may have been another channel's before."""
    query = select(Channel).where(Channel.name == name.removeprefix("#"), Channel.closed_at.is_(None))
    return session.scalar(query.order_by(Channel.id.desc()))


def private(session: Session) -> Sequence[Channel]:
    return session.scalars(select(Channel).where(Channel.private).order_by(Channel.id)).all()


def seen(session: NetworkSession, *, external_id: str, name: str, private: bool) -> Channel:
    """The channel, recorded the first time and kept up to date after."""
    channel = by_external_id(session, external_id)
    if channel is None:
        channel = Channel(external_id=external_id, name=name, private=private)
        session.add(channel)
        session.flush()
    elif (channel.name, channel.private, channel.closed_at) != (name, private, None):
        # Whoever is heard from a channel shows that it is open.
        channel.name, channel.private, channel.closed_at = name, private, None
    return channel


def joined(session: NetworkSession, channel_id: int, member_id: int) -> None:
    if session.scalar(_THERE, {"channel_id": channel_id, "member_id": member_id}) is None:
        session.add(ChannelMember(channel_id=channel_id, member_id=member_id))
        session.flush()


def left(session: Session, channel_id: int, member_id: int) -> None:
    session.execute(
        delete(ChannelMember).where(ChannelMember.channel_id == channel_id, ChannelMember.member_id == member_id)
    )


def set_members(session: Session, channel_id: int, member_ids: Iterable[int]) -> None:
    """Make the channel's people exactly these."""
    wanted = set(member_ids)
    present = set(session.scalars(select(ChannelMember.member_id).where(ChannelMember.channel_id == channel_id)))
    for member_id in present - wanted:
        left(session, channel_id, member_id)
    session.add_all(ChannelMember(channel_id=channel_id, member_id=member_id) for member_id in sorted(wanted - present))
    session.flush()


def member_ids(session: Session, channel_id: int) -> frozenset[int]:
    """Ids of the members the bot knows to be there."""
    return frozenset(session.scalars(select(ChannelMember.member_id).where(ChannelMember.channel_id == channel_id)))


def of_member(session: NetworkSession, member_id: int) -> frozenset[int]:
    """Ids of the channels where the bot knows the member to be."""
    return frozenset(session.scalars(_OF_MEMBER, {"member_id": member_id}))
