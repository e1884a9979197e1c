"""No patient data reaches a table, on any way in; an emergency is answered with its numbers first."""

import json

import pytest
from sqlalchemy import inspect

from storage.database import Database
from tests.chat import Chat

PATIENT = "Mme D., 34 ans, dépressive, ne prend plus son Risperdal"
NUMBER = "85.07.30-033.28"


def everything(database: Database) -> str:
    """All that the database holds, as one text."""
    with database.engine.connect() as connection:
        rows = []
        for table in inspect(connection).get_table_names():
            rows += [list(map(str, row)) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]
    return json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize("where", ["", "pilotage"])
@pytest.mark.parametrize("command", ["/decision ", "/engagement ", "/accord ", "/qui ", "/offre ", ""])
def test_what_speaks_of_a_patient_is_not_kept(chat: Chat, command: str, where: str) -> None:
    if not command and where:
        command = "@filrouge "
    answer = chat.says("ana", command + PATIENT, channel=where)
    assert answer.startswith("Votre message semble parler d’un patient")
    held = everything(chat.database)
    assert "Risperdal" not in held
    assert "34 ans" not in held


@pytest.mark.parametrize("where", ["", "pilotage"])
def test_an_age_makes_nobody_known_in_a_question(chat: Chat, where: str) -> None:
    asked = "enfant de 8 ans hyperactif, bilan logopédique à Arlon"
    assert "J’ai compris" in chat.says("ana", f"/qui {asked}", channel=where)
    assert chat.says("ana", f"/engagement {asked}", channel=where).startswith(
        "Votre message semble parler d’un patient"
    )


def test_a_national_number_is_refused(chat: Chat) -> None:
    answer = chat.says("ana", f"/decision le dossier {NUMBER} est orienté")
    assert answer.startswith("Votre message contient un numéro national")
    assert NUMBER not in everything(chat.database)


def test_a_form_is_read_too(chat: Chat) -> None:
    chat.says("ana", "/decision")
    answer = chat.submits("ana", {"text": PATIENT})
    assert "Votre message semble parler d’un patient" in answer
    assert "Risperdal" not in everything(chat.database)


def test_an_emergency_is_answered_in_the_language_of_who_asks(chat: Chat) -> None:
    assert chat.says("ana", "il veut se tuer").startswith("Si quelqu’un est en danger, appelez tout de suite :\n112")
    assert "se tuer" not in everything(chat.database)


def test_lines_of_notes_are_left_out_and_the_others_read(chat: Chat) -> None:
    notes = f"/reunion Notes\nLe comité décide de publier le dépliant.\n{PATIENT}\nÀ suivre."
    answer = chat.says("ana", notes, channel="pilotage")
    assert "1 ligne semble parler d’un patient" in answer
    assert "Risperdal" not in everything(chat.database)
