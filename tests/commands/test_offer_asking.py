"""Whoever answers for offers is asked when due: one short message, three answers, at their own pace."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import members, offers, partners
from storage.offers import Offer
from tests.chat import Chat
from tests.statements import counted

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ASKED = "Est-ce toujours exact ? Un coup d’œil suffit."


@pytest.fixture
def kept(chat: Chat) -> Chat:
    """Bob answers for two services last looked at seven months ago, Claire for one of this week."""
    chat.knows("ana", "bob", "claire")
    long_ago = chat.now - timedelta(days=210)
    with chat.session(long_ago) as session:
        bob, claire = members.by_handle(session, "bob"), members.by_handle(session, "claire")
        assert bob is not None
        assert claire is not None
        for name in ("Atelier", "Groupe deuil"):
            row = offers.record(
                session,
                name=name,
                keeper_id=bob.id,
                commune_name="Libramont",
                phone="061 22 33 44",
                descriptions={"fr": "Chaque mercredi"},
            )
            offers.verify(row, at=long_ago, by_id=bob.id)
        fresh = offers.record(session, name="Médiation", keeper_id=claire.id)
        offers.verify(fresh, at=chat.now, by_id=claire.id)
    return chat


def offer(chat: Chat, number: int) -> Offer:
    with chat.session() as session:
        found = offers.by_number(session, number)
        assert found is not None
        return found


def test_one_short_message_for_all_their_offers(kept: Chat) -> None:
    [asked] = kept.tick(MORNING)
    assert asked.startswith(
        f"@bob: {ASKED}\nAtelier – Libramont\nContact : 061 22 33 44\nPlus vérifié depuis le lundi 27 avril 2026"
    )
    assert kept.buttons == [
        "Tout est exact",
        *(["Toujours exact", "À changer", "C’est fermé"] * 2),
    ]
    kept.later(days=1)
    assert kept.tick() == []


def test_yes_change_or_closed(kept: Chat) -> None:
    kept.tick(MORNING)
    assert kept.presses("bob", "Toujours exact").startswith("Merci : Atelier est vérifié aujourd’hui.")
    kept.presses("bob", "À changer")
    assert kept.submits("bob", {"phone": "061 99 88 77"}).startswith("O-1 est à jour : Atelier")
    kept.presses("bob", "C’est fermé")
    assert kept.submits("bob", {"until": ""}).startswith("Atelier n’est plus dans le répertoire.")
    assert offer(kept, 1).withdrawn_at is not None
    assert (offer(kept, 1).phone, offer(kept, 2).phone) == ("061 99 88 77", "061 22 33 44")


def test_all_of_it_is_right(kept: Chat) -> None:
    kept.tick(MORNING)
    assert "Atelier et Groupe deuil" in kept.presses("bob", "Tout est exact")
    assert offer(kept, 1).verified_at == kept.now
    assert kept.presses("bob", "Tout est exact").startswith("Il n’y a plus rien à vérifier")


def test_a_change_through_the_form_touches_only_what_was_changed(kept: Chat) -> None:
    kept.says("bob", "/offre O-1 modifie")
    kept.submits("bob", {"fee": "5 €"})
    row = offer(kept, 1)
    assert (row.fee, row.phone, row.fee_checked_on) == ("5 €", "061 22 33 44", kept.now.date())
    assert set(row.by_hand) == {"fee", "free", "fee_checked_on"}


def test_who_does_not_answer_is_asked_twice_then_left_in_peace(kept: Chat) -> None:
    for days in range(0, 120, 2):
        kept.tick(MORNING + timedelta(days=days))
    assert len([message for message in kept.to("@bob") if ASKED in message]) == 2


def test_a_person_sets_their_own_pace(kept: Chat) -> None:
    assert kept.says("claire", "/offre rythme tous les 3 mois").startswith(
        "C’est noté : je vous interroge sur vos offres tous les 90 jours."
    )
    assert (offer(kept, 3).verify_every, offer(kept, 1).verify_every) == (90, 180)
    kept.says("ana", "/offre rythme réseau 6 semaines")
    assert (offer(kept, 3).verify_every, offer(kept, 1).verify_every) == (90, 42)
    assert kept.says("bob", "/offre rythme réseau 1 an").startswith("Seule la coordination")
    assert kept.says("bob", "/offre O-1 tous les mois").startswith("Atelier est à relire tous les 30 jours.")
    kept.says("claire", "/offre Permanence : écoute à Arlon")
    assert offer(kept, 4).verify_every == 90


def test_somebody_else_can_answer_for_it(kept: Chat) -> None:
    assert kept.says("bob", "/offre O-1 répond @claire").startswith(
        "claire tient désormais cette fiche à jour : Atelier."
    )
    [to_bob, to_claire] = sorted(kept.tick(MORNING))
    assert "Atelier" not in to_bob
    assert "Atelier" in to_claire


def test_the_partners_first_member_is_asked_where_nobody_in_particular_answers(kept: Chat) -> None:
    with kept.session(kept.now - timedelta(days=400)) as session:
        semois = partners.record(session, name="Maison de la Semois")
        members.record(session, name="Zoé", handle="zoe", external_id="zoe", partner_id=semois.id)
        members.record(session, name="Alix", handle="alix", external_id="alix", partner_id=semois.id)
        offers.record(session, name="Consultations", partner_id=semois.id)
    assert sorted(message.split(":")[0] for message in kept.tick(MORNING)) == ["@alix", "@bob"]


def test_an_error_goes_to_who_answers_and_to_the_coordinator_and_nobody_learns_from_whom(kept: Chat) -> None:
    said = kept.says("claire", "/offre O-1 erreur le numéro a changé")
    assert said == "Merci : je le dis à bob et ana, sans dire qui l’a signalé."
    told = kept.tick(MORNING)
    errors = [message for message in told if "le numéro a changé" in message]
    assert {message.split(":")[0] for message in errors} == {"@ana", "@bob"}
    assert "claire" not in "".join(errors)
    assert offer(kept, 1).alert == ""
    assert "À vérifier : une erreur a été signalée." in kept.says("claire", "/offre O-1")
    kept.presses("bob", "C’est exact tel quel")
    assert "erreur a été signalée" not in kept.says("claire", "/offre O-1")


def test_the_coordinator_alone_sees_what_is_late(kept: Chat) -> None:
    assert "À revérifier" in kept.says("ana", "/semaine")
    assert "O-1 Atelier (bob) – vérifiée le" in kept.says("ana", "/semaine")
    assert "À revérifier" not in kept.says("bob", "/semaine")


def test_many_are_asked_at_once_quickly(chat: Chat) -> None:
    """Each message is worded without reading the whole directory again: a fixed number of questions a message."""
    with chat.session() as session:
        people = [members.record(session, name=f"P{n}", handle=f"p{n}", external_id=f"p{n}") for n in range(40)]
        offers.add_many(session, [{"name": f"Service {n}", "keeper_id": people[n % 40].id} for n in range(200)])
    with counted(chat.database) as statements:
        assert len(chat.tick(MORNING)) == 40
    assert len(statements) < 40 * 15
