"""From an offer, as a file or the database describes it, to what the index keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.finding.listing import UNKNOWN, Listing
from bot.understanding.fees import read_fees
from bot.understanding.themes import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Described(Protocol):
    """What a draft and a stored offer have in common."""

    @property
    def name(self) -> str: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def partner_name(self) -> str: ...
    @property
    def descriptions(self) -> Mapping[str, str]: ...
    @property
    def kind(self) -> str: ...
    @property
    def formats(self) -> Sequence[str]: ...
    @property
    def audience(self) -> Sequence[str]: ...
    @property
    def audience_note(self) -> str: ...
    @property
    def age_min(self) -> int: ...
    @property
    def age_max(self) -> int: ...
    @property
    def languages(self) -> Sequence[str]: ...
    @property
    def fee(self) -> str: ...
    @property
    def free(self) -> bool | None: ...
    @property
    def evening(self) -> bool | None: ...
    @property
    def weekend(self) -> bool | None: ...
    @property
    def commune(self) -> str: ...
    @property
    def zone_codes(self) -> Sequence[str]: ...
    @property
    def remote(self) -> bool: ...
    @property
    def capacity(self) -> str: ...


def listing(offer_id: int, offer: Described, *, closed: bool = False, late: bool = False) -> Listing:
    text = "\n".join(part for part in (*offer.descriptions.values(), offer.audience_note) if part)
    kinds = vocabulary().kinds
    if not text and offer.kind in kinds:
        # An offer with a name alone is at least of its kind.
        text = ". ".join(dict.fromkeys(kinds[offer.kind].names.values()))
    if offer.names:
        # What it is called in another language is one of the words it is looked for by.
        text = "\n".join((text, *offer.names.values()))
    return Listing(
        id=offer_id,
        name=offer.name,
        text=text,
        commune=offer.commune,
        zone=tuple(offer.zone_codes),
        age_min=offer.age_min,
        age_max=offer.age_max,
        languages=tuple(offer.languages),
        formats=frozenset(offer.formats),
        kind=offer.kind,
        free=offer.free,
        price=_price(offer),
        evening=offer.evening,
        weekend=offer.weekend,
        remote=offer.remote,
        closed=closed,
        late=late,
        full=offer.capacity == "full",
    )


def _price(offer: Described) -> float:
    """What everyone pays, else the least that somebody does; UNKNOWN where no sum is said."""
    if offer.free:
        return 0.0
    amounts = dict(read_fees(offer.fee).amounts)
    return amounts.get("", min(amounts.values(), default=UNKNOWN))
