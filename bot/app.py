"""Incoming -> Reply | Ask: one message is one transaction, recorded before it is acknowledged, handled once.

The patient-data guard reads every text before anything is stored or logged; what it objects to never reaches a table.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError

from bot import guard, preparing, tickets
from bot.arrival import arrive
from bot.context import Context
from bot.dispatch import Dispatch, sentence
from bot.forms import Ask
from bot.imports.second_reader import SecondReader
from bot.messages import (
    NOTHING,
    Answer,
    FieldErrors,
    Held,
    Incoming,
    Message,
    Overheard,
    Part,
    Place,
    Pointed,
    Pressed,
    Refusal,
    Reply,
    Said,
    Submitted,
    button,
    to_json,
)
from bot.phrases import Phrase, Reader, _
from bot.registry import Registry
from bot.tickets import Ticket
from bot.undoing import undo
from bot.wording import message_of, part_of
from storage import inbox, meetings, networks
from storage.database import Database, Origin
from storage.inbox import Received
from storage.networks import Network
from storage.turns import Haste

log = structlog.get_logger()


class App:
    """Handles messages on a database with the commands of a registry; knows no platform.

    `source` names the platform in the journal; `after` is called with the id of each answered network once its
    transaction is committed, so that what is owed at once can be sent; `outside` is set by the platform, once it has
    the app.
    """

    def __init__(
        self,
        database: Database,
        registry: Registry,
        *,
        source: str,
        after: Callable[[int], None] | None = None,
        second_reader: SecondReader | None = None,
    ) -> None:
        self.database = database
        self.registry = registry
        self.source = source
        self.after = after
        self.second_reader = second_reader
        self.outside = preparing.Outside()
        self._dispatch = Dispatch(registry)

    @property
    def reading(self) -> frozenset[str]:
        """The commands that read what a message points at, and the actions that wait for something outside."""
        commands = {key for key, command in self.registry.commands.items() if command.links}
        return frozenset(commands | {key for key, found in self.registry.actions.items() if found.before})

    def receive(self, network_id: int, incoming: Incoming, now: datetime) -> Ticket | None:
        """Record a message in a short transaction; None when it was received before."""
        with self.database.session(network_id, self._origin(now, "arrival"), haste=Haste.NOW) as session:
            network = session.network
            incoming = guard.spared(incoming)
            asked = self._asks(incoming, network.rules.prefix)
            objection = guard.objection(incoming, country=network.country, asked=asked)
            payload = None if objection else to_json(incoming)
            id_ = inbox.receive(session, incoming.event_id, payload, at=now)
            if id_ is None:
                return None
            return Ticket(id_, network_id, incoming, tickets.reader_of(network, now), network.rules.prefix, objection)

    def wants(self, text: str) -> bool:
        """Whether words that are not for the bot ask to be kept; pure, so that nothing else is looked at further."""
        return any(found.wants(text) for found in self.registry.hearings)

    def overhears(
        self, network_id: int, place: Place, text: str, now: datetime, *, said: datetime | None = None
    ) -> bool:
        """Whether such words are kept: a meeting is open where they are, and was when they were `said`.

        Nothing is recorded or logged here.
        """
        if not self.wants(text):
            return False
        with self.database.session(network_id, self._origin(now, "overheard"), reading=True) as session:
            return meetings.listens(session, place.external_id, place.thread, at=said or now)

    def handle(self, ticket: Ticket, now: datetime) -> Answer:
        """Do what a recorded message asks; never raises for what a person did, and keeps nothing half-done."""
        try:
            ticket = tickets.counted(self.database, ticket)
            answer = self._set_aside(ticket, now) if ticket.spent else self._handle(ticket, now)
        except Exception as failure:
            reference = secrets.token_hex(3)
            log.exception("message failed", reference=reference, network=ticket.network_id, received=ticket.received_id)
            answer = self._apologise(ticket, now, reference, type(failure).__name__)
        if self.after is not None:
            self.after(ticket.network_id)
        return answer

    def answer(self, network_id: int, incoming: Incoming, now: datetime) -> Answer:
        """Receive and handle at once; an empty answer to a message received before."""
        ticket = self.receive(network_id, incoming, now)
        return self.handle(ticket, now) if ticket else Answer()

    def completed(self, ticket: Ticket, incoming: Incoming) -> Ticket:
        """The ticket with what its platform found out since (who, where, the text of a message pointed at).

        The guard reads the text again; nothing of it is recorded here.
        """
        ticket = tickets.counted(self.database, ticket)
        asked = self._asks(incoming, ticket.prefix)
        objection = guard.objection(incoming, country=ticket.reader.country, asked=asked)
        return replace(ticket, incoming=incoming, objection=objection or ticket.objection)

    def _asks(self, incoming: Incoming, prefix: str) -> bool:
        """Whether it is given as a question about services, of which nothing that names anybody is kept."""
        found = self._dispatch.command_of(incoming, prefix) if isinstance(incoming, Said) and incoming.command else None
        return found is not None and found[0].fallback

    def external_id(self, network_id: int) -> str:
        """What the platform calls a network."""
        with self.database.system_session(reading=True) as session:
            return session.get_one(Network, network_id).external_id

    def left_behind(self, before: datetime) -> list[Ticket]:
        """What a crash left recorded and unhandled since before `before`, on this app's platform; to be handled."""
        return tickets.left_behind(self.database, before=before, platform=self.source)

    def _origin(self, now: datetime, operation: str, member_id: int | None = None) -> Origin:
        return Origin(now=now, source=self.source, member_id=member_id, operation=operation)

    def _handle(self, ticket: Ticket, now: datetime) -> Answer:
        operation = f"{self.source}:{ticket.received_id}"
        files, prepared = self._prepared(ticket, now)
        with self.database.session(ticket.network_id, self._origin(now, f"arrival:{operation}")) as session:
            if not inbox.take(session, ticket.received_id, now):
                return Answer()
            context = arrive(session, ticket.incoming, now, self.registry, files)
            context.prepared, context.second_reader = prepared, self.second_reader
            session.flush()
            session.origin = self._origin(now, operation, context.me.id)
            if ticket.objection is not None:
                return _answer(context, guard.reply(ticket.objection, context))
            answer = self._outcome(context, ticket.incoming, operation)
            if isinstance(ticket.incoming, Submitted) and answer.form is not None:
                # It comes back with errors, or with a next page.
                inbox.again(session, ticket.received_id)
            return answer

    def _set_aside(self, ticket: Ticket, now: datetime) -> Answer:
        """What took the process down with it too often is given up, and its author told."""
        reference = secrets.token_hex(3)
        log.error("message set aside", reference=reference, network=ticket.network_id, received=ticket.received_id)
        with self.database.session(ticket.network_id, self._origin(now, "failure")) as session:
            told = tickets.set_aside(session, ticket, now, reference)
        return _one_message(*told) if told is not None else Answer()

    def _prepared(self, ticket: Ticket, now: datetime) -> tuple[tuple[Held, ...], object]:
        """The files of a message, and what the command's `prepare` makes of them or of several lines."""
        said = ticket.incoming
        if isinstance(said, Pressed):
            return (), self._before(ticket.network_id, said, now)
        if ticket.objection or not isinstance(said, Said | Pointed):
            return (), None
        files = preparing.held(ticket.network_id, said, self.outside.fetch)
        reader = ticket.reader
        if isinstance(said, Said):
            found = self._dispatch.command_of(said, ticket.prefix)
        else:
            pointed = self.registry.commands.get(said.command)
            found = (pointed, said.permalink) if pointed is not None else None
        prepare = found[0].prepare if found is not None else None
        if found is None or prepare is None:
            return files, None
        command, line = found
        if command.links and not files and self.outside.linked is not None:
            linked = self.outside.linked(ticket.network_id, said, line)
            files = (linked,) if linked is not None else ()
        if not files and (isinstance(said, Pointed) or "\n" not in said.text):
            return files, None
        if self.outside.show is None:
            return files, prepare(line, files, reader, preparing.silent)
        name = files[0].name if files else ""
        progress = preparing.Progress(self.outside.show, ticket.network_id, said, reader, name)
        made = prepare(line, files, reader, progress)
        progress.over()
        return files, made

    def _before(self, network_id: int, pressed: Pressed, now: datetime) -> object:
        """What an action waits for outside every transaction."""
        found = self.registry.actions.get(pressed.action)
        if found is None or found.before is None:
            return None
        with self.database.session(network_id, self._origin(now, "preparation"), reading=True) as session:
            work = found.before(session, pressed, self.second_reader)
        return work() if work is not None else None

    def _outcome(self, context: Context, incoming: Incoming, operation: str) -> Answer:
        try:
            with context.session.begin_nested():
                outcome = self._dispatch(context, incoming)
                context.session.flush()
        except Refusal as refusal:
            reply = Reply(refusal.phrase, buttons=refusal.buttons, undo=False)
            return self._welcomed(context, _answer(context, reply))
        except FieldErrors as wrong:
            return self._wrong_fields(context, incoming, wrong)
        if isinstance(outcome, Ask):
            return _form_answer(context, incoming, outcome, self._dispatch)
        if outcome.undo and operation in context.session.changed_by:
            outcome = replace(outcome, buttons=(*outcome.buttons, button(_("Undo"), undo, operation=operation)))
        answer = _answer(context, outcome)
        if isinstance(incoming, Overheard) and not answer.messages:
            return answer
        more = [message for reply in outcome.also for message in _answer(context, reply).messages]
        answer = replace(answer, messages=(*answer.messages, *more))
        return self._welcomed(context, answer)

    def _wrong_fields(self, context: Context, incoming: Incoming, wrong: FieldErrors) -> Answer:
        reader = context.reader
        errors = {name: phrase.say(reader) for name, phrase in wrong.errors.items()}
        if isinstance(incoming, Submitted):
            form = self._dispatch.form_named(incoming.form)
            view = form.view(incoming.form, dict(incoming.values), incoming.args, context, reader)
            return Answer(form=replace(view, errors=errors))
        return _answer(context, Reply(next(iter(wrong.errors.values())), undo=False))

    def _welcomed(self, context: Context, answer: Answer) -> Answer:
        sections = [section for hook in self.registry.welcomes if (section := hook.function(context)) is not None]
        if not sections:
            return answer
        message = Message(tuple(part_of(section, context.reader, n) for n, section in enumerate(sections)))
        return replace(answer, messages=(*answer.messages, message))

    def _apologise(self, ticket: Ticket, now: datetime, reference: str, failure: str) -> Answer:
        with self.database.session(ticket.network_id, self._origin(now, "failure")) as session:
            if not inbox.take(session, ticket.received_id, now):
                # Another process has done it meanwhile.
                return Answer()
            session.get_one(Received, ticket.received_id).failure = f"{failure} {reference}"
        return _one_message(
            _(
                "Something went wrong on my side and nothing was recorded. Please try again; "
                "if it happens once more, tell your administrator this code: {reference}.",
                reference=reference,
            ),
            ticket.reader,
        )


def _answer(context: Context, reply: Reply) -> Answer:
    if reply is NOTHING:
        return Answer()
    public = reply.public and context.channel is not None
    reader = context.channel_reader if public else context.reader
    return Answer(messages=(message_of(reply, reader, private=not public and context.channel is not None),))


def _one_message(phrase: Phrase, reader: Reader) -> Answer:
    return Answer(messages=(Message((Part(phrase.text(reader)),)),))


def _form_answer(context: Context, incoming: Incoming, ask: Ask, dispatch: Dispatch) -> Answer:
    """The form itself where it can open; where it cannot, a message with the button that opens it."""
    name = ask.to or dispatch.name_of(incoming, context.network.rules.prefix)
    if isinstance(incoming, Pointed) and not incoming.trigger:
        reply = Reply(
            sentence(incoming),
            buttons=(dispatch.pointing_button(incoming),),
            undo=False,
        )
        return _answer(context, reply)
    return Answer(form=ask.form.view(name, ask.values, ask.args, context, context.reader))


def network_for(
    database: Database, platform: str, external_id: str, *, now: datetime, name: str, defaults: Mapping[str, Any]
) -> int:
    """The id of the network of a workspace or team, created at its first message.

    Two first messages may come at once, to two processes: whoever is second finds what the first one made.
    """
    try:
        return _found_or_made(database, platform, external_id, now=now, name=name, defaults=defaults)
    except IntegrityError:
        return _found_or_made(database, platform, external_id, now=now, name=name, defaults=defaults)


def _found_or_made(
    database: Database, platform: str, external_id: str, *, now: datetime, name: str, defaults: Mapping[str, Any]
) -> int:
    with database.system_session() as session:
        network = networks.by_external_id(session, platform, external_id)
        if network is None:
            taken = networks.by_name(session, name) is not None
            network = networks.create(
                session,
                name=f"{name} ({external_id})" if taken else name,
                platform=platform,
                external_id=external_id,
                at=now,
                **defaults,
            )
        return network.id
