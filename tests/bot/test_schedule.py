"""The clock wakes the bot up at start, soon after a message, and whatever happened before."""

from datetime import datetime, timedelta
from threading import Event

import pytest

from bot.messages import Message
from bot.platforms.base import Recipient
from bot.schedule import Schedule
from storage.database import Database
from tests.conftest import NOW
from tests.faults.conftest import delivery_of, make_world
from tests.faults.postman import Postman


class Bell(Postman):
    """Rings when something arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.rung = Event()

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        try:
            return super().send(network_external_id, recipient, message, now=now)
        finally:
            self.rung.set()


def test_what_was_missed_leaves_at_start(sqlite_url: str) -> None:
    bell = Bell()
    world = make_world(Database(sqlite_url), bell)
    world.owe("marie", 1)
    schedule = Schedule(world.delivery, lambda: NOW, first=timedelta(0))
    schedule.start()
    try:
        assert bell.rung.wait(30)
    finally:
        schedule.stop()
    assert bell.texts() == ["About 1."]
    world.database.dispose()


def test_what_is_owed_to_a_message_leaves_soon_after_it(sqlite_url: str) -> None:
    bell = Bell()
    world = make_world(Database(sqlite_url), bell)
    schedule = Schedule(world.delivery, lambda: NOW)
    schedule.start()
    try:
        world.owe("marie", 1)
        schedule.soon(world.network_id)
        schedule.soon(world.network_id)
        assert bell.rung.wait(30)
    finally:
        schedule.stop()
    assert bell.texts() == ["About 1."]
    world.database.dispose()


def test_a_database_that_is_down_does_not_stop_the_clock(tmp_path: object, caplog: pytest.LogCaptureFixture) -> None:
    database = Database(f"sqlite:///{tmp_path}/nowhere/filrouge.db")
    schedule = Schedule(delivery_of(database, Postman()), lambda: NOW)
    schedule.wake_up()
    schedule.look_at(1)
    assert not caplog.records
    database.dispose()
