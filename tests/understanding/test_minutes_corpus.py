"""Quality on real minutes, each document read with weights learned without it."""

import os

import pytest

from tests.bench import minutes as bench

FOLDER = os.environ.get("FILROUGE_TEST_DATA", "")
pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def score() -> bench.Score:
    return bench.cross_validated(FOLDER)


def balance(score: bench.Score, key: str) -> tuple[float, float]:
    found, false, missed = score.counts[key]
    return found / (found + false), 2 * found / (2 * found + false + missed)


def test_three_in_four_are_found_and_right(score: bench.Score) -> None:
    precision, f1 = balance(score, "all")
    assert precision >= 0.75
    assert f1 >= 0.78
    assert balance(score, "fr")[1] >= 0.75


def test_kind_and_owner_are_right(score: bench.Score) -> None:
    assert score.kinds / score.counts["all"][0] >= 0.85
    assert score.owners[0] / score.owners[1] >= 0.85


def test_few_traps_are_proposed(score: bench.Score) -> None:
    assert score.trapped <= 5
