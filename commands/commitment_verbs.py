"""What one says after `E-7`: shown, done, postponed, handed over, withdrawn, helped, accepted, refused."""

import re

from bot import Button, Context, Refusal, Reply, _, button
from bot.text import shortened
from commands import commitment_buttons as buttons
from commands import promising
from commands.commitment import commit
from commands.commitment_cards import card, owned_line
from commands.commitment_recording import checked, day_said
from commands.people import Around, found, may_act, need_act
from storage.commitments import Commitment
from storage.members import Member
from storage.visibility import can_see

# "Klaar tegen vrijdag", "sera fait demain": that is still to be done.
_BY = re.compile(r"(?:demain|d['’]ici|pour|avant|morgen|tegen|voor|bis|vor|tomorrow|by|before)\b", re.IGNORECASE)


@commit.about("", help=_("shows it, with its history"), fr="", nl="", de="", en="")
def show(context: Context, row: Commitment) -> Reply:
    around = Around.of(context.session, [row])
    mine = around.owner_row(row, context.me)
    asked = mine is not None and (mine.accepted_at is None or mine.replaces_id is not None)
    keys: tuple[Button, ...] = ()
    if row.alive and may_act(context, row, around):
        keys = buttons.proposal_buttons(row) if asked else buttons.reminder_buttons(row)
    return Reply(card(context, row), buttons=keys, undo=False)


@commit.about(
    "done",
    help=_("it is done"),
    fr=(
        "fait",
        "faite",
        "faits",
        "faites",
        "c'est fait",
        "terminé",
        "terminée",
        "fini",
        "finie",
        "réglé",
        "réglée",
        "ok",
        "clos",
        "clôture",
        "clôturer",
        "clore",
    ),
    nl=("gedaan", "klaar", "af", "afgerond", "is gedaan"),
    de=("erledigt", "fertig", "gemacht", "abgeschlossen"),
    en=("done", "finished", "is done", "completed"),
    takes="words",
    example=_("`E-7 done`"),
)
def done(context: Context, row: Commitment, rest: str) -> Reply:
    by = context.deadline(rest) if _BY.match(rest) else None
    if by is not None and by.due > context.today:
        return show(context, row)
    promising.done(context, row, rest[:500])
    return _shown(context, row, buttons.kept(row))


@commit.about(
    "postpone",
    help=_("gives it another day"),
    fr=(
        "reporte",
        "reporter",
        "reporté",
        "reportée",
        "reportez",
        "repousse",
        "repousser",
        "décale",
        "décaler",
        "pour le",
        "déplace",
        "déplacer",
        "prolonge",
        "prolonger",
    ),
    nl=("uitstellen", "stel uit", "stel", "verzet", "verzetten", "verplaats", "verplaatsen", "uitgesteld"),
    de=("verschiebe", "verschieben", "verschoben", "verlege", "verlegen"),
    en=("postpone", "postponed", "move", "delay", "reschedule"),
    takes="words",
    example=_("`E-7 postpone to 12 June`"),
)
def postpone(context: Context, row: Commitment, rest: str) -> Reply:
    if not rest:
        raise Refusal(
            _("To which day? For example: {example}", example=_("`E-7 postpone to 12 June`")),
            button(_("Another day"), buttons.another_day, commitment=row.id),
        )
    need_act(context, row)
    promising.need_alive(row)
    read = day_said(context, rest, since=row.due_on or context.today)
    return _shown(context, row, buttons.moved(context, row, read.due, at=read.time, words=read.words))


@commit.about(
    "assign",
    help=_("proposes it to somebody else"),
    fr=("à", "confier à", "passer à", "donner à", "attribuer à", "transmet à", "transmettre à", "transférer à", "pour"),
    nl=("aan", "naar", "geef aan", "geven aan", "overdragen aan", "doorgeven aan"),
    de=("an", "übergeben an", "weitergeben an", "gib an", "für"),
    en=("to", "hand over to", "give to", "assign to", "pass to", "for"),
    takes="words",
    example=_("`E-7 to @paul`"),
)
def assign(context: Context, row: Commitment, rest: str) -> Reply:
    need_act(context, row)
    if not rest:
        raise Refusal(_("To whom? For example: {example}", example=_("`E-7 to @paul`")))
    try:
        to = found(context, rest)[0]
    except Refusal:
        # "E-7 to 4 December", "E-7 pour vendredi": a day, not a person.
        if context.deadline(rest) is None:
            raise
        return postpone(context, row, rest)
    if promising.hand_over(context, row, to):
        return Reply(_("{ref} is {who}'s now.", ref=row.ref, who=[to.name]))
    return Reply(
        _("I propose {ref} to {who} in private. Until they accept, it stays where it is.", ref=row.ref, who=to.name)
    )


@commit.about(
    "withdraw",
    help=_("takes it back, perhaps with the reason"),
    fr=(
        "retire",
        "retirer",
        "retiré",
        "annule",
        "annuler",
        "annulé",
        "abandonne",
        "abandonner",
        "abandonné",
        "supprime",
        "supprimer",
    ),
    nl=("intrekken", "trek in", "trek", "ingetrokken", "annuleer", "annuleren", "geschrapt"),
    de=("zurückziehen", "zurückgezogen", "streichen", "absagen", "storniere"),
    en=("withdraw", "withdrawn", "cancel", "drop"),
    takes="words",
)
def withdraw(context: Context, row: Commitment, rest: str) -> Reply:
    promising.withdraw(context, row, rest[:500])
    return _shown(context, row, Reply(_("{ref} is withdrawn: {text}", ref=row.ref, text=shortened(row.text))))


@commit.about(
    "help",
    help=_("asks the coordinator for help"),
    fr=("aide", "à l'aide", "besoin d'aide", "demande de l'aide", "bloqué", "bloquée"),
    nl=("hulp", "hulp nodig", "help", "vast"),
    de=("hilfe", "brauche hilfe", "hilfe gesucht"),
    en=("help", "help wanted", "need help", "stuck"),
    takes="words",
)
def wants_help(context: Context, row: Commitment, rest: str) -> Reply:
    return buttons.helped(context, row, rest.lstrip(" :").strip()[:500])


@commit.about(
    "accept",
    help=_("takes it on"),
    fr=("accepte", "accepter", "accepté", "acceptée", "d'accord", "oui", "je prends"),
    nl=("aanvaard", "aanvaarden", "akkoord", "ja"),
    de=("annehmen", "angenommen", "nehme an", "ja", "einverstanden"),
    en=("accept", "accepted", "yes", "agreed"),
)
def accept(context: Context, row: Commitment) -> Reply:
    promising.accept(context, row)
    return buttons.accepted(row)


@commit.about(
    "refuse",
    help=_("does not take it on, perhaps with the reason"),
    fr=("refuse", "refuser", "refusé", "refusée", "décline", "décliner", "non", "pas pour moi", "pas pour nous"),
    nl=("weiger", "weigeren", "geweigerd", "nee", "niet voor mij", "niet voor ons"),
    de=("ablehnen", "abgelehnt", "lehne ab", "nein", "nicht für mich", "nicht für uns"),
    en=("refuse", "decline", "declined", "no", "not mine", "not for me"),
    takes="words",
)
def refuse(context: Context, row: Commitment, rest: str) -> Reply:
    return buttons.refused(context, row, rest.lstrip(" ,:")[:500])


@commit.about(
    "deputy",
    help=_("names who steps in when its owner is away"),
    fr=("suppléant", "suppléante", "remplaçant", "remplaçante", "remplacé par", "remplacée par"),
    nl=("plaatsvervanger", "vervanger"),
    de=("vertretung", "stellvertretung", "stellvertreter", "stellvertreterin"),
    en="deputy",
    takes="words",
    example=_("`E-7 deputy @paul`"),
)
def deputy(context: Context, row: Commitment, rest: str) -> Reply:
    need_act(context, row)
    member = found(context, rest.lstrip(" :"))[0] if rest else None
    if not isinstance(member, Member):
        raise Refusal(_("A deputy is a person. For example: {example}", example=_("`E-7 deputy @paul`")))
    promising.add_deputy(context, row, member)
    return Reply(_("{who} steps in for {ref} when its owner is away.", who=member.name, ref=row.ref))


@commit.about(
    "amend",
    help=_("says it otherwise"),
    fr=("modifie", "modifier", "corrige", "corriger", "devient"),
    nl=("wijzig", "wijzigen", "verbeter", "wordt"),
    de=("ändere", "ändern", "wird", "lautet"),
    en=("amend", "change", "becomes"),
    takes="words",
)
def amend(context: Context, row: Commitment, rest: str) -> Reply:
    promising.need_act_or_author(context, row)
    promising.need_alive(row)
    row.text = checked(rest.lstrip(" :"))
    return Reply(_("Noted: {what}", what=owned_line(row)))


@commit.about(
    "reopen",
    help=_("takes it up again"),
    fr=(
        *("rouvre", "rouvrir", "reprend", "reprendre"),
        *(f"{still}{so}" for still in ("pas ", "pas encore ", "toujours pas ") for so in ("fait", "terminé", "fini")),
    ),
    nl=("heropen", "heropenen", "niet gedaan", "nog niet gedaan", "niet klaar", "nog niet klaar", "toch niet klaar"),
    de=(
        "wieder öffnen",
        "wiederaufnehmen",
        "nicht erledigt",
        "noch nicht erledigt",
        "nicht fertig",
        "noch nicht fertig",
        "doch nicht fertig",
    ),
    en=("reopen", "not done", "not done yet"),
)
def reopen(context: Context, row: Commitment) -> Reply:
    promising.reopen(context, row)
    return Reply(_("{ref} is open again: {what}", ref=row.ref, what=shortened(row.text)))


@commit.about(
    "mute",
    help=_("sends no more reminders for it (coordinators)"),
    coordinators=True,
    fr=("muet", "muette", "silence", "sans rappel", "ne rappelle plus"),
    nl=("stil", "geen herinneringen"),
    de=("stumm", "keine erinnerungen"),
    en=("mute", "no reminders"),
)
def mute(context: Context, row: Commitment) -> Reply:
    return _muted(context, row, muted=True)


@commit.about(
    "unmute",
    help=_("sends its reminders again (coordinators)"),
    coordinators=True,
    fr=("rappelle", "avec rappels", "rappels"),
    nl=("met herinneringen",),
    de=("mit erinnerungen",),
    en=("unmute", "with reminders"),
)
def unmute(context: Context, row: Commitment) -> Reply:
    return _muted(context, row, muted=False)


def _muted(context: Context, row: Commitment, *, muted: bool) -> Reply:
    context.need_coordinator()
    promising.need_alive(row)
    row.muted = muted
    if muted:
        return Reply(_("I send no more reminders for {ref}. It stays open.", ref=row.ref))
    return Reply(_("I send reminders for {ref} again.", ref=row.ref))


def _shown(context: Context, row: Commitment, reply: Reply) -> Reply:
    """In the channel where it is said, when everyone there may read about it."""
    public = context.channel is not None and can_see(context.audience, row) and row.accepted_at is not None
    return Reply(reply.text, reply.sections, reply.buttons, public=public)
