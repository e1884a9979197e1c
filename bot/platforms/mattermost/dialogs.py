"""Forms drawn as Mattermost's dialogs, and what is sent in read back.

The server checks nothing, so its limits are kept here. Lengths count in bytes, as in the server
(server/public/model/integration_action.go).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.messages import FormField, FormView

TITLE_BYTES: Final = 24
LABEL_BYTES: Final = 24
HELP_BYTES: Final = 150
TEXT_BYTES: Final = 150
NUMBER_BYTES: Final = 12
TEXTAREA_BYTES: Final = 3000
DATES_SINCE: Final = (11, 1)  # elements date and datetime

Json = dict[str, Any]


def version_of(text: str) -> tuple[int, ...]:
    """The numbers of a version such as 11.7.0; none of an unknown one."""
    parts = text.split(".")[:3]
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def shortened(text: str, limit: int) -> str:
    """At most so many bytes, cut between letters, with an ellipsis where something is left out."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: limit - len("…".encode())].decode(errors="ignore")
    return kept.rstrip() + "…"


def dialog(form: FormView, state: str, *, version: tuple[int, ...] = DATES_SINCE) -> Json:
    """The dialog of a form; what its short title and labels cannot hold is said in full below them."""
    title = shortened(form.title, TITLE_BYTES)
    return {
        "callback_id": shortened(form.name, 100),
        "title": title,
        "introduction_text": form.title if title != form.title else "",
        "elements": [_element(field, version) for field in form.fields],
        "submit_label": form.submit,
        "notify_on_cancel": False,
        "state": state,
    }


def _element(field: FormField, version: tuple[int, ...]) -> Json:
    label = shortened(field.label, LABEL_BYTES)
    hint = " – ".join(filter(None, (field.label if label != field.label else "", field.hint)))
    drawn = {
        "name": field.name,
        "display_name": label,
        "help_text": shortened(hint, HELP_BYTES),
        "optional": field.optional or field.kind == "yes",
    }
    return drawn | _KINDS[field.kind](field, version)


def _words(field: FormField, _version: tuple[int, ...]) -> Json:
    """One line where it is short enough for the server, else a box."""
    value = str(field.value)
    if field.lines == 1 and field.max_length <= TEXT_BYTES:
        return {"type": "text", "default": shortened(value, TEXT_BYTES), "max_length": field.max_length}
    longest = min(field.max_length, TEXTAREA_BYTES)
    return {"type": "textarea", "default": shortened(value, TEXTAREA_BYTES), "max_length": longest}


def _day(field: FormField, version: tuple[int, ...]) -> Json:
    """A day to pick; as words on a server without such elements, or when it was written in words already."""
    value = str(field.value)
    if version >= DATES_SINCE and _is_day(value):
        return {"type": "date", "default": value}
    return {"type": "text", "default": shortened(value, TEXT_BYTES), "max_length": TEXT_BYTES}


def _is_day(value: str) -> bool:
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _options(field: FormField) -> list[Json]:
    return [{"text": label or value, "value": value} for value, label in field.options if value]


def _one_of(field: FormField, _version: tuple[int, ...]) -> Json:
    value = str(field.value)
    known = {one for one, _label in field.options}
    return {"type": "select", "options": _options(field), "default": value if value in known else ""}


def _some_of(field: FormField, _version: tuple[int, ...]) -> Json:
    known = {one for one, _label in field.options}
    chosen = [one for one in (field.value if isinstance(field.value, list) else [field.value]) if one in known]
    return {"type": "select", "multiselect": True, "options": _options(field), "default": ",".join(chosen)}


def _yes(field: FormField, _version: tuple[int, ...]) -> Json:
    placeholder = shortened(field.hint or field.label, TEXT_BYTES)
    return {"type": "bool", "placeholder": placeholder, "default": "true" if field.value else "false"}


def _number(field: FormField, _version: tuple[int, ...]) -> Json:
    return {
        "type": "text",
        "subtype": "number",
        "default": shortened(str(field.value), NUMBER_BYTES),
        "max_length": NUMBER_BYTES,
    }


_KINDS: Final = {
    "words": _words,
    "day": _day,
    "one_of": _one_of,
    "some_of": _some_of,
    "yes": _yes,
    "number": _number,
}


def values_of(submission: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """What was sent in, as the forms read it: a text, or a list of texts for several choices."""
    return {name: _value(value) for name, value in submission.items()}


def _value(value: Any) -> str | list[str]:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case list():
            return [str(item["value"] if isinstance(item, dict) else item) for item in value]
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def errors_of(form: FormView) -> Json:
    """The answer that keeps a dialog open with what is wrong beside each field."""
    return {"errors": {name: text for name, text in form.errors.items() if text}}
