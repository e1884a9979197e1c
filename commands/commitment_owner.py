"""Whom a commitment was said of, when that name is not known here: somebody near it, oneself, or somebody new."""

import re
from typing import Any

from bot import Button, Context, FieldErrors, Form, Phrase, Refusal, Reply, _, action, button, one_of, verbatim, words
from bot.understanding.privacy_text import is_first_name
from bot.understanding.promises import Names, Promise
from commands.commitment_recording import due_said, owners_said, record
from commands.people import by_key, not_known, organisation_named, typed
from storage import members
from storage.members import Member, Role
from storage.partners import Partner

BUTTON_TEXT = 1500
PERSON, ORGANISATION = "person", "organisation"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def ask_who(context: Context, promise: Promise, text: str, known: Names) -> Refusal:
    """One button for each near name, one for whoever writes, and one to add whom it names."""
    nearest = known.nearest(promise.unknown)
    rest = re.sub(r"^\s*\([^()]*\)", "", promise.text.partition(promise.unknown)[2]).lstrip(" :,")
    due = due_said(context, promise.deadline)
    others = owners_said(context, promise.owners)
    buttons: list[Button] = []
    if len(text) <= BUTTON_TEXT:
        for one in nearest:
            owner = ", ".join(filter(None, [others, typed(by_key(context.session, one.key))]))
            buttons.append(button(verbatim(one.name), meant, owner=owner, text=_without_and(rest), due=due))
        if not promise.unknown.startswith("@") and context.me.role is not Role.GUEST:
            buttons.append(
                button(
                    _("Add {name}", name=promise.unknown[:40]), add,
                    name=promise.unknown, of=promise.of, others=others, text=_without_and(rest), due=due,
                )
            )  # fmt: skip
        if not promise.owners:
            buttons.append(
                button(_("For myself"), meant, owner="", text=text if not nearest else promise.text, due=due)
            )
    return Refusal(not_known(promise.unknown, [one.name for one in nearest]), *buttons)


def _without_and(text: str) -> str:
    return re.sub(r"^(?:et|en|und|and)\s+(?=[A-ZÀ-Ý@])\S+\s*", "", text)


@action
def meant(context: Context, owner: str, text: str, due: str) -> Reply:
    """The name that was meant."""
    return record(context, text, owner=owner, due=due)


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
        name, of = str(args["name"]), str(args["of"])
        person = bool(of) or is_first_name(name.split(maxsplit=1)[0])
        return {"kind": PERSON if person else ORGANISATION, "name": name, "partner": of}


@action
def add(context: Context, form: Newcomer, name: str, of: str, others: str, text: str, due: str) -> Reply:
    """Somebody the register did not know, and what they take on."""
    del name, of
    if form.email and not _ADDRESS.fullmatch(form.email):
        raise FieldErrors(email=_("This does not look like an e-mail address."))
    new = _person(context, form) if form.kind == PERSON else _organisation(context, form)
    return record(context, text, owner=", ".join(filter(None, [others, typed(new)])), due=due)


def _person(context: Context, form: Newcomer) -> Member:
    """Whoever has this address or this very name already is not doubled."""
    known = members.by_email(context.session, form.email) if form.email else None
    known = known or next((one for one in members.active(context.session) if one.name == form.name), None)
    if known is not None:
        return known
    partner = organisation_named(context.session, form.partner) if form.partner else None
    return members.record(context.session, name=form.name, email=form.email, partner_id=partner.id if partner else None)


def _organisation(context: Context, form: Newcomer) -> Partner:
    partner = organisation_named(context.session, form.name)
    partner.email = partner.email or form.email
    return partner
