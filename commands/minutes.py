"""/reunion R-3 …: its minutes drafted, sent for correction, corrected, approved, and found again."""

from bot import Context, Refusal, Reply, _
from bot.exports import papers
from commands import minutes_correcting, minutes_finding, minutes_sending
from commands.meeting import meet
from storage.folding import folded
from storage.meetings import Meeting


@meet.about(
    "minutes",
    fr=("pv", "compte rendu", "procès-verbal"),
    nl=("verslag", "pv"),
    de=("protokoll",),
    en=("minutes",),
    takes="words",
    help=_("Its minutes as a file: Word, OpenDocument, PDF and text, or the one you name."),
    example=_("R-12 minutes pdf"),
)
def minutes(context: Context, meeting: Meeting, rest: str) -> Reply:
    return minutes_sending.drafted(context, meeting, _formats(rest))


@meet.about(
    "decisions",
    fr=("relevé de décisions", "relevé des décisions", "relevé"),
    nl=("besluitenlijst",),
    de=("beschlussprotokoll",),
    en=("record of decisions",),
    takes="words",
    help=_("What it decided, agreed and promised alone, as a file."),
)
def decisions(context: Context, meeting: Meeting, rest: str) -> Reply:
    return minutes_sending.drafted(context, meeting, _formats(rest), decisions_only=True)


def _formats(rest: str) -> tuple[str, ...]:
    """The format that the words name, or all."""
    if not rest:
        return papers.FORMATS
    named = {"word": "docx", "libreoffice": "odt", "markdown": "md"}.get(folded(rest), folded(rest).lstrip("."))
    if named not in papers.FORMATS:
        raise Refusal(_("I write .docx, .odt, .pdf and .md."))
    return (named,)


@meet.about(
    "send",
    fr=("relecture", "envoie", "envoyer", "fais relire"),
    nl=("verstuur", "versturen", "stuur", "sturen", "nalezen"),
    de=("senden", "sende", "verschicken", "gegenlesen"),
    en=("send", "proofread"),
    help=_("Sends the draft of its minutes for correction to those who were there."),
)
def send(context: Context, meeting: Meeting) -> Reply:
    return minutes_sending.sent(context, meeting)


@meet.about(
    "correct",
    fr=("corrige", "corriger", "correction"),
    nl=("verbeter", "verbeteren", "verbetering", "corrigeer", "corrigeren"),
    de=("korrigiere", "korrigieren", "korrektur", "berichtige", "berichtigen"),
    en=("correct", "correction"),
    takes="words",
    help=_("Proposes a correction to its minutes; name D-3 first to change how that reads."),
    example=_("R-12 correct D-3 we keep both languages"),
)
def correct(context: Context, meeting: Meeting, rest: str) -> Reply:
    """`R-3 corrige D-3 …` changes how D-3 reads; other words are a remark."""
    first, _space, after = rest.partition(" ")
    about = first.strip(" :,").upper()
    if after and minutes_correcting.record(context, meeting, about) is not None:
        return minutes_correcting.proposed(context, meeting, about, after.strip(" :"))
    return minutes_correcting.proposed(context, meeting, "", rest)


@meet.about(
    "approve",
    fr=("approuve", "approuver", "approuvé"),
    nl=("goedgekeurd", "goedkeuren", "keur goed"),
    de=("genehmigt", "genehmigen", "genehmige"),
    en=("approve", "approved"),
    help=_("Says that the body approved its minutes; they no longer change."),
)
def approve(context: Context, meeting: Meeting) -> Reply:
    return minutes_sending.approved(context, meeting)


@meet.verb(
    "search",
    fr=("cherche", "chercher", "trouve"),
    nl=("zoek", "zoeken"),
    de=("suche", "suchen"),
    en=("search", "find"),
    takes="words",
    help=_("Approved minutes that speak of something."),
)
def search(context: Context, rest: str) -> Reply:
    if not rest:
        raise Refusal(_("Which words shall I look for? For example: {example}", example=_("`search reception`")))
    return minutes_finding.find(context, rest)
