"""`filrouge setup`: walk an administrator through; each platform's walk is a file here, exposing `setup`."""

import importlib
import pkgutil

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def setup() -> None:
    """Connect a workspace or a server; what is obtained is kept sealed in the database."""


for _file in pkgutil.iter_modules(__path__):
    app.command(_file.name)(importlib.import_module(f"{__name__}.{_file.name}").setup)
