"""Messages in words -> Slack's blocks. Words go into `rich_text`, where nothing a person writes is markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import Key, Message, Part
from bot.platforms.slack import limits
from bot.platforms.slack.limits import Block
from bot.text import Bold, Code, Link, Mention, Plain, Span, Text, joined, plain

# A button that only opens an address; Slack reports the press all the same.
ADDRESS = "address"
_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_SAFE = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Posting:
    """One Slack message: its blocks, and the words for notifications and for who cannot see blocks."""

    blocks: list[Block]
    text: str


def postings(message: Message) -> list[Posting]:
    """A message as one Slack message or, where it is too long, several."""
    parts = limits.messages(_blocks(message.parts))
    words = escaped(plain(joined((part.text for part in message.parts), "\n")).strip())
    spoken = list(limits.pieces(words, limits.FALLBACK)) or [" "]
    return [Posting(blocks, spoken[n] if n < len(spoken) else spoken[-1]) for n, blocks in enumerate(parts)] or [
        Posting([], text) for text in spoken
    ]


def spoken_postings(message: Message) -> list[Posting]:
    """The words alone, for a message whose blocks Slack refuses."""
    words = escaped(plain(joined((part.text for part in message.parts), "\n")).strip()) or "…"
    return [Posting([], text) for text in limits.pieces(words, limits.FALLBACK)]


def home(messages: Sequence[Message]) -> dict[str, Any]:
    """The App Home of a person."""
    parts = [part for message in messages for part in message.parts]
    return {"type": "home", "blocks": limits.view_blocks(list(_blocks(parts)))}


def escaped(text: str) -> str:
    """A person's words where Slack reads its own markup: no mention, no link comes of them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def section(text: str) -> list[Block]:
    """Plain words as blocks."""
    return list(_rich((Plain(text),)))


def _blocks(parts: Iterable[Part]) -> list[Block]:
    blocks: list[Block] = []
    for position, part in enumerate(parts):
        blocks.extend(_rich(part.text))
        blocks.extend(_rows(part.keys, position))
    return blocks


def _rich(text: Text) -> Iterator[Block]:
    """`rich_text` blocks of at most a section's length each."""
    elements: list[Block] = []
    room = limits.SECTION
    for span in _short(_trimmed(text)):
        size = len(span.name if isinstance(span, Mention) else span.text)
        if size > room and elements:
            yield _section(elements)
            elements, room = [], limits.SECTION
        elements.append(_element(span))
        room -= size
    if elements:
        yield _section(elements)


def _trimmed(text: Text) -> list[Span]:
    """Without line breaks before and after: Slack shows them."""
    spans = list(text)
    while spans and isinstance(spans[0], Plain) and not spans[0].text.strip():
        spans.pop(0)
    while spans and isinstance(spans[-1], Plain) and not spans[-1].text.strip():
        spans.pop()
    return spans


def _short(spans: Iterable[Span]) -> Iterator[Span]:
    """Each span of at most a section's length; empty ones left out."""
    for span in spans:
        match span:
            case Plain() | Bold() | Code():
                for piece in limits.pieces(span.text, limits.SECTION):
                    yield type(span)(piece)
            case Link() if span.text or span.url:
                yield Link(span.url, limits.clip(span.text or span.url, limits.SECTION))
            case Mention() if span.name or _USER.fullmatch(span.external_id or ""):
                yield Mention(span.external_id, limits.clip(span.name, limits.SECTION))
            case _:
                pass


def _section(elements: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _element(span: Span) -> Block:
    match span:
        case Bold():
            return {"type": "text", "text": span.text, "style": {"bold": True}}
        case Code():
            return {"type": "text", "text": span.text, "style": {"code": True}}
        case Link() if _SAFE.fullmatch(span.url) and len(span.url) <= limits.URL:
            return {"type": "link", "url": span.url, "text": span.text}
        case Mention() if span.external_id and _USER.fullmatch(span.external_id):
            return {"type": "user", "user_id": span.external_id}
        case Mention():
            return {"type": "text", "text": span.name}
        case _:
            return {"type": "text", "text": span.text}


def _rows(keys: Sequence[Key], position: int) -> Iterator[Block]:
    for start in range(0, len(keys), limits.BUTTONS_IN_ROW):
        row = keys[start : start + limits.BUTTONS_IN_ROW]
        buttons = [button(key, f"{position}:{start + n}") for n, key in enumerate(row)]
        if any(buttons):
            yield {"type": "actions", "elements": [drawn for drawn in buttons if drawn]}


def button(key: Key, name: str) -> Block | None:
    """A button; `name` is unique in its message. None for an address that Slack cannot open."""
    drawn: Block = {
        "type": "button",
        "action_id": limits.clip(f"{ADDRESS if key.url else 'press'}:{name}", limits.ACTION_ID),
        "text": {"type": "plain_text", "text": limits.clip(key.label, limits.BUTTON_TEXT) or "…", "emoji": False},
    }
    if key.url:
        if not _SAFE.fullmatch(key.url) or len(key.url) > limits.URL:
            return None
        drawn["url"] = key.url
    else:
        drawn["value"] = limits.packed({"a": key.action, "k": dict(key.args)}, limits.BUTTON_VALUE)
    if key.style:
        drawn["style"] = key.style
    return drawn
