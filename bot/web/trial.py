"""The trial page: a chat in the browser on the local platform, with people to be and a clock to move.

It exists in `filrouge demo` alone, on loopback. Everything works without its script; the script only spares reloading.
"""

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app import App
from bot.delivery import Delivery
from bot.imports.directory import carry_on
from bot.platforms.local import LocalChat, NoSuchButtonError, NotInChannelError
from bot.web import chatroom, guide
from bot.web.templates import render

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_UPLOAD = 30 * 1024 * 1024
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass
class Trial:
    """The demonstration's own state: its network, its clock, and what each person has already seen where."""

    app: App
    delivery: Delivery
    network_id: int
    now: datetime
    zone: ZoneInfo
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def chat(self) -> LocalChat:
        return LocalChat(self.app, self.network_id)

    def deliver(self) -> None:
        carry_on(self.app.database, self.now)
        self.delivery.run_network(self.network_id, self.now)

    def move_to(self, moment: datetime) -> None:
        """Let time pass, with the bot waking up at the hours at which it may write."""
        for stop in _stops(self.now.astimezone(self.zone), moment.astimezone(self.zone)):
            self.now = stop
            self.deliver()

    def step(self, which: str) -> datetime:
        """Where a button of the clock leads."""
        local = self.now.astimezone(self.zone)
        match which:
            case "hour":
                return local + timedelta(hours=1)
            case "day":
                return datetime.combine(local.date() + timedelta(days=1), local.time(), self.zone)
            case "week":
                return datetime.combine(local.date() + timedelta(days=7), local.time(), self.zone)
            case "monday":
                days = 7 - local.weekday()
                return datetime.combine(local.date() + timedelta(days=days), time(9), self.zone)
            case _:
                raise ValueError(which)


def _stops(start: datetime, end: datetime) -> list[datetime]:
    """The hours of each day at which something may go out, and the end itself."""
    stops = []
    day = start.date()
    while day <= end.date():
        moments = (datetime.combine(day, at, start.tzinfo) for at in AWAKE)
        stops += [moment for moment in moments if start < moment < end]
        day += timedelta(days=1)
    return [*stops, end]


# Half past eight, when the quiet hours usually end, then every hour of the working day.
AWAKE = (time(8, 30), *(time(hour) for hour in range(9, 19)))


def routes(trial: Trial) -> list[BaseRoute]:
    """The page and what its forms call."""

    def post(path: str, act: Callable[[Trial, FormData, str], None]) -> Route:
        return Route(path, _acting(trial, act), methods=["POST"])

    return [
        Route("/", _page(trial)),
        Route("/files/{post:int}/{number:int}", _attachment(trial)),
        post("/trial/say", _say),
        post("/trial/press", _press),
        post("/trial/submit", _submit),
        post("/trial/point", _point),
        post("/trial/clock", _clock),
        *guide.routes(trial.app.registry),
    ]


def local_only(request: Request) -> bool:
    """Asked by this machine's own browser, for this page: other sites' pages cannot make it act."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    origin = request.headers.get("origin")
    same = origin is None or origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
    return host in LOOPBACK and same and origin != "null"


def _page(trial: Trial) -> Callable[[Request], Any]:
    async def page(request: Request) -> Response:
        if not local_only(request):
            return PlainTextResponse("This page answers to this machine alone.", status_code=403)
        html = await run_in_threadpool(_draw, trial, dict(request.query_params))
        return HTMLResponse(html, headers=HEADERS)

    return page


def _draw(trial: Trial, query: Mapping[str, str]) -> str:
    room = chatroom.room(
        trial.app, trial.network_id, trial.now, who=query.get("as", ""), where=query.get("in", ""), seen=trial.seen
    )
    return render("trial.html", room=room, problem=query.get("problem", ""))


def _acting(trial: Trial, act: Callable[[Trial, FormData, str], None]) -> Callable[[Request], Any]:
    async def acting(request: Request) -> Response:
        length = int(request.headers.get("content-length") or 0)
        if not local_only(request):
            return PlainTextResponse("This page answers to this machine alone.", status_code=403)
        if length > MAX_UPLOAD:
            return PlainTextResponse("Too large.", status_code=413)
        async with request.form() as form:
            who, where = str(form.get("as", "")), str(form.get("in", ""))
            problem = ""
            try:
                values = FormData(
                    [
                        (name, value if isinstance(value, str) else await _held(value))
                        for name, value in form.multi_items()
                    ]
                )
                await run_in_threadpool(act, trial, values, who)
                await run_in_threadpool(trial.deliver)
            except (NotInChannelError, NoSuchButtonError, LookupError, ValueError):
                problem = "gone"
        query = {"as": who, "in": where} | ({"problem": problem} if problem else {})
        return RedirectResponse(f"/?{urlencode(query)}#last", status_code=303)

    return acting


async def _held(upload: UploadFile) -> Any:
    """The upload with its content read, since it is closed when the request ends."""
    return _Held(upload.filename or "file", await upload.read())


@dataclass(frozen=True, slots=True)
class _Held:
    name: str
    content: bytes


def _say(trial: Trial, form: FormData, who: str) -> None:
    text = str(form.get("text", "")).strip()
    files = [(held.name, held.content) for held in _uploads(form) if held.content]
    where = str(form.get("in", ""))
    if text or files:
        channel = where.removeprefix("#") if where.startswith("#") else ""
        trial.chat.says(who, text, trial.now, channel=channel, files=files)


def _uploads(form: FormData) -> list[_Held]:
    return [value for value in form.getlist("file") if isinstance(value, _Held)]


def _press(trial: Trial, form: FormData, who: str) -> None:
    trial.chat.presses(who, str(form["button"]), trial.now)


def _submit(trial: Trial, form: FormData, who: str) -> None:
    values: dict[str, str | list[str]] = {}
    for name in dict.fromkeys(key.removeprefix("field-") for key in form if key.startswith("field-")):
        given = [str(value) for value in form.getlist(f"field-{name}")]
        values[name] = given if len(given) > 1 else given[0]
    trial.chat.submits(who, int(str(form["post"])), values, trial.now)


def _point(trial: Trial, form: FormData, who: str) -> None:
    trial.chat.points(who, int(str(form["post"])), str(form["command"]), trial.now)


def _clock(trial: Trial, form: FormData, who: str) -> None:
    del who
    trial.move_to(trial.step(str(form["step"])))


def _attachment(trial: Trial) -> Callable[[Request], Any]:
    async def attachment(request: Request) -> Response:
        if not local_only(request):
            return PlainTextResponse("This page answers to this machine alone.", status_code=403)
        found = await run_in_threadpool(
            chatroom.attachment,
            trial.app,
            trial.network_id,
            trial.now,
            post_id=request.path_params["post"],
            number=request.path_params["number"],
        )
        if found is None:
            return PlainTextResponse("Not found.", status_code=404)
        name, media_type, content = found
        kind = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        # Pictures are shown in the page; everything else is saved, never run in it.
        disposition = "inline" if kind in {"image/png", "image/jpeg"} else "attachment"
        headers = {**HEADERS, "Content-Disposition": f'{disposition}; filename="{_ascii(name)}"'}
        return Response(content, media_type=kind, headers=headers)

    return attachment


def _ascii(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
