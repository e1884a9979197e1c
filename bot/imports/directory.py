"""Directories that somebody confirmed, taken in by themselves: chunk after chunk, in a thread where nobody waits."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import structlog

from bot.imports.tables import TableError
from storage import directory_imports
from storage.database import Origin
from storage.directory_imports import DirectoryImport, State
from storage.turns import Haste

if TYPE_CHECKING:
    from datetime import datetime

    from bot.imports.offers import Report
    from storage.database import Database

log = structlog.get_logger()


def carry_on(database: Database, now: datetime) -> int:
    """Take in what was confirmed, over all networks; how many files came to an end."""
    # Asked after every answer: one look for all networks, and no session where nothing waits.
    with database.system_session(reading=True) as session:
        networks = directory_imports.networks_waiting(session, now)
    return sum(_one(database, network_id, now) for network_id in networks)


def _one(database: Database, network_id: int, now: datetime) -> int:
    with database.session(network_id, Origin(now, source="import")) as session:
        taken = next(iter(directory_imports.waiting(session, now)), None)
        if taken is None:
            return 0
        taken.state, taken.touched_at = State.RUNNING, now
    _Run(database, network_id, taken, now).through()
    return 1


class _Run:
    def __init__(self, database: Database, network_id: int, taken: DirectoryImport, now: datetime) -> None:
        self._database, self._network_id, self._taken, self._now = database, network_id, taken, now
        self._origin = Origin(now, source="import", member_id=taken.member_id, operation=f"import:{taken.id}")
        self._session = partial(database.session, network_id, self._origin, haste=Haste.LATER)
        self._started = monotonic()

    def through(self) -> None:
        from bot.imports import offer_files, offers  # noqa: PLC0415 - heavy, and of no use before a file comes

        taken = self._taken
        try:
            report = offers.import_offers(
                self._session,
                offer_files.read(io.BytesIO(taken.content), taken.name),
                source=taken.source,
                mapping=dict(taken.columns),
                progress=self._tell,
            )
        except TableError as unreadable:
            self._settle(State.FAILED, reason=unreadable.code, content=b"")
            return
        except Exception as failure:
            # Whoever waits for it is told that it failed, and the next files are still taken in.
            log.exception("import failed", network=self._network_id, directory=taken.id)
            self._settle(State.FAILED, reason=type(failure).__name__[:40], content=b"")
            return
        rejects = offers.rejected_file(report) if report.rejected_count else b""
        changes = [
            [name, field, _said(before), _said(after)]
            for name, fields in report.changes
            for field, (before, after) in fields.items()
        ]
        self._settle(State.DONE, counts=_counts(report), rejects=rejects, changes=changes, content=b"")

    def _tell(self, report: Report) -> None:
        self._settle(State.RUNNING, counts=_counts(report))

    def _settle(self, state: State, **columns: object) -> None:
        with self._session() as session:
            row = session.get(DirectoryImport, self._taken.id)
            if row is None:
                return
            row.state, row.touched_at = state, self._now + timedelta(seconds=monotonic() - self._started)
            for name, value in columns.items():
                setattr(row, name, value)


def _counts(report: Report) -> dict[str, int | float]:
    return {
        "read": report.read,
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
        "rejected": report.rejected_count,
    }


def _said(value: object) -> str:
    return "" if value is None else str(value)[:300]
