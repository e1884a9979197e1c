"""The user guide, made of what the commands say of themselves, in each of the four languages."""

import pathlib
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.phrases import LANGUAGES, Phrase, Reader, _
from bot.registry import Command, Registry
from bot.verbs import Verb
from bot.web import differences
from bot.web.templates import render

STATIC = pathlib.Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}

TITLE = _("Fil rouge: the guide")
INTRODUCTION = (
    _(
        "Fil rouge keeps what your network decided and agreed, reminds each of what they committed to, "
        "answers who offers what locally, and says every week where things stand."
    ),
    _(
        "Write a command in any channel where I am, or write to me in private without a slash. "
        "Without words, a command opens its form; with `help`, it explains itself."
    ),
)
CHAPTERS: tuple[tuple[Phrase, tuple[Phrase, ...]], ...] = (
    (
        _("Reminders, and your peace"),
        (
            _(
                "I write about a deadline seven days before, on the last working day before, "
                "and three working days after."
            ),
            _("Never at night, at the weekend, on a public holiday, or while you are away: `/filrouge away` tells me."),
            _("Each reminder can be answered on the spot: done, another day, help wanted, not mine."),
            _("What someone else records for you is proposed to you first: you accept, name another day, or refuse."),
        ),
    ),
    (
        _("During a meeting"),
        (
            _(
                "`/meeting open` opens the meeting of the channel, or of the thread where you mention me. From then "
                "on I keep the lines that begin with `decision:`, `agreement:`, `action:`, `present:`, `excused:`, "
                "in any of the four languages, and a message under which you put 📌 or 🤝."
            ),
            _(
                "Each is answered at once with its reference and a button to undo it; the same message never counts "
                "twice."
            ),
            _("An action that names nobody asks who takes it on; who is named is asked in private, once it is over."),
            _("`/meeting close` sums it up and asks for what lacks somebody or a day; a late answer is welcome."),
            _(
                "Nothing else of what is said is kept, noted or looked at further, and without an open meeting nothing "
                "at all: the chat passes me the messages of the channels where I am, because it cannot pass only some."
            ),
        ),
    ),
    (
        _("What stays private"),
        (
            _("What is recorded in a private channel is shown to the people of that channel alone."),
            _("I keep no patient data: a message that seems to hold some is shown back to you masked, and not kept."),
            _(
                "Notes leave this machine for no outside model unless you are told what would leave, and say yes each "
                "time."
            ),
            _("Who is late is said to nobody but them and the coordinator, and partners are never ranked."),
        ),
    ),
    (
        _("Taking back"),
        (_("Every answer that changes something has a button to undo it, and each record keeps its history."),),
    ),
)
LABELS = {
    "examples": _("Examples"),
    "say": _("What you write"),
    "does": _("What I do"),
    "also": _("In other languages"),
}


@dataclass(frozen=True, slots=True)
class Usage:
    words: str
    help: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the guide; `anchor` is its key."""

    anchor: str
    name: str
    help: str
    examples: tuple[str, ...]
    usages: tuple[Usage, ...]
    others: tuple[str, ...]


def entries(registry: Registry, language: str) -> list[Entry]:
    """Every command, in the language's words, alphabetical."""
    reader = Reader(language)
    return sorted((_entry(command, reader) for command in registry.commands.values()), key=lambda entry: entry.name)


def routes(registry: Registry) -> list[BaseRoute]:
    """`/guide`, in French unless `?lang=` says otherwise, and the styles and pictures of our pages."""

    async def guide(request: Request) -> Response:
        language = request.query_params.get("lang", "fr")
        html = draw(registry, language if language in LANGUAGES else "fr")
        return HTMLResponse(html, headers=HEADERS)

    return [Route("/guide", guide), Mount("/static", StaticFiles(directory=STATIC))]


def draw(registry: Registry, language: str) -> str:
    reader = Reader(language)
    return render(
        "guide.html",
        language=language,
        languages=LANGUAGES,
        title=TITLE.say(reader),
        introduction=[phrase.text(reader) for phrase in INTRODUCTION],
        chapters=[(title.say(reader), [line.text(reader) for line in told]) for title, told in CHAPTERS],
        differences={
            "title": differences.TITLE.say(reader),
            "headings": [heading.say(reader) for heading in differences.HEADINGS],
            "rows": [[cell.text(reader) for cell in row] for row in differences.ROWS],
        },
        labels={name: phrase.say(reader) for name, phrase in LABELS.items()},
        entries=entries(registry, language),
    )


def _entry(command: Command, reader: Reader) -> Entry:
    language = reader.language
    name = f"/{command.names[language]}"
    usages = [_usage(verb, name, reader) for verb in command.verbs]
    usages += [_usage(verb, f"{name} {command.letter}-12", reader) for verb in command.said_of_one]
    return Entry(
        anchor=command.key,
        name=name,
        help=command.help.say(reader),
        examples=tuple(f"{name} {example.say(reader)}" for example in command.examples),
        usages=tuple(usages),
        others=tuple(f"/{other}" for code, other in command.names.items() if code != language),
    )


def _usage(verb: Verb, before: str, reader: Reader) -> Usage:
    words = verb.words[reader.language]
    return Usage(" ".join(part for part in (before, words[0] if words else "") if part), verb.help.say(reader))
