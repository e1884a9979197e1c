"""How an answer reaches who acted: at once in the server's own call where it waits, else by the ways that remain.

What one person alone may see goes out, in this order, as the answer to the call, by the response_url of a command
(five times within half an hour), or as a direct message: a bot's account may post nothing ephemeral by itself.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

import structlog

from bot.messages import Key, Message, Part
from bot.phrases import Reader, _
from bot.platforms.mattermost.dialogs import dialog
from bot.platforms.mattermost.http import MattermostError, Refused
from bot.platforms.mattermost.render import Drawn, draw, words_only
from bot.text import Bold

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.messages import Answer, FormView
    from bot.platforms.mattermost.callbacks import Callbacks
    from bot.platforms.mattermost.connection import Connection

log = structlog.get_logger()

URL_LIFE: Final = timedelta(minutes=29)
REMEMBERED: Final = 5_000
BOT_NAME: Final = "Fil rouge"

Json = dict[str, Any]


class Slot:
    """The one answer to a call that the server waits for; whoever comes after it has gone is told so."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._filled = threading.Event()
        self._closed = False
        self._content: Json = {}

    def offer(self, content: Json) -> bool:
        """False when nobody waits any more, or something was offered before."""
        with self._lock:
            if self._closed or self._filled.is_set():
                return False
            self._content = content
            self._filled.set()
            return True

    def wait(self, seconds: float) -> Json:
        """What was offered within so many seconds, else nothing, and the slot is closed."""
        self._filled.wait(seconds)
        with self._lock:
            self._closed = True
            return self._content


@dataclass(slots=True)
class Spot:
    """Where somebody acted, and what there is to answer with."""

    connection: Connection
    network: str
    user_id: str
    kind: Literal["command", "action", "dialog", "event"]
    channel_id: str = ""
    root_id: str = ""
    direct: bool = False
    language: str = "fr"
    trigger: str = ""
    response_url: str = ""
    slot: Slot | None = None
    # The message whose button was pressed; `aside` when one person alone saw it.
    pressed: str = ""
    nonce: str = ""
    aside: bool = False
    said: list[Json] = field(default_factory=list)


class Answers:
    """Gives answers; failures are logged, never raised: what was asked is done and recorded already."""

    def __init__(self, callbacks: Callbacks, now: Callable[[], datetime]) -> None:
        self._callbacks = callbacks
        self._now = now
        self._lock = threading.Lock()
        # Of the messages that one person saw as the answer to a command: how to write there again.
        self._urls: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    def drawn(self, spot: Spot, message: Message, *, private: bool, aside: bool = False) -> tuple[Drawn, str]:
        """The message for this server, and the nonce that all its buttons share."""
        nonce = secrets.token_urlsafe(9)
        person = spot.user_id if private else ""

        def integration(key: Key) -> Json:
            return self._callbacks.button(
                key, network=spot.network, person=person, nonce=nonce, aside=aside, now=self._now()
            )

        return draw(message, spot.connection.people.handle, integration), nonce

    def remembered(self, nonce: str) -> str:
        """The response_url by which the message with this nonce was given, while it lasts."""
        with self._lock:
            url, until = self._urls.get(nonce, ("", self._now()))
        return url if self._now() < until else ""

    def _remember(self, nonce: str, url: str) -> None:
        if url:
            with self._lock:
                self._urls[nonce] = (url, self._now() + URL_LIFE)
                while len(self._urls) > REMEMBERED:
                    self._urls.popitem(last=False)

    def give(self, spot: Spot, answer: Answer) -> bool:
        """Whether the message that was pressed has been replaced."""
        replaced = False
        update: Json | None = None
        try:
            if answer.form is not None:
                self._open(spot, answer.form)
            for message in answer.messages:
                if message.replace and spot.pressed and not spot.aside:
                    drawn, _nonce = self.drawn(spot, message, private=spot.direct)
                    update, replaced = {"message": drawn.message, "props": drawn.props()}, True
                elif message.private:
                    self._aside(spot, message)
                else:
                    self._openly(spot, message)
            self._finish(spot, update)
        except MattermostError as error:
            log.warning("mattermost answer lost", network=spot.network, kind=spot.kind, error=str(error))
            if spot.slot is not None:
                spot.slot.offer({})
        return replaced

    # In the open ---------------------------------------------------------------------------------------------------

    def _openly(self, spot: Spot, message: Message) -> None:
        if spot.direct or not spot.channel_id:
            channel_id = spot.connection.direct(spot.user_id)
            root_id = spot.root_id if channel_id == spot.channel_id else ""
            drawn, _nonce = self.drawn(spot, message, private=True)
            spot.connection.write(channel_id, drawn, root_id=root_id, attachments=message.attachments)
            return
        drawn, _nonce = self.drawn(spot, message, private=False)
        try:
            spot.connection.write(spot.channel_id, drawn, root_id=spot.root_id, attachments=message.attachments)
        except Refused as refused:
            log.info("mattermost channel refused", network=spot.network, reason=str(refused))
            handle = spot.connection.me.username
            note = _("I may not write in this channel: only you see this. Invite me with `/invite @{bot}`.", bot=handle)
            part = Part(note.text(Reader(spot.language)))
            self._aside(spot, replace(message, parts=(*message.parts, part), private=True))

    # For one person alone ------------------------------------------------------------------------------------------

    def _aside(self, spot: Spot, message: Message) -> None:
        drawn, nonce = self.drawn(spot, message, private=True, aside=True)
        url = spot.response_url or self.remembered(spot.nonce)
        if message.attachments or spot.kind == "event" or (spot.kind == "dialog" and not url):
            self._directly(spot, message)
        elif spot.kind == "command" or url:
            if url and spot.kind != "command":
                self._respond(spot, message, drawn, nonce, url)
            else:
                self._remember(nonce, spot.response_url)
                spot.said.append(_response(drawn))
        elif drawn.attachments and any(one.get("actions") for one in drawn.attachments):
            # The answer to a button can hold words only.
            self._directly(spot, message)
        else:
            spot.said.append({"text": words_only(drawn)})

    def _respond(self, spot: Spot, message: Message, drawn: Drawn, nonce: str, url: str) -> None:
        try:
            spot.connection.client.respond(url, _response(drawn))
        except MattermostError:
            self._directly(spot, message)
        else:
            self._remember(nonce, url)

    def _directly(self, spot: Spot, message: Message) -> None:
        """In the direct channel, and a word of it where the person looks now."""
        drawn, _nonce = self.drawn(spot, message, private=True)
        channel_id = spot.connection.direct(spot.user_id)
        post = spot.connection.write(channel_id, drawn, attachments=message.attachments)
        if spot.kind in {"command", "action"} and channel_id != spot.channel_id:
            team_id = spot.network.rpartition("/")[2]
            link = spot.connection.permalink(team_id, post.id)
            said = _("I wrote to you in a direct message.").say(Reader(spot.language))
            spot.said.append(_response(Drawn(f"[{said}]({link})" if link else said)))

    # What the server's call is answered ----------------------------------------------------------------------------

    def _finish(self, spot: Spot, update: Json | None) -> None:
        match spot.kind:
            case "command":
                self._finish_command(spot)
            case "action":
                self._finish_action(spot, update)
            case _:
                if update is not None:
                    spot.connection.client.patch_post(spot.pressed, **update)

    def _finish_command(self, spot: Spot) -> None:
        content = {**spot.said[0], "extra_responses": spot.said[1:]} if spot.said else {}
        if spot.slot is None or not spot.slot.offer(content):
            for said in spot.said:
                if spot.response_url:
                    spot.connection.client.respond(spot.response_url, said)
                else:
                    drawn = Drawn(said["text"], tuple(said.get("attachments", ())))
                    spot.connection.write(spot.connection.direct(spot.user_id), drawn)

    def _finish_action(self, spot: Spot, update: Json | None) -> None:
        content: Json = {"update": update} if update is not None else {}
        words = "\n\n".join(said["text"] for said in spot.said)
        if words:
            content |= {"ephemeral_text": words, "skip_slack_parsing": True}
        if spot.slot is not None and spot.slot.offer(content):
            return
        if update is not None:
            spot.connection.client.patch_post(spot.pressed, **update)
        if words:
            spot.connection.write(spot.connection.direct(spot.user_id), Drawn(words))

    # Forms ---------------------------------------------------------------------------------------------------------

    def page(self, spot: Spot, view: FormView, *, message: str = "") -> Json:
        """The dialog of a form, bound to the person; answers to it go where the command's answers went."""
        state, nonce = self._callbacks.state(
            view, network=spot.network, person=spot.user_id, now=self._now(), message=message, root_id=spot.root_id
        )
        self._remember(nonce, spot.response_url or self.remembered(spot.nonce))
        return dialog(view, state, version=spot.connection.version)

    def _open(self, spot: Spot, view: FormView) -> None:
        if spot.trigger:
            message = "" if spot.aside else spot.pressed
            try:
                spot.connection.client.open_dialog(
                    spot.trigger, self._callbacks.dialog_url, self.page(spot, view, message=message)
                )
            except Refused as refused:
                # The trigger has gone meanwhile: it lasts half a minute.
                log.info("mattermost dialog refused", network=spot.network, reason=str(refused))
            else:
                return
        self._offer_form(spot, view)

    def _offer_form(self, spot: Spot, view: FormView) -> None:
        """A button that opens the form, for where no click has just been made."""
        reader = Reader(view.language)
        key = Key("0-0", _("Open the form").say(reader), "", {}, "primary")
        message = Message((Part((Bold(view.title),), (key,)),))
        opener = self._callbacks.opener(view, network=spot.network, person=spot.user_id, now=self._now())
        drawn = draw(message, spot.connection.people.handle, lambda _key: opener)
        if spot.kind == "command" and not spot.direct:
            spot.said.append(_response(drawn))
            return
        channel_id = spot.connection.direct(spot.user_id)
        root_id = spot.root_id if channel_id == spot.channel_id else ""
        spot.connection.write(channel_id, drawn, root_id=root_id)


def _response(drawn: Drawn) -> Json:
    """The answer to a command, or by its response_url: for who gave it alone."""
    return {
        "response_type": "ephemeral",
        "text": drawn.message,
        "attachments": [*drawn.attachments],
        "username": BOT_NAME,
        "skip_slack_parsing": True,
    }
