"""`filrouge digest`: the week's summary of the network, as everyone may read it."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.console.opening import opened_locally
from bot.console.output import emit
from bot.context import Context
from bot.phrases import lines
from commands.gathering import Scope, gather, whole
from storage.database import Database, Origin
from storage.visibility import Viewer

app = typer.Typer()


@app.command()
def digest(
    context: typer.Context,
    now: Annotated[str | None, typer.Option(help="The end of the week that is told, in ISO 8601.")] = None,
) -> None:
    """Print the week's summary as one JSON line; nothing is sent."""
    with opened_locally(context.obj, now) as local:
        emit(summary(local.database, local.network_id, local.at))


def summary(database: Database, network_id: int, at: datetime) -> dict[str, Any]:
    """The blocks with their lines, in the network's language; `text` is all of it, or "" for nothing to report."""
    with database.session(network_id, Origin(now=at, source="console"), reading=True) as session:
        context = Context(session=session, network=session.network, now=at)
        scope = Scope(Viewer(), at)
        blocks = gather(context, scope)
        reader = replace(context.channel_reader, today=context.today)
        return {
            "from": scope.since,
            "to": at,
            "text": lines(*(section.text for section in whole(blocks)), separator="\n\n").say(reader),
            "blocks": [
                {
                    "kind": block.kind,
                    "title": _plain(block.title.say(reader)),
                    "items": [{"ref": item.ref, "text": item.line.say(reader)} for item in block.items],
                }
                for block in blocks
            ],
        }


def _plain(title: str) -> str:
    return title.replace("**", "")
