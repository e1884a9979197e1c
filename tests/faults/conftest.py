"""A network with people, a kind of notice that says its subject, and a platform that obeys the test."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import Context, Section, _, notice
from bot.delivery import Delivery, Report
from bot.registry import Registry
from storage import members, networks
from storage.channels import Channel
from storage.database import Database, Origin
from storage.members import Absence, Member, Role
from storage.notices import Notice
from tests.conftest import NOW
from tests.faults.postman import Postman

# Subjects that do not hold any more.
SETTLED: set[int] = set()


# A subject on which its wording stumbles: a mistake of ours.
BROKEN = 99


def said(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    assert context.network.started_at is None or context.now >= context.network.started_at
    for one in owed:
        if one.subject_id == BROKEN:
            raise ZeroDivisionError
        if one.subject_id not in SETTLED:
            yield Section(_("About {n}.", n=one.subject_id))


NOTE = notice("test.note")(said)
PROPOSAL = notice("test.proposal", lasting=True)(said)


@dataclass
class World:
    """One network; `owe` records a notice for somebody, `run` lets the bot wake up."""

    database: Database
    network_id: int
    postman: Postman
    delivery: Delivery
    now: datetime = NOW

    def owe(
        self, handle: str, subject: int, *, at: datetime | None = None, kind: str = "test.note", step: str = ""
    ) -> None:
        with self.database.session(self.network_id, Origin(self.now)) as session:
            network = session.get_one(networks.Network, self.network_id)
            context = Context(session, network, self.now)
            holder: Member | Channel | None
            if handle.startswith("#"):
                holder = session.scalar(select(Channel).where(Channel.name == handle[1:]))
            else:
                holder = members.by_handle(session, handle) or session.scalar(
                    select(Member).where(Member.name == handle)
                )
            assert holder is not None
            context.owe(holder, kind, subject, at=at, step=step)

    def run(self, **lapse: float) -> Report:
        self.now += timedelta(**lapse)
        return self.delivery.run(self.now)

    def away(self, handle: str, first: date, last: date) -> None:
        with self.database.session(self.network_id, Origin(self.now)) as session:
            holder = members.by_handle(session, handle)
            assert holder is not None
            session.add(Absence(member_id=holder.id, from_on=first, to_on=last))

    def settle(self, subject: int) -> None:
        SETTLED.add(subject)


@pytest.fixture
def world(database: Database) -> World:
    """ana coordinates; marie, paul and luc belong to it; Rosa has no account; #pilotage is a channel."""
    SETTLED.clear()
    return make_world(database, Postman())


def make_world(database: Database, postman: Postman) -> World:
    with database.system_session() as system:
        network = networks.create(system, name="Réseau test", platform="local", external_id="local", at=NOW)
        network.started_at = NOW
        network_id = network.id
    with database.session(network_id, Origin(NOW)) as session:
        for name in ("ana", "marie", "paul", "luc"):
            role = Role.COORDINATOR if name == "ana" else Role.MEMBER
            members.record(session, name=name.title(), handle=name, external_id=name, role=role)
        members.record(session, name="Rosa", email="rosa@example.org")
        session.add(Channel(external_id="C1", name="pilotage"))
    return World(database, network_id, postman, delivery_of(database, postman))


def delivery_of(database: Database, postman: Postman, **more: Postman) -> Delivery:
    registry = Registry({}, {}, [], {NOTE.kind: NOTE, PROPOSAL.kind: PROPOSAL}, [])
    return Delivery(database, registry, {"local": postman, **more})
