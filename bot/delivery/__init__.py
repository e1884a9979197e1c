"""Keeping promises: what is owed is recorded, grouped, worded from the rows as they are, and sent, once.

Nothing is sent inside a transaction; one failed message never stops the others.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.context import Context
from bot.delivery.addressing import MAIL, Post, assemble, route_of
from bot.delivery.envelope import Envelopes
from bot.delivery.undelivered import tell
from bot.manners import Manners
from bot.messages import Message
from bot.platforms.base import Platform, Recipient, SendFailedError
from bot.registry import Job, Registry
from storage import channels, members, networks, notices
from storage.database import Database, NetworkSession, Origin
from storage.notices import State
from storage.turns import Haste

log = structlog.get_logger()

# How long one process has for one batch before another may think that it died.
LEASE = timedelta(minutes=5)
HOUR = timedelta(hours=1)
BATCH = 50
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 1440))


@dataclass(frozen=True, slots=True)
class Report:
    """What a wake-up did. `again` counts messages sent once more because nobody could say whether they had arrived."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    void: int = 0
    postponed: int = 0
    again: int = 0

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.sent + other.sent,
            self.failed + other.failed,
            self.given_up + other.given_up,
            self.void + other.void,
            self.postponed + other.postponed,
            self.again + other.again,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process took; `attempt` tells it from a later claim of the same one."""

    id: int
    network_id: int
    attempt: int
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to leave, and by which way."""

    platform: str
    network_external_id: str
    recipient: Recipient
    message: Message
    since: datetime


class Delivery:
    """Sends what networks owe, on the platforms given by name; a network of another platform is left alone."""

    def __init__(self, database: Database, registry: Registry, platforms: Mapping[str, Platform]) -> None:
        self._database = database
        self._registry = registry
        self._platforms = platforms
        self._envelopes = Envelopes(registry)
        # When each hourly job of each network was last done by this process.
        self._done: dict[tuple[str, int], datetime] = {}

    def run(self, now: datetime, *, gently: bool = False) -> Report:
        """Record what is owed by now in every network, and send what is due; `gently`, between those who are served."""
        with self._database.system_session(reading=True) as session:
            network_ids = networks.of_platforms(session, self._platforms)
        return self._run(network_ids, now, wait=False, gently=gently)

    def run_network(self, network_id: int, now: datetime, *, gently: bool = False) -> Report:
        """The same for one network, as after each message that was answered."""
        with self._database.system_session(reading=True) as session:
            mine = network_id in networks.of_platforms(session, self._platforms)
        return self._run([network_id] if mine else [], now, wait=True, gently=gently)

    def _run(self, network_ids: Sequence[int], now: datetime, *, wait: bool, gently: bool = False) -> Report:
        for network_id in network_ids:
            if gently:
                self._database.traffic.lull()
            self._record(network_id, now, wait=wait)
        report = self._send(network_ids, now)
        if report.given_up:
            # The coordinators hear of it at once, not at the next wake-up.
            for network_id in network_ids:
                self._record(network_id, now, wait=wait)
            report += self._send(network_ids, now)
        return report

    def _record(self, network_id: int, now: datetime, *, wait: bool) -> None:
        """Run the network's jobs and put what is due into deliveries; a job that fails does not stop the others."""
        try:
            if not self._recorded(network_id, now, _together, wait=wait):
                self._recorded(network_id, now, _alone, wait=wait)
        except Exception:
            # The other networks still get theirs; this one is tried again at the next wake-up.
            log.exception("nothing recorded", network=network_id)

    def _recorded(self, network_id: int, now: datetime, do: Callable[[Context, Job], bool], *, wait: bool) -> bool:
        """In one transaction; False where a job that had no savepoint of its own failed.

        Savepoints would be half of the work, so jobs get theirs only then.
        """
        try:
            with self._session(network_id, now) as session:
                network = networks.locked(session, network_id, wait=wait)
                if network is None:
                    return True
                context = Context(session=session, network=network, now=now)
                jobs = [job for job in self._registry.jobs if not self._done_lately(job, network_id, now)]
                done = [job for job in jobs if do(context, job)]
                assemble(session, network, now, self._registry.wordings, mail=MAIL in self._platforms)
        except _JobFailedError:
            return False
        self._done |= {(job.name, network_id): now for job in done if job.hourly}
        return True

    def _done_lately(self, job: Job, network_id: int, now: datetime) -> bool:
        last = self._done.get((job.name, network_id))
        return last is not None and timedelta(0) <= now - last < HOUR

    def _send(self, network_ids: Sequence[int], now: datetime) -> Report:
        report = Report()
        for network_id, claims in self._claims(network_ids, now):
            started = time.monotonic()
            ready = self._prepared(network_id, claims, now)
            for claim, prepared in ready:
                if time.monotonic() - started > LEASE.total_seconds() / 2:
                    # The platform is slow: what is left is for the next wake-up, before the lease is over.
                    self._give_back(claim, now)
                    continue
                try:
                    report += self._leave(claim, prepared, now) if isinstance(prepared, Parcel) else prepared
                except Exception:
                    # It stays claimed: when the lease is over it is taken up again, and the platform is asked first.
                    log.exception("delivery interrupted", delivery=claim.id, network=claim.network_id)
                    report += Report(failed=1)
        return report

    def _claims(self, network_ids: Sequence[int], now: datetime) -> Iterator[tuple[int, list[Claim]]]:
        """By network, until nothing is left to take; each is taken once a run, since its next try is later than now."""
        while network_ids:
            with self._database.system_session() as session:
                taken = [
                    Claim(row.id, row.network_id, row.attempts, row.ambiguous)
                    for row in notices.claim(session, now=now, lease=LEASE, limit=BATCH, network_ids=network_ids)
                ]
            if not taken:
                return
            for network_id in dict.fromkeys(claim.network_id for claim in taken):
                yield network_id, [claim for claim in taken if claim.network_id == network_id]

    def _prepared(self, network_id: int, claims: Sequence[Claim], now: datetime) -> list[tuple[Claim, Parcel | Report]]:
        """Worded together; when one of them cannot be, each by itself, so that it stops none of the others."""
        try:
            with self._session(network_id, now) as session:
                batch = _Batch(session, claims, now)
                self._envelopes.preload(session, [notice for some in batch.carried.values() for notice in some])
                return [(claim, self._prepare(batch, claim, now)) for claim in claims]
        except Exception as mistake:
            if len(claims) > 1:
                return [pair for claim in claims for pair in self._prepared(network_id, [claim], now)]
            log.exception("not worded", delivery=claims[0].id, network=network_id)
            return [(claims[0], self._failed(claims[0], SendFailedError(type(mistake).__name__), now))]

    def _prepare(self, batch: "_Batch", claim: Claim, now: datetime) -> Parcel | Report:
        """Check again what is still true, and word it; a delivery of which nothing holds any more is void."""
        row = batch.rows.get(claim.id)
        if row is None or not _held(row, claim):
            return Report()
        post = self._post(batch, row)
        if post is None:
            row.state = State.VOID
            notices.release(batch.session, row.id)
            return Report(void=1)
        if not claim.ambiguous and (later := post.manners.next_allowed(now)) > now:
            row.state, row.next_try_at = State.DUE, later
            row.attempts -= 1
            return Report(postponed=1)
        message = self._envelopes.seal(batch.session, batch.network, row, batch.carried.get(row.id, ()), post, now)
        if message is None and not claim.ambiguous:
            row.state = State.VOID
            return Report(void=1)
        return Parcel(
            post.platform,
            batch.network.external_id,
            post.recipient,
            message or Message((), token=row.token),
            since=row.created_at,
        )

    def _leave(self, claim: Claim, parcel: Parcel, now: datetime) -> Report:
        """Send it, in no transaction."""
        again = 0
        try:
            message_id = self._arrived(parcel) if claim.ambiguous else None
            if message_id is None:
                if not parcel.message.parts:
                    return self._void(claim, now)
                again = int(claim.ambiguous)
                platform = self._platforms[parcel.platform]
                message_id = platform.send(parcel.network_external_id, parcel.recipient, parcel.message, now=now)
        except SendFailedError as failure:
            return self._failed(claim, failure, now)
        except Exception as mistake:
            log.exception("platform failed", delivery=claim.id, network=claim.network_id)
            return self._failed(claim, SendFailedError(type(mistake).__name__, ambiguous=True), now)
        self._settle(claim, now, state=State.SENT, sent_at=now, message_id=message_id, reason="")
        return Report(sent=1, again=again)

    def _arrived(self, parcel: Parcel) -> str | None:
        platform = self._platforms[parcel.platform]
        return platform.find(parcel.network_external_id, parcel.recipient, parcel.message.token, since=parcel.since)

    def _settle(self, claim: Claim, now: datetime, **columns: object) -> None:
        """Write what became of it, unless another process has taken it since."""
        with self._session(claim.network_id, now) as session:
            notices.settle(session, claim.id, claim.attempt, **columns)

    def _void(self, claim: Claim, now: datetime) -> Report:
        self._settle(claim, now, state=State.VOID)
        return Report(void=1)

    def _give_back(self, claim: Claim, now: datetime) -> None:
        self._settle(claim, now, state=State.DUE, next_try_at=now + timedelta(seconds=1), attempts=claim.attempt - 1)

    def _post(self, batch: "_Batch", row: notices.Delivery) -> Post | None:
        """Who gets it and by which way; None when they cannot get anything any more."""
        network = batch.network
        if row.channel_id is not None:
            channel = batch.channels[row.channel_id]
            recipient = Recipient(channel.external_id, channel.name, channel=True)
            return Post(network.platform, recipient, Manners.of(network), channel=channel)
        member = batch.members.get(row.member_id or 0)
        if member is None:
            return None
        manners = Manners.of(network, member, batch.absences.get(member.id, ()))
        return route_of(network, member, manners, mail=MAIL in self._platforms)

    def _failed(self, claim: Claim, failure: SendFailedError, now: datetime) -> Report:
        with self._session(claim.network_id, now) as session:
            row = session.get(notices.Delivery, claim.id, with_for_update=True)
            if row is None or not _held(row, claim):
                return Report(failed=1)
            row.reason = failure.reason
            row.ambiguous = claim.ambiguous or failure.ambiguous
            if failure.retry_after:
                # The platform is busy, not the message wrong: this was no attempt.
                row.attempts -= 1
                row.state, row.next_try_at = State.FAILED, now + timedelta(seconds=max(failure.retry_after, 1))
                return Report(failed=1)
            if failure.gone or row.attempts > len(BACKOFF):
                row.state = State.GIVEN_UP
                if failure.gone and row.channel_id is not None:
                    channels.by_ids(session, [row.channel_id])[row.channel_id].closed_at = now
                tell(session, row, now)
                return Report(given_up=1)
            row.state, row.next_try_at = State.FAILED, now + BACKOFF[row.attempts - 1]
        return Report(failed=1)

    def _session(self, network_id: int, now: datetime) -> AbstractContextManager[NetworkSession]:
        origin = Origin(now, source="delivery", operation="delivery")
        return self._database.session(network_id, origin, haste=Haste.LATER)


class _JobFailedError(Exception):
    """A job failed, whatever it raised: what the others did in its transaction is lost with it."""


def _together(context: Context, job: Job) -> bool:
    """Raises _JobFailedError."""
    try:
        job.function(context)
        context.session.flush()
    except Exception as mistake:
        # Whatever a job raises, the others have to be done all the same.
        raise _JobFailedError(job.name) from mistake
    return True


def _alone(context: Context, job: Job) -> bool:
    """Whether it was done."""
    try:
        with context.session.begin_nested():
            return _together(context, job)
    except _JobFailedError:
        # Its savepoint is rolled back, and the other jobs of the network run.
        log.exception("job failed", job=job.name, network=context.network.id)
        return False


class _Batch:
    """The rows of some claims of one network, and all that is needed to reach their recipients, loaded at once."""

    def __init__(self, session: NetworkSession, claims: Sequence[Claim], now: datetime) -> None:
        self.session = session
        self.network = session.network
        self.rows = notices.by_ids(session, [claim.id for claim in claims])
        self.carried = notices.carried(session, self.rows)
        self.members = members.by_ids(session, (row.member_id for row in self.rows.values() if row.member_id))
        self.channels = channels.by_ids(session, (row.channel_id for row in self.rows.values() if row.channel_id))
        # Those over since too: what waited for the end of one is not late.
        due = [notice.due_at for owed in self.carried.values() for notice in owed]
        self.absences = members.absences_by_member(session, since=min([now, *due]).date() - timedelta(days=1))


def _held(row: notices.Delivery, claim: Claim) -> bool:
    """Whether no other process has taken it since."""
    return row.state is State.CLAIMED and row.attempts == claim.attempt
