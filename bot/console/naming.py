"""How the commands are called on a platform: in which language, behind which prefix."""

from typing import Annotated

import typer

from bot.phrases import LANGUAGES
from bot.settings import Settings

Lang = Annotated[str | None, typer.Option(help=f"Language of the commands: {', '.join(LANGUAGES)}.")]
Prefix = Annotated[str, typer.Option(help="Put before each command's name, where a name is taken.")]


def language_of(said: str | None, settings: Settings) -> str:
    """The one that was said, else that of the settings; raises typer.BadParameter for one that is not spoken here."""
    language = said or settings.language
    if language not in LANGUAGES:
        raise typer.BadParameter(f"must be one of {', '.join(LANGUAGES)}", param_hint="--lang")
    return language
