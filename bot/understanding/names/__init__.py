"""Names as people type them: who is meant (`nearest`), and who a line begins with (`owners`)."""

from bot.understanding.names.matching import Ambiguous, Candidate, Found, Match, Nearest, named, nearest
from bot.understanding.names.subjects import Owners, owners

__all__ = ["Ambiguous", "Candidate", "Found", "Match", "Nearest", "Owners", "named", "nearest", "owners"]
