"""People talk to the bot on the emulated Slack, over real HTTP and signed requests."""

import pytest

from tests.platforms.slack.world import World, text_of

pytestmark = pytest.mark.emulator


def test_a_command_is_acknowledged_empty_and_answered_to_the_person_alone(workspace: World) -> None:
    answer = workspace.command("ana", "/note", "butter", "pilotage")
    assert (answer.status_code, answer.text) == (200, "")
    [told] = workspace.answers.calls
    assert told.params["response_type"] == "ephemeral"
    assert text_of(told.params["blocks"]) == "Kept butter."


def test_a_public_answer_is_posted_by_the_bot_in_the_channel(workspace: World) -> None:
    workspace.command("ana", "/note", "all hello", "pilotage")
    [posted] = workspace.relay.made("chat.postMessage")
    assert posted["channel"] == workspace.channels["pilotage"]
    assert text_of(posted["blocks"]) == "Words: . hello"


def test_without_words_the_form_opens_is_checked_and_sent_in(workspace: World) -> None:
    workspace.command("ana", "/note", "", "pilotage")
    [view] = workspace.views
    assert view["title"]["text"] == "Keep a word"
    refused = workspace.submit("ana", view, {"text": "wrong"}, view_id="V1").json()
    assert refused["response_action"] == "errors"
    assert set(refused["errors"]) == {"text", "on"}
    filled = {"text": "butter", "on": "2026-12-24", "colour": "r", "others": ["g"], "loud": ["yes"], "times": "2"}
    sent = workspace.submit("ana", view, filled, view_id="V1")
    assert (sent.status_code, sent.text) == (200, "")
    assert workspace.seen()[-1].text == "Kept butter, 2026-12-24, r, g, loud, 2."
    again = workspace.submit("ana", view, {"text": "butter"}, view_id="V1")
    assert (again.status_code, again.text) == (200, "")
    workspace.command("ana", "/note", "all", "pilotage")
    assert workspace.seen()[-1].text == "Words: butter. "
