"""The patient-data guard at the door: reads every text before it is stored, and words its objections."""

from dataclasses import dataclass, replace

from bot.context import Context
from bot.messages import Incoming, Overheard, Pointed, Reply, Said, Section, Submitted
from bot.phrases import Phrase, _, lines, verbatim
from bot.understanding import privacy
from bot.understanding.privacy import Inspection

# From so many line breaks on, a text is notes rather than a message.
SEVERAL_LINES = 3


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a text is not kept; the text itself is not part of it, only its masked form."""

    masked: str
    refused: bool
    inspection: Inspection


def spared(incoming: Incoming) -> Incoming:
    """A text of several lines, such as pasted notes, without the lines that the guard objects to; others as they are.

    The lines are emptied, not removed, so that the others keep their numbers.
    """
    if not isinstance(incoming, Said) or incoming.text.count("\n") < SEVERAL_LINES:
        return incoming
    rows = incoming.text.split("\n")
    marked = {found.line for found in privacy.mask_lines(rows)}
    if not marked:
        return incoming
    text = "\n".join("" if number in marked else row for number, row in enumerate(rows, start=1))
    return replace(incoming, text=text, left_out=len(marked))


def objection(incoming: Incoming, *, country: str, asked: bool = False) -> Objection | None:
    """What the guard has against a message; None when it may be recorded. `asked`: it is a question about services."""
    text = text_of(incoming)
    if not text:
        return None
    found = privacy.inspect(text, country=country, asked=asked)
    if found.verdict == "clear" and found.emergency is None:
        return None
    return Objection(found.masked, found.verdict == "refuse", found)


def kept_of(text: str, *, country: str) -> str:
    """The text as a chat of ours may keep it: masked where it speaks of a patient, "•••" in an emergency."""
    rows = []
    for row in text.split("\n"):
        found = privacy.inspect(row, country=country)
        rows.append("•••" if found.emergency else row if found.verdict == "clear" else found.masked)
    return "\n".join(rows)


def text_of(incoming: Incoming) -> str:
    """Everything a person wrote in a message."""
    match incoming:
        case Said() | Pointed() | Overheard():
            return incoming.text
        case Submitted():
            values = incoming.values.values()
            return "\n".join(value if isinstance(value, str) else "\n".join(value) for value in values)
        case _:
            return ""


def reply(objection: Objection, context: Context) -> Reply:
    """What the author is told: help lines first in an emergency, then why nothing was kept."""
    parts: list[Phrase] = []
    emergency = objection.inspection.emergency
    if emergency is not None:
        parts.append(_("If someone is in danger, call now:"))
        called = privacy.help_lines(context.country, context.language, emergency.kind)
        parts.extend(_("**{number}** – {name}", number=line.number, name=line.name) for line in called)
        parts.append(_("I kept nothing of your message. Please delete it here if it speaks of a person."))
        parts.append(_("Numbers checked on {day}.", day=min(line.checked for line in called)))
        return Reply(lines(*parts), undo=False)
    if objection.refused:
        parts.append(_("Your message holds a national number, so I kept nothing of it."))
        parts.append(_("Please delete your message here too, and write again without that number."))
        return Reply(lines(*parts), undo=False)
    parts.append(_("Your message seems to speak of a patient, so I kept nothing of it. This is how I read it:"))
    return Reply(
        lines(*parts),
        sections=(
            Section(verbatim(objection.masked)),
            Section(
                _(
                    "Please delete your message here, and write again without the name, the initials or the age. "
                    "If it was about a colleague, leave the health detail out."
                )
            ),
        ),
        undo=False,
    )
