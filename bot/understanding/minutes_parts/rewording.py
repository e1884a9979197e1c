"""A sentence of minutes as a line of a register: without marks, labels and openings, complete, in its own language."""

import re

from bot.understanding.minutes_parts.languages import Language, tokens
from bot.understanding.minutes_parts.signs import Seen

_STATUS = re.compile(
    r"\s*\((?:to do|todo|à faire|en cours|te doen|lopend|offen|ongoing|in progress|\?+)\)", re.IGNORECASE
)
_ARROWS = re.compile(r"^\s*(?:[-–—→>*•·+]|=>|->)+\s*")
_FINAL = re.compile(r"[\s;,:]+$")
_VERDICT = re.compile(r"\s*(?:\((?P<in>[^()]{2,60})\)|(?:→|=>|->)\s*(?P<after>[^→>]{2,60}?))\s*[.!]?$")
_VERDICTS = frozenset({"adopt", "decide", "vote", "agree", "declare"})
_LONGEST_VERDICT = 8
# After "que" or "that", a wish of the sentence that was cut off would hang in the air: "que la salle soit ouverte".
_BOUND = {
    "fr": re.compile(
        r"(?:\S+\s+){0,12}?(?:soit|soient|ait|aient|fasse|fassent|puisse|puissent|aille|aillent|prenne)\b"
    ),
    "en": re.compile(r"(?:\S+\s+){1,8}?be\b"),
}
_TO = re.compile(r"\bte (?=[^\W\d_]+en[.!]?$)")
# What takes a task on, before the verb in the infinitive that says which.
_TAKES_ON = re.compile(
    r"^(?:(?:se charger?(?:a|ont|nt)?|s['’]occuper?(?:a|ont|nt)?|(?:est|sont) chargée?s?|prend en charge"
    r"|accepter?(?:a|nt)?|se proposent?|(?:est|sont) d['’]accord) (?:de |d['’])"
    r"|(?:s['’]engager?(?:a|nt)?|veiller?(?:a|ont|nt)?) à "
    r"|doi(?:t|vent) |devr(?:a|ont) |v(?:a|ont) )"
    r"(?=(?:(?:se|le|la|les|lui|leur|y|en|bien|aussi) |[ls]['’])*[^\W\d_]{2,}(?:er|ir|re|oir)\b)"
    r"|^(?:will|is going to|are going to|(?:has |have )?agree[sd]? to|offer(?:s|ed) to|is to|are to|to) (?=[a-z])",
    re.IGNORECASE,
)
_KEPT_LABELS = ("text", "other", "agreement")


def text(seen: Seen, one: Language, owner: str | None) -> str:
    said = (seen.unit.text[: seen.tail_at] if seen.tail is not None else "") or seen.unit.text
    said = _verdict(_STATUS.sub("", _ARROWS.sub("", said)), one)
    said = _opening(said, one)
    if owner and seen.predicate.kind == "they" and seen.predicate.subject == (0, 1):
        pronoun = seen.unit.tokens[0].text
        if said.startswith(pronoun + " "):
            said = owner + said[len(pronoun) :]
    said = _FINAL.sub("", said).strip(" *_")
    said = _labelled(said, seen, one)
    if not said:
        return seen.unit.text
    said = said[0].upper() + said[1:]
    return said if said.endswith((".", "!", "?", "…")) else said + "."


def task(said: str) -> str:
    """What is to be done, where who does it is told apart: "se charge de rédiger l'affiche" is "rédiger l'affiche"."""
    match = _TAKES_ON.match(said)
    return said[match.end() :] if match is not None else said


def _labelled(said: str, seen: Seen, one: Language) -> str:
    """With the subject that stood before a colon; a bare "Accord" says nothing more, "Accord entre A et B" does."""
    label = seen.unit.label
    if label is None or label.kind not in _KEPT_LABELS or seen.owner_label is not None or not said:
        return said
    if label.kind == "agreement" and len(label.text.split()) == 1:
        return said
    return f"{label.text} : {said}" if one.code == "fr" else f"{label.text}: {said}"


def _verdict(said: str, one: Language) -> str:
    """Without "(décision unanime)" or "→ adopté" at the end: that it is in the register says so."""
    match = _VERDICT.search(said)
    if match is None:
        return said
    words = [token.word for token in tokens(match["in"] or match["after"]) if token.is_word]
    settles = any(name in _VERDICTS for name, _, _ in one.cues.find(words))
    return said[: match.start()] if settles and len(words) <= _LONGEST_VERDICT and match.start() else said


def _opening(said: str, one: Language) -> str:
    """Without what links to the sentence before or says that it was decided: "Donc", "Il est décidé que"."""
    for _ in range(2):
        for opening in one.openings:
            match = opening.match(said)
            if match is None or len(said) - match.end() <= len("six words"):
                continue
            rest = said[match.end() :]
            bound = _BOUND.get(one.code)
            if bound is not None and match[0].rstrip().endswith(("que", "qu'", "qu’", "that")) and bound.match(rest):
                continue
            # "Besloten om de avonden te verplaatsen": the task is "de avonden verplaatsen".
            said = _TO.sub("", rest) if one.code == "nl" and match[0].rstrip().endswith("om") else rest
            break
    return said
