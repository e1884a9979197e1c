"""Workspaces install the bot themselves; their tokens are sealed, replaced by a reinstallation, and forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from slack_sdk.oauth.installation_store.models import Installation

from bot.platforms.slack.install import FRESH, Installations, States
from bot.registry import Registry
from bot.web.server import application
from bot.web.slack import part
from storage import installations
from storage.database import Database
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import relay
from tests.platforms.slack.world import service
from tests.serving import served

KEY = "k" * 40
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> Installations:
    return Installations(database, KEY, clock)


def installed(token: str, *, team: str | None = "T1", enterprise: str | None = None, user: str = "U1") -> Installation:
    return Installation(
        user_id=user, team_id=team, team_name="Réseau", enterprise_id=enterprise, bot_token=token, bot_user_id="U0",
        bot_id="B0", is_enterprise_install=team is None,
    )  # fmt: skip


def test_tokens_are_sealed_at_rest(store: Installations, database: Database) -> None:
    store.save(installed("xoxb-secret"))
    with database.system_session(reading=True) as session:
        [row] = installations.every(session, "slack", "bot")
        assert "xoxb" not in row.sealed
    found = store.bot("T1")
    assert found is not None
    assert found.token == "xoxb-secret"
    assert "xoxb" not in repr(found)


def test_a_reinstallation_by_somebody_else_replaces_the_token(store: Installations) -> None:
    store.save(installed("xoxb-1"))
    assert [bot.token for bot in store.every()] == ["xoxb-1"]
    store.save(installed("xoxb-2", user="U2"))
    assert [bot.token for bot in store.every()] == ["xoxb-2"]


def test_an_organisation_installs_for_all_of_its_workspaces(store: Installations) -> None:
    store.save(installed("xoxb-org", team=None, enterprise="E1"))
    found = store.bot("T7", "E1")
    assert found is not None
    assert found.team_id == "E1"
    assert store.bot("T7") is None


def test_another_key_opens_nothing(store: Installations, database: Database, clock: Clock) -> None:
    store.save(installed("xoxb-1"))
    assert Installations(database, "x" * 40, clock).bot("T1") is None


def test_an_uninstallation_elsewhere_is_seen_within_a_minute(
    store: Installations, database: Database, clock: Clock
) -> None:
    store.save(installed("xoxb-1"))
    assert store.bot("T1") is not None
    Installations(database, KEY, clock).forget("", "T1")
    assert store.bot("T1") is not None
    clock.now += FRESH
    assert store.bot("T1") is None


def test_a_state_is_good_once_and_for_ten_minutes(clock: Clock) -> None:
    states = States(KEY, clock)
    state = states.issue()
    assert states.consume(state)
    assert not states.consume(state)
    assert not states.consume("forged")
    late = states.issue()
    clock.now += timedelta(minutes=10)
    assert not states.consume(late)


@pytest.fixture
def site(emulated: str, sqlite_url: str, notes_registry: Registry) -> Iterator[tuple[str, Database, Installations]]:
    database = Database(sqlite_url)
    with relay(emulated) as slack:
        found = service(
            database, notes_registry, slack.url,
            SLACK_BOT_TOKEN="", SLACK_CLIENT_ID=emulator.CLIENT_ID, SLACK_CLIENT_SECRET=emulator.CLIENT_SECRET,
            FILROUGE_SECRET_KEY=KEY, FILROUGE_PUBLIC_URL="https://filrouge.example.org",
        )  # fmt: skip
        with served(application(database, [part(found)])) as url:
            yield url, database, Installations(database, KEY, lambda: datetime.now(UTC))
    database.dispose()


@pytest.mark.emulator
def test_a_workspace_installs_the_bot_by_itself(site: tuple[str, Database, Installations], emulated: str) -> None:
    url, _database, store = site
    away = httpx.get(f"{url}/slack/install")
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert asked["client_id"] == [emulator.CLIENT_ID]
    assert "chat:write" in asked["scope"][0]
    people = emulator.call(emulated, "users.list")["members"]
    consent = httpx.post(
        f"{emulated}/oauth/v2/authorize/callback",
        data={
            "client_id": emulator.CLIENT_ID, "redirect_uri": asked["redirect_uri"][0], "state": asked["state"][0],
            "scope": asked["scope"][0], "user_id": people[0]["id"],  # type: ignore[index]
        },
    )  # fmt: skip
    back = parse_qs(urlsplit(consent.headers["location"]).query)
    cookies = {"cookie": away.headers["set-cookie"].partition(";")[0]}
    query = urlencode({"code": back["code"][0], "state": asked["state"][0]})
    stranger = httpx.get(f"{url}/slack/oauth_redirect?{query}")
    assert stranger.status_code == 400
    done = httpx.get(f"{url}/slack/oauth_redirect?{query}", headers=cookies)
    assert done.status_code == 200, done.text
    assert "Fil rouge est installé" in done.text
    [bot] = store.every()
    assert bot.token.startswith("xoxb-")
    again = httpx.get(f"{url}/slack/oauth_redirect?{query}", headers=cookies)
    assert again.status_code == 401


@pytest.mark.emulator
def test_who_gives_up_is_told_so(site: tuple[str, Database, Installations]) -> None:
    answer = httpx.get(f"{site[0]}/slack/oauth_redirect?error=%3Cb%3Eaccess_denied")
    assert "&lt;b&gt;access_denied" in answer.text
