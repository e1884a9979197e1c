"""What people write during a meeting so that it is kept: « décision : … », "actie @x …", « présents : … ».

A closed list of words in four languages at the beginning of a line; a quotation and a question are left alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

PRESENCES: Final = ("present", "excused", "absent", "represented")
Kind = Literal["decision", "agreement", "commitment", "present", "excused", "absent", "represented"]

# Ana and Luc are "présent·e·s".
_ENDING: Final = r"(?:[·.(-]?e\)?)?(?:[·.(-]?s\)?)?"
# As they are once folded: small letters, no accents.
_WORDS: Final[dict[Kind, str]] = {
    "decision": r"decisions?|decide|beslissing(?:en)?|besluit(?:en)?|beschluss|beschlusse|entscheidung(?:en)?",
    "agreement": r"accords?|afspra(?:ak|ken)|vereinbarung(?:en)?|agreements?",
    "commitment": r"actions?|action (?:item|point)s?|engagements?|a faire|to-?do|taches?"
    r"|acties?|actiepunt(?:en)?|toezegging(?:en)?|te doen|taak|taken|aktion(?:en)?|aufgaben?|zu tun|ma(?:ß|ss)nahmen?"
    r"|zusagen?|commitments?|to do|tasks?",
    "present": rf"present{_ENDING}|aanwezig(?:en)?|anwesende?|present",
    "excused": rf"excuse{_ENDING}|verontschuldigd(?:en)?|entschuldigte?|excused|apologies",
    "absent": rf"absent{_ENDING}|afwezig(?:en)?|abwesende?|absent",
    "represented": rf"represente{_ENDING}|procurations?|vertegenwoordigd(?:en)?|volmacht(?:en)?|vertretene?"
    r"|vollmacht(?:en)?|represented|prox(?:y|ies)",
}
# Bullets, headings, bold, a number; not the marks of a quotation.
_LEAD: Final = r"[\s*_#•▪◦‣·+\-–—☐☑✅✔📌📍🤝⏰➡️→]*(?:\d{1,2}[.)]\s*)?[*_]*"
_NUMBER: Final = r"(?:\s*(?:n[°o]\s?)?\d{1,3})?"
_MARK: Final = r"(?:[*_]*\s*[:=→]+|[*_]*\s+[–—-]+(?=\s)|[*_]*\s*[–—](?=\s|\w))[*_]*"
_LINES: Final[dict[Kind, re.Pattern[str]]] = {
    kind: re.compile(rf"{_LEAD}(?:{words}){_NUMBER}{_MARK}") for kind, words in _WORDS.items()
}
# A person may follow an action at once: "action @marie envoie la liste".
_TO_SOMEBODY: Final = re.compile(rf"{_LEAD}(?:{_WORDS['commitment']})[*_]*\s+(?=@)")
_BULLET: Final = re.compile(r"^\s*(?:[-–—•▪◦‣·*+☐]|\d{1,2}[.)])\s+")
_NOTHING: Final = re.compile(
    r"(?:aucune?s?|neant|rien|sans objet|pas de \w+|reportee?s?|geen(?: \w+)?|niets|nihil|keine?|nichts|none|nothing"
    r"|n/?a|tbd|[-–—.…\s]*)[.!\s]*"
)


@dataclass(frozen=True, slots=True)
class Live:
    """`text` is what stands after the word, on one line."""

    kind: Kind
    text: str


def read(message: str) -> list[Live]:
    """What a message says to keep, in order; lines that follow belong to it, bullets under a bare word are each one."""
    found: list[Live] = []
    kind: Kind | None = None
    listing = False
    for line in unicodedata.normalize("NFC", message).splitlines():
        begun = _begins(line)
        if begun is not None:
            kind, text = begun
            listing = not text
            found += _people(kind, text) if kind in PRESENCES else [Live(kind, text)] if text else []
        elif not line.strip():
            kind, listing = None, False
        elif kind is not None and listing:
            found.append(Live(kind, _BULLET.sub("", line).strip()))
        elif kind is not None and not _BULLET.match(line) and not line.lstrip().startswith((">", "|")):
            found[-1] = Live(kind, f"{found[-1].text} {line.strip()}")
        else:
            kind = None
    return [one for one in found if _kept(one.text)]


def _people(kind: Kind, text: str) -> list[Live]:
    """« Présents : Ana, Luc ; excusés : Zoé » on one line."""
    found: list[Live] = []
    for part in re.split(r"(?<=[;.])\s+", text):
        begun = _begins(part)
        if begun is not None and begun[0] in PRESENCES:
            found.append(Live(*begun))
        elif found:
            found[-1] = Live(found[-1].kind, f"{found[-1].text} {part}")
        else:
            found.append(Live(kind, part))
    return [Live(one.kind, one.text.rstrip(";. ")) for one in found]


def _begins(line: str) -> tuple[Kind, str] | None:
    folded = _letter_by_letter(line)
    for kind, pattern in _LINES.items():
        if (mark := pattern.match(folded)) is not None:
            return kind, line[mark.end() :].strip(" *_\t\u00a0\u202f")
    if (mark := _TO_SOMEBODY.match(folded)) is not None:
        return "commitment", line[mark.end() :].strip(" *_\t\u00a0\u202f")
    return None


def _kept(text: str) -> bool:
    """A question decides nothing; neither does « néant »."""
    return not text.rstrip(" *_»\"'").endswith("?") and not _NOTHING.fullmatch(_letter_by_letter(text))


def _letter_by_letter(line: str) -> str:
    """Small letters without accents, one for each letter of the line, so that places in it stay."""
    return "".join(unicodedata.normalize("NFKD", letter)[0].lower()[0] for letter in line)
