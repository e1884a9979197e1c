"""What one can ask: commands, their verbs, actions, jobs and wordings. Decorators only attach data to functions."""

import importlib
import pkgutil
import re
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NotRequired, TypedDict, TypeVar, Unpack

from bot.context import Context
from bot.forms import Ask, Form
from bot.imports.second_reader import SecondReader
from bot.messages import Held, Pressed, Reply, Section
from bot.phrases import Phrase, Reader
from bot.verbs import Takes, Verb
from storage.database import NetworkSession
from storage.folding import folded
from storage.notices import Notice

Outcome = Reply | Ask
Handler = Callable[..., Outcome | None]
Handles = TypeVar("Handles", bound=Handler)


Words = str | tuple[str, ...]


class Saying(TypedDict):
    """How a verb is said in each language, and what is told of it."""

    help: Phrase
    fr: Words
    nl: Words
    de: Words
    en: Words
    takes: NotRequired[Takes]
    example: NotRequired[Phrase | None]
    coordinators: NotRequired[bool]


# More characters ask for nothing in particular.
LONGEST_ASKED = 300
LANGUAGES: tuple[Literal["fr", "nl", "de", "en"], ...] = ("fr", "nl", "de", "en")

# Slow and pure work on a message's text and files, done before the transaction; its result is `context.prepared`. Last
# comes what to call with the steps done and their number.
Prepare = Callable[[str, tuple[Held, ...], Reader, Callable[[int, int], None]], object]


def _tuple(words: Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


@dataclass(slots=True)
class Command:
    """A slash command. `letter` and `find` let it speak of one record: `D-12`, then a verb of `about`."""

    key: str
    names: Mapping[str, str]
    help: Phrase
    function: Callable[..., Outcome]
    examples: tuple[Phrase, ...] = ()
    letter: str = ""
    find: Callable[[Context, int], Any] | None = None
    fallback: bool = False
    prepare: Prepare | None = None
    links: bool = False
    asked: tuple[tuple[str, str], ...] = ()
    module: str = ""
    verbs: list[Verb] = field(default_factory=list)
    record_verbs: list[Verb] = field(default_factory=list)

    @property
    def form(self) -> type[Form] | None:
        return form_of(self.function)

    @property
    def said_of_one(self) -> Sequence[Verb]:
        """What can follow a reference, as it is told: first what the reference alone does."""
        return sorted(self.record_verbs, key=lambda verb: verb.words["en"][0] != "")

    def language_of(self, name: str) -> str:
        """The one language in which this is its name, or the empty string."""
        said = folded(name).strip("/:").removesuffix("s")
        found = [lang for lang, known in self.names.items() if folded(known).removesuffix("s") == said]
        return found[0] if len(found) == 1 else ""

    def verb(self, key: str, **said: Unpack[Saying]) -> Callable[[Handles], Handles]:
        """A function `(context)` for `/command verb`, `(context, rest: str)` where it takes words.

        It returns None for what is a sentence after all: "Confirmer le budget" begins with a verb, yet is to be kept.
        """
        return _adding(self.verbs, key, said)

    def about(self, key: str, **said: Unpack[Saying]) -> Callable[[Handles], Handles]:
        """The same with the record after the context, for `/command X-12 verb`; the verb "" is `X-12` alone."""
        return _adding(self.record_verbs, key, said)


def _adding(to: list[Verb], key: str, said: Saying) -> Callable[[Handles], Handles]:
    def decorate(function: Handles) -> Handles:
        words: dict[str, tuple[str, ...]] = {language: _tuple(said[language]) for language in LANGUAGES}
        more = (said.get("takes", "nothing"), said.get("example"), said.get("coordinators", False))
        to.append(Verb(key, words, said["help"], function, *more))
        return function

    return decorate


def form_of(function: Callable[..., Any]) -> type[Form] | None:
    """The form that a function asks for in its signature."""
    for hint in typing.get_type_hints(function).values():
        for kind in typing.get_args(hint) or (hint,):
            if isinstance(kind, type) and issubclass(kind, Form):
                return kind
    return None


def command(
    key: str,
    *,
    fr: str,
    nl: str,
    de: str,
    help: Phrase,
    en: str = "",
    examples: tuple[Phrase, ...] = (),
    letter: str = "",
    find: Callable[[Context, int], Any] | None = None,
    fallback: bool = False,
    prepare: Prepare | None = None,
    links: bool = False,
    asked: tuple[tuple[str, str], ...] = (),
) -> Callable[[Callable[..., Outcome]], Command]:
    """Make a slash command of a function `(context, form: SomeForm)` or `(context, line: str)`.

    `prepare` is called before the transaction begins, for what is slow; it touches no row. With `links` an address of
    the chat in the line is read like an attached file, and so is a message that somebody points at.

    `fallback` marks the one command that gets what is said to the bot in private without naming a command.
    Another gets what `asked` knows: patterns of folded text without its last sign, each with the line it stands for,
    "" for the text itself ("que dois-je faire ?" is "liste" of the commitments).
    """

    def decorate(function: Callable[..., Outcome]) -> Command:
        names = {"fr": fr, "nl": nl, "de": de, "en": en or key}
        return Command(
            key, names, help, function, examples, letter, find, fallback, prepare, links, asked, function.__module__
        )

    return decorate


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does: a function `(context, *, its args…)`, perhaps with a form it opens first."""

    action_name: str
    function: Callable[..., Outcome]
    before: "Before | None" = None

    @property
    def form(self) -> type[Form] | None:
        return form_of(self.function)

    def __call__(self, *args: Any, **named: Any) -> Outcome:
        return self.function(*args, **named)


def action(function: Callable[..., Outcome]) -> Action:
    """Make an action of a function; its name is `module.function`, and must not change while buttons are out there."""
    return Action(_name_of(function), function)


def _name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


# Looks at rows and returns what to do outside every transaction, such as a call to elsewhere; None for nothing.
Before = Callable[[NetworkSession, Pressed, "SecondReader | None"], Callable[[], object] | None]


def acting(*, before: Before) -> Callable[[Callable[..., Outcome]], Action]:
    """An action that waits for something outside; what came of it is `context.prepared`."""
    return lambda function: replace(action(function), before=before)


@dataclass(frozen=True, slots=True)
class Job:
    """Looks for what is owed in one network, at every wake-up or once an hour; must be quick when nothing is."""

    name: str
    function: Callable[[Context], None]
    hourly: bool = False


def every(function: Callable[[Context], None]) -> Job:
    """Make a function `(context)` run for each network whenever the bot wakes up; it records what is owed."""
    return Job(_name_of(function), function)


def hourly(function: Callable[[Context], None]) -> Job:
    """The same, once an hour and when the bot starts: for what depends on the day."""
    return replace(every(function), hourly=True)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words the notices of one kind when they are sent, from the rows as they are then.

    The function `(context, notices)` returns the sections for those that still hold; `lasting` kinds are put back when
    the network starts after a dry run, the others are over. `preload` may load at once what the notices of several
    deliveries speak of, before each is worded by itself.
    """

    kind: str
    function: Callable[[Context, Sequence[Notice]], Iterable[Section]]
    lasting: bool = False
    preload: Callable[[NetworkSession, Sequence[Notice]], None] | None = None


def notice(
    kind: str, *, lasting: bool = False, preload: Callable[[NetworkSession, Sequence[Notice]], None] | None = None
) -> Callable[[Callable[[Context, Sequence[Notice]], Iterable[Section]]], Wording]:
    """Make a function the wording of a kind of notice."""
    return lambda function: Wording(kind, function, lasting, preload)


@dataclass(frozen=True, slots=True)
class Welcome:
    """Adds a section to the first answers of somebody who is new."""

    function: Callable[[Context], Section | None]


def welcome(function: Callable[[Context], Section | None]) -> Welcome:
    return Welcome(function)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What becomes of words in a channel where a meeting is open; `wants` is pure, and tells which are kept at all."""

    wants: Callable[[str], bool]
    function: Callable[[Context, str], Outcome | None]


def hearing(*, wants: Callable[[str], bool]) -> Callable[[Callable[[Context, str], Outcome | None]], Hearing]:
    """Make a function `(context, text)` answer what is written in the channel of an open meeting."""
    return lambda function: Hearing(wants, function)


@dataclass(frozen=True, slots=True)
class Marking:
    """What becomes of a message that somebody marks with an emoji; None opens the form of its command."""

    function: Callable[[Context, str, str], Outcome | None]


def marking(function: Callable[[Context, str, str], Outcome | None]) -> Marking:
    """Make a function `(context, command, text)` answer an emoji under a message."""
    return Marking(function)


@dataclass(frozen=True, slots=True)
class Home:
    """A part of the bot's own page (Slack's App Home); parts are shown by `order`."""

    order: int
    function: Callable[[Context], Iterable[Section]]


def home(*, order: int = 0) -> Callable[[Callable[[Context], Iterable[Section]]], Home]:
    """Make a function `(context)` a part of each person's own page with the bot; it only reads."""
    return lambda function: Home(order, function)


@dataclass(frozen=True, slots=True)
class Registry:
    """All that the modules of a package offer, found by walking it."""

    commands: Mapping[str, Command]
    actions: Mapping[str, Action]
    jobs: Sequence[Job]
    wordings: Mapping[str, Wording]
    welcomes: Sequence[Welcome]
    homes: Sequence[Home] = ()
    hearings: Sequence[Hearing] = ()
    markings: Sequence[Marking] = ()
    # By their keys and their names in every language, folded.
    named: Mapping[str, Command] = field(init=False)

    def __post_init__(self) -> None:
        named = {folded(name): found for found in self.commands.values() for name in (found.key, *found.names.values())}
        object.__setattr__(self, "named", named)

    def by_name(self, name: str, prefix: str = "") -> Command | None:
        """The command of this name in any language, with or without the network's prefix."""
        wanted = folded(name.removeprefix("/"))
        candidates = [wanted, wanted.removeprefix(folded(prefix))] if prefix else [wanted]
        candidates += [name.removesuffix("s") for name in candidates]
        return next((self.named[name] for name in candidates if name in self.named), None)

    @property
    def fallback(self) -> Command | None:
        return next((found for found in self.commands.values() if found.fallback), None)

    def asked(self, text: str) -> tuple[Command, str] | None:
        """The command that free talk asks something of, and the line it stands for."""
        if len(text) > LONGEST_ASKED:
            return None
        said = folded(text).strip(" \u00a0\u202f?!.")
        for found in self.commands.values():
            for pattern, line in found.asked:
                if re.search(pattern, said):
                    return found, line or text
        return None

    def by_letter(self, letter: str) -> Command | None:
        return next((found for found in self.commands.values() if found.letter == letter), None)


def discover(*packages: str) -> Registry:
    """Import every module of the packages and collect what they declare; two of one name are an error."""
    found: dict[type, dict[str, Any]] = {Command: {}, Action: {}, Job: {}, Wording: {}, Welcome: {}, Home: {}}
    found |= {Hearing: {}, Marking: {}}
    for package in packages:
        root = importlib.import_module(package)
        modules = [root, *(importlib.import_module(f"{package}.{m.name}") for m in pkgutil.iter_modules(root.__path__))]
        for module in modules:
            for name, value in vars(module).items():
                if type(value) in found:
                    key = _key(value, f"{module.__name__}.{name}")
                    if found[type(value)].setdefault(key, value) is not value:
                        raise ValueError(f"two of the name {key}")
    return Registry(
        found[Command],
        found[Action],
        list(found[Job].values()),
        found[Wording],
        list(found[Welcome].values()),
        sorted(found[Home].values(), key=lambda part: part.order),
        list(found[Hearing].values()),
        list(found[Marking].values()),
    )


def _key(value: Any, place: str) -> str:
    match value:
        case Command():
            return value.key
        case Action():
            return value.action_name
        case Job():
            return value.name
        case Wording():
            return value.kind
        case _:
            return place
