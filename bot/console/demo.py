"""`filrouge demo`: the whole product on this machine, with a sample network and no account."""

import tempfile
import threading
from datetime import UTC, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
import uvicorn
from starlette.applications import Starlette

from bot import sample
from bot.console.listening import need_free
from bot.console.opening import opened, settings_of
from bot.console.output import Options, progress
from bot.delivery import Delivery
from bot.finding.background import encode
from bot.imports import second_reader
from bot.platforms.local import LocalPlatform, local_app
from bot.registry import discover
from bot.understanding.deadlines import is_working_day
from bot.web import calendar, needs
from bot.web.trial import Trial, routes
from storage import pages
from storage.database import Database

app = typer.Typer()
LOOPBACK = "127.0.0.1"
ZONE = ZoneInfo("Europe/Brussels")


@app.command()
def demo(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(help="The port of the page, on this machine alone; FILROUGE_PORT unless given.")
    ] = None,
) -> None:
    """Show the whole product in the browser, with an invented network and a clock to move; Ctrl-C ends it."""
    options: Options = context.obj
    with tempfile.TemporaryDirectory(prefix="filrouge-demo-") as folder:
        url = options.database or f"sqlite:///{folder}/demo.db"
        settings = settings_of(Options(database=url))
        port = port or settings.port
        need_free(LOOPBACK, port)
        with opened(settings) as database:
            reader = second_reader.of(settings.reader)
            trial = trial_on(database, first_morning(datetime.now(UTC)), reader=reader)
            # Finding by meaning comes when it is ready; words find everything meanwhile.
            threading.Thread(target=encode, args=(database, trial.now), daemon=True).start()
            with database.system_session() as session:
                pages.settle(session, f"http://{LOOPBACK}:{port}")
            progress(f"Fil rouge: http://{LOOPBACK}:{port}/ (Ctrl-C to stop)")
            clock = lambda: trial.now  # noqa: E731 - passed twice
            uvicorn.run(
                Starlette(routes=[*routes(trial), *needs.routes(database, clock), *calendar.routes(database, clock)]),
                host=LOOPBACK,
                port=port,
                log_level="warning",
            )


def trial_on(database: Database, now: datetime, *, reader: second_reader.SecondReader | None = None) -> Trial:
    """The trial page on an empty, migrated database, with the sample network as it stands at `now`."""
    registry = discover("commands")
    platform = LocalPlatform(database)
    return Trial(
        app=local_app(database, registry, second_reader=reader),
        delivery=Delivery(database, registry, {platform.name: platform}),
        network_id=sample.load(database, now),
        now=now,
        zone=ZONE,
    )


def first_morning(now: datetime) -> datetime:
    """Ten o'clock of the first working day from now on: an hour at which the bot may write."""
    day = now.astimezone(ZONE).date()
    while not is_working_day(day, "BE"):
        day += timedelta(days=1)
    return datetime.combine(day, time(10), ZONE)
