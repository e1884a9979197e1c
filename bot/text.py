"""Text as it leaves for any platform: spans, never marked-up strings: what a person wrote cannot become markup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_COLON = re.compile(r"(?<!\d):(?!//)|:(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Plain:
    """Words, with their line breaks; each adapter escapes them for where they go."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """What is to be typed as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person who is notified by it; someone without an account is only named."""

    external_id: str | None
    name: str


Span = Plain | Bold | Code | Link | Mention
Text = tuple[Span, ...]
# What one line of a list holds of somebody's words.
LINE_LENGTH = 160


def plain(text: Iterable[Span]) -> str:
    """The words alone, as the command line and the tests show them."""
    return "".join(span.name if isinstance(span, Mention) else span.text for span in text)


def joined(parts: Iterable[Text], separator: str) -> Text:
    spans: list[Span] = []
    for part in parts:
        if spans and separator:
            spans.append(Plain(separator))
        spans.extend(part)
    return tuple(spans)


def parted(line: str) -> tuple[str, str, str]:
    """What stands before and after its first colon, and the colon: none that is of an address or of an hour."""
    found = _COLON.search(line)
    return (line[: found.start()], ":", line[found.end() :]) if found else (line, "", "")


def shortened(text: str, length: int = LINE_LENGTH) -> str:
    """On one line, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
