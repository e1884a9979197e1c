"""The page of needs: opened by a link of one's own, drawn as a table and two pictures, closed to everybody else."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from bot.web import needs as page
from storage import needs, pages
from storage.members import Member, Role
from storage.networks import Network
from tests.chat import Chat
from tests.serving import served


@pytest.fixture
def opened(chat: Chat) -> Chat:
    """Last month is counted: seven questions in Arlon about a psychologist."""
    chat.knows("ana", "bob")
    month = needs.month_before(chat.now.date().replace(day=1))
    with chat.session() as session:
        for number in range(7):
            needs.record(
                session, on=month, words=f"<b>psy</b> {number}", kind="psychology", commune="BE:81001", why="topic"
            )
        needs.publish(session, month)
    with chat.database.system_session() as session:
        pages.settle(session, "https://bot.example")
    return chat


def link(chat: Chat, who: str) -> str:
    with chat.session() as session:
        member = next(one for one in session.query(Member).all() if one.handle == who)
        made = pages.link(session, "needs", member.id)
    assert made is not None
    assert made.startswith("https://bot.example/needs/")
    return made.removeprefix("https://bot.example")


@pytest.fixture
def client(opened: Chat) -> Iterator[httpx.Client]:
    site = Starlette(routes=page.routes(opened.database, lambda: opened.now))
    with served(site) as url, httpx.Client(base_url=url, timeout=60) as browser:
        yield browser


def test_the_coordinator_reads_numbers_and_words(opened: Chat, client: httpx.Client) -> None:
    answer = client.get(link(opened, "ana"))
    assert answer.status_code == 200
    assert "<td>Psychologie de première ligne</td><td>Arlon</td>" in answer.text
    assert "&lt;b&gt;psy&lt;/b&gt; 3" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "7 questions sans réponse" in answer.text  # what the pictures say, for who cannot see them


def test_others_read_numbers_once_it_is_opened_to_them_and_no_words(opened: Chat, client: httpx.Client) -> None:
    theirs = link(opened, "bob")
    assert client.get(theirs).status_code == 404
    with opened.session() as session:
        bob = next(one for one in session.query(Member).all() if one.handle == "bob")
        assert bob.role is Role.MEMBER
        session.get_one(Network, opened.network_id).choose(needs_readers=(bob.id,))
    answer = client.get(theirs)
    assert "Arlon" in answer.text
    assert "psy&lt;" not in answer.text


def test_a_link_ends_and_none_can_be_made_up(opened: Chat, client: httpx.Client) -> None:
    theirs = link(opened, "ana")
    assert client.get("/needs/made-up").status_code == 404
    opened.later(days=32)
    assert client.get(theirs).status_code == 404


def test_the_pictures_are_drawn(opened: Chat, client: httpx.Client) -> None:
    theirs = link(opened, "ana")
    for picture in ("matrix", "map"):
        answer = client.get(f"{theirs}/{picture}.png")
        assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"{theirs}/other.png").status_code == 404


def test_the_link_is_in_the_answer_where_the_bot_has_an_address(opened: Chat) -> None:
    opened.says("ana", "/offre besoins")
    assert "Tableau et images" in opened.buttons
    with opened.database.system_session() as session:
        pages.settle(session, "")
    opened.says("ana", "/offre besoins")
    assert "Tableau et images" not in opened.buttons


def test_a_year_is_shown_and_no_more(opened: Chat, client: httpx.Client) -> None:
    theirs = link(opened, "ana")
    opened.later(days=20)
    assert "Arlon" in client.get(theirs).text
    with opened.session(opened.now + timedelta(days=420)) as session:
        member = next(one for one in session.query(Member).all() if one.handle == "ana")
        later = pages.link(session, "needs", member.id)
    opened.later(days=420)
    assert later is not None
    assert "Rien à montrer" in client.get(later.removeprefix("https://bot.example")).text
