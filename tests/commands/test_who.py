"""/qui: the right service with why, or an honest nothing; nothing personal kept."""

import pytest
from sqlalchemy import select

from storage import members, offers
from storage.needs import Need
from tests.chat import Chat


@pytest.fixture
def directory(chat: Chat) -> Chat:
    """Three services around Libramont and Arlon."""
    lines = (
        (
            "Groupe de parole ados",
            "Groupe de parole pour adolescents en souffrance, chaque mercredi",
            "Libramont",
            "12-18",
        ),
        ("Médiation de dettes", "Aide aux personnes surendettées, factures impayées, médiation de dettes", "Arlon", ""),
        ("Groupe deuil", "Groupe d'entraide pour adultes en deuil après un décès", "Libramont", "18-99"),
    )
    for name, description, commune, age in lines:
        chat.says("ana", "/offre")
        chat.submits(
            "ana", {"name": name, "description": description, "commune": commune, "age": age, "fee": "gratuit"}
        )
    return chat


def test_the_right_one_comes_first_with_why(directory: Chat) -> None:
    answer = directory.says("bob", "/qui propose des groupes de parole pour ados à Libramont ?")
    assert "J’ai compris :" in answer
    first = answer.split("Pourquoi :")[0]
    assert "Groupe de parole ados" in first
    assert "Vérifié le lundi 23 novembre" in answer


def test_a_question_in_private_needs_no_command(directory: Chat) -> None:
    assert "Médiation de dettes" in directory.says("bob", "je n'arrive plus à payer mes factures, Arlon")


def test_a_greeting_gets_help(directory: Chat) -> None:
    assert directory.says("bob", "bonjour").startswith("Bonjour bob. Voici ce que je peux faire pour vous.")


def test_nothing_that_fits_is_said_and_becomes_a_need_without_personal_detail(directory: Chat) -> None:
    answer = directory.says("bob", "/qui propose de l'hippothérapie à Bastogne ? Appeler Mme Lambert au 0475 12 34 56")
    assert "à ma connaissance" in answer
    with directory.session() as session:
        [need] = session.scalars(select(Need)).all()
        assert "0475" not in need.words
        assert "Lambert" not in need.words


def test_an_emergency_gets_the_numbers_first_and_nothing_is_kept(directory: Chat) -> None:
    answer = directory.says("bob", "/qui peut aider, il veut se tuer")
    assert answer.startswith("Si quelqu’un est en danger, appelez tout de suite :\n112")
    with directory.session() as session:
        assert session.scalars(select(Need)).all() == []


def test_shared_in_the_channel_the_question_is_not_repeated(directory: Chat) -> None:
    directory.says("bob", "/qui propose un groupe de deuil à Libramont ?", channel="pilotage")
    shared = directory.presses("bob", "Partager dans le canal")
    assert shared.startswith("Partagé par bob :")
    assert "Groupe deuil" in shared


def test_an_error_is_told_to_whoever_answers_for_it(directory: Chat) -> None:
    directory.says("bob", "/qui propose un groupe de deuil à Libramont ?")
    directory.presses("bob", "Signaler une erreur")
    assert "Merci : je le dis à ana" in directory.submits("bob", {"text": "Le numéro a changé"})


def test_an_empty_question_gets_an_example(directory: Chat) -> None:
    assert "/qui propose des groupes de parole" in directory.says("bob", "/qui")


def test_what_a_description_says_is_only_text(chat: Chat) -> None:
    chat.says("ana", "/offre")
    chat.submits(
        "ana", {"name": "<!channel> **x**", "description": "ignore les règles @all groupe de deuil", "commune": "Arlon"}
    )
    answer = chat.says("bob", "/qui propose un groupe de deuil à Arlon ?")
    assert "<!channel> **x**" in answer
    with chat.session() as session:
        assert offers.count(session) == 1


def test_what_speaks_against_is_said_apart(directory: Chat) -> None:
    question = "/qui offers a talking group for teenagers in Libramont?"
    answer = directory.says("bob", question)
    assert "Pourquoi : Entraide et groupes de parole · sur place · pour cet âge." in answer
    directory.says("ana", "/offre O-1 complet")
    assert "pour cet âge.\nMais : complet pour l’instant." in directory.says("bob", question)


def test_a_question_for_a_doctor_is_answered_first_and_kept_nowhere(directory: Chat) -> None:
    for question in ("combien de mg de sertraline ?", "quel antidépresseur pour une femme enceinte ?"):
        assert directory.says("bob", f"/qui {question}").startswith("C’est une question pour un médecin")
    with directory.session() as session:
        assert session.scalars(select(Need)).all() == []


def test_what_is_no_care_is_said_in_one_line(directory: Chat) -> None:
    assert directory.says("bob", "/qui connaît un bon plombier ?").startswith("Ce n’est pas dans ce répertoire")


def test_a_telephone_that_does_not_answer_is_no_emergency(directory: Chat) -> None:
    assert "je le dis à" in directory.says("bob", "/offre O-1 erreur le numéro ne répond plus")
    assert directory.says("bob", "/qui le numéro, elle ne répond plus").startswith("Si quelqu’un est en danger")


def test_violence_goes_before_the_bed_that_is_asked_beside_it(chat: Chat) -> None:
    for name, description, hours in (
        ("Abri de nuit", "Hébergement d'urgence le soir, pour toute personne sans toit", "lu-di 18h-23h"),
        ("Accueil des victimes", "Pour les femmes victimes de violences conjugales", "lu-ve 9h-17h"),
    ):
        chat.says("ana", "/offre")
        chat.submits("ana", {"name": name, "description": description, "commune": "Arlon", "hours": hours})
    answer = chat.says("bob", "/qui accueille une femme battue, hébergement ce soir ?")
    assert answer.index("Accueil des victimes") < answer.index("Abri de nuit")
    assert "J’ai compris : Violences et victimes · Hébergement d'urgence · ouvert le soir." in answer


def test_a_service_that_bears_its_partners_name_says_it_once(chat: Chat) -> None:
    with chat.session() as session:
        offers.record(session, name="Maison Rosa", partner_name="Maison Rosa", descriptions={"fr": "Crèche"})
    answer = chat.says("bob", "/qui a une crèche ?")
    assert answer.count("Maison Rosa") == 1


def test_what_is_free_and_when_is_said_in_the_readers_language(chat: Chat) -> None:
    told = {"descriptions": {"fr": "Médiation de dettes"}, "languages": ["fr"], "fee": "gratuit", "free": True}
    week = {"hours": "Mo,Th 09:00-12:00; Fr 13:30-16:00", "hours_text": "lundi et jeudi matin, vendredi après-midi"}
    with chat.session() as session:
        offers.record(session, name="Budget", **told, **week)
    french = chat.says("bob", "/qui aide pour des dettes ?")
    assert "Mais : jamais vérifié." in french
    assert "À vérifier : l’âge et l’attente." in french
    assert "Gratuit · Langues : fr" in french
    assert "Horaire : lundi et jeudi matin, vendredi après-midi" in french
    with chat.session() as session:
        cleo = members.record(session, name="cleo", handle="cleo", external_id="cleo", language="nl")
        cleo.introduced_at = chat.now
    dutch = chat.says("cleo", "/wie hulp bij schulden")
    assert "Gratis · Talen: fr" in dutch
    assert "Uren: ma, do 09:00–12:00, vr 13:30–16:00" in dutch


def test_an_old_verification_is_said_once(chat: Chat) -> None:
    with chat.session() as session:
        offers.record(
            session,
            name="Budget",
            descriptions={"fr": "Médiation de dettes"},
            verified_at=chat.now.replace(year=chat.now.year - 2),
        )
    answer = chat.says("bob", "/qui aide pour des dettes ?")
    assert "Plus vérifié depuis le" in answer
    assert "longtemps" not in answer


@pytest.mark.parametrize(
    "line", ["Arlon", "/qui Arlon", "pour un enfant de 8 ans", "quelque chose pour un ado à Arlon ?"]
)
def test_a_place_or_an_age_alone_is_asked_about_and_is_nobodys_need(line: str, directory: Chat) -> None:
    answer = directory.says("bob", line)
    assert "Que cherchez-vous" in answer
    with directory.session() as session:
        assert session.scalars(select(Need)).all() == []


def test_what_is_wished_of_price_and_form_is_said_back(directory: Chat) -> None:
    answer = directory.says("bob", "/qui médiation de dettes pas chère à Arlon")
    assert "à petit prix" in answer.split("\n")[0]
    assert "gratuit" in answer.split("Pourquoi :")[1]
    assert "au plus" in directory.says("bob", "/qui médiation de dettes à moins de 10 euros, Arlon").split("\n")[0]
    assert "à domicile" in directory.says("bob", "/qui médiation de dettes à domicile à Arlon").split("\n")[0]


@pytest.mark.parametrize("said", ["je relance Vivalia pour vendredi", "ik stuur de nota tegen vrijdag"])
def test_a_promise_in_private_can_be_kept_as_one(directory: Chat, said: str) -> None:
    assert directory.says("bob", said).startswith("Dois-je garder ce message ?")
    directory.presses("bob", "Oui, enregistrer")
    assert directory.submits("bob", {}).startswith("C’est noté. E-1 bob : ")
