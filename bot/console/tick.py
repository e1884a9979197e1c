"""`filrouge tick`: let the local platform's time come to an instant."""

from typing import Annotated

import typer

from bot.console.opening import instant, local_network, opened, settings_of
from bot.console.output import Options, emit
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
    options: Options = context.obj
    settings = settings_of(options)
    at = instant(now)
    with opened(settings) as database:
        network_id = local_network(database, settings, options.network, at)
        registry = discover("commands")
        platform = LocalPlatform(database)
        chat = LocalChat(local_app(database, registry), network_id)
        before = chat.newest(at)
        carry_on(database, at)
        Delivery(database, registry, {platform.name: platform}).run_network(network_id, at)
        for message in chat.since(before, at):
            emit(line_of(message))
