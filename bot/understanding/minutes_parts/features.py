"""What is seen in a unit, as a closed list of named features; none of them is a word of any document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.minutes_parts import grammar
from bot.understanding.minutes_parts.grammar import Predicate
from bot.understanding.minutes_parts.blocks import roles_of
from bot.understanding.minutes_parts.languages import Language, every
from bot.understanding.minutes_parts.people import People, looks_like_people, split_names
from bot.understanding.minutes_parts.sentences import Unit

# Said to be done: a word that closes the item, stands in brackets or after an arrow, is shouted, or a tick.
_DONE = re.compile(
    r"(?:(?:[:→(\[~–—-]|=>|->|^)\s*\**~?(?:c'est\s+|is\s+)?"
    r"(?:faite?s?|done|ok|gedaan|klaar|afgerond|geregeld|erledigt|fertig|abgeschlossen|terminée?s?|réglée?s?|completed|finished|in orde|in ordnung)"
    r"\b(?!\s+\w+\s+\w+\s+\w+\s+\w+\s+\w))|\b(?:FAITE?S?|DONE|GEDAAN|ERLEDIGT|KLAAR|TERMINÉ)\b|[✓✔✅☑]",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b(?:FAITE?S?|DONE|GEDAAN|ERLEDIGT|KLAAR|TERMINÉ)\b|[✓✔✅☑]|→\s*résolu")
_UNDONE = re.compile(r"\b(?:pas|not|niet|nicht|non|nog|à|to be|presque|bijna|almost|fast|half)\s+(?:encore\s+|yet\s+|noch\s+)?"
                     r"(?:faite?s?|done|gedaan|klaar|afgerond|erledigt|fertig|terminée?s?)", re.IGNORECASE)
_QUOTED = re.compile(r"^[«„“\"].*[»“”\"]\s*\.?$")
_TAIL = re.compile(
    r"(?:\s*(?:[:→–—-]|=>|->|\|)\s*(?P<after>@?[^\W\d_][^:→()]{0,40}?)|\s*\((?P<in>@?[^\W\d_][^()]{0,40})\))\s*[.?!]?$"
)
_OUTCOME = re.compile(r"(?:→|=>|->|<=)")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\b\d{1,2}(?:er|st|nd|rd|th|\.)?\s+[^\W\d_]{3,}|\b\d{4}-\d{2}-\d{2}\b|\b[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)\b")
_SHORT, _LONG = 4, 35
_LATER = 6
_DECIDING = ("decide", "adopt", "appoint", "fix", "agree", "vote")
_SPOKEN = ("tell", "propose", "ask", "wish", "discuss")


@dataclass(frozen=True)
class Seen:
    """A unit as read: its predicate, the cues found (name -> first position), who its label or its end names."""

    unit: Unit
    predicate: Predicate
    cues: Mapping[str, int]
    owner_label: str | None
    tail: str | None
    done: bool
    question: bool
    infinitive: bool
    names_only: bool


def look(unit: Unit, one: Language, people: People) -> Seen:
    cues: dict[str, int] = {}
    kept = [index for index, token in enumerate(unit.tokens) if token.text != ","]
    for name, start, _ in one.cues.find([unit.tokens[index].word for index in kept]):
        cues.setdefault(name, kept[start])
    if cues.get("propose", -1) - cues.get("take_on", -9) == 1:
        del cues["propose"]
    owner_label = None
    if unit.label is not None and unit.label.kind == "text" and looks_like_people(unit.label.text, people, one):
        owner_label = unit.label.text
    text = unit.text
    return Seen(
        unit=unit,
        predicate=grammar.read(unit.tokens, one, people),
        cues=cues,
        owner_label=owner_label,
        tail=_tail(text, one, people),
        done=is_done(text) or "~~" in unit.raw,
        question=text.rstrip(" *_»\")").endswith("?"),
        infinitive=_infinitive(unit, one),
        names_only=_names_only(unit, people, one),
    )


def _names_only(unit: Unit, people: People, one: Language) -> bool:
    """After a colon nothing but people, one of them known: "Site web : Ana et Paul"; not who took the notes."""
    if unit.label is None or "attendance" in roles_of(unit.label.text, every()) or unit.block.roles & {"attendance", "stats"}:
        return False
    words = [token for token in unit.tokens if token.is_word]
    joins = one.verbs["joins"]
    return (
        bool(words)
        and any(people.knows(token) for token in words)
        and all((token.capital and token.word not in one.verbs["function"]) or token.word in joins for token in words)
        and unit.block.kind in ("item", "paragraph")
        and unit.index == 0
    )


def is_done(text: str) -> bool:
    """Said to be done, and not "pas fait"."""
    return bool(_SHOUTED.search(text) or _DONE.search(text)) and not _UNDONE.search(text)


def _tail(text: str, one: Language, people: People) -> str | None:
    match = _TAIL.search(text)
    if match is None:
        return None
    said = (match["after"] or match["in"]).strip(" *_")
    names = split_names(said.removeprefix("@"))
    known = names and all(word.lower() in people.words for name in names for word in name.split()[:1])
    arrow = text[: match.start()].count("(") == text[: match.start()].count(")") and _OUTCOME.match(match[0].lstrip())
    if said.startswith("@") or known or (arrow and names and looks_like_people(said, people, one)):
        return said
    return said if match["in"] and names and looks_like_people(said, people, one) and len(said.split()) <= 2 and not said.isupper() else None


def _infinitive(unit: Unit, one: Language) -> bool:
    """An item said as a task: "Contacter la commune", "Send the report", "Filament besorgen", "Mailing list opkuisen"."""
    words = [token for token in unit.tokens if token.is_word]
    if not words:
        return False
    first = words[0]
    if one.code in ("fr", "en"):
        index = 1 if len(words) > 1 and first.word in ("re", "to", "ne", "se", "s'") else 0
        return one.ends("infinitive_ending", words[index].word) or first.word in one.verbs["tasks"]
    text = re.split(r"\s*[(:→]", unit.text)[0]
    last = [token for token in unit.tokens if token.is_word and token.start < len(text)]
    if not last:
        return False
    closed = any(token.word in one.verbs[name] for token in last for name in ("future", "have", "be", "must", "can", "past", "would"))
    final = last[-1]
    return not closed and final.text.islower() and one.ends("infinitive_ending", final.word)


def of(seen: Seen, before: Seen | None, one: Language, people: People) -> dict[str, float]:
    """Names of features to their strength (0 or 1), the same names in every language."""
    unit, predicate = seen.unit, seen.predicate
    found: set[str] = set()
    found.update(f"cue {name}" for name in seen.cues)
    found.update(_who_and_when(seen, one))
    found.update(_place(seen))
    found.update(_clauses(seen, one, people))
    found.update(_shape(seen))
    main = _main(seen)
    found.update(f"verb {name}" for name in main)
    deciding = [name for name in _DECIDING if name in seen.cues]
    if deciding:
        found.add("deciding")
        if predicate.tense in ("past", "perfect") and "recall" in seen.cues:
            found.add("deciding, recalled")
        if predicate.kind == "we":
            found.add("deciding, we")
        if predicate.tense == "state":
            found.add("deciding, state")
        if len(deciding) > 1:
            found.add("deciding twice")
        if min(seen.cues[name] for name in deciding) <= 2:
            found.add("deciding first")
    if before is not None and before.unit.block is unit.block:
        if before.question and not seen.question:
            found.add("after a question")
        if before.unit.label and before.unit.label.kind == "action":
            found.add("after an action")
    return dict.fromkeys(found, 1.0)


def _who_and_when(seen: Seen, one: Language) -> set[str]:
    predicate, kind = seen.predicate, seen.predicate.kind
    tense = "speaks" if _speaks(seen) else predicate.tense
    found = {f"who {kind}", f"when {tense}", f"{kind} {tense}"}
    if kind in ("person", "name", "body", "all", "we"):
        found.add(f"actor {tense}")
        if tense in ("present", "future", "to"):
            found.add("actor acts")
            if "take_on" in seen.cues:
                found.add("actor takes on")
    words = seen.unit.words
    if "when" in seen.cues and predicate.tense in ("future", "passive", "present"):
        found.add(f"some day, {predicate.tense}")
    if predicate.tense in ("future", "passive") and any(one.ends("participle_ending", word) for word in words[predicate.verb + 1 :]):
        found.add("will be done")
    if any(word in one.verbs["future"] or (len(word) > 4 and one.ends("future_ending", word)) for word in words):
        found.add("some future")
    if any(word in one.verbs["past"] for word in words) or predicate.tense in ("past", "perfect"):
        found.add("some past")
    return found


def _clauses(seen: Seen, one: Language, people: People) -> set[str]:
    """What a later clause says: "A wrote to B and will ask C", "no answer → call again"."""
    found: set[str] = set()
    all_tokens = seen.unit.tokens
    for position, token in enumerate(all_tokens[:-1]):
        if position <= seen.predicate.verb or not (token.word in one.verbs["joins"] or token.text in ("→", "=>", "->", ",", ":")):
            continue
        rest = all_tokens[position + 1 :]
        word = rest[0].word
        if token.text in ("→", "=>", "->") and one.ends("infinitive_ending", word):
            found.add("arrow, task")
        if word in one.verbs["future"] | one.verbs["going"] or one.ends("future_ending", word) and len(word) > _SHORT:
            found.add("later clause, future")
        predicate = grammar.read(rest[:_LATER], one, people)
        if predicate.subject[0] == 0 and predicate.kind in ("person", "name", "body", "we") and predicate.tense in ("future", "to", "present"):
            found.add(f"later clause, {'we' if predicate.kind == 'we' else 'actor'}")
    return found


def _speaks(seen: Seen) -> bool:
    """The finite verb tells, asks, proposes or wishes, rather than does; "se propose de" does."""
    main = _main(seen)
    verb = seen.predicate.verb
    takes_on = any(name == "take_on" and verb - 1 <= start <= verb for name, start in seen.cues.items())
    return seen.predicate.tense in ("present", "past", "perfect", "be") and not takes_on and any(name in main for name in _SPOKEN)


def _main(seen: Seen) -> list[str]:
    """The cues that the finite verb itself begins."""
    verb = seen.predicate.verb
    if verb < 0:
        return []
    return [name for name, start in seen.cues.items() if verb <= start <= verb + 1]


def _place(seen: Seen) -> set[str]:
    unit = seen.unit
    found = {f"in {role}" for role in unit.block.roles}
    found.add(f"as {unit.block.kind}")
    listed = unit.block.kind == "item"
    actions = bool(unit.block.roles & {"actions", "decisions"})
    if listed:
        found.add("deep item" if unit.block.depth > 4 else "item")
        if unit.index == 0:
            found.add("item begins")
    if "actions" in unit.block.roles:
        for name, holds in (("item", listed and unit.index == 0), ("owner", seen.owner_label), ("infinitive", seen.infinitive), ("later", unit.index > 0)):
            if holds:
                found.add(f"actions, {name}")
    if unit.label is not None:
        found.add(f"label {unit.label.kind}")
        if seen.names_only and unit.label.kind == "text":
            found.add("names only")
        if seen.owner_label:
            found.add("label names")
            found.add("label names, task" if seen.infinitive else "label names, prose")
            if not actions:
                found.add("label names, elsewhere")
    if unit.block.parent and unit.block.roles & {"actions", "decisions"}:
        found.add("actions, below an item")
    if listed and unit.index == 0 and seen.owner_label and "actions" in unit.block.roles:
        found.add("actions, item of someone")
    if seen.tail:
        found.add("ends with a name")
        if seen.infinitive:
            found.add("ends with a name, task")
    if seen.infinitive:
        found.add("task")
        if listed and unit.index == 0:
            found.add("task, item")
    if unit.index == 0:
        found.add("first")
    if unit.last:
        found.add("last")
    return found


def _shape(seen: Seen) -> set[str]:
    unit = seen.unit
    count = len([token for token in unit.tokens if token.is_word])
    found: set[str] = set()
    if count < _SHORT:
        found.add("very short")
    elif count < 2 * _SHORT:
        found.add("short")
    if count > _LONG:
        found.add("long")
    if seen.question:
        found.add("question")
    for name in ("maybe", "if", "recall", "ask", "negation"):
        if seen.cues.get(name, _SHORT) <= 1:
            found.add(f"opens with {name}")
    if seen.done:
        found.add("done")
    if _QUOTED.match(unit.text):
        found.add("quoted")
    if _OUTCOME.search(unit.text):
        found.add("arrow")
    verdict = any(name in seen.cues and seen.cues[name] >= len(unit.tokens) - _SHORT for name in ("adopt", "decide", "agree"))
    if verdict and (unit.merged or "arrow" in found) and "negation" not in seen.cues:
        found.add("settled")
    if _DATE.search(unit.text):
        found.add("date")
    if "date" in found or "when" in seen.cues:
        found.add("some day")
        if seen.predicate.tense in ("future", "passive", "present", "to", "must"):
            found.add("some day, ahead")
    if not any(token.is_word and token.text.islower() and len(token.text) > 2 for token in unit.tokens):
        found.add("no plain word")
    if unit.text.endswith(":"):
        found.add("opens a list")
    if unit.block.checked is True:
        found.add("ticked")
    if unit.block.checked is False:
        found.add("unticked")
    return found
