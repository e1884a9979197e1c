"""How a verb is recognised, and what follows it left exactly as it was written."""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Reply, _
from bot.registry import Registry
from bot.verbs import Verb

WORDS = {"fr": ("œuvre", "met fin"), "nl": ("vervolg",), "de": ("schließe",), "en": ("end",)}
VERB = Verb("end", WORDS, _("End it."), lambda *_args: Reply(_("Done")), "words")


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("met fin, faute de moyens", "faute de moyens"),
        ("MET FIN : à l’accueil…\nEt au cœur du projet", "à l’accueil…\nEt au cœur du projet"),
        ("Œuvre au cœur\nde la ville", "au cœur\nde la ville"),
        ("oeuvre au coeur", "au coeur"),
        ("schliesse die Straße\nab", "die Straße\nab"),
        ("me\u0301t fin e\u0301te\u0301", "e\u0301te\u0301"),
        ("met finalement", None),
        ("met fin", ""),
    ],
)
def test_what_follows_keeps_its_lines_and_letters(line: str, rest: str | None) -> None:
    assert VERB.matches(line) == rest


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Mn", "Mc", "Me", "Cs")), max_size=60))
def test_any_rest_comes_back_as_it_was(rest: str) -> None:
    found = VERB.matches(f"met fin : x{rest}x")
    assert found == f"x{rest}x"


def test_every_verb_asks_for_the_words_after_it_where_it_takes_any(registry: Registry) -> None:
    for command in registry.commands.values():
        for verbs, values in ((command.verbs, 1), (command.record_verbs, 2)):
            for verb in verbs:
                asked = inspect.signature(verb.function).parameters
                assert len(asked) == values + (verb.takes == "words"), f"{command.key} {verb.key}"
