"""What every import shares: sheets with their columns, and the rows that were not taken, with the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.exports import rejected
from bot.imports import columns
from bot.imports.columns import Headings
from bot.imports.tables import Row, Table
from bot.phrases import Phrase, Reader, _
from bot.understanding import privacy


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its rows in hand, and which column holds which field."""

    name: str
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    rows: tuple[Row, ...]

    def cell(self, row: Row, name: str) -> str:
        return columns.cell(row, self.columns, name)


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that was not taken."""

    sheet: Sheet
    row: Row
    reason: Phrase


@dataclass(slots=True)
class Losses:
    """The rows not taken so far."""

    rows: list[Lost] = field(default_factory=list)

    def add(self, sheet: Sheet, row: Row, reason: Phrase) -> None:
        self.rows.append(Lost(sheet, row, reason))

    def workbook(self, reader: Reader) -> bytes:
        """Them alone, each with its reason in the reader's language."""
        sheets = {id(lost.sheet): lost.sheet for lost in self.rows}
        return rejected.workbook(
            (
                rejected.Sheet(
                    sheet.name,
                    sheet.headings,
                    [(lost.reason.say(reader), lost.row.cells) for lost in self.rows if lost.sheet is sheet],
                )
                for sheet in sheets.values()
            ),
            reason=_("Why not taken").say(reader),
        )


def sheets(found: Iterable[Table], known: Headings, chosen: Mapping[str, str]) -> list[Sheet]:
    """Every sheet in hand, its columns guessed from `known` and corrected by `chosen`."""
    return [
        Sheet(table.name, table.headings, columns.settled(table.headings, known, chosen), tuple(table.rows))
        for table in found
    ]


def unfit(text: str) -> Phrase | None:
    """Why a text may not be kept, when it may speak of a patient."""
    seen = privacy.inspect(text)
    if seen.verdict == "refuse":
        return _("This row holds a national number.")
    if seen.verdict == "ask":
        return _("This row seems to speak of a patient.")
    return None
