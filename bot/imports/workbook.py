"""Rows of an XLSX workbook, read without loading it: the first sheet, or the sheets of data·inclusion's template joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_IGNORE: Final = "__ignore__"


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        if {"Structures", "Services"} <= set(book.sheetnames):
            structures = {
                str(row.get("id")): row
                for _, row in _sheet(book["Structures"].iter_rows(values_only=True))
                if row.get("id")
            }
            for number, row in _sheet(book["Services"].iter_rows(values_only=True)):
                yield number, _joined(row, structures.get(str(row.get("structure_id")), {}))
        else:
            yield from _sheet(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _joined(service: dict[str, Any], structure: dict[str, Any]) -> dict[str, Any]:
    """The service, with its structure's name and, where it says nothing itself, its address and contact."""
    shared = (
        "adresse",
        "complement_adresse",
        "commune",
        "code_postal",
        "code_insee",
        "telephone",
        "courriel",
        "horaires_accueil",
        "latitude",
        "longitude",
        "site_web",
    )
    row = {name: structure[name] for name in shared if structure.get(name)}
    return (
        row
        | {"nom de la structure": structure.get("nom")}
        | {name: value for name, value in service.items() if value not in (None, "")}
    )


def _sheet(lines: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, dict[str, Any]]]:
    headings: list[str] = []
    for number, cells in enumerate(lines, 1):
        filled = [cell for cell in cells if cell is not None and str(cell).strip()]
        if not filled:
            continue
        if not headings:
            if len(filled) < min(2, len(cells)):
                continue
            headings = [str(cell if cell is not None else "").strip() for cell in cells]
            continue
        row: dict[str, Any] = {}
        for heading, cell in zip(headings, cells, strict=False):
            if heading and heading not in row:
                row[heading] = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        if str(row.pop(_IGNORE, "") or "").strip().lower() in {"true", "1", "vrai"}:
            continue
        yield number, row
