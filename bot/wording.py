"""Replies and sections put in words: from phrases that wait to messages that an adapter draws."""

from collections.abc import Iterable

from bot.messages import Attachment, Button, Key, Message, Part, Reply, Section
from bot.phrases import Phrase, Reader


def message_of(reply: Reply, reader: Reader, *, private: bool) -> Message:
    """A reply in the reader's words: its text first, then its sections, its buttons on the last part."""
    parts = [part_of(Section(reply.text), reader, 0)]
    parts += [part_of(section, reader, n) for n, section in enumerate(reply.sections, start=1)]
    if reply.buttons:
        if reply.sections:
            parts.append(part_of(Section(Phrase(""), reply.buttons), reader, len(parts)))
        else:
            parts = [part_of(Section(reply.text, reply.buttons), reader, 0)]
    files = (*reply.attachments, *files_of(parts))
    return Message(tuple(parts), files, private=private, replace=reply.replace)


def files_of(parts: Iterable[Part]) -> tuple[Attachment, ...]:
    """Those that come with a message of these parts."""
    return tuple(attached for part in parts for attached in part.attachments)


def part_of(section: Section, reader: Reader, position: int) -> Part:
    """A section in words; its buttons are named by the part's place in the message and their own."""
    keys = tuple(_key(button, reader, f"{position}-{n}") for n, button in enumerate(section.buttons))
    return Part(section.text.text(reader), keys, section.attachments)


def _key(button: Button, reader: Reader, name: str) -> Key:
    return Key(name, button.label.say(reader), button.action, dict(button.args), button.style, button.url)
