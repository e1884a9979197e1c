"""Deliveries on Mattermost: posted once, told apart when that is unsure, and found again by the token they carry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.platforms.base import Recipient, SendFailedError
from bot.platforms.mattermost.answers import Spot
from bot.platforms.mattermost.connection import FORBIDDEN
from bot.platforms.mattermost.http import MattermostError, Refused, Unreachable, Unsure
from bot.platforms.mattermost.render import DELIVERY_PROP

if TYPE_CHECKING:
    from datetime import datetime

    from bot.messages import Message
    from bot.platforms.mattermost.connection import Connection
    from bot.platforms.mattermost.service import Mattermost

# The server's clock and ours may differ by so much.
CLOCKS: Final = timedelta(minutes=10)
NOT_FOUND: Final = (400, 404)


class Sending:
    """Used from delivery's own threads; the client keeps to the server's rate for all of them."""

    def __init__(self, platform: Mattermost) -> None:
        self._platform = platform

    def send(self, network: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        del now
        try:
            connection = self._platform.connection_of(network)
            channel_id = self._channel(connection, recipient)
            user_id = "" if recipient.channel else recipient.external_id
            spot = Spot(connection, network, user_id, "event", channel_id, direct=not recipient.channel)
            drawn, _nonce = self._platform.answers.drawn(spot, message, private=not recipient.channel)
            post = connection.write(channel_id, drawn, attachments=message.attachments, token=message.token)
        except LookupError as error:
            raise SendFailedError(f"no account on the server of {network}", gone=True) from error
        except Unsure as error:
            raise SendFailedError(str(error), ambiguous=True) from error
        except Unreachable as error:
            raise SendFailedError(str(error)) from error
        except Refused as error:
            # A revoked token (401) is mended by the set-up: what is owed waits for it.
            gone = error.status in {FORBIDDEN, *NOT_FOUND}
            raise SendFailedError(str(error), gone=gone) from error
        return post.id

    def find(self, network: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        connection = self._platform.connection_of(network)
        moment = round((since - CLOCKS).timestamp() * 1000)
        try:
            channel_id = self._channel(connection, recipient)
            found = connection.client.find_post(channel_id, prop=DELIVERY_PROP, value=token, since=moment)
        except MattermostError as error:
            raise SendFailedError(str(error)) from error
        return found.id if found else None

    @staticmethod
    def _channel(connection: Connection, recipient: Recipient) -> str:
        """Where the recipient reads; raises SendFailedError for someone who has left."""
        if recipient.channel:
            return recipient.external_id
        if connection.people.user(recipient.external_id).gone:
            raise SendFailedError("the account is deactivated", gone=True)
        return connection.direct(recipient.external_id)
