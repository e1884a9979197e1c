"""What changes most about an offer, in a few words after its reference: places, closure, warning, access, languages."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot import (
    Context,
    FieldErrors,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    day,
    lines,
    number,
    one_of,
    words,
)
from bot.phrases import LANGUAGES
from bot.registry import Words
from commands.days import to_come
from commands.offer import offer
from commands.offer_cards import ACCESS, close, correct, existing, facts, languages_of, need_keeper
from storage.offers import Offer

CAPACITIES = (
    ("open", _("Places free")),
    ("waiting", _("There is a waiting list")),
    ("full", _("Full for now")),
)
MOST_WEEKS = 260
_TRANSLATED = re.compile(rf"^\s*({'|'.join(LANGUAGES)})\s*[:=]\s*(.*)$", re.IGNORECASE | re.DOTALL)
# The columns that each field of a file stands for.
COLUMNS_OF = {
    "zone": ("zone", "zone_codes"),
    "languages": ("languages", "language_note"),
    "fee": ("fee", "free"),
    "hours": ("hours", "hours_text", "evening", "weekend"),
    "phone": ("phone",),
}
ACCESS_WORDS = {
    "direct": r"^(?:accès )?(?:direct\w*|libre|rechtstreeks|frei)$|^(?:sans|zonder|ohne|without) .*"
    r"(?:prescription|ordonnance|envoi|voorschrift|verwijzing|überweisung|referral)$",
    "prescription": r"^(?:sur |op |auf |on )?(?:prescription|ordonnance|voorschrift|überweisung|rezept)$",
    "referral": r"^(?:sur |via |par |über )?(?:un |een )?"
    r"(?:professionnel|envoyeur|orientation|doorverwijzing|verwijzing|fachleute|referral)$",
}

Columns = Mapping[str, Any]
Change = Callable[[Context, Offer, str], Columns]


def _as_in_files(field: str, text: str) -> dict[str, Any]:
    """The columns that a text stands for, read as a file's is."""
    from bot.imports import offer_fields  # noqa: PLC0415 - heavy, and of no use before it is asked for

    made = offer_fields.draft({"name": "x", field: text})
    return {name: getattr(made, name) for name in COLUMNS_OF[field]}


def _field(field: str) -> Change:
    return lambda _context, _row, rest: _as_in_files(field, rest)


def _zone(_context: Context, row: Offer, rest: str) -> Columns:
    from bot.imports import offer_fields  # noqa: PLC0415 - heavy, and of no use before it is asked for

    named = [part.strip() for part in re.split(r"[,;\n]|\s(?:et|en|und|and)\s", rest) if part.strip()]
    unknown = [name for name in named if not offer_fields.zone_codes((name,), row.commune)]
    if unknown:
        raise Refusal(_("I know no commune of that name: {words}.", words=unknown))
    return {"zone": named, "zone_codes": list(offer_fields.zone_codes(tuple(named), row.commune))}


def _access(context: Context, _row: Offer, rest: str) -> Columns:
    """One of the three usual ways where the words are those, else the words themselves."""
    said = rest.strip().casefold()
    for code, phrase in ACCESS.items():
        if said in {code, phrase.say(context.reader).casefold()} or re.search(ACCESS_WORDS[code], said):
            return {"access": code}
    return {"access": rest.strip()[:300]}


def _texts(column: str) -> Change:
    """`nl: …` for one language; without one, in the language of who writes."""

    def change(context: Context, row: Offer, rest: str) -> Columns:
        match = _TRANSLATED.match(rest)
        if match is None and column == "names":
            if not rest:
                raise Refusal(_("Please give it a name."))
            return {"name": rest[:300]}
        language, text = (match[1].lower(), match[2].strip()) if match else (context.language, rest)
        kept = {key: value for key, value in getattr(row, column).items() if key != language}
        return {column: {**kept, language: text} if text else kept}

    return change


def _full(context: Context, _row: Offer, _rest: str) -> Columns:
    return {"capacity": "full", "places": None, "capacity_on": context.today}


def _places(context: Context, _row: Offer, rest: str) -> Columns:
    count = re.search(r"\d{1,4}", rest)
    if count and int(count[0]) == 0:
        return _full(context, _row, rest)
    free = int(count[0]) if count else None
    return {"capacity": "open", "places": free, "waiting_weeks": None, "capacity_on": context.today}


def _waiting(context: Context, _row: Offer, rest: str) -> Columns:
    weeks = weeks_of(rest)
    if weeks is None:
        raise Refusal(_("How long? For example: `O-41 waiting 6 weeks`."))
    state = "waiting" if weeks else "open"
    return {"capacity": state, "waiting_weeks": weeks or None, "places": None, "capacity_on": context.today}


def weeks_of(text: str) -> int | None:
    """Whole weeks, from a number of days, weeks or months."""
    match = re.search(r"(\d{1,3})\s*(j|d|t|m)?", text.casefold())
    if not match:
        return None
    factor = {"j": 1 / 7, "d": 1 / 7, "t": 1 / 7, "m": 30 / 7}.get(match[2] or "", 1)
    return min(round(int(match[1]) * factor), MOST_WEEKS)


def _unknown(_context: Context, _row: Offer, _rest: str) -> Columns:
    return {"capacity": "", "places": None, "waiting_weeks": None, "capacity_on": None}


def _alert(_context: Context, _row: Offer, rest: str) -> Columns:
    return {"alert": rest[:500]}


def written(context: Context, row: Offer, columns: Columns) -> Reply:
    """What the offer says from now on."""
    correct(context, row, columns)
    told = lines(*facts(context, row))
    return Reply(_("{ref} is up to date: **{name}**", ref=row.ref, name=row.name), sections=(Section(told),))


def _sayable(
    key: str, change: Change, *, help: Phrase, fr: Words, nl: Words, de: Words, en: Words, example: Phrase | None = None
) -> None:
    """A verb after the reference that writes some columns, for whoever answers for the offer."""

    @offer.about(key, help=help, fr=fr, nl=nl, de=de, en=en, takes="words", example=example)
    def verb(context: Context, row: Offer, rest: str) -> Reply:
        need_keeper(context, row)
        return written(context, row, change(context, row, rest))


_sayable(
    "unknown", _unknown, help=_("Places and waiting are not known any more."),
    fr=("places inconnues", "attente inconnue"), nl="plaatsen onbekend", de="plätze unbekannt", en="places unknown",
)  # fmt: skip
_sayable(
    "full", _full, help=_("No place for now."), fr=("complet", "complète"), nl="volzet", de="ausgebucht", en="full"
)
_sayable(
    "places", _places, help=_("How many places are free, if you know."),
    fr=("places", "disponible"), nl=("plaatsen", "vrij"), de=("plätze", "frei"), en=("places", "free"),
    example=_("O-41 places 5"),
)  # fmt: skip
_sayable(
    "waiting", _waiting, help=_("How long one waits."),
    fr=("attente", "délai"), nl="wachttijd", de="wartezeit", en=("waiting", "wait"),
    example=_("O-41 waiting 6 weeks"),
)  # fmt: skip
_sayable(
    "alert", _alert, help=_("A warning shown with it; alone, takes it away."),
    fr=("alerte", "attention"), nl=("opgelet", "waarschuwing"), de=("achtung", "hinweis"), en=("alert", "attention"),
    example=_("O-41 alert the lift is out of order"),
)  # fmt: skip
_sayable(
    "zone", _zone, help=_("The communes that it covers."),
    fr=("zone", "couvre"), nl=("zone", "werkgebied"), de=("gebiet", "einzugsgebiet"), en=("zone", "covers"),
    example=_("O-41 covers Arlon, Virton"),
)  # fmt: skip
_sayable(
    "access", _access, help=_("How one gets in: direct, prescription, referral, or your words."),
    fr="accès", nl="toegang", de="zugang", en="access",
)  # fmt: skip
_sayable(
    "languages", _field("languages"), help=_("Its languages, with a note in brackets."),
    fr=("langues", "langue"), nl=("talen", "taal"), de=("sprachen", "sprache"), en=("languages", "language"),
    example=_("O-41 languages fr, nl (on Tuesdays)"),
)  # fmt: skip
_sayable(
    "price", _field("fee"), help=_("Its price."), fr=("tarif", "prix"), nl="prijs", de="preis", en=("price", "fee")
)
_sayable("phone", _field("phone"), help=_("Its telephone."), fr="téléphone", nl="telefoon", de="telefon", en="phone")
_sayable(
    "hours", _field("hours"), help=_("Its hours."),
    fr=("horaires", "horaire"), nl="uren", de="öffnungszeiten", en="hours",
)  # fmt: skip
_sayable(
    "name", _texts("names"), help=_("Its name; with `nl:` before it, its name in Dutch."),
    fr="nom", nl="naam", de="name", en="name",
    example=_("O-41 name nl: Rouwgroep"),
)  # fmt: skip
_sayable(
    "description", _texts("descriptions"), help=_("What it offers; with `nl:` before it, in Dutch."),
    fr="description", nl=("beschrijving", "omschrijving"), de="beschreibung", en="description",
)  # fmt: skip


@offer.about(
    "pause",
    fr=("ferme", "fermer", "fermé jusqu", "fermée jusqu", "fermé du", "fermée du", "suspend"),
    nl=("sluit", "gesloten tot", "gesloten van"),
    de=("schließt", "geschlossen bis", "geschlossen vom"),
    en=("closes", "closed until", "closed from", "pause"),
    takes="words",
    help=_("Closed for a time; it comes back by itself."),
    example=_("O-41 closes until 3 August"),
)
def pause(context: Context, row: Offer, rest: str) -> Reply:
    need_keeper(context, row)
    found = context.deadlines(rest)
    if not found:
        if rest:
            raise Refusal(context.undated(rest) or _("Until when? For example: `O-41 ferme jusqu'au 3 août`."))
        return close(context, row, context.today, None)
    if len(found) > 1:
        first, last = found[0].due, found[-1].due
    else:
        meant = found[0]
        whole = (meant.to - meant.from_).days > 1
        first, last = (meant.from_ if whole and meant.from_ > context.today else context.today), meant.to
    if last < first:
        raise Refusal(_("This is before the first day."))
    return close(context, row, first, to_come(context, last))


@offer.about(
    "reopen",
    fr=("rouvre", "rouvrir", "rouverte"),
    nl=("heropent", "heropen"),
    de=("öffnet wieder", "wieder offen"),
    en=("reopens", "reopen"),
    help=_("Open again, or back in the directory."),
)
def reopen(context: Context, row: Offer) -> Reply:
    need_keeper(context, row)
    row.withdrawn_at = None
    return written(context, row, {"closed_from": None, "closed_until": None})


class Situation(Form):
    title = _("Places, closure, access")
    capacity: str = one_of(_("Are there places?"), lambda _context: CAPACITIES, optional=True)
    places: int | None = number(_("How many places are free?"), optional=True)
    waiting_weeks: int | None = number(_("How many weeks does one wait?"), optional=True)
    closed_from: date | None = day(_("Closed from"), optional=True)
    closed_until: date | None = day(_("Closed until, included"), optional=True)
    alert: str = words(_("A warning to show with it"), optional=True, max_length=500)
    zone: str = words(_("Which communes does it cover?"), optional=True, hint=_("With commas between them"))
    access: str = words(_("How does one get in?"), optional=True, max_length=300,
                        hint=_("Without a referral, on prescription, through a professional…"))  # fmt: skip
    languages: str = words(
        _("In which languages?"), optional=True, max_length=300, hint=_("For example fr, nl (on Tuesdays)")
    )
    names: str = words(_("Its name in other languages"), lines=3, optional=True, hint=_("One a line: nl: Rouwgroep"))
    descriptions: str = words(
        _("What it offers, in other languages"), lines=5, optional=True, hint=_("One a line: nl: …")
    )

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        row = context.session.get_one(Offer, int(args["offer"]))
        known = ACCESS.get(row.access)
        numbers = {name: "" if value is None else str(value) for name, value in _numbers(row).items()}
        return {
            **{name: getattr(row, name) for name in ("capacity", "closed_from", "closed_until", "alert")},
            **numbers,
            "zone": ", ".join(row.zone),
            "access": known.say(context.reader) if known else row.access,
            "languages": languages_of(row),
            "names": _one_a_line(row.names),
            "descriptions": _one_a_line({k: v for k, v in row.descriptions.items() if k != context.language}),
        }


def _one_a_line(texts: Mapping[str, str]) -> str:
    return "\n".join(f"{language}: {' '.join(str(text).split())}" for language, text in sorted(texts.items()))


@action
def situate(context: Context, form: Situation, offer: int) -> Reply:
    """Only what was changed in the form is written."""
    row = existing(context, offer)
    need_keeper(context, row)
    before = Situation(**{**Situation.initial(context, offer=offer), **_numbers(row)})
    touched = {one.name for one in Situation.fields() if getattr(form, one.name) != getattr(before, one.name)}
    if form.closed_until and form.closed_from and form.closed_until < form.closed_from:
        raise FieldErrors(closed_until=_("This is before the first day."))
    columns: dict[str, Any] = {
        name: getattr(form, name) for name in touched & {"capacity", "places", "waiting_weeks", "closed_from", "alert"}
    }
    if touched & {"closed_from", "closed_until"}:
        columns |= {"closed_until": form.closed_until}
        columns["closed_from"] = form.closed_from or (context.today if form.closed_until else None)
    if touched & {"capacity", "places", "waiting_weeks"}:
        columns["capacity_on"] = context.today
    for name, change in (("zone", _zone), ("access", _access), ("languages", _field("languages"))):
        if name in touched:
            columns |= _checked(name, change, context, row, getattr(form, name))
    for name in touched & {"names", "descriptions"}:
        columns[name] = _translations(name, getattr(form, name), row, context)
    return written(context, row, columns)


def _numbers(row: Offer) -> dict[str, int | None]:
    return {"places": row.places, "waiting_weeks": row.waiting_weeks}


def _checked(name: str, change: Change, context: Context, row: Offer, text: str) -> Columns:
    try:
        return change(context, row, text)
    except Refusal as wrong:
        raise FieldErrors(**{name: wrong.phrase}) from None


def _translations(name: str, text: str, row: Offer, context: Context) -> dict[str, str]:
    """`nl: …` on each line; the reader's own description has its field elsewhere, and stays."""
    kept = {context.language: row.descriptions[context.language]} if (
        name == "descriptions" and context.language in row.descriptions
    ) else {}  # fmt: skip
    for line in filter(str.strip, text.split("\n")):
        match = _TRANSLATED.match(line)
        if match is None:
            raise FieldErrors(**{name: _("Each line begins with its language: `nl: …`")})
        kept[match[1].lower()] = match[2].strip()
    return kept
