"""/offre: the directory of services: add, change, verify, take in a file, hand one out."""

import io
from collections.abc import Mapping
from typing import Any

from bot import (
    Ask,
    Attachment,
    Context,
    FieldErrors,
    Form,
    Outcome,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    command,
    lines,
    many,
    one_of,
    verbatim,
    words,
)
from bot.text import parted
from bot.understanding.themes import vocabulary
from commands import offer_cards, offer_import
from storage import offers, partners
from storage.offers import Offer


def kinds(context: Context) -> list[tuple[str, Phrase]]:
    book = vocabulary().kinds
    return [(key, verbatim(kind.names[context.language])) for key, kind in book.items() if key != "outside"]


class Describe(Form):
    title = _("A service")
    name: str = words(_("Its name"), max_length=300)
    partner: str = words(_("Which organisation?"), optional=True, max_length=200)
    description: str = words(_("What it offers"), lines=4)
    kind: str = one_of(_("What kind of service?"), kinds, optional=True)
    commune: str = words(_("In which commune?"), optional=True, max_length=120)
    zone: str = words(_("Which communes does it cover?"), optional=True, hint=_("With commas between them"))
    age: str = words(_("For which ages?"), optional=True, max_length=40, hint=_("For example 12-18"))
    languages: str = words(_("In which languages?"), optional=True, max_length=100, hint=_("For example fr, nl"))
    fee: str = words(_("At what price?"), optional=True, max_length=300)
    hours: str = words(_("When?"), optional=True, max_length=300, hint=_("For example Mo-Fr 9:00-17:00"))
    phone: str = words(_("Telephone"), optional=True, max_length=80)
    email: str = words(_("E-mail"), optional=True, max_length=200)
    how: str = words(_("How to reach it?"), optional=True, max_length=300)

    @classmethod
    def read(cls, context: Context, line: str) -> dict[str, Any]:
        """A line gives the name, or the name and the description after a colon."""
        name, colon, description = parted(line)
        values = {"name": name.strip(), "description": description.strip() if colon else ""}
        if context.me.partner is not None:
            values["partner"] = context.me.partner.name
        return values

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        if "offer" not in args:
            return {"partner": context.me.partner.name if context.me.partner else ""}
        return _as_form(context, context.session.get_one(Offer, int(args["offer"])))


def _as_form(context: Context, row: Offer) -> dict[str, Any]:
    return {
        "name": row.name,
        "partner": row.partner_name,
        "description": offer_cards.described(row, context.language),
        "kind": row.kind,
        "commune": row.commune_name,
        "zone": ", ".join(row.zone),
        "age": f"{max(row.age_min, 0)}-{row.age_max}" if row.age_max >= 0 else "",
        "languages": ", ".join(row.languages),
        "fee": row.fee,
        "hours": row.hours_text or row.hours,
        "phone": row.phone,
        "email": row.email,
        "how": row.how,
    }


# The columns that each field of the form stands for.
STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "partner": ("partner_name", "partner_id"),
    "kind": ("kind",),
    "commune": ("commune", "commune_name"),
    "zone": ("zone", "zone_codes"),
    "age": ("age_min", "age_max"),
    "languages": ("languages", "language_note"),
    "fee": ("fee", "free"),
    "hours": ("hours", "hours_text", "evening", "weekend"),
    "phone": ("phone",),
    "email": ("email",),
    "how": ("how",),
}


@command(
    "offer",
    fr="offre",
    nl="aanbod",
    de="angebot",
    help=_("Keep the directory of services fresh: add, change, verify."),
    examples=(_("Talking group for young carers: every Wednesday in Libramont, free"), _("list"), _("O-41 verified")),
    letter="O",
    find=lambda context, number: offers.by_number(context.session, number),
    prepare=lambda _line, files, reader, _progress: offer_import.prepared(files, reader),
)
def offer(context: Context, form: Describe) -> Outcome:
    """Add a service; an attached file is taken in instead."""
    if context.prepared is not None:
        return offer_import.bring_in(context)
    row = offers.record(context.session, **_columns(context, form))
    row.keeper_id = context.me.id
    row.verify_every = context.me.verify_every or context.network.rules.verify_every
    row.content_hash = _hash_of(row)
    offers.verify(row, at=context.now, by_id=context.me.id, by=context.me.name)
    return Reply(
        _("{ref} is in the directory: **{name}**.", ref=f"O-{row.number}", name=row.name),
        sections=(Section(lines(*offer_cards.facts(context, row))),),
        buttons=(button(_("Change"), change, offer=row.id),),
    )


def _columns(context: Context, form: Describe) -> dict[str, Any]:
    """The columns of a form, read as the columns of a file are."""
    from bot.imports import offer_fields  # noqa: PLC0415 - heavy, and of no use before it is asked for

    try:
        made = offer_fields.draft(
            {
                "name": form.name,
                "partner": form.partner,
                "description": form.description,
                "kind": form.kind,
                "commune_name": form.commune,
                "zone": form.zone,
                "age": form.age,
                "languages": form.languages,
                "fee": form.fee,
                "hours": form.hours,
                "phone": form.phone,
                "email": form.email,
                "how": form.how,
            }
        )
    except offer_fields.RowError:
        raise FieldErrors(name=_("Please give it a name.")) from None
    values: Mapping[str, Any] = made.values()
    columns = {name: value for name, value in values.items() if name not in {"verified_on", "external_id", "source"}}
    partner = partners.by_name(context.session, form.partner) if form.partner else None
    return columns | {"partner_id": partner.id if partner else None}


def _hash_of(row: Offer) -> str:
    from bot.finding.directory import hash_of  # noqa: PLC0415 - heavy, and of no use before it is asked for

    return hash_of(row)


@action
def change(context: Context, form: Describe, offer: int) -> Reply:
    """What is changed in the form, and nothing else; whoever changes it has verified it."""
    row = offer_cards.existing(context, offer)
    offer_cards.need_keeper(context, row)
    before, read = _as_form(context, row), _columns(context, form)
    touched = [name for name, value in before.items() if getattr(form, name) != value]
    columns = {column: read[column] for name in touched for column in STANDS_FOR.get(name, ())}
    if "commune" in touched:
        columns |= {"postal": "", "address": "", "latitude": None, "longitude": None}
    if "fee" in touched:
        columns["fee_checked_on"] = context.today
    if "description" in touched:
        language = (
            context.language if context.language in row.descriptions else next(iter(row.descriptions), context.language)
        )
        columns["descriptions"] = {**row.descriptions, language: form.description}
    offer_cards.correct(context, row, columns)
    return Reply(
        _("{ref} is up to date: **{name}**", ref=row.ref, name=row.name),
        sections=(Section(lines(*offer_cards.facts(context, row))),),
    )


@offer.verb(
    "list",
    fr=("liste", "mes offres"),
    nl=("lijst",),
    de=("liste",),
    en=("list",),
    takes="words",
    help=_("Those you answer for, or those with these words in their name."),
)
def listing(context: Context, rest: str) -> Reply:
    session, me = context.session, context.me
    if rest:
        rows = list(offers.named_like(session, rest, limit=30))
    else:
        rows = list(offers.of_keeper(session, me.id))
        rows += [row for row in (offers.of_partner(session, me.partner_id) if me.partner_id else ()) if row not in rows]
    if not rows:
        return Reply(_("None yet. `/offer` adds one; `/whohas` searches them all."), undo=False)
    return Reply(
        lines(
            *(_("{ref}: **{name}** – {place}", ref=f"O-{r.number}", name=r.name, place=r.commune_name) for r in rows)
        ),
        undo=False,
    )


@offer.about(
    "verify",
    fr=("vérifier", "exacte", "exact", "toujours exacte", "toujours exact", "à jour", "confirmer"),
    nl=("geverifieerd", "klopt"),
    de=("geprüft", "stimmt"),
    en=("verified", "verify"),
    help=_("Says that it is still right."),
    example=_("O-41 verified"),
)
def verify(context: Context, row: Offer) -> Reply:
    return offer_cards.right(context, row)


@offer.about(
    "change",
    fr=("modifie", "modifier", "change", "changer"),
    nl=("wijzig", "wijzigen"),
    de=("ändern", "ändere"),
    en=("change", "edit"),
    help=_("Opens its form."),
)
def change_in_words(context: Context, row: Offer) -> Outcome:
    offer_cards.need_keeper(context, row)
    return Ask(Describe, Describe.initial(context, offer=row.id), {"offer": row.id}, change.action_name)


@offer.about(
    "error",
    fr=("erreur", "signale", "faux"),
    nl=("fout", "meld"),
    de=("fehler", "melde"),
    en=("error", "wrong"),
    takes="words",
    help=_("Tells whoever answers for it what is not right."),
)
def error(context: Context, row: Offer, rest: str) -> Reply:
    if not rest:
        raise Refusal(_("What is not right? For example: `O-41 erreur nouveau numéro`."))
    return offer_cards.signalled(context, row, rest)


@offer.about(
    "close",
    fr=("retire", "retirer", "fermée", "supprime"),
    nl=("verwijder", "gesloten"),
    de=("entfernen", "geschlossen"),
    en=("withdraw", "closed"),
    help=_("Takes it out of the directory."),
)
def close(context: Context, row: Offer) -> Reply:
    offer_cards.need_keeper(context, row)
    return offer_cards.withdraw(context, row)


@offer.verb(
    "export",
    fr=("exporte", "export", "exporter"),
    nl=("exporteer", "export"),
    de=("exportieren", "export"),
    en=("export",),
    help=_("The whole directory, as a spreadsheet."),
)
def export(context: Context) -> Reply:
    content = io.BytesIO()
    from bot.exports import offers as exporting  # noqa: PLC0415 - heavy, and of no use before it is asked for

    exporting.write_csv(offers.all_standing(context.session), content)
    name = f"offres-{context.today.isoformat()}.csv"
    return Reply(
        many("{n} service.", "{n} services.", offers.count(context.session)),
        attachments=(Attachment(name, content.getvalue(), "text/csv"),),
        undo=False,
    )
