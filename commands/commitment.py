"""/commit: keep who will do what by when, and hear what becomes of it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot import (
    Button,
    Context,
    FieldErrors,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    command,
    lines,
    one_of,
    verbatim,
    words,
)
from bot.understanding import promises
from bot.understanding.deadlines import Deadline
from commands import commitment_buttons, promising
from commands.commitment_cards import line
from commands.people import Answering, Around, by_key, found, names_of, not_known, typed
from storage import bodies, commitments
from storage.bodies import Body
from storage.commitments import Commitment, Status
from storage.visibility import can_see

MAX_TEXT = 3000
BUTTON_TEXT = 1500
# A day that a preposition makes a deadline, as `bot.understanding.deadlines` rates it.
NAMED_AS_DEADLINE = 3
EXAMPLE = _("`/commit @marie sends the map of services by the end of May`")
_EMOJI_NAMES = re.compile(r":[\w+-]+:")


def bodies_here(context: Context) -> Sequence[tuple[str, Phrase]]:
    """The bodies one may record for: this channel's, one's own; a coordinator, all of them."""
    mine = context.viewer
    return [
        (str(body.id), verbatim(body.name))
        for body in bodies.active(context.session)
        if mine.coordinator or body.id in mine.body_ids or body.channel_id in mine.channel_ids
    ]


class Commit(Form):
    title = _("Record a commitment")
    text: str = words(_("What will be done?"), lines=3)
    owner: str = words(
        _("By whom?"), optional=True, hint=_("@marie, Marie Dupont, CPAS d'Arlon; several with a comma; you, if empty")
    )
    due: str = words(_("By when?"), optional=True, hint=_("12 June, end of May, Friday week, in two weeks"))
    deputy: str = words(_("Deputy, when they are away"), optional=True)
    body: str = one_of(_("In which body?"), bodies_here, optional=True)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:  # noqa: ARG003 - a form's signature
        return {"body": str(context.body.id) if context.body else ""}

    @classmethod
    def read(cls, context: Context, line: str) -> dict[str, Any]:
        """Who, what, by when: "@marie envoie la cartographie d'ici fin mai"."""
        text = checked(line)
        names = names_of(context.session)
        promise = promises.read(text, names, **context.reading(text))
        if promise.unknown:
            raise _unknown(context, promise, text, names)
        if promise.deadline is None:
            _not_past(context, promise.text)
        return {
            **cls.initial(context),
            "text": promise.text,
            "owner": _typed(context, promise.owners),
            "deputy": _typed(context, promise.deputies),
            "due": _due_words(context, promise.deadline) if promise.deadline else "",
        }


def _due_words(context: Context, read: Deadline) -> str:
    """As it was said, when that says the same by itself; else the day in digits."""
    alone = context.deadline(read.words)
    return read.words if alone is not None and alone.due == read.due else read.due.isoformat()


def _not_past(context: Context, text: str) -> None:
    """Raises a Refusal for a day that is over, when the words make it the deadline and not a mere date."""
    read = context.deadline(text, any_tense=True)
    if read is not None and read.strength >= NAMED_AS_DEADLINE and read.due < context.today:
        raise Refusal(_("{day} is already past. Which day to come do you mean?", day=read.due))


def _typed(context: Context, keys: Sequence[str]) -> str:
    return ", ".join(typed(by_key(context.session, key)) for key in keys)


def checked(text: str) -> str:
    """The words of a record, stripped; raises a Refusal for none, for emoji alone and for a whole document."""
    stripped = text.strip()
    if not any(letter.isalpha() for letter in _EMOJI_NAMES.sub("", stripped)):
        raise Refusal(_("I need a few words: who will do what, by when. For example: {example}", example=EXAMPLE))
    if len(stripped) > MAX_TEXT:
        raise Refusal(
            _(
                "That is {n} characters, and a commitment holds {most} at most: sum it up in a sentence or two. "
                "For minutes, `/meeting` reads the whole text.",
                n=len(stripped),
                most=MAX_TEXT,
            )
        )
    return stripped


def _unknown(context: Context, promise: promises.Promise, text: str, names: promises.Names) -> Refusal:
    """Asks which one was meant: one button for each near name, and one for whoever writes."""
    nearest = names.nearest(promise.unknown)
    rest = promise.text.removeprefix(promise.unknown).lstrip(" :,")
    due = _due_words(context, promise.deadline) if promise.deadline else ""
    others = _typed(context, promise.owners)
    buttons: list[Button] = []
    if len(text) <= BUTTON_TEXT:
        for known in nearest:
            owner = ", ".join(filter(None, [others, typed(by_key(context.session, known.key))]))
            buttons.append(button(verbatim(known.name), meant, owner=owner, text=_without_and(rest), due=due))
        if not promise.owners:
            buttons.append(
                button(_("For myself"), meant, owner="", text=text if not nearest else promise.text, due=due)
            )
    return Refusal(not_known(promise.unknown, [known.name for known in nearest]), *buttons)


def _without_and(text: str) -> str:
    return re.sub(r"^(?:et|en|und|and)\s+(?=[A-ZÀ-Ý@])\S+\s*", "", text)


@action
def meant(context: Context, owner: str, text: str, due: str) -> Reply:
    """The name that was meant."""
    return record(context, Commit(text=text, owner=owner, due=due, body=str(context.body.id) if context.body else ""))


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


def record(context: Context, form: Commit) -> Reply:
    """Record it, and say back who, what and by which day, with its weekday."""
    text = checked(form.text)
    read = day_said(context, form.due) if form.due else None
    owners = _named(context, form.owner, "owner")
    deputies = _named(context, form.deputy, "deputy")
    row = promising.record(
        context,
        text=text,
        owners=owners,
        deputies=deputies,
        due_on=read.due if read else None,
        due_at=read.time if read else None,
        due_words=read.words if read else "",
        body_id=int(form.body) if form.body else None,
        certain=read is None or read.certain,
    )
    return recorded(context, row, read)


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
    find=find,
)
def commit(context: Context, form: Commit) -> Reply:
    return record(context, form)


def _named(context: Context, text: str, field: str) -> list[Answering]:
    if not text.strip():
        return []
    try:
        return found(context, text)
    except Refusal as refusal:
        raise FieldErrors(**{field: refusal.phrase}) from None


def day_said(context: Context, text: str) -> Deadline:
    """The deadline in words or in digits; raises FieldErrors for a day that is over or that is none."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        read = context.deadline(text) or context.deadline(text, any_tense=True)
    else:
        read = Deadline((0, len(text)), text, day, day, day, None, None, True, ())
    if read is None:
        raise FieldErrors(
            due=context.undated(text)
            or _(
                "I do not recognise a day in “{words}”. Try “12 June”, “end of May” or “in two weeks”.", words=text[:60]
            )
        )
    if read.due < context.today:
        raise FieldErrors(due=_("{day} is already past. Which day to come do you mean?", day=read.due))
    return read


def recorded(context: Context, row: Commitment, read: Deadline | None) -> Reply:
    """What was understood, with a button wherever it may have been misunderstood."""
    around = Around.of(context.session, [row])
    asked = [
        member.name
        for owner in around.principals(row)
        if owner.accepted_at is None
        for member in around.behind(row, owner)
    ]
    silent = [
        around.name(owner)
        for owner in around.principals(row)
        if owner.accepted_at is None and not around.behind(row, owner)
    ]
    body = context.session.get(Body, row.body_id) if row.body_id else None
    sections = []
    buttons: tuple[Button, ...] = (commitment_buttons.correction(row),)
    if read is not None and not read.certain and len(read.readings) > 1:
        # Two readings, two buttons; the first one stands until somebody presses.
        sections.append(Section(_("I am not sure of the day: which one do you mean?")))
        buttons = tuple(
            button(Phrase("{day}", {"day": reading}), commitment_buttons.this_day,
                   commitment=row.id, day=reading.isoformat())
            for reading in read.readings[:2]
        )  # fmt: skip
    unknown = context.undated(row.text) if read is None else None
    if unknown is not None:
        sections.append(Section(unknown))
    told = lines(
        _("Recorded: {what}", what=line(row, around)),
        _("I ask {names} in private; until they accept, only they, you and the coordinator see it.", names=asked)
        if asked
        else None,
        _("{names} has nobody here yet: I will give the coordinator a text to send them.", names=silent)
        if silent
        else None,
        _("For {body}.", body=body.name) if body and context.body is None else None,
    )
    public = row.status is Status.OPEN and context.channel is not None and can_see(context.audience, row)
    return Reply(told, sections=tuple(sections), buttons=buttons, public=public)
