from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.tokens import TokenError, Tokens

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def tokens() -> Tokens:
    return Tokens("a key of the installation", "button")


def a_token(tokens: Tokens, **values: Any) -> str:
    usual: dict[str, Any] = {"network": "n1", "record": "E-7", "person": "ana", "now": NOW, "lifetime": HOUR}
    return tokens.make(**usual | values)


def refused(tokens: Tokens, token: str, **values: Any) -> str:
    usual: dict[str, Any] = {"now": NOW, "network": "n1", "person": "ana"}
    with pytest.raises(TokenError) as caught:
        tokens.read(token, **usual | values)
    return caught.value.reason


def test_what_was_put_in_comes_out(tokens: Tokens) -> None:
    claims = tokens.read(a_token(tokens), now=NOW, network="n1", person="ana")
    assert (claims.network, claims.record, claims.person) == ("n1", "E-7", "ana")


def test_the_letters_fit_a_link_and_a_button(tokens: Tokens) -> None:
    assert set(a_token(tokens, record="mémo / é")) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    )


@given(st.text(), st.text())
def test_nothing_that_was_not_signed_is_believed(one: str, other: str) -> None:
    tokens = Tokens("a key of the installation", "button")
    assert refused(tokens, f"{one}.{other}") == "forged"


@given(st.data())
def test_a_changed_letter_is_a_forgery(data: st.DataObject) -> None:
    tokens = Tokens("a key of the installation", "button")
    token = a_token(tokens, nonce="x")
    # The last letter of base64 carries bits that mean nothing.
    place = data.draw(st.integers(0, len(token) - 2))
    letter = data.draw(st.sampled_from("abcXYZ019").filter(lambda letter: letter != token[place]))
    assert refused(tokens, token[:place] + letter + token[place + 1 :]) == "forged"


def test_another_installation_does_not_sign_for_this_one(tokens: Tokens) -> None:
    assert refused(Tokens("another key", "button"), a_token(tokens)) == "forged"


def test_a_token_serves_one_purpose(tokens: Tokens) -> None:
    assert refused(Tokens("a key of the installation", "calendar"), a_token(tokens)) == "forged"


def test_a_token_ends(tokens: Tokens) -> None:
    token = a_token(tokens)
    assert tokens.read(token, now=NOW + HOUR - timedelta(seconds=1)).record == "E-7"
    assert refused(tokens, token, now=NOW + HOUR) == "expired"


def test_a_token_without_end_lasts(tokens: Tokens) -> None:
    assert tokens.read(a_token(tokens, lifetime=None), now=NOW + 9999 * HOUR).record == "E-7"


def test_another_network_is_refused(tokens: Tokens) -> None:
    assert refused(tokens, a_token(tokens), network="n2") == "network"


def test_another_person_is_refused(tokens: Tokens) -> None:
    assert refused(tokens, a_token(tokens), person="bob") == "person"


def test_a_token_for_anyone_of_the_network_takes_anyone(tokens: Tokens) -> None:
    assert tokens.read(a_token(tokens, person=""), now=NOW, network="n1", person="bob").person == ""


def test_each_token_has_its_own_nonce(tokens: Tokens) -> None:
    nonces = {tokens.read(a_token(tokens), now=NOW).nonce for _ in range(20)}
    assert len(nonces) == 20


def test_a_new_key_can_be_put_before_the_old_one(tokens: Tokens) -> None:
    both = Tokens(["the new key", "a key of the installation"], "button")
    assert both.read(a_token(tokens), now=NOW).record == "E-7"
    assert Tokens("the new key", "button").read(a_token(both), now=NOW).record == "E-7"


@pytest.mark.parametrize("keys", ["", [], ["good", ""]])
def test_no_key_no_tokens(keys: str | list[str]) -> None:
    with pytest.raises(ValueError, match="secret key"):
        Tokens(keys, "button")
