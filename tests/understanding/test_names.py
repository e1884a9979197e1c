import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import names
from bot.understanding.names import Ambiguous, Candidate, Match, Nearest, nearest, owners

KNOWN = (
    Candidate(1, "CPAS d'Arlon"),
    Candidate(2, "CPAS de Bastogne"),
    Candidate(3, "Vivalia"),
    Candidate(4, "Maison médicale de la Semois"),
    Candidate(5, "Service de santé mentale de Libramont"),
    Candidate(6, "Télé-Service Virton asbl"),
    Candidate(7, "La Clairière"),
    Candidate(8, "Matilda"),
    Candidate(20, "Marie Lambert", ("marie",), "member"),
    Candidate(21, "Paul Lambert", ("paul.l",), "member"),
    Candidate(22, "Jean-Pierre Dumont", ("jpd",), "member"),
    Candidate(23, "Marie Dubois", ("mdubois",), "member"),
    Candidate(24, "Anneleen Peeters", ("anneleen",), "member"),
)


def said(query: str) -> list[str]:
    found = nearest(query, KNOWN)
    return [found.candidate.name] if isinstance(found, Match) else [known.name for known in found.candidates]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("CPAS d'Arlon", "CPAS d'Arlon"),
        ("C.P.A.S. Arlon", "CPAS d'Arlon"),
        ("cpas d’arlon", "CPAS d'Arlon"),
        ("C.P.A.S d'Arlon", "CPAS d'Arlon"),
        ("Centre public d'action sociale de Bastogne", "CPAS de Bastogne"),
        ("le CPAS de Bastogne", "CPAS de Bastogne"),
        ("VIVALIA", "Vivalia"),
        ("maison medicale semois", "Maison médicale de la Semois"),
        ("Maison médicale", "Maison médicale de la Semois"),
        ("SSM Libramont", "Service de santé mentale de Libramont"),
        ("SSM", "Service de santé mentale de Libramont"),
        ("teleservice virton", "Télé-Service Virton asbl"),
        ("Vivalai", "Vivalia"),
        ("Maison médicale de la Semoi", "Maison médicale de la Semois"),
        ("@marie", "Marie Lambert"),
        ("@mdubois", "Marie Dubois"),
        ("Lambert Marie", "Marie Lambert"),
        ("Mme Dubois", "Marie Dubois"),
        ("Dumont", "Jean-Pierre Dumont"),
        ("J.-P. Dumont", "Jean-Pierre Dumont"),
        ("JP Dumont", "Jean-Pierre Dumont"),
        ("P. Lambert", "Paul Lambert"),
        ("Anneleen", "Anneleen Peeters"),
        ("mevr. Peeters", "Anneleen Peeters"),
        ("Anneleen Peters", "Anneleen Peeters"),
    ],
)
def test_one_is_meant(query: str, name: str) -> None:
    assert nearest(query, KNOWN) == Match(next(known for known in KNOWN if known.name == name))


@pytest.mark.parametrize(
    ("query", "two"),
    [
        ("CPAS", ["CPAS d'Arlon", "CPAS de Bastogne"]),
        ("Lambert", ["Marie Lambert", "Paul Lambert"]),
        ("M. Lambert", ["Marie Lambert", "Paul Lambert"]),
        ("Marie", ["Marie Lambert", "Marie Dubois"]),
    ],
)
def test_between_two_it_does_not_choose(query: str, two: list[str]) -> None:
    assert isinstance(nearest(query, KNOWN), Ambiguous)
    assert said(query) == two


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("CPAS de Virton", "Télé-Service Virton asbl"),
        ("Maria Dubois", "Marie Dubois"),
        ("Dumond", "Jean-Pierre Dumont"),
    ],
)
def test_another_name_is_not_taken_for_one_that_is_known(query: str, first: str) -> None:
    assert isinstance(nearest(query, KNOWN), Nearest)
    assert said(query)[0] == first
    assert len(said(query)) <= 3


@pytest.mark.parametrize("query", ["", "   ", "🙂", "xyzzy qwrt", "@", "…"])
def test_nobody_is_near(query: str) -> None:
    assert nearest(query, KNOWN) == Nearest(())


def test_among_none_nobody_is_found() -> None:
    assert nearest("Marie", ()) == Nearest(())


def test_two_of_the_same_name_are_both_shown() -> None:
    twins = (Candidate(1, "Anne Petit"), Candidate(2, "Anne Petit"))
    assert nearest("anne petit", twins) == Ambiguous(twins)


def test_a_whole_name_wins_over_a_longer_one() -> None:
    both = (Candidate(1, "Vivalia"), Candidate(2, "Vivalia Libramont"))
    assert nearest("vivalia", both) == Match(both[0])


def test_an_acronym_that_another_also_goes_by_is_asked_about() -> None:
    both = (Candidate(1, "Service de santé mentale de Virton", ("SSM",)), Candidate(2, "SSM de Bastogne"))
    assert nearest("SSM", both) == Ambiguous(both)


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text: str) -> None:
    found = nearest(text, KNOWN)
    assert isinstance(found, Match) or len(found.candidates) <= len(KNOWN)


@pytest.mark.parametrize(
    ("line", "lang", "words", "rest"),
    [
        ("@marie envoie la cartographie d'ici fin mai", "fr", ["@marie"], "envoie la cartographie d'ici fin mai"),
        (
            "Vivalia et le CPAS de Bastogne préparent la note",
            "fr",
            ["Vivalia", "CPAS de Bastogne"],
            "préparent la note",
        ),
        ("@marie et @paul : le relevé", "fr", ["@marie", "@paul"], "le relevé"),
        ("CPAS d'Arlon et Matilda : orientation", "fr", ["CPAS d'Arlon", "Matilda"], "orientation"),
        ("C.P.A.S. d'Arlon - orientation", "fr", ["C.P.A.S. d'Arlon"], "orientation"),
        ("La Clairière accueille", "fr", ["La Clairière"], "accueille"),
        ("le SSM de Libramont contacte les écoles", "fr", ["SSM de Libramont"], "contacte les écoles"),
        ("Marie et P. Lambert relisent", "fr", ["Marie", "P. Lambert"], "relisent"),
        ("Mme Dubois relit", "fr", ["Dubois"], "relit"),
        ("vivalia envoie la liste", "fr", ["vivalia"], "envoie la liste"),
        ("Pour @marie : envoyer la liste", "fr", ["@marie"], "envoyer la liste"),
        ("@marie, envoyer la liste", "fr", ["@marie"], "envoyer la liste"),
        ("@marie et envoyer la liste", "fr", ["@marie"], "et envoyer la liste"),
        ("CPAS d'Arlno : orientation", "fr", ["CPAS d'Arlno"], "orientation"),
        ("Vivalia et le CPAS d'Étalle préparent", "fr", ["Vivalia", "CPAS d'Étalle"], "préparent"),
        ("@marie en het CPAS de Bastogne sturen de lijst", "nl", ["@marie", "CPAS de Bastogne"], "sturen de lijst"),
        ("Mevr. Peeters bezorgt het verslag", "nl", ["Peeters"], "bezorgt het verslag"),
        ("@marie und @paul schicken das Protokoll", "de", ["@marie", "@paul"], "schicken das Protokoll"),
        ("Vivalia und Protokoll", "de", ["Vivalia"], "und Protokoll"),
        ("Marie Lambert and Vivalia will send it", "en", ["Marie Lambert", "Vivalia"], "will send it"),
    ],
)
def test_who_a_line_begins_with(line: str, lang: str, words: list[str], rest: str) -> None:
    found = owners(line, KNOWN, lang=lang)
    assert (list(found.words), found.rest) == (words, rest)


@pytest.mark.parametrize(
    "line",
    ["envoyer la liste", "Maison ouverte le samedi", "Rappel : envoyer la carte", "Santé mentale : préparer", "Service",
     "L'équipe envoie la liste", "le 15, @marie envoie", "", "@", ":", "Et : puis"],
)  # fmt: skip
def test_a_line_without_a_subject_stays_whole(line: str) -> None:
    assert owners(line, KNOWN, lang="fr") == names.Owners((), line)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("@marie (suppléant @luc) envoie la liste", "envoie la liste"),
        ("@marie, suppléante @luc, envoie la liste", "envoie la liste"),
        ("@marie (vervanger: @luc) stuurt de lijst", "stuurt de lijst"),
        ("@marie (Vertretung @luc): Liste", "Liste"),
        ("@marie (deputy @luc) sends the list", "sends the list"),
    ],
)
def test_a_deputy_stands_apart(line: str, rest: str) -> None:
    assert owners(line, KNOWN, lang="fr") == names.Owners(("@marie",), rest, ("@luc",))


@given(st.text(max_size=120))
def test_no_word_of_any_line_is_lost(line: str) -> None:
    found = owners(line, KNOWN, lang="fr")
    assert found.words or found.rest == line.strip()
    assert all(word in line for word in (*found.words, *found.deputies, found.rest))
