"""Messages of the local platform read by their address, and work shown while it goes on."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.messages import Held, Incoming, Message, Problem
from bot.platforms import talk
from bot.platforms.local.posts import post, rewrite
from bot.preparing import addresses, this_thread
from storage import channels, chat, members
from storage.chat import Post
from storage.database import Database, NetworkSession, Origin

_POST = re.compile(r"/#(\d+)$")


def linked(database: Database, network_id: int, incoming: Incoming, text: str) -> Held | None:
    """The thread of the post that a text names as "/#12", or in which it asks for its own."""
    found = [int(match[1]) for address in addresses(text) if (match := _POST.search(address))]
    if this_thread(incoming, text):
        found.append(int(incoming.place.thread))
    if not found:
        return None
    with database.session(network_id, Origin(datetime.now(UTC), source="local"), reading=True) as session:
        meant = session.get(Post, found[0])
        if meant is None:
            return Held("", 0, None, problem="unreadable")
        if problem := _problem(session, meant, incoming):
            return Held("", 0, None, problem=problem)
        zone = ZoneInfo(session.network.timezone)
        names = {member.handle: member.name for member in members.active(session)}
        return talk.held(
            meant.to.lstrip("#@"),
            [
                talk.Utterance(names.get(row.author, row.author), row.text, row.at.astimezone(zone).date())
                for row in chat.thread(session, meant.id)
                if row.author and row.only_for in {"", incoming.person.handle}
            ],
        )


def _problem(session: NetworkSession, meant: Post, incoming: Incoming) -> Problem:
    if not meant.to.startswith("#"):
        return "" if meant.to == f"@{incoming.person.handle}" else "not_there"
    channel = channels.by_name(session, meant.to)
    if channel is None or not channel.private:
        return ""
    member = members.by_account(session, incoming.person.external_id)
    if member is None or channel.id not in channels.of_member(session, member.id):
        return "not_there"
    return "" if incoming.place.external_id == channel.external_id else "elsewhere"


def show(database: Database, network_id: int, incoming: Incoming, message: Message, earlier: str) -> str:
    """The id of the post that says how far a piece of work is."""
    with database.session(network_id, Origin(datetime.now(UTC), source="local")) as session:
        # This chat keeps time by what it is told.
        now = session.get_one(Post, chat.newest(session)).at
        if earlier:
            rewrite(session.get_one(Post, int(earlier)), message, now)
            return earlier
        place = incoming.place
        to = f"#{place.name}" if place.external_id and not place.direct else f"@{incoming.person.handle}"
        return str(post(session, to, message, at=now, only_for=incoming.person.handle if to[0] == "#" else "").id)
