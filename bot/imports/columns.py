"""Which column of somebody's table holds what, guessed from its headings for a person to confirm."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from bot.imports.tables import Row
from bot.understanding.spelling import words

# Field → headings in any of the four languages, folded, separated by "|"; earlier fields choose first. A field's own
# name is its heading too.
Headings = Mapping[str, str]
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
# A heading of more words than this is a sentence: only its whole is compared.
_MOST_WORDS = 5


def plain_words(text: str) -> str:
    """Its folded words, without what stands in brackets unless that is all."""
    return " ".join(words(_BRACKETS.sub(" ", text)) or words(text))


def guess(
    headings: Iterable[str],
    known: Headings,
    *,
    several: Container[str] = (),
    whole_only: Container[str] = (),
    passed_over: Container[str] = (),
) -> dict[int, str]:
    """Number of a column → its field; whole headings first, then headings that hold a known one.

    A field has one column, or more where it is among `several`; those of `whole_only` mean something else inside a
    longer heading; folded headings `passed_over` are none of ours.
    """
    called = list(headings)
    spelt = [plain_words(heading) for heading in called]
    exact = {said: field for field, listed in known.items() for said in listed.split("|") if said}
    found: dict[int, str] = {}
    taken: set[str] = set()
    for column, heading in enumerate(called):
        field = heading if heading in known else exact.get(spelt[column])
        if field and (field not in taken or field in several):
            found[column] = field
            taken.add(field)
    for field, listed in known.items():
        if field in taken or field in whole_only:
            continue
        for column, said in enumerate(spelt):
            if column not in found and said not in passed_over and _holds(said, listed.split("|")):
                found[column] = field
                break
    return found


def _holds(said: str, listed: Sequence[str]) -> bool:
    return len(said.split()) <= _MOST_WORDS and any(f" {known} " in f" {said} " for known in listed if len(known) > 3)  # noqa: PLR2004 - "nom" and "art" are parts of many headings


def cell(row: Row, columns: Mapping[str, int], field: str) -> str:
    """What the row says in the column of a field; "" when there is none."""
    column = columns.get(field)
    return row.cells[column] if column is not None and column < len(row.cells) else ""


def in_words(headings: Sequence[str], columns: Mapping[str, int], labels: Mapping[str, str]) -> str:
    """The columns as a person can change them: a line "heading = what it holds" each; `labels` names the fields."""
    fields = {column: labels[field] for field, column in columns.items()}
    return "\n".join(
        f"{heading} = {fields.get(place, '')}".rstrip() for place, heading in enumerate(headings) if heading
    )


def from_words(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Folded heading → field, "" for one to leave out; raises ValueError with the line that names no known field."""
    fields = {plain_words(label): field for field, label in labels.items()}
    chosen: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        heading, equals, label = line.rpartition("=")
        said = plain_words(label)
        if not equals or (said and said not in fields):
            raise ValueError(line)
        chosen[plain_words(heading)] = fields.get(said, "")
    return chosen


def settled(headings: Sequence[str], known: Headings, chosen: Mapping[str, str]) -> dict[str, int]:
    """The columns as guessed, and as a person corrected them."""
    found = {
        field: column for column, field in guess(headings, known).items() if plain_words(headings[column]) not in chosen
    }
    for column, heading in enumerate(headings):
        if field := chosen.get(plain_words(heading), ""):
            found[field] = column
    return found
