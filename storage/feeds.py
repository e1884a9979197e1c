"""Personal calendars: an unguessable address for each member who asked for one, good until they renew or close it."""

import secrets
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, owned

# 192 bits: nobody finds one by trying.
TOKEN_BYTES = 24


class Feed(Owned, Base):
    """One for a member at most. The token is kept as it is, since its owner may ask for the address again."""

    __tablename__ = "feeds"
    __table_args__ = owned(belongs("member_id", "members", on_delete="CASCADE"))

    member_id: Mapped[int] = mapped_column(index=True)
    token: Mapped[str] = mapped_column(String(60), unique=True)
    created_at: Mapped[datetime]


def of_member(session: Session, member_id: int) -> Feed | None:
    return session.scalar(select(Feed).where(Feed.member_id == member_id).order_by(Feed.id.desc()))


def open_for(session: Session, member_id: int) -> Feed:
    """The member's feed, opened when there is none."""
    found = of_member(session, member_id)
    return found if found is not None else _made(session, member_id)


def renew(session: Session, member_id: int) -> Feed:
    """Another address; the old one leads nowhere from now on."""
    close(session, member_id)
    return _made(session, member_id)


def close(session: Session, member_id: int) -> None:
    for row in session.scalars(select(Feed).where(Feed.member_id == member_id)).all():
        session.delete(row)
    session.flush()


def by_token(session: Session, token: str) -> Feed | None:
    """Over all networks of a system session."""
    return session.scalar(select(Feed).where(Feed.token == token))


def _made(session: Session, member_id: int) -> Feed:
    row = Feed(member_id=member_id, token=secrets.token_urlsafe(TOKEN_BYTES))
    session.add(row)
    session.flush()
    return row
