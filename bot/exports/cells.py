"""Values as a spreadsheet may safely hold them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

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
