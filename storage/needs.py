"""Needs: questions that found no good offer, stripped of personal data before they come here.

Their words are for the coordinator alone and are erased after 90 days; what they were about stays, and is only ever
shown
in numbers large enough that nobody can be recognised.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Index, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, owned

WORDS_DAYS: Final = 90
FEWEST: Final = 5
MERGED: Final = ""


class Need(Owned, Base):
    """A question without a good answer.

    `commune` is a gazetteer code or "", `kind` one of the offers' kinds or "other"; `why`: topic, place, age,
    outside
    or unhelpful ("not what I needed").
    """

    __tablename__ = "needs"
    __table_args__ = owned(Index("ix_needs_asked", "network_id", "asked_at"))

    asked_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(40), default="other")
    themes: Mapped[list[str]] = mapped_column(default=list)
    commune: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(5), default="")
    ages: Mapped[str] = mapped_column(String(20), default="")
    why: Mapped[str] = mapped_column(String(20), default="topic")


@dataclass(frozen=True, slots=True)
class Cell:
    """`commune` and `kind` are MERGED where too few were counted; `count` is FEWEST at least, or 0 when hidden."""

    kind: str
    commune: str
    count: int


def record(session: Session, *, at: datetime, words: str, **columns: object) -> Need:
    """`words` must hold no personal data: the caller has stripped them."""
    need = Need(asked_at=at, words=words, **columns)
    session.add(need)
    session.flush()
    return need


def since(session: Session, start: datetime) -> Sequence[Need]:
    """Newest first; for the coordinator alone, since it holds the questions' words."""
    return session.scalars(
        select(Need).where(Need.asked_at >= start).order_by(Need.asked_at.desc(), Need.id.desc())
    ).all()


def forget_words(session: Session, now: datetime) -> None:
    """Erase the words of needs older than WORDS_DAYS."""
    old = now - timedelta(days=WORDS_DAYS)
    session.execute(update(Need).where(Need.asked_at < old, Need.words != "").values(words=""))


def table(session: Session, start: datetime) -> list[Cell]:
    """Needs by kind and commune, the most frequent first.

    A pair counted fewer than FEWEST times is merged into its kind, a kind still too small into the rest, and a rest too
    small is not shown.
    """
    pairs = Counter(
        (kind, commune)
        for kind, commune in session.execute(select(Need.kind, Need.commune).where(Need.asked_at >= start))
    )
    shown: Counter[tuple[str, str]] = Counter()
    merged: Counter[str] = Counter()
    for (kind, commune), times in pairs.items():
        if times >= FEWEST:
            shown[kind, commune] += times
        else:
            merged[kind] += times
    rest = 0
    for kind, times in merged.items():
        if times >= FEWEST:
            shown[kind, MERGED] += times
        else:
            rest += times
    if rest >= FEWEST:
        shown[MERGED, MERGED] += rest
    return [
        Cell(kind, commune, times)
        for (kind, commune), times in sorted(shown.items(), key=lambda item: (-item[1], item[0]))
    ]
