"""`filrouge say`: speak to the bot from the shell, as a person of the local platform."""

import pathlib
from typing import Annotated, Any

import typer

from bot.console.opening import opened_locally
from bot.console.output import emit, refuse
from bot.delivery import Delivery
from bot.imports import second_reader
from bot.platforms.local import LocalChat, LocalPlatform, NoSuchButtonError, NotInChannelError, local_app
from bot.platforms.local.posts import Shown
from bot.registry import discover

app = typer.Typer()


@app.command()
def say(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What to say; a slash begins a command.")] = "",
    *,
    speaker: Annotated[
        str, typer.Option("--as", help="Who speaks; a new name is a new person, the first one coordinates.")
    ],
    channel: Annotated[str, typer.Option("--in", help="A channel; without it, in private to the bot.")] = "",
    private: Annotated[bool, typer.Option(help="The channel is private, and the speaker is in it.")] = False,
    press: Annotated[str, typer.Option(help="Press this button of an earlier message instead of speaking.")] = "",
    file: Annotated[list[pathlib.Path] | None, typer.Option(help="Attach a file.")] = None,
    now: Annotated[str | None, typer.Option(help="The instant at which it is said, in ISO 8601.")] = None,
) -> None:
    """Speak to the bot and print each message it sends, one JSON line each."""
    if not text and not press and not file:
        refuse("Say something: filrouge say --as Ana '/decision On achète local.'")
    if not speaker.strip("@ "):
        refuse("Say who speaks: filrouge say --as Ana '/decision On achète local.'")
    with opened_locally(context.obj, now, known=False) as local:
        registry = discover("commands")
        platform = LocalPlatform(local.database)
        app = local_app(local.database, registry, second_reader=second_reader.of(local.settings.reader))
        chat = LocalChat(app, local.network_id)
        before = chat.newest(local.at)
        try:
            if press:
                chat.presses(speaker, press, local.at)
            else:
                attached = [(path.name, _read(path)) for path in file or []]
                chat.says(speaker, text, local.at, channel=channel, private=private, files=attached)
        except NotInChannelError:
            refuse(f"{speaker} is not in the private channel #{channel.removeprefix('#')}; --private lets them in.")
        except NoSuchButtonError:
            refuse(f"{speaker} sees no button {press!r}.")
        Delivery(local.database, registry, {platform.name: platform}).run_network(local.network_id, local.at)
        for message in chat.since(before, local.at):
            emit(line_of(message))


def line_of(message: Shown) -> dict[str, Any]:
    """A message as one JSON line."""
    line: dict[str, Any] = {
        "to": message.to,
        "text": message.text,
        "ephemeral": message.ephemeral,
        "buttons": [{"id": id_, "label": label} for id_, label in message.buttons],
        "at": message.at,
    }
    if message.form is not None:
        line["form"] = {
            "title": message.form.title,
            "fields": [
                {"name": field.name, "kind": field.kind, "label": field.label, "value": field.value}
                for field in message.form.fields
            ],
        }
    return line


def _read(path: pathlib.Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as unreadable:
        refuse(f"{path}: {unreadable.strerror}.")
