"""What happened in a week and what comes next, as one viewer may see it: the lines of a digest, before it is sent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import Context, Phrase, Section, _, lines, many
from bot.text import Bold, shortened
from commands import commitment_cards
from commands.offer_cards import unverified_line
from commands.people import Around
from commands.records import bare, day_of, named, wording
from storage import agreements, commitments, decisions, freshness, meetings, offers, settled
from storage.agreements import Agreement
from storage.bodies import Body
from storage.commitments import Commitment, Status
from storage.decisions import Decision
from storage.settled import Settled
from storage.settled import Status as Standing
from storage.visibility import Viewer, Visible

WEEK = timedelta(days=7)
# Meetings are announced earlier than deadlines: people keep their day free.
MEETINGS_AHEAD = timedelta(days=14)
# Whoever answers for an offer is asked first; the coordinator hears of it when that has brought nothing.
UNVERIFIED_SINCE = timedelta(days=7)
MOST_UNVERIFIED = 20
# A review day missed for longer is the coordinator's own list, not the week's.
REVIEWS_BACK = timedelta(days=31)
# What one screen holds, in lines of items, and how many of one block while others need room.
SCREEN = 14
SHARE = 3


@dataclass(frozen=True, slots=True)
class Item:
    ref: str
    line: Phrase


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind, in the order of their days or names; never a ranking of partners."""

    kind: str
    title: Phrase
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is about: the week that ends before `until`, of the network, of one body, or the viewer's own.

    `partner_id` is the organisation of a viewer who reads alone.
    """

    viewer: Viewer
    until: datetime
    body: Body | None = None
    mine: bool = False
    partner_id: int | None = None

    @property
    def since(self) -> datetime:
        return self.until - WEEK


def gather(context: Context, scope: Scope) -> list[Block]:
    """Every block that has something to say."""
    today = day_of(context, scope.until)
    makers: tuple[Callable[[Context, Scope, date], Block], ...] = (
        _settled,
        _kept,
        _due,
        _late,
        unverified,
        _reviews,
        _offers,
        _meetings,
    )
    return [block for maker in makers if (block := maker(context, scope, today)).items]


def without(blocks: Iterable[Block], left_out: Sequence[str]) -> list[Block]:
    """The blocks without the items of these references."""
    kept = [replace(block, items=tuple(item for item in block.items if item.ref not in left_out)) for block in blocks]
    return [block for block in kept if block.items]


def brief(blocks: Sequence[Block]) -> tuple[list[Section], bool]:
    """One screen of it, and whether that is all."""
    total = sum(len(block.items) for block in blocks)
    most = SCREEN if total <= SCREEN else SHARE
    return [_section(block, most) for block in blocks], total <= SCREEN or all(len(b.items) <= SHARE for b in blocks)


def whole(blocks: Sequence[Block]) -> list[Section]:
    return [_section(block, len(block.items)) for block in blocks]


def _section(block: Block, most: int) -> Section:
    left = len(block.items) - most
    more = many("and {n} more", "and {n} more", left) if left > 0 else None
    return Section(lines(block.title, *(item.line for item in block.items[:most]), more))


def _concerns(scope: Scope, row: Visible) -> bool:
    """Whether a record is of the body, or of the bodies and channels of the viewer."""
    if scope.body is not None:
        return row.body_id == scope.body.id
    viewer = scope.viewer
    return not scope.mine or (
        row.body_id in viewer.body_ids or row.channel_id in viewer.channel_ids or row.author_id == viewer.member_id
    )


def _settled(context: Context, scope: Scope, _today: date) -> Block:
    """Decisions and agreements that came into force."""
    session, window = context.session, {"since": scope.since, "until": scope.until}
    rows: list[Settled] = [
        *settled.between(session, Decision, scope.viewer, **window),
        *settled.between(session, Agreement, scope.viewer, **window),
    ]
    items = [
        Item(row.ref, _("{ref} {words}", ref=named(row), words=wording(context, row)))
        for row in rows
        if _concerns(scope, row) and row.status in {Standing.IN_FORCE, Standing.SUPERSEDED}
    ]
    return Block("settled", _("**Decided and agreed**"), tuple(items))


def _mine(scope: Scope, rows: Sequence[Commitment], around: Around) -> list[Commitment]:
    """Those of the scope's body or member."""
    if scope.body is not None:
        return [row for row in rows if row.body_id == scope.body.id]
    if scope.mine:
        return [row for row in rows if _answers(scope, row, around)]
    return list(rows)


def _answers(scope: Scope, row: Commitment, around: Around) -> bool:
    return any(
        owner.member_id == scope.viewer.member_id
        or (owner.member_id is None and owner.partner_id is not None and owner.partner_id == scope.partner_id)
        for owner in around.owners.get(row.id, ())
    )


def _kept(context: Context, scope: Scope, _today: date) -> Block:
    rows = commitments.closed_between(context.session, scope.viewer, since=scope.since, until=scope.until)
    around = Around.of(context.session, rows)
    items = [
        Item(
            row.ref,
            _("{ref} {who}: {text}", ref=named(row), who=around.who(row), text=shortened(row.text)),
        )
        for row in _mine(scope, rows, around)
    ]
    return Block("kept", _("**Commitments kept**"), tuple(items))


def _due(context: Context, scope: Scope, today: date) -> Block:
    rows = commitments.listed(
        context.session, scope.viewer, statuses=(Status.OPEN,), due_from=today, due_until=today + WEEK
    )
    around = Around.of(context.session, rows)
    items = [Item(row.ref, commitment_cards.line(row, around)) for row in _mine(scope, rows, around)]
    return Block("due", _("**To do in the coming week**"), tuple(items))


def _late(context: Context, scope: Scope, today: date) -> Block:
    """For the coordinator and whoever answers for it; a channel never sees any."""
    items: list[Item] = []
    if scope.viewer.member_id is not None:
        yesterday = today - timedelta(days=1)
        rows = commitments.listed(context.session, scope.viewer, statuses=(Status.OPEN,), due_until=yesterday)
        around = Around.of(context.session, rows)
        own = [row for row in _mine(scope, rows, around) if scope.viewer.coordinator or _answers(scope, row, around)]
        items = [Item(row.ref, commitment_cards.line(row, around)) for row in own if not row.muted]
    return Block("late", _("**Past their day** (you alone see this)"), tuple(items))


def unverified(context: Context, scope: Scope, _today: date) -> Block:
    """Offers that nobody has looked at for too long, for the coordinator alone."""
    items: list[Item] = []
    if scope.viewer.coordinator and scope.body is None and not scope.mine:
        rows, count = freshness.unverified(context.session, scope.until - UNVERIFIED_SINCE, limit=MOST_UNVERIFIED)
        known = freshness.keepers(context.session)
        for row in rows:
            keeper = known.members.get(known.of(row.keeper_id, row.partner_id) or 0)
            items.append(Item(row.ref, unverified_line(row, keeper.name if keeper else "")))
        if count > len(rows):
            items.append(Item("", many("and {n} more", "and {n} more", count - len(rows))))
    return Block("unverified", _("**To be verified** (you alone see this)"), tuple(items))


def _reviews(context: Context, scope: Scope, today: date) -> Block:
    since, until = today - REVIEWS_BACK, today + WEEK
    rows: list[Settled] = [
        *decisions.to_review(context.session, scope.viewer, since=since, until=until),
        *agreements.to_review(context.session, scope.viewer, since=since, until=until),
    ]
    items = [
        Item(row.ref, _("{ref} {words} – {day}", ref=named(row), words=wording(context, row), day=bare(day)))
        for row in rows
        if _concerns(scope, row)
        for day in [_next_day(row)]
        if day is not None and day >= today - REVIEWS_BACK
    ]
    return Block("reviews", _("**To look at again**"), tuple(items))


def _next_day(row: Settled) -> date | None:
    days = [day for day in (row.review_on, getattr(row, "until_on", None)) if day is not None]
    return min(days, default=None)


def _offers(context: Context, scope: Scope, _today: date) -> Block:
    """The network's; a body has none of its own."""
    items: list[Item] = []
    if scope.body is None and not scope.mine:
        rows = offers.changed_between(context.session, since=scope.since, until=scope.until)
        items = [
            Item(
                row.ref,
                _("{ref} {name} – new", ref=Bold(row.ref), name=shortened(row.name))
                if row.created_at >= scope.since
                else _("{ref} {name} – updated", ref=Bold(row.ref), name=shortened(row.name)),
            )
            for row in rows
        ]
    return Block("offers", _("**Offers**"), tuple(items))


def _meetings(context: Context, scope: Scope, _today: date) -> Block:
    # One that begins as this is read is no longer the next.
    since = scope.until + timedelta(minutes=1)
    rows = meetings.between(context.session, scope.viewer, since=since, until=scope.until + MEETINGS_AHEAD)
    items = [
        Item(row.ref, _("{title}: {when}", title=Bold(shortened(row.title)), when=row.starts_at))
        for row in rows
        if _concerns(scope, row)
    ]
    return Block("meetings", _("**Next meetings**"), tuple(items))
