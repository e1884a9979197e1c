"""Whom a commitment was said of, when that name is not known here: somebody near it, oneself, or somebody new."""

import re

from bot import Button, Context, Refusal, Reply, _, action, button, verbatim
from bot.understanding.promises import Names, Promise
from commands.commitment_recording import due_said, owners_said, record
from commands.newcomer import Newcomer, added, may_add
from commands.people import by_key, not_known, typed
from storage import bodies, members

BUTTON_TEXT = 1500


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
        if may_add(context, promise.unknown):
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


def ask_everyone(context: Context, promise: Promise) -> Refusal:
    """What everybody promises nobody does: one button for each member of the body, one for whoever writes."""
    buttons: list[Button] = []
    due = due_said(context, promise.deadline)
    body = context.body
    if len(promise.text) <= BUTTON_TEXT:
        if body is not None and bodies.member_ids(context.session, body.id):
            buttons.append(
                button(_("Each member of {body}", body=body.name), each, body=body.id, text=promise.text, due=due)
            )
        buttons.append(button(_("For myself"), meant, owner="", text=promise.text, due=due))
    return Refusal(_("Who takes it on? A commitment needs somebody who can say yes to it."), *buttons)


@action
def each(context: Context, body: int, text: str, due: str) -> Reply:
    """One commitment of all the members of a body; each is asked."""
    sitting = members.by_ids(context.session, bodies.member_ids(context.session, body)).values()
    names = [typed(member) for member in sorted(sitting, key=lambda member: member.name) if member.active]
    return record(context, text, owner=", ".join(names), due=due, body=str(body))


def _without_and(text: str) -> str:
    return re.sub(r"^(?:et|en|und|and)\s+(?=[A-ZÀ-Ý@])\S+\s*", "", text)


@action
def meant(context: Context, owner: str, text: str, due: str) -> Reply:
    """The name that was meant."""
    return record(context, text, owner=owner, due=due)


@action
def add(context: Context, form: Newcomer, name: str, of: str, others: str, text: str, due: str) -> Reply:
    """Somebody the register did not know, and what they take on."""
    del name, of
    new = added(context, form)
    return record(context, text, owner=", ".join(filter(None, [others, typed(new)])), due=due)
