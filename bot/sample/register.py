"""The sample's register: meetings, decisions, agreements and commitments in every state they can be in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from bot.sample.world import SOURCE, World
from storage import bodies, commitments, consents, notices
from storage.agreements import Agreement, AgreementPartner
from storage.commitments import Commitment, Owner, Postponement
from storage.consents import Stance
from storage.database import Origin
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.members import Member
from storage.networks import next_numbers
from storage.settled import Status

Row = Mapping[str, Any]
Settled = TypeVar("Settled", Decision, Agreement)


class Register:
    """Writes each record as its author did, on its day: the journal tells the same story."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session = world.session
        self._meetings: dict[str, int] = {}

    def write(self, told: Mapping[str, Sequence[Row]]) -> None:
        self._meet(told["meetings"])
        made = self._settle("D", told["decisions"], self._decision)
        self._supersede(told["decisions"], made)
        agreed = self._settle("A", told["agreements"], self._agreement)
        self._session.add_all(
            AgreementPartner(agreement_id=agreement.id, partner_id=self._world.partners[key].id)
            for row, agreement in zip(told["agreements"], agreed, strict=True)
            for key in row["partners"]
        )
        self._promise(told["commitments"])
        self._session.origin = Origin(now=self._world.now, source=SOURCE, operation=SOURCE)

    def _as(self, member: Member, at: datetime, operation: str) -> None:
        """From now on, what is written is this member's doing, at that moment."""
        self._session.origin = Origin(now=at, source=SOURCE, member_id=member.id, operation=f"{SOURCE}:{operation}")

    def _meet(self, rows: Sequence[Row]) -> None:
        for row, number in zip(rows, next_numbers(self._session, "R", len(rows)), strict=True):
            world = self._world
            author = world.people[row["author"]]
            starts = world.at(row["day"], row["hour"])
            before = world.at(min(row["day"], 0) - 14)
            self._as(author, before, f"R-{number}")
            meeting = Meeting(
                number=number,
                title=row["title"],
                starts_at=starts,
                place=row["place"],
                agenda=row["agenda"],
                author_id=author.id,
                opened_at=starts if row["day"] < 0 else None,
                closed_at=world.at(row["day"], row["hour"] + 2) if row["day"] < 0 else None,
                created_at=before,
                **world.visibility(world.bodies[row["body"]]),
            )
            self._session.add(meeting)
            self._session.flush()
            self._meetings[row["key"]] = meeting.id

    def _settle(self, letter: str, rows: Sequence[Row], make: Callable[[Row], Settled]) -> list[Settled]:
        """In the order of the rows; numbered in the order of their days."""
        order = sorted(range(len(rows)), key=lambda place: rows[place]["day"])
        numbers = dict(zip(order, next_numbers(self._session, letter, len(rows)), strict=True))
        made = []
        for place, row in enumerate(rows):
            settled_row = make(row)
            settled_row.number = numbers[place]
            self._as(self._author(row), self._world.at(row["day"]), f"{letter}-{numbers[place]}")
            self._session.add(settled_row)
            self._session.flush()
            made.append(settled_row)
        return made

    def _author(self, row: Row) -> Member:
        body = self._world.bodies[row["body"]]
        if key := row.get("author"):
            return self._world.people[key]
        return next(one for one in self._world.people.values() if one.id == body.secretary_id)

    def _shared(self, row: Row) -> dict[str, Any]:
        world = self._world
        body = world.bodies[row["body"]]
        status = Status(row["status"])
        confirmed = status not in {Status.PROPOSED, Status.REJECTED}
        return {
            "text": row["text"],
            "status": status,
            "author_id": self._author(row).id,
            "meeting_id": self._meetings.get(row.get("meeting", "")),
            "review_on": world.day(row["review"]) if "review" in row else None,
            "ended_on": world.day(row["ended"]) if "ended" in row else None,
            "settled_by_id": body.chair_id if confirmed else None,
            "settled_at": world.at(row["day"], 16) if confirmed else None,
            "note": row.get("note", ""),
            "created_at": world.at(row["day"]),
            **world.visibility(body),
        }

    def _decision(self, row: Row) -> Decision:
        world = self._world
        consent = row.get("consent")
        return Decision(
            **self._shared(row),
            decided_on=world.day(row["day"]),
            vote=row.get("vote"),
            consent_until=world.day(consent) if consent else None,
            facilitator_id=world.bodies[row["body"]].chair_id if consent else None,
        )

    def _agreement(self, row: Row) -> Agreement:
        return Agreement(
            **self._shared(row),
            agreed_on=self._world.day(row["day"]),
            until_on=self._world.day(row["until"]) if "until" in row else None,
        )

    def _supersede(self, rows: Sequence[Row], made: Sequence[Decision]) -> None:
        """`by` counts the rows from 1."""
        for row, decision in zip(rows, made, strict=True):
            if "by" in row:
                successor = made[row["by"] - 1]
                self._as(self._author(row), self._world.at(rows[row["by"] - 1]["day"]), successor.ref)
                decision.superseded_by_id, decision.ended_on = successor.id, successor.decided_on
                self._session.flush()
            if "consent" in row:
                self._ask(row, decision)
                for key, stance in (("sophie", Stance.NO_OBJECTION), ("thomas", Stance.NO_OBJECTION)):
                    member = self._world.people[key]
                    self._as(member, self._world.at(-3), decision.ref)
                    consents.answer(self._session, decision, member.id, stance, reason="", at=self._world.at(-3))

    def _ask(self, row: Row, decision: Decision) -> None:
        """Each member of the body is asked, in the first messages that go out."""
        assert decision.consent_until is not None
        version = decision.consent_until.toordinal()
        asked = bodies.member_ids(self._session, self._world.bodies[row["body"]].id)
        answered = {self._world.people[key].id for key in ("sophie", "thomas")}
        notices.record_all(
            self._session,
            [
                notices.unrecorded(
                    ("member", id_),
                    "decision.consent",
                    decision.number,
                    step="D",
                    version=version,
                    due_at=self._world.at(0),
                )
                for id_ in sorted(asked - answered)
            ],
        )

    def _promise(self, rows: Sequence[Row]) -> None:
        ordered = sorted(rows, key=lambda row: row["made"])
        for row, number in zip(ordered, next_numbers(self._session, "E", len(rows)), strict=True):
            self._as(self._author(row), self._world.at(row["made"]), f"E-{number}")
            commitment = self._commitment(row, number)
            self._session.add(commitment)
            self._session.flush()
            self._own(row, commitment)
            self._postpone(row, commitment)
            self._session.flush()
            # What would have been owed before the sample was loaded is not.
            commitment.next_step_at = self._world.now if commitment.remindable else None
            self._session.flush()

    def _commitment(self, row: Row, number: int) -> Commitment:
        world = self._world
        status = commitments.Status(row.get("status", "open"))
        closed = row.get("closed")
        agreed = status not in {commitments.Status.PROPOSED, commitments.Status.REFUSED}
        return Commitment(
            number=number,
            text=row["text"],
            status=status,
            author_id=self._author(row).id,
            meeting_id=self._meetings.get(row.get("meeting", "")),
            due_on=world.day(row["due"]) if "due" in row else None,
            version=1 + len(row.get("postponed", ())),
            muted=row.get("muted", False),
            help_wanted="help" in row,
            help_note=row.get("help", ""),
            accepted_at=world.at(row["made"], 17) if agreed else None,
            closed_at=world.at(closed, 11) if closed is not None else None,
            closed_on=world.day(closed) if closed is not None else None,
            note=row.get("note", ""),
            created_at=world.at(row["made"]),
            **world.visibility(world.bodies[row["body"]]),
        )

    def _own(self, row: Row, commitment: Commitment) -> None:
        first: Owner | None = None
        for key in row["who"]:
            first = self._owner(key, commitment, accepted_at=commitment.accepted_at)
        if "deputy" in row:
            self._owner(row["deputy"], commitment, accepted_at=None, deputy=True)
        if "to" in row and first is not None:
            self._session.flush()
            self._owner(row["to"], commitment, accepted_at=None, replaces_id=first.id)

    def _owner(self, key: str, commitment: Commitment, *, accepted_at: datetime | None, **columns: Any) -> Owner:
        member = self._world.people.get(key)
        partner_id = member.partner_id if member else self._world.partners[key].id
        owner = Owner(
            commitment_id=commitment.id,
            member_id=member.id if member else None,
            partner_id=partner_id,
            accepted_at=accepted_at,
            **columns,
        )
        self._session.add(owner)
        return owner

    def _postpone(self, row: Row, commitment: Commitment) -> None:
        member = self._world.people.get(row["who"][0])
        for before, after, reason in row.get("postponed", ()):
            self._session.add(
                Postponement(
                    commitment_id=commitment.id,
                    member_id=member.id if member else None,
                    from_on=self._world.day(before),
                    to_on=self._world.day(after),
                    reason=reason,
                    at=self._world.at(before - 2),
                )
            )
