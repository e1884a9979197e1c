"""Encoding in the background: a few offers at a time, so that nobody waits for the lock of a writer."""

from datetime import datetime

from sqlalchemy import select

from storage import offers
from storage.database import Database, Origin
from storage.networks import Network

# Each takes 40 to 70 ms: a transaction lasts half a second at the most.
AT_ONCE = 8


def encode(database: Database, now: datetime) -> int:
    """Make the vectors that are missing, over all networks; how many were made, 0 where no encoder runs."""
    with database.system_session(reading=True) as session:
        networks = session.scalars(select(Network.id).order_by(Network.id)).all()
    made = 0
    for network_id in networks:
        origin = Origin(now, source="encoding")
        with database.session(network_id, origin, reading=True) as session:
            if not offers.count(session):
                continue
        from bot.finding.directory import encode_pending  # noqa: PLC0415 - heavy, and of no use without offers

        done = AT_ONCE
        while done == AT_ONCE:
            with database.session(network_id, origin) as session:
                done = encode_pending(session, limit=AT_ONCE)
            made += done
    return made
