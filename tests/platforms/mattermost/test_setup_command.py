"""The manifest, the check, the command line and the start, once a server is set up or is not."""

import json
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from bot.__main__ import app as command_line
from bot.platforms.base import CannotStartError
from bot.platforms.mattermost import accounts
from bot.platforms.mattermost.setup import Wishes, check
from bot.registry import Registry
from bot.settings import Mattermost, Secret, Settings
from bot.web.mattermost import connect
from storage.database import Database
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.site import FRENCH, KEY, Site
from tests.platforms.mattermost.state import Clock


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
    mattermost: MattermostServer, site_database: Database, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The command line knows no other time than the present: the server's clock begins there.
    mattermost.clock.advance((datetime.now(UTC) - mattermost.clock.now()).total_seconds())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(mattermost, site_database, registry, f"http://127.0.0.1:{port}")
    monkeypatch.setenv("FILROUGE_SECRET_KEY", KEY)
    monkeypatch.setenv("FILROUGE_PUBLIC_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("FILROUGE_PORT", str(port))
    url = str(site_database.engine.url)
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


def test_a_site_in_a_sub_path(clock: Clock, site_database: Database, registry: Registry) -> None:
    with MattermostServer(clock, subpath="/chat") as server:
        site = Site(server, site_database, registry, "https://fil.example.org")
        assert site.run().to_change == []
        [account] = accounts.accounts(site_database, site.settings)
        assert account.url.endswith("/chat")
        site.close()
