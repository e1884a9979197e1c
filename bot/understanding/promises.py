"""A sentence that promises something: who, what, by when. Text and known names -> values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Unpack

from bot.understanding import deadlines
from bot.understanding.deadlines import Deadline, Reading
from bot.understanding.names.subjects import DEPUTY_WORDS
from bot.understanding.parties import LINK
from bot.understanding.spelling import fold

# As alike as "Vivallia" and "Vivalia", unlike "Marie" and "Marc".
SAME = 0.86
ALIKE = 0.5
SHORT = 5

_TOKEN = re.compile(r"@[\w.-]*\w|\w+")
_ARTICLES = {"le", "la", "les", "l", "the", "de", "het", "die", "der", "das", "dem", "den"}
_ARTICLE = re.compile(r"^(?:(?:le|la|les|the|de|het|die|der|das|dem|den)\s+|l['’])", re.IGNORECASE)
_TO = {"a", "pour", "aan", "voor", "an", "fur", "to", "for"}
_AND = {"et", "en", "und", "and", "avec", "met", "mit", "with", "ainsi", "que", "puis"}
_FIRST_PERSON = {"je", "j", "nous", "on", "ik", "wij", "we", "ich", "wir", "i", "moi", "me"}
_DEPUTY = re.compile(rf"(?<![\s,;])[\s,;]*\(?\b(?:{DEPUTY_WORDS})\s*(?::\s*)?(?=[@\w])", re.IGNORECASE)
_AFTER_OWNER = re.compile(r"^[\s:,–—-]+")
_SURNAME = re.compile(r" [A-ZÀ-Ý][a-zà-ÿ]+\b")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]*"
_OF_A_PLACE = re.compile(rf"{LINK.pattern}{_CAPITALISED}(?:[ -]{_CAPITALISED})*")
_VERB = re.compile(r"(?:e|t|d|a|nt|en|st)$")
_NO_VERB = {
    "de", "du", "des", "d", "le", "la", "les", "et", "a", "au", "aux", "pour", "sur", "en", "dans", "avec", "par",
    "une",
    "van", "het", "een", "voor", "met", "und", "mit", "der", "die", "the", "to", "and", "of", "est", "sont",
    "sera", "seront", "wordt", "worden", "wird", "werden", "ist", "is", "will",
}  # fmt: skip
# What a sentence may begin with that names nobody.
_DETERMINERS = {
    "le", "la", "les", "un", "une", "des", "ce", "cet", "cette", "ces", "mon", "ma", "mes", "notre", "nos", "votre",
    "vos", "leur", "leurs", "son", "sa", "ses", "chaque", "tout", "toute", "tous", "toutes", "il", "elle", "ils",
    "elles", "qui", "quelqu", "aucun", "aucune", "de", "het", "een", "dit", "deze", "die", "dat", "ons", "onze", "uw",
    "elke", "alle", "hij", "zij", "er", "iemand", "der", "das", "ein", "eine", "dieser", "diese", "dieses", "unser",
    "unsere", "jeder", "jede", "sie", "es", "jemand", "the", "a", "an", "this", "these", "that", "our", "your",
    "each", "every", "all", "he", "she", "they", "it", "someone", "there",
}  # fmt: skip
# "Sophie Peeters", "le CPAS d'Arlon", "la Maison de la Semois", each perhaps with an organisation in brackets.
_SUBJECT = re.compile(
    # At the beginning alone: sought anywhere, "D-D-D-…" would be read again from each of its letters.
    r"\A(?:(?i:le|la|les|het|de|die|der|das|the)\s+|(?i:l)['’])?"
    rf"(?P<name>{_CAPITALISED}(?:\s+(?:(?:de la|du|des|de|van de|van der|van|von|of)\s+|d['’])?{_CAPITALISED})*)"
    r"(?:\s*\([^()]{2,100}\))?\s+(?!(?:doit|doivent)\s+être|must be)"
)
# Dutch and German: what is to be done with a thing. One person's verb ends otherwise.
_TO_DO = re.compile(r"(?:en|ern|eln)$")
_INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")

_LETTERS = re.compile(r"[^\W\d_]{4}")
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")
# "Moi :", "je m'engage à", which the record says by itself.
_PLEDGE = re.compile(
    r"(?:moi|mij|ik|ich|me|myself)\s*[:,]\s*"
    r"|(?:moi,?\s+)?(?:je m['’]engage|nous nous engageons|on s['’]engage|je promets|nous promettons)"
    r"\s+(?:à|d['’]|de)\s*"
    r"|I\s+(?:commit|promise|undertake)\s+to\s+",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"([A-ZÀ-Ý][\w'’-]+)\s+([A-ZÀ-Ý])\.?")
_ONESELF = re.compile(r"(?:moi(?:-même)?|mij|ik(?:zelf)?|mich|ich|me|myself|I)\b", re.IGNORECASE)
# Mentions that name nobody in particular.
_ALL = {"tous", "toutes", "tout le monde", "all", "channel", "everyone", "here", "ici", "iedereen", "allen", "alle"}
# "All files are sent" is promised by nobody in particular: what "all" counts must be people.
_PEOPLE = (
    r"(?:partenaires?|membres?|participant\w*|present\w*|collegues|services|equipes|organisations|institutions|"
    r"partners?|leden|deelnemers|collega\w*|diensten|teams|aanwezigen|mitglieder\w*|teilnehme\w*|kolleg\w*|dienste|"
    r"anwesenden|members|participants|colleagues)\b"
)
_EVERYONE = re.compile(
    r"(?:nous tous|nous toutes|(?:tous|toutes)(?! (?:les|nos|vos|ces|leurs) (?!" + _PEOPLE + r"))|tout le monde|"
    r"chacun|chacune|chaque (?:membre|partenaire)|"
    r"wij allen|we allemaal|iedereen|elk lid|elke partner|ieder(?= (?:lid|van|\w+t)\b)|wir alle|"
    r"alle (?:de |die |unsere |onze )?" + _PEOPLE + r"|jeder?(?= (?:mitglied|partner\w*|dienst|von|\w+t)\b)|"
    r"we all|all of us|everyone|everybody|each (?:member|partner))\b"
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who may promise; `others` are names they also go by, among them "@handle"."""

    key: str
    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """`owners` and `deputies` are keys; `unknown` stands where a name is expected and is not known.

    `of` is what an unknown name has in brackets behind it: "Sophie Peeters (CPAS d'Arlon) envoie …". `everyone` is
    promised by nobody in particular: "nous tous relisons la charte".
    """

    text: str
    owners: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    unknown: str = ""
    deadline: Deadline | None = None
    of: str = ""
    everyone: bool = False


class Names:
    """Known names, found at the beginning of a text."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = list(known)
        # A name that two go by names nobody.
        self._by_words: dict[tuple[str, ...], str | None] = {}
        for one in self._known:
            for name in {one.name, *one.others}:
                words = _words(name)
                if words and self._by_words.setdefault(words, one.key) != one.key:
                    self._by_words[words] = None
        self._longest = max((len(words) for words in self._by_words), default=0)

    def exactly(self, name: str) -> str | None:
        """The key of who goes by this name, give or take a letter."""
        if (known := self._by_initial(name)) is not None:
            return known
        found = self.at_start(name)
        return found[0] if found and not name[found[1] :].strip(" .,:;!?") else None

    def _by_initial(self, name: str) -> str | None:
        """For "Sophie D.", the one person of that first name whose last name begins so."""
        said = _INITIAL.fullmatch(name.strip())
        if said is None:
            return None
        wanted = (fold(said[1]), fold(said[2]))
        split = ((one.key, _words(one.name)) for one in self._known)
        keys = {key for key, words in split if len(words) > 1 and (words[0], words[-1][0]) == wanted}
        return keys.pop() if len(keys) == 1 else None

    def at_start(self, text: str) -> tuple[str, int] | None:
        """The key of the longest name the text begins with, and where it ends; an article before it is passed over."""
        tokens = list(islice(_TOKEN.finditer(text), self._longest + 1))
        skip = 1 if tokens and fold(tokens[0][0]) in _ARTICLES else 0
        for first in dict.fromkeys((0, skip)):
            for count in range(min(self._longest, len(tokens) - first), 0, -1):
                run = tokens[first : first + count]
                key = self._by_words.get(tuple(fold(token[0]) for token in run))
                if key is not None:
                    nearly = self._nearly(text, tokens[first:])
                    return nearly if nearly and nearly[1] > run[-1].end() else (key, run[-1].end())
        return self._nearly(text, tokens[skip:])

    def _nearly(self, text: str, tokens: Sequence[re.Match[str]]) -> tuple[str, int] | None:
        best: tuple[int, float, str, int] | None = None
        for count in range(1, min(self._longest, len(tokens)) + 1):
            said = " ".join(fold(token[0]) for token in tokens[:count])
            if len(said) < SHORT or not text[tokens[0].start()].isupper():
                continue
            for words, key in self._by_words.items():
                if key is None or len(words) != count:
                    continue
                ratio = SequenceMatcher(None, said, " ".join(words)).ratio()
                if ratio >= SAME and (best is None or (count, ratio) > best[:2]):
                    best = (count, ratio, key, tokens[count - 1].end())
        return best[2:] if best else None

    def nearest(self, name: str, n: int = 3) -> list[Known]:
        """Those whose names are most alike, the best first; people of one first name all count as it."""
        said = " ".join(_words(name))
        rated = [(max(_likeness(said, other) for other in (one.name, *one.others)), one) for one in self._known]
        return [one for rate, one in sorted(rated, key=lambda pair: (-pair[0], pair[1].name)) if rate >= ALIKE][:n]


def read(line: str, names: Names, *, me: str = "", **reading: Unpack[Reading]) -> Promise:
    """Who, what and by when; no owner means whoever speaks, whose key is `me`: "Sabrina et moi préparons la salle"."""
    line, deputies = _deputies(line.strip(), names)
    owners, rest, unknown = _owners(line, names, me)
    found = deadlines.read(rest, **reading)
    text = deadlines.without(rest, found) if found else rest
    if found and not owners and rest.find(unknown) < found.span[1] and not _LETTERS.search(rest[: found.span[0]]):
        # "Le 3 décembre, Marc appelle …": the day comes before whom it is of.
        owners, text, unknown = _owners(text.lstrip(" ,:–-"), names, me)
    text = _AFTER_OWNER.sub("", text).strip()
    whole = _QUOTED.fullmatch(text)
    text = whole[1].strip() if whole else text
    if fold(unknown).lstrip("@") in _ALL:
        return Promise(text, (), deputies, "", found, "", everyone=True)
    everyone = not owners and not unknown and bool(_EVERYONE.match(fold(text)))
    text = text if owners else _PLEDGE.sub("", text, count=1)
    return Promise(text, owners, deputies, unknown, found, _bracketed(rest, unknown), everyone)


def people(text: str, names: Names) -> tuple[tuple[str, ...], str]:
    """The keys of a list of names ("Marie, @paul et le CPAS"), and the first name in it that is not known."""
    found: list[str] = []
    for part in re.split(r"\s*(?:[,;&+]|\b(?:et|en|und|and)\b)\s*(?=\S)", text.strip()):
        key = names.exactly(part)
        if key is None:
            whole = names.exactly(text)
            return ((whole,), "") if whole else (tuple(found), part)
        found.append(key)
    return tuple(dict.fromkeys(found)), ""


def _deputies(line: str, names: Names) -> tuple[str, tuple[str, ...]]:
    found = _DEPUTY.search(line)
    named = names.at_start(line[found.end() :]) if found else None
    if found is None or named is None:
        return line, ()
    after = line[found.end() + named[1] :].lstrip(" )")
    return f"{line[: found.start()]} {after}".strip(), (named[0],)


def _oneself(text: str, names: Names, me: str, *, among: bool) -> tuple[str, int] | None:
    """Whoever speaks, named among others: "Sabrina et moi", "moi et Sabrina"."""
    said = _ONESELF.match(text) if me else None
    following = _next_name(text[said.end() :]) if said else None
    if said is None or not (among or (following is not None and names.at_start(following))):
        return None
    return me, said.end()


def _owners(line: str, names: Names, me: str) -> tuple[tuple[str, ...], str, str]:
    """The keys at the beginning, the rest of the line, and an unknown name there."""
    found: list[str] = []
    rest = line
    first = _TOKEN.match(rest)
    if first and fold(first[0]) in _TO and names.at_start(rest[first.end() :].lstrip()):
        rest = rest[first.end() :].lstrip()
    while (named := _oneself(rest, names, me, among=bool(found)) or names.at_start(rest)) is not None:
        after = rest[named[1] :]
        if (longer := _SURNAME.match(after) or _OF_A_PLACE.match(after)) and not rest.startswith("@"):
            # "Marie Lambert" is not the Marie that is known, nor "CPAS d'Arlon" the only CPAS.
            return tuple(found), rest, _ARTICLE.sub("", rest[: named[1] + longer.end()].strip())
        found.append(named[0])
        rest = rest[named[1] :]
        following = _next_name(rest)
        if following is None:
            break
        if names.at_start(following) is None and _oneself(following, names, me, among=True) is None:
            unknown = _unknown(following)
            return tuple(found), rest, unknown
        rest = following
    if found:
        return tuple(dict.fromkeys(found)), _AFTER_OWNER.sub("", rest), ""
    return (), rest, _unknown(rest)


def _next_name(rest: str) -> str | None:
    """What follows "et", a comma or an ampersand."""
    joined = re.match(r"\s*(?:[,&+/]\s*)?(\w+)?\s*", rest)
    if joined is None:
        return None
    if joined[1] and fold(joined[1]) in _AND:
        return rest[joined.end() :]
    mark = re.match(r"\s*[,&+/]\s*", rest)
    following = rest[mark.end() :] if mark else ""
    return following if following[:1].isupper() or following[:1] == "@" else None


def _unknown(rest: str) -> str:
    """A name that is not known: "@somebody", "Somebody :", or a capitalised word before what looks like a verb."""
    tokens = list(_TOKEN.finditer(rest))
    if not tokens or fold(tokens[0][0]) in _FIRST_PERSON:
        return ""
    if tokens[0][0].startswith("@"):
        return tokens[0][0]
    head, colon, after = rest.partition(":")
    if colon and after.strip() and head[:1].isupper() and len(head.split()) <= SHORT:
        return head.strip()
    named = _SUBJECT.match(rest)
    following = _TOKEN.match(rest, named.end()) if named else None
    if named is None or following is None or not following[0][0].islower():
        return ""
    name, verb = named["name"], fold(following[0])
    if (
        fold(name.split()[0]) in _DETERMINERS
        or _INFINITIVE.search(fold(name.split()[0]))
        or verb in _NO_VERB
        or not _VERB.search(verb)
        or _TO_DO.search(verb)
    ):
        return ""
    return name


def _bracketed(rest: str, unknown: str) -> str:
    """What stands in brackets right behind an unknown name."""
    behind = re.match(r"\s*\(([^()]{2,100})\)", rest.partition(unknown)[2]) if unknown else None
    return behind[1].strip() if behind else ""


def _likeness(said: str, name: str) -> float:
    words = " ".join(_words(name))
    if said and (said in words.split() or said.startswith(f"{words} ")):
        return 0.9
    return SequenceMatcher(None, said, words).ratio()


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(token) for token in _TOKEN.findall(name))
