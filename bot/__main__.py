"""The command line `filrouge`."""

import gc
import importlib
import pkgutil
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from bot import console, logs
from bot.console.output import BAD_USE, Options, refuse

SHARED = {"listening", "naming", "opening", "output"}
# What is loaded at start stays: looking through it for garbage again and again is a sixth of the time to the first
# answer, and a pause under the requests that come later.
BETWEEN_COLLECTIONS = (50_000, 20, 20)


class LazyGroup(TyperGroup):
    """Imports a subcommand's file when it is asked for: `filrouge deadline` does not load what `filrouge run` needs."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        return sorted(file.name for file in pkgutil.iter_modules(console.__path__) if file.name not in SHARED)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"bot.console.{cmd_name}")
        return typer.main.get_command(module.app)

    def main(self, *args: Any, **options: Any) -> Any:
        """Bad use ends with status 2 and one line, where Typer would draw a box."""
        if not options.get("standalone_mode", True):
            return super().main(*args, **options)
        options["standalone_mode"] = False
        try:
            ended = super().main(*args, **options)
        except typer.TyperException as wrong:
            _refused(wrong)
        except typer.Abort:
            raise SystemExit(1) from None
        raise SystemExit(ended if isinstance(ended, int) else 0)


def _refused(wrong: typer.TyperException) -> NoReturn:
    said, context = wrong.format_message().strip(), getattr(wrong, "ctx", None)
    if not said:
        # A command without words has shown its whole help.
        raise SystemExit(BAD_USE)
    refuse(f"{said.rstrip('.')}. See: {context.command_path} --help" if context else said)


app = typer.Typer(
    name="filrouge", cls=LazyGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def filrouge(
    context: typer.Context,
    database: Annotated[str | None, typer.Option(help="Database URL; overrides FILROUGE_DATABASE_URL.")] = None,
    network: Annotated[str | None, typer.Option(help="The network to speak for, by name.")] = None,
) -> None:
    """Fil rouge: decisions, commitments, local offers and the week, in your team chat."""
    if not gc.isenabled():
        # What `main` has loaded by now stays until the end: no collection looks at it.
        gc.freeze()
        gc.enable()
    context.obj = Options(database=database, network=network)


def main() -> None:
    gc.disable()
    gc.set_threshold(*BETWEEN_COLLECTIONS)
    logs.configure()
    app()


if __name__ == "__main__":
    main()
