"""`/offre O-41 historique`: who changed which field, when and from where; each change can be put back."""

from collections.abc import Mapping
from typing import Any

from bot import Context, Phrase, Refusal, Reply, Section, _, action, button, changed_since, lines, verbatim
from commands.offer import offer
from commands.offer_cards import correct, need_keeper
from storage import journal, members
from storage.journal import JournalLine
from storage.offers import Offer

MOST_SHOWN = 8
LONGEST = 120
FIELDS: Mapping[str, Phrase] = {
    "name": _("name"),
    "names": _("names in other languages"),
    "partner_name": _("organisation"),
    "descriptions": _("description"),
    "kind": _("kind"),
    "formats": _("form"),
    "audience": _("audience"),
    "audience_note": _("audience"),
    "age_min": _("age from"),
    "age_max": _("age to"),
    "languages": _("languages"),
    "language_note": _("note on the languages"),
    "fee": _("price"),
    "free": _("free of charge"),
    "fee_checked_on": _("price checked on"),
    "access": _("access"),
    "how": _("how to reach it"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "website": _("site"),
    "hours_text": _("hours"),
    "address": _("address"),
    "postal": _("postal code"),
    "commune_name": _("commune"),
    "zone": _("communes covered"),
    "remote": _("at a distance"),
    "capacity": _("places"),
    "places": _("free places"),
    "waiting_weeks": _("weeks of waiting"),
    "closed_from": _("closed from"),
    "closed_until": _("closed until"),
    "alert": _("warning"),
    "verify_every": _("days between two looks"),
    "withdrawn_at": _("withdrawn"),
}
# Written together with another field that says it all.
SILENT = frozenset(
    ("by_hand", "hours", "evening", "weekend", "commune", "zone_codes", "latitude", "longitude", "capacity_on",
     "verified_at", "verified_by_id", "verified_by", "partner_id", "content_hash", "thematiques", "keeper_id")
)  # fmt: skip


@offer.about(
    "history",
    fr=("historique", "histoire"),
    nl=("geschiedenis", "historiek"),
    de=("verlauf", "geschichte"),
    en=("history",),
    help=_("Who changed what, when and from where."),
    example=_("O-41 history"),
)
def history(context: Context, row: Offer) -> Reply:
    return told(context, row)


@action
def tell(context: Context, offer: int) -> Reply:
    row = context.session.get(Offer, offer)
    if row is None:
        raise Refusal(_("This offer is no longer in the directory."))
    return told(context, row)


def told(context: Context, row: Offer) -> Reply:
    """The last changes, the newest first."""
    changes = list(journal.history(context.session, row))
    people = members.by_ids(context.session, {one.member_id for one in changes if one.member_id is not None})
    sections = []
    for change in reversed(changes):
        what = _what(change)
        if what is None:
            continue
        who = people.get(change.member_id or 0)
        by = verbatim(who.name) if who else _("by itself")
        fields = _shown(change)
        sections.append(
            Section(
                lines(_("{when} – {name} ({source})", when=change.at, name=by, source=change.source), what),
                (button(_("Put back"), put_back, line=change.id),) if fields else (),
            )
        )
        if len(sections) == MOST_SHOWN:
            break
    if not any(change.kind == "insert" for change in changes):
        source = row.source or _("a file")
        sections.append(Section(_("{when} – came from {source}", when=row.created_at, source=source)))
    return Reply(_("**{name}**: what changed", name=row.name), sections=tuple(sections), undo=False)


def _shown(change: JournalLine) -> list[str]:
    return [name for name in change.after if name in FIELDS] if change.kind == "update" else []


def _what(change: JournalLine) -> Phrase | None:
    if change.kind == "insert":
        return _("added")
    fields = _shown(change)
    said = [
        _("{field}: {before} → {after}", field=FIELDS[name], before=_value(change.before.get(name)),
          after=_value(change.after[name]))
        for name in fields
    ]  # fmt: skip
    if not said and "verified_at" in change.after:
        said = [_("verified")]
    if "keeper_id" in change.after:
        said.append(_("somebody else answers for it"))
    return lines(*said) if said else None


def _value(value: Any) -> Phrase:
    match value:
        case None | "" | -1 | [] | {}:
            return _("nothing")
        case True:
            return _("yes")
        case False:
            return _("no")
        case list():
            return verbatim(", ".join(map(str, value))[:LONGEST])
        case dict():
            return verbatim(" / ".join(f"{key}: {text}" for key, text in value.items())[:LONGEST])
        case _:
            return verbatim(str(value)[:LONGEST])


@action
def put_back(context: Context, line: int) -> Reply:
    """The fields of one change as they were before it, where nobody wrote them again since."""
    change = context.session.get(JournalLine, line)
    row = context.session.get(Offer, change.row_id) if change and change.table_name == Offer.__tablename__ else None
    if change is None or row is None:
        raise Refusal(_("There is nothing left to undo."))
    need_keeper(context, row)
    fields = [name for name in change.after if name in FIELDS or name in SILENT - NEVER_BACK]
    if not journal.stands(row, {name: change.after[name] for name in fields}):
        raise changed_since()
    correct(context, row, journal.typed(Offer, {name: change.before[name] for name in fields}))
    return Reply(_("Put back: {name} is as it was before.", name=row.name))


# Who verified what and when is no field to put back.
NEVER_BACK = frozenset(("by_hand", "verified_at", "verified_by_id", "verified_by", "content_hash"))
