"""Who is named in these minutes: attendees, people before a colon or in brackets, and subjects that act."""

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.understanding.minutes_parts.languages import Language, Token, tokens
from bot.understanding.minutes_parts.sentences import Unit

_LIST = re.compile(r"\s*(?:[,;/\n]|\bet\b|\ben\b|\band\b|\bund\b|&)\s*")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_NAME = re.compile(
    r"^[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:de|du|des|van|von|der|den|le|la|el|d'|ter|te|op)?\s*[A-ZÀ-Ý][\w'’.-]*){0,4}$"
)
_MAX_WORDS = 5
FEW_WORDS = 2


class People:
    """`words` are the lower-case parts of names, `likely` of what may be names, `names` the full names as written."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.likely: set[str] = set()
        self.names: list[str] = []

    def add(self, name: str, one: Language) -> None:
        parts = [token for token in tokens(name) if token.is_word and token.capital]
        good = [part.word for part in parts if part.word not in one.verbs["function"] and len(part.word) > 1]
        if good and len(good) == len(parts):
            self.words.update(good)
            self.names.append(name)

    def knows(self, token: Token) -> bool:
        return token.word in self.words and token.capital

    def suspects(self, token: Token) -> bool:
        return token.capital and (token.word in self.words or token.word in self.likely)

    def full(self, name: str) -> str:
        """The attendee's full name when exactly one begins with or contains this one."""
        found = {full for full in self.names if name != full and name.lower() in full.lower().split()}
        return found.pop() if len(found) == 1 else name


def split_names(text: str) -> list[str]:
    """Names in a list such as "Ana Lemaire (CPAS), Paul et Rose"; what does not look like a name is left out."""
    parts = (part.strip(" .*_-\t[]") for part in _LIST.split(_BRACKETS.sub("", text)))
    return [part for part in parts if _NAME.match(part) and len(part.split()) <= _MAX_WORDS]


def collect(units: list[Unit], present: Iterable[str], one: Language) -> People:
    people = People()
    lower = {token.word for unit in units for token in unit.tokens if token.text[:1].islower()}
    for name in present:
        people.add(name, one)
    if one.code != "de":
        people.likely = _capitals(units) - lower - one.verbs["function"] - one.verbs["body"]
    for unit in units:
        if "attendance" in unit.block.roles and unit.block.kind in ("item", "paragraph") and unit.label is None:
            for name in split_names(unit.text):
                people.add(name, one)
        for name in (*_labelling(unit, people, one), *_in_brackets(unit), *_subject(unit, one)):
            if name.lower() not in lower:
                people.add(name, one)
    return people


def _capitals(units: list[Unit]) -> set[str]:
    """Words that are written with a capital within a sentence."""
    return {
        token.word
        for unit in units
        for before, token in pairwise(unit.tokens)
        if token.is_word
        and token.capital
        and before.is_word
        and len(token.word) > FEW_WORDS
        and not token.text.isupper()
    }


def _labelling(unit: Unit, people: People, one: Language) -> list[str]:
    label = unit.label
    if label is None or label.kind != "text" or not looks_like_people(label.text, people, one):
        return []
    return split_names(label.text.replace("\\", ""))


def _in_brackets(unit: Unit) -> list[str]:
    end = len(unit.text.rstrip(" .?!"))
    found = (match[1] for match in _IN_BRACKETS.finditer(unit.text) if match.end() >= end)
    return [
        name for text in found if len(text.split()) <= FEW_WORDS for name in split_names(text) if not name.isupper()
    ]


def _subject(unit: Unit, one: Language) -> list[str]:
    """A capitalised first word that a helping verb follows: "Koen gaat", "Maya to", "Claire va"."""
    if len(unit.tokens) <= FEW_WORDS:
        return []
    first, second = unit.tokens[:2]
    if not first.capital or first.word in one.verbs["function"] or first.word in one.verbs["body"]:
        return []
    helping = one.verbs["going"] | one.verbs["must"]
    helping |= one.verbs["future"] | one.verbs["have"] if one.code != "de" else {"hat"}
    if one.code == "en":
        helping |= {"to"}
    return [first.text] if second.word in helping - one.verbs["be"] else []


def looks_like_people(text: str, people: People, one: Language) -> bool:
    """True for a label such as "Marie", "Ana & Paul", "Équipe com", "CD", "Tout le monde", "@rose"."""
    found = [token for token in tokens(text.replace("\\", "")) if token.is_word]
    if not found or len(found) > _MAX_WORDS + 1:
        return False
    if text.strip().startswith("@"):
        return True
    words = [token.word for token in found]
    names = [
        token for token in found if token.capital and (token.word not in one.verbs["function"] or people.knows(token))
    ]
    joined = [word for word in words if word in one.verbs["joins"]]
    if len(names) + len(joined) == len(found) and len(names) <= 3 + len(joined):
        return True
    return any(word in one.verbs["body"] for word in words) or " ".join(words) in one.verbs["everyone"]
