"""/commit: keep who will do what by when, and hear what becomes of it."""

from typing import Any

from bot import Context, Form, Refusal, Reply, _, action, button, command, lines, one_of, words
from bot.understanding import promises
from bot.understanding.promises import Promise
from commands import which_body
from commands.commitment_owner import ask_everyone, ask_who
from commands.commitment_recording import EXAMPLE, checked, due_said, owners_said, record
from commands.days import to_come
from commands.people import Around, names_of
from storage import commitments
from storage.commitments import Commitment, Status
from storage.visibility import can_see

# A day that a preposition makes a deadline, as `bot.understanding.deadlines` rates it.
NAMED_AS_DEADLINE = 3


class Commit(Form):
    title = _("Record a commitment")
    text: str = words(_("What will be done?"), lines=3)
    owner: str = words(
        _("By whom?"), optional=True, hint=_("@marie, Marie Dupont, CPAS d'Arlon; several with a comma; you, if empty")
    )
    due: str = words(_("By when?"), optional=True, hint=_("12 June, end of May, Friday week, in two weeks"))
    deputy: str = words(_("Deputy, when they are away"), optional=True)
    body: str = one_of(_("In which body?"), which_body.choices, optional=True)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        return {"body": which_body.here(context), "text": str(args.get("text", ""))}

    @classmethod
    def read(cls, context: Context, line: str) -> dict[str, Any]:
        """Who, what, by when: "@marie envoie la cartographie d'ici fin mai"."""
        text = checked(line)
        names = names_of(context.session)
        promise = promises.read(text, names, me=f"member:{context.me.id}", **context.reading(text))
        if _says_too_little(context, promise):
            raise Refusal(
                lines(
                    _("“{word}” alone does not say what will be done: nothing is recorded.", word=promise.text),
                    _("For example: {example}", example=EXAMPLE),
                ),
                button(_("Complete it"), complete, text=promise.text, style="primary"),
            )
        if promise.unknown:
            raise ask_who(context, promise, text, names)
        if promise.everyone:
            raise ask_everyone(context, promise)
        if promise.deadline is None:
            _not_past(context, promise.text)
        return {
            **cls.initial(context),
            "text": promise.text,
            "owner": owners_said(context, promise.owners),
            "deputy": owners_said(context, promise.deputies),
            "due": due_said(context, promise.deadline),
        }


def _not_past(context: Context, text: str) -> None:
    """Raises a Refusal for a day that is over, when the words make it the deadline and not a mere date."""
    read = context.deadline(text, any_tense=True)
    if read is not None and read.strength >= NAMED_AS_DEADLINE:
        to_come(context, read.due)


def _says_too_little(context: Context, promise: Promise) -> bool:
    """Whether somebody typed one word; a message that is pointed at, or labelled in a meeting, is meant as it is."""
    return not (context.permalink or context.quote or promise.owners or " " in promise.text) and bool(promise.text)


def find(context: Context, number: int) -> Commitment | None:
    """None also for a proposal that is not this person's to know of."""
    row = commitments.by_number(context.session, number)
    if row is None or not can_see(context.viewer, row):
        return None
    hidden = row.status is Status.PROPOSED and not context.me.coordinator and row.author_id != context.me.id
    if hidden and context.me.id not in row.concerned:
        around = Around.of(context.session, [row])
        return row if around.colleague(row, context.me) else None
    return row


@command(
    "commit",
    fr="engagement",
    nl="toezegging",
    de="zusage",
    help=_("Keeps who will do what by when, and reminds them in time."),
    examples=(
        _("@marie sends the map of services by the end of May"),
        _("CPAS d'Arlon and Matilda: prepare the leaflet by 12 June (deputy: @paul)"),
        _("I book the room for Friday"),
    ),
    letter="E",
    asked=(
        (
            (
                r"\b(?:que dois-je|que devons-nous|qu['’]est-ce que (?:je dois|j['’]ai a)|"
                r"que me reste-t-il a|wat moet ik|"
                r"was muss ich|what (?:do i have to|should i|must i|am i to))\b(?:.*\b(?:faire|doen|tun|do)\b|$)"
            ),
            "liste",
        ),
        (
            (
                r"^(?:mes|nos|les|mijn|onze|de|meine|unsere|die|my|our|the) "
                r"(?:engagements?|taches|rappels|toezeggingen|taken|zusagen|aufgaben|commitments|tasks|reminders)$"
            ),
            "liste",
        ),
        (
            (
                r"^(?:(?:c['’]est |tout est |j['’]ai )?(?:fait|fini|termine)|(?:het is |is )?(?:gedaan|klaar)|"
                r"(?:es ist |ist )?(?:erledigt|fertig)|(?:it['’]s |it is |all )?done)$"
            ),
            "liste",
        ),
    ),
    find=find,
)
def commit(context: Context, form: Commit) -> Reply:
    return record(context, form.text, owner=form.owner, due=form.due, deputy=form.deputy, body=form.body)


@action
def complete(context: Context, form: Commit, text: str) -> Reply:  # noqa: ARG001 - what the form opened with
    """The form for what was too short to be recorded as it was typed."""
    return commit.function(context, form)  # type: ignore[return-value]  # a record
