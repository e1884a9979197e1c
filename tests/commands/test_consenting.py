"""Consent by silence: every member reached, nobody against, no holiday in between."""

from datetime import UTC, datetime

import pytest

from storage import bodies, members, partners
from storage.networks import Network
from tests.chat import Chat

AFTER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
PUT = "/decision D-1 sans objection jusqu'au 4 décembre"


@pytest.fixture
def body(chat: Chat) -> Chat:
    """A steering committee of ana, ben and eva in a network that lets silence settle; ben proposed D-1."""
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.knows("ana", "ben", "eva")
    with chat.session() as session:
        session.get_one(Network, chat.network_id).choose(consent_by_silence=True)
        committee = bodies.by_name(session, "Comité de pilotage")
        assert committee is not None
        for member in members.active(session):
            bodies.join(session, committee.id, member.id)
    chat.says("ben", "/decision On achète local", "pilotage")
    return chat


def _state(chat: Chat) -> str:
    return chat.says("ana", "D-1").splitlines()[0]


def test_it_is_off_unless_the_network_chose_it(body: Chat) -> None:
    with body.session() as session:
        session.get_one(Network, body.network_id).choose(consent_by_silence=False)
    assert body.says("ana", PUT, "pilotage").startswith("Votre réseau ne décide pas par absence d’objection.")


def test_every_member_is_asked_and_silence_settles_it(body: Chat) -> None:
    assert body.says("ana", PUT, "pilotage") == (
        "D-1 : 3 personnes consultées. En vigueur après le vendredi 4 décembre, sauf objection."
    )
    body.tick()
    assert "ana soumet D-1 à votre instance (Comité de pilotage)." in body.to("@eva")[-1]
    assert body.presses("ben", "Pas d’objection").startswith("C’est noté : pas d’objection à D-1.")
    assert _state(body) == "D-1 – à confirmer"
    body.tick(AFTER)
    assert _state(body) == "D-1 – en vigueur"
    assert body.to("#pilotage")[-1] == "D-1 est en vigueur : On achète local"
    assert "En vigueur sans objection depuis le" in body.says("ana", "D-1")


def test_an_objection_is_told_at_once_and_stops_it(body: Chat) -> None:
    body.says("ana", PUT, "pilotage")
    body.tick()
    body.presses("eva", "Objection")
    body.submits("eva", {"reason": "Trop cher pour les petites structures"})
    body.tick()
    assert "eva fait objection : Trop cher pour les petites structures" in body.to("@ana")[-1]
    body.tick(AFTER)
    assert "D-1 ne passe pas sans discussion et vous revient" in body.to("@ana")[-1]
    assert _state(body) == "D-1 – à confirmer"


def test_an_objection_that_was_lifted_no_longer_stops_it(body: Chat) -> None:
    body.says("ana", PUT, "pilotage")
    body.tick()
    body.presses("eva", "Objection")
    body.submits("eva", {"reason": "Trop cher"})
    body.presses("eva", "Pas d’objection")
    body.tick(AFTER)
    assert _state(body) == "D-1 – en vigueur"


def test_to_discuss_brings_it_back_too(body: Chat) -> None:
    body.says("ana", PUT, "pilotage")
    body.tick()
    body.presses("eva", "À discuter")
    body.tick(AFTER)
    assert "eva souhaite en discuter" in body.to("@ana")[-1]
    assert _state(body) == "D-1 – à confirmer"


def test_someone_who_was_not_reached_has_not_consented(body: Chat) -> None:
    with body.session() as session:
        away = members.record(session, name="Zoé Sansconte")
        committee = bodies.by_name(session, "Comité de pilotage")
        assert committee is not None
        bodies.join(session, committee.id, away.id)
    body.says("ana", PUT, "pilotage")
    body.tick()
    body.tick(AFTER)
    assert "Message non reçu : Zoé Sansconte" in body.to("@ana")[-1]
    assert _state(body) == "D-1 – à confirmer"


@pytest.mark.parametrize("until", ["28 décembre", "4 janvier"])
def test_it_never_runs_across_a_holiday(body: Chat, until: str) -> None:
    answer = body.says("ana", f"/decision D-1 sans objection jusqu'au {until}", "pilotage")
    assert answer.startswith("Le vendredi 25 décembre est un jour férié ou de fermeture")


def test_people_get_at_least_a_day(body: Chat) -> None:
    assert body.says("ana", "/decision D-1 sans objection aujourd'hui", "pilotage").startswith(
        "Laissez au moins un jour"
    )


def test_only_officers_put_it_and_only_members_answer(body: Chat) -> None:
    assert body.says("ben", PUT, "pilotage") == "Pour D-1, ce choix revient à : ana."
    body.says("ana", PUT, "pilotage")
    body.tick()
    with body.session() as session:
        eva = members.by_handle(session, "eva")
        assert eva is not None
        for seat in session.query(bodies.BodyMember).filter_by(member_id=eva.id):
            session.delete(seat)
    assert body.presses("eva", "Pas d’objection") == "Seuls les membres peuvent répondre (Comité de pilotage)."


def test_other_words_need_other_answers(body: Chat) -> None:
    body.says("ana", PUT, "pilotage")
    body.tick()
    body.says("ana", "/decision D-1 modifie On achète bio", "pilotage")
    assert body.presses("eva", "Pas d’objection") == "La consultation sur D-1 n’est plus ouverte sous cette forme."
    body.tick(AFTER)
    assert _state(body) == "D-1 – à confirmer"


def test_confirmed_in_between_it_is_settled(body: Chat) -> None:
    body.says("ana", PUT, "pilotage")
    body.tick()
    body.says("ana", "/decision D-1 confirme", "pilotage")
    assert body.presses("eva", "Pas d’objection").startswith("D-1 est déjà en vigueur")


def test_whoever_may_not_see_a_proposal_is_not_asked_and_it_comes_back(body: Chat) -> None:
    body.says("ana", "D-1 visible coordinateurs")
    body.says("ana", PUT)
    said = body.tick()
    assert any(text.startswith("@ana") and "On achète local" in text for text in said)
    assert not [text for text in said if text.startswith("@eva")]
    assert any("ne passe pas sans discussion" in text and "eva" in text for text in body.tick(AFTER))


AGREED = "/accord A-1 sans objection jusqu'au 4 décembre"


@pytest.fixture
def between(body: Chat) -> Chat:
    """A-1 between Vivalia, of which rosa and luc are, and Matilda, of which eva is; ana, ben and eva are the body."""
    body.knows("rosa", "luc")
    with body.session() as session:
        for name, people in (("Vivalia", ("rosa", "luc")), ("Matilda", ("eva",))):
            partner = partners.record(session, name=name)
            for who in people:
                member = members.by_handle(session, who)
                assert member is not None
                member.partner_id = partner.id
    body.says("ben", "/accord Vivalia et Matilda : accueil commun", "pilotage")
    return body


def _agreed(chat: Chat) -> str:
    return chat.says("ana", "A-1").splitlines()[0]


def test_an_agreement_is_put_to_the_body_and_to_the_partners_it_binds(between: Chat) -> None:
    assert between.says("ana", AGREED, "pilotage") == (
        "A-1 : 5 personnes consultées. En vigueur après le vendredi 4 décembre, sauf objection."
    )
    between.tick()
    assert "ana soumet A-1 aux partenaires concernés (Vivalia et Matilda)." in between.to("@rosa")[-1]
    assert between.presses("rosa", "Pas d’objection").startswith("C’est noté : pas d’objection à A-1.")
    assert _agreed(between) == "A-1 – à confirmer"
    between.tick(AFTER)
    assert _agreed(between) == "A-1 – en vigueur"
    assert _state(between) == "D-1 – à confirmer"


def test_an_agreement_to_which_a_partner_objects_comes_back(between: Chat) -> None:
    between.says("ana", AGREED, "pilotage")
    between.tick()
    between.presses("luc", "Objection")
    between.submits("luc", {"reason": "Nous n’avons personne le lundi"})
    between.tick(AFTER)
    assert "A-1 ne passe pas sans discussion et vous revient" in between.to("@ana")[-1]
    assert "luc fait objection" in between.to("@ana")[-1]
    assert _agreed(between) == "A-1 – à confirmer"


def test_a_partner_of_whom_nobody_was_reached_has_not_consented(between: Chat) -> None:
    with between.session() as session:
        for who in ("rosa", "luc"):
            member = members.by_handle(session, who)
            assert member is not None
            member.active = False
    between.says("ana", AGREED, "pilotage")
    between.tick()
    between.tick(AFTER)
    assert "Message non reçu" in between.to("@ana")[-1]
    assert between.to("@ana")[-1].endswith("Vivalia")
    assert _agreed(between) == "A-1 – à confirmer"


def test_one_person_of_a_partner_is_enough(between: Chat) -> None:
    with between.session() as session:
        vivalia = partners.by_name(session, "Vivalia")
        assert vivalia is not None
        members.record(session, name="Zoé Sansconte", partner_id=vivalia.id)
    between.says("ana", AGREED, "pilotage")
    between.tick()
    between.tick(AFTER)
    assert _agreed(between) == "A-1 – en vigueur"


def test_a_decision_and_an_agreement_of_one_number_do_not_answer_for_each_other(between: Chat) -> None:
    between.says("ana", PUT, "pilotage")
    between.says("ana", AGREED, "pilotage")
    between.tick()
    shown = between.to("@eva")[-1]
    assert "D-1" in shown
    assert "A-1" in shown
    between.presses("eva", "À discuter")
    between.tick(AFTER)
    assert {_state(between), _agreed(between)} in (
        {"D-1 – en vigueur", "A-1 – à confirmer"},
        {"D-1 – à confirmer", "A-1 – en vigueur"},
    )
