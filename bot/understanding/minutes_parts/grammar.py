"""Who does what, and when: the subject of a sentence, its finite verb and the verb's time, without a full parse."""

from dataclasses import dataclass

from bot.understanding.minutes_parts.languages import Language, Token
from bot.understanding.minutes_parts.people import People

_FAR = 7
TITLES = frozenset(
    {
        "m",
        "mm",
        "mme",
        "mmes",
        "mlle",
        "dr",
        "mr",
        "mrs",
        "ms",
        "dhr",
        "mevr",
        "herr",
        "frau",
        "monsieur",
        "madame",
        "mevrouw",
        "meneer",
        "prof",
    }
)
_ROLES_AS = frozenset({"als", "comme", "as"})
_COMPLEMENTS = frozenset({"de", "du", "des", "d'", "van", "voor", "of", "for", "on", "der", "für", "l'"})
_LINKS = frozenset({"que", "qu'", "dat", "that", "dass", "donc", "so", "then", "alors", "mais", "but"})
_PARTICLES = frozenset({"van", "de", "der", "den", "von", "du", "le", "la", "ten", "ter", "da", "di", "el"})
# Also headings of minutes, which is why they begin no name.
_ALSO_VERBS = frozenset({"besluit"})
_NUMBERS = frozenset(
    {"deux", "trois", "quatre", "twee", "drie", "vier", "two", "three", "four", "zwei", "drei", "both", "beide"}
)
_NEAR = 3
_ENDING = 4


@dataclass(frozen=True)
class Predicate:
    """`kind`: person, name, body, we, they, all, thing or none; `subject` and `verb` are token indexes."""

    kind: str
    tense: str
    subject: tuple[int, int]
    verb: int
    inverted: bool = False


NONE = Predicate("none", "none", (0, 0), -1)


def read(found: tuple[Token, ...], one: Language, people: People) -> Predicate:
    """The first subject that has a verb beside it; a thing as subject when only a verb is found; else nothing."""
    index = 0
    first_verb = next(
        (position for position, token in enumerate(found) if position and _closed(token.word, one)), len(found)
    )
    while index < len(found) and index <= first_verb + 1:
        subject = subject_at(found, index, one, people)
        if subject is None or (subject[0] in ("person", "name") and _is_complement(found, index, one)):
            index += 1
            continue
        kind, end = subject
        verb = _verb_after(found, end, kind, one)
        if verb is not None:
            return Predicate(kind, _tense(found, verb, one), (index, end), verb)
        if index and _is_inverted(found, index - 1, one):
            return Predicate(kind, _tense(found, index - 1, one), (index, end), index - 1, inverted=True)
        index = max(end, index + 1)
    for position, token in enumerate(found):
        if position and _closed(token.word, one):
            return Predicate("thing", _tense(found, position, one), (0, position), position)
    return NONE


def _is_complement(found: tuple[Token, ...], index: int, one: Language) -> bool:
    """A name after one of these is no subject: "les mandats de Paul", "volgens Bart", "according to Priya"."""
    return index > 1 and found[index - 1].word in one.verbs["complement"]


def subject_at(found: tuple[Token, ...], index: int, one: Language, people: People) -> tuple[str, int] | None:
    """The kind of subject that begins at this token, and the index after it."""
    token = found[index]
    if token.text == "@" and index + 1 < len(found):
        return "person", _names_end(found, index + 1, one)
    if people.knows(token):
        return "person", _names_end(found, index, one)
    word = token.word
    if word in TITLES and index + 1 < len(found) and found[index + 1].capital:
        return "person", _names_end(found, index + 1, one)
    for kind, name in (("we", "we"), ("all", "everyone"), ("person", "me")):
        if word in one.verbs[name]:
            return kind, index + 1
    for length in (2, 3):
        # "tout le monde", "alle leden"
        if " ".join(other.word for other in found[index : index + length]) in one.verbs["everyone"]:
            return "all", index + length
    return _body_at(found, index, one) or _other_at(found, index, one, people)


def _body_at(found: tuple[Token, ...], index: int, one: Language) -> tuple[str, int] | None:
    word = found[index].word
    start = index + 1 if word in one.verbs["articles"] else index
    for position in range(start, min(start + _NEAR, len(found))):
        if found[position].word in one.verbs["body"] | one.verbs["organisation"] and not _closed(
            found[position].word, one
        ):
            begins = index == 0 or _follows_a_break(found, index, one) or (one.code in ("nl", "de") and start != index)
            return ("body", _body_end(found, position + 1, one)) if begins else None
        if found[position].word in _NUMBERS:
            continue
        if not found[position].is_word or found[position].word in one.verbs["function"]:
            break
    return None


def _follows_a_break(found: tuple[Token, ...], index: int, one: Language) -> bool:
    """A subject within a sentence follows a mark, a joining word or an opening phrase, never its own noun."""
    before = found[index - 1]
    return not before.is_word or before.word in one.verbs["joins"] or before.word in _LINKS or found[index].capital


def _other_at(found: tuple[Token, ...], index: int, one: Language, people: People) -> tuple[str, int] | None:
    token, word = found[index], found[index].word
    if word in one.verbs["they"] and (index == 0 or one.code in ("nl", "de")):
        return "they", index + 1
    begins = index == 0 and token.capital and token.is_word and word not in one.verbs["function"] and one.code != "de"
    begins = begins and not (one.code in ("fr", "en") and one.ends("infinitive_ending", word))
    if begins or people.suspects(token):
        return "name", _names_end(found, index, one)
    return None


def _names_end(found: tuple[Token, ...], index: int, one: Language) -> int:
    end = index + 1
    while end < len(found):
        token = found[end]
        following = found[end + 1] if end + 1 < len(found) else None
        if token.is_word and token.capital:
            end += 1
        elif token.text == "," and (closing := _apposition(found, end)):
            end = closing
        elif (token.word in _PARTICLES and following and following.capital and end == index + 1) or (
            (token.word in one.verbs["joins"] or token.word in ("&", "/", ","))
            and following
            and following.is_word
            and following.capital
        ):
            end += 2
        elif token.text == "(" and any(other.text == ")" for other in found[end : end + _FAR]):
            end = next(position for position in range(end, len(found)) if found[position].text == ")") + 1
        elif token.word in _ROLES_AS and following and following.is_word:
            end += 3 if following.word in one.verbs["articles"] else 2
        else:
            break
    return min(end, len(found))


def _apposition(found: tuple[Token, ...], comma: int) -> int:
    """The index after "…, psychiatre, …"; 0 when a list goes on instead."""
    for position in range(comma + 2, min(comma + _FAR, len(found))):
        if found[position].text == ",":
            inside = found[comma + 1 : position]
            return position + 1 if all(token.is_word and not token.capital for token in inside) else 0
    return 0


def _body_end(found: tuple[Token, ...], end: int, one: Language) -> int:
    """The index after a body's complement: "le groupe de travail logement", "the chair of the committee"."""
    while end + 1 < len(found) and found[end].word in _COMPLEMENTS:
        end += 1
        while end + 1 < len(found) and found[end].word in one.verbs["articles"]:
            end += 1
        end += 1
        while end < len(found) and found[end].is_word and found[end].capital:
            end += 1
    if end < len(found) and found[end].text == "(":
        end = next((position + 1 for position in range(end, len(found)) if found[position].text == ")"), end)
    while end < len(found) and found[end].is_word and found[end].capital and one.code != "de":
        end += 1
    if end < len(found) and found[end].text == "," and (closing := _apposition(found, end)):
        end = closing
    return end


def is_future(word: str, one: Language) -> bool:
    return word in one.verbs["future"] or (len(word) > _ENDING and one.ends("future_ending", word))


def _closed(word: str, one: Language) -> bool:
    closed = ("going", "have", "be", "must", "can", "past", "would")
    return (
        is_future(word, one) or word in one.verbs.get("passive", ()) or any(word in one.verbs[name] for name in closed)
    )


def _verb_after(found: tuple[Token, ...], end: int, kind: str, one: Language) -> int | None:
    position = end
    while position < len(found) and position < end + _NEAR and found[position].word in one.verbs["skip"]:
        position += 1
    if position >= len(found) or not found[position].is_word:
        return None
    word = found[position].word
    if _closed(word, one) or (one.code == "en" and word == "to"):
        return position
    if found[position].capital or (word in one.verbs["function"] and word not in _ALSO_VERBS):
        return None
    plural = kind in ("we", "all") or position - end > 0
    open_verb = any(one.ends(name, word) for name in ("past_ending", "conditional_ending", "present_ending"))
    if kind == "person":
        return position if open_verb or one.code in ("fr", "en") else None
    if kind == "we" and one.code == "en":
        return position
    return position if open_verb or (plural and one.ends("infinitive_ending", word)) else None


def _is_inverted(found: tuple[Token, ...], position: int, one: Language) -> bool:
    word = found[position].word
    if one.code not in ("nl", "de"):
        return False
    if _closed(word, one):
        return True
    return (
        position > 0
        and found[position].text.islower()
        and word not in one.verbs["function"]
        and one.ends("present_ending", word)
    )


def _tense(found: tuple[Token, ...], verb: int, one: Language) -> str:
    word = found[verb].word
    later = [token.word for token in found[verb + 1 :]]
    sets = one.verbs
    if one.code == "en" and word == "to":
        return "to"
    if is_future(word, one) or (word in sets["be"] and "going" in later[:2]):
        return "future"
    if word in sets["going"]:
        goes_on = one.code == "en" or any(one.ends("infinitive_ending", other) for other in later)
        return "future" if goes_on else "present"
    named = next((name for name in ("would", "must", "can", "past", "passive") if word in sets.get(name, ())), None)
    if named is not None:
        return named
    if one.ends("conditional_ending", word):
        return "would"
    if word in sets["have"] or word in sets["be"]:
        return _compound(word, later, one)
    past = one.ends("past_ending", word) and word not in sets.get("present", ())
    return "past" if past else "present"


def _compound(word: str, later: list[str], one: Language) -> str:
    """Over ("a envoyé") or a state ("est adopté"); a participle that may stand last is sought in all that follows."""
    reach = later if one.code in ("nl", "de") else later[: _NEAR + 1]
    if not any(one.ends("participle_ending", other) for other in reach):
        return "be"
    return "state" if word in one.verbs["be"] and one.code != "nl" else "perfect"
