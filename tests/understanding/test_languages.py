"""The names of languages, in files and in questions."""

import pytest

from bot.understanding.languages import LANGUAGE_OF, NAMES
from bot.understanding.spoken import without_languages


@pytest.mark.parametrize("code", NAMES)
def test_a_language_is_known_by_its_names_in_a_file_and_in_a_question(code: str) -> None:
    for name in NAMES[code]:
        assert LANGUAGE_OF[name] == code
        assert without_languages(f"qui parle {name} ?")[0] == (code,)


def test_no_name_means_two_languages() -> None:
    names = [name for called in NAMES.values() for name in called]
    assert len(names) == len(set(names))
