"""When something is owed about commitments: the steps of each, looked at when they come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot import Context, every, viewer_of
from bot.manners import Manners, Step, StepKind
from commands.people import Around
from storage import bodies, channels, commitments, members, notices
from storage.bodies import RemindersIn
from storage.channels import Channel
from storage.commitments import Commitment, Owner, Status
from storage.database import NetworkSession
from storage.members import Absence, Member
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
