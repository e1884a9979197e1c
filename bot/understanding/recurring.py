"""What a recurrence rule (RFC 5545) says of days."""

from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr


def next_after(rule: str, after: date) -> date | None:
    """The first day of the rule later than `after`, from which it counts; None for a rule that cannot be read."""
    start = datetime.combine(after, datetime.min.time())
    try:
        found = rrulestr(rule.removeprefix("RRULE:"), dtstart=start).after(start + timedelta(hours=12))
    except ValueError:
        return None
    return found.date() if found else None
