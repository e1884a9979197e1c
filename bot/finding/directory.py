"""The indexes of this process, one for each network, brought up to date from storage before each question.

An index reads what changed since the last stamp it saw: one small query when nothing did. Vectors are made in the
background (`encode_pending`) and looked for again every few seconds while some are missing; until then words decide.
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.finding.encoder import Encoder, content_hash
from bot.finding.encoder import encoder as this_machine
from bot.finding.index import Index
from bot.finding.listings import listing
from storage import offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database, NetworkSession
    from storage.offers import Offer

LOOK_AGAIN: Final = timedelta(seconds=2)
WASTED: Final = 0.35
BATCH: Final = 16
ROWS_WORTH_IT: Final = 2000
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Held:
    """One network's index, the last stamp it read, the day it was read for, and texts that have no vector yet.

    `turns` is a heap of (day, offer): when time alone changes what is shown of it.
    """

    index: Index
    stamp: int = 0
    day: date | None = None
    missing: dict[str, list[int]] = field(default_factory=dict)
    turns: list[tuple[date, int]] = field(default_factory=list)
    looked_at: datetime = _LONG_AGO
    lock: threading.Lock = field(default_factory=threading.Lock)


class Directory:
    def __init__(self, encoder: Callable[[], Encoder | None] = this_machine) -> None:
        self._encoder = encoder
        self._held: weakref.WeakKeyDictionary[Database, dict[int, Held]] = weakref.WeakKeyDictionary()
        self._lock = threading.Lock()

    @property
    def encoder(self) -> Encoder | None:
        return self._encoder()

    def index(self, session: NetworkSession, now: datetime) -> Index:
        """The session's network's index, with every committed change in it."""
        with self._lock:
            networks = self._held.setdefault(session.database, {})
            held = networks.get(session.network_id)
            if held is None:
                held = networks[session.network_id] = self._empty()
        with held.lock:
            today = now.date()
            backwards = held.day is not None and today < held.day
            if (held.index.size > ROWS_WORTH_IT and held.index.wasted > WASTED) or backwards:
                fresh = self._empty()
                held.index, held.stamp, held.missing, held.turns = fresh.index, 0, {}, []
            self._read_changes(session, held, now)
            if held.day is not None and today > held.day:
                self._read_turns(session, held, now)
            held.day = today
            if held.missing and now - held.looked_at >= LOOK_AGAIN:
                held.looked_at = now
                self._read_vectors(session, held)
            return held.index

    def _empty(self) -> Held:
        model = self.encoder
        return Held(Index(model.dimensions, model.name) if model else Index())

    def _read_changes(self, session: NetworkSession, held: Held, now: datetime) -> None:
        newest = offers.last_stamp(session)
        if newest == held.stamp:
            return
        after = 0
        first = held.stamp == 0
        while True:
            rows = (
                offers.standing(session, after=after)
                if first
                else offers.changed_since(session, held.stamp, after=after)
            )
            if not rows:
                break
            after = rows[-1].id
            held.index.remove([offer.id for offer in rows if offer.withdrawn_at is not None])
            self._add(held, [offer for offer in rows if offer.withdrawn_at is None], now)
            self._read_vectors(session, held)
            if first:
                session.expunge_all()
        held.stamp = newest

    def _read_turns(self, session: NetworkSession, held: Held, now: datetime) -> None:
        """Those that closed, opened again or became late since they were read, no others."""
        due: list[int] = []
        while held.turns and held.turns[0][0] <= now.date():
            due.append(heappop(held.turns)[1])
        for start in range(0, len(due), offers.CHUNK):
            rows = offers.by_ids(session, due[start : start + offers.CHUNK]).values()
            self._add(held, [offer for offer in rows if offer.withdrawn_at is None], now)
        if due:
            self._read_vectors(session, held)

    def _add(self, held: Held, rows: list[Offer], now: datetime) -> None:
        listings = [
            listing(offer.id, offer, closed=offer.closed_on(now.date()), late=offer.late(now)) for offer in rows
        ]
        held.index.add(listings)
        for offer in rows:
            if (turn := _turn_of(offer, now.date())) is not None:
                heappush(held.turns, (turn, offer.id))
        if held.index.dimensions:
            for item in listings:
                held.missing.setdefault(content_hash(item.content), []).append(item.id)

    def _read_vectors(self, session: NetworkSession, held: Held) -> None:
        if not held.missing:
            return
        found = offers.vectors(session, held.index.encoder, held.missing)
        held.index.set_vectors(
            (offer_id, np.frombuffer(stored, dtype=np.float32))
            for digest, stored in found.items()
            for offer_id in held.missing[digest]
        )
        for digest in found:
            del held.missing[digest]


def _turn_of(offer: Offer, today: date) -> date | None:
    """The next day on which it closes, opens again or becomes late."""
    days = [
        offer.closed_from,
        offer.closed_until and offer.closed_until + timedelta(days=1),
        offer.verified_at and (offer.verified_at + timedelta(days=offer.verify_every + 1)).date(),
    ]
    return min((day for day in days if day is not None and day > today), default=None)


DIRECTORY: Final = Directory()


def hash_of(offer: object) -> str:
    """What an offer's vector is kept by; to be written with the offer."""
    return content_hash(listing(0, offer).content)  # type: ignore[arg-type]  # an import hashes its drafts too


def encode_pending(session: NetworkSession, *, limit: int = 64, directory: Directory = DIRECTORY) -> int:
    """Make and keep the vectors of up to `limit` offers that have none; how many were made, 0 without an encoder."""
    model = directory.encoder
    if model is None:
        return 0
    texts: dict[str, str] = {}
    for offer in offers.without_vector(session, model.name, limit=limit):
        text = listing(offer.id, offer).content
        texts[content_hash(text)] = text
        if offer.content_hash != content_hash(text):
            offer.content_hash = content_hash(text)
    hashes = list(texts)
    for start in range(0, len(hashes), BATCH):
        part = hashes[start : start + BATCH]
        made = model.passages([texts[digest] for digest in part])
        offers.keep_vectors(session, model.name, {digest: made[at].tobytes() for at, digest in enumerate(part)})
    return len(hashes)
