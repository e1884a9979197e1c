"""Sentences a network says all day: none may be refused, asked about or taken for an emergency."""

import pytest

from bot.understanding.privacy import inspect

FRENCH = """\
Marie et Paul préparent le dépliant de l'hôpital
Marie et Paul préparent les dépliants de la psychiatrie
Sophie Martin, désirant un local, appelle le CPAS
Julie prépare la sortie de l'hôpital avec l'équipe mobile
Marie et Luc sont à l'hôpital de Libramont mardi pour la réunion
Claire représente le secteur hospitalier, Hugo est concerté
Mme Dubois (CPAS) présente le groupe de parole dépression
Le Dr Lambert du service d'addictologie envoie la convention
groupe pour ados de 12 à 18 ans souffrant d'anxiété
prévention du suicide: Anne Dupont coordonne la formation
On retient Vivalia pour l'accueil
journée mondiale de la prévention du suicide
offre de 15 séances pour adultes en burn-out
où envoyer une maman en burn-out qui parle néerlandais près de Forest ?
mon fils de 15 ans ne veut plus aller à l'école, Libramont
Le comité prévention suicide se réunit mardi à 14h.
M. Lejeune anime l'atelier « vivre avec la bipolarité » à Arlon.
Sophie Martin rédige la fiche sur les assuétudes pour fin mai.
@marie envoie la cartographie d'ici fin mai
CPAS d'Arlon et Matilda : orientation sous 5 jours ouvrables, jusqu'au 31/12
qui propose des groupes de parole pour ados à Libramont ?
Le projet autisme démarre en septembre avec Claire Fontaine.
Consultations pour enfants hyperactifs, 45 € la séance, sur rendez-vous.
Les jeunes suicidaires sont reçus sous 48 heures par l'équipe mobile.
Mme Lambert, psychologue, rappelle que la dépression post-partum reste peu dépistée.
Formation « premiers secours en santé mentale » : 14 participants.
Paul Henrotte remplace Julie au groupe de travail double diagnostic.
Le centre accueille des personnes dépendantes à l'alcool, de 18 à 65 ans.
Qui connaît un psychiatre pour une personne bipolaire à Marche ?
Service pour femmes victimes de violences, ouvert 24h/24.
La ligne 107 répond jour et nuit.
Décision : le burn-out devient un thème prioritaire de 2027.
Isabelle coordonne le trajet de soins schizophrénie avec Vivalia.
Nous cherchons un local pour le groupe d'entraide des proches de malades alcooliques.
Le Dr Petit et Mme Roland présentent l'étude sur les antidépresseurs.
Convention signée par Mme Thiry pour l'accueil des usagers de drogues.
Atelier théâtre pour patients hospitalisés, le jeudi.
L'équipe mobile suit 34 patients, dont 12 mineurs.
Prévention du burn-out : conférence de Marc Delvaux le 12 mars.
Le financement du projet est en danger.
La réunion de mardi me tue, on peut la déplacer ?
On va mourir de rire avec la vidéo de fin d'année.
Ne pas se tuer à la tâche : bien-être au travail des équipes.
Les enfants en danger : rôle du SAJ et du SPJ.
Danger : le sol du couloir du Delta est glissant depuis hier
Le colloque traite des médicaments psychotropes chez les seniors.
Jean-Marc Collard prend la présidence du comité de pilotage.
Martine est absente jusqu'au 15 juin.
Thomas est en congé, Sarah prend le relais.
Mme D. sera présente à la réunion.
J.D. remplace A.M. au secrétariat.
Mme Collin a 3 ans d'expérience dans le réseau.
Depuis 15 ans, Matilda accompagne des adultes dépressifs.
Un service pour les 16-25 ans en décrochage et leurs familles
Accompagnement des enfants autistes de 3 à 12 ans, à Neufchâteau
Facture 20260731-00412 de la salle, 350 €.
Numéro d'entreprise BE 0403.170.701
IBAN BE68 5390 0754 7034, communication +++090/9337/55493+++
Appelez le +32 470 12 34 56 ou le 061 22 33 44.
INAMI 1-12345-67-890 de la psychologue conventionnée
Réunion le 12/03/2026 de 14h00 à 16h30, salle 2.
Le numéro 32470123456 est celui du secrétariat.
Référence du dossier 12345678901 transmise à l'AVIQ.
Qui prend en charge un ado de 14 ans anxieux à Bastogne ?
Je cherche pour une dame de 82 ans démente une place en accueil de jour
un homme de 40 ans, alcoolique, cherche une post-cure : où l'orienter ?
Lucas et Emma préparent l'affiche de la semaine de la santé mentale.
Réduction des risques : kit overdose distribué par le comptoir.
La crise suicidaire : module 2 de la formation, avec Nathalie Gérard.
Delphine Marchal du CPAS de Virton relit la brochure sur la démence.
Le Dr Rossi donne une conférence sur le lithium.
Groupe « dépression et moi », animé par Chloé et Hugo.
Anne, peux-tu envoyer le PV de la plénière ?
En cas d'idées suicidaires, le réseau rappelle le 0800 32 123.
L'association Similes soutient les proches de personnes psychotiques.
Vincent Noël tient la permanence Alzheimer du mardi.
"""

DUTCH = """\
Mevrouw Claes van het OCMW stelt de praatgroep depressie voor
Dr. Willems van de dienst verslavingszorg stuurt de overeenkomst door
groep voor jongeren van 12 tot 18 jaar met angststoornissen
Werelddag suïcidepreventie: wie zet een stand?
aanbod van 8 sessies voor volwassenen met een burn-out
waar kan een mama met een burn-out terecht die Frans spreekt?
mijn zoon van 15 jaar wil niet meer naar school, wie kan helpen?
Het comité zelfmoordpreventie vergadert op dinsdag.
Jan Peeters leidt de werkgroep dubbele diagnose.
Sofie Maes geeft een vorming over psychose.
De mobiele equipe volgt 20 patiënten met schizofrenie.
Wie kent een psychiater voor een bipolaire persoon in Gent?
Dhr. Janssens bezorgt het verslag tegen vrijdag.
De lotgenotengroep verslaving zoekt een lokaal.
Eline vervangt Bart tijdens de vakantie.
Het centrum vangt dakloze mensen op vanaf 18 jaar.
Beslissing: we werken met het CAW aan crisisopvang.
De DrugLijn en Tele-Onthaal werken samen.
An Vermeulen coördineert het traject autisme.
Studiedag dementie op 21 september in Leuven.
Katrien is met verlof tot 3 mei.
Ondernemingsnummer 0403.170.701 van de vzw
Rekening BE68539007547034 van het netwerk
Bel 02 123 45 67 of 0470 12 34 56.
Het project is in gevaar door de besparingen.
Jongeren in gevaar: opleiding voor leerkrachten
Mevrouw Maes is voorzitter van de stuurgroep.
We vertellen over medicatie bij ouderen op de studiedag.
Wim, kan jij de zaal boeken?
Zorg voor suïcidale jongeren: 3 workshops
Hulp voor kinderen met autisme van 3 tot 12 jaar
Al 10 jaar begeleidt de dienst depressieve volwassenen.
We slaan de vergadering van juli over.
De tijd doden in de wachtzaal: ideeën voor een leeshoek
"""

GERMAN = """\
Frau Müller von der Beratungsstelle stellt die Gruppe Depression vor
Dr. Weber vom Suchtdienst schickt die Vereinbarung
Gruppe für Jugendliche von 12 bis 18 Jahren mit Angststörungen
Welttag der Suizidprävention: wer macht mit?
Angebot von 8 Sitzungen für Erwachsene mit Burnout
Wo findet eine Mutter mit Burnout Hilfe auf Deutsch in Eupen?
mein Sohn, 15 Jahre, will nicht mehr in die Schule, wer hilft?
Hans Schmitz leitet die Arbeitsgruppe Sucht.
Anna Becker organisiert die Schulung zur Psychose.
Das Team begleitet 20 Patienten mit Schizophrenie.
Wer kennt einen Psychiater für eine bipolare Person in Eupen?
Herr Keller sendet das Protokoll bis Freitag.
Die Selbsthilfegruppe Alkohol sucht einen Raum.
Beschluss: Wir arbeiten mit dem ÖSHZ an der Krisenhilfe.
Fachtagung Demenz am 21. September
Ursula ist bis zum 3. Mai im Urlaub.
Rechnung Nr. 20261231001 vom 12.03.2026
IBAN DE89 3704 0044 0532 0130 00
Telefon +49 30 12345678
Das Projekt ist wegen der Kürzungen in Gefahr.
Hilfe für Kinder mit Autismus von 3 bis 12 Jahren
Seit 10 Jahren begleitet der Dienst depressive Erwachsene.
Frau Klein ist Vorsitzende des Lenkungsausschusses.
Julia Hoffmann moderiert den Abend über Medikamente im Alter.
Depressive Jugendliche erhalten binnen 48 Stunden einen Termin.
Die Telefonhilfe 108 ist Tag und Nacht erreichbar.
"""

ENGLISH = """\
Mrs Brown (council) presents the depression support group
Dr Evans of the addiction service sends the agreement
group for teenagers aged 12 to 18 with anxiety
World Suicide Prevention Day: who runs a stand?
8 sessions for adults with burnout
where can a mother with burnout who speaks Dutch go near Forest?
my son is 15 years old and will not go to school, who can help?
The suicide prevention committee meets on Tuesday.
John Carter leads the dual diagnosis working group.
Emma Wilson runs a training on psychosis.
The mobile team follows 20 patients with schizophrenia.
Who knows a psychiatrist for a bipolar person in Brussels?
Mr Taylor sends the minutes by Friday.
The alcohol self-help group needs a room.
Decision: we work with the council on crisis care.
Sarah is on leave until 3 May.
Invoice 20261231001 of 12/03/2026
Call +44 20 7946 0958
The project is in danger because of the cuts.
Help for autistic children aged 3 to 12
For 10 years the service has supported depressed adults.
David chairs the steering committee.
That meeting nearly killed me, laughing so much
Killing time in the waiting room: ideas for books
We lost a lot of time on the budget.
Suicidal teenagers get an appointment within 48 hours.
"""

SENTENCES = [line for part in (FRENCH, DUTCH, GERMAN, ENGLISH) for line in part.splitlines()]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_work_of_a_network_is_clear(sentence: str) -> None:
    seen = inspect(sentence)
    assert (seen.verdict, seen.masked, seen.emergency) == ("clear", sentence, None)


def test_there_are_enough_of_them() -> None:
    assert len(set(SENTENCES)) >= 150
