"""A token at rest opens with the installation's key alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sealing import Seal, SealError


@given(st.text())
def test_what_is_sealed_opens_and_does_not_show(text: str) -> None:
    seal = Seal("k" * 32, "tokens")
    sealed = seal.seal(f"secret {text}")
    assert seal.open(sealed) == f"secret {text}"
    assert "secret" not in sealed
    assert seal.seal(text) != seal.seal(text)


@pytest.mark.parametrize(("key", "purpose"), [("x" * 32, "tokens"), ("k" * 32, "other")])
def test_another_key_or_purpose_opens_nothing(key: str, purpose: str) -> None:
    sealed = Seal("k" * 32, "tokens").seal("secret")
    with pytest.raises(SealError):
        Seal(key, purpose).open(sealed)


def test_a_changed_text_does_not_open() -> None:
    seal = Seal("k" * 32, "tokens")
    with pytest.raises(SealError):
        seal.open(seal.seal("secret")[:-3] + "xx=")


def test_without_a_key_nothing_is_sealed() -> None:
    with pytest.raises(ValueError, match="secret key"):
        Seal("", "tokens")
