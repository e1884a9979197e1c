"""`filrouge manifest`: what an administrator pastes into Slack or Mattermost to create the app."""

from typing import Annotated, Any

import typer

from bot.console.naming import Lang, Prefix, language_of
from bot.console.opening import settings_of
from bot.console.output import emit, indented
from bot.platforms.mattermost.manifest import manifest as mattermost_manifest
from bot.platforms.slack.manifest import manifest as slack_manifest
from bot.registry import discover

app = typer.Typer(no_args_is_help=True)

InOneLine = Annotated[bool, typer.Option("--json", help="One compact line.")]


@app.callback()
def manifest() -> None:
    """Print the manifest of the app, made from the commands, in the network's language."""


@app.command()
def slack(
    context: typer.Context,
    lang: Lang = None,
    prefix: Prefix = "",
    url: Annotated[str | None, typer.Option(help="Reached over HTTP at this address, instead of Socket Mode.")] = None,
    *,
    json: InOneLine = False,
) -> None:
    """The manifest of the Slack app: paste it at api.slack.com/apps, “Create New App”, “From a manifest”."""
    settings = settings_of(context.obj)
    oauth = settings.slack is not None and settings.slack.oauth
    address = url or (settings.public_url if oauth else "")
    language = language_of(lang, settings)
    made = slack_manifest(discover("commands"), language, public_url=address, socket=not address, prefix=prefix)
    _print(made, in_one_line=json)


@app.command()
def mattermost(
    context: typer.Context,
    lang: Lang = None,
    prefix: Prefix = "",
    url: Annotated[str | None, typer.Option(help="The bot's address; FILROUGE_PUBLIC_URL unless given.")] = None,
    *,
    json: InOneLine = False,
) -> None:
    """The bot account and the slash commands, as `filrouge setup mattermost` registers them."""
    settings = settings_of(context.obj)
    address = url or settings.public_url or f"http://{settings.host}:{settings.port}"
    made = mattermost_manifest(discover("commands"), language_of(lang, settings), public_url=address, prefix=prefix)
    _print(made, in_one_line=json)


def _print(made: Any, *, in_one_line: bool) -> None:
    if in_one_line:
        emit(made)
    else:
        typer.echo(indented(made))
