"""What is shown of an offer, who answers for it, and what can be done about it on the spot."""

from collections.abc import Iterable, Sequence

from bot import Context, Form, Phrase, Refusal, Reply, Section, _, action, button, every, lines, notice, words
from bot.messages import Button
from storage import members, offers
from storage.members import Member
from storage.notices import Notice
from storage.offers import Offer

VERIFY = "offer.verify"
ERROR = "offer.error"
MOST_ASKED = 12


def keepers(context: Context, offer: Offer) -> Sequence[Member]:
    """Who answers for an offer: its keeper, else its partner's members, else the coordinators."""
    session = context.session
    keeper = session.get(Member, offer.keeper_id) if offer.keeper_id else None
    if keeper is not None and keeper.active:
        return [keeper]
    return (members.of_partner(session, offer.partner_id) if offer.partner_id else ()) or members.coordinators(session)


def need_keeper(context: Context, offer: Offer) -> None:
    """Raise a Refusal unless the acting member answers for the offer or coordinates."""
    me = context.me
    mine = me.id == offer.keeper_id or (offer.partner_id is not None and me.partner_id == offer.partner_id)
    if not (mine or me.coordinator):
        who = [member.name for member in keepers(context, offer)]
        raise Refusal(
            _("{name} is kept by {who}. You can signal an error to them.", name=offer.name, who=who),
            button(_("Signal an error"), signal, offer=offer.id),
        )


def facts(offer: Offer) -> list[Phrase | None]:
    """How to reach it, its price, languages, waiting and when it was verified; unknown facts are left out."""
    reach = " · ".join(part for part in (offer.phone, offer.email, offer.website, offer.how) if part)
    waiting = offer.waiting_weeks
    brief = (
        _ages(offer),
        _("Price: {fee}", fee=offer.fee) if offer.fee else _("Free of charge") if offer.free else None,
        _("Languages: {codes}", codes=", ".join(offer.languages)) if offer.languages else None,
    )
    when = (
        _("Hours: {hours}", hours=offer.hours_text or offer.hours) if offer.hours_text or offer.hours else None,
        _("Waiting: {n} weeks", n=waiting) if waiting else None,
        _("Full for now") if offer.capacity == "full" else None,
    )
    return [
        lines(*brief, separator=" · ") if any(brief) else None,
        lines(*when, separator=" · ") if any(when) else None,
        _("To reach it: {reach}", reach=reach) if reach else None,
        _("Verified on {day}", day=offer.verified_at.date()) if offer.verified_at else None,
    ]


def _ages(offer: Offer) -> Phrase | None:
    low, high = offer.age_min, offer.age_max
    if (low < 0 and high < 0) or (low <= 0 and high >= OLDEST):
        return None
    if high < 0 or high >= OLDEST:
        return _("From {n} years", n=low)
    return _("From {low} to {high} years", low=max(low, 0), high=high)


OLDEST = 99


def shown(context: Context, offer: Offer) -> Reply:
    """One offer, with what can be done about it."""
    description = offer.descriptions.get(context.language) or next(iter(offer.descriptions.values()), "")
    return Reply(
        _("{ref}: **{name}** – {partner}", ref=f"O-{offer.number}", name=offer.name, partner=offer.partner_name or "–"),
        sections=(
            Section(
                lines(
                    _("{place}", place=offer.commune_name) if offer.commune_name else None,
                    _("{text}", text=description) if description else None,
                    *facts(offer),
                    _("Withdrawn on {day}", day=offer.withdrawn_at.date()) if offer.withdrawn_at else None,
                )
            ),
        ),
        buttons=(
            button(_("Still right"), still_right, offer=offer.id),
            button(_("Signal an error"), signal, offer=offer.id),
        ),
        undo=False,
    )


@action
def still_right(context: Context, offer: int) -> Reply:
    """Verified, today."""
    row = _offer(context, offer)
    need_keeper(context, row)
    offers.verify(row, at=context.now, by_id=context.me.id)
    return Reply(_("Thank you: {name} is verified today.", name=row.name))


@action
def all_right(context: Context, member: int) -> Reply:
    """All that a person answers for and was asked about."""
    mine = [row for row in offers.to_verify(context.session, context.now) if _answers_for(context, row, context.me)]
    if member != context.me.id or not mine:
        raise Refusal(_("There is nothing left to verify."))
    for row in mine:
        offers.verify(row, at=context.now, by_id=context.me.id)
    return Reply(_("Thank you: {names} verified today.", names=[row.name for row in mine]))


class Signal(Form):
    title = _("Signal an error")
    text: str = words(_("What is not right?"), lines=3, max_length=500)


@action
def signal(context: Context, form: Signal, offer: int) -> Reply:
    """Anyone may say that something is wrong; whoever answers for the offer is told."""
    return signalled(context, _offer(context, offer), form.text)


def signalled(context: Context, offer: Offer, text: str) -> Reply:
    offer.alert = text[:500]
    told = keepers(context, offer)
    for member in told:
        context.owe(member, ERROR, offer.id, step=f"{context.now:%Y%m%d%H%M%S}")
    return Reply(_("Thank you: I tell {who}.", who=[member.name for member in told]))


@action
def closed(context: Context, offer: int) -> Reply:
    """The service no longer exists."""
    row = _offer(context, offer)
    need_keeper(context, row)
    row.withdrawn_at = context.now
    return Reply(_("{name} is out of the directory.", name=row.name))


def _offer(context: Context, offer: int) -> Offer:
    row = context.session.get(Offer, offer)
    if row is None or row.withdrawn_at is not None:
        raise Refusal(_("This offer is no longer in the directory."))
    return row


def _answers_for(context: Context, offer: Offer, member: Member) -> bool:
    return any(keeper.id == member.id for keeper in keepers(context, offer))


@every
def ask_when_due(context: Context) -> None:
    """One short message a month at most to each person, for all the offers they answer for that are due."""
    for row in offers.to_verify(context.session, context.now):
        for member in keepers(context, row)[:1]:
            context.owe(member, VERIFY, member.id, step=f"{context.now:%Y-%m}")


@notice(VERIFY)
def word_verify(context: Context, notices: Sequence[Notice]) -> Iterable[Section]:
    """Still right? One line and two buttons an offer, and one button for all."""
    for owed in notices:
        member = context.session.get(Member, owed.subject_id)
        due = [
            row
            for row in offers.to_verify(context.session, context.now)
            if member is not None and _answers_for(context, row, member)
        ]
        if member is None or not due:
            continue
        everything: tuple[Button, ...] = (
            button(_("All of it is right"), all_right, member=member.id, style="primary"),
        )
        yield Section(_("Is this still right? A look is enough."), everything if len(due) > 1 else ())
        for row in due[:MOST_ASKED]:
            yield Section(
                lines(_("**{name}**", name=row.name), *facts(row)),
                (
                    button(_("Still right"), still_right, offer=row.id),
                    button(_("Something has changed"), signal, offer=row.id),
                    button(_("It is closed"), closed, offer=row.id, style="danger"),
                ),
            )


@notice(ERROR)
def word_error(context: Context, notices: Sequence[Notice]) -> Iterable[Section]:
    """What somebody says is not right."""
    for offer_id in dict.fromkeys(owed.subject_id for owed in notices):
        row = context.session.get(Offer, offer_id)
        if row is not None and row.alert and row.withdrawn_at is None:
            yield Section(
                lines(
                    _("Somebody signals an error in {ref}, **{name}**:", ref=f"O-{row.number}", name=row.name),
                    _("“{text}”", text=row.alert),
                ),
                (button(_("It is right as it is"), still_right, offer=row.id),),
            )
