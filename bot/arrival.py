"""Who arrives, and where: the person and the channel of a message become a member and a channel of the network."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.messages import Held, Incoming, Overheard, Person, Pointed, Said
from bot.registry import Registry
from storage import bodies, channels, members
from storage.channels import Channel
from storage.database import NetworkSession
from storage.members import Member, Role

MINUTE = timedelta(minutes=1)


def arrive(
    session: NetworkSession, incoming: Incoming, now: datetime, registry: Registry, files: tuple[Held, ...] = ()
) -> Context:
    """The context of a message; a new person becomes a member, the first who is no guest the coordinator."""
    network = session.network
    member = member_for(session, incoming.person)
    if member.acted_at is None or now - member.acted_at >= MINUTE:
        member.acted_at = now
    for person in incoming.mentioned:
        member_for(session, person)
    channel: Channel | None = None
    place = incoming.place
    if not place.direct and place.external_id:
        channel = channels.seen(
            session, external_id=place.external_id, name=place.name or place.external_id, private=place.private
        )
        # Whoever writes in a channel is in it.
        channels.joined(session, channel.id, member.id)
    pointed = incoming if isinstance(incoming, Pointed | Overheard) else None
    author = incoming.author if isinstance(incoming, Pointed) else None
    return Context(
        session=session,
        network=network,
        now=now,
        member=member,
        place=place,
        channel=channel,
        body=bodies.of_channel(session, channel.id) if channel else None,
        permalink=pointed.permalink if pointed else "",
        quote=pointed.text if pointed else "",
        author=members.by_account(session, author.external_id) if author else None,
        files=files,
        registry=registry,
        left_out=incoming.left_out if isinstance(incoming, Said) else 0,
    )


def member_for(session: NetworkSession, person: Person) -> Member:
    """The member behind an account: known by it, or by their handle or e-mail when they were imported without one."""
    member = members.by_account(session, person.external_id)
    if member is None:
        member = _imported(session, person)
    if member is None:
        first = not person.guest and not members.coordinators(session)
        member = members.record(
            session,
            name=person.name or person.handle or person.external_id,
            handle=person.handle.casefold() or None,
            external_id=person.external_id,
            email=person.email,
            role=Role.COORDINATOR if first else Role.GUEST if person.guest else Role.MEMBER,
        )
    _refresh(member, person)
    return member


def _imported(session: NetworkSession, person: Person) -> Member | None:
    found = members.by_handle(session, person.handle) if person.handle else None
    if found is None and person.email:
        found = members.by_email(session, person.email)
    if found is not None and found.external_id is None:
        found.external_id = person.external_id
        return found
    return None


def _refresh(member: Member, person: Person) -> None:
    """What the platform knows better; a name, a language or a zone the person chose here stays."""
    if person.name and person.name != member.name and member.name in {person.external_id, person.handle}:
        # The platform did not answer when they were first met.
        member.name = person.name
    if person.handle and member.handle != person.handle.casefold():
        member.handle = person.handle.casefold()
    if person.email and not member.email:
        member.email = person.email
    if person.language and member.language is None:
        member.language = person.language
    if person.timezone and member.timezone is None:
        member.timezone = person.timezone
