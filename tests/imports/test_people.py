from collections.abc import Sequence

import pytest

from bot.imports import people, tables
from bot.imports.people import Plan
from bot.phrases import Reader
from storage import members, partners
from storage.database import Database, Origin
from storage.members import Role
from tests.conftest import NOW
from tests.statements import counted

FILE = (
    "Organisation;Sigle;Type;Commune;Nom;Prénom;Fonction;E-mail;Compte;Langue\n"
    "Maison médicale du Pré;;Première ligne;Virton;Petit;Anne;Coordinatrice;anne.petit@exemple.be;anne;FR\n"
    "Maison médicale du Pré asbl;;;;Noël;Luc;Médecin;luc@exemple.be;;\n"
    "CPAS de Rouvroy;CPAS;CPAS;Rouvroy;;;;info@cpas-rouvroy.example;;\n"
    "De Brug vzw;;Ontmoeting;Brugge;Claes;An;;an@example.be;;néerlandais\n"
    ";;;;Weber;Karl;;;;de\n"
)


def origin(operation: str = "import") -> Origin:
    return Origin(now=NOW, source="test", operation=operation)


def run(database: Database, network_id: int, text: str, chosen: dict[str, str] | None = None) -> Plan:
    with database.session(network_id, origin()) as session:
        made = people.plan(session, tables.tables(text.encode()), chosen or {})
        people.carry_out(session, made)
    return made


def counts(made: Plan) -> Sequence[int]:
    return [
        len(made.new_partners),
        len(made.new_people),
        len(made.changed_partners),
        len(made.changed_people),
        made.same,
        len(made.losses.rows),
    ]


def reasons(made: Plan) -> list[str]:
    return [lost.reason.say(Reader("en")) for lost in made.losses.rows]


def test_partners_and_people_come_from_one_sheet(database: Database, network_id: int) -> None:
    assert counts(run(database, network_id, FILE)) == [3, 4, 0, 0, 0, 0]
    with database.session(network_id, origin()) as session:
        known = {member.name: member for member in members.active(session)}
        anne, karl, an = known["Anne Petit"], known["Karl Weber"], known["An Claes"]
        assert anne.partner is not None
        assert (anne.partner.name, anne.handle, anne.function) == ("Maison médicale du Pré", "anne", "Coordinatrice")
        assert (karl.partner, karl.language, karl.introduced_at) == (None, "de", None)
        assert (an.language, an.introduced_at, an.role) == ("nl", NOW, Role.MEMBER)
        cpas = partners.by_name(session, "CPAS de Rouvroy")
        assert cpas is not None
        assert (cpas.aliases, cpas.commune, cpas.email) == (["CPAS"], "Rouvroy", "info@cpas-rouvroy.example")


def test_the_same_file_again_changes_nothing(database: Database, network_id: int) -> None:
    run(database, network_id, FILE)
    assert counts(run(database, network_id, FILE)) == [0, 0, 0, 0, 7, 0]


def test_a_later_file_updates_and_deletes_nothing(database: Database, network_id: int) -> None:
    run(database, network_id, FILE)
    later = "Structure;Personne de contact;Mail;Fonction\nCPAS de Rouvroy;Anne Petit;anne.petit@exemple.be;Directrice\n"
    made = run(database, network_id, later)
    assert counts(made) == [0, 0, 0, 1, 1, 0]
    with database.session(network_id, origin()) as session:
        anne = members.by_handle(session, "anne")
        assert anne is not None
        assert anne.partner is not None
        assert (anne.function, anne.partner.name, anne.language) == ("Directrice", "CPAS de Rouvroy", "fr")
        assert len(members.active(session)) == 4


@pytest.mark.parametrize(
    "heading",
    [
        "Organisatie;Voornaam;Achternaam;E-mailadres;Functie",
        "Einrichtung;Vorname;Nachname;E-Mail-Adresse;Funktion",
        "Organization;First name;Last name;Email;Job title",
        "Institution *;Prénom;Nom de famille;Adresse mail (professionnelle);Fonction / titre",
    ],
)
def test_headings_are_known_in_four_languages(database: Database, network_id: int, heading: str) -> None:
    made = run(database, network_id, f"{heading}\nDe Brug;An;Claes;an@example.be;arts\n")
    assert counts(made) == [1, 1, 0, 0, 0, 0]
    person = made.new_people[0]
    assert (person.name, person.organisation, person.email) == ("An Claes", "De Brug", "an@example.be")
    assert person.values["function"] == "arts"


def test_a_sheet_of_partners_alone_has_no_people(database: Database, network_id: int) -> None:
    made = run(database, network_id, "Nom;Commune;Téléphone;E-mail\nLe Pré;Virton;063 12 34 56;info@pre.example\n")
    assert counts(made) == [1, 0, 0, 0, 0, 0]
    assert made.new_partners[0].values == {"commune": "Virton", "phone": "063 12 34 56", "email": "info@pre.example"}


def test_columns_can_be_corrected(database: Database, network_id: int) -> None:
    text = "Nom;Lieu de travail\nAnne Petit;Le Pré\n"
    made = run(database, network_id, text, {"lieu de travail": "partner", "nom": "name"})
    assert [(person.name, person.organisation) for person in made.new_people] == [("Anne Petit", "Le Pré")]


def test_rows_that_cannot_be_taken_say_why(database: Database, network_id: int) -> None:
    made = run(
        database,
        network_id,
        "Organisation;Nom;E-mail;Compte\n"
        ";;seul@exemple.be;\n"
        "Le Pré;Anne Petit;anne(at)exemple.be;\n"
        "Le Pré;Luc Noël;info@pre.example;\n"
        "Le Pré;Zoé Noir;info@pre.example;\n"
        "Le Pré;Eva Blanc;;pas un compte\n"
        f"Le Pré;{'x' * 201};;\n"
        "Le Pré;Jean Roux 85.07.30-033 28;;\n",
    )
    assert reasons(made) == [
        "No name of a person or of an organisation.",
        "“anne(at)exemple.be” is not an e-mail address.",
        "Luc Noël has this address or account already: each person needs their own, or none.",
        "“pas un compte” is not the name of an account.",
        f"“{'x' * 60}…” is too long.",
        "This row holds a national number.",
    ]
    assert [person.name for person in made.new_people] == ["Luc Noël"]
    assert [lost.row.number for lost in made.losses.rows] == [2, 3, 5, 6, 7, 8]


def test_a_shared_address_is_not_taken_for_the_person_who_has_it(database: Database, network_id: int) -> None:
    run(database, network_id, "Organisation;Nom;E-mail\nLe Pré;Luc Noël;info@pre.example\n")
    made = run(database, network_id, "Organisation;Nom;E-mail\nLe Pré;Zoé Noir;info@pre.example\n")
    assert counts(made) == [0, 0, 0, 0, 1, 1]


def test_somebody_who_wrote_first_is_known_again(database: Database, network_id: int) -> None:
    with database.session(network_id, origin()) as session:
        members.record(session, name="Anne", handle="anne", external_id="U1")
    made = run(database, network_id, FILE)
    assert [member.external_id for member, _changes, _at in made.changed_people] == ["U1"]
    assert len(made.new_people) == 3


def test_two_people_of_one_name_stay_two(database: Database, network_id: int) -> None:
    made = run(database, network_id, "Organisation;Nom\nLe Pré;Anne Petit\nCPAS de Rouvroy;Anne Petit\n")
    assert len(made.new_people) == 2


def test_a_big_file_asks_little_of_the_database(database: Database, network_id: int) -> None:
    lines = [f"Service {n % 300};Prénom {n} Nom{n};p{n}@exemple.be" for n in range(2000)]
    with counted(database) as statements:
        made = run(database, network_id, "\n".join(["Organisation;Nom complet;E-mail", *lines]))
    assert counts(made)[:2] == [300, 2000]
    assert len(statements) < 2 * 2300
