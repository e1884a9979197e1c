"""/qui: who offers what, for whom, where; the best three with why, or an honest nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import (
    Button,
    Context,
    Outcome,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    command,
    lines,
    many,
    verbatim,
)
from bot.dispatch import OPEN, POINTED_LENGTH
from bot.helping import overview
from bot.phrases import Blank
from bot.understanding import privacy
from bot.understanding.ages import NO_LIMIT
from bot.understanding.spelling import fold
from bot.understanding.themes import vocabulary
from commands import offer_cards
from storage import needs, partners

if TYPE_CHECKING:
    from bot.finding.answers import Answer, Found
    from bot.understanding.questions import Understood

FIRST = 3
MORE = 10
# What a button may carry of a question.
CARRIED = 1200
LONGEST = 2000


@command(
    "whohas",
    fr="qui",
    nl="wie",
    de="wer",
    help=_("Who offers what around here: ask as you would ask a colleague."),
    examples=(
        _("offers talking groups for teenagers in Libramont?"),
        _("helps a mother with a burn-out who speaks Dutch near Forest?"),
    ),
    fallback=True,
)
def who(context: Context, line: str) -> Outcome:
    """The answers for a question; help where there is no question in it."""
    if not line.strip():
        raise Refusal(
            lines(_("What are you looking for, for whom, and where?"), _("For example: {example}", example=EXAMPLE))
        )
    found = ask(context, line[:LONGEST], limit=FIRST)
    asked = found.understood
    if asked.bare and not found.answers and (asked.where.places or asked.who.known):
        # Only where, or for whom: no need of anybody's is known yet.
        raise Refusal(lines(_understood(asked, context), _("What are you looking for, for whom, and where?")))
    if not found.answers and not (
        asked.themes or asked.where.places or asked.advice or asked.outside or asked.language_alone
    ):
        if not asked.languages and context.registry is not None and len(line.split()) <= GREETING:
            return overview(context, context.registry)
        raise _unsure(context, line)
    return answered(context, line[:LONGEST], found)


def _unsure(context: Context, line: str) -> Refusal:
    """A promise with its day can be kept as one; of anything else an example says what to ask."""
    if _PROMISED.match(line) and context.deadline(line) is not None:
        kept: dict[str, int | str] = {"command": "commit", "text": line[:POINTED_LENGTH], "permalink": ""}
        return Refusal(_("Shall I keep this message?"), Button(_("Yes, record it"), OPEN, kept, "primary"))
    return Refusal(lines(_("I am not sure what you are looking for."), _("For example: {example}", example=EXAMPLE)))


# "Je relance Vivalia pour vendredi": somebody who tells what they will do.
_PROMISED = re.compile(r"(?:je|nous|on|ik|wij|we|ich|wir|i|i['’]ll)\s|j['’]", re.IGNORECASE)
EXAMPLE = _("`/whohas offers talking groups for teenagers in Libramont?`")
# A message this short without a theme or a place is a greeting, not a question.
GREETING = 3


def ask(context: Context, question: str, *, limit: int) -> "Found":
    from bot.finding.answers import find  # noqa: PLC0415 - heavy, and of no use before it is asked for

    return find(
        context.session, question, now=context.now, usual=context.language, limit=limit, rotate_on=context.today
    )


def answered(context: Context, question: str, found: "Found") -> Reply:
    """The answers, or why there are none; a question without any becomes a need."""
    asked = found.understood
    if not found.answers:
        _keep_need(context, question, found)
        silence = SILENCES.get(found.silent, SILENCES["topic"])
        return Reply(
            # What I cannot answer is said first, and alone.
            lines(_understood(asked, context), silence) if found.silent in NEEDS else silence,
            sections=(Section(_("I note the need, without any personal detail, so that the network can see it.")),)
            if found.silent in NEEDS
            else (),
            undo=False,
        )
    widened = (
        _("Nothing in the place itself: I looked further, up to {n} km.", n=round(found.widened))
        if found.widened is not None and not any({"here", "zone"} & set(one.why) for one in found.answers)
        else None
    )
    apart = (
        _("No service says just that: here is what comes nearest.")
        if asked.themes and not any(_topics(one, context) for one in found.answers)
        else None
    )
    buttons: list[Button] = []
    carried = question[:CARRIED]
    if len(found.answers) == FIRST:
        buttons.append(button(_("More"), more, question=carried))
    buttons.append(button(_("Not what I needed"), missed, question=carried))
    if context.channel is not None:
        buttons.append(button(_("Share in the channel"), share, question=carried))
    return Reply(
        lines(_understood(asked, context) or _("What I found:"), widened, apart),
        sections=tuple(card(context, one) for one in found.answers),
        buttons=tuple(buttons),
        undo=False,
    )


def _understood(asked: "Understood", context: Context) -> Phrase | None:
    """What was understood, so that a misreading is seen at once; None where it was nothing in particular."""
    language = context.language
    said: list[Blank] = [vocabulary().kinds[kind].names[language] for kind in _kinds(asked)[:2]]
    if asked.who.known:
        said.append(_ages(*asked.who.ages))
    said += [place.label(language) for place in asked.where.places[:2]]
    said += [LANGUAGE_NAMES.get(code) or _("in another language") for code in asked.languages]
    said += [FREE] if asked.price.free else [LOW] if asked.price.low else []
    said += [_("{n} € at most", n=f"{asked.price.most:g}")] if asked.price.most is not None else []
    said += [REASONS["evening"]] if asked.evening else []
    said += [REASONS["weekend"]] if asked.weekend else []
    said += [FORMS[form] for form in FORMS if form in asked.formats]
    return _("I understood: {said}.", said=_beside(said)) if said else None


def _ages(low: int, high: int) -> Phrase:
    if high >= NO_LIMIT:
        return _("{n} years and over", n=low)
    return _("{n} years", n=low) if low == high else _("{low}–{high} years", low=low, high=high)


def _beside(said: Sequence[Blank]) -> Phrase:
    """Apart from each other: many of the names hold an "and" of their own."""
    return lines(*(each if isinstance(each, Phrase) else verbatim(str(each)) for each in said), separator=" · ")


# Somebody to talk to is a way of helping: beside another subject, it is not what was asked about.
A_WAY = "helpline"


def _kinds(asked: "Understood") -> list[str]:
    """The kinds of what was asked about, the surest first."""
    book = vocabulary()
    themes = sorted(asked.themes, key=lambda theme: -asked.themes[theme])
    themes = [theme for theme in themes if theme != A_WAY] or themes
    kinds = dict.fromkeys(book.themes[theme].kind for theme in themes)
    return [kind for kind in kinds if kind != "outside"]


FREE = _("free of charge")
LOW = _("at a low price")
# How help is given, where it was asked for in so many words.
FORMS: dict[str, Phrase] = {
    "home_visit": _("at home"),
    "phone": _("by phone"),
    "online": _("online"),
}
LANGUAGE_NAMES = {
    "fr": _("in French"),
    "nl": _("in Dutch"),
    "de": _("in German"),
    "en": _("in English"),
    "ar": _("in Arabic"),
    "tr": _("in Turkish"),
    "lu": _("in Luxembourgish"),
    "lsf": _("in sign language"),
    "sgn": _("in sign language"),
    "es": _("in Spanish"),
    "it": _("in Italian"),
    "pt": _("in Portuguese"),
    "ru": _("in Russian"),
    "uk": _("in Ukrainian"),
    "fa": _("in Persian"),
    "ps": _("in Pashto"),
    "ro": _("in Romanian"),
    "pl": _("in Polish"),
    "so": _("in Somali"),
    "ti": _("in Tigrinya"),
    "sq": _("in Albanian"),
    "ku": _("in Kurdish"),
    "bg": _("in Bulgarian"),
    "zh": _("in Chinese"),
}


def card(context: Context, one: "Answer") -> Section:
    """One answer: what, whose, where, why, and what to check."""
    offer = one.offer
    name = offer_cards.named(offer, context.language)
    away = _(" ({n} km)", n=round(one.kilometres)) if one.kilometres is not None and one.kilometres >= 1 else Phrase("")
    reasons = [*_topics(one, context), *(REASONS[reason] for reason in one.why if reason in REASONS)]
    # Where the day of its last verification is said, that it is old needs no other words.
    dated = offer.verified_at is not None
    against = [AGAINST[reason] for reason in one.why if reason in AGAINST and not (dated and reason == "late")]
    against += [_("never verified")] if "verified" in one.unknown else []
    unknown = [UNKNOWN[fact] for fact in one.unknown if fact in UNKNOWN] + offer_cards.unsaid(offer)
    return Section(
        lines(
            _("**{name}** – {partner}", name=name, partner=offer.partner_name)
            if offer.partner_name and fold(offer.partner_name) != fold(name)
            else _("**{name}**", name=name),
            _("{place}{away}", place=offer.commune_name, away=away) if offer.commune_name else None,
            *offer_cards.facts(context, offer),
            _("Why: {reasons}.", reasons=_beside(reasons)) if reasons else None,
            _("But: {against}.", against=against) if against else None,
            _("To be checked: {unknown}.", unknown=unknown) if unknown else None,
        ),
        (button(_("Signal an error"), offer_cards.signal, offer=offer.id),),
    )


def _topics(one: "Answer", context: Context) -> Sequence[Blank]:
    """What the question and the offer both speak of, above all."""
    book = vocabulary()
    themes = [reason.removeprefix("theme:") for reason in one.why if reason.startswith("theme:")]
    kinds = (book.themes[theme].kind for theme in themes if theme != A_WAY)
    return [book.kinds[kind].names[context.language] for kind in kinds if kind != "outside"][:1]


REASONS: dict[str, Phrase] = {
    "here": _("in the place itself"),
    "zone": _("it covers the place"),
    "near": _("in the surroundings"),
    "remote": _("at a distance, by phone or online"),
    "age": _("for this age"),
    "language": _("in the language asked"),
    "free": _("free of charge"),
    "evening": _("open in the evening"),
    "weekend": _("open at the weekend"),
    "low-price": LOW,
    **{f"form:{form}": said for form, said in FORMS.items()},
}
AGAINST: dict[str, Phrase] = {
    "other-age": _("for another age"),
    "other-sex": _("for another public"),
    "other-language": _("in another language"),
    "paying": _("not free"),
    "dear": _("dearer than that"),
    "day-only": _("not in the evening"),
    "no-weekend": _("not at the weekend"),
    "late": _("not verified lately"),
    "full": _("full for now"),
}
UNKNOWN: dict[str, Phrase] = {
    "age": _("the age"),
    "languages": _("the languages"),
    "fee": _("the price"),
    "hours": _("the hours"),
}
SILENCES: dict[str, Phrase] = {
    "advice": _("That is a question for a doctor: I give no medical advice. I can look for a doctor or a service."),
    "outside": _("That is not in this directory, which is about care and support."),
    "place": _("Nothing that fits around there, as far as I know."),
    "age": _("Nothing that fits for this age, as far as I know."),
    "topic": _("Nothing that fits, as far as I know."),
}
NEEDS = frozenset({"place", "age", "topic"})


def _keep_need(context: Context, question: str, found: "Found") -> None:
    if found.silent not in NEEDS:
        return
    asked = found.understood
    place = asked.where.place
    keep = [partner.name for partner in partners.active(context.session)]
    keep += [known.label(context.language) for known in asked.where.places]
    needs.record(
        context.session,
        on=context.today,
        words=privacy.strip(question, keep=keep),
        kind=next(iter(_kinds(asked)), "other"),
        themes=sorted(asked.themes, key=lambda theme: -asked.themes[theme])[:5],
        commune=place.commune if place else "",
        language=asked.lang,
        ages=f"{asked.who.ages[0]}-{asked.who.ages[1]}" if asked.who.known else "",
        why=found.silent,
    )


@action
def more(context: Context, question: str) -> Reply:
    """The next answers to the same question."""
    found = ask(context, question, limit=MORE)
    rest = found.answers[FIRST:]
    if not rest:
        return Reply(_("That is all I know of."), undo=False)
    return Reply(
        many("{n} more:", "{n} more:", len(rest)),
        sections=tuple(card(context, one) for one in rest),
        undo=False,
    )


@action
def missed(context: Context, question: str) -> Reply:
    """The answers did not help: that is a need too."""
    found = ask(context, question, limit=FIRST)
    _keep_need(context, question, replace(found, answers=(), silent=found.silent or "topic", widened=None))
    return Reply(_("Thank you: noted as a need, without any personal detail. Try other words, or a larger place."))


@action
def share(context: Context, question: str) -> Reply:
    """The same answers, for everyone in the channel; the question itself is not repeated."""
    found = ask(context, question, limit=FIRST)
    return Reply(
        _("Shared by {name}:", name=context.me.name),
        sections=tuple(Section(card(context, one).text) for one in found.answers),
        public=True,
        undo=False,
    )
