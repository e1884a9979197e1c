"""Pages on the web that people open by a link of their own: unguessable, theirs alone, and at an end one day."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, owned
from storage.database import NetworkSession, SystemSession

LASTS: Final = timedelta(days=31)


class PageLink(Owned, Base):
    """Only the hash of the link's secret is kept."""

    __tablename__ = "page_links"
    __table_args__ = owned(belongs("member_id", "members", on_delete="CASCADE"), UniqueConstraint("secret_hash"))

    page: Mapped[str] = mapped_column(String(20))
    secret_hash: Mapped[str] = mapped_column(String(64))
    member_id: Mapped[int]
    expires_at: Mapped[datetime]


class Site(Base):
    """Where the bot is reached from outside, as the last process that was started knows it; one row."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(300))


def settle(session: SystemSession, address: str) -> None:
    """`address` has no slash at its end; "" where there is none."""
    row = session.get(Site, 1)
    if row is None:
        session.add(Site(id=1, address=address))
    else:
        row.address = address


def address(session: Session) -> str:
    row = session.get(Site, 1)
    return row.address if row is not None else ""


def link(session: NetworkSession, page: str, member_id: int) -> str | None:
    """A new link to a page for one member, which lasts a month; None where the bot has no address."""
    base = address(session)
    if not base:
        return None
    secret = secrets.token_urlsafe(24)
    session.add(PageLink(page=page, secret_hash=_hash(secret), member_id=member_id, expires_at=session.now + LASTS))
    return f"{base}/{page}/{secret}"


def opened(session: SystemSession, page: str, secret: str, now: datetime) -> tuple[int, int] | None:
    """The network and the member of a link; None for one that is unknown or over."""
    row = session.scalar(select(PageLink).where(PageLink.secret_hash == _hash(secret), PageLink.page == page))
    return (row.network_id, row.member_id) if row is not None and row.expires_at > now else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
