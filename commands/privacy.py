"""/filrouge: what a person may ask for themselves: to be reminded or not, and what is kept about them."""

from bot import Button, Context, Phrase, Reader, Refusal, Reply, Section, _, action, button, changed_since, lines
from commands.filrouge import filrouge
from commands.people import found
from storage import commitments, leaving, members
from storage.members import Member


@filrouge.verb(
    "reminders",
    fr=("rappels", "mes rappels", "reprendre les rappels"),
    nl=("herinneringen", "mijn herinneringen"),
    de=("erinnerungen", "meine erinnerungen"),
    en=("reminders", "my reminders"),
    help=_("Whether I send you reminders."),
)
def reminders(context: Context) -> Reply:
    """As it is now, with the button that changes it."""
    if context.me.reminded:
        return Reply(_("I remind you in private of what you take on."), buttons=(no_more(),), undo=False)
    return Reply(_("I send you no reminders, as you asked."), buttons=(again(),), undo=False)


def no_more() -> Button:
    return button(_("No more reminders"), quiet)


def again() -> Button:
    return button(_("Remind me again"), remind_again)


@action
@filrouge.verb(
    "quiet",
    fr=("plus de rappels", "sans rappels", "stop aux rappels", "arrêter les rappels"),
    nl=("geen herinneringen", "geen herinneringen meer", "stop met herinneringen"),
    de=("keine erinnerungen", "keine erinnerungen mehr"),
    en=("no reminders", "no more reminders", "stop reminders"),
    help=_("I send you no more reminders."),
)
def quiet(context: Context) -> Reply:
    """Said to nobody; the coordinator sees it beside what is late."""
    context.me.reminded = False
    return Reply(
        _("Noted: I send you no more reminders."),
        sections=(
            Section(
                lines(
                    _("Your commitments and their days stay as they are: `/commit mine` shows them at any time."),
                    _("What somebody asks of you, and the answers to your own questions, still reach you."),
                    _("I tell nobody; beside something late, the coordinator sees that you get no reminders."),
                )
            ),
        ),
        buttons=(again(),),
        undo=False,
    )


@action
def remind_again(context: Context) -> Reply:
    context.me.reminded = True
    return Reply(_("Noted: I remind you again of what you take on."), undo=False)


@filrouge.verb(
    "data",
    fr=("mes données", "données", "oubliez-moi"),
    nl=("mijn gegevens", "gegevens", "vergeet mij"),
    de=("meine daten", "daten", "vergiss mich"),
    en=("my data", "data", "forget me"),
    help=_("What I keep about you, and how to have it removed."),
)
def data(context: Context) -> Reply:
    me = context.me
    kept = [me.name, *filter(None, (me.handle and f"@{me.handle}", me.email, me.function))]
    away = members.absences(context.session, me.id, since=context.today)
    return Reply(
        lines(
            _("What I keep about you: {facts}.", facts=kept),
            _("Your organisation: {name}.", name=me.partner.name) if me.partner else None,
            _("Also your language and the days on which you said you are away.")
            if away
            else _("Also your language."),
            _("Your private messages to me are erased once they are answered; what you asked to keep is kept."),
        ),
        sections=(
            Section(
                lines(
                    _("You correct these yourself: “My preferences”."),
                    _who_removes(context),
                    _(
                        "What the network decided, agreed and promised stays: it is the memory that its members share. "
                        "Your name then no longer stands there as author or owner."
                    ),
                )
            ),
        ),
        buttons=(no_more() if me.reminded else again(),),
        undo=False,
    )  # fmt: skip


def _who_removes(context: Context) -> Phrase:
    others = [one.name for one in members.coordinators(context.session) if one.id != context.me.id]
    if not others:
        return _("To have them removed, name another coordinator first: `/filrouge coordination @name`.")
    return _("To have them removed, ask {names}: `/filrouge forget` and your name does it, for good.", names=others)


@filrouge.verb(
    "forget",
    fr=("oublier", "oublie", "anonymiser"),
    nl=("vergeet", "vergeten", "anonimiseren"),
    de=("vergessen", "vergiss", "anonymisieren"),
    en=("forget", "anonymise"),
    takes="words",
    help=_("Takes the name of somebody who left out of the register (coordinators)."),
    coordinators=True,
    example=_("forget @marie"),
)
def forget(context: Context, rest: str) -> Reply:
    """Says what goes and what stays, and asks."""
    context.need_coordinator()
    if not rest:
        raise Refusal(_("Whom? For example: `/filrouge forget @marie`."))
    one = _leaver(next(iter(found(context, rest))))
    kept = commitments.listed(context.session, context.viewer, of=commitments.owned_by([one.id]))
    return Reply(
        _("Take {name} out of the register, for good?", name=one.name),
        sections=(
            Section(
                lines(
                    _("Erased: name, account, e-mail, function, organisation, absences, calendar, seats in bodies."),
                    _("What was decided and promised stays, by “{name}”.", name=_nameless(context)),
                    _("A name written in the words of a decision or of minutes stays there."),
                    _("Still open, and to be given to somebody else: {refs}.", refs=[row.ref for row in kept])
                    if kept
                    else None,
                )
            ),
        ),
        buttons=(button(_("Erase for good"), forget_for_good, style="danger", member=one.id),),
        undo=False,
    )


@action
def forget_for_good(context: Context, member: int) -> Reply:
    context.need_coordinator()
    row = context.session.get(Member, member)
    if row is None or not row.active:
        raise changed_since()
    leaving.anonymise(context.session, _leaver(row), _nameless(context))
    return Reply(_("Done: that person is no longer named in the register."), undo=False, replace=True)


def _leaver(one: object) -> Member:
    """Raises a Refusal for an organisation and for whoever coordinates."""
    if not isinstance(one, Member):
        raise Refusal(_("Only a person can be forgotten; an organisation stays in the register."))
    if one.coordinator:
        raise Refusal(_("{name} coordinates this network: `/filrouge coordination` ends that first.", name=one.name))
    return one


def _nameless(context: Context) -> str:
    """In the language of the network, since it is kept as a name."""
    network = context.network
    return _("a person who left").say(Reader(network.language, network.timezone, network.country, context.today))
