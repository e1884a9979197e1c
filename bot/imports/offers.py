"""Bringing a directory in: what would change is known before anything does, and nothing is ever deleted.

A row is known again by its source and external id, and only the fields that its file speaks of are changed. Rows that
cannot be read come back with the reason. Chunks are committed as they go, so an import that stops half-way is simply
run again.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from bot.exports.cells import table
from bot.finding.directory import hash_of
from bot.imports.offer_fields import Draft, RowError, draft
from bot.imports.offer_files import Row
from bot.imports.offer_mapping import HEADINGS, apply, detect
from bot.imports.own_offers import Compared, Ours, of_row
from bot.understanding.stems import LANGS
from storage import offer_mappings, offers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from storage.database import NetworkSession
    from storage.offers import Offer

CHUNK: Final = 500
SAMPLE: Final = 50
MOST_REJECTED: Final = 10_000
# Draft fields that a file without them must not empty.
_WORKED_OUT: Final = {
    "hours_text": ("hours_text", "hours", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), "hours": ("hours", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    "evening": ("hours", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), "weekend": ("hours", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    "descriptions": ("description", "descriptions", *(f"description_{lang}" for lang in LANGS)),
    "names": ("names", *(f"name_{lang}" for lang in LANGS)), "partner_name": ("partner",), "age_min": ("age", "age_min", "age_max"),
    "age_max": ("age", "age_min", "age_max"), "language_note": ("language_note", "languages"), "free": ("fee", "free"), "fee_checked_on": ("fee",), "zone_codes": ("zone",),
    "commune": ("commune_code", "commune_name", "postal"), "kind": ("kind", "description", "name"), "formats": ("formats", "description", "name"),
    "remote": ("modes_accueil", "description", "name"), "capacity": ("capacity", "places"),
}  # fmt: skip
# What a field that is worked out was worked out from; where that says the same as before, it stays as it was.
_READ_FROM: Final = {
    "description": "descriptions", "partner": "partner_name", "commune_code": "commune",
    **{f"description_{lang}": "descriptions" for lang in LANGS},
    **{f"name_{lang}": "names" for lang in LANGS},
}  # fmt: skip
_OWN: Final = re.compile(r"O-(\d{1,9})")
_NOT_STORED: Final = frozenset(("verified_on",))


@dataclass(frozen=True, slots=True)
class Rejected:
    """`reason`: `name` (no name), `empty`, `long`, or `json`; `number` is the row in the file."""

    number: int
    reason: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class Report:
    """`changes` holds, for up to SAMPLE known offers, the fields that change: name -> (before, after).

    `kept` holds an offer's name and a field that differs in the file, and stays since it was corrected here after it.
    """

    source: str
    mapping: dict[str, str] = field(default_factory=dict)
    read: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    rejected_count: int = 0
    unplaced: int = 0
    changes: list[tuple[str, dict[str, tuple[Any, Any]]]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)


def look(rows: Iterable[Row], mapping: Mapping[str, str] | None = None) -> tuple[dict[str, str], list[Row]]:
    """The mapping to confirm, from the headings of the first rows, and these rows."""
    first = list(islice(rows, SAMPLE))
    headings = list(dict.fromkeys(name for row in first for name in row.values))
    guessed = detect(headings)
    if mapping:
        guessed = {column: name for column, name in mapping.items() if name in HEADINGS}
    return guessed, first


def import_offers(
    session: Callable[[], AbstractContextManager[NetworkSession]],
    rows: Iterator[Row],
    *,
    source: str,
    mapping: Mapping[str, str] | None = None,
    dry: bool = False,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """`session` opens one transaction; `dry` tells what would change and changes nothing."""
    chosen, first = look(rows, mapping)
    report = Report(source=source, mapping=chosen)
    seen: Counter[str] = Counter()
    ours = Ours()

    def every() -> Iterator[Row]:
        yield from first
        yield from rows

    stream = every()
    while chunk := list(islice(stream, CHUNK)):
        drafts = [made for row in chunk if (made := _draft(row, report)) is not None]
        for each, _told, _row in drafts:
            each.external_id = each.external_id or _number_of(each, seen)
        with session() as open_session:
            _take(open_session, drafts, report, ours, dry=dry)
            if not dry and chosen:
                offer_mappings.keep_mapping(open_session, source, chosen)
        if progress is not None:
            progress(report)
    return report


def _draft(row: Row, report: Report) -> tuple[Draft, set[str], Row] | None:
    report.read += 1
    fields = apply(row.values, report.mapping)
    try:
        made = draft(fields)
    except RowError as wrong:
        report.rejected_count += 1
        if len(report.rejected) < MOST_REJECTED:
            reason = (
                "json"
                if set(row.values) == {""}
                else "empty"
                if not any(str(v or "").strip() for v in row.values.values())
                else str(wrong)
            )
            report.rejected.append(Rejected(row.number, reason, row.values))
        return None
    made.source = made.source or report.source
    report.unplaced += not made.commune and not made.zone_codes and not made.remote
    return made, set(fields), row


def _number_of(made: Draft, seen: Counter[str]) -> str:
    """For rows that have no number of their own: by what it is called and where it is, the same in the next file."""
    said = "\n".join((made.name, made.partner_name, made.commune or made.commune_name, made.postal, made.address))
    number = f"~{hashlib.blake2b(said.casefold().encode(), digest_size=8).hexdigest()}"
    seen[number] += 1
    return number if seen[number] == 1 else f"{number}.{seen[number]}"


def _take(
    session: NetworkSession, drafts: list[tuple[Draft, set[str], Row]], report: Report, ours: Ours, *, dry: bool
) -> None:
    known: dict[tuple[str, str], Offer] = {}
    for source in {made.source for made, _told, _row in drafts}:
        ids = [made.external_id for made, _told, _row in drafts if made.source == source]
        known.update(
            {
                (source, external_id): offer
                for external_id, offer in offers.by_external_ids(session, source, ids).items()
            }
        )
    gone_out = ours.offers(
        session, [made.external_id for made, _told, _row in drafts if (made.source, made.external_id) not in known]
    )
    fresh: dict[object, dict[str, Any]] = {}
    for made, told, row in drafts:
        key = (made.source, made.external_id)
        offer = known.get(key) if made.external_id else None
        if offer is None and (own := _OWN.fullmatch(made.external_id)):
            offer = _recorded_here(session, int(own[1]), made)
        compared = None
        if offer is None and (candidates := gone_out.get(made.external_id)):
            compared = of_row(row.record or row.values, report.mapping, candidates)
        if compared is not None:
            _change(compared.offer, _changes_of_ours(compared, report, session), report, dry=dry)
        elif offer is not None:
            _change(offer, _changes(offer, made, told, report, session), report, dry=dry)
        else:
            report.added += key not in fresh
            fresh[key if made.external_id else object()] = _columns(made, session)
    if not dry:
        offers.add_many(session, list(fresh.values()))


def _change(offer: Offer, changes: dict[str, tuple[Any, Any]], report: Report, *, dry: bool) -> None:
    report.changed += bool(changes)
    report.same += not changes
    if changes and len(report.changes) < SAMPLE:
        report.changes.append((offer.name, changes))
    if changes and not dry:
        for name, (_, value) in changes.items():
            setattr(offer, name, value)
        offer.content_hash = hash_of(offer)


def _changes(
    offer: Offer, made: Draft, told: set[str], report: Report, session: NetworkSession
) -> dict[str, tuple[Any, Any]]:
    values = _columns(made, session)
    moved = {name for name in told if _moved(offer, _READ_FROM.get(name, name), values)}
    file_day = made.verified_on.isoformat() if made.verified_on else ""
    return {
        name: (getattr(offer, name), value)
        for name, value in values.items()
        if name not in {"content_hash", "source", "external_id"}
        and (name in told or _spoken_of(name, moved))
        and getattr(offer, name) != value
        and not _corrected_since(offer, name, file_day, report)
    }


def _changes_of_ours(compared: Compared, report: Report, session: NetworkSession) -> dict[str, tuple[Any, Any]]:
    """Nothing but what the file changes; what was corrected here after it went out stays."""
    offer, found = compared.offer, compared.changes(_WORKED_OUT)
    if (verified_on := found.pop("verified_on", None)) is not None:
        found["verified_at"] = _at(verified_on, session)
    # The file may have gone out on the day of the correction, with it.
    day_after = (compared.day + timedelta(days=1)).isoformat() if compared.day else ""
    return {
        name: (getattr(offer, name), value)
        for name, value in found.items()
        if getattr(offer, name) != value and not _corrected_since(offer, name, day_after, report)
    }


def _recorded_here(session: NetworkSession, number: int, made: Draft) -> Offer | None:
    """The offer that came from no file and went out under its own reference, if it is called so still."""
    offer = offers.by_number(session, number)
    return offer if offer is not None and not offer.external_id and offer.name == made.name else None


def _corrected_since(offer: Offer, name: str, file_day: str, report: Report) -> bool:
    """Whether somebody here wrote the field, or looked at the offer, after the day the file speaks of; then it stays."""
    if name in {"verified_at", "verified_by"}:
        return offer.verified_at is not None and offer.verified_at.date().isoformat() >= file_day
    if name not in offer.by_hand or offer.by_hand[name] < file_day:
        return False
    if len(report.kept) < SAMPLE:
        report.kept.append((offer.name, name))
    return True


def _moved(offer: Offer, name: str, values: Mapping[str, Any]) -> bool:
    """Whether a field of the file differs; one that is not kept as it is written there may always do."""
    return name not in values or getattr(offer, name) != values[name]


def _spoken_of(name: str, told: set[str]) -> bool:
    return bool(told & set(_WORKED_OUT.get(name, (name,))))


def _columns(made: Draft, session: NetworkSession) -> dict[str, Any]:
    values = {name: value for name, value in made.values().items() if name not in _NOT_STORED}
    values["content_hash"] = hash_of(made)
    if made.verified_on is not None:
        values["verified_at"] = _at(made.verified_on, session)
    return values


def _at(day: date, session: NetworkSession) -> datetime:
    noon = session.now.replace(year=day.year, month=day.month, day=1, hour=12, minute=0, second=0, microsecond=0)
    return min(noon.replace(day=day.day), session.now)


def rejected_file(report: Report) -> bytes:
    """The rejected rows alone, as CSV with their reason first, to mend and send back."""
    headings = list(dict.fromkeys(name for each in report.rejected for name in each.values))
    return table(
        ["row", "reason", *headings],
        ([each.number, each.reason, *(each.values.get(name) for name in headings)] for each in report.rejected),
    )
