"""Forms in words <-> Slack's modals: fields become inputs, the state of a modal becomes values again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from json import loads
from typing import Any

from bot.messages import Args, FormField, FormView, Place
from bot.phrases import Reader, _
from bot.platforms.slack import limits
from bot.platforms.slack.limits import Block
from bot.platforms.slack.render import section

CALLBACK = "form"
# The input beside a date picker where a day is written in words.
IN_WORDS = "~words"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a modal remembers of where it was opened, so that its answer goes there."""

    place: Place
    response_url: str = ""


def view(form: FormView, origin: Origin) -> dict[str, Any]:
    """The modal of a form."""
    blocks = section(form.title) if len(form.title) > limits.TITLE else []
    for declared in form.fields:
        blocks.extend(_DRAWN[declared.kind](declared, form.language))
    memory = {"form": form.name, "args": dict(form.args), "place": asdict(origin.place), "url": origin.response_url}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _text(form.title, limits.TITLE),
        "submit": _text(form.submit, limits.TITLE),
        "private_metadata": limits.packed(memory, limits.METADATA),
        "blocks": limits.view_blocks(blocks) or section(form.title),
    }


def errors(form: FormView, submitted: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong by block, as Slack wants it; an error of no shown input goes under the first one."""
    inputs = [block["block_id"] for block in submitted["blocks"] if block["type"] == "input"]
    found: dict[str, str] = {}
    for name, words in form.errors.items():
        block = name + IN_WORDS if _day_in_words(submitted, name) else name
        place = block if block in inputs else inputs[0]
        found[place] = limits.clip("\n".join(filter(None, (found.get(place, ""), words))), limits.ERROR)
    return found


def memory(submitted: Mapping[str, Any]) -> tuple[str, Args, Origin]:
    """The form's name, its args and where it was opened."""
    kept = loads(submitted["private_metadata"])
    return kept["form"], kept["args"], Origin(Place(**kept["place"]), kept["url"])


def values(submitted: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """What was filled in, by field; of a day picked and written, the words count."""
    found: dict[str, str | list[str]] = {}
    in_words: dict[str, str] = {}
    for block_id, inputs in submitted["state"]["values"].items():
        for state in inputs.values():
            if block_id.endswith(IN_WORDS):
                in_words[block_id.removesuffix(IN_WORDS)] = _written(state)
            else:
                found[block_id] = _READ[state["type"]](state)
    return found | {name: words for name, words in in_words.items() if words}


def _day_in_words(submitted: Mapping[str, Any], name: str) -> bool:
    beside = submitted["state"]["values"].get(name + IN_WORDS, {})
    return any(_written(state) for state in beside.values())


def _text(words: str, most: int) -> Block:
    return {"type": "plain_text", "text": limits.clip(words, most) or "…", "emoji": False}


def _input(declared: FormField, element: Block, *, name: str = "", label: str = "", optional: bool = False) -> Block:
    block: Block = {
        "type": "input",
        "block_id": limits.clip(name or declared.name, limits.BLOCK_ID),
        "label": _text(label or declared.label, limits.LABEL),
        "element": {**element, "action_id": "value"},
        "optional": declared.optional or optional,
    }
    if declared.hint and not label:
        block["hint"] = _text(declared.hint, limits.LABEL)
    return block


def _words(declared: FormField, _language: str) -> list[Block]:
    element: Block = {
        "type": "plain_text_input",
        "multiline": declared.lines > 1,
        "max_length": min(declared.max_length, limits.INPUT),
    }
    if declared.value:
        element["initial_value"] = str(declared.value)[: element["max_length"]]
    return [_input(declared, element)]


def _day(declared: FormField, language: str) -> list[Block]:
    """A picker, and below it the day in words: Slack can require neither of two, so the app does."""
    picker: Block = {"type": "datepicker"}
    written: Block = {"type": "plain_text_input", "max_length": 100}
    given = str(declared.value)
    if _is_day(given):
        picker["initial_date"] = given
    elif given:
        written["initial_value"] = given[:100]
    label = _("…or in words, such as “end of May”").say(Reader(language))
    return [
        _input(declared, picker, optional=True),
        _input(declared, written, name=declared.name + IN_WORDS, label=label, optional=True),
    ]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _options(declared: FormField) -> list[Block]:
    most = limits.OPTIONS * limits.OPTION_GROUPS
    return [
        {"text": _text(label, limits.OPTION_TEXT), "value": value[: limits.OPTION_VALUE]}
        for value, label in declared.options[:most]
    ]


def _choice(declared: FormField, _language: str) -> list[Block]:
    return _select(declared, "static_select", [str(declared.value)], "initial_option")


def _choices(declared: FormField, _language: str) -> list[Block]:
    chosen = declared.value if isinstance(declared.value, list) else [declared.value]
    return _select(declared, "multi_static_select", chosen, "initial_options")


def _select(declared: FormField, kind: str, chosen: Sequence[str], initial: str) -> list[Block]:
    options = _options(declared)
    if not options:
        return section(f"{declared.label} : –")
    element: Block = {"type": kind}
    if len(options) <= limits.OPTIONS:
        element["options"] = options
    else:
        element["option_groups"] = [
            {"label": _text(_span(group), limits.OPTION_TEXT), "options": group}
            for start in range(0, len(options), limits.OPTIONS)
            if (group := options[start : start + limits.OPTIONS])
        ]
    now = [option for option in options if option["value"] in chosen]
    if now:
        element[initial] = now[0] if initial == "initial_option" else now
    return [_input(declared, element)]


def _span(group: Sequence[Block]) -> str:
    first, last = (limits.clip(group[n]["text"]["text"], limits.OPTION_TEXT // 2 - 2) for n in (0, -1))
    return f"{first} – {last}"


def _yes(declared: FormField, language: str) -> list[Block]:
    option = {"text": _text(_("Yes").say(Reader(language)), limits.OPTION_TEXT), "value": "yes"}
    element: Block = {"type": "checkboxes", "options": [option]}
    if declared.value:
        element["initial_options"] = [option]
    return [_input(declared, element, optional=True)]


def _number(declared: FormField, _language: str) -> list[Block]:
    element: Block = {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}
    if str(declared.value).isdecimal():
        element["initial_value"] = str(declared.value)
    return [_input(declared, element)]


_DRAWN: dict[str, Callable[[FormField, str], list[Block]]] = {
    "words": _words,
    "day": _day,
    "one_of": _choice,
    "some_of": _choices,
    "yes": _yes,
    "number": _number,
}


def _written(state: Mapping[str, Any]) -> str:
    return state.get("value") or ""


def _picked_day(state: Mapping[str, Any]) -> str:
    return state.get("selected_date") or ""


def _selected(state: Mapping[str, Any]) -> str:
    return str((state.get("selected_option") or {}).get("value", ""))


def _several(state: Mapping[str, Any]) -> list[str]:
    return [option["value"] for option in state.get("selected_options") or ()]


_READ: dict[str, Callable[[Mapping[str, Any]], str | list[str]]] = {
    "plain_text_input": _written,
    "number_input": _written,
    "datepicker": _picked_day,
    "static_select": _selected,
    "multi_static_select": _several,
    "checkboxes": _several,
}
