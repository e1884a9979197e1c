"""Services of data·inclusion's own workbook: a sheet of services and one of the structures that they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.exports.data_inclusion import SOURCE
from bot.imports.tables import DIRECTORY, named, opened

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from typing import IO

_WORKBOOK: Final = "xl/workbook.xml"
# Where a service says nothing itself, what its structure says holds.
_SHARED: Final = (
    "adresse", "complement_adresse", "commune", "code_postal", "code_insee", "telephone", "courriel",
    "horaires_accueil", "latitude", "longitude", "site_web",
)  # fmt: skip


def is_template(archive: zipfile.ZipFile) -> bool:
    """Whether both sheets are there, told without opening the workbook, which takes long where it is large."""
    said = archive.read(_WORKBOOK).decode(errors="replace") if _WORKBOOK in archive.namelist() else ""
    return all(f'name="{sheet}"' in said for sheet in ("Structures", "Services"))


def services(file: IO[bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    """With their structure's name, and its address and contact where they have none; by the number of their row."""
    structures = {row["id"]: row for _number, row in _kept(file, "Structures") if row.get("id")}
    for number, service in _kept(file, "Services"):
        structure = structures.get(service.get("structure_id", ""), {})
        # What went out from here says all of it in each service.
        shared = () if service.get("id", "").startswith(f"{SOURCE}--") else _SHARED
        row = {name: structure[name] for name in shared if structure.get(name)}
        row["nom de la structure"] = structure.get("nom", "")
        yield number, row | {name: value for name, value in service.items() if value}


def _kept(file: IO[bytes], sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a sheet but those that it marks as examples."""
    for table in opened(file, DIRECTORY):
        if table.name == sheet:
            for number, row in named(table):
                if row.pop("__ignore__", "").lower() not in {"true", "1", "vrai"}:
                    yield number, row
