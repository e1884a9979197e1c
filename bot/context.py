"""What a handler is given: the transaction, who asks, where, when, and in whose language."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.messages import Held, Place, Refusal
from bot.phrases import Phrase, Reader, _
from bot.understanding import deadlines
from bot.understanding.deadlines import Deadline, Event, Reading
from storage import bodies, channels, meetings, notices
from storage.bodies import Body
from storage.channels import Channel
from storage.database import NetworkSession
from storage.meetings import Meeting
from storage.members import Member
from storage.networks import Network
from storage.notices import Notice
from storage.visibility import Viewer, Visibility, Visible, can_see

if TYPE_CHECKING:
    from bot.imports.second_reader import SecondReader
    from bot.registry import Registry

Shown = TypeVar("Shown", bound=Visible)


@dataclass(slots=True)
class Context:
    """One message, or one job, of one network; `member` is None in a job, `channel` and `body` outside channels.

    `permalink` and `quote` are set when a command comes from a message somebody pointed at.
    """

    session: NetworkSession
    network: Network
    now: datetime
    member: Member | None = None
    place: Place = field(default_factory=Place)
    channel: Channel | None = None
    body: Body | None = None
    permalink: str = ""
    quote: str = ""
    # Who wrote the message that somebody else pointed at.
    author: Member | None = None
    files: tuple[Held, ...] = ()
    # What the command's `prepare` made of the message, before the transaction.
    prepared: object = None
    # A model outside that may read notes too, where the environment names one.
    second_reader: "SecondReader | None" = None
    # Lines that the patient-data guard took out of a long text.
    left_out: int = 0
    # The language that a command was named in, where it tells.
    spoken: str = ""
    # The message that is being made has said hello already.
    greeted: bool = False
    # What the app knows to do; None only where a test needs none of it.
    registry: "Registry | None" = None
    # Looked up once a message, when first asked for.
    _viewer: Viewer | None = field(default=None, init=False, repr=False)
    _to_come: "tuple[Event, ...] | None" = field(default=None, init=False, repr=False)

    @property
    def me(self) -> Member:
        """The member who acts; raises LookupError in a job."""
        if self.member is None:
            raise LookupError("nobody acts in a job")
        return self.member

    @property
    def language(self) -> str:
        return (self.member.language if self.member else None) or self.network.language

    @property
    def country(self) -> str:
        return self.network.country

    @property
    def timezone(self) -> str:
        return (self.member.timezone if self.member else None) or self.network.timezone

    @property
    def local_now(self) -> datetime:
        """Now, in the zone of who acts."""
        return self.now.astimezone(ZoneInfo(self.timezone))

    @property
    def today(self) -> date:
        return self.local_now.date()

    @property
    def reader(self) -> Reader:
        """Whoever acts, reading for themselves."""
        return Reader(self.language, self.timezone, self.country, self.today)

    @property
    def channel_reader(self) -> Reader:
        """Everyone in the channel."""
        language = (self.channel.language if self.channel else None) or self.network.language
        return Reader(language, self.network.timezone, self.country, self.today)

    @property
    def viewer(self) -> Viewer:
        """What the acting member may see in an answer to them alone."""
        if self._viewer is None:
            self._viewer = viewer_of(self.session, self.me)
        return self._viewer

    @property
    def audience(self) -> Viewer:
        """What everyone here may see: for answers posted in the channel."""
        if self.channel is None:
            return self.viewer
        return Viewer.everyone_in(self.channel.id, self.body.id if self.body is not None else None)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is going on here; None where several do, each in a thread of its own, and none is meant."""
        if self.channel is None:
            return None
        body_id = self.body.id if self.body else None
        thread = self.place.thread[:120]
        return meetings.open_in(self.session, channel_id=self.channel.id, body_id=body_id, thread=thread)

    @property
    def meeting_id(self) -> int | None:
        """That meeting's id, to which what is recorded belongs."""
        going_on = self.meeting
        return going_on.id if going_on else None

    @property
    def visibility(self) -> Visibility:
        """The visibility of what is recorded here: that of the channel."""
        if self.channel is not None and self.channel.private:
            return Visibility.BODY
        return Visibility(self.network.rules.visibility)

    def seen(self, model: type[Shown], id_: int | None, *, lock: bool = False) -> Shown:
        """The record behind a button; raises a Refusal when it is gone, or not the acting member's to see."""
        row = self.session.get(model, id_ or 0, with_for_update=lock or None)
        if row is None or not can_see(self.viewer, row):
            raise changed_since()
        return row

    def need_coordinator(self) -> None:
        """Raise a Refusal unless a coordinator acts."""
        if not self.me.coordinator:
            raise Refusal(_("Only a coordinator of the network can do that."))

    def reading(self, text: str, *, among_meetings: bool = True) -> Reading:
        """What the days of a text are read against; meetings are looked for only when it may name one."""
        events = self._meetings_to_come() if among_meetings and deadlines.may_name_meeting(text) else ()
        return {
            "now": self.local_now,
            "lang": self.spoken or self.language,
            "country": self.country,
            "events": events,
            "school": self.network.rules.school or None,
        }

    def _meetings_to_come(self) -> tuple[Event, ...]:
        """Those that the acting member may know of and everyone who will read the answer too."""
        if self._to_come is None:
            self._to_come = self._visible_to_all() if self.member is not None else ()
        return self._to_come

    def _visible_to_all(self) -> tuple[Event, ...]:
        coming = meetings.to_come(self.session, lambda: (self.viewer, self.audience), since=self.now)
        zone = ZoneInfo(self.timezone)
        return tuple(
            Event(
                tuple(dict.fromkeys(name for name in (body, meeting.title) if name)),
                meeting.starts_at.astimezone(zone).date(),
                here=self.body is not None and meeting.body_id == self.body.id,
            )
            for meeting, body in coming
        )

    def deadline(self, text: str, *, any_tense: bool = False, among_meetings: bool = True) -> Deadline | None:
        """The deadline that a sentence of the acting member holds; any tense gives days that are over too.

        The name of a meeting stands for its day, but for who plans the next one.
        """
        return deadlines.read(text, **self.reading(text, among_meetings=among_meetings), any_tense=any_tense)

    def undated(self, text: str) -> Phrase | None:
        """Says which words name a day that nobody here can tell yet; None when no words do."""
        found = deadlines.undated(text, **self.reading(text))
        if found is None:
            return None
        return _("I do not know yet when “{words}” is: please give me a date, such as “12 June”.", words=found.words)

    @staticmethod
    def without(text: str, found: Deadline) -> str:
        """The sentence without its deadline."""
        return deadlines.without(text, found)

    def deadlines(self, text: str) -> list[Deadline]:
        """Every one, in order."""
        return deadlines.read_all(text, **self.reading(text))

    def owe(
        self,
        recipient: Member | Channel,
        kind: str,
        subject_id: int,
        *,
        step: str = "",
        version: int = 1,
        at: datetime | None = None,
    ) -> Notice:
        """Record that this is owed to them from `at` on (now, unless given); once, however often it is called."""
        to, due_at = notices.recipient(recipient), at or self.now
        return notices.record(
            self.session, notices.unrecorded(to, kind, subject_id, step=step, version=version, due_at=due_at)
        )

    def until(self, **lapse: int) -> datetime:
        """This much later than now: `context.until(days=7)`."""
        return self.now + timedelta(**lapse)


def viewer_of(session: NetworkSession, member: Member) -> Viewer:
    """What a member may see in private."""
    return Viewer(
        member_id=member.id,
        coordinator=member.coordinator,
        channel_ids=channels.of_member(session, member.id),
        body_ids=bodies.of_member(session, member.id),
    )


def may_settle(network: Network, body: Body | None, member: Member) -> bool:
    """Whether a member confirms for a body: its officers, the coordinators, or anyone where the network says so."""
    if member.coordinator or (body is not None and member.id in body.officers):
        return True
    return network.rules.confirmers == "anyone"


def changed_since() -> Refusal:
    """For a button whose record is gone, was settled, or may no longer be seen: the same words for all."""
    return Refusal(_("This has changed since, so I leave it as it is."))


def no_such(ref: str) -> Refusal:
    """For a record that is not there, or that this person may not know of: the same words for both."""
    return Refusal(_("I find no {ref} that you can see.", ref=ref))
