"""Values as a spreadsheet may safely hold them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def inert(value: Any) -> str:
    """As text that no spreadsheet takes for a formula; a list is joined by "; "."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (list, tuple)):
        return inert("; ".join(str(part) for part in value))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value)
    if isinstance(value, str) and text.startswith(_DANGEROUS):
        return f"'{text}"
    return text


def harmless(value: Any) -> Any:
    """For tables that programs read and people may open: as it is but for words that would be a formula.

    A telephone number that begins with its country stays one.
    """
    if isinstance(value, str) and value.startswith(_DANGEROUS) and not (value[0] == "+" and value[1:2].isdigit()):
        return f"'{value}"
    return value


def meant(value: Any) -> Any:
    """What a value was before `inert` or `harmless`."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:].startswith(_DANGEROUS) else value


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV as spreadsheets here open it: semicolons, a byte order mark, no cell that is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([inert(heading) for heading in headings])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
