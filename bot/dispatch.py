"""From what a person did to the function that answers it: a command and its verb, an action, or a form sent in."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.context import Context, no_such
from bot.forms import Ask, Form
from bot.helping import command_help, overview
from bot.messages import (
    NOTHING,
    Args,
    Button,
    Incoming,
    Opened,
    Overheard,
    Pointed,
    Pressed,
    Refusal,
    Reply,
    Said,
    Section,
    Submitted,
)
from bot.phrases import Phrase, _, lines, verbatim
from bot.registry import Action, Command, Outcome, Registry
from bot.understanding import hedges, pleasantries
from bot.undoing import undo
from bot.verbs import Verb, asks_help, bare, more_refs, plainly, split_ref, spoken, turned
from storage.visibility import Visible, can_see

# The button of a pointed-at message carries its words: Slack takes 2,000 characters a button.
POINTED_LENGTH = 1500
OPEN = "app.open"


def sentence(incoming: Pointed) -> Phrase:
    """What is asked where a form cannot open by itself."""
    return lines(_("Shall I keep this message?"), verbatim(incoming.text[:POINTED_LENGTH]))


class Dispatch:
    """Calls the right function of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._actions = {**registry.actions, undo.action_name: undo}

    def __call__(self, context: Context, incoming: Incoming) -> Outcome:
        """Raises Refusal or FieldErrors for what cannot be done."""
        match incoming:
            case Said():
                return self._said(context, incoming)
            case Pressed():
                return self._pressed(context, incoming)
            case Submitted():
                return self._submitted(context, incoming)
            case Pointed():
                return self._pointed(context, incoming)
            case Opened():
                return self._opened(context)
            case Overheard():
                return self._overheard(context, incoming)
            case _:
                raise TypeError(type(incoming).__name__)

    def form_named(self, name: str) -> type[Form]:
        """The form that this command or action asks for; raises LookupError for an unknown one."""
        owner: Command | Action | None = self._registry.commands.get(name) or self._actions.get(name)
        if owner is None or owner.form is None:
            raise LookupError(name)
        return owner.form

    def name_of(self, incoming: Incoming, prefix: str) -> str:
        """Under which name the form that this message opened comes back."""
        match incoming:
            case Said():
                found = self.command_of(incoming, prefix)
                return found[0].key if found else ""
            case Pressed():
                return str(incoming.args.get("command", "")) if incoming.action == OPEN else incoming.action
            case Pointed():
                return incoming.command
            case Submitted():
                return incoming.form
            case Opened() | Overheard():
                return ""
            case _:
                raise TypeError(type(incoming).__name__)

    def pointing_button(self, incoming: Pointed) -> Button:
        """Opens the form for a message that was pointed at without a way to open one."""
        args: Args = {
            "command": incoming.command,
            "text": incoming.text[:POINTED_LENGTH],
            "permalink": incoming.permalink,
        }
        return Button(_("Yes, record it"), OPEN, args, "primary")

    def command_of(self, incoming: Said, prefix: str) -> tuple[Command, str] | None:
        """The command that is meant, and the line after its name."""
        if incoming.command:
            found = self._registry.by_name(incoming.command, prefix)
            line = incoming.text.strip()
            # What is said of a record after `/filrouge` is meant for it.
            meant = self._of_record(line) if found and not found.letter and found.form is None else None
            return meant or ((found, line) if found else None)
        text = incoming.text.strip()
        name, *rest = text.split(maxsplit=1) or [""]
        about = spoken(text, self._record_verbs) if text.endswith("?") else None
        if about and (meant := self._of_record(about)):
            # "Qui fait E-1 ?" asks about E-1, not who offers what.
            return meant
        if found := self._registry.by_name(name.rstrip(":"), prefix):
            return found, "".join(rest).removeprefix(":").strip()
        if meant := self._of_record(text) or self._registry.asked(text):
            return meant
        return (self._registry.fallback, text) if self._registry.fallback and text else None

    def _of_record(self, text: str) -> tuple[Command, str] | None:
        """The command of the record that is spoken of, and the line that begins with its reference."""
        verbs = self._record_verbs
        for said in (spoken(text, verbs), text, turned(text, verbs, dashed=False)):
            if said and (ref := split_ref(said)) and (found := self._registry.by_letter(ref[0])):
                return found, said
        return None

    def _said(self, context: Context, incoming: Said) -> Outcome:
        pleasantry = None if incoming.command else pleasantries.read(incoming.text)
        if pleasantry == "thanks":
            return Reply(_("With pleasure."), undo=False)
        found = self.command_of(incoming, context.network.rules.prefix)
        if found is None or (not incoming.command and asks_help(incoming.text)):
            if incoming.command:
                raise Refusal(_("I do not know `/{name}`. Try `/filrouge help`.", name=incoming.command))
            return overview(context, self._registry)
        if pleasantry == "greeting":
            shown = overview(context, self._registry)
            return replace(shown, text=lines(_("Hello {name}.", name=context.me.name), shown.text, separator=" "))
        command, line = found
        named = command.language_of(incoming.command or incoming.text.split(maxsplit=1)[0])
        # The app registers its commands in the network's language: those say nothing of whoever types them.
        context.spoken = "" if named == context.network.language else named
        return self.line(context, command, line)

    def line(self, context: Context, command: Command, line: str) -> Outcome:
        """What a command answers to a line."""
        if asks_help(line):
            own: Outcome | None = next((verb.said("", context) for verb in command.verbs if verb.key == "help"), None)
            return own or command_help(context, command)
        if command.letter and (ref := split_ref(bare(line), command.letter)):
            return self._about(context, command, ref)
        if lost := next((file for file in context.files if file.lost), None):
            raise Refusal(_("I could not get {name} from the chat. Please send it again in a moment.", name=lost.name))
        if context.prepared is not None:
            return command.function(context, command.form() if command.form else line)
        line = bare(line)
        if (outcome := self._by_verb(context, command, line)) is not None:
            return outcome
        if command.letter and (said := turned(line, self._record_verbs)) and (ref := split_ref(said)):
            return self._about(context, command, ref)
        form = command.form
        if form is None:
            return command.function(context, line)
        if not line:
            return Ask(form, form.initial(context))
        values = form.read(context, line)
        if form.missing(values):
            return Ask(form, {**form.initial(context), **values})
        return command.function(context, form(**values))

    def _by_verb(self, context: Context, command: Command, line: str) -> Outcome | None:
        """What the verb at the beginning answers; "la liste" is one too, where no sentence can be meant."""
        plain = plainly(line)
        tries = [(line, verb) for verb in command.verbs]
        if plain != line:
            tries += [(plain, verb) for verb in command.verbs]
        for said, verb in tries:
            rest = verb.matches(said)
            if said is not line and rest and command.form is not None:
                continue
            outcome: Outcome | None = verb.said(rest, context) if rest is not None else None
            if outcome is not None:
                return outcome
        return None

    def _record_verbs(self, letter: str) -> list[Verb]:
        found = self._registry.by_letter(letter)
        return found.record_verbs if found else []

    def _about(self, context: Context, command: Command, ref: tuple[str, int, str]) -> Outcome:
        """What is said of a record, or of several alike: "E-1 et E-2 sont faits"."""
        letter, number, rest = ref
        others, after = more_refs(letter, rest)
        if not others or not after:
            return self._about_one(context, command, ref)
        told = [self._about_one(context, command, (letter, one, after)) for one in dict.fromkeys((number, *others))]
        replies = [one for one in told if isinstance(one, Reply)]
        if len(replies) < len(told):
            raise Refusal(_("One at a time, please: each asks for something of its own."))
        return _together(replies)

    def _about_one(self, context: Context, command: Command, ref: tuple[str, int, str]) -> Outcome:
        letter, number, rest = ref
        if letter != command.letter:
            other = self._registry.by_letter(letter)
            if other is None:
                raise no_such(f"{letter}-{number}")
            command = other
        record = command.find(context, number) if command.find else None
        if record is None or (isinstance(record, Visible) and not can_see(context.viewer, record)):
            raise no_such(f"{letter}-{number}")
        # "Wordt ingetrokken" is withdrawn, not what it becomes: who does it is passed over first.
        for said in dict.fromkeys((plainly(rest) or rest, rest)):
            for verb in command.record_verbs:
                after = verb.matches(said)
                if after is not None and rest and hedges.hedged(rest, after):
                    # It is shown, with its buttons.
                    return self._about_one(context, command, (letter, number, ""))
                outcome: Outcome | None = verb.said(after, context, record) if after is not None else None
                if outcome is not None:
                    return outcome
        example = next((verb.example for verb in command.record_verbs if verb.example), None)
        raise Refusal(
            lines(
                _("I do not understand “{rest}” after {ref}.", rest=rest[:80], ref=f"{letter}-{number}"),
                _("For example: {example}", example=example) if example else None,
            )
        )

    def _pressed(self, context: Context, incoming: Pressed) -> Outcome:
        if incoming.action == OPEN:
            pointed = Pointed(
                event_id=incoming.event_id,
                person=incoming.person,
                place=incoming.place,
                trigger=incoming.trigger,
                command=str(incoming.args["command"]),
                text=str(incoming.args["text"]),
                permalink=str(incoming.args["permalink"]),
            )
            return self._pointed(context, pointed)
        found = self._actions.get(incoming.action)
        if found is None:
            raise Refusal(_("This button is from an older version of me. Please ask again."))
        if found.form is not None:
            return Ask(found.form, found.form.initial(context, **incoming.args), incoming.args)
        return self._called(found, context, incoming.args)

    def _submitted(self, context: Context, incoming: Submitted) -> Outcome:
        form = self.form_named(incoming.form).filled(incoming.values, context)
        args = dict(incoming.args)
        if command := self._registry.commands.get(incoming.form):
            context.permalink = str(args.pop("permalink", ""))
            context.quote = str(args.pop("quote", ""))
            return command.function(context, form)
        return self._called(self._actions[incoming.form], context, {**args}, form=form)

    def _pointed(self, context: Context, incoming: Pointed) -> Outcome:
        command = self._registry.commands.get(incoming.command)
        if command is None or command.form is None:
            raise Refusal(_("I cannot keep a message as that."))
        if context.prepared is not None:
            return command.function(context, command.form())
        if not incoming.trigger:
            outcomes = (found.function(context, incoming.command, incoming.text) for found in self._registry.markings)
            kept = next((outcome for outcome in outcomes if outcome is not None), None)
            if kept is not None:
                return kept
        values = command.form.read(context, incoming.text)
        args = {"permalink": incoming.permalink, "quote": incoming.text[:POINTED_LENGTH]}
        return Ask(command.form, {**command.form.initial(context), **values}, args)

    def _overheard(self, context: Context, incoming: Overheard) -> Outcome:
        """Nothing is said when the meeting was closed meanwhile."""
        outcomes = (found.function(context, incoming.text) for found in self._registry.hearings)
        heard = next((outcome for outcome in outcomes if outcome is not None), None)
        return heard or NOTHING

    def _opened(self, context: Context) -> Reply:
        sections = tuple(section for part in self._registry.homes for section in part.function(context))
        return Reply(_("Hello {name}.", name=context.me.name), sections=sections, undo=False)

    @staticmethod
    def _called(found: Action, context: Context, args: Mapping[str, Any], **more: Any) -> Outcome:
        try:
            inspect.signature(found.function).bind(context, **args, **more)
        except TypeError as wrong:
            raise Refusal(_("This button is from an older version of me. Please ask again.")) from wrong
        return found.function(context, **args, **more)


def _together(replies: Sequence[Reply]) -> Reply:
    """What was answered of several records as one: a line of each, or a part of each where one has buttons or files."""
    first, *more = replies
    parted = any(one.buttons or one.attachments for one in replies)
    parts = [(Section(one.text, one.buttons, one.attachments), *one.sections) for one in more]
    sections = (*first.sections, *(section for part in parts for section in (part if parted else part[1:])))
    return replace(
        first,
        text=first.text if parted else lines(*(one.text for one in replies)),
        sections=sections,
        public=all(one.public for one in replies),
        undo=any(one.undo for one in replies),
        also=tuple(said for one in replies for said in one.also),
    )
