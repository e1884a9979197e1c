"""What a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.questions import understand
from bot.understanding.refused import without_refused
from bot.understanding.themes import term_lists, vocabulary


@pytest.mark.parametrize(
    ("question", "lang", "theme"),
    [
        ("je n'arrive plus à payer mes factures", "fr", "debt"),
        ("mijn vriend slaat mij", "nl", "partner-violence"),
        ("meine Mutter vergisst alles", "de", "dementia"),
        ("somewhere to sleep tonight, I am homeless", "en", "shelter"),
        ("groupe pour endeuillés", "fr", "bereavement"),
        ("schuldhulpverlening", "nl", "debt"),
        ("mon ado est accro aux écrans", "fr", "screens"),
        ("mantelzorger zoekt respijt", "nl", "carers"),
        ("enfant avec TSA", "fr", "autism"),
        ("burn out", "fr", "burnout"),
        ("psy arabophone Schaerbeek", None, "psychologist"),
        ("j'ai perdu mon fils", "fr", "bereavement"),
        ("envie de parler à quelqu'un", "fr", "helpline"),
        ("visites pour une dame isolée, des bénévoles qui rendent visite", "fr", "visits"),
        ("une sage-femme", "fr", "midwife"),
        ("diagnose autisme", "nl", "assessment"),
    ],
)
def test_what_is_sought(question: str, lang: str | None, theme: str) -> None:
    assert theme in understand(question, lang).themes


@pytest.mark.parametrize(
    ("question", "ages", "exact"),
    [
        ("mon fils de 15 ans", (15, 15), True),
        ("jongere van 17", (17, 17), True),
        ("groupe pour ados", (12, 18), False),
        ("bébé de 3 semaines", (0, 1), False),
        ("Hilfe für Senioren", (65, 110), False),
        ("je suis à bout avec mes enfants", (0, 120), False),
        ("j'ai été volé il y a 2 ans de ça", (0, 120), False),
        ("une dame avec deux enfants cherche une psychologue", (0, 120), False),
        ("vrouw met drie jonge kinderen", (0, 120), False),
        ("Mutter von 2 Kindern", (0, 120), False),
        ("une maman avec un bébé", (16, 50), False),
        ("moeder met een baby", (16, 50), False),
        ("Mutter mit einem Säugling", (16, 50), False),
        ("a mother with a newborn", (16, 50), False),
        ("jeux pour bébés", (0, 2), False),
        ("ik ben 17 en wil met iemand praten", (17, 17), True),
        ("ich bin 16", (16, 16), True),
        ("j'ai 40 euros", (0, 120), False),
        ("ik ben 20 weken zwanger", (0, 120), False),
    ],
)
def test_for_whom(question: str, ages: tuple[int, int], exact: bool) -> None:
    who = understand(question).who
    assert (who.ages, who.exact) == (ages, exact)


@pytest.mark.parametrize(
    ("question", "ages"),
    [
        ("activités pour les plus de 65 ans", (65, 120)),
        ("voor mensen ouder dan 60 jaar", (60, 120)),
        ("groupe pour les moins de 18 ans", (0, 17)),
        ("Gruppe ab 16 Jahren", (16, 120)),
    ],
)
def test_ages_from_and_up_to(question: str, ages: tuple[int, int]) -> None:
    assert understand(question).who.ages == ages


@pytest.mark.parametrize(
    ("question", "lang", "wanted", "refused"),
    [
        ("je ne veux pas de psychiatre, plutôt un psychologue", "fr", "psychologist", "psychiatrist"),
        ("autre que le CPAS pour payer mes factures", "fr", "debt", "social-rights"),
        ("il ne veut pas aller à l'hôpital, plutôt un suivi psy", "fr", "psychologist", "hospital-psychiatric"),
        ("sauf l'hôpital, un suivi psy", "fr", "psychologist", "hospital-psychiatric"),
        ("geen psychiater maar een psycholoog", "nl", "psychologist", "psychiatrist"),
        ("kein Psychiater, lieber ein Psychologe", "de", "psychologist", "psychiatrist"),
        ("a psychologist rather than a psychiatrist", "en", "psychologist", "psychiatrist"),
    ],
)
def test_who_is_refused_is_not_looked_for(question: str, lang: str, wanted: str, refused: str) -> None:
    themes = understand(question, lang).themes
    assert wanted in themes
    assert refused not in themes


def test_a_stammered_refusal_is_soon_read() -> None:
    text = "sauf " + "de " * 100 + "x y z"
    assert without_refused(text, "fr") == text


@pytest.mark.parametrize(
    "question",
    [
        "il boit depuis plus de 20 ans",
        "er trinkt seit über 10 Jahren",
        "al 10 jaar verslaafd",
        "drinking for over 10 years",
    ],
)
def test_how_long_it_has_lasted_is_no_age(question: str) -> None:
    assert not understand(question).who.exact


@pytest.mark.parametrize(
    ("question", "ages"),
    [
        ("j'ai 45, je dors mal", (45, 45)),
        ("elle a 17 et ne mange plus", (17, 17)),
        ("pour les plus de 60 ans", (60, 120)),
        ("une femme de 40 ans mariée depuis 10 ans", (40, 40)),
        ("j'ai 30 patients sous opioïdes", (0, 120)),
        ("il a 20 cigarettes par jour à lâcher", (0, 120)),
    ],
)
def test_the_age_said(question: str, ages: tuple[int, int]) -> None:
    assert understand(question, "fr").who.ages == ages


@pytest.mark.parametrize(
    ("question", "theme"),
    [("je n'ai pas de logement", "housing"), ("mon fils ne veut plus aller à l'école", "school-refusal")],
)
def test_what_is_lacked_is_the_need(question: str, theme: str) -> None:
    assert theme in understand(question, "fr").themes


def test_hours_places_and_languages_said_in_passing() -> None:
    assert understand("un psy qui reçoit après 18h").evening
    assert understand("psycholoog na 18u").evening
    assert understand("Psychologe ab 18 Uhr").evening
    assert [place.name for place in understand("pas loin de Marche-en-Famenne, un groupe").where.places]
    assert understand("assistante sociale qui connaît la langue des signes").languages == ("sgn",)


@pytest.mark.parametrize(
    ("question", "sex"),
    [
        ("un hébergement pour un homme seul", "men"),
        ("slaapplaats voor dakloze man", "men"),
        ("Zuflucht für eine Frau", "women"),
        ("mon mari me frappe", ""),
        ("mijn man slaat mij", ""),
        ("groupe pour hommes et femmes", ""),
    ],
)
def test_for_men_or_for_women(question: str, sex: str) -> None:
    assert understand(question).who.sex == sex


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        ("psy parlant arabe", ("ar",)),
        ("nederlandstalige psychiater", ("nl",)),
        ("English speaking therapist", ("en",)),
        ("Psychologe auf Türkisch", ("tr",)),
        ("cours de français", ()),
        ("apprendre le néerlandais", ()),
    ],
)
def test_in_which_language(question: str, languages: tuple[str, ...]) -> None:
    assert understand(question).languages == languages


@pytest.mark.parametrize(
    "question",
    ["qui parle dari ?", "wie spreekt Turks?", "wer spricht Luxemburgisch?", "un service qui parle arabe à Liège"],
)
def test_a_language_alone_names_no_subject_and_no_place_of_that_name(question: str) -> None:
    asked = understand(question)
    assert asked.language_alone
    assert not asked.themes
    assert [place.name for place in asked.where.places] in ([], ["Liège"])


@pytest.mark.parametrize(
    "question", ["tu parles français ?", "psy parlant arabe", "sprechen Sie Deutsch?", "cours d'anglais"]
)
def test_a_language_beside_a_subject_or_asked_of_the_bot_is_not_alone(question: str) -> None:
    assert not understand(question).language_alone


@pytest.mark.parametrize(
    ("question", "wholly"),
    [
        ("garde d'enfants", True),
        ("zwemles voor kinderen", True),
        ("garde d'enfants avec des trombones", False),
        ("bonjour", False),
    ],
)
def test_a_question_that_themes_say_wholly(question: str, *, wholly: bool) -> None:
    assert understand(question).wholly is wholly


def test_parents_of_grown_or_ill_children_are_not_asked_about_babies() -> None:
    assert "baby-care" not in understand("parents d'enfants autistes").themes
    assert "family-mediation" not in understand("garde d'enfants le mercredi").themes


@pytest.mark.parametrize(
    ("question", "lang", "theme"),
    [
        ("logement pour jeunes ménages", "fr", "cleaning"),
        ("hij luistert alleen nog naar zijn vader", "nl", "isolation"),
        ("was macht mein Sohn nach der Schule", "de", "school-refusal"),
        ("parents of teenagers", "fr", "parenting"),
        ("l'hébergement des enfants après la séparation", "fr", "shelter"),
    ],
)
def test_words_that_look_like_a_themes_and_are_not(question: str, lang: str, theme: str) -> None:
    assert theme not in understand(question, lang).themes


def test_price_time_form_and_way_in() -> None:
    asked = understand("groupe gratuit le soir ou le week-end, sans rendez-vous", "fr")
    assert (asked.price.free, asked.evening, asked.weekend, asked.direct) == (True, True, True, True)
    assert "group" in asked.formats


@pytest.mark.parametrize(
    "question",
    [
        "combien de mg de xanax pour dormir",
        "quel antidépresseur prendre ?",
        "est-ce que je suis bipolaire ?",
        "dois-je augmenter ma dose ?",
        "welke slaappillen zijn goed",
        "heb ik adhd?",
        "bin ich depressiv?",
        "what are the side effects of lithium",
        "am I an alcoholic?",
    ],
)
def test_a_question_for_a_doctor_is_known_as_one(question: str) -> None:
    assert understand(question).advice


@pytest.mark.parametrize(
    "question",
    [
        "qui fait un bilan TDAH ?",
        "où aller quand on est bipolaire ?",
        "wie helpt bij een depressie?",
        "groupe pour bipolaires",
    ],
)
def test_looking_for_help_is_not_asking_a_doctor(question: str) -> None:
    assert not understand(question).advice


@pytest.mark.parametrize(
    "question",
    [
        "je cherche un plombier",
        "horaire des trains",
        "waar kan ik mijn fiets laten herstellen",
        "cheap flights to Rome",
        "Winterreifen wechseln",
    ],
)
def test_what_no_care_directory_holds(question: str) -> None:
    assert understand(question).outside


def test_the_vocabulary_is_whole() -> None:
    book = vocabulary()
    assert {theme.kind for theme in book.themes.values()} <= set(book.kinds)
    assert all(near in book.themes for theme in book.themes.values() for near in theme.near)
    spoken = {(theme, lang) for theme, lang, _ in term_lists()}
    assert spoken == {(theme, lang) for theme in book.themes for lang in ("fr", "nl", "de", "en")}
    for kind in book.kinds.values():
        assert all(kind.names[lang] for lang in ("fr", "nl", "de", "en"))


@given(st.text(max_size=80))
def test_any_text_is_understood_somehow(text: str) -> None:
    assert understand(text).text == text


@pytest.mark.parametrize(
    ("text", "usual", "lang"),
    [
        ("AA Arlon", "de", "de"),
        ("psychiater Brussel", "nl", "nl"),
        ("ik drink te veel", "fr", "nl"),
        ("je cherche un psy", "nl", "fr"),
        ("burn-out", "en", "en"),
    ],
)
def test_a_text_that_could_be_in_several_languages_is_in_its_authors(text: str, usual: str, lang: str) -> None:
    assert understand(text, usual=usual).lang == lang
