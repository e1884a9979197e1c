"""Somebody the register does not know yet: a person, with or without an account, or an organisation."""

import re
from typing import Any

from bot import Context, FieldErrors, Form, Phrase, _, one_of, words
from bot.understanding.names.matching import TITLES_OF_PEOPLE
from bot.understanding.privacy.words import is_first_name
from bot.understanding.spelling import fold
from commands import promising
from commands.people import Answering, organisation_named
from storage import members
from storage.members import Member, Role
from storage.partners import Partner

PERSON, ORGANISATION = "person", "organisation"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def may_add(context: Context, name: str) -> bool:
    """Whether the acting member may add somebody of this name; a handle is the chat's to give."""
    return any(letter.isupper() for letter in name) and "@" not in name and context.me.role is not Role.GUEST


def _kinds(_context: Context) -> list[tuple[str, Phrase]]:
    return [(PERSON, _("A person")), (ORGANISATION, _("An organisation"))]


class Newcomer(Form):
    title = _("Someone new")
    kind: str = one_of(_("Who is it?"), _kinds)
    name: str = words(_("Name"), max_length=200)
    partner: str = words(_("Organisation, for a person"), optional=True, max_length=200)
    email: str = words(
        _("E-mail"),
        optional=True,
        max_length=200,
        hint=_("To write to them while they are not in the chat; without it, you get a text to send."),
    )

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        del context
        name, of = str(args["name"]), str(args.get("of", ""))
        first = name.split(maxsplit=1)[0]
        person = bool(of or args.get("person")) or fold(first).strip(".") in TITLES_OF_PEOPLE or is_first_name(first)
        return {"kind": PERSON if person else ORGANISATION, "name": name, "partner": of}


def added(context: Context, form: Newcomer) -> Answering:
    """Whom the form describes, who may have been known already; raises FieldErrors."""
    if form.email and not _ADDRESS.fullmatch(form.email):
        raise FieldErrors(email=_("This does not look like an e-mail address."))
    return _person(context, form) if form.kind == PERSON else _organisation(context, form)


def _person(context: Context, form: Newcomer) -> Member:
    """Whoever has this address or this very name already is not doubled."""
    known = members.by_email(context.session, form.email) if form.email else None
    known = known or next((one for one in members.active(context.session) if one.name == form.name), None)
    if known is not None:
        return known
    partner = organisation_named(context.session, form.partner) if form.partner else None
    new = members.record(context.session, name=form.name, email=form.email, partner_id=partner.id if partner else None)
    promising.reach(context)
    return new


def _organisation(context: Context, form: Newcomer) -> Partner:
    partner = organisation_named(context.session, form.name)
    partner.email = partner.email or form.email
    return partner
