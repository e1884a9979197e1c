"""An offer as the index sees it: values only, no row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Listing:
    """An offer's facts.

    `text` joins the descriptions; `commune` is a gazetteer code or ""; `zone` holds codes
    of communes, provinces and countries.
    Ages are UNKNOWN where nobody said; `free`, `evening`, `weekend` are None where unknown; `price` is in
    euros, 0 when free.
    """

    id: int
    name: str
    text: str
    commune: str = ""
    zone: tuple[str, ...] = ()
    age_min: int = UNKNOWN
    age_max: int = UNKNOWN
    languages: tuple[str, ...] = ()
    formats: frozenset[str] = frozenset()
    kind: str = ""
    free: bool | None = None
    price: float = UNKNOWN
    evening: bool | None = None
    weekend: bool | None = None
    remote: bool = False
    closed: bool = False
    late: bool = False
    full: bool = False
    themes: Mapping[str, float] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """What is encoded and read for words."""
        return f"{self.name}. {self.text}"
