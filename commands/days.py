"""A day that somebody gives for what is still to come."""

from datetime import date

from bot import Context, FieldErrors, Phrase, Refusal, _


def past(day: date) -> Phrase:
    """For a day that is over: it asks which one was meant."""
    return _("{day} is already past. Which day to come do you mean?", day=day)


def to_come(context: Context, day: date, field: str = "") -> date:
    """That day; raises a Refusal for one that is over, or FieldErrors where it is the `field` of a form."""
    if day >= context.today:
        return day
    if field:
        raise FieldErrors(**{field: past(day)})
    raise Refusal(past(day))
