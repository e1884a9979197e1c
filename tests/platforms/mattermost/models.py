"""What dialogs, attachments, actions and frames must look like: the checks of the server's own source, in Python.

The server only logs an invalid dialog and takes any JSON for attachments, so a bot learns of its mistake from a person
who sees nothing. Here each mistake is a sentence. Lengths are counted in bytes, as Go's `len` does.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

# server/public/model/integration_action.go
DIALOG_FIELDS = {
    *("callback_id", "title", "introduction_text", "icon_url", "elements", "submit_label", "notify_on_cancel", "state"),
    "source_url",
}
ELEMENT_FIELDS = {
    *("display_name", "name", "type", "subtype", "default", "placeholder", "help_text", "optional", "min_length"),
    *("max_length", "data_source", "data_source_url", "options", "multiselect", "refresh", "min_date", "max_date"),
    "time_interval",
}
ELEMENT_TYPES = {"text", "textarea", "select", "bool", "radio", "date", "datetime"}
SUBTYPES = {"", "text", "email", "number", "tel", "url", "password"}
TITLE_BYTES = 24
DISPLAY_NAME_BYTES = 24
NAME_BYTES = 300
HELP_BYTES = 150
VALUE_BYTES = {"text": 150, "textarea": 3000, "select": 3000, "bool": 150, "radio": 3000, "date": 150, "datetime": 150}
ACTION_FIELDS = {
    *("id", "type", "name", "disabled", "style", "data_source", "options", "default_option", "integration", "cookie"),
    "tooltip",
}
STYLES = {"", "default", "primary", "success", "good", "warning", "danger"}
# server/public/model/message_attachment.go
ATTACHMENT_FIELDS = {
    *("id", "fallback", "color", "pretext", "author_name", "author_link", "author_icon", "title", "title_link", "text"),
    *("fields", "image_url", "thumb_url", "footer", "footer_icon", "ts", "actions"),
}
HEX = re.compile(r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?")
ACTION_ID = re.compile(r"[A-Za-z0-9]+")  # server/channels/api4/integration_action.go: the route
# server/public/model/websocket_message.go
FRAME_FIELDS = {"event", "data", "broadcast", "seq"}


def _bytes(text: Any) -> int:
    return len(str(text or "").encode())


def _is_url(text: Any) -> bool:
    parts = urlsplit(str(text or ""))
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _unknown(what: str, value: Json, known: set[str]) -> list[str]:
    return [f"{what}: unknown field {name!r}" for name in value if name not in known]


def _options(what: str, options: Any) -> list[str]:
    problems = []
    for option in options or []:
        problems += _unknown(f"{what} option", option, {"text", "value"})
        problems += [f"{what} option: {name} is required" for name in ("text", "value") if not option.get(name)]
    return problems


def _day(what: str, value: Any) -> list[str]:
    if not value or value in {"today", "tomorrow", "yesterday"} or re.fullmatch(r"[+-]\d{1,3}[dwmhDWMH]", value):
        return []
    try:
        date.fromisoformat(value)
    except ValueError:
        return [f"{what}: invalid date {value!r}"]
    return []


def _moment(what: str, value: Any) -> list[str]:
    try:
        datetime.fromisoformat(value or "2026-01-01T00:00")
    except ValueError:
        return [f"{what}: invalid datetime {value!r}"]
    return []


def _defaults(what: str, element: Json) -> list[str]:
    """A default that the server would refuse: not one of the options, not a truth, not a day."""
    kind, default = element["type"], element.get("default") or ""
    values = {option.get("value") for option in element.get("options") or []}
    listed = not element.get("data_source")
    several = [part for part in default.replace(" ", "").split(",") if part]
    if kind == "select" and listed and element.get("multiselect"):
        return [f"{what}: default {part!r} is not an option" for part in several if part not in values]
    if (kind == "radio" or (kind == "select" and listed)) and default and default not in values:
        return [f"{what}: default {default!r} is not an option"]
    if kind == "bool" and default not in {"", "true", "false"}:
        return [f"{what}: invalid default of bool"]
    if kind == "date":
        return [p for name in ("default", "min_date", "max_date") for p in _day(f"{what} {name}", element.get(name))]
    if kind == "datetime":
        days = [p for name in ("min_date", "max_date") for p in _day(f"{what} {name}", element.get(name))]
        return days + _moment(what, default)
    return []


def element_problems(element: Json, *, dates: bool = True) -> list[str]:
    """What is wrong with one field of a dialog (DialogElement.IsValid)."""
    what = f"element {element.get('name')!r}"
    problems = _unknown(what, element, ELEMENT_FIELDS)
    kind = element.get("type")
    if kind not in ELEMENT_TYPES or (kind in {"date", "datetime"} and not dates):
        return [*problems, f"{what}: invalid type {kind!r}"]
    low, high = element.get("min_length", 0), element.get("max_length", 0)
    if low < 0 or low > high:
        problems.append(f"{what}: min_length {low} > max_length {high}")
    limits = {"display_name": DISPLAY_NAME_BYTES, "name": NAME_BYTES, "help_text": HELP_BYTES}
    limits |= {"default": VALUE_BYTES[kind], "placeholder": VALUE_BYTES[kind]}
    for name, limit in limits.items():
        if _bytes(element.get(name)) > limit:
            problems.append(f"{what}: {name} is longer than {limit} bytes")
    problems += [f"{what}: {name} is empty" for name in ("display_name", "name") if not element.get(name)]
    if element.get("multiselect") and kind != "select":
        problems.append(f"{what}: multiselect on {kind}")
    if kind in {"text", "textarea"} and element.get("subtype", "") not in SUBTYPES:
        problems.append(f"{what}: invalid subtype")
    source = element.get("data_source", "")
    if source not in {"", "users", "channels", "dynamic"}:
        problems.append(f"{what}: invalid data_source {source!r}")
    if source == "dynamic" and (not _is_url(element.get("data_source_url")) or element.get("options")):
        problems.append(f"{what}: a dynamic select needs a URL and no options")
    interval = element.get("time_interval", 0)
    if kind == "datetime" and (not 1 <= interval <= 1440 or 1440 % interval):
        problems.append(f"{what}: time_interval {interval}")
    return problems + _options(what, element.get("options")) + _defaults(what, element)


def dialog_problems(dialog: Json, *, dates: bool = True) -> list[str]:
    """What is wrong with a dialog (Dialog.IsValid); `dates`: the server is 11.1 or later."""
    problems = _unknown("dialog", dialog, DIALOG_FIELDS)
    if not dialog.get("title") or _bytes(dialog["title"]) > TITLE_BYTES:
        problems.append(f"dialog: title {dialog.get('title')!r} is empty or longer than {TITLE_BYTES} bytes")
    if dialog.get("icon_url") and not _is_url(dialog["icon_url"]):
        problems.append("dialog: invalid icon_url")
    names = [element.get("name") for element in dialog.get("elements") or []]
    problems += [f"dialog: element {name!r} twice" for name in {*names} if names.count(name) > 1]
    for element in dialog.get("elements") or []:
        problems += element_problems(element, dates=dates)
    return problems


def answer_problems(answer: Json, *, dates: bool = True) -> list[str]:
    """What is wrong with the answer to a submitted dialog (SubmitDialogResponse.IsValid)."""
    problems = _unknown("dialog answer", answer, {"error", "errors", "type", "form"})
    if answer.get("error") or answer.get("errors"):
        return problems
    kind, form = answer.get("type", ""), answer.get("form")
    if kind == "form":
        return problems + (dialog_problems(form, dates=dates) if form else ["dialog answer: form is required"])
    if kind not in {"", "ok", "navigate"} or form:
        problems.append(f"dialog answer: type {kind!r} with form {form is not None}")
    return problems


def action_problems(action: Json) -> list[str]:
    """What is wrong with a button or a menu (PostAction.IsValid, and the letters the route takes for an id)."""
    what = f"action {action.get('id')!r}"
    problems = _unknown(what, action, ACTION_FIELDS)
    if action.get("id") and not ACTION_ID.fullmatch(action["id"]):
        problems.append(f"{what}: the route takes letters and digits only")
    if not action.get("name"):
        problems.append(f"{what}: name is required")
    if action.get("style", "") not in STYLES and not HEX.fullmatch(action["style"]):
        problems.append(f"{what}: invalid style {action['style']!r}")
    options, source = action.get("options"), action.get("data_source", "")
    kind = action.get("type")
    if kind == "button" and (options or source):
        problems.append(f"{what}: a button has no options")
    elif kind == "select" and bool(options) == bool(source):
        problems.append(f"{what}: a menu has options or a data_source")
    elif kind not in {"button", "select"}:
        problems.append(f"{what}: invalid type {kind!r}")
    if not _is_url((action.get("integration") or {}).get("url")):
        problems.append(f"{what}: an integration URL is required")
    return problems + _options(what, options)


def attachment_problems(attachments: Any) -> list[str]:
    """What is wrong with `props.attachments` of a post or an answer."""
    if not isinstance(attachments, list):
        return ["attachments: not a list"]
    problems = []
    for attachment in attachments:
        problems += _unknown("attachment", attachment, ATTACHMENT_FIELDS)
        color = attachment.get("color", "")
        if color not in {"", "good", "warning", "danger"} and not HEX.fullmatch(color):
            problems.append(f"attachment: invalid color {color!r}")
        for entry in attachment.get("fields") or []:
            problems += _unknown("attachment field", entry, {"title", "value", "short"})
        actions = attachment.get("actions") or []
        ids = [action["id"] for action in actions if action.get("id")]
        problems += [f"action {one!r} twice" for one in {*ids} if ids.count(one) > 1]
        for action in actions:
            problems += action_problems(action)
    return problems


def frame_problems(frame: Json) -> list[str]:
    """What is wrong with an event frame (webSocketEventJSON)."""
    problems = _unknown("frame", frame, FRAME_FIELDS)
    return problems + [f"frame: {name} is missing" for name in FRAME_FIELDS if name not in frame]
