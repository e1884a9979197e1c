"""Who was there: names in lists, tables and sentences after a word such as "Présents", with what each stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.understanding.minutes_parts.blocks import Cell
from bot.understanding.minutes_parts.languages import LANGUAGES, language
from bot.understanding.minutes_parts.people import split_names
from bot.understanding.minutes_parts.sentences import Unit
from bot.understanding.spelling import fold

ROLES = ("excused", "represented", "absent", "present")
_INCLUSIVE = re.compile(r"[·.(/-]e[·.)/-]?s?\)?(?=\s|$)")
_WITH_BRACKETS = re.compile(r"(?P<name>[^,;()\n]{2,60}?)\s*\((?P<of>[^()]{2,60})\)")
_JOINED = re.compile(r"^\s*(?:et|en|and|und|&)\s+", re.IGNORECASE)
_DESCRIBED = re.compile(r"^(?P<name>[^,()–-]+?)\s*(?:,|\s[–—-]\s)\s*(?P<of>[^,()].*)$")
# Plural titles, and those in small letters, which would hide the names after them.
_PLURAL_TITLES = re.compile(
    r"\b(?:Mmes|MM\.?|Messieurs|Mesdames|Mlles|Herren|Damen|de heren|de dames|de heer"
    r"|(?:M|m)evrouw|mevr\.?|dhr\.?|mw\.?|(?:dr|pr|prof|drs|ir|ing|mr)\.)\s+"
)
_SEE = re.compile(r"^(?:voir|cf|zie|siehe|see)\b", re.IGNORECASE)
_THERE = frozenset({"p", "x", "oui", "ja", "yes", "present", "presente", "aanwezig", "anwesend", "✓", "✔", "ok"})
_EXCUSED = frozenset({"e", "exc", "excuse", "excusee", "v", "verontschuldigd", "entschuldigt", "apologies", "excused"})
_AWAY = frozenset({"a", "abs", "absent", "absente", "afwezig", "abwesend", "non", "no", "nee", "nein", "-"})
_PROCURATION = frozenset({"r", "rep", "represente", "representee", "proc", "procuration", "volmacht", "proxy"})
_BY_MARK = {
    mark: role
    for role, marks in (
        ("present", _THERE),
        ("excused", _EXCUSED),
        ("absent", _AWAY),
        ("represented", _PROCURATION),
    )
    for mark in marks
}


_NOBODY = frozenset({"néant", "aucun", "aucune", "personne", "geen", "niemand", "nihil", "none", "nobody", "keine"})


@dataclass(frozen=True)
class Attendance:
    """Names by role, and the organisation or function written beside a name."""

    names: dict[str, tuple[str, ...]]
    affiliations: dict[str, str]


def read(units: list[Unit]) -> Attendance:
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    beside: dict[str, str] = {}
    for role, names, stands_for in _mentions(units):
        found[role] += [name for name in names if name not in found[role]]
        beside |= {name: of for name, of in stands_for.items() if name in names and name not in beside}
    return Attendance({role: tuple(names) for role, names in found.items()}, beside)


def role_of(text: str) -> str | None:
    """What a label or a heading says of the people after it; inclusive spelling and lost accents are forgiven."""
    word = _INCLUSIVE.sub("", text.lower().strip(" *_:"))
    return _roles().get(fold(re.sub(r"[^\w\s'.()-]", "", word)).strip())


@cache
def _roles() -> dict[str, str]:
    return {
        fold(_INCLUSIVE.sub("", word)): role
        for role in reversed(ROLES)
        for code in LANGUAGES
        for word in language(code).facts[role]
    }


def _mentions(units: list[Unit]) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    for unit in units:
        if unit.row:
            yield from _in_table(unit.row)
        elif unit.label is not None and (role := role_of(unit.label.text)):
            yield from _in_line(role, unit.text)
        elif unit.label is None and ":" in unit.text and (role := role_of(unit.text.partition(":")[0])):
            yield from _in_line(role, unit.text.partition(":")[2])
        elif "attendance" in unit.block.roles and unit.block.headings and unit.index == 0:
            role = role_of(unit.block.parent.rstrip(": ")) or role_of(unit.block.headings[-1].rstrip(": "))
            if role:
                role = "absent" if unit.block.checked is False and role == "present" else role
                names, beside = _one(unit.text)
                yield role, names, beside


def _in_line(role: str, text: str) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """The names after a label, and after those that follow on the same line: "Là : Ana, Luc / Excusée : Rose"."""
    start = 0
    for match in _inner_label().finditer(text):
        said = text[start : match.start()].strip(" ./;|-–—")
        yield role, listed(said), _beside(said)
        role, start = role_of(match["label"]) or role, match.end()
    said = text[start:].strip().rstrip(".")
    yield role, listed(said), _beside(said)


@cache
def _inner_label() -> re.Pattern[str]:
    words = {word for code in LANGUAGES for role in ROLES for word in language(code).facts[role]}
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?P<label>{every})\.?\s*:", re.IGNORECASE)


def _in_table(row: tuple[Cell, ...]) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    cells = {cell.role: cell.text for cell in row if cell.role}
    role = next((name.removeprefix("name ") for name in cells if name.startswith("name ")), None)
    if role is None:
        return
    names = split_names(cells[f"name {role}"])
    if "presence" in cells or role == "all":
        role = _BY_MARK.get(fold(cells.get("presence", "p")).strip(" .*"), "")
    if role:
        yield role, names, dict.fromkeys(names, cells["org"]) if cells.get("org") else {}


def _one(text: str) -> tuple[list[str], dict[str, str]]:
    """An entry of a list of people: "Ana Lemaire, psychologue, CPAS de Vaux" is one person."""
    described = _DESCRIBED.match(text)
    if described and len(split_names(described["name"])) == 1 and not split_names(described["of"].split(",")[0]):
        name = split_names(described["name"])[0]
        return [name], {name: described["of"].strip(" .")}
    return listed(text), _beside(text)


def listed(text: str) -> list[str]:
    """The names of a list; where nothing has a capital, as in notes typed in haste, every short entry is one."""
    if _SEE.match(text.strip()):
        return []
    names = split_names(_PLURAL_TITLES.sub("", text))
    if names or any(char.isupper() for char in text):
        return names
    text = "" if text.strip().lower() in _NOBODY else text
    entries = re.split(r"\s*(?:[,;/+]|\bet\b|\ben\b|\band\b|\bund\b)\s*", re.sub(r"\s*\([^)]*\)", "", text))
    return [entry for entry in entries if re.fullmatch(r"[^\W\d_]{2,}(?:[ -][^\W\d_]{2,})?", entry)]


def _beside(text: str) -> dict[str, str]:
    found = {}
    for match in _WITH_BRACKETS.finditer(_PLURAL_TITLES.sub("", text)):
        names = split_names(_JOINED.sub("", match["name"]))
        if names:
            found[names[-1]] = match["of"].strip()
    return found
