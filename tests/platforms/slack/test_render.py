"""Whatever is said, Slack's limits hold and nothing a person wrote becomes markup."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.messages import Attachment, Key, Message, Part
from bot.platforms.slack import limits, render
from bot.platforms.slack.markup import mentioned, without_mention, words
from bot.text import Bold, Code, Link, Mention, Plain, Span
from tests.platforms.slack.world import text_of

WICKED = "<!channel> <!here|x> @all *bold* _it_ ~s~ `c` <http://evil.example|here> <@U1> &amp; :smile: ``` ]}"

LONG = [WICKED * 40, "mot " * 1000, "é\n" * 900, "x" * 3500]
texts = st.text(max_size=20) | st.sampled_from([WICKED, "mot", *LONG])
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
spans: st.SearchStrategy[Span] = st.one_of(
    st.builds(Plain, texts),
    st.builds(Bold, texts),
    st.builds(Code, texts),
    st.builds(Link, texts | st.just("https://example.org/a"), texts),
    st.builds(Mention, st.none() | texts | st.just("U12345"), texts),
)
keys = st.builds(
    Key,
    st.text(max_size=8),
    texts,
    st.just("notes.again"),
    st.dictionaries(st.sampled_from("abc"), texts | st.integers()),
    st.sampled_from(["", "primary", "danger"]),
    st.just("") | st.just("https://example.org") | texts,
)
parts = st.builds(Part, st.lists(spans, max_size=3).map(tuple), st.lists(keys, max_size=7).map(tuple))
messages = st.builds(
    lambda found, times: Message(tuple(found) * times), st.lists(parts, max_size=4), st.sampled_from([1, 1, 1, 30])
)


@SOME
@given(messages)
def test_every_message_is_within_slacks_limits(message: Message) -> None:
    postings = render.postings(message)
    assert postings
    for posting in postings:
        assert len(posting.blocks) <= 50
        assert 0 < len(posting.text) <= 4000
        names = [key["action_id"] for block in posting.blocks for key in block["elements"] if "action_id" in key]
        assert len(names) == len(set(names))
        for block in posting.blocks:
            assert block["elements"]
            _within(block)
        if len(posting.blocks) > 2:
            assert sum(map(limits.weight, posting.blocks)) <= limits.MESSAGE_CHARACTERS + 11_000


def _within(block: dict[str, Any]) -> None:
    parsed = Block.parse(block)
    assert parsed is not None, block["type"]
    parsed.to_dict()  # slack_sdk's own validation
    if block["type"] == "rich_text":
        for element in block["elements"][0]["elements"]:
            assert element.get("text", "x"), element
            assert len(element.get("text", "")) <= 3000
        return
    for key in block["elements"]:
        assert len(key["text"]["text"]) <= 75
        assert len(key.get("value", "")) <= 2000
        if "value" in key:
            assert json.loads(key["value"])["a"] == "notes.again"


@SOME
@given(st.lists(texts, min_size=1, max_size=6).map(lambda some: some * 10))
def test_no_word_is_lost_between_messages(said: list[str]) -> None:
    message = Message(tuple(Part((Plain(text),)) for text in said))
    shown = "".join(text_of(posting.blocks) for posting in render.postings(message))
    assert "".join(shown.split()) == "".join("".join(said).split()) or not "".join(said).strip()


def test_what_a_person_writes_is_words_and_never_markup() -> None:
    [posting] = render.postings(Message((Part((Plain(WICKED), Bold(WICKED), Link("javascript:x", "here"))),)))
    [section] = posting.blocks[0]["elements"]
    assert {element["type"] for element in section["elements"]} == {"text"}
    assert section["elements"][0]["text"] == WICKED
    assert "<" not in posting.text
    assert ">" not in posting.text


def test_a_mention_is_of_a_person_alone() -> None:
    [posting] = render.postings(Message((Part((Mention("U12345", "Marie"), Mention("channel", "all"))),)))
    first, second = posting.blocks[0]["elements"][0]["elements"]
    assert first == {"type": "user", "user_id": "U12345"}
    assert second == {"type": "text", "text": "all"}


def test_an_empty_message_is_still_one() -> None:
    [posting] = render.postings(Message((), (Attachment("a.txt", b"x", "text/plain"),)))
    assert posting.text.strip() == ""


def test_buttons_stay_under_their_text_when_a_message_is_split() -> None:
    key = Key("k", "Fait", "notes.again", {"n": 1})
    message = Message(tuple(Part((Plain(f"{n}"),), (key,)) for n in range(40)))
    first, second = render.postings(message)
    assert [block["type"] for block in first.blocks[-2:]] == ["rich_text", "actions"]
    assert [block["type"] for block in second.blocks[:2]] == ["rich_text", "actions"]
    assert len(first.blocks) + len(second.blocks) == 80


@given(st.dictionaries(st.sampled_from(["quote", "permalink", "id"]), texts, min_size=1))
def test_values_of_a_button_fit_and_stay_json(args: dict[str, str]) -> None:
    packed = limits.packed({"a": "x", "k": args}, 2000)
    assert len(packed) <= 2000
    assert set(json.loads(packed)["k"]) == set(args)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("<@U1> envoie la carte", "@marie envoie la carte"),
        ("<@U1|marie.lambert> et <@U9>", "@marie et @U9"),
        ("voir <#C1|pilotage> ou <#C2|>", "voir #pilotage ou #C2"),
        ("<!channel> <!here|here> <!subteam^S1|@equipe>", "@channel here @equipe"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<http://example.org|example.org>", "http://example.org"),
        ("<https://example.org|le plan>", "le plan (https://example.org)"),
        ("<mailto:ana@example.org|ana@example.org>", "ana@example.org"),
        ("<tel:081123456|081 12 34 56>", "081 12 34 56"),
        ("2 &lt; 3 &amp;&amp; 4 &gt; 3", "2 < 3 && 4 > 3"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("<!date^1392734382^{date}|le 18 février>", "le 18 février"),
    ],
)
def test_slacks_markup_becomes_what_people_saw(typed: str, seen: str) -> None:
    assert words(typed, {"U1": "marie"}.get) == seen  # type: ignore[arg-type]


def test_who_is_mentioned_and_how_the_bot_is_addressed() -> None:
    assert mentioned("<@U1> et <@W2|x> et <@U1>") == ["U1", "W2"]
    assert without_mention("<@U0FILROUGE> : note beurre", "U0FILROUGE") == "note beurre"
    assert without_mention("dis, <@U0FILROUGE|filrouge>, note beurre", "U0FILROUGE") == "dis, note beurre"
    assert without_mention("note <@U1>", "U0FILROUGE") == "note <@U1>"
