"""Phrases that wait: English source and named blanks, put in words at the door in the language of who reads.

A blank may be a text (a person's words, never markup), a number, a day, an instant, another phrase, a span, or a
sequence of these, which is read out as a list ("a, b et c"). In a catalogue, `**…**` is bold and backquotes hold
what is to be typed.
"""

import gettext
import pathlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Union
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from babel.lists import format_list

from bot.text import Bold, Code, Link, Mention, Plain, Span, Text, joined, plain

LANGUAGES = ("fr", "nl", "de", "en")
CATALOGUES = pathlib.Path(__file__).parent / "locale"
# A day this far ahead is said without its year.
NEAR = timedelta(days=300)

Blank = Union[str, int, date, datetime, time, "Phrase", Span, Sequence["Blank"]]

_PIECES = re.compile(r"(\*\*.+?\*\*|`[^`]+`|\{\w+\})")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose eyes a phrase is for: language, zone, and the day on which it is read."""

    language: str = "fr"
    timezone: str = "Europe/Brussels"
    country: str = "BE"
    today: date | None = None


@dataclass(frozen=True)
class Phrase:
    english: str
    blanks: Mapping[str, Blank] = field(default_factory=dict)
    english_many: str = ""
    count: int = 1

    def text(self, reader: Reader) -> Text:
        """The spans that this reader sees."""
        return tuple(_fill(self._template(reader.language), self.blanks, reader))

    def say(self, reader: Reader) -> str:
        """The words alone."""
        return plain(self.text(reader))

    def _template(self, language: str) -> str:
        catalogue = _catalogue(language)
        if self.english_many:
            return catalogue.ngettext(self.english, self.english_many, self.count)
        return catalogue.gettext(self.english) if self.english else ""


@dataclass(frozen=True)
class Lines(Phrase):
    """Phrases one below the other."""

    parts: tuple[Phrase, ...] = ()
    separator: str = "\n"

    def text(self, reader: Reader) -> Text:
        return joined((part.text(reader) for part in self.parts), self.separator)


def _(english: str, /, **blanks: Blank) -> Phrase:
    return Phrase(english, blanks)


def many(one: str, more: str, /, n: int, **blanks: Blank) -> Phrase:
    """A phrase with a number in it, `{n}`."""
    return Phrase(one, {**blanks, "n": n}, more, n)


def lines(*parts: Phrase | None, separator: str = "\n") -> Phrase:
    """One below the other; None is passed over."""
    return Lines("", parts=tuple(part for part in parts if part is not None), separator=separator)


def verbatim(text: str) -> Phrase:
    """A person's own words, the same in every language."""
    return Phrase("{words}", {"words": text})


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{language}.mo"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _fill(template: str, blanks: Mapping[str, Blank], reader: Reader) -> Sequence[Span]:
    spans: list[Span] = []
    for piece in _PIECES.split(template):
        if not piece:
            continue
        if piece.startswith("**"):
            spans.append(Bold(plain(_fill(piece[2:-2], blanks, reader))))
        elif piece.startswith("`"):
            spans.append(Code(plain(_fill(piece[1:-1], blanks, reader))))
        elif piece.startswith("{"):
            spans.extend(_blank(blanks[piece[1:-1]], reader))
        else:
            spans.append(Plain(piece))
    return spans


def _blank(value: Blank, reader: Reader) -> Text:
    match value:
        case Phrase():
            return value.text(reader)
        case Plain() | Bold() | Code() | Link() | Mention():
            return (value,)
        case str():
            return (Plain(value),)
        case datetime():
            local = value.astimezone(ZoneInfo(reader.timezone))
            return (
                Plain(f"{day_words(local.date(), reader)}{_AT[reader.language]}{time_words(local.time(), reader)}"),
            )
        case date():
            return (Plain(day_words(value, reader)),)
        case time():
            return (Plain(time_words(value, reader)),)
        case int():
            return (Plain(str(value)),)
        case _:
            items = [plain(_blank(item, reader)) for item in value]
            return (Plain(format_list(items, locale=_locale(reader))),)


_AT = {"fr": " à ", "nl": " om ", "de": " um ", "en": " at "}
_DAYS = {"fr": "EEEE d MMMM", "nl": "EEEE d MMMM", "de": "EEEE, d. MMMM", "en": "EEEE d MMMM"}


def day_words(day: date, reader: Reader) -> str:
    """The day with its weekday; with its year when it is far or the day of reading is unknown."""
    near = reader.today is not None and abs(day - reader.today) < NEAR and day >= reader.today - NEAR / 2
    said = format_date(day, _DAYS[reader.language] + ("" if near else " y"), locale=_locale(reader))
    return re.sub(r"\b1 (?=\w)", "1er ", said, count=1) if reader.language == "fr" and day.day == 1 else said


def weekday_words(number: int, reader: Reader) -> str:
    """Short, 0 for Monday: lun., ma, Mo, Mon."""
    return str(get_day_names("abbreviated", locale=_locale(reader))[number])


def time_words(value: time, reader: Reader) -> str:
    """As people write it: 14h30, 14u30, 14.30 Uhr, 14:30."""
    minutes = f"{value.minute:02}" if value.minute else ""
    match reader.language:
        case "fr":
            return f"{value.hour}h{minutes}"
        case "nl":
            return f"{value.hour}u{minutes}"
        case "de":
            return f"{value.hour}{'.' + minutes if minutes else ''} Uhr"
        case _:
            return f"{value.hour}:{value.minute:02}"


def _locale(reader: Reader) -> str:
    return "en_GB" if reader.language == "en" else reader.language
