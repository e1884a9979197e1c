"""Which column of somebody's table holds what, guessed from its headings for a person to confirm."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.imports.tables import Row
from bot.understanding.spelling import words

# Field → headings in any of the four languages, folded, separated by "|"; earlier fields choose first.
Headings = Mapping[str, str]
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
# A heading of more words than this is a sentence: only its whole is compared.
_MOST_WORDS = 5


def plain_words(text: str) -> str:
    """Its folded words, without what stands in brackets unless that is all."""
    return " ".join(words(_BRACKETS.sub(" ", text)) or words(text))


def guess(headings: Iterable[str], known: Headings) -> dict[str, int]:
    """Field → number of its column; whole headings first, then headings that hold a known one."""
    spelt = [plain_words(heading) for heading in headings]
    exact = {said: field for field, listed in known.items() for said in listed.split("|")}
    found: dict[str, int] = {}
    for column, said in enumerate(spelt):
        if (field := exact.get(said)) and field not in found:
            found[field] = column
    taken = set(found.values())
    for field, listed in known.items():
        if field in found:
            continue
        for column, said in enumerate(spelt):
            if column not in taken and len(said.split()) <= _MOST_WORDS and _holds(said, listed.split("|")):
                found[field] = column
                taken.add(column)
                break
    return found


def _holds(said: str, listed: Sequence[str]) -> bool:
    return any(f" {known} " in f" {said} " for known in listed if len(known) > 3)  # noqa: PLR2004 - "nom" and "art" are parts of many headings


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
        field: column for field, column in guess(headings, known).items() if plain_words(headings[column]) not in chosen
    }
    for column, heading in enumerate(headings):
        if field := chosen.get(plain_words(heading), ""):
            found[field] = column
    return found
