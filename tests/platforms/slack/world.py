"""A workspace to talk in: signed requests go to the real web application, what it does is read back from the relay."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.app import App
from bot.platforms.slack.service import SlackService
from bot.platforms.slack.service import service as put_together
from bot.registry import Registry
from bot.settings import Settings
from bot.web.server import application
from bot.web.slack import part
from storage.database import Database
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import Call, Relay
from tests.serving import served

TEAM = "T000000001"


def utc_now() -> datetime:
    return datetime.now(UTC)


def settings(api: str, **more: str) -> Settings:
    return Settings.from_mapping(
        {
            "SLACK_BOT_TOKEN": emulator.TOKEN,
            "SLACK_SIGNING_SECRET": emulator.SECRET,
            "SLACK_API_URL": f"{api}/api/",
            "HOME": "/nowhere",
        }
        | more
    )


def service(database: Database, registry: Registry, api: str, **more: str) -> SlackService:
    chosen = settings(api, **more)
    assert chosen.slack is not None
    return put_together(
        chosen.slack,
        chosen,
        database,
        App(database, registry, source="slack"),
        clock=more.pop("clock", utc_now),  # type: ignore[arg-type]
    )


@dataclass
class World:
    """`relay` stands before the emulator, `answers` behind the response_urls; people are named by their handles."""

    url: str
    relay: Relay
    answers: Relay
    slack: SlackService
    people: Mapping[str, str]
    channels: dict[str, str]
    private: set[str] = field(default_factory=set)
    # Whose each response_url is.
    owners: dict[str, str] = field(default_factory=dict)

    def post(
        self,
        body: str,
        *,
        at: float | None = None,
        secret: str = emulator.SECRET,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One request as Slack would sign it."""
        stamp = str(int(at if at is not None else utc_now().timestamp()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
        content_type = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
        signed = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature,
        }
        return httpx.post(f"{self.url}/slack/events", content=body.encode(), headers=signed | dict(headers or {}))

    def command(self, who: str, command: str, text: str, channel: str = "", **more: str) -> httpx.Response:
        body = {
            "token": "old", "team_id": TEAM, "team_domain": "reseau", "user_id": self.people[who], "user_name": who,
            "channel_id": self.channels[channel] if channel else "D0ELSEWHERE",
            "channel_name": ("privategroup" if channel in self.private else channel) or "directmessage",
            "command": command, "text": text, "api_app_id": "A0FILROUGE", "is_enterprise_install": "false",
            "response_url": self.response_url(who), "trigger_id": self.trigger(who),
        }  # fmt: skip
        return self.done(self.post(urlencode(body | more)))

    def event(self, event: Mapping[str, Any], *, event_id: str = "", retry: int = 0) -> httpx.Response:
        body = {
            "token": "old", "team_id": TEAM, "api_app_id": "A0FILROUGE", "event": event, "type": "event_callback",
            "event_id": event_id or f"Ev{uuid4().hex[:10].upper()}", "event_time": 1_795_000_000,
            "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": emulator.BOT_USER, "is_bot": True}],
        }  # fmt: skip
        headers = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"} if retry else {}
        return self.done(self.post(json.dumps(body), headers=headers))

    def interaction(self, kind: str, who: str, **payload: Any) -> httpx.Response:
        body = {
            "type": kind, "team": {"id": TEAM, "domain": "reseau"}, "api_app_id": "A0FILROUGE", "token": "old",
            "user": {"id": self.people[who], "username": who, "name": who, "team_id": TEAM},
            "trigger_id": self.trigger(who),
        }  # fmt: skip
        return self.done(self.post(urlencode({"payload": json.dumps(body | payload)})))

    def message(self, who: str, text: str, channel: str = "", **more: Any) -> httpx.Response:
        """A mention in a channel, or words in the direct conversation with the bot."""
        event = {"user": self.people[who], "ts": stamp(), "team": TEAM, "event_ts": stamp()}
        if channel:
            event |= {
                "type": "app_mention",
                "text": f"<@{emulator.BOT_USER}> {text}",
                "channel": self.channels[channel],
            }
        else:
            event |= {"type": "message", "channel_type": "im", "text": text, "channel": self.direct(who)}
        return self.event(event | more)

    def submit(
        self, who: str, view: Mapping[str, Any], values: Mapping[str, Any], *, view_id: str = ""
    ) -> httpx.Response:
        """Send a modal in as it was opened, with some fields changed."""
        sent = dict(view) | {"id": view_id or f"V{uuid4().hex[:10].upper()}", "state": {"values": state(view, values)}}
        return self.interaction("view_submission", who, view=sent)

    def press(self, who: str, message: "Seen", label: str) -> httpx.Response:
        key = next(key for key in message.buttons if key["text"]["text"].replace("\u00a0", " ") == label)
        channel = message.channel or self.direct(who)
        action = {
            "type": "button",
            "action_id": key["action_id"],
            "block_id": "b",
            "value": key["value"],
            "action_ts": stamp(),
        }
        return self.interaction(
            "block_actions",
            who,
            actions=[action],
            channel={"id": channel, "name": "directmessage" if channel.startswith("D") else "channel"},
            container={"type": "message", "message_ts": message.ts, "channel_id": channel},
            response_url=self.response_url(who),
        )

    def direct(self, who: str) -> str:
        found = emulator.call(self.relay.upstream, "conversations.open", users=self.people[who])
        return str(found["channel"]["id"])  # type: ignore[index]

    def trigger(self, who: str) -> str:
        if not self.relay.upstream:
            return uuid4().hex
        return str(
            emulator.call(self.relay.upstream, "views.generateTriggerId", user_id=self.people[who])["trigger_id"]
        )

    def response_url(self, who: str = "") -> str:
        path = f"/response/{uuid4().hex}"
        self.owners[path] = who
        return self.answers.url + path

    def done(self, answer: httpx.Response) -> httpx.Response:
        """Wait until what was handed over is done."""
        self.slack.desk.workers.settle()
        return answer

    def seen(self) -> list["Seen"]:
        """Everything that the bot has shown so far: posts, answers to one person, modals and homes."""
        calls = sorted([*self.relay.calls, *self.answers.calls], key=lambda call: call.order)
        return [seen for call in calls if (seen := _shown(call)) is not None]

    @property
    def views(self) -> list[dict[str, Any]]:
        return [call["view"] for call in self.relay.made("views.open")]


@dataclass(frozen=True)
class Seen:
    """One thing shown; `how` is the method, `text` its words without markup."""

    text: str
    params: dict[str, Any]
    how: str
    channel: str = ""
    ts: str = ""

    @property
    def buttons(self) -> list[dict[str, Any]]:
        blocks = self.params.get("blocks") or self.params.get("view", {}).get("blocks") or []
        return [key for block in blocks if block["type"] == "actions" for key in block["elements"]]


def _shown(call: Call) -> Seen | None:
    params, answer = call.params, call.answer
    if not answer.get("ok"):
        return None
    if call.path.startswith("/response/"):
        return Seen(text_of(params.get("blocks")) or params["text"], params, "respond", ts=call.path)
    match call.method:
        case "chat.postMessage" | "chat.postEphemeral":
            words = text_of(params.get("blocks")) or params["text"]
            return Seen(words, params, call.method, str(params["channel"]), str(answer.get("ts", "")))
        case "views.open" | "views.publish":
            return Seen(text_of(params["view"]["blocks"]), params, call.method)
        case _:
            return None


def text_of(value: Any) -> str:
    """The words of blocks, one line for each block."""
    blocks = value or []
    lines = ["".join(_words(block)) for block in blocks]
    return re.sub(r"[\u00a0\u202f]", " ", "\n".join(line for line in lines if line))


def _words(block: Any) -> Iterator[str]:
    match block:
        case {"type": "actions"}:
            return
        case {"type": "text", "text": str(words)} | {"type": "plain_text", "text": str(words)}:
            yield words
        case {"type": "link", "text": str(words)}:
            yield words
        case {"type": "user", "user_id": str(user)}:
            yield f"<{user}>"
        case {"elements": list(inner)}:
            for one in inner:
                yield from _words(one)
        case {"label": dict(label)}:
            yield from _words(label)
        case _:
            return


def state(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a modal as Slack sends it: what it opened with, and what was changed."""
    return {
        block["block_id"]: {"value": STATES[block["element"]["type"]](block["element"], values.get(block["block_id"]))}
        for block in view["blocks"]
        if block["type"] == "input"
    }


def _written(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    return {"type": element["type"], "value": element.get("initial_value") if value is None else value or None}


def _day(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    return {"type": "datepicker", "selected_date": element.get("initial_date") if value is None else value or None}


def _options(element: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(option for group in groups for option in group["options"])]


def _one(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    chosen = next((option for option in _options(element) if option["value"] == value), element.get("initial_option"))
    return {"type": "static_select", "selected_option": chosen}


def _some(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    chosen = element.get("initial_options", [])
    if value is not None:
        chosen = [option for option in _options(element) if option["value"] in value]
    return {"type": element["type"], "selected_options": chosen}


STATES: dict[str, Callable[[Mapping[str, Any], Any], dict[str, Any]]] = {
    "plain_text_input": _written,
    "number_input": _written,
    "datepicker": _day,
    "static_select": _one,
    "multi_static_select": _some,
    "checkboxes": _some,
}


def stamp() -> str:
    return f"{utc_now().timestamp():.6f}"


@contextmanager
def world(
    database: Database,
    registry: Registry,
    relay: Relay,
    answers: Relay,
    people: Mapping[str, str],
    channels: dict[str, str],
) -> Iterator[World]:
    found = service(database, registry, relay.url)
    with served(application(database, [part(found)])) as url:
        yield World(url, relay, answers, found, people, channels)
