"""Decisions: what a body settled, whether it still holds, and how it was settled."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import settled
from storage.base import Base, owned
from storage.settled import Settled, Status
from storage.visibility import Viewer, visible_to


class Decision(Settled, Base):
    __tablename__ = "decisions"
    __table_args__ = owned(*settled.constraints("decisions", "decided_on"))
    letter: ClassVar[str] = "D"
    day: ClassVar[str] = "decided_on"

    decided_on: Mapped[date]
    # Numbers under "for", "against", "abstention", "quorum" and "proxies", a word under "advice"; None: by consensus.
    vote: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def record(session: Session, *, text: str, decided_on: date, **columns: object) -> Decision:
    return settled.record(session, Decision(text=text, decided_on=decided_on, **columns))


def to_review(session: Session, viewer: Viewer, *, since: date = date.min, until: date) -> Sequence[Decision]:
    """In force, with a review day in [since, until]; the oldest day first."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.status == Status.IN_FORCE,
            Decision.review_on >= since,
            Decision.review_on <= until,
            visible_to(Decision, viewer),
        )
        .order_by(Decision.review_on, Decision.number)
        .limit(settled.MOST_REVIEWED)
    ).all()
