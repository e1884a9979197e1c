"""A sentence of minutes as a line of a register: without marks, labels and openings, complete, in its own language."""

import re

from bot.understanding.minutes_parts.languages import Language
from bot.understanding.minutes_parts.signs import Seen

_STATUS = re.compile(
    r"\s*\((?:to do|todo|à faire|en cours|te doen|lopend|offen|ongoing|in progress|\?+)\)", re.IGNORECASE
)
_ARROWS = re.compile(r"^\s*(?:[-–—→>*•·+]|=>|->)+\s*")
_FINAL = re.compile(r"[\s;,:]+$")


def text(seen: Seen, one: Language, owner: str | None) -> str:
    said = (seen.unit.text[: seen.tail_at] if seen.tail is not None else "") or seen.unit.text
    said = _STATUS.sub("", _ARROWS.sub("", said))
    said = _opening(said, one)
    if owner and seen.predicate.kind == "they" and seen.predicate.subject == (0, 1):
        pronoun = seen.unit.tokens[0].text
        if said.startswith(pronoun + " "):
            said = owner + said[len(pronoun) :]
    said = _FINAL.sub("", said).strip(" *_")
    label = seen.unit.label
    if label is not None and label.kind in ("text", "other") and seen.owner_label is None:
        said = f"{label.text} : {said}" if one.code == "fr" else f"{label.text}: {said}"
    if not said:
        return seen.unit.text
    said = said[0].upper() + said[1:]
    return said if said.endswith((".", "!", "?", "…")) else said + "."


def _opening(said: str, one: Language) -> str:
    """Without what links to the sentence before or says that it was decided: "Donc", "Il est décidé que"."""
    for _ in range(2):
        for opening in one.openings:
            match = opening.match(said)
            if match and len(said) - match.end() > len("six words"):
                said = said[match.end() :]
                break
    return said
