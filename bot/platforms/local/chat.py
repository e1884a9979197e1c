"""The platform that ships with the product: the trial page, the command line and the tests talk through it.

Its posts are rows, so that a button pressed in another process finds its message; it keeps time by what it is told.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot import guard
from bot.app import App
from bot.arrival import arrive
from bot.imports.second_reader import SecondReader
from bot.messages import (
    Answer,
    File,
    Incoming,
    Message,
    Overheard,
    Person,
    Place,
    Pointed,
    Pressed,
    Said,
    Submitted,
)
from bot.platforms.base import Recipient
from bot.platforms.local import reading
from bot.platforms.local.posts import Shown, form_post, keys_of, post, rewrite, shown
from bot.preparing import Outside
from bot.registry import Registry
from storage import channels, chat, members, networks
from storage.chat import Post, StoredFile
from storage.database import Database, NetworkSession, Origin
from storage.folding import folded

NAME = "local"
BOT_HANDLE = "filrouge"


class NotInChannelError(Exception):
    """Somebody speaks in a private channel where they are not."""


class NoSuchButtonError(LookupError):
    """No message seen by this person carries the button."""


def handle_of(name: str) -> str:
    """What is typed after @ for a person of this name."""
    return ".".join(folded(name).removeprefix("@").split())


class LocalPlatform:
    """Posts of the bot, as rows of `storage.chat`."""

    name = NAME

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        """The id of the post."""
        message = message.drawn()
        with self._session(network_external_id, now) as session:
            to = f"#{recipient.handle}" if recipient.channel else f"@{recipient.handle}"
            return str(post(session, to, message, at=now).id)

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        """A post is written in one transaction: it is there or it is not."""
        del recipient
        with self._session(network_external_id, since) as session:
            found = chat.by_token(session, token)
            return str(found.id) if found else None

    def _session(self, network_external_id: str, now: datetime) -> Any:
        with self._database.system_session(reading=True) as session:
            network = networks.by_external_id(session, NAME, network_external_id)
        if network is None:
            raise LookupError(network_external_id)
        return self._database.session(network.id, Origin(now, source=NAME))


class LocalChat:
    """People speak here: each call is one thing a person does at `now`, and returns the messages it made appear."""

    def __init__(self, app: App, network_id: int) -> None:
        self._app = app
        self._network_id = network_id

    def says(
        self,
        who: str,
        text: str,
        now: datetime,
        *,
        channel: str = "",
        private: bool = False,
        files: Sequence[tuple[str, bytes]] = (),
        under: int = 0,
    ) -> list[Shown]:
        """Say something in private to the bot, or in a channel: a command, a mention of the bot, or mere words.

        `under` is the id of the post that it answers in a thread.
        """
        with self._open(now) as session:
            person, place, to = self._there(session, who, channel, private=private)
            stored = [chat.store_file(session, name, content) for name, content in files]
            slash = text.startswith("/")
            # This chat is a table of ours: it keeps of a message what the guard lets through, and no more.
            kept = guard.kept_of(text, country=session.network.country)
            own = Post(to=to, author=person.handle, text=kept, at=now, only_for=person.handle if slash else "")
            own.thread_id = under or None
            place = replace(place, thread=str(under) if under else "")
            own.content = {"files": [{"id": file.id, "name": file.name} for file in stored]}
            session.add(own)
            session.flush()
            said = Said(
                event_id=f"local:{own.id}",
                person=person,
                place=place,
                trigger=f"local:{own.id}",
                text=text,
                permalink=f"/#{own.id}",
                files=tuple(File(file.name, len(file.content), str(file.id)) for file in stored),
            )
            last = own.id
            addressed = _addressed(said)
            if addressed is None:
                # The bot hears nothing of it, but the page has one more person and knows who is in the channel.
                arrive(session, said, now, self._app.registry)
        if addressed is not None:
            return self._do(addressed, to, person, now, after=last)
        if not self._app.overhears(self._network_id, place, text, now):
            return []
        heard = Overheard(event_id=said.event_id, person=person, place=place, text=text, permalink=said.permalink)
        return self._do(heard, to, person, now, after=last)

    def presses(self, who: str, button_id: str, now: datetime) -> list[Shown]:
        """Press a button of a post, by its id there: "12-0-1" is the second button of the first part of post 12."""
        post_id, _dash, key_id = button_id.partition("-")
        with self._open(now) as session:
            pressed = session.get(Post, int(post_id)) if post_id.isdecimal() else None
            if pressed is None or (pressed.only_for and pressed.only_for != handle_of(who)):
                raise NoSuchButtonError(button_id)
            person, place, to = self._there(session, who, pressed.to.removeprefix("#"), at=pressed.to)
            key = next((key for key in keys_of(pressed) if key["id"] == key_id), None)
            if key is None or key["url"]:
                raise NoSuchButtonError(button_id)
            last = chat.newest(session)
        event = Pressed(
            event_id=f"local:press:{secrets.token_hex(8)}",
            person=person,
            place=place,
            trigger=f"local:{post_id}",
            action=key["action"],
            args=key["args"],
            message=post_id,
        )
        return self._do(event, to, person, now, after=last)

    def submits(
        self, who: str, post_id: int, values: Mapping[str, str | list[str]], now: datetime, *, event_id: str = ""
    ) -> list[Shown]:
        """Send in the form that a post carries."""
        with self._open(now) as session:
            asked = session.get_one(Post, post_id)
            person, place, to = self._there(session, who, asked.to.removeprefix("#"), at=asked.to)
            form = asked.content["form"]
            last = chat.newest(session)
        event = Submitted(
            event_id=event_id or f"local:submit:{secrets.token_hex(8)}",
            person=person,
            place=place,
            form=form["name"],
            values=values,
            args=form["args"],
        )
        return self._do(event, to, person, now, after=last)

    def points(self, who: str, post_id: int, command: str, now: datetime, *, emoji: bool = False) -> list[Shown]:
        """Point at a post and mean a command, as a message shortcut does, or an emoji, which can open no form."""
        with self._open(now) as session:
            meant = session.get_one(Post, post_id)
            person, place, to = self._there(session, who, meant.to.removeprefix("#"), at=meant.to)
            author = Person(external_id=meant.author, handle=meant.author) if meant.author else None
            event = Pointed(
                event_id=f"local:point:{secrets.token_hex(8)}",
                person=person,
                place=place,
                trigger="" if emoji else f"local:{post_id}",
                command=command,
                text=meant.text,
                permalink=f"/#{post_id}",
                author=author,
            )
            last = chat.newest(session)
        return self._do(event, to, person, now, after=last)

    def newest(self, now: datetime) -> int:
        """The id of the last post so far."""
        with self._open(now) as session:
            return chat.newest(session)

    def since(self, after: int, now: datetime, *, bot_only: bool = True) -> list[Shown]:
        """The posts made after the one of this id."""
        with self._open(now) as session:
            return [shown(row) for row in chat.after(session, after) if not (bot_only and row.author)]

    def _do(self, event: Incoming, to: str, person: Person, now: datetime, *, after: int) -> list[Shown]:
        answer = self._app.answer(self._network_id, event, now)
        answer = replace(answer, messages=tuple(message.drawn() for message in answer.messages))
        with self._open(now) as session:
            self._show(session, answer, event, to, person, now)
        return self.since(after, now)

    def _show(
        self, session: NetworkSession, answer: Answer, event: Incoming, to: str, person: Person, now: datetime
    ) -> None:
        for message in answer.messages:
            only_for = person.handle if message.private and to.startswith("#") else ""
            replaced = event.message if isinstance(event, Pressed) and message.replace else ""
            if replaced:
                rewrite(session.get_one(Post, int(replaced)), message, now)
            else:
                post(session, to, message, at=now, only_for=only_for)
        if answer.form is not None:
            session.add(form_post(answer.form, to, person.handle, now))

    def _there(
        self, session: NetworkSession, who: str, channel: str, *, private: bool = False, at: str = ""
    ) -> tuple[Person, Place, str]:
        handle = handle_of(who)
        known = members.by_handle(session, handle)
        person = Person(external_id=handle, handle=handle, name=known.name if known else who.removeprefix("@"))
        if at.startswith("@") or not channel:
            return person, Place(direct=True), at or f"@{handle}"
        name = channel.removeprefix("#")
        found = channels.by_name(session, name)
        if found is None:
            found = channels.seen(session, external_id=f"local:{name}", name=name, private=private)
        elif found.private and not private:
            inside = known is not None and found.id in channels.of_member(session, known.id)
            if not inside:
                raise NotInChannelError(name)
        place = Place(external_id=found.external_id, name=found.name, private=found.private)
        return person, place, f"#{found.name}"

    def _open(self, now: datetime) -> Any:
        return self._app.database.session(self._network_id, Origin(now, source=NAME))


def _addressed(said: Said) -> Said | None:
    """The message as the bot gets it; None when it is not for the bot."""
    text = said.text.strip()
    if text.startswith("/"):
        command, *rest = text[1:].split(maxsplit=1) or [""]
        return replace(said, command=command, text="".join(rest))
    mention = f"@{BOT_HANDLE}"
    if mention in text:
        return replace(said, text=text.replace(mention, "", 1).strip(" ,:"))
    return said if said.place.direct else None


def local_app(database: Database, registry: Registry, *, second_reader: SecondReader | None = None) -> App:
    """An app whose messages come from the local platform, files included."""

    def fetch(network_id: int, file: File) -> bytes:
        with database.session(network_id, Origin(datetime.now(UTC), source=NAME), reading=True) as session:
            return session.get_one(StoredFile, int(file.locator)).content

    app = App(database, registry, source=NAME, second_reader=second_reader)
    app.outside = Outside(fetch, partial(reading.linked, database), partial(reading.show, database))
    return app
