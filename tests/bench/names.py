"""A name as typed among a thousand: ours, and the standard library's close matches."""

import difflib
import statistics
import time
from collections.abc import Callable

from bot.understanding.names import Candidate, nearest

LETTERS = "bcdfghjklmnprstv"
NAMES = [f"Maison {LETTERS[n % 16]}e{LETTERS[n // 16 % 16]}o{LETTERS[n // 256]}el" for n in range(1000)]
TYPED = ("Maison beboxel", "Jeanne Martin", "Maison zz", "maison becobel")


def main() -> None:
    candidates = [Candidate(n, name) for n, name in enumerate(NAMES)]
    ours = _median(lambda typed: nearest(typed, candidates))
    others = _median(lambda typed: difflib.get_close_matches(typed, NAMES))
    print(f"   nearest    {ours * 1000:6.2f} ms")
    print(f"   difflib    {others * 1000:6.2f} ms   ×{others / ours:.1f}")


def _median(look: Callable[[str], object], rounds: int = 9) -> float:
    """Seconds for one name."""
    spent = []
    for _round in range(rounds):
        for typed in TYPED:
            before = time.perf_counter()
            look(typed)
            spent.append(time.perf_counter() - before)
    return statistics.median(spent)
