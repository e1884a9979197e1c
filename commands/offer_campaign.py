"""`/offre campagne`: a coordinator asks everyone of one section or one territory at once, by a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from bot import Context, Phrase, Refusal, Reply, Section, _, action, button, hourly, lines, many, notice, verbatim
from bot.manners import last_working_day_before
from bot.understanding.places import Place, gazetteer, within, zone
from bot.understanding.themes import vocabulary
from commands.days import to_come
from commands.offer import offer
from commands.offer_asking import VERIFY
from storage import freshness, members, notices
from storage.freshness import Campaign, CampaignOffer, Outcome
from storage.members import Member
from storage.notices import Notice
from storage.offers import Offer

ENDED = "offer.campaign_ended"
# How many working days before its last day those who have not answered are reminded, once.
REMIND_DAYS = 3
MOST_NAMED = 12


@offer.verb(
    "campaign",
    fr=("campagne", "campagnes"),
    nl=("campagne", "campagnes"),
    de=("kampagne", "kampagnen"),
    en=("campaign", "campaigns"),
    takes="words",
    help=_(
        "Asks everyone of one section or one place whether their offers still hold, by a day; alone, where it stands."
    ),
    example=_("campaign psychologists Arlon before 15 January"),
)
def campaign(context: Context, rest: str) -> Reply:
    """Shown first, with how many are asked; it leaves when the coordinator says so."""
    context.need_coordinator()
    if not rest:
        return _standing(context)
    found = context.deadline(rest)
    if found is None:
        raise Refusal(
            context.undated(rest)
            or _("By which day? For example: `/offer campaign psychologists Arlon before 15 January`.")
        )
    _after_today(context, found.due)
    kind, place = _about(context, context.without(rest, found))
    rows = _rows(context, kind, place)
    if not rows:
        raise Refusal(_("There is no offer in the directory for {about}.", about=_subject(context, kind, place)))
    people, orphans = _people(context, rows)
    return Reply(
        lines(
            _("Campaign: {about}, until {day}.", about=_subject(context, kind, place), day=found.due),
            many("{n} service", "{n} services", len(rows)),
            many("{n} person to ask, in one message each", "{n} people to ask, in one message each", len(people)),
            many("{n} service for which nobody answers", "{n} services for which nobody answers", orphans)
            if orphans
            else None,
        ),
        buttons=(
            button(
                _("Ask them"),
                launch,
                style="primary",
                kind=kind,
                place=place.code if place else "",
                until=found.due.isoformat(),
            ),
        ),
        undo=False,
    )


def _about(context: Context, words: str) -> tuple[str, Place | None]:
    """The section and the place that the words name; a Refusal where they name neither."""
    from bot.understanding.questions import understand  # noqa: PLC0415 - heavy, and of no use before it is asked for

    asked = understand(words, context.language)
    kinds = [kind for kind in asked.kinds if kind not in {"outside", "other"}]
    folded = words.casefold()
    named = (
        key
        for key, kind in vocabulary().kinds.items()
        if key not in {"outside", "other"} and any(name.casefold() in folded for name in kind.names.values())
    )
    kind = next(named, "") or next(iter(kinds), "")
    place = next(iter(asked.where.places), None) or zone(words.strip(" ,.:"))
    if place is not None and place.kind == "locality":
        place = gazetteer().commune_of(place)
    if not kind and place is None and not any(word in folded for word in EVERYTHING):
        raise Refusal(
            _("Which section, or which place? For example: `/offer campaign psychologists Arlon before 15 January`.")
        )
    return kind, place


EVERYTHING = ("tout", "alles", "everything", "all")


def _rows(context: Context, kind: str, place: Place | None) -> list[Offer]:
    rows = freshness.to_campaign(context.session, kind)
    return [row for row in rows if place is None or _lies_in(row, place)]


def _lies_in(row: Offer, place: Place) -> bool:
    """In the commune or the area, or said to cover the commune."""
    home = gazetteer().places.get(row.commune)
    if place.kind == "area":
        return home is not None and within(home, place)
    return row.commune == place.code or place.code in row.zone_codes


def _people(context: Context, rows: Sequence[Offer]) -> tuple[set[int], int]:
    known = freshness.keepers(context.session)
    found = [known.of(row.keeper_id, row.partner_id) for row in rows]
    return {one for one in found if one is not None}, found.count(None)


def _subject(context: Context, kind: str, place: Place | None) -> Phrase:
    said = [
        verbatim(vocabulary().kinds[kind].names[context.language]) if kind else _("all services"),
        verbatim(place.label(context.language)) if place else None,
    ]
    return lines(*said, separator=" – ")


def _subject_of(context: Context, row: Campaign) -> Phrase:
    return _subject(context, row.kind, gazetteer().places.get(row.place) if row.place else None)


def _after_today(context: Context, day: date) -> None:
    """Raises a Refusal: people need a day at least to answer in."""
    if to_come(context, day) == context.today:
        raise Refusal(_("Until today is too short for people to answer: choose a later day."))


@action
def launch(context: Context, kind: str, place: str, until: str) -> Reply:
    """One message to each person who answers for some of the offers, with all of theirs."""
    context.need_coordinator()
    day = date.fromisoformat(until)
    _after_today(context, day)
    if any((one.kind, one.place, one.until) == (kind, place, day) for one in freshness.running(context.session)):
        raise Refusal(_("This campaign is running already."))
    session = context.session
    row = Campaign(kind=kind, place=place, until=day, author_id=context.me.id)
    session.add(row)
    session.flush()
    known = freshness.keepers(session)
    asked = [
        CampaignOffer(
            campaign_id=row.id,
            offer_id=one.id,
            member_id=known.of(one.keeper_id, one.partner_id),
            outcome=Outcome.LEFT,
        )
        for one in _rows(context, kind, gazetteer().places.get(place) if place else None)
    ]
    session.add_all(asked)
    session.flush()
    _ask(context, row, {one.member_id for one in asked if one.member_id is not None}, "ask")
    return Reply(
        lines(
            _("The campaign has left: {about}, until {day}.", about=_subject_of(context, row), day=day),
            _("I remind once, gently, those who have not answered, and tell you alone how it ended."),
        ),
        buttons=(button(_("Where it stands"), state, campaign=row.id),),
        undo=False,
    )


def _ask(context: Context, row: Campaign, people: Iterable[int], step: str) -> None:
    notices.record_all(
        context.session,
        [
            notices.unrecorded(
                ("member", who), VERIFY, who, step=f"campaign-{row.id}-{step}", version=1, due_at=context.now
            )
            for who in sorted(people)
        ],
    )


def _standing(context: Context) -> Reply:
    rows = freshness.running(context.session) or freshness.latest(context.session, 1)
    if not rows:
        return Reply(
            lines(
                _("No campaign yet."),
                _("For example: `/offer campaign psychologists Arlon before 15 January`."),
            ),
            undo=False,
        )
    return Reply(
        _("**Campaigns** (you alone see this)"),
        sections=tuple(_told(context, row) for row in rows),
        undo=False,
    )


def _told(context: Context, row: Campaign) -> Section:
    """Asked, answered, left, and who is left."""
    every_one = freshness.of_campaign(context.session, row.id)
    count = Counter(one.outcome for one in every_one)
    people = {one.member_id for one in every_one if one.member_id is not None and one.outcome is Outcome.LEFT}
    names = [one.name for one in members.by_ids(context.session, people).values()]
    orphans = sum(one.member_id is None for one in every_one)
    answered = len(every_one) - count[Outcome.LEFT]
    return Section(
        lines(
            _("**{about}**, until {day}", about=_subject_of(context, row).say(context.reader), day=row.until),
            _("{asked} asked, {answered} answered, {left} left", asked=len(every_one), answered=answered,
              left=count[Outcome.LEFT]),
            _("{right} right, {changed} changed, {closed} closed", right=count[Outcome.RIGHT],
              changed=count[Outcome.CHANGED], closed=count[Outcome.CLOSED])
            if answered
            else None,
            _("Waiting for {names}", names=sorted(names)[:MOST_NAMED]) if names else None,
            many("{n} service for which nobody answers", "{n} services for which nobody answers", orphans)
            if orphans
            else None,
            _("Ended on {day}", day=row.ended_at.date()) if row.ended_at else None,
        ),
        (button(_("End it now"), end, campaign=row.id),) if row.ended_at is None else (),
    )  # fmt: skip


@action
def state(context: Context, campaign: int) -> Reply:
    """For coordinators alone, and to them alone."""
    context.need_coordinator()
    told = _told(context, context.session.get_one(Campaign, campaign))
    return Reply(told.text, buttons=told.buttons, undo=False)


@action
def end(context: Context, campaign: int) -> Reply:
    """Before its day."""
    context.need_coordinator()
    row = context.session.get_one(Campaign, campaign)
    if row.ended_at is not None:
        raise Refusal(_("This campaign has ended."))
    row.ended_at = context.now
    context.session.flush()
    return Reply(_told(context, row).text)


@hourly
def follow(context: Context) -> None:
    """Remind once, and tell the coordinator how it ended."""
    for row in freshness.running(context.session):
        if row.until < context.today:
            row.ended_at = context.now
            for member in _told_to(context, row):
                context.owe(member, ENDED, row.id)
        elif row.reminded_at is None and context.today >= _reminded_on(context, row):
            row.reminded_at = context.now
            left = {
                one.member_id
                for one in freshness.of_campaign(context.session, row.id)
                if one.outcome is Outcome.LEFT and one.member_id is not None
            }
            _ask(context, row, left, "again")


def _reminded_on(context: Context, row: Campaign) -> date:
    """Some working days before the last day; a campaign too short for that reminds on its last day."""
    day = row.until
    for _nth in range(REMIND_DAYS):
        day = last_working_day_before(day, context.country)
    return day if day > row.created_at.date() else row.until


def _told_to(context: Context, row: Campaign) -> Sequence[Member]:
    """Who launched it, or the coordinators when they have left."""
    author = context.session.get(Member, row.author_id)
    return (
        [author]
        if author is not None and author.active and author.coordinator
        else members.coordinators(context.session)
    )


@notice(ENDED, lasting=True)
def word_ended(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for each in owed:
        row = context.session.get(Campaign, each.subject_id)
        if row is not None:
            yield Section(_("A campaign has ended (you alone see this):"))
            yield Section(_told(context, row).text)
