"""The stand-in behaves as the real server's source says."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.platforms.mattermost.http import Refused
from tests.platforms.loopback import TRUSTS_NOBODY, Loopback
from tests.platforms.mattermost import models, spec
from tests.platforms.mattermost.person import PersonError
from tests.platforms.mattermost.world import World


@pytest.fixture
def bot() -> Iterator[Loopback]:
    with Loopback() as bot:
        yield bot


@pytest.fixture
def token(world: World, bot: Loopback) -> str:
    """The token of /decision, registered for the team."""
    command = {"team_id": world.team.id, "trigger": "decision", "method": "P", "url": f"{bot.url}/mattermost/command"}
    return str(world.admin()._send("POST", "/commands", json=command)["token"])


# Slash commands ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("token")
def test_a_command_is_a_form_with_the_token_twice(world: World, bot: Loopback, token: str) -> None:
    ana = world.person("ana")
    bot.answer = {"response_type": "ephemeral", "text": "Noté."}
    assert ana.commands(world.channel, "/Decision On retient Vivalia") == "Noté."
    path, headers, form = bot.received[0]
    assert (path, headers["authorization"], form["token"]) == ("/mattermost/command", f"Token {token}", token)
    assert (form["command"], form["text"], form["user_name"]) == ("/decision", "On retient Vivalia", "ana")
    assert form["response_url"].startswith(f"{world.server.url}/hooks/commands/")


@pytest.mark.usefixtures("token")
def test_an_answer_in_channel_becomes_a_post_of_the_person(world: World, bot: Loopback) -> None:
    ana = world.person("ana")
    bot.answer = {"response_type": "in_channel", "text": "Voilà"}
    ana.commands(world.channel, "/decision liste")
    assert [(post["user_id"], post["message"]) for post in ana.sees(world.channel)] == [(ana.user.id, "Voilà")]


@pytest.mark.usefixtures("token")
def test_plain_text_is_an_answer_for_the_person(world: World, bot: Loopback) -> None:
    bot.answer = "Bonjour <https://example.org|ici>"
    # Unless told otherwise the server reads Slack's links.
    assert world.person("ana").commands(world.channel, "/decision") == "Bonjour [ici](https://example.org)"


@pytest.mark.usefixtures("token")
def test_a_response_url_works_five_times_and_half_an_hour(world: World, bot: Loopback) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/decision une")
    ana.commands(world.channel, "/decision deux")
    client = world.client()
    first, second = (form["response_url"] for _, _, form in bot.received)
    for number in range(5):
        client.respond(first, {"text": f"Réponse {number}"})
    with pytest.raises(Refused) as sixth:
        client.respond(first, {"text": "De trop"})
    assert sixth.value.status == 400
    world.clock.advance(30 * 60 + 1)
    with pytest.raises(Refused) as late:
        client.respond(second, {"text": "Trop tard"})
    assert late.value.status == 404
    assert [post["message"] for post in ana.ephemerals()] == [f"Réponse {number}" for number in range(5)]


@pytest.mark.usefixtures("token")
def test_a_private_address_is_called_only_when_it_is_listed(world: World, bot: Loopback) -> None:
    world.server.config.allowed_untrusted_internal_connections = ""
    with pytest.raises(PersonError, match="address forbidden"):
        world.person("ana").commands(world.channel, "/decision")
    world.server.config.allowed_untrusted_internal_connections = "10.0.0.0/8, 127.0.0.0/8"
    world.person("ana").commands(world.channel, "/decision")
    assert len(bot.received) == 1


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(("setting", "value"), [("site_url", ""), ("enable_commands", False)])
def test_commands_need_their_settings(world: World, setting: str, value: Any) -> None:
    setattr(world.server.config, setting, value)
    with pytest.raises(PersonError):
        world.person("ana").commands(world.channel, "/decision")


def test_two_commands_of_a_team_cannot_share_a_name(world: World, token: str) -> None:
    command = {"team_id": world.team.id, "trigger": "decision", "method": "P", "url": "https://example.org"}
    with pytest.raises(PersonError, match="duplicate_trigger"):
        world.admin()._send("POST", "/commands", json=command)
    with pytest.raises(PersonError, match="permissions"):
        world.person("ana")._send("POST", "/commands", json={**command, "trigger": "autre"})
    assert token


# Buttons and menus -------------------------------------------------------------------------------------------------


def a_button(bot: Loopback, **values: Any) -> dict[str, Any]:
    integration = {"url": f"{bot.url}/mattermost/action", "context": {"token": "secret"}}
    return {"id": "fait", "name": "Fait", "type": "button", "style": "good", "integration": integration} | values


def posted(world: World, *actions: dict[str, Any]) -> Any:
    props = {"attachments": [{"text": "Où en est-on ?", "color": "#c0392b", "actions": [*actions]}], "x": 1}
    post = world.client().create_post(world.channel.id, "E-7", props=props)
    return next(seen for seen in world.person("ana").sees(world.channel) if seen["id"] == post.id)


def test_the_context_of_a_button_never_reaches_a_client(world: World, bot: Loopback) -> None:
    post = posted(world, a_button(bot))
    assert "secret" not in json.dumps(post)
    world.person("ana").presses(post, "Fait")
    _, headers, body = bot.received[0]
    assert "authorization" not in headers
    assert (body["context"], body["user_name"], body["post_id"]) == ({"token": "secret"}, "ana", post["id"])


def test_an_answer_replaces_the_message_and_says_a_word_aside(world: World, bot: Loopback) -> None:
    ana, post = world.person("ana"), posted(world, a_button(bot))
    bot.answer = {
        "update": {"message": "E-7 fait", "props": {}},
        "ephemeral_text": "Merci !",
        "skip_slack_parsing": True,
    }
    ana.presses(post, "Fait")
    assert [(seen["message"], seen["props"]) for seen in ana.sees(world.channel)] == [
        ("E-7 fait", {"from_bot": "true"})
    ]
    assert [seen["message"] for seen in ana.ephemerals()] == ["Merci !"]


def test_an_update_without_props_keeps_the_buttons(world: World, bot: Loopback) -> None:
    ana, post = world.person("ana"), posted(world, a_button(bot))
    bot.answer = {"update": {"message": "Toujours là"}}
    ana.presses(post, "Fait")
    assert ana.sees(world.channel)[0]["props"]["attachments"]


def test_a_menu_gives_the_chosen_option(world: World, bot: Loopback) -> None:
    options = [{"text": "Dans une semaine", "value": "7"}, {"text": "Dans un mois", "value": "30"}]
    post = posted(world, a_button(bot, name="Reporter", type="select", style="", options=options))
    world.person("ana").presses(post, "Reporter", option="Dans un mois")
    assert bot.received[0][2]["context"] == {"token": "secret", "selected_option": "30"}


def test_a_bot_that_fails_is_an_error_for_the_person(world: World, bot: Loopback) -> None:
    post = posted(world, a_button(bot))
    bot.status = 500
    with pytest.raises(PersonError, match="action_integration"):
        world.person("ana").presses(post, "Fait")


@pytest.mark.usefixtures("token")
def test_a_button_seen_by_one_person_works_through_its_cookie(world: World, bot: Loopback) -> None:
    ana = world.person("ana")
    bot.answer = {"text": "E-7", "attachments": [{"text": "", "actions": [a_button(bot)]}]}
    ana.commands(world.channel, "/decision")
    bot.answer = {"ephemeral_text": "Merci !"}
    ana.presses(ana.ephemerals()[0], "Fait")
    assert bot.received[1][2]["context"] == {"token": "secret"}
    assert ana.ephemerals()[1]["message"] == "Merci !"


# Dialogs -----------------------------------------------------------------------------------------------------------

ELEMENT = {"display_name": "Texte", "name": "t", "type": "text", "max_length": 150}
DIALOG: dict[str, Any] = {"title": "Décision", "elements": [ELEMENT]}


@pytest.fixture
def trigger(world: World, bot: Loopback, token: str) -> str:
    world.person("ana").commands(world.channel, "/decision")
    assert bot.received[0][2]["token"] == token
    return str(bot.received[0][2]["trigger_id"])


def test_a_dialog_goes_round(world: World, bot: Loopback, trigger: str) -> None:
    ana = world.person("ana")
    world.client().open_dialog(trigger, f"{bot.url}/mattermost/dialog", {**DIALOG, "state": "secret"})
    opened = ana.dialogs()[0]
    bot.answer = {"errors": {"t": "Trop court"}}
    assert ana.submits(opened, world.channel, t="x") == {"errors": {"t": "Trop court"}}
    _, _, body = bot.received[-1]
    assert (body["state"], body["user_id"], body["submission"]) == ("secret", ana.user.id, {"t": "x"})
    assert body["team_id"] == world.team.id
    bot.answer = {"type": "form", "form": {**DIALOG, "title": "La suite"}}
    assert ana.continues(opened, ana.submits(opened, world.channel, t="xy"))["dialog"]["title"] == "La suite"
    bot.answer = ""
    assert ana.submits(opened, world.channel, t="xy") == {}


def test_a_trigger_ends_after_half_a_minute(world: World, bot: Loopback, trigger: str) -> None:
    world.clock.advance(31)
    with pytest.raises(Refused) as refused:
        world.client().open_dialog(trigger, f"{bot.url}/mattermost/dialog", DIALOG)
    assert refused.value.error_id == "interactive_message.decode_trigger_id.expired"


@pytest.mark.parametrize("how", ["nonsense", "unsigned"])
def test_a_made_up_trigger_is_refused(world: World, how: str) -> None:
    made_up = f"a:{world.person('ana').user.id}:{world.clock.millis()}:{base64.b64encode(b'no').decode()}"
    trigger = base64.b64encode(made_up.encode()).decode() if how == "unsigned" else "nonsense"
    with pytest.raises(Refused):
        world.client().open_dialog(trigger, "https://example.org/mattermost/dialog", DIALOG)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": "é" * 13}, "24 bytes"),
        ({"colour": "red"}, "unknown field"),
        ({"elements": [{**ELEMENT, "display_name": "é" * 13}]}, "display_name"),
        ({"elements": [{**ELEMENT, "type": "file"}]}, "invalid type"),
        ({"elements": [{**ELEMENT, "min_length": 200}]}, "min_length"),
        ({"elements": DIALOG["elements"] * 2}, "twice"),
        ({"elements": [{"display_name": "J", "name": "j", "type": "date", "default": "2/3"}]}, "invalid date"),
        ({"elements": [{"display_name": "J", "name": "j", "type": "radio", "default": "x"}]}, "not an option"),
        ({"elements": [{"display_name": "J", "name": "j", "type": "bool", "default": "oui"}]}, "default of bool"),
        ({"elements": [{"display_name": "J", "name": "j", "type": "datetime"}]}, "time_interval"),
    ],
)
def test_a_dialog_the_server_would_only_log_is_a_problem(change: dict[str, Any], problem: str) -> None:
    assert models.dialog_problems(DIALOG) == []
    assert problem in "\n".join(models.dialog_problems({**DIALOG, **change}))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "mark-done"}, "letters and digits"),
        ({"name": ""}, "name is required"),
        ({"style": "green"}, "invalid style"),
        ({"options": [{"text": "a", "value": "b"}]}, "no options"),
        ({"integration": {"context": {}}}, "integration URL"),
        ({"type": "select"}, "options or a data_source"),
        ({"value": "x"}, "unknown field"),
    ],
)
def test_a_button_that_would_not_work_is_a_problem(bot: Loopback, change: dict[str, Any], problem: str) -> None:
    assert models.action_problems(a_button(bot)) == []
    assert problem in "\n".join(models.action_problems(a_button(bot, **change)))


# The description of the API ----------------------------------------------------------------------------------------


@pytest.mark.skipif(spec.spec_file() is None, reason=f"{spec.SPECS} names no folder with mattermost-openapi-v4.yaml")
def test_a_request_that_the_description_does_not_know_is_a_problem(world: World) -> None:
    answer = httpx.post(
        f"{world.server.url}/api/v4/posts",
        json={"message": 3},
        headers={"Authorization": f"Bearer {world.token}"},
        trust_env=False,
        verify=TRUSTS_NOBODY,
    )
    assert answer.status_code == 403
    found = "\n".join(world.server.state.problems)
    assert "'channel_id' is a required property" in found
    assert "3 is not of type 'string'" in found
    world.server.state.problems.clear()


def test_what_a_bot_should_not_do_is_noted(world: World) -> None:
    client = world.client()
    client.create_post(world.channel.id, "")
    client.create_post(world.channel.id, "x", props={"attachments": [{"text": "y", "colour": "red"}]})
    assert world.server.state.problems == ["post: nothing to show", "attachment: unknown field 'colour'"]
    world.server.state.problems.clear()
