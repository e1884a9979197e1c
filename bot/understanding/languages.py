"""Languages by all that a file or a person may call them: ISO's codes, and their names in four languages, folded."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "fr": "fr fra fre francais frans franzosisch french",
    "nl": "nl nld dut neerlandais nederlands niederlandisch dutch flamand vlaams flamisch flemish",
    "de": "de deu ger allemand duits deutsch german",
    "en": "en eng anglais engels englisch english",
    "ar": "ar ara arabe arabisch arabic",
    "es": "es spa espagnol spaans spanisch spanish",
    "it": "it ita italien italiaans italienisch italian",
    "pt": "pt por portugais portugees portugiesisch portuguese",
    "tr": "tr tur turc turks turkisch turkish",
    "pl": "pl pol polonais pools polnisch polish",
    "ro": "ro ron roumain roemeens rumanisch romanian",
    "ru": "ru rus russe russisch russian",
    "uk": "uk ukr ukrainien oekraiens ukrainisch ukrainian",
    "lu": "lu lb ltz luxembourgeois luxemburgs luxemburgisch luxembourgish",
    "fa": "fa farsi persan dari",
    "sgn": "sgn lsfb lsf vgt signes gebarentaal",
    "so": "so somali",
    "ti": "ti tigrinya",
    "sq": "sq albanais albanees",
    "ps": "ps pachto pashto",
    "ku": "ku kurde",
    "bg": "bg bulgare",
    "zh": "zh chinois",
}
LANGUAGE_OF: Final = {name: code for code, names in NAMES.items() for name in names.split()}
