"""The people and places of the sample network."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage import bodies, channels, needs, offers
from storage.bodies import Body, BodyMember, RemindersIn
from storage.channels import Channel
from storage.chat import Post
from storage.database import NetworkSession
from storage.members import Absence, Member, Role
from storage.partners import Partner
from storage.visibility import Visibility

ZONE = ZoneInfo("Europe/Brussels")
SOURCE = "sample"
# For how long the network has been there.
SINCE = timedelta(days=330)

Rows = Sequence[Mapping[str, Any]]


# How long before it was last verified an offer entered the directory, in days.
DAYS_KNOWN = 200


class World:
    """The people and places of the sample, by the keys that its files use."""

    def __init__(self, session: NetworkSession, now: datetime) -> None:
        self.session = session
        self.now = now
        self.today = now.astimezone(ZONE).date()
        self.partners: dict[str, Partner] = {}
        self.people: dict[str, Member] = {}
        self.bodies: dict[str, Body] = {}
        self.channels: dict[str, Channel] = {}

    def day(self, offset: int) -> date:
        """So many days from today; a Friday for what would fall on a weekend."""
        found = self.today + timedelta(days=offset)
        return found - timedelta(days=max(0, found.weekday() - 4))

    def at(self, offset: int, hour: int = 15, minute: int = 0) -> datetime:
        """On that day, at an hour of the wall clock; never after now for what has been."""
        found = datetime.combine(self.day(offset), time(hour, minute), ZONE).astimezone(UTC)
        return min(found, self.now) if offset <= 0 else found

    def settle(self, told: Mapping[str, Any]) -> None:
        """Partners, people, channels and bodies."""
        since = self.now - SINCE
        for row in told["partners"]:
            values = {name: row[name] for name in ("name", "aliases", "kind", "commune")}
            email = f"{row['key']}@semois.example"
            self.partners[row["key"]] = Partner(**values, email=email, created_at=since)
        self.session.add_all(self.partners.values())
        self.session.flush()
        for row in told["people"]:
            self._person(row, since)
        self.session.add_all(self.people.values())
        for row in told["channels"]:
            self.channels[row["name"]] = Channel(
                external_id=f"local:{row['name']}", name=row["name"], private=row["private"], created_at=since
            )
        self.session.add_all(self.channels.values())
        self.session.flush()
        everyone = [key for key, member in self.people.items() if member.handle]
        inside = {row["name"]: everyone if row["people"] == "*" else row["people"] for row in told["channels"]}
        for name, keys in inside.items():
            channels.set_members(self.session, self.channels[name].id, (self.people[key].id for key in keys))
        for row in told["bodies"]:
            self._body(row, inside[row["channel"]], since)
        self.session.add_all(
            Absence(
                member_id=self.people[row["who"]].id,
                from_on=self.today + timedelta(days=row["from"]),
                to_on=self.today + timedelta(days=row["to"]),
            )
            for row in told["absences"]
        )
        self.session.flush()

    def _person(self, row: Mapping[str, Any], since: datetime) -> None:
        handle = row.get("handle")
        partner = self.partners.get(row.get("partner", ""))
        self.people[handle or row["name"]] = Member(
            name=row["name"],
            external_id=handle,
            handle=handle,
            email=row.get("email", f"{handle}@semois.example"),
            partner_id=partner.id if partner else None,
            role=Role(row.get("role", "member")),
            function=row["function"],
            language=row["language"],
            introduced_at=since,
            created_at=since,
        )

    def _body(self, row: Mapping[str, Any], inside: Sequence[str], since: datetime) -> None:
        officers = {
            f"{role}_id": self.people[row[role]].id for role in ("chair", "secretary", "coordinator") if role in row
        }
        body = bodies.record(
            self.session,
            name=row["name"],
            channel_id=self.channels[row["channel"]].id,
            reminders_in=RemindersIn(row["reminders_in"]),
            created_at=since,
            **officers,
        )
        self.bodies[row["key"]] = body
        self.session.add_all(BodyMember(body_id=body.id, member_id=self.people[key].id) for key in inside)

    def offer(self, rows: Rows) -> None:
        """The directory, each offer kept by somebody of its partner."""
        values = []
        for row in rows:
            columns = dict(row)
            partner = self.partners[columns.pop("partner")]
            verified = columns.pop("verified_days_ago")
            keeper = next((one for one in self.people.values() if one.partner_id == partner.id and one.handle), None)
            columns |= {
                "partner_id": partner.id,
                "partner_name": partner.name,
                "keeper_id": keeper.id if keeper else None,
                "created_at": self.now - timedelta(days=verified + DAYS_KNOWN),
                "changed_at": self.now - timedelta(days=verified),
                "verified_at": self.now - timedelta(days=verified),
                "verified_by_id": keeper.id if keeper else None,
                "verified_by": keeper.name if keeper else "",
                "source": SOURCE,
                # The hash of no text: the encoder sees that it has to read the offer.
                "content_hash": SOURCE,
            }
            values.append(columns)
        offers.add_many(self.session, values)

    def miss(self, rows: Rows) -> None:
        """Questions that found nothing, a few days apart, counted at the end of each month as the bot counts them."""
        for row in rows:
            for number, words in enumerate(row["words"]):
                on = (self.now - timedelta(days=row["days_ago"] + 25 + 4 * number)).date()
                needs.record(
                    self.session, on=on, words=words, kind=row["kind"], commune=row["commune"], why=row["why"],
                    language=row["language"],
                )  # fmt: skip
        this_month = self.today.replace(day=1)
        last = needs.month_before(this_month)
        for month in (needs.month_before(needs.month_before(last)), needs.month_before(last), last):
            needs.publish(self.session, month)

    def talk(self, rows: Rows) -> None:
        """A little of what was said in the channels."""
        for row in rows:
            hour, minute = map(int, row["at"].split(":"))
            self.session.add(
                Post(
                    to=f"#{row['to']}",
                    author=row["who"],
                    text=row["text"],
                    content={"files": []},
                    at=self.at(row["day"], hour, minute),
                )
            )
        self.session.flush()

    def visibility(self, body: Body) -> dict[str, Any]:
        """The columns that say where a record of a body belongs, and who sees it."""
        channel = next(channel for channel in self.channels.values() if channel.id == body.channel_id)
        return {
            "body_id": body.id,
            "channel_id": channel.id,
            "visibility": Visibility.BODY if channel.private else Visibility.NETWORK,
        }
