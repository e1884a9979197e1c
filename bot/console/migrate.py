"""`filrouge migrate`: bring the database up to date."""

import pathlib
from typing import Annotated

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.console.opening import settings_of
from bot.console.output import Options, emit, refuse
from storage import migrate as migrations
from storage.database import Database

app = typer.Typer()


@app.command()
def migrate(
    context: typer.Context,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON line instead of words.")] = False,
) -> None:
    """Create the tables, or bring those of an older version up to date; nothing is lost."""
    options: Options = context.obj
    settings = settings_of(options)
    url = make_url(str(settings.database_url))
    if url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}:
        pathlib.Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    database = Database(str(settings.database_url))
    try:
        before = migrations.current(database)
        migrations.upgrade(database)
        after = migrations.current(database)
    except OperationalError as down:
        refuse(f"The database does not answer: {str(down.orig).splitlines()[0]}. Check FILROUGE_DATABASE_URL.")
    finally:
        database.dispose()
    if json:
        emit({"before": before, "after": after})
    else:
        typer.echo("The database is up to date." if before == after else f"The database is now at version {after}.")
