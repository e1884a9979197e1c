"""Whom a question is for: an age or a time of life, a group, and whether the asker is a relative or a professional."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.understanding.ages import OLDEST
from bot.understanding.spelling import fold, tokens

ANY: Final = (0, OLDEST)
_CLAUSE: Final = re.compile(r"[,;:.!?()\n–—]")


@dataclass(frozen=True, slots=True)
class Persons:
    """`ages` is the interval of years the person may have; `exact` when a number was said.

    `relative`: asked for somebody's parents, partner or friends, whose own age is another one. `sex` is "men" or "women"
    where it was said of whom it is for.
    """

    ages: tuple[int, int] = ANY
    exact: bool = False
    relative: bool = False
    groups: frozenset[str] = frozenset()
    sex: str = ""

    @property
    def known(self) -> bool:
        return self.ages != ANY


_YEARS: Final = re.compile(
    r"\b(\d{1,3}) ?(?:ans?|a|jaar|jarige?n?|jahre?n?|jahrige[rns]?|years?|yrs?|yo|y o|year old|piges)\b(?! (?:de|d|que|van|of|lang|ago|vorher|geleden) )"
)
_VAN: Final = re.compile(
    r"\b(?:jongere|jongen|meisje|kind|kindje|peuter|kleuter|zoon|zoontje|dochtertje|dochter|vrouw|man|moeder|vader|tochter|sohn|junge|madchen|girl|boy|son|daughter|teenager|ado|fils|fille|jeune|gamin|gamine|garcon)\s+(?:van|von|of|aged|de)\s+(\d{1,2})\b(?! (?:mois|semaines|maand|weken|monate|wochen|months|weeks))"
)
# How long it has lasted, or when it began, is nobody's age: "il boit depuis plus de 20 ans".
_LASTED: Final = re.compile(
    r"\b(?:depuis|il y a|pendant|durant|sinds|al|seit|since|for)"
    r"(?: (?:plus de|moins de|au moins|pres de|environ|bientot|l age de|ses|mes|meer dan|minder dan|bijna|ruim|mehr als|uber|fast|mindestens|more than|less than|over|almost|at least|about))?"
    r" \d{1,3} (?:ans|jaar|jahren?|years?)\b(?! (?:olds?|and|or)\b)"
)
# The number ends what is said, or another verb follows it: "j'ai 45, je dors mal", but not "j'ai 30 patients".
_AM: Final = re.compile(
    r"\b(?:j ai|moi|ik ben|ich bin|i m|i am|am|il a|elle a|hij is|zij is|ze is|er ist|sie ist|he is|he s|she is|she s) (\d{2})\b"
    r"(?=$| (?:et|mais|je|j|il|elle|suis|depuis|qui|ou|en|maar|ik|hij|zij|ze|wie|und|aber|ich|er|sie|wer|and|but|i|he|she|who)\b)"
)
_AGED: Final = re.compile(r"\b(?:aged|age de|agee de|alter|leeftijd|im alter von)\s+(\d{1,3})\b")
_OVER: Final = re.compile(
    r"\b(?:plus de|plus que|au moins|a partir de|des|vanaf|ouder dan|boven de|ab|uber|mindestens|over|older than|at least|from) (?:les )?(\d{1,2}) ?(?:ans|jaar|jahren?|years?)\b"
    r"|\b(\d{1,2}) ?(?:ans|jaar|jahren?|years?) (?:et plus|en ouder|en meer|und alter|and over|and older|or older)\b"
)
_UNDER: Final = re.compile(
    r"\b(?:moins de|en dessous de|jusqu a|jonger dan|onder de|tot|unter|junger als|bis|under|younger than|below|up to) (?:les )?(\d{1,2}) ?(?:ans|jaar|jahren?|years?)\b"
)
_SMALL: Final = re.compile(
    r"\b(\d{1,2}) ?(?:mois|semaines?|jours|maand(?:en)?|weken|dagen|monate?n?|wochen?|months?|weeks?)\b"
)
_RANGE: Final = re.compile(r"\b(\d{1,2}) ?(?:-|a|et|tot|bis|to|en|und|and) ?(\d{1,2}) ?(?:ans|jaar|jahren?|years)\b")
# Time of life -> (from, to, words). The first that is said decides.
_STAGES: Final[tuple[tuple[str, int, int, str], ...]] = (
    ("baby", 0, 2, r"bebes?|nourrissons?|nouveau ne\w*|poupon|baby\w*|baby s|zuigeling\w*|saugling\w*|neugeboren\w*|newborns?|infants?"),
    ("toddler", 2, 6, r"tout[- ]petits?|jeunes? enfants?|bambins?|maternelle|peuters?|kleuters?|kleinkind\w*|kindergartenkind\w*|toddlers?|preschool\w*"),
    ("teenager", 12, 18, r"ados?|adolescen\w+|teen\w*|tieners?|pubers?|puber\w*|lyceens?|lyceenne\w*|collegiens?|collegienne\w*|mineurs?|minderjarig\w*|minderjahrig\w*|jugendliche[nrs]?|teenager\w*|underage|high school\w*"),
    ("student", 18, 26, r"etudiante?s?|student\w*|studier\w+|kotteurs?"),
    ("youth", 12, 25, r"jeunes?(?! (?:maman|mere|papa|pere|parents?|couple))|jongeren?|jeugd\w*|jungen? (?:mensch\w*|leute)|jugend\w*|young (?:people|person|adult\w*|man|woman)|youths?|djeun\w*"),
    ("senior", 65, 110, r"personnes? agees?|seniors?|aine(?:e)?s?|vieux|vieille|vieillard\w*|papy|mamy|mamie|papi|grands? meres?|grands? peres?|retraite(?:e)?s?|bejaard\w*|ouderen?|oma|opa|oudjes?|gepensioneerd\w*|senioren?|seniorin\w*|altere[nrs]?|rentner\w*|grandm\w+|grandf\w+|elderly|older (?:people|person|man|woman|lady)|pensioners?|granny|nonagenaire|octogenaire"),
    ("child", 3, 12, r"enfants?|gamine?s?|gosses?|fillettes?|petits? (?:garcons?|filles?)|kinder\w*|kind(?:eren|je|jes|es)?|kids?|child\w*|ecolier\w*|primaire|toddler"),
    ("offspring", 3, 25, r"(?:mon|notre|son|leur|ma|sa|notre) (?:fils|fille|ado|gamin|gamine)|fiston|(?:mijn|onze|haar|zijn) (?:zoon|dochter)|(?:mein|meine|meinen|unser|unsere|ihr|ihre|sein|seine) (?:sohn|tochter)|(?:my|our|his|her) (?:son|daughter)|(?:un|une|een|ein|eine|a) (?:fille|garcon|meisje|jongen|madchen|junge|girl|boy)"),
    ("adult", 18, 65, r"adultes?|volwassen\w*|erwachsen\w*|adults?|grown ?ups?"),
)  # fmt: skip
_STAGE: Final = tuple((name, low, high, re.compile(rf"\b(?:{words})\b")) for name, low, high, words in _STAGES)
_RELATIVE: Final = re.compile(
    r"\b(?:parents?|mamans?|mamas?|mama s|papas?|meres?|peres?|proches?|famille\w*|entourage|conjoint\w*|epou\w+|mari|moeders?|vaders?|ouders?|familie\w*|naasten|partner\w*|broer|zus|"
    r"eltern\w*|mutter\w*|vater|angehorige\w*|ehemann|ehefrau|mann|bruder|schwester|mothers?|fathers?|moms?|mums?|dads?|family|families|relatives?|carers?|husband|wife|brother|sister|"
    r"frere|soeur|copain|copine|ami|amie|voisine?|vriend|vriendin|freund|freundin|aidant\w*|mantelzorg\w*)\b"
)
# "my children exhaust me": the asker is the one in need.
_OWN_LOAD: Final = re.compile(
    r"\b(?:avec (?:mes|ses|les|des) (?:enfants|ados|gosses)|de mes enfants|met (?:mijn|haar|hun|de) kinderen|mit (?:meinen|ihren|den|zwei|drei) kindern?|with (?:my|her|the|two|three|\d) (?:kids|children)|avec enfants?|met kinderen|mit kindern|with (?:kids|children)"
    r"|(?:avec|et|ses|a|met|en|heeft|van|mit|und|hat|von|with|and|has|of|de) (?:\d|deux|trois|quatre|cinq|twee|drie|vier|zwei|drei|two|three|four) (?:jeunes |petits |jonge |kleine |kleinen |young |little |small )?(?:enfants|gosses|gamins|kinderen|kindern|kinder|kids|children)"
    r"|d enfants|accro|(?:mes|mijn|meine|my) (?:enfants|kinderen|kinder|kids|children))\b"
)
# "une maman avec un bébé": she is the one in need, and grown up.
_PARENT_OF_BABY: Final = re.compile(
    r"\b(?:mamans?|mamas?|meres?|mere|papas?|peres?|parents?|femmes?|dames?|jeune femme|moeders?|vrouw|vaders?|ouders?|mutter|frau|vater|eltern|mothers?|moms?|mums?|woman|fathers?|dads?) "
    r"(?:\w+ ){0,4}?(?:avec|et|d|de|a|ont|met|en|van|heeft|mit|und|von|hat|with|and|of|has) (?:(?:un|une|son|sa|leur|le|petit|jeune|een|haar|hun|kleine|ein|einem|eine|ihrem|einen|ihr|kleinen|a|an|her|their|the|new|little) )*"
    r"(?:bebes?|nourrissons?|nouveau ne\w*|baby\w*|zuigeling\w*|saugling\w*|neugeboren\w*|newborns?|infants?)\b"
    r"|\b(?:jeunes? mamans?|jeunes? meres?|jonge (?:moeder|mama)s?|junge (?:mutter|mama)s?|(?:young|new) (?:mother|mum|mom)s?)\b"
)
GROWN: Final = (16, 50)
# Whom it is sought for, not whose husband or wife is spoken of.
_A_MAN: Final = re.compile(
    r"\b(?:(?:un|pour|d|des|les|aux|vieil|jeune|sdf) (?:jeunes? )?hommes?|pour monsieur|(?:een|voor|dakloze|oudere|jonge) (?:jonge )?mann?(?:en)?|(?:ein|einen|fur|junger|alterer|obdachloser) (?:jungen )?(?:mann|manner)|(?:a|for|homeless|young|old) (?:young )?m[ae]n)\b"
)
_A_WOMAN: Final = re.compile(
    r"\b(?:(?:une|pour|d|des|les|aux|jeune|vieille) (?:jeunes? )?(?:femmes?|dames?)|(?:een|voor|dakloze|oudere|jonge) (?:jonge )?(?:vrouw(?:en)?|dames?)|(?:eine|fur|junge|altere|obdachlose) (?:junge )?(?:frau|frauen)|(?:a|for|homeless|young|old) (?:young )?wom[ae]n)\b"
)
_BOTH: Final = re.compile(
    r"\b(?:et|ou|en|of|und|oder|and|or) (?:les |des |aux )?(?:hommes|femmes|mannen|vrouwen|manner|frauen|men|women)\b"
)
_MEN: Final = re.compile(r"\b(?:hommes?|messieurs|mannen|manner\w*|men|papas|peres|vaders|vater)\b")
_WOMEN: Final = re.compile(r"\b(?:femmes?|dames|mamans?|meres?|vrouwen|moeders|frauen\w*|mutter|women|mothers)\b")
_GROUPS: Final = {
    "women": r"femmes?|dames?|maman|mamans|mere|meres|vrouw\w*|moeders?|frauen?|mutter|mutter\w*|women|woman|mothers?|enceinte|zwanger|schwanger\w*|pregnant",
    "men": r"hommes?|messieurs|monsieur|papas?|peres?|mannen?|manner|man|men|vaders?|vater|fathers?",
    "families": r"familles?|gezin\w*|familien?|families|parents|ouders|eltern",
    "students": r"etudiante?s?|student\w*|studier\w+",
    "refugees": r"refugie\w*|demandeurs? d asile|asiel\w*|vluchteling\w*|fluchtling\w*|gefluchtet\w*|refugees?|asylum\w*|sans papiers|migrant\w*|exile\w*",
    "homeless": r"sans[- ]abri|sdf|dakloz\w*|obdachlos\w*|homeless|a la rue",
    "disabled": r"handicap\w*|beperking\w*|behinder\w*|disab\w*",
    "workers": r"salarie\w*|travailleur\w*|employe\w*|werknemer\w*|arbeitnehmer\w*|workers?|employees?",
    "jobseekers": r"chomeu\w+|demandeurs? d emploi|werkloz\w*|werkzoekend\w*|arbeitslos\w*|unemployed|jobseekers?",
    "lgbt": r"lgbt\w*|gay|homo\w*|lesb\w*|trans\w*genre\w*|transgender\w*|holebi\w*|queer",
}
_GROUP: Final = {name: re.compile(rf"\b(?:{words})\b") for name, words in _GROUPS.items()}


def persons(text: str) -> Persons:
    plain = _LASTED.sub(" ", _plain(text))
    sex = "" if _BOTH.search(plain) else _one_of(_A_MAN.search(plain), _A_WOMAN.search(plain))
    found = _persons(plain)
    if not found.exact and (age := _age_alone(text)):
        found = replace(found, ages=(age, age), exact=True)
    return replace(found, sex=sex)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _age_alone(text: str) -> int:
    """The age that somebody says without "years", 0 where nobody does."""
    said = (_AM.search(_plain(clause)) for clause in _CLAUSE.split(text))
    return next((int(match[1]) for match in said if match), 0)


def meant_for(text: str) -> str:
    """Whom an offer's text speaks of alone, "men" or "women"; empty where it is neither or both."""
    plain = " ".join(tokens(text))
    return _one_of(_MEN.search(plain), _WOMEN.search(plain))


def _one_of(men: object, women: object) -> str:
    return "" if bool(men) == bool(women) else "men" if men else "women"


def _persons(plain: str) -> Persons:
    groups = frozenset(name for name, pattern in _GROUP.items() if pattern.search(plain))
    relative = bool(_RELATIVE.search(plain))
    if match := _RANGE.search(plain):
        low, high = sorted((int(match[1]), int(match[2])))
        return Persons((low, high), exact=True, relative=relative, groups=groups)
    if (match := _OVER.search(plain)) and (age := int(match[1] or match[2])) > 3:
        return Persons((age, OLDEST), exact=True, relative=relative, groups=groups)
    if (match := _UNDER.search(plain)) and (age := int(match[1])) > 3:
        return Persons((0, age - 1), exact=True, relative=relative, groups=groups)
    for pattern in (_YEARS, _VAN, _AGED):
        if (match := pattern.search(plain)) and 0 < int(match[1]) <= 110:
            age = int(match[1])
            return Persons((age, age), exact=True, relative=relative, groups=groups)
    if _PARENT_OF_BABY.search(plain):
        return Persons(GROWN, exact=False, relative=relative, groups=groups)
    if _SMALL.search(plain) and _STAGE[0][3].search(plain):
        return Persons((0, 1), exact=False, relative=relative, groups=groups)
    own = bool(_OWN_LOAD.search(plain))
    for name, low, high, pattern in _STAGE:
        if pattern.search(plain) and not (own and name in {"child", "teenager", "toddler", "offspring"}):
            return Persons((low, high), exact=False, relative=relative, groups=groups)
    return Persons(relative=relative, groups=groups)


def person_words(text: str) -> frozenset[str]:
    """The folded words of the text that only say whom it is for: "jeune", "moeder", "Frau"."""
    plain = _plain(text)
    patterns = [pattern for _, _, _, pattern in _STAGE]
    found = [match[0] for pattern in (*patterns, *_GROUP.values(), _RELATIVE) for match in pattern.finditer(plain)]
    return frozenset(word for said in found for word in said.split())
