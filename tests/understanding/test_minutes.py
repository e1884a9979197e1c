"""Minutes in, proposals out: invented meetings of care networks in four languages."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import minutes
from bot.understanding.minutes_parts import blocks
from tests.bench.learn_minutes import FIXTURES, near, unmark, words

DAY = dt.date(2026, 1, 13)


def read(text: str, lang: str = "fr", day: dt.date | None = DAY) -> minutes.Minutes:
    return minutes.read(text, now_or_meeting_date=day, lang=lang)


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("fr", "Le budget 2026 est adopté à l'unanimité.", "decision"),
        ("fr", "Le comité décide de maintenir la permanence du mardi.", "decision"),
        ("fr", "Décision : la charte entre en vigueur en mars.", "decision"),
        ("fr", "Accord : le CPAS et l'hôpital se préviennent avant chaque sortie.", "agreement"),
        ("fr", "Il est convenu entre le CPAS et l'hôpital que toute sortie est annoncée la veille.", "agreement"),
        ("fr", "Action : relancer la commune.", "commitment"),
        ("nl", "De begroting wordt eenparig goedgekeurd.", "decision"),
        ("nl", "Besluit: we starten in april met de nieuwe werking.", "decision"),
        (
            "nl",
            "Er wordt afgesproken tussen het CAW en het team dat een vraag binnen de week beantwoord wordt.",
            "agreement",
        ),
        ("nl", "Actie: affiche laten drukken.", "commitment"),
        ("en", "The budget was approved unanimously.", "decision"),
        ("en", "We decided to close the office in August.", "decision"),
        ("en", "Agreement: the clinic and the shelter tell each other before a move.", "agreement"),
        ("en", "Action point: order the badges.", "commitment"),
        ("de", "Der Haushalt wird einstimmig angenommen.", "decision"),
        ("de", "Beschluss: Das Büro bleibt im August geschlossen.", "decision"),
        ("de", "Vereinbarung: Klinik und Beratung informieren sich gegenseitig.", "agreement"),
        ("de", "Aufgabe: Plakate drucken lassen.", "commitment"),
    ],
)
def test_what_is_settled_or_taken_on_is_proposed(lang: str, text: str, kind: str) -> None:
    (found,) = read(text, lang).items
    assert found.kind == kind
    assert found.quote in text


@pytest.mark.parametrize(
    ("lang", "text", "owner"),
    [
        ("fr", "Présents : Claire, Benoît\n\nClaire va contacter la commune.", "Claire"),
        ("fr", "Présents : Claire, Benoît\n\nClaire se charge de réserver la salle. Elle enverra le plan.", "Claire"),
        ("fr", "Présents : Claire, Benoît\n\n## Actions\n- Claire : réserver la salle", "Claire"),
        ("fr", "Présents : Claire, Benoît\n\n- Réserver la salle (Benoît)", "Benoît"),
        ("fr", "Présents : Claire, Benoît\n\n- Réserver la salle du centre : Benoît", "Benoît"),
        ("fr", "Présents : Claire, Benoît\n\nUne affiche sera réalisée par Benoît en mars.", "Benoît"),
        ("fr", "## À faire\n- @claire réserver la salle", "claire"),
        ("fr", "Le bureau prépare un projet de convention pour mars.", "Le bureau"),
        ("nl", "Aanwezig: Leen, Koen\n\nKoen vraagt tegen eind juni prijzen op.", "Koen"),
        ("nl", "Aanwezig: Leen, Koen\n\nIn maart stelt Leen de begroting op.", "Leen"),
        ("nl", "Aanwezig: Leen, Koen\n\nLeen en Koen zullen de brief herwerken.", "Leen en Koen"),
        ("en", "Present: Maya, Jonas\n\nMaya to book the room.", "Maya"),
        ("en", "Present: Maya, Jonas\n\nJonas will send the list. She will check it.", "Jonas"),
        ("de", "Anwesend: Lena, Markus\n\nLena übernimmt die Moderation.", "Lena"),
        ("de", "Anwesend: Lena, Markus\n\n- Banner bestellen (Markus)", "Markus"),
    ],
)
def test_the_owner_is_found_wherever_it_stands(lang: str, text: str, owner: str) -> None:
    assert read(text, lang).items[0].owner == owner


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Faut-il ouvrir le samedi ?"),
        ("fr", "Il serait intéressant d'associer les pharmaciens."),
        ("fr", "On pourrait imaginer un numéro unique."),
        ("fr", "## Actions de la dernière réunion\n- Claire : envoyer la liste → fait"),
        ("fr", "## Actions\n- Claire : envoyer la liste (fait)\n- [x] réserver la salle"),
        ("fr", "## Ordre du jour\n1. Budget\n2. Élection du bureau"),
        ("fr", "La commune de Vaux a ouvert une permanence en novembre."),
        ("fr", "Thierry présente les chiffres du semestre."),
        ("fr", "Présents : Claire, Benoît\nPrise de notes : Claire"),
        ("nl", "Wie wil er meehelpen op de infomarkt?"),
        ("nl", "Misschien kan een student meehelpen."),
        ("nl", "- Leen: brief naar de gemeente (gedaan)"),
        ("nl", "Het ziekenhuis heeft een tweede psychiater aangeworven."),
        ("en", "Should the group meet in the evening?"),
        ("en", "It would be nice to have a map as well."),
        ("en", "- Ruth: order badges - done"),
        ("en", "The hospital reported that a second nurse has started."),
        ("de", "Sollen wir ein Konzert anbieten?"),
        ("de", "Vielleicht könnte man das im Sommer noch einmal aufgreifen."),
        ("de", "- Anne: Broschüre nachbestellen → erledigt"),
        ("de", "Die Klinik hat eine neue Leiterin."),
        ("de", "Die Vorsitzende berichtet, dass das Ministerium den Antrag genehmigt hat."),
        ("fr", "Thierry annonce que la Région a validé le projet."),
        ("en", "Helen reported that the council has approved the plan."),
    ],
)
def test_wishes_questions_news_and_what_is_done_are_left_alone(lang: str, text: str) -> None:
    assert read(text, lang).items == ()


def test_a_table_of_actions_gives_owner_and_day_from_its_columns() -> None:
    text = """| Action | Qui | Pour quand | État |
|---|---|---|---|
| Mettre à jour la fiche | Élise | 15 juin 2026 | |
| Imprimer la charte | Nadia | 1er mai | fait |
"""
    (found,) = read(text).items
    assert (found.kind, found.line, found.owner) == ("commitment", 3, "Élise")
    assert found.due_date == dt.date(2026, 6, 15)
    assert found.text == "Mettre à jour la fiche."


def test_deadlines_count_from_the_meeting_not_from_today() -> None:
    text = "Réunion du 10 mars 2025\n\nPrésents : Ana, Paul\n\nAna enverra le plan d'ici la fin du mois."
    moment = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
    assert read(text, day=moment).items[0].due_date == dt.date(2025, 3, 31)
    assert read(text, day=DAY).items[0].due_date == dt.date(2026, 1, 31)
    assert read(text, day=None).meeting.date == dt.date(2025, 3, 10)


def test_without_any_day_the_words_are_not_turned_into_one() -> None:
    found = minutes.read("Ana : envoyer le plan d'ici la fin du mois\n", now_or_meeting_date=None, lang="fr")
    assert all(one.due_date is None for one in found.items)


@pytest.mark.parametrize(
    ("lang", "text", "clean"),
    [
        ("fr", "Il est décidé que la **salle** reste ouverte le mardi.", "La salle reste ouverte le mardi."),
        ("fr", "- Acheter des chaises (Benoît)", "Acheter des chaises."),
        ("fr", "Décision : on arrête la vente de cartes", "On arrête la vente de cartes."),
        ("en", "It was agreed that [the hall](http://example.org) opens at nine.", "The hall opens at nine."),
        ("nl", "We hebben besloten om de avonden te verplaatsen.", "De avonden verplaatsen."),
        ("fr", "Après discussion, le comité décide d'ouvrir une permanence.", "Ouvrir une permanence."),
        ("fr", "La journée aura lieu le 22 avril (décision unanime).", "La journée aura lieu le 22 avril."),
        ("fr", "- un accueillant de plus le mardi → adopté", "Un accueillant de plus le mardi."),
        (
            "fr",
            "Il est décidé que la salle soit ouverte le mardi.",
            "Il est décidé que la salle soit ouverte le mardi.",
        ),
        ("fr", "- Claire → appeler la commune", "Appeler la commune."),
        (
            "fr",
            "Accord entre le CPAS et l'hôpital : toute sortie est annoncée la veille.",
            "Accord entre le CPAS et l'hôpital : toute sortie est annoncée la veille.",
        ),
        (
            "nl",
            "Er wordt afgesproken dat het OCMW binnen de week antwoordt.",
            "Er wordt afgesproken dat het OCMW binnen de week antwoordt.",
        ),
        (
            "en",
            "It was resolved that Jonas be added as a signatory.",
            "It was resolved that Jonas be added as a signatory.",
        ),
    ],
)
def test_the_rewording_is_a_clean_line_of_a_register(lang: str, text: str, clean: str) -> None:
    assert read(f"Présents : Claire, Benoît\n\n{text}", lang).items[0].text == clean


def test_a_pronoun_is_replaced_by_the_one_it_stands_for() -> None:
    found = read("Présents : Claire, Benoît\n\nClaire se charge de la salle. Elle enverra le plan.").items
    assert found[-1].text == "Claire enverra le plan."


def test_the_meeting_is_described() -> None:
    text = """# Compte rendu du comité de pilotage du réseau
**Date :** 13 janvier 2026
**Présent·e·s :** Claire Dumont (CPAS), Benoît Lambert et Aïcha Benali
**Excusés :** Martine Collard
**Procurations :** Thierry Noël

Le budget est adopté.

Prochaine réunion : 10 mars 2026 à 14h
"""
    meeting = read(text, day=None).meeting
    assert meeting.title == "Compte rendu du comité de pilotage du réseau"
    assert meeting.date == dt.date(2026, 1, 13)
    assert meeting.body == "comité de pilotage"
    assert meeting.present == ("Claire Dumont", "Benoît Lambert", "Aïcha Benali")
    assert meeting.excused == ("Martine Collard",)
    assert meeting.represented == ("Thierry Noël",)
    assert "10 mars 2026" in (meeting.next_meeting or "")


def test_a_pasted_chat_knows_who_says_i() -> None:
    text = (
        "Claire Dumont  10:42\nOn fait quoi pour la salle ?\n\nPaul Simon  10:44\nJe m'occupe de réserver la salle.\n"
    )
    (found,) = read(text).items
    assert (found.kind, found.owner, found.line) == ("commitment", "Paul Simon", 5)


def test_ticks_tell_the_present_from_the_absent() -> None:
    meeting = read("Présents :\n\n- [x] Ana Lemaire\n- [ ] Paul Simon\n").meeting
    assert (meeting.present, meeting.absent) == (("Ana Lemaire",), ("Paul Simon",))


@pytest.mark.parametrize(("lang", "name"), [("fr", "fr-1"), ("nl", "nl-1"), ("en", "en-1"), ("de", "de-1")])
def test_the_language_is_guessed(lang: str, name: str) -> None:
    path = next(FIXTURES.glob(f"{name}*"))
    text, _ = unmark(path.read_text(encoding="utf-8"))
    assert minutes.read(text, now_or_meeting_date=DAY).language == lang


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.md")), ids=lambda path: path.stem)
def test_invented_minutes_are_read_nearly_whole(path: Path) -> None:
    text, items = unmark(path.read_text(encoding="utf-8"))
    found = read(text, path.name[:2]).items
    sure = [item for item in items if not item["arguable"]]
    hits = [item for item in sure if any(near(one.line, one.quote, item) for one in found)]
    false = [one for one in found if not any(near(one.line, one.quote, item) for item in items)]
    assert len(hits) >= 0.7 * len(sure), [item["quote"] for item in sure if item not in hits]
    assert len(false) <= max(1, len(sure) // 5), [one.quote for one in false]


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.sampled_from("aé N.:;?!-*#|[]()→>_\n\t1@«»\\x0"), max_size=300))
def test_any_text_is_read_and_quotes_are_exact(text: str) -> None:
    found = read(text)
    lines = text.split("\n")
    for one in found.items:
        assert one.quote in text
        assert one.quote.split("\n")[0] in lines[one.line - 1]
        assert 0 < one.confidence < 1


def test_reading_twice_gives_the_same() -> None:
    text, _ = unmark(next(FIXTURES.glob("fr-1*")).read_text(encoding="utf-8"))
    assert read(text) == read(text)


def test_lines_count_after_a_yaml_head() -> None:
    text = "---\ntitle: Réunion du 3 mars 2026\n---\n\nLe budget est adopté à l'unanimité.\n"
    found = read(text, day=None)
    assert found.items[0].line == 5
    assert found.meeting.title == "Réunion du 3 mars 2026"


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = "Le comité de pilotage décide de maintenir la permanence de la place du\nmarché jusqu'à la fin de l'année.\n"
    assert [block.kind for block in blocks.read(text)] == ["paragraph"]
    (found,) = read(text).items
    assert "\n" in found.quote
    assert "\n" not in found.text


UNSEEN = FIXTURES.parent / "minutes_unseen"


def test_invented_minutes_that_nothing_was_learned_from_are_read_as_well() -> None:
    hits = false = wanted = kinds = owners = owned = 0
    for path in sorted(UNSEEN.glob("*.md")):
        text, items = unmark(path.read_text(encoding="utf-8"))
        found = read(text, path.name[:2], day=None).items
        sure = [item for item in items if not item["arguable"]]
        pairs = [(item, next((one for one in found if near(one.line, one.quote, item)), None)) for item in sure]
        wanted += len(sure)
        hits += sum(one is not None for _, one in pairs)
        kinds += sum(one is not None and one.kind == item["kind"] for item, one in pairs)
        owned += sum(one is not None and bool(item["owner"]) for item, one in pairs)
        owners += sum(one is not None and bool(words(one.owner) & words(item["owner"])) for item, one in pairs)
        false += sum(not any(near(one.line, one.quote, item) for item in items) for one in found)
    assert hits >= 0.8 * wanted
    assert false <= 0.1 * wanted
    assert kinds >= 0.9 * hits
    assert owners >= 0.85 * owned


NOTES = """# Comité de pilotage – Réseau Haute-Lesse
Réunion du 17 novembre 2026, 14h-16h, Rochefort
Présents : Flore Wiertz (coordinatrice), Odile Hanin (CPAS de Tellin), Rémi Bastin (SSM Wellin)
Excusée : Zoé Lahaye (AMO Tremplin)

1. Approbation du PV du 6 octobre
Le PV est approuvé.

2. Convention CPAS de Tellin – SSM Wellin
Il est convenu que toute demande du CPAS reçoit une réponse du SSM sous 5 jours ouvrables, jusqu'au 30 juin 2027.

3. Accueil
Le comité décide d'ouvrir une permanence commune le mercredi après-midi à Tellin.
Odile prévient les communes d'ici la prochaine réunion.
La coordinatrice envoie l'invitation avant le 4 décembre.

Prochaine réunion : mardi 12 janvier 2027 à 14h
"""


def test_the_title_is_the_heading_and_not_the_line_of_the_day() -> None:
    meeting = read(NOTES, day=None).meeting
    assert meeting.title == "Comité de pilotage – Réseau Haute-Lesse"
    assert (meeting.date, meeting.next_day) == (dt.date(2026, 11, 17), dt.date(2027, 1, 12))


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("COMPTE RENDU\nComité de suivi Semois\nMardi 6 octobre 2026", "COMPTE RENDU – Comité de suivi Semois"),
        ("Objet : réunion du réseau\n\nBonjour à tous,", "réunion du réseau"),
        ("📌 Réunion d'équipe – 30/11/2026", "Réunion d'équipe – 30/11/2026"),
        ("Bonjour à toutes et à tous,\n\nVoici le résumé de notre rencontre.", None),
    ],
)
def test_a_title_is_found_in_many_styles(top: str, title: str | None) -> None:
    assert read(top, day=None).meeting.title == title


def test_attendees_keep_what_they_stand_for() -> None:
    meeting = read(NOTES, day=None).meeting
    assert meeting.present == ("Flore Wiertz", "Odile Hanin", "Rémi Bastin")
    assert meeting.affiliations["Odile Hanin"] == "CPAS de Tellin"
    assert meeting.affiliations["Zoé Lahaye"] == "AMO Tremplin"


def test_a_numbered_heading_is_no_commitment_and_two_partners_under_it_agree() -> None:
    found = read(NOTES, day=None).items
    assert not any("Convention" in one.quote for one in found)
    (agreed,) = (one for one in found if one.kind == "agreement")
    assert (agreed.line, agreed.due_date) == (10, dt.date(2027, 6, 30))


def test_a_weekly_habit_is_no_deadline_and_the_next_meeting_is_one() -> None:
    by_line = {one.line: one for one in read(NOTES, day=None).items}
    assert (by_line[13].kind, by_line[13].due_date) == ("decision", None)
    assert by_line[14].due_date == dt.date(2027, 1, 12)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Aanwezig: Leen, Koen\n\nKoen vraagt prijzen op tegen de volgende vergadering."),
        ("en", "Present: Maya, Jonas\n\nMaya to book the room before the next call."),
        ("de", "Anwesend: Lena, Markus\n\nLena schickt die Liste bis zur nächsten Sitzung."),
    ],
)
def test_by_the_next_meeting_is_a_day_where_the_notes_give_it(lang: str, text: str) -> None:
    following = {"nl": "Volgende vergadering", "en": "Next meeting", "de": "Nächste Sitzung"}[lang]
    assert read(f"{text}\n\n{following}: 10.3.2026", lang).items[0].due_date == dt.date(2026, 3, 10)


def test_an_owner_is_the_one_attendee_it_can_mean() -> None:
    by_line = {one.line: one for one in read(NOTES, day=None).items}
    assert (by_line[14].owner, by_line[14].members) == ("Odile", ("Odile Hanin",))
    assert by_line[15].members == ("Flore Wiertz",)
    twins = read("Présents : Ana Petit, Ana Grand\n\nAna envoie le plan.").items
    assert twins[0].members == ()
    initials = read("Présents : Sylvie Petit (SP), Luc Arnould\n\n- SP + LA : réserver la salle").items
    assert initials[0].members == ("Sylvie Petit", "Luc Arnould")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Bonjour.",
        "| | |\n|---|---|\n| | |",
        "| Action | Qui |\n|---|---|\n",
        "[ ]",
        "👉 ",
        "- ",
        "1.",
        "Présents :",
    ],
)
def test_a_text_that_holds_nothing_gives_nothing(text: str) -> None:
    assert read(text, day=None).items == ()


@pytest.mark.parametrize(
    ("language", "news"),
    [
        ("nl", "Sinterklaas komt dit jaar op 4 december naar het jeugdhuis."),
        ("nl", "Het OCMW deelt dit jaar op 18 december maaltijden uit."),
        ("fr", "Saint-Nicolas vient le 4 décembre à la maison de jeunes."),
        ("de", "Die Tagesklinik öffnet am 1. März."),
        ("en", "The museum opens on 1 March."),
    ],
)
def test_what_happens_elsewhere_on_a_day_is_not_proposed(language: str, news: str) -> None:
    assert read(f"# Team\n\n{news}\n", language).items == ()
