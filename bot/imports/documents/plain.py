"""Plain text and Markdown: bytes in whatever encoding to lines."""

import codecs
import re
from collections.abc import Callable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def read(data: bytes, progress: Callable[[int, int], None]) -> str:
    """Every line break becomes one newline, so that lines keep their numbers; not UTF-8 is taken for Windows-1252."""
    text = decode(data)
    progress(1, 1)
    return text


def decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _tidy(data.decode(encoding, errors="replace"))
    try:
        return _tidy(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _tidy(data.decode("cp1252", errors="replace"))


def _tidy(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n"))
