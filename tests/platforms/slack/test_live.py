"""A meeting in a channel of Slack, with the product's own commands: what is said to be kept, is; nothing else."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from sqlalchemy import select

from bot.registry import Registry
from storage.database import Database
from storage.decisions import Decision
from storage.inbox import Received
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import Answer, relay
from tests.platforms.slack.world import World, stamp, world


@pytest.fixture
def meeting(sqlite_url: str, registry: Registry) -> Iterator[World]:
    """Slack's answers are few and the same here: who and where is as in the payload; ana opens a meeting."""
    database = Database(sqlite_url)
    people = {"ana": "U0ANA", "bob": "U0BOB"}
    with relay() as api, relay() as answers:
        api.behaviour = _answered
        with world(database, registry, api, answers, people, {"pilotage": "C0PILOTAGE"}) as found:
            found.command("ana", "/reunion", "ouvre", "pilotage")
            yield found
    database.dispose()


def _answered(method: str, params: dict[str, Any]) -> Answer:
    bodies: dict[str, dict[str, Any]] = {
        "auth.test": {"team_id": "T000000001", "team": "Réseau", "user_id": emulator.BOT_USER, "bot_id": "B0FILROUGE"},
        "users.info": {"user": {"id": params.get("user"), "name": str(params.get("user", ""))[2:].lower()}},
        "conversations.info": {"channel": {"id": params.get("channel"), "name": "pilotage"}},
        "chat.getPermalink": {"permalink": f"https://x.slack.com/archives/C0PILOTAGE/p{params.get('message_ts')}"},
        "chat.postMessage": {"channel": params.get("channel"), "ts": stamp()},
        "conversations.replies": {"messages": [{"ts": params.get("ts"), "text": "On retient Vivalia"}]},
    }
    return Answer(body={"ok": True} | bodies.get(method, {}))


def says(on: World, who: str, text: str, *, ts: str = "", **more: Any) -> str:
    ts = ts or stamp()
    event = {"type": "message", "channel": "C0PILOTAGE", "channel_type": "channel", "user": on.people[who], "ts": ts}
    assert on.event(event | {"text": text, "event_ts": ts} | more).status_code == 200
    return ts


def posted(on: World) -> list[dict[str, Any]]:
    return on.relay.made("chat.postMessage")


def texts(on: World) -> list[str]:
    with on.slack.desk.app.database.system_session(reading=True) as session:
        return list(session.scalars(select(Decision.text).order_by(Decision.id)))


def received(on: World) -> int:
    with on.slack.desk.app.database.system_session(reading=True) as session:
        return len(session.scalars(select(Received.id)).all())


def test_a_decision_is_answered_in_the_thread_under_it(meeting: World) -> None:
    ts = says(meeting, "ana", "*Décision :* on publie en deux langues")
    assert texts(meeting) == ["on publie en deux langues"]
    assert posted(meeting)[-1]["thread_ts"] == ts
    assert "D-1" in posted(meeting)[-1]["text"]


def test_an_action_for_somebody_is_answered_to_its_author_alone(meeting: World) -> None:
    meeting.command("bob", "/filrouge", "aide", "pilotage")
    before = len(posted(meeting))
    says(meeting, "ana", "action <@U0BOB> réserve la salle avant vendredi")
    assert len(posted(meeting)) == before
    [told] = meeting.relay.made("chat.postEphemeral")
    assert told["user"] == "U0ANA"
    assert "E-1" in told["text"]


def test_a_message_counts_once_however_often_it_comes(meeting: World) -> None:
    ts = says(meeting, "ana", "Décision : on paie")
    says(meeting, "ana", "Décision : on paie", ts=ts)
    says(meeting, "ana", "Décision : on paie", ts=ts, subtype="thread_broadcast", thread_ts=ts)
    assert texts(meeting) == ["on paie"]


def test_mere_talk_machines_mentions_and_edits_leave_no_trace(meeting: World) -> None:
    before = received(meeting)
    says(meeting, "ana", "La décision est difficile")
    says(meeting, "ana", "Décision : une machine", bot_id="B1")
    says(meeting, "ana", "", subtype="message_changed", message={"text": "Décision : changée", "user": "U0ANA"})
    says(meeting, "ana", f"<@{emulator.BOT_USER}> décision : dite au bot", ts=stamp())
    says(meeting, "ana", "Décision : dans une autre conversation", channel_type="mpim", channel="G0PLUSIEURS")
    assert received(meeting) == before
    assert texts(meeting) == []


def test_nothing_is_heard_in_another_channel_or_after_the_meeting(meeting: World) -> None:
    before = received(meeting)
    says(meeting, "ana", "Décision : ailleurs", channel="C0AUTRE")
    assert received(meeting) == before
    meeting.command("ana", "/reunion", "clôture", "pilotage")
    says(meeting, "ana", "Décision : trop tard")
    assert texts(meeting) == []


def test_an_emoji_keeps_a_message_at_once_during_a_meeting(meeting: World) -> None:
    item = {"type": "message", "channel": "C0PILOTAGE", "ts": "1790000000.000100"}
    event = {"type": "reaction_added", "user": "U0ANA", "reaction": "pushpin", "item": item, "item_user": "U0BOB"}
    meeting.event(event)
    assert texts(meeting) == ["On retient Vivalia"]
    assert posted(meeting)[-1]["thread_ts"] == "1790000000.000100"
    meeting.event(cast("dict[str, Any]", event | {"item_user": emulator.BOT_USER}))
    assert texts(meeting) == ["On retient Vivalia"]
