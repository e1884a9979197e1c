"""/accord: what named partners arranged between them, recalled when it is due and when it ends."""

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
    _,
    action,
    button,
    changed_since,
    command,
    day,
    lines,
    one_of,
    words,
)
from bot.text import parted
from bot.understanding import clauses, parties
from bot.understanding.clauses import Clause
from bot.understanding.names import Candidate
from bot.understanding.parties import Parties, Unknown
from commands import about, consenting, recall, reviewing, settling, which_body
from commands.days import past
from commands.people import candidate
from commands.records import bare, checked, named, partner_names, public
from storage import agreements, partners, settled
from storage.agreements import Agreement
from storage.partners import Partner

EXAMPLE = _("`/agreement CPAS of Arlon and Matilda: referral within 5 working days, until 31/12`")
# A head longer than this before a colon is a sentence, not a list of names.
HEAD = 200
# What a button may carry: Slack takes 2,000 characters.
CARRIED = 1500
DAYS = ("until_on", "from_on", "review_on")


class Agree(Form):
    title = _("Record an agreement")
    partners: str = words(_("Between whom?"), hint=_("The names of the partners, with commas between them"))
    text: str = words(_("What was agreed?"), lines=3)
    from_on: date | None = day(_("It holds from"), optional=True)
    until_on: date | None = day(_("It holds until"), optional=True)
    review_on: date | None = day(_("Look at it again on"), optional=True, hint=_("For example: in six months"))
    body: str = one_of(_("By which body?"), which_body.choices, optional=True)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:  # noqa: ARG003 - a form's signature
        return {"body": which_body.here(context)}

    @classmethod
    def read(cls, context: Context, line: str) -> dict[str, Any]:
        """The partners before the colon, or those that the sentence names; the days; the terms."""
        if line.rstrip().endswith("?"):
            return {"partners": "?", "text": line}
        line = checked(line, EXAMPLE)
        head, colon, rest = parted(line)
        values = cls.initial(context)
        if colon and rest.strip() and len(head) <= HEAD:
            found = parties.read(head, known(context))
            # A message that was pointed at opens the form: its author did not write it as a command.
            if not context.permalink:
                found = _settled(context, found, line)
            values |= {"partners": ", ".join(_names(context, found)), "text": rest.strip()}
        else:
            ids = parties.mentioned(line, known(context))
            values |= {"partners": ", ".join(_names(context, Parties(ids, ()))), "text": line.strip()}
        text, days, _doubts = _days(context, str(values["text"]))
        return values | {"text": text} | days


def known(context: Context) -> list[Candidate]:
    return [candidate(partner) for partner in partners.active(context.session)]


def _names(context: Context, found: Parties) -> list[str]:
    known = partners.by_ids(context.session, found.ids)
    return [known[id_].name for id_ in found.ids if id_ in known] + [each.words for each in found.unknown]


def _days(context: Context, text: str) -> tuple[str, dict[str, Any], list[Clause]]:
    """The terms without their days, the days, and the clauses whose day is in doubt."""
    days: dict[str, Any] = {}
    doubts: list[Clause] = []
    for name, read in zip(DAYS, (clauses.until, clauses.start, clauses.review), strict=True):
        told = read(text, **context.reading(text))
        if told is None:
            continue
        if told.day is None:
            doubts.append(told)
        else:
            text, days[name] = told.rest, told.day
    return text, days, doubts


def _settled(context: Context, found: Parties, line: str) -> Parties:
    """Raises a Refusal with the nearest names for a name that is not known; the first names of all are new partners."""
    if not found.unknown:
        return found
    if context.me.coordinator and not partners.active(context.session):
        new = [partners.record(context.session, name=each.words) for each in found.unknown]
        return Parties(tuple(row.id for row in new), ())
    raise _who_is(context, found.unknown[0], line)


def _who_is(context: Context, unknown: Unknown, line: str) -> Refusal:
    near = [row for id_ in unknown.nearest if (row := context.session.get(Partner, id_)) is not None]
    said = unknown.words[:100]
    buttons: list[Button] = []
    if len(line) <= CARRIED:
        buttons = [button(bare(row.name), meant, line=line, words=unknown.words, partner=row.id) for row in near]
        if context.me.coordinator:
            buttons.append(button(_("A new partner: {name}", name=said), new_partner, line=line, words=unknown.words))
    return Refusal(_unknown(said, near), *buttons)


def _unknown(said: str, near: list[Partner]) -> Phrase:
    if not near:
        return _("I know no partner called “{name}”, nor one whose name is near. A coordinator can add it.", name=said)
    return _(
        "I know no partner called “{name}”. The nearest names: {near}.", name=said, near=[row.name for row in near]
    )


@action
def meant(context: Context, line: str, words: str, partner: int) -> Reply:
    """One of the nearest names was the right one."""
    row = context.session.get(Partner, partner)
    if row is None:
        raise changed_since()
    return _again(context, line.replace(words, row.name, 1))


@action
def new_partner(context: Context, line: str, words: str) -> Reply:
    context.need_coordinator()
    if partners.by_name(context.session, words) is None:
        partners.record(context.session, name=words)
    return _again(context, line)


def _again(context: Context, line: str) -> Reply:
    return record(context, Agree(**Agree.read(context, line)))


@command(
    "agree",
    fr="accord",
    nl="afspraak",
    de="vereinbarung",
    en="agreement",
    help=_("Keep what partners agreed on, and be reminded before it ends."),
    examples=(
        _("CPAS of Arlon and Matilda: referral within 5 working days, until 31/12"),
        _("list"),
        _("search referral"),
        _("A-3 until the end of June"),
    ),
    letter="A",
    find=lambda context, number: settled.by_number(context.session, Agreement, number),
)
def agree(context: Context, form: Agree) -> Reply:
    """Record it, or propose it; a question is answered."""
    return record(context, form)


def record(context: Context, form: Agree) -> Reply:
    if form.text.rstrip().endswith("?"):
        return recall.found(context, Agreement, form.text)
    text, read, doubts = _days(context, checked(form.text, EXAMPLE))
    days: dict[str, date | None] = {name: getattr(form, name) or read.get(name) for name in DAYS}
    _check(context, days)
    found = _parties(context, form.partners)
    body = which_body.chosen(context, form.body)
    agreement = agreements.record(
        context.session,
        text=text,
        agreed_on=context.today,
        partner_ids=found.ids,
        **days,
        **settling.columns(context, body),
    )
    waiting = settling.enter(context, agreement)
    between = partner_names(context, agreement)
    said = _("{ref} recorded between {partners}: {text}", ref=named(agreement), partners=between, text=text)
    if waiting is not None:
        said = _("{ref} proposed between {partners}: {text}", ref=named(agreement), partners=between, text=text)
    return Reply(
        lines(
            said,
            _("From {day}.", day=days["from_on"]) if days["from_on"] else None,
            _("Until {day}.", day=days["until_on"]) if days["until_on"] else None,
            _("To look at again on {day}.", day=days["review_on"]) if days["review_on"] else None,
            waiting,
        ),
        sections=tuple(reviewing.in_doubt(agreement, doubt) for doubt in doubts),
        public=public(context, agreement),
    )


def _parties(context: Context, said: str) -> Parties:
    """Raises FieldErrors for names that are not known; with the first of all, new partners are made."""
    found = parties.read(said, known(context))
    if found.unknown and context.me.coordinator and not partners.active(context.session):
        return _settled(context, found, said)
    if found.unknown:
        near = [row for id_ in found.unknown[0].nearest if (row := context.session.get(Partner, id_)) is not None]
        raise FieldErrors(partners=_unknown(found.unknown[0].words[:100], near))
    if not found.ids:
        raise FieldErrors(partners=_("Name at least one partner."))
    return found


def _check(context: Context, days: dict[str, date | None]) -> None:
    errors: dict[str, Phrase] = {}
    for name in ("until_on", "review_on"):
        on = days[name]
        if on is not None and on < context.today:
            errors[name] = past(on)
    first, last = days["from_on"], days["until_on"]
    if first is not None and last is not None and last < first:
        errors["until_on"] = _("It would end before it begins.")
    if errors:
        raise FieldErrors(**errors)


about.lists(agree, Agreement, example=_("confirm A-3 A-4"))
about.succession(agree)
about.one(agree)
consenting.one(agree, example=_("A-3 consent by 10 December"))


@agree.about(
    "prolong",
    help=_("a new last day"),
    fr=("jusqu'au", "jusqu'à", "jusqu'en", "jusque", "prolonge", "prolonger", "prolongé jusqu'au"),
    nl=("tot", "tot en met", "verleng", "verlengen"),
    de=("bis", "verlängern", "verlängere"),
    en=("until", "prolong", "extend"),
    takes="words",
    example=_("A-3 until the end of June"),
)
def prolong(context: Context, row: Agreement, rest: str) -> Reply:
    meant = reviewing.read_day(
        context, rest, _("I see no day to come there. For example: `{ref} until the end of June`", ref=row.ref)
    )
    if isinstance(meant, tuple):
        raise Refusal(_("Which day do you mean?"), *reviewing.last_days(row, meant))
    return reviewing.hold_until(context, row, meant)
