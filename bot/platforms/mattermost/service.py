"""Mattermost: commands, buttons and dialogs come by HTTP, messages and reactions by websocket; several servers at once.

Each call is recorded, then handled by a worker; the server's call is answered as soon as there is something to say, and
after `patience` in any case: what comes later goes by the ways that remain.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot import preparing
from bot.app import App
from bot.messages import Answer, File, Incoming, Overheard, Person, Place, Pressed, Said, Submitted
from bot.phrases import Reader, _
from bot.platforms.mattermost.answers import Answers, Slot, Spot
from bot.platforms.mattermost.callbacks import (
    PROBE,
    PROBE_ANSWER,
    Callbacks,
    Press,
    Sent,
    check_trigger,
    event_id,
)
from bot.platforms.mattermost.client import Client
from bot.platforms.mattermost.connection import NAME, Account, Connection, key_of
from bot.platforms.mattermost.dialogs import errors_of, values_of
from bot.platforms.mattermost.hearing import Hearing
from bot.platforms.mattermost.http import MattermostError
from bot.platforms.mattermost.networks import Networks
from bot.platforms.mattermost.reading import Reading
from bot.platforms.mattermost.routes import Refusal, routes
from bot.platforms.mattermost.sending import Sending
from bot.platforms.tokens import TokenError
from bot.platforms.workers import Workers
from bot.presence import Presence
from bot.tickets import Ticket
from storage import inbox, networks
from storage.database import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from starlette.routing import Route

    from bot.messages import Message
    from bot.platforms.base import Recipient

log = structlog.get_logger()

# How long a call of the server is kept waiting for its answer. A command is answered by its response_url as well (five
# times), so that it is acknowledged at once; what answers a button would come as a direct message.
PATIENCE: Final = 2.5
COMMAND_PATIENCE: Final = 0.0
WORKERS: Final = 8
SLOW_WORKERS: Final = 2
RELOAD: Final = timedelta(seconds=10)

Json = dict[str, Any]


class Mattermost:
    """The platform, for all the servers on which the bot has an account."""

    name = NAME

    def __init__(
        self,
        app: App,
        accounts: Sequence[Account],
        *,
        secret_key: str,
        public_url: str,
        now: Callable[[], datetime],
        defaults: Mapping[str, Any] | None = None,
        client: Callable[[Account], Client] = lambda account: Client(account.url, account.token),
        patience: float = PATIENCE,
        command_patience: float = COMMAND_PATIENCE,
        pause: Callable[[float], object] | None = None,
        reload: Callable[[], Sequence[Account]] | None = None,
    ) -> None:
        self.app = app
        self.now = now
        self._networks = Networks(app.database, now, defaults or {})
        self._patience, self._command_patience = patience, command_patience
        self.callbacks = Callbacks(secret_key, public_url)
        self.answers = Answers(self.callbacks, now)
        self.connections = {
            key_of(one.url): Connection(
                one, client(one), now, acted_before=partial(self._networks.acted, key_of(one.url))
            )
            for one in accounts
        }
        self.hearings = [Hearing(self, connection, pause=pause) for connection in self.connections.values()]
        self._sending = Sending(self)
        # Reading documents takes its time, and never that of those who chat.
        self.workers = Workers(NAME, answers=WORKERS, reading=SLOW_WORKERS)
        self._reload = reload
        self._reloaded_at = now() - RELOAD
        self._introduced: set[tuple[int, str]] = set()
        self.presence = Presence(app.database, NAME, now)
        reading = Reading(self)
        app.outside = preparing.Outside(self.fetch, reading.linked, reading.show)

    # Running -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Take up what a crash left, and listen; returns at once."""
        began = self.now()
        self.work(self._resume, began)
        for hearing in self.hearings:
            hearing.start()

    def alive(self) -> bool:
        """Whether every server is being listened to."""
        return all(hearing.stream.connected for hearing in self.hearings)

    def stop(self) -> None:
        for hearing in self.hearings:
            hearing.stop()
        self.workers.close()
        for connection in self.connections.values():
            connection.client.close()

    def routes(self) -> list[Route]:
        """What the server calls."""
        return routes(self)

    def work(self, what: Callable[..., None], *given: Any, slow: bool = False) -> None:
        """Have a worker do it, one of its own for what is slow; a mistake is logged."""
        self.workers.submit("reading" if slow else "answers", what, *given)

    # The platform, for deliveries ----------------------------------------------------------------------------------

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        """Post it, in the direct channel for a person; raises SendFailedError."""
        return self._sending.send(network_external_id, recipient, message, now=now)

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        """The post that carries this delivery token in its props."""
        return self._sending.find(network_external_id, recipient, token, since=since)

    def fetch(self, network_id: int, file: File) -> bytes:
        """The content of a file that somebody attached; raises OSError."""
        del network_id
        key, _, file_id = file.locator.rpartition("#")
        try:
            return self.connections[key].client.content(file_id)
        except (MattermostError, KeyError) as error:
            raise OSError(str(error)) from error

    # Networks ------------------------------------------------------------------------------------------------------

    def connection_of(self, network: str) -> Connection:
        """Raises LookupError for a server that this process has no account on."""
        return self.connections[network.rpartition("/")[0]]

    def network_id(self, network: str) -> int:
        """The row of a team's network; raises LookupError for a server or a team that is not ours."""
        return self._networks.id_of(network, self.connection_of(network))

    # What the server calls -----------------------------------------------------------------------------------------

    def command(self, form: Mapping[str, str], header: str) -> Json:
        """A slash command: believed by its token, once."""
        team_id, token = form.get("team_id", ""), form.get("token", "")
        connection = self._believed(team_id, token, header)
        _check(lambda: check_trigger(form, self.now()))
        if form.get("text") == PROBE:
            return {"text": PROBE_ANSWER}
        user_id, network = form["user_id"], connection.network(team_id)
        said = Said(
            event_id=event_id("command", form["trigger_id"]),
            person=Person(user_id, handle=form.get("user_name", "")),
            place=Place(form.get("channel_id", ""), private=True, thread=form.get("root_id", "")),
            trigger=form["trigger_id"],
            command=form.get("command", "").removeprefix("/"),
            text=form.get("text", ""),
        )
        spot = Spot(connection, network, user_id, "command", trigger=said.trigger, slot=Slot())
        spot.channel_id, spot.root_id = said.place.external_id, said.place.thread
        spot.response_url = _own_url(connection, form.get("response_url", ""))
        connection.acted(user_id, team_id)
        return self._asked(spot, said, name=form.get("channel_name", ""))

    def _believed(self, team_id: str, token: str, header: str) -> Connection:
        """The server that calls; a token of a set-up made since is looked up in the database."""
        for _attempt in range(2):
            for connection in self.connections.values():
                if connection.believes(team_id, token, header):
                    return connection
            if self._reload is None or self.now() - self._reloaded_at < RELOAD:
                break
            self._reloaded_at = self.now()
            for account in self._reload():
                if known := self.connections.get(key_of(account.url)):
                    known.account = account
        raise Refusal(401)

    def action(self, body: Mapping[str, Any]) -> Json:
        """A button: believed by the token in its context, once, and only while its message is there."""
        press: Press = _check(lambda: self.callbacks.pressed(body, self.now()))
        if press.network.rpartition("/")[0] not in self.connections:
            raise Refusal(401)
        connection = self.connection_of(press.network)
        user_id, post_id = str(body["user_id"]), str(body.get("post_id", ""))
        spot = Spot(connection, press.network, user_id, "action", trigger=str(body["trigger_id"]), slot=Slot())
        spot.channel_id, spot.pressed, spot.nonce = str(body.get("channel_id", "")), post_id, press.nonce
        spot.aside = press.aside
        if self._gone(press):
            return {"ephemeral_text": self._no_longer(spot), "skip_slack_parsing": True}
        if press.view is not None:
            self.answers.give(spot, Answer(form=press.view))
            return {}
        pressed = Pressed(
            event_id=event_id("press", spot.trigger),
            person=Person(user_id, handle=str(body.get("user_name", ""))),
            place=Place(spot.channel_id, private=True),
            trigger=spot.trigger,
            action=press.action,
            args=press.args,
            message="" if press.aside else post_id,
        )
        return self._asked(spot, pressed, name=str(body.get("channel_name", "")))

    def dialog(self, body: Mapping[str, Any]) -> Json:
        """A form sent in: believed by its state, taken once; what is wrong with a field travels back."""
        if body.get("type") != "dialog_submission":
            raise Refusal(400)
        sent: Sent = _check(lambda: self.callbacks.sent(body, self.now()))
        if body.get("cancelled"):
            return {}
        user_id, channel_id = str(body["user_id"]), str(body.get("channel_id", ""))
        connection = self.connection_of(sent.network)
        spot = Spot(connection, sent.network, user_id, "dialog", channel_id=channel_id, root_id=sent.root_id)
        spot.nonce, spot.pressed = sent.nonce, sent.message
        submitted = Submitted(
            event_id=f"dialog:{sent.nonce}",
            person=Person(user_id),
            place=Place(channel_id, private=True, thread=sent.root_id),
            form=sent.form,
            values=values_of(body.get("submission") or {}),
            args=sent.args,
        )
        ticket = self.app.receive(self.network_id(sent.network), submitted, self.now())
        if ticket is None:
            return {}
        answer = self._handled(spot, self._complete(spot, ticket))
        if answer.form is not None:
            if answer.form.errors:
                return errors_of(answer.form)
            return {"type": "form", "form": self.answers.page(spot, answer.form, message=sent.message)}
        self.work(self._give, spot, answer)
        return {}

    # Handling ------------------------------------------------------------------------------------------------------

    def _asked(self, spot: Spot, incoming: Incoming, *, name: str) -> Json:
        """Record it, have it handled, and answer what there is to say in time."""
        ticket = self.app.receive(self.network_id(spot.network), incoming, self.now())
        if ticket is None or spot.slot is None:
            return {}
        self.work(self._whole, spot, ticket, name, slow=preparing.slow(incoming, self.app.reading))
        return spot.slot.wait(self._command_patience if spot.response_url else self._patience)

    def _whole(self, spot: Spot, ticket: Ticket, name: str) -> None:
        try:
            self._give(spot, self._handled(spot, self._complete(spot, ticket, name)))
        finally:
            if spot.slot is not None:
                spot.slot.offer({})
        self._introduce(spot, ticket.network_id)

    def _introduce(self, spot: Spot, network_id: int) -> None:
        """In which private channels somebody is, once for each person: what is recorded there is theirs to see."""
        who = (network_id, spot.user_id)
        if who in self._introduced:
            return
        private = self.presence.private_channels(network_id)
        there = [
            place.external_id
            for place in private
            if (channel := spot.connection.people.channel(place.external_id)) is not None
            and spot.user_id in spot.connection.client.members(channel.id)
        ]
        if private:
            self.presence.is_in(network_id, spot.user_id, there)
        self._introduced.add(who)

    def overhears(self, network: str, place: Place, text: str, said: datetime | None) -> bool:
        """Whether words in a channel that are not for the bot are kept; `said` when they are read afterwards."""
        return self.app.overhears(self.network_id(network), place, text, self.now(), said=said)

    def heard(self, spot: Spot, incoming: Incoming) -> None:
        """Something that came by websocket: recorded here, handled by a worker."""
        ticket = self.app.receive(self.network_id(spot.network), incoming, self.now())
        if ticket is not None:
            self.work(self._whole, spot, ticket, "", slow=preparing.slow(incoming, self.app.reading))

    def _complete(self, spot: Spot, ticket: Ticket, name: str = "") -> Ticket:
        """The ticket with the person and the place as the server knows them, if it can be asked."""
        incoming = ticket.incoming
        try:
            known = self._looked_up(spot, incoming, name)
        except MattermostError as error:
            log.warning("mattermost lookup failed", network=spot.network, error=str(error))
            return ticket
        spot.direct = known.place.direct
        spot.language = known.person.language or self._networks.defaults.get("language", "fr")
        return self.app.completed(ticket, known)

    def _looked_up(self, spot: Spot, incoming: Incoming, name: str) -> Incoming:
        people, place, own = spot.connection.people, incoming.place, spot.connection.me.id
        person = people.person(incoming.person.external_id, incoming.person.handle)
        if place.external_id:
            place = people.place(place.external_id, own, name=name, thread=place.thread)
        if spot.kind == "action" and spot.pressed and not spot.aside and not place.direct:
            # Answers go into the thread of the message whose button was pressed.
            post = spot.connection.client.read_post(spot.pressed)
            spot.root_id = post.root_id or post.id
        text = incoming.text if isinstance(incoming, Said | Overheard) else ""
        return replace(incoming, person=person, place=place, mentioned=people.mentioned(text, but=own))

    def _handled(self, spot: Spot, ticket: Ticket) -> Answer:
        answer = self.app.handle(ticket, self.now())
        spot.language = answer.form.language if answer.form else spot.language
        return answer

    def _give(self, spot: Spot, answer: Answer) -> None:
        if self.answers.give(spot, answer) and spot.kind == "action":
            self._retire(spot)

    def _resume(self, before: datetime) -> None:
        """Handle what a crash left recorded; its answers go by the ways that need no call."""
        for ticket in self.app.left_behind(before):
            with self.app.database.system_session(reading=True) as session:
                network = session.get_one(networks.Network, ticket.network_id).external_id
            if network.rpartition("/")[0] in self.connections:
                incoming = ticket.incoming
                spot = Spot(self.connection_of(network), network, incoming.person.external_id, "event")
                spot.channel_id, spot.root_id = incoming.place.external_id, incoming.place.thread
                spot.pressed = incoming.message if isinstance(incoming, Pressed) else ""
                self.work(self._whole, spot, ticket, "")

    # Buttons whose message has been replaced -----------------------------------------------------------------------

    def _retire(self, spot: Spot) -> None:
        """A button that is no longer there can be pressed by nobody: a call for it is a replay."""
        with self.app.database.session(self.network_id(spot.network), Origin(self.now(), source=NAME)) as session:
            inbox.receive(session, f"gone:{spot.nonce}", None, at=self.now())

    def _gone(self, press: Press) -> bool:
        origin = Origin(self.now(), source=NAME)
        with self.app.database.session(self.network_id(press.network), origin, reading=True) as session:
            return inbox.known(session, f"gone:{press.nonce}")

    def _no_longer(self, spot: Spot) -> str:
        person = spot.connection.people.person(spot.user_id)
        said = _("This button has been used already. Please ask again if something is missing.")
        return said.say(Reader(person.language or self._networks.defaults.get("language", "fr")))


def _check(read: Callable[[], Any]) -> Any:
    """What was read, if it is believed."""
    try:
        return read()
    except TokenError as refused:
        log.warning("mattermost call refused", reason=refused.reason)
        raise Refusal(401) from refused


def _own_url(connection: Connection, url: str) -> str:
    """A response_url of that server; nothing is ever posted to another address."""
    sites = (connection.settings.get("SiteURL", ""), connection.account.url)
    return url if any(site and url.startswith(site.rstrip("/") + "/hooks/") for site in sites) else ""
