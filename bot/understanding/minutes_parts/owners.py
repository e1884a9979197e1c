"""Who takes it on: in the table, before a colon, at the end, subject or agent, in the heading, or said before."""

import re
from collections.abc import Sequence

from bot.understanding.minutes_parts import grammar, rules
from bot.understanding.minutes_parts.grammar import TITLES
from bot.understanding.minutes_parts.languages import Language, tokens
from bot.understanding.minutes_parts.markup import plain
from bot.understanding.minutes_parts.people import People, looks_like_people, split_names
from bot.understanding.minutes_parts.signs import ASSIGNS, Seen
from bot.understanding.spelling import fold

_HEADING_NAME = re.compile(r"\(([^()]{2,60})\)\s*$")
_ROLE = re.compile(
    r"^(?:ex-)?(?:voorzitter|president|présidente?|chair|vorsitzender?|responsable|verantwoordelijke|trekker|lead|pilote)\s+",
    re.IGNORECASE,
)
_ACTORS = ("person", "name", "body", "all")
_CLEFT = {
    "fr": re.compile(r"^(?:c['’]est|ce sont)\s+(.{2,60}?)\s+qui\b", re.IGNORECASE),
    "en": re.compile(r"^it is\s+(.{2,60}?)\s+who\b", re.IGNORECASE),
}
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_AND = {
    code: re.compile(rf"\s*[,&+/]\s*|\s+{word}\s+", re.IGNORECASE)
    for code, word in (("fr", "et"), ("nl", "en"), ("en", "and"), ("de", "und"))
}
_AGENT_WORDS = 6
_BACK = 3
_TWO, _PARTIES = 2, 10


def find(source: str, seen: Sequence[Seen], index: int, one: Language, people: People) -> str | None:
    """The owner as written in the minutes, without pronouns; None when nobody is named."""
    one_seen = seen[index]
    unit = one_seen.unit
    who = next((source[cell.start : cell.end] for cell in unit.row if cell.role == "who"), "")
    if plain(who):
        return plain(who)
    if one_seen.names_only:
        return _clean(unit.text)
    if one_seen.owner_label is not None:
        return _clean(one_seen.owner_label)
    if one_seen.tail is not None:
        return _clean(one_seen.tail)
    if (cleft := _CLEFT.get(one.code)) and (match := cleft.match(unit.text)):
        return match[1]
    if assigned := ASSIGNS.search(unit.text):
        return _clean(assigned["who"])
    start, end = one_seen.predicate.subject
    if one_seen.predicate.kind == "person" and {token.word for token in unit.tokens[start:end]} & one.verbs["me"]:
        return next((name for name in reversed(unit.block.headings) if split_names(name)), None)
    return (
        (_agreeing(one_seen) if rules.parties(one_seen) else None)
        or _agent(one_seen, one, people)
        or _subject(one_seen)
        or _later_subject(one_seen, one, people)
        or _before(seen, index)
        or _agreeing(one_seen)
        or _above(one_seen, one, people)
    )


def meant(owner: str | None, people: People, one: Language) -> tuple[str, ...]:
    """The attendees whom these words can only mean, all of them or none: by a first name, initials or a function."""
    if not owner:
        return ()
    parts = [part.strip() for part in _AND[one.code].split(owner) if part.strip()]
    found = [_attendee(part, people, one) for part in parts]
    return tuple(dict.fromkeys(name for name in found if name)) if all(found) else ()


def _attendee(said: str, people: People, one: Language) -> str | None:
    said = _IN_BRACKETS.sub("", said).strip(" @.")
    if said in people.initials:
        return people.initials[said]
    wanted = [word for word in _words(said) if word not in TITLES and word not in one.verbs["articles"]]
    if not wanted:
        return None
    named = [name for name in people.attending if set(wanted) <= set(_words(name))]
    if not named:
        named = [name for name, of in people.beside.items() if _words(of)[: len(wanted)] == wanted]
    return named[0] if len(named) == 1 else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))


def _subject(one_seen: Seen) -> str | None:
    if one_seen.predicate.kind not in _ACTORS:
        return None
    start, end = one_seen.predicate.subject
    return _span(one_seen, start, end)


def _span(one_seen: Seen, start: int, end: int) -> str | None:
    words = one_seen.unit.tokens[start:end]
    if not words:
        return None
    text = one_seen.unit.text[words[0].start : words[-1].start + len(words[-1].text)]
    return _clean(text)


def _agent(one_seen: Seen, one: Language, people: People) -> str | None:
    """Named after a passive: "… sera menée par Ana", "wordt opgevolgd door het secretariaat"."""
    if one_seen.predicate.tense not in ("future", "passive", "state", "perfect", "must", "to", "none"):
        return None
    if one_seen.predicate.kind == "person":
        return None
    found = one_seen.unit.tokens
    for position in range(max(one_seen.predicate.verb, 0), len(found) - 1):
        if found[position].word in one.verbs["agents"]:
            named = grammar.subject_at(found, position + 1, one, people)
            if named is not None and named[0] in ("person", "body", "name"):
                return _span(one_seen, position + 1, min(named[1], position + 1 + _AGENT_WORDS))
    return None


def _later_subject(one_seen: Seen, one: Language, people: People) -> str | None:
    found = one_seen.unit.tokens
    for position, token in enumerate(found[:-1]):
        if people.knows(token) and (position == 0 or not people.knows(found[position - 1])):
            predicate = grammar.read(found[position:], one, people)
            if (
                predicate.kind == "person"
                and predicate.subject[0] == 0
                and predicate.tense in ("present", "future", "to", "must")
            ):
                return _span(one_seen, position, position + predicate.subject[1])
    return None


def _agreeing(one_seen: Seen) -> str | None:
    """The organisations that the sentence begins with, before it says that they agree."""
    agrees = rules.parties(one_seen)
    if agrees:
        return _span(one_seen, 0, agrees)
    agrees = one_seen.cues.get("agree", 0)
    if not _TWO <= agrees <= _PARTIES or not one_seen.organisations:
        return None
    said = _span(one_seen, 0, agrees)
    held = {word for name in one_seen.organisations for word in name.split()}
    return said if said and held & set(said.lower().split()) else None


def _before(seen: Sequence[Seen], index: int) -> str | None:
    """A pronoun, or a sentence that begins with its verb, speaks of the person of the sentence before."""
    one_seen = seen[index]
    pronoun = one_seen.predicate.kind == "they" and one_seen.predicate.subject[0] <= _BACK
    headless = (
        one_seen.predicate.kind in ("thing", "none")
        and one_seen.unit.index > 0
        and one_seen.predicate.tense in ("must", "future")
    )
    begins_with_verb = headless and one_seen.predicate.verb <= 1
    if not (pronoun or begins_with_verb):
        return None
    for earlier in reversed(seen[max(0, index - _BACK) : index]):
        if earlier.unit.block is not one_seen.unit.block:
            break
        named = _subject(earlier)
        if named is not None:
            return named
    return None


def _above(one_seen: Seen, one: Language, people: People) -> str | None:
    """The person an item stands under, or the one in the brackets of the heading: "Newsletter (Ana)"."""
    block = one_seen.unit.block
    parent = block.parent.rstrip(" :")
    if parent and looks_like_people(parent, people, one) and any(map(people.knows, tokens(parent))):
        return parent
    if one_seen.predicate.kind == "we":
        return None
    for heading in reversed(block.headings[-2:]):
        if match := _HEADING_NAME.search(heading):
            said = _ROLE.sub("", match[1])
            if split_names(said):
                return said
    return None


def _clean(text: str) -> str:
    return plain(text).strip(" ,;:.@*_")
