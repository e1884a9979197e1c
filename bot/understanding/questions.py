"""What a question asks for: what is sought, for whom, where, in which language, at what price, when and how to get in.

`understand(text, lang)` turns one message in French, Dutch, German or English into an `Understood`. It reads words
(`themes`), places (`whereabouts`) and persons (`persons`); nothing is looked up in a directory, but `homes` tells which
corner of the country the directory covers, so that "Forest" or "Marche" are read as the people there read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.understanding import whereabouts
from bot.understanding.asked_price import AskedPrice, asked_price
from bot.understanding.persons import Persons, person_words, persons
from bot.understanding.refused import without_refused
from bot.understanding.spelling import tokens, words
from bot.understanding.spoken import without_languages
from bot.understanding.stems import ALL_STOP, LANGS, Lang, content, language_of, languages_of
from bot.understanding.themes import vocabulary
from bot.understanding.whereabouts import Homes, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Understood:
    """`themes` are weighed; `rest` is the text without its places, which is what is compared with offers.

    `advice` marks a question about a person's own diagnosis or medicines, which is for a doctor and gets no answer;
    `outside` one about what a care directory does not hold (a plumber, a train); `language_alone` one about who speaks
    a language, whatever they do. `wholly`: its themes say all of it but for whom; `bare`: it says
    for whom, where or how at the most, and not what.
    """

    text: str
    lang: Lang
    rest: str
    themes: Mapping[str, float] = field(default_factory=dict)
    where: Where = field(default_factory=Where)
    who: Persons = field(default_factory=Persons)
    languages: tuple[str, ...] = ()
    price: AskedPrice = field(default_factory=AskedPrice)
    evening: bool = False
    weekend: bool = False
    formats: frozenset[str] = frozenset()
    direct: bool = False
    urgent: bool = False
    advice: bool = False
    outside: bool = False
    language_alone: bool = False
    wholly: bool = False
    bare: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds its themes point at, the surest first."""
        book = vocabulary()
        ranked = sorted(self.themes, key=lambda theme: -self.themes[theme])
        return tuple(dict.fromkeys(book.themes[theme].kind for theme in ranked))


_EVENING: Final = re.compile(
    r"\b(le soir|en soiree|soirs?|apres (?:le )?(?:travail|boulot|journee|(?:17|18|19|20) ?(?:h\w*)?)|s avonds|avonds?|na (?:het werk|(?:17|18|19|20) ?u\w*)"
    r"|abends?|nach feierabend|(?:ab|nach) (?:17|18|19|20) ?uhr|in the evening|evenings?|after work|after (?:5|6|7) ?pm)\b"
)
_WEEKEND: Final = re.compile(
    r"\b(week[- ]?ends?|samedis?|dimanches?|zaterdag\w*|zondag\w*|wochenende\w*|samstag\w*|sonntag\w*|saturdays?|sundays?)\b"
)
_URGENT: Final = re.compile(
    r"\b(urgen\w+|en crise|ce soir|tout de suite|dringend\w*|nu meteen|vanavond|nood|sofort|heute nacht|tonight|right now|immediately|emergency)\b"
)
_DIRECT: Final = re.compile(r"\b(sans (?:prescription|ordonnance|rendez[- ]?vous|rdv)|zonder (?:afspraak|voorschrift|verwijzing)|ohne (?:termin|uberweisung)|walk[- ]?in|without (?:referral|appointment))\b")  # fmt: skip
_FORMATS: Final = {
    "group": r"groupes?|collecti\w+|cercle|atelier\w*|praatgroep\w*|groep\w*|lotgenoten\w*|gruppe\w*|gesprachsgruppe\w*|selbsthilfegruppe\w*|groups?|workshop\w*",
    "home_visit": r"a domicile|chez (?:moi|elle|lui|eux|les gens)|aan huis|thuis\w*|nach hause|zu hause|hausbesuch\w*|at home|home visit\w*",
    "phone": r"par telephone|telephon\w+|au tel|appeler|bellen|telefon\w*|anrufen|by phone|phone|call",
    "online": r"en ligne|visio\w*|a distance|tchat|chat|online|videocall|remote\w*",
    "residential": r"sejour|hospitalis\w+|hebergement|internat|opname|verblijf|stationar\w*|inpatient|residential",
    "individual": r"individuel\w*|entretien\w*|consultation\w*|individueel|einzel\w*|one[- ]to[- ]one|individual",
}
_FORMAT: Final = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _FORMATS.items()}
# The same, cut in words that a text's own are compared with once each, and in phrases, which need the text.
_BRANCHES: Final = {name: re.findall(r"(?:\([^)]*\)|[^|(])+", pattern) for name, pattern in _FORMATS.items()}
_WORDS: Final = {
    name: re.compile("|".join(branch for branch in branches if " " not in branch))
    for name, branches in _BRANCHES.items()
}
_PHRASES: Final = {
    name: re.compile(rf"\b(?:{'|'.join(phrases)})\b")
    for name, branches in _BRANCHES.items()
    if (phrases := [branch for branch in branches if " " in branch])
}
_PHRASE: Final = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _PHRASES.values()))
# Questions for a doctor: a dose, a choice of medicine, a diagnosis of oneself.
_ADVICE: Final = re.compile(
    r"\b(?:(?:dois|puis|peut|faut|devrais|peux|est ce que je|si je|moet ik|mag ik|soll ich|darf ich|should i|can i) .{0,30}\b(?:doses?|dosage|traitement|medocs?|medicaments?|medicatie|dosis|medikamente?|medication|meds|pilules)"
    r"|combien de (?:mg|milligrammes?|comprimes?|cachets?|gouttes?)|quelle? (?:dose|dosage|posologie|quantite)|(?:quels?|quelles?) (?:\w+ )?"
    r"(?:antidepresseurs?|medicaments?|medocs?|anxiolytiques?|somniferes?|traitements?|neuroleptiques?|calmants?|antipsychotiques?|ritaline)\b(?! \w* ?(?:gratuit|a domicile))"
    r"|effets? secondaires?|\b(?:ritaline|rilatine|xanax|prozac|lithium|antidepresseurs?|anxiolytiques?|neuroleptiques?|medicaments?|sertraline|lexomil)\b.{0,20}\b(?:fait|font) (?:maigrir|grossir|dormir|prendre)|est ce que (?:je|j ) ?(?:suis|ai|fais) (?!le droit|droit)|suis je |ai je (?:une?|un trouble|le|la) |comment (?:savoir|diagnostiquer) si (?:je|j)"
    r"|(?:puis je|peut on|je peux|est ce que je peux) (?:prendre|arreter|melanger|boire de l alcool avec|doubler)|dangereux de (?:prendre|melanger|arreter)"
    r"|quels? sont les symptomes|symptomes? d[eu ]|interactions? (?:avec|entre)"
    r"|hoeveel (?:mg|milligram|pillen|druppels)|welke? (?:dosis|medicijn\w*|medicatie|antidepressiv\w+|pil(?:len)?|slaappil\w*|geneesmiddel\w*|middel(?:en)?)\b|bijwerking\w*|ben ik (?:een )?(?:alcoholist\w*|bipolair|depressief|autistisch|verslaafd|ziek|gek|borderline|psychotisch)"
    r"|heb ik (?:adhd|add|autisme|een depressie|een burn|borderline|dementie)|mag ik .{0,40}(?:pillen|medic\w+|alcohol)|symptomen van"
    r"|wie ?viel(?:e)? (?:mg|milligramm|tabletten|tropfen)|welche[srn]? (?:dosis|medikament\w*|antidepressiv\w+|tabletten|schlafmittel)|nebenwirkung\w*|bin ich (?:ein )?(?:alkoholiker\w*|bipolar|depressiv|autistisch|suchtig|krank|psychotisch)"
    r"|habe ich (?:adhs|autismus|eine depression|borderline|demenz)|darf ich .{0,40}(?:tabletten|medikament\w*|alkohol)|symptome (?:von|einer)"
    r"|how (?:many|much) (?:mg|milligrams?|pills?|tablets?|drops?)|(?:what|which) (?:dose|dosage|medication|antidepressants?|medicines?|pills?|drugs? (?:is|are|should))|side effects?|\b(?:is|are) (?!there)\w+(?: \w+)? safe (?:during|while|for|with|to take|when)|safe to take"
    r"|(?:medicament|comprime|antidepresseur|anxiolytique|traitement)\w* (?:dangereux|compatible)|compatible avec (?:la grossesse|l allaitement|l alcool)|wirkt (?:besser|gegen)|hilft (?:besser )?gegen .{0,30}(?:tablette|medikament)\w*"
    r"|am i (?:an? )?(?:alcoholic|addict|bipolar|depressed|autistic|addicted|ill|psychotic|borderline)|do i have (?:adhd|autism|a depression|depression|dementia|bpd|ocd)|(?:can|should) i (?:take|stop taking|mix|double)|symptoms of)"
)
_SYMPTOM_SEEKERS: Final = re.compile(
    r"\b(ou|qui|vers qui|aupres de qui|waar|wie|wo|wer|where|who)\b.{0,30}\b(aller|consulter|trouver|terecht|naartoe|hin|go|consult|find)\b"
)


def understand(
    text: str,
    lang: str | None = None,
    *,
    usual: str | None = None,
    homes: Homes | None = None,
    is_word: Callable[[str], bool] | None = None,
) -> Understood:
    """`lang` is what the text is written in, when known, and `usual` what its author reads, where the text tells little.

    `is_word` tells the directory's own words from misspelt places.
    """
    detected = languages_of(text)
    main: Lang = next((known for known in LANGS if known == lang), language_of(text, usual))
    book = vocabulary()

    def ordinary(word: str) -> bool:
        return word in ALL_STOP or book.knows(word) or (is_word is not None and is_word(word))

    wanted = without_refused(text, main)
    spoken, silent = without_languages(wanted)
    where = whereabouts.find(silent, homes, ordinary)
    rest = _without(wanted, where.spans)
    subject = _without(silent, where.spans)
    plain = " ".join(words(rest))
    themes, left = book.read(subject, (main, *detected[:1]))
    unsaid = {word for word in left if content(word, main)} - person_words(subject) - ALL_STOP
    outside = {theme: weight for theme, weight in themes.items() if book.themes[theme].outside}
    inside = {theme: weight for theme, weight in themes.items() if theme not in outside}
    return Understood(
        text=text,
        lang=main,
        rest=rest,
        themes=themes,
        where=where,
        who=persons(rest),
        languages=spoken,
        price=asked_price(rest),
        evening=bool(_EVENING.search(plain)),
        weekend=bool(_WEEKEND.search(plain)),
        formats=frozenset(name for name, pattern in _FORMAT.items() if pattern.search(plain)),
        direct=bool(_DIRECT.search(plain)),
        urgent=bool(_URGENT.search(plain)),
        advice=bool(_ADVICE.search(plain)) and not _SYMPTOM_SEEKERS.search(plain),
        outside=bool(outside) and sum(outside.values()) >= sum(inside.values()),
        language_alone=bool(spoken) and not themes and not _YOU.search(plain) and all(map(_ANYBODY.fullmatch, unsaid)),
        wholly=bool(themes) and not unsaid,
        bare=not themes and not spoken and all(map(_ANYTHING.fullmatch, unsaid)),
    )


# Whoever it is, and what they would be asked: beside a language they name no subject. The bot itself is not meant.
_ANYBODY: Final = re.compile(
    r"(?:monde|gens|professionnel\w*|intervenant\w*|prestataire\w*|partenaire\w*|associations?|organism\w*|organisati\w*|equipes?|endroits?|lieux?|offres?|liste|disponibles?|recoit|recoivent|parl\w+|reseau"
    r"|diensten?|hulpverlener\w*|medewerker\w*|vereniging\w*|plaats|aanbod|team|spreekt|spreken|beschikbaar|netwerk"
    r"|dienste?|stellen?|angebote?|fachkraft\w*|fachleute|verein\w*|einrichtung\w*|spricht|sprechen|netzwerk"
    r"|organi[sz]ations?|professionals?|staff|teams?|places?|offers?|available|speaks?|speaking|network|list)"
)
# Words that say nothing of what is sought.
_ANYTHING: Final = re.compile(
    r"\d+|ans?|quoi|quelque|chose|trucs?|aider?|aides?|jaar|iets|hulp|helpen|jahre?n?|etwas|hilfe|helfen|years?|old|something|help|"
    + _ANYBODY.pattern
)
_YOU: Final = re.compile(
    r"\b(?:tu|toi|parlez vous|vous parlez|jij|spreek (?:je|u)|sprichst|sprechen sie|do you|can you)\b"
)


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with those characters blanked, and the small words and commas that introduced them."""
    for start, end in sorted(spans, reverse=True):
        head = re.sub(
            r"(?:\b(?:région d[eu]|province d[eu]|près d[eu]|autour d[eu]|environs d[eu]|à|a|au|de|du|d'|sur|en|in|te|bij|near|around|bei)\s*|[,;–-]\s*)$",
            "",
            text[:start],
            flags=re.IGNORECASE,
        )
        text = f"{head} {text[end:]}"
    return " ".join(text.split())


def formats_of(text: str) -> frozenset[str]:
    """Forms of help a text speaks of: group, individual, home_visit, phone, online, residential, family."""
    said = tokens(text)
    # Few words say a form: the sets they give are nearly always the same empty one.
    found = frozenset().union(*set(map(_formats_of_word, said)))
    plain = " ".join(said)
    if _PHRASE.search(plain):
        found |= {name for name, pattern in _PHRASES.items() if pattern.search(plain)}
    return found


@lru_cache(maxsize=30_000)
def _formats_of_word(word: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _WORDS.items() if pattern.fullmatch(word))
