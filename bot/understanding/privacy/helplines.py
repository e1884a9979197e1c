"""Telephone lines for an emergency, by country and language, with the page each number was compared with, and when."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from bot.understanding.privacy.emergency import EmergencyKind
from bot.understanding.privacy.words import load

Audience = Literal["everyone", "young", "violence"]


@dataclass(frozen=True, slots=True)
class HelpLine:
    """`name` is in the line's own language; `hours` is None where they vary or were not confirmed."""

    number: str
    name: str
    audience: Audience
    hours: str | None
    source: str
    checked: date


@cache
def help_lines(country: str, lang: str, kind: EmergencyKind) -> tuple[HelpLine, ...]:
    """Lines in the order to show them; the country's first language stands in for others, 112 for other countries."""
    data = load("helplines.json")
    order = data["order"].get(country.upper())
    if order is None:
        return (_line(data["lines"]["eu-112"], lang),)
    listed = order.get(lang.lower()) or next(iter(order.values()))
    return tuple(_line(data["lines"][name], lang) for name in (*listed["always"], *listed.get(kind, ())))


def _line(row: dict[str, object], lang: str) -> HelpLine:
    names = row["name"]
    assert isinstance(names, dict)
    audience: Audience = (
        "young" if row["audience"] == "young" else "violence" if row["audience"] == "violence" else "everyone"
    )
    return HelpLine(
        number=str(row["number"]),
        name=str(names.get(lang) or next(iter(names.values()))),
        audience=audience,
        hours=None if row["hours"] is None else str(row["hours"]),
        source=str(row["source"]),
        checked=date.fromisoformat(str(row["checked"])),
    )
