"""Slack's limits, and the one guard through which everything passes that leaves for Slack.

The figures are Slack's own (docs.slack.dev, reference of the Block Kit), but for the sum of a message's blocks,
which only its error messages tell.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# All blocks of a message together; Slack refuses at about 13,000 (`msg_blocks_too_long`).
MESSAGE_CHARACTERS = 12_000
SECTION = 3000
FALLBACK = 4000
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
# Slack takes 25; more than five are not read as a row.
BUTTONS_IN_ROW = 5
ACTION_ID = 255
BLOCK_ID = 255
TITLE = 24
METADATA = 3000
LABEL = 2000
INPUT = 3000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
OPTION_GROUPS = 100
ERROR = 2000
URL = 3000


def clip(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than Slack takes."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def pieces(text: str, most: int) -> Iterator[str]:
    """The text in pieces of at most `most` characters, cut at a line's end or a space where there is one."""
    while len(text) > most:
        cut = max(text.rfind("\n", most // 2, most), text.rfind(" ", most // 2, most)) + 1 or most
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text


def packed(values: Mapping[str, Any], most: int) -> str:
    """Values as JSON of at most `most` characters: the longest text is shortened until all of it fits."""
    fitted = dict(values)
    while len(text := json.dumps(fitted, ensure_ascii=False, separators=(",", ":"))) > most:
        holder, name = max(_texts(fitted), key=lambda found: len(found[0][found[1]]))
        words = holder[name]
        if not words:
            raise ValueError("values without a text to shorten do not fit")
        holder[name] = words[: max(0, len(words) - max(1, (len(text) - most) // 2 + 1))]
    return text


def _texts(values: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for name, value in values.items():
        if isinstance(value, str):
            yield values, name
        elif isinstance(value, dict):
            values[name] = copy = dict(value)
            yield from _texts(copy)


def weight(block: Block) -> int:
    """How much of a message's sum a block takes: all of its texts."""
    return _characters(block)


def messages(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks as as few messages as Slack's limits allow, in order; what has buttons stays under its text."""
    found: list[list[Block]] = [[]]
    total = 0
    for block in blocks:
        size = weight(block)
        full = len(found[-1]) == MESSAGE_BLOCKS or total + size > MESSAGE_CHARACTERS
        if full and found[-1]:
            carried = [found[-1].pop()] if block["type"] == "actions" and len(found[-1]) > 1 else []
            found.append(carried)
            total = sum(map(weight, carried))
        found[-1].append(block)
        total += size
    return [part for part in found if part]


def view_blocks(blocks: Sequence[Block]) -> list[Block]:
    """As many blocks as a modal or a home takes."""
    return list(blocks[:VIEW_BLOCKS])


def _characters(value: Any) -> int:
    match value:
        case str():
            return len(value)
        case dict():
            return sum(_characters(item) for item in value.values())
        case list() | tuple():
            return sum(_characters(item) for item in value)
        case _:
            return 0
