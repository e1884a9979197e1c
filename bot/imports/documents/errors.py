"""Why a file cannot be read: a code to put in words, with plain data."""

from typing import Literal

LARGEST = 50_000_000

Code = Literal[
    "too_big",
    "empty",
    "unsupported",
    "wrong_type",
    "encrypted",
    "old_word",
    "scanned",
    "truncated",
    "broken",
    "zip_bomb",
    "xml_bomb",
    "macro",
    "too_heavy",
    "too_slow",
]

_SENTENCES: dict[Code, str] = {
    "too_big": "the file is larger than {limit_mb} MB: split it, or export the text alone",
    "empty": "the file holds no text",
    "unsupported": "files ending in .{extension} are not read: use .docx, .odt, .pdf, .html, .md or .txt",
    "wrong_type": "the file ends in .{extension} but holds {actual}: give it the right extension, or export it again",
    "encrypted": "the file is protected by a password: save a copy without it",
    "old_word": "the file is in the old Word format: save it as .docx",
    "scanned": "the {pages} page(s) are scans without text: export the original document, or recognise the text first",
    "truncated": "the file is cut short: download or send it again",
    "broken": "the file is damaged and cannot be read: open it, save it again, and retry",
    "zip_bomb": "the file unpacks to far more than a document should: it was not opened",
    "xml_bomb": "the file defines XML entities, which no document needs: it was not opened",
    "macro": "the file contains macros: save it as .docx without them",
    "too_heavy": "the file needs more memory than is allowed: split it, or export the text alone",
    "too_slow": "reading the file took too long: split it, or export the text alone",
}


class DocumentError(Exception):
    """A file that is not read; `code` says why and `data` holds what the sentence needs."""

    def __init__(self, code: Code, data: dict[str, object]) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        size = self.data.get("limit", LARGEST)
        words = {"limit_mb": int(size) // 1_000_000 if isinstance(size, int) else size}
        return _SENTENCES[self.code].format_map(_Blank(self.data | words))


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def refuse(code: Code, **data: object) -> DocumentError:
    return DocumentError(code, data)
