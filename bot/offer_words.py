"""What is said of an offer in the same words in the chat and on paper."""

from datetime import datetime

from bot.phrases import Phrase, _
from bot.understanding.ages import NO_LIMIT
from storage.offers import Offer


def ages(offer: Offer) -> Phrase | None:
    """None where it is for all of them, or where nobody said."""
    low, high = offer.age_min, offer.age_max
    if (low < 0 and high < 0) or (low <= 0 and high >= NO_LIMIT):
        return None
    if high < 0 or high >= NO_LIMIT:
        return _("From {n} years", n=low)
    return _("From {low} to {high} years", low=max(low, 0), high=high)


def verified(offer: Offer, now: datetime) -> Phrase | None:
    """When it was last looked at, and whether that is too long ago; None where nobody ever did."""
    if offer.verified_at is None:
        return None
    day = offer.verified_at.date()
    return _("Not verified since {day}", day=day) if offer.late(now) else _("Verified on {day}", day=day)


def reach(offer: Offer) -> str:
    """Every way to reach it, as it was given."""
    return " · ".join(part for part in (offer.phone, offer.email, offer.website, offer.how) if part)
