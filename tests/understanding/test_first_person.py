"""What somebody says they do, as it stands beside their name."""

import pytest

from bot.understanding.first_person import impersonal


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("je relance Vivalia", "relancer Vivalia"),
        ("Je réserve la salle", "Réserver la salle"),
        ("j'envoie la cartographie", "envoyer la cartographie"),
        ("J’appelle le CPAS", "Appeler le CPAS"),
        ("je complète le tableau", "compléter le tableau"),
        ("j'achète le café", "acheter le café"),
        ("je gère l'affiche", "gérer l'affiche"),
        ("j'ouvre la permanence", "ouvrir la permanence"),
        ("j'accueille les nouveaux", "accueillir les nouveaux"),
        ("je fais la synthèse", "faire la synthèse"),
        ("je transmets la liste", "transmettre la liste"),
        ("je préviens les communes", "prévenir les communes"),
        ("je réunis le groupe", "réunir le groupe"),
        ("je relis la charte", "relire la charte"),
        ("je le relance", "le relancer"),
        ("je lui envoie la note", "lui envoyer la note"),
        ("j'y vais", "y aller"),
        ("je vais relancer Vivalia", "relancer Vivalia"),
        ("je vais lui envoyer la note", "lui envoyer la note"),
        ("je dois prévenir le CPAS", "prévenir le CPAS"),
        ("je me charge de relancer Vivalia", "relancer Vivalia"),
        ("je m'occupe de la salle", "s'occuper de la salle"),
        ("je me renseigne sur les prix", "se renseigner sur les prix"),
        ("je relancerai Vivalia", "relancer Vivalia"),
        ("j'enverrai la note", "envoyer la note"),
        ("je ferai le point", "faire le point"),
        ("je contacte le CPAS et la commune", "contacter le CPAS et la commune"),
        ("I book the room", "book the room"),
        ("I'll send the map", "send the map"),
        ("I will call Vivalia", "call Vivalia"),
        ("ik zal de nota sturen", "de nota sturen"),
        ("Ich werde die Einladung verschicken.", "Die Einladung verschicken"),
    ],
)
def test_it_stands_beside_a_name(said: str, kept: str) -> None:
    assert impersonal(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "nous relançons Vivalia",
        "on relance Vivalia",
        "envoie la carte",
        "relancer Vivalia",
        "je suis le dossier",
        "j'ai relancé Vivalia",
        "je ne relance pas Vivalia",
        "je transmets mes disponibilités",
        "je relance Vivalia avec mon équipe",
        "je relance Vivalia et envoie la note",
        "je relance Vivalia et fais le point avec Luc",
        "je peux relancer Vivalia",
        "Jeanne relance Vivalia",
        "I sent the map",
        "I have the keys",
        "I call Vivalia with my team",
        "ik stuur de nota",
        "ich schicke die Einladung",
        "Ich rufe Vivalia an",
        "Ik zal het doen, als ik tijd heb om te bellen",
        "je",
        "I",
        "",
    ],
)
def test_what_no_rule_turns_safely_is_left_as_it_was_written(said: str) -> None:
    assert impersonal(said) == said
