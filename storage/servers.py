"""Mattermost servers that the bot has an account on, and the tokens of its commands there; secrets come sealed.

They belong to the installation, not to one network: they are read with a system session.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Server(Base):
    __tablename__ = "servers"

    id: Mapped[int] = mapped_column(primary_key=True)
    # As the bot reaches it, with its sub-path and without a slash at its end.
    url: Mapped[str] = mapped_column(String(300), unique=True)
    sealed_token: Mapped[str] = mapped_column(Text)
    # Until when (milliseconds of the server's clock) all that was said there has been read.
    read_until: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime]


class SlashToken(Base):
    """What the server sends with each call of a command, so that it can be believed."""

    __tablename__ = "slash_tokens"
    __table_args__ = (UniqueConstraint("server_id", "team_id", "trigger"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    server_id: Mapped[int] = mapped_column(ForeignKey("servers.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[str] = mapped_column(String(30))
    trigger: Mapped[str] = mapped_column(String(128))
    sealed_token: Mapped[str] = mapped_column(Text)


def every(session: Session) -> Sequence[Server]:
    return session.scalars(select(Server).order_by(Server.id)).all()


def by_url(session: Session, url: str) -> Server | None:
    return session.scalar(select(Server).where(Server.url == url))


def remember(session: Session, url: str, sealed_token: str, *, at: datetime) -> Server:
    """The server with this token, which replaces an older one."""
    server = by_url(session, url)
    if server is None:
        server = Server(url=url, sealed_token=sealed_token, created_at=at)
        session.add(server)
    server.sealed_token = sealed_token
    session.flush()
    return server


def read_until(session: Session, server_id: int, moment: int) -> None:
    """Nothing before this moment has to be read again; it never moves back."""
    session.execute(update(Server).where(Server.id == server_id, Server.read_until < moment).values(read_until=moment))


def slash_tokens(session: Session, server_id: int) -> Sequence[SlashToken]:
    return session.scalars(select(SlashToken).where(SlashToken.server_id == server_id).order_by(SlashToken.id)).all()


def set_slash_tokens(session: Session, server_id: int, team_id: str, sealed: Mapping[str, str]) -> None:
    """Make a team's commands exactly these: trigger → sealed token."""
    session.execute(delete(SlashToken).where(SlashToken.server_id == server_id, SlashToken.team_id == team_id))
    session.add_all(
        SlashToken(server_id=server_id, team_id=team_id, trigger=trigger, sealed_token=token)
        for trigger, token in sealed.items()
    )
    session.flush()
