"""Workspaces that installed the bot, each with its secrets sealed; they belong to the installation, not to a network.

Read and written with a system session.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Installation(Base):
    """One kind of secret of one workspace: the bot's installation, a person's, or the app's own credentials."""

    __tablename__ = "installations"
    __table_args__ = (UniqueConstraint("platform", "kind", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    # "enterprise/team", with "" for what there is none of.
    external_id: Mapped[str] = mapped_column(String(200))
    sealed: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


def keep(session: Session, platform: str, kind: str, external_id: str, sealed: str, *, at: datetime) -> None:
    """A new one, or the newer one of the same workspace: who installs again replaces what was there."""
    row = find(session, platform, kind, external_id)
    if row is None:
        row = Installation(platform=platform, kind=kind, external_id=external_id, sealed=sealed, updated_at=at)
        session.add(row)
    row.sealed, row.updated_at = sealed, at
    session.flush()


def find(session: Session, platform: str, kind: str, external_id: str) -> Installation | None:
    return session.scalar(
        select(Installation).where(
            Installation.platform == platform, Installation.kind == kind, Installation.external_id == external_id
        )
    )


def every(session: Session, platform: str, kind: str) -> Sequence[Installation]:
    return session.scalars(
        select(Installation)
        .where(Installation.platform == platform, Installation.kind == kind)
        .order_by(Installation.id)
    ).all()


def forget(session: Session, platform: str, kind: str, external_id: str) -> None:
    session.execute(
        delete(Installation).where(
            Installation.platform == platform, Installation.kind == kind, Installation.external_id == external_id
        )
    )
