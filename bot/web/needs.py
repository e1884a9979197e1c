"""The page of needs: what was asked and found nobody, against what is offered, for who holds a link of their own."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.exports import gap_pictures
from bot.gaps import Gap, commune_name, kind_name, last_year, line, may_read
from bot.imports import worker
from bot.phrases import Phrase, Reader, _
from bot.web.templates import render
from storage import needs, pages
from storage.database import Database, Origin
from storage.members import Member

PAGE = "needs"
STYLE = pathlib.Path(__file__).parent / "static" / "needs.css"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}
# Drawing loads a library of that weight.
MEGABYTES = 1200
GONE = _("This link is over, or was never one. Ask me for a new one: `/offer needs`.")
LABELS = {
    "title": _("Needs without an answer"),
    "period": _("Questions asked in the last twelve months that found no service, against the services there are."),
    "privacy": _(
        "Each question is counted once, with at least four others: numbers below five are put together. "
        "Nothing is kept of who asked."
    ),
    "kind": _("Theme"),
    "commune": _("Commune"),
    "asked": _("Questions"),
    "offers": _("Services"),
    "none": _("Nothing to show yet: I publish a number once five questions of its kind were asked."),
    "words": _("The questions’ words (coordinators alone, ninety days)"),
    "matrix": _("Questions / services, by theme and commune"),
    "map": _("Questions without an answer, by commune"),
    "no_place": _("no place"),
}

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class View:
    """What one reader may see; `words` are None unless they coordinate."""

    reader: Reader
    network: str
    gaps: list[Gap]
    words: list[tuple[date, Phrase, Phrase, str]] | None


def routes(database: Database, clock: Clock = lambda: datetime.now(UTC)) -> list[BaseRoute]:
    """`/needs/SECRET` and its two pictures."""

    async def page(request: Request) -> Response:
        view = await run_in_threadpool(_view, database, request.path_params["secret"], clock())
        if view is None:
            return PlainTextResponse(GONE.say(Reader()), status_code=404, headers=HEADERS)
        return HTMLResponse(_draw(view, request.path_params["secret"]), headers=HEADERS)

    def picture(draw: Callable[[View], bytes | None]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            view = await run_in_threadpool(_view, database, request.path_params["secret"], clock())
            content = await run_in_threadpool(draw, view) if view is not None else None
            if content is None:
                return PlainTextResponse("Not found.", status_code=404, headers=HEADERS)
            return Response(content, media_type="image/png", headers=HEADERS)

        return answer

    async def style(_request: Request) -> Response:
        return FileResponse(STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})

    return [
        Route("/needs-page.css", style),
        Route("/needs/{secret}", page),
        Route("/needs/{secret}/matrix.png", picture(_matrix)),
        Route("/needs/{secret}/map.png", picture(_map)),
    ]


def _view(database: Database, secret: str, now: datetime) -> View | None:
    with database.system_session(reading=True) as session:
        known = pages.opened(session, PAGE, secret, now)
    if known is None:
        return None
    network_id, member_id = known
    with database.session(network_id, Origin(now=now, source="web"), reading=True) as session:
        network = session.network
        member = session.get(Member, member_id)
        if member is None or not may_read(network, member):
            return None
        language = member.language or network.language
        reader = Reader(language, network.timezone, network.country, now.date())
        words = None
        if member.coordinator:
            rows = needs.since(session, now.date() - timedelta(days=needs.WORDS_DAYS))
            words = [
                (
                    row.asked_on,
                    kind_name(row.kind, language),
                    commune_name(row.commune, language) if row.commune else LABELS["no_place"],
                    row.words,
                )
                for row in rows
                if row.words
            ]
        return View(reader, network.name, last_year(session, now.date()), words)


def _draw(view: View, secret: str) -> str:
    reader = view.reader
    rows = [
        {
            "kind": kind_name(gap.kind, reader.language).say(reader),
            "commune": commune_name(gap.commune, reader.language).say(reader),
            "asked": gap.asked,
            "offers": gap.offers,
        }
        for gap in view.gaps
    ]
    return render(
        "needs.html",
        language=reader.language,
        network=view.network,
        labels={name: phrase.say(reader) for name, phrase in LABELS.items()},
        rows=rows,
        alternative="; ".join(line(gap, reader.language).say(reader) for gap in view.gaps),
        mapped=bool(_spots(view)),
        secret=secret,
        words=None
        if view.words is None
        else [
            (f"{day:%d/%m/%Y}", kind.say(reader), commune.say(reader), text) for day, kind, commune, text in view.words
        ],
    )


def _matrix(view: View) -> bytes | None:
    rows = tuple(
        (
            kind_name(gap.kind, view.reader.language).say(view.reader),
            commune_name(gap.commune, view.reader.language).say(view.reader),
            gap.asked,
            gap.offers,
        )
        for gap in view.gaps
    )
    return _drawn("matrix", rows, LABELS["matrix"].say(view.reader)) if rows else None


def _map(view: View) -> bytes | None:
    spots = _spots(view)
    return _drawn("map_of", spots, LABELS["map"].say(view.reader)) if spots else None


def _spots(view: View) -> tuple[gap_pictures.Spot, ...]:
    """Communes whose coordinates are known, with all that was asked there; each is a sum of numbers shown already."""
    asked: dict[str, int] = {}
    for gap in view.gaps:
        asked[gap.commune] = asked.get(gap.commune, 0) + gap.asked
    from bot.understanding.places import gazetteer  # noqa: PLC0415 - heavy, and of no use before it is asked for

    book = gazetteer().places
    return tuple(
        (place.label(view.reader.language), place.lon, place.lat, count)
        for commune, count in asked.items()
        if (place := book.get(commune)) is not None and place.lat == place.lat
    )


@lru_cache(maxsize=32)
def _drawn(picture: str, rows: tuple[Any, ...], label: str) -> bytes:
    content: bytes = worker.run(getattr(gap_pictures, picture), rows, label, megabytes=MEGABYTES)
    return content
