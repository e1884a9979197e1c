"""/note: a command with everything a platform has to draw, for the tests of platforms."""

from collections.abc import Sequence
from datetime import date

from bot import (
    Attachment,
    Context,
    FieldErrors,
    Form,
    Phrase,
    Reply,
    Section,
    _,
    action,
    button,
    command,
    day,
    home,
    number,
    one_of,
    some_of,
    verbatim,
    words,
    yes,
)
from storage import partners

WICKED = "<!channel> *bold* <http://evil.example|here> @all & `code` <@U0FILROUGE>"


def colours(_context: Context) -> Sequence[tuple[str, Phrase]]:
    return [("r", _("red")), ("g", _("green"))]


class Keep(Form):
    title = _("Keep a word")
    text: str = words(_("Which word?"), lines=3, hint=_("One is enough."))
    on: date | None = day(_("Until"), optional=True)
    colour: str = one_of(_("Colour"), colours, optional=True)
    others: tuple[str, ...] = some_of(_("Other colours"), colours, optional=True)
    loud: bool = yes(_("Loud"))
    times: int | None = number(_("Times"), optional=True)


@command("decide", fr="note", nl="nota", de="notiz", help=_("Keeps a word."), examples=(_("butter"),))
def note(context: Context, form: Keep) -> Reply:
    if form.text == "wrong":
        raise FieldErrors(text=_("Not that one."), on=_("Nor that day."))
    if form.text == "boom":
        raise RuntimeError("a mistake of ours")
    kept = partners.record(context.session, name=form.text)
    told = [form.text, form.on and form.on.isoformat(), form.colour, *form.others, form.loud and "loud", form.times]
    more = [Section(_("from {link}", link=context.permalink))] if context.permalink else []
    return Reply(
        _("Kept **{told}**.", told=", ".join(str(one) for one in told if one)),
        sections=tuple(more),
        buttons=(button(_("Again"), again, partner=kept.id), button(_("Gone"), gone, partner=kept.id)),
    )


@note.verb("all", fr="tout", nl="alles", de="alles", en="all", help=_("Tells everyone."), takes="words")
def everyone(context: Context, rest: str) -> Reply:
    names = [partner.name for partner in partners.active(context.session)]
    return Reply(_("Words: {names}. {rest}", names=", ".join(names), rest=rest), public=True)


@note.verb("file", fr="fichier", nl="bestand", de="datei", en="file", help=_("Sends a file."))
def sheet(_context: Context) -> Reply:
    return Reply(_("Here."), attachments=(Attachment("words.txt", b"butter", "text/plain", _("Words")),))


@note.verb("long", fr="long", nl="lang", de="lang", en="long", help=_("Says much."))
def much(_context: Context) -> Reply:
    sections = tuple(Section(verbatim(f"{n} " + "word " * 100)) for n in range(120))
    return Reply(_("Much:"), sections=sections, public=True)


@action
def again(context: Context, partner: int) -> Reply:
    partners.record(context.session, name=f"again {partner}")
    return Reply(_("Twice."), sections=(Section(verbatim(WICKED)),))


@action
def gone(context: Context, partner: int) -> Reply:
    del context, partner
    return Reply(_("Gone."), replace=True)


class Why(Form):
    title = _("Why is that so, and since when exactly?")
    reason: str = words(_("Reason"))


@action
def why(context: Context, form: Why, partner: int) -> Reply:
    del context, partner
    return Reply(_("Because {reason}.", reason=form.reason))


@home(order=1)
def mine(context: Context) -> list[Section]:
    return [Section(_("{n} words", n=len(partners.active(context.session))), (button(_("Again"), again, partner=1),))]
