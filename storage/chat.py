"""The local platform's own chat: the posts of the trial page, of the command line and of the tests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, owned

MOST_SHOWN = 200


class Post(Owned, Base):
    __tablename__ = "chat_posts"
    __table_args__ = owned(Index("ix_chat_posts_place", "network_id", "to", "id"))

    # "#channel", or "@handle" for the direct conversation of that person with the bot.
    to: Mapped[str] = mapped_column(String(200))
    # The handle of who wrote it; "" for the bot.
    author: Mapped[str] = mapped_column(String(120), default="")
    # Seen by this handle alone; "" for everyone in the place.
    only_for: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    # What the page draws: spans, sections, buttons, files, form.
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    token: Mapped[str] = mapped_column(String(60), default="")
    thread_id: Mapped[int | None]
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]


class StoredFile(Owned, Base):
    """A file somebody attached on the local platform."""

    __tablename__ = "chat_files"
    __table_args__ = owned()

    name: Mapped[str] = mapped_column(String(300))
    content: Mapped[bytes] = mapped_column(LargeBinary)


def store_file(session: Session, name: str, content: bytes) -> StoredFile:
    row = StoredFile(name=name, content=content)
    session.add(row)
    session.flush()
    return row


def newest(session: Session) -> int:
    """The id of the last post; 0 when there is none."""
    return session.scalar(select(func.max(Post.id))) or 0


def after(session: Session, post_id: int) -> Sequence[Post]:
    """Every post made after this one, oldest first."""
    return session.scalars(select(Post).where(Post.id > post_id).order_by(Post.id)).all()


def in_place(session: Session, to: str) -> Sequence[Post]:
    """The newest, as many as a page shows, oldest first."""
    newest = select(Post).where(Post.to == to).order_by(Post.id.desc()).limit(MOST_SHOWN)
    return list(reversed(session.scalars(newest).all()))


def thread(session: Session, post_id: int) -> Sequence[Post]:
    """A post and those written under it, or under the one it answers, oldest first."""
    post = session.get(Post, post_id)
    root = (post.thread_id or post.id) if post else post_id
    return session.scalars(select(Post).where((Post.id == root) | (Post.thread_id == root)).order_by(Post.id)).all()


def by_token(session: Session, token: str) -> Post | None:
    return session.scalar(select(Post).where(Post.token == token))
