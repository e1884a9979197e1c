"""A file of minutes to lines of text: .md .txt .docx .odt .pdf .html, or a plain reason why not.

Nothing in a file is trusted: sizes are checked before anything is unpacked, XML may define no entities, macros are
refused and never run. Call `read` in a worker (see `worker.run`), since a hostile file can still cost time and memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.imports.documents import html, plain
from bot.imports.documents.errors import LARGEST, DocumentError, refuse
from bot.imports.documents.kinds import KINDS, actual_kind

__all__ = ["KINDS", "LARGEST", "Document", "DocumentError", "Progress", "read", "read_path", "refuse"]

Progress = Callable[[int, int], None]
_FEW_LETTERS = 3


def _read_pdf(data: bytes, progress: Progress) -> str:
    from bot.imports.documents import pdf  # noqa: PLC0415 - a quarter of a second that no other format needs

    return pdf.read(data, progress)


def _read_docx(data: bytes, progress: Progress) -> str:
    from bot.imports.documents import office  # noqa: PLC0415 - what reads XML is heavy, and of no use before

    return office.read_docx(data, progress)


def _read_odt(data: bytes, progress: Progress) -> str:
    from bot.imports.documents import office  # noqa: PLC0415 - the same

    return office.read_odt(data, progress)


_READERS: dict[str, Callable[[bytes, Progress], str]] = {
    "md": plain.read,
    "txt": plain.read,
    "html": html.read,
    "docx": _read_docx,
    "odt": _read_odt,
    "pdf": _read_pdf,
}


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is light Markdown: `#` headings, `-` items, `|` rows; `kind` is the format without its dot."""

    text: str
    kind: str
    name: str


def read_path(path: Path, progress: Progress | None = None) -> Document:
    """The size is checked before the content is read; raises DocumentError, or OSError for what cannot be opened."""
    size = path.stat().st_size
    if size > LARGEST:
        raise refuse("too_big", size=size, limit=LARGEST)
    return read(path.read_bytes(), path.name, progress)


def read(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """Reads bytes by the name they came with; raises DocumentError, and nothing else, whatever the bytes are."""
    if len(data) > LARGEST:
        raise refuse("too_big", size=len(data), limit=LARGEST)
    if not data.strip():
        raise refuse("empty")
    kind = _claimed(name)
    actual = actual_kind(data, kind)
    if actual != kind:
        raise refuse("wrong_type", extension=name.rpartition(".")[2].lower(), actual=actual)
    try:
        text = _READERS[kind](data, progress or _silent)
    except DocumentError:
        raise
    except MemoryError:
        raise refuse("too_heavy") from None
    except Exception as error:
        raise refuse("broken", kind=kind, cause=type(error).__name__) from error
    if sum(char.isalpha() for char in text) < _FEW_LETTERS:
        raise refuse("empty")
    return Document(text, kind, name)


def _claimed(name: str) -> str:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension in ("docm", "dotm"):
        raise refuse("macro")
    if extension not in KINDS:
        raise refuse("unsupported", extension=extension, known=sorted(KINDS))
    return KINDS[extension]


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
