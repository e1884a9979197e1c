"""Channels and who is in them, kept up to date from what platforms tell: private things stay with who is there."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime

from bot.messages import Place
from storage import channels, members
from storage.channels import Channel
from storage.database import Database, NetworkSession, Origin


class Presence:
    """Each call is one short transaction; people whom the network does not know are passed over, never recorded."""

    def __init__(self, database: Database, source: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._source = source
        self._clock = clock

    def seen(self, network_id: int, place: Place, people: Collection[str]) -> None:
        """The bot is in a channel with exactly these people."""
        with self._session(network_id) as session:
            channel = _seen(session, place)
            channel.closed_at = None
            known = [member.id for account in people if (member := members.by_account(session, account))]
            channels.set_members(session, channel.id, known)

    def joined(self, network_id: int, place: Place, account: str) -> None:
        with self._session(network_id) as session:
            member = members.by_account(session, account)
            if member is not None:
                channels.joined(session, _seen(session, place).id, member.id)

    def left(self, network_id: int, channel_id: str, account: str) -> None:
        with self._session(network_id) as session:
            member = members.by_account(session, account)
            channel = channels.by_external_id(session, channel_id)
            if member is not None and channel is not None:
                channels.left(session, channel.id, member.id)

    def closed(self, network_id: int, channel_id: str, *, closed: bool = True) -> None:
        """A channel was archived, deleted or lost to the bot; or is back."""
        with self._session(network_id) as session:
            channel = channels.by_external_id(session, channel_id)
            if channel is not None:
                channel.closed_at = self._clock() if closed else None

    def is_in(self, network_id: int, account: str, channel_ids: Collection[str]) -> None:
        """Of the private channels that the network knows, a person is in exactly these."""
        with self._session(network_id) as session:
            member = members.by_account(session, account)
            if member is None:
                return
            for channel in channels.private(session):
                if channel.external_id in channel_ids:
                    channels.joined(session, channel.id, member.id)
                else:
                    channels.left(session, channel.id, member.id)

    def private_channels(self, network_id: int) -> list[Place]:
        """The private channels that the network knows and that are not closed."""
        with self._session(network_id, reading=True) as session:
            return [
                Place(channel.external_id, name=channel.name, private=True)
                for channel in channels.private(session)
                if channel.closed_at is None
            ]

    def _session(self, network_id: int, *, reading: bool = False) -> AbstractContextManager[NetworkSession]:
        origin = Origin(self._clock(), source=self._source, operation="presence")
        return self._database.session(network_id, origin, reading=reading)


def _seen(session: NetworkSession, place: Place) -> Channel:
    return channels.seen(
        session, external_id=place.external_id, name=place.name or place.external_id, private=place.private
    )
