"""A question without what would say whose it is, its sense kept."""

import re
from collections.abc import Collection, Iterator

from bot.understanding.privacy.numbers import national_numbers
from bot.understanding.privacy.people import people
from bot.understanding.privacy.words import Sense, Words, key, read
from bot.understanding.spelling import fold

BLANK = "…"

_E_MAIL = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
_URL = r"(?:https?://|www\.)\S+"
_MENTION = r"(?<!\w)@[\w.-]{1,64}|<@\w{1,32}>"
_NUMBER = r"(?<![\w.,])(?:\+|\(\+)?\(?\d(?:[ ./()\-\u00a0\u202f]{0,3}\d){7,18}(?!\d)"
_IBAN = r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b"
_HOUSE = r"(?:n°\s?|nr\.?\s?)?\d{1,4}(?:\s?[a-z])?\b(?:\s?(?:bte|boîte|bus|/)\s?\w{1,4})?"
_STREET_FIRST = (
    r"\b(?:rue|avenue|av\.|chaussée|chée|place|boulevard|bd|blvd|route|chemin|allée|quai|impasse|clos|square|ruelle|sentier)"
    r"(?:\s[\w'’.-]{1,30}){1,6}?,?\s" + _HOUSE
)
_STREET_LAST = (
    r"\b[^\W\d_][\w-]{0,30}(?:straat|laan|steenweg|dreef|kaai|plein|straße|strasse|str\.|weg|platz|allee|gasse|lei)\s"
    + _HOUSE
)
_STREET_ENGLISH = r"\b\d{1,4}\s(?:[A-Z][\w'’-]{0,30}\s){1,3}(?:Street|Road|Avenue|Lane|Drive)\b"
_BORN = r"\b(?:née?(?: le)?|geboren(?: op| am)?|born(?: on)?|°)\s?\d{1,2}[ ./-][\w]{1,9}[ ./-]\d{2,4}"
_TAKEN = re.compile(
    f"{_E_MAIL}|{_URL}|{_MENTION}|{_IBAN}|{_BORN}|{_NUMBER}|{_STREET_FIRST}|{_STREET_LAST}|{_STREET_ENGLISH}",
    re.IGNORECASE,
)
_CALLED = frozenset(
    map(
        key,
        (
            "appelle",
            "appelé",
            "appelée",
            "heet",
            "heißt",
            "heiße",
            "called",
            "named",
            "nommé",
            "nommée",
            "prénommé",
            "genaamd",
        ),
    )
)
_FOR = frozenset(
    map(key, ("pour", "voor", "für", "for", "avec", "met", "mit", "with", "de", "van", "von", "chez", "bij", "bei"))
)
_BLANKS = re.compile(r"…(?:[ ,]{0,2}…)+")


def strip(text: str, *, keep: Collection[str] = ()) -> str:
    """Names, initials, numbers, addresses and links become "…"; `keep` lists names that stay, such as places."""
    kept = {fold(name) for name in keep}
    spans = [(span.start, span.end) for span in national_numbers(text)]
    spans += [match.span() for match in _TAKEN.finditer(text)]
    words = read(text)
    for first, last in _names(words):
        end = words.ends[last]
        if fold(text[words.starts[first] : end]) not in kept:
            spans.append((words.starts[first], end + (words.letter(last) and text[end : end + 1] == ".")))
    return _BLANKS.sub(BLANK, replace(text, spans, BLANK)).strip()


def _names(words: Words) -> Iterator[tuple[int, int]]:
    for person in people(words):
        if person.kind == "name":
            yield person.first, person.last
    for i, word in enumerate(words.keys[:-1]):
        unknown = not words.senses[i + 1] & ~Sense.FIRST and words.capital(i + 1)
        two = i + 2 < len(words) and words.between(i + 1) == " " and words.capital(i + 2) and not words.senses[i + 2]
        if unknown and (word in _CALLED or (word in _FOR and two and words.senses[i + 1] & Sense.FIRST)):
            yield i + 1, i + 2 if two else i + 1


def replace(text: str, spans: Collection[tuple[int, int]], blank: str) -> str:
    """The text with each span, overlapping ones together, as one blank."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            parts += (text[done:start], blank)
        done = max(done, end)
    return "".join((*parts, text[done:]))
