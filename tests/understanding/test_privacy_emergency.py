from datetime import date

import pytest

from bot.understanding.privacy import EmergencyKind, help_lines, inspect

EMERGENCIES = [
    tuple(line.split(" | ", 1))
    for line in """\
suicide | il veut se tuer
suicide | Il VEUT SE TUER !!
suicide | elle veut se suicider
suicide | elle veux se suicidé ce soir, elle va se suicider
suicide | je vais me tuer
suicide | il menace de se pendre
suicide | il parle de mettre fin à ses jours
suicide | elle veut en finir
suicide | il veut en finir avec la vie
suicide | elle ne veut plus vivre
suicide | mon patient est suicidaire
suicide | elle a des idées suicidaires très précises
suicide | il vient de faire une tentative de suicide
suicide | il s'est ouvert les veines
suicide | il veut sauter du pont
suicide | veut-il se tuer ?
suicide | hij wil zelfmoord plegen
suicide | ze wil een einde maken aan haar leven
suicide | hij dreigt ermee zich op te hangen, hij wil zich ophangen
suicide | ze wil niet meer leven
suicide | ik wil dood zijn
suicide | mijn buurman is suïcidaal
suicide | hij wil er een eind aan maken
suicide | er will sich umbringen
suicide | sie will nicht mehr leben
suicide | er droht, sich umzubringen
suicide | sie will sich das Leben nehmen
suicide | er hat Suizidgedanken
suicide | ich will sterben
suicide | er bringt sich um
suicide | he wants to kill himself
suicide | she is suicidal
suicide | he is going to kill himself tonight
suicide | she wants to end her life
suicide | I want to die
suicide | he does not want to live anymore
danger | danger
danger | Danger !
danger | il est en danger de mort
danger | elle est en danger immédiat
danger | il a un couteau et crie
danger | mon voisin est en danger
danger | hij is in gevaar
danger | hij heeft een mes
danger | gevaar!
danger | sie ist in Gefahr
danger | er hat ein Messer
danger | Lebensgefahr, er ist in Lebensgefahr
danger | she is in danger
danger | he has a knife
danger | call an ambulance
violence | son mari la frappe
violence | il me bat tous les soirs
violence | elle se fait battre par son compagnon
violence | il menace de la tuer
violence | hij slaat haar
violence | ze wordt mishandeld
violence | er schlägt sie
violence | sie wird bedroht
violence | he beats her
violence | he threatened to kill her
child | l'enfant est battu par son père
child | elle secoue son bébé
child | het kind wordt mishandeld
child | das Kind wird geschlagen
child | the child is being beaten
medical | elle a avalé des médicaments
medical | il a avalé toute la boîte de comprimés
medical | il ne respire plus
medical | elle est inconsciente
medical | il a fait une overdose
medical | ze heeft pillen geslikt
medical | hij ademt niet meer
medical | sie hat Tabletten geschluckt
medical | er atmet nicht mehr
medical | he swallowed pills
medical | she is not breathing
medical | he is having a heart attack
""".splitlines()
]


@pytest.mark.parametrize(("kind", "sentence"), EMERGENCIES)
def test_an_emergency_is_recognised_with_its_help_lines(kind: str, sentence: str) -> None:
    emergency = inspect(sentence).emergency
    assert emergency is not None
    assert emergency.kind == kind
    assert emergency.lines[0].number in {"112", "15"}


def numbers(country: str, lang: str, kind: EmergencyKind = "suicide") -> list[str]:
    return [line.number for line in help_lines(country, lang, kind)]


def test_lines_come_by_country_and_language_in_the_agreed_order() -> None:
    assert numbers("BE", "fr") == ["112", "107", "0800 32 123", "103"]
    assert numbers("BE", "nl") == ["112", "106", "1813", "102"]
    assert numbers("BE", "de") == ["112", "108"]
    assert numbers("FR", "fr") == ["15", "112", "3114", "119", "3919"]
    assert numbers("NL", "nl")[:2] == ["112", "113"]
    assert numbers("DE", "de") == ["112", "116 117", "0800 111 0 111", "0800 111 0 222", "116 111"]
    assert numbers("LU", "fr") == numbers("LU", "de") == ["112", "454545"]


def test_an_english_reader_in_belgium_gets_both_communities_lines() -> None:
    assert {"107", "0800 32 123", "106", "1813"} <= set(numbers("BE", "en"))


def test_the_kind_adds_its_lines_after_the_others() -> None:
    assert numbers("BE", "fr", "violence")[-2:] == ["101", "0800 30 030"]
    assert numbers("BE", "nl", "medical")[-1] == "070 245 245"


def test_an_unknown_country_still_has_the_european_number() -> None:
    assert numbers("PT", "fr") == ["112"]


@pytest.mark.parametrize("country", ["BE", "FR", "NL", "DE", "LU"])
@pytest.mark.parametrize("lang", ["fr", "nl", "de", "en"])
def test_every_line_says_where_and_when_it_was_checked(country: str, lang: str) -> None:
    kinds: tuple[EmergencyKind, ...] = ("suicide", "medical", "child", "violence", "danger")
    for kind in kinds:
        for line in help_lines(country, lang, kind):
            assert line.name
            assert line.source.startswith(("https://", "http://"))
            assert line.checked >= date(2026, 11, 1)


def test_the_reader_s_language_chooses_the_lines_else_the_words_do() -> None:
    spoken = inspect("hij wil zelfmoord plegen").emergency
    asked = inspect("hij wil zelfmoord plegen", lang="fr").emergency
    assert spoken is not None
    assert asked is not None
    assert [line.number for line in spoken.lines][:2] == ["112", "106"]
    assert [line.number for line in asked.lines][:2] == ["112", "107"]
