"""What shows in a unit before it is weighed: predicate, cues, names at its edges, whether it is said to be done."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.minutes_parts import grammar
from bot.understanding.minutes_parts.blocks import roles_of
from bot.understanding.minutes_parts.grammar import Predicate
from bot.understanding.minutes_parts.languages import Language, every
from bot.understanding.minutes_parts.people import FEW_WORDS, People, looks_like_people, split_names
from bot.understanding.minutes_parts.sentences import Unit

_DONE_WORDS = (
    "faite?s?|done|ok|gedaan|klaar|afgerond|geregeld|erledigt|fertig|abgeschlossen|terminée?s?|réglée?s?|"
    "completed|finished|in orde|in ordnung"
)
# Said to be done: a word that closes the item, stands in brackets or after an arrow, is shouted, or a tick.
_DONE = re.compile(
    rf"(?:[:→(\[~–—-]|=>|->|^)\s*\**~?(?:c'est\s+|is\s+)?(?:{_DONE_WORDS})\b(?!(?:\s+\w+){{5}})", re.IGNORECASE
)
_SHOUTED = re.compile(r"\b(?:FAITE?S?|DONE|GEDAAN|ERLEDIGT|KLAAR|TERMINÉ)\b|[✓✔✅☑]|→\s*résolu")
_UNDONE = re.compile(
    r"\b(?:pas|not|niet|nicht|non|nog|à|to be|presque|bijna|almost|fast|half)\s+(?:encore\s+|yet\s+|noch\s+)?"
    r"(?:faite?s?|done|gedaan|klaar|afgerond|erledigt|fertig|terminée?s?)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*(?:[:→–—-]|=>|->|\|)\s*(?P<after>@?[^\W\d_][^:→()]{0,40}?)|\s*\((?P<in>@?[^\W\d_][^()]{0,40})\))\s*[.?!]?$"
)
OUTCOME = re.compile(r"(?:→|=>|->|<=)")
_NOT_TASKS = ("future", "have", "be", "must", "can", "past", "would")


@dataclass(frozen=True)
class Seen:
    """`cues` gives each cue's first token, `owner_label` and `tail` who is named before a colon and at the end."""

    unit: Unit
    predicate: Predicate
    cues: Mapping[str, int]
    owner_label: str | None
    tail: str | None
    done: bool
    question: bool
    infinitive: bool
    names_only: bool
    attends: bool


def look(unit: Unit, one: Language, people: People) -> Seen:
    label = unit.label
    named = label is not None and label.kind == "text" and looks_like_people(label.text, people, one)
    cues = _cues(unit, one)
    return Seen(
        unit=unit,
        predicate=grammar.read(unit.tokens, one, people),
        cues=cues,
        owner_label=label.text if label is not None and named else None,
        tail=_tail(unit.text, one, people),
        done=is_done(unit.text) or "~~" in unit.raw,
        question=unit.text.rstrip(' *_»")').endswith("?") or cues.get("begins_question") == 0,
        infinitive=_infinitive(unit, one),
        names_only=_names_only(unit, people, one),
        attends=_attends(unit),
    )


def _attends(unit: Unit) -> bool:
    """Says who was there or who wrote, before a colon: "Excusée : …", "Prise de notes : …"."""
    said = unit.label.text if unit.label is not None else unit.text.partition(":")[0] if ":" in unit.text else ""
    return "attendance" in roles_of(said, every())


def is_done(text: str) -> bool:
    """Said to be done, and not "pas fait"."""
    return bool(_SHOUTED.search(text) or _DONE.search(text)) and not _UNDONE.search(text)


def _cues(unit: Unit, one: Language) -> dict[str, int]:
    found: dict[str, int] = {}
    kept = [index for index, token in enumerate(unit.tokens) if token.text != ","]
    for name, start, _ in one.cues.find([unit.tokens[index].word for index in kept]):
        found.setdefault(name, kept[start])
    if "take_on" in found and found.get("propose") == found["take_on"] + 1:
        # "se propose de" offers, it does not suggest.
        del found["propose"]
    return found


def _tail(text: str, one: Language, people: People) -> str | None:
    match = _TAIL.search(text)
    if match is None:
        return None
    said = (match["after"] or match["in"]).strip(" *_")
    names = split_names(said.removeprefix("@"))
    known = bool(names) and all(word.lower() in people.words for name in names for word in name.split()[:1])
    if said.startswith("@") or known:
        return said
    likely = bool(names) and looks_like_people(said, people, one)
    bracket = match["in"] and len(said.split()) <= FEW_WORDS and not said.isupper()
    return said if likely and (bracket or OUTCOME.match(match[0].lstrip())) else None


def _infinitive(unit: Unit, one: Language) -> bool:
    """Said as a task: "Contacter la commune", "Send the report", "Flyer drucken", "Mailing list opkuisen"."""
    words = [token for token in unit.tokens if token.is_word]
    if not words:
        return False
    if one.code in ("fr", "en"):
        second = len(words) > 1 and words[0].word in ("re", "to", "ne", "se", "s'")
        return one.ends("infinitive_ending", words[int(second)].word) or words[0].word in one.verbs["tasks"]
    before_brackets = len(re.split(r"\s*[(:→]", unit.text, maxsplit=1)[0])
    said = [token for token in words if token.start < before_brackets]
    if not said or any(token.word in one.verbs[name] for token in said for name in _NOT_TASKS):
        return False
    return said[-1].text.islower() and one.ends("infinitive_ending", said[-1].word)


def _names_only(unit: Unit, people: People, one: Language) -> bool:
    """After a colon nothing but people, one of them known: "Site web : Ana et Paul"; not who took the notes."""
    words = [token for token in unit.tokens if token.is_word]
    if unit.label is None or unit.index or not any(people.knows(token) for token in words):
        return False
    if unit.block.roles & {"attendance", "stats"}:
        return False
    joins, function = one.verbs["joins"], one.verbs["function"]
    return all((token.capital and token.word not in function) or token.word in joins for token in words)
