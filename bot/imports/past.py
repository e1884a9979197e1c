"""Last year's decisions, agreements and commitments: what a file or pasted lines would add, and adding it.

What is there already, by its text and its day, is passed over; a commitment that is late already starts muted.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.imports import past_rows, rows
from bot.imports.past_rows import COLUMNS, Clock, Entry, Kind, UnsureError
from bot.imports.rows import Losses, Sheet
from bot.imports.tables import Row, Table
from bot.phrases import _
from bot.understanding import deadlines, names
from bot.understanding.names import Ambiguous, Candidate, Match
from bot.understanding.names.matching import spelt
from storage import bodies, channels, commitments, members, networks, partners, settled
from storage.agreements import Agreement, AgreementPartner
from storage.bodies import Body
from storage.commitments import Commitment, Owner
from storage.database import NetworkSession
from storage.decisions import Decision
from storage.folding import folded
from storage.members import Member
from storage.networks import Network
from storage.visibility import Visibility

_BETWEEN_NAMES = re.compile(r"\s*[;,/|\n+]\s*")
_UNTIL = re.compile(r"\b(?:jusqu|tot\b|bis\b|until\b)", re.IGNORECASE)
MEMBER, PARTNER = "member", "partner"
# In the middle of the day it is that day in every zone of the network.
NOON = time(12)


def _undated(text: str, clock: Clock, line: past_rows.Line) -> str:
    """What is to be done, without the day that is kept beside it."""
    owed = deadlines.read(text, now=clock.at(line.day), lang=clock.lang, country=clock.country)
    return (deadlines.without(text, owed).strip() if owed else "") or text


@dataclass(frozen=True, slots=True)
class Ready:
    """One record to add: what was told, and who it is about."""

    entry: Entry
    owners: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class Plan:
    """What an import would do; `late` counts the commitments that start muted."""

    sheets: list[Sheet]
    today: date
    ready: list[Ready] = field(default_factory=list)
    new_bodies: list[str] = field(default_factory=list)
    same: int = 0
    losses: Losses = field(default_factory=Losses)

    def of(self, kind: Kind) -> list[Ready]:
        return [one for one in self.ready if one.entry.kind == kind]

    @property
    def late(self) -> int:
        return sum(_late(one.entry, self.today) for one in self.ready)

    @property
    def empty(self) -> bool:
        return not self.ready


def of_tables(session: NetworkSession, found: Iterable[Table], chosen: Mapping[str, str], clock: Clock) -> Plan:
    """What the tables would add; raises TableError on the way."""
    made = Plan(rows.sheets(found, COLUMNS, chosen), clock.now.date())
    ground = _Ground(session, made, clock)
    for sheet in made.sheets:
        if "text" in sheet.columns:
            for entry in past_rows.entries(sheet, clock, made.losses):
                ground.take(entry)
    return made


def of_lines(session: NetworkSession, text: str, clock: Clock) -> Plan:
    """What pasted lines would add, each with its kind before a colon, or under a title."""
    sheet = Sheet("", (_("Line").english,), {}, ())
    made = Plan([sheet], clock.now.date())
    ground = _Ground(session, made, clock)
    for line in past_rows.pasted(text, clock, sheet, made.losses):
        ground.take_line(line, sheet)
    return made


def _late(entry: Entry, today: date) -> bool:
    return entry.kind == "E" and entry.state in {"open", "proposed"} and entry.due is not None and entry.due < today


class _Ground:
    """What is in the register already, and who can be meant."""

    def __init__(self, session: NetworkSession, made: Plan, clock: Clock) -> None:
        self.made = made
        self.clock = clock
        organisations = partners.active(session)
        people = members.active(session)
        self.partners = tuple(Candidate(one.id, one.name, tuple(one.aliases), PARTNER) for one in organisations)
        self.everyone = self.partners + tuple(
            Candidate(one.id, one.name, (one.handle,) if one.handle else (), MEMBER) for one in people
        )
        self.bodies = tuple(Candidate(body.id, body.name) for body in bodies.active(session))
        self._there = {
            *(("D", text, day) for text, day in settled.told(session, Decision)),
            *(("A", text, day) for text, day in settled.told(session, Agreement)),
            *(("E", folded(text), day) for text, day in commitments.told(session)),
        }

    def take(self, entry: Entry) -> None:
        """Add it to the plan, or to what is there already, or to the losses."""
        try:
            owners = self._owners(entry)
            if entry.kind != "E" and entry.day is None:
                raise UnsureError(_("The day is missing."))  # noqa: TRY301 - one way for a row to be lost
            entry.body = self._body(entry.body)
        except UnsureError as unsure:
            self.made.losses.add(*entry.at, unsure.reason)
            return
        day = entry.due if entry.kind == "E" else entry.day
        place = (entry.kind, folded(entry.text), day)
        if place in self._there:
            self.made.same += 1
            return
        self._there.add(place)
        if entry.body and entry.body not in self.made.new_bodies and not self._known_body(entry.body):
            self.made.new_bodies.append(entry.body)
        self.made.ready.append(Ready(entry, owners))

    def take_line(self, line: past_rows.Line, sheet: Sheet) -> None:
        """As `take`, the owners and the day owed read from the words."""
        read = names.owners(line.text, self.everyone, lang=self.clock.lang)
        kind = line.kind or ("E" if read.words else None)
        row = Row(line.number, (line.text,))
        if kind is None:
            self.made.losses.add(
                sheet, row, _("Is it a decision, an agreement or a commitment? Begin with that word and a colon.")
            )
            return
        owed = deadlines.read(
            line.text, now=self.clock.at(line.day), lang=self.clock.lang, country=self.clock.country
        )  # fmt: skip
        if owed is not None and not owed.certain and kind == "E":
            self.made.losses.add(sheet, row, _("I am not sure which day “{words}” is.", words=owed.words))
            return
        self.take(
            Entry(
                kind=kind,
                text=_undated(read.rest or line.text, self.clock, line) if kind == "E" else line.text,
                day=line.day,
                owner="\n".join(read.words) if kind != "D" else "",
                due=owed.due if owed and kind == "E" else None,
                due_words=owed.words if owed and kind == "E" else "",
                until=owed.due if owed and kind == "A" and _UNTIL.search(line.text) else None,
                review=None,
                body="",
                state="open" if kind == "E" else "in_force",
                closed=None,
                at=(sheet, row),
            )
        )

    def _owners(self, entry: Entry) -> tuple[Candidate, ...]:
        if entry.kind == "D":
            return ()
        among = self.partners if entry.kind == "A" else self.everyone
        said = entry.owner or "\n".join(names.owners(entry.text, among, lang=self.clock.lang).words)
        found = [one for part in _BETWEEN_NAMES.split(said) if part for one in self._meant(part, among)]
        if not found:
            raise UnsureError(
                _("Between whom? No partner is named.") if entry.kind == "A" else _("Who does it? Nobody is named.")
            )
        return tuple(dict.fromkeys(found))

    def _meant(self, said: str, among: Sequence[Candidate]) -> list[Candidate]:
        """The one whose name this is, or those it joins by "and"."""
        found = names.nearest(said, among)
        if isinstance(found, Match):
            return [found.candidate]
        joined = names.owners(f"{said} :", among, lang=self.clock.lang)
        parts = [names.nearest(word, among) for word in joined.words] if not joined.rest else []
        matched = [part.candidate for part in parts if isinstance(part, Match)]
        if len(matched) > 1 and len(matched) == len(parts):
            return matched
        near = [candidate.name for candidate in found.candidates[:3]]
        if isinstance(found, Ambiguous):
            raise UnsureError(_("“{name}” may be {names}.", name=said[:60], names=near))
        if near:
            raise UnsureError(_("I do not know “{name}”. The nearest: {names}.", name=said[:60], names=near))
        raise UnsureError(_("I do not know “{name}”.", name=said[:60]))

    def _body(self, said: str) -> str:
        """The name of a body as it is known, or as a new one is to be called."""
        if not said:
            return ""
        found = names.nearest(said, self.bodies)
        if isinstance(found, Match):
            return found.candidate.name
        if isinstance(found, Ambiguous):
            raise UnsureError(
                _("“{name}” may be {names}.", name=said[:60], names=[body.name for body in found.candidates[:3]])
            )
        same = (new for new in self.made.new_bodies if spelt(new) == spelt(said))
        return next(same, said[:200])

    def _known_body(self, name: str) -> bool:
        return any(body.name == name for body in self.bodies)


def carry_out(session: NetworkSession, made: Plan, network: Network, author: Member) -> None:
    """Add all of it, in as few statements as there are kinds of record."""
    session.add_all(Body(name=name) for name in made.new_bodies)
    session.flush()
    writer = _Writer(session, network, author, made.today)
    decided = [(one, writer.decision(one.entry, number)) for one, number in writer.numbered(made, "D")]
    agreed = [(one, writer.agreement(one.entry, number)) for one, number in writer.numbered(made, "A")]
    promised = [(one, writer.commitment(one.entry, number)) for one, number in writer.numbered(made, "E")]
    session.add_all([row for _one, row in (*decided, *agreed, *promised)])
    session.flush()
    session.add_all(
        AgreementPartner(agreement_id=row.id, partner_id=owner.id) for one, row in agreed for owner in one.owners
    )
    session.add_all(writer.owner(row, owner) for one, row in promised for owner in one.owners)
    session.flush()


class _Writer:
    """Makes the rows."""

    def __init__(self, session: NetworkSession, network: Network, author: Member, today: date) -> None:
        self._session = session
        self._zone = ZoneInfo(network.timezone)
        self._visibility = Visibility(network.rules.visibility)
        self._author = author
        self._today = today
        self._bodies = {body.name: body for body in bodies.active(session)}
        self._channels = channels.by_ids(
            session, (body.channel_id for body in self._bodies.values() if body.channel_id)
        )
        self._partner_of = {member.id: member.partner_id for member in members.active(session)}

    def numbered(self, made: Plan, kind: Kind) -> list[tuple[Ready, int]]:
        ready = made.of(kind)
        return list(zip(ready, networks.next_numbers(self._session, kind, len(ready)), strict=True)) if ready else []

    def decision(self, entry: Entry, number: int) -> Decision:
        return Decision(**self._shared(entry, number), **self._settled(entry), decided_on=entry.day)

    def agreement(self, entry: Entry, number: int) -> Agreement:
        return Agreement(
            **self._shared(entry, number), **self._settled(entry), agreed_on=entry.day, until_on=entry.until
        )

    def commitment(self, entry: Entry, number: int) -> Commitment:
        done_on = (entry.closed or entry.due or entry.day or self._today) if entry.state == "done" else None
        return Commitment(
            **self._shared(entry, number),
            status=commitments.Status(entry.state),
            due_on=entry.due,
            due_words=entry.due_words,
            muted=_late(entry, self._today),
            accepted_at=(self._noon(entry.day) or self._session.now) if entry.state != "proposed" else None,
            closed_on=min(done_on, self._today) if done_on else None,
            closed_at=self._noon(min(done_on, self._today)) if done_on else None,
        )

    def owner(self, row: Commitment, owner: Candidate) -> Owner:
        """A member answers for their partner too."""
        member_id = owner.id if owner.kind == MEMBER else None
        partner_id = self._partner_of.get(owner.id) if member_id else owner.id
        return Owner(commitment_id=row.id, member_id=member_id, partner_id=partner_id, accepted_at=row.accepted_at)

    def _shared(self, entry: Entry, number: int) -> dict[str, object]:
        body = self._bodies.get(entry.body)
        channel = self._channels.get(body.channel_id or 0) if body else None
        return {
            "number": number,
            "text": entry.text,
            "author_id": self._author.id,
            "body_id": body.id if body else None,
            "channel_id": channel.id if channel else None,
            "visibility": Visibility.BODY if channel and channel.private else self._visibility,
        }

    def _settled(self, entry: Entry) -> dict[str, object]:
        in_force = entry.state not in {"proposed", "rejected"}
        return {
            "status": settled.Status(entry.state),
            "review_on": entry.review,
            "settled_at": self._noon(entry.day) if in_force else None,
            "ended_on": (entry.until or entry.closed) if entry.state == "ended" else None,
        }

    def _noon(self, day: date | None) -> datetime | None:
        return datetime.combine(day, NOON, self._zone) if day else None
