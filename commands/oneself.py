"""Oneself: name, language, organisation, absences."""

from datetime import date, timedelta
from typing import Any

from bot import (
    Ask,
    Context,
    FieldErrors,
    Form,
    Outcome,
    Reply,
    Section,
    _,
    action,
    button,
    changed_since,
    day,
    one_of,
    words,
)
from bot.phrases import LANGUAGES as SPOKEN
from bot.understanding.languages import LANGUAGE_OF
from commands.network_settings import LANGUAGES
from storage import members
from storage.folding import folded
from storage.members import Absence

# An absence that ends later is a slip of the hand.
LONGEST = timedelta(days=731)


class Me(Form):
    title = _("My preferences")
    name: str = words(_("My name"), max_length=200)
    language: str = one_of(_("My language"), lambda _context: LANGUAGES)
    email: str = words(_("My e-mail"), optional=True, max_length=200)
    function: str = words(_("My function"), optional=True, max_length=120)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        del args
        me = context.me
        return {"name": me.name, "language": context.language, "email": me.email, "function": me.function}


@action
def change_me(context: Context, form: Me) -> Reply:
    """What a person says of themselves."""
    me = context.me
    me.name, me.language, me.email, me.function = form.name, form.language, form.email, form.function
    return Reply(_("Noted."))


def speak(context: Context, rest: str) -> Outcome | None:
    """The language that is named, whatever stands before it ("en", "het"); the form where none is."""
    said = folded(rest).strip(" :.!").split()
    if not said:
        return Ask(Me, Me.initial(context), to=change_me.action_name)
    code = LANGUAGE_OF.get(said[-1], "")
    if code not in SPOKEN:
        return None
    context.me.language = code
    return Reply(_("Noted: from now on I speak English to you."))


def oneself(context: Context) -> Reply:
    me = context.me
    away = members.absences(context.session, me.id, since=context.today)
    nothing_yet = _("coordination of the network") if me.coordinator else _("no organisation yet")
    partner = me.partner.name if me.partner else nothing_yet
    return Reply(
        _("You are {name}, {partner}.", name=me.name, partner=partner),
        sections=tuple(
            Section(
                _("Away from {first} to {last}.", first=absence.from_on, last=absence.to_on),
                (button(_("I will be there after all"), be_there, absence=absence.id),),
            )
            for absence in away
        )
        or (Section(_("No absence noted. `/filrouge away from 20 July to 3 August` notes one.")),),
        buttons=(button(_("My preferences"), change_me), button(_("I will be away"), be_away)),
        undo=False,
    )


@action
def be_there(context: Context, absence: int) -> Reply:
    """Take an absence back."""
    row = context.session.get(Absence, absence)
    if row is None or row.member_id != context.me.id:
        raise changed_since()
    context.session.delete(row)
    return Reply(_("Noted: you will be there from {first} to {last}.", first=row.from_on, last=row.to_on), replace=True)


class Away(Form):
    title = _("I will be away")
    first: date = day(_("From"))
    last: date = day(_("Until, included"))


@action
def be_away(context: Context, form: Away) -> Reply:
    """Days on which one is not written to."""
    if form.last < form.first:
        raise FieldErrors(last=_("This is before the first day."))
    if form.last < context.today:
        raise FieldErrors(last=_("These days are over."))
    if form.last > context.today + LONGEST:
        raise FieldErrors(last=_("That is more than two years from now: choose a nearer day."))
    context.session.add(Absence(member_id=context.me.id, from_on=form.first, to_on=form.last))
    return Reply(
        _("Noted: I leave you in peace from {first} to {last}. Your deadlines stay what they are.",
          first=form.first, last=form.last)
    )  # fmt: skip
