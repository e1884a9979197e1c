"""A model outside reads notes too: only where it is switched on, only after a yes, believed only where it quotes."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.imports import second_reader
from bot.imports.second_reader import NoAnswerError, SecondReader
from bot.settings import Settings, SettingsError
from storage.meetings import MinutesItem
from storage.networks import Network
from storage.second_readings import SecondReading
from tests.chat import Chat

NOTES = """Réunion d'équipe du 14 octobre 2026

Il est décidé de publier le dépliant en deux langues.
Le mercredi à Virton convient bien aux équipes, et aux familles aussi.
Mme D., 34 ans, dépressive, a été réorientée vers le service.
La météo était belle.
"""
LOCAL = "Le mercredi à Virton convient bien aux équipes, et aux familles aussi."


class Model:
    """A server of loopback that answers as it is told to, and notes what it was sent."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.raw: bytes | None = None
        self.status = 200
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.models: list[dict[str, str]] = []
        self.looked_at: list[str] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                model.asked.append(json.loads(body))
                model.keys.append(self.headers.get("authorization", ""))
                said = json.dumps({"items": model.items})
                answer = {"choices": [{"message": {"role": "assistant", "content": f"Voici :\n```json\n{said}\n```"}}]}
                content = model.raw if model.raw is not None else json.dumps(answer).encode()
                self.send_response(model.status)
                if model.status == 302:
                    self.send_header("location", "http://127.0.0.1:9/elsewhere")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                model.looked_at.append(self.path)
                content = model.raw if model.raw is not None else json.dumps({"data": model.models}).encode()
                self.send_response(model.status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    @property
    def sent(self) -> str:
        return str(self.asked[-1]["messages"][-1]["content"])


@pytest.fixture
def model() -> Iterator[Model]:
    found = Model()
    yield found
    found.server.shutdown()
    found.server.server_close()
    found.thread.join()


@pytest.fixture
def network(chat: Chat, model: Model) -> Chat:
    """The environment names the model, and the network has switched it on."""
    chat.app.second_reader = SecondReader(model.url, "petit-modele", "clé-secrète".encode().hex())
    with chat.session() as session:
        session.get_one(Network, chat.network_id).choose(second_reader=True)
    return chat


def rows(chat: Chat, table: Any) -> list[Any]:
    with chat.session() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def send(chat: Chat, model: Model) -> None:
    chat.says("ana", f"/reunion {NOTES}", channel="equipe")
    chat.presses("ana", f"Les envoyer à {model.url[7:-3]}")


def test_nothing_is_offered_unless_both_the_environment_and_the_network_want_it(chat: Chat, model: Model) -> None:
    assert "modèle" not in chat.says("ana", f"/reunion {NOTES}", channel="equipe")
    chat.app.second_reader = SecondReader(model.url, "petit-modele")
    assert "modèle" not in chat.says("ana", f"/reunion {NOTES}", channel="autre")
    assert model.asked == []
    assert rows(chat, SecondReading) == []


def test_what_would_leave_is_said_and_nothing_leaves_without_a_yes(network: Chat, model: Model) -> None:
    answer = network.says("ana", f"/reunion {NOTES}", channel="equipe")
    assert f"Un modèle extérieur peut les lire aussi : petit-modele, chez {model.url[7:-3]}." in answer
    assert "4 lignes quitteraient cette machine" in answer
    assert "Rien ne part sans votre oui." in answer
    assert model.asked == []
    network.presses("ana", "Non, elles restent ici")
    assert model.asked == []
    assert rows(network, SecondReading) == []


def test_its_proposals_are_marked_and_join_those_that_wait(network: Chat, model: Model) -> None:
    model.items = [
        {
            "kind": "agreement",
            "line": 4,
            "quote": LOCAL,
            "text": "Le local de Virton sert le mercredi.",
            "owner": "",
            "due": "",
        },
        {"kind": "decision", "line": 3, "quote": "Il est décidé de publier le dépliant en deux langues.", "text": "x"},
        {"kind": "decision", "line": 6, "quote": "La météo sera belle.", "text": "Inventé."},
        {"kind": "other", "line": 6, "quote": "La météo était belle.", "text": "Sans objet."},
    ]
    send(network, model)
    items = rows(network, MinutesItem)
    assert [(item.kind, item.second) for item in items] == [("decision", ""), ("agreement", "petit-modele")]
    assert "Il en propose 1 de plus." in network.to("#equipe")[-1]
    assert rows(network, SecondReading) == []
    assert model.keys == [f"Bearer {'clé-secrète'.encode().hex()}"]


def test_lines_about_a_patient_never_leave(network: Chat, model: Model) -> None:
    send(network, model)
    assert "34 ans" not in model.sent
    assert "dépressive" not in model.sent
    assert LOCAL in model.sent


@pytest.mark.parametrize(
    ("status", "raw"),
    [
        (200, b""),
        (200, b"not json"),
        (200, b'{"choices": []}'),
        (200, b'{"choices": [{"message": {"content": "no object"}}]}'),
        (200, b'{"choices": [{"message": {"content": "{\\"items\\": 3}"}}]}'),
        (200, b"[" * 5000),
        (200, b"x" * 1_100_000),
        (500, b"oops"),
        (302, b""),
    ],
)
def test_a_bad_answer_loses_nothing(network: Chat, model: Model, status: int, raw: bytes) -> None:
    model.status, model.raw = status, raw
    send(network, model)
    assert "n’a pas donné de réponse que je comprenne" in network.seen[-1].text
    assert len(rows(network, MinutesItem)) == 1
    model.status, model.raw = 200, None
    network.presses("ana", "Réessayer")
    assert rows(network, SecondReading) == []


def test_a_refusal_leaves_no_connection_open(model: Model) -> None:
    model.status, model.raw = 500, b"oops"
    with pytest.raises(NoAnswerError) as lost:
        SecondReader(model.url, "m").read(["Il est décidé de rien."])
    refused = lost.value.__cause__
    assert isinstance(refused, HTTPError)
    assert refused.fp.closed


def test_only_who_was_asked_can_send_and_a_text_is_forgotten_after_an_hour(network: Chat, model: Model) -> None:
    network.says("ana", f"/reunion {NOTES}", channel="equipe")
    network.later(minutes=61)
    network.tick()
    assert rows(network, SecondReading) == []
    network.presses("ana", f"Les envoyer à {model.url[7:-3]}")
    assert model.asked == []


def test_a_model_that_is_away_is_said() -> None:
    with pytest.raises(NoAnswerError):
        SecondReader("http://127.0.0.1:9/v1", "m").read(["Il est décidé de rien."])


def checked(url: str, model: str = "petit-modele") -> tuple[str, bool | None, str]:
    return second_reader.check(
        Settings.from_mapping({"FILROUGE_READER_URL": url, "FILROUGE_READER_MODEL": model} if url else {})
    )


def test_check_asks_for_the_models_and_sends_no_text(model: Model) -> None:
    model.models = [{"id": "petit-modele:latest"}, {"id": "grand-modele"}]
    part, works, words = checked(model.url)
    assert (part, works) == ("Second reader", True)
    assert f"{model.url[7:-3]} answers and has petit-modele." in words
    assert model.looked_at == ["/v1/models"]
    assert model.asked == []
    assert checked(model.url, "autre")[1:] == (
        False,
        f"{model.url[7:-3]} answers, but has no model autre. It has: petit-modele:latest, grand-modele.",
    )


@pytest.mark.parametrize(
    ("status", "raw", "works", "words"),
    [
        (404, b"", True, "it does not say which models it has"),
        (200, b"<html>", True, "it does not say which models it has"),
        (401, b"", False, "FILROUGE_READER_KEY is not accepted"),
        (500, b"", False, "it answers 500"),
    ],
)
def test_check_says_what_the_address_answers(model: Model, status: int, raw: bytes, works: bool, words: str) -> None:
    model.status, model.raw = status, raw
    found = checked(model.url)
    assert found[1] is works
    assert words in found[2]


def test_check_says_when_nobody_answers_or_none_is_set_up() -> None:
    assert "does not answer: " in checked("http://127.0.0.1:9/v1")[2]
    assert checked("")[1] is None


ODD = st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=9), max_size=3)


@given(ODD | st.dictionaries(st.sampled_from(["kind", "line", "quote", "text", "owner", "due"]), ODD))
def test_whatever_is_said_only_quotes_of_the_text_are_believed(said: object) -> None:
    lines = ["Il est décidé de publier le dépliant."]
    try:
        found = second_reader.believed({"items": [said, {"kind": "decision", "quote": lines[0], "text": "t"}]}, lines)
    except NoAnswerError:
        raise AssertionError from None
    assert [one.quote for one in found] == [lines[0]]


def test_the_environment_names_it_and_must_name_a_model() -> None:
    named = {"FILROUGE_READER_URL": "http://127.0.0.1:1/v1/", "FILROUGE_READER_MODEL": "m"}
    settings = Settings.from_mapping({"HOME": "/x"} | named)
    assert settings.reader is not None
    assert (settings.reader.url, settings.reader.model) == ("http://127.0.0.1:1/v1", "m")
    assert Settings.from_mapping({"HOME": "/x"}).reader is None
    with pytest.raises(SettingsError, match="FILROUGE_READER_MODEL is missing"):
        Settings.from_mapping({"HOME": "/x", "FILROUGE_READER_URL": "http://127.0.0.1:1/v1"})
