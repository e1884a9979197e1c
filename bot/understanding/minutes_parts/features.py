"""What is seen in a unit, as a closed list of named features; none of them is a word of any document."""

import re

from bot.understanding.minutes_parts import grammar
from bot.understanding.minutes_parts.languages import Language
from bot.understanding.minutes_parts.people import People
from bot.understanding.minutes_parts.signs import ASSIGNS, OUTCOME, Seen

_QUOTED = re.compile(r"^[«„“\"].*[»“”\"]\s*\.?$")
_DATE = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\b\d{1,2}(?:er|st|nd|rd|th|\.)?\s+[^\W\d_]{3,}"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)\b"
)
# A preposition that sets a term, before a day in figures, a month or a weekday.
_BY_THEN = re.compile(
    r"\b(?:pour|pr|avant|avt|d['’]ici|au plus tard|délai|tegen|voor|uiterlijk|by|before|bis|vor|spätestens)\s+"
    r"(?:[^\W\d_]+\s+){0,3}?"
    r"(?:\d{1,2}\b|fin\b|mi-|eind|ende\b|the end|next week|week\b"
    r"|janv|jan|f[ée]v|feb|mars\b|march|maart|märz|avr|apr|juin|june|juni|juil|july|juli|ao[uû]t|aug|sep|o[ck]t|nov|d[eé][cz]"
    r"|lundi|mardi|mercredi|jeudi|vendredi|monday|tuesday|wednesday|thursday|friday"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|montag|dienstag|mittwoch|donnerstag|freitag)",
    re.IGNORECASE,
)
_SHORT, _LONG = 4, 35
_LATER = 6
_NEAR_START = 2
_DEEP_ITEM = 4
_REFLEXIVE = ("s'", "se")
_DECIDING = ("decide", "adopt", "appoint", "fix", "agree", "vote")
_SPOKEN = ("tell", "propose", "ask", "wish", "discuss")
_ACTORS = ("person", "name", "body", "all", "we")
_AHEAD = ("present", "future", "to")


def of(seen: Seen, before: Seen | None, one: Language, people: People) -> dict[str, float]:
    """Names of features to their strength (0 or 1), the same names in every language."""
    found = {f"cue {name}" for name in seen.cues} | {f"verb {name}" for name in _main(seen)}
    found |= _who_and_when(seen, one) | _place(seen) | _clauses(seen, one, people) | _shape(seen) | _settling(seen)
    if before is not None and before.unit.block is seen.unit.block:
        found |= _names(
            {
                "after a question": before.question and not seen.question,
                "after an action": before.unit.label is not None and before.unit.label.kind == "action",
            }
        )
    return dict.fromkeys(sorted(found), 1.0)


def _names(conditions: dict[str, bool]) -> set[str]:
    return {name for name, holds in conditions.items() if holds}


def _settling(seen: Seen) -> set[str]:
    deciding = [name for name in _DECIDING if name in seen.cues]
    if not deciding:
        return set()
    predicate = seen.predicate
    return {"deciding"} | _names(
        {
            "deciding, recalled": predicate.tense in ("past", "perfect") and "recall" in seen.cues,
            "deciding, we": predicate.kind == "we",
            "deciding, state": predicate.tense == "state",
            "deciding twice": len(deciding) > 1,
            f"settles, {predicate.tense}": any(name in _main(seen) for name in ("decide", "adopt", "appoint")),
            "deciding first": min(seen.cues[name] for name in deciding) <= _NEAR_START,
        }
    )


def _who_and_when(seen: Seen, one: Language) -> set[str]:
    predicate, kind = seen.predicate, seen.predicate.kind
    tense = "speaks" if _speaks(seen) else predicate.tense
    actor = kind in _ACTORS
    words = seen.unit.words
    later = words[predicate.verb + 1 :]
    coming = predicate.tense in ("future", "passive")
    return {f"who {kind}", f"when {tense}", f"{kind} {tense}"} | _names(
        {
            f"actor {tense}": actor,
            "actor acts": actor and tense in _AHEAD,
            "actor takes on": actor and tense in _AHEAD and "take_on" in seen.cues,
            f"some day, {predicate.tense}": "when" in seen.cues and (coming or predicate.tense == "present"),
            "will be done": coming and any(one.ends("participle_ending", word) for word in later),
            "some future": any(grammar.is_future(word, one) for word in words),
            "some past": predicate.tense in ("past", "perfect") or any(word in one.verbs["past"] for word in words),
        }
    )


def _clauses(seen: Seen, one: Language, people: People) -> set[str]:
    """What a later clause says: "A wrote to B and will ask C", "no answer → call again"."""
    found: set[str] = set()
    every_token = seen.unit.tokens
    for position, token in enumerate(every_token[:-1]):
        if position <= seen.predicate.verb or not (token.word in one.verbs["joins"] or token.text in "→=>->,:"):
            continue
        rest = every_token[position + 1 : position + 1 + _LATER]
        predicate = grammar.read(rest, one, people)
        acts = predicate.subject[0] == 0 and predicate.kind in ("person", "name", "body") and predicate.tense in _AHEAD
        found |= _names(
            {
                "arrow, task": token.text in ("→", "=>", "->") and one.ends("infinitive_ending", rest[0].word),
                "later clause, future": rest[0].word in one.verbs["going"] or grammar.is_future(rest[0].word, one),
                "later clause, actor": acts,
                "later clause, we": predicate.kind == "we" and not predicate.subject[0] and predicate.tense in _AHEAD,
            }
        )
    return found


def _speaks(seen: Seen) -> bool:
    """The finite verb tells, asks, proposes or wishes, rather than does; "se propose de" does."""
    main = _main(seen)
    verb = seen.predicate.verb
    takes_on = any(name == "take_on" and verb - 1 <= start <= verb for name, start in seen.cues.items())
    told = seen.predicate.tense in ("present", "past", "perfect", "be")
    return told and not takes_on and any(name in main for name in _SPOKEN)


def _main(seen: Seen) -> list[str]:
    """The cues that the finite verb itself begins."""
    verb = seen.predicate.verb
    # "s'interroge": a cue that begins with the verb's own pronoun.
    first = verb - 1 if verb > 0 and seen.unit.tokens[verb - 1].word in _REFLEXIVE else verb
    return [name for name, start in seen.cues.items() if first <= start <= verb + 1] if verb >= 0 else []


def _place(seen: Seen) -> set[str]:
    unit, label = seen.unit, seen.unit.label
    roles = unit.block.roles
    listed, first = unit.block.kind == "item", unit.index == 0
    actions, outcomes = "actions" in roles, bool(roles & {"actions", "decisions"})
    named = seen.owner_label is not None
    return (
        {f"in {role}" for role in roles}
        | {f"as {unit.block.kind}"}
        | ({f"label {label.kind}"} if label is not None else set())
        | _names(
            {
                "item": listed and unit.block.depth <= _DEEP_ITEM,
                "deep item": listed and unit.block.depth > _DEEP_ITEM,
                "item begins": listed and first,
                "actions, item": actions and listed and first,
                "actions, owner": actions and named,
                "actions, infinitive": actions and seen.infinitive,
                "actions, later": actions and not first,
                "actions, item of someone": actions and listed and first and named,
                "actions, below an item": outcomes and bool(unit.block.parent),
                "names only": seen.names_only and label is not None and label.kind == "text",
                "label names": named,
                "label names, task": named and seen.infinitive,
                "label names someone there": seen.owner_known,
                "someone there, task": seen.owner_known and seen.infinitive,
                "label names, prose": named and not seen.infinitive,
                "label names, elsewhere": named and not outcomes,
                "ends with a name": seen.tail is not None,
                "ends with a name, task": seen.tail is not None and seen.infinitive,
                "task": seen.infinitive,
                "task, item": seen.infinitive and listed and first,
                "first": first,
                "last": unit.last,
            }
        )
    )


def _shape(seen: Seen) -> set[str]:
    unit = seen.unit
    words = [token for token in unit.tokens if token.is_word]
    arrow = OUTCOME.search(unit.text) is not None
    dated = _DATE.search(unit.text) is not None
    some_day = dated or "when" in seen.cues
    late = len(unit.tokens) - _SHORT
    verdict = any(seen.cues.get(name, -1) >= max(late, 0) for name in ("adopt", "decide", "agree"))
    ahead = seen.predicate.tense in (*_AHEAD, "passive", "must")
    return _names(
        {
            "very short": len(words) < _SHORT,
            "short": _SHORT <= len(words) < 2 * _SHORT,
            "long": len(words) > _LONG,
            "question": seen.question,
            "quoted": _QUOTED.match(unit.text) is not None,
            "arrow": arrow,
            "settled": verdict and (unit.merged or arrow) and seen.cues.get("negation", -1) < max(late, 0),
            "date": dated,
            "some day": some_day,
            "by then": _BY_THEN.search(unit.text) is not None,
            "some day, ahead": some_day and ahead,
            "asked by then": "request" in seen.cues and _BY_THEN.search(unit.text) is not None,
            "we, not": seen.predicate.kind == "we" and seen.predicate.tense in _AHEAD and "negation" in seen.cues,
            "assigns": ASSIGNS.search(unit.text) is not None,
            "no plain word": not any(token.text.islower() and len(token.text) >= _SHORT - 1 for token in words),
            "opens a list": unit.text.endswith(":"),
            "unticked": unit.block.checked is False,
        }
        | {
            f"opens with {name}": seen.cues.get(name, _SHORT) <= 1
            for name in ("maybe", "if", "recall", "ask", "negation")
        }
    )
