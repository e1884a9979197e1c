"""Mattermost signs nothing of what it calls back with: what is not ours is refused, each way it can be tried."""

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from storage import inbox, networks
from storage.database import Database
from tests.platforms.contract_commands import keep
from tests.platforms.loopback import TRUSTS_NOBODY
from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.world import World


@pytest.fixture
def bot(world: World, sqlite_url: str) -> Iterator[RunningBot]:
    keep.GATE.clear()
    database = Database(sqlite_url)
    bot = RunningBot(database, world)
    bot.start()
    yield bot
    bot.stop()
    database.dispose()


def handled(bot: RunningBot) -> int:
    """How many messages the bot has taken."""
    with bot.database.system_session(reading=True) as session:
        return session.query(inbox.Received).where(inbox.Received.handled_at.is_not(None)).count()


def post(bot: RunningBot, path: str, **content: Any) -> httpx.Response:
    with httpx.Client(trust_env=False, verify=TRUSTS_NOBODY) as client:
        return client.post(f"{bot.url}/mattermost/{path}", **content)


def refused(bot: RunningBot, path: str, **content: Any) -> bool:
    """The call is answered by a status alone, and changes nothing."""
    before = handled(bot)
    answer = post(bot, path, **content)
    return answer.status_code in {400, 401, 404} and not answer.content and handled(bot) == before


# Commands ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def called(world: World, bot: RunningBot) -> dict[str, Any]:
    """A command as the server really called it."""
    assert handled(bot) == 0
    world.person("ana").commands(world.channel, "/garde beurre")
    return dict(world.server.integrations.seen[-1])


def command(bot: RunningBot, called: dict[str, Any], **changed: str) -> dict[str, Any]:
    """The same with another trigger, so that it is no repetition, and what else is changed."""
    fresh = bot.worlds[0].server.integrations.new_trigger(called["data"]["user_id"])[1]
    return {"data": {**called["data"], "trigger_id": fresh, **changed}, "headers": called["headers"]}


def test_the_same_command_with_another_trigger_would_be_taken(bot: RunningBot, called: dict[str, Any]) -> None:
    assert not refused(bot, "command", **command(bot, called))


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Token wrong"}, {"Authorization": "Bearer {token}"}, {"Authorization": ""}]
)
def test_a_command_without_its_header_is_refused(
    bot: RunningBot, called: dict[str, Any], headers: dict[str, str]
) -> None:
    token = called["data"]["token"]
    content = command(bot, called) | {"headers": {name: text.format(token=token) for name, text in headers.items()}}
    assert refused(bot, "command", **content)


@pytest.mark.parametrize("token", ["", "x" * 26, "é"])
def test_a_command_with_a_forged_token_is_refused(bot: RunningBot, called: dict[str, Any], token: str) -> None:
    assert refused(bot, "command", **command(bot, called, token=token))


def test_a_command_of_another_team_with_this_teams_token_is_refused(
    world: World, bot: RunningBot, called: dict[str, Any]
) -> None:
    other = world.server.state.add_team("autre")
    assert refused(bot, "command", **command(bot, called, team_id=other.id))


def test_a_command_in_the_name_of_somebody_else_is_refused(
    world: World, bot: RunningBot, called: dict[str, Any]
) -> None:
    """The trigger names who gave the command."""
    assert refused(bot, "command", **command(bot, called, user_id=world.person("bob").user.id))


def test_a_command_sent_again_does_nothing(bot: RunningBot, called: dict[str, Any]) -> None:
    before = handled(bot)
    answer = post(bot, "command", data=called["data"], headers=called["headers"])
    assert (answer.json(), handled(bot)) == ({}, before)


def test_an_old_command_is_refused(world: World, bot: RunningBot, called: dict[str, Any]) -> None:
    content = command(bot, called)
    world.clock.advance(601)
    assert refused(bot, "command", **content)


def test_answers_go_to_the_servers_own_addresses_only(bot: RunningBot, called: dict[str, Any]) -> None:
    with httpx.Client(trust_env=False, verify=TRUSTS_NOBODY) as client:
        content = command(bot, called, response_url="http://127.0.0.1:9/hooks/commands/x", text="qui")
        assert client.post(f"{bot.url}/mattermost/command", **content).status_code == 200
    spots = bot.platform.answers._urls.values()
    assert all("127.0.0.1:9/" not in url for url, _until in spots)


# Buttons -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def pressed(world: World, bot: RunningBot) -> dict[str, Any]:
    """A press of a button that ana alone was shown, as the server really called it."""
    ana = world.person("ana")
    ana.commands(world.channel, "/garde beurre")
    ana.presses(ana.ephemerals()[0], "Tell me more")
    assert bot.url in world.server.integrations.seen[-1]["url"]
    return dict(world.server.integrations.seen[-1]["json"])


def again(bot: RunningBot, body: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The same press with another trigger, which is what an attacker would make up."""
    user_id = changed.get("user_id", body["user_id"])
    trigger_id = bot.worlds[0].server.integrations.new_trigger(user_id)[1]
    return {**body, "trigger_id": trigger_id, **changed}


def test_the_same_button_may_be_pressed_again(bot: RunningBot, pressed: dict[str, Any]) -> None:
    assert not refused(bot, "action", json=again(bot, pressed))


@pytest.mark.parametrize("context", [None, {}, {"token": ""}, {"token": "a.b"}, {"token": 3}, []])
def test_a_press_without_our_token_is_refused(bot: RunningBot, pressed: dict[str, Any], context: Any) -> None:
    assert refused(bot, "action", json=again(bot, pressed, context=context))


def test_a_forged_press_is_refused(bot: RunningBot, pressed: dict[str, Any]) -> None:
    token = pressed["context"]["token"]
    payload, _, signature = token.rpartition(".")
    assert refused(bot, "action", json=again(bot, pressed, context={"token": f"x{payload}.{signature}"}))
    made_up = base64.urlsafe_b64encode(b'{"n":"x","r":"{}","j":"y"}').decode().rstrip("=")
    assert refused(bot, "action", json=again(bot, pressed, context={"token": f"{made_up}.{signature}"}))


def test_an_expired_press_is_refused(world: World, bot: RunningBot, pressed: dict[str, Any]) -> None:
    world.clock.advance(181 * 24 * 3600)
    assert refused(bot, "action", json=again(bot, pressed))


def test_a_press_sent_again_does_nothing(bot: RunningBot, pressed: dict[str, Any]) -> None:
    before = handled(bot)
    assert post(bot, "action", json=pressed).json() == {}
    assert handled(bot) == before


def test_a_press_sent_again_later_is_refused(world: World, bot: RunningBot, pressed: dict[str, Any]) -> None:
    world.clock.advance(601)
    assert refused(bot, "action", json=pressed)


def test_a_press_of_another_team_is_refused(world: World, bot: RunningBot, pressed: dict[str, Any]) -> None:
    other = world.server.state.add_team("autre")
    assert refused(bot, "action", json=again(bot, pressed, team_id=other.id))


def test_somebody_else_cannot_press_what_one_person_was_shown(
    world: World, bot: RunningBot, pressed: dict[str, Any]
) -> None:
    assert refused(bot, "action", json=again(bot, pressed, user_id=world.person("bob").user.id))


def test_a_press_with_somebody_elses_trigger_is_refused(world: World, bot: RunningBot, pressed: dict[str, Any]) -> None:
    trigger_id = world.server.integrations.new_trigger(world.person("bob").user.id)[1]
    assert refused(bot, "action", json={**pressed, "trigger_id": trigger_id})


@pytest.mark.parametrize("trigger_id", ["", "nonsense", "é", base64.b64encode(b"a:b:c:d").decode()])
def test_a_press_without_a_trigger_is_refused(bot: RunningBot, pressed: dict[str, Any], trigger_id: str) -> None:
    assert refused(bot, "action", json={**pressed, "trigger_id": trigger_id})


def test_a_button_that_is_gone_cannot_be_pressed(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    ana.says(ana.direct(world.bot), "garde beurre")
    posts = world.server.state.wait(lambda: [one for one in ana.sees(ana.direct(world.bot)) if one["props"]])
    ana.presses(posts[0], "It is done now")
    body = dict(world.server.integrations.seen[-1]["json"])
    before = handled(bot)
    answer = post(bot, "action", json=again(bot, body))
    assert "déjà servi" in answer.json()["ephemeral_text"]
    assert handled(bot) == before


def test_a_dialogs_state_is_no_button(world: World, bot: RunningBot, pressed: dict[str, Any]) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/garde")
    state = ana.dialogs()[0]["dialog"]["state"]
    assert refused(bot, "action", json=again(bot, pressed, context={"token": state}))


# Dialogs -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(world: World, bot: RunningBot) -> dict[str, Any]:
    """A form as ana's client would send it in."""
    ana = world.person("ana")
    ana.commands(world.channel, "/garde")
    dialog = ana.dialogs()[0]["dialog"]
    assert bot.url in ana.dialogs()[0]["url"]
    return {
        "type": "dialog_submission",
        "callback_id": dialog["callback_id"],
        "state": dialog["state"],
        "user_id": ana.user.id,
        "channel_id": world.channel.id,
        "team_id": world.team.id,
        "submission": {"text": "pain"},
        "cancelled": False,
    }


def test_a_form_is_taken_once(bot: RunningBot, sent: dict[str, Any]) -> None:
    assert not refused(bot, "dialog", json=sent)
    before = handled(bot)
    for changed in ({}, {"text": "beurre"}):
        assert post(bot, "dialog", json={**sent, "submission": {**sent["submission"], **changed}}).json() == {}
    assert handled(bot) == before


def test_a_form_that_is_closed_does_nothing(bot: RunningBot, sent: dict[str, Any]) -> None:
    before = handled(bot)
    assert post(bot, "dialog", json={**sent, "cancelled": True}).json() == {}
    assert handled(bot) == before


@pytest.mark.parametrize("state", ["", "a.b", None])
def test_a_forged_form_is_refused(bot: RunningBot, sent: dict[str, Any], state: Any) -> None:
    assert refused(bot, "dialog", json={**sent, "state": state})


def test_an_expired_form_is_refused(world: World, bot: RunningBot, sent: dict[str, Any]) -> None:
    world.clock.advance(12 * 3600)
    assert refused(bot, "dialog", json=sent)


def test_somebody_elses_form_is_refused(world: World, bot: RunningBot, sent: dict[str, Any]) -> None:
    assert refused(bot, "dialog", json={**sent, "user_id": world.person("bob").user.id})


def test_a_form_of_another_team_is_refused(world: World, bot: RunningBot, sent: dict[str, Any]) -> None:
    assert refused(bot, "dialog", json={**sent, "team_id": world.server.state.add_team("autre").id})


def test_a_button_is_no_dialogs_state(bot: RunningBot, sent: dict[str, Any], pressed: dict[str, Any]) -> None:
    assert refused(bot, "dialog", json={**sent, "state": pressed["context"]["token"]})


@pytest.mark.parametrize("path", ["command", "action", "dialog"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"user_id": {}}', b"x" * (3 * 1024 * 1024)])
def test_nonsense_is_refused(bot: RunningBot, path: str, content: bytes) -> None:
    assert refused(bot, path, content=content)


# Networks ----------------------------------------------------------------------------------------------------------


def test_what_one_team_says_is_another_teams_secret(world: World, sqlite_url: str) -> None:
    """Two teams of one server, in one process: each is a network of its own."""
    second = World(world.server, "namur")
    database = Database(sqlite_url)
    bot = RunningBot(database, world, second)
    bot.start()
    try:
        ana, bea = world.person("ana"), second.person("bea")
        ana.commands(world.channel, "/garde beurre")
        called = dict(world.server.integrations.seen[-1])
        assert refused(bot, "command", **command(bot, called, team_id=second.team.id))
        bea.commands(second.channel, "/garde tous")
        assert [post["message"].strip("\u00a0 ") for post in bea.sees(second.channel)] == ["Words:"]
        with database.system_session() as session:
            assert {one.name for one in session.query(networks.Network)} == {"Luxembourg", "Namur"}
        # A button of the one, called with the name of the other.
        ana.presses(ana.ephemerals()[0], "Tell me more")
        body = dict(world.server.integrations.seen[-1]["json"])
        assert refused(bot, "action", json=again(bot, body, team_id=second.team.id))
    finally:
        bot.stop()
        database.dispose()
    second.close()


def test_in_private_the_team_where_somebody_last_acted_is_meant_after_a_restart_too(
    world: World, sqlite_url: str
) -> None:
    second = World(world.server, "namur")
    database = Database(sqlite_url)
    bot = RunningBot(database, world, second)
    bot.start()
    try:
        ana = second.person("ana")
        world.server.state.join_team(world.team, ana.user)
        ana.commands(second.channel, "/garde beurre")
        bot.stop()
        bot.start()
        # In both teams, of which "luxembourg" would come first.
        connection = next(iter(bot.platform.connections.values()))
        assert connection.team_for(ana.user.id) == second.team.id
        stranger = world.person("luc")
        world.server.state.join_team(second.team, stranger.user)
        assert connection.team_for(stranger.user.id) == world.team.id
    finally:
        bot.stop()
        database.dispose()
    second.close()
