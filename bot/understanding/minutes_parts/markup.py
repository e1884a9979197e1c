"""Markdown and HTML marks taken off a line."""

import re

# What people put before a line to mark it: an emoji, a hand, a coloured arrow.
EMOJI = r"(?:[\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?)"
_CONTACT_ONLY = re.compile(r"^[\s\-*]*(?:\[[^\]]*\]:?\s*)?\(?<?(?:https?://|mailto:|www\.|/)\S*$")
_ANY_MARK = re.compile(r"[*_`<~\\\[]")
_MARKS = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)\s]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]{0,200}>"), ""),
    (re.compile(r"<(https?://[^>]*)>"), r"\1"),
    (re.compile(r"(\*\*|__|~~|`)"), ""),
    (re.compile(r"(?<!\w)[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?!\w)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!&~|])"), r"\1"),
    (re.compile(r"\s+"), " "),
)


def plain(text: str) -> str:
    """The text without Markdown marks, links and tags, on one line."""
    if not _ANY_MARK.search(text):
        return " ".join(text.split())
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text.strip()


def is_contact_only(text: str) -> bool:
    return _CONTACT_ONLY.match(text) is not None
