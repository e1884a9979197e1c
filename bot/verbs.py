"""Verbs as people say them: their other forms, what stands politely before them, the reference before or after."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from bot.phrases import Phrase
from storage.folding import after, folded

Takes = Literal["nothing", "words"]
# What may follow a verb: "refuse, je suis absente", "fait !".
PUNCTUATION = " \n\u00a0\u202f,:;.!"
HELP = frozenset(
    {
        *("aide", "l'aide", "aidez-moi", "aide-moi", "comment ca marche", "comment faire", "exemple", "exemples"),
        *("help", "help me", "how does it work", "how does this work", "examples"),
        *("hulp", "hoe werkt het", "hoe werkt dit", "voorbeelden"),
        *("hilfe", "wie geht das", "wie funktioniert das", "beispiele"),
    }
)
_REF = re.compile(r"^([A-Za-z])(\s?[-\u2010\u2011\u2013]?\s?)(\d{1,7})\b[\s,:]*(.*)$", re.DOTALL)
_REF_AMONG = re.compile(r"\b([A-Za-z])\s?[-\u2010\u2011\u2013]\s?(\d{1,7})\b[\s,:]*")
_AND_REF = re.compile(
    r"(?:(?:et|en|und|and|ainsi que|,|&|\+)\s*)*(?:l['’]|la |le )?([A-Za-z])\s?[-\u2010\u2011\u2013]?\s?(\d{1,7})\b",
    re.IGNORECASE,
)
_BARE_REF_AMONG = re.compile(r"\b([A-Za-z])\s?(\d{1,7})\b[\s,:]*")
# "Bonjour, l'engagement E-3 est terminé, merci !": a reference first, whatever is said around it.
_NAMED_FIRST = re.compile(
    r"^(?:(?:bonjour|bonsoir|salut|hello|hallo|hi|hoi|dag|goedemorgen|guten (?:tag|morgen))(?:\s+à tous)?[\s,!.:–-]+)?"
    r"(?:(?:la|le|l['’]|ma|mon|notre|cette|cet|ce|de|het|mijn|onze|deze|die|der|das|den|meine|unsere|the|my|our|this)\s*"
    r"(?=[a-z]\s?[-\u2010\u2011\u2013]?\s?\d|\w{4,}\s))?"
    r"(?:(?:d[ée]cision|accord|engagement|r[ée]union|offre|fiche|beslissing|afspraak|toezegging|vergadering|aanbod|"
    r"beschluss|vereinbarung|zusage|versammlung|angebot|agreement|commitment|meeting|offer)\s+)?"
    r"(?P<letter>[a-z])\s?[-\u2010\u2011\u2013]?\s?(?P<number>\d{1,7})\b[\s,:]*(?P<rest>.*?)"
    r"(?:[\s,.!]+(?:merci(?: beaucoup)?|bedankt|dank u(?: wel)?|danke|vielen dank|thanks|thank you)[\s.!]*)?$",
    re.IGNORECASE | re.DOTALL,
)
# A question of so many words about one record wants to see it.
SHORT_QUESTION = 12
_OPENING = re.compile(r"^[:,;]\s+")
_QUOTED = re.compile(r"^(?:«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\")([.!?]?)$")
# Who does it, or that it is so: "je reporte", "est faite", "a été confirmée", "is afgerond", "wurde bestätigt".
_BEFORE = re.compile(
    r"^(?:je suis|je serai|j'ai|j'|je l'ai|je|on a|on|nous avons|nous|elle|il|ils|elles|n'est|est|sont|a ete|ont ete|"
    r"sera|c'est|c est|c|"
    r"merci de|veuillez|peux-tu|pouvez-vous|tu peux|vous pouvez|il faut|faut|mettre en|mettre|se|s'|"
    r"ik ben|ik zal|ik heb|ik|we|wij|het is|is|zijn|werd|wordt|graag|"
    r"ich bin|ich habe|ich|wir|ist|sind|wurde|bitte|"
    r"i am|i'm|i will be|i'll be|i have|i|it's|it is|are|has been|was|please)(?:(?<=')|\s+)"
)
_ARTICLE = re.compile(r"^(?:(?:la|le|les|mes|ma|mon|de|het|mijn|die|der|das|den|meine|meinen|the|my)\s+|l')")
# Between a verb and the reference that follows it: "mettre fin à la décision D-5".
_TO = re.compile(
    r"(?:^|(?<!\s)\s+)(?:a|de|au|an|aan|van|to|of|for|(?:la |le |l'|de |het |die |den |das |the )?"
    r"(?:decision|accord|engagement|reunion|offre|fiche|beslissing|afspraak|toezegging|vergadering|aanbod|beschluss|"
    r"vereinbarung|zusage|versammlung|angebot|agreement|commitment|meeting|offer))$"
)
# A verb that is one of these alone says too little to stand before a reference.
_PREPOSITIONS = frozenset((
    "a", "au", "pour", "an", "fur", "to", "aan", "naar", "tot", "bis", "until", "jusque", "alle", "wird", "wordt",
    "af",
))  # fmt: skip
# Characters: a verb and what it is done to stand so near before a reference.
NEAR = 80
# A shorter word in -er or -en is no infinitive ("cher").
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Verb:
    """One way to go on after a command's name, or after a reference."""

    key: str
    words: Mapping[str, tuple[str, ...]]
    help: Phrase
    function: Callable[..., Any]
    takes: Takes
    example: Phrase | None = None
    coordinators: bool = False

    def matches(self, line: str) -> str | None:
        """What follows the verb, or None when the line does not begin with it (or goes on where it may not)."""
        folded_line = folded(line)
        for word in self.spellings:
            if not folded_line.startswith(word) or folded_line[len(word) : len(word) + 1].isalnum():
                continue
            rest = after(line, word).lstrip(PUNCTUATION)
            if not rest or (self.takes == "words" and folded_line[len(word)] in PUNCTUATION):
                return rest.strip()
        return None

    def said(self, rest: str, *given: Any) -> Any:
        """Call its function, with the words after it where it takes any."""
        return self.function(*given, rest) if self.takes == "words" else self.function(*given)

    @property
    def spellings(self) -> tuple[str, ...]:
        """All its words, folded, with their other forms; longest first, so that "met fin" wins over "met"."""
        return _spellings(tuple(self.words.items()))


@cache
def _spellings(words: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    every = {folded(form) for language, known in words for word in known for form in _forms(language, word)}
    return tuple(sorted(every, key=len, reverse=True))


def _forms(language: str, word: str) -> set[str]:
    """The word and, where its first part is an infinitive, what it becomes: "reporter" gives "reportez", "reportée"."""
    head, blank, rest = word.partition(" ")
    ends: tuple[str, ...] = ()
    if language == "fr" and len(head) > SHORTEST and head.endswith("er"):
        head, ends = head[:-2], ("e", "es", "ez", "ons", "ent", "é", "ée", "és", "ées")
    elif language == "de" and not blank and len(head) > SHORTEST and head.endswith("en") and head.islower():
        head, ends = head[:-2], ("e", "t")
    elif language == "en" and not blank and head:
        head, ends = head.removesuffix("e"), ("ed", "es") if head.endswith("e") else ("ed", "s")
    return {word, *(f"{head}{end}{blank}{rest}" for end in ends)}


def bare(line: str) -> str:
    """The line without the colon that it was begun with, nor the quotes all of it stands in."""
    line = _OPENING.sub("", line.strip())
    found = _QUOTED.match(line)
    return "".join(part.strip() for part in found.groups() if part) if found else line


def asks_help(line: str) -> bool:
    return line.strip() == "?" or folded(line).strip(" \u00a0\u202f?!.") in HELP


def plainly(line: str) -> str:
    """The line without who does it, nor the article: "je l'ai reporté à jeudi", "la liste"."""
    rest = line
    for pattern in (_BEFORE, _BEFORE, _ARTICLE):
        found = pattern.match(folded(rest))
        if found is not None:
            rest = after(rest, found[0])
    return rest.strip()


def split_ref(line: str, letter: str = "") -> tuple[str, int, str] | None:
    """The letter, the number and the rest of a line that begins with a reference such as D-12.

    Without its dash it stands alone, or is of the `letter` meant: "D12 confirmée", but "A 3 heures" and "A4" are words.
    """
    found = _REF.match(line)
    if found is None:
        return None
    dashed, own = found[2], found[1].upper() == letter
    if not dashed.strip() and found[4] and (dashed or not own):
        return None
    return found[1].upper(), int(found[3]), found[4].strip()


def spoken(text: str, verbs: Callable[[str], list[Verb]]) -> str | None:
    """As "E-1 faite" what is said "bonjour, l'engagement E1 est fait, merci"; as "E-1" a question about it.

    None where no record is named, or where what is said of it is none of its verbs: "A 3 heures, on ferme".
    """
    line = text.strip()
    named = [(found[1].upper(), found[2]) for found in _REF_AMONG.finditer(line)]
    first = _NAMED_FIRST.match(line)
    if line.endswith("?"):
        named = named or ([(first["letter"].upper(), first["number"])] if first else [])
        about = len(set(named)) == 1 and len(line.split()) <= SHORT_QUESTION and verbs(named[0][0])
        return f"{named[0][0]}-{named[0][1]}" if about else None
    if first is None:
        return None
    letter, rest = first["letter"].upper(), first["rest"].strip()
    said = [one for one in dict.fromkeys((plainly(rest) or rest, rest)) if one]
    if said and not any(verb.matches(one) is not None for verb in verbs(letter) for one in said):
        return None
    return f"{letter}-{first['number']} {rest}".strip() if verbs(letter) else None


def more_refs(letter: str, rest: str) -> tuple[list[int], str]:
    """The numbers of the references of this letter that go on after one ("et E-2 sont faits"), and what follows."""
    numbers: list[int] = []
    while (found := _AND_REF.match(rest)) is not None and found[1].upper() == letter:
        numbers.append(int(found[2]))
        rest = rest[found.end() :].strip(" ,")
    return numbers, rest


def turned(line: str, verbs: Callable[[str], list[Verb]], *, dashed: bool = True) -> str | None:
    """As "E-2 reporter au 12 janvier" what is said "reporter E-2 au 12 janvier"; None without such a verb before."""
    found = _REF_AMONG.search(line) or (None if dashed else _BARE_REF_AMONG.search(line))
    if found is None or found.start() > NEAR or not line[: found.start()].strip():
        return None
    before = plainly(line[: found.start()]).strip(PUNCTUATION)
    said = folded(before)
    known = {word for verb in verbs(found[1].upper()) for word in verb.spellings}
    while said not in known or said in _PREPOSITIONS:
        shorter = _TO.sub("", said, count=1)
        if shorter in ("", said):
            return None
        said = shorter
    others, rest = more_refs(found[1].upper(), line[found.end() :])
    several = "".join(f", {found[1]}-{number}" for number in others)
    return f"{found[1]}-{found[2]}{several} {said} {rest}".strip()
