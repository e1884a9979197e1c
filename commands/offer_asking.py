"""Keeping offers fresh: whoever answers for them is asked when due, one short message for all, at their own pace."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot import Context, Refusal, Reply, Section, _, action, button, hourly, lines, many, notice
from bot.understanding.paces import pace
from commands import offer as offer_command
from commands import offer_cards
from commands.offer import offer
from commands.offer_cards import confirm, need_keeper
from commands.people import found
from storage import freshness, notices
from storage.database import NetworkSession
from storage.freshness import Outcome
from storage.members import Member
from storage.notices import Notice
from storage.offers import Offer

VERIFY = "offer.verify"
# What one message shows; the rest is a button away.
MOST_SHOWN = 5
# Somebody who does not answer is asked twice, then left in peace for as long as their offers were good for.
MOST_TIMES = 2
# Where it is kept for the time of one batch what was loaded for all its messages.
_LOADED = "offers due"


@hourly
def ask_when_due(context: Context) -> None:
    """One message to each person who answers for an offer that is due, unless they were asked lately."""
    session, rules = context.session, context.network.rules
    people = freshness.people_due(session, context.now)
    if not people:
        return
    asked = freshness.asked(session, VERIFY, since=context.now - timedelta(days=rules.verify_every))
    pause = context.now - timedelta(days=rules.verify_pause)
    waiting = [who for who in people if not asked.get(who) or asked[who][0] <= pause]
    answers = freshness.last_answers(session, [who for who in waiting if len(asked.get(who, ())) >= MOST_TIMES])
    rows = [
        notices.unrecorded(
            ("member", who), VERIFY, who, step=f"{context.today:%Y-%m-%d}", version=1, due_at=context.now
        )
        for who in sorted(waiting)
        if sum(who not in answers or at > answers[who] for at in asked.get(who, ())) < MOST_TIMES
    ]
    notices.record_all(session, rows)


def preload(session: NetworkSession, owed: Sequence[Notice]) -> None:
    session.info[_LOADED] = freshness.load_due(session, {each.subject_id for each in owed}, session.now)


def _due(context: Context, member_id: int) -> Sequence[Offer]:
    loaded = context.session.info.get(_LOADED)
    if loaded is not None and member_id in loaded:
        return [row for row in loaded[member_id] if row.withdrawn_at is None]
    return freshness.due_of(context.session, member_id, context.now)


@notice(VERIFY, preload=preload)
def word_verify(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    """Still right? One line and three buttons an offer, and one button for all; campaigns are asked with the rest."""
    for member_id in dict.fromkeys(each.subject_id for each in owed):
        due = _due(context, member_id)
        if due:
            yield from _asked(context, member_id, due)


def _asked(context: Context, member_id: int, due: Sequence[Offer]) -> Iterable[Section]:
    mine = {row.id for row in due}
    waited = [one for one in freshness.running(context.session) if mine & _left(context, one.id)]
    day = waited[0].until if waited else None
    question = (
        _("The network looks through its directory, until {day}. Is this still right?", day=day)
        if day
        else _("Is this still right? A look is enough.")
    )
    all_of_it = (button(_("All of it is right"), all_right, member=member_id, style="primary"),)
    yield Section(question, all_of_it if len(due) > 1 else ())
    for row in due[:MOST_SHOWN]:
        yield _line(context, row)
    if len(due) > MOST_SHOWN:
        left = len(due) - MOST_SHOWN
        yield Section(many("and {n} more", "and {n} more", left), (button(_("Show me"), the_rest, member=member_id),))


def _left(context: Context, campaign_id: int) -> set[int]:
    return {one.offer_id for one in freshness.of_campaign(context.session, campaign_id) if one.outcome is Outcome.LEFT}


def _line(context: Context, row: Offer) -> Section:
    return Section(
        lines(
            _("**{name}** – {place}", name=row.name, place=row.commune_name)
            if row.commune_name
            else _("**{name}**", name=row.name),
            *offer_cards.facts(context, row),
        ),
        (
            button(_("Still right"), offer_cards.still_right, offer=row.id),
            button(_("To change"), offer_command.change, offer=row.id),
            button(_("It is closed"), offer_cards.closed, offer=row.id),
        ),
    )


@action
def the_rest(context: Context, member: int) -> Reply:
    """What one message did not show."""
    due = freshness.due_of(context.session, context.me.id, context.now)
    if member != context.me.id or not due:
        raise Refusal(_("There is nothing left to verify."))
    return Reply(
        _("Is this still right? A look is enough."), sections=tuple(_line(context, row) for row in due), undo=False
    )


@action
def all_right(context: Context, member: int) -> Reply:
    """All that a person answers for and was asked about."""
    mine = freshness.due_of(context.session, context.me.id, context.now)
    if member != context.me.id or not mine:
        raise Refusal(_("There is nothing left to verify."))
    for row in mine:
        confirm(context, row, Outcome.RIGHT)
    return Reply(_("Thank you: {names} verified today.", names=[row.name for row in mine]))


@offer.verb(
    "pace",
    fr=("rythme", "fréquence"),
    nl=("ritme", "frequentie"),
    de=("rhythmus", "häufigkeit"),
    en=("pace", "every"),
    takes="words",
    help=_("How often I ask you whether your offers still hold; with `network`, for everybody."),
    example=_("pace every 3 months"),
)
def set_pace(context: Context, rest: str) -> Reply:
    """One's own, or the network's for a coordinator."""
    days = pace(rest)
    if days is None:
        raise Refusal(
            _(
                "I ask about your offers every {n} days. For example: `/offer pace every 3 months`.",
                n=context.me.verify_every or context.network.rules.verify_every,
            )
        )
    if any(word in rest.casefold() for word in NETWORK_WORDS):
        context.need_coordinator()
        rows = freshness.of_pace(context.session, context.network.rules.verify_every)
        context.network.choose(verify_every=days)
        freshness.set_pace(rows, days)
        return Reply(_("The network’s offers are looked at again every {n} days.", n=days))
    context.me.verify_every = days
    freshness.set_pace(freshness.of_member(context.session, context.me.id), days)
    return Reply(_("Noted: I ask about your offers every {n} days.", n=days))


NETWORK_WORDS = ("réseau", "reseau", "network", "netwerk", "netz")


@offer.about(
    "pace",
    fr=("tous les", "chaque", "rythme"),
    nl=("om de", "elke", "ritme"),
    de=("alle", "jeden", "rhythmus"),
    en=("every", "pace"),
    takes="words",
    help=_("How often it is to be looked at."),
    example=_("O-41 every 3 months"),
)
def set_pace_of(context: Context, row: Offer, rest: str) -> Reply:
    need_keeper(context, row)
    days = pace(rest)
    if days is None:
        raise Refusal(_("How often? For example: `O-41 every 3 months`."))
    row.verify_every = days
    return Reply(_("{name} is looked at again every {n} days.", name=row.name, n=days))


@offer.about(
    "keeper",
    fr=("répond", "gardée par", "responsable"),
    nl=("verantwoordelijke", "beheerd door"),
    de=("zuständig", "verantwortlich"),
    en=("kept by", "keeper"),
    takes="words",
    help=_("Says who answers for it, and is asked whether it still holds."),
    example=_("O-41 kept by @marie"),
)
def set_keeper(context: Context, row: Offer, rest: str) -> Reply:
    need_keeper(context, row)
    member = _named(context, rest)
    row.keeper_id = member.id
    if member.verify_every:
        row.verify_every = member.verify_every
    return Reply(_("{name} answers for {offer} from now on.", name=member.name, offer=row.name))


def _named(context: Context, text: str) -> Member:
    if not text.strip():
        raise Refusal(_("Who? For example: `O-41 répond @marie`."))
    for one in found(context, text):
        if isinstance(one, Member):
            return one
    raise Refusal(_("I need a person, not an organisation."))
