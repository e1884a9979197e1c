"""What the form alone says: a labelled decision is one whatever its words, a task marked done is none."""

import re

from bot.understanding.minutes_parts.blocks import roles_of
from bot.understanding.minutes_parts.languages import every
from bot.understanding.minutes_parts.signs import Seen, is_done

_TABLE, _LABEL, _SETTLED, _TASK = 0.93, 0.88, 0.8, 0.75
_NEVER = 0.05
_DOUBTFUL = 0.3
_FEW = _TWO = 2
_AGENDA_LINE = 12
_PARTIES = 12
_OTHERS = frozenset({"ils", "elles", "zij", "ze", "they", "sie"})
_AND = frozenset({"et", "en", "and", "und", "&"})
_WITH = re.compile(
    r"\b(?:afgesproken|overeengekomen|convenus?|accord|agreed|agreement|vereinbart|abgesprochen)\s+(?:met|avec|with|mit)\s+"
    r"(?:(?:le|la|les|het|de|the|der|die|dem)\s+|l['’])?(?P<whom>\S+(?:\s+(?:(?:de|du|van)\s+|d['’])?[A-ZÀ-Ý]\S*)?)",
    re.IGNORECASE,
)
_SAID = ("present", "past", "future")
_NOT_AHEAD = ("past", "perfect", "state", "be", "can", "would")


def bounds(seen: Seen, found: dict[str, float]) -> tuple[float, float]:
    """The least and the most that a model may say of this unit."""
    unit = seen.unit
    words = [token for token in unit.tokens if token.is_word]
    if _never(seen, found, len(words)):
        return 0.0, _NEVER
    if _detail(seen, found) or {"when speaks", "verb tell", "deciding"} <= found.keys():
        # Someone tells what was settled elsewhere, or says more of a task: news, not an item.
        return 0.0, _DOUBTFUL
    roles = {cell.role for cell in unit.row if cell.end > cell.start}
    if roles & {"what", "decided"} and roles & {"who", "when"}:
        return (0.0 if "in previous" in found else _TABLE), 1.0
    if seen.question:
        open_question = unit.text.rstrip(' *_»")').endswith("?") and not {"in actions", "in decisions"} & found.keys()
        return 0.0, _DOUBTFUL if open_question else 1.0
    if len(words) < _FEW:
        return 0.0, 1.0
    conditional = seen.cues.get("if") == 0 and "deciding" not in found
    if conditional or _recalled(seen, found) or _news(seen, found):
        return 0.0, _DOUBTFUL
    if unit.label is not None and unit.label.kind in ("decision", "agreement", "action") and "in previous" not in found:
        return _LABEL, 1.0
    return _likely(seen, found, len(words)), 1.0


def _likely(seen: Seen, found: dict[str, float], words: int) -> float:
    """The least that the form of an item gives, when nothing speaks against it."""
    if "settled" in found or any(cell.role == "decided" for cell in seen.unit.row):
        return _SETTLED
    if (
        between_partners(seen, found)
        and "verb agree" in found
        and seen.predicate.tense in _SAID
        and "if" not in seen.cues
    ):
        return _TASK
    assigned = "cue assign" in found or ("assigns" in found and seen.predicate.tense not in _NOT_AHEAD)
    if assigned and "in previous" not in found and "negation" not in seen.cues:
        return _TASK
    if "in previous" in found and "cue undone" in found and (seen.tail is not None or seen.owner_label is not None):
        return _TASK
    if seen.predicate.kind in ("person", "all") and seen.predicate.tense == "to" and "in previous" not in found:
        return _TASK
    listed = seen.unit.block.kind == "item" and seen.unit.index == 0
    if {"in decisions", "in agreements"} & found.keys() and listed and "when speaks" not in found and _headed(seen):
        return _TASK
    task = listed and seen.infinitive and seen.tail is not None and "in previous" not in found
    return _TASK if task or _assigned(seen, found, words) or _promised(seen, found) else 0.0


def _headed(seen: Seen) -> bool:
    """Its own heading announces decisions, not the title of a whole record of decisions."""
    headings = seen.unit.block.headings
    return bool(headings) and bool(roles_of(headings[-1], every()) & {"decisions", "agreements"})


def between_partners(seen: Seen, found: dict[str, float]) -> bool:
    """Agreed, and "entre" is said or two organisations are named, in the sentence or with its heading."""
    if "cue agree" not in found:
        return False
    if with_whom(seen) or parties(seen):
        return True
    if seen.predicate.kind in ("person", "we"):
        return False
    return "cue between" in found or len(seen.organisations) >= _TWO


def parties(seen: Seen) -> int:
    """The number of words before "agree" that name two who agree, an organisation among them: 0 for none."""
    agrees = seen.cues.get("agree", 0)
    said = seen.unit.tokens[:agrees]
    joined = [place for place, token in enumerate(said) if token.word in _AND and 0 < place < agrees - 1]
    capitals = sum(token.capital for token in said)
    if (
        not joined
        or not seen.organisations
        or agrees > _PARTIES
        or capitals < _TWO
        or "," in seen.unit.text[: said[-1].start]
    ):
        return 0
    held = {word for name in seen.organisations for word in name.split()}
    return agrees if held & {token.word for token in said} else 0


def with_whom(seen: Seen) -> str:
    """The organisation with which it is agreed: "Afgesproken met De Linde is dat …", "convenu avec le CPAS"."""
    match = _WITH.search(seen.unit.text)
    held = {word for name in seen.organisations for word in name.split()}
    return match["whom"] if match is not None and held & set(match["whom"].lower().split()) else ""


def is_task(seen: Seen, found: dict[str, float]) -> bool:
    """Plainly for someone to do: a person before a colon or at the end of a line without a verb."""
    if "in decisions" in found or "declare" in seen.cues:
        return False
    acts = seen.predicate.kind == "person" and seen.predicate.tense in ("future", "to", "must")
    ends = seen.tail is not None and seen.predicate.kind == "none" and "settled" not in found
    given = "cue assign" in found or "assigns" in found or ("asked by then" in found and "deciding" not in found)
    return ends or (acts and "deciding" not in found) or _promised(seen, found) or given


def _recalled(seen: Seen, found: dict[str, float]) -> bool:
    """Opens by saying that it was settled before: "Bereits im Frühjahr wurde beschlossen", "Comme décidé en juin"."""
    if seen.unit.words[:1] and seen.unit.words[0] in _OTHERS and seen.predicate.tense in ("past", "perfect"):
        # Those who were spoken of before have settled something of theirs.
        return "deciding" in found
    acts = seen.predicate.kind in ("person", "name", "we") and seen.predicate.tense in (
        "present",
        "future",
        "to",
        "must",
    )
    return seen.cues.get("recall") == 0 and "deciding" in found and not acts


def _news(seen: Seen, found: dict[str, float]) -> bool:
    """Who will be away, what is on elsewhere and when, and what someone has arranged already.

    "Ana part en congé", "Sinterklaas komt op 4 december naar Aarlen", "La salle est réservée (Ana)".
    """
    if "deciding" in found and not {"cue fix", "cue appoint"} & found.keys():
        return False
    apart = seen.predicate.kind in ("name", "thing", "none") or (bool(seen.organisations) and not seen.owner_known)
    if "happens" in seen.cues and apart and seen.unit.label is None and not {"take_on", "fix"} & seen.cues.keys():
        return True
    away = "cue away" in found and "cue take_on" not in found and seen.predicate.kind in ("person", "name")
    return away or (seen.tail is not None and seen.predicate.tense in ("state", "perfect"))


def _promised(seen: Seen, found: dict[str, float]) -> bool:
    """Someone who was there, and what they are to do: "SP : contacter…", "Christa: Helferliste" below "Aufgaben"."""
    if not seen.owner_known or "in previous" in found or seen.predicate.tense in _NOT_AHEAD:
        return False
    if "ongoing" in seen.cues or ("done" in seen.cues and not seen.infinitive):
        return False
    return seen.unit.index == 0 and (
        seen.infinitive or "in actions" in found or ("by then" in found and seen.predicate.kind == "none")
    )


def _assigned(seen: Seen, found: dict[str, float], words: int) -> bool:
    """A short line without a verb that ends with a name, or a thing said before a colon and names after it."""
    unit = seen.unit
    if "in previous" in found or seen.predicate.tense in _NOT_AHEAD:
        return False
    if unit.index == 0 and unit.last and seen.tail is not None and words < _AGENDA_LINE:
        return unit.block.kind in ("item", "paragraph") and seen.predicate.kind in ("none", "thing", "name", "person")
    return "names only" in found


def _detail(seen: Seen, found: dict[str, float]) -> bool:
    """An item below a task says more of it, unless it stands under a name or a title, or names someone itself."""
    parent = seen.unit.block.parent
    if "actions, below an item" not in found or not parent or parent.endswith(":"):
        return False
    return seen.owner_label is None and seen.tail is None and len(parent.split()) > _FEW


def _settles(seen: Seen) -> bool:
    """A tick before "Décidé : …" is an ornament."""
    return seen.unit.label is not None and seen.unit.label.kind in ("decision", "agreement")


def _never(seen: Seen, found: dict[str, float], words: int) -> bool:
    unit = seen.unit
    if seen.done or seen.attends or "in attendance" in found or (unit.block.checked is True and not _settles(seen)):
        return True
    if any(cell.role == "status" and is_done(cell.text) for cell in unit.row):
        return True
    if "opens a list" in found and seen.predicate.kind != "person":
        return True
    planned = unit.block.kind == "item" and "in agenda" in found and words < _AGENDA_LINE and seen.tail is None
    return planned and seen.predicate.kind not in ("person", "name", "we", "body")
