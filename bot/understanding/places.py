"""Belgian, French and Luxembourgish communes and localities, offline: names in several languages, codes, distances.

`gazetteer()` reads data/places.tsv.gz once, when it is first needed. A place is a commune, a locality within one (its
`parent`), or an area made of provinces, departments or communes. Codes: `BE:` NIS, `FR:` INSEE, `LU:`, `BE-` province,
`FR-` department, `area:` a region or corner.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.understanding import areas
from bot.understanding.spelling import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

DATA: Final = Path(__file__).parent / "data" / "places.tsv.gz"
KILOMETRES_A_DEGREE: Final = 111.2
MOST_REMEMBERED: Final = 48
_POSTAL: Final = re.compile(r"^(?:[BF]-)?(\d{4,5})$")


class Place(NamedTuple):
    """`lat`, `lon` are NaN where unknown; `covers` holds an area's province and commune codes."""

    code: str
    country: str
    kind: str  # commune, locality, area
    name: str
    parent: str = ""
    area: str = ""
    nl: str = ""
    de: str = ""
    postal: tuple[str, ...] = ()
    lat: float = float("nan")
    lon: float = float("nan")
    population: int = 0
    covers: frozenset[str] = frozenset()

    def label(self, lang: str = "fr") -> str:
        """The name in that language, the local one where it has none."""
        return {"nl": self.nl, "de": self.de or self.nl}.get(lang) or self.name

    @property
    def commune(self) -> str:
        """The code of the commune it is or lies in; empty for an area."""
        return "" if self.kind == "area" else self.parent or self.code


@dataclass
class Gazetteer:
    places: dict[str, Place]
    names: dict[str, list[str]]
    postal: dict[str, list[str]] = field(default_factory=dict)
    _away: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    _reach: dict[str, float] = field(default_factory=dict)

    def by_code(self, code: str) -> Place | None:
        """Also a bare NIS or INSEE number, Belgian first where both exist."""
        return self.places.get(code) or self.places.get(f"BE:{code}") or self.places.get(f"FR:{code}")

    def commune_of(self, place: Place) -> Place:
        return self.places.get(place.parent, place) if place.kind == "locality" else place

    def named(self, name: str, near: Iterable[Place] = ()) -> list[Place]:
        """Every place of that name or postal code, the likeliest first: peopled and close to `near`."""
        key = normalise(name)
        codes = list(self.names.get(key, ()))
        if match := _POSTAL.match(name.strip()):
            codes += self.postal.get(match[1], ())
        found = [self.places[code] for code in dict.fromkeys(codes)]
        around = [place for place in near if not math.isnan(place.lat)]
        rank = {"area": 0, "commune": 1, "locality": 2}

        def order(place: Place) -> tuple[float, ...]:
            if place.kind == "area":
                return (-math.inf, 0)
            far = min((distance(place, other) for other in around), default=0.0)
            far = 1000.0 if math.isnan(far) else far
            return (far / 80 - 1.2 * math.log10(place.population + 10) + rank[place.kind], 0)

        return sorted(found, key=order)

    def commune_named(self, name: str, postal: str = "") -> Place | None:
        """The commune an offer's address names: "Bruxelles" is the city here, not the region; a locality gives its commune."""
        found = [self.commune_of(place) for place in self.named(name) if place.kind != "area"]
        if normalise(name) in {"bruxelles", "brussel", "brussels", "brussel stad"}:
            found = [self.places["BE:21004"], *found]
        postal = postal.strip().removeprefix("B-").removeprefix("F-")
        if postal:
            agreeing = [place for place in found if postal in place.postal]
            by_postal = [self.commune_of(self.places[code]) for code in self.postal.get(postal, ())]
            found = agreeing or (found if found and not by_postal else by_postal)
        return found[0] if found else None

    @cached_property
    def communes(self) -> list[Place]:
        """Communes in the order of `positions` and of the codes that `row_of` gives."""
        return [place for place in self.places.values() if place.kind == "commune"]

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {place.code: row for row, place in enumerate(self.communes)}

    @cached_property
    def positions(self) -> NDArray[np.float64]:
        """(communes, 2): latitude and longitude in degrees, NaN where unknown."""
        import numpy as np  # noqa: PLC0415 - heavy, and of no use before it is asked for

        return np.array([(place.lat, place.lon) for place in self.communes])

    @cached_property
    def _peopled(self) -> NDArray[np.bool_]:
        import numpy as np  # noqa: PLC0415 - heavy, and of no use before it is asked for

        return np.array([place.country == "BE" or place.population >= 2000 for place in self.communes])

    def distances(self, place: Place) -> NDArray[np.float64]:
        """Kilometres from the place to each commune's centre, 0 inside; from an area, to its nearest; unknown is infinite."""
        known = self._away.get(place.code)
        if known is None:
            known = self._distances(place)
            if len(self._away) >= MOST_REMEMBERED:
                self._away.clear()
            self._away[place.code] = known
        return known

    def _distances(self, place: Place) -> NDArray[np.float64]:
        import numpy as np  # noqa: PLC0415 - heavy, and of no use before it is asked for

        positions = self.positions
        if place.kind == "area":
            inside = [row for row, commune in enumerate(self.communes) if within(commune, place)]
            if not inside:
                return np.full(len(positions), np.inf)
            best = np.full(len(positions), np.inf)
            step = max(1, len(inside) // 60)
            for row in inside[::step]:
                best = np.fmin(best, _kilometres(positions, *positions[row]))
            best[inside] = 0.0
            return np.asarray(np.nan_to_num(best, nan=np.inf))
        away = np.nan_to_num(_kilometres(positions, place.lat, place.lon), nan=np.inf)
        if (own := self.row_of.get(place.commune)) is not None:
            away[own] = 0.0
        return np.asarray(away)

    def reach(self, place: Place) -> float:
        """How far the next communes lie, in km: about 4 in a city, 18 in the country; steps of widening are counted in it."""
        import numpy as np  # noqa: PLC0415 - heavy, and of no use before it is asked for

        if place.kind == "area":
            return 12.0
        if place.code not in self._reach:
            away = np.sort(self.distances(place)[self._peopled])
            self._reach[place.code] = float(min(max(1.3 * away[min(6, len(away) - 1)], 4.0), 18.0))
        return self._reach[place.code]

    def neighbours(self, place: Place) -> list[Place]:
        """Communes that lie next to it: within reach of its centre, nearest first."""
        import numpy as np  # noqa: PLC0415 - heavy, and of no use before it is asked for

        away, reach = self.distances(place), self.reach(place)
        rows = np.flatnonzero((away <= reach) & (away > 0))
        return [self.communes[row] for row in rows[np.argsort(away[rows])]]


def _kilometres(positions: NDArray[np.float64], lat: float, lon: float) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415 - heavy, and of no use before it is asked for

    north = (positions[:, 0] - lat) * KILOMETRES_A_DEGREE
    east = (positions[:, 1] - lon) * KILOMETRES_A_DEGREE * np.cos(np.radians(lat))
    return np.asarray(np.hypot(north, east))


def distance(one: Place, other: Place) -> float:
    """Kilometres between centres as the crow flies; NaN where one is unknown."""
    north = (one.lat - other.lat) * KILOMETRES_A_DEGREE
    east = (one.lon - other.lon) * KILOMETRES_A_DEGREE * math.cos(math.radians(other.lat))
    return math.hypot(north, east)


def within(commune: Place, area: Place) -> bool:
    return commune.code in area.covers or commune.area in area.covers or commune.country in area.covers


def _read() -> tuple[dict[str, Place], dict[str, list[str]], dict[str, list[str]]]:
    places: dict[str, Place] = {}
    names: dict[str, list[str]] = defaultdict(list)
    postal: dict[str, list[str]] = defaultdict(list)
    nan = float("nan")
    for line in gzip.decompress(DATA.read_bytes()).decode().splitlines():
        code, country, kind, parent, area, name, nl, de, codes, lat, lon, population, keys = line.split("\t")
        posts = tuple(codes.split("|")) if codes else ()
        places[code] = Place(
            code, country, kind, name, parent, area, nl, de, posts,
            float(lat) if lat else nan, float(lon) if lon else nan, int(population),
        )  # fmt: skip
        for key in keys.split("|"):
            names[key].append(code)
        for post in posts:
            postal[post].append(code)
    return places, names, postal


def _areas() -> Iterable[tuple[Place, list[str]]]:
    for code, (name, others) in areas.PROVINCES.items():
        yield Place(code, "BE", "area", name, covers=frozenset({code})), [name, *others.split("|")]
    for entry in re.split(r"[|\n]", areas.DEPARTMENTS.strip()):
        number, name = entry.split(" ", 1)
        # A department that is also a city ("Paris") or a word ("Nord", "Lot") needs its number or "département".
        plain = (
            [name]
            if "-" in name or name in {"Ardennes", "Finistère", "Gironde", "Isère", "Morbihan", "Vendée", "Yvelines"}
            else []
        )
        spelt = [
            *plain,
            f"département {name}",
            f"département du {name}",
            f"département de {name}",
            f"dept {number}",
            f"le {number}",
        ]
        yield Place(f"FR-{number}", "FR", "area", name, covers=frozenset({f"FR-{number}"})), spelt
    for name, (others, parts) in areas.REGIONS.items():
        parted = frozenset(parts.split())
        yield Place(f"area:{normalise(name)}", parts[:2], "area", name, covers=parted), [name, *others.split("|")]
    for name, (others, parts) in areas.CORNERS.items():
        communes = frozenset(part if ":" in part else f"BE:{part}" for part in parts.split())
        yield Place(f"area:{normalise(name)}", "BE", "area", name, covers=communes), [name, *others.split("|")]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    places, names, postal = _read()
    for area, spelt in _areas():
        places[area.code] = area
        for name in spelt:
            names[normalise(name)].insert(0, area.code)
    return Gazetteer(places, dict(names), dict(postal))


def zone(token: str, near: Iterable[Place] = ()) -> Place | None:
    """What an offer's zone names: a commune, a province by name or code, a department by number, a country."""
    book = gazetteer()
    key = normalise(token)
    if not key:
        return None
    if country := areas.COUNTRIES.get(key):
        covers = frozenset({"BE", "FR", "LU"} if country == "*" else {country})
        return Place(f"country:{country}", country, "area", token, covers=covers)
    if re.fullmatch(r"\d{2,3}|2[ab]", key) and (found := book.places.get(f"FR-{key.upper()}")):
        return found
    named = book.named(token, near)
    for name in (f"province de {token}", f"département {token}", token):
        if not named:
            named = book.named(name, near)
    return named[0] if named else None
