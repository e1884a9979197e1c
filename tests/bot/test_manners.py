"""When somebody may be written to, and when a reminder falls."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.manners import Manners, StepKind, bridge_day
from storage.networks import Rules

BRUSSELS = "Europe/Brussels"
USUAL = Manners(Rules(), "BE", BRUSSELS)


def local(text: str, zone: str = BRUSSELS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def steps(manners: Manners, due: date) -> dict[str, str]:
    zone = ZoneInfo(manners.timezone)
    return {step.name: f"{step.at.astimezone(zone):%Y-%m-%d %H:%M}" for step in manners.steps(due)}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 08:29", "2026-11-24 08:30"),
        ("2026-11-24 18:00", "2026-11-25 08:30"),
        ("2026-11-27 17:59", "2026-11-27 17:59"),
        ("2026-11-27 18:00", "2026-11-30 08:30"),
        ("2026-11-28 10:00", "2026-11-30 08:30"),
        # Armistice Day, a Wednesday.
        ("2026-11-11 10:00", "2026-11-12 08:30"),
        # Ascension Day, a Thursday, then its bridge.
        ("2026-05-14 10:00", "2026-05-18 08:30"),
        # Both clock changes: the wall's hour is kept.
        ("2027-03-27 20:00", "2027-03-30 08:30"),
        ("2027-10-30 20:00", "2027-11-02 08:30"),
    ],
)
def test_the_next_allowed_hour(at: str, expected: str) -> None:
    assert USUAL.next_allowed(local(at)) == local(expected)


def test_another_zone_has_its_own_hours() -> None:
    azores = Manners(Rules(), "BE", "Atlantic/Azores")
    assert azores.next_allowed(local("2026-11-24 09:00")) == local("2026-11-24 08:30", "Atlantic/Azores")


def test_closing_periods_and_absences_are_respected() -> None:
    closed = Manners(Rules(closed=((date(2026, 12, 24), date(2027, 1, 3)),)), "BE", BRUSSELS)
    assert closed.next_allowed(local("2026-12-24 09:00")) == local("2027-01-04 08:30")
    away = Manners(Rules(), "BE", BRUSSELS, ((date(2026, 11, 24), date(2026, 11, 26)),))
    assert away.next_allowed(local("2026-11-24 09:00")) == local("2026-11-27 08:30")


def test_a_bridge_is_a_working_day_between_two_that_are_not() -> None:
    assert bridge_day(date(2026, 5, 15), "BE")
    assert not bridge_day(date(2026, 5, 13), "BE")
    assert not bridge_day(date(2026, 11, 10), "BE")
    assert Manners(Rules(bridge_days=False), "BE", BRUSSELS).open_day(date(2026, 5, 15))


def test_the_usual_steps() -> None:
    assert steps(USUAL, date(2026, 12, 3)) == {
        "before-7": "2026-11-26 08:30",
        "last": "2026-12-02 08:30",
        "after": "2026-12-08 08:30",
        "late": "2026-12-14 08:30",
    }


def test_before_the_day_earlier_after_it_later() -> None:
    # Owed on a Sunday: the week before is a Sunday too, so Friday; the last working day is Friday.
    found = steps(USUAL, date(2026, 11, 29))
    assert (found["before-7"], found["last"]) == ("2026-11-20 08:30", "2026-11-27 08:30")
    # Three working days after 7 May 2026 fall on the 12th; an absence until the 15th and Ascension push it to the 18th.
    away = Manners(Rules(), "BE", BRUSSELS, ((date(2026, 5, 11), date(2026, 5, 15)),))
    assert steps(away, date(2026, 5, 7))["after"] == "2026-05-18 08:30"
    # Away in the week before, the reminder comes before the leave.
    leave = Manners(Rules(), "BE", BRUSSELS, ((date(2026, 12, 1), date(2026, 12, 4)),))
    assert steps(leave, date(2026, 12, 3))["last"] == "2026-11-30 08:30"


def test_july_and_august_are_milder() -> None:
    found = steps(USUAL, date(2026, 7, 22))
    assert "before-7" not in found
    # The 21st is the national day, the 20th its bridge.
    assert found["last"] == "2026-07-17 08:30"
    assert found["after"] == "2026-09-01 08:30"
    eager = Manners(Rules(mild_summer=False), "BE", BRUSSELS)
    assert steps(eager, date(2026, 7, 22))["before-7"] == "2026-07-15 08:30"


def test_steps_are_settings() -> None:
    rules = Rules(days_before=(14, 3), last_working_day_before=False, days_after=None, digest_weekday=3)
    found = steps(Manners(rules, "FR", "Europe/Paris"), date(2026, 12, 15))
    assert found == {"before-14": "2026-12-01 08:30", "before-3": "2026-12-11 08:30", "late": "2026-12-24 08:30"}


def test_hours_are_settings() -> None:
    late = Manners(Rules(quiet_from=time(22), quiet_until=time(7)), "BE", BRUSSELS)
    assert late.allowed(local("2026-11-24 21:00"))
    assert late.next_allowed(local("2026-11-24 22:00")) == local("2026-11-25 07:00")
    never = Manners(Rules(quiet_from=time(0), quiet_until=time(0)), "BE", BRUSSELS)
    assert never.allowed(local("2026-11-24 03:00"))
    noon = Manners(Rules(quiet_from=time(12), quiet_until=time(14)), "BE", BRUSSELS)
    assert noon.next_allowed(local("2026-11-24 12:30")) == local("2026-11-24 14:00")


def test_a_closing_period_without_end_does_not_silence_for_ever() -> None:
    closed = Manners(Rules(closed=((date(2020, 1, 1), date(2040, 1, 1)),)), "BE", BRUSSELS)
    assert closed.next_allowed(local("2026-11-24 10:00")) == local("2026-11-24 10:00")
    assert [step.kind for step in closed.steps(date(2026, 12, 3))] == [StepKind.AFTER, StepKind.LATE]


INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
LEAVES = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(0, 30)).map(
        lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
    ),
    max_size=3,
).map(tuple)


@given(at=INSTANTS, leaves=LEAVES, country=st.sampled_from(["BE", "FR", "NL", "DE", "LU"]))
def test_the_next_allowed_hour_is_allowed_and_never_before(
    at: datetime, leaves: tuple[tuple[date, date], ...], country: str
) -> None:
    manners = Manners(Rules(), country, BRUSSELS, leaves)
    found = manners.next_allowed(at)
    assert found >= at
    assert manners.allowed(found)
    if manners.allowed(at):
        assert found == at


@given(due=st.dates(date(2025, 6, 1), date(2029, 6, 1)), leaves=LEAVES)
def test_reminders_never_pass_the_day_and_always_come_in_allowed_hours(
    due: date, leaves: tuple[tuple[date, date], ...]
) -> None:
    manners = Manners(Rules(), "BE", BRUSSELS, leaves)
    found = manners.steps(due)
    assert [step.at for step in found] == sorted(step.at for step in found)
    before = [step.at for step in found if step.kind is StepKind.BEFORE]
    assert len(set(before)) == len(before)
    for step in found:
        assert manners.allowed(step.at)
        in_time = step.at.astimezone(ZoneInfo(BRUSSELS)).date() <= due
        assert in_time is (step.kind is StepKind.BEFORE)


def test_an_absence_is_waited_for_to_its_end_however_long() -> None:
    away = Manners(Rules(), "BE", BRUSSELS, ((date(2026, 11, 1), date(2027, 11, 1)),))
    assert away.next_allowed(local("2026-11-24 09:00")) == local("2027-11-02 08:30")
