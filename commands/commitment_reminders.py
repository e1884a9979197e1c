"""The words of what is owed about commitments: proposals, reminders, answers, and what is late."""

from collections.abc import Iterator, Sequence

from bot import Context, Phrase, Section, _, lines, notice, verbatim
from bot.text import shortened
from commands import commitment_buttons
from commands.commitment_cards import by_when, line, owned_line
from commands.commitment_lists import ASKED, SCREEN, asking, late_section
from commands.commitment_steps import AFTER, BEFORE, LATE
from commands.people import Around
from commands.promising import ANSWER, PROPOSED, UNREACHED
from storage import commitments
from storage.bodies import Body
from storage.commitments import Commitment, Owner, Status
from storage.database import NetworkSession
from storage.members import Member
from storage.notices import Notice


def preload(session: NetworkSession, owed: Sequence[Notice]) -> None:
    commitments.preload(session, {one.subject_id for one in owed})


def _rows(context: Context, owed: Sequence[Notice], *, current: bool = True) -> list[Commitment]:
    """The commitments of notices that still hold, by day; `current`: not those whose day moved since."""
    versions = {one.subject_id: one.version for one in owed}
    rows = commitments.by_ids(context.session, versions)
    return [row for row in rows if row.alive and (not current or row.version == versions[row.id])]


def _mine(context: Context, row: Commitment, around: Around) -> bool:
    return context.member is not None and around.owner_row(row, context.member) is not None


def _wanted(context: Context, rows: list[Commitment], around: Around) -> list[Commitment]:
    """Without their own for somebody who wishes no reminders."""
    if context.member is None or context.member.reminded:
        return rows
    return [row for row in rows if not _mine(context, row, around)]


@notice(PROPOSED, lasting=True, preload=preload)
def proposed(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """To who has not answered yet."""
    rows = _rows(context, owed)
    around = Around.of(context.session, rows)
    for row in rows:
        owner = around.owner_row(row, context.member) if context.member else None
        if owner is None or (owner.accepted_at is not None and owner.replaces_id is None):
            continue
        by = _proposer(context, row, around, owner)
        body = context.session.find(Body, row.body_id)
        organisation = around.partners.get(owner.partner_id or 0)
        yield Section(
            lines(
                _("{author} proposes a commitment to you", author=by) if by else _("A commitment for you"),
                _("in the name of {partner}", partner=organisation.name)
                if organisation and owner.member_id is None
                else None,
                _("({body})", body=body.name) if body else None,
                separator=" ",
            )
        )
        yield Section(
            lines(owned_line(row), _together(row, around, owner), _("Does that suit you?")),
            commitment_buttons.proposal_buttons(row),
        )


def _proposer(context: Context, row: Commitment, around: Around, owner: Owner) -> str:
    """Who hands it over, or who recorded it."""
    if owner.replaces_id is not None:
        return next((around.name(one) for one in around.principals(row) if one.id == owner.replaces_id), "")
    author = context.session.find(Member, row.author_id)
    return author.name if author else ""


@notice(UNREACHED, lasting=True, preload=preload)
def unreached(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """To the coordinator: an organisation of which nobody is here."""
    rows = _rows(context, owed)
    around = Around.of(context.session, rows)
    for row in rows:
        for owner in around.principals(row):
            if owner.accepted_at is None and not around.behind(row, owner):
                partner = around.partners.get(owner.partner_id or 0)
                address = f" ({partner.email})" if partner and partner.email else ""
                yield Section(
                    _("{name} has nobody here. This text is ready to be sent to them:",
                      name=around.name(owner) + address)
                )  # fmt: skip
                yield Section(
                    _(
                        "Hello, it is proposed that {name} take this on: “{text}” – {when}. "
                        "Does that suit you, or is another day better?",
                        name=around.name(owner),
                        text=shortened(row.text),
                        when=by_when(row),
                    )
                )


@notice(BEFORE, preload=preload)
def before(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """Before the day; to somebody who has not accepted yet it is still a question."""
    today = context.today
    rows = [row for row in _rows(context, owed) if row.due_on is not None and row.due_on >= today]
    around = Around.of(context.session, rows)
    rows = _wanted(context, rows, around)
    if context.member is None:
        yield from _in_channel(rows, around)
        return
    mine = [row for row in rows if _mine(context, row, around)]
    if mine:
        hello = _("Hello {name}, a reminder of what is coming up:", name=_first_name(context.member))
        yield Section(_("Coming up:") if context.greeted else hello)
        context.greeted = True
    for row in mine:
        owner = around.owner_row(row, context.member)
        asked = owner is not None and owner.accepted_at is None and not owner.deputy
        yield Section(
            lines(
                owned_line(row),
                _together(row, around, owner),
                _stands_in(row, around, owner),
                _("You have not answered yet: does that suit you?") if asked else None,
            ),
            commitment_buttons.proposal_buttons(row) if asked else commitment_buttons.reminder_buttons(row),
        )
    for row in rows:
        if row not in mine:
            yield _nobody(row, around)
            yield Section(
                _(
                    "Hello, a reminder of what is coming up: “{text}” – {when}.",
                    text=shortened(row.text),
                    when=by_when(row),
                )
            )


def _in_channel(rows: Sequence[Commitment], around: Around) -> Iterator[Section]:
    if rows:
        yield Section(_("Coming up:"))
    for row in rows:
        yield Section(line(row, around), commitment_buttons.reminder_buttons(row))


@notice(AFTER, preload=preload)
def after(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """Where do things stand? Asked once."""
    rows = _rows(context, owed)
    around = Around.of(context.session, rows)
    rows = _wanted(context, rows, around)
    mine = [row for row in rows if _mine(context, row, around)]
    if mine and context.member is not None:
        hello = _("Hello {name}, where do things stand?", name=_first_name(context.member))
        yield Section(_("Where do things stand?") if context.greeted else hello)
        context.greeted = True
    for row in mine:
        owner = around.owner_row(row, context.member) if context.member is not None else None
        yield Section(
            lines(owned_line(row), _together(row, around, owner), _stands_in(row, around, owner)),
            commitment_buttons.reminder_buttons(row),
        )
    if mine:
        yield Section(_("I will not ask again by myself. A word is enough, whatever the answer."))
    for row in rows:
        if row not in mine:
            yield _nobody(row, around)
            yield Section(asking(row), commitment_buttons.reminder_buttons(row))


def _together(row: Commitment, around: Around, owner: Owner | None) -> Phrase | None:
    """With whom else, to one of several."""
    if owner is None or owner.deputy or owner.replaces_id is not None:
        return None
    others = [around.name(one) for one in around.principals(row) if one.id != owner.id]
    return _("With {names}.", names=others) if others else None


def _stands_in(row: Commitment, around: Around, owner: Owner | None) -> Phrase | None:
    """To a deputy, who was asked nothing before."""
    if owner is None or not owner.deputy:
        return None
    return _("In the absence of {names}, you stand in.", names=around.who(row))


def _nobody(row: Commitment, around: Around) -> Section:
    """To the coordinator, for an organisation of which nobody is here."""
    return Section(_("{names} has nobody here. A text to send them:", names=around.who(row)))


@notice(LATE, preload=preload)
def late(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """The coordinator's private list; she decides whom to ask again, and how."""
    today = context.today
    rows = [row for row in _rows(context, owed) if row.due_on is not None and row.due_on < today and not row.muted]
    if not rows:
        return
    around = Around.of(context.session, rows)
    yield Section(_("For you alone: past their day and without news. I ask nobody again unless you say so."))
    for row in rows[:SCREEN]:
        yield late_section(row, around)
    if len(rows) > SCREEN:
        yield Section(_("And {n} more: `/commit late`.", n=len(rows) - SCREEN))


@notice(ASKED, preload=preload)
def asked(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """The coordinator asked for it to be asked again."""
    for row in _rows(context, owed, current=False):
        yield Section(
            lines(asking(row), verbatim(row.note) if row.note else None), commitment_buttons.reminder_buttons(row)
        )


@notice(ANSWER, lasting=True, preload=preload)
def answered(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """What somebody did with it, for those who wait to know."""
    rows = {row.id: row for row in commitments.by_ids(context.session, {one.subject_id for one in owed})}
    around = Around.of(context.session, rows.values())
    for one in owed:
        row = rows.get(one.subject_id)
        phrase = _answer(context, row, around, one.step) if row is not None else None
        if phrase is not None and row is not None:
            buttons = commitment_buttons.reminder_buttons(row) if row.alive and _mine(context, row, around) else ()
            yield Section(phrase, buttons)


def _answer(context: Context, row: Commitment, around: Around, step: str) -> Phrase | None:
    what, _colon, who = step.partition(":")
    member = context.session.get(Member, int(who)) if who else None
    name = member.name if member else ""
    text = owned_line(row)
    match what:
        case "accepted" if row.alive:
            return _("{name} takes it on: {what}", name=name, what=text)
        case "refused":
            head = _("{name} does not take it on: {what}", name=name, what=text)
            return lines(head, _("“{note}”", note=row.note) if row.note else None)
        case "help" if row.alive and row.help_wanted:
            head = _("{names} would like help: {what}", names=around.who(row), what=text)
            return lines(head, _("“{note}”", note=row.help_note) if row.help_note else None)
        case "moved" if row.alive:
            return _("Its day has changed: {what}", what=text)
        case "withdrawn" if row.status is Status.WITHDRAWN:
            return _("It is no longer asked of you: {what}", what=text)
        case "deputy" if row.alive:
            return _("You step in when {names} is away: {what}", names=around.who(row), what=text)
        case _:
            return None


def _first_name(member: Member) -> str:
    return member.name.split()[0] if member.name else ""
