"""Forms become modals and come back as values, within Slack's limits."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.messages import FormField, FormView, Place
from bot.platforms.slack import forms
from bot.platforms.slack.forms import Origin
from tests.platforms.slack.world import state

HERE = Origin(Place("C1", name="pilotage", private=True), "https://hooks.example.org/1")

texts = st.text(max_size=20) | st.sampled_from(["mot", "mot " * 900])
options = st.lists(st.tuples(st.text("abc", min_size=1, max_size=30), texts), max_size=8, unique_by=lambda o: o[0])
fields = st.builds(
    FormField,
    name=st.text("abcdefgh_", min_size=1, max_size=20),
    kind=st.sampled_from(["words", "day", "one_of", "some_of", "yes", "number"]),
    label=texts,
    hint=texts,
    value=texts | st.lists(st.text("abc", max_size=3), max_size=3),
    optional=st.booleans(),
    lines=st.integers(1, 5),
    max_length=st.integers(1, 3000),
    options=options.map(tuple),
)
any_form = st.builds(
    FormView,
    name=st.just("decide"),
    title=texts,
    submit=texts,
    fields=st.lists(fields, min_size=1, max_size=6, unique_by=lambda f: f.name).map(tuple),
    args=st.dictionaries(st.sampled_from(["quote", "permalink"]), texts),
    language=st.sampled_from(["fr", "nl", "de", "en"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_form)
def test_every_form_is_a_modal_within_slacks_limits(form: FormView) -> None:
    view = forms.view(form, HERE)
    View(**view).to_dict()  # slack_sdk's own validation
    assert len(view["blocks"]) <= 100
    assert len(view["private_metadata"]) <= 3000
    for block in view["blocks"]:
        if block["type"] == "input":
            assert 0 < len(block["label"]["text"]) <= 2000
            for option in _options(block["element"]):
                assert 0 < len(option["text"]["text"]) <= 75
                assert len(option["value"]) <= 150
            assert len(block["element"].get("options", [])) <= 100
    name, _args, origin = forms.memory(view)
    assert name == "decide"
    assert origin == HERE


def _options(element: dict[str, Any]) -> list[dict[str, Any]]:
    return [*element.get("options", []), *(o for g in element.get("option_groups", []) for o in g["options"])]


def drawn(*declared: FormField, **more: Any) -> dict[str, Any]:
    return forms.view(FormView("decide", "Garder", "Enregistrer", declared, **more), HERE)


def sent(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    return view | {"state": {"values": state(view, values)}}


def test_what_a_form_opened_with_comes_back() -> None:
    colours = (("r", "rouge"), ("g", "vert"))
    view = drawn(
        FormField("text", "words", "Quoi ?", value="On garde."),
        FormField("on", "day", "Quand ?", value="2026-12-24"),
        FormField("by", "one_of", "Qui ?", value="g", options=colours),
        FormField("with_", "some_of", "Avec ?", value=["r", "g"], options=colours),
        FormField("loud", "yes", "Fort", value="yes"),
        FormField("times", "number", "Fois", value="3"),
    )
    found = forms.values(sent(view))
    assert found == {
        "text": "On garde.", "on": "2026-12-24", "by": "g", "with_": ["r", "g"], "loud": ["yes"], "times": "3",
    }  # fmt: skip


def test_a_day_in_words_counts_more_than_the_picker() -> None:
    view = drawn(FormField("on", "day", "Quand ?", value="2026-12-24"))
    assert forms.values(sent(view, **{"on~words": "fin mai"})) == {"on": "fin mai"}
    assert forms.values(sent(view, on="", **{"on~words": ""})) == {"on": ""}


def test_a_day_given_in_words_goes_back_into_words() -> None:
    view = drawn(FormField("on", "day", "Quand ?", value="fin mai"))
    picker, written = (block["element"] for block in view["blocks"])
    assert "initial_date" not in picker
    assert written["initial_value"] == "fin mai"


def test_more_options_than_a_list_takes_come_in_groups() -> None:
    many = tuple((str(n), f"Partenaire {n}") for n in range(250))
    [block] = drawn(FormField("by", "one_of", "Qui ?", value="130", options=many))["blocks"]
    groups = block["element"]["option_groups"]
    assert [len(group["options"]) for group in groups] == [100, 100, 50]
    assert block["element"]["initial_option"]["value"] == "130"


def test_a_choice_of_nothing_is_said() -> None:
    view = drawn(FormField("text", "words", "Quoi ?"), FormField("by", "one_of", "Qui ?"))
    assert [block["type"] for block in view["blocks"]] == ["input", "rich_text"]


def test_a_title_that_is_cut_is_said_in_full() -> None:
    form = FormView("decide", "Enregistrer ce que l’assemblée a décidé", "Enregistrer", (FormField("t", "words", "Q"),))
    view = forms.view(form, HERE)
    assert len(view["title"]["text"]) <= 24
    assert "l’assemblée a décidé" in json.dumps(view["blocks"][0], ensure_ascii=False)


@pytest.mark.parametrize(
    ("values", "block"),
    [({"on~words": "jamais"}, "on~words"), ({"on": "2020-01-01"}, "on"), ({}, "on")],
)
def test_an_error_stands_where_the_day_was_given(values: dict[str, str], block: str) -> None:
    declared = FormField("on", "day", "Quand ?")
    submitted = sent(drawn(declared), **values)
    form = FormView("decide", "T", "S", (declared,), errors={"on": "Pas ce jour-là."})
    assert forms.errors(form, submitted) == {block: "Pas ce jour-là."}


def test_an_error_of_no_field_stands_under_the_first() -> None:
    submitted = sent(drawn(FormField("text", "words", "Quoi ?")))
    form = FormView("decide", "T", "S", (), errors={"other": "Un.", "text": "Deux."})
    assert forms.errors(form, submitted) == {"text": "Un.\nDeux."}
