"""The file that notes came in: gone once read, unless the network keeps it; never one about a patient."""

import base64

import pytest
from sqlalchemy import select

from storage.chat import Post
from tests.chat import Chat

NOTES = b"""Comite de pilotage du 14 octobre 2026
Le comite decide de publier le depliant en deux langues.
"""


def given_back(chat: Chat) -> list[tuple[str, bytes]]:
    """Name and content of what was attached to the newest message that has files."""
    with chat.session() as session:
        posts = session.scalars(select(Post).order_by(Post.id.desc())).all()
        files: list[dict[str, str]] = next(filter(None, (post.content.get("attachments") for post in posts)), [])
        return [(file["name"], base64.b64decode(file["content"])) for file in files]


@pytest.fixture
def keeping(chat: Chat) -> Chat:
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {"keep_notes": "yes"})
    return chat


def test_it_is_given_back_to_who_may_see_the_meeting_and_can_be_forgotten(keeping: Chat) -> None:
    said = keeping.says("ana", "/reunion", channel="direction", private=True, files=[("notes.md", NOTES)])
    assert "Le fichier lui-même est gardé : /reunion R-1 fichier." in said
    keeping.says("bob", "/reunion R-1 fichier", channel="pilotage")
    assert given_back(keeping) == []
    keeping.says("ana", "/reunion R-1 fichier", channel="direction")
    assert given_back(keeping) == [("notes.md", NOTES)]
    keeping.says("ana", "/reunion R-1 fichier", channel="direction")
    keeping.presses("ana", "L’effacer")
    assert keeping.says("ana", "/reunion R-1 fichier", channel="direction") == "Aucun fichier de R-1 n’est gardé."


def test_not_unless_the_network_says_so(chat: Chat) -> None:
    chat.says("ana", "/reunion", channel="pilotage", files=[("notes.md", NOTES)])
    assert chat.says("ana", "/reunion R-1 fichier", channel="pilotage") == "Aucun fichier de R-1 n’est gardé."


def test_never_one_that_speaks_of_a_patient(keeping: Chat) -> None:
    notes = NOTES.decode() + "Mme D., 34 ans, dépressive, a été réorientée vers le service.\n"
    said = keeping.says("ana", "/reunion", channel="pilotage", files=[("notes.md", notes.encode())])
    assert "Je ne garde pas le fichier lui-même" in said
    assert keeping.says("ana", "/reunion R-1 fichier", channel="pilotage") == "Aucun fichier de R-1 n’est gardé."
