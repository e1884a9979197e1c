"""/semaine: where things stand, now or every week; shown to the coordinator first, who may amend it or hold it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import (
    Context,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    command,
    every,
    home,
    lines,
    notice,
    verbatim,
)
from bot.manners import DAY, Manners
from commands import which_body
from commands.gathering import Block, Scope, brief, gather, whole, without
from storage import bodies, digests, members
from storage.bodies import Body
from storage.channels import Channel
from storage.digests import Digest
from storage.notices import Notice
from storage.visibility import Viewer

NETWORK = "network"
# A digest missed for longer than this is history: the next one comes soon.
STALE = timedelta(days=6)
# How far back the working day before is looked for.
LOOK_BACK = 14


@command(
    "week",
    fr="semaine",
    nl="week",
    de="woche",
    help=_("Where things stand: the week's summary, now."),
    examples=(_("me"), _("steering committee")),
)
def week(context: Context, line: str) -> Reply:
    """Of the network, or of the body that is named."""
    return _now(context, _named_body(context, line) if line else None)


@week.verb(
    "now",
    help=_("the network's: the seven days behind us and those ahead"),
    fr=(
        "maintenant",
        "en cours",
        "cette semaine",
        "prochaine",
        "passée",
        "dernière",
        "réseau",
        "semaine prochaine",
        "semaine passée",
        "semaine dernière",
        "semaine en cours",
        "du réseau",
    ),
    nl=("nu", "deze week", "volgende week", "vorige week", "volgende", "vorige", "netwerk"),
    de=("jetzt", "diese woche", "nächste woche", "letzte woche", "nächste", "letzte", "netzwerk"),
    en=("now", "this week", "next week", "last week", "next", "last", "network"),
)
def whole_network(context: Context) -> Reply:
    return _now(context, None)


@week.verb(
    "me",
    help=_("yours alone"),
    fr=("moi", "la mienne", "mienne", "ma semaine", "pour moi"),
    nl=("mij", "ik", "mijn week", "voor mij"),
    de=("ich", "meine", "meine woche", "für mich"),
    en=("me", "mine", "my week", "for me"),
)
def my_own(context: Context) -> Reply:
    return _reply(context, _scope(context, mine=True), _("Your week"), "me")


def _scope(context: Context, *, body: Body | None = None, mine: bool = False) -> Scope:
    """The week up to and including now, for the acting member alone."""
    until = context.now + timedelta(seconds=1)
    return Scope(context.viewer, until, body=body, mine=mine, partner_id=context.me.partner_id)


def _named_body(context: Context, line: str) -> Body:
    found = which_body.called(context, line, surely=False)
    if found is not None:
        return found
    known = which_body.known(context)
    if not known:
        raise Refusal(_("There is no body yet: `/week` alone tells the network's week."))
    raise Refusal(_("Which body? I know {names}.", names=[body.name for body in known[:10]]))


def _now(context: Context, body: Body | None) -> Reply:
    if body is None:
        return _reply(context, _scope(context), _("The week"), NETWORK)
    return _reply(context, _scope(context, body=body), _("The week of {body}", body=body.name), f"body:{body.id}")


def _reply(context: Context, scope: Scope, title: Phrase, name: str) -> Reply:
    blocks = gather(context, scope)
    if not blocks:
        return Reply(_("{title}: nothing to report.", title=title), undo=False)
    sections, complete = brief(blocks)
    more = () if complete else (button(_("See everything"), everything, scope=name, until=scope.until.isoformat()),)
    return Reply(title, tuple(sections), more, undo=False)


@action
def everything(context: Context, scope: str, until: str) -> Reply:
    """All of it, to whoever asks, as they may see it."""
    at = datetime.fromisoformat(until)
    kind, _colon, id_ = scope.partition(":")
    body = context.session.get(Body, int(id_)) if kind == "body" else None
    asked = replace(_scope(context, body=body, mine=kind == "me"), until=at)
    return Reply(_("The whole week"), tuple(whole(gather(context, asked))), undo=False)


@home(order=20)
def the_week(context: Context) -> Iterable[Section]:
    """On each person's own page."""
    sections, _complete = brief(gather(context, _scope(context)))
    return [Section(_("**The network's week**")), *sections] if sections else []


def leaves_at(context: Context, day: date) -> datetime:
    """When the digest of a day is due, by the network's clock."""
    return datetime.combine(day, context.network.rules.digest_at, ZoneInfo(context.network.timezone))


def shown_at(context: Context, day: date) -> datetime:
    """The same hour of the working day before."""
    manners = Manners.of(context.network)
    before = (day - DAY * n for n in range(1, LOOK_BACK))
    return leaves_at(context, next((each for each in before if manners.open_day(each)), day - DAY))


@every
def weekly(context: Context) -> None:
    """Show the coming digest to the coordinators, and let the one whose hour has come go."""
    rules = context.network.rules
    coming = context.today + DAY * ((rules.digest_weekday - context.today.weekday()) % 7)
    for day in (coming - 7 * DAY, coming):
        at = leaves_at(context, day)
        if at < context.network.created_at or context.now - at > STALE:
            continue
        if context.now >= at:
            if day < context.today and digests.left_between(context.session, day - 6 * DAY, day):
                # The day of the week was changed since: the last summary told most of this one.
                continue
            digest = digests.prepare(context.session, day)
            if digest.posted_at is None and digest.held_by_id is None:
                post(context, digest, at)
        elif (
            rules.digest_preview and context.now >= shown_at(context, day) and not digests.of_day(context.session, day)
        ):
            digests.prepare(context.session, day)
            for member in members.coordinators(context.session):
                context.owe(member, "digest.preview", day.toordinal())


def post(context: Context, digest: Digest, at: datetime) -> None:
    """Owe it to the network's channel and to each body's; to the coordinators where the network has no channel now.

    `at` is when it should have left: later than that, it says why.
    """
    digest.posted_at = context.now
    number = digest.day.toordinal()
    shared = shared_channel(context)
    gone = shared is not None and shared.closed_at is not None
    if shared is not None and not gone:
        context.owe(shared, "digest.week", number, step=NETWORK, at=at)
    elif gone or not context.network.rules.digest_preview:
        for member in members.coordinators(context.session):
            context.owe(member, "digest.week", number, step=NETWORK, at=at)
    for body in bodies.active(context.session):
        channel = context.session.find(Channel, body.channel_id)
        if channel is not None and (shared is None or channel.id != shared.id):
            context.owe(channel, "digest.week", number, step=f"body:{body.id}", at=at)


def shared_channel(context: Context) -> Channel | None:
    """The network's channel, whatever its name is now; it may be closed."""
    return context.session.find(Channel, context.network.rules.digest_channel_id)


def without_channel(context: Context) -> Iterable[Section]:
    """That the network's channel is not there any more, for the coordinators."""
    shared = shared_channel(context)
    if shared is not None and shared.closed_at is not None:
        yield Section(
            _(
                "The channel of the week’s summary, #{channel}, is closed or I am no longer in it: the summary comes "
                "to you instead. Choose another channel with `/filrouge settings`.",
                channel=shared.name,
            )
        )


@notice("digest.week")
def word_week(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for each in owed:
        digest = digests.of_day(context.session, date.fromordinal(each.subject_id))
        if digest is None:
            continue
        kind, _colon, id_ = each.step.partition(":")
        body = context.session.get(Body, int(id_)) if kind == "body" else None
        blocks = without(gather(context, as_posted(context, digest, each.channel_id, body)), digest.left_out)
        if not blocks and (body is not None and not digest.word):
            continue
        title = _("The week of {body}", body=body.name) if body else _("The week")
        if each.member_id is not None:
            yield from without_channel(context)
        yield from as_sections(digest, title, blocks, each.step, leaves_at(context, digest.day))


def as_posted(context: Context, digest: Digest, channel_id: int | None, body: Body | None) -> Scope:
    """What everyone in the channel may see, and nothing that only some of them may."""
    viewer = Viewer.everyone_in(channel_id, body.id if body is not None else None)
    return Scope(viewer, leaves_at(context, digest.day), body=body)


def as_sections(
    digest: Digest, title: Phrase, blocks: Sequence[Block], step: str, until: datetime
) -> Iterable[Section]:
    """A screen of it, with the coordinators' word before it and the rest behind a button."""
    if digest.word:
        yield Section(lines(title, verbatim(digest.word)))
    if not blocks:
        yield Section(_("{title}: nothing to report.", title=title))
        return
    sections, complete = brief(blocks)
    if not digest.word:
        yield Section(title)
    yield from sections[:-1]
    more = button(_("See everything"), everything, scope=step, until=until.isoformat())
    yield Section(sections[-1].text, () if complete else (more,))
