"""Lists of commitments by person, partner, body and week; what is late, for its owner and the coordinator alone."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot import (
    Button,
    Context,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    home,
    lines,
    one_of,
    some_of,
    verbatim,
    words,
)
from bot.text import shortened
from commands import commitment_buttons, promising, which_body
from commands.commitment import commit
from commands.commitment_cards import as_list, line, owned_line
from commands.people import Around, found, names_of, not_known
from storage import commitments, members
from storage.bodies import Body
from storage.commitments import Commitment
from storage.folding import folded
from storage.members import Member

SCREEN = 12
MINE = {"moi", "mes", "mes engagements", "les miens", "mij", "mijn", "ich", "meine", "me", "mine", "my", "my own"}
ALL = {"tout", "tous", "toutes", "alles", "alle", "all", "le reseau", "reseau", "netwerk", "netzwerk", "network"}
ASKED = "commitment.asked"
# From so many words on, with an article or a day in them, it is a sentence.
SENTENCE = 3
_SAID = re.compile(r"(?:les?|la|l['’]|un|une|des|du|ce|cette|ces|de|het|een|die|der|das|the|an?) ?\b")


@commit.verb(
    "late",
    help=_("what is late: yours; for the coordinator, everything"),
    fr=("en retard", "retards", "retard", "liste en retard", "liste des retards", "engagements en retard"),
    nl=("te laat", "achterstallig", "achterstallige", "lijst te laat"),
    de=("überfällig", "überfällige", "verspätet", "liste überfällig"),
    en=("late", "overdue", "list late", "list overdue"),
)
def late(context: Context) -> Reply:
    me = context.me
    of = None if me.coordinator else commitments.owned_by([me.id], [me.partner_id] if me.partner_id else ())
    rows = commitments.listed(context.session, context.viewer, of=of, due_until=context.today - timedelta(days=1))
    if not rows:
        return Reply(_("Nothing is late."), undo=False)
    head = _("Past their day, by date:")
    if me.coordinator:
        around = Around.of(context.session, rows)
        sections = [late_section(row, around) for row in rows[:SCREEN]]
    else:
        sections = [Section(owned_line(row), commitment_buttons.reminder_buttons(row)) for row in rows[:SCREEN]]
    if len(rows) > SCREEN:
        sections.append(Section(_("And {n} more.", n=len(rows) - SCREEN)))
    return Reply(head, sections=tuple(sections), undo=False)


@commit.verb(
    "week",
    help=_("what is due this week"),
    fr=(
        "cette semaine",
        "semaine",
        "liste cette semaine",
        "liste semaine",
        "liste de la semaine",
        "pour cette semaine",
        "de la semaine",
    ),
    nl=("deze week", "lijst deze week", "lijst week", "lijst van de week"),
    de=("diese woche", "liste diese woche", "liste woche", "liste der woche"),
    en=("this week", "list this week", "list week", "list of the week"),
)
def week(context: Context) -> Reply:
    monday = context.today - timedelta(days=context.today.weekday())
    rows = commitments.listed(
        context.session,
        context.viewer,
        body_id=context.body.id if context.body else None,
        due_from=monday,
        due_until=monday + timedelta(days=6),
    )
    return _listed(context, _("Due this week:"), rows, _("Nothing is due this week."))


@commit.verb(
    "mine",
    help=_("yours"),
    fr=("mes engagements", "engagements", "moi", "les miens", "miens", "liste moi"),
    nl=("mijn toezeggingen", "toezeggingen", "mijn", "mij", "ik"),
    de=("meine zusagen", "zusagen", "meine", "ich"),
    en=("mine", "my commitments", "commitments", "me"),
)
def mine(context: Context) -> Reply:
    rows = commitments.listed(context.session, context.viewer, of=commitments.owned_by([context.me.id]))
    return Reply(
        _("Your commitments, by day:") if rows else _("You have no open commitment."),
        sections=tuple(Section(owned_line(row)) for row in rows),
        undo=False,
    )


@commit.verb(
    "list",
    help=_("those of this channel's body, or yours; of a person, a partner or a body by name"),
    fr=("liste", "lister", "les engagements"),
    nl=("lijst", "toon"),
    de=("liste", "zeige"),
    en=("list", "show"),
    takes="words",
    example=_("`/commit list CPAS d'Arlon`"),
)
def listing(context: Context, rest: str) -> Reply | None:
    said = folded(rest)
    if said in MINE or (not said and context.body is None and context.channel is None):
        return mine(context)
    if not said or said in ALL:
        return _of_body(context, context.body if not said else None)
    exact = which_body.named(context, rest)
    if exact is not None:
        return _of_body(context, exact)
    try:
        one = found(context, rest)[0]
    except Refusal:
        body = which_body.called(context, rest)
        if body is not None:
            return _of_body(context, body)
        if _sentence(context, rest):
            return None
        near = names_of(context.session).nearest(rest)
        raise Refusal(not_known(rest, [known.name for known in near])) from None
    of = commitments.owned_by([one.id]) if isinstance(one, Member) else commitments.owned_by([], [one.id])
    rows = commitments.listed(context.session, context.viewer, of=of)
    return _listed(
        context, _("{name}, by day:", name=one.name), rows, _("{name} has no open commitment.", name=one.name)
    )


def _sentence(context: Context, rest: str) -> bool:
    """Whether « liste » begins a promise ("lister les besoins d'ici mai") rather than names somebody misspelt."""
    return len(rest.split()) >= SENTENCE and (context.deadline(rest) is not None or bool(_SAID.match(rest)))


def _of_body(context: Context, body: Body | None) -> Reply:
    rows = commitments.listed(context.session, context.viewer, body_id=body.id if body else None)
    if body is None:
        return _listed(context, _("The network's commitments, by day:"), rows, _("There is no open commitment."))
    return _listed(
        context, _("{name}, by day:", name=body.name), rows, _("{name} has no open commitment.", name=body.name)
    )


def _listed(context: Context, head: Phrase, rows: Sequence[Commitment], nothing: Phrase) -> Reply:
    if not rows:
        return Reply(nothing, undo=False)
    shown = rows[:SCREEN]
    around = Around.of(context.session, shown)
    more = _("And {n} more: name a person, a partner or a body.", n=len(rows) - SCREEN) if len(rows) > SCREEN else None
    return Reply(lines(head, as_list(shown, around), more), undo=False)


class AskAgain(Form):
    title = _("Ask again")
    submit = _("Send")

    @staticmethod
    def people(context: Context) -> Sequence[tuple[str, Phrase]]:
        return [(str(member.id), verbatim(member.name)) for member in _addressable(context)]

    whom: tuple[str, ...] = some_of(_("Whom?"), people)
    how: str = one_of(
        _("How?"),
        lambda _context: (
            ("private", _("A private message from me")),
            ("text", _("A text for me to send myself")),
        ),
    )
    note: str = words(_("In your words, if you like"), optional=True, lines=2, max_length=500)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, object]:
        row = context.session.get(Commitment, int(args["commitment"]))
        around = Around.of(context.session, [row] if row else [])
        principals = around.principals(row) if row else []
        owners = [str(member.id) for owner in principals if row for member in around.behind(row, owner)]
        return {"whom": tuple(owners), "how": "private"}


def _addressable(context: Context) -> Sequence[Member]:
    return members.active(context.session)


@action
def ask_again(context: Context, form: AskAgain, commitment: int) -> Reply:
    """The coordinator chooses whom to ask, and how."""
    context.need_coordinator()
    row = commitment_buttons.row_of(context, commitment)
    promising.need_alive(row)
    whom = [member for id_ in form.whom if (member := context.session.get(Member, int(id_)))]
    if form.how == "text":
        return Reply(
            _("Ready to be sent to {names}:", names=[member.name for member in whom]),
            sections=(Section(lines(asking(row), verbatim(form.note) if form.note else None)),),
            undo=False,
        )
    row.note = form.note
    for member in whom:
        context.owe(member, ASKED, row.id, step=f"{context.now:%Y%m%dT%H%M}", version=row.version)
    return Reply(_("I ask {names} in private, at a decent hour.", names=[member.name for member in whom]), undo=False)


def asking(row: Commitment) -> Phrase:
    """A question that nobody minds."""
    if row.due_on is None:
        return _("Where do things stand with {ref}, “{text}”?", ref=row.ref, text=shortened(row.text))
    return _(
        "Where do things stand with {ref}, “{text}”, which was due on {day}? A word is enough.",
        ref=row.ref,
        text=shortened(row.text),
        day=row.due_on,
    )


def late_section(row: Commitment, around: Around) -> Section:
    """For the coordinator: what, and what can be done about it."""
    keys: tuple[Button, ...] = (
        button(_("Ask again"), ask_again, commitment=row.id),
        button(_("Done"), commitment_buttons.done, commitment=row.id),
        button(_("Another day"), commitment_buttons.another_day, commitment=row.id),
        button(_("Leave in peace"), leave, commitment=row.id),
    )
    unreminded = around.unreminded(row)
    return Section(
        lines(
            line(row, around),
            _("By their own choice, {names} gets no reminders.", names=unreminded) if unreminded else None,
        ),
        keys,
    )


@action
def leave(context: Context, commitment: int) -> Reply:
    """No more reminders, and out of the coordinator's lists to come."""
    context.need_coordinator()
    row = commitment_buttons.row_of(context, commitment)
    row.muted = True
    return Reply(_("I send no more reminders for {ref}. It stays open.", ref=row.ref))


@home(order=10)
def my_commitments(context: Context) -> list[Section]:
    rows = commitments.listed(context.session, context.viewer, of=commitments.owned_by([context.me.id]))
    if not rows:
        return [Section(_("You have no open commitment."))]
    return [
        Section(_("Your commitments, by day:")),
        *(Section(owned_line(row), commitment_buttons.reminder_buttons(row)) for row in rows[:SCREEN]),
    ]
