"""The same client and set-up against a real Mattermost server, where one is named (see the README).

FILROUGE_TEST_MATTERMOST_URL and FILROUGE_TEST_MATTERMOST_TOKEN (a system administrator's); what is made there is a team
and a bot of random names, which are left for the administrator to look at.
"""

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.platforms.mattermost.admin import Admin
from bot.platforms.mattermost.client import MESSAGE_LENGTH, Client
from bot.platforms.mattermost.http import Refused
from bot.platforms.mattermost.setup import Setup, Wishes
from bot.platforms.mattermost.stream import Event, Gap, Stream
from bot.platforms.mattermost.types import Team
from bot.registry import Registry
from bot.settings import Settings
from storage.database import Database

URL = os.environ.get("FILROUGE_TEST_MATTERMOST_URL", "")
TOKEN = os.environ.get("FILROUGE_TEST_MATTERMOST_TOKEN", "")
REASON = "FILROUGE_TEST_MATTERMOST_URL and FILROUGE_TEST_MATTERMOST_TOKEN name no Mattermost server"
pytestmark = [pytest.mark.elsewhere, pytest.mark.skipif(not (URL and TOKEN), reason=REASON)]


@pytest.fixture(scope="module")
def admin() -> Iterator[Admin]:
    with Admin(URL, TOKEN) as admin:
        yield admin


@pytest.fixture(scope="module")
def team(admin: Admin) -> Team:
    name = f"filrouge-{uuid.uuid4().hex[:10]}"
    return Team.read(admin.post("/teams", {"name": name, "display_name": name, "type": "O"}))


@pytest.fixture(scope="module")
def bot(admin: Admin, team: Team) -> Iterator[Client]:
    user_id = admin.create_bot(f"filrouge-{uuid.uuid4().hex[:8]}", "Fil rouge", "A test")
    admin.add_to_team(team.id, user_id)
    with Client(URL, admin.create_token(user_id, "test")) as client:
        yield client


def test_a_post_is_made_once_changed_and_found(bot: Client, team: Team) -> None:
    channel = bot.channel_named(team.id, "town-square")
    since = round(bot.clock().timestamp() * 1000) - 5000
    pending = uuid.uuid4().hex
    props = {"filrouge_delivery": pending, "attachments": [{"text": "**E-7**", "color": "#2e7d32"}]}
    first = bot.create_post(channel.id, "Bonjour", props=props, pending_id=pending)
    assert bot.create_post(channel.id, "Bonjour", props=props, pending_id=pending).id == first.id
    found = bot.find_post(channel.id, prop="filrouge_delivery", value=pending, since=since)
    assert found is not None
    assert found.id == first.id
    assert bot.patch_post(first.id, message="Au revoir", props={"attachments": []}).message == "Au revoir"
    reply = bot.create_post(channel.id, "Suite", root_id=first.id)
    assert [post.id for post in bot.thread(first.id)] == [first.id, reply.id]


def test_limits_and_rights_are_those_of_the_stand_in(bot: Client, team: Team) -> None:
    channel = bot.channel_named(team.id, "town-square")
    with pytest.raises(Refused) as long:
        bot.create_post(channel.id, "é" * (MESSAGE_LENGTH + 1))
    assert long.value.error_id == "model.post.is_valid.message_length.app_error"
    with pytest.raises(Refused) as alone:
        bot.post("/posts/ephemeral", {"user_id": bot.me().id, "post": {"channel_id": channel.id, "message": "x"}})
    assert alone.value.status == 403
    with pytest.raises(Refused):
        bot.open_dialog("made up", "https://example.org", {"title": "x", "elements": []})


def test_files_and_direct_messages(bot: Client, admin: Admin) -> None:
    direct = bot.direct_channel(bot.me().id, admin.me().id)
    file = bot.upload(direct.id, "PV.txt", b"contenu", "text/plain")
    post = bot.create_post(direct.id, "Le PV", file_ids=[file.id])
    assert bot.content(bot.read_post(post.id).file_ids[0]) == b"contenu"


def test_the_websocket_tells_of_a_post_and_resumes(bot: Client, admin: Admin, team: Team) -> None:
    channel = bot.channel_named(team.id, "town-square")
    stream = Stream(URL, bot.token)
    items = iter(stream)
    assert next(items) == Gap(first=True)
    admin.add_to_team(team.id, admin.me().id)
    admin.create_post(channel.id, "un")
    heard = next(item for item in items if isinstance(item, Event) and item.name == "posted")
    assert "un" in heard.data["post"]
    assert stream._socket is not None
    stream._socket.close()
    admin.create_post(channel.id, "deux")
    after = next(item for item in items if isinstance(item, Gap) or item.name == "posted")
    assert isinstance(after, Event), "the server resumes a connection that was lost for a moment"
    stream.stop()


def test_the_set_up_runs_twice(admin: Admin, team: Team, sqlite_url: str, registry: Registry) -> None:
    database = Database(sqlite_url)
    key = "0123456789abcdefghijABCDEFGHIJ!?"
    mapping = {"FILROUGE_DATABASE_URL": sqlite_url, "FILROUGE_SECRET_KEY": key}
    settings = Settings.from_mapping({**mapping, "FILROUGE_PUBLIC_URL": "https://filrouge.example.org"})
    wishes = Wishes("fr", "t-", (team.name,), f"filrouge-{uuid.uuid4().hex[:8]}")
    for _again in range(2):
        outcome = Setup(admin, database, registry, settings, now=lambda: datetime.now(UTC)).run(wishes)
        assert outcome.teams == [team.display_name]
    assert len(admin.commands(team.id)) == len(registry.commands)
    database.dispose()
