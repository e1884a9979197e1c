"""Meetings and deadlines as calendars show them: invitations, and the calendar that each member can subscribe to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.context import viewer_of
from bot.exports import ics
from bot.exports.ics import Entry
from bot.phrases import Reader, _
from bot.text import shortened
from storage import commitments, journal, meetings
from storage.commitments import Commitment, Status
from storage.database import NetworkSession
from storage.journal import JournalLine
from storage.meetings import Meeting
from storage.members import Member
from storage.networks import Network
from storage.visibility import Viewer

# What an invitation says of a meeting: a change of any of these is a new version of it.
SAID = ("title", "starts_at", "ends_at", "place", "cancelled_at")
OWED = ("text", "due_on", "status")
BACK, AHEAD = timedelta(days=90), timedelta(days=550)
MOST = 500
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """A member's calendar, and when anything in their network last changed."""

    content: bytes
    changed: datetime


def address(site: str, token: str) -> str:
    """Where a member's calendar is."""
    return f"{site}/calendar/{token}.ics"


def versions(session: NetworkSession, rows: Iterable[Meeting]) -> dict[int, list[JournalLine]]:
    """By meeting, what its invitation said otherwise before: their number is that of its version."""
    return journal.changes(session, Meeting.__tablename__, [row.id for row in rows], SAID)


def meeting(
    network: Network,
    row: Meeting,
    changes: Sequence[JournalLine],
    *,
    words: str = "",
    busy: bool = True,
    organizer: tuple[str, str] | None = None,
    attendee: tuple[str, str] | None = None,
) -> Entry:
    """A meeting as an event, of a whole day where its hour is not known; `words` are its description."""
    local = row.starts_at.astimezone(ZoneInfo(network.timezone))
    return Entry(
        uid=_uid(network, "meeting", row.id),
        title=row.title,
        starts=row.starts_at if row.ends_at or local.time() != time() else local.date(),
        ends=row.ends_at,
        zone=network.timezone,
        changed=changes[-1].at if changes else row.created_at,
        sequence=len(changes),
        place=row.place,
        words=words,
        cancelled=row.cancelled_at is not None,
        busy=busy,
        organizer=organizer,
        attendee=attendee,
    )


def feed(session: NetworkSession, network: Network, member: Member, now: datetime) -> Feed:
    """The meetings that a member may see, cancelled ones as such, and the days by which they promised something."""
    viewer = viewer_of(session, member)
    reader = Reader(member.language or network.language, member.timezone or network.timezone, network.country)
    since = now - BACK
    coming = meetings.between(session, viewer, since=since, until=now + AHEAD, cancelled=True)[:MOST]
    changes = versions(session, coming)
    entries = [
        meeting(
            network,
            row,
            changes.get(row.id, ()),
            words=row.ref,
            busy=row.body_id is None or row.body_id in viewer.body_ids or row.author_id == member.id,
        )
        for row in coming
    ]
    own = _own(session, viewer, member, since.date())
    owed = journal.changes(session, Commitment.__tablename__, [row.id for row in own], OWED)
    entries += [_deadline(network, row, row.due_on, owed, reader) for row in own if row.due_on is not None]
    name = _("{network}: my meetings and deadlines", network=network.name).say(reader)
    # The window moves on at midnight, whether or not anything changed.
    midnight = datetime.combine(now.astimezone(ZoneInfo(network.timezone)).date(), time(), ZoneInfo(network.timezone))
    newest = journal.newest(session)
    return Feed(
        ics.write(entries, method="PUBLISH", name=name, refresh=REFRESH), max(newest, midnight) if newest else midnight
    )


def _own(session: NetworkSession, viewer: Viewer, member: Member, since: date) -> list[Commitment]:
    """What a member accepted, or their organisation without naming anyone; no colleague's, and nothing as a deputy."""
    partners = [member.partner_id] if member.partner_id else []
    rows = commitments.listed(
        session,
        viewer,
        statuses=[Status.OPEN],
        of=commitments.owned_by([member.id], partners),
        due_from=since,
        limit=MOST,
    )
    owners = commitments.owners_of(session, [row.id for row in rows])
    return [
        row
        for row in rows
        if any(
            (owner.member_id == member.id or (owner.member_id is None and owner.partner_id in partners))
            and not owner.deputy
            and owner.replaces_id is None
            for owner in owners.get(row.id, ())
        )
    ]


def _deadline(
    network: Network, row: Commitment, day: date, owed: Mapping[int, Sequence[JournalLine]], reader: Reader
) -> Entry:
    """The whole day by which something is owed; it takes no time of it."""
    changes = owed.get(row.id, ())
    return Entry(
        uid=_uid(network, "commitment", row.id),
        title=_("{ref} to do: {text}", ref=row.ref, text=shortened(row.text, 200)).say(reader),
        starts=day,
        ends=None,
        zone=network.timezone,
        changed=changes[-1].at if changes else row.created_at,
        sequence=len(changes),
        busy=False,
    )


def _uid(network: Network, kind: str, number: int) -> str:
    """Unique over all installations: a network is known by its platform's name for it and the instant it was made."""
    return ics.uid(network.platform, network.external_id, network.created_at.isoformat(), kind, number)
