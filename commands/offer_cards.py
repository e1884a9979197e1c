"""What is shown of an offer, who answers for it, and what is done about it on the spot."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot import (
    Context,
    Form,
    Phrase,
    Reader,
    Refusal,
    Reply,
    _,
    action,
    button,
    day,
    lines,
    verbatim,
    words,
)
from bot.offer_words import ages, reach, verified
from bot.phrases import weekday_words
from bot.understanding.hours import DAYS
from bot.understanding.spelling import fold
from storage import freshness, members, offers
from storage.freshness import Outcome
from storage.members import Member
from storage.offers import Offer

ERROR = "offer.error"
_FREE = frozenset(
    {"gratuit", "gratis", "kostenlos", "free", "free of charge", "gratuite", "kosteloos", "unentgeltlich"}
)
_DAY = re.compile("|".join(DAYS))
_RULE = re.compile(rf"((?:{_DAY.pattern})(?:[-,](?:{_DAY.pattern}))*) (\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)")
ACCESS = {
    "direct": _("without a referral"),
    "prescription": _("on prescription"),
    "referral": _("through a professional"),
}


def keepers(context: Context, offer: Offer) -> Sequence[Member]:
    """Who answers for an offer: its keeper, else its partner's members, else the coordinators."""
    session = context.session
    keeper = session.find(Member, offer.keeper_id)
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


def existing(context: Context, offer: int) -> Offer:
    """The offer of a button; raises a Refusal when it was withdrawn since."""
    row = context.session.get(Offer, offer)
    if row is None or row.withdrawn_at is not None:
        raise Refusal(_("This offer is no longer in the directory."))
    return row


def described(offer: Offer, language: str) -> str:
    return str(offer.descriptions.get(language) or next(iter(offer.descriptions.values()), ""))


def named(offer: Offer, language: str) -> str:
    return str(offer.names.get(language) or offer.name)


def facts(context: Context, offer: Offer) -> list[Phrase | None]:
    """How to reach it, its price, languages, waiting and when it was verified; unknown facts are left out."""
    brief = (
        ages(offer),
        _price(offer),
        _languages(offer),
        _("Access: {access}", access=ACCESS.get(offer.access, verbatim(offer.access))) if offer.access else None,
    )
    when = (
        _("Hours: {hours}", hours=_hours(context, offer)) if offer.hours_text or offer.hours else None,
        _capacity(offer),
    )
    return [
        _("Attention: {text}", text=offer.alert) if offer.alert else None,
        _closure(offer, context.today),
        lines(*brief, separator=" · ") if any(brief) else None,
        lines(*when, separator=" · ") if any(when) else None,
        _("To reach it: {reach}", reach=reach(offer)) if reach(offer) else None,
        verified(offer, context.now),
    ]


def _price(offer: Offer) -> Phrase | None:
    """In the reader's language where it is free and nothing more is said."""
    if offer.fee and not (offer.free and fold(offer.fee).strip(" .") in _FREE):
        return _("Price: {fee}", fee=offer.fee)
    return _("Free of charge") if offer.free else None


def _hours(context: Context, offer: Offer) -> str:
    """As they were written; for who reads another language, in theirs where they are those of a plain week."""
    language = context.language
    if language not in offer.descriptions and (said := week_words(offer.hours, context.reader)):
        return said
    return offer.hours_text or offer.hours


def week_words(osm: str, reader: Reader) -> str:
    """Opening hours as OpenStreetMap writes them, in the reader's words; empty for what is not a plain week."""
    told = []
    for rule in osm.split("; "):
        if not (match := _RULE.fullmatch(rule)):
            return ""
        days = _DAY.sub(lambda day: weekday_words(DAYS.index(day[0]), reader), match[1])
        told.append(f"{days.replace(',', ', ').replace('-', '–')} {match[2].replace('-', '–').replace(',', ', ')}")
    return ", ".join(told)


def _languages(offer: Offer) -> Phrase | None:
    if not offer.languages:
        return _("Languages: {codes}", codes=offer.language_note) if offer.language_note else None
    return _("Languages: {codes}", codes=languages_of(offer))


def languages_of(offer: Offer) -> str:
    """Codes and what was said besides: "fr, nl (on Tuesdays)"."""
    notes = [note.strip() for note in offer.language_note.split(", ") if note.strip()]
    alone = [code for code in offer.languages if not any(note.startswith(f"{code} (") for note in notes)]
    return ", ".join((*alone, *notes))


def _capacity(offer: Offer) -> Phrase | None:
    """Places, waiting, full; with the day on which it was said."""
    waiting = offer.waiting_weeks
    said = [
        _("Full for now") if offer.capacity == "full" else None,
        _("{n} places free", n=offer.places) if offer.places and offer.capacity != "full" else None,
        _("Places free") if offer.capacity == "open" and not offer.places else None,
        _("Waiting: {n} weeks", n=waiting)
        if waiting
        else _("There is a waiting list")
        if offer.capacity == "waiting"
        else None,
    ]
    told = [part for part in said if part is not None]
    if not told:
        return None
    if offer.capacity_on is None:
        return lines(*told, separator=" · ")
    return _("{what} (said on {day})", what=lines(*told, separator=" · "), day=offer.capacity_on)


def _closure(offer: Offer, today: date) -> Phrase | None:
    """A closure that is on or to come; one that is over says nothing."""
    first, last = offer.closed_from, offer.closed_until
    if first is None or (last is not None and last < today):
        return None
    if first > today:
        return (
            _("Closed from {first} to {last}", first=first, last=last)
            if last
            else _("Closed from {first}", first=first)
        )
    return _("Closed until {last}", last=last) if last else _("Closed for now")


def unsaid(offer: Offer) -> list[Phrase]:
    """What nobody said of its access to help now, and must be checked."""
    return (
        [] if offer.capacity or offer.waiting_weeks is not None or offer.places is not None else [_("the waiting time")]
    )


def unverified_line(row: Offer, who: str) -> Phrase:
    """For the coordinator alone."""
    said = verbatim(who) if who else _("nobody answers for it")
    if row.verified_at is None:
        return _("{ref} {name} ({who}) – never verified", ref=row.ref, name=row.name, who=said)
    return _(
        "{ref} {name} ({who}) – verified on {day}", ref=row.ref, name=row.name, who=said, day=row.verified_at.date()
    )


def confirm(context: Context, row: Offer, outcome: Outcome) -> None:
    """Whoever answers for it has looked at it today; errors and campaigns have their answer."""
    offers.verify(row, at=context.now, by_id=context.me.id, by=context.me.name)
    context.session.flush()
    freshness.settle(context.session, row, outcome)


def correct(context: Context, row: Offer, columns: Mapping[str, Any]) -> list[str]:
    """Write what a person says of an offer, and remember that it was said here; the columns that changed."""
    from bot.finding.directory import hash_of  # noqa: PLC0415 - heavy, and of no use before it is asked for

    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    if changed:
        freshness.note_by_hand(row, changed, context.today)
        row.content_hash = hash_of(row)
    confirm(context, row, Outcome.CHANGED if changed else Outcome.RIGHT)
    return changed


@action
def still_right(context: Context, offer: int) -> Reply:
    """Verified, today."""
    return right(context, existing(context, offer))


def right(context: Context, row: Offer) -> Reply:
    need_keeper(context, row)
    confirm(context, row, Outcome.RIGHT)
    return Reply(_("Thank you: {name} is verified today.", name=row.name))


class Signal(Form):
    title = _("Signal an error")
    text: str = words(_("What is not right?"), lines=3, max_length=freshness.LONGEST_ERROR)


@action
def signal(context: Context, form: Signal, offer: int) -> Reply:
    """Anyone may say that something is wrong."""
    return signalled(context, existing(context, offer), form.text)


def signalled(context: Context, offer: Offer, text: str) -> Reply:
    """Whoever answers for the offer and the coordinators are told; nobody is told by whom."""
    error = freshness.signal(context.session, offer, text, on=context.today)
    told = {member.id: member for member in (*keepers(context, offer), *members.coordinators(context.session))}
    for member in told.values():
        context.owe(member, ERROR, offer.id, step=str(error.id))
    return Reply(
        _("Thank you: I tell {who}, without saying who signalled it.", who=[member.name for member in told.values()]),
        undo=False,
    )


class Close(Form):
    title = _("It is closed")
    until: date | None = day(_("Until which day, included?"), optional=True, hint=_("Leave it empty if it is for good"))


@action
def closed(context: Context, form: Close, offer: int) -> Reply:
    """For a time, or for good."""
    row = existing(context, offer)
    need_keeper(context, row)
    return close(context, row, context.today, form.until) if form.until else withdraw(context, row)


def withdraw(context: Context, row: Offer) -> Reply:
    row.withdrawn_at = context.now
    context.session.flush()
    freshness.settle(context.session, row, Outcome.CLOSED)
    return Reply(_("{name} is out of the directory.", name=row.name))


def close(context: Context, row: Offer, first: date, last: date | None) -> Reply:
    """For a time: until then it answers no question, and it comes back by itself."""
    correct(context, row, {"closed_from": first, "closed_until": last})
    freshness.settle(context.session, row, Outcome.CLOSED)
    if last is None:
        return Reply(_("{name} is closed for now; `{ref} reopens` brings it back.", name=row.name, ref=row.ref))
    return Reply(
        _("{name} is closed from {first} to {last}, and comes back by itself.", name=row.name, first=first, last=last)
    )
