"""Who a line of a commitment or an agreement begins with: "@marie et le CPAS d'Arlon préparent …"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.understanding.names.matching import LINKS, Ambiguous, Candidate, Match, named, nearest, spelt, without_dots
from bot.understanding.spelling import fold

_MENTION = re.compile(r"@\w(?:[\w.\-]*\w)?")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.\-&][^\W_]+)*|['’]|[^\w\s]")
_SPACE = re.compile(r"\s*")
# No name has more words.
LONGEST = 10
# A part of a name with as many words needs no capital at its end.
MEANINGFUL = 3
# No more subjects than this are read.
MOST = 12

_FOR = re.compile(r"(?:pour|à|voor|aan|für|an|for|to)\s+(?=\S)", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:l['’]\s*|(?:le|la|les|de|het|die|der|das|den|dem|the|mme|mr|m|madame|monsieur|mevr|mevrouw|dhr|frau|herr|mrs|ms|dr)"
    r"\.?\s+)(?=\S)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:,|;|/|\+|&|\bet\b|\bainsi que\b|\bavec\b|\ben\b|\bevenals\b|\bsamen met\b|\bund\b|\bsowie\b|\bmit\b|\band\b"
    r"|\bwith\b|\bas well as\b)\s*(?:(?:et|en|und|and)\b\s*)?",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*(?::|→|=>|->|—|–|-(?=\s))\s*")
_COMMA = re.compile(r"\s*,\s*")
DEPUTY_WORDS = (
    r"suppl[ée]ant(?:e|·e|\(e\))?s?|rempla[çc]ant(?:e|·e)?s?|à d[ée]faut|back-?up|(?:plaats)?vervang(?:er|ster)s?"
    r"|(?:stell)?vertret(?:er|erin|ung)|ersatz|deputy|deputies|substitute"
)
_DEPUTY = re.compile(
    rf"\s*(?:\(\s*(?:{DEPUTY_WORDS})\s*:?\s*(?P<in>[^()]{{1,120}}?)\s*\)"
    rf"|,\s*(?:{DEPUTY_WORDS})\s*:?\s*(?P<mention>@\w(?:[\w.\-]*\w)?)\s*,?)",
    re.IGNORECASE,
)

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W_]*(?:[.\-'’&][^\W_]+)*\.?"
_LINKING = r"(?:de la|du|des|de|van de|van der|van|of)\s+|d['’]\s*"
_CAPITALS = re.compile(rf"{_CAPITAL}(?:\s+(?:{_LINKING})?{_CAPITAL})*")


@dataclass(frozen=True, slots=True)
class Owners:
    """`words` are the subjects as typed, each for `nearest`; `rest` is the line after them; deputies stand apart."""

    words: tuple[str, ...]
    rest: str
    deputies: tuple[str, ...] = ()


def owners(line: str, candidates: Iterable[Candidate], *, lang: str) -> Owners:
    """The subjects a line begins with, mentions and known names; without one, no words and the whole line."""
    whole = line.strip()
    reader = _Subjects(whole, tuple(candidates), lang)
    start = found.end() if (found := _FOR.match(whole)) else 0
    for at in dict.fromkeys((start, 0)):
        if (read := reader.read(at)) is not None:
            return read
    return reader.before_colon() or Owners((), whole)


class _Subjects:
    """Reads subjects in one line from a place on; places are counted in characters."""

    def __init__(self, line: str, candidates: tuple[Candidate, ...], lang: str) -> None:
        self.line = line
        self.candidates = candidates
        self.lang = lang

    def read(self, at: int) -> Owners | None:
        """One subject, then more of them as long as they are joined to it; None when none begins here."""
        first = self._subject(at)
        if first is None:
            return None
        words, end = [self.line[first[0] : first[1]]], first[1]
        deputies, end = self._deputies(end)
        while len(words) < MOST and (joined := _AND.match(self.line, end)):
            more = self._subject(joined.end()) or self._unknown(joined.end(), sure=joined[0].strip() != ",")
            if more is None:
                break
            words.append(self.line[more[0] : more[1]])
            others, end = self._deputies(more[1])
            deputies += others
        colon = _COLON.match(self.line, end) or _COMMA.match(self.line, end)
        rest = self.line[colon.end() if colon else end :].strip()
        return Owners(tuple(words), rest, deputies)

    def before_colon(self) -> Owners | None:
        """A name with a mistake in it, when a colon says that it is one: "CPAS d'Arlno : …"."""
        head, colon, rest = self.line.partition(":")
        if not colon or len(head.split()) > LONGEST:
            return None
        words = tuple(part for part in _AND.split(head.strip()) if part)
        if not any(self._misspelt(word) for word in words):
            return None
        return Owners(words, rest.strip())

    def _misspelt(self, said: str) -> bool:
        """Whether this is the whole name of one candidate with a mistake in it."""
        found = nearest(said, self.candidates)
        return isinstance(found, Match) and any(
            len(spelt(said)) >= len(spelt(name)) for name in (found.candidate.name, *found.candidate.aliases)
        )

    def _subject(self, at: int) -> tuple[int, int] | None:
        """Where the mention or known name that begins here starts and ends; an article before it is left out."""
        article = _ARTICLE.match(self.line, at)
        for start in (article.end(), at) if article else (at,):
            if mention := _MENTION.match(self.line, start):
                return mention.span()
            if (end := self._known(start)) is not None:
                own = self.line[at:end]  # "La Clairière" has its article in its name
                return (at if any(fold(own) == fold(known.name) for known in self.candidates) else start), end
        return None

    def _known(self, start: int) -> int | None:
        """Where the longest known name that starts here ends, or the longer unknown one that it is a part of."""
        for end in reversed(self._ends(start)):
            said = self.line[start:end]
            if not _closed(said, self.line[end:]):
                continue
            found = named(said, self.candidates)
            if found is None:
                continue
            if _whole(said, found) or _name_like(said, found):
                longer = _CAPITALS.match(self.line, start) if self.lang != "de" else None
                return max(end, longer.end()) if longer else end
        return None

    def _ends(self, start: int) -> Sequence[int]:
        """The ends of the words that follow, up to a colon or the like."""
        ends: list[int] = []
        at = start
        while len(ends) < LONGEST:
            word = _WORD.match(self.line, _end_of_space(self.line, at))
            if word is None or word[0] in ':;,()@"«»→-–—':
                break
            at = word.end()
            ends.append(at)
        return ends

    def _unknown(self, at: int, *, sure: bool) -> tuple[int, int] | None:
        """A name that nobody has, after a joining word: capitals, and small words between them."""
        if self.lang == "de" or not sure:
            return None
        article = _ARTICLE.match(self.line, at)
        start = article.end() if article else at
        found = _CAPITALS.match(self.line, start)
        return found.span() if found else None

    def _deputies(self, at: int) -> tuple[tuple[str, ...], int]:
        found = _DEPUTY.match(self.line, at)
        if found is None:
            return (), at
        said = found["in"] or found["mention"]
        return tuple(part for part in _AND.split(said) if part), found.end()


def _person(candidate: Candidate, word: str) -> bool:
    """Whether a single word is the first or the family name of a person: two to four words, each with a capital."""
    parts = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", candidate.name)
    persons = candidate.kind in {"member", "person"} or (not candidate.kind and 1 < len(parts) <= MEANINGFUL + 1)
    return (
        persons
        and all(part[0].isupper() for part in parts)
        and word[0].isupper()
        and fold(word) in {fold(part) for part in (parts[0], parts[-1])}
    )


def _whole(said: str, found: Match | Ambiguous) -> bool:
    """Whether this is a name as it is known, in whatever capitals."""
    meant = (found.candidate,) if isinstance(found, Match) else found.candidates
    return spelt(said) in {spelt(name) for candidate in meant for name in (candidate.name, *candidate.aliases)}


def _name_like(said: str, found: Match | Ambiguous) -> bool:
    """Whether a part of a name is meant as one: typed with capitals, an acronym, or the name of a person."""
    meant = (found.candidate,) if isinstance(found, Match) else found.candidates
    telling: list[str] = [word for word in re.findall(r"[^\W_]+", without_dots(said)) if len(word) > 1]
    if not telling or not (telling[-1][0].isupper() or telling[-1].isdigit() or len(telling) >= MEANINGFUL):
        return False
    if len(telling) > 1:
        return telling[0][0].isupper()
    return telling[0].isupper() or any(_person(candidate, telling[0]) for candidate in meant)


def _closed(said: str, after: str) -> bool:
    """Whether a name may end here: at a whole word that is not a small one, and not at an apostrophe."""
    last = fold(said).replace("’", "'").rpartition(" ")[2].rpartition("'")[2]
    return bool(last) and last not in LINKS and not after.startswith(("'", "’"))


def _end_of_space(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at
