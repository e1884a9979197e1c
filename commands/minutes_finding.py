"""Approved minutes, found again by what they say."""

from bot import Context, Phrase, Refusal, Reply, Section, _, lines, many
from bot.exports import paper
from bot.text import shortened
from commands.searching import meaningful, stem
from storage import minutes
from storage.folding import folded
from storage.meetings import Meeting
from storage.minutes import ApprovedMinutes

SHOWN, BELOW = 10, 3


def find(context: Context, question: str) -> Reply:
    """Approved minutes that say what is looked for, the newest first."""
    found = matching(context, question)
    if not found:
        raise Refusal(_("I find nothing about “{words}” in the approved minutes you can see.", words=question[:80]))
    return Reply(
        lines(many("One answer:", "{n} answers:", len(found)), *(hit(context, row, question) for row in found[:SHOWN])),
        undo=False,
    )


def section(context: Context, question: str) -> Section | None:
    """The same, below an answer about decisions; None when no minutes say it."""
    found = matching(context, question)
    if not found:
        return None
    return Section(lines(_("In approved minutes:"), *(hit(context, row, question) for row in found[:BELOW])))


def matching(context: Context, question: str) -> list[ApprovedMinutes]:
    """Approved minutes holding every telling word of the question."""
    stems = [stem(word) for word in meaningful(question)]
    if not stems:
        return []
    rows = minutes.containing(context.session, context.viewer, stems)
    return [row for row in rows if all(part in row.searched for part in stems)]


def hit(context: Context, row: ApprovedMinutes, question: str) -> Phrase:
    """One of them, with the line of it that answers."""
    meeting = context.session.get_one(Meeting, row.meeting_id)
    stems = [stem(word) for word in meaningful(question)]
    said = paper.words_of(paper.from_json(row.content)).splitlines()[1:]
    line = max(said, key=lambda text: sum(part in folded(text) for part in stems), default="")
    return _("{ref}: **{title}** – {line}", ref=meeting.ref, title=row.title, line=shortened(line))
