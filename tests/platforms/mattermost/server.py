"""A stand-in for a Mattermost server, on loopback and with state: the bot's whole world in the tests of its platform.

It behaves as 11.7 does wherever a bot can notice; each rule stands beside the server's file it was read in, in
`state` (limits, permissions), `posts`, `socket`, `api` and `integrations`. Its clock moves when a test moves it.
"""

from __future__ import annotations

import asyncio
import json
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Self

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

from tests.platforms.mattermost import spec
from tests.platforms.mattermost.admin_api import AdminApi
from tests.platforms.mattermost.api import Api, Call
from tests.platforms.mattermost.integrations import Integrations
from tests.platforms.mattermost.posts import Posts
from tests.platforms.mattermost.socket import Hub
from tests.platforms.mattermost.state import AppError, Clock, Config, State
from tests.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from starlette.requests import Request

    from tests.platforms.mattermost.api import Answer


class Limiter:
    """GCRA, as app/ratelimit.go uses it: `burst` more than one at once, then `per_second`; 429 is plain text."""

    def __init__(self, clock: Clock, config: Config) -> None:
        self._clock, self._config = clock, config
        self._full_at: dict[str, float] = {}
        self.refused = 0

    def headers(self, key: str) -> tuple[bool, dict[str, str]]:
        """Whether the request is refused, and the headers that say why."""
        rate = self._config.rate_per_second
        if not rate:
            return False, {}
        interval, now = 1 / rate, self._clock.seconds()
        limit = self._config.rate_burst + 1
        full_at = max(self._full_at.get(key, now), now)
        wait = full_at + interval - limit * interval - now
        refused = wait > 1e-9
        if refused:
            self.refused += 1
        else:
            full_at += interval
            self._full_at[key] = full_at
        left = int((limit * interval - (full_at - now)) / interval + 1e-9)
        headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(max(left, 0))}
        headers["X-RateLimit-Reset"] = str(-int(-(full_at - now) // 1))
        if refused:
            headers["Retry-After"] = str(-int(-wait // 1))
        return refused, headers


class MattermostServer:
    """`with MattermostServer(clock) as server:` runs it; `server.url` is its address, with the sub-path if any."""

    def __init__(self, clock: Clock | None = None, *, subpath: str = "", config: Config | None = None) -> None:
        self.clock = clock or Clock()
        self.config = config or Config()
        self.state = State(self.clock, self.config)
        self.hub = Hub(self.state)
        self.posts = Posts(self.state, self.hub)
        self.integrations = Integrations(self.state, self.posts, self.hub)
        self.limiter = Limiter(self.clock, self.config)
        self.failures: list[int | str] = []  # what becomes of the next API calls: a status, "drop" or "drop after"
        self.fail_on: tuple[str, str] = ("POST", "/posts")
        self._subpath = subpath
        api = Api(self.state, self.posts, self.hub)
        routes: list[Any] = [
            Route(f"/api/v4{path}", self._endpoint(handler), methods=[method])
            for method, path, handler in [*api.routes(), *AdminApi(self.state, api).routes()]
        ]
        routes += [
            Route("/api/v4/commands/execute", self._endpoint(self.integrations.execute), methods=["POST"]),
            Route(
                "/api/v4/posts/{post_id}/actions/{action_id}", self._endpoint(self.integrations.press), methods=["POST"]
            ),
            Route("/api/v4/actions/dialogs/open", self._open_dialog, methods=["POST"]),
            Route("/api/v4/actions/dialogs/submit", self._endpoint(self.integrations.submit), methods=["POST"]),
            Route("/api/v4/files/{file_id}", self._content, methods=["GET"]),
            Route("/hooks/commands/{hook_id}", self._hook, methods=["POST"]),
            WebSocketRoute("/api/v4/websocket", self.hub.serve),
        ]
        app = Starlette(routes=[Mount(subpath, routes=routes)] if subpath else routes)
        self._serving = Serving(app)
        self.url = ""

    # Running -------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._serving.start()
        self.url = self._serving.url + self._subpath
        self.config.site_url = self.config.site_url or self.url
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut_sockets(forget=True)
        self._serving.stop()

    def on_loop(self, what: Callable[[], Any]) -> Any:
        """Do something where the server does everything, and wait for it."""
        return self._serving.on_loop(what)

    def cut_sockets(self, *, forget: bool = False) -> None:
        """Every websocket dies; with `forget` the server has restarted."""
        self.on_loop(lambda: self.hub.cut_all(forget=forget))

    def set_down(self, down: bool) -> None:
        """Nobody can reach the server, by REST or by websocket."""

        def change() -> None:
            self.hub.down = down
            if down:
                self.hub.cut_all()

        self.on_loop(change)

    # Requests ------------------------------------------------------------------------------------------------------

    def _endpoint(self, handler: Callable[[Call], Any]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            return await self._guarded(request, handler)

        return endpoint

    async def _call(self, request: Request) -> Call:
        user = self._session(request)
        body: Any = {}
        files = []
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            async with request.form() as form:
                for name, value in form.multi_items():
                    if isinstance(value, str):
                        body[name] = value
                    else:
                        files.append((value.filename or "", value.content_type or "", await value.read()))
        elif content := await request.body():
            try:
                body = json.loads(content)
            except ValueError as error:
                raise AppError(400, "api.context.invalid_body_param.app_error") from error
        return Call(user, dict(request.path_params), dict(request.query_params), body, files)

    def _session(self, request: Request) -> Any:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        user = self.state.user_of(token) if scheme.lower() in {"bearer", "token"} else None
        if user is None:
            raise AppError(401, "api.context.session_expired.app_error")
        return user

    async def _guarded(self, request: Request, handler: Callable[[Call], Any]) -> Response:
        """One API request: network, rate limit, session, the OpenAPI description, then the handler."""
        path = "/" + request.url.path.removeprefix(self._subpath).lstrip("/")
        self.state.requests.append((request.method, path))
        content = b"" if request.headers.get("content-type", "").startswith("multipart/") else await request.body()
        if not request.headers.get("content-type", "").startswith("multipart/"):
            self.state.problems += spec.problems(request, path, content)
        refused, headers = self.limiter.headers(request.headers.get("authorization", ""))
        headers["Date"] = format_datetime(self.clock.now(), usegmt=True)
        if refused:
            return PlainTextResponse("limit exceeded\n", 429, headers)
        fate = self._fate(request.method, path)
        if self.hub.down or fate == "drop":
            return _Dropped()
        if isinstance(fate, int):
            return JSONResponse(AppError(fate, "api.test.failure").body(), fate, headers)
        try:
            call = await self._call(request)
            answer = handler(call)
            status, body = await answer if asyncio.iscoroutine(answer) else answer
        except AppError as error:
            return JSONResponse(error.body(), error.status, headers)
        return _Dropped() if fate == "drop after" else JSONResponse(body, status, headers)

    def _fate(self, method: str, path: str) -> int | str:
        if self.failures and (method, path) == (self.fail_on[0], "/api/v4" + self.fail_on[1]):
            return self.failures.pop(0)
        return ""

    async def _open_dialog(self, request: Request) -> Response:
        async def handler() -> Answer:
            self.integrations.open_dialog(json.loads(await request.body()))
            return 200, {"status": "OK"}

        return await self._guarded(request, lambda _: handler())

    async def _content(self, request: Request) -> Response:
        try:
            info = self.posts.file(self._session(request), request.path_params["file_id"])
        except AppError as error:
            return JSONResponse(error.body(), error.status)
        return Response(self.state.contents[info["id"]], media_type=info["mime_type"])

    async def _hook(self, request: Request) -> Response:
        try:
            text = (await request.body()).decode()
            self.integrations.hook(request.path_params["hook_id"], request.headers.get("content-type", ""), text)
        except AppError as error:
            return JSONResponse(error.body(), error.status)
        return PlainTextResponse("ok")


class _Dropped(Response):
    """The connection ends without a word: the bot cannot know what became of its request."""

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        # A length that never comes makes the client see a broken connection.
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9999")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": False})
