"""The text of a PDF, page by page, without its running headers and page numbers."""

import io
import logging
import re
from collections import Counter
from collections.abc import Callable

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PdfReadError, PdfStreamError

from bot.imports.document_errors import refuse

_MOST_PAGES = 3000
_LETTERS_A_PAGE = 15
_EDGE = 2
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
    lines = [[_SPACES.sub(" ", _CONTROL.sub(" ", line)).rstrip() for line in page.split("\n")] for page in pages]
    edges = Counter(
        _DIGITS.sub("0", line.strip()) for page in lines for line in {*page[:_EDGE], *page[-_EDGE:]} if line.strip()
    )
    running = {line for line, count in edges.items() if len(pages) > _EDGE and count > _OFTEN * len(pages)}
    kept = []
    for page in lines:
        last = len(page) - _EDGE
        for number, line in enumerate(page):
            edge = number < _EDGE or number >= last
            if edge and (_DIGITS.sub("0", line.strip()) in running or _PAGE_NUMBER.match(line)):
                continue
            kept.append(line)
    return _HYPHEN.sub("", "\n".join(kept)) + "\n"
