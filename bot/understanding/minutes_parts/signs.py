"""What shows in a unit before it is weighed: predicate, cues, names at its edges, whether it is said to be done."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.understanding.minutes_parts import attendance, grammar, organisations
from bot.understanding.minutes_parts.blocks import roles_of
from bot.understanding.minutes_parts.grammar import Predicate
from bot.understanding.minutes_parts.languages import Language, Token, every, tokens
from bot.understanding.minutes_parts.people import FEW_WORDS, People, looks_like_people, split_names
from bot.understanding.minutes_parts.sentences import Label, Unit

_DONE_WORDS = (
    "faite?s?|done|ok|gedaan|klaar|afgerond|geregeld|erledigt|fertig|abgeschlossen|terminée?s?|réglée?s?|"
    "completed|finished|in orde|in ordnung"
)
# Said to be done: a word that closes the item, stands in brackets or after an arrow, is shouted, or a tick.
_DONE = re.compile(
    rf"(?:[:→(\[~–—-]|=>|->|^)\s*\**~?(?:c'est\s+|is\s+)?(?:{_DONE_WORDS})\b(?!(?:\s+\w+){{5}})"
    # "ok pour tous" settles something, it does not close a task.
    r"(?!\s+(?:pour|voor|for|für)\b)",
    re.IGNORECASE,
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
# A day after the name, or in the same brackets: "– Ana – pour le 3 mai", "(Ana, avant fin mai)".
_LAST = re.compile(r"\s+[–—-]\s+(?P<after>[^–—()]{2,40})\s*[.!]?$|\s*\((?P<in>[^()]{2,40})\)\s*[.!]?$")
_IN_TAIL = re.compile(
    r"\s*[,;–—]\s*|\s-\s|\s(?=(?:pour|pr|avant|avt|d['’]ici|voor|tegen|by|before|bis|vor)\s\S*\s?\S*\d)"
)
_LEAD = re.compile(
    r"^(?P<names>@?[^\W\d_][\w'’.-]*(?:(?:\s+|\s*[&+,/]\s*)[\w'’.-]+){0,5}?)\s*(?::|→|=>|->|\s[–—-])\s+(?=\S)"
)
OUTCOME = re.compile(r"(?:→|=>|->|<=)")
# A body that gives a task to somebody: "le groupe charge Ana de", "il est demandé à Luc", "à charge de R. Louis".
ASSIGNS = re.compile(
    r"\b(?:charge(?:nt)?|mandate(?:nt)?|prie(?:nt)?|(?:est|a été) demandé à|à (?:la )?charge d[e'’]"
    r"|(?:est|sont) confiée?s? à|incombe à|belast|vraagt aan|gevraagd aan|toegewezen aan|asks|asked|assigned to"
    r"|falls to|beauftragt|bittet|übertragen an)"
    r"\s+(?P<who>(?:(?:M|Mme|Mr|Mrs|Ms|Dr|dhr|mevr|Herr|Frau|de heer|mevrouw)\.?\s+)?"
    r"@?[A-ZÀ-Ý][\w'’.-]*(?:\s+[A-ZÀ-Ý][\w'’-]+)?)"
)
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
    tail_at: int = 0
    organisations: frozenset[str] = frozenset()
    owner_known: bool = False


def look(unit: Unit, one: Language, people: People) -> Seen:
    unit = _led(unit, one, people)
    label = unit.label
    tail, tail_at = _tail(unit.text, one, people)
    named = label is not None and label.kind == "text" and looks_like_people(label.text, people, one)
    if label is not None and named and one.code == "de" and len(people.attending) > 1:
        # Every German noun has a capital: where the people are listed, a label names one of them.
        named = "@" in label.text or any(map(_certain(people, one), tokens(label.text)))
    cues = _cues(unit, one)
    return Seen(
        unit=unit,
        predicate=grammar.read(unit.tokens, one, people),
        cues=cues,
        owner_label=label.text if label is not None and named else None,
        tail=tail,
        done=is_done(unit.text) or "~~" in unit.raw,
        question=unit.text.rstrip(' *_»")').endswith("?")
        or (cues.get("begins_question") == 0 and not _says_outcome(label)),
        infinitive=_infinitive(unit, one),
        names_only=_names_only(unit, people, one),
        attends=_attends(unit),
        tail_at=tail_at,
        owner_known=named and label is not None and any(map(people.knows, tokens(label.text))),
        organisations=frozenset(_organisations(unit, one, people)),
    )


def _says_outcome(label: Label | None) -> bool:
    """A label before words that would ask something: "Afspraak: wie opent, tekent het logboek"."""
    return label is not None and label.kind in ("decision", "agreement", "action")


def _organisations(unit: Unit, one: Language, people: People) -> set[str]:
    """Those of the sentence and of its nearest heading: "Convention CPAS d'Arlon – SSM Bastogne"."""
    heading = tokens(unit.block.headings[-1]) if unit.block.headings else []
    here = organisations.named(unit.tokens, one, people.organisations)
    return here | organisations.named(heading, one, people.organisations)


def _certain(people: People, one: Language) -> Callable[[Token], bool]:
    listed = {word.lower() for name in people.attending for word in name.split()}
    return lambda token: (
        token.word in listed or token.text in people.initials or token.word in one.verbs["body"] | one.verbs["everyone"]
    )


def _led(unit: Unit, one: Language, people: People) -> Unit:
    """With the people before an arrow or a dash as its label: "Ana → appeler la commune", "Bart – zaal vastleggen"."""
    match = _LEAD.match(unit.text) if unit.label is None and unit.index == 0 else None
    if match is None or not looks_like_people(match["names"], people, one):
        return unit
    if not any(map(people.knows, tokens(match["names"]))):
        return unit
    text = unit.text[match.end() :]
    return replace(unit, label=Label("text", match["names"].strip()), text=text, tokens=tuple(tokens(text)))


def _attends(unit: Unit) -> bool:
    """Says who was there or who wrote, before a colon: "Excusée : …", "Prise de notes : …"."""
    if any(cell.role.startswith("name ") for cell in unit.row) and not any(cell.role == "what" for cell in unit.row):
        return True
    said = unit.label.text if unit.label is not None else unit.text.partition(":")[0] if ":" in unit.text else ""
    return bool(said) and ("attendance" in roles_of(said, every()) or attendance.role_of(said) is not None)


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
    for name in ("appoint", "take_on", "decide"):
        # "stelt voor … aan te leggen" suggests, "vraagt of … na" asks: the longer reading of the verb is none.
        if name in found and found[name] in (found.get("propose"), found.get("ask")):
            del found[name]
    return found


def _tail(text: str, one: Language, people: People) -> tuple[str | None, int]:
    """Who is named at the end, before a day or not, and where what is said of them begins."""
    last = _LAST.search(text)
    parts = _IN_TAIL.split(last["in"]) if last and last["in"] else []
    if last and len(parts) > 1 and (name := _named_at_end(parts[0], one, people, bracket=True)):
        return name, last.start()
    if last and last["after"] and any(char.isdigit() for char in last["after"]):
        name, place = _tail(text[: last.start()], one, people)
        if name is not None:
            return name, place
    match = _TAIL.search(text)
    if match is None:
        return None, 0
    said = (match["after"] or match["in"]).strip(" *_")
    arrow = OUTCOME.match(match[0].lstrip()) is not None
    first, *more = _IN_TAIL.split(said)
    if arrow and more and (name := _named_at_end(first, one, people, bracket=False, arrow=True)):
        return name, match.start()
    found = _named_at_end(said, one, people, bracket=bool(match["in"]), arrow=arrow)
    return found, match.start() if found else 0


def _named_at_end(said: str, one: Language, people: People, *, bracket: bool, arrow: bool = False) -> str | None:
    said = said.strip(" *_")
    names = split_names(said.removeprefix("@"))
    first = [tokens(name)[0] for name in names if tokens(name)]
    known = bool(first) and all(map(people.knows, first))
    known = known or (said.islower() and all(map(people.knows, tokens(said))))
    if people.stands_for(said):
        return None
    if said.startswith("@") or known:
        return said
    likely = bool(names) and looks_like_people(said, people, one)
    short = bracket and len(said.split()) <= FEW_WORDS and not said.isupper()
    return said if likely and (short or arrow) else None


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
