"""What was received is forgotten once no platform can send it again, a little at a time."""

from datetime import datetime, timedelta

from storage import inbox
from storage.database import Database

# Platforms deliver again for hours, and a form stays open for a day at most.
HANDLED = timedelta(days=30)
# A button's call is signed for 180 days; the mark of one that is gone must outlive it.
MARKS = timedelta(days=190)
BATCH = 500


def forget(database: Database, now: datetime) -> int:
    """Remove one batch of what is over, in all networks; how many."""
    with database.system_session(reading=True) as session:
        ids = inbox.over(session, handled_before=now - HANDLED, held_before=now - MARKS, limit=BATCH)
    if ids:
        with database.system_session() as session:
            inbox.remove(session, ids)
    return len(ids)
