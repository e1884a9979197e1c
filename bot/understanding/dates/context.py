"""What around a day says that it is no deadline: a past meeting, the date of a law, an address, opening hours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.dates.values import Found, Moment, Span

STREETS = (
    r"\b(?:(?:rue|avenue|av\.?|bd|boulevard|quai|chauss[ée]e|all[ée]e|impasse|laan|straat|plein|platz|stra(?:ss|ß)e|street)"
    r"\s+(?:(?:du|de la|de|des|van de|van|des|the)\s+)?|(?:place|square|station|métro|arrêt)\s+(?:du|de la|des?|van de)\s+"
    r"|(?:née?|born|geboren|geb\.|°)\s*(?:on|le|am|op)?\s*)$"
)
PAST = {
    "fr": (
        r"\b(?:a|ont|avons|ai|avez|avait|avaient|avions)\s+(?:\w+ment\s+|bien\s+|déjà\s+|tous\s+|toutes\s+)?(?:été|eu|pris|fait|mis|dit|reçu|vu|tenu|\w{2,}(?:é|ée|és|ées|is|it|ert|ie?|u))\b"
        r"|\b(?:s['’]est|se sont|s['’]était|nous sommes|étai(?:t|ent|s)|étions|fut|furent|est née?|avait|avaient|sont venue?s|est venue?|ont eu)\b|\best entrée? en vigueur\b|\b(?:est|sont)\s+(?:survenu|intervenu|déroulé|réuni|tenu|paru)e?s?\b"
        r"|\bdat(?:é|ée|és|ées|ant)\b|\b(?:est|sont)\s+(?:\w+\s+)?(?:passé|né|parti|arrivé|entré|décédé|sorti)e?s?\b"
    ),
    "nl": (
        r"\b(?:had|hadden|werd|werden|was|waren|vond|vonden|kwam|kwamen|ging|gingen|begon|is\b.{0,60}\bge\w+[td]|zijn\b.{0,60}\bge\w+[tdn]|besliste[n]?|kreeg|kregen|zag|zagen|sprak|spraken|gaf|gaven|nam|namen|vroeg|vroegen|stond|stonden|besprak(?:en)?|stuurde[n]?|ontving(?:en)?|dateert|gedateerd|geboren)\b"
    ),
    "de": (
        r"\b(?:hatte|hatten|wurde|wurden|war|waren|fand|fanden|kam|kamen|ging|gingen|begann|beschloss(?:en)?|trafen?|bekam(?:en)?|erhielt(?:en)?|sah(?:en)?|gab(?:en)?|nahm(?:en)?|sprach(?:en)?|schickte[n]?|ist\b.{0,60}\bge\w+[tn]|sind\b.{0,60}\bge\w+[tn]|datiert|geboren)\b"
    ),
    "en": (
        r"\b(?:was|were|had|has been|have been|did|met|held|took place|went|came|began|sent|wrote|said|got|gave|made|left|saw|spoke|told|took|found|heard|brought|ran|dated|born|been|(?<!\bis )(?<!\bare )(?<!\bbe )(?!(?:need|feed|seed|speed|need|indeed|embed|wed|shed|hundred)\b)\w{2,}ed)\b"
    ),
}
# Dutch and German part the auxiliary from its participle, which may come after the day.
PERFECT = {
    "nl": r"\b(?:heb|hebt|heeft|hebben)\b[^.!?;\n]{0,80}\b(?:(?:\w{2,5})?ge\w{2,}(?:d|t|en)|besproken|beslist|besloten|verstuurd|ontvangen|overlegd|vergaderd|ingegrepen)\b",
    "de": r"\b(?:habe|hast|hat|haben|habt)\b[^.!?;\n]{0,80}\b(?:(?:\w{2,5})?ge\w{2,}(?:t|en)|besprochen|beschlossen|entschieden|verschickt|erhalten|beraten|begonnen)\b",
}
AHEAD = {
    "fr": (
        r"\b(?:(?:que|pour|de|à)\s|(?:qu|d)['’])\s*(?:\w+\s+){0,3}?\w+(?:er|ir|re|oir)\b|\bqu[e'’]|\b(?:doi[st]|doivent|devra(?:it)?|devront|sera|seront|va|vont|faut|faudra|faudrait|peut|peuvent|pourra(?:it|ient)?|pourront|prévue?s?|convenue?s?|promis|fixée?s?|reportée?s?|repoussée?s?|postposée?s?|décalée?s?|planifiée?s?|programmée?s?|avai(?:t|ent|ons) dit|avions dit|prochaine?s?|\w+(?:era|eront|erons|ira|iront))\b"
    ),
    "nl": (
        r"\b(?:te|om|dat|zal|zullen|moet(?:en)?|kan|kunnen|mag|mogen|wordt|worden|volgende|komende|gaan|gaat|gepland|voorzien|uitgesteld|verplaatst|afgesproken|beloofd|vastgelegd)\b"
    ),
    "de": (
        r"\b(?:zu|dass|soll(?:en)?|muss|müssen|kann|können|darf|dürfen|wird|werden|nächste[nrs]?|kommende[nrs]?|geplant|verschoben|vereinbart|versprochen|zugesagt|festgelegt|vorgesehen)\b"
    ),
    "en": (
        r"\b(?:to|that|will|get|please|let|must|should|shall|can|could|may|might|needs?|next|would|going|promised|agreed|committed|postponed|scheduled|planned|expected|asked|supposed|moved|set|required|invited|proposed|suggested|requested|wanted|rescheduled|delayed)\b"
    ),
}
# Before a day without a year that has just passed: it is told, not owed next year ("as agreed on 7 October").
# After an article a French word in -é is a noun: "le comité", "l'assemblée".
TOLD = {
    "fr": r"(?:\b(?:comme|tel(?:le)?s? que|ainsi que|cfr?\.?|voir|vue?s?)\b[^,;.]{0,30}|(?<!\ble )(?<!\bla )(?<!\bles )(?<!\bun )(?<!\bune )(?<!\bdes )(?<!\bd[eu] )(?<!\bau )(?<![ld]['’])\b\w{2,}(?:é|ée|és|ées)\s+(?:\w+\s+){0,2})$",
    "nl": r"(?:\b(?:zoals|zie|cfr?\.?)\b[^,;.]{0,30}|\b(?:\w{0,5}ge\w{3,}(?:d|t|en)|besproken|beslist|ontvangen)\s+(?:\w+\s+){0,2})$",
    "de": r"(?:\b(?:wie|siehe|vgl\.)\b[^,;.]{0,30}|\b(?:\w{0,5}ge\w{3,}(?:t|en)|besprochen|beschlossen|erhalten)\s+(?:\w+\s+){0,2})$",
    "en": r"(?:\b(?:as|see|cf\.?)\b[^,;.]{0,30}|\b\w{2,}ed\s+(?:\w+\s+){0,2})$",
}
# "A budget for the board" may be owed to it, not by its next meeting.
FOR_WHOM = r"(?:pour|pr|voor|f[üu]r|for)\b"
OPEN_HOURS = (
    r"\b(?:ouvert|accessible|joignable|horaires?|geopend|open|bereikbaar|openingsuren|geöffnet|erreichbar|"
    r"öffnungszeiten|sprechstunde|opening)\w*\b[^.!?\n]{0,40}$"
)
# "Planned on the 3rd, postponed to the 10th": the day it was moved to is the one that counts.
MOVED = (
    r"(?:report|repouss|postpos|déplac|décal|avancé|verplaats|uitgesteld|verschov|verschuiv|vervroegd|verschoben|verschieben|"
    r"verlegt|vorgezogen|postpone|moved|rescheduled|shifted|put off|brought forward)\w*\W+(?:\w+\W+){0,2}$"
)
SENTENCE_END = re.compile(r"[.!?;\n](?=\s|$)")
COMPARED = r"\b(?:comme|tel(?:le)?s? que|ainsi que|zoals|wie|as)\s+(?:\w+\s+)?\w+\s"
JUST_PASSED = 60  # days
NEAR = 60
OPENING = 25  # characters: a day so near its sentence's beginning opens it
NAMED = 3


@lru_cache(maxsize=16)
def pattern(source: str) -> re.Pattern[str]:
    """Compiled when first asked for: the import stays quick."""
    return re.compile(source, re.IGNORECASE)


def strength_in_context(text: str, found: Found, moment: Moment) -> int:
    """How much the span is a deadline there: 3 named by a preposition, 1 or 2 a day, 0 or less none at all."""
    span = found.span
    before = text[max(0, found.start - 200) : found.start]
    told = 0 if pattern(STREETS).search(before[-40:]) else _by_itself(text, found)
    clause = before[last_end(before) :]
    if told is None or span.recurrence:
        opens = (span.weekday is not None or span.recurrence) and pattern(OPEN_HOURS).search(clause)
        told = 0 if opens else told
    if told is not None:
        return told
    after = text[found.end : found.end + 200]
    stop = SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    if span.reason == "now":
        return 0 if clause.strip() or after.strip(" .!?") else 1
    promised = _genitive(found)
    if promised is not None:
        return promised
    if pattern(MOVED).search(clause[-60:]):
        return NAMED
    if just_passed(span, moment) and pattern(TOLD[moment.lang]).search(clause) and not _ahead(clause, moment.lang):
        return 0
    whole = clause + text[found.start : found.end] + after
    return 0 if _told_as_past(clause, whole, "" if span.explicit else after, moment.lang) else span.strength


def just_passed(span: Span, moment: Moment) -> bool:
    """Whether the day, which names no year, was there within the last two months: the next one may not be meant."""
    if span.yearly is None or span.explicit or span.reason not in {"", "before_the_day"}:
        return False
    last = span.yearly(span.last.year - 1)
    return last is not None and last.first == last.last and 0 < (moment.today - last.last).days <= JUST_PASSED


def _ahead(clause: str, lang: str) -> bool:
    """Whether a verb points ahead, but in "as agreed"."""
    compared = pattern(COMPARED).search(clause)
    return pattern(AHEAD[lang]).search(clause, compared.end() if compared else 0) is not None


def _told_as_past(clause: str, whole: str, after: str, lang: str) -> bool:
    """Whether the verb before the day is in the past, or the one right after a day that begins the sentence."""
    past, ahead = pattern(PAST[lang]), pattern(AHEAD[lang])
    if not ahead.search(clause):
        if past.search(clause):
            return True
        if lang in PERFECT and pattern(PERFECT[lang]).search(whole):
            return True
    if len(clause.strip()) > OPENING:
        return False
    verb = past.search(after[:NEAR])
    return verb is not None and not ahead.search(after, 0, verb.start())


def _by_itself(text: str, found: Found) -> int | None:
    """What the span alone tells, whatever stands around it."""
    span = found.span
    if span.open:
        return 1 if span.reason == "after_the_period" and span.strength > 0 else 0
    if span.reason == "opening_hours" and span.strength < NAMED:
        return 0
    if span.reason == "event" and not span.explicit and pattern(FOR_WHOM).match(text, found.start):
        return min(span.strength, 1)
    if span.recurrence:
        return 2
    return span.strength if span.strength >= NAMED else None


def last_end(before: str) -> int:
    """Where the last sentence of a text begins."""
    end = 0
    for match in SENTENCE_END.finditer(before):
        end = match.end()
    return end


def _genitive(found: Found) -> int | None:
    """A meeting named by its day is no deadline, unless something is owed before it."""
    nodes, index = found.nodes, found.index
    i = index - 1
    if i >= 0 and "ART" in nodes[i].kinds and "OF" not in nodes[i].kinds:
        i -= 1
    linked = i >= 0 and "OF" in nodes[i].kinds
    cue_at = i - 1 if linked else i
    if cue_at < 0:
        return None
    window = nodes[max(0, cue_at - 5) : cue_at + 1]
    cue = "EVENTCUE" in nodes[cue_at].kinds or "MEETING" in nodes[cue_at].kinds
    if not linked and not cue:
        return None
    if linked and not cue and not nodes[cue_at].kinds.keys() & {"WORD", "JUNK", "DAYNUM", "BIG"}:
        return None
    if any(node.kinds.keys() & {"BY", "BEFORE", "UNTIL", "VOR"} for node in window):
        return 3
    if any(node.kinds.get("NEXT") in ("next", "coming") for node in window):
        return 1
    return 0 if linked else None


def tidy(head: str, tail: str) -> str:
    """Two halves of a sentence joined without a doubled space, an orphan comma or empty brackets."""
    joined = f"{head.rstrip()} {tail.lstrip()}".strip()
    joined = re.sub(r"\(\s*\)", "", joined)
    joined = re.sub(r"\s+([,.)])", r"\1", joined)
    joined = re.sub(r",\s*(?=[,.!?;:)])", "", joined)
    joined = re.sub(r"^[\s,;:.\u2013-]+|[\s,;:\u2013-]+$", "", joined)
    return re.sub(r"[ \t]{2,}", " ", joined)
