"""What is done of a message before its transaction: files fetched, addresses of the chat read, slow work shown."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from bot.messages import File, Held, Incoming, Message, Part, Pointed, Pressed, Said
from bot.phrases import Phrase, Reader, _

log = structlog.get_logger()

# Larger files are refused by name; what a table or minutes need is far below.
MAX_FILE = 32 * 1024 * 1024
# Fewer steps than this (pages, pieces of a document) are over before anybody wonders.
LONG = 40
# How often a message says how far it is: once a quarter, and at the beginning and the end.
QUARTERS = 4

Fetch = Callable[[int, File], bytes]
# What stands behind an address of the chat, or in the thread a message names; None where the text names neither.
Linked = Callable[[int, Incoming, str], Held | None]
# Shows a message where somebody acted, or puts it in the place of the one it returned the name of before.
Show = Callable[[int, Incoming, Message, str], str]


@dataclass(frozen=True, slots=True)
class Outside:
    """What a platform gets from beyond a message: files, what stands elsewhere in the chat, how far slow work is.

    `fetch` gets a file's content, and raises OSError when it cannot.
    """

    fetch: Fetch | None = None
    linked: Linked | None = None
    show: Show | None = None


_ADDRESS = re.compile(r"https?://[^\s<>|()]+|(?<!\S)/#\d+")
_THIS_THREAD = re.compile(
    r"\b(?:ce fil|cette (?:conversation|discussion)|deze (?:draad|thread)|dit gesprek"
    r"|diese[nsm]? (?:thread|faden|gespräch)|diese unterhaltung|this (?:thread|conversation))\b",
    re.IGNORECASE,
)


def addresses(text: str) -> list[str]:
    """Every address in a text, without the full stop of its sentence."""
    return [found.rstrip(".,;:!?»\"'") for found in _ADDRESS.findall(text)]


def this_thread(incoming: Incoming, text: str) -> bool:
    """Whether a message asks for the thread it stands in."""
    return bool(incoming.place.thread) and _THIS_THREAD.search(text) is not None


def slow(incoming: Incoming, reading: Collection[str]) -> bool:
    """Whether a message may take long, so that it is worked on apart from quick ones.

    `reading` are the commands that read what a message points at, and the actions that wait for something outside.
    """
    match incoming:
        case Said():
            return bool(incoming.files or addresses(incoming.text) or this_thread(incoming, incoming.text))
        case Pointed():
            return incoming.command in reading
        case Pressed():
            return incoming.action in reading
        case _:
            return False


def held(network_id: int, incoming: Incoming, fetch: Fetch | None) -> tuple[Held, ...]:
    """The files of a message, fetched here since no network call happens inside a transaction."""
    if not isinstance(incoming, Said) or fetch is None:
        return ()
    found = []
    for file in incoming.files:
        content: bytes | None = None
        lost = False
        if file.size <= MAX_FILE:
            try:
                content = fetch(network_id, file)
            except OSError as unreachable:
                lost = True
                log.warning("file not fetched", reason=type(unreachable).__name__, network=network_id)
        found.append(Held(file.name, file.size, content, lost=lost))
    return tuple(found)


@dataclass(slots=True)
class Progress:
    """Says how far a long piece of work is, in one message that is edited in place; never stops the work."""

    show: Show
    network_id: int
    incoming: Incoming
    reader: Reader
    name: str
    _shown: str = ""
    _quarter: int = -1

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` steps, in any unit."""
        quarter = done * QUARTERS // total if total >= LONG else self._quarter
        if quarter > self._quarter:
            self._quarter = quarter
            percent = quarter * 100 // QUARTERS
            self._say(_("I am reading {name}: {percent} %.", name=self.name, percent=percent))

    def over(self) -> None:
        """The message says so; where none was needed, nothing is said."""
        if self._shown:
            self._say(_("I have read {name}.", name=self.name))

    def _say(self, phrase: Phrase) -> None:
        message = Message((Part(phrase.text(self.reader)),), private=False)
        try:
            self._shown = self.show(self.network_id, self.incoming, message, self._shown)
        except Exception as refused:  # noqa: BLE001 - whatever the platform says, the reading goes on
            log.info("progress not shown", reason=type(refused).__name__, network=self.network_id)


def silent(_done: int, _total: int) -> None:
    """For work that nobody watches."""
