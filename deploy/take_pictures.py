"""Take the pictures of the README: play the sample network in the trial page, in a real Chromium.

Usage: .venv/bin/python deploy/take_pictures.py [CHROMIUM]
"""

import pathlib
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import uvicorn
from playwright.sync_api import Page, expect, sync_playwright
from starlette.applications import Starlette

from bot.console.demo import trial_on
from bot.web.trial import Trial, routes
from storage import migrate
from storage.database import Database

FOLDER = pathlib.Path(__file__).parent / "pictures"
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))


@contextmanager
def served(trial: Trial) -> Iterator[str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes(trial)), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def settled(page: Page) -> None:
    """What was sent is answered: the page is no longer busy."""
    expect(page.locator("#app[aria-busy]")).to_have_count(0, timeout=120_000)


def say(page: Page, text: str) -> None:
    box = page.locator("#text")
    box.fill(text)
    page.locator(".send").click()
    settled(page)


def picture(page: Page, name: str) -> None:
    page.wait_for_timeout(400)  # the scrolling ends
    page.screenshot(path=FOLDER / f"{name}.png")
    print(FOLDER / f"{name}.png")


def main(chromium: str) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Database(f"sqlite:///{folder}/pictures.db")
        migrate.upgrade(database)
        trial = trial_on(database, NOW)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="fr-BE")
        with served(trial) as address:
            page.goto(address)
            coordinator = page.locator(".people a").first.get_attribute("href") or "/"
            channel = page.locator("nav a[href*='%23']").first.get_attribute("href") or "/"
            page.goto(f"{address}{channel}")
            say(page, "/decision On ouvre la permanence du jeudi jusqu’à 19h, à revoir le 1er mars")
            say(page, "/qui propose des groupes de parole pour ados à Libramont ?")
            picture(page, "trial")
            page.goto(f"{address}{coordinator}")
            page.locator("button[value=monday]").click()
            settled(page)
            picture(page, "monday")
            page.set_viewport_size({"width": 390, "height": 800})
            picture(page, "phone")
        browser.close()
        database.dispose()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium")
