"""The trial page, in a real Chromium and by plain HTTP."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from starlette.applications import Starlette

from bot.delivery import Delivery
from bot.platforms.local import LocalPlatform
from bot.web.trial import Trial, routes
from tests.chat import Chat
from tests.conftest import on_sqlite
from tests.serving import served

CHROMIUM = os.environ.get("FILROUGE_TEST_CHROMIUM", "")
ZONE = ZoneInfo("Europe/Brussels")
pytestmark = on_sqlite


@pytest.fixture
def trial(chat: Chat) -> Trial:
    chat.says("Ana Lambert", "/filrouge moi")
    chat.says("Marie Dupont", "Bonjour à tous", channel="pilotage")
    chat.says("Ana Lambert", "Bien reçu", channel="bureau", private=True)
    delivery = Delivery(chat.database, chat.app.registry, {"local": LocalPlatform(chat.database)})
    return Trial(chat.app, delivery, chat.network_id, chat.now, ZONE)


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as client:
        yield client


def shown(response: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)).replace("\u00a0", " ")


def test_what_is_said_is_answered(client: httpx.Client) -> None:
    answer = client.post("/trial/say", data={"as": "ana.lambert", "in": "#pilotage", "text": "/filrouge aide"})
    assert answer.status_code == 200
    assert "/filrouge absent" in shown(answer)


def test_a_form_comes_back_with_its_errors(client: httpx.Client) -> None:
    page = client.post("/trial/say", data={"as": "ana", "in": "", "text": "/filrouge réglages"})
    post = re.findall(r'name="post" value="(\d+)"', page.text)[-1]
    wrong = client.post("/trial/submit", data={"as": "ana", "in": "@ana", "post": post, "field-digest_at": "25h"})
    assert "Merci de remplir" in wrong.text


def test_where_nothing_was_said_there_is_something_to_try(client: httpx.Client) -> None:
    page = client.get("/", params={"as": "marie.dupont"}).text
    assert 'data-text="/qui propose des groupes de parole pour ados à Libramont ?"'.replace(" ?", "\u00a0?") in page
    assert "@marie" not in page.partition('class="empty"')[2].partition("</ul>")[0]


def test_a_private_channel_is_hidden_from_who_is_not_in_it(client: httpx.Client) -> None:
    assert "bureau" in client.get("/", params={"as": "ana.lambert"}).text
    other = client.get("/", params={"as": "marie.dupont", "in": "#bureau"})
    assert "bureau" not in other.text
    assert "Bien reçu" not in other.text
    client.post("/trial/say", data={"as": "marie.dupont", "in": "#bureau", "text": "/filrouge moi"})
    assert "marie" not in client.get("/", params={"as": "ana.lambert", "in": "#bureau"}).text.split("<main>")[1].lower()


def test_what_people_write_is_only_text(client: httpx.Client) -> None:
    text = '<script>alert(1)</script> **x** <img src=x onerror=alert(1)> "&'
    page = client.post("/trial/say", data={"as": "marie.dupont", "in": "#pilotage", "text": text})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **x**" in page.text


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"origin": "null"}], ids=str
)
def test_other_sites_cannot_make_it_act(client: httpx.Client, headers: dict[str, str]) -> None:
    data = {"as": "ana.lambert", "in": "", "text": "/filrouge pause"}
    assert client.post("/trial/say", data=data, headers=headers).status_code == 403


def test_nothing_comes_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/")
    assert not re.findall(r'(?:src|href)="https?://', page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("hour", datetime(2026, 11, 23, 11, tzinfo=ZONE)),
        ("day", datetime(2026, 11, 24, 10, tzinfo=ZONE)),
        ("week", datetime(2026, 11, 30, 10, tzinfo=ZONE)),
        ("monday", datetime(2026, 11, 30, 9, tzinfo=ZONE)),
    ],
)
def test_each_step_of_the_clock_leads_somewhere(trial: Trial, step: str, expected: datetime) -> None:
    assert trial.step(step) == expected


def test_the_clock_moves(client: httpx.Client, trial: Trial) -> None:
    client.post("/trial/clock", data={"as": "ana.lambert", "in": "", "step": "day"})
    assert trial.now == datetime(2026, 11, 24, 10, tzinfo=ZONE)


def test_a_button_that_is_gone_says_so(client: httpx.Client) -> None:
    answer = client.post("/trial/press", data={"as": "ana.lambert", "in": "", "button": "999-0-0"})
    assert "Ce n’est plus possible" in answer.text


@pytest.fixture
def address(trial: Trial) -> Iterator[str]:
    with served(Starlette(routes=routes(trial))) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("FILROUGE_TEST_CHROMIUM names no Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fr-BE")
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    yield page
    context.close()
    assert all("//127.0.0.1:" in url or url.startswith("data:") for url in requests), requests


@pytest.mark.browser
def test_by_keyboard_from_the_slash_to_the_answer(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.press_sequentially("/fil")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("/filrouge ")
    box.press_sequentially("moi")
    box.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Vous êtes Ana Lambert")
    expect(page.get_by_role("combobox")).to_be_focused()


@pytest.mark.browser
def test_a_command_written_out_is_sent_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    page.get_by_role("combobox").press_sequentially("/semaine")
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("log")).to_contain_text("rien à signaler")


@pytest.mark.browser
def test_what_is_typed_while_an_answer_is_awaited_stays(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    held: list[Route] = []
    page.route("**/trial/say", lambda route: held.append(route))  # noqa: PLW0108 - its signature is read
    box = page.get_by_role("combobox")
    box.fill("/filrouge moi")
    with page.expect_request("**/trial/say"):
        box.press("Enter")
    expect(box).to_have_value("")
    box.press_sequentially("et la suite")
    held.pop().continue_()
    expect(page.get_by_role("log")).to_contain_text("Vous êtes Ana Lambert")
    expect(page.get_by_role("combobox")).to_have_value("et la suite")
    expect(page.get_by_role("combobox")).to_be_focused()


@pytest.mark.browser
def test_a_button_opens_its_form_and_the_form_is_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    page.get_by_role("button", name="Mes préférences").last.click()
    name = page.get_by_label("Mon nom")
    name.fill("Ana L.")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.get_by_role("log")).to_contain_text("C’est noté.")


@pytest.mark.browser
def test_a_form_that_is_clicked_twice_is_sent_once(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Mes préférences").last.click()
    page.get_by_label("Mon nom").fill("Ana L.")
    page.get_by_role("button", name="Enregistrer").last.dblclick()
    expect(page.get_by_role("log")).to_contain_text("C’est noté.")
    assert [url.rsplit("/", 1)[-1] for url in sent] == ["press", "submit"]


@pytest.mark.browser
def test_the_clock_moves_on_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    page.get_by_role("button", name="+ 1 jour").click()
    expect(page.get_by_text("mardi 24 novembre à 10h")).to_be_visible()


@pytest.mark.browser
def test_it_fits_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/?as=ana.lambert&in=%23pilotage")
    expect(page.get_by_role("button", name="Envoyer")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_everything_that_can_be_used_has_a_name(page: Page, address: str) -> None:
    page.goto(f"{address}/?as=ana.lambert")
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input:not([type=hidden]), textarea, select')]
        .filter(e => !(e.ariaLabel || e.textContent.trim() || e.labels?.length || e.querySelector('.sr')))
        .map(e => e.outerHTML)"""
    )
    assert unnamed == []
