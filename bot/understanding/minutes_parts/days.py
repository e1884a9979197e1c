"""By when: the deadline reader's answer, counted from the meeting's day."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.understanding import deadlines
from bot.understanding.minutes_parts.markup import plain
from bot.understanding.minutes_parts.signs import Seen

_ZONE = ZoneInfo("Europe/Brussels")
_MORNING = dt.time(9)


def due(source: str, seen: Seen, now: dt.datetime | None, lang: str, country: str) -> tuple[str | None, dt.date | None]:
    """The words of the deadline and the day owed; nothing when no moment is known to count from."""
    if now is None:
        return None, None
    unit = seen.unit
    cell = next((plain(source[cell.start : cell.end]) for cell in unit.row if cell.role == "when"), "")
    label = unit.label.text if unit.label is not None and seen.owner_label is None else ""
    # The deadline reader is thorough: it is asked only where a day may be meant.
    said = unit.text if "when" in seen.cues or any(char.isdigit() for char in unit.text) else ""
    for text in (cell, said, label):
        found = deadlines.read(text, now=now, lang=lang, country=country) if text else None
        if found is not None:
            return found.words, found.due
    return (cell or None), None


def moment(day: dt.date | None) -> dt.datetime | None:
    """The morning of a day, where the network is."""
    if isinstance(day, dt.datetime):
        return day if day.tzinfo else day.replace(tzinfo=_ZONE)
    return dt.datetime.combine(day, _MORNING, tzinfo=_ZONE) if day is not None else None
