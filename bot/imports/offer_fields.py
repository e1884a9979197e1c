"""An offer as a file describes it, cleaned: the values that storage keeps, whatever the columns were called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from bot.understanding.ages import read_ages
from bot.understanding.fees import read_fees
from bot.understanding.hours import DAYS, read_hours, read_week
from bot.understanding.languages import LANGUAGE_OF
from bot.understanding.places import Place, gazetteer, zone
from bot.understanding.questions import formats_of
from bot.understanding.spelling import fold
from bot.understanding.stems import LANGS, languages_of
from bot.understanding.themes import kind_of, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = {"name": 300, "text": 20_000, "short": 500}
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_TAGS: Final = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,400}|!--.*?--)>", re.DOTALL)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_REMOTE_WORDS: Final = (
    "a-distance|à distance|en ligne|online|par téléphone|telefonisch|ligne d'écoute|numéro vert|helpline|hotline|tchat"
)
# Without the borders of words it runs over a text many times faster: it says which texts are worth a second look.
_REMOTE_AT_ALL: Final = re.compile(_REMOTE_WORDS)
_REMOTE: Final = re.compile(rf"\b(?:{_REMOTE_WORDS})\b")


@dataclass(slots=True)
class Draft:
    """Texts are cleaned of tags and control characters; `commune` and `zone_codes` are gazetteer codes; ages -1 unknown."""

    name: str = ""
    external_id: str = ""
    source: str = ""
    partner_name: str = ""
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    formats: list[str] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    audience_note: str = ""
    age_min: int = -1
    age_max: int = -1
    languages: list[str] = field(default_factory=list)
    language_note: str = ""
    fee: str = ""
    free: bool | None = None
    fee_checked_on: date | None = None
    access: str = ""
    how: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    hours_text: str = ""
    evening: bool | None = None
    weekend: bool | None = None
    address: str = ""
    postal: str = ""
    commune: str = ""
    commune_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    zone: list[str] = field(default_factory=list)
    zone_codes: list[str] = field(default_factory=list)
    remote: bool = False
    capacity: str = ""
    places: int | None = None
    waiting_weeks: int | None = None
    capacity_on: date | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    alert: str = ""
    thematiques: list[str] = field(default_factory=list)
    verified_on: date | None = None
    verified_by: str = ""

    @property
    def description(self) -> str:
        return "\n".join(self.descriptions.values())

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _NAMES}


_NAMES: Final = tuple(column.name for column in fields(Draft))


# Compiled once: each of these reads every row.
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NUMBER: Final = re.compile(r"-?\d+")
_SEPARATORS: Final = re.compile(r"[;|\n]|,(?![^(]*\))")
_LETTER: Final = re.compile(r"\w")
_DESCRIBED: Final = tuple((lang, f"description_{lang}") for lang in LANGS)
_CALLED: Final = tuple((lang, f"name_{lang}") for lang in LANGS)


class RowError(ValueError):
    """Why a row cannot become an offer, in one word that the caller puts in a sentence: `name`, `long`."""


def clean(text: object, longest: int = LONGEST["short"]) -> str:
    """One line without tags, control or direction characters."""
    if text is None or text == "":
        return ""
    if isinstance(text, str) and _is_plain(text):
        return text.strip()[:longest].rstrip()
    return _SPACES.sub(" ", clean_text(text, longest).replace("\n", " ")).strip()


def _is_plain(text: str) -> bool:
    """Whether there is nothing to clean in a line: no tag, no control or direction character, no double space."""
    return text.isprintable() and "<" not in text and "  " not in text


def clean_text(text: object, longest: int = LONGEST["text"]) -> str:
    if text is None:
        return ""
    if isinstance(text, str) and _is_plain(text):
        return text.strip()[:longest]
    raw = _TAGS.sub(" ", _CONTROLS.sub("", str(text)))
    lines = (_SPACES.sub(" ", line).strip() for line in raw.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)[:longest]


def listed(value: object) -> list[str]:
    """A list, or a text that holds one: separated by ; | or a comma, or as JSON or Postgres print it."""
    if not value:
        return []
    if isinstance(value, (list, tuple, set)):
        return [item for part in value if (item := clean(part))]
    text = clean(value, 4000).strip("[]{}")
    parts = _SEPARATORS.split(text)
    return [item for part in parts if (item := part.strip().strip("\"'").strip())]


def number(value: object) -> int | None:
    match = _NUMBER.search(str(value)) if value is not None and not isinstance(value, bool) else None
    return int(match[0]) if match else None


def decimal(value: object) -> float | None:
    if value is None:
        return None
    try:
        found = float(str(value).replace(",", "."))
    except (TypeError, ValueError):
        return None
    return found if -180 <= found <= 180 else None


def day(value: object) -> date | None:
    """ISO, day first as in Europe, or what a spreadsheet gives."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is None or not (text := str(value).strip()):
        return None
    if match := _ISO_DAY.match(text):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _DAY_FIRST.match(text):
        parts = (int(match[3]), int(match[2]), int(match[1]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def languages(value: object) -> tuple[list[str], str]:
    """Codes, and what was said besides."""
    codes, notes = _languages(tuple(listed(value)))
    return list(codes), notes


@lru_cache(maxsize=4096)
def _languages(parts: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    codes, notes = [], []
    for part in parts:
        known = [LANGUAGE_OF[word] for word in re.findall(r"[a-z]+", fold(part)) if word in LANGUAGE_OF]
        codes += known
        if not known or "(" in part:
            notes.append(part)
    return tuple(dict.fromkeys(codes)), ", ".join(notes)


@lru_cache(maxsize=20_000)
def zone_codes(tokens: tuple[str, ...], home: str = "") -> tuple[str, ...]:
    """Commune, province, department and country codes that the names of a zone stand for; unknown names give none.

    `home` is the code of the offer's own commune, near which homonyms are looked for.
    """
    near = [place] if (place := gazetteer().places.get(home)) else []
    codes: list[str] = []
    for token in tokens:
        found = zone(token, near)
        if found is not None:
            codes += sorted(found.covers) if found.kind == "area" else [found.commune]
    return tuple(dict.fromkeys(codes))


@lru_cache(maxsize=20_000)
def commune_of(name: str, postal: str) -> Place | None:
    """The commune that an address names; the name alone decides where the postal code is none of its."""
    book = gazetteer()
    return book.commune_named(name, postal) or (book.commune_named(name) if name else None)


def draft(row: Mapping[str, Any]) -> Draft:
    """From values under the names of Draft's fields, and `description`, `Mo` … `Su`; raises RowError without a name."""
    name = clean(row.get("name"), LONGEST["name"])
    if not _LETTER.search(name):
        raise RowError("name")
    made = Draft(name=name, external_id=clean(row.get("external_id"), 200), source=clean(row.get("source"), 100))
    made.partner_name = clean(row.get("partner"), 200)
    given = row.get("descriptions")
    if isinstance(given, dict):
        made.descriptions = {clean(lang, 5): said for lang, text in given.items() if (said := clean_text(text))}
    else:
        made.descriptions = {lang: said for lang, key in _DESCRIBED if (said := clean_text(row.get(key)))}
        if text := clean_text(row.get("description")):
            made.descriptions.setdefault(languages_of(f"{name}. {text}")[0], text)
    others = row.get("names")
    made.names = {
        clean(lang, 5): said
        for lang, text in (
            others.items()
            if isinstance(others, dict)
            else ((lang, row.get(key)) for lang, key in _CALLED if key in row)
        )
        if (said := clean(text, LONGEST["name"])) and said != name
    }
    _whom(made, row)
    _price(made, row)
    _reach(made, row)
    _hours(made, row)
    _place(made, row)
    book = vocabulary()
    made.thematiques = listed(row.get("thematiques"))
    wanted = clean(row.get("kind"), 60)
    made.kind = wanted if wanted in book.kinds else _kind_named(wanted) or _kind_of(made)
    whole = f"{made.name}. {made.description}"
    stated = [form for form in listed(row.get("formats")) if form]
    made.formats = sorted(formats_of(f"{' '.join(stated)} . {whole}" if stated else whole))
    said = " ".join([whole, *listed(row.get("modes_accueil"))]).lower()
    made.remote = bool(_REMOTE_AT_ALL.search(said) and _REMOTE.search(said)) and not _in_person(row)
    made.alert = clean(row.get("alert"))
    _room(made, row)
    made.waiting_weeks = number(row.get("waiting_weeks"))
    made.verified_on = day(row.get("verified_on"))
    made.verified_by = clean(row.get("verified_by"), 200)
    return made


def _room(made: Draft, row: Mapping[str, Any]) -> None:
    """How many are free, where a number says so; else whatever was said of it."""
    said = clean(row.get("places"), 40)
    made.places = int(said) if said.isdigit() and len(said) < 6 else None
    made.capacity = clean(row.get("capacity"), 40) or ("" if made.places is None else "open" if made.places else "full")
    if made.places is None and said:
        made.capacity = made.capacity or said
    made.capacity_on, made.closed_from = day(row.get("capacity_on")), day(row.get("closed_from"))
    made.closed_until = day(row.get("closed_until"))


def _in_person(row: Mapping[str, Any]) -> bool:
    return "en-presentiel" in listed(row.get("modes_accueil")) or bool(
        clean(row.get("commune_name")) and not listed(row.get("modes_accueil"))
    )


def _whom(made: Draft, row: Mapping[str, Any]) -> None:
    low, high = number(row.get("age_min")), number(row.get("age_max"))
    said = clean(row.get("age"), 100)
    if low is None and high is None and said:
        low, high = read_ages(said) or (None, None)
    made.age_min = low if low is not None and 0 <= low <= 120 else -1
    made.age_max = high if high is not None and 0 <= high <= 130 else -1
    made.audience = listed(row.get("audience"))
    made.audience_note = clean(row.get("audience_note"))
    made.languages, noted = languages(row.get("languages"))
    made.language_note = clean(row.get("language_note")) or noted


def _price(made: Draft, row: Mapping[str, Any]) -> None:
    made.fee = clean(row.get("fee"))
    told = row.get("free")
    if isinstance(told, bool):
        made.free = told
    read = read_fees(made.fee)
    made.fee_checked_on = read.checked_on
    if not isinstance(told, bool):
        made.free = read.free


def _reach(made: Draft, row: Mapping[str, Any]) -> None:
    made.access = clean(row.get("access"), 300)
    made.how = clean(row.get("how"))
    made.phone = clean(row.get("phone"), 80)
    made.email = clean(row.get("email"), 200)
    site = clean(row.get("website"), 500)
    made.website = (
        site
        if re.match(r"https?://\w", site)
        else f"https://{site}"
        if re.match(r"^[\w-]+(\.[\w-]+)+(/|$)", site)
        else ""
    )


def _hours(made: Draft, row: Mapping[str, Any]) -> None:
    week = {name: clean(row.get(name), 200) for name in DAYS if row.get(name)}
    made.hours_text = clean(row.get("hours")) or "; ".join(f"{name} {text}" for name, text in week.items())
    read = (
        read_week(week)
        if week and not row.get("hours")
        else read_hours(made.hours_text, next(iter(made.descriptions), None))
    )
    made.hours_text = clean(row.get("hours_text")) or made.hours_text
    made.hours, made.evening, made.weekend = read.osm, read.evening, read.weekend


def _place(made: Draft, row: Mapping[str, Any]) -> None:
    book = gazetteer()
    made.address = clean(row.get("address"))
    postal = clean(row.get("postal"), 12)
    postal = postal.split(".")[0]
    made.postal = (
        postal.zfill(5)
        if re.fullmatch(r"\d{4}", postal) and clean(row.get("country"), 20).upper() in {"FR", "FRANCE"}
        else postal
    )
    made.commune_name = clean(row.get("commune_name"), 120)
    made.latitude, made.longitude = decimal(row.get("latitude")), decimal(row.get("longitude"))
    code = clean(row.get("commune_code"), 12).split(".")[0]
    place = None
    if re.fullmatch(r"(?:(?:BE|FR|LU):)?\w{5,9}", code):
        place = book.by_code(code if ":" in code else f"FR:{code}" if len(made.postal) == 5 else code)
        place = book.commune_of(place) if place else None
    if place is None and (made.commune_name or made.postal):
        place = commune_of(made.commune_name, made.postal)
    if place is not None:
        made.commune = place.commune
        made.commune_name = made.commune_name or place.name
    made.zone = listed(row.get("zone"))
    made.zone_codes = list(zone_codes(tuple(made.zone), made.commune))


def _kind_named(said: str) -> str:
    if not said:
        return ""
    wanted = fold(said)
    for kind in vocabulary().kinds.values():
        if wanted in {fold(name) for name in kind.names.values()}:
            return kind.key
    return ""


def _kind_of(made: Draft) -> str:
    """What its name says it is, else what its description does, else its themes."""
    book = vocabulary()
    langs = languages_of(f"{made.name}. {made.description}")
    kind = kind_of(book.matches(made.name, langs))
    if kind == "other" and made.description:
        kind = kind_of(book.matches(made.description, langs))
    if kind == "other" and made.thematiques:
        wanted = set(made.thematiques)
        kind = next((key for key, entry in book.kinds.items() if wanted & set(entry.thematiques)), kind)
    return kind
