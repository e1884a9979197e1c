"""Slack's payloads -> what people did, with no look-up: only what the payload itself says."""

from collections.abc import Mapping
from dataclasses import dataclass
from json import loads
from typing import Any

from bot.messages import File, Incoming, Opened, Overheard, Person, Place, Pointed, Pressed, Said, Submitted
from bot.platforms.slack import forms, markup

# Which emoji propose what. Ticks and raised hands are left alone: people answer each other with them all day.
REACTIONS = {
    "pushpin": "decide",
    "round_pushpin": "decide",
    "handshake": "commit",
    "writing_hand": "commit",
}
SHORTCUTS = ("decide", "commit", "meet")
# How Slack calls its canvases among files.
CANVASES = frozenset({"quip", "canvas"})
# The button of a message that stands for a form that could not open by itself.
AGAIN = "slack.again"


@dataclass(frozen=True, slots=True)
class Way:
    """How an answer gets back: an address to answer at, and the message or page the person acted on."""

    response_url: str = ""
    home: bool = False
    # The channel of a direct conversation, which is not a place of the network.
    direct_channel: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One payload: what was done, and how to answer. `pointed_at` is a message whose text is still to be fetched."""

    incoming: Incoming
    way: Way
    pointed_at: str = ""


def command(body: Mapping[str, str]) -> Heard:
    """A slash command."""
    incoming = Said(
        event_id=f"trigger:{body['trigger_id']}",
        person=Person(body["user_id"], handle=body.get("user_name", "")),
        place=_place(body["channel_id"], body.get("channel_name", "")),
        trigger=body["trigger_id"],
        command=body["command"].removeprefix("/"),
        text=body.get("text", ""),
    )
    return Heard(incoming, Way(body.get("response_url", ""), direct_channel=_direct(body["channel_id"])))


def mention(body: Mapping[str, Any], bot_user_id: str) -> Heard | None:
    """Words to the bot, by mention or in private; None for what no person wrote."""
    event = body["event"]
    if event.get("bot_id") or not event.get("user") or event.get("subtype") not in {None, "file_share"}:
        return None
    direct = event.get("channel_type") == "im"
    incoming = Said(
        event_id=body["event_id"],
        person=Person(event["user"]),
        place=Place(direct=True, thread=event.get("thread_ts", ""))
        if direct
        else Place(event["channel"], thread=event.get("thread_ts", "")),
        text=markup.without_mention(event.get("text", ""), bot_user_id),
        files=tuple(_file(file) for file in event.get("files", ())),
    )
    return Heard(incoming, Way(direct_channel=event["channel"] if direct else ""))


def overheard(body: Mapping[str, Any], bot_user_id: str) -> Heard | None:
    """Words in a channel that are not for the bot; None for what no person wrote there, and for an edited message.

    The message's own name is its id: it counts once, however often and as whatever event it comes.
    """
    event = body["event"]
    by_nobody = event.get("bot_id") or event.get("app_id") or not event.get("user")
    if by_nobody or event.get("subtype") not in {None, "file_share", "thread_broadcast"}:
        return None
    text = event.get("text", "")
    if event.get("channel_type") not in {"channel", "group"} or bot_user_id in markup.mentioned(text):
        return None
    thread = event.get("thread_ts", "")
    incoming = Overheard(
        event_id=f"message:{event['channel']}:{event['ts']}",
        person=Person(event["user"]),
        place=Place(event["channel"], name=event["channel"], private=True, thread=thread),
        root=thread or event["ts"],
        text=text,
        permalink=f"{event['channel']}/{event['ts']}",
    )
    return Heard(incoming, Way())


def reaction(body: Mapping[str, Any], bot_user_id: str) -> Heard | None:
    """A reaction that proposes to keep a message; None for every other one, and under what the bot says itself."""
    event = body["event"]
    meant = REACTIONS.get(event["reaction"].partition("::")[0])
    item = event["item"]
    if meant is None or item.get("type") != "message" or event.get("item_user") == bot_user_id:
        return None
    author = event.get("item_user")
    incoming = Pointed(
        event_id=body["event_id"],
        person=Person(event["user"]),
        place=_place(item["channel"]),
        command=meant,
        text="",
        permalink=f"{item['channel']}/{item['ts']}",
        author=Person(author) if author else None,
    )
    return Heard(incoming, Way(direct_channel=_direct(item["channel"])), pointed_at=incoming.permalink)


def shortcut(body: Mapping[str, Any]) -> Heard:
    """A message shortcut."""
    said, channel = body["message"], body["channel"]
    author = said.get("user")
    incoming = Pointed(
        event_id=f"trigger:{body['trigger_id']}",
        person=_person(body["user"]),
        place=_place(channel["id"], channel.get("name", "")),
        trigger=body["trigger_id"],
        command=body["callback_id"],
        text=said.get("text", ""),
        permalink=f"{channel['id']}/{said['ts']}",
        author=Person(author) if author else None,
    )
    return Heard(incoming, Way(body.get("response_url", ""), direct_channel=_direct(channel["id"])))


def press(body: Mapping[str, Any]) -> Heard | None:
    """A button pressed; None for one that only opens an address."""
    pressed = body["actions"][0]
    if "value" not in pressed:
        return None
    held = loads(pressed["value"])
    channel = body.get("channel") or {}
    container = body.get("container") or {}
    place = _place(channel["id"], channel.get("name", "")) if channel else Place(direct=True)
    if channel and container.get("thread_ts"):
        place = Place(place.external_id, place.name, place.private, place.direct, container["thread_ts"])
    way = Way(
        body.get("response_url", ""),
        home=(body.get("view") or {}).get("type") == "home",
        direct_channel=_direct(channel.get("id", "")),
    )
    event_id, person = f"trigger:{body['trigger_id']}", _person(body["user"])
    trigger = body["trigger_id"]
    if held["a"] == AGAIN:
        said = Said(
            event_id=event_id,
            person=person,
            place=place,
            trigger=trigger,
            command=held["k"]["command"],
            text=held["k"]["text"],
        )
        return Heard(said, way)
    incoming = Pressed(
        event_id=event_id,
        person=person,
        place=place,
        trigger=trigger,
        action=held["a"],
        args=held["k"],
        message=container.get("message_ts", ""),
    )
    return Heard(incoming, way)


def submission(body: Mapping[str, Any]) -> Heard:
    """A form sent in; it counts once for each modal."""
    view = body["view"]
    name, args, origin = forms.memory(view)
    incoming = Submitted(
        event_id=f"view:{view['id']}",
        person=_person(body["user"]),
        place=origin.place,
        trigger=body.get("trigger_id", ""),
        form=name,
        values=forms.values(view),
        args=args,
    )
    return Heard(incoming, Way(origin.response_url))


def opened(body: Mapping[str, Any]) -> Heard | None:
    """Somebody looks at the App Home; None for its other tabs."""
    event = body["event"]
    if event.get("tab") != "home":
        return None
    incoming = Opened(event_id=body["event_id"], person=Person(event["user"]), place=Place(direct=True))
    return Heard(incoming, Way(home=True))


def _person(user: Mapping[str, Any]) -> Person:
    return Person(user["id"], handle=user.get("username") or user.get("name") or "")


def _place(channel_id: str, name: str = "") -> Place:
    """Direct conversations are no place of the network; until Slack says otherwise, what is not told is private."""
    if channel_id.startswith("D") or name == "directmessage":
        return Place(direct=True)
    hidden = name in {"", "privategroup"} or name.startswith("mpdm-")
    return Place(channel_id, name=channel_id if hidden else name, private=True)


def _direct(channel_id: str) -> str:
    return channel_id if channel_id.startswith("D") else ""


def _file(file: Mapping[str, Any]) -> File:
    name = file.get("name") or file["id"]
    if file.get("filetype") in CANVASES:
        # What is downloaded of one is a page.
        name = f"{name}.html"
    return File(name, int(file.get("size") or 0), file.get("url_private_download") or "")
