"""Offers: who offers what, for whom, where, when and at what price, kept true by the person who answers for each.

Every change of an offer takes the network's next stamp, whoever makes it: what was changed after a stamp is what an
index has still to read. Vectors of meaning are kept by the text they were made from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from storage.base import Base, Journaled, Owned, belongs, owned
from storage.database import NetworkSession
from storage.networks import next_number, next_numbers
from storage.raw import insert_rows

UNKNOWN_AGE: Final = -1
CHUNK: Final = 500
MOST_CHANGED: Final = 200


class Offer(Journaled, Base):
    """Ages are UNKNOWN_AGE, `free`, `evening`, `weekend` None, texts "" where nobody said.

    `hours` is in OSM's opening_hours syntax; `commune` a code of the gazetteer ("BE:81001"), `zone` what was written,
    `zone_codes` what it stands for; `names` (others than `name`) and `descriptions` by language; `capacity` is "",
    "open", "waiting" or "full"; `by_hand` says on which day somebody here last wrote a field that imports write too;
    `verify_at` is when its keeper should next say whether it still holds.
    """

    __tablename__ = "offers"
    __table_args__ = owned(
        belongs("partner_id", "partners"),
        belongs("keeper_id", "members"),
        belongs("verified_by_id", "members"),
        UniqueConstraint("network_id", "number"),
        Index("ix_offers_external", "network_id", "source", "external_id"),
        Index("ix_offers_stamp", "network_id", "stamp"),
        Index("ix_offers_keeper", "network_id", "keeper_id"),
        Index("ix_offers_verify", "network_id", "verify_at"),
    )
    unjournaled: ClassVar[frozenset[str]] = frozenset({"stamp", "changed_at", "content_hash", "verify_at"})

    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    names: Mapped[dict[str, Any]] = mapped_column(default=dict)
    partner_id: Mapped[int | None]
    partner_name: Mapped[str] = mapped_column(String(200), default="")
    descriptions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(String(40), default="other")
    thematiques: Mapped[list[str]] = mapped_column(default=list)
    formats: Mapped[list[str]] = mapped_column(default=list)
    audience: Mapped[list[str]] = mapped_column(default=list)
    audience_note: Mapped[str] = mapped_column(Text, default="")
    age_min: Mapped[int] = mapped_column(default=UNKNOWN_AGE)
    age_max: Mapped[int] = mapped_column(default=UNKNOWN_AGE)
    languages: Mapped[list[str]] = mapped_column(default=list)
    language_note: Mapped[str] = mapped_column(Text, default="")
    fee: Mapped[str] = mapped_column(Text, default="")
    free: Mapped[bool | None]
    fee_checked_on: Mapped[date | None] = mapped_column(Date)
    access: Mapped[str] = mapped_column(String(300), default="")
    how: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    website: Mapped[str] = mapped_column(String(500), default="")
    hours: Mapped[str] = mapped_column(Text, default="")
    hours_text: Mapped[str] = mapped_column(Text, default="")
    evening: Mapped[bool | None]
    weekend: Mapped[bool | None]
    address: Mapped[str] = mapped_column(Text, default="")
    postal: Mapped[str] = mapped_column(String(12), default="")
    commune: Mapped[str] = mapped_column(String(20), default="")
    commune_name: Mapped[str] = mapped_column(String(120), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    zone: Mapped[list[str]] = mapped_column(default=list)
    zone_codes: Mapped[list[str]] = mapped_column(default=list)
    remote: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[str] = mapped_column(String(40), default="")
    places: Mapped[int | None]
    waiting_weeks: Mapped[int | None]
    capacity_on: Mapped[date | None] = mapped_column(Date)
    closed_from: Mapped[date | None] = mapped_column(Date)
    closed_until: Mapped[date | None] = mapped_column(Date)
    alert: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(100), default="")
    external_id: Mapped[str] = mapped_column(String(200), default="")
    # Who answers for it, and when someone last said that it is right.
    keeper_id: Mapped[int | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None]
    verified_by: Mapped[str] = mapped_column(String(200), default="")
    verify_every: Mapped[int]
    verify_at: Mapped[datetime]
    by_hand: Mapped[dict[str, Any]] = mapped_column(default=dict)
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    stamp: Mapped[int] = mapped_column(BigInteger, default=0)
    content_hash: Mapped[str] = mapped_column(String(32), default="")

    @property
    def ref(self) -> str:
        return f"O-{self.number}"

    def closed_on(self, day: date) -> bool:
        """Whether it is closed for a time on that day, or withdrawn."""
        if self.withdrawn_at is not None:
            return True
        started = self.closed_from is not None and self.closed_from <= day
        return started and (self.closed_until is None or day <= self.closed_until)

    def late(self, now: datetime) -> bool:
        """Whether it was verified once, and should have been again since."""
        return self.verified_at is not None and self.verified_at + timedelta(days=self.verify_every) < now


class OfferStamp(Owned, Base):
    """The last stamp given in a network; its row is locked by each writer, so stamps become visible in their order."""

    __tablename__ = "offer_stamps"
    __table_args__ = owned(UniqueConstraint("network_id"))

    last: Mapped[int] = mapped_column(BigInteger, default=0)


class OfferVector(Owned, Base):
    """A text's vector, 32-bit floats of length one, by the hash of the text and the encoder that made it."""

    __tablename__ = "offer_vectors"
    __table_args__ = owned(UniqueConstraint("network_id", "encoder", "content_hash"))

    encoder: Mapped[str] = mapped_column(String(60))
    content_hash: Mapped[str] = mapped_column(String(32))
    vector: Mapped[bytes] = mapped_column(LargeBinary)


def next_stamp(session: NetworkSession) -> int:
    """Taken once in a transaction by whoever changes offers."""
    connection = session.connection()
    table = OfferStamp.__table__
    mine = table.c.network_id == session.network_id
    taken = connection.execute(
        update(OfferStamp).where(mine).values(last=OfferStamp.last + 1).returning(table.c.last)
    ).scalar()
    if taken is None:
        connection.execute(insert(OfferStamp).values(network_id=session.network_id, last=1))
        return 1
    return int(taken)


@event.listens_for(NetworkSession, "before_flush")
def _stamp(session: NetworkSession, _context: UOWTransaction, _instances: Any) -> None:
    changed = [
        row
        for row in (*session.new, *session.dirty)
        if isinstance(row, Offer) and (row in session.new or session.is_modified(row))
    ]
    if changed:
        stamp = next_stamp(session)
        for row in changed:
            row.stamp = stamp
            row.changed_at = session.now
            row.verify_every = row.verify_every or _usual_pace(session)
            row.verify_at = _due(row.verified_at, row.verify_every, session.now)


def _due(verified_at: datetime | None, every: int, now: datetime) -> datetime:
    """When to ask again; at once where nobody ever said that it is right."""
    return verified_at + timedelta(days=every) if verified_at else now


def _usual_pace(session: NetworkSession) -> int:
    return session.network.rules.verify_every


def last_stamp(session: Session) -> int:
    return session.scalar(select(OfferStamp.last)) or 0


def record(session: NetworkSession, *, name: str, **columns: Any) -> Offer:
    offer = Offer(number=next_number(session, "O"), name=name, **columns)
    session.add(offer)
    session.flush()
    return offer


def add_many(session: NetworkSession, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """New offers without a journal line each, for imports; their ids, in order."""
    if not rows:
        return []
    given = next_numbers(session, "O", len(rows))
    stamp = next_stamp(session)
    common = _defaults() | {
        "created_at": session.now,
        "changed_at": session.now,
        "verify_every": _usual_pace(session),
        "verify_at": session.now,
        "name": "",
        "number": 0,
        "stamp": stamp,
    }
    values: list[dict[str, Any]] = []
    for row, number in zip(rows, given, strict=True):
        each = {**row, "stamp": stamp, "number": number}
        if each.get("verified_at") is not None:
            each["verify_at"] = _due(each["verified_at"], each.get("verify_every", common["verify_every"]), session.now)
        values.append(each)
    table = Offer.__table__
    assert isinstance(table, Table)
    insert_rows(session, table, common, values)
    connection = session.connection()
    mine = (Offer.__table__.c.network_id == session.network_id) & Offer.__table__.c.number.between(given[0], given[-1])
    return list(
        connection.execute(select(Offer.__table__.c.id).where(mine).order_by(Offer.__table__.c.number)).scalars()
    )


def _defaults() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in Offer.__table__.columns:
        if column.key in {"id", "network_id", "number", "name"}:
            continue
        default = column.default
        if default is None:
            made[column.key] = None
        elif default.is_callable:
            made[column.key] = default.arg(None)
        else:
            made[column.key] = default.arg
    return made


def by_number(session: Session, number: int) -> Offer | None:
    return session.scalar(select(Offer).where(Offer.number == number))


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Offer]:
    wanted = list(ids)
    return {offer.id: offer for offer in session.scalars(select(Offer).where(Offer.id.in_(wanted)))}


def by_external_ids(session: Session, source: str, external_ids: Iterable[str]) -> dict[str, Offer]:
    wanted = [external_id for external_id in external_ids if external_id]
    rows = session.scalars(select(Offer).where(Offer.source == source, Offer.external_id.in_(wanted)))
    return {offer.external_id: offer for offer in rows}


def named_like(session: Session, words: str, *, limit: int) -> Sequence[Offer]:
    """Alphabetical; those whose name holds the words."""
    held = Offer.name.icontains(words, autoescape=True)
    return session.scalars(select(Offer).where(_standing(), held).order_by(Offer.name).limit(limit)).all()


def of_partner(session: Session, partner_id: int) -> Sequence[Offer]:
    return session.scalars(select(Offer).where(_standing(), Offer.partner_id == partner_id).order_by(Offer.name)).all()


def of_keeper(session: Session, member_id: int) -> Sequence[Offer]:
    return session.scalars(select(Offer).where(_standing(), Offer.keeper_id == member_id).order_by(Offer.name)).all()


def standing(session: Session, *, after: int = 0, limit: int = CHUNK) -> Sequence[Offer]:
    """Offers not withdrawn, in the order of their ids, from the one after `after`."""
    return session.scalars(select(Offer).where(_standing(), Offer.id > after).order_by(Offer.id).limit(limit)).all()


def all_standing(session: Session) -> Iterator[Offer]:
    """Every offer that is not withdrawn, read by chunks and let go of."""
    after = 0
    while rows := standing(session, after=after):
        after = rows[-1].id
        yield from rows
        session.expunge_all()


def changed_since(session: Session, stamp: int, *, after: int = 0) -> Sequence[Offer]:
    """In the order of their ids; withdrawn ones too."""
    query = select(Offer).where(Offer.stamp > stamp, Offer.id > after).order_by(Offer.id).limit(CHUNK)
    return session.scalars(query).all()


def changed_between(session: Session, *, since: datetime, until: datetime) -> Sequence[Offer]:
    """New or brought up to date in [since, until), and offered still; by name."""
    return session.scalars(
        select(Offer)
        .where(_standing(), Offer.changed_at >= since, Offer.changed_at < until)
        .order_by(Offer.name, Offer.number)
        .limit(MOST_CHANGED)
    ).all()


def count(session: Session) -> int:
    return session.scalar(select(func.count(Offer.id)).where(_standing())) or 0


def verify(offer: Offer, *, at: datetime, by_id: int | None, by: str = "") -> None:
    offer.verified_at, offer.verified_by_id, offer.verified_by = at, by_id, by


def _standing() -> ColumnElement[bool]:
    return Offer.withdrawn_at.is_(None)


def vectors(session: Session, encoder: str, hashes: Iterable[str]) -> dict[str, bytes]:
    wanted = list(dict.fromkeys(hashes))
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = session.execute(
            select(OfferVector.content_hash, OfferVector.vector).where(
                OfferVector.encoder == encoder, OfferVector.content_hash.in_(wanted[start : start + CHUNK])
            )
        )
        found.update((row.content_hash, row.vector) for row in rows)
    return found


def keep_vectors(session: NetworkSession, encoder: str, made: Mapping[str, bytes]) -> None:
    """By hash; those already kept are left as they are."""
    known = vectors(session, encoder, made)
    session.add_all(
        OfferVector(encoder=encoder, content_hash=content_hash, vector=vector)
        for content_hash, vector in made.items()
        if content_hash not in known
    )
    session.flush()


def without_vector(session: Session, encoder: str, *, limit: int) -> Sequence[Offer]:
    """Offers whose text has no vector of this encoder yet, oldest first."""
    kept = select(OfferVector.content_hash).where(OfferVector.encoder == encoder)
    query = (
        select(Offer)
        .where(_standing(), Offer.content_hash != "", Offer.content_hash.not_in(kept))
        .order_by(Offer.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def count_without_vector(session: Session, encoder: str) -> int:
    kept = select(OfferVector.content_hash).where(OfferVector.encoder == encoder)
    return (
        session.scalar(
            select(func.count(Offer.id)).where(_standing(), Offer.content_hash != "", Offer.content_hash.not_in(kept))
        )
        or 0
    )


def serving(session: Session, commune: str, area: str = "") -> Iterator[Offer]:
    """Those in the commune, and those whose zone names it or `area`, its province or department; by name."""
    rows = session.execute(select(Offer.id, Offer.name, Offer.commune, Offer.zone_codes).where(_standing()))
    covering = [
        (row.name, row.id)
        for row in rows
        if row.commune == commune or commune in row.zone_codes or (area and area in row.zone_codes)
    ]
    ids = [offer_id for _name, offer_id in sorted(covering)]
    for start in range(0, len(ids), CHUNK):
        held = by_ids(session, ids[start : start + CHUNK])
        yield from (held[offer_id] for offer_id in ids[start : start + CHUNK] if offer_id in held)
