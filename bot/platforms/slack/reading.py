"""Threads and canvases of Slack read by their address, for those who may see them; work shown while it goes on."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import structlog
from slack_sdk.errors import SlackApiError

from bot.messages import Held, Incoming, Message, Person, Place
from bot.platforms import talk
from bot.platforms.base import SendFailedError
from bot.platforms.slack import markup, render
from bot.platforms.slack.api import Clients
from bot.platforms.slack.events import CANVASES
from bot.platforms.slack.files import download
from bot.platforms.slack.people import Directory
from bot.preparing import MAX_FILE, addresses, this_thread

log = structlog.get_logger()

_MESSAGE = re.compile(r"/archives/([A-Z0-9]+)/p(\d{10})(\d{6})$")
_DOCUMENT = re.compile(r"/(?:docs/[A-Z0-9]+|files/[A-Z0-9]+)/(F[A-Z0-9]+)(?:/|$)")
PAGE = 200
NOT_READ = Held("", 0, None, problem="unreadable")
NOT_THERE = Held("", 0, None, problem="not_there")
ELSEWHERE = Held("", 0, None, problem="elsewhere")


class SlackReading:
    """Reads with the bot's token what the person who asks may read too."""

    def __init__(self, clients: Clients, directory: Directory) -> None:
        self._clients = clients
        self._directory = directory

    def linked(self, team_id: str, incoming: Incoming, text: str) -> Held | None:
        """What stands behind the first address of Slack's in a text; None where there is none."""
        for address in addresses(text):
            parts = urlsplit(address)
            if not (parts.hostname or "").endswith("slack.com"):
                continue
            if (found := _MESSAGE.search(parts.path)) is not None:
                root = parse_qs(parts.query).get("thread_ts", [f"{found[2]}.{found[3]}"])[0]
                return self._guarded(lambda found=found, root=root: self._thread(team_id, incoming, found[1], root))
            if (found := _DOCUMENT.search(parts.path)) is not None:
                return self._guarded(lambda found=found: self._document(team_id, incoming, found[1]))
        if this_thread(incoming, text):
            place = incoming.place
            return self._guarded(lambda: self._thread(team_id, incoming, place.external_id, place.thread))
        return None

    def show(self, team_id: str, incoming: Incoming, message: Message, earlier: str) -> str:
        """Post how far a piece of work is, or change what was posted; "C12/1700000000.000100"."""
        client, place = self._clients.patient(team_id), incoming.place
        posting = render.postings(message)[0]
        if earlier:
            channel, _slash, ts = earlier.partition("/")
            client.chat_update(channel=channel, ts=ts, text=posting.text, blocks=posting.blocks or None)
            return earlier
        in_private = place.direct or not place.external_id
        to = self._clients.direct_channel(team_id, incoming.person.external_id) if in_private else place.external_id
        more: dict[str, Any] = {"thread_ts": place.thread} if place.thread else {}
        sent = client.chat_postMessage(channel=to, text=posting.text, blocks=posting.blocks or None, **more)
        return f"{sent['channel']}/{sent['ts']}"

    @staticmethod
    def _guarded(read: Any) -> Held:
        try:
            held: Held = read()
        except (SlackApiError, SendFailedError, OSError) as refused:
            log.info("slack conversation not read", failure=type(refused).__name__)
            return NOT_READ
        return held

    def _problem(self, team_id: str, incoming: Incoming, channel: str) -> Held | None:
        """Why this person does not have a channel read here; in doubt it is private."""
        if channel.startswith("D"):
            return NOT_THERE
        place = self._directory.place(team_id, Place(channel, name=channel, private=True))
        guest = self._directory.person(team_id, incoming.person).guest
        there = place.private or guest
        if there and incoming.person.external_id not in self._directory.people_of(team_id, channel):
            return NOT_THERE
        return ELSEWHERE if place.private and incoming.place.external_id != channel else None

    def _thread(self, team_id: str, incoming: Incoming, channel: str, root: str) -> Held:
        if (problem := self._problem(team_id, incoming, channel)) is not None:
            return problem
        messages: list[dict[str, Any]] = []
        for page in self._clients.patient(team_id).conversations_replies(channel=channel, ts=root, limit=PAGE):
            messages += page["messages"]
            if len(messages) >= talk.MOST_MESSAGES:
                break
        people = [one for one in messages if one.get("user") and not one.get("bot_id")]
        if len(people) == 1 and (files := people[0].get("files")):
            return self._file(team_id, files[0])
        name = self._directory.place(team_id, Place(channel, name=channel, private=True)).name
        return talk.held(name, [self._utterance(team_id, one) for one in people])

    def _utterance(self, team_id: str, message: dict[str, Any]) -> talk.Utterance:
        person = self._directory.person(team_id, Person(message["user"]))
        words = markup.words(message.get("text", ""), lambda user: self._handle(team_id, user))
        zone = ZoneInfo(person.timezone) if person.timezone else UTC
        on = datetime.fromtimestamp(float(message["ts"]), zone).date()
        return talk.Utterance(person.name or person.handle, words, on)

    def _handle(self, team_id: str, user_id: str) -> str:
        return self._directory.person(team_id, Person(user_id)).handle

    def _document(self, team_id: str, incoming: Incoming, file_id: str) -> Held:
        """A canvas or another file, for who wrote it or is where it was shared."""
        file = self._clients.patient(team_id).files_info(file=file_id)["file"]
        shared = [*file.get("channels", ()), *file.get("groups", ())]
        problems = [self._problem(team_id, incoming, channel) for channel in shared]
        if file.get("user") != incoming.person.external_id and None not in problems:
            return ELSEWHERE if ELSEWHERE in problems else NOT_THERE
        return self._file(team_id, file)

    def _file(self, team_id: str, file: dict[str, Any]) -> Held:
        content = download(
            self._clients.bot(team_id).token, self._clients.base_url, file["url_private_download"], limit=MAX_FILE
        )
        name = file.get("name") or file["id"]
        return Held(f"{name}.html" if file.get("filetype") in CANVASES else name, len(content), content)
