"""How the columns of somebody's files were confirmed to be read, for the next file of theirs."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, owned


class OfferMapping(Owned, Base):
    """How the columns of a source's files were confirmed to be read: column -> field."""

    __tablename__ = "offer_mappings"
    __table_args__ = owned(UniqueConstraint("network_id", "source"))

    source: Mapped[str] = mapped_column(String(100))
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)


def mapping_of(session: Session, source: str) -> dict[str, str] | None:
    """The columns as they were confirmed for files of this source."""
    row = session.scalar(select(OfferMapping).where(OfferMapping.source == source))
    return dict(row.columns) if row is not None else None


def keep_mapping(session: Session, source: str, columns: Mapping[str, str]) -> None:
    row = session.scalar(select(OfferMapping).where(OfferMapping.source == source))
    if row is None:
        row = OfferMapping(source=source)
        session.add(row)
    row.columns = dict(columns)
