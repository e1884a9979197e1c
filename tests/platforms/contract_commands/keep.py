"""/garde: keeps a word, with every kind of answer, button and field."""

import threading
from datetime import date

from bot import (
    Attachment,
    Context,
    FieldErrors,
    Form,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    command,
    day,
    lines,
    number,
    one_of,
    some_of,
    verbatim,
    words,
    yes,
)
from storage import partners

# Set by a test that wants an answer to come late; opened, it lets the slow verb go on.
GATE = threading.Event()


class Keep(Form):
    title = _("Keep a word that is rather long to say")
    text: str = words(_("Which word would you like to keep?"), lines=3)
    on: date | None = day(_("Until"), optional=True, hint=_("A day"))
    size: str = one_of(_("Size"), lambda _context: (("s", _("Small")), ("l", _("Large"))), optional=True)
    tags: tuple[str, ...] = some_of(_("Tags"), lambda _context: (("a", _("First")), ("b", _("Second"))), optional=True)
    count: int | None = number(_("How many"), optional=True)
    loud: bool = yes(_("Out loud"))


class Why(Form):
    title = _("Why")
    reason: str = words(_("Reason"), max_length=100)


@command("keep", fr="garde", nl="houd", de="halte", help=_("Keeps a word."), fallback=True)
def keep(context: Context, form: Keep) -> Reply:
    if form.text == "non":
        raise Refusal(_("Not that one."))
    if form.text == "vide":
        raise FieldErrors(text=_("Please find a better word."))
    kept = partners.record(context.session, name=form.text)
    details = [item for item in (form.size, *form.tags, str(form.count or ""), "fort" if form.loud else "") if item]
    return Reply(
        lines(_("Kept **{name}**.", name=kept.name), _("{details}", details=details) if details else None),
        sections=(Section(verbatim("Ligne de la personne"), (button(_("Tell me more"), more, name=kept.id),)),),
        buttons=(
            button(_("It is done now"), done, style="primary", name=kept.id),
            button(_("Tell why"), why, name=kept.id),
        ),
    )


@keep.verb("all", help=_("Lists for all."), fr="tous", nl="alle", de="alle", en="all")
def everyone(context: Context) -> Reply:
    names = [partner.name for partner in partners.active(context.session)]
    return Reply(_("Words: {names}", names=names), public=True, buttons=(button(_("I take part"), take_part),))


@keep.verb("slow", help=_("Takes its time."), fr="lent", nl="traag", de="langsam", en="slow")
def slow(context: Context) -> Reply:
    del context
    GATE.wait(10)
    return Reply(_("At last."))


@keep.verb("file", help=_("Gives a file."), fr="fichier", nl="bestand", de="datei", en="file")
def file(context: Context) -> Reply:
    if context.files:
        held = context.files[0]
        return Reply(_("You sent {name}.", name=str(getattr(held, "name", ""))))
    return Reply(_("Here it is."), attachments=(Attachment("PV.txt", b"contenu", "text/plain", _("The minutes")),))


@keep.verb("who", help=_("Says who asks."), fr="qui", nl="wie", de="wer", en="who")
def who(context: Context) -> Reply:
    me = context.me
    place = context.channel.name if context.channel else "direct"
    return Reply(_("{name} {zone} {place}", name=me.name, zone=context.timezone, place=place))


@action
def done(context: Context, name: int) -> Reply:
    del context
    return Reply(_("Word {n} is done.", n=name), replace=True)


@action
def more(context: Context, name: int) -> Reply:
    del context
    return Reply(_("More of {n}.", n=name))


@action
def take_part(context: Context) -> Reply:
    return Reply(_("{name} takes part.", name=context.me.name), public=True)


@action
def why(context: Context, name: int, form: Why) -> Reply:
    del context
    return Reply(_("Because of {reason} ({n}).", reason=form.reason, n=name))
