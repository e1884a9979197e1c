"""Messages and forms as Mattermost gets them: within its limits, and without markup that a person slipped in."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.messages import FormField, FormView, Key, Message, Part
from bot.platforms.mattermost.client import MESSAGE_LENGTH
from bot.platforms.mattermost.dialogs import dialog, shortened, values_of, version_of
from bot.platforms.mattermost.render import Drawn, draw, escaped, markdown
from bot.text import Bold, Code, Link, Mention, Plain
from tests.platforms.mattermost.models import attachment_problems, dialog_problems

HANDLES = {"u1": "marie"}


def handle(external_id: str) -> str:
    return HANDLES.get(external_id, "")


def action(key: Key) -> dict[str, Any]:
    return {"url": "https://fil.example.org/mattermost/action", "context": {"token": key.action}}


def drawn(*parts: Part) -> Drawn:
    return draw(Message(parts), handle, action)


# Text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("C'est **gras** et _penché_", r"C'est \*\*gras\*\* et \_penché\_"),
        ("# Titre", "\u200b# Titre"),
        ("- point\n12. douze", "\u200b- point\n\u200b12. douze"),
        ("> cité", r"\> cité"),
        ("Titre\n===", "Titre\n\u200b==="),
        ("Titre\r===\r\n# a\u2028- b", "Titre\n\u200b===\n\u200b# a\n\u200b- b"),
        ("[ici](https://x.example)", r"\[ici\](https://x.example)"),
        ("voir https://x.example/a_b-c?d=e&f=g, merci_", r"voir https://x.example/a_b-c?d=e&f=g, merci\_"),
        ("~~non~~ `code`", r"\~\~non\~\~ \`code\`"),
        ("a | b", r"a \| b"),
        ("<b>gras</b> <https://x.example>", r"&lt;b\>gras&lt;/b\> &lt;https://x.example\>"),
        ("&lt;b&gt; & cie", "&amp;lt;b&amp;gt; & cie"),
        (r"C:\users \* \\", r"C:\users \\\* \\\\"),
        ("@all @marie a@b.be", "@\u200ball @\u200bmarie a@b.be"),
        (":smile: à 14:30:15", ":\u200bsmile: à 14:30:15"),
        ("#sante, D-12", "#\u200bsante, D-12"),
        ("    quatre espaces", "\u200b    quatre espaces"),
        ("Rendez-vous le 12. Merci - Ana", "Rendez-vous le 12. Merci - Ana"),
    ],
)
def test_a_persons_words_say_just_themselves(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_words_that_go_on_a_line_do_not_begin_it() -> None:
    said = markdown((Bold("E-7"), Plain(" - pour le 12. mai\n- fin")), handle)
    assert said == "**E-7** - pour le 12. mai\n\u200b- fin"


# What markup is made of, so that it comes up often.
SIGNS = st.text(st.sampled_from("ab1é. \n\r\u2028\t-+*_#>|~`[]()!<\\:=&;@/\"'$"), max_size=60)
READER = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])


@given(st.one_of(SIGNS, st.text(max_size=200)))
def test_whatever_is_written_a_reader_of_markdown_shows_just_that(text: str) -> None:
    text = text.replace("\0", "")  # which no reader keeps
    shown = ""
    for block in READER.parse(escaped(text)):
        assert block.type in {"paragraph_open", "inline", "paragraph_close"}
        for piece in block.children or ():
            assert piece.type in {"text", "text_special", "softbreak", "hardbreak"}
            shown += "\n" if piece.type in {"softbreak", "hardbreak"} else piece.content
    assert "".join(shown.replace("\u200b", "").split()) == "".join(text.replace("\u200b", "").split())
    assert not re.search(r"(?<![\w.])@\w", shown)


def test_each_span_has_its_markup() -> None:
    spans = (
        Bold("D-12"),
        Plain(" : "),
        Code("/decision `liste`"),
        Plain(" "),
        Link("https://x.be/a (b)", "voir [ici]"),
    )
    assert markdown(spans, handle) == "**D-12** : `` /decision `liste` `` [voir \\[ici\\]](https://x.be/a%20%28b%29)"
    assert markdown((Mention("u1", "Marie D."), Plain(", "), Mention("u9", "@all"), Mention(None, "Paul")), handle) == (
        "@marie, @\u200ballPaul"
    )


# Messages ----------------------------------------------------------------------------------------------------------

KEYS = (Key("0-0", "Fait", "a.done", {}, "primary"), Key("0-1", "Retirer", "a.drop", {}, "danger"))
LINK = Key("1-0", "Calendrier", "", {}, url="https://fil.example.org/calendar/x.ics")


def test_a_message_is_its_first_part_then_attachments_with_buttons() -> None:
    found = drawn(Part((Plain("E-7 est pour vendredi"),), KEYS), Part((Plain("E-9"),), (LINK,)))
    assert found.message == "E-7 est pour vendredi"
    first, second = found.attachments
    assert [(one["name"], one["style"]) for one in first["actions"]] == [("Fait", "primary"), ("Retirer", "danger")]
    assert (first["fallback"], first["color"]) == ("E-7 est pour vendredi", "#2e7d32")
    assert second["text"] == "E-9\n[Calendrier](https://fil.example.org/calendar/x.ics)"
    assert "actions" not in second
    assert attachment_problems([*found.attachments]) == []


def test_a_message_without_words_of_its_own_shows_those_of_its_part() -> None:
    found = drawn(Part(()), Part((Plain("Ce qui suit"),), KEYS))
    assert found.message == "Ce qui suit"
    assert len(found.attachments[0]["actions"]) == 2


def test_a_text_that_is_too_long_goes_on_in_attachments() -> None:
    text = "\n".join(f"ligne {number}" for number in range(4000))
    found = drawn(Part((Plain(text),)))
    pieces = [found.message, *(one["text"] for one in found.attachments)]
    assert "\n".join(pieces) == text
    assert all(len(piece) <= MESSAGE_LENGTH for piece in pieces)


def test_a_message_without_buttons_takes_older_ones_away() -> None:
    assert drawn(Part((Plain("Fait."),))).props() == {"attachments": []}


spans = st.one_of(
    st.builds(Plain, st.text(max_size=60)),
    st.builds(Bold, st.text(max_size=30)),
    st.builds(Code, st.text(min_size=1, max_size=30)),
    st.builds(Mention, st.sampled_from(["u1", None]), st.text(max_size=10)),
)
keys = st.builds(
    Key,
    id=st.from_regex(r"\A[0-9]-[0-9]\Z"),
    label=st.text(min_size=1, max_size=80),
    action=st.just("a.b"),
    args=st.just({}),
    style=st.sampled_from(["", "primary", "danger"]),
    url=st.sampled_from(["", "https://x.example"]),
)
parts = st.builds(
    Part,
    st.lists(spans, max_size=4).map(tuple),
    st.lists(keys, max_size=4, unique_by=lambda key: key.id).map(tuple),
)


@given(st.lists(parts, min_size=1, max_size=4))
def test_whatever_a_message_holds_the_server_takes_it(some: list[Part]) -> None:
    found = drawn(*some)
    assert attachment_problems([*found.attachments]) == []
    assert len(found.message) <= MESSAGE_LENGTH
    assert json.dumps(found.props())


# Forms -------------------------------------------------------------------------------------------------------------


def test_what_a_short_title_or_label_cannot_hold_is_said_in_full() -> None:
    asked = FormField("text", "words", "À quelle décision cela se rapporte-t-il ?", hint="Par exemple D-12")
    made = dialog(FormView("decide", "Enregistrer une décision prise", "Garder", (asked,)), "state")
    assert made["title"] == "Enregistrer une déci…"
    assert made["introduction_text"] == "Enregistrer une décision prise"
    [element] = made["elements"]
    assert len(element["display_name"].encode()) <= 24
    assert element["help_text"] == "À quelle décision cela se rapporte-t-il ? – Par exemple D-12"


def test_a_day_is_picked_where_the_server_can_and_written_where_not() -> None:
    asked = FormField("on", "day", "Jusqu'au", value="2026-06-01")
    form = FormView("x", "T", "S", (asked,))
    assert dialog(form, "s", version=(11, 7, 0))["elements"][0] | {} == {
        "name": "on",
        "display_name": "Jusqu'au",
        "help_text": "",
        "optional": False,
        "type": "date",
        "default": "2026-06-01",
    }
    assert dialog(form, "s", version=(10, 11, 0))["elements"][0]["type"] == "text"
    words = FormView("x", "T", "S", (FormField("on", "day", "Jusqu'au", value="fin mai"),))
    assert dialog(words, "s", version=(11, 7, 0))["elements"][0]["type"] == "text"


@pytest.mark.parametrize(
    ("text", "numbers"), [("11.7.0", (11, 7, 0)), ("11.7.0.rc1", (11, 7, 0)), ("dev", ()), ("", ())]
)
def test_a_version_is_read(text: str, numbers: tuple[int, ...]) -> None:
    assert version_of(text) == numbers


@given(st.text(max_size=80), st.integers(4, 40))
def test_shortening_counts_bytes_and_cuts_no_letter(text: str, limit: int) -> None:
    found = shortened(text, limit)
    assert len(found.encode()) <= limit
    assert found == text or found.endswith("…")


fields = st.builds(
    FormField,
    name=st.from_regex(r"\A[a-z]{1,12}\Z"),
    kind=st.sampled_from(["words", "day", "one_of", "some_of", "yes", "number"]),
    label=st.text(min_size=1, max_size=80).filter(str.strip),
    hint=st.text(max_size=300),
    value=st.text(max_size=4000) | st.lists(st.text(max_size=10), max_size=3),
    optional=st.booleans(),
    lines=st.integers(1, 6),
    max_length=st.integers(1, 5000),
    options=st.lists(st.tuples(st.from_regex(r"\A[a-z0-9]{1,8}\Z"), st.text(max_size=60)), max_size=5).map(tuple),
)


@given(
    st.lists(fields, min_size=1, max_size=5, unique_by=lambda field: field.name),
    st.text(min_size=1, max_size=60).filter(str.strip),
    st.sampled_from([(11, 7, 0), (10, 11, 0), ()]),
)
def test_every_form_is_a_dialog_the_server_takes(some: list[FormField], title: str, version: tuple[int, ...]) -> None:
    form = FormView("decide", title, "Garder", tuple(some))
    assert dialog_problems(dialog(form, "state", version=version), dates=version >= (11, 1)) == []


def test_what_is_sent_in_is_read_as_the_forms_expect() -> None:
    sent = {"a": "x", "b": None, "c": True, "d": False, "e": ["x", "y"], "f": 3.0, "g": [{"value": "v", "text": "V"}]}
    assert values_of(sent) == {"a": "x", "b": "", "c": "yes", "d": "", "e": ["x", "y"], "f": "3", "g": ["v"]}
