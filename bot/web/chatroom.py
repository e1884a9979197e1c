"""What the trial page shows to one person in one place, as plain values for its template."""

import base64
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.app import App
from bot.messages import FormView
from bot.phrases import Phrase, Reader, _, day_words, time_words
from bot.platforms.local.posts import form_view
from bot.registry import Command
from storage import channels, chat, members
from storage.channels import Channel
from storage.chat import Post
from storage.database import NetworkSession, Origin
from storage.members import Member


@dataclass(frozen=True, slots=True)
class Stop:
    """A channel, or a person to be: its name, its address, and how much of it is new."""

    name: str
    address: str
    current: bool = False
    private: bool = False
    new: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One message."""

    id: int
    author: str
    initials: str
    bot: bool
    at: str
    day: str
    private: bool
    edited: bool
    text: str
    parts: list[dict[str, Any]] = field(default_factory=list)
    form: FormView | None = None
    # (name, address, whether it is a picture)
    attachments: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """One command offered when a slash is typed."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Room:
    network: str
    language: str
    clock: str
    me: Member | None
    place: str
    title: str
    channels: list[Stop]
    people: list[Stop]
    lines: list[Line]
    hints: list[Hint]
    # What one may say to begin with, shown where nothing has been said.
    examples: list[str]
    say: Mapping[str, str]


WORDS: Mapping[str, Phrase] = {
    "be": _("Be someone else"),
    "channels": _("Channels"),
    "direct": _("Direct messages"),
    "clock": _("The clock of this trial"),
    "hour": _("+ 1 hour"),
    "day": _("+ 1 day"),
    "week": _("+ 1 week"),
    "monday": _("Next Monday, 9:00"),
    "write": _("Your message"),
    "placeholder": _("Write here, or type / for the commands"),
    "send": _("Send"),
    "attach": _("Attach a file"),
    "only_you": _("Only you see this"),
    "keep_decision": _("Keep as a decision"),
    "keep_commitment": _("Keep as a commitment"),
    "read_minutes": _("Have it read as notes of a meeting"),
    "more": _("More about this message"),
    "edited": _("edited"),
    "new": _("new"),
    "required": _("required"),
    "gone": _("That is no longer possible: the message has changed, or you are not in this channel."),
    "notice": _("A trial on this machine: the network and everyone in it are invented."),
    "empty": _("Nothing here yet."),
    "example": _("For example:"),
    "skip": _("To the messages"),
    "private": _("private"),
    "commands": _("Commands"),
}


def room(
    app: App, network_id: int, now: datetime, *, who: str, where: str, seen: MutableMapping[tuple[str, str], int]
) -> Room:
    """Everything on the page; what is shown now counts as seen by this person."""
    with app.database.session(network_id, Origin(now, source="local"), reading=True) as session:
        network = session.network
        known = [member for member in members.active(session) if member.external_id]
        people = sorted(known, key=lambda member: not member.coordinator)
        me = next((member for member in people if member.handle == who), people[0] if people else None)
        handle = me.handle or "" if me else ""
        reader = Reader(
            (me.language if me else None) or network.language, network.timezone, network.country, now.date()
        )
        mine = _channels(session, me)
        direct = f"@{handle}"
        place = where if where in {direct, *(f"#{channel.name}" for channel in mine)} else direct
        posts = [post for post in chat.in_place(session, place) if post.only_for in {"", handle}]
        if posts:
            seen[handle, place] = posts[-1].id
        names = {member.handle: member.name for member in people}
        return Room(
            network=network.name,
            language=reader.language,
            clock=_clock(now, reader),
            me=me,
            place=place,
            title=place if place.startswith("#") else "Fil rouge",
            channels=[_stop(session, channel, handle, place, seen) for channel in mine],
            people=[_person(session, member, handle, seen, reader) for member in people],
            lines=[_line(post, names, reader) for post in posts],
            hints=[_hint(command, reader) for command in app.registry.commands.values()],
            examples=[said for command in app.registry.commands.values() if (said := _example(command, reader))],
            say={name: phrase.say(reader) for name, phrase in WORDS.items()},
        )


def attachment(app: App, network_id: int, now: datetime, *, post_id: int, number: int) -> tuple[str, str, bytes] | None:
    """Name, media type and content of a file of a message; None when there is none."""
    with app.database.session(network_id, Origin(now, source="local"), reading=True) as session:
        post = session.get(Post, post_id)
        files = post.content.get("attachments", ()) if post else ()
        if number >= len(files):
            return None
        file = files[number]
        return file["name"], file["media_type"], base64.b64decode(file["content"])


def _channels(session: NetworkSession, me: Member | None) -> list[Channel]:
    inside = channels.of_member(session, me.id) if me else frozenset()
    return [
        channel
        for channel in session.scalars(select(Channel).order_by(Channel.name))
        if not channel.private or channel.id in inside
    ]


def _stop(
    session: NetworkSession, channel: Channel, handle: str, place: str, seen: Mapping[tuple[str, str], int]
) -> Stop:
    address = f"#{channel.name}"
    return Stop(
        name=channel.name,
        address=address,
        current=address == place,
        private=channel.private,
        new=_new(session, address, handle, seen),
    )


COORDINATION = _("Coordination")


def _person(
    session: NetworkSession, member: Member, handle: str, seen: Mapping[tuple[str, str], int], reader: Reader
) -> Stop:
    own = member.handle or ""
    return Stop(
        name=member.name,
        address=own,
        current=own == handle,
        new=_new(session, f"@{own}", own, seen),
        note=member.partner.name if member.partner else COORDINATION.say(reader) if member.coordinator else "",
    )


def _new(session: NetworkSession, place: str, handle: str, seen: Mapping[tuple[str, str], int]) -> int:
    """Messages of the bot in a place that this person has not looked at."""
    query = select(func.count(Post.id)).where(
        Post.to == place, Post.author == "", Post.only_for.in_(["", handle]), Post.id > seen.get((handle, place), 0)
    )
    return session.scalar(query) or 0


def _line(post: Post, names: Mapping[str | None, str], reader: Reader) -> Line:
    local = post.at.astimezone(ZoneInfo(reader.timezone))
    author = names.get(post.author, post.author) if post.author else "Fil rouge"
    form = post.content.get("form")
    attachments = tuple(
        (file["name"], f"/files/{post.id}/{number}", file["media_type"].startswith("image/"))
        for number, file in enumerate(post.content.get("attachments", ()))
    )
    own = tuple((file["name"], "", False) for file in post.content.get("files", ()))
    return Line(
        id=post.id,
        author=author,
        initials="".join(word[0] for word in author.split()[:2]).upper(),
        bot=not post.author,
        at=time_words(local.time().replace(second=0, microsecond=0), reader),
        day=day_words(local.date(), reader),
        private=bool(post.only_for) and post.to.startswith("#"),
        edited=post.edited_at is not None,
        text=post.text,
        parts=post.content.get("parts", []),
        form=form_view(form) if form else None,
        attachments=attachments + own,
    )


def _hint(command: Command, reader: Reader) -> Hint:
    return Hint(f"/{command.names[reader.language]}", command.help.say(reader))


def _example(command: Command, reader: Reader) -> str:
    """The first one that names nobody in particular."""
    told = (example.say(reader) for example in command.examples)
    line = next((one for one in told if "@" not in one), "")
    return f"/{command.names[reader.language]} {line}" if line else ""


def _clock(now: datetime, reader: Reader) -> str:
    return _("{now}", now=now).say(reader)
