"""Sentences that join a person to a health detail: shown masked, with nothing of the person left."""

import pytest

from bot.understanding.privacy import inspect

# What must not be readable any more, then the sentence.
SENTENCES = [
    tuple(line.split(" | ", 1))
    for line in """\
D. 34 dépressive Risperdal | Mme D., 34 ans, dépressive, ne prend plus son Risperdal
Jean | mon patient Jean
Lucas autiste | le petit Lucas, autiste
J.D TS | J.D. a fait une TS
Peeters schizofreen | dhr. Peeters is schizofreen
Dupont dépression | Mme Dupont fait une dépression depuis janvier
Dupont depression | mme dupont fait une depression
DUPONT DÉPRESSIVE | MME DUPONT EST DÉPRESSIVE
Lejeune alcoolique | M. Lejeune est alcoolique et vit seul
Karim bipolaire | Karim est bipolaire, il faut le revoir
Nadia burn-out | Nadia est en burn-out depuis trois mois
Nadia burn out | Nadia est en burn out depuis trois mois
Renard schizophrénie | Jean Renard est suivi pour une schizophrénie
Sophie anorexique | Sophie, anorexique, sort de l'hôpital jeudi
Xanax Legrand | Monsieur Legrand prend du Xanax tous les soirs
Legrand traitement | Mr Legrand a arrêté son traitement
K.L hospitalisée | K.L. est hospitalisée à Bertrix
Collard décompense | Mme Collard décompense, qui peut passer ?
décompensation D. | Mme D. est venue hier. Elle est en pleine décompensation.
Yusuf psychotique | Notre patient Yusuf est psychotique
42 alcoolique | Un homme de 42 ans, alcoolique, est arrivé hier à l'accueil
17 suicidaire | Patiente de 17 ans, suicidaire, placée chez nous
Marie dépressive | Marie est dépressive
Marie dépresive | Marie est dépresive
Kevin schyzophrène | Kevin est schyzophrène
Théo TDAH | Théo a un TDAH, l'école demande un bilan
Lambert démente | Mme Lambert, 82 ans, démente, fugue chaque nuit
82 | Mme Lambert, 82 ans, démente, fugue chaque nuit
Emma scarifie | Emma se scarifie à nouveau
Hugo dépression | Hugo parle de sa dépression à tout le monde
Dumont cancer | Monsieur Dumont a un cancer
VIH Benali | Monsieur Benali est atteint du VIH
Simon autiste | mon voisin Simon est autiste
L. psychose | la patiente L. fait une psychose
Mathieu méthadone | Mathieu est sous méthadone
Claes addiction | Mme Claes souffre d'une addiction au jeu
Rosa toxicomane | La maman de Rosa est toxicomane
Michel dépression | la dépression de Michel inquiète l'équipe
Pauline angoisses | Pauline a des angoisses terribles
Arnaud rechute | Arnaud rechute, qui le suit ?
D.M dépressif | D.M., 51 ans, dépressif, refuse l'aide
51 | D.M., 51 ans, dépressif, refuse l'aide
Thierry idées suicidaires | Thierry a des idées suicidaires
Gilles Seroquel | Gilles ne prend plus son Seroquel
Gilles médicaments | Gilles ne veut plus prendre ses médicaments
lucas médicaments | lucas refuse ses médicaments
dépressif Jean | le patient dépressif Jean Dupont revient lundi
Martin autiste | Mme Martin, maman d'un fils autiste, appelle
Peeters schizofrenie | Mevrouw Peeters lijdt aan schizofrenie
Paul psychiatrique | Paul a été admis à l'hôpital psychiatrique
Marie sortie | Marie est sortie de l'hôpital hier
Bart opgenomen | Bart is opgenomen in de psychiatrie
Janssens verslaafd | Dhr. Janssens is verslaafd aan alcohol
Sofie psychose | Sofie heeft een psychose gehad
Bart depressief | Bart is depressief en komt niet meer buiten
Maes medicatie | Mevr. Maes weigert haar medicatie
Ahmed dementie | cliënt Ahmed heeft dementie
34 psychotisch | patiënt van 34 jaar, psychotisch, zonder woning
45-jarige depressief | Een 45-jarige man is depressief en drinkt
Katrien burn-out | Katrien zit met een burn-out thuis en heeft een burn-out
Wim suïcidaal | Wim is suïcidaal
Wim suicidaal | Wim is suicidaal
K.V depressie | K.V. kampt met een depressie
Jonas autistisch | mijn neef Jonas is autistisch
Emma automutileert | Emma automutileert
Pieter zelfmoordpoging | Pieter heeft een zelfmoordpoging gedaan
Claes dementerend | mevrouw Claes is dementerend
Claes Xanax | mw. Claes neemt Xanax
Stijn psychotisch | Stijn was psychotisch gisteren
Yusuf | onze cliënt Yusuf
De Smet alcoholverslaving | Mevrouw De Smet heeft een alcoholverslaving
Tom angststoornis | Tom heeft een angststoornis
Lotte eetstoornis | Lotte heeft een eetstoornis
Vermeulen depressief | Vermeulen is depressief
Joris slaappillen | Joris neemt zijn slaappillen niet meer
Noa borderline | Noa is borderline
16 suïcidaal | Een meisje van 16 jaar is suïcidaal
Müller depressiv | Frau Müller ist depressiv
Mueller Medikamente | Frau Mueller nimmt ihre Medikamente nicht mehr
Schmitz Schizophrenie | Herr Schmitz leidet an Schizophrenie
Schmitz alkoholabhängig | Herr Schmitz ist alkoholabhängig
Schmitz alkoholabhaengig | Herr Schmitz ist alkoholabhaengig
K. psychotisch | Frau K. ist psychotisch
Lukas Autismus | der kleine Lukas hat Autismus
Anna magersüchtig | Anna ist magersüchtig
34-jähriger depressiv | Ein 34-jähriger Mann ist depressiv
Jürgen Suizidversuch | Jürgen hatte einen Suizidversuch
Weber Demenz | Herr Weber hat Demenz
Petra Burnout | Petra hat ein Burnout
Peter süchtig | Peter ist süchtig
Heinz Depression | Heinz kämpft mit seiner Depression
Ali | unser Patient Ali
M.B schizophren | M.B. ist schizophren
Julia suizidal | Julia ist suizidal
Becker Risperdal | Frau Becker nimmt Risperdal
Klaus Psychose | Klaus hat eine Psychose
Sabine Panikattacken | Sabine hat Panikattacken
Ingrid Essstörung | Ingrid hat eine Essstörung
17 suizidal | Eine Jugendliche, 17 Jahre, suizidal, wurde gebracht
Smith bipolar | Mrs Smith is bipolar
Smith bipolar disorder | Mrs Smith has bipolar disorder
Jones depression | Mr Jones suffers from depression
John medication | John stopped taking his medication
J.S suicidal | J.S. is suicidal
Emily anorexic | Emily is anorexic
Omar | my patient Omar
Carter psychosis | Mr Carter has psychosis
34-year-old schizophrenic | A 34-year-old man is schizophrenic and homeless
Daniel sectioned | Daniel was sectioned last night
Brown dementia | Mrs Brown has dementia
Sarah self-harms | Sarah self-harms
Kevin addicted | Kevin is addicted to heroin
Tom autistic | little Tom, autistic, needs a place, our neighbour Tom is autistic
Laura depressed | Laura seems depressed
Patrick alcoholic | Patrick is an alcoholic
Michael burnout | Michael is in burnout and Michael has burnout
L. eating disorder | Miss L. has an eating disorder
Martha diagnosed | Martha was diagnosed with cancer and Martha diagnosed herself
William lithium | William is on lithium
Jessica PTSD | Jessica has PTSD
Nathan hears voices | Nathan hears voices
Ryan relapsed | Ryan relapsed
Victor pills | Victor refuses his pills
Willems troubles | Madame Willems présente des troubles bipolaires et ne dort plus
Lucas tuer | Lucas veut se tuer
Emma zelfmoord | Emma wil zelfmoord plegen
Paul umbringen | Paul will sich umbringen
Tina depression | Tina's depression is worse, Tina has depression
""".splitlines()
]


@pytest.mark.parametrize(("hidden", "sentence"), SENTENCES)
def test_a_person_and_a_health_detail_are_masked_and_asked_about(hidden: str, sentence: str) -> None:
    seen = inspect(sentence)
    assert seen.verdict == "ask"
    gone = hidden.split(maxsplit=1)[0]
    assert gone not in seen.masked.replace("Martha diagnosed", "")
    assert "••" in seen.masked
    for span in seen.patient:
        assert span.kind in {"name", "age", "health"}
        assert 0 <= span.start < span.end <= len(sentence)


def test_there_are_enough_of_them() -> None:
    assert len(set(SENTENCES)) >= 120


def test_what_is_said_of_the_person_is_masked_too() -> None:
    assert (
        inspect("Mme D., 34 ans, dépressive, ne prend plus son Risperdal").masked
        == "Mme ••, ••, ••, ne prend plus son ••"
    )


def test_a_name_is_masked_wherever_it_comes_back() -> None:
    seen = inspect("Karim est bipolaire. Le CPAS rappelle que Karim attend une place.")
    assert "Karim" not in seen.masked


def test_accents_typed_as_two_characters_change_nothing() -> None:
    seen = inspect("Mme D. est de\u0301pressive et schizophre\u0300ne")
    assert seen.masked == "Mme •• est •• et ••"
