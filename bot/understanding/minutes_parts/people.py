"""Who is named in these minutes: attendees, people before a colon or in brackets, and subjects that act."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from bot.understanding.minutes_parts import organisations
from bot.understanding.minutes_parts.languages import Language, Token, tokens
from bot.understanding.minutes_parts.sentences import Unit

_LIST = re.compile(r"\s*(?:[,;/\n+]|\bet\b|\ben\b|\band\b|\bund\b|&)\s*")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_NAME = re.compile(
    r"^[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:de|du|des|van|von|der|den|le|la|el|d'|ter|te|op)?\s*[A-ZÀ-Ý][\w'’.-]*){0,4}$"
)
_INITIALS = re.compile(r"^[A-ZÀ-Ý]{2,4}$")
_TITLES = frozenset({"M.", "Mme", "Mr", "Mrs", "Ms", "Dr", "Dr.", "Herr", "Frau", "Pr", "Prof", "Prof."})
_MAX_WORDS = 5
FEW_WORDS = 2


class People:
    """`words` are the lower-case parts of names, `likely` of what may be names, `names` the full names as written.

    `initials` are capitals that stand for an attendee ("SP"), `small` names that the notes write without a capital,
    `beside` the organisation or function of an attendee, `organisations` the words of those that are organisations.
    """

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.likely: set[str] = set()
        self.small: set[str] = set()
        self.names: list[str] = []
        self.attending: tuple[str, ...] = ()
        self.initials: dict[str, str] = {}
        self.beside: Mapping[str, str] = {}
        self.organisations: frozenset[tuple[str, ...]] = frozenset()

    def add(self, name: str, one: Language) -> None:
        parts = [token for token in tokens(name) if token.is_word and token.capital]
        good = [part.word for part in parts if part.word not in one.verbs["function"] and len(part.word) > 1]
        if good and len(good) == len(parts):
            self.words.update(good)
            self.names.append(name)

    def add_small(self, name: str) -> None:
        parts = name.split()
        self.small.update(parts)
        self.words.update(parts)
        self.names.append(name)

    def stands_for(self, name: str) -> bool:
        """The name is that of an attendee's organisation."""
        return any(name.lower() == of.lower() for of in self.beside.values())

    def knows(self, token: Token) -> bool:
        return (token.word in self.words and token.capital) or token.text in self.initials or token.word in self.small

    def suspects(self, token: Token) -> bool:
        return self.knows(token) or (token.capital and token.word in self.likely)


def split_names(text: str) -> list[str]:
    """Names in a list such as "Ana Lemaire (CPAS), Paul et Rose"; what does not look like a name is left out."""
    parts = (part.strip(" .*_-\t[]") for part in _LIST.split(_BRACKETS.sub("", text)))
    return [part for part in parts if _NAME.match(part) and len(part.split()) <= _MAX_WORDS]


def collect(units: list[Unit], present: Iterable[str], beside: Mapping[str, str], one: Language) -> People:
    """`present` are those whom the minutes list, there or not; `beside` what stands in brackets after them."""
    people = People()
    people.attending = tuple(present)
    people.beside = beside
    people.organisations = organisations.names(beside.values(), one)
    people.initials = _initials(people.attending, beside)
    lower = {token.word for unit in units for token in unit.tokens if token.text[:1].islower()}
    for name in people.attending:
        if name.islower():
            people.add_small(name)
        else:
            people.add(name, one)
    if one.code != "de":
        people.likely = _capitals(units) - lower - one.verbs["function"] - one.verbs["body"]
    for unit in units:
        if "attendance" in unit.block.roles and unit.block.kind in ("item", "paragraph") and unit.label is None:
            for name in split_names(unit.text):
                people.add(name, one)
        for name in (*_labelling(unit, people, one), *_in_brackets(unit), *_subject(unit, one)):
            if name.lower() not in lower and not people.stands_for(name):
                people.add(name, one)
    return people


def _initials(present: Iterable[str], beside: Mapping[str, str]) -> dict[str, str]:
    """Capitals by which the notes call an attendee: given in brackets, else the first letters where one has them."""
    given = {of: name for name, of in beside.items() if _INITIALS.match(of) and of[0] == name[0]}
    found: dict[str, list[str]] = {}
    for name in present:
        parts = [part for part in re.split(r"[\s-]+", name) if part[:1].isupper() and part not in _TITLES]
        if len(parts) > 1:
            found.setdefault("".join(part[0] for part in parts), []).append(name)
    return {letters: names[0] for letters, names in found.items() if len(names) == 1} | given


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
    if "attendance" in unit.block.roles:
        return []
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
