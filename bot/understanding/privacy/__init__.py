"""No patient data: what in a text must be refused, what must be asked about, and whether someone is in danger now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.understanding.privacy.emergency import EmergencyKind, alarms
from bot.understanding.privacy.helplines import HelpLine, help_lines
from bot.understanding.privacy.numbers import national_numbers
from bot.understanding.privacy.patients import patients
from bot.understanding.privacy.stripping import replace, strip
from bot.understanding.privacy.words import Span, read

__all__ = [
    "Emergency",
    "EmergencyKind",
    "HelpLine",
    "Inspection",
    "Marked",
    "Span",
    "help_lines",
    "inspect",
    "mask_lines",
    "strip",
]

_MASK = "••"


@dataclass(frozen=True, slots=True)
class Emergency:
    """`lines` are in the order to show them, for the reader's language if given, else that of the words."""

    kind: EmergencyKind
    language: str
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in one text; `masked` is for its author, never stored unless the verdict is "clear"."""

    national_numbers: tuple[Span, ...]
    patient: tuple[Span, ...]
    masked: str
    emergency: Emergency | None

    @property
    def verdict(self) -> Literal["clear", "refuse", "ask"]:
        if self.national_numbers:
            return "refuse"
        return "ask" if self.patient else "clear"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of minutes to leave out, counted from 1, as it may be shown."""

    line: int
    reason: Literal["national number", "patient"]
    masked: str


def inspect(text: str, *, lang: str | None = None, country: str = "BE", asked: bool = False) -> Inspection:
    """Reads a text in any of the four languages; `lang` (the reader's) and `country` only choose help lines.

    `asked`: it is a question about services, whether or not it looks like one.
    """
    numbers = national_numbers(text)
    words = read(text)
    raised = alarms(words)
    told = patients(words, raised, asked=asked)
    emergency = None
    if raised:
        language = lang or raised[0].language
        emergency = Emergency(raised[0].kind, language, help_lines(country, language, raised[0].kind))
    spans = [(span.start, span.end) for span in (*numbers, *told)]
    return Inspection(numbers, told, replace(text, spans, _MASK) if spans else text, emergency)


def mask_lines(lines: Iterable[str]) -> tuple[Marked, ...]:
    """The lines of minutes that hold patient data; every other line may be read and kept."""
    marked: list[Marked] = []
    for number, line in enumerate(lines, start=1):
        seen = inspect(line)
        if seen.verdict != "clear":
            marked.append(Marked(number, "national number" if seen.national_numbers else "patient", seen.masked))
    return tuple(marked)
