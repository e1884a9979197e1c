"""Who and where, as Slack knows them: looked up once and remembered for a while."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.messages import Incoming, Overheard, Person, Place, Pointed, Said
from bot.phrases import LANGUAGES
from bot.platforms.slack import markup
from bot.platforms.slack.api import Clients

log = structlog.get_logger()

PEOPLE_FOR = timedelta(hours=1)
PLACES_FOR = timedelta(minutes=10)
MOST = 20_000
PAGE = 200

Found = TypeVar("Found")


class Remembered(dict[tuple[str, str], tuple[datetime, Found]]):
    """Values by workspace and id, each for a while; emptied when there are too many."""

    def __init__(self, keep: timedelta, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._keep = keep
        self._clock = clock
        self._lock = threading.Lock()

    def find(self, team_id: str, key: str, look_up: Callable[[], Found]) -> Found:
        now = self._clock()
        known = self.get((team_id, key))
        if known is not None and now - known[0] < self._keep:
            return known[1]
        value = look_up()
        with self._lock:
            if len(self) >= MOST:
                self.clear()
            self[team_id, key] = (now, value)
        return value

    def forget(self, team_id: str, key: str) -> None:
        self.pop((team_id, key), None)


class Directory:
    """Completes what payloads leave out; a failed look-up leaves what the payload said."""

    def __init__(self, clients: Clients, clock: Callable[[], datetime]) -> None:
        self._clients = clients
        self._people: Remembered[Person] = Remembered(PEOPLE_FOR, clock)
        self._places: Remembered[Place] = Remembered(PLACES_FOR, clock)

    def completed(self, team_id: str, incoming: Incoming, *, pointed_at: str = "") -> Incoming:
        """The same with names, languages, the kind of channel, mentions as handles, and the message pointed at."""
        changes: dict[str, Any] = {
            "person": self.person(team_id, incoming.person),
            "place": self.place(team_id, incoming.place),
        }
        match incoming:
            case Pointed():
                text = incoming.text
                if pointed_at and not text:
                    text, changes["root"] = self._message(team_id, pointed_at)
                changes |= self._words(team_id, text)
                changes["permalink"] = self._permalink(team_id, incoming.permalink)
                if incoming.author:
                    changes["author"] = self.person(team_id, incoming.author)
            case Overheard():
                changes |= self._words(team_id, incoming.text)
                changes["permalink"] = self._permalink(team_id, incoming.permalink)
            case Said():
                changes |= self._words(team_id, incoming.text)
            case _:
                pass
        return replace(incoming, **changes)

    def person(self, team_id: str, person: Person) -> Person:
        try:
            return self._people.find(team_id, person.external_id, lambda: self._person(team_id, person.external_id))
        except (SlackApiError, OSError) as failure:
            log.warning("slack person not found", team=team_id, failure=type(failure).__name__)
            return person

    def place(self, team_id: str, place: Place) -> Place:
        """Private unless Slack says that it is not."""
        if place.direct or not place.external_id:
            return place
        try:
            found = self._places.find(team_id, place.external_id, lambda: self._place(team_id, place.external_id))
        except (SlackApiError, OSError) as failure:
            log.warning("slack channel not found", team=team_id, failure=type(failure).__name__)
            return place
        return replace(found, thread=place.thread)

    def forget_person(self, team_id: str, user_id: str) -> None:
        self._people.forget(team_id, user_id)

    def forget_place(self, team_id: str, channel_id: str) -> None:
        self._places.forget(team_id, channel_id)

    def people_of(self, team_id: str, channel_id: str) -> list[str]:
        """The user ids of everyone in a channel; raises SlackApiError."""
        found: list[str] = []
        pages = self._clients.patient(team_id).conversations_members(channel=channel_id, limit=PAGE)
        for page in pages:
            found += page["members"]
        return found

    def private_channels_of(self, team_id: str, user_id: str) -> list[str]:
        """The ids of the private channels where both this person and the bot are; raises SlackApiError."""
        found: list[str] = []
        client = self._clients.patient(team_id)
        for page in client.users_conversations(user=user_id, types="private_channel", limit=PAGE):
            found += [channel["id"] for channel in page["channels"]]
        return found

    def _words(self, team_id: str, text: str) -> dict[str, Any]:
        people = {
            user_id: self.person(team_id, Person(user_id))
            for user_id in markup.mentioned(text)
            if user_id != self._clients.bot(team_id).user_id
        }
        return {
            "text": markup.words(text, lambda user_id: people[user_id].handle if user_id in people else ""),
            "mentioned": tuple(people.values()),
        }

    def _person(self, team_id: str, user_id: str) -> Person:
        user = self._clients.patient(team_id).users_info(user=user_id, include_locale=True)["user"]
        profile = user.get("profile") or {}
        language = (user.get("locale") or "").partition("-")[0]
        foreign = bool(user.get("is_stranger")) or user.get("team_id", team_id) != team_id
        return Person(
            external_id=user_id,
            name=profile.get("real_name") or user.get("real_name") or user.get("name") or user_id,
            # The user name is unique in a workspace, the displayed name is not.
            handle=user.get("name") or user_id.lower(),
            email=profile.get("email") or "",
            language=language if language in LANGUAGES else None,
            timezone=user.get("tz") or None,
            guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or foreign),
        )

    def _place(self, team_id: str, channel_id: str) -> Place:
        channel = self._clients.patient(team_id).conversations_info(channel=channel_id)["channel"]
        if channel.get("is_im"):
            return Place(direct=True)
        private = bool(channel.get("is_private") or channel.get("is_group") or channel.get("is_mpim"))
        return Place(channel_id, name=channel.get("name") or channel_id, private=private)

    def _message(self, team_id: str, pointed_at: str) -> tuple[str, str]:
        """The text of a message of a channel or of a thread, and what answers hang under; "" where it is not read."""
        channel, _slash, ts = pointed_at.partition("/")
        try:
            found = self._clients.patient(team_id).conversations_replies(
                channel=channel, ts=ts, inclusive=True, limit=1
            )
        except (SlackApiError, OSError) as failure:
            log.warning("slack message not read", team=team_id, failure=type(failure).__name__)
            return "", ""
        meant: dict[str, str] = next((message for message in found["messages"] if message["ts"] == ts), {})
        return meant.get("text", ""), meant.get("thread_ts") or ts

    def _permalink(self, team_id: str, pointed_at: str) -> str:
        channel, _slash, ts = pointed_at.partition("/")
        try:
            found = self._clients.patient(team_id).chat_getPermalink(channel=channel, message_ts=ts)
        except (SlackApiError, OSError) as failure:
            log.warning("slack permalink not found", team=team_id, failure=type(failure).__name__)
            return ""
        return str(found["permalink"])
