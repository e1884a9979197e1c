"""Consent by silence, where a network switches it on: in force when all were reached and nobody objected by a day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from bot import (
    Button,
    Command,
    Context,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    hourly,
    lines,
    many,
    notice,
    viewer_of,
    words,
)
from bot.manners import Manners
from commands.records import (
    bare,
    body_of,
    find,
    key,
    name_of,
    named,
    need_settler,
    partner_names,
    public,
    subject,
    tell,
    wording,
)
from commands.reviewing import read_day
from commands.settling import confirm_buttons, into_force, standing
from storage import agreements, bodies, consents, members, notices, partners
from storage.agreements import Agreement
from storage.consents import Answer, Stance
from storage.members import Member
from storage.notices import Notice
from storage.settled import Settled, Status
from storage.visibility import can_see

ASKED = "decision.consent"
WORKING_WEEK = 5


def one(command: Command, *, example: Phrase) -> None:
    """The verb after `D-12` or `A-3`."""
    command.about(
        "consent",
        help=_("put a proposal to its body: in force on that day unless somebody objects"),
        fr=("au consentement", "consentement", "sans objection", "soumets", "soumettre"),
        nl=("ter instemming", "instemming", "zonder bezwaar", "voorleggen"),
        de=("zum konsent", "konsent", "ohne einwand", "vorlegen"),
        en=("to consent", "consent", "without objection"),
        takes="words",
        example=example,
    )(put)


def put(context: Context, row: Settled, rest: str | date) -> Reply:
    """Ask every member of the body, until a day that no holiday precedes."""
    need_settler(context, row)
    if not context.network.rules.consent_by_silence:
        raise Refusal(
            _("Your network does not settle by silence. A coordinator can change that with `/filrouge settings`.")
        )
    if row.status is not Status.PROPOSED:
        raise Refusal(standing(context, row))
    # Whoever may not see it is not asked, so that it comes back: silence needs everyone.
    asked = [member for member in voters(context, row) if can_see(viewer_of(context.session, member), row)]
    if not asked:
        raise Refusal(_("{ref} belongs to no body whose members I know, so I cannot ask them.", ref=row.ref))
    until = rest if isinstance(rest, date) else _day(context, row, rest)
    return _put(context, row, until, asked)


def _day(context: Context, row: Settled, text: str) -> date:
    until = read_day(context, text, _("Until which day? For example: `{ref} consent by 10 December`", ref=row.ref))
    if isinstance(until, date):
        return until
    buttons = [key(bare(day), put_until, row, day=day.isoformat()) for day in until]
    raise Refusal(_("Which day do you mean?"), *buttons)


@action
def put_until(context: Context, letter: str, number: int, day: str) -> Reply:
    row = find(context, letter, number)
    return put(context, row, date.fromisoformat(day))


def _put(context: Context, row: Settled, until: date, asked: Sequence[Member]) -> Reply:
    _check_period(context, until)
    for answer in consents.answers(context.session, row):
        context.session.delete(answer)
    row.consent_until, row.facilitator_id = until, context.me.id
    for member in asked:
        context.owe(member, ASKED, row.number, step=row.letter, version=until.toordinal())
    return Reply(
        many(
            "{ref} is put to {n} person: in force after {day} unless somebody objects.",
            "{ref} is put to {n} people: in force after {day} unless somebody objects.",
            n=len(asked),
            ref=named(row),
            day=until,
        ),
        public=public(context, row),
    )


def _check_period(context: Context, until: date) -> None:
    """Silence during a holiday is no consent."""
    if until <= context.today:
        raise Refusal(_("Leave people at least a day: choose a later one."))
    manners = Manners.of(context.network)
    day = context.today
    while day <= until:
        if day.weekday() < WORKING_WEEK and not manners.open_day(day):
            raise Refusal(
                _(
                    "{day} is a holiday or a closing day, and silence then is no consent: end before it, "
                    "or begin after.",
                    day=day,
                )
            )
        day += timedelta(days=1)


def voters(context: Context, row: Settled) -> Sequence[Member]:
    """The members of its body, its officers included, and for an agreement the people of the partners it names."""
    body = body_of(context, row)
    ids = bodies.member_ids(context.session, body.id) | body.officers if body is not None else frozenset()
    bound = _bound(context, row)
    return [member for member in members.active(context.session) if member.id in ids or member.partner_id in bound]


def _bound(context: Context, row: Settled) -> Sequence[int]:
    """The partners that an agreement names."""
    return agreements.partner_ids(context.session, row.id) if isinstance(row, Agreement) else ()


def _missed(context: Context, row: Settled, heard: Collection[int]) -> list[str]:
    """Who was not reached: each member of the body counts, and of each partner one person at least."""
    body = body_of(context, row)
    ids = bodies.member_ids(context.session, body.id) | body.officers if body is not None else frozenset()
    people = voters(context, row)
    reached = {member.partner_id for member in people if member.id in heard}
    bound = [id_ for id_ in _bound(context, row) if id_ not in reached]
    named = partners.by_ids(context.session, bound)
    return [
        *(member.name for member in people if member.id in ids and member.id not in heard),
        *(named[id_].name for id_ in bound if id_ in named),
    ]


def _asked(context: Context, letter: str, number: int, until: str) -> Settled:
    """The proposal a button speaks of, as long as it waits for this answer from this member."""
    row = find(context, letter, number)
    if context.me.id not in {member.id for member in voters(context, row)}:
        body = body_of(context, row)
        raise Refusal(_("Only the members of {body} answer this.", body=body.name if body else row.ref))
    if row.status is not Status.PROPOSED:
        raise Refusal(standing(context, row))
    if row.consent_until is None or row.consent_until.isoformat() != until or row.consent_until < context.today:
        raise Refusal(_("{ref} is no longer put to the body in this form.", ref=row.ref))
    return row


def answer_buttons(row: Settled) -> tuple[Button, ...]:
    until = row.consent_until.isoformat() if row.consent_until else ""
    return (
        key(_("No objection"), no_objection, row, style="primary", until=until),
        key(_("Objection"), objection, row, until=until),
        key(_("To discuss"), to_discuss, row, until=until),
    )


@action
def no_objection(context: Context, letter: str, number: int, until: str) -> Reply:
    row = _asked(context, letter, number, until)
    _answer(context, row, Stance.NO_OBJECTION, "")
    return Reply(
        _(
            "Noted: no objection to {ref}. You can change your mind until {day}.",
            ref=row.ref,
            day=row.consent_until or "",
        )
    )


class Why(Form):
    title = _("Your objection")
    reason: str = words(_("What would harm, and what would make it acceptable?"), lines=3)


@action
def objection(context: Context, form: Why, letter: str, number: int, until: str) -> Reply:
    return _against(context, _asked(context, letter, number, until), Stance.OBJECTION, form.reason)


@action
def to_discuss(context: Context, letter: str, number: int, until: str) -> Reply:
    return _against(context, _asked(context, letter, number, until), Stance.DISCUSS, "")


def _against(context: Context, row: Settled, stance: Stance, reason: str) -> Reply:
    _answer(context, row, stance, reason)
    facilitator = context.session.find(Member, row.facilitator_id)
    if facilitator is not None and facilitator.id != context.me.id:
        version = row.consent_until.toordinal() if row.consent_until else 1
        step = f"{row.letter}:{context.me.id}:{stance.value}"
        context.owe(facilitator, "decision.objection", row.number, step=step, version=version)
    who = name_of(context, row.facilitator_id)
    return Reply(_("Noted, and {name} is told: {ref} will not pass in silence.", name=who, ref=row.ref))


def _answer(context: Context, row: Settled, stance: Stance, reason: str) -> None:
    consents.answer(context.session, row, context.me.id, stance, reason=reason, at=context.now)


@hourly
def closing(context: Context) -> None:
    """Settle what was put to a body until a day that is past, or hand it back."""
    for row in consents.over(context.session, before=context.today):
        until = row.consent_until
        row.consent_until = None
        if until is not None and not _obstacles(context, row, until):
            into_force(context, row)
            tell(context, row)
        elif until is not None:
            for member in _facilitators(context, row):
                context.owe(member, "decision.back", row.number, step=row.letter, version=until.toordinal())


def _facilitators(context: Context, row: Settled) -> Sequence[Member]:
    member = context.session.find(Member, row.facilitator_id)
    return [member] if member is not None and member.active else members.coordinators(context.session)


def _obstacles(context: Context, row: Settled, until: date) -> list[Phrase]:
    """Why silence does not settle it: who objects, who was not reached."""
    answers = {answer.member_id: answer for answer in consents.answers(context.session, row)}
    found = [said for answer in answers.values() if (said := _obstacle(context, answer))]
    reached = notices.reached(context.session, ASKED, row.number, step=row.letter, version=until.toordinal())
    missed = _missed(context, row, reached | answers.keys())
    if missed:
        found.append(_("Not reached: {names}", names=missed))
    return found


def _obstacle(context: Context, answer: Answer) -> Phrase | None:
    name = name_of(context, answer.member_id)
    match answer.stance:
        case Stance.OBJECTION:
            return _("{name} objects: {reason}", name=name, reason=answer.reason)
        case Stance.DISCUSS:
            return _("{name} would like to discuss it", name=name)
        case _:
            return None


@notice(ASKED, lasting=True)
def word_consent(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for each in owed:
        row = subject(context, each)
        if row is None or row.status is not Status.PROPOSED or row.consent_until is None:
            continue
        if row.consent_until.toordinal() != each.version:
            continue
        yield Section(
            lines(
                _put_to(context, row, row.consent_until),
                wording(context, row, length=1000),
            ),
            answer_buttons(row),
        )


def _put_to(context: Context, row: Settled, until: date) -> Phrase:
    body, who = body_of(context, row), name_of(context, row.facilitator_id)
    if isinstance(row, Agreement):
        return _(
            "{name} puts {ref} to the partners it binds ({partners}). Without objection by {day}, it is in force.",
            name=who,
            ref=named(row),
            partners=partner_names(context, row),
            day=until,
        )
    return _(
        "{name} puts {ref} to {body}. Without objection by {day}, it is in force.",
        name=who,
        ref=named(row),
        body=body.name if body else "",
        day=until,
    )


@notice("decision.objection")
def word_objection(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for each in owed:
        row = subject(context, each)
        member_id = int(each.step.split(":")[1])
        answers = {answer.member_id: answer for answer in consents.answers(context.session, row)} if row else {}
        answer = answers.get(member_id)
        obstacle = _obstacle(context, answer) if answer is not None else None
        if row is None or obstacle is None:
            continue
        yield Section(
            lines(
                _("About {ref}: {words}", ref=named(row), words=wording(context, row)),
                obstacle,
            )
        )


@notice("decision.back")
def word_back(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    # Put twice to the body and handed back twice: the last time counts.
    for each in {(each.step, each.subject_id): each for each in sorted(owed, key=lambda each: each.version)}.values():
        row = subject(context, each)
        if row is None or row.status is not Status.PROPOSED or row.consent_until is not None:
            continue
        yield Section(
            lines(
                _(
                    "{ref} did not pass in silence, and comes back to you: {words}",
                    ref=named(row),
                    words=wording(context, row),
                ),
                *_obstacles(context, row, date.fromordinal(each.version)),
            ),
            confirm_buttons(row),
        )
