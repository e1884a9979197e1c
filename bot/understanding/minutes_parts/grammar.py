"""Who does what, and when: the subject of a sentence, its finite verb and the verb's time, without a full parse."""

from dataclasses import dataclass

from bot.understanding.minutes_parts.languages import Language, Token
from bot.understanding.minutes_parts.people import People

_FAR = 7
_TITLES = frozenset({"m", "mm", "mme", "mmes", "mlle", "dr", "mr", "mrs", "ms", "dhr", "mevr", "herr", "frau", "monsieur", "madame", "mevrouw", "meneer", "prof"})
_ROLES_AS = frozenset({"als", "comme", "as"})
_PARTICLES = frozenset({"van", "de", "der", "den", "von", "du", "le", "la", "ten", "ter", "da", "di", "el"})
_NEAR = 3


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
    first_verb = next((position for position, token in enumerate(found) if position and _closed(token.word, one)), len(found))
    while index < len(found) and index <= first_verb + 1:
        subject = subject_at(found, index, one, people)
        if subject is None:
            index += 1
            continue
        kind, end = subject
        verb = _verb_after(found, end, kind, one)
        if verb is not None:
            return Predicate(kind, _tense(found, verb, kind, one), (index, end), verb)
        if index and _is_inverted(found, index - 1, one):
            return Predicate(kind, _tense(found, index - 1, kind, one), (index, end), index - 1, inverted=True)
        index = max(end, index + 1)
    for position, token in enumerate(found):
        if position and _closed(token.word, one):
            return Predicate("thing", _tense(found, position, "thing", one), (0, position), position)
    return NONE


def subject_at(found: tuple[Token, ...], index: int, one: Language, people: People) -> tuple[str, int] | None:
    """The kind of subject that begins at this token, and the index after it."""
    token = found[index]
    if people.knows(token) or (token.text == "@" and index + 1 < len(found)):
        return "person", _names_end(found, index, one, people)
    word = token.word
    if word in _TITLES and index + 1 < len(found) and found[index + 1].capital:
        return "person", _names_end(found, index + 1, one, people)
    if word in one.verbs["we"]:
        return "we", index + 1
    if word in one.verbs["everyone"]:
        return "all", index + 1
    start = index + 1 if word in one.verbs["articles"] else index
    for position in range(start, min(start + _NEAR, len(found))):
        if found[position].word in one.verbs["body"] and not _closed(found[position].word, one):
            begins = index == 0 or start != index or token.capital
            return ("body", _body_end(found, position + 1, one)) if begins else None
        if not found[position].is_word or found[position].word in one.verbs["function"]:
            break
    if word in one.verbs["they"] and (index == 0 or one.code in ("nl", "de")):
        return "they", index + 1
    begins = index == 0 and token.capital and token.is_word and word not in one.verbs["function"] and one.code != "de"
    if begins or people.suspects(token):
        return "name", _names_end(found, index, one, people)
    return None


def _names_end(found: tuple[Token, ...], index: int, one: Language, people: People) -> int:
    end = index + 1
    while end < len(found):
        token = found[end]
        following = found[end + 1] if end + 1 < len(found) else None
        if token.is_word and token.capital:
            end += 1
        elif token.text == "," and (closing := _apposition(found, end)):
            end = closing
        elif token.word in _PARTICLES and following and following.capital and end == index + 1:
            end += 2
        elif (token.word in one.verbs["joins"] or token.word in ("&", "/", ",")) and following and following.is_word and following.capital:
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
    """A body's complement goes up to its verb: "le groupe de travail logement", "the chair of the committee"."""
    for position in range(end, min(end + _FAR, len(found))):
        if _closed(found[position].word, one) or not (found[position].is_word or found[position].text in "()"):
            return position
        if one.ends("future_ending", found[position].word):
            return position
    return end


def _closed(word: str, one: Language) -> bool:
    return any(word in one.verbs[name] for name in ("future", "going", "have", "be", "must", "can", "past", "would")) or (
        word in one.verbs.get("passive", ()) or (len(word) > 4 and one.ends("future_ending", word))
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
    if found[position].capital or word in one.verbs["function"]:
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
    return position > 0 and found[position].text.islower() and word not in one.verbs["function"] and one.ends("present_ending", word)


def _tense(found: tuple[Token, ...], verb: int, kind: str, one: Language) -> str:
    word = found[verb].word
    later = [token.word for token in found[verb + 1 :]]
    near = later[:_NEAR + 1]
    sets = one.verbs
    if one.code == "en" and word == "to":
        return "to"
    if word in sets["future"] or one.ends("future_ending", word):
        return "future"
    if word in sets["going"] or ("going" in near[:2] and word in sets["be"]):
        infinitive = any(one.ends("infinitive_ending", other) for other in later)
        return "future" if infinitive or one.code == "en" else "present"
    if word in sets["would"] or one.ends("conditional_ending", word):
        return "would"
    if word in sets["must"]:
        return "must"
    if word in sets["can"]:
        return "can"
    if word in sets["past"]:
        return "past"
    if word in sets.get("passive", ()):
        return "passive"
    if word in sets["have"] or word in sets["be"]:
        reach = later if one.code in ("nl", "de") else near
        ended = any(one.ends("participle_ending", other) for other in reach)
        if word in sets["be"] and one.code in ("fr", "en", "de"):
            return "state" if ended else "be"
        return "perfect" if ended else "be"
    if one.ends("past_ending", word) and word not in sets.get("present", ()):
        return "past"
    return "present"
