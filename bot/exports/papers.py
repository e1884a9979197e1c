"""The formats in which a document can be had, by the end of the file's name."""

import importlib
from collections.abc import Sequence
from functools import cache, partial

from bot.exports.paper import Paper
from bot.messages import Attachment

# Word first: it is what people ask for. Each is loaded when it is first written.
FORMATS = ("docx", "odt", "pdf", "md")


def write(paper: Paper, name: str, formats: Sequence[str] = FORMATS) -> tuple[Attachment, ...]:
    """The document as files called `name`, one for each format."""
    return tuple(_written(paper, name, kind) for kind in formats)


def _written(paper: Paper, name: str, kind: str) -> Attachment:
    """Drawn when it is first asked for: a document of many pages takes seconds, and no transaction waits for it."""
    writer = importlib.import_module(f"bot.exports.paper_{kind}")
    return Attachment(f"{name}.{kind}", cache(partial(writer.write, paper)), writer.MEDIA_TYPE)
