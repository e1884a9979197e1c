"""HOW the bot talks and when. Commands import all they need from here.

The names are loaded when they are first asked for: understanding a text does not load the database.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.context import Context, changed_since, may_settle, no_such, viewer_of
    from bot.forms import Ask, Form, day, number, one_of, some_of, words, yes
    from bot.messages import Attachment, Button, FieldErrors, Refusal, Reply, Section, button
    from bot.phrases import Phrase, Reader, _, lines, many, verbatim
    from bot.registry import (
        Command,
        Outcome,
        acting,
        action,
        command,
        every,
        hearing,
        home,
        hourly,
        marking,
        notice,
        welcome,
    )

_HOMES = {
    "bot.context": (
        "Context",
        "changed_since",
        "may_settle",
        "no_such",
        "viewer_of",
    ),
    "bot.forms": (
        "Ask",
        "Form",
        "day",
        "number",
        "one_of",
        "some_of",
        "words",
        "yes",
    ),
    "bot.messages": (
        "Attachment",
        "Button",
        "FieldErrors",
        "Refusal",
        "Reply",
        "Section",
        "button",
    ),
    "bot.phrases": (
        "Phrase",
        "Reader",
        "_",
        "lines",
        "many",
        "verbatim",
    ),
    "bot.registry": (
        "Command",
        "Outcome",
        "acting",
        "action",
        "command",
        "every",
        "hearing",
        "home",
        "hourly",
        "marking",
        "notice",
        "welcome",
    ),
}


def __getattr__(name: str) -> Any:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(name)
    return getattr(importlib.import_module(home), name)


__all__ = [
    "Ask",
    "Attachment",
    "Button",
    "Command",
    "Context",
    "FieldErrors",
    "Form",
    "Outcome",
    "Phrase",
    "Reader",
    "Refusal",
    "Reply",
    "Section",
    "_",
    "acting",
    "action",
    "button",
    "changed_since",
    "command",
    "day",
    "every",
    "hearing",
    "home",
    "hourly",
    "lines",
    "many",
    "marking",
    "may_settle",
    "no_such",
    "notice",
    "number",
    "one_of",
    "some_of",
    "verbatim",
    "viewer_of",
    "welcome",
    "words",
    "yes",
]
