"""What the bot looks for when it wakes up: as often as it must, and none stops another."""

from datetime import timedelta

import pytest

from bot import Context, every, hourly
from bot.delivery import Delivery
from bot.registry import Registry
from storage import members
from storage.database import Origin
from tests.conftest import NOW
from tests.faults.conftest import World
from tests.statements import counted


class Look:
    """Records somebody each time, then perhaps fails; `at` holds the minutes since NOW."""

    __module__ = "test.jobs"

    def __init__(self, name: str) -> None:
        self.__name__ = name
        self.at: list[int] = []
        self.fails = False

    def __call__(self, context: Context) -> None:
        self.at.append((context.now - NOW) // timedelta(minutes=1))
        members.record(context.session, name=f"{self.__name__} {self.at[-1]}")
        if self.fails:
            raise ZeroDivisionError


@pytest.fixture
def often() -> Look:
    return Look("often")


@pytest.fixture
def seldom() -> Look:
    return Look("seldom")


@pytest.fixture
def looking(world: World, often: Look, seldom: Look) -> World:
    """The same world, where two jobs look."""
    registry = Registry({}, {}, [hourly(seldom), every(often)], {}, [])
    world.delivery = Delivery(world.database, registry, {"local": world.postman})
    return world


def recorded(world: World) -> set[str]:
    with world.database.session(world.network_id, Origin(world.now)) as session:
        return {one.name for one in members.active(session)} - {"Ana", "Marie", "Paul", "Luc", "Rosa"}


def test_some_look_at_each_wake_up_and_some_once_an_hour(looking: World, often: Look, seldom: Look) -> None:
    looking.run()
    for _minute in range(0, 130, 10):
        looking.run(minutes=10)
    assert often.at == [*range(0, 140, 10)]
    assert seldom.at == [0, 60, 120]


def test_a_clock_that_goes_back_is_no_reason_to_wait(looking: World, seldom: Look) -> None:
    looking.run()
    looking.run(minutes=-30)
    assert seldom.at == [0, -30]


def test_what_failed_is_undone_tried_again_and_stops_no_other(looking: World, often: Look, seldom: Look) -> None:
    seldom.fails = True
    looking.run()
    assert recorded(looking) == {"often 0"}
    seldom.fails = False
    looking.run(minutes=1)
    looking.run(minutes=1)
    assert recorded(looking) == {"often 0", "often 1", "often 2", "seldom 1"}
    assert often.at == [0, 1, 2]


def test_a_savepoint_is_paid_for_where_a_job_failed_alone(looking: World, seldom: Look) -> None:
    def savepoints() -> int:
        with counted(looking.database) as statements:
            looking.run()
        return sum(statement.startswith("SAVEPOINT") for statement in statements)

    assert savepoints() == 0
    seldom.fails = True
    looking.now += timedelta(hours=1)
    assert savepoints() == 2
