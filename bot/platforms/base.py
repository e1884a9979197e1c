"""What delivery asks of every platform."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member in private or a channel, as its platform knows it; `handle` serves the local platform and the logs."""

    external_id: str
    handle: str
    channel: bool = False


class SendFailedError(Exception):
    """A message did not leave, or may have (`ambiguous`); `retry_after` in seconds where the platform says so.

    `gone` means that trying again is useless: a closed channel, a deactivated account, a revoked token.
    """

    def __init__(self, reason: str, *, ambiguous: bool = False, gone: bool = False, retry_after: float = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.ambiguous = ambiguous
        self.gone = gone
        self.retry_after = retry_after


class CannotStartError(Exception):
    """What has to be changed before the platform can be used, in one line for its administrator."""


class Platform(Protocol):
    """Sends messages of one network at a time, from a worker thread; knows no row."""

    name: str

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        """Send, and return the platform's id of the message; raises SendFailedError."""
        ...

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        """The id of the message that carries this delivery token, if it arrived; None too where it cannot be asked."""
        ...
