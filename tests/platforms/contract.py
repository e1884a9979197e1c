"""The conversations that every platform carries alike; a platform joins with a `Talk` and one parametrized test.

Whatever differs for the people who talk is in the guide's table of differences, and in no conversation here.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Protocol

from tests.chat import spaced

CHANNEL = "comite"


@dataclass(frozen=True)
class Seen:
    """A message of the bot as one person sees it: its words without markup, and whether others see it too."""

    text: str
    alone: bool


def words(text: str) -> str:
    """Without the platform's own markup, escapes and special spaces."""
    plain = html.unescape(re.sub(r"\\(.)", r"\1", spaced(text).replace("\u200b", "")))
    return "\n".join(line.rstrip() for line in re.sub(r"[*`]", "", plain).strip().splitlines())


class Talk(Protocol):
    """People talk to the bot; each call returns when the bot has done what follows from it."""

    def commands(self, who: str, line: str, channel: str = "") -> None: ...

    def says(self, who: str, text: str, channel: str = "") -> None:
        """By mention in a channel, plainly in the direct conversation with the bot."""
        ...

    def presses(self, who: str, label: str) -> None:
        """The newest button so labelled that this person sees."""
        ...

    def form(self, who: str) -> list[str]:
        """The names of the fields of the form that this person has before them."""
        ...

    def submits(self, who: str, **values: str) -> dict[str, str]:
        """Send that form in; what is wrong, by field."""
        ...

    def seen(self, who: str) -> list[Seen]:
        """Every message of the bot that this person has seen, oldest first."""
        ...


def a_line_is_enough(talk: Talk) -> None:
    talk.commands("ana", "/garde beurre", CHANNEL)
    assert talk.seen("ana")[-1] == Seen("Kept beurre.", alone=True)
    assert talk.seen("bob") == []


def an_answer_for_all_is_seen_by_all(talk: Talk) -> None:
    talk.commands("ana", "/garde beurre", CHANNEL)
    talk.commands("ana", "/garde tous", CHANNEL)
    assert talk.seen("bob")[-1] == Seen("Words: beurre", alone=False)


def every_language_and_case_names_a_command(talk: Talk) -> None:
    talk.commands("ana", "/garde TOUS", CHANNEL)
    assert talk.seen("bob")[-1].text == "Words:"


def without_words_the_form_opens(talk: Talk) -> None:
    talk.commands("ana", "/garde", CHANNEL)
    assert talk.form("ana") == ["text", "on", "size", "tags", "count", "loud"]
    assert talk.submits("ana", text="pain", size="l", count="3") == {}
    assert talk.seen("ana")[-1].text == "Kept pain.\nl et 3"


def what_is_wrong_is_said_beside_its_field(talk: Talk) -> None:
    talk.commands("ana", "/garde", CHANNEL)
    assert talk.submits("ana", text="vide") == {"text": "Please find a better word."}
    assert talk.submits("ana", text="pain", count="trois").keys() == {"count"}
    assert talk.submits("ana", text="pain", count="3") == {}
    talk.commands("ana", "/garde tous", CHANNEL)
    assert talk.seen("bob")[-1].text == "Words: pain"


def a_button_acts(talk: Talk) -> None:
    talk.commands("ana", "/garde beurre", CHANNEL)
    talk.presses("ana", "Tell me more")
    assert talk.seen("ana")[-1] == Seen("More of 1.", alone=True)


def a_button_opens_a_form(talk: Talk) -> None:
    talk.commands("ana", "/garde beurre", CHANNEL)
    talk.presses("ana", "Tell why")
    assert talk.form("ana") == ["reason"]
    assert talk.submits("ana", reason="il en faut") == {}
    assert talk.seen("ana")[-1].text == "Because of il en faut (1)."


def everyone_may_press_what_everyone_sees(talk: Talk) -> None:
    talk.commands("ana", "/garde tous", CHANNEL)
    talk.presses("bob", "I take part")
    assert talk.seen("ana")[-1] == Seen("bob takes part.", alone=False)


def what_was_done_can_be_undone(talk: Talk) -> None:
    talk.commands("ana", "/garde beurre", CHANNEL)
    talk.presses("ana", "Annuler")
    talk.commands("ana", "/garde tous", CHANNEL)
    assert talk.seen("bob")[-1].text == "Words:"


def a_refusal_is_one_line_and_keeps_nothing(talk: Talk) -> None:
    talk.commands("ana", "/garde non", CHANNEL)
    assert talk.seen("ana")[-1] == Seen("Not that one.", alone=True)


def in_private_mere_words_do(talk: Talk) -> None:
    talk.says("ana", "du beurre")
    assert talk.seen("ana")[-1].text == "Kept du beurre."
    assert talk.seen("bob") == []


def a_mention_is_as_good_as_a_command(talk: Talk) -> None:
    talk.says("ana", "garde tous", CHANNEL)
    assert talk.seen("bob")[-1] == Seen("Words:", alone=False)


def what_a_person_writes_stays_words(talk: Talk) -> None:
    odd = "# titre @all <!channel> [a](https://x.example) _b_ ~c~ & <b>"
    talk.commands("ana", f"/garde {odd}", CHANNEL)
    assert talk.seen("ana")[-1].text == f"Kept {odd}."


def patient_data_are_refused_and_not_kept(talk: Talk) -> None:
    talk.commands("ana", "/garde 85.07.30-033.28", CHANNEL)
    assert "85.07.30" not in talk.seen("ana")[-1].text
    talk.commands("ana", "/garde tous", CHANNEL)
    assert talk.seen("bob")[-1].text == "Words:"


CONVERSATIONS = [
    a_line_is_enough,
    an_answer_for_all_is_seen_by_all,
    every_language_and_case_names_a_command,
    without_words_the_form_opens,
    what_is_wrong_is_said_beside_its_field,
    a_button_acts,
    a_button_opens_a_form,
    everyone_may_press_what_everyone_sees,
    what_was_done_can_be_undone,
    a_refusal_is_one_line_and_keeps_nothing,
    in_private_mere_words_do,
    a_mention_is_as_good_as_a_command,
    what_a_person_writes_stays_words,
    patient_data_are_refused_and_not_kept,
]
