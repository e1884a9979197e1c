"""Minutes that are on Slack itself: a thread, a canvas, read by their address for those who may see them."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.registry import Registry
from storage.database import Database
from storage.meetings import MinutesItem
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import Answer, relay
from tests.platforms.slack.world import World, world

ROOT = "1795000000.000100"
THREAD: list[dict[str, Any]] = [
    {"ts": ROOT, "user": "U0ANA", "text": "La plénière approche"},
    {"ts": "1795000001.000100", "thread_ts": ROOT, "user": "U0BOB", "text": "je réserve la salle pour vendredi"},
    {"ts": "1795000002.000100", "thread_ts": ROOT, "user": "U0BOT", "bot_id": "B1", "text": "Il est décidé de tout"},
    {"ts": "1795000003.000100", "thread_ts": ROOT, "user": "U0BOB", "text": "Il est décidé de reporter la plénière"},
    {
        "ts": "1795000004.000100",
        "thread_ts": ROOT,
        "user": "U0ANA",
        "text": "Mme D., 34 ans, dépressive, a décidé de partir",
    },
]
CANVAS = "<h1>Réunion</h1><p>Il est décidé de publier le dépliant en deux langues.</p>"
LINK = "https://reseau.slack.com/archives/{channel}/p1795000001000100?thread_ts=1795000000.000100&amp;cid={channel}"


@pytest.fixture
def slack(sqlite_url: str, registry: Registry) -> Iterator[World]:
    """C0OUVERT is open, C0PRIVE is private and without bob; a canvas is shared in each."""
    database = Database(sqlite_url)
    people = {"ana": "U0ANA", "bob": "U0BOB"}
    with relay() as api, relay() as answers:

        def answered(method: str, params: dict[str, Any]) -> Answer:
            user, channel = str(params.get("user", "")), str(params.get("channel", ""))
            bodies: dict[str, dict[str, Any]] = {
                "auth.test": {
                    "team_id": "T000000001",
                    "team": "R",
                    "user_id": emulator.BOT_USER,
                    "bot_id": "B0FILROUGE",
                },
                "users.info": {
                    "user": {"id": user, "name": user[2:].lower(), "profile": {"real_name": f"{user[2:].title()} Noël"}}
                },
                "conversations.info": {"channel": {"id": channel, "name": channel, "is_private": "PRIVE" in channel}},
                "conversations.members": {"members": ["U0ANA"] if "PRIVE" in channel else ["U0ANA", "U0BOB"]},
                "conversations.replies": {"messages": THREAD},
                "files.info": {
                    "file": {
                        "id": params.get("file"),
                        "name": "Notes",
                        "filetype": "quip",
                        "user": "U0AUTRE",
                        "channels": ["C0OUVERT"] if params.get("file") == "F0OUVERT" else [],
                        "groups": ["C0PRIVE"] if params.get("file") == "F0PRIVE" else [],
                        "url_private_download": f"{api.url}/files/canvas",
                    }
                },
                "chat.getPermalink": {"permalink": LINK.format(channel="C0OUVERT").replace("&amp;", "&")},
                "chat.postMessage": {"channel": channel, "ts": "1795000009.000100"},
            }
            if method == "canvas":
                return Answer(content=CANVAS.encode(), headers={"content-type": "text/html"})
            return Answer(body={"ok": True} | bodies.get(method, {}))

        api.behaviour = answered
        channels = {"ouvert": "C0OUVERT", "prive": "C0PRIVE"}
        with world(database, registry, api, answers, people, channels) as found:
            yield found
    database.dispose()


def items(on: World) -> list[tuple[str, str]]:
    with on.slack.desk.app.database.system_session(reading=True) as session:
        rows = session.execute(select(MinutesItem.kind, MinutesItem.owner).order_by(MinutesItem.id))
        return [(kind, owner) for kind, owner in rows]


def asks(on: World, who: str, channel: str, about: str) -> str:
    """The answer to a command that names an address."""
    before = len(on.seen())
    on.command(who, "/reunion", f"<{about}>" if "/" in about else f"<{LINK.format(channel=about)}>", channel)
    return "\n".join(seen.text for seen in on.seen()[before:])


def test_a_thread_is_read_by_its_address(slack: World) -> None:
    assert "1 décision, 1 engagement" in asks(slack, "ana", "ouvert", "C0OUVERT")
    assert items(slack) == [("commitment", "Bob Noël"), ("decision", "Bob Noël")]


def test_a_thread_is_read_by_its_shortcut(slack: World) -> None:
    slack.interaction(
        "message_action",
        "bob",
        callback_id="meet",
        message={"user": "U0ANA", "ts": ROOT, "text": "La plénière approche"},
        channel={"id": "C0OUVERT", "name": "ouvert"},
        response_url=slack.response_url("bob"),
        message_ts=ROOT,
        action_ts=uuid4().hex,
    )
    assert len(items(slack)) == 2


def test_a_private_channel_is_read_only_there_and_for_its_people(slack: World) -> None:
    assert "que pour les personnes qui y sont" in asks(slack, "bob", "ouvert", "C0PRIVE")
    assert "dans un canal privé" in asks(slack, "ana", "ouvert", "C0PRIVE")
    assert items(slack) == []
    asks(slack, "ana", "prive", "C0PRIVE")
    assert len(items(slack)) == 2


def test_a_canvas_is_read_by_its_address_where_it_is_shared(slack: World) -> None:
    address = "https://reseau.slack.com/docs/T000000001/{file}"
    assert "1 décision" in asks(slack, "bob", "ouvert", address.format(file="F0OUVERT"))
    assert items(slack) == [("decision", "")]
    assert "que pour les personnes qui y sont" in asks(slack, "bob", "ouvert", address.format(file="F0PRIVE"))
    assert "dans un canal privé" in asks(slack, "ana", "ouvert", address.format(file="F0PRIVE"))


def test_a_canvas_that_comes_with_a_message_is_read(slack: World) -> None:
    file = {"id": "F1", "name": "Notes", "filetype": "quip", "size": 90}
    file["url_private_download"] = f"{slack.relay.url}/files/canvas"
    slack.message("ana", "réunion", "ouvert", files=[file])
    assert items(slack) == [("decision", "")]


def test_a_message_that_slack_does_not_show_is_said(slack: World) -> None:
    before = slack.relay.behaviour
    slack.relay.behaviour = lambda method, params: (
        Answer(body={"ok": False, "error": "not_in_channel"})
        if method == "conversations.replies"
        else before(method, params)
    )
    assert "Je ne peux pas lire ce message" in asks(slack, "ana", "ouvert", "C0OUVERT")
