"""Setting the bot up on a server: from nothing, again, by hand, and what is said when something is in the way."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.platforms.mattermost import accounts
from bot.platforms.mattermost.by_hand import ByHand, steps
from bot.platforms.mattermost.manifest import manifest
from bot.platforms.mattermost.setup import Outcome, SetupError, Wishes, is_private, settings_to_change
from bot.registry import Registry
from bot.web import metrics
from bot.web.mattermost import assembled, routes
from storage import networks
from storage.database import Database
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.site import FRENCH, Site
from tests.serving import Serving


def test_from_nothing(site: Site) -> None:
    outcome = site.run()
    assert (outcome.to_change, outcome.teams) == ([], ["Luxembourg"])
    assert site.bots == ["filrouge"]
    [bot] = [user for user in site.server.state.users.values() if user.is_bot]
    assert bot.id in site.team.members
    assert "decision" in site.triggers
    assert "beslissing" not in site.triggers
    [account] = accounts.accounts(site.database, site.settings)
    assert {command.trigger for command in account.commands} == {*site.triggers}
    assert site.server.state.user_of(account.token) is bot
    with site.database.system_session() as session:
        [network] = session.query(networks.Network).all()
        assert (network.name, network.platform, network.language) == ("Luxembourg", "mattermost", "fr")


def test_again_it_doubles_nothing(site: Site) -> None:
    site.run()
    before = json.dumps([site.triggers, site.bots, sorted(site.server.state.commands)])
    [account] = accounts.accounts(site.database, site.settings)
    site.run()
    assert json.dumps([site.triggers, site.bots, sorted(site.server.state.commands)]) == before
    assert accounts.accounts(site.database, site.settings) == [account]


def test_again_it_repairs(site: Site) -> None:
    site.run()
    commands = site.server.state.commands
    first, second, *_rest = commands
    del commands[first]
    commands[second]["auto_complete_hint"] = "old"
    [bot] = [user for user in site.server.state.users.values() if user.is_bot]
    bot.delete_at, site.team.members = 5, {site.boss.id: "team_user team_admin"}
    [account] = accounts.accounts(site.database, site.settings)
    del site.server.state.tokens[account.token]
    triggers = {command["trigger"] for command in commands.values()}
    site.run()
    assert triggers < {*site.triggers}
    assert commands[second]["auto_complete_hint"] != "old"
    assert (bot.delete_at, bot.id in site.team.members) == (0, True)
    [mended] = accounts.accounts(site.database, site.settings)
    assert mended.token != account.token
    assert site.server.state.user_of(mended.token) is bot


def test_another_language_or_prefix_takes_the_place_of_the_first(site: Site) -> None:
    site.run()
    site.run(Wishes("nl", "fr-"))
    assert "fr-beslissing" in site.triggers
    assert all(trigger.startswith("fr-") for trigger in site.triggers)
    with site.database.system_session() as session:
        assert session.query(networks.Network).one().rules.prefix == "fr-"


def test_a_name_that_is_taken_is_said_and_a_prefix_helps(site: Site) -> None:
    admin = site.setup()._admin
    other = {"trigger": "decision", "method": "P", "url": "https://other.example.org/", "display_name": "Other"}
    admin.create_command(site.team.id, other)
    with pytest.raises(SetupError, match=r"/decision belong to something else\. Choose a prefix"):
        site.run()
    site.run(Wishes("fr", "fr-"))
    assert {"decision", "fr-decision"} <= {*site.triggers}


def test_the_administrators_token_is_not_kept(site: Site) -> None:
    site.run()
    site.database.engine.dispose()
    path = str(site.database.engine.url).removeprefix("sqlite:///")
    with open(path, "rb") as file:  # noqa: PTH123 - a text
        content = file.read()
    [account] = accounts.accounts(site.database, site.settings)
    assert site.token.encode() not in content
    assert account.token.encode() not in content
    assert all(command.token.encode() not in content for command in account.commands)


def test_two_teams_at_once(site: Site) -> None:
    namur = site.server.state.add_team("namur", "Namur")
    site.server.state.join_team(namur, site.boss)
    with pytest.raises(SetupError, match="Say for which teams with --team; you are in: luxembourg, namur"):
        site.run()
    assert site.run(Wishes("fr", teams=("luxembourg", "namur"))).teams == ["Luxembourg", "Namur"]
    with pytest.raises(SetupError, match="There is no team liege"):
        site.run(Wishes("fr", teams=("liege",)))


# What is in the way ------------------------------------------------------------------------------------------------


def test_bot_accounts_that_are_off_are_said(site: Site) -> None:
    site.server.config.enable_bot_accounts = False
    with pytest.raises(SetupError, match="Bot Accounts: turn on “Enable Bot Account Creation”"):
        site.run()
    assert (site.bots, site.triggers) == ([], [])


def test_commands_that_are_off_are_said(site: Site) -> None:
    site.server.config.enable_commands = False
    with pytest.raises(SetupError, match="turn on “Enable Custom Slash Commands”"):
        site.run()


def test_a_token_that_is_none_or_not_an_administrators_is_said(site: Site) -> None:
    with pytest.raises(SetupError, match="does not know this token"):
        site.setup("x" * 26).run(FRENCH)
    ana = site.server.state.add_user("ana")
    with pytest.raises(SetupError, match="must be a system administrator's"):
        site.setup(site.server.state.new_token(ana)).run(FRENCH)


def test_a_name_that_a_person_has_is_said(site: Site) -> None:
    site.server.state.add_user("filrouge")
    with pytest.raises(SetupError, match="choose another one with --bot-name"):
        site.run()
    site.run(Wishes("fr", bot_username="fil"))
    assert site.bots == ["fil"]


def test_a_server_that_is_not_there_is_said(site: Site) -> None:
    walk = site.setup()
    walk._admin.url = "http://127.0.0.1:1"
    with pytest.raises(SetupError, match="cannot be reached"):
        walk.run(FRENCH)


@pytest.mark.parametrize(
    ("changed", "public_url", "said"),
    [
        ({"SiteURL": ""}, "https://fil.example.org", "set the Site URL"),
        ({"EnableBotAccountCreation": False}, "https://fil.example.org", "Enable Bot Account Creation"),
        ({}, "http://10.1.2.3:8080", "add 10.1.2.3 to “Allow untrusted internal connections to”"),
        ({}, "http://filrouge:8080", "add filrouge to"),
        ({"AllowedUntrustedInternalConnections": "10.0.0.0/8"}, "http://192.168.1.5", "add 192.168.1.5 to"),
    ],
)
def test_what_must_change_is_said_in_plain_words(changed: dict[str, Any], public_url: str, said: str) -> None:
    good = {"SiteURL": "https://chat.example.org", "EnableBotAccountCreation": True, "EnableCommands": True}
    assert settings_to_change(good, "https://fil.example.org") == []
    [line] = settings_to_change({**good, **changed}, public_url)
    assert said in line


@pytest.mark.parametrize("listed", ["10.1.2.3", "10.0.0.0/8", "filrouge 10.1.2.3, localhost"])
def test_a_private_address_that_is_listed_is_fine(listed: str) -> None:
    config = {"SiteURL": "x", "EnableBotAccountCreation": True, "AllowedUntrustedInternalConnections": listed}
    assert settings_to_change(config, "http://10.1.2.3:8080") == []
    assert is_private("10.1.2.3")
    assert not is_private("fil.example.org")


# Really calling back -----------------------------------------------------------------------------------------------


@pytest.fixture
def answering(mattermost: MattermostServer, site_database: Database, registry: Registry) -> Iterator[Site]:
    """The bot is running already, and learns of its account when the server first calls."""
    app = Starlette()
    serving = Serving(app)
    serving.start()
    site = Site(mattermost, site_database, registry, serving.url)
    site.run()
    platform = assembled(site.settings, site.database, registry, now=mattermost.clock.now)
    app.router.routes.extend(routes(platform))
    yield site
    site.close()
    serving.stop()
    platform.stop()


def test_the_server_really_calls_the_bot_and_nobody_is_recorded(answering: Site) -> None:
    walk = answering.setup()
    walk.call_back(FRENCH)
    assert walk.outcome.to_change == []
    assert "got its answer" in walk.outcome.done[-1]
    assert b'filrouge_requests_total{path="/mattermost/command",status="200"}' in metrics.exposition()
    with answering.database.system_session() as session:
        from storage.members import Member

        assert session.query(Member).count() == 0


def test_commands_made_anew_are_believed_by_a_bot_that_runs(answering: Site) -> None:
    for command in answering.server.state.commands.values():
        command["token"] = answering.server.state.new_id()
    walk = answering.setup()
    walk.run(FRENCH)
    walk.call_back(FRENCH)
    assert walk.outcome.to_change == []


def test_a_server_that_may_not_call_is_said(answering: Site) -> None:
    answering.server.config.allowed_untrusted_internal_connections = ""
    walk = answering.setup()
    walk.call_back(FRENCH)
    [line] = walk.outcome.to_change
    assert "could not call" in line


# By hand -----------------------------------------------------------------------------------------------------------


def made(site: Site, wishes: Wishes = FRENCH) -> dict[str, Any]:
    return manifest(site.registry, wishes.language, public_url=site.settings.public_url, prefix=wishes.prefix)


def by_hand(site: Site, bot_token: str, tokens: dict[str, str]) -> Outcome:
    clock = site.server.clock
    walk = ByHand(site.server.url, site.database, site.settings, now=clock.now)
    return walk.keep(FRENCH, bot_token, tokens, made(site))


def test_the_steps_name_every_setting_and_command(site: Site) -> None:
    text = steps(site.server.url, "http://10.1.2.3:8080", made(site), FRENCH)
    for word in (
        "EnableCommands",
        "EnableUserAccessTokens",
        "EnableBotAccountCreation",
        "10.1.2.3",
        "/invite @filrouge",
    ):
        assert word in text
    for command in made(site)["commands"]:
        assert f"Command Trigger Word: {command['trigger']}\n" in text


def test_what_was_made_by_hand_is_kept(site: Site) -> None:
    bot = site.server.state.add_user("filrouge", is_bot=True)
    token = site.server.state.new_token(bot, access=True)
    tokens = {command["trigger"]: f"token of {command['trigger']}" for command in made(site)["commands"]}
    with pytest.raises(SetupError, match="It is in: none"):
        by_hand(site, token, tokens)
    site.server.state.join_team(site.team, bot)
    assert by_hand(site, token, tokens).teams == ["Luxembourg"]
    [account] = accounts.accounts(site.database, site.settings)
    assert {command.trigger: command.token for command in account.commands} == tokens
    with pytest.raises(SetupError, match="tokens of these commands are missing: /decision"):
        by_hand(site, token, {**tokens, "decision": ""})
    with pytest.raises(SetupError, match="refuses the bot account's token"):
        by_hand(site, "x" * 26, tokens)
