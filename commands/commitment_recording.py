"""A commitment as it was said or filled in -> a record, and what is answered."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from bot import Button, Context, FieldErrors, Phrase, Refusal, Reply, Section, _, button, lines
from bot.understanding import deadlines, first_person
from bot.understanding.deadlines import Deadline
from commands import commitment_buttons, promising
from commands.commitment_cards import line
from commands.days import to_come
from commands.people import Answering, Around, by_key, found, typed
from commands.records import MAX_TEXT, fitting
from storage.bodies import Body
from storage.commitments import Commitment, Status
from storage.visibility import can_see

EXAMPLE = _("`/commit @marie sends the map of services by the end of May`")


def checked(text: str) -> str:
    """The words of a commitment, stripped; raises a Refusal for none, for emoji alone and for a whole document."""
    return fitting(
        text,
        none=_("Nothing is recorded yet: tell me who will do what, by when. For example: {example}", example=EXAMPLE),
        long=_(
            "That is {n} characters, and a commitment holds {most} at most: sum it up in a sentence or two. "
            "For minutes, `/meeting` reads the whole text.",
            n=len(text.strip()),
            most=MAX_TEXT,
        ),
    )


def due_said(context: Context, read: Deadline | None) -> str:
    """As it was said, when that says the same by itself; else the day in digits."""
    if read is None:
        return ""
    alone = context.deadline(read.words)
    return read.words if alone is not None and alone.due == read.due else read.due.isoformat()


def owners_said(context: Context, keys: Sequence[str]) -> str:
    """As one would type them."""
    return ", ".join(typed(by_key(context.session, key)) for key in keys)


def record(context: Context, text: str, *, owner: str = "", due: str = "", deputy: str = "", body: str = "") -> Reply:
    """Record it as it was filled in, and say back who, what and by which day, with its weekday.

    `body` is an id; without one it is the channel's. Raises FieldErrors.
    """
    text = checked(text)
    read = day_said(context, due) if due else None
    owners = _named(context, owner, "owner")
    deputies = _named(context, deputy, "deputy")
    if owners in ([], [context.author or context.me]):
        text = _of_oneself(context, text)
    row = promising.record(
        context,
        text=text,
        owners=owners,
        deputies=deputies,
        due_on=read.due if read else None,
        due_at=read.time if read else None,
        due_words=read.words if read else "",
        body_id=int(body) if body else None,
        certain=read is None or read.certain,
    )
    return recorded(context, row, read)


def _of_oneself(context: Context, text: str) -> str:
    """As it stands beside the name of whoever said "je relance Vivalia"; what they wrote remains its source."""
    said = first_person.impersonal(text)
    if said != text and not context.quote:
        context.quote = text
    return said


def _named(context: Context, text: str, field: str) -> list[Answering]:
    if not text.strip():
        return []
    try:
        return found(context, text)
    except Refusal as refusal:
        raise FieldErrors(**{field: refusal.phrase}) from None


# "D'une semaine", "met een week", "um zwei Wochen", "by three days": a lapse, counted from the day it has.
_LAPSE = re.compile(
    r"(?:d['’]|de |met |um |by |of )?((?:\w+|\d+) (?:jours?|semaines?|mois|dag(?:en)?|we(?:e?k|ken)|maand(?:en)?|"
    r"tage?|wochen?|monate?|days?|weeks?|months?))",
    re.IGNORECASE,
)
_IN = {"fr": "dans", "nl": "over", "de": "in", "en": "in"}


def _lapse(context: Context, text: str, since: date) -> Deadline | None:
    said = _LAPSE.fullmatch(text.strip(" .!"))
    if said is None:
        return None
    noon = datetime.combine(max(since, context.today), time(12), context.local_now.tzinfo)
    # German counts "um eine Woche" and "in einer Woche".
    words = re.sub(r"^(ein)(e|en)\b", lambda one: "einer" if one[2] == "e" else "einem", said[1].lower())
    for lang, into in _IN.items():
        read = deadlines.read(f"{into} {words}", lang=lang, now=noon, country=context.country)
        if read is not None:
            return read
    return None


def day_said(context: Context, text: str, *, since: date | None = None) -> Deadline:
    """The deadline in words or in digits, a lapse counted from `since`; raises FieldErrors for a day over or none."""
    later = _lapse(context, text, since) if since is not None else None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        read = later or context.deadline(text) or context.deadline(text, any_tense=True)
    else:
        read = Deadline((0, len(text)), text, day, day, day, None, None, True, ())
    if read is None:
        raise FieldErrors(
            due=context.undated(text)
            or _(
                "I do not recognise a day in “{words}”. Try “12 June”, “end of May” or “in two weeks”.", words=text[:60]
            )
        )
    to_come(context, read.due, "due")
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
    body = context.session.find(Body, row.body_id)
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
    if read is not None and read.reason == "just_passed":
        sections.append(
            Section(_("That day has just passed: I took the one of next year. Correct it if you mean another."))
        )
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
