"""Directories on their way in: a file shown, confirmed, then taken in where nobody waits, and how far that is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ColumnElement, Index, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, choice, owned

# Whoever works on one says so at each chunk; silent for so long, it was stopped half-way.
SILENT: Final = timedelta(minutes=5)


class State(StrEnum):
    SHOWN = "shown"
    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class DirectoryImport(Owned, Base):
    """`columns`: heading -> field, as confirmed; `content` is emptied once it is taken in.

    `counts` holds read, added, changed, same, rejected; `changes` what changed of the first known offers:
    (name, field, before, after). `reason` is that of a file that could not be read.
    """

    __tablename__ = "directory_imports"
    __table_args__ = owned(
        belongs("member_id", "members", on_delete="CASCADE"), Index("ix_directory_imports_state", "network_id", "state")
    )

    member_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    headings: Mapped[list[str]] = mapped_column(default=list)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows: Mapped[int] = mapped_column(default=0)
    state: Mapped[State] = mapped_column(choice(State), default=State.SHOWN)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    rejects: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    reason: Mapped[str] = mapped_column(String(40), default="")
    told: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]


def show(
    session: Session, *, member_id: int, name: str, source: str, content: bytes, headings: Sequence[str],
    columns: dict[str, str], rows: int, at: datetime,
) -> DirectoryImport:  # fmt: skip
    """In place of what the same member was shown and did not confirm."""
    mine = (DirectoryImport.member_id == member_id) & (DirectoryImport.state == State.SHOWN)
    session.execute(delete(DirectoryImport).where(mine))
    row = DirectoryImport(
        member_id=member_id, name=name[:300], source=source[:100], content=content, headings=list(headings),
        columns=columns, rows=rows, created_at=at, touched_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _to_take_in(now: datetime) -> ColumnElement[bool]:
    """Confirmed, or stopped half-way."""
    stopped = (DirectoryImport.state == State.RUNNING) & (DirectoryImport.touched_at < now - SILENT)
    return (DirectoryImport.state == State.ASKED) | stopped


def networks_waiting(session: Session, now: datetime) -> Sequence[int]:
    """The networks in which something is to be taken in, asked of a system session."""
    query = select(DirectoryImport.network_id).where(_to_take_in(now)).distinct()
    return session.scalars(query.order_by(DirectoryImport.network_id)).all()


def waiting(session: Session, now: datetime) -> Sequence[DirectoryImport]:
    """Those to be taken in; the oldest first."""
    query = (
        select(DirectoryImport).where(_to_take_in(now)).order_by(DirectoryImport.id).with_for_update(skip_locked=True)
    )
    return session.scalars(query).all()


def untold(session: Session) -> Sequence[DirectoryImport]:
    """Those that ended, and whose person was not told yet."""
    ended = DirectoryImport.state.in_([State.DONE, State.FAILED])
    return session.scalars(select(DirectoryImport).where(ended, DirectoryImport.told.is_(False))).all()


def forget_before(session: Session, moment: datetime) -> None:
    """Erase files that nobody confirmed, and reports that were told."""
    old = (DirectoryImport.touched_at < moment) & DirectoryImport.state.not_in([State.ASKED, State.RUNNING])
    if session.scalar(select(DirectoryImport.id).where(old).limit(1)) is not None:
        session.execute(delete(DirectoryImport).where(old))
