"""Health details said of one person, told from the themes of care that a network speaks about all day."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.understanding.privacy.emergency import Alarm
from bot.understanding.privacy.people import Person, people
from bot.understanding.privacy.words import Sense, Span, Words, key, lexicon

# Said of the subject ("est dépressive"), of someone unnamed ("un jeune autiste"), of an owner ("sa dépression").
Manner = Literal["said", "indefinite", "owned"]

_HEALTH = Sense.STATE | Sense.NOUN | Sense.DRUG | Sense.MED | Sense.ACT
_SOMEONE = Sense.TITLE | Sense.FIRST | Sense.PRONOUN | Sense.PATIENT | Sense.KIN
_MANY = Sense.TOPIC | Sense.PLURAL
_THROUGH = Sense.SKIP | Sense.LINKPREP
_WITH = frozenset(map(key, ("with", "met", "mit", "en", "in", "im", "wegen", "on", "op", "sous", "unter", "auf")))
_A = frozenset({"un", "une", "een", "ein", "eine", "einer", "einem", "einen", "a", "an", "d'un"})
_BACK = 8
_REACH = 25
_WORK_REACH = 5


@dataclass(frozen=True, slots=True)
class Detail:
    """Word numbers of a health detail, `last` included; `direct` when a copula or its own verb carries it."""

    first: int
    last: int
    manner: Manner
    direct: bool


def patients(words: Words, alarms: tuple[Alarm, ...], *, asked: bool = False) -> tuple[Span, ...]:
    """Names, ages and health details of each person of whom something about health is said.

    An age alone makes nobody known in a question; `asked`: it is one, whatever its words.
    """
    details = [*_details(words), *(Detail(a.first, a.last, "said", direct=True) for a in alarms if a.kind in _TOLD)]
    cared_for = any(sense & Sense.CARE for sense in words.senses)
    if not details and not cared_for:
        return ()
    found = people(words)
    starts = [person.first for person in found]
    question = asked or "?" in words.text or any(sense & Sense.QUESTION for sense in words.senses)
    named = {person for person in found if person.cared_for}
    told: set[Detail] = set()
    for detail in details:
        for person in _near(words, found, starts, detail):
            if (person.kind == "name" or not question) and _of(words, person, detail):
                named.add(person)
                told.add(detail)
    if not named:
        return ()
    sentences = {words.sentence[p.first] for p in named} | {words.sentence[d.first] for d in told}
    again = {tuple(words.keys[p.first : p.last + 1]) for p in named if p.kind == "name"}
    spans = {_span(words, d.first, d.last, "health") for d in told}
    spans |= {_span(words, d.first, d.last, "health") for d in details if words.sentence[d.first] in sentences}
    for p in found:
        same_age = p.kind == "age" and words.sentence[p.first] in sentences
        if p in named or same_age or tuple(words.keys[p.first : p.last + 1]) in again:
            spans.add(_span(words, p.first, p.last, p.kind))
    return _apart(spans)


_TOLD = frozenset({"suicide", "medical", "violence", "child"})


def _span(words: Words, first: int, last: int, kind: Literal["name", "age", "health"]) -> Span:
    end = words.ends[last]
    point = kind == "name" and words.letter(last) and words.text[end : end + 1] == "."
    return Span(words.starts[first], end + point, kind)


def _apart(spans: set[Span]) -> tuple[Span, ...]:
    """Spans that do not overlap, the earlier and longer kept."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept.append(Span(kept.pop().start, span.end, span.kind))
    return tuple(kept)


def _details(words: Words) -> Iterator[Detail]:
    phrases = lexicon().phrases
    i = 0
    while i < len(words):
        sense, last = words.senses[i], i
        for tail, meaning in phrases.get(words.keys[i], ()):
            if meaning & _HEALTH and tuple(words.keys[i + 1 : i + 1 + len(tail)]) == tail:
                sense, last = meaning, i + len(tail)
                break
        detail = _detail(words, i, last, sense) if sense & _HEALTH else None
        if detail:
            yield detail
        i = last + 1


def _detail(words: Words, first: int, last: int, sense: int) -> Detail | None:
    if _following(words, last, _MANY):
        return None
    back, carrier = _carrier(words, first)
    if sense & (Sense.STATE | Sense.ACT) and carrier & (Sense.COPULA | Sense.LINK):
        return None if _many(words, back, reach=3) else Detail(first, last, "said", direct=True)
    if _many(words, first, reach=_BACK):
        return None
    if sense & Sense.STATE or (sense & Sense.ACT and not _before(words, first, Sense.SKIP)):
        unnamed = _before(words, first, Sense.INDEFINITE) and _one(words, first - 1)
        return Detail(first, last, "indefinite" if unnamed else "said", direct=bool(sense & Sense.ACT))
    if sense & (Sense.NOUN | Sense.DRUG | Sense.ACT):
        return _possessed(words, first, last, back, carrier, sense)
    return _medicine(words, first, last)


def _possessed(words: Words, first: int, last: int, back: int, carrier: int, sense: int) -> Detail | None:
    if carrier & Sense.POSSESSIVE and not carrier & Sense.TITLE:
        return Detail(first, last, "owned", direct=False)
    if carrier & Sense.LINK or (sense & Sense.DRUG and carrier & Sense.INTAKE):
        return Detail(first, last, "said", direct=carrier & Sense.LINK != 0)
    through = words.keys[back + 1 : first]
    if carrier & (_SOMEONE | Sense.COPULA) and not _WITH.isdisjoint(through):
        return Detail(first, last, "said", direct=False)
    name_after = _following(words, last, Sense.LINKPREP) and words.keys[last + 1] in {
        "de",
        "d",
        "van",
        "von",
        "of",
        "bei",
        "chez",
        "bij",
    }
    if (
        name_after
        and last + 2 < len(words)
        and (words.senses[last + 2] & (Sense.TITLE | Sense.FIRST) or words.letter(last + 2))
    ):
        return Detail(first, last, "owned", direct=False)
    return None


def _medicine(words: Words, first: int, last: int) -> Detail | None:
    near = range(max(0, first - 5), first)
    around = [words.senses[k] for k in near if words.sentence[k] == words.sentence[first]]
    intake = any(sense & Sense.INTAKE for sense in around) or _following(words, last, Sense.INTAKE)
    own = _before(words, first, Sense.POSSESSIVE) or any(sense & Sense.NEGATION for sense in around)
    if (intake and own) or (first and words.keys[first - 1] in {"sous", "unter", "on"}):
        return Detail(first, last, "owned" if _before(words, first, Sense.POSSESSIVE) else "said", direct=False)
    return None


def _before(words: Words, i: int, sense: int) -> bool:
    return i > 0 and words.sentence[i - 1] == words.sentence[i] and bool(words.senses[i - 1] & sense)


def _following(words: Words, i: int, sense: int) -> bool:
    return i + 1 < len(words) and words.sentence[i + 1] == words.sentence[i] and bool(words.senses[i + 1] & sense)


def _one(words: Words, i: int) -> bool:
    return i > 0 and words.raw[i - 1].lower() in _A


def _carrier(words: Words, first: int) -> tuple[int, int]:
    """The word that carries the detail, before its articles and prepositions, and what it can be."""
    k, crossed = first - 1, False
    while k >= 0 and first - k <= 6 and words.sentence[k] == words.sentence[first]:  # noqa: PLR2004 - "est dans une phase très"
        sense = words.senses[k]
        # An English article is a French verb: "a" carries only across another article ("a une dépression").
        if words.keys[k] == "a" and not crossed and not words.senses[first] & Sense.ACT:
            sense &= ~Sense.LINK
        if sense & (Sense.LINK | Sense.POSSESSIVE | Sense.COPULA | Sense.INTAKE):
            return k, sense
        if not sense & (_THROUGH | Sense.NEGATION):
            return k, sense | (Sense.FIRST if words.capital(k) and not sense & ~Sense.NEAR and k else 0)
        crossed = True
        k -= 1
    return k, 0


def _many(words: Words, first: int, reach: int) -> bool:
    """Whether a group, a theme or a plural comes before, nearer than any single person."""
    for k in range(first - 1, max(-1, first - 1 - reach), -1):
        if words.sentence[k] != words.sentence[first]:
            return False
        sense = words.senses[k]
        if (
            sense & _MANY
            and not sense & (Sense.FIRST | Sense.KIN)
            and not (sense & Sense.INDEFINITE and _one(words, k))
        ):
            return True
        if sense & _SOMEONE or (words.letter(k) and words.capital(k)):
            return False
    return False


def _near(words: Words, found: tuple[Person, ...], starts: list[int], detail: Detail) -> Iterator[Person]:
    """At most four people before the detail and one after, of its sentence or one that a pronoun takes up."""
    at = bisect_right(starts, detail.last)
    sentence = words.sentence[detail.first]
    for person in found[max(0, at - 4) : at + 1]:
        here = words.sentence[person.first]
        if (here == sentence and abs(detail.first - person.last) <= _REACH) or (
            here == sentence - 1 and person.kind == "name" and _taken_up(words, detail)
        ):
            yield person


def _taken_up(words: Words, detail: Detail) -> bool:
    k = detail.first
    low = max(0, detail.first - _REACH)
    while k > low and words.sentence[k - 1] == words.sentence[detail.first]:
        k -= 1
    return any(words.senses[j] & Sense.PRONOUN for j in range(k, min(k + 2, detail.first + 1)))


def _of(words: Words, person: Person, detail: Detail) -> bool:
    if person.kind == "age":
        return words.sentence[person.first] == words.sentence[detail.first]
    if detail.manner == "indefinite" and not person.role:
        return False
    if person.first > detail.last:
        close = person.first - detail.last <= 3  # noqa: PLR2004 - "dépressive, Mme D.", "dépression de Mme D."
        return (
            close
            and words.sentence[person.first] == words.sentence[detail.last]
            and not _at_work(words, person, detail)
        )
    if (
        words.sentence[person.first] == words.sentence[detail.first]
        and not person.initials
        and _at_work(words, person, detail)
    ):
        return detail.manner == "owned" and not _someone_between(words, person, detail)
    return True


def _someone_between(words: Words, person: Person, detail: Detail) -> bool:
    return any(words.senses[k] & (Sense.PATIENT | Sense.PLURAL) for k in range(person.last + 1, detail.first))


def _at_work(words: Words, person: Person, detail: Detail) -> bool:
    """Whether someone is shown in their job: a working verb, a function, an organisation, a doctor's title."""
    stop = len(words) if detail.first < person.first else detail.first
    after = range(person.last + 1, min(stop, person.last + 1 + _WORK_REACH))
    sentence = words.sentence[person.first]
    senses = [words.senses[k] for k in after if words.sentence[k] == sentence]
    if any(sense & Sense.WORK for sense in senses):
        return True
    before = [words.senses[k] for k in range(max(0, person.first - 3), person.first) if words.sentence[k] == sentence]
    job = any(sense & Sense.FUNCTION for sense in senses) or any(
        sense & (Sense.FUNCTION | Sense.DOCTOR) for sense in before
    )
    return job and not detail.direct
