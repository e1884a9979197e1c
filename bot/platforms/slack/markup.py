"""Slack's own markup in what people write -> the words they saw."""

import html
import re
from collections.abc import Callable

_MARK = re.compile(r"<([^<>]*)>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def mentioned(text: str) -> list[str]:
    """The user ids that a text mentions, each once, in order."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def without_mention(text: str, user_id: str) -> str:
    """The text without the first mention of a user (the bot), which is how it was addressed."""
    words = re.sub(rf"\s*<@{re.escape(user_id)}(\|[^<>]*)?>[\s,:]*", " ", text, count=1)
    return words.strip() if words != text else text


def words(text: str, handle_of: Callable[[str], str]) -> str:
    """What people saw: `<@U12>` becomes "@marie", links their label and address, entities their characters."""
    return html.unescape(_MARK.sub(lambda found: _seen(found[1], handle_of), text))


def _seen(mark: str, handle_of: Callable[[str], str]) -> str:
    target, _bar, label = mark.partition("|")
    match target[:1]:
        case "@":
            return f"@{handle_of(target[1:]) or label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            return _link(target, label)


def _link(target: str, label: str) -> str:
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == bare or re.sub(r"^https?://", "", target) == label or target.startswith("tel:"):
        return label if target.startswith("tel:") and label else bare
    return label if target.startswith("mailto:") and label in bare else f"{label} ({target})"
