"""Mentions, direct messages, shortcuts, reactions, buttons and the App Home, on the emulated Slack."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.phrases import LANGUAGES
from tests.platforms.slack import emulator
from tests.platforms.slack.notebook import WICKED
from tests.platforms.slack.world import World, stamp

pytestmark = pytest.mark.emulator

CALENDAR = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_mention_is_answered_to_the_person_alone_in_the_channel(workspace: World) -> None:
    workspace.message("ana", "note butter", "pilotage")
    told = workspace.seen()[-1]
    assert (told.how, told.text) == ("chat.postEphemeral", "Kept butter.")
    assert told.params["user"] == workspace.people["ana"]


def test_a_direct_message_is_answered_there(workspace: World) -> None:
    workspace.message("ana", "note butter")
    told = workspace.seen()[-1]
    assert (told.how, told.channel, told.text) == ("chat.postMessage", workspace.direct("ana"), "Kept butter.")


def test_talk_in_a_channel_is_none_of_the_bots_business(workspace: World) -> None:
    event = {"type": "message", "channel_type": "channel", "text": "note butter", "channel": "C1", "ts": stamp()}
    assert workspace.event(event | {"user": workspace.people["ana"]}).status_code == 200
    assert workspace.seen() == []


@pytest.mark.parametrize("more", [{"bot_id": "B1"}, {"subtype": "message_changed"}, {"user": emulator.BOT_USER}])
def test_what_no_person_wrote_is_passed_over(workspace: World, more: dict[str, str]) -> None:
    workspace.message("ana", "note butter", **more)
    assert workspace.seen() == []


def test_a_mentioned_person_is_named_by_their_handle(workspace: World) -> None:
    workspace.command("ana", "/note", f"<@{workspace.people['marie']}|old.name> brings butter", "pilotage")
    assert workspace.seen()[-1].text == "Kept @marie brings butter."


def test_a_shortcut_opens_the_form_with_the_message_and_its_link(workspace: World) -> None:
    said = emulator.call(
        workspace.relay.upstream, "chat.postMessage", channel=workspace.channels["pilotage"], text="On garde le beurre"
    )
    workspace.interaction(
        "message_action",
        "ana",
        callback_id="decide",
        message={"type": "message", "text": "On garde le beurre", "user": workspace.people["marie"], "ts": said["ts"]},
        channel={"id": workspace.channels["pilotage"], "name": "pilotage"},
        response_url=workspace.response_url(),
    )
    [view] = workspace.views
    assert view["blocks"][0]["element"]["initial_value"] == "On garde le beurre"
    workspace.submit("ana", view, {})
    words, link = workspace.seen()[-1].text.split("\n")
    assert words == "Kept On garde le beurre."
    assert workspace.channels["pilotage"] in link


def test_a_reaction_asks_in_private_and_its_button_opens_the_form(workspace: World) -> None:
    channel = workspace.channels["pilotage"]
    said = emulator.call(workspace.relay.upstream, "chat.postMessage", channel=channel, text="On garde le beurre")
    event = {
        "type": "reaction_added", "user": workspace.people["ana"], "reaction": "pushpin::skin-tone-2",
        "item": {"type": "message", "channel": channel, "ts": said["ts"]}, "item_user": workspace.people["marie"],
    }  # fmt: skip
    workspace.event(event | {"reaction": "tada"})
    # Nor under what the bot says itself.
    workspace.event(event | {"item_user": emulator.BOT_USER})
    assert workspace.seen() == []
    workspace.event(event)
    asked = workspace.seen()[-1]
    assert asked.how == "chat.postEphemeral"
    assert "On garde le beurre" in asked.text
    workspace.press("ana", asked, asked.buttons[0]["text"]["text"].replace("\u00a0", " "))
    assert workspace.views[-1]["blocks"][0]["element"]["initial_value"] == "On garde le beurre"


def test_a_form_that_cannot_open_gets_a_button_that_opens_it(workspace: World) -> None:
    workspace.message("ana", "note")
    asked = workspace.seen()[-1]
    assert asked.how == "chat.postMessage"
    workspace.press("ana", asked, asked.buttons[0]["text"]["text"])
    assert workspace.views[-1]["title"]["text"] == "Keep a word"


def test_a_button_answers_and_what_people_write_stays_words(workspace: World) -> None:
    workspace.message("ana", "note butter")
    workspace.press("ana", workspace.seen()[-1], "Again")
    told = workspace.seen()[-1]
    assert told.text == f"Twice.\n{WICKED}"
    assert "<" not in told.params["text"]
    sent = json.dumps(told.params["blocks"])
    assert '"user"' not in sent
    assert '"link"' not in sent
    assert '"broadcast"' not in sent


def test_a_button_may_replace_its_message(workspace: World) -> None:
    workspace.message("ana", "note butter")
    workspace.press("ana", workspace.seen()[-1], "Gone")
    [told] = workspace.answers.calls
    assert told.params["replace_original"] is True


def test_a_form_of_a_button_in_a_message_of_many_parts(workspace: World) -> None:
    workspace.command("ana", "/note", "long", "pilotage")
    posted = workspace.relay.made("chat.postMessage")
    assert len(posted) > 1
    assert all(len(part["blocks"]) <= 50 for part in posted)


def test_a_file_for_one_person_goes_to_their_direct_conversation(workspace: World) -> None:
    workspace.command("ana", "/note", "file", "pilotage")
    [shared] = workspace.relay.made("files.completeUploadExternal")
    assert shared["channel_id"] == workspace.direct("ana")


def test_the_home_is_each_persons_own_and_follows_what_they_press(workspace: World) -> None:
    event = {"type": "app_home_opened", "user": workspace.people["ana"], "tab": "home", "channel": "D1"}
    workspace.event(event)
    workspace.event(event | {"tab": "messages"})
    [shown] = workspace.seen()
    assert shown.text == "Bonjour Ana Dupont.\n0 words"
    key = shown.buttons[0]
    workspace.interaction(
        "block_actions",
        "ana",
        actions=[{"type": "button", "action_id": key["action_id"], "value": key["value"], "action_ts": stamp()}],
        container={"type": "view", "view_id": "V1"},
        view={"type": "home", "id": "V1"},
    )
    assert workspace.seen()[-1].text == "Bonjour Ana Dupont.\n1 words"


@pytest.mark.parametrize("name", ["note", "nota", "notiz", "decide"])
def test_every_language_is_understood(workspace: World, name: str) -> None:
    assert len(LANGUAGES) == 4
    workspace.command("ana", f"/{name}", "butter", "pilotage")
    assert workspace.seen()[-1].text == "Kept butter."


def test_the_same_event_counts_once_however_often_slack_sends_it(workspace: World) -> None:
    event = {
        "type": "message", "channel_type": "im", "text": "note butter", "channel": workspace.direct("ana"),
        "user": workspace.people["ana"], "ts": stamp(),
    }  # fmt: skip
    for retry in range(3):
        assert workspace.event(event, event_id="Ev1", retry=retry).status_code == 200
    assert [seen.text for seen in workspace.seen()] == ["Kept butter."]


def test_unsigned_forged_and_replayed_requests_are_refused(workspace: World) -> None:
    body = "command=%2Fnote&text=butter&trigger_id=1&user_id=U1&team_id=T1&channel_id=C1"
    old = (datetime.now(UTC) - timedelta(minutes=6)).timestamp()
    assert workspace.post(body, headers={"x-slack-signature": ""}).status_code == 401
    assert workspace.post(body, secret="forged").status_code == 401
    assert workspace.post(body, at=old).status_code == 401
    assert workspace.post(body, headers={"x-slack-request-timestamp": "soon"}).status_code == 401
    assert workspace.seen() == []


def test_a_mistake_of_ours_is_said_and_the_form_is_not_lost_silently(workspace: World) -> None:
    workspace.command("ana", "/note", "boom", "pilotage")
    assert "butter" not in workspace.seen()[-1].text
    assert workspace.seen()[-1].how == "respond"


def test_a_patients_number_is_kept_nowhere(workspace: World) -> None:
    workspace.command("ana", "/note", "Le 85.07.30-033.28 est à revoir", "pilotage")
    assert "033.28" not in workspace.seen()[-1].text
