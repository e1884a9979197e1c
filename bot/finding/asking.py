"""One question put to an index: read, encoded, ranked.

Reading and ranking are Python between many short numpy calls, each of which lets go of the interpreter: threads asking
at once would snatch it from each other all along, and wait for a switch interval each time to have it back. So they
take turns, a question's reading or ranking each. The encoder works for milliseconds without the interpreter: it stays
outside, and the cores share it, as they share the reading through of many vectors.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

from bot.finding.ranking import Ranking, rank
from bot.understanding.questions import Understood, understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.finding.encoder import Encoder
    from bot.finding.index import Index

# One for the process, as the interpreter is.
_TURN: Final = threading.Lock()
# Fewer vectors are read through sooner than a turn is given away and taken again.
MANY: Final = 5000


@contextmanager
def _aside() -> Iterator[None]:
    """Give one's turn away, and take it again."""
    _TURN.release()
    try:
        yield
    finally:
        _TURN.acquire()


def ask(
    index: Index,
    question: str,
    lang: str | None = None,
    *,
    usual: str | None = None,
    model: Encoder | None = None,
    limit: int = 10,
) -> tuple[Understood, Ranking]:
    """`lang` is the question's, `usual` its author's; `model` made the index's vectors, None for words alone."""
    with _TURN:
        asked = understand(question, lang, usual=usual, homes=index.homes, is_word=index.words.knows)
        if model is None or not index.dimensions or asked.advice:
            return asked, rank(index, asked, None, limit=limit)
    vector = model.question(asked.rest or question)
    with _TURN:
        aside = _aside() if index.size > MANY else nullcontext()
        return asked, rank(index, asked, vector, limit=limit, aside=aside)
