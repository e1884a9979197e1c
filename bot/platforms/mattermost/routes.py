"""The three addresses that a Mattermost server calls; what is not believed gets a status and no word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from bot.platforms.mattermost.service import Mattermost

LARGEST_CALL: Final = 2 * 1024 * 1024

Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """A call that is not obeyed."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


def routes(platform: Mattermost) -> list[Route]:
    """The work is done in threads: it reads and writes the database."""

    async def command(request: Request) -> Response:
        form = dict(parse_qsl((await _body(request)).decode(errors="replace"), keep_blank_values=True))
        header = request.headers.get("authorization", "")
        return await run_in_threadpool(_answered, lambda: platform.command(form, header))

    async def action(request: Request) -> Response:
        body = await _json(request)
        return await run_in_threadpool(_answered, lambda: platform.action(body))

    async def dialog(request: Request) -> Response:
        body = await _json(request)
        return await run_in_threadpool(_answered, lambda: platform.dialog(body))

    return [
        Route("/mattermost/command", command, methods=["POST"]),
        Route("/mattermost/action", action, methods=["POST"]),
        Route("/mattermost/dialog", dialog, methods=["POST"]),
    ]


def _answered(call: Callable[[], Json]) -> Response:
    try:
        return JSONResponse(call())
    except Refusal as refusal:
        return Response(status_code=refusal.status)
    except LookupError:
        # A network that this process no longer serves.
        return Response(status_code=404)


async def _body(request: Request) -> bytes:
    """At most as much as a call can hold: the rest is not read."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_CALL:
            return b""
    return content


async def _json(request: Request) -> Json:
    try:
        body = json.loads(await _body(request) or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
