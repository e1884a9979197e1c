"""What is needed to install the bot agrees with the code."""

import importlib.util
import json
import os
import pathlib
import re
import subprocess
from typing import Any

import jsonschema
import pytest
import yaml

from bot.phrases import LANGUAGES
from bot.registry import Registry
from bot.settings import VARIABLES, Settings

ROOT = pathlib.Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SPECS = os.environ.get("FILROUGE_TEST_SPECS", "")


def test_the_example_of_the_environment_names_every_variable_once_and_in_order() -> None:
    named = re.findall(r"^#? ?([A-Z][A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE)
    assert tuple(named) == VARIABLES


def test_the_example_shows_what_is_used_without_it() -> None:
    shown = dict(re.findall(r"^# (FILROUGE_\w+)=(.+)$", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    plain = Settings.from_mapping({})
    assert shown["FILROUGE_HOST"] == plain.host
    assert int(shown["FILROUGE_PORT"]) == plain.port
    assert shown["FILROUGE_COUNTRY"] == plain.country
    assert shown["FILROUGE_TIMEZONE"] == plain.timezone
    assert shown["FILROUGE_LANGUAGE"] == plain.language


def test_every_variable_is_read_by_the_settings() -> None:
    source = (ROOT / "bot" / "settings.py").read_text()
    assert all(source.count(f'"{name}"') > 1 for name in VARIABLES)


def drawn() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("slack_manifests", DEPLOY / "slack_manifests.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, str] = module.drawn()
    return found


def test_the_manifests_are_up_to_date() -> None:
    for name, text in drawn().items():
        assert (DEPLOY / "slack" / name).read_text(encoding="utf-8") == text, "run: make manifests"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_is_what_slack_accepts(language: str) -> None:
    if not SPECS:
        pytest.skip("FILROUGE_TEST_SPECS names no folder with Slack's manifest schema")
    schema = json.loads((pathlib.Path(SPECS) / "slack-manifest.schema.json").read_text())
    manifest = json.loads((DEPLOY / "slack" / f"manifest.{language}.json").read_text())
    jsonschema.validate(manifest, schema)


def test_the_manifest_names_every_command(registry: Registry) -> None:
    for language in LANGUAGES:
        manifest = json.loads((DEPLOY / "slack" / f"manifest.{language}.json").read_text())
        named = {command["command"] for command in manifest["features"]["slash_commands"]}
        assert named == {f"/{command.names[language]}" for command in registry.commands.values()}


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def test_compose_opens_the_bot_to_this_machine_alone() -> None:
    services = compose()["services"]
    assert all(port.startswith("127.0.0.1:") for port in services["bot"]["ports"])
    assert "ports" not in services["database"]


def test_what_compose_and_systemd_set_exists() -> None:
    set_here = {name for service in compose()["services"].values() for name in service.get("environment", {})}
    assert {name for name in set_here if name.startswith("FILROUGE_")} <= set(VARIABLES)
    unit = (DEPLOY / "filrouge.service").read_text()
    assert set(re.findall(r"filrouge (\w+)$", unit, re.MULTILINE)) == {"migrate", "run"}
    docker = (DEPLOY / "Dockerfile").read_text()
    assert set(re.findall(r"\b(FILROUGE_\w+)=", docker)) <= set(VARIABLES)


def test_the_script_of_the_whole_suite_is_sound() -> None:
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
