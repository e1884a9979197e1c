"""The numbers of a vote, whichever side of their words they stand on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import votes


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("7 pour, 1 contre, 2 abstentions, quorum 6", {"for": 7, "against": 1, "abstention": 2, "quorum": 6}),
        ("5 pour 2 contre 1 abstention quorum 8 procurations 2",
         {"for": 5, "against": 2, "abstention": 1, "quorum": 8, "proxies": 2}),
        ("procurations 2 quorum 8, pour 5", {"proxies": 2, "quorum": 8, "for": 5}),
        ("pour 5 contre 2 abstention 1", {"for": 5, "against": 2, "abstention": 1}),
        ("pour : 5 contre : 2", {"for": 5, "against": 2}),
        ("Pour: 5 - Contre: 2 - Abstentions: 0", {"for": 5, "against": 2, "abstention": 0}),
        ("7 pour, contre : 1, abstentions : 2", {"for": 7, "against": 1, "abstention": 2}),
        ("7 voix pour et 1 voix contre, 8 de quorum", {"for": 7, "against": 1, "quorum": 8}),
        ("quorum de 6, 7 stemmen voor, 1 tegen", {"quorum": 6, "for": 7, "against": 1}),
        ("5 dafür, 2 dagegen, 1 Enthaltung, 2 Vollmachten", {"for": 5, "against": 2, "abstention": 1, "proxies": 2}),
        ("in favour 5 against 2", {"for": 5, "against": 2}),
        ("hier soir", {}),
        ("le 12 mai à 14h", {}),
    ],
)  # fmt: skip
def test_a_vote_is_counted(said: str, counted: dict[str, int]) -> None:
    assert votes.vote(said) == counted


@given(
    st.permutations(["pour", "contre", "abstention", "quorum", "procurations"]), st.booleans(), st.sampled_from(" ,")
)
def test_no_number_goes_to_its_neighbour(words: list[str], first: bool, between: str) -> None:
    names = {"pour": "for", "contre": "against", "abstention": "abstention", "procurations": "proxies"}
    pairs = [f"{n + 1} {word}" if first else f"{word} {n + 1}" for n, word in enumerate(words)]
    counted = votes.vote(f"{between} ".join(pairs))
    assert counted == {names.get(word, word): n + 1 for n, word in enumerate(words)}


@given(st.text(max_size=200))
def test_whatever_is_said_is_read(said: str) -> None:
    votes.vote(said)
