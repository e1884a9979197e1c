"""What a body settles: the columns and queries that decisions and agreements share."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import ColumnElement, Index, Select, String, Text, UniqueConstraint, case, func, literal, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, validates

from storage.base import Journaled, belongs, choice
from storage.folding import folded
from storage.networks import next_number
from storage.visibility import Viewer, Visible, visible_to

# More than anybody reads through.
MOST_FOUND = 100
MOST_REVIEWED = 200


class Status(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    REJECTED = "rejected"
    # By its author, before anybody settled it.
    WITHDRAWN = "withdrawn"


class Settled(Journaled, Visible):
    """Proposed, then in force, then replaced or ended; `letter` and `day` name its reference and its own day."""

    unjournaled: ClassVar[frozenset[str]] = frozenset({"searched", "recalled_on"})
    letter: ClassVar[str]
    day: ClassVar[str]

    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    # The text as it is searched.
    searched: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.PROPOSED)
    # Counts the changes of what it says: a button speaks of one version.
    version: Mapped[int] = mapped_column(default=1)
    meeting_id: Mapped[int | None]
    review_on: Mapped[date | None]
    # The review day that the body was asked about; it is asked once about each.
    recalled_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    superseded_by_id: Mapped[int | None]
    # Who confirmed it and when; a proposal has neither, what silence settled has no one.
    settled_by_id: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    # A proposal put to consent is in force after this day when everyone it needs was reached and nobody objected.
    consent_until: Mapped[date | None]
    # Who put it to consent, and gets it back when it does not pass.
    facilitator_id: Mapped[int | None]
    # Said by whoever ended it or did not retain it.
    note: Mapped[str] = mapped_column(Text, default="")
    # Where it comes from: a link to the message, and the exact words there.
    permalink: Mapped[str] = mapped_column(String(500), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    @property
    def ref(self) -> str:
        return f"{self.letter}-{self.number}"

    @property
    def made_on(self) -> date:
        """The day it was decided or agreed."""
        made: date = getattr(self, self.day)
        return made

    @validates("text")
    def _search(self, _name: str, text: str) -> str:
        self.searched = folded(text)
        return text


def constraints(table: str, day: str) -> tuple[Any, ...]:
    """What the shared columns owe other tables, and how they are looked for."""
    return (
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        belongs("meeting_id", "meetings"),
        belongs("superseded_by_id", table),
        belongs("facilitator_id", "members"),
        UniqueConstraint("network_id", "number"),
        Index(f"ix_{table}_status", "network_id", "status", day),
        Index(f"ix_{table}_review", "network_id", "review_on"),
        Index(f"ix_{table}_settled", "network_id", "settled_at"),
        Index(f"ix_{table}_consent", "network_id", "consent_until"),
        Index(f"ix_{table}_superseded", "network_id", "superseded_by_id"),
        Index(f"ix_{table}_meeting", "network_id", "meeting_id"),
    )


Record = TypeVar("Record", bound=Settled)


def record(session: Session, row: Record) -> Record:
    """Number a new row and save it."""
    row.number = next_number(session, row.letter)
    session.add(row)
    session.flush()
    return row


def by_number(session: Session, model: type[Record], number: int) -> Record | None:
    return session.scalar(select(model).where(model.number == number))


def numbered(session: Session, model: type[Record], numbers: Iterable[int]) -> Sequence[Record]:
    return session.scalars(select(model).where(model.number.in_(list(numbers))).order_by(model.number)).all()


def seen(model: type[Record], viewer: Viewer, *criteria: ColumnElement[bool]) -> Select[Record]:
    """A query for those of the criteria that the viewer may see, newest first."""
    return (
        select(model)
        .where(visible_to(model, viewer), *criteria)
        .order_by(getattr(model, model.day).desc(), model.number.desc())
    )


def listed(
    session: Session,
    model: type[Record],
    viewer: Viewer,
    *,
    statuses: Iterable[Status] = (Status.IN_FORCE,),
    body_id: int | None = None,
    limit: int,
) -> Sequence[Record]:
    """Newest first; of one body, or of all."""
    query = seen(model, viewer, model.status.in_(list(statuses)))
    if body_id is not None:
        query = query.where(model.body_id == body_id)
    return session.scalars(query.limit(limit)).all()


def of_meeting(session: Session, model: type[Record], meeting_id: int) -> Sequence[Record]:
    """What a meeting gave, in the order of the references."""
    return session.scalars(select(model).where(model.meeting_id == meeting_id).order_by(model.number)).all()


def count(session: Session, model: type[Record], viewer: Viewer, *criteria: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(model.id)).where(visible_to(model, viewer), *criteria)) or 0


def between(
    session: Session, model: type[Record], viewer: Viewer, *, since: datetime, until: datetime
) -> Sequence[Record]:
    """Those that came into force in [since, until), in order."""
    return session.scalars(
        select(model)
        .where(model.settled_at >= since, model.settled_at < until, visible_to(model, viewer))
        .order_by(model.settled_at, model.number)
    ).all()


def predecessors(session: Session, row: Record) -> Sequence[Record]:
    """Those that this one replaced."""
    model = type(row)
    return session.scalars(select(model).where(model.superseded_by_id == row.id).order_by(model.number)).all()


def reviewed(session: Session, model: type[Record], *, since: date, until: date) -> Sequence[Record]:
    """In force, with a review day in [since, until] that was not recalled yet, whoever may see them."""
    fresh = or_(model.recalled_on.is_(None), model.recalled_on != model.review_on)
    return session.scalars(
        select(model)
        .where(model.status == Status.IN_FORCE, model.review_on >= since, model.review_on <= until, fresh)
        .order_by(model.review_on, model.number)
    ).all()


def told(session: Session, model: type[Record]) -> set[tuple[str, date]]:
    """What each says, as it is searched, and its day: to know one again."""
    rows = session.execute(select(model.searched, getattr(model, model.day)))
    return {(text, day) for text, day in rows}


def containing(
    session: Session,
    model: type[Record],
    viewer: Viewer,
    words: Sequence[str],
    *,
    also: Sequence[ColumnElement[bool]] = (),
) -> Sequence[Record]:
    """Those holding any of these folded words or meeting a criterion of `also`; most words first, then newest."""
    found = [*(model.searched.contains(folded(word), autoescape=True) for word in words), *also]
    if not found:
        return session.scalars(seen(model, viewer).limit(MOST_FOUND)).all()
    hits: ColumnElement[int] = sum((case((criterion, 1), else_=0) for criterion in found), literal(0))
    query = select(model).where(visible_to(model, viewer), or_(*found))
    newest = (getattr(model, model.day).desc(), model.number.desc())
    return session.scalars(query.order_by(hits.desc(), *newest).limit(MOST_FOUND)).all()
