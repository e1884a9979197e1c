"""Minutes that are in the chat itself: a thread, a long post, a long document; read for those who may read them."""

import io

import docx
import pytest
from sqlalchemy import select

from storage import members
from storage.base import Base
from storage.chat import Post
from storage.meetings import MinutesItem
from tests.chat import Chat

PV = """Comité de pilotage du 14 octobre 2026

Le comité décide de publier le dépliant en deux langues.
Bob Lejeune envoie la convention aux partenaires d'ici fin novembre.
"""


@pytest.fixture
def network(chat: Chat) -> Chat:
    with chat.session() as session:
        members.record(session, name="Bob Lejeune", handle="bob", external_id="bob")
        members.record(session, name="Claire Marchal", handle="claire", external_id="claire")
    return chat


def items(chat: Chat) -> list[tuple[str, str, str]]:
    with chat.session() as session:
        found = session.scalars(select(MinutesItem).order_by(MinutesItem.id))
        return [(item.kind, item.text, item.owner) for item in found]


def said(chat: Chat, who: str, text: str, channel: str, **more: int) -> int:
    """The id of the post in which somebody says this, to no bot."""
    chat.says(who, text, channel=channel, **more)  # type: ignore[arg-type]  # `under` alone
    with chat.session() as session:
        return session.scalars(select(Post.id).where(Post.author == who).order_by(Post.id.desc())).first() or 0


def talk(chat: Chat, channel: str = "equipe") -> int:
    root = said(chat, "ana", "La plénière approche", channel)
    said(chat, "bob", "je réserve la salle pour vendredi", channel, under=root)
    said(chat, "claire", "Merci !", channel, under=root)
    said(chat, "bob", "Il est décidé de reporter la plénière au 12 janvier", channel, under=root)
    return root


def test_a_thread_is_read_by_its_address(network: Chat) -> None:
    root = talk(network)
    answer = network.says("ana", f"/reunion /#{root}", channel="equipe")
    assert "Rien n’est enregistré avant votre accord." in answer
    assert [(kind, owner) for kind, _text, owner in items(network)] == [
        ("commitment", "Bob Lejeune"),
        ("decision", "Bob Lejeune"),
    ]


def test_a_thread_is_read_where_one_asks_for_it(network: Chat) -> None:
    root = talk(network)
    network.says("ana", "@filrouge réunion lis ce fil", channel="equipe", under=root)
    assert len(items(network)) == 2


def test_a_thread_is_read_by_pointing_at_it(network: Chat) -> None:
    talk(network)
    assert "1 décision, 1 engagement" in network.points("bob", "La plénière approche", "meet")
    assert len(items(network)) == 2


def test_minutes_posted_as_one_message_are_read_as_they_stand(network: Chat) -> None:
    post = said(network, "bob", PV, "equipe")
    answer = network.says("ana", f"/reunion voir /#{post}", channel="equipe")
    assert "du mercredi 14 octobre" in answer
    assert len(items(network)) == 2


def test_a_private_channel_is_read_only_there_and_for_its_people(network: Chat) -> None:
    network.says("ana", "bonjour", channel="direction", private=True)
    root = said(network, "ana", PV, "direction")
    assert network.says("bob", f"/reunion /#{root}", channel="equipe").startswith(
        "Je ne lis une conversation que pour les personnes qui y sont."
    )
    assert "est dans un canal privé" in network.says("ana", f"/reunion /#{root}", channel="equipe")
    assert "est dans un canal privé" in network.says("ana", f"/reunion /#{root}")
    assert items(network) == []
    assert "J’ai lu" in network.says("ana", f"/reunion /#{root}", channel="direction")


def test_a_message_that_is_not_there_is_said(network: Chat) -> None:
    assert "Je ne peux pas lire ce message" in network.says("ana", "/reunion /#99999", channel="equipe")


def test_a_long_document_says_how_far_it_is_in_one_message(network: Chat) -> None:
    file = docx.Document()
    for page in range(80):
        file.add_heading(f"Point {page}", 2)
        file.add_paragraph("Le comité échange sur la situation de la zone. " * 80)
    file.add_paragraph("Il est décidé de publier le dépliant en deux langues.")
    out = io.BytesIO()
    file.save(out)
    network.says("ana", "/reunion", channel="equipe", files=[("long.docx", out.getvalue())])
    with network.session() as session:
        told = [post for post in session.scalars(select(Post).order_by(Post.id)) if "long.docx" in post.text]
        assert [(post.text, post.edited_at is not None) for post in told] == [("J’ai lu long.docx.", True)]
    assert len(items(network)) == 1


def test_a_short_document_says_nothing_on_the_way(network: Chat) -> None:
    network.says("ana", "/reunion", channel="equipe", files=[("court.md", PV.encode())])
    assert not any("court.md" in text for text in network.to("#equipe"))


def test_of_a_file_only_what_it_proposes_is_kept(network: Chat) -> None:
    """The local chat keeps what people attach, as Slack and Mattermost do; the register does not."""
    content = f"{PV}\nLa météo était particulièrement belle.\n".encode()
    network.says("ana", "/reunion", channel="equipe", files=[("pv.md", content)])
    assert len(items(network)) == 2
    with network.database.system_session(reading=True) as session:
        for table in Base.metadata.sorted_tables:
            if table.name != "chat_files":
                kept = str([tuple(row) for row in session.execute(select(table))])
                assert "particulièrement belle" not in kept, table.name
