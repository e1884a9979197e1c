"""Needs: questions that found no good offer, stripped of personal data before they come here.

Their words are for the coordinator alone and are erased after 90 days. What they were about is published once a month,
in cells of five questions at least. A question is counted in one published cell, once and for all: no two publications,
and no total, can be subtracted from each other to tell what a smaller number of people asked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Index, String, Text, bindparam, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, belongs, owned
from storage.offers import Offer
from storage.scope import prepared

WORDS_DAYS: Final = 90
FEWEST: Final = 5
PATIENCE_MONTHS: Final = 3
MERGED: Final = ""


class Need(Owned, Base):
    """A question without a good answer.

    `commune` is a gazetteer code or "", `kind` one of the offers' kinds or "other"; `why`: topic, place, age or
    unhelpful ("not what I needed"). Of when it was asked only the day is kept, and nothing of who asked. `cell_id` is
    the published cell that counts it.
    """

    __tablename__ = "needs"
    __table_args__ = owned(
        belongs("cell_id", "need_cells"),
        Index("ix_needs_asked", "network_id", "asked_on"),
        Index("ix_needs_cell", "network_id", "cell_id"),
    )

    asked_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(40), default="other")
    themes: Mapped[list[str]] = mapped_column(default=list)
    commune: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(5), default="")
    ages: Mapped[str] = mapped_column(String(20), default="")
    why: Mapped[str] = mapped_column(String(20), default="topic")
    cell_id: Mapped[int | None]


class NeedCell(Owned, Base):
    """A number that was published for a month; kind and commune are MERGED where there were too few.

    `count` is FEWEST at least, or 0 for a month that had nothing to tell.
    """

    __tablename__ = "need_cells"
    __table_args__ = owned(Index("ix_need_cells_month", "network_id", "month"))

    # The first day of the month in which it was published.
    month: Mapped[date]
    kind: Mapped[str] = mapped_column(String(40))
    commune: Mapped[str] = mapped_column(String(20))
    count: Mapped[int]


def record(session: Session, *, on: date, words: str, **columns: object) -> Need | None:
    """`words` must hold no personal data: the caller has stripped them. The same words on one day count once."""
    known = session.scalar(select(Need.id).where(Need.asked_on == on, Need.words == words).limit(1))
    if known is not None:
        return None
    need = Need(asked_on=on, words=words, **columns)
    session.add(need)
    session.flush()
    return need


_FORGET_WORDS = prepared(
    update(Need)
    .where(Need.asked_on < bindparam("before"), Need.words != "")
    .values(words="", ages="", language="", themes=[])
)


def since(session: Session, start: date, *, limit: int = 500) -> Sequence[Need]:
    """Newest first; for the coordinator alone, since it holds the questions' words."""
    return session.scalars(
        select(Need).where(Need.asked_on >= start).order_by(Need.asked_on.desc(), Need.id.desc()).limit(limit)
    ).all()


def forget_words(session: Session, today: date) -> None:
    """Erase the words of needs older than WORDS_DAYS, and what else only told them apart."""
    session.execute(_FORGET_WORDS, {"before": today - timedelta(days=WORDS_DAYS)})


def published(session: Session, *, since: date, until: date) -> Sequence[NeedCell]:
    """The cells of the months from `since` up to and with `until`."""
    return session.scalars(
        select(NeedCell)
        .where(NeedCell.month >= since, NeedCell.month <= until, NeedCell.count > 0)
        .order_by(NeedCell.id)
    ).all()


def last_month(session: Session) -> date | None:
    """The newest month that was looked at for publication; None before the first."""
    return session.scalar(select(func.max(NeedCell.month)))


def publish(session: Session, month: date) -> list[NeedCell]:
    """Count what was asked before the end of that month and is in no cell yet; what is still too little waits.

    A kind in a commune is told once it was asked FEWEST times. What has waited for PATIENCE_MONTHS is merged: with the
    rest of its kind, else with the rest; a rest too small waits on.
    """
    rows = session.scalars(
        select(Need).where(Need.cell_id.is_(None), Need.asked_on < month_after(month)).order_by(Need.id)
    ).all()
    patience = month
    for _nth in range(PATIENCE_MONTHS - 1):
        patience = month_before(patience)
    cells = []
    for (kind, commune), members in grouped(rows, patience):
        cell = NeedCell(month=month, kind=kind, commune=commune, count=len(members))
        session.add(cell)
        session.flush()
        for row in members:
            row.cell_id = cell.id
        cells.append(cell)
    if not cells:
        # A month without anything to tell has been looked at too.
        session.add(NeedCell(month=month, kind=MERGED, commune=MERGED, count=0))
    session.flush()
    return cells


def grouped(rows: Iterable[Need], patience: date) -> list[tuple[tuple[str, str], list[Need]]]:
    """Groups of FEWEST rows at least, no row in two of them; rows asked from `patience` on are not merged."""
    pairs: Groups = {}
    for row in rows:
        pairs.setdefault((row.kind, row.commune), []).append(row)
    shown, pairs = _large(pairs)
    kinds: Groups = {}
    for (kind, _commune), members in pairs.items():
        waited = [row for row in members if row.asked_on < patience]
        if waited:
            kinds.setdefault((kind, MERGED), []).extend(waited)
    # What was asked of no place in particular, if much, is where a kind's small places go.
    for key in kinds.keys() & shown.keys():
        shown[key].extend(kinds.pop(key))
    more, kinds = _large(kinds)
    shown |= more
    rest = [row for members in kinds.values() for row in members]
    if len(rest) >= FEWEST:
        shown.setdefault((MERGED, MERGED), []).extend(rest)
    return sorted(shown.items())


Groups = dict[tuple[str, str], list[Need]]


def _large(groups: Groups) -> tuple[Groups, Groups]:
    large = {key: rows for key, rows in groups.items() if len(rows) >= FEWEST}
    return large, {key: rows for key, rows in groups.items() if key not in large}


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def offered(session: Session) -> Counter[tuple[str, str]]:
    """How many offers there are of each kind in each commune or said to cover it; under MERGED, of the kind in all."""
    counted: Counter[tuple[str, str]] = Counter()
    query = select(Offer.kind, Offer.commune, Offer.zone_codes).where(Offer.withdrawn_at.is_(None))
    for kind, commune, zone in session.execute(query):
        for place in {MERGED, commune, *zone}:
            counted[kind, place] += 1
        counted[MERGED, MERGED] += 1
    return counted
