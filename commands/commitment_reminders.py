"""When something is owed about commitments, and the words in which it is said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot import Context, Phrase, Section, _, every, lines, notice, verbatim, viewer_of
from bot.manners import Manners, Step, StepKind
from bot.text import shortened
from commands import commitment_buttons
from commands.commitment_cards import by_when, line, owned_line
from commands.commitment_lists import ASKED, SCREEN, asking, late_section
from commands.people import Around
from commands.promising import ANSWER, PROPOSED, UNREACHED
from storage import bodies, channels, commitments, members, notices
from storage.bodies import Body, RemindersIn
from storage.channels import Channel
from storage.commitments import Commitment, Owner, Status
from storage.database import NetworkSession
from storage.members import Absence, Member
from storage.notices import Notice
from storage.visibility import Viewer, can_see

BEFORE = "commitment.before"
AFTER = "commitment.after"
LATE = "commitment.late"
# How many commitments one wake-up looks at: the others wait for the next, a minute later.
BATCH = 2500
BATCHES = 4
FAR = datetime(9999, 1, 1, tzinfo=UTC)


@every
def plan(context: Context) -> None:
    """Record the steps that have come for each commitment, and the instant of its next one."""
    for _batch in range(BATCHES):
        rows = commitments.stepping(context.session, until=context.now, limit=BATCH)
        if not rows:
            return
        _Planner(context, rows).plan()
        context.session.flush()
        if len(rows) < BATCH:
            return


class _Planner:
    """Works out the steps of a batch; what it needs of people is loaded once."""

    def __init__(self, context: Context, rows: Sequence[Commitment]) -> None:
        self._context = context
        self._rows = rows
        session = context.session
        self._around = Around.of(session, rows)
        self._absences = members.absences_by_member(session, since=context.now.date() - timedelta(days=1))
        self._coordinators = [(one, viewer_of(session, one)) for one in members.coordinators(session)]
        self._manners: dict[int, Manners] = {}
        self._steps: dict[tuple[date, Manners], tuple[Step, ...]] = {}
        self._channels = _reminding_channels(session, rows)
        self._owed: list[Mapping[str, Any]] = []

    def plan(self) -> None:
        for row in self._rows:
            row.next_step_at = self._planned(row) if row.remindable else None
        notices.record_all(self._context.session, self._owed)

    def _planned(self, row: Commitment) -> datetime | None:
        """Owe what came since the last look, one message for all that was missed; the instant of the next step."""
        since, now = row.next_step_at or FAR, self._context.now
        upcoming = FAR
        for recipient, steps in self._recipients(row):
            come = [step for step in steps if since <= step.at <= now]
            if come:
                self._owe(row, recipient, come[-1])
            upcoming = min([upcoming, *(step.at for step in steps if step.at > now)])
        return None if upcoming == FAR else upcoming

    def _owe(self, row: Commitment, recipient: notices.Recipient, step: Step) -> None:
        kind = {StepKind.BEFORE: BEFORE, StepKind.AFTER: AFTER, StepKind.LATE: LATE}[step.kind]
        self._owed.append(
            notices.unrecorded(recipient, kind, row.id, step=step.name, version=row.version, due_at=step.at)
        )

    def _recipients(self, row: Commitment) -> Iterator[tuple[notices.Recipient, list[Step]]]:
        """Who is told of which steps: first the channel or the owners, then the owners, at last the coordinator."""
        in_channel = row.status is Status.OPEN and self._channels.get(row.body_id or 0)
        if in_channel and _shows(in_channel, row):
            steps = self._of(row, Manners.of(self._context.network))
            yield ("channel", in_channel.id), [step for step in steps if step.kind is StepKind.BEFORE]
        reached = False
        for owner in self._around.principals(row):
            for member in self._around.behind(row, owner):
                reached = True
                yield from self._personal(row, owner, member, before=not in_channel)
        for coordinator, viewer in self._coordinators:
            if not can_see(viewer, row):
                continue
            steps = self._of(row, self._manners_of(coordinator))
            # Where nobody can be written to, the coordinator gets all the texts.
            kinds = {StepKind.LATE} if reached else set(StepKind)
            if [owner.member_id for owner in self._around.principals(row)] == [coordinator.id]:
                continue
            yield ("member", coordinator.id), [step for step in steps if step.kind in kinds]

    def _personal(
        self, row: Commitment, owner: Owner, member: Member, *, before: bool
    ) -> Iterator[tuple[notices.Recipient, list[Step]]]:
        """The owner's own steps; a deputy takes those that fall while the owner is away."""
        kinds = {StepKind.BEFORE} if before else set()
        if row.status is Status.OPEN and owner.accepted_at is not None:
            kinds.add(StepKind.AFTER)
        theirs = self._manners_of(member)
        steps = [step for step in self._of(row, theirs) if step.kind in kinds]
        deputies = self._around.deputies(row)
        if deputies and theirs.absences:
            usual = Manners.of(self._context.network, member)
            missed = {step.name for step in self._of(row, usual) if theirs.away(usual.today(step.at))}
            steps = [step for step in steps if step.name not in missed]
            for deputy in deputies:
                stands_in = self._of(row, self._manners_of(deputy))
                yield (
                    ("member", deputy.id),
                    [step for step in stands_in if step.name in missed and step.kind in kinds],
                )
        yield ("member", member.id), steps

    def _manners_of(self, member: Member) -> Manners:
        if member.id not in self._manners:
            away: Sequence[Absence] = self._absences.get(member.id, ())
            self._manners[member.id] = Manners.of(self._context.network, member, away)
        return self._manners[member.id]

    def _of(self, row: Commitment, manners: Manners) -> tuple[Step, ...]:
        """Worked out once for all who share a day and manners."""
        assert row.due_on is not None
        key = (row.due_on, manners)
        if key not in self._steps:
            self._steps[key] = manners.steps(row.due_on)
        return self._steps[key]


def _reminding_channels(session: NetworkSession, rows: Sequence[Commitment]) -> dict[int, Channel]:
    """The channels of the bodies that want their reminders there, by body."""
    found: dict[int, Channel] = {}
    wanted = {row.body_id for row in rows if row.body_id is not None}
    for body in bodies.active(session):
        if body.id in wanted and body.reminders_in is RemindersIn.CHANNEL and body.channel_id is not None:
            channel = channels.by_ids(session, [body.channel_id])[body.channel_id]
            if channel.closed_at is None:
                found[body.id] = channel
    return found


def _shows(channel: Channel, row: Commitment) -> bool:
    return can_see(Viewer.everyone_in(channel.id, row.body_id), row)


def preload(session: NetworkSession, owed: Sequence[Notice]) -> None:
    commitments.preload(session, {one.subject_id for one in owed})


def _rows(context: Context, owed: Sequence[Notice], *, current: bool = True) -> list[Commitment]:
    """The commitments of notices that still hold, by day; `current`: not those whose day moved since."""
    versions = {one.subject_id: one.version for one in owed}
    rows = commitments.by_ids(context.session, versions)
    return [row for row in rows if row.alive and (not current or row.version == versions[row.id])]


def _mine(context: Context, row: Commitment, around: Around) -> bool:
    return context.member is not None and around.owner_row(row, context.member) is not None


def _wanted(context: Context, rows: list[Commitment], around: Around) -> list[Commitment]:
    """Without their own for somebody who wishes no reminders."""
    if context.member is None or context.member.reminded:
        return rows
    return [row for row in rows if not _mine(context, row, around)]


@notice(PROPOSED, lasting=True, preload=preload)
def proposed(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """To who has not answered yet."""
    rows = _rows(context, owed)
    around = Around.of(context.session, rows)
    for row in rows:
        owner = around.owner_row(row, context.member) if context.member else None
        if owner is None or (owner.accepted_at is not None and owner.replaces_id is None):
            continue
        by = _proposer(context, row, around, owner)
        body = context.session.find(Body, row.body_id)
        organisation = around.partners.get(owner.partner_id or 0)
        yield Section(
            lines(
                _("{author} proposes a commitment to you", author=by) if by else _("A commitment for you"),
                _("in the name of {partner}", partner=organisation.name)
                if organisation and owner.member_id is None
                else None,
                _("({body})", body=body.name) if body else None,
                separator=" ",
            )
        )
        yield Section(
            lines(owned_line(row), _together(row, around, owner), _("Does that suit you?")),
            commitment_buttons.proposal_buttons(row),
        )


def _proposer(context: Context, row: Commitment, around: Around, owner: Owner) -> str:
    """Who hands it over, or who recorded it."""
    if owner.replaces_id is not None:
        return next((around.name(one) for one in around.principals(row) if one.id == owner.replaces_id), "")
    author = context.session.find(Member, row.author_id)
    return author.name if author else ""


@notice(UNREACHED, lasting=True, preload=preload)
def unreached(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """To the coordinator: an organisation of which nobody is here."""
    rows = _rows(context, owed)
    around = Around.of(context.session, rows)
    for row in rows:
        for owner in around.principals(row):
            if owner.accepted_at is None and not around.behind(row, owner):
                partner = around.partners.get(owner.partner_id or 0)
                address = f" ({partner.email})" if partner and partner.email else ""
                yield Section(
                    _("{name} has nobody here. This text is ready to be sent to them:",
                      name=around.name(owner) + address)
                )  # fmt: skip
                yield Section(
                    _(
                        "Hello, it is proposed that {name} take this on: “{text}” – {when}. "
                        "Does that suit you, or is another day better?",
                        name=around.name(owner),
                        text=shortened(row.text),
                        when=by_when(row),
                    )
                )


@notice(BEFORE, preload=preload)
def before(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """Before the day; to somebody who has not accepted yet it is still a question."""
    today = context.today
    rows = [row for row in _rows(context, owed) if row.due_on is not None and row.due_on >= today]
    around = Around.of(context.session, rows)
    rows = _wanted(context, rows, around)
    if context.member is None:
        yield from _in_channel(rows, around)
        return
    mine = [row for row in rows if _mine(context, row, around)]
    if mine:
        hello = _("Hello {name}, a reminder of what is coming up:", name=_first_name(context.member))
        yield Section(_("Coming up:") if context.greeted else hello)
        context.greeted = True
    for row in mine:
        owner = around.owner_row(row, context.member)
        asked = owner is not None and owner.accepted_at is None and not owner.deputy
        yield Section(
            lines(
                owned_line(row),
                _together(row, around, owner),
                _stands_in(row, around, owner),
                _("You have not answered yet: does that suit you?") if asked else None,
            ),
            commitment_buttons.proposal_buttons(row) if asked else commitment_buttons.reminder_buttons(row),
        )
    for row in rows:
        if row not in mine:
            yield _nobody(row, around)
            yield Section(
                _(
                    "Hello, a reminder of what is coming up: “{text}” – {when}.",
                    text=shortened(row.text),
                    when=by_when(row),
                )
            )


def _in_channel(rows: Sequence[Commitment], around: Around) -> Iterator[Section]:
    if rows:
        yield Section(_("Coming up:"))
    for row in rows:
        yield Section(line(row, around), commitment_buttons.reminder_buttons(row))


@notice(AFTER, preload=preload)
def after(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """Where do things stand? Asked once."""
    rows = _rows(context, owed)
    around = Around.of(context.session, rows)
    rows = _wanted(context, rows, around)
    mine = [row for row in rows if _mine(context, row, around)]
    if mine and context.member is not None:
        hello = _("Hello {name}, where do things stand?", name=_first_name(context.member))
        yield Section(_("Where do things stand?") if context.greeted else hello)
        context.greeted = True
    for row in mine:
        owner = around.owner_row(row, context.member) if context.member is not None else None
        yield Section(
            lines(owned_line(row), _together(row, around, owner), _stands_in(row, around, owner)),
            commitment_buttons.reminder_buttons(row),
        )
    if mine:
        yield Section(_("I will not ask again by myself. A word is enough, whatever the answer."))
    for row in rows:
        if row not in mine:
            yield _nobody(row, around)
            yield Section(asking(row), commitment_buttons.reminder_buttons(row))


def _together(row: Commitment, around: Around, owner: Owner | None) -> Phrase | None:
    """With whom else, to one of several."""
    if owner is None or owner.deputy or owner.replaces_id is not None:
        return None
    others = [around.name(one) for one in around.principals(row) if one.id != owner.id]
    return _("With {names}.", names=others) if others else None


def _stands_in(row: Commitment, around: Around, owner: Owner | None) -> Phrase | None:
    """To a deputy, who was asked nothing before."""
    if owner is None or not owner.deputy:
        return None
    return _("In the absence of {names}, you stand in.", names=around.who(row))


def _nobody(row: Commitment, around: Around) -> Section:
    """To the coordinator, for an organisation of which nobody is here."""
    return Section(_("{names} has nobody here. A text to send them:", names=around.who(row)))


@notice(LATE, preload=preload)
def late(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """The coordinator's private list; she decides whom to ask again, and how."""
    today = context.today
    rows = [row for row in _rows(context, owed) if row.due_on is not None and row.due_on < today and not row.muted]
    if not rows:
        return
    around = Around.of(context.session, rows)
    yield Section(_("For you alone: past their day and without news. I ask nobody again unless you say so."))
    for row in rows[:SCREEN]:
        yield late_section(row, around)
    if len(rows) > SCREEN:
        yield Section(_("And {n} more: `/commit late`.", n=len(rows) - SCREEN))


@notice(ASKED, preload=preload)
def asked(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """The coordinator asked for it to be asked again."""
    for row in _rows(context, owed, current=False):
        yield Section(
            lines(asking(row), verbatim(row.note) if row.note else None), commitment_buttons.reminder_buttons(row)
        )


@notice(ANSWER, lasting=True, preload=preload)
def answered(context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
    """What somebody did with it, for those who wait to know."""
    rows = {row.id: row for row in commitments.by_ids(context.session, {one.subject_id for one in owed})}
    around = Around.of(context.session, rows.values())
    for one in owed:
        row = rows.get(one.subject_id)
        phrase = _answer(context, row, around, one.step) if row is not None else None
        if phrase is not None and row is not None:
            buttons = commitment_buttons.reminder_buttons(row) if row.alive and _mine(context, row, around) else ()
            yield Section(phrase, buttons)


def _answer(context: Context, row: Commitment, around: Around, step: str) -> Phrase | None:
    what, _colon, who = step.partition(":")
    member = context.session.get(Member, int(who)) if who else None
    name = member.name if member else ""
    text = owned_line(row)
    match what:
        case "accepted" if row.alive:
            return _("{name} takes it on: {what}", name=name, what=text)
        case "refused":
            head = _("{name} does not take it on: {what}", name=name, what=text)
            return lines(head, _("“{note}”", note=row.note) if row.note else None)
        case "help" if row.alive and row.help_wanted:
            head = _("{names} would like help: {what}", names=around.who(row), what=text)
            return lines(head, _("“{note}”", note=row.help_note) if row.help_note else None)
        case "moved" if row.alive:
            return _("Its day has changed: {what}", what=text)
        case "withdrawn" if row.status is Status.WITHDRAWN:
            return _("It is no longer asked of you: {what}", what=text)
        case "deputy" if row.alive:
            return _("You step in when {names} is away: {what}", names=around.who(row), what=text)
        case _:
            return None


def _first_name(member: Member) -> str:
    return member.name.split()[0] if member.name else ""
