"""The values that travel between platforms and the app: what people did, and what they are answered."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, Protocol

from bot.phrases import Phrase
from bot.text import Text

Args = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, as the platform knows them; empty where it does not say."""

    external_id: str
    name: str = ""
    handle: str = ""
    email: str = ""
    language: str | None = None
    timezone: str | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where they act; a direct conversation with the bot has `direct` set and no channel."""

    external_id: str = ""
    name: str = ""
    private: bool = False
    direct: bool = False
    thread: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message; `locator` is what its platform fetches it by."""

    name: str
    size: int
    locator: str


Problem = Literal["", "not_there", "elsewhere", "unreadable"]


@dataclass(frozen=True, slots=True)
class Held:
    """A file with its content, fetched before the transaction began; None when it is too large, or `lost` on its way.

    Messages of the chat are held as a file too, of the `day` the first was written, `talk` when they are several;
    `problem` says why they are not.
    """

    name: str
    size: int
    content: bytes | None
    day: date | None = None
    talk: bool = False
    problem: Problem = ""
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """`event_id` is the platform's own: the same message never counts twice. `trigger` opens a form, where it can."""

    event_id: str
    person: Person
    place: Place
    trigger: str = ""
    # Whom the text names by a mention, so that the network knows them.
    mentioned: tuple[Person, ...] = ()
    # The message under which an answer for all belongs, where it is not in a thread yet.
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Incoming):
    """A slash command (`command` without its slash), or words to the bot by mention or in private (no `command`)."""

    text: str
    command: str = ""
    permalink: str = ""
    files: tuple[File, ...] = ()
    # How many lines of a long text the patient-data guard emptied.
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Incoming):
    action: str
    args: Args = field(default_factory=dict)
    # The message that carries the button, as its platform names it.
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Incoming):
    """A form sent in; each value is a text, a list of texts for several choices."""

    form: str
    values: Mapping[str, str | list[str]]
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed(Incoming):
    """A message shortcut or a reaction: somebody points at a message and means a command ("decide", "commit")."""

    command: str
    text: str
    permalink: str = ""
    author: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard(Incoming):
    """Words in a channel that are not for the bot, while a meeting is open there; only those that ask to be kept."""

    text: str
    permalink: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Incoming):
    """Somebody opens the bot's own page, where the platform has one."""


KINDS: dict[str, type[Incoming]] = {
    kind.__name__: kind for kind in (Said, Pressed, Submitted, Pointed, Overheard, Opened)
}


def to_json(incoming: Incoming) -> dict[str, Any]:
    return {"kind": type(incoming).__name__, **asdict(incoming)}


def from_json(stored: Mapping[str, Any]) -> Incoming:
    values = dict(stored)
    kind = KINDS[values.pop("kind")]
    values["person"] = Person(**values["person"])
    values["place"] = Place(**values["place"])
    values["mentioned"] = tuple(Person(**person) for person in values.get("mentioned", ()))
    if values.get("author"):
        values["author"] = Person(**values["author"])
    if "files" in values:
        values["files"] = tuple(File(**file) for file in values["files"])
    return kind(**values)


class Named(Protocol):
    """What a button can call: a function marked by `bot.action`."""

    @property
    def action_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Button:
    """A button that calls an action with `args`, or opens `url`."""

    label: Phrase
    action: str = ""
    args: Args = field(default_factory=dict)
    style: Literal["", "primary", "danger"] = ""
    url: str = ""


def button(label: Phrase, action: Named, *, style: Literal["", "primary", "danger"] = "", **args: int | str) -> Button:
    """The usual way to make one: `button(_("Done"), done, commitment=7)`."""
    return Button(label, action.action_name, args, style)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file; one that takes time is given as a function that draws it, called where no transaction waits for it."""

    name: str
    made: bytes | Callable[[], bytes]
    media_type: str
    # What it shows, for who cannot see it.
    title: Phrase | None = None

    @property
    def content(self) -> bytes:
        return self.made() if callable(self.made) else self.made


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a message with its own buttons; its files come with the message."""

    text: Phrase
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers: to the person alone, or to everyone in the channel when `public`.

    `undo` adds the undo button when the handler changed anything; `replace` takes the place of the message whose button
    was pressed; `also` are said after it, as messages of their own.
    """

    text: Phrase
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    public: bool = False
    undo: bool = True
    replace: bool = False
    attachments: tuple[Attachment, ...] = ()
    also: "tuple[Reply, ...]" = ()


# Where nothing is to be said.
NOTHING = Reply(Phrase(""), undo=False)


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error
    """One friendly line instead of the answer; nothing is kept of what the handler did."""

    def __init__(self, phrase: Phrase, *buttons: Button) -> None:
        super().__init__(phrase.english)
        self.phrase = phrase
        self.buttons = buttons


class FieldErrors(Exception):  # noqa: N818 - an answer too
    """What is wrong with a form, field by field; the form stays open and nothing is kept."""

    def __init__(self, **errors: Phrase) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Key:
    """A button in words; `id` names it within its message."""

    id: str
    label: str
    action: str
    args: Args
    style: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    text: Text
    keys: tuple[Key, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message in words, ready for an adapter to draw: the first part, the other parts, the buttons below."""

    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...] = ()
    # For the acting person alone, in the place where they acted.
    private: bool = True
    replace: bool = False
    # Names the delivery it is, so that the platform can be asked whether it arrived; empty for direct answers.
    token: str = ""

    def drawn(self) -> "Message":
        """The same with the content of its files."""
        return replace(self, attachments=tuple(replace(one, made=one.content) for one in self.attachments))


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form in words; `kind` is a `bot.forms.Kind`."""

    name: str
    kind: str
    label: str
    hint: str = ""
    value: str | list[str] = ""
    optional: bool = False
    lines: int = 1
    max_length: int = 3000
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormView:
    """A form in words, ready to be drawn: `name` and `args` come back when it is sent in."""

    name: str
    title: str
    submit: str
    fields: tuple[FormField, ...]
    args: Args = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    # Of the words above, for what a platform adds of its own.
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Answer:
    """All that comes back at once to who acted: messages, or a form to fill in (with errors when it was sent in)."""

    messages: tuple[Message, ...] = ()
    form: FormView | None = None
