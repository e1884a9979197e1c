"""Questions in, offers out: from the project's own directory and questions, by words alone."""

import json
import threading
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.finding.answers import find
from bot.finding.asking import ask
from bot.finding.directory import Directory, encode_pending, hash_of
from bot.imports.offer_files import rows
from bot.imports.offers import import_offers
from storage import offers
from storage.database import Database, NetworkSession, Origin
from tests.conftest import NOW
from tests.finding.conftest import DATA, ids

Question = dict[str, Any]


def questions(name: str) -> list[Question]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


QUESTIONS = questions("questions.jsonl")


class Toy:
    """An encoder of four dimensions that knows two subjects."""

    name = "toy"
    dimensions = 4

    def __init__(self) -> None:
        self.made = 0

    def question(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self.passages([text])[0])

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.made += len(texts)
        made = np.array(
            [[1.0, "dette" in text.lower(), "deuil" in text.lower(), 0.1] for text in texts], dtype=np.float32
        )
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def scored(session: NetworkSession, asked: list[Question], directory: Directory) -> tuple[float, float]:
    """The share of questions with an ideal service in the first three, and of those without any kept silent."""
    hits, silent = [], []
    for question in asked:
        found = ids(find(session, question["text"], lang=question["lang"], now=NOW, directory=directory))
        if question["rel"]:
            hits.append(any(question["rel"].get(each) == max(question["rel"].values()) for each in found))
        else:
            silent.append(not found)
    return float(np.mean(hits)), float(np.mean(silent))


def test_most_questions_find_an_ideal_service_in_the_first_three(
    session: NetworkSession, words_alone: Directory
) -> None:
    hits, silent = scored(session, QUESTIONS, words_alone)
    assert hits >= 0.8
    assert silent >= 0.85


def test_slang_typos_and_initials_are_understood_in_other_regions(
    database: Database, network_id: int, words_alone: Directory
) -> None:
    opened = partial(database.session, network_id, Origin(now=NOW))
    import_offers(opened, rows(DATA / "elsewhere_services.jsonl"), source="test")
    with opened() as session:
        hits, silent = scored(session, questions("elsewhere_questions.jsonl"), words_alone)
    assert hits >= 0.95
    assert silent >= 0.95


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_half_the_questions_ask_for_what_is_nearly_offered(
    number: int, database: Database, network_id: int, words_alone: Directory
) -> None:
    opened = partial(database.session, network_id, Origin(now=NOW))
    import_offers(opened, rows(DATA / f"near_themes_services_{number}.jsonl"), source="test")
    with opened() as session:
        hits, silent = scored(session, questions(f"near_themes_questions_{number}.jsonl"), words_alone)
    assert hits >= 0.8
    assert silent >= 0.85


def test_a_day_that_passes_closes_and_opens_offers_without_reading_the_others_again(
    session: NetworkSession, words_alone: Directory
) -> None:
    made = offers.record(session, name="Aquagym douce", commune="BE:61031", commune_name="Huy", external_id="new")
    made.closed_from = (NOW + timedelta(days=2)).date()
    made.closed_until = (NOW + timedelta(days=4)).date()
    session.flush()
    index = words_alone.index(session, NOW)
    read = index.size
    open_on = [
        bool(ids(find(session, "aquagym à Huy", now=NOW + timedelta(days=day), directory=words_alone)))
        for day in range(7)
    ]
    assert open_on == [True, True, False, False, False, True, True]
    assert words_alone.index(session, NOW + timedelta(days=7)) is index
    assert index.size - read == 2


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("je cherche un plombier à Liège", "outside"),
        ("combien de mg de xanax", "advice"),
        ("psy à Perpignan", "place"),
        ("Zahnarzt in Eupen", "topic"),
    ],
)
def test_silence_says_why(question: str, why: str, session: NetworkSession, words_alone: Directory) -> None:
    found = find(session, question, now=NOW, directory=words_alone)
    assert (ids(found), found.silent) == ([], why)


@pytest.mark.parametrize(
    ("offered", "question", "found"),
    [
        ("Soutien à la parentalité: ateliers pour jeunes parents", "crèche à Huy", False),
        ("Médiation familiale pour parents séparés", "avocat pour un divorce, Huy", False),
        ("Cours de français pour étrangers", "un cours d'anglais à Huy", False),
        ("Cours de français pour étrangers", "apprendre le français à Huy", True),
        ("Aide aux aînés: visites de bénévoles", "maison de repos à Huy", False),
        ("Écoute des victimes de violences", "mon mari me frappe, Huy", True),
        ("Service de santé mentale", "je fais une dépression, Huy", True),
        ("Consultations de psychologues", "dentiste à Huy", False),
        ("Crèche communale", "baby-sitter samedi soir Huy", False),
        ("Épicerie sociale: sur envoi d'un service social", "médiateur de dettes à Huy", False),
        ("Accueil de jour: douches et café pour personnes sans domicile", "hébergement d'urgence à Huy", False),
        ("Accueil de jour: douches et café pour personnes sans domicile", "je dors dehors, Huy", True),
        ("Agence immobilière: logements pour ménages à petits revenus", "femme de ménage à Huy", False),
        ("Médiation: accords sur l'hébergement des enfants", "un lit pour cette nuit à Huy", False),
        ("Service d'accompagnement autisme: aide au quotidien", "diagnostic d'autisme à Huy", False),
        (
            "Service d'accompagnement autisme: soutien à la vie quotidienne",
            "depuis le diagnostic d'autisme, Huy",
            True,
        ),
        ("Maison de jeunes Le Phare: Accueil libre le mercredi", "hébergement d'urgence à Huy", False),
        ("Maison de jeunes Le Phare: Accueil libre le mercredi", "aide pour une personne handicapée, Huy", False),
        ("Refuge: hébergement d'urgence pour femmes", "un lit ce soir pour un homme à Huy", False),
        ("Refuge: hébergement d'urgence pour femmes", "un lit ce soir pour une femme à Huy", True),
        ("Clinique du Parc: psychiatres, infirmiers et psychologues", "une infirmière pour un pansement, Huy", False),
        (
            "Café: des bénévoles rendent visite aux isolés",
            "quelqu'un pour rendre visite à maman, Huy",
            True,
        ),
    ],
)
def test_a_neighbouring_subject_is_no_answer_but_what_serves_the_need_is(
    offered: str, question: str, found: bool, database: Database, network_id: int, words_alone: Directory
) -> None:
    with database.session(network_id, Origin(now=NOW)) as session:
        name, _, description = offered.partition(": ")
        offers.record(
            session,
            name=name,
            descriptions={"fr": description},
            commune="BE:61031",
            commune_name="Huy",
            external_id="it",
        )
        assert ids(find(session, question, now=NOW, directory=words_alone)) == (["it"] if found else [])


def test_what_serves_no_need_is_not_listed_beside_what_does(session: NetworkSession, words_alone: Directory) -> None:
    offers.record(session, name="Crèche des Lutins", commune="BE:61031", commune_name="Huy", external_id="creche")
    assert ids(find(session, "crèche à Huy", now=NOW, directory=words_alone)) == ["creche"]


def test_a_language_alone_lists_those_who_speak_it(database: Database, network_id: int, words_alone: Directory) -> None:
    opened = partial(database.session, network_id, Origin(now=NOW))
    import_offers(opened, rows(DATA / "elsewhere_services.jsonl"), source="test")
    with opened() as session:
        ask = partial(find, session, now=NOW, directory=words_alone)
        assert set(ids(ask("wie spreekt Turks?"))) == {"G04", "B01"}
        assert ids(ask("wie spreekt Turks in Gent?")) == ["G04"]
        assert (ids(ask("qui parle russe ?")), ask("qui parle russe ?").silent) == ([], "topic")


def test_an_answer_says_why_and_what_to_check(session: NetworkSession, words_alone: Directory) -> None:
    found = find(session, "je n'arrive plus à payer mes factures, Flémalle", now=NOW, directory=words_alone)
    best = found.answers[0]
    assert best.offer.external_id == "S10"
    assert {"theme:debt", "zone"} <= set(best.why)
    assert best.unknown == ("verified",)
    assert best.kilometres is not None
    assert 0 < best.kilometres < 15
    assert found.widened is None


def test_a_neighbouring_commune_is_said_to_be_one(session: NetworkSession, words_alone: Directory) -> None:
    found = find(session, "maison des jeunes à Oupeye pour un ado", now=NOW, directory=words_alone)
    assert ids(found)[0] == "S08"
    assert "near" in found.answers[0].why
    assert found.widened is not None


def test_another_age_is_no_answer(session: NetworkSession, words_alone: Directory) -> None:
    assert "S08" not in ids(
        find(session, "maison des jeunes pour un homme de 70 ans à Herstal", now=NOW, directory=words_alone)
    )


def test_a_changed_offer_is_found_at_once_and_a_withdrawn_one_no_more(
    session: NetworkSession, words_alone: Directory
) -> None:
    question = "aquagym à Huy"
    assert ids(find(session, question, now=NOW, directory=words_alone)) == []
    made = offers.record(session, name="Aquagym douce", commune="BE:61031", commune_name="Huy", external_id="new")
    assert ids(find(session, question, now=NOW, directory=words_alone)) == ["new"]
    made.name = "Atelier de couture"
    session.flush()
    assert ids(find(session, "couture à Huy", now=NOW, directory=words_alone)) == ["new"]
    made.withdrawn_at = NOW
    session.flush()
    assert ids(find(session, "couture à Huy", now=NOW, directory=words_alone)) == []


def test_equal_matches_take_turns_by_day(session: NetworkSession, words_alone: Directory) -> None:
    for number in range(4):
        offers.record(session, name="Repair café", commune="BE:61031", commune_name="Huy", external_id=f"r{number}")
    firsts = set()
    for day in range(12):
        on = (NOW + timedelta(days=day)).date()
        firsts.add(ids(find(session, "repair café Huy", now=NOW, rotate_on=on, directory=words_alone))[0])
    assert len(firsts) > 1
    steady = {ids(find(session, "repair café Huy", now=NOW, directory=words_alone))[0] for _ in range(5)}
    assert len(steady) == 1


def test_vectors_are_made_once_and_read_again(database: Database, network_id: int) -> None:
    toy = Toy()
    with database.session(network_id, Origin(now=NOW)) as session:
        for name in ("Dettes et budget", "Groupe de deuil"):
            offers.record(session, name=name, external_id=name)
        for offer in offers.standing(session):
            offer.content_hash = hash_of(offer)
        session.flush()
        directory = Directory(encoder=lambda: toy)
        assert directory.index(session, NOW).encoded.sum() == 0
        assert encode_pending(session, directory=directory) == 2
        assert directory.index(session, NOW + timedelta(seconds=3)).encoded.sum() == 2
        assert encode_pending(session, directory=directory) == 0
        # A restart: another directory reads what was kept.
        assert Directory(encoder=lambda: toy).index(session, NOW).encoded.sum() == 2
    assert toy.made == 2


def test_askers_and_a_writer_do_not_disturb_each_other(session: NetworkSession, words_alone: Directory) -> None:
    index = words_alone.index(session, NOW)
    listings = [(offer.id, offer) for offer in offers.standing(session, limit=200)]
    failures: list[BaseException] = []

    def ask_some() -> None:
        try:
            for question in QUESTIONS[:30]:
                ask(index, question["text"], question["lang"])
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)

    threads = [threading.Thread(target=ask_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    from bot.finding.listings import listing

    for _ in range(5):
        index.add(listing(offer_id, offer) for offer_id, offer in listings)
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(index) == len(listings)
    assert index.wasted > 0.8
