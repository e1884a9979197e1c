"""Calendar files: zones with their rules, persons without holes in them, numbers that stay."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.exports import ics
from bot.exports.ics import Entry

AT = datetime(2027, 7, 6, 12, tzinfo=UTC)


def written(zone: str, **more: object) -> str:
    entry = Entry(ics.uid("x"), "Réunion; a, b", AT, None, zone, AT, **more)  # type: ignore[arg-type]
    return ics.write([entry], method="PUBLISH").decode()


@pytest.mark.parametrize(
    "zone", ["Europe/Brussels", "Europe/Paris", "Europe/Berlin", "Atlantic/Azores", "America/Cayenne"]
)
def test_the_hour_is_that_of_the_zone(zone: str) -> None:
    text = written(zone)
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("DTSTART") == AT.astimezone(ZoneInfo(zone))
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_european_zones_are_written_by_their_rule_and_the_others_by_their_days() -> None:
    assert "RRULE:FREQ=YEARLY" in written("Europe/Brussels")
    assert "RDATE" not in written("Europe/Brussels")
    assert "RRULE" not in written("America/New_York")


def test_a_name_cannot_break_its_line() -> None:
    text = written("Europe/Brussels", organizer=('Ana "x":\r\nX-EVIL:1', "ana@example.org"))
    assert "\r\nX-EVIL" not in text


def test_a_uid_is_that_of_its_names() -> None:
    assert ics.uid("a", 1) == ics.uid("a", 1) != ics.uid("a", 2)
