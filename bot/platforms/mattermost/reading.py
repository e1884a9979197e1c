"""Posts and threads of Mattermost read by their address, for those who may see them; work shown while it goes on."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from bot.messages import Held
from bot.platforms import talk
from bot.platforms.mattermost.answers import Spot
from bot.platforms.mattermost.http import MattermostError
from bot.preparing import MAX_FILE, addresses, this_thread

if TYPE_CHECKING:
    from bot.messages import Incoming, Message
    from bot.platforms.mattermost.connection import Connection
    from bot.platforms.mattermost.service import Mattermost
    from bot.platforms.mattermost.types import Post

log = structlog.get_logger()

_POST = re.compile(r"/pl/([a-z0-9]{26})$")
NOT_READ = Held("", 0, None, problem="unreadable")
NOT_THERE = Held("", 0, None, problem="not_there")
ELSEWHERE = Held("", 0, None, problem="elsewhere")


class Reading:
    """Reads as the bot what the person who asks may read too."""

    def __init__(self, platform: Mattermost) -> None:
        self._platform = platform

    def linked(self, network_id: int, incoming: Incoming, text: str) -> Held | None:
        """What stands behind the first address of this server's posts in a text; None where there is none."""
        network = self._platform.app.external_id(network_id)
        connection = self._platform.connection_of(network)
        sites = {connection.account.url.rstrip("/"), connection.settings.get("SiteURL", "").rstrip("/")} - {""}
        ids = [
            found[1]
            for address in addresses(text)
            if (found := _POST.search(address)) and any(address.startswith(f"{site}/") for site in sites)
        ]
        if this_thread(incoming, text):
            ids.append(incoming.place.thread)
        if not ids:
            return None
        try:
            return self._read(connection, network, incoming, ids[0])
        except MattermostError as refused:
            log.info("mattermost conversation not read", network=network, failure=type(refused).__name__)
            return NOT_READ

    def _read(self, connection: Connection, network: str, incoming: Incoming, post_id: str) -> Held:
        client, me = connection.client, connection.me.id
        meant = client.read_post(post_id)
        channel = connection.people.channel(meant.channel_id)
        if channel is None or (channel.team_id and channel.team_id != network.rpartition("/")[2]):
            return NOT_THERE
        asking = incoming.person.external_id
        is_open = channel.kind == "O" and not connection.people.person(asking).guest
        if not is_open and asking not in client.members(channel.id):
            return NOT_THERE
        if channel.kind != "O" and incoming.place.external_id != channel.id:
            return ELSEWHERE
        posts = [
            one
            for one in client.thread(post_id)
            if not (one.kind or one.deleted or one.user_id == me or one.props.get("from_bot"))
        ]
        if len(posts) == 1 and posts[0].files:
            file = posts[0].files[0]
            content = client.content(file.id) if file.size <= MAX_FILE else None
            return Held(file.name, file.size, content)
        return talk.held(channel.display_name, [self._utterance(connection, one) for one in posts])

    @staticmethod
    def _utterance(connection: Connection, post: Post) -> talk.Utterance:
        person = connection.people.person(post.user_id)
        zone = ZoneInfo(person.timezone) if person.timezone else UTC
        on = datetime.fromtimestamp(post.create_at / 1000, zone).date()
        return talk.Utterance(person.name or person.handle, post.message, on)

    def show(self, network_id: int, incoming: Incoming, message: Message, earlier: str) -> str:
        """The id of the post that says how far a piece of work is."""
        network = self._platform.app.external_id(network_id)
        connection, place = self._platform.connection_of(network), incoming.place
        person = incoming.person.external_id
        spot = Spot(connection, network, person, "event", place.external_id, place.thread, direct=place.direct)
        drawn, _nonce = self._platform.answers.drawn(spot, message, private=place.direct)
        if earlier:
            return connection.client.patch_post(earlier, message=drawn.message, props=drawn.props()).id
        channel_id = place.external_id or connection.direct(person)
        return connection.write(channel_id, drawn, root_id=place.thread if place.external_id else "").id
