"""What was recorded and waits to be handled, and what a crash left: taken up again, but not without end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot import guard
from bot.messages import Incoming, Opened, Person, Place, Said, from_json
from bot.phrases import Phrase, Reader, _
from storage import inbox, members
from storage.database import Database, NetworkSession
from storage.inbox import Received
from storage.members import Member
from storage.networks import Network

log = structlog.get_logger()

# How often a message may take the process down with it, its first handling counted, before it is set aside.
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Ticket:
    """A message that was recorded and waits to be handled; `objection` when the guard kept its text out.

    `reader` is anyone of the network, and `prefix` what its commands' names begin with, as when it was recorded.
    `resumed` when a crash left it and this attempt is not counted yet. One that is `spent` holds nothing of what was
    said: its author is to be told.
    """

    received_id: int
    network_id: int
    incoming: Incoming
    reader: Reader
    prefix: str
    objection: guard.Objection | None = None
    resumed: bool = False
    spent: bool = False


def left_behind(database: Database, *, before: datetime, platform: str) -> list[Ticket]:
    """What a crash left recorded and unhandled since before `before`; it is only looked at, not counted."""
    tickets = []
    with database.system_session() as session:
        for row in inbox.unhandled(session, before=before, platform=platform):
            payload, spent = row.payload or {}, row.attempts >= MAX_ATTEMPTS
            try:
                incoming = _bare(row.event_id, payload) if spent else from_json(payload)
            except (KeyError, TypeError) as strange:
                # Recorded by another version: it stops none of the others, and is not looked at for ever.
                log.warning("message not resumed", received=row.id, reason=type(strange).__name__)
                row.attempts += 1
                if spent:
                    inbox.set_aside(row, row.received_at, type(strange).__name__)
                continue
            network = session.get_one(Network, row.network_id)
            reader, prefix = reader_of(network, row.received_at), network.rules.prefix
            ticket = Ticket(row.id, row.network_id, incoming, reader, prefix, resumed=not spent, spent=spent)
            tickets.append(ticket)
    return tickets


def reader_of(network: Network, now: datetime, member: Member | None = None) -> Reader:
    """A member, or anyone of the network."""
    language = (member.language if member else None) or network.language
    zone = (member.timezone if member else None) or network.timezone
    return Reader(language, zone, network.country, now.date())


def counted(database: Database, ticket: Ticket) -> Ticket:
    """The same, its attempt written down in a transaction of its own, before anything of it can do harm."""
    if not ticket.resumed:
        return ticket
    with database.system_session() as session:
        inbox.begin_again(session, ticket.received_id)
    return replace(ticket, resumed=False)


def set_aside(session: NetworkSession, ticket: Ticket, now: datetime, reference: str) -> tuple[Phrase, Reader] | None:
    """Give a message up, and what its author is told; None when there is nothing to tell or it was handled since."""
    row = session.get_one(Received, ticket.received_id, with_for_update=True)
    if row.handled_at is not None:
        return None
    inbox.set_aside(row, now, reference)
    if isinstance(ticket.incoming, Opened):
        return None
    network = session.network
    author = members.by_account(session, ticket.incoming.person.external_id)
    said = _(
        "I could not deal with what you sent me on {at}: I stopped each time I tried, {count} times. Nothing of it was "
        "recorded. Please send it in another way; if it happens again, tell your administrator this code: "
        "{reference}.",
        at=row.received_at,
        count=row.attempts,
        reference=reference,
    )
    return said, reader_of(network, now, author)


def _bare(event_id: str, payload: Mapping[str, Any]) -> Incoming:
    """Who said it and where, without anything of what was said."""
    person, place = Person(**payload["person"]), Place(**payload["place"])
    if payload["kind"] == Opened.__name__:
        return Opened(event_id=event_id, person=person, place=place)
    return Said(event_id=event_id, person=person, place=place, text="")
