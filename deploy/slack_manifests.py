"""Write the Slack manifests of each language, deploy/slack/manifest.<language>.json; a test holds them up to date."""

import json
import pathlib

from bot.phrases import LANGUAGES
from bot.platforms.slack.manifest import manifest
from bot.registry import discover

FOLDER = pathlib.Path(__file__).parent / "slack"


def drawn() -> dict[str, str]:
    """By file name."""
    registry = discover("commands")
    return {
        f"manifest.{language}.json": json.dumps(manifest(registry, language), ensure_ascii=False, indent=2) + "\n"
        for language in LANGUAGES
    }


if __name__ == "__main__":
    for name, text in drawn().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
