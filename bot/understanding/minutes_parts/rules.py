"""What the form alone says: a labelled decision is one whatever its words, a task marked done is none."""

from bot.understanding.minutes_parts.signs import Seen, is_done

_TABLE, _LABEL, _SETTLED, _TASK = 0.93, 0.88, 0.8, 0.75
_NEVER = 0.05
_DOUBTFUL = 0.3
_FEW = 2
_AGENDA_LINE = 12


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
        return _TABLE, 1.0
    if seen.question or len(words) < _FEW:
        return 0.0, 1.0
    if unit.label is not None and unit.label.kind in ("decision", "agreement", "action") and "in previous" not in found:
        return _LABEL, 1.0
    if "settled" in found:
        return _SETTLED, 1.0
    if _assigned(seen, found, len(words)):
        return _TASK, 1.0
    task = seen.infinitive and unit.block.kind == "item" and unit.index == 0 and "in previous" not in found
    return (_TASK if task and seen.tail else 0.0), 1.0


def _assigned(seen: Seen, found: dict[str, float], words: int) -> bool:
    """A short line without a verb that ends with a name, or a thing said before a colon and names after it."""
    unit = seen.unit
    if "in previous" in found or seen.predicate.tense in ("past", "perfect", "state", "be", "can", "would"):
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


def _never(seen: Seen, found: dict[str, float], words: int) -> bool:
    unit = seen.unit
    if seen.done or seen.attends or "in attendance" in found or unit.block.checked is True:
        return True
    if any(cell.role == "status" and is_done(cell.text) for cell in unit.row):
        return True
    if "opens a list" in found and seen.predicate.kind != "person":
        return True
    planned = unit.block.kind == "item" and "in agenda" in found and words < _AGENDA_LINE and seen.tail is None
    return planned and seen.predicate.kind not in ("person", "name", "we", "body")
