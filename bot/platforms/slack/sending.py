"""Deliveries on Slack that can be asked about, and files fetched from it."""

from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.messages import Message
from bot.platforms.base import Recipient, SendFailedError
from bot.platforms.slack import answers, render
from bot.platforms.slack.api import REFUSED_BLOCKS, Clients, error_code, failure
from bot.platforms.slack.desk import NAME
from bot.platforms.slack.files import download
from bot.platforms.slack.render import Posting

DELIVERY = "filrouge_delivery"
FIND_LIMIT = 100


class SlackPlatform:
    """What delivery asks of Slack."""

    name = NAME

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        """The channel and time stamp of the last part, "C12/1700000000.000100"; raises SendFailedError."""
        del now
        try:
            client = self._clients.once(network_external_id)
            channel = self._channel(network_external_id, recipient)
            sent = self._parts(client, channel, message, render.postings(message))
            answers.upload_all(client, sent[0], message)
        except (SlackApiError, OSError, SendFailedError) as refused:
            raise failure(refused) from refused
        return "/".join(sent)

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        """A message is there once its last part is; raises SendFailedError where Slack cannot be asked."""
        try:
            client = self._clients.patient(network_external_id)
            channel = self._channel(network_external_id, recipient)
            return self._last_part(client, channel, token, since)
        except (SlackApiError, OSError, SendFailedError) as refused:
            raise failure(refused) from refused

    def _last_part(self, client: Any, channel: str, token: str, since: datetime) -> str | None:
        """Page after page, since much may have been said after it."""
        cursor = ""
        while True:
            history = client.conversations_history(
                channel=channel,
                oldest=str(since.timestamp()),
                include_all_metadata=True,
                limit=FIND_LIMIT,
                **({"cursor": cursor} if cursor else {}),
            )
            for message in history["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("token") == token and payload.get("last"):
                    return f"{channel}/{message['ts']}"
            before, cursor = cursor, (history.get("response_metadata") or {}).get("next_cursor") or ""
            if cursor in {"", before}:
                return None

    def fetch(self, network_external_id: str, locator: str, *, limit: int) -> bytes:
        """The content of a file that came with a message; raises SendFailedError, also over `limit` bytes."""
        return download(self._clients.bot(network_external_id).token, self._clients.base_url, locator, limit=limit)

    def _channel(self, network_external_id: str, recipient: Recipient) -> str:
        if recipient.channel:
            return recipient.external_id
        return self._clients.direct_channel(network_external_id, recipient.external_id)

    def _parts(self, client: Any, to: str, message: Message, postings: list[Posting]) -> tuple[str, str]:
        sent = ("", "")
        for n, posting in enumerate(postings, start=1):
            metadata = None
            if message.token:
                payload = {"token": message.token, "part": n, "last": n == len(postings)}
                metadata = {"event_type": DELIVERY, "event_payload": payload}
            try:
                sent = answers.posted(client, to, posting, metadata=metadata)
            except SlackApiError as refused:
                if error_code(refused) not in REFUSED_BLOCKS or not posting.blocks:
                    raise
                return self._parts(client, to, message, render.spoken_postings(message))
        return sent
