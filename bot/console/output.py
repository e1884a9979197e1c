"""What every subcommand shares: results on standard output, progress and errors on standard error."""

import json
import sys
from dataclasses import dataclass
from typing import Any, NoReturn

BAD_USE = 2


@dataclass(frozen=True, slots=True)
class Options:
    """The options before any subcommand; None where not given."""

    database: str | None = None
    network: str | None = None


def emit(result: Any) -> None:
    """One compact JSON line; dates and times in ISO 8601."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n")


def indented(result: Any) -> str:
    """The same for people's eyes."""
    return json.dumps(result, ensure_ascii=False, indent=2, default=_plain)


def progress(sentence: str) -> None:
    sys.stderr.write(sentence.rstrip() + "\n")


def refuse(sentence: str) -> NoReturn:
    """End with status 2 and one clear line."""
    progress(sentence)
    raise SystemExit(BAD_USE)


def _plain(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"no JSON for {type(value).__name__}")
