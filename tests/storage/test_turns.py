"""Turns go to who is in haste, then to who came first, and to everyone in the end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import TimeoutError as BusyError

from storage.turns import MOST, QUIET, Haste, Traffic, Turns


@contextmanager
def queueing(turns: Turns, *hastes: Haste) -> Iterator[list[str]]:
    """One after the other these ask for a turn that is taken; at the end it is handed over, and all had theirs."""
    order: list[str] = []

    def ask(name: str, haste: Haste) -> None:
        with turns.turn(haste, 20):
            order.append(name)

    threads = []
    with turns.turn(Haste.SOON, 1):
        for n, haste in enumerate(hastes):
            threads.append(threading.Thread(target=ask, args=(f"{haste.name} {n}", haste)))
            threads[-1].start()
            while len(turns._waiting) <= n:
                threads[-1].join(0.001)
    for thread in threads:
        thread.join(20)
    yield order


def test_who_is_in_haste_goes_first_and_equals_in_their_order() -> None:
    with queueing(Turns(), Haste.LATER, Haste.SOON, Haste.NOW, Haste.SOON, Haste.NOW) as order:
        assert order == ["NOW 2", "NOW 4", "SOON 1", "SOON 3", "LATER 0"]


def test_a_turn_that_does_not_come_is_given_up_and_harms_nobody() -> None:
    turns = Turns()
    with turns.turn(Haste.NOW, 1), pytest.raises(BusyError), turns.turn(Haste.NOW, 0.01):
        pytest.fail("it was taken")
    with turns.turn(Haste.LATER, 1):
        assert not turns._waiting


def test_a_turn_is_handed_over_after_a_failure() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn(Haste.NOW, 1):
        raise ZeroDivisionError
    with turns.turn(Haste.NOW, 0.01):
        pass


class Hours:
    """A clock that only a pause moves; while `busy`, somebody is served in each of its pauses."""

    def __init__(self) -> None:
        self.now = 100.0
        self.busy = False
        self.traffic = Traffic(lambda: self.now, self.pause)

    def pause(self, seconds: float) -> None:
        self.now += seconds / 2
        if self.busy:
            self.serve()
        self.now += seconds / 2

    def serve(self) -> None:
        with self.traffic.served():
            pass


def test_what_nobody_waits_for_waits_for_a_lull() -> None:
    hours = Hours()
    hours.traffic.lull()
    assert hours.now == 100
    hours.serve()
    hours.traffic.lull()
    assert hours.now == pytest.approx(100 + QUIET)


def test_without_a_lull_its_turn_comes_all_the_same() -> None:
    hours = Hours()
    hours.busy = True
    hours.serve()
    hours.traffic.lull()
    assert 100 + MOST <= hours.now <= 100 + MOST + QUIET
