"""`/calendar/{token}.ics`: each member's own calendar, at an address that only they were told."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import calendars
from bot.calendars import Feed
from storage import feeds
from storage.database import Database, Origin
from storage.members import Member

PATH = "/calendar/{name}"
_NAME = re.compile(r"([A-Za-z0-9_-]{20,60})\.ics")
HEADERS = {
    # A subscription asks again by itself; no one in between keeps it.
    "Cache-Control": "private, max-age=900",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def routes(database: Database, clock: Callable[[], datetime]) -> list[BaseRoute]:
    async def calendar(request: Request) -> Response:
        named = _NAME.fullmatch(request.path_params["name"])
        found = await run_in_threadpool(_found, database, named[1], clock()) if named else None
        if found is None:
            # The same words for a closed, a renewed and an invented address.
            return PlainTextResponse("Not found.", status_code=404, headers={"Cache-Control": "no-store"})
        return _answer(request, found)

    return [Route(PATH, calendar, methods=["GET"])]


def _found(database: Database, token: str, now: datetime) -> Feed | None:
    with database.system_session(reading=True) as session:
        feed = feeds.by_token(session, token)
        if feed is None:
            return None
        network_id, member_id = feed.network_id, feed.member_id
    with database.session(network_id, Origin(now, source="calendar"), reading=True) as session:
        member = session.get(Member, member_id)
        if member is None or not member.active:
            return None
        return calendars.feed(session, session.network, member, now)


def _answer(request: Request, feed: Feed) -> Response:
    """304 for a copy that is still good: by its tag, else by its day."""
    tag = f'"{hashlib.sha256(feed.content).hexdigest()[:32]}"'
    changed = feed.changed.astimezone(UTC).replace(microsecond=0)
    headers = {**HEADERS, "ETag": tag, "Last-Modified": format_datetime(changed, usegmt=True)}
    asked = request.headers.get("if-none-match")
    if asked is not None:
        fresh = tag in {part.strip().removeprefix("W/") for part in asked.split(",")} or asked.strip() == "*"
    else:
        since = _instant(request.headers.get("if-modified-since", ""))
        # Two changes within one second look alike: only an older second is sure.
        fresh = since is not None and changed < since
    if fresh:
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="filrouge.ics"'
    return Response(feed.content, media_type="text/calendar; charset=utf-8", headers=headers)


def _instant(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else None
