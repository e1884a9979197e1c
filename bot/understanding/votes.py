"""How a vote or an advice is said: "7 pour, 1 contre, 2 abstentions, quorum 6", "avis favorable"."""

import re

_COUNTED: dict[str, str] = {
    "for": r"pour|voix\s+pour|favorables?|voor(?:stemmers)?|dafür|dafuer|ja|oui|for|in\s+favou?r|yes",
    "against": r"contre|défavorables?|tegen(?:stemmers)?|dagegen|gegen|nein|nee|non|against|no",
    "abstention": r"abstentions?|abst\w*\.?|blancs?|onthouding(?:en)?|enthaltung(?:en)?|neutre?s?",
    "proxies": r"procurations?|mandats?|volmacht(?:en)?|vollmacht(?:en)?|prox(?:y|ies)",
}
_QUORUM = re.compile(r"quorum\D{0,12}?(\d{1,5})|(\d{1,5})\s+(?:de\s+)?quorum", re.IGNORECASE)
_UNANIMOUS = re.compile(r"unanim|einstimmig|eenparig|unaniem", re.IGNORECASE)
_ADVICE: dict[str, re.Pattern[str]] = {
    "reserved": re.compile(r"réserv|reserv|voorbehoud|vorbehalt|mitig|reservation", re.IGNORECASE),
    "unfavourable": re.compile(r"défavorable|defavorable|négatif|negati[ev]|ongunstig|ablehnend|unfavou?rable",
                               re.IGNORECASE),
    "favourable": re.compile(r"favorable|positi[efv]|gunstig|zustimmend|befürwortend|favou?rable", re.IGNORECASE),
}  # fmt: skip


def vote(text: str) -> dict[str, int | bool]:
    """The numbers by name (`for`, `against`, `abstention`, `proxies`, `quorum`) and `unanimous`; empty when none."""
    found: dict[str, int | bool] = {}
    if quorum := _QUORUM.search(text):
        found["quorum"] = int(quorum[1] or quorum[2])
        text = text[: quorum.start()] + " " + text[quorum.end() :]
    for name, words in _COUNTED.items():
        before = re.search(
            rf"(\d{{1,5}})\s*(?:voix\s+|stemmen\s+|stimmen\s+|votes?\s+)?(?:{words})(?!\w)", text, re.IGNORECASE
        )
        after = before or re.search(rf"(?<!\w)(?:{words})\s*[:=]\s*(\d{{1,5}})", text, re.IGNORECASE)
        if after:
            found[name] = int(after[1])
    if _UNANIMOUS.search(text):
        found["unanimous"] = True
    return found


def advice(text: str) -> str | None:
    """`favourable`, `unfavourable` or `reserved`; None when it is none of these."""
    return next((name for name, words in _ADVICE.items() if words.search(text)), None)


def quorum_reached(counted: dict[str, int | bool]) -> bool | None:
    """Whether those who voted, those represented included, make the quorum; None where none was said."""
    if "quorum" not in counted:
        return None
    present = sum(int(counted.get(name, 0)) for name in ("for", "against", "abstention"))
    return present >= int(counted["quorum"])
