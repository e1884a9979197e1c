"""Meetings: planned, held, closed; who was there, the points of their agenda, what their notes propose to record."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, String, Text, UniqueConstraint, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import bodies, channels
from storage.base import Base, Journaled, belongs, choice, owned
from storage.bodies import Body
from storage.channels import Channel
from storage.database import NetworkSession
from storage.networks import next_number
from storage.scope import prepared
from storage.visibility import Viewer, Visible, can_see, visible_to

# How far the clock of a chat server may be from ours.
CLOCKS_APART = timedelta(minutes=1)
# More meetings than anybody plans at once.
MOST_TO_COME = 200


class Meeting(Journaled, Visible, Base):
    __tablename__ = "meetings"
    __table_args__ = owned(
        belongs("body_id", "bodies"),
        belongs("channel_id", "channels"),
        belongs("author_id", "members"),
        Index("ix_meetings_starts_at", "network_id", "starts_at"),
    )

    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    # None where nobody said how long it lasts.
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(300), default="")
    agenda: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    # How the next one of its series is found (RFC 5545); "" for a meeting of its own.
    recurrence: Mapped[str] = mapped_column(String(200), default="")
    # Where it was opened in a thread: it is heard there alone; "" for the whole channel.
    thread: Mapped[str] = mapped_column(String(120), default="")
    # The day of that rule it stands for, from which the rule goes on: its own day may have been moved.
    series_on: Mapped[date | None]
    # When its body was invited; what changes after that is announced.
    invited_at: Mapped[datetime | None]
    # Nothing more is to be done about it by itself: the next of its series is planned.
    followed: Mapped[bool] = mapped_column(default=False)
    # When its minutes were last sent for correction, and the day until which silence approves them, if it does.
    minutes_sent_at: Mapped[datetime | None]
    minutes_until: Mapped[date | None]
    # When its minutes were approved by the body.
    approved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def ref(self) -> str:
        return f"R-{self.number}"


class Presence(StrEnum):
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    REPRESENTED = "represented"


class Attendance(Journaled, Base):
    """Who was there; somebody who is no member is kept by name."""

    __tablename__ = "attendances"
    __table_args__ = owned(
        belongs("meeting_id", "meetings", on_delete="CASCADE"),
        belongs("member_id", "members"),
        UniqueConstraint("network_id", "meeting_id", "name"),
    )

    meeting_id: Mapped[int]
    member_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    # Who speaks for somebody who is represented, as written.
    proxy: Mapped[str] = mapped_column(String(200), default="")
    # Whom somebody who is no member comes for, as written.
    affiliation: Mapped[str] = mapped_column(String(200), default="")
    presence: Mapped[Presence] = mapped_column(choice(Presence))


class AgendaPoint(Journaled, Base):
    """A point that somebody added to the agenda of a meeting."""

    __tablename__ = "agenda_points"
    __table_args__ = owned(
        belongs("meeting_id", "meetings", on_delete="CASCADE"),
        belongs("author_id", "members"),
        Index("ix_agenda_points_meeting", "network_id", "meeting_id"),
    )

    meeting_id: Mapped[int]
    author_id: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)


class ItemState(StrEnum):
    WAITING = "waiting"
    KEPT = "kept"
    DROPPED = "dropped"


class MinutesItem(Journaled, Base):
    """What the reader of minutes proposes to record; nothing is, before a person keeps it."""

    __tablename__ = "minutes_items"
    __table_args__ = owned(
        belongs("meeting_id", "meetings", on_delete="CASCADE"),
        Index("ix_minutes_items_meeting", "network_id", "meeting_id", "state"),
    )

    meeting_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    line: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(300), default="")
    due_words: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    # The message it was said in, where it was said in the chat.
    permalink: Mapped[str] = mapped_column(String(500), default="")
    # The outside model that proposed it; "" for our own reader and for people.
    second: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[ItemState] = mapped_column(choice(ItemState), default=ItemState.WAITING)
    # The record it became: D-12, A-3, E-7.
    ref: Mapped[str] = mapped_column(String(20), default="")


# With an id of None, neither is any meeting's.
_HELD_IN = or_(Meeting.channel_id == bindparam("channel_id"), Meeting.body_id == bindparam("body_id"))
_ALL_OPEN = prepared(
    select(Meeting)
    .where(Meeting.opened_at.is_not(None), Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None), _HELD_IN)
    .order_by(Meeting.opened_at.desc(), Meeting.id.desc())
)
_CLOSED = prepared(
    select(Meeting)
    .where(Meeting.opened_at.is_not(None), Meeting.closed_at >= bindparam("since"), _HELD_IN)
    .order_by(Meeting.closed_at.desc())
    .limit(1)
)
_TO_COME = prepared(
    select(Meeting, Body.name, Channel.private)
    .outerjoin(Body, Body.id == Meeting.body_id)
    .outerjoin(Channel, Channel.id == Meeting.channel_id)
    .where(Meeting.starts_at >= bindparam("since"), Meeting.cancelled_at.is_(None))
    .order_by(Meeting.starts_at)
    .limit(MOST_TO_COME)
)


def record(session: Session, *, title: str, starts_at: datetime, **columns: object) -> Meeting:
    meeting = Meeting(number=next_number(session, "R"), title=title, starts_at=starts_at, **columns)
    session.add(meeting)
    session.flush()
    return meeting


def open_in(session: Session, *, channel_id: int | None, body_id: int | None, thread: str = "") -> Meeting | None:
    """The meeting going on in a channel or of a body, as meant in this thread; None where several may be."""
    rows = going_on(session, channel_id=channel_id, body_id=body_id, thread=thread)
    return rows[0] if len(rows) == 1 else None


def going_on(session: Session, *, channel_id: int | None, body_id: int | None, thread: str = "") -> Sequence[Meeting]:
    """What words in this thread may be about: the meeting of the thread, else that of the whole channel, else any."""
    rows = all_open(session, channel_id=channel_id, body_id=body_id)
    for wanted in (thread, ""):
        if found := [row for row in rows if row.thread == wanted]:
            return found[:1]
    return rows


def all_open(session: Session, *, channel_id: int | None, body_id: int | None) -> Sequence[Meeting]:
    """All that go on in a channel or of a body, each in a thread of its own; the last one opened comes first."""
    return session.scalars(_ALL_OPEN, {"channel_id": channel_id, "body_id": body_id}).all()


def closed_in(session: Session, *, channel_id: int | None, body_id: int | None, since: datetime) -> Meeting | None:
    """The last of a channel or a body that was opened and closed since then."""
    return session.scalar(_CLOSED, {"channel_id": channel_id, "body_id": body_id, "since": since})


def listens(session: NetworkSession, channel: str, thread: str, *, at: datetime) -> bool:
    """Whether a meeting is open in the channel of this external id, since `at`, and hears this thread ("" for none)."""
    found = channels.by_external_id(session, channel)
    if found is None:
        return False
    body = bodies.of_channel(session, found.id)
    held_here = open_in(session, channel_id=found.id, body_id=body.id if body else None, thread=thread)
    if held_here is None or held_here.opened_at is None or held_here.opened_at > at + CLOCKS_APART:
        return False
    return held_here.thread in {"", thread}


def planned(session: Session, *, body_id: int, since: datetime, until: datetime) -> Meeting | None:
    """The first meeting of a body that starts in [since, until) and has not been opened."""
    return session.scalar(_starting(body_id, since, until).where(Meeting.opened_at.is_(None)))


def held(session: Session, *, body_id: int, since: datetime, until: datetime) -> Meeting | None:
    """The meeting of a body that started in [since, until), to which notes of that day belong."""
    return session.scalar(_starting(body_id, since, until))


def _starting(body_id: int, since: datetime, until: datetime) -> Select[Meeting]:
    """Those of a body in [since, until) that were not cancelled, the first first."""
    return (
        select(Meeting)
        .where(
            Meeting.body_id == body_id,
            Meeting.starts_at >= since,
            Meeting.starts_at < until,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Meeting.starts_at)
    )


def to_come(
    session: Session, viewers: Callable[[], Sequence[Viewer]], *, since: datetime
) -> Sequence[tuple[Meeting, str]]:
    """The meetings that all these viewers may know of, soonest first, each with the name of its body ("" for none).

    One of a private channel is for those who are in it, whatever its own visibility. `viewers` is asked for when there
    are any: most messages come while there are none.
    """
    found = session.execute(_TO_COME, {"since": since}).all()
    seeing = viewers() if found else ()
    return [
        (meeting, name or "")
        for meeting, name, private in found
        if all(can_see(one, meeting) and (not private or meeting.channel_id in one.channel_ids) for one in seeing)
    ]


def _inside(viewer: Viewer) -> ColumnElement[bool]:
    return or_(Channel.id.is_(None), Channel.private.is_(False), Channel.id.in_(viewer.channel_ids))


def to_follow(session: Session, *, before: datetime) -> Sequence[Meeting]:
    """Those that started before this instant and were not looked after since."""
    return session.scalars(
        select(Meeting).where(Meeting.followed.is_(False), Meeting.starts_at < before).order_by(Meeting.starts_at)
    ).all()


def previous(session: Session, meeting: Meeting) -> Meeting | None:
    """The last closed meeting of the same body."""
    if meeting.body_id is None:
        return None
    return session.scalar(
        select(Meeting)
        .where(
            Meeting.body_id == meeting.body_id, Meeting.closed_at.is_not(None), Meeting.starts_at < meeting.starts_at
        )
        .order_by(Meeting.starts_at.desc())
    )


def following(session: Session, meeting: Meeting) -> Meeting | None:
    """The next meeting of the same body, or of the same series, that is planned after it."""
    query = select(Meeting).where(Meeting.starts_at > meeting.starts_at, Meeting.cancelled_at.is_(None))
    if meeting.body_id is not None:
        query = query.where(Meeting.body_id == meeting.body_id)
    elif meeting.channel_id is not None:
        query = query.where(Meeting.channel_id == meeting.channel_id, Meeting.title == meeting.title)
    else:
        return None
    return session.scalar(query.order_by(Meeting.starts_at))


def coming(session: Session, *, body_id: int | None, channel_id: int | None, since: datetime) -> Meeting | None:
    """The next one of a body, or of a channel that has none, that is not over."""
    own = Meeting.body_id == body_id if body_id is not None else Meeting.channel_id == channel_id
    return session.scalar(
        select(Meeting)
        .where(own, Meeting.starts_at >= since, Meeting.cancelled_at.is_(None), Meeting.closed_at.is_(None))
        .order_by(Meeting.starts_at)
    )


def invited(session: Session, *, since: datetime) -> Sequence[Meeting]:
    """Those whose body was invited, cancelled ones too, that start from this instant on."""
    return session.scalars(
        select(Meeting).where(Meeting.invited_at.is_not(None), Meeting.starts_at >= since).order_by(Meeting.id)
    ).all()


def silent(session: Session, *, before: date) -> Sequence[Meeting]:
    """Those whose minutes nobody had to object to after this day, and which are not approved yet."""
    return session.scalars(
        select(Meeting).where(Meeting.minutes_until < before, Meeting.approved_at.is_(None)).order_by(Meeting.id)
    ).all()


def attendance(session: Session, meeting_id: int) -> Sequence[Attendance]:
    """Alphabetical."""
    return session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.name)
    ).all()


def attend(
    session: Session,
    meeting_id: int,
    *,
    name: str,
    presence: Presence,
    member_id: int | None,
    proxy: str = "",
    affiliation: str = "",
) -> None:
    """Note who was there; the last word counts."""
    row = session.scalar(select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.name == name))
    if row is None:
        row = Attendance(meeting_id=meeting_id, member_id=member_id, name=name, presence=presence)
        session.add(row)
    row.presence, row.proxy = presence, proxy
    row.affiliation = affiliation or row.affiliation or ""
    session.flush()


def points(session: Session, meeting_id: int) -> Sequence[AgendaPoint]:
    """In the order they were added."""
    return session.scalars(
        select(AgendaPoint).where(AgendaPoint.meeting_id == meeting_id).order_by(AgendaPoint.id)
    ).all()


def made_of(session: Session, model: Any, permalink: str) -> list[Any]:
    """The records of one kind that were made of this message."""
    if not permalink:
        return []
    return list(session.scalars(select(model).where(model.permalink == permalink).order_by(model.id)))


def items(session: Session, meeting_id: int, *states: ItemState) -> Sequence[MinutesItem]:
    """In the order of the text."""
    query = select(MinutesItem).where(MinutesItem.meeting_id == meeting_id)
    if states:
        query = query.where(MinutesItem.state.in_(list(states)))
    return session.scalars(query.order_by(MinutesItem.line, MinutesItem.id)).all()


def by_number(session: Session, number: int) -> Meeting | None:
    return session.scalar(select(Meeting).where(Meeting.number == number))


def between(
    session: Session, viewer: Viewer, *, since: datetime, until: datetime, cancelled: bool = False
) -> Sequence[Meeting]:
    """Those that start in [since, until), in order; the cancelled ones too when they are asked for.

    One of a private channel is for those who are in it, whatever its own visibility.
    """
    query = (
        select(Meeting)
        .outerjoin(Channel, Channel.id == Meeting.channel_id)
        .where(Meeting.starts_at >= since, Meeting.starts_at < until, visible_to(Meeting, viewer), _inside(viewer))
    )
    if not cancelled:
        query = query.where(Meeting.cancelled_at.is_(None))
    return session.scalars(query.order_by(Meeting.starts_at)).all()
