"""Setting the bot up on a server: from nothing, again, by hand, and what is said when something is in the way."""

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from typer.testing import CliRunner

from bot.__main__ import app as command_line
from bot.platforms.base import CannotStartError
from bot.platforms.mattermost import accounts
from bot.platforms.mattermost.admin import Admin
from bot.platforms.mattermost.by_hand import ByHand, steps
from bot.platforms.mattermost.http import Retry
from bot.platforms.mattermost.manifest import manifest
from bot.platforms.mattermost.setup import Outcome, Setup, SetupError, Wishes, check, is_private, settings_to_change
from bot.registry import Registry
from bot.settings import Mattermost, Secret, Settings
from bot.web import metrics
from bot.web.mattermost import assembled, connect, routes
from storage import networks
from storage.database import Database
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.state import Clock, Team, User
from tests.serving import Serving

KEY = "0123456789abcdefghijABCDEFGHIJ!?"
FRENCH = Wishes("fr")


class Site:
    """A server with its administrator, a team, and the bot's address."""

    def __init__(self, server: MattermostServer, database: Database, registry: Registry, url: str) -> None:
        self.server = server
        self.database = database
        self.registry = registry
        self.team: Team = server.state.add_team("luxembourg", "Luxembourg")
        self.boss: User = server.state.add_user("boss", roles="system_user system_admin")
        server.state.join_team(self.team, self.boss, admin=True)
        server.config.enable_user_access_tokens = True
        self.token = server.state.new_token(self.boss, access=True)
        self.admins: list[Admin] = []
        mapping = {"FILROUGE_DATABASE_URL": str(database.engine.url), "FILROUGE_SECRET_KEY": KEY}
        self.settings = Settings.from_mapping({**mapping, "FILROUGE_PUBLIC_URL": url})

    def setup(self, token: str = "") -> Setup:
        clock = self.server.clock
        admin = Admin(
            self.server.url,
            token or self.token,
            retry=Retry(attempts=1),
            sleep=clock.advance,
            monotonic=clock.seconds,
        )
        self.admins.append(admin)
        return Setup(admin, self.database, self.registry, self.settings, now=clock.now)

    def close(self) -> None:
        for admin in self.admins:
            admin.close()
        assert self.server.state.problems == []

    def run(self, wishes: Wishes = FRENCH) -> Outcome:
        return self.setup().run(wishes)

    @property
    def triggers(self) -> list[str]:
        return sorted(command["trigger"] for command in self.server.state.commands.values())

    @property
    def bots(self) -> list[str]:
        return [user.username for user in self.server.state.users.values() if user.is_bot]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.dispose()


@pytest.fixture
def site(mattermost: MattermostServer, database: Database, registry: Registry) -> Iterator[Site]:
    site = Site(mattermost, database, registry, "https://fil.example.org")
    yield site
    site.close()


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
def answering(mattermost: MattermostServer, database: Database, registry: Registry) -> Iterator[Site]:
    """The bot is running already, and learns of its account when the server first calls."""
    app = Starlette()
    serving = Serving(app)
    serving.start()
    site = Site(mattermost, database, registry, serving.url)
    site.run()
    platform = assembled(site.settings, database, registry, now=mattermost.clock.now)
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


# The manifest, the check and the command line ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_command_fits_the_server(site: Site, language: str) -> None:
    """The stand-in refuses what the server would; each name is that of the language."""
    outcome = site.run(Wishes(language))
    assert outcome.to_change == []
    assert len(site.triggers) == len(site.registry.commands)
    for command in site.server.state.commands.values():
        assert command["auto_complete_desc"]


def test_the_check_says_what_is_wrong(site: Site) -> None:
    assert check(site.settings)[1] is None
    site.run()
    part, works, words = check(site.settings)
    assert (part, works) == ("Mattermost", True)
    assert "as @filrouge in Luxembourg" in words
    other = site.server.state.add_team("namur", "Namur")
    [bot] = [user for user in site.server.state.users.values() if user.is_bot]
    site.server.state.join_team(other, bot)
    assert "no commands for Namur" in check(site.settings)[2]
    wrong = Settings.from_mapping(
        {"FILROUGE_DATABASE_URL": str(site.database.engine.url), "FILROUGE_SECRET_KEY": "x" * 32}
    )
    assert check(wrong)[1] is False


def test_clocks_that_are_apart_are_said(site: Site) -> None:
    walk = site.setup()
    walk._now = lambda: site.server.clock.now() - timedelta(minutes=20)
    assert "20 minutes apart" in walk.run(FRENCH).to_change[0]


def test_the_command_line_from_end_to_end(
    mattermost: MattermostServer, database: Database, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The command line knows no other time than the present: the server's clock begins there.
    mattermost.clock.advance((datetime.now(UTC) - mattermost.clock.now()).total_seconds())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(mattermost, database, registry, f"http://127.0.0.1:{port}")
    monkeypatch.setenv("FILROUGE_SECRET_KEY", KEY)
    monkeypatch.setenv("FILROUGE_PUBLIC_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("FILROUGE_PORT", str(port))
    url = str(database.engine.url)
    arguments = ["--database", url, "setup", "mattermost", "--url", mattermost.url, "--admin-token", site.token]
    result = CliRunner().invoke(command_line, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"server": mattermost.url, "teams": ["Luxembourg"], "to_change": []}
    assert f"The server called the bot at http://127.0.0.1:{port}" in result.stderr
    printed = CliRunner().invoke(command_line, ["manifest", "mattermost", "--lang", "nl", "--json"])
    assert "beslissing" in {command["trigger"] for command in json.loads(printed.stdout)["commands"]}


def test_a_token_that_the_server_refuses_stops_the_start(mattermost: MattermostServer, site: Site) -> None:
    wrong = replace(site.settings, mattermost=Mattermost(mattermost.url, Secret("nothing")))
    with pytest.raises(CannotStartError, match=r"MATTERMOST_TOKEN: .* refuses it"):
        connect(wrong, site.database, site.registry, lambda _network: None)
    right = replace(wrong, mattermost=Mattermost(mattermost.url, Secret(site.token)))
    platform, _part = connect(right, site.database, site.registry, lambda _network: None)
    platform.stop()
    away = replace(wrong, mattermost=Mattermost("http://127.0.0.1:9", Secret("nothing")))
    platform, _part = connect(away, site.database, site.registry, lambda _network: None)
    platform.stop()


def test_a_site_in_a_sub_path(clock: Clock, database: Database, registry: Registry) -> None:
    with MattermostServer(clock, subpath="/chat") as server:
        site = Site(server, database, registry, "https://fil.example.org")
        assert site.run().to_change == []
        [account] = accounts.accounts(database, site.settings)
        assert account.url.endswith("/chat")
        site.close()
