"""To whom what is owed goes, and with what else: everything due to one person at one moment is one message.

Before the network starts, everything goes to its coordinator; so does what is owed to somebody who can be reached by
no way, as a text ready to send.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.manners import Manners
from bot.platforms.base import Recipient
from bot.registry import Wording
from storage import members, notices
from storage.channels import Channel
from storage.database import NetworkSession
from storage.members import Absence, Member
from storage.networks import Network
from storage.notices import Delivery, Notice

MAIL = "mail"
# ("member", id) or ("channel", id).
Address = notices.Recipient


@dataclass(frozen=True, slots=True)
class Post:
    """One way to reach one recipient: the platform's name, how it knows them, and when they may be written to."""

    platform: str
    recipient: Recipient
    manners: Manners
    member: Member | None = None
    channel: Channel | None = None


def route_of(network: Network, member: Member, manners: Manners, *, mail: bool) -> Post | None:
    """How a member gets a message by themselves; None when only a coordinator can pass it on."""
    if not member.active or (network.started_at is None and not member.coordinator):
        return None
    if member.external_id is not None:
        recipient = Recipient(member.external_id, member.handle or member.name)
        return Post(network.platform, recipient, manners, member=member)
    if mail and member.email:
        return Post(MAIL, Recipient(member.email, member.name), manners, member=member)
    return None


def assemble(
    session: NetworkSession, network: Network, now: datetime, wordings: Mapping[str, Wording], *, mail: bool
) -> None:
    """Put every notice that waits into the delivery of whoever gets it."""
    if network.started_at is not None:
        _put_back(session, now, wordings)
    waiting = notices.waiting(session, until=now)
    if not waiting:
        return
    sorter = _Sorter(session, network, now, mail=mail)
    parcels: dict[Address, list[Notice]] = {}
    for notice in waiting:
        address = sorter.address(notice)
        if address is not None:
            parcels.setdefault(address, []).append(notice)
    open_ones = {
        ("member", row.member_id) if row.member_id is not None else ("channel", row.channel_id): row
        for row in notices.joinable(session)
    }
    for address, owed in parcels.items():
        if address not in open_ones:
            row = open_ones[address] = _delivery(address, min(notice.due_at for notice in owed))
            row.next_try_at = sorter.manners(address).next_allowed(now)
            session.add(row)
    session.flush()
    for address, owed in parcels.items():
        for notice in owed:
            notice.delivery_id = open_ones[address].id
            notice.dry_run = sorter.dry_run(notice)
    session.flush()


def _put_back(session: NetworkSession, now: datetime, wordings: Mapping[str, Wording]) -> None:
    """The network has started: what lasts of the dry run goes out for real, the rest is over."""
    for notice in notices.previewed(session):
        notice.dry_run = False
        if notice.kind in wordings and wordings[notice.kind].lasting:
            notice.delivery_id, notice.due_at = None, now
        else:
            notice.void_at = now
    session.flush()


def _delivery(address: Address, due_at: datetime) -> Delivery:
    kind, holder_id = address
    return Delivery(
        member_id=holder_id if kind == "member" else None,
        channel_id=holder_id if kind == "channel" else None,
        token=secrets.token_urlsafe(18),
        due_at=due_at,
    )


class _Sorter:
    """Finds who gets each notice; loads what it needs of people once."""

    def __init__(self, session: NetworkSession, network: Network, now: datetime, *, mail: bool) -> None:
        self._session = session
        self._network = network
        self._now = now
        self._mail = mail
        self._absences: dict[int, list[Absence]] = members.absences_by_member(
            session, since=now.date() - timedelta(days=1)
        )
        self._members: dict[int, Member] = {member.id: member for member in members.active(session)}
        self._coordinator = self._present_coordinator()

    def address(self, notice: Notice) -> Address | None:
        """None while nobody can get it, or when its recipient has left."""
        if notice.channel_id is not None:
            if self._network.started_at is None or self._closed(notice.channel_id):
                return self._to_coordinator()
            return ("channel", notice.channel_id)
        member = self._members.get(notice.member_id or 0)
        if member is None:
            notice.void_at = self._now
            return None
        if route_of(self._network, member, Manners.of(self._network), mail=self._mail) is not None:
            return ("member", member.id)
        return self._to_coordinator()

    def dry_run(self, notice: Notice) -> bool:
        if self._network.started_at is not None:
            return False
        return notice.member_id is None or not self._members[notice.member_id].coordinator

    def manners(self, address: Address) -> Manners:
        kind, holder_id = address
        if kind == "channel":
            return Manners.of(self._network)
        return Manners.of(self._network, self._members[holder_id], self._absences.get(holder_id, ()))

    def _to_coordinator(self) -> Address | None:
        return ("member", self._coordinator.id) if self._coordinator else None

    def _closed(self, channel_id: int) -> bool:
        channel = self._session.find(Channel, channel_id)
        return channel is None or channel.closed_at is not None

    def _present_coordinator(self) -> Member | None:
        """The first one by whom the network can be served, rather one who is not away."""
        known = [
            member
            for member in sorted(self._members.values(), key=lambda member: member.id)
            if member.coordinator
            and route_of(self._network, member, Manners.of(self._network), mail=self._mail) is not None
        ]
        present = [member for member in known if not self._away(member)]
        return next(iter(present or known), None)

    def _away(self, member: Member) -> bool:
        manners = self.manners(("member", member.id))
        return manners.away(manners.today(self._now))
