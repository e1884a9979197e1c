"""`filrouge migrate`: bring the database up to date."""

from typing import Annotated

import typer

from bot.console.opening import answering, file_of, settings_of
from bot.console.output import Options, emit
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
    file_of(settings)
    database = Database(str(settings.database_url))
    with answering(database):
        before = migrations.current(database)
        migrations.upgrade(database)
        after = migrations.current(database)
    if json:
        emit({"before": before, "after": after})
    else:
        typer.echo("The database is up to date." if before == after else f"The database is now at version {after}.")
