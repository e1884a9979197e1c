"""Help in words, from what the commands say of themselves; the guide is made of the same."""

from collections.abc import Iterable

from bot.context import Context
from bot.messages import Reply, Section
from bot.phrases import Phrase, _, lines, verbatim
from bot.registry import Command, Registry
from bot.verbs import Verb


def overview(context: Context, registry: Registry) -> Reply:
    """Every command with one line; the coordinator of a network that has not started is shown where to begin."""
    every = Section(lines(*(summary(command, context.language) for command in registry.commands.values())))
    begin = Section(_("Your network has not started yet: `/filrouge` shows the way."))
    waiting = context.me.coordinator and context.network.started_at is None
    return Reply(
        _("Here is what I can do for you. Write `help` after a command to see more."),
        sections=(begin, every) if waiting else (every,),
        undo=False,
    )


def summary(command: Command, language: str) -> Phrase:
    return _("`/{name}` – {help}", name=command.names[language], help=command.help)


def command_help(context: Context, command: Command) -> Reply:
    """One command: what it does, its verbs and its examples."""
    language = context.language
    name = command.names[language]
    verbs = verb_lines(context, command.verbs, f"/{name}")
    verbs += verb_lines(context, command.said_of_one, f"{command.letter}-12")
    sections = []
    if command.examples:
        examples = [_("`/{name} {example}`", name=name, example=example) for example in command.examples]
        sections.append(Section(lines(_("For example:"), *examples)))
    if verbs:
        sections.append(Section(lines(*verbs)))
    return Reply(summary(command, language), sections=tuple(sections), undo=False)


def verb_lines(context: Context, verbs: Iterable[Verb], before: str) -> list[Phrase]:
    """Those that the acting member may use."""
    coordinator = context.me.coordinator
    return [verb_line(verb, before, context.language) for verb in verbs if coordinator or not verb.coordinators]


def verb_line(verb: Verb, before: str, language: str) -> Phrase:
    words = " ".join(part for part in (before, verb.words[language][0]) if part)
    return _("`{words}` – {help}", words=verbatim(words), help=verb.help)
