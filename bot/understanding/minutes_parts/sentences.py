"""Blocks as units: one sentence, list item or task row each, with its label and the person named at its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.understanding.minutes_parts.blocks import Block, Cell
from bot.understanding.minutes_parts.languages import Language, Token, tokens
from bot.understanding.minutes_parts.markup import EMOJI, is_contact_only, plain

# A sentence ends at . ! ? before a space and what can begin one; a missing space is forgiven before a capital.
_END = re.compile(
    r"(?:[.!?…]+[»\"”’')\]*_]*(?=\s)|(?<=[a-zà-ÿ)]{2})\.(?=[A-ZÀ-Ý][a-zà-ÿ ])|;(?=\s)|(?<=\s)(?:\?|!)(?=\s))"
)
_BEGINS = re.compile(r"\s*[A-ZÀ-ÝŒ0-9«„“\"'(\[*_@→=<>-]")
_BEGINS_SMALL = re.compile(r"\s+\S")
_LABEL = re.compile(r"^(?P<label>(?:[^:?!.;\n]|\.(?=\w)){1,60}?)\s*(?<!https)(?<!http):(?!//)\s*(?=\S)")
_NUMBER = re.compile(rf"^(?:[\s>*_]|{EMOJI})*(?:\(?\d{1, 3}(?:\.\d{1, 3})*[.)]\s+|\(?[a-z]\)\s+)?")
# "by 1 Nov. Ana writes": the point ends both the month and the sentence.
_DAY_OF_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|er)?\s[^\W\d_]{3,5}$")
_NEW_SENTENCE = re.compile(r"\s+[A-ZÀ-Ý][^\W\d_]*\s")
_LETTER = re.compile(r"[^\W\d_]")
_VERDICT = 4
_VERDICT_LENGTH = 60
_ONLY_NAMES = re.compile(r"^@?[A-ZÀ-Ý][\w'’-]+(?:(?:\s+|\s*(?:,|&|et|en|and|und)\s+)[A-ZÀ-Ý][\w'’-]+){0,3}\s*\.?$")
_BETWEEN = re.compile(r"(\w+) (?:entre|avec|tussen|met|between|with|zwischen|mit)\b")
_AGENDA_NUMBER = re.compile(r"^\d+(?:[./]\d+)*[.)]?\s*")


@dataclass(frozen=True)
class Label:
    """What stands before a colon: `kind` is decision, agreement, action, other, person or text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Unit:
    """`start` and `end` are offsets in the source; `text` is plain, without label; `index` counts within the block."""

    block: Block
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    label: Label | None
    index: int
    last: bool
    row: tuple[Cell, ...] = ()
    raw: str = ""
    merged: bool = False

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens]


def read(source: str, blocks: list[Block], one: Language, labels: dict[str, str]) -> list[Unit]:
    """`labels` maps the words that may stand before a colon, in every language, to their kinds."""
    units: list[Unit] = []
    begins = _BEGINS if _has_capitals(source, blocks) else _BEGINS_SMALL
    carried: Label | None = None
    for block in blocks:
        if block.kind == "row":
            units += _row(source, block, one, labels)
            continue
        found = _sentences(source, block.start, block.end, one, begins)
        spans = [span for span in found if _LETTER.search(source[slice(*span)])]
        spans, merged = _with_verdicts(source, spans, one, listed=block.kind == "item")
        for index, (start, end) in enumerate(spans):
            if is_contact_only(source[start:end]):
                continue
            unit = _unit(
                source, block, (start, end), labels, index=index, last=index == len(spans) - 1, merged=start in merged
            )
            if carried is not None and index == 0 and unit.label is None:
                unit = replace(unit, label=carried)
            units.append(unit)
            carried = _announced(unit, labels)
    return units


def _announced(unit: Unit, labels: dict[str, str]) -> Label | None:
    """A label that stands alone on its line announces the next one: "Beschluss:" and below it what was settled."""
    text = unit.text.rstrip(" *_")
    if not text.endswith(":"):
        return None
    kind = label_kind(text.removesuffix(":"), labels)
    return Label(kind, text.removesuffix(":").strip()) if kind in ("decision", "agreement", "action") else None


def _with_verdicts(
    source: str, spans: list[tuple[int, int]], one: Language, *, listed: bool
) -> tuple[list[tuple[int, int]], set[int]]:
    """A bare verdict ("Accepted.", "Adopté à l'unanimité.") belongs to the item or the sentence that it settles."""
    kept: list[tuple[int, int]] = []
    merged: set[int] = set()
    for start, end in spans:
        if kept and end - start <= _VERDICT_LENGTH and _is_verdict(source[start:end], one):
            first = 0 if listed and len(kept) <= _VERDICT else len(kept) - 1
            kept[first:] = [(kept[first][0], end)]
            merged.add(kept[first][0])
        else:
            kept.append((start, end))
    return kept, merged


def _is_verdict(text: str, one: Language) -> bool:
    words = [token.word for token in tokens(plain(text)) if token.is_word]
    settles = any(name in ("adopt", "decide") and first == 0 for name, first, _ in one.cues.find(words))
    return settles and len(words) <= _VERDICT


def _row(source: str, block: Block, one: Language, labels: dict[str, str]) -> list[Unit]:
    roles = {cell.role: cell for cell in block.cells if cell.role}
    told = [roles[name] for name in ("decided", "what") if name in roles]
    if not told:
        told = [cell for name, cell in roles.items() if name.startswith("name ")]
    if told:
        return [
            _unit(source, block, (cell.start, cell.end), labels, index=0, last=True, row=_beside(cell, told, block))
            for cell in told
        ]
    wordy = [cell for cell in block.cells if source[cell.start : cell.end].count(" ") >= len("four")]
    return [
        _unit(source, block, span, labels, index=index, last=False)
        for cell in wordy
        for index, span in enumerate(_sentences(source, cell.start, cell.end, one))
    ]


def _beside(cell: Cell, told: list[Cell], block: Block) -> tuple[Cell, ...]:
    """The cells of a row that speak of this one: who and when belong to the task where a decision stands beside it."""
    if cell.role == "decided" and len(told) > 1:
        return tuple(other for other in block.cells if other.role not in ("what", "who", "when"))
    return tuple(other for other in block.cells if other.role != "decided" or other is cell)


def _unit(
    source: str,
    block: Block,
    span: tuple[int, int],
    labels: dict[str, str],
    *,
    index: int,
    last: bool,
    row: tuple[Cell, ...] = (),
    merged: bool = False,
) -> Unit:
    start, end = span
    text = _NUMBER.sub("", plain(source[start:end])) if index == 0 else plain(source[start:end])
    label = None
    match = _LABEL.match(text)
    if match and not (_names_only(text[match.end() :]) and len(match["label"].split()) > 1):
        label = Label(label_kind(match["label"], labels), match["label"].strip())
        text = text[match.end() :]
    return Unit(block, start, end, text, tuple(tokens(text)), label, index, last, row, source[start:end], merged)


def _names_only(text: str) -> bool:
    return _ONLY_NAMES.match(text) is not None and not text.isupper()


def label_kind(text: str, labels: dict[str, str]) -> str:
    word = _AGENDA_NUMBER.sub("", text.lower().strip(" *_-")).strip()
    if word in labels:
        return labels[word]
    head = word.rstrip("0123456789 °n.")
    if (between := _BETWEEN.match(word)) and labels.get(between[1]) == "agreement":
        return "agreement"
    return labels.get(head) or labels.get(head.rpartition(",")[2].strip(), "text")


def _has_capitals(source: str, blocks: list[Block]) -> bool:
    """Notes typed in haste have hardly any: a sentence may then begin without one."""
    first = [source[block.start] for block in blocks if source[block.start : block.start + 1].isalpha()]
    return sum(char.isupper() for char in first) * 4 >= len(first)


def _sentences(
    source: str, start: int, end: int, one: Language, begins: re.Pattern[str] = _BEGINS
) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(source, start, end):
        if match[0] != ";" and not begins.match(source, match.end(), end):
            continue
        if match[0].startswith(".") and _is_abbreviation(source, begin, match.start(), one):
            month = _DAY_OF_MONTH.search(source[begin : match.start()])
            if month is None or not _NEW_SENTENCE.match(source, match.end(), end):
                continue
        stop = match.start() if match[0] == ";" else match.end()
        yield from _span(source, begin, stop)
        begin = match.end()
    yield from _span(source, begin, end)


def _span(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = source[start:end]
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    if right > left:
        yield start + left, start + right


def _is_abbreviation(source: str, begin: int, dot: int, one: Language) -> bool:
    word = re.search(r"[^\s(«\"']*$", source[begin:dot])
    text = word[0].lower() if word else ""
    if text.isdigit() and len(text) <= 2:  # noqa: PLR2004 - a number in a list, or a German ordinal
        return one.code == "de" or dot - len(text) == begin
    return text in one.abbreviations or (len(text) == 1 and text.isalpha())
