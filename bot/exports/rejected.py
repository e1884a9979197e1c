"""The rows of an import that were not taken, as a workbook to mend and send again."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLE_LENGTH = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are pairs: the reason in words, and the cells as they came."""

    name: str
    headings: Sequence[str]
    rows: Iterable[tuple[str, Sequence[str]]]


def workbook(sheets: Iterable[Sheet], *, reason: str) -> bytes:
    """One sheet for each that lost rows, with a first column, headed `reason`, that says why."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and of no use before a workbook is written

    book = Workbook(write_only=True)
    for number, sheet in enumerate(sheets, 1):
        title = (sheet.name.translate(_NOT_IN_TITLES).strip("' ") or str(number))[:_TITLE_LENGTH]
        page = book.create_sheet(title)
        for cells in ([reason, *sheet.headings], *([why, *row] for why, row in sheet.rows)):
            page.append([_text(page, cell) for cell in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(page: "WriteOnlyWorksheet", value: str) -> "Cell":
    """Text whatever it begins with: never a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy, and of no use before a workbook is written

    cell = WriteOnlyCell(page, value=value)
    cell.data_type = "s"
    return cell
