"""Questions that wish for more than one thing: a price, two needs, and whom one is not to be sent to."""

from functools import partial

import pytest

from bot.finding.answers import find
from bot.finding.directory import Directory
from storage import offers
from storage.database import Database, NetworkSession, Origin
from tests.conftest import NOW
from tests.finding.conftest import ids

THREE = (("Crèche", "creche"), ("Avocats bénévoles", "lawyer"), ("Cabinet de psychologues", "psy"))


@pytest.mark.parametrize(
    ("question", "best", "against"),
    [
        ("psychologue pas cher à Huy", "cheap", None),
        ("psychologue à moins de 10 euros, Huy", "cheap", None),
        ("psychologue à moins de 3 euros, Huy", None, "dear"),
        ("psycholoog hoogstens 10 euro, Hoei", "cheap", None),
    ],
)
def test_a_low_price_is_a_wish_and_no_condition(
    question: str, best: str | None, against: str | None, database: Database, network_id: int, words_alone: Directory
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        for name, fee in (("dear", "60 € la séance"), ("cheap", "4 € la séance")):
            offers.record(
                session,
                name="Psychologue",
                descriptions={"fr": "Consultations de psychologues"},
                fee=fee,
                free=False,
                commune="BE:61031",
                commune_name="Huy",
                external_id=name,
            )
        found = find(session, question, now=NOW, directory=words_alone)
        assert len(found.answers) == 2
        if best:
            assert ids(found)[0] == best
        if against:
            assert all(against in answer.why for answer in found.answers)


def test_what_costs_more_than_said_is_still_shown_where_it_is_all_there_is(
    database: Database, network_id: int, words_alone: Directory
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        for name, said, fee in (
            ("Cabinet Dupuis", "Psychologue, psychothérapie", "65 €"),
            ("Espace budget", "Médiation de dettes", "11 €"),
            ("Groupe deuil", "Groupe d'entraide pour adultes en deuil", "gratuit"),
            ("Groupe ados", "Groupe de parole pour adolescents", "gratuit"),
            ("Refuge", "Hébergement pour femmes victimes de violences", "gratuit"),
        ):
            offers.record(
                session,
                name=name,
                descriptions={"fr": said},
                fee=fee,
                free=fee == "gratuit",
                commune="BE:61031",
                external_id=name,
            )
        ask = partial(find, session, now=NOW, directory=words_alone)
        assert [one.why[-1] for one in ask("un psy max 20 € à Huy").answers] == ["dear"]
        cheap = ask("une médiation de dettes gratuite ou pas chère à Huy").answers[0].why
        assert ("low-price" in cheap, "paying" in cheap) == (True, False)


def test_a_rare_word_is_found_whatever_language_its_offer_seems_to_be_in(
    session: NetworkSession, words_alone: Directory
) -> None:
    offers.record(
        session,
        name="Atelier zythologie",
        descriptions={"fr": "Brasser ensemble"},
        commune="BE:61031",
        commune_name="Huy",
        external_id="beer",
    )
    assert ids(find(session, "zythologie", now=NOW, directory=words_alone)) == ["beer"]


def test_of_two_needs_in_a_sentence_neither_is_left_out(
    database: Database, network_id: int, words_alone: Directory
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        named = [*((f"Colis alimentaires {n}", f"food{n}") for n in range(4)), ("Cabinet de psychologues", "psy")]
        for name, key in (*named, ("Avocats bénévoles", "lawyer"), ("Club de jardinage", "garden")):
            offers.record(session, name=name, commune="BE:61031", commune_name="Huy", external_id=key)
        ask = partial(find, session, now=NOW, directory=words_alone)
        assert "psy" in ids(ask("un psy et des colis alimentaires à Huy"))
        assert {"psy", "lawyer"} <= set(ids(ask("une psychologue et un avocat à Huy")))
        assert "psy" not in ids(ask("des colis alimentaires à Huy"))


def test_three_needs_in_a_sentence_have_an_answer_each(
    database: Database, network_id: int, words_alone: Directory
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        for name, key in ((f"{name} {n}", f"{key}{n}") for name, key in THREE for n in range(4)):
            offers.record(session, name=name, commune="BE:61031", commune_name="Huy", external_id=key)
        found = ids(find(session, "une crèche, un avocat et un psy à Huy", now=NOW, directory=words_alone))
    assert {key[:-1] for key in found} == {key for _, key in THREE}


def test_whoever_is_beaten_is_not_sent_where_those_who_beat_go(
    database: Database, network_id: int, words_alone: Directory
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        for name, key in (("Groupe pour auteurs de violences", "authors"), ("Femmes victimes de violences", "victims")):
            offers.record(session, name=name, commune="BE:61031", commune_name="Huy", external_id=key)
        found = find(session, "mon mari me frappe, je cherche une écoute à Huy", now=NOW, directory=words_alone)
        assert ids(found)[0] == "victims"
