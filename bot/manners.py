"""Manners: when somebody may be written to, and when a reminder of a day falls.

A reminder before a deadline moves earlier, one after it waits for the next allowed hour; the deadline never moves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.understanding import deadlines
from storage.members import Absence, Member
from storage.networks import Network, Rules

DAY = timedelta(days=1)
# Where no hour is quiet, a reminder still has an hour.
USUAL_HOUR = time(9, 0)
SUMMER = (7, 8)
# A closing period longer than this is a mistake in the settings: better to write than never to.
PATIENCE_DAYS = 200
# The coordinator hears of what is late after this many working days where partners are not asked.
UNASKED_DAYS = 3


class StepKind(StrEnum):
    BEFORE = "before"
    # "Où en est-on ?"
    AFTER = "after"
    # The coordinator's private list.
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder; `name` tells it from the others of the same deadline."""

    kind: StepKind
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Manners:
    """When one recipient may be written to; `absences` are pairs of days, both included."""

    rules: Rules
    country: str
    timezone: str
    absences: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, network: Network, member: Member | None = None, absences: Sequence[Absence] = ()) -> "Manners":
        """Those of a member, in their own zone; those of the network's channels without one."""
        zone = (member.timezone if member else None) or network.timezone
        return cls(network.rules, network.country, zone, tuple((away.from_on, away.to_on) for away in absences))

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.absences)

    def open_day(self, day: date) -> bool:
        """Neither a weekend nor a holiday, a bridge day, a closing period or an absence."""
        if not working_day(day, self.country) or (self.rules.bridge_days and bridge_day(day, self.country)):
            return False
        return not self.away(day) and not any(first <= day <= last for first, last in self.rules.closed)

    def allowed(self, at: datetime) -> bool:
        """Whether a message may arrive at that instant."""
        local = at.astimezone(ZoneInfo(self.timezone))
        return self.open_day(local.date()) and not self._quiet(local.time())

    def next_allowed(self, at: datetime) -> datetime:
        """That instant, or the first after it at which a message may arrive; an absence is waited for to its end."""
        if self.allowed(at):
            return at
        away_until = max((last for first, last in self.absences if last >= self.today(at)), default=self.today(at))
        for day in _days(self.today(at), DAY, PATIENCE_DAYS + (away_until - self.today(at)).days):
            if self.open_day(day) and self.opening(day) > at:
                return self.opening(day)
        return at

    def opening(self, day: date) -> datetime:
        """The first allowed hour of a day, whatever the clocks do in the night before."""
        hour = self.rules.quiet_until if self.rules.quiet_from != self.rules.quiet_until else USUAL_HOUR
        return datetime.combine(day, hour, ZoneInfo(self.timezone)).astimezone(UTC)

    def not_after(self, day: date) -> datetime | None:
        """The opening of that day or of the nearest open day before it."""
        return next((self.opening(earlier) for earlier in _days(day, -DAY) if self.open_day(earlier)), None)

    def not_before(self, day: date) -> datetime:
        """The opening of that day or of the nearest open day after it."""
        return self.next_allowed(self.opening(day))

    def steps(self, due: date) -> tuple[Step, ...]:
        """When this recipient is reminded of a day owed, in order; two of one day are one, the nearer to the day."""
        found = [step for step in self._before(due) if step is not None]
        before = {step.at: step for step in found}
        asked = due if self.rules.days_after is None else self._after(due)
        after = [] if self.rules.days_after is None else [Step(StepKind.AFTER, "after", self.not_before(asked))]
        told = asked + DAY if after else working_days_after(due, UNASKED_DAYS, self.country)
        while told.weekday() != self.rules.digest_weekday:
            told += DAY
        return (*sorted(before.values(), key=lambda step: step.at), *after,
                Step(StepKind.LATE, "late", self.not_before(told)))  # fmt: skip

    def _before(self, due: date) -> Iterator[Step | None]:
        """From the farthest to the nearest; in July and August the far ones are left out."""
        for days in sorted(self.rules.days_before, reverse=True):
            far = due - timedelta(days=days)
            if not (self.rules.mild_summer and far.month in SUMMER):
                yield self._step(f"before-{days}", far, due)
        if self.rules.last_working_day_before:
            yield self._step("last", last_working_day_before(due, self.country), due)

    def _step(self, name: str, day: date, due: date) -> Step | None:
        at = self.not_after(day)
        return Step(StepKind.BEFORE, name, at) if at is not None and at < self.opening(due + DAY) else None

    def _after(self, due: date) -> date:
        """The day of "Où en est-on ?": in July and August it waits for September."""
        day = working_days_after(due, self.rules.days_after or 0, self.country)
        if self.rules.mild_summer and day.month in SUMMER:
            return date(day.year, SUMMER[-1] + 1, 1)
        return day

    def _quiet(self, hour: time) -> bool:
        start, end = self.rules.quiet_from, self.rules.quiet_until
        if start <= end:
            return start <= hour < end
        return hour >= start or hour < end


@lru_cache(maxsize=8192)
def working_day(day: date, country: str) -> bool:
    return deadlines.is_working_day(day, country)


@lru_cache(maxsize=8192)
def bridge_day(day: date, country: str) -> bool:
    """A working day between a holiday and a weekend."""
    return working_day(day, country) and not working_day(day - DAY, country) and not working_day(day + DAY, country)


def last_working_day_before(day: date, country: str) -> date:
    return next(earlier for earlier in _days(day - DAY, -DAY) if working_day(earlier, country))


def working_days_after(day: date, n: int, country: str) -> date:
    return deadlines.add_working_days(day, n, country)


def _days(first: date, step: timedelta, most: int = PATIENCE_DAYS) -> Iterator[date]:
    return (first + n * step for n in range(most))
