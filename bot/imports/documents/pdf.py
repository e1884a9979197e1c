"""The text of a PDF, page by page, without its running headers and page numbers."""

import io
import logging
import re
from collections import Counter
from collections.abc import Callable

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PdfReadError, PdfStreamError

from bot.imports.documents.errors import refuse

_MOST_PAGES = 3000
_LETTERS_A_PAGE = 15
_EDGE = 2
_LONG_PAGE = 7
_OFTEN = 0.5
_PAGE_NUMBER = re.compile(
    r"^\s*(?:(?:page|pagina|seite|p\.)\s*)?\d{1,4}(?:\s*(?:/|sur|van|of|von)\s*\d{1,4})?\s*$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"[ \t\xa0]{2,}")


def read(data: bytes, progress: Callable[[int, int], None]) -> str:
    """Raises DocumentError for a password, a scan, a cut file and a page that unpacks beyond all measure."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse("encrypted")
        total = len(reader.pages)
        if total > _MOST_PAGES:
            raise refuse("too_heavy", pages=total)
        pages = []
        for number, page in enumerate(reader.pages, start=1):
            pages.append(page.extract_text())
            # A page's parsed objects are not needed again; without this a long file keeps them all.
            reader.resolved_objects.clear()
            progress(number, total)
    except (FileNotDecryptedError, DependencyError):
        raise refuse("encrypted") from None
    except LimitReachedError:
        raise refuse("zip_bomb") from None
    except (PdfStreamError, PdfReadError):
        raise refuse("truncated" if b"%%EOF" not in data[-2048:] else "broken", kind="pdf") from None
    if not pages:
        raise refuse("truncated" if b"%%EOF" not in data[-2048:] else "empty")
    if sum(char.isalpha() for page in pages for char in page) < _LETTERS_A_PAGE * len(pages):
        raise refuse("scanned", pages=len(pages))
    return _joined(pages)


def _joined(pages: list[str]) -> str:
    lines = [
        [_SPACES.sub(" ", _CONTROL.sub(" ", line)).rstrip() for line in page.strip().split("\n")] for page in pages
    ]
    long = [page for page in lines if len(page) >= _LONG_PAGE]
    edges = Counter(line for page in long for line in {_same(line) for line in (*page[:_EDGE], *page[-_EDGE:])} if line)
    running = {line for line, count in edges.items() if count > max(_EDGE, _OFTEN * len(pages))}
    kept = []
    for page in lines:
        for number, line in enumerate(page):
            at_edge = number < _EDGE or number >= len(page) - _EDGE
            if not (at_edge and (_PAGE_NUMBER.match(line) or (len(page) >= _LONG_PAGE and _same(line) in running))):
                kept.append(line)
    return _HYPHEN.sub("", "\n".join(kept)) + "\n"


def _same(line: str) -> str:
    """The line without its numbers: "Page 3 sur 12" and "Page 4 sur 12" are one running line."""
    return _DIGITS.sub("0", line.strip())
