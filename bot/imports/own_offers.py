"""Rows that went out from here in a form that cannot hold everything, known again by the ids that they got then.

Such a row is compared with what its offer reads back as, gone out now: only what differs was changed in the file, and
only that is taken, so that what the form has no place for stays as it is.
"""

from __future__ import annotations

import re
import uuid
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from bot.exports import data_inclusion as to_inclusion
from bot.exports import hsds as to_hsds
from bot.imports import hsds
from bot.imports.offer_fields import Draft, day, draft, listed
from bot.imports.offer_mapping import apply
from bot.understanding.spelling import fold
from storage import offer_ids, offers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from storage.database import NetworkSession
    from storage.offers import Offer

_PREFIX: Final = f"{to_inclusion.SOURCE}--"
_AGES: Final = re.compile(r"(?:De (\d+) à (\d+) ans|À partir de (\d+) ans)(?:\. |$)")
_POSTAL: Final = re.compile(r"(?:, |^)B-(\d{4})$")
_AUDIENCE: Final = {theirs: ours for ours, theirs in to_inclusion.PUBLICS.items()}
# Worked out from the words of a whole offer: what the form says in a field of its own is another matter.
_GUESSED: Final = frozenset(("kind", "formats"))
_NEVER: Final = frozenset(("external_id", "source", "verified_on", "verified_by", "descriptions"))
# What two services hardly share.
_TELLING: Final = frozenset(("description", "phone", "email", "website", "address"))
# The day on which the offer had last been changed when the file was made.
_CHANGED_ON: Final = ("last_modified", "date_maj")


class Ours:
    """Of one import: which rows are ours; the ids of a whole directory are worked out once, when a file needs them."""

    def __init__(self) -> None:
        self._ids: dict[str, int] | None = None

    def offers(self, session: NetworkSession, external_ids: Iterable[str]) -> dict[str, list[Offer]]:
        """By the external ids of the file, the offers that may have gone out under them."""
        wanted = list(external_ids)
        found: dict[str, list[Offer]] = {}
        if packed := {key: number for key in wanted if (number := self._offer_id(session, key)) is not None}:
            held = offers.by_ids(session, packed.values())
            found = {key: [held[number]] for key, number in packed.items() if number in held}
        if plain := {key.removeprefix(_PREFIX) for key in wanted if key.startswith(_PREFIX)}:
            for offer in offer_ids.gone_out_as(session, plain):
                found.setdefault(f"{_PREFIX}{offer.external_id or offer.ref}", []).append(offer)
        return found

    def _offer_id(self, session: NetworkSession, key: str) -> int | None:
        try:
            made = uuid.UUID(key)
        except ValueError:
            return None
        if made.version != to_hsds.ID_VERSION:
            return None
        if self._ids is None:
            self._ids = {
                to_hsds.service_id(session.network_id, source, external_id, number): offer_id
                for offer_id, source, external_id, number in offer_ids.names_of_all(session)
            }
        return self._ids.get(str(made))


class Compared:
    """A row of ours beside what its offer reads back as; `day`: its offer's last change when the file was made."""

    def __init__(self, offer: Offer, record: Mapping[str, Any], mapping: Mapping[str, str]) -> None:
        self.offer = offer
        back = _record_of(offer, record)
        said, before = _fields(record, mapping), _fields(back, mapping)
        self.told = set(said)
        self.moved = {name for name, value in said.items() if not _alike(value, before.get(name))}
        self.file, self.now = draft(said), draft(before | {"name": before.get("name") or offer.name})
        self.day: date | None = next((found for name in _CHANGED_ON if (found := day(record.get(name)))), None)

    def is_the_same(self) -> bool:
        """Whether the row is about that offer, and not about what has its number in another network."""
        return fold(self.file.name) == fold(self.now.name) or bool(_TELLING & (self.told - self.moved))

    def changes(self, spoken: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Field -> value, of what the file changes; `spoken`: the columns that a field is worked out from."""
        found: dict[str, Any] = {}
        for name, value in self.file.values().items():
            then = getattr(self.now, name)
            if name in _NEVER or value == then or not self.moved & self._said_in(name, spoken):
                continue
            held = getattr(self.offer, name)
            found[name] = _merged(held, then, value) if isinstance(value, list) else value
        if "description" in self.moved:
            found["descriptions"] = _described(self.offer.descriptions, self.now, self.file)
        if self.file.verified_on and (self.now.verified_on is None or self.file.verified_on > self.now.verified_on):
            found["verified_on"] = self.file.verified_on
        return found

    @staticmethod
    def _said_in(name: str, spoken: Mapping[str, Sequence[str]]) -> set[str]:
        if name == "remote":
            return {"modes_accueil"}
        return {name} if name in _GUESSED else set(spoken.get(name, (name,)))


def of_row(record: Mapping[str, Any], mapping: Mapping[str, str], candidates: Sequence[Offer]) -> Compared | None:
    """Beside the offer that it is about, if it is about one of them; of several, the one that it is the most like."""
    compared = [Compared(offer, record, mapping) for offer in candidates]
    same = [each for each in compared if each.is_the_same()]
    return min(same, key=lambda each: len(each.moved), default=None)


def _record_of(offer: Offer, record: Mapping[str, Any]) -> dict[str, Any]:
    if hsds.is_service(dict(record)):
        return to_hsds.service(offer)
    structures: dict[str, dict[str, Any]] = {}
    made = to_inclusion.service(offer, structures)
    return made | {"nom de la structure": structures[made["structure_id"]]["nom"]}


def _fields(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Under the fields' names of an import, each in its own: the exports join some that are apart here."""
    if hsds.is_service(dict(record)):
        apart = {"description": record.get("description"), "audience_note": record.get("eligibility_description")}
        fields = apply(hsds.flat(dict(record)) | apart, {**mapping, "audience_note": "audience_note"})
        return {name: value for name, value in fields.items() if value != []}
    record = {name: value for name, value in record.items() if value not in (None, "", [])}
    joined = record.pop("publics_precisions", "")
    access = record.pop("conditions_acces", None)
    fields = apply(record, mapping)
    if match := _AGES.match(joined):
        low, high, least = match.groups()
        fields |= {name: value for name, value in (("age_min", low or least), ("age_max", high)) if value}
        joined = joined[match.end() :]
    fields |= {name: value for name, value in (("audience_note", joined), ("access", access)) if value}
    if (said := fields.get("address")) and (match := _POSTAL.search(said)):
        fields |= {"address": said[: match.start()], "postal": match[1]}
    if "audience" in fields:
        fields["audience"] = [_AUDIENCE.get(each, each) for each in listed(fields["audience"])]
    return {name: value for name, value in fields.items() if value}


def _alike(value: Any, other: Any) -> bool:
    """Whether both say the same, whatever the form makes of numbers, lists and the ends of lines."""
    if isinstance(value, (list, tuple)) or isinstance(other, (list, tuple)):
        return sorted(listed(value)) == sorted(listed(other))
    said, before = ("" if each is None else " ".join(str(each).split()) for each in (value, other))
    return said == before


def _merged(held: Sequence[Any], then: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    """What is held, without what the file took away, and with what it added."""
    kept = [each for each in held if each in now or each not in then]
    return kept + [each for each in now if each not in then and each not in kept]


def _described(held: Mapping[str, str], then: Draft, now: Draft) -> dict[str, str]:
    """Line by line: a line that the file changes, adds or leaves out is one of the language it stands in."""
    if len(held) < 2:  # noqa: PLR2004 - in several languages
        return {next(iter(held), next(iter(now.descriptions), "fr")): now.description}
    before = [line for line in then.description.split("\n") if line]
    after = [line for line in now.description.split("\n") if line]
    owners = [lang for lang, text in held.items() for line in text.split("\n") if line.strip()]
    if len(owners) != len(before):
        return {next(iter(held)): now.description}
    made: dict[str, list[str]] = {lang: [] for lang in held}
    for what, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for place, line in enumerate(after[first:last]):
            beside = start + place if what != "insert" else start - 1
            made[owners[max(0, min(beside, end - 1, len(owners) - 1))]].append(line)
    return {lang: "\n".join(lines) for lang, lines in made.items() if lines}
