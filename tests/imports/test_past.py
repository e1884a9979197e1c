from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.imports import past, people, tables
from bot.imports.past import Plan
from bot.imports.past_rows import Clock
from bot.phrases import Reader
from storage import bodies, channels, commitments, members
from storage.agreements import Agreement, AgreementPartner
from storage.commitments import Commitment
from storage.commitments import Status as Promise
from storage.database import Database, Origin
from storage.decisions import Decision
from storage.members import Member, Role
from storage.networks import Network
from storage.settled import Status
from storage.visibility import Visibility
from tests.conftest import NOW
from tests.statements import counted

CLOCK = Clock(NOW.astimezone(ZoneInfo("Europe/Brussels")), "fr", "BE")
PEOPLE = "Organisation;Nom;Compte\nCPAS de Rouvroy;Anne Petit;anne\nLe Pré;Luc Noël;luc\nLe Pré;Zoé Petit;zoe\n"
FILE = (
    "Type;Texte;Date;Responsable;Échéance;Instance;État;À revoir\n"
    "Décision;On retient le local du Pré pour les permanences;12/03/2026;;;Comité de pilotage;en vigueur;1/3/2027\n"
    "Décision;Réunions le mardi;2025-01-14;;;Comité de pilotage;remplacée;\n"
    "Accord;Accueil sous cinq jours;12.03.2026;CPAS de Rouvroy, Le Pré;;Comité de pilotage;;\n"
    "Engagement;Envoie la liste des contacts;12/03/2026;Anne Petit;30/06/2026;Équipe;en cours;\n"
    "Engagement;Prépare la cartographie;12/11/2026;Luc Noël et CPAS de Rouvroy;fin janvier;Équipe;;\n"
    "Engagement;Réserve la salle;12/03/2026;@zoe;15/4/2026;;fait;\n"
)


def origin() -> Origin:
    return Origin(now=NOW, source="test", operation="import")


@pytest.fixture
def register(database: Database, network_id: int) -> tuple[Database, int]:
    with database.session(network_id, origin()) as session:
        members.record(session, name="Ana", handle="ana", external_id="ana", role=Role.COORDINATOR)
        people.carry_out(session, people.plan(session, tables.tables(PEOPLE.encode()), {}))
    return database, network_id


def run(register: tuple[Database, int], text: str, *, lines: bool = False, lang: str = "fr") -> Plan:
    database, network_id = register
    clock = Clock(CLOCK.now, lang, "BE")
    with database.session(network_id, origin()) as session:
        ana = members.by_handle(session, "ana")
        assert ana is not None
        made = (
            past.of_lines(session, text, clock)
            if lines
            else past.of_tables(session, tables.tables(text.encode()), {}, clock)
        )
        past.carry_out(session, made, session.get_one(Network, network_id), ana)
    return made


def counts(made: Plan) -> list[int]:
    return [len(made.of("D")), len(made.of("A")), len(made.of("E")), made.late, made.same, len(made.losses.rows)]


def reasons(made: Plan, language: str = "en") -> list[str]:
    return [lost.reason.say(Reader(language)) for lost in made.losses.rows]


def test_a_file_of_last_year_is_brought_in(register: tuple[Database, int]) -> None:
    made = run(register, FILE)
    assert counts(made) == [2, 1, 3, 1, 0, 0]
    assert made.new_bodies == ["Comité de pilotage", "Équipe"]
    database, network_id = register
    with database.session(network_id, origin()) as session:
        first, second = session.scalars(select(Decision).order_by(Decision.number))
        assert (first.ref, first.status, first.decided_on) == ("D-1", Status.IN_FORCE, date(2026, 3, 12))
        assert (first.review_on, first.settled_at) == (date(2027, 3, 1), datetime(2026, 3, 12, 11, tzinfo=UTC))
        assert second.status is Status.SUPERSEDED
        assert first.body_id == bodies.active(session)[0].id
        agreement = session.scalars(select(Agreement)).one()
        assert (
            len(session.scalars(select(AgreementPartner).where(AgreementPartner.agreement_id == agreement.id)).all())
            == 2
        )
        late, coming, done = session.scalars(select(Commitment).order_by(Commitment.number))
        assert (late.due_on, late.muted, late.status) == (date(2026, 6, 30), True, Promise.OPEN)
        assert (coming.due_on, coming.muted, coming.due_words) == (date(2027, 1, 31), False, "fin janvier")
        assert (done.status, done.closed_on) == (Promise.DONE, date(2026, 4, 15))
        anne, luc = session.scalars(select(Member).where(Member.handle.in_(["anne", "luc"])).order_by(Member.handle))
        assert [(o.member_id, o.partner_id) for o in commitments.owners(session, late.id)] == [
            (anne.id, anne.partner_id)
        ]
        assert [(o.member_id, o.partner_id) for o in commitments.owners(session, coming.id)] == [
            (luc.id, luc.partner_id),
            (None, anne.partner_id),
        ]


def test_a_muted_commitment_is_owed_nothing(register: tuple[Database, int]) -> None:
    run(register, FILE)
    database, network_id = register
    with database.session(network_id, origin()) as session:
        stepping = commitments.stepping(session, until=NOW)
        assert [row.text for row in stepping] == ["Prépare la cartographie"]


def test_the_same_file_again_adds_nothing(register: tuple[Database, int]) -> None:
    run(register, FILE)
    assert counts(run(register, FILE)) == [0, 0, 0, 0, 6, 0]


def test_what_a_private_body_settled_stays_there(register: tuple[Database, int]) -> None:
    database, network_id = register
    with database.session(network_id, origin()) as session:
        channel = channels.seen(session, external_id="c1", name="bureau", private=True)
        bodies.record(session, name="Bureau", channel_id=channel.id)
    run(register, "Décision;Date;Instance\nOn engage;12/03/2026;bureau\n")
    with database.session(network_id, origin()) as session:
        row = session.scalars(select(Decision)).one()
        assert (row.visibility, row.channel_id) == (Visibility.BODY, channel.id)


def test_rows_that_cannot_be_taken_say_why(register: tuple[Database, int]) -> None:
    made = run(
        register,
        "Nature;Texte;Date;Qui;Pour quand;Suivi\n"
        "Décision;;12/03/2026;;;\n"
        "Décision;On achète local;;;;\n"
        "Décision;On achète local;12/03/2027;;;\n"
        "Souhait;On rêve;12/03/2026;;;\n"
        "Action;Écrire;12/03/2026;;fin mai;\n"
        "Action;Écrire;12/03/2026;Petit;fin mai;\n"
        "Action;Écrire;12/03/2026;Anna Petit;fin mai;\n"
        "Action;Écrire;12/03/2026;Anne Petit;un de ces jours;\n"
        "Action;Écrire;12/03/2026;Anne Petit;31/02/2026;\n"
        "Action;Écrire;12/03/2026;Anne Petit;;bleu\n"
        "Accord;S'entraider;12/03/2026;;;\n"
        "Décision;Suivi de M. Dubois, 34 ans, schizophrène;12/03/2026;;;\n",
    )
    assert made.empty
    assert reasons(made) == [
        "The text is missing.",
        "The day is missing.",
        "“12/03/2027” is still to come.",
        "“Souhait” is no decision, agreement or commitment.",
        "Who does it? Nobody is named.",
        "“Petit” may be Anne Petit and Zoé Petit.",
        "I do not know “Anna Petit”. The nearest: Anne Petit, Ana and Zoé Petit.",
        "I am not sure which day “un de ces jours” is.",
        "I am not sure which day “31/02/2026” is.",
        "I do not know the state “bleu”.",
        "Between whom? No partner is named.",
        "This row seems to speak of a patient.",
    ]


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Beslissing;Datum;Orgaan", [1, 0, 0]),
        ("Beschluss;Datum;Gremium", [1, 0, 0]),
        ("Decision;Date;Body", [1, 0, 0]),
        ("Décision (libellé);Réunion du;Groupe", [1, 0, 0]),
    ],
)
def test_headings_are_known_in_four_languages(register: tuple[Database, int], heading: str, kinds: list[int]) -> None:
    assert counts(run(register, f"{heading}\nX\u00a0ou Y;12/03/2026;Bureau\n"))[:3] == kinds


def test_a_sheet_of_actions_needs_no_column_of_kinds(register: tuple[Database, int]) -> None:
    made = run(
        register, "Actie;Wie;Tegen wanneer;Stand van zaken\nLijst sturen;Anne Petit;15/12/2026;bezig\n", lang="nl"
    )
    assert counts(made) == [0, 0, 1, 0, 0, 0]


def test_pasted_lines_speak_for_themselves(register: tuple[Database, int]) -> None:
    made = run(
        register,
        "Réunion du 12/03/2026 :\n"
        "Décisions :\n"
        "- On retient le local du Pré\n"
        "- On se voit le mardi\n"
        "Engagements\n"
        "- @anne envoie la liste d'ici fin mai\n"
        "1. Luc Noël et Zoé Petit préparent la cartographie pour le 15 janvier 2027\n"
        "\n"
        "Accord du 14/01/2026 : CPAS de Rouvroy et Le Pré : accueil sous cinq jours\n"
        "On verra bien\n",
        lines=True,
    )
    assert [(one.entry.kind, one.entry.text, one.entry.day) for one in made.ready] == [
        ("D", "On retient le local du Pré", date(2026, 3, 12)),
        ("D", "On se voit le mardi", date(2026, 3, 12)),
        ("E", "envoie la liste", date(2026, 3, 12)),
        ("E", "préparent la cartographie", date(2026, 3, 12)),
        ("A", "CPAS de Rouvroy et Le Pré : accueil sous cinq jours", date(2026, 1, 14)),
    ]
    assert [one.entry.due for one in made.of("E")] == [date(2026, 5, 31), date(2027, 1, 15)]
    assert made.late == 1
    assert [len(one.owners) for one in made.ready] == [0, 0, 1, 2, 2]
    assert reasons(made) == ["Who does it? Nobody is named."]


def test_a_pasted_line_alone_must_say_what_it_is(register: tuple[Database, int]) -> None:
    made = run(register, "On verra bien\nDécision (12/03/2026) : on achète local\n@anne écrit pour fin mai", lines=True)
    assert counts(made) == [1, 0, 1, 0, 0, 1]
    assert reasons(made) == ["Is it a decision, an agreement or a commitment? Begin with that word and a colon."]


def test_a_big_register_asks_little_of_the_database(database: Database, network_id: int) -> None:
    with database.session(network_id, origin()) as session:
        members.record(session, name="Ana", handle="ana", external_id="ana", role=Role.COORDINATOR)
        listed = "\n".join(f"Service {n};Prénom Nom{n};p{n}" for n in range(200))
        people.carry_out(session, people.plan(session, tables.tables(f"Service;Nom;Compte\n{listed}".encode()), {}))
    text = "\n".join(f"Engagement;Tâche numéro {n};12/03/2026;@p{n % 200};15/12/2026" for n in range(400))
    with counted(database) as statements:
        assert counts(run((database, network_id), f"Type;Texte;Date;Qui;Échéance\n{text}")) == [0, 0, 400, 0, 0, 0]
    assert len(statements) < 4 * 400
