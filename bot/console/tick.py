"""`filrouge tick`: let the local platform's time come to an instant."""

from typing import Annotated

import typer

from bot.console.opening import opened_locally
from bot.console.output import emit
from bot.console.say import line_of
from bot.delivery import Delivery
from bot.imports.directory import carry_on
from bot.platforms.local import LocalChat, LocalPlatform, local_app
from bot.registry import discover

app = typer.Typer()


@app.command()
def tick(
    context: typer.Context,
    now: Annotated[str | None, typer.Option(help="The instant up to which what is due is sent, in ISO 8601.")] = None,
) -> None:
    """Send what is due and print each message, one JSON line each."""
    with opened_locally(context.obj, now) as local:
        registry = discover("commands")
        platform = LocalPlatform(local.database)
        chat = LocalChat(local_app(local.database, registry), local.network_id)
        before = chat.newest(local.at)
        carry_on(local.database, local.at)
        Delivery(local.database, registry, {platform.name: platform}).run_network(local.network_id, local.at)
        for message in chat.since(before, local.at):
            emit(line_of(message))
