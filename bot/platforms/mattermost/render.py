"""Messages drawn for Mattermost: its Markdown, attachments and buttons. What a person wrote stays words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.platforms.mattermost.client import MESSAGE_LENGTH
from bot.text import Bold, Code, Link, Mention, Plain, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.messages import Key, Message, Part
    from bot.text import Span

ZERO_WIDTH: Final = "\u200b"
COLOURS: Final = {"": "#5b7c99", "primary": "#2e7d32", "danger": "#b3261e"}
STYLES: Final = {"": "default", "primary": "primary", "danger": "danger"}
DELIVERY_PROP: Final = "filrouge_delivery"

_MARKUP = re.compile(r"([`*_{}\[\]|~>])")
# The web application reads "\\u" as two characters but "\\*" as one; it knows no "\<", and leaves entities as they are.
_BACKSLASH = re.compile(r"\\(?![A-Za-z0-9])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What begins a heading, a list, an underline of a heading or, indented, code: it does not behind a character.
_LINE_START = re.compile(r"^(?=[ \t]|[ \t]*(?:#{1,6}|[-+=:]+|\d+[.)])(?:[ \t]|$))", re.MULTILINE)
# A link goes on until one of these; inside it a backslash would be a part of the address.
_ADDRESS = re.compile(r"(?<![\w.])((?:https?://|www\.)[^\s<>()\[\]{}`*|~\\\"'«»@]+)")
_MENTION = re.compile(r"(?<![\w.])@(?=\w)")
_EMOJI = re.compile(r"(?<!\d):(?=[\w+-]+:)")
_HASHTAG = re.compile(r"(?<!\w)#(?=\w)")
# All that some reader of Markdown, in Python or in a browser, takes for the end of a line.
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a post or an answer is made of; `attachments` hold the other parts and the buttons."""

    message: str
    attachments: tuple[dict[str, Any], ...] = ()

    def props(self, **more: Any) -> dict[str, Any]:
        """The props of a post; an empty list of attachments takes older ones away."""
        return {"attachments": [*self.attachments], **more}


def escaped(text: str, *, fresh: bool = True) -> str:
    """A person's words as Markdown that says just them: no mention, heading, list, link, emoji or hashtag.

    `fresh`: the words begin a line.
    """
    pieces = _ADDRESS.split(_LINE_END.sub("\n", text))
    text = "".join(piece if n % 2 else _without_markup(piece) for n, piece in enumerate(pieces))
    begun, newline, lines = ("", "", text) if fresh else text.partition("\n")
    return begun + newline + _LINE_START.sub(ZERO_WIDTH, lines)


def _without_markup(text: str) -> str:
    text = _MENTION.sub("@" + ZERO_WIDTH, text)
    text = _EMOJI.sub(":" + ZERO_WIDTH, text)
    text = _HASHTAG.sub("#" + ZERO_WIDTH, text)
    text = _MARKUP.sub(r"\\\1", _BACKSLASH.sub(r"\\\\", text))
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;")


def markdown(text: Iterable[Span], handle: Callable[[str], str]) -> str:
    """Spans as Markdown; `handle` gives the user name of an account, "" where it is unknown."""
    said = ""
    for span in text:
        said += _span(span, handle, fresh=not said or said.endswith("\n"))
    return said


def _span(span: Span, handle: Callable[[str], str], *, fresh: bool) -> str:
    match span:
        case Plain(text):
            return escaped(text, fresh=fresh)
        case Bold(text):
            return f"**{escaped(text.strip())}**" if text.strip() else text
        case Code(text):
            return _code(text)
        case Link(url, text):
            return f"[{escaped(text)}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"
        case Mention(external_id, name):
            known = handle(external_id) if external_id else ""
            return f"@{known}" if known else escaped(name)


def _code(text: str) -> str:
    """In as many backquotes as it takes."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def draw(message: Message, handle: Callable[[str], str], action: Callable[[Key], dict[str, Any]]) -> Drawn:
    """The first part is the post's own text, each other part and each row of buttons an attachment.

    `action` gives the integration of a button: where the server calls, and with what.
    """
    first, *others = message.parts
    said = _chunks(markdown(first.text, handle))
    attachments = [_attachment(text, (), "") for text in said[1:]]
    if first.keys:
        attachments.append(_attachment("", _actions(first, action), plain(first.text)) | _linked(first))
    for part in others:
        texts = _chunks(markdown(part.text, handle))
        attachments += [_attachment(text, (), text) for text in texts[:-1]]
        attachments.append(_attachment(texts[-1], _actions(part, action), plain(part.text)) | _colour(part))
        attachments[-1]["text"] = "\n".join(filter(None, (attachments[-1]["text"], _links(part))))
    if not said[0] and attachments:
        # Notifications show the post's own text.
        said[0] = str(attachments[0].pop("text"))
        attachments = [one for one in attachments if one.get("text") or one.get("actions")]
    return Drawn(said[0], tuple(attachments))


def _attachment(text: str, actions: Iterable[dict[str, Any]], fallback: str) -> dict[str, Any]:
    drawn: dict[str, Any] = {"text": text, "fallback": fallback[:300]}
    buttons = [*actions]
    return drawn | {"actions": buttons} if buttons else drawn


def _linked(part: Part) -> dict[str, Any]:
    return _colour(part) | {"text": _links(part)}


def _colour(part: Part) -> dict[str, Any]:
    """Green where something is offered, red where something would be taken away, else grey."""
    styles = {key.style for key in part.keys}
    style = next((style for style in ("primary", "danger") if style in styles), "")
    return {"color": COLOURS[style]}


def _actions(part: Part, action: Callable[[Key], dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            # The route of the server takes letters and digits alone.
            "id": "key" + re.sub(r"[^A-Za-z0-9]", "x", key.id),
            "type": "button",
            "name": key.label,
            "style": STYLES.get(key.style, "default"),
            "integration": action(key),
        }
        for key in part.keys
        if not key.url
    ]


def _links(part: Part) -> str:
    """Buttons here cannot open a page: those that would are links."""
    return " · ".join(f"[{escaped(key.label)}]({key.url})" for key in part.keys if key.url)


def _chunks(text: str) -> list[str]:
    """The text in pieces that the server takes, cut between lines where that can be."""
    pieces = []
    while len(text) > MESSAGE_LENGTH:
        cut = text.rfind("\n", 1, MESSAGE_LENGTH)
        cut = cut if cut > 0 else MESSAGE_LENGTH
        pieces.append(text[:cut])
        text = text[cut:].removeprefix("\n")
    return [*pieces, text]


def words_only(drawn: Drawn) -> str:
    """All the text in one string, for where no attachment can go."""
    return "\n\n".join(filter(None, (drawn.message, *(str(one.get("text", "")) for one in drawn.attachments))))
