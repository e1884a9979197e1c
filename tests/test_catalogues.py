"""Every sentence exists in four languages, with its blanks, and French and German are typeset as they should be."""

import io
import pathlib
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = pathlib.Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "many": (1, 2)}
BLANK = re.compile(r"\{\w+\}")
CODE = re.compile(r"`[^`]*`|https?://\S+|\{\w+\}|\*\*")
# Words that lose their vowel before another, or change with it, and the blanks that people, places and titles fill.
ELIDED = re.compile(
    r"\b(?:de|que|lorsque|puisque|jusque|le|la|du|au|si|ce|se)\s(?:«\s)?"
    r"\{(?:who|whom|names?|others|partners?|bod(?:y|ies)|authors?|offer|title|place|network|chair|owners?|by)\}",
    re.IGNORECASE,
)
TRANSLATED = ("fr", "nl", "de")


def sources() -> dict[str | tuple[str, ...], str]:
    """Every English sentence of the code, with where it stands."""
    found: dict[str | tuple[str, ...], str] = {}
    for package in ("bot", "commands"):
        for file, line, message, _comments, _context in extract_from_dir(
            ROOT / package, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.setdefault(message, f"{package}/{file}:{line}")
    return found


def translations(language: str) -> Iterator[tuple[pathlib.Path, Message]]:
    for path in sorted((ROOT / "bot" / "locale" / language).glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale=language):
            if message.id:
                yield path, message


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_once(language: str) -> None:
    wanted = sources()
    known: dict[str | tuple[str, ...] | list[str], Message] = {}
    for path, message in translations(language):
        earlier = known.setdefault(message.id, message)
        assert _forms(earlier) == _forms(message), f"{path.name}: two translations of {message.id!r}"
    missing = {text: place for text, place in wanted.items() if text not in known or not all(_forms(known[text]))}
    assert not missing, "\n".join(f"{place}: {text!r}" for text, place in missing.items())
    unused = [text for text in known if text not in wanted]
    assert not unused, unused


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_blanks(language: str) -> None:
    for path, message in translations(language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set(BLANK.findall(" ".join(ids)))
        for form in _forms(message):
            assert set(BLANK.findall(form)) <= wanted, (path.name, message.id)
            assert set(BLANK.findall(form)) | {"{n}"} >= set(BLANK.findall(ids[-1])), (path.name, message.id)


def test_french_has_its_spaces_and_quotes() -> None:
    for path, message in translations("fr"):
        for form in _forms(message):
            prose = CODE.sub("x", form)
            assert not re.search(r"(?<![\u00a0\u202f:;?!\s/(])[;?!]|\w:(?=\s|$)", prose), (path.name, form)
            assert not re.search(r" [:;?!»]|« ", prose), (path.name, form)
            assert '"' not in prose, (path.name, form)
            assert "'" not in prose, (path.name, form)
            assert not re.search(r"\b(tu|toi|ton|tes)\b", prose, re.IGNORECASE), (path.name, form)


def test_french_elides_before_no_name() -> None:
    """« La réponse de Ana » is wrong and « de Bob » right: nothing that may be elided stands before a name."""
    for path, message in translations("fr"):
        for form in _forms(message):
            assert not ELIDED.search(form), (path.name, form)


def test_german_and_dutch_are_polite() -> None:
    for path, message in translations("de"):
        for form in _forms(message):
            assert not re.search(r"\b(du|dich|dir|dein\w*)\b", form, re.IGNORECASE), (path.name, form)
    for path, message in translations("nl"):
        for form in _forms(message):
            assert not re.search(r"\b(jij|jou|jouw|jullie)\b", form, re.IGNORECASE), (path.name, form)
