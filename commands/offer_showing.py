"""One offer shown whole with what can be done about it, and what somebody says is not right of it."""

from collections.abc import Iterable, Sequence

from bot import Context, Reply, Section, _, button, lines, notice, verbatim
from bot.understanding.themes import vocabulary
from commands import offer_history, offer_record
from commands.offer import change, offer
from commands.offer_cards import ERROR, closed, described, facts, named, signal, still_right
from storage import freshness
from storage.members import Member
from storage.notices import Notice
from storage.offers import Offer


@offer.about("show", fr="", nl="", de="", en="", help=_("One service."))
def show(context: Context, row: Offer) -> Reply:
    """All that is known of it, with what can be done about it."""
    description = described(row, context.language)
    kind = vocabulary().kinds.get(row.kind)
    keeper = freshness.keepers(context.session).of(row.keeper_id, row.partner_id)
    keeping = context.session.find(Member, keeper)
    signalled = freshness.errors(context.session, [row.id])
    buttons = (
        button(_("Still right"), still_right, offer=row.id),
        button(_("Places, closure, access"), offer_record.situate, offer=row.id),
        button(_("History"), offer_history.tell, offer=row.id),
        button(_("Signal an error"), signal, offer=row.id),
    )
    return Reply(
        _("{ref}: **{name}** – {partner}", ref=row.ref, name=named(row, context.language),
          partner=row.partner_name or "–"),
        sections=(
            Section(
                lines(
                    verbatim(kind.names[context.language]) if kind and row.kind != "other" else None,
                    _("Also called: {names}", names=_other_names(row, context.language))
                    if _other_names(row, context.language)
                    else None,
                    verbatim(row.commune_name) if row.commune_name else None,
                    _("Covers: {zone}", zone=", ".join(row.zone)) if row.zone else None,
                    verbatim(description) if description else None,
                    *facts(context, row),
                    _("Price checked on {day}", day=row.fee_checked_on) if row.fee_checked_on else None,
                    _("Answers for it: {name}, every {n} days", name=keeping.name, n=row.verify_every)
                    if keeping
                    else _("Nobody answers for it yet: `{ref} kept by @name`", ref=row.ref),
                    _("To be checked: an error was signalled.") if signalled else None,
                    _("Withdrawn on {day}", day=row.withdrawn_at.date()) if row.withdrawn_at else None,
                )
            ),
        ),
        buttons=buttons,
        undo=False,
    )  # fmt: skip


def _other_names(offer: Offer, language: str) -> list[str]:
    shown_name = named(offer, language)
    return [name for name in dict.fromkeys((offer.name, *map(str, offer.names.values()))) if name != shown_name]


@notice(ERROR)
def word_error(context: Context, notices: Sequence[Notice]) -> Iterable[Section]:
    """What somebody says is not right, until it is settled."""
    open_ones = freshness.errors(context.session, {owed.subject_id for owed in notices})
    for offer_id, errors in open_ones.items():
        row = context.session.get(Offer, offer_id)
        if row is None or row.withdrawn_at is not None:
            continue
        yield Section(
            lines(
                _("Somebody signals an error in {ref}, **{name}**:", ref=row.ref, name=row.name),
                *(_("“{text}”", text=error.text) for error in errors),
            ),
            (
                button(_("To change"), change, offer=row.id, style="primary"),
                button(_("It is right as it is"), still_right, offer=row.id),
                button(_("It is closed"), closed, offer=row.id),
            ),
        )
