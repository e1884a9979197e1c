"""A question in, the best offers out, with why: what `/qui`, a mention and `filrouge ask` all call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.finding.asking import ask
from bot.finding.directory import DIRECTORY, Directory
from storage import offers

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.finding.ranking import Hit
    from bot.understanding.questions import Understood
    from storage.database import NetworkSession
    from storage.offers import Offer

# Scores this close are equal matches: none of them always comes first.
EQUAL: Final = 0.04


@dataclass(frozen=True, slots=True)
class Answer:
    """An offer, and why it answers.

    `why` holds facts as words of code: `theme:debt`, `here`, `zone`, `near`, `remote`, `age`, `language`, `free`,
    `evening`, `form:group`, and what is against it (`other-age`, `other-sex`, `other-language`, `paying`, `late`,
    `full`).

    `kilometres` is None where no place was asked; `unknown` names what nobody said and must be checked: `age`,
    `languages`, `fee`, `hours`, `verified`.
    """

    offer: Offer
    score: float
    fit: float
    kilometres: float | None
    why: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def place(self) -> str:
        return self.offer.commune_name


@dataclass(frozen=True, slots=True)
class Found:
    """What was understood, and the answers.

    `silent` says why there is no answer: advice (a question for a doctor), outside (not a care directory's), place,
    age or topic; `widened` is how far the best one lies, in km, when none was better in the place asked.
    """

    understood: Understood
    answers: tuple[Answer, ...]
    silent: str = ""
    widened: float | None = None


def find(
    session: NetworkSession,
    question: str,
    *,
    now: datetime,
    lang: str | None = None,
    usual: str | None = None,
    limit: int = 3,
    rotate_on: date | None = None,
    directory: Directory = DIRECTORY,
) -> Found:
    """`lang` is the question's, `usual` its author's; equal matches take turns by the day `rotate_on`, where given."""
    index = directory.index(session, now)
    asked, ranking = ask(index, question, lang, usual=usual, model=directory.encoder, limit=limit)
    hits = _rotated(ranking.hits, rotate_on) if rotate_on else list(ranking.hits)
    rows = offers.by_ids(session, (hit.id for hit in hits))
    answers = tuple(_answer(rows[hit.id], hit, asked) for hit in hits if hit.id in rows)
    widened = answers[0].kilometres if answers and hits[0].step else None
    return Found(asked, answers, ranking.silent if not answers else "", widened)


def _rotated(hits: tuple[Hit, ...], day: date) -> list[Hit]:
    groups: list[list[Hit]] = []
    for hit in hits:
        if groups and groups[-1][0].score - hit.score <= EQUAL:
            groups[-1].append(hit)
        else:
            groups.append([hit])

    def turn(hit: Hit) -> bytes:
        return hashlib.blake2b(f"{day.isoformat()} {hit.id}".encode()).digest()

    return [hit for group in groups for hit in (sorted(group, key=turn) if len(group) > 1 else group)]


def _answer(offer: Offer, hit: Hit, asked: Understood) -> Answer:
    why = [*(f"theme:{theme}" for theme in hit.themes), *_where(offer, hit, asked), *hit.reasons]
    unknown = [
        name
        for name, missing in (
            ("age", offer.age_min < 0 and offer.age_max < 0),
            ("languages", not offer.languages),
            ("fee", not offer.fee and offer.free is None),
            ("hours", not offer.hours and not offer.hours_text),
            ("verified", offer.verified_at is None),
        )
        if missing
    ]
    return Answer(offer, hit.score, hit.fit, hit.kilometres, tuple(dict.fromkeys(why)), tuple(unknown))


def _where(offer: Offer, hit: Hit, asked: Understood) -> list[str]:
    if not asked.where.places:
        return []
    if hit.step:
        return ["near"]
    place = asked.where.place
    if place is not None and offer.commune and offer.commune == place.commune:
        return ["here"]
    return ["remote"] if offer.remote else ["zone" if place is not None and place.kind != "area" else "here"]
