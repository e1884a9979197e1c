"""How a decision was settled: a vote in numbers, or the advice of a consultative body."""

from bot import Command, Context, Refusal, Reply, _, lines
from bot.understanding import votes
from commands.recall import vote_words
from commands.records import named, need_settler, public
from commands.settling import confirm_buttons, standing
from storage.decisions import Decision
from storage.settled import Status

VOTE = _("D-12 vote 7 for, 1 against, 2 abstentions, quorum 6")
ADVICE = _("D-12 advice favourable")


def one(command: Command) -> None:
    """The verbs after `D-12`."""
    command.about(
        "vote",
        help=_("record a vote: for, against, abstentions, quorum, proxies"),
        fr=("vote", "voté", "votée", "scrutin"),
        nl=("stemming", "gestemd"),
        de=("abstimmung", "abgestimmt"),
        en=("vote", "voted"),
        takes="words",
        example=VOTE,
    )(voted)
    command.about(
        "advice",
        help=_("record an advice: favourable, unfavourable or with reservations"),
        fr=("avis",),
        nl=("advies",),
        de=("stellungnahme", "gutachten"),
        en=("advice", "opinion"),
        takes="words",
        example=ADVICE,
    )(advised)


def voted(context: Context, row: Decision, rest: str) -> Reply:
    need_settler(context, row)
    counted = votes.vote(rest)
    if not counted:
        raise Refusal(
            _(
                "How did the vote go? For example: `{example}`",
                example=VOTE,
            )
        )
    if row.status not in {Status.PROPOSED, Status.IN_FORCE}:
        raise Refusal(standing(context, row))
    kept = {name: value for name, value in (row.vote or {}).items() if name == "advice"}
    row.vote = {**kept, **counted}
    reached = votes.quorum_reached(counted)
    return Reply(
        lines(
            _("{ref} – {vote}", ref=named(row), vote=vote_words(row)),
            _("The quorum was not reached.") if reached is False else None,
        ),
        buttons=confirm_buttons(row) if row.status is Status.PROPOSED else (),
        public=public(context, row),
    )


def advised(context: Context, row: Decision, rest: str) -> Reply:
    need_settler(context, row)
    given = votes.advice(rest)
    if given is None:
        raise Refusal(_("Which advice? For example: `{example}`", example=ADVICE))
    row.vote = {**(row.vote or {}), "advice": given}
    return Reply(_("{ref} – {vote}", ref=named(row), vote=vote_words(row)), public=public(context, row))
