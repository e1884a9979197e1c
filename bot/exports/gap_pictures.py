"""Pictures of what is asked and not found: a matrix of themes and communes, and a map; drawn in another process."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

RED: Final = "#9e1f2e"
INK: Final = "#22303c"
MOST_KINDS: Final = 16
MOST_COMMUNES: Final = 14

# A row of the table in words: kind, commune, how many asked, how many offers.
Row = tuple[str, str, int, int]
# A commune in words, its longitude and latitude, how many asked there.
Spot = tuple[str, float, float, int]
Progress = Callable[[int, int], None]


def matrix(rows: Sequence[Row], label: str, progress: Progress) -> bytes:
    """A PNG: the darker the more asked; in each cell, how many asked over how many offers there are."""
    pyplot = _pyplot()
    kinds = _most([(kind, asked) for kind, _commune, asked, _offers in rows], MOST_KINDS)
    communes = _most([(commune, asked) for _kind, commune, asked, _offers in rows], MOST_COMMUNES)
    told = {(kind, commune): (asked, offers) for kind, commune, asked, offers in rows}
    figure, axes = pyplot.subplots(figsize=(2.6 + 0.9 * len(communes), 1.6 + 0.5 * len(kinds)), dpi=110)
    values = [[told.get((kind, commune), (0, 0))[0] for commune in communes] for kind in kinds]
    most = max((asked for *_names, asked, _offers in rows), default=1)
    axes.imshow(values, cmap="Reds", vmin=0, vmax=most * 1.25, aspect="auto")
    for at, kind in enumerate(kinds):
        for beside, commune in enumerate(communes):
            if (kind, commune) in told:
                asked, offers = told[kind, commune]
                color = "white" if asked > 0.7 * most else INK
                axes.text(beside, at, f"{asked} / {offers}", ha="center", va="center", color=color, fontsize=9)
    axes.set_xticks(range(len(communes)), communes, rotation=35, ha="right", color=INK)
    axes.set_yticks(range(len(kinds)), kinds, color=INK)
    axes.set_xticks([at - 0.5 for at in range(1, len(communes))], minor=True)
    axes.set_yticks([at - 0.5 for at in range(1, len(kinds))], minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_title(label, fontsize=9, color=INK, loc="left")
    progress(1, 1)
    return _png(pyplot, figure)


def map_of(spots: Sequence[Spot], label: str, progress: Progress) -> bytes:
    """A PNG: a disc on each commune, as large as what was asked there; north is up, and distances are true."""
    pyplot = _pyplot()
    figure, axes = pyplot.subplots(figsize=(7, 7), dpi=110)
    longitudes = [spot[1] for spot in spots]
    latitudes = [spot[2] for spot in spots]
    most = max((spot[3] for spot in spots), default=1)
    sizes = [180 + 1400 * spot[3] / most for spot in spots]
    axes.scatter(longitudes, latitudes, s=sizes, color=RED, alpha=0.55, linewidths=0)
    for name, longitude, latitude, asked in spots:
        axes.annotate(str(asked), (longitude, latitude), ha="center", va="center", color="white", fontsize=9)
        axes.annotate(name, (longitude, latitude), xytext=(0, -22), textcoords="offset points", ha="center", va="top",
                      color=INK, fontsize=9)  # fmt: skip
    axes.margins(0.25)
    # A degree of longitude is shorter than one of latitude, here about 0.64 of it.
    axes.set_aspect(1 / 0.64)
    axes.axis("off")
    axes.set_title(label, fontsize=9, color=INK, loc="left")
    progress(1, 1)
    return _png(pyplot, figure)


def _most(counted: Sequence[tuple[str, int]], limit: int) -> list[str]:
    totals: dict[str, int] = {}
    for name, count in counted:
        totals[name] = totals.get(name, 0) + count
    return sorted(totals, key=lambda name: (-totals[name], name))[:limit]


def _pyplot() -> Any:
    import matplotlib as mpl  # noqa: PLC0415 - a second to load, for a picture alone

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - same

    return plt


def _png(pyplot: Any, figure: Any) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", bbox_inches="tight", facecolor="white")
    pyplot.close(figure)
    return out.getvalue()
