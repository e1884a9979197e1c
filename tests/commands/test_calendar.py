"""/filrouge mon agenda: an address of one's own, that can be renewed and closed; a file where the bot has none."""

import base64

import pytest
from icalendar import Calendar
from sqlalchemy import select

from storage import feeds, pages
from storage.chat import Post
from tests.chat import Chat


@pytest.fixture
def reachable(chat: Chat) -> Chat:
    with chat.database.system_session() as session:
        pages.settle(session, "https://fil.example.org")
    chat.knows("ana", "bob")
    return chat


def token(chat: Chat) -> str | None:
    with chat.database.system_session() as session:
        found = session.scalars(select(feeds.Feed).order_by(feeds.Feed.id)).all()
        return found[-1].token if found else None


def test_the_address_stays_until_it_is_renewed(reachable: Chat) -> None:
    first = reachable.says("ana", "/filrouge mon agenda")
    assert f"Votre agenda : https://fil.example.org/calendar/{token(reachable)}.ics" in first
    assert reachable.says("ana", "/filrouge agenda").splitlines()[0] == first.splitlines()[0]
    renewed = reachable.presses("ana", "Nouvelle adresse")
    assert renewed.splitlines()[0] != first.splitlines()[0]
    with reachable.session() as session:
        assert len(session.scalars(select(feeds.Feed)).all()) == 1


def test_it_is_closed_by_its_button(reachable: Chat) -> None:
    reachable.says("ana", "/filrouge mon agenda")
    assert reachable.presses("ana", "Fermer l’agenda").startswith("Fermé")
    assert token(reachable) is None


def test_in_a_channel_only_the_asker_reads_it(reachable: Chat) -> None:
    reachable.says("bob", "/filrouge mon agenda", channel="pilotage")
    assert reachable.seen[-1].ephemeral


def test_without_an_address_it_comes_as_a_file(chat: Chat) -> None:
    chat.knows("ana")
    chat.says("ana", "/engagement j'envoie la carte le 10 décembre")
    assert "FILROUGE_PUBLIC_URL" in chat.says("ana", "/filrouge mon agenda")
    with chat.session() as session:
        posts = session.scalars(select(Post).order_by(Post.id.desc())).all()
        (file,) = next(post.content["attachments"] for post in posts if post.content.get("attachments"))
    (event,) = Calendar.from_ical(base64.b64decode(file["content"])).walk("VEVENT")
    assert event["SUMMARY"] == "E-1 à faire\u00a0: envoyer la carte"
