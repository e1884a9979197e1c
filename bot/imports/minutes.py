"""A file of minutes to proposals, for the chat and the command line: in a worker, within limits."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.imports import documents, worker
from bot.understanding import minutes


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to read: see `bot.understanding.minutes.read`; `otherwise` is the day where the text gives none either."""

    now_or_meeting_date: dt.date | None
    lang: str | None = None
    country: str = "BE"
    otherwise: dt.date | None = None


def read_path(path: Path, wanted: Wanted, progress: Callable[[int, int], None] | None = None) -> minutes.Minutes:
    """Blocks until read; raises DocumentError for a file that cannot be, OSError for one that is not there."""
    return worker.run(_path, path, wanted, progress=progress)


def read_text(
    data: bytes, name: str, wanted: Wanted, progress: Callable[[int, int], None] | None = None
) -> tuple[minutes.Minutes, str]:
    """Likewise for an attachment, never written to disk, with the text whose lines the proposals count."""
    if len(data) > documents.LARGEST:
        raise documents.refuse("too_big", size=len(data), limit=documents.LARGEST)
    return worker.run(_bytes, data, name, wanted, progress=progress)


def _path(path: Path, wanted: Wanted, progress: Callable[[int, int], None]) -> minutes.Minutes:
    return _minutes(documents.read_path(path, progress), wanted)


def _bytes(data: bytes, name: str, wanted: Wanted, progress: Callable[[int, int], None]) -> tuple[minutes.Minutes, str]:
    document = documents.read(data, name, progress)
    return _minutes(document, wanted), document.text


def _minutes(document: documents.Document, wanted: Wanted) -> minutes.Minutes:
    found = minutes.read(
        document, now_or_meeting_date=wanted.now_or_meeting_date, lang=wanted.lang, country=wanted.country
    )
    if found.meeting.date is None and wanted.otherwise is not None:
        return minutes.read(document, now_or_meeting_date=wanted.otherwise, lang=wanted.lang, country=wanted.country)
    return found
