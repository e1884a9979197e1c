"""Messages received: recorded before they are acknowledged, once each, and emptied once they are handled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import raw
from storage.base import Base, Owned, owned
from storage.database import NetworkSession
from storage.networks import Network
from storage.scope import prepared


class Received(Owned, Base):
    __tablename__ = "inbox"
    __table_args__ = owned(
        UniqueConstraint("network_id", "event_id"),
        Index("ix_inbox_unhandled", "handled_at", "received_at"),
    )

    # The platform's event id, trigger id or view id: the same message never counts twice.
    event_id: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    # How often its handling was begun: at once when it is recorded, and each time a crash left it.
    attempts: Mapped[int] = mapped_column(default=1)
    # The message itself, until it is handled; None at once where the patient-data guard objects.
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    failure: Mapped[str] = mapped_column(String(200), default="")


_TAKE = prepared(
    update(Received)
    .where(Received.id == bindparam("received_id"), Received.handled_at.is_(None))
    .values(handled_at=bindparam("at"), payload=None)
    .returning(Received.id)
)


def receive(session: NetworkSession, event_id: str, payload: dict[str, Any] | None, *, at: datetime) -> int | None:
    """The id of the message recorded, or None when it was received already."""
    row = {"network_id": session.network_id, "event_id": event_id, "received_at": at, "payload": payload}
    statement = raw.insert_unknown(session, Received).returning(Received.id)
    return session.connection().execute(statement, row).scalar()


def take(session: NetworkSession, received_id: int, at: datetime) -> bool:
    """Note that a message is handled, and empty it; False when it was handled before.

    Whoever else would handle it waits until this transaction ends.
    """
    return session.scalar(_TAKE, {"received_id": received_id, "at": at}) is not None


def again(session: NetworkSession, received_id: int) -> None:
    """Let the same event come once more: a form that came back to its author may be sent in again."""
    row = session.get_one(Received, received_id)
    row.event_id = f"{row.event_id[:180]}#{row.id}"


def waiting(session: Session) -> int:
    """How many hold a message that is not handled yet, over all networks of a system session."""
    query = select(func.count()).select_from(Received).where(Received.handled_at.is_(None))
    return session.scalar(query.where(Received.payload.is_not(None))) or 0


def unhandled(session: Session, *, before: datetime, platform: str) -> Sequence[Received]:
    """What a crash left behind in the networks of a platform; `session` is a system session."""
    return session.scalars(
        select(Received)
        .join(Network, Network.id == Received.network_id)
        .where(Network.platform == platform)
        .where(Received.handled_at.is_(None), Received.payload.is_not(None), Received.received_at < before)
        .order_by(Received.id)
    ).all()


def begin_again(session: Session, received_id: int) -> None:
    """Count one more attempt at what a crash left; `session` is a system session."""
    change = update(Received).where(Received.id == received_id, Received.handled_at.is_(None))
    session.execute(change.values(attempts=Received.attempts + 1))


def set_aside(row: Received, at: datetime, reason: str) -> None:
    """Give it up: it is emptied like what is handled, and stays as a failure."""
    row.handled_at, row.payload, row.failure = at, None, f"set aside {reason}"


def known(session: Session, event_id: str) -> bool:
    """Whether this was received in the session's network."""
    return session.scalar(select(Received.id).where(Received.event_id == event_id)) is not None


def over(session: Session, *, handled_before: datetime, held_before: datetime, limit: int) -> Sequence[int]:
    """Ids of what nothing can ask for again: handled before one day, or without a message and from before another."""
    return session.scalars(
        select(Received.id)
        .where(
            or_(
                Received.handled_at < handled_before,
                and_(Received.handled_at.is_(None), Received.received_at < held_before, Received.payload.is_(None)),
            )
        )
        .limit(limit)
    ).all()


def remove(session: Session, ids: Sequence[int]) -> None:
    session.execute(delete(Received).where(Received.id.in_(ids)))
