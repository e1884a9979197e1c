"""What people say and point at on one server: heard by websocket, and read afterwards where it could not be heard."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import structlog

from bot.messages import File, Opened, Overheard, Person, Place, Pointed, Said
from bot.platforms.mattermost.answers import Spot
from bot.platforms.mattermost.http import MattermostError
from bot.platforms.mattermost.stream import Event, Gap, Stream
from bot.platforms.mattermost.types import Post, Reaction
from storage import servers
from storage.folding import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.mattermost.connection import Connection
    from bot.platforms.mattermost.service import Mattermost
    from bot.platforms.mattermost.types import Channel

log = structlog.get_logger()

# A post can be written a little before another with an earlier time can be read.
OVERLAP_MS: Final = 60_000
NOTED_EVERY_MS: Final = 30_000
# An emoji under a message means the command that keeps it.
REACTIONS: Final = {
    "pushpin": "decide",
    "round_pushpin": "decide",
    "handshake": "commit",
    "writing_hand": "commit",
}
HOME: Final = frozenset({"accueil", "start", "startseite", "home"})


class Hearing:
    """Listens in a thread. The same post or reaction is recorded once, however it came."""

    def __init__(
        self,
        platform: Mattermost,
        connection: Connection,
        *,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        self._platform = platform
        self._connection = connection
        self.stream = Stream(connection.account.url, connection.account.token, pause=pause)
        self._thread = threading.Thread(target=self._run, name=f"mattermost {connection.key}", daemon=True)
        self._read_until = connection.account.read_until
        self._noted = self._read_until
        self.caught_up = threading.Event()  # all that was missed has been read

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.stream.stop()
        if self._thread.is_alive():
            self._thread.join(10)
        self._note(self._read_until)

    def _run(self) -> None:
        for item in self.stream:
            try:
                if isinstance(item, Gap):
                    self.caught_up.clear()
                    self.catch_up()
                    self.caught_up.set()
                else:
                    self._event(item)
            except MattermostError as error:
                # Not looked at, so not recorded: to be read again from where reading surely came to.
                log.warning("mattermost event put off", server=self._connection.key, error=str(error))
                self.stream.begin_anew()
            except Exception:
                # One event that cannot be handled must not end the listening.
                log.exception("mattermost event failed", server=self._connection.key)

    # By websocket --------------------------------------------------------------------------------------------------

    def _event(self, event: Event) -> None:
        match event.name:
            case "posted":
                post = Post.read(json.loads(event.data["post"]))
                self._post(post)
                self._seen(post.update_at)
            case "reaction_added":
                self._reaction(Reaction.read(json.loads(event.data["reaction"])))
            case "user_updated":
                self._connection.people.forget(user_id=event.data.get("user", {}).get("id", ""))
            case "channel_updated" | "channel_converted" | "channel_deleted" | "user_added" | "user_removed":
                channel_id = event.channel_id or event.data.get("channel_id", "")
                self._connection.people.forget(channel_id=channel_id)
                self._platform.work(self._who_is_there, channel_id)
            case "added_to_team" | "leave_team":
                self._connection.forget_teams()

    def _seen(self, moment: int) -> None:
        self._read_until = max(self._read_until, moment)
        if self._read_until - self._noted > NOTED_EVERY_MS:
            self._note(self._read_until)

    def _note(self, moment: int) -> None:
        """Keep how far was read, for after a restart."""
        row_id = self._connection.account.row_id
        if row_id is not None and moment > self._noted:
            with self._platform.app.database.system_session() as session:
                servers.read_until(session, row_id, moment)
        self._noted = max(self._noted, moment)

    # What is meant for the bot -------------------------------------------------------------------------------------

    def _post(self, post: Post, *, missed: bool = False) -> None:
        connection, me = self._connection, self._connection.me
        by_machine = post.props.get("from_bot") or post.props.get("from_webhook")
        if post.user_id == me.id or by_machine or post.kind or post.deleted:
            return
        called = re.compile(rf"(?<![\w.])@{re.escape(me.username)}(?![\w-])", re.IGNORECASE)
        channel = connection.people.channel(post.channel_id)
        if channel is None:
            return
        direct = channel.kind == "D"
        if not direct and not called.search(post.message):
            self._overhear(post, channel, missed=missed)
            return
        team_id = channel.team_id or connection.team_for(post.user_id)
        if not team_id:
            return
        connection.acted(post.user_id, team_id)
        text = called.sub("", post.message, count=1).strip(" ,:\n\t\u00a0")
        root = post.root_id or ("" if direct else post.id)
        person, place = Person(post.user_id), Place(post.channel_id, private=True, thread=root)
        spot = Spot(connection, connection.network(team_id), post.user_id, "event", post.channel_id, root)
        if direct and folded(text) in HOME:
            self._platform.heard(spot, Opened(event_id=f"post:{post.id}", person=person, place=place))
            return
        said = Said(
            event_id=f"post:{post.id}",
            person=person,
            place=place,
            text=text,
            permalink=connection.permalink(team_id, post.id),
            files=tuple(File(file.name, file.size, f"{connection.key}#{file.id}") for file in post.files),
        )
        self._platform.heard(spot, said)

    def _overhear(self, post: Post, channel: Channel, *, missed: bool) -> None:
        """A line that asks to be kept, where a meeting is open: of all others nothing is kept, nor that they were."""
        connection = self._connection
        if not channel.team_id or not self._platform.app.wants(post.message):
            return
        if connection.people.user(post.user_id).is_bot:
            return
        network = connection.network(channel.team_id)
        place = Place(post.channel_id, private=True, thread=post.root_id)
        said = datetime.fromtimestamp(post.create_at / 1000, UTC) if missed else None
        if not self._platform.overhears(network, place, post.message, said):
            return
        root = post.root_id or post.id
        heard = Overheard(
            event_id=f"post:{post.id}",
            person=Person(post.user_id),
            place=replace(place, thread=root),
            text=post.message,
            permalink=connection.permalink(channel.team_id, post.id),
        )
        self._platform.heard(Spot(connection, network, post.user_id, "event", post.channel_id, root), heard)

    def _reaction(self, reaction: Reaction) -> None:
        connection = self._connection
        command = REACTIONS.get(reaction.emoji)
        if command is None or command not in self._platform.app.registry.commands:
            return
        if reaction.user_id == connection.me.id or connection.people.user(reaction.user_id).is_bot:
            return
        post = connection.client.read_post(reaction.post_id)
        channel = connection.people.channel(post.channel_id)
        if channel is None or post.user_id == connection.me.id or post.kind or not post.message:
            return
        team_id = channel.team_id or connection.team_for(reaction.user_id)
        root = post.root_id or post.id
        pointed = Pointed(
            event_id=f"reaction:{post.id}:{reaction.user_id}:{reaction.emoji}:{reaction.create_at}",
            person=Person(reaction.user_id),
            place=Place(post.channel_id, private=True, thread=root),
            command=command,
            text=post.message,
            permalink=connection.permalink(team_id, post.id),
            author=connection.people.person(post.user_id),
        )
        network = connection.network(team_id)
        spot = Spot(connection, network, reaction.user_id, "event", post.channel_id, root)
        self._platform.heard(spot, pointed)

    # What could not be heard ---------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Read every channel since the last moment that is surely known; at the very first start, only note now."""
        connection = self._connection
        found = connection.client.channels()
        newest = max([1, *(channel.last_post_at for channel in found)])
        since = self._read_until - OVERLAP_MS
        for channel in found if self._read_until else ():
            newest = max(newest, self._read_channel(channel, since))
        self._read_until = max(self._read_until, newest)
        self._note(self._read_until)
        for channel in found:
            if channel.kind == "P":
                self._platform.work(self._who_is_there, channel.id)

    def _read_channel(self, channel: Channel, since: int) -> int:
        newest = 0
        for post in self._connection.client.posts_since(channel.id, since):
            newest = max(newest, post.update_at)
            if post.create_at > since:
                self._post(post, missed=True)
            for reaction in post.reactions:
                if reaction.create_at > since:
                    self._reaction(reaction)
        return newest

    def _who_is_there(self, channel_id: str) -> None:
        """Keep who is in a private channel: what is recorded there is shown to them alone."""
        connection = self._connection
        channel = connection.people.channel(channel_id)
        if channel is None or not channel.team_id:
            return
        network_id = self._platform.network_id(connection.network(channel.team_id))
        presence = self._platform.presence
        if channel.closed:
            presence.closed(network_id, channel_id)
        elif channel.kind == "P":
            place = connection.people.place(channel_id, connection.me.id)
            presence.seen(network_id, place, connection.client.members(channel_id))
        else:
            presence.closed(network_id, channel_id, closed=False)
