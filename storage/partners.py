"""Partners: the organisations of a network, and the names they go by."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Journaled, fetched, owned


class Partner(Journaled, Base):
    __tablename__ = "partners"
    __table_args__ = owned()

    name: Mapped[str] = mapped_column(String(200))
    # Other names and acronyms people use for it.
    aliases: Mapped[list[str]] = mapped_column(default=list)
    kind: Mapped[str] = mapped_column(String(60), default="")
    commune: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


def active(session: Session) -> Sequence[Partner]:
    """Alphabetical."""
    return session.scalars(select(Partner).where(Partner.active).order_by(Partner.name)).all()


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Partner]:
    return fetched(session, Partner, ids)


def by_name(session: Session, name: str) -> Partner | None:
    return session.scalar(select(Partner).where(Partner.name == name))


def record(session: Session, *, name: str, **columns: object) -> Partner:
    partner = Partner(name=name, **columns)
    session.add(partner)
    session.flush()
    return partner
