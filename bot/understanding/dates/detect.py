"""Which language a sentence is in, by its small words and its words for days and months."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.dates.nodes import LANGUAGES, fold_distinctly

SMALL = {
    "fr": "le la les un une du des de au aux et est sont pour avec dans sur par qui que nous vous ils elle ce cette il se d l j n s qu on "
    "avant apres fin ici svp plait doit sera faut mais ou pas plus tous toutes chaque rapport envoyer envoie leur notre votre a",
    "nl": "de het een en van voor met op in te dat die is zijn wij we jullie u niet ook naar bij tegen uiterlijk aub graag moet zal worden "
    "wordt kan kunnen ik hij ze ons onze elke iedere tot binnen over om nog even komt eind volgende week maand dag dagen werkdagen aan",
    "de": "der die das und ist sind ein eine einen fur mit auf zu von dem den des nicht auch bis wir ihr sie ich er es am im zum zur bitte "
    "muss soll wird werden kann konnen unser unsere jede jeden spatestens innerhalb nach vor ende nachste woche noch alle tage tagen "
    "werktagen werktage arbeitstage monat uhr frist kw fruh war eines einer",
    "en": "the a an and is are of for with on in to that this we you they it not also by before after please must will should can our your "
    "their at from every each next last week month day days until due end within have be",
}
STRONG = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier avril mai juin juillet aout septembre octobre novembre decembre "
    "demain apres aujourd semaine mois trimestre semestre annee jours ouvrables prochain prochaine paques noel toussaint avant jusqu endeans aprem midi soir matin heure heures ans",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei juni juli augustus oktober overmorgen vandaag "
    "tegen uiterlijk volgende komende werkdagen jaareinde uur maand kwartaal jaar pasen kerstmis allerheiligen weken dagen eind vanavond elke maanden uren was",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz juni juli august oktober dezember ubermorgen heute "
    "spatestens nachste nachsten nachster kommenden woche wochen monat jahr quartal ostern weihnachten werktagen jeden bis stunde stunden monaten morgen abend mittag anderthalb",
    "en": "monday tuesday wednesday thursday friday saturday sunday january february march may june july august october tomorrow today "
    "tonight week month quarter year deadline by before until within easter christmas every next",
}
WEIGHTS: dict[str, dict[str, int]] = {}
for _lang in LANGUAGES:
    for _word in SMALL[_lang].split():
        WEIGHTS.setdefault(_word, {})[_lang] = 1
    for _word in STRONG[_lang].split():
        WEIGHTS.setdefault(_word, {})[_lang] = 3
WORD = re.compile(r"[^\W\d_]+")
FIRST = 4000


def languages(text: str, preferred: str | None = None) -> list[str]:
    """The languages the text shows words of, best first; only its first 4000 characters are looked at."""
    scores = counts(text)
    if preferred in scores:
        scores[preferred] += 1
    order = sorted(LANGUAGES, key=lambda lang: -scores[lang])
    return [lang for lang in order if scores[lang] > 0] or list(LANGUAGES)


@lru_cache(maxsize=256)
def _counts(text: str) -> tuple[int, ...]:
    scores = dict.fromkeys(LANGUAGES, 0)
    for word in WORD.findall(text):
        for lang, weight in WEIGHTS.get(fold_distinctly(word), {}).items():
            scores[lang] += weight
    return tuple(scores.values())


def counts(text: str) -> dict[str, int]:
    return dict(zip(LANGUAGES, _counts(text[:FIRST]), strict=True))


def sure(text: str) -> bool:
    """Whether the best language is well ahead of the second."""
    best, second = sorted(counts(text).values(), reverse=True)[:2]
    return best >= 2 * second and best > 1


def leads(text: str) -> bool:
    """Whether one language has more words there than each other."""
    best, second = sorted(counts(text).values(), reverse=True)[:2]
    return best > second


def shown(text: str, lang: str) -> bool:
    """Whether the text has a word for a day, or several small words, of that language."""
    return counts(text)[lang] >= 2
