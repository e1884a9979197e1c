"""Commitments: what a partner will do, by which day, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    event,
    inspect,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Mapper, Session, foreign, mapped_column, object_session, relationship

from storage.base import MANY, Base, Journaled, Owned, belongs, choice, fetched, owned
from storage.members import Absence, Member
from storage.networks import Network, next_number
from storage.visibility import Viewer, Visible, visible_to


class Status(StrEnum):
    """PROPOSED waits for its owner's yes; OPEN is accepted."""

    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


ALIVE = (Status.PROPOSED, Status.OPEN)


class Commitment(Journaled, Visible, Base):
    __tablename__ = "commitments"
    __table_args__ = owned(
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        belongs("meeting_id", "meetings"),
        UniqueConstraint("network_id", "number"),
        Index("ix_commitments_next_step", "network_id", "next_step_at"),
        Index("ix_commitments_due", "network_id", "status", "due_on"),
        Index("ix_commitments_closed", "network_id", "closed_at"),
        Index("ix_commitments_meeting", "network_id", "meeting_id"),
    )
    unjournaled: ClassVar[frozenset[str]] = frozenset({"next_step_at"})

    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.PROPOSED)
    meeting_id: Mapped[int | None]
    due_on: Mapped[date | None]
    due_at: Mapped[time | None]
    # The words the day was read from.
    due_words: Mapped[str] = mapped_column(String(200), default="")
    # Counts the changes of the day owed: a reminder is of one version.
    version: Mapped[int] = mapped_column(default=1)
    # The next instant at which something may be owed about it; None when nothing is. After a change it is that of the
    # change: the steps are worked out afresh, and those already past are not owed.
    next_step_at: Mapped[datetime | None]
    # No reminders: imported when already late, or silenced by the coordinator.
    muted: Mapped[bool] = mapped_column(default=False)
    help_wanted: Mapped[bool] = mapped_column(default=False)
    help_note: Mapped[str] = mapped_column(Text, default="")
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    # The last word said about it: by whoever closed, refused or withdrew it, or asked how it goes.
    note: Mapped[str] = mapped_column(Text, default="")
    permalink: Mapped[str] = mapped_column(String(500), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    owner_rows: Mapped[list["Owner"]] = relationship(
        primaryjoin=lambda: and_(
            Commitment.id == foreign(Owner.commitment_id), Commitment.network_id == foreign(Owner.network_id)
        ),
        order_by=lambda: (Owner.deputy, Owner.id),
        viewonly=True,
    )

    @property
    def concerned(self) -> frozenset[int]:
        return frozenset(row.member_id for row in self.owner_rows if row.member_id is not None)

    @property
    def ref(self) -> str:
        return f"E-{self.number}"

    @property
    def alive(self) -> bool:
        return self.status in ALIVE

    @property
    def remindable(self) -> bool:
        return self.alive and self.due_on is not None and not self.muted


class Owner(Journaled, Base):
    """A partner, a member, or a member for their partner, who answers for it; a deputy steps in when they are away."""

    __tablename__ = "commitment_owners"
    __table_args__ = owned(
        belongs("commitment_id", "commitments", on_delete="CASCADE"),
        belongs("partner_id", "partners"),
        belongs("member_id", "members"),
        Index("ix_commitment_owners_member", "network_id", "member_id"),
        Index("ix_commitment_owners_partner", "network_id", "partner_id"),
        Index("ix_commitment_owners_commitment", "network_id", "commitment_id"),
    )

    commitment_id: Mapped[int]
    partner_id: Mapped[int | None]
    member_id: Mapped[int | None]
    deputy: Mapped[bool] = mapped_column(default=False)
    # Their yes; None until they have answered.
    accepted_at: Mapped[datetime | None]
    # The owner row whose place this one would take: it is proposed to them, and they have not answered yet.
    replaces_id: Mapped[int | None]


class Postponement(Journaled, Base):
    """One change of the day owed: the history of a promise."""

    __tablename__ = "postponements"
    __table_args__ = owned(
        belongs("commitment_id", "commitments", on_delete="CASCADE"),
        belongs("member_id", "members"),
    )

    commitment_id: Mapped[int]
    member_id: Mapped[int | None]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


def record(session: Session, *, text: str, owners: Iterable[Owner], **columns: object) -> Commitment:
    """`owners` are unsaved Owner rows; their commitment is filled in here."""
    commitment = Commitment(number=next_number(session, "E"), text=text, **columns)
    session.add(commitment)
    session.flush()
    for owner in owners:
        owner.commitment_id = commitment.id
        session.add(owner)
    session.flush()
    return commitment


def by_number(session: Session, number: int) -> Commitment | None:
    return session.scalar(select(Commitment).where(Commitment.number == number))


def told(session: Session) -> set[tuple[str, date | None]]:
    """What each says and its day: to know one again."""
    return {(text, day) for text, day in session.execute(select(Commitment.text, Commitment.due_on))}


def owners(session: Session, commitment_id: int) -> Sequence[Owner]:
    """In the order they were named, deputies last."""
    return session.scalars(
        select(Owner).where(Owner.commitment_id == commitment_id).order_by(Owner.deputy, Owner.id)
    ).all()


def owners_of(session: Session, commitment_ids: Iterable[int]) -> dict[int, list[Owner]]:
    """The same for many at once."""
    found: dict[int, list[Owner]] = {}
    ids = list(commitment_ids)
    preloaded: Preloaded | None = session.info.get(PRELOADED)
    if preloaded is not None and preloaded.rows.keys() >= set(ids):
        return {id_: preloaded.owners[id_] for id_ in ids if id_ in preloaded.owners}
    for start in range(0, len(ids), MANY):
        rows = session.scalars(
            select(Owner)
            .where(Owner.commitment_id.in_(ids[start : start + MANY]))
            .order_by(Owner.commitment_id, Owner.deputy, Owner.id)
        )
        for row in rows:
            found.setdefault(row.commitment_id, []).append(row)
    return found


def by_ids(session: Session, ids: Iterable[int]) -> Sequence[Commitment]:
    """By day owed."""
    rows = fetched(session, Commitment, ids).values()
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.number))


@dataclass(frozen=True, slots=True)
class Preloaded:
    rows: dict[int, Commitment]
    owners: dict[int, list[Owner]]


PRELOADED = "commitments.preloaded"


def preload(session: Session, ids: Iterable[int]) -> None:
    """Load these with their owners, for a session that changes neither: they are not asked for again."""
    before: Preloaded | None = session.info.pop(PRELOADED, None)
    rows = fetched(session, Commitment, {*ids, *(before.rows if before else ())})
    session.info[PRELOADED] = Preloaded(rows, owners_of(session, rows))


def postponements(session: Session, commitment_id: int) -> Sequence[Postponement]:
    return session.scalars(
        select(Postponement).where(Postponement.commitment_id == commitment_id).order_by(Postponement.id)
    ).all()


def owned_by(member_ids: Iterable[int] = (), partner_ids: Iterable[int] = ()) -> Select[int]:
    """Ids of the commitments that any of these answer for."""
    return select(Owner.commitment_id).where(
        or_(Owner.member_id.in_(list(member_ids)), Owner.partner_id.in_(list(partner_ids)))
    )


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """As `visible_to`; one's own in any case, and proposals by their owner, their author and the coordinator alone."""
    if viewer.member_id is None:
        return and_(Commitment.status != Status.PROPOSED, visible_to(Commitment, viewer))
    own = Commitment.id.in_(owned_by([viewer.member_id]))
    if viewer.coordinator:
        return or_(visible_to(Commitment, viewer), own)
    settled = or_(Commitment.status != Status.PROPOSED, Commitment.author_id == viewer.member_id)
    return or_(and_(settled, visible_to(Commitment, viewer)), own)


def unanswered_by_organisations(session: Session) -> Sequence[Commitment]:
    """Those alive that were proposed to an organisation, of which nobody has answered yet."""
    asked = select(Owner.commitment_id).where(
        Owner.partner_id.is_not(None), Owner.member_id.is_(None), Owner.accepted_at.is_(None), ~Owner.deputy
    )
    query = select(Commitment).where(Commitment.status.in_(ALIVE), Commitment.id.in_(asked)).order_by(Commitment.id)
    return session.scalars(query).all()


def listed(
    session: Session,
    viewer: Viewer,
    *,
    statuses: Iterable[Status] = ALIVE,
    body_id: int | None = None,
    of: Select[int] | None = None,
    due_from: date | None = None,
    due_until: date | None = None,
    limit: int = 200,
) -> Sequence[Commitment]:
    """By day owed, those without one last. A proposal is seen by its owner, its author and the coordinator alone."""
    query = select(Commitment).where(Commitment.status.in_(list(statuses)), seen_by(viewer))
    if body_id is not None:
        query = query.where(Commitment.body_id == body_id)
    if of is not None:
        query = query.where(Commitment.id.in_(of))
    if due_from is not None:
        query = query.where(Commitment.due_on >= due_from)
    if due_until is not None:
        query = query.where(Commitment.due_on <= due_until)
    order = (Commitment.due_on.is_(None), Commitment.due_on, Commitment.number)
    return session.scalars(query.order_by(*order).limit(limit)).all()


def closed_between(session: Session, viewer: Viewer, *, since: datetime, until: datetime) -> Sequence[Commitment]:
    """Kept (done) in [since, until), in order."""
    return session.scalars(
        select(Commitment)
        .where(
            Commitment.status == Status.DONE,
            Commitment.closed_at >= since,
            Commitment.closed_at < until,
            visible_to(Commitment, viewer),
        )
        .order_by(Commitment.closed_at, Commitment.number)
    ).all()


def stepping(session: Session, *, until: datetime, limit: int = 5000) -> Sequence[Commitment]:
    """Those about which something may be owed by `until`, by the index on (network, next_step_at)."""
    return session.scalars(
        select(Commitment)
        .where(Commitment.next_step_at <= until)
        .order_by(Commitment.next_step_at, Commitment.id)
        .limit(limit)
    ).all()


def _now(row: object) -> datetime | None:
    """The time of the session that writes the row; None in one without a clock of its own."""
    return getattr(object_session(row), "now", None)


@event.listens_for(Commitment, "before_insert")
@event.listens_for(Commitment, "before_update")
def _plan_again(_mapper: Mapper[Commitment], _connection: Connection, row: Commitment) -> None:
    """Whoever changes a commitment, undo too, its steps are worked out afresh at the next look."""
    attributes = inspect(row).attrs
    changed = {one.key for one in inspect(Commitment).column_attrs if attributes[one.key].history.has_changes()}
    if changed <= {"next_step_at"}:
        return
    now = _now(row) or row.created_at
    if not row.remindable:
        row.next_step_at = None
    elif row.next_step_at is None or row.next_step_at > now:
        row.next_step_at = now


@event.listens_for(Owner, "after_insert")
@event.listens_for(Owner, "after_update")
@event.listens_for(Owner, "after_delete")
def _owner_changed(_mapper: Mapper[Owner], connection: Connection, row: Owner) -> None:
    _look_again(connection, row, Commitment.id == row.commitment_id)


@event.listens_for(Absence, "after_insert")
@event.listens_for(Absence, "after_update")
@event.listens_for(Absence, "after_delete")
def _absence_changed(_mapper: Mapper[Absence], connection: Connection, row: Absence) -> None:
    owned_ids = select(Owner.commitment_id).where(Owner.network_id == row.network_id, Owner.member_id == row.member_id)
    _look_again(connection, row, Commitment.id.in_(owned_ids))


@event.listens_for(Member, "after_update")
def _member_changed(_mapper: Mapper[Member], connection: Connection, row: Member) -> None:
    if _changed(row, "timezone", "partner_id", "active"):
        owned_ids = select(Owner.commitment_id).where(Owner.network_id == row.network_id, Owner.member_id == row.id)
        _look_again(connection, row, Commitment.id.in_(owned_ids))


@event.listens_for(Network, "after_update")
def _rules_changed(_mapper: Mapper[Network], connection: Connection, row: Network) -> None:
    if _changed(row, "settings", "country", "timezone"):
        _look_again(connection, row)


def _changed(row: object, *names: str) -> bool:
    return any(inspect(row).attrs[name].history.has_changes() for name in names)


def _look_again(connection: Connection, row: Owned | Network, *criteria: ColumnElement[bool]) -> None:
    network_id = row.id if isinstance(row, Network) else row.network_id
    now = _now(row)
    if now is not None:
        connection.execute(
            update(Commitment)
            .where(Commitment.network_id == network_id, Commitment.next_step_at > now, *criteria)
            .values(next_step_at=now)
        )


def of_meeting(session: Session, meeting_id: int) -> Sequence[Commitment]:
    """What a meeting gave, in the order of the references."""
    return session.scalars(
        select(Commitment).where(Commitment.meeting_id == meeting_id).order_by(Commitment.number)
    ).all()
