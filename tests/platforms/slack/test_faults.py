"""Slack slow, failing, refusing or gone: what a delivery makes of it, and that an answer still comes."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messages import Attachment, Message, Part
from bot.platforms.base import CannotStartError, Recipient, SendFailedError
from bot.platforms.slack.api import Clients
from bot.platforms.slack.sending import SlackPlatform
from bot.platforms.slack.workspaces import OneWorkspace
from bot.registry import Registry
from bot.text import Plain
from storage.database import Database
from tests.platforms.slack.relay import Answer, Relay, relay
from tests.platforms.slack.world import service

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MARIE = Recipient("U1", "marie")
PILOTAGE = Recipient("C1", "pilotage", channel=True)
REMINDER = Message((Part((Plain("Où en est-on ?"),)),), private=False, token="token-1")


class Posts:
    """A Slack that keeps what is posted, and fails as told at the nth post."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.failing: list[Answer] = []

    def __call__(self, method: str, params: dict[str, Any]) -> Answer | None:
        match method:
            case "auth.test":
                return Answer(body={"ok": True, "team_id": "T1", "user_id": "U0", "team": "Réseau"})
            case "conversations.open":
                return Answer(body={"ok": True, "channel": {"id": f"D{params['users']}"}})
            case "conversations.history":
                return Answer(body={"ok": True, **self._page(int(params["limit"]), int(params.get("cursor", 0)))})
            case "chat.postMessage":
                failing = self.failing.pop(0) if self.failing else None
                if failing is None or failing.after:
                    self.posted.append({"ts": f"{len(self.posted)}.1", **params})
                ok = Answer(body={"ok": True, "channel": params["channel"], "ts": f"{len(self.posted) - 1}.1"})
                return failing or ok
            case _:
                return None

    def _page(self, limit: int, start: int) -> dict[str, Any]:
        """The newest first, with a cursor while there are older ones."""
        more = start + limit < len(self.posted)
        return {
            "messages": self.posted[::-1][start : start + limit],
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }


@pytest.fixture
def posts() -> Posts:
    return Posts()


@pytest.fixture
def slack(posts: Posts) -> Iterator[tuple[SlackPlatform, Relay]]:
    with relay() as server:
        server.behaviour = posts
        clients = Clients(OneWorkspace("xoxb-1", f"{server.url}/api/"), f"{server.url}/api/")
        yield SlackPlatform(clients), server


Slack = tuple[SlackPlatform, Relay]


def failed(slack: SlackPlatform, message: Message = REMINDER) -> SendFailedError:
    with pytest.raises(SendFailedError) as failure:
        slack.send("T1", MARIE, message, now=NOW)
    return failure.value


def test_a_delivery_is_sent_and_found_again_by_its_token(slack: Slack, posts: Posts) -> None:
    platform, _ = slack
    assert platform.send("T1", MARIE, REMINDER, now=NOW) == "DU1/0.1"
    assert posts.posted[0]["metadata"]["event_payload"]["token"] == "token-1"
    assert platform.find("T1", MARIE, "token-1", since=NOW - timedelta(hours=1)) == "DU1/0.1"
    assert platform.find("T1", MARIE, "token-2", since=NOW) is None


def test_a_delivery_is_found_however_much_was_said_since(slack: Slack, posts: Posts) -> None:
    platform, _server = slack
    platform.send("T1", MARIE, REMINDER, now=NOW)
    posts.posted += [{"ts": f"{n}.2", "text": "et puis"} for n in range(250)]
    assert platform.find("T1", MARIE, "token-1", since=NOW - timedelta(hours=1)) == "DU1/0.1"
    assert platform.find("T1", MARIE, "token-2", since=NOW - timedelta(hours=1)) is None


def test_of_a_long_delivery_the_last_part_proves_it(slack: Slack, posts: Posts) -> None:
    platform, _ = slack
    long = Message(tuple(Part((Plain("mot " * 500),)) for _n in range(20)), private=False, token="token-1")
    posts.failing = []
    platform.send("T1", PILOTAGE, long, now=NOW)
    assert len(posts.posted) > 2
    del posts.posted[-1]
    assert platform.find("T1", PILOTAGE, "token-1", since=NOW) is None


def test_too_many_requests_say_when_to_come_back_and_are_not_tried_again_here(slack: Slack, posts: Posts) -> None:
    platform, server = slack
    posts.failing = [Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "7"})]
    failure = failed(platform)
    assert (failure.retry_after, failure.ambiguous, failure.gone) == (7, False, False)
    assert len(server.made("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(503, {}),
        Answer(500, {"ok": False, "error": "internal_error"}, after=True),
        Answer(drop=True, after=True),
        Answer(200, {"ok": False, "error": "fatal_error"}),
    ],
)
def test_after_a_failure_that_may_have_arrived_slack_is_asked(slack: Slack, posts: Posts, answer: Answer) -> None:
    platform, server = slack
    posts.failing = [answer]
    failure = failed(platform)
    assert failure.ambiguous
    assert not failure.gone
    assert len(server.made("chat.postMessage")) == 1, "nothing is sent twice behind the ledger's back"
    found = platform.find("T1", MARIE, "token-1", since=NOW)
    assert (found is not None) == answer.after


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "account_inactive", "token_revoked"])
def test_what_is_gone_is_not_tried_again(slack: Slack, posts: Posts, code: str) -> None:
    posts.failing = [Answer(200, {"ok": False, "error": code})]
    failure = failed(slack[0])
    assert failure.gone
    assert code in failure.reason


def test_where_blocks_are_refused_the_words_still_go(slack: Slack, posts: Posts) -> None:
    posts.failing = [Answer(200, {"ok": False, "error": "invalid_blocks"})]
    slack[0].send("T1", MARIE, REMINDER, now=NOW)
    [posted] = posts.posted
    assert "blocks" not in posted
    assert posted["text"] == "Où en est-on ?"


def test_a_slack_that_refuses_the_connection_has_received_nothing(posts: Posts) -> None:
    with relay() as server:
        server.behaviour = posts
        platform = SlackPlatform(Clients(OneWorkspace("xoxb-1", f"{server.url}/api/"), f"{server.url}/api/"))
        platform.send("T1", MARIE, REMINDER, now=NOW)
    assert not failed(platform).ambiguous


@pytest.mark.parametrize("locator", ["https://evil.example/x", "http://slack.com.evil.example/x", "file:///etc/passwd"])
def test_the_token_goes_to_slack_alone(slack: Slack, locator: str) -> None:
    with pytest.raises(SendFailedError, match="not on Slack"):
        slack[0].fetch("T1", locator, limit=10)


def test_a_file_is_fetched_up_to_its_limit(slack: Slack) -> None:
    platform, server = slack
    assert platform.fetch("T1", f"{server.url}/files/pv.txt", limit=100) == b'{"ok": true}'
    with pytest.raises(SendFailedError, match="too large"):
        platform.fetch("T1", f"{server.url}/files/pv.txt", limit=5)


def test_a_file_of_ours_goes_with_its_message(slack: Slack) -> None:
    platform, server = slack
    told: list[str] = []
    posts = server.behaviour

    def behaviour(method: str, params: dict[str, Any]) -> Answer | None:
        told.append(method)
        if method == "files.getUploadURLExternal":
            return Answer(body={"ok": True, "upload_url": f"{server.url}/upload", "file_id": "F1"})
        if method == "files.completeUploadExternal":
            return Answer(body={"ok": True, "files": [{"id": "F1"}]})
        return posts(method, params)

    server.behaviour = behaviour
    pv = Message(REMINDER.parts, (Attachment("pv.txt", b"PV", "text/plain"),), private=False)
    platform.send("T1", PILOTAGE, pv, now=NOW)
    assert told[-3:] == ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]


def test_a_refused_token_stops_the_start_with_one_line(sqlite_url: str, notes_registry: Registry) -> None:
    database = Database(sqlite_url)
    with relay() as server:
        server.behaviour = lambda _method, _params: Answer(body={"ok": False, "error": "invalid_auth"})
        slack = service(database, notes_registry, server.url)
        with pytest.raises(CannotStartError, match="invalid_auth"):
            slack.greet()
        slack.desk.close()
    database.dispose()


def test_a_slack_out_of_reach_is_waited_for(sqlite_url: str, notes_registry: Registry) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        database = Database(sqlite_url)
        slack = service(database, notes_registry, f"http://127.0.0.1:{nobody.getsockname()[1]}")
        slack.greet()
        slack.start()
        slack.close()
        database.dispose()
