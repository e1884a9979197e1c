"""Messages of a chat as the text of notes: who said what, one message after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.messages import Held
from bot.understanding import live

# A thread longer than this is cut at its end; the largest that anybody reads through is far below.
MOST_MESSAGES = 1000


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a person, in the words they saw."""

    who: str
    text: str
    on: date


def held(name: str, said: Iterable[Utterance]) -> Held:
    """One message is read as it stands, such as minutes posted whole; several, each after the name of who wrote it."""
    spoken = [one for one in said if one.text.strip()][:MOST_MESSAGES]
    if not spoken:
        return Held(name, 0, None, problem="unreadable")
    if len(spoken) == 1:
        content = spoken[0].text.encode()
        return Held(f"{name}.md", len(content), content, day=spoken[0].on)
    # A message is a paragraph of its own, whether or not it ends with a full stop.
    content = "\n\n".join("\n".join(_lines(one)) for one in spoken).encode()
    return Held(f"{name}.txt", len(content), content, day=spoken[0].on, talk=True)


def _lines(one: Utterance) -> list[str]:
    """What asks to be kept stays as it is written; it says by itself who does what."""
    if live.read(one.text):
        return one.text.splitlines()
    first, *more = [line for line in one.text.splitlines() if line.strip()]
    return [f"{one.who} : {first}", *more]
