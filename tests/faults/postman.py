"""A platform that does what a test tells it to: it keeps what arrives, and fails when asked to."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.messages import Message
from bot.platforms.base import Recipient, SendFailedError
from bot.text import plain


class Crash(BaseException):
    """The process dies."""


@dataclass
class Postman:
    """`mishaps`: by recipient handle, what happens at their next messages: whether each is lost, and the failure."""

    name: str = "local"
    arrived: list[tuple[str, Message, datetime]] = field(default_factory=list)
    mishaps: dict[str, list[tuple[bool, BaseException]]] = field(default_factory=dict)
    # Whether one can ask it if a message arrived.
    readable: bool = True
    asked: int = 0
    lock: Lock = field(default_factory=Lock)

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        del network_external_id
        with self.lock:
            script = self.mishaps.get(recipient.handle, [])
            lost, failure = script.pop(0) if script else (False, None)
            if failure is not None and lost:
                raise failure
            self.arrived.append((recipient.handle, message, now))
            if failure is not None:
                raise failure
            return f"m{len(self.arrived)}"

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        del network_external_id, recipient, since
        self.asked += 1
        if not self.readable:
            return None
        return next((f"m{n}" for n, (_to, message, _at) in enumerate(self.arrived, 1) if message.token == token), None)

    def lose(self, handle: str, *failures: BaseException) -> None:
        """These attempts fail before the message arrives."""
        self.mishaps.setdefault(handle, []).extend((True, failure) for failure in failures)

    def swallow(self, handle: str, failure: BaseException) -> None:
        """The message arrives, and the answer to it is lost."""
        self.mishaps.setdefault(handle, []).append((False, failure))

    def texts(self, handle: str = "") -> list[str]:
        """What arrived, in order."""
        return [
            "\n".join(plain(part.text) for part in message.parts).replace("\u00a0", " ")
            for to, message, _at in self.arrived
            if not handle or to == handle
        ]


def timed_out() -> SendFailedError:
    return SendFailedError("timed out", ambiguous=True)


def refused(reason: str = "refused") -> SendFailedError:
    return SendFailedError(reason)


def gone(reason: str = "is_archived") -> SendFailedError:
    return SendFailedError(reason, gone=True)
