"""Notices, what is owed to someone, and deliveries, the messages that carry them.

A notice is unique, so it is recorded once however often the bot wakes up; a delivery is claimed by one process at a
time, with a lease, so it is sent by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Index, String, Text, UniqueConstraint, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import raw
from storage.base import Base, Owned, belongs, choice, owned
from storage.channels import Channel
from storage.database import NetworkSession
from storage.members import Member

Recipient = tuple[Literal["member", "channel"], int]


class State(StrEnum):
    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    # Nothing of it was still true when it was to be sent.
    VOID = "void"
    # Tried as often as it is worth; shown to the coordinator.
    GIVEN_UP = "given_up"


class Notice(Owned, Base):
    """One thing owed to one recipient: this subject, this step, this version of its day."""

    __tablename__ = "notices"
    __table_args__ = owned(
        belongs("member_id", "members", on_delete="CASCADE"),
        belongs("channel_id", "channels", on_delete="CASCADE"),
        belongs("delivery_id", "deliveries"),
        UniqueConstraint("network_id", "recipient", "kind", "subject_id", "step", "version"),
        Index("ix_notices_due", "network_id", "delivery_id", "due_at"),
        Index("ix_notices_delivery", "delivery_id"),
        Index("ix_notices_dry_run", "network_id", "dry_run"),
    )

    # "member:12" or "channel:3": one text, so that uniqueness covers both kinds of recipient.
    recipient: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None]
    channel_id: Mapped[int | None]
    # The registered name of what words it, e.g. "commitment.before".
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    step: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(default=1)
    due_at: Mapped[datetime]
    delivery_id: Mapped[int | None]
    # When it was left out of its delivery because it no longer held.
    void_at: Mapped[datetime | None]
    # Shown to the coordinator alone, before the network started.
    dry_run: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Delivery(Owned, Base):
    __tablename__ = "deliveries"
    __table_args__ = owned(
        belongs("member_id", "members", on_delete="CASCADE"),
        belongs("channel_id", "channels", on_delete="CASCADE"),
        Index("ix_deliveries_state", "state", "next_try_at"),
    )

    member_id: Mapped[int | None]
    channel_id: Mapped[int | None]
    # An unguessable name for it, carried by the message, by which the platform can be asked whether it arrived.
    token: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[State] = mapped_column(choice(State), default=State.DUE)
    # Claimed: when the lease ends. Due or failed: not before.
    next_try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    # The last attempt may have arrived although it failed: ask the platform before sending again.
    ambiguous: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    # The platform's id of the message, once sent.
    message_id: Mapped[str] = mapped_column(String(200), default="")
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


OPEN = (State.DUE, State.CLAIMED, State.FAILED)


# What makes a notice one and the same, in its network.
ALIKE = ("recipient", "kind", "subject_id", "step", "version")


def record(session: NetworkSession, columns: Mapping[str, Any]) -> Notice:
    """One notice with the columns of `unrecorded`: the one that is there already, if it is."""
    known = session.scalar(select(Notice).where(*(getattr(Notice, name) == columns[name] for name in ALIKE)))
    if known is None:
        known = Notice(**columns)
        session.add(known)
        session.flush()
    return known


def put_off(
    session: Session, kinds: Iterable[str], subject_ids: Iterable[int], *, until: datetime, step: str | None = None
) -> None:
    """Let what nobody was told of yet be due at another moment."""
    ids = list(subject_ids)
    if not ids:
        return
    session.flush()
    change = update(Notice).where(
        Notice.kind.in_(list(kinds)),
        Notice.subject_id.in_(ids),
        Notice.delivery_id.is_(None),
        Notice.void_at.is_(None),
    )
    if step is not None:
        change = change.where(Notice.step == step)
    session.execute(change.values(due_at=until))


def about(session: Session, kind: str, subject_id: int) -> Sequence[Notice]:
    """Every notice of a kind about one subject."""
    return session.scalars(select(Notice).where(Notice.kind == kind, Notice.subject_id == subject_id)).all()


def waiting(session: Session, *, until: datetime) -> Sequence[Notice]:
    """Due by `until` and in no delivery yet, by recipient."""
    return session.scalars(
        select(Notice)
        .where(Notice.delivery_id.is_(None), Notice.void_at.is_(None), Notice.due_at <= until)
        .order_by(Notice.recipient, Notice.due_at, Notice.id)
    ).all()


def record_all(session: NetworkSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Record many at once; those recorded before are passed over. Each row has the columns of `unrecorded`."""
    if rows:
        shared = {"network_id": session.network_id, "created_at": session.now, "dry_run": False}
        session.connection().execute(raw.insert_unknown(session, Notice), [{**row, **shared} for row in rows])


def recipient(one: Member | Channel) -> Recipient:
    return ("member" if isinstance(one, Member) else "channel", one.id)


def unrecorded(
    recipient: Recipient, kind: str, subject_id: int, *, step: str, version: int, due_at: datetime
) -> Mapping[str, Any]:
    """The columns of a notice, for `record` and `record_all`."""
    name, holder_id = recipient
    return {
        "recipient": f"{name}:{holder_id}",
        "member_id": holder_id if name == "member" else None,
        "channel_id": holder_id if name == "channel" else None,
        "kind": kind,
        "subject_id": subject_id,
        "step": step,
        "version": version,
        "due_at": due_at,
    }


def previewed(session: Session) -> Sequence[Notice]:
    """Shown to the coordinator before the network started."""
    return session.scalars(select(Notice).where(Notice.dry_run, Notice.void_at.is_(None)).order_by(Notice.id)).all()


def joinable(session: Session) -> Sequence[Delivery]:
    """Those that surely did not leave yet: what else is due to the same recipient goes with them. Locked."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.state.in_((State.DUE, State.FAILED)), Delivery.ambiguous.is_(False))
        .with_for_update(skip_locked=True)
    ).all()


def carried(session: Session, delivery_ids: Iterable[int]) -> dict[int, list[Notice]]:
    """What each of these deliveries says, in the order in which it became due."""
    query = select(Notice).where(Notice.delivery_id.in_(list(delivery_ids)), Notice.void_at.is_(None))
    found: dict[int, list[Notice]] = {}
    for row in session.scalars(query.order_by(Notice.due_at, Notice.id)):
        found.setdefault(row.delivery_id or 0, []).append(row)
    return found


def carried_by(session: Session, delivery_id: int) -> Sequence[Notice]:
    return session.scalars(
        select(Notice)
        .where(Notice.delivery_id == delivery_id, Notice.void_at.is_(None))
        .order_by(Notice.due_at, Notice.id)
    ).all()


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Delivery]:
    """Locked: nobody else writes them meanwhile."""
    query = select(Delivery).where(Delivery.id.in_(list(ids))).order_by(Delivery.id).with_for_update()
    return {row.id: row for row in session.scalars(query)}


def settle(session: Session, delivery_id: int, attempt: int, **columns: Any) -> None:
    """Write what became of an attempt; nothing happens when another process has taken the delivery since."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.attempts == attempt, Delivery.state == State.CLAIMED)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )


def release(session: Session, delivery_id: int) -> None:
    """Take its notices out of a delivery, so that they are put into another one."""
    for row in carried_by(session, delivery_id):
        row.delivery_id = None
    session.flush()


def claim(
    session: Session, *, now: datetime, lease: timedelta, limit: int, network_ids: Iterable[int]
) -> Sequence[Delivery]:
    """Take what is to be sent in these networks, so that no other process takes it before the lease ends.

    `session` is a system session; a delivery whose lease ran out comes back as ambiguous.
    """
    deliveries = session.scalars(
        select(Delivery)
        .where(Delivery.state.in_(OPEN), Delivery.next_try_at <= now, Delivery.network_id.in_(list(network_ids)))
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for delivery in deliveries:
        delivery.ambiguous = delivery.ambiguous or delivery.state is State.CLAIMED
        delivery.state = State.CLAIMED
        delivery.next_try_at = now + lease
        delivery.attempts += 1
    return deliveries


def by_state(session: Session) -> dict[str, int]:
    """How many deliveries there are in each state, over all networks of a system session."""
    counts = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    return {state.value: 0 for state in State} | {state.value: count for state, count in counts}


def in_trouble(session: Session) -> Sequence[Delivery]:
    """Failed or given up, newest first: what the coordinator is shown."""
    return session.scalars(
        select(Delivery)
        .where(or_(Delivery.state == State.GIVEN_UP, Delivery.state == State.FAILED))
        .order_by(Delivery.id.desc())
        .limit(50)
    ).all()


def reached(session: Session, kind: str, subject_id: int, *, step: str, version: int) -> frozenset[int]:
    """Ids of the members to whom this was delivered."""
    return frozenset(
        session.scalars(
            select(Notice.member_id)
            .join(Delivery, Delivery.id == Notice.delivery_id)
            .where(
                Notice.kind == kind,
                Notice.subject_id == subject_id,
                Notice.step == step,
                Notice.version == version,
                # What went to the coordinator to be passed on has not reached them.
                Notice.member_id == Delivery.member_id,
                Notice.dry_run.is_(False),
                Notice.void_at.is_(None),
                Delivery.state == State.SENT,
            )
        )
    )
