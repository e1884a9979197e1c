"""/decision: keep what a body settled, recall it, and say whether it still holds."""

import re
from datetime import date
from typing import Any

from bot import (
    Context,
    FieldErrors,
    Form,
    Phrase,
    Refusal,
    Reply,
    _,
    action,
    button,
    command,
    day,
    lines,
    one_of,
    words,
)
from bot.understanding import clauses
from commands import about, consenting, recall, reviewing, settling, voting, which_body
from commands.days import past
from commands.records import as_list, checked, named, public, refs_in
from storage import decisions, settled
from storage.decisions import Decision

EXAMPLE = _("`/decision We choose Vivalia for the reception desk, to be reviewed on 1 March`")
# Records shown to whoever typed one word.
NEAREST = 5
# What the record says by itself: "/decision Décision : on garde le jeudi".
_LABEL = re.compile(r"^(?:décision|decision|beslissing|besluit|beschluss)\s*:\s*(?=\S)", re.IGNORECASE)
_REPLACES = re.compile(
    r"[\s,;(]*\b(?:qui\s+|die\s+|which\s+)?(?:remplace|annule et remplace|vervangt|ersetzt|replaces)\s+"
    r"((?:la\s+|de\s+|die\s+|the\s+)?(?:décision\s+|beslissing\s+)?D\s?-?\s?\d{1,7}\b(?:\s*(?:,|et|en|und|and)\s*D\s?-?\s?\d{1,7}\b)*)\)?",
    re.IGNORECASE,
)


class Decide(Form):
    title = _("Record a decision")
    text: str = words(_("What was decided?"), lines=3)
    review_on: date | None = day(_("Look at it again on"), optional=True, hint=_("For example: in six months"))
    body: str = one_of(_("By which body?"), which_body.choices, optional=True)
    decided_on: date | None = day(_("Decided on"), optional=True, hint=_("Today, if left empty"))

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        return {"body": which_body.here(context), "text": str(args.get("text", ""))}

    @classmethod
    def read(cls, context: Context, line: str) -> dict[str, Any]:
        """The body, the words and the day of « Comité de pilotage : on retient Vivalia, à revoir le 1er mars »."""
        body, text = _spoken_body(context, _LABEL.sub("", line, count=1))
        if len(text.split()) == 1 and not (context.permalink or context.quote):
            raise _one_word(context, checked(text, EXAMPLE))
        told = clauses.review(text, **context.reading(text))
        if told is None or told.day is None:
            return {"text": text, "body": body}
        return {"text": told.rest, "review_on": told.day, "body": body}


def _one_word(context: Context, word: str) -> Refusal:
    """Whoever types one word may look for something as well: what was decided about it, and a way to say more."""
    about_it = recall.search(context, Decision, word)[:NEAREST]
    return Refusal(
        lines(
            _("“{word}” alone does not say what was decided: nothing is recorded.", word=word[:80]),
            _("Decided about it so far:") if about_it else None,
            as_list(context, about_it) if about_it else None,
            None if about_it else _("For example: {example}", example=EXAMPLE),
        ),
        button(_("Complete it"), complete, text=word, style="primary"),
    )


def _spoken_body(context: Context, line: str) -> tuple[str, str]:
    """The id of the body that a line begins with the name of, and the rest."""
    head, colon, rest = line.partition(":")
    body = which_body.named(context, head) if colon and rest.strip() else None
    return (str(body.id), rest.strip()) if body is not None else (which_body.here(context), line)


@command(
    "decide",
    fr="decision",
    nl="beslissing",
    de="beschluss",
    help=_("Keep what a body settled, and find it again."),
    examples=(
        _("We choose Vivalia for the reception desk, to be reviewed on 1 March"),
        _("list"),
        _("search reception"),
        _("D-12 replaces D-4"),
    ),
    letter="D",
    asked=(
        (
            (
                r"^(?:qu['’]?\w*|que|quoi|wat|was|what|quand|wanneer|wann|when|pourquoi|waarom|warum|why|a-t-on|"
                r"hebben we|haben wir|did we|have we)\b.*\b(?:decid\w+|decision\w*|beslist|beslissing\w*|besloten|"
                r"beschlossen|"
                r"beschluss\w*|decided)\b"
            ),
            "",
        ),
        (r"^(?:les |nos |de |onze |die |unsere |the |our )?(?:decisions|beslissingen|beschlusse)$", "liste"),
    ),
    find=lambda context, number: settled.by_number(context.session, Decision, number),
)
def decide(context: Context, form: Decide) -> Reply:
    """Record it, or propose it; a question is answered."""
    if form.text.rstrip().endswith("?"):
        return recall.found(context, Decision, form.text)
    text, replaced = _replacing(checked(form.text, EXAMPLE))
    _check_days(context, form)
    doubt = None
    review_on = form.review_on
    if review_on is None and (told := clauses.review(text, **context.reading(text))) is not None:
        if told.day is not None:
            text, review_on = told.rest, told.day
        else:
            doubt = told
    body = which_body.chosen(context, form.body)
    decision = decisions.record(
        context.session,
        text=text,
        decided_on=form.decided_on or context.today,
        review_on=review_on,
        **settling.columns(context, body),
    )
    waiting = settling.enter(context, decision)
    if replaced:
        settling.replace(context, decision, " ".join(replaced))
    said = _("{ref} recorded: {text}", ref=named(decision), text=text)
    if waiting is not None:
        said = _("{ref} proposed: {text}", ref=named(decision), text=text)
    return Reply(
        lines(
            said,
            _("To look at again on {day}.", day=review_on) if review_on else None,
            waiting,
            _("Replaces {others}.", others=replaced) if replaced else None,
        ),
        sections=(reviewing.in_doubt(decision, doubt),) if doubt else (),
        public=public(context, decision),
    )


@action
def complete(context: Context, form: Decide, text: str) -> Reply:  # noqa: ARG001 - what the form opened with
    """The form for a word that was too short to be recorded as it was typed."""
    return decide.function(context, form)  # type: ignore[return-value]  # a statement, or the answer to a question


def _replacing(text: str) -> tuple[str, list[str]]:
    """The text without its "remplace D-4", and the references there."""
    found = _REPLACES.search(text)
    if found is None:
        return text, []
    rest = (text[: found.start()] + text[found.end() :]).strip(" ,;")
    return (rest, [f"{letter}-{number}" for letter, number in refs_in(found[1])]) if rest else (text, [])


def _check_days(context: Context, form: Decide) -> None:
    errors: dict[str, Phrase] = {}
    if form.review_on is not None and form.review_on < context.today:
        errors["review_on"] = past(form.review_on)
    if form.decided_on is not None and form.decided_on > context.today:
        errors["decided_on"] = _("That day is still to come.")
    if errors:
        raise FieldErrors(**errors)


about.lists(decide, Decision, example=_("confirm D-3 D-4"))
about.succession(decide)
about.one(decide)
voting.one(decide)
consenting.one(decide, example=_("D-12 consent by 10 December"))
