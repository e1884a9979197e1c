"""Calendar files (RFC 5545): meetings as events, deadlines as days; each with its zone, its number and its changes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import icalendar


MEDIA_TYPE: Final = "text/calendar"
PRODUCT: Final = "-//Fil rouge//filrouge//FR"
# Names the events of every installation; an event keeps its number however often it is written.
_NAMES: Final = uuid.UUID("6b3f0f0e-5d2c-4f7e-9a51-0c8d8b1f4e77")
# The years over which a zone must keep the European rule to be written by it.
RULED: Final = range(1997, 2040)
# How long a meeting takes of which nobody said it.
USUAL: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event: from one instant to another in a zone, or a whole day (`ends` is then None).

    `sequence` counts its changes; `busy` is False where its reader has nothing to attend; `people` are mail addresses:
    who invites, and who is invited.
    """

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | None
    zone: str
    changed: datetime
    sequence: int = 0
    place: str = ""
    words: str = ""
    cancelled: bool = False
    busy: bool = True
    organizer: tuple[str, str] | None = None
    attendee: tuple[str, str] | None = None


def uid(*names: object) -> str:
    """The same for the same names, and for no others."""
    return f"{uuid.uuid5(_NAMES, '/'.join(map(str, names)))}@filrouge"


def write(entries: Iterable[Entry], *, method: str, name: str = "", refresh: timedelta | None = None) -> bytes:
    """A calendar with the zones its events need. `method`: PUBLISH to be kept, REQUEST to be answered, CANCEL."""
    import icalendar  # noqa: PLC0415 - heavy, and of no use before it is asked for

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if refresh is not None:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{int(refresh.total_seconds() // 60)}M")
    events = list(entries)
    for zone in sorted({entry.zone for entry in events if isinstance(entry.starts, datetime)}):
        if (ruled := _european(zone)) is not None:
            calendar.add_component(ruled)
    for entry in events:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> "icalendar.Event":
    import icalendar  # noqa: PLC0415 - heavy, and of no use before it is asked for

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    if isinstance(entry.starts, datetime):
        zone = ZoneInfo(entry.zone)
        event.add("dtstart", entry.starts.astimezone(zone))
        event.add("dtend", (entry.ends or entry.starts + USUAL).astimezone(zone))
    else:
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.starts + timedelta(days=1))
    if entry.place:
        event.add("location", entry.place)
    if entry.words:
        event.add("description", entry.words)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy and isinstance(entry.starts, datetime) else "TRANSPARENT")
    if entry.organizer is not None:
        event.add("organizer", _person(*entry.organizer))
    if entry.attendee is not None:
        invited = _person(*entry.attendee)
        invited.params["RSVP"] = icalendar.vText("TRUE")
        invited.params["PARTSTAT"] = icalendar.vText("NEEDS-ACTION")
        event.add("attendee", invited)
    return event


def _european(name: str) -> "icalendar.Timezone | None":
    """A zone that keeps the summer time of the European Union, by its rule; None for another.

    Programs of the desk know a rule better than a list of days, which is what every other zone gets.
    """
    import icalendar  # noqa: PLC0415 - heavy, and of no use before it is asked for

    zone = ZoneInfo(name)
    winter, summer = (datetime(RULED[0], month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    for year in RULED:
        for month, before, after in ((3, winter, summer), (10, summer, winter)):
            turn = datetime(year, month, 31, 1, tzinfo=UTC)
            turn -= timedelta(days=(turn.weekday() + 1) % 7)
            moments = (turn - timedelta(minutes=1), turn)
            if tuple(moment.astimezone(zone).utcoffset() for moment in moments) != (before, after):
                return None
    if winter is None or summer is None or winter == summer:
        return None
    ruled = icalendar.Timezone()
    ruled.add("tzid", name)
    for part, month, before, after in (
        (icalendar.TimezoneDaylight(), 3, winter, summer),
        (icalendar.TimezoneStandard(), 10, summer, winter),
    ):
        last = datetime(RULED[0], month, 31, tzinfo=UTC)
        last -= timedelta(days=(last.weekday() + 1) % 7)
        turn = last.replace(hour=1) + before
        part.add("dtstart", turn.replace(tzinfo=None))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", turn.replace(hour=12).astimezone(zone).tzname() or name)
        ruled.add_component(part)
    return ruled


def _person(name: str, mail: str) -> "icalendar.vCalAddress":
    import icalendar  # noqa: PLC0415 - heavy, and of no use before it is asked for

    person = icalendar.vCalAddress(f"mailto:{mail}")
    # A quotation mark cannot stand in a parameter.
    person.params["CN"] = icalendar.vText(name.replace('"', "'"))
    return person
