"""How a vote or an advice is said: "7 pour, 1 contre, 2 abstentions, quorum 6", "avis favorable"."""

import re

_COUNTED: dict[str, str] = {
    "for": r"pour|voix\s+pour|favorables?|voor(?:stemmers)?|dafür|dafuer|ja|oui|for|in\s+favou?r|yes",
    "against": r"contre|défavorables?|tegen(?:stemmers)?|dagegen|gegen|nein|nee|non|against|no",
    "abstention": r"abstentions?|abst\w*\.?|blancs?|onthouding(?:en)?|enthaltung(?:en)?|neutre?s?",
    "quorum": r"quorum(?:\s+(?:requis|atteint|de|van|von|of))*",
    "proxies": r"procurations?|mandats?|volmacht(?:en)?|vollmacht(?:en)?|prox(?:y|ies)",
}
_WORD = "|".join(rf"(?P<{name}>{words})" for name, words in _COUNTED.items())
_NUMBER = r"(?P<number>\d{1,5})"
_VOICES = r"(?:voix|stemmen|stimmen|votes?|de)"
_BEFORE = re.compile(rf"{_NUMBER}\s*(?:{_VOICES}\s+)?(?:{_WORD})(?!\w)", re.IGNORECASE)
_AFTER = re.compile(rf"(?<!\w)(?:{_WORD})\s*[:=]?\s*{_NUMBER}(?!\w)", re.IGNORECASE)
_QUORUM = re.compile(rf"(?<!de )\b{_COUNTED['quorum']}\s*[:=]?\s*{_NUMBER}(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"\d")
_BETWEEN = re.compile(r"[,;.\n]|\s[–-]\s")
_UNANIMOUS = re.compile(r"unanim|einstimmig|eenparig|unaniem", re.IGNORECASE)
_ADVICE: dict[str, re.Pattern[str]] = {
    "reserved": re.compile(r"réserv|reserv|voorbehoud|vorbehalt|mitig|reservation", re.IGNORECASE),
    "unfavourable": re.compile(r"défavorable|defavorable|négatif|negati[ev]|ongunstig|ablehnend|unfavou?rable",
                               re.IGNORECASE),
    "favourable": re.compile(r"favorable|positi[efv]|gunstig|zustimmend|befürwortend|favou?rable", re.IGNORECASE),
}  # fmt: skip


def vote(text: str) -> dict[str, int | bool]:
    """The numbers by name (`for`, `against`, `abstention`, `proxies`, `quorum`) and `unanimous`; empty when none.

    "5 pour 2 contre" or "pour 5 contre 2": which way the numbers go is seen by what comes first between two commas.
    """
    found: dict[str, int | bool] = {}
    for said in _BETWEEN.split(text):
        for name, number in _pairs(said):
            found.setdefault(name, number)
    if _UNANIMOUS.search(text):
        found["unanimous"] = True
    return found


def _pairs(said: str) -> list[tuple[str, int]]:
    """The way that leaves no number over; else the quorum before its number, as it is written, and the rest around."""
    for way in (_BEFORE, _AFTER):
        if not _NUMBERED.search(way.sub(" ", said)):
            return [_pair(found) for found in way.finditer(said)]
    quorum = _QUORUM.search(said)
    if quorum is not None:
        return [("quorum", int(quorum["number"])), *_pairs(said[: quorum.start()]), *_pairs(said[quorum.end() :])]
    first, second = (_AFTER, _BEFORE) if _start(_AFTER, said) < _start(_BEFORE, said) else (_BEFORE, _AFTER)
    return [_pair(found) for found in (*first.finditer(said), *second.finditer(first.sub(" ", said)))]


def _pair(found: re.Match[str]) -> tuple[str, int]:
    return next(name for name in _COUNTED if found[name]), int(found["number"])


def _start(way: re.Pattern[str], said: str) -> int:
    found = way.search(said)
    return found.start() if found else len(said)


def advice(text: str) -> str | None:
    """`favourable`, `unfavourable` or `reserved`; None when it is none of these."""
    return next((name for name, words in _ADVICE.items() if words.search(text)), None)


def quorum_reached(counted: dict[str, int | bool]) -> bool | None:
    """Whether those who voted, those represented included, make the quorum; None where none was said."""
    if "quorum" not in counted:
        return None
    present = sum(int(counted.get(name, 0)) for name in ("for", "against", "abstention"))
    return present >= int(counted["quorum"])
