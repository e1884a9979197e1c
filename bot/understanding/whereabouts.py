"""Where a question is about: the places its text names, misspelt or not, told from the words they look like.

A name alone proves little: "marche", "forêt", "essen", "ans" are words before they are communes. Each mention is
weighed
by what stands before it, by its capital, and by whether the directory asked knows that corner of the country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz import fuzz, process

from bot.understanding.places import Gazetteer, Place, gazetteer
from bot.understanding.spelling import fold, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOCAL_KILOMETRES: Final = 60.0
ENOUGH: Final = 3.0
_TOKEN: Final = re.compile(r"[^\W_]+", re.UNICODE)
# What announces a place surely, and what may announce anything.
_SURE: Final = frozenset(
    [
        "à",
        "a",
        "aux",
        "vers",
        "sur",
        "chez",
        "in",
        "te",
        "nabij",
        "rond",
        "omgeving",
        "regio",
        "near",
        "around",
        "nähe",
        "bei",
        "um",
        "aus",
        "raum",
        "dans",
        "région",
        "region",
        "province",
        "commune",
        "ville",
        "côté",
        "cote",
        "autour",
        "près",
        "pres",
        "dorp",
        "stad",
        "gemeente",
        "gemeinde",
        "kreis",
        "habite",
        "habitant",
        "wohne",
        "woon",
        "woont",
        "live",
        "living",
        "secteur",
        "coin",
        "environs",
        "loin",
        "proche",
        "proximité",
        "proximite",
        "alentours",
        "entre",
        "quartier",
    ]
)
_WEAK: Final = frozenset(
    [
        "de",
        "du",
        "d",
        "des",
        "en",
        "pour",
        "op",
        "van",
        "von",
        "of",
        "from",
        "at",
        "to",
        "na",
        "nach",
        "et",
        "ou",
        "and",
        "or",
        "und",
        "oder",
        "en",
        "pr",
        "ds",
        "l",
        "la",
        "le",
        "les",
    ]
)
_AROUND: Final = re.compile(
    r"\b(pr[eè]s d|proche d|autour d|aux? alentours|environs|r[ée]gion d|c[ôo]t[ée] d|pas loin|secteur|coin d|nabij|in de buurt|omgeving|rond|regio"
    r"|near|around|close to|nähe|umgebung|raum|rund um)",
    re.IGNORECASE,
)
# Words of the four languages that are also names of places: they need a capital or a sure word before them.
_WORDS: Final = frozenset(
    ["ans", "plombier", "marche", "foret", "essen", "halle", "hal", "namen", "as", "peer", "ham", "mol", "berg", "mere", "lier", "spa", "mons", "bras", "sens", "tours", "nice", "lens", "bar", "die", "port", "pont", "bois", "nord", "sud", "est", "centre", "cours", "aide", "aides", "soins", "vie", "femme", "femmes", "homme", "enfant", "mars", "as", "os", "us", "y", "e", "a", "eu", "y", "aime", "dole", "toul", "riez", "vers", "vaux", "ville", "villes", "court", "courcelles", "champ", "champs", "mont", "monts", "val", "vals", "lac", "mer", "mare", "mare", "plage", "source", "sources", "fort", "forte", "tout", "sous", "pas", "ses", "les", "des", "des", "cher", "chere", "lot", "var", "aube", "eure", "orne", "manche", "somme", "moselle", "meuse", "vienne", "creuse", "landes", "rogne", "brie", "lourdes", "loos", "lys", "lille", "leers", "hem", "croix", "saint", "bons", "bonne", "belle", "beau", "grand", "grande", "petit", "petite", "vieux", "neuf", "neuve", "rouge", "noir", "noire", "blanc", "vert", "louer", "louvres", "pierre", "jean", "marie", "paul", "martin", "laurent", "claude", "denis", "remy", "victor", "germain", "leger", "hubert", "vincent", "andre", "michel", "peur", "reine", "roi", "tour", "jour", "nuit", "geel", "balen", "boom", "diest", "zele", "ranst", "haren", "laken", "schoten", "bree", "lanaken", "mere", "melle", "olen", "retie", "gent", "werk", "kind", "heim", "bad", "baden", "wald", "stein", "hof", "dorf", "markt", "bergen", "deur", "deurne", "brecht", "hove", "lint", "rond", "ville", "niel", "puurs", "lo", "lede", "damme", "temse", "moerbeke", "bever", "herne", "ham-sur", "jette", "evere", "bouge", "ohey", "dour", "boussu", "huy", "ciney", "couvin", "chimay", "pepinster", "stree", "nil", "lens", "ecole", "centre", "jeu", "jeux", "vins", "parents", "parent", "hommes", "ados", "perdre", "perdu", "homes", "arret", "violence", "violences", "bains", "mine", "mines", "salle", "salles", "bouche", "oeil", "gap", "foix", "sete", "laon", "auch", "agen", "albi", "pau", "dax", "brest", "rennes", "caen", "rouen", "troyes", "le", "la", "l", "du", "d", "en", "et", "ou", "bar", "barre", "cran", "cure", "der", "das", "in", "on", "dem", "den", "fur", "mit", "besoin", "seul", "seule", "fou", "folle", "cote", "sale", "sales", "allee", "allees", "sante", "passage", "relais", "source", "espoir", "rivage", "envol", "abri", "refuge", "home", "toit", "psy", "dette", "dettes", "loyer", "travail", "emploi", "pension", "famille", "familles", "groupe", "groupes", "parole", "ecoute", "garde", "gardes", "repit", "rue", "place", "gare", "hopital", "clinique", "cpas", "ocmw", "ccas", "amo", "nuits", "jours", "heures", "semaine", "mois", "annees", "an", "ete", "hiver", "printemps", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "avril", "mai", "juin", "juillet", "aout", "colis", "repas", "diner", "manger", "boire", "dormir", "sans", "contre", "avant", "apres", "entre", "toute", "toutes", "tous", "rien", "plus", "moins", "bien", "mal", "trop", "peu", "aux", "chez", "par", "pour", "dont", "mais", "donc", "or", "ni", "car", "mesnil", "blois", "vire", "vitre", "laval", "royan", "cannes", "grasse", "menton", "nice", "digne", "riom", "thiers", "vichy", "dinan", "flers", "creil", "sens", "metz", "nancy", "epinal", "lorient", "quimper", "vannes", "auray", "redon", "fougeres", "rieux", "liege", "bure", "izel", "han", "ave", "on", "sur", "oz", "urt", "arc", "ars", "ain", "marne", "abel", "adam", "aubin", "lise", "louise", "rose", "mon", "ma", "son", "sa", "ton", "ta", "ces", "cet", "cette", "nos", "vos", "notre", "votre", "leur", "leurs", "qui", "que", "quoi", "est", "sont", "suis", "fait", "faire", "veut", "veux", "peut", "peux", "ne", "se", "te", "me", "il", "elle", "ils", "elles", "je", "tu", "nous", "vous", "een", "het", "van", "voor", "met", "mijn", "wie", "wat", "waar", "ich", "mein", "wer", "wo", "ist", "the", "my", "his", "her", "who", "where", "what", "accueil", "ecoutes", "besoins", "ici", "suite", "urgence", "crise", "jeunes", "jeune", "ado", "ados", "bebe", "mere", "pere", "fille", "fils", "frere", "soeur", "mari", "copain", "amie", "amis", "voisin", "voisine", "chambre", "maison", "route", "chemin", "fontaine", "chapelle", "moulin", "pre", "pres", "bas", "haut", "haute", "basse", "gros", "gras", "petits", "grands", "bel", "beaux", "vert", "verte", "rousse", "brune", "riche", "pauvre"]
) - frozenset(["mons", "spa", "liege", "brest", "rennes", "caen", "rouen", "troyes", "metz", "nancy", "lille", "huy", "pau", "albi", "laval", "vannes", "lorient", "quimper", "jette", "evere",
              "pepinster", "gent", "diest", "zele", "ranst", "lanaken", "olen", "retie", "deurne", "brecht", "puurs", "damme", "temse", "moerbeke", "herne", "ohey", "dour", "boussu", "ciney", "couvin", "chimay", "lede", "melle", "niel", "izel", "courcelles", "toul", "riom", "thiers", "vichy", "dinan", "flers", "creil", "epinal", "auray", "redon", "fougeres", "loos", "leers", "agen", "auch", "laon", "foix", "dax", "royan", "blois", "balen", "stree", "urt"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """`places` named in the text, likeliest reading each; `around` when it says near; `span` marks their characters."""

    places: tuple[Place, ...] = ()
    around: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    guessed: bool = False

    @property
    def place(self) -> Place | None:
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True)
class _Mention:
    score: float
    start: int
    end: int
    place: Place
    guessed: bool = False


class Homes:
    """The corner of the country a directory covers: where its offers are, and the names around them."""

    def __init__(self, communes: Sequence[str]) -> None:
        """`communes`: codes, each once; the first 400 are enough to know the corner."""
        book = gazetteer()
        self.places = [book.places[code] for code in dict.fromkeys(communes) if code in book.places][:400]
        self.countries = {place.country for place in self.places}
        self._local: dict[str, list[str]] | None = None
        self._codes: frozenset[str] = frozenset()
        self._initials: dict[str, list[str]] = {}

    @property
    def local(self) -> dict[str, list[str]]:
        """Normalised names within LOCAL_KILOMETRES of the directory, with the codes they stand for."""
        if self._local is None:
            book = gazetteer()
            near = np.zeros(len(book.communes), dtype=bool)
            # A coarse grid of centres: many offers share a corner.
            seen: set[tuple[int, int]] = set()
            for place in self.places:
                if np.isnan(place.lat) or (cell := (round(place.lat * 8), round(place.lon * 8))) in seen:
                    continue
                seen.add(cell)
                near |= book.distances(place) <= LOCAL_KILOMETRES
            codes = {book.communes[row].code for row in np.flatnonzero(near)}
            local = {
                key: inside
                for key, members in book.names.items()
                if (inside := [code for code in members if book.places[code].commune in codes])
            }
            # Shown once it is whole: several may ask at once.
            self._codes = frozenset(codes)
            self._local = local
        return self._local

    def spelt_like(self, initial: str) -> list[str]:
        """Local names of five letters or more that begin with that letter."""
        if not self._initials:
            groups: dict[str, list[str]] = {}
            for key in self.local:
                if len(key) >= 5:
                    groups.setdefault(key[0], []).append(key)
            self._initials = groups
        return self._initials.get(initial, [])

    def __contains__(self, place: Place) -> bool:
        _ = self.local
        if place.kind == "area":
            book = gazetteer()
            return any(home.commune in place.covers or home.area in place.covers for home in self.places) or any(
                book.places[code].area in place.covers for code in list(self._codes)[:200]
            )
        return place.commune in self._codes


@lru_cache(maxsize=1)
def _nowhere() -> Homes:
    return Homes(())


def find(text: str, homes: Homes | None = None, is_word: Callable[[str], bool] | None = None) -> Where:
    """`is_word` tells ordinary words, folded, which are never taken for a misspelt place."""
    homes = homes or _nowhere()
    book = gazetteer()
    tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    mentions = [*_exact(text, tokens, homes, book), *_misspelt(text, tokens, homes, book, is_word)]
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.score - (m.end - m.start) / 5, m.start - m.end)):
        if mention.score >= ENOUGH and all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    if not kept:
        return Where()
    strong = [mention for mention in kept if mention.score >= kept[0].score - 2.5]
    spans = tuple((mention.start, mention.end) for mention in strong)
    places = tuple(dict.fromkeys(mention.place for mention in strong))
    return Where(places, bool(_AROUND.search(text)), spans, kept[0].guessed)


def _exact(text: str, tokens: list[tuple[int, int, str]], homes: Homes, book: Gazetteer) -> list[_Mention]:
    found = []
    for first in range(len(tokens)):
        for last in range(first, min(first + 6, len(tokens))):
            key = normalise(" ".join(token for _, _, token in tokens[first : last + 1]))
            if key not in book.names and not (first == last and key.isdigit() and key in book.postal):
                continue
            for place in book.named(key, homes.places)[:3]:
                score = _weigh(text, tokens, first, last, place, homes)
                found.append(_Mention(score, tokens[first][0], tokens[last][1], place))
    return found


def _weigh(text: str, tokens: list[tuple[int, int, str]], first: int, last: int, place: Place, homes: Homes) -> float:
    start, end = tokens[first][0], tokens[last][1]
    key = normalise(text[start:end])
    before = fold(tokens[first - 1][2]) if first else ""
    earlier = fold(tokens[first - 2][2]) if first > 1 else ""
    raw_before = tokens[first - 1][2].casefold() if first else ""
    sure = (before in _SURE and raw_before != "a") or (before in _WEAK and earlier in _SURE)
    capital = text[start].isupper() and (first > 0 or last > first)
    last_one = last == len(tokens) - 1
    after_comma = bool(re.search(r"[,(:;–-]\s*$", text[:start])) and first > 0
    shape = (
        (2.0 if sure else 0.7 if before in _WEAK else 0.0) + (1.5 if capital else 0.0) + (1.2 if last > first else 0.0)
    )
    shape += (1.2 if after_comma else 0.0) + (0.6 if last_one else 0.0)
    if (
        capital
        and last_one
        and not sure
        and before not in _WEAK
        and place in homes
        and text[: tokens[first][0]].islower()
    ):
        shape += 1.2  # "thuiszorg Marche": nothing else is written large, and it is a name of here
    if key.isdigit():
        # A number is a postal code when it looks like one of here, or when a place stands beside it.
        return 3.2 if place in homes or re.search(r"\bcp\b", fold(text)) else 1.5 + shape / 2
    known = 2.2 if place in homes else 0.6 if place.country in homes.countries else 0.0
    people = min(np.log10(place.population + 1), 6.0) / 5 if place.kind != "area" else 1.6
    meant = [part for part in key.split() if part not in {"l", "d", "la", "le", "les", "de", "du", "des"}]
    word = (
        -3.2
        if all(part in _WORDS for part in meant) or key.isdigit() or (len(key) < 3 and place.kind != "area")
        else 0.0
    )
    if len(key) < 4 and place.kind == "area" and not text[start:end].isupper() and key not in {"bxl", "bru"}:
        word = -2.0
    if place.kind != "area" and not homes.places:
        known = 1.0  # nothing is known of the directory: the text decides
    if place.population < 2000 and place not in homes and not capital:
        word -= 1.5
    return float(shape + known + people + word)


def _misspelt(
    text: str, tokens: list[tuple[int, int, str]], homes: Homes, book: Gazetteer, is_word: Callable[[str], bool] | None
) -> list[_Mention]:
    if not homes.places:
        return []
    found = []
    for first in range(len(tokens)):
        for last in range(first, min(first + 3, len(tokens))):
            spelt = normalise(" ".join(token for _, _, token in tokens[first : last + 1]))
            if len(spelt) < 5 or spelt in book.names or spelt in _WORDS or spelt.isdigit():
                continue
            if any((is_word is not None and is_word(word)) or word in _SURE or word in _WEAK for word in spelt.split()):
                continue
            best = process.extractOne(spelt, homes.spelt_like(spelt[0]), scorer=fuzz.ratio, score_cutoff=80)
            if best is None:
                continue
            place = max((book.places[code] for code in homes.local[best[0]]), key=lambda p: p.population)
            score = _weigh(text, tokens, first, last, place, homes) - (100 - best[1]) / 10
            found.append(_Mention(score + 0.6, tokens[first][0], tokens[last][1], place, guessed=True))
    return found
