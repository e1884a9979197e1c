"""Which partners a list of names means."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import parties
from bot.understanding.names import Candidate

KNOWN = (
    Candidate(1, "CPAS d'Arlon"),
    Candidate(2, "CPAS de Saint-Hubert"),
    Candidate(3, "Aide et Soins à Domicile", ("ASD",)),
    Candidate(4, "Maison Matilda"),
)


def test_full_names_win_over_their_parts_and_keep_their_order() -> None:
    assert parties.read("Matilda, Aide et Soins à Domicile et le CPAS de Saint-Hubert", KNOWN).ids == (4, 3, 2)


def test_accents_case_and_other_names_do_not_matter() -> None:
    assert parties.read("asd / CPAS D’ARLON", KNOWN).ids == (3, 1)


def test_a_part_that_means_one_alone_is_enough() -> None:
    assert parties.read("Matilda", KNOWN).ids == (4,)


def test_a_part_that_means_several_is_asked_about() -> None:
    found = parties.read("CPAS et Matilda", KNOWN)
    assert found.ids == (4,)
    assert found.unknown[0].words == "CPAS"
    assert set(found.unknown[0].nearest[:2]) == {1, 2}


def test_with_nobody_known_everything_is_unknown() -> None:
    assert [each.words for each in parties.read("CPAS d'Arlon et Matilda", ()).unknown] == ["CPAS d'Arlon", "Matilda"]


def test_a_known_name_that_goes_on_is_another_one() -> None:
    known = (Candidate(1, "CPAS"), Candidate(2, "Matilda"))
    found = parties.read("le CPAS d'Arlon et Matilda", known)
    assert found.ids == (2,)
    assert [(each.words, each.nearest) for each in found.unknown] == [("CPAS d'Arlon", (1,))]
    assert parties.mentioned("Le CPAS d'Arlon et Matilda se voient", known) == (2,)
    assert parties.mentioned("Matilda et le CPAS de ce quartier se voient", known) == (2, 1)


def test_but_in_its_own_commune_it_is_itself() -> None:
    known = (Candidate(1, "CPAS", place="Arlon"), Candidate(2, "Matilda"))
    assert parties.read("le CPAS d'Arlon et Matilda", known) == parties.Parties((1, 2), ())
    assert parties.read("cpas d'arlon, matilda", known).ids == (1, 2)
    assert [each.words for each in parties.read("le CPAS de Virton", known).unknown] == ["CPAS de Virton"]


@given(st.text(max_size=100))
def test_any_text_gives_each_partner_once(text: str) -> None:
    found = parties.read(text, KNOWN)
    assert len(found.ids) == len(set(found.ids))
    assert all(each.words in text for each in found.unknown)
