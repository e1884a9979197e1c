"""Work on untrusted files in a process of its own, with a limit on its time and its memory, never in the chat's."""

import multiprocessing
import re
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from bot.imports.documents.errors import DocumentError, refuse

SECONDS = 90
MEGABYTES = 280
_STOP_SECONDS = 5

Result = TypeVar("Result")


def run(
    function: Callable[..., Result],
    *arguments: object,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Calls a module's function in a child process and returns its result; blocks, so call it from a thread.

    `function` takes, after `arguments`, a `progress(done, total)` to report with. Raises the DocumentError or OSError
    it raises, and DocumentError `too_slow` or `too_heavy` beyond the limits. Results and arguments must be picklable.
    """
    # A fork starts at once, but is only safe while nothing else runs in this process.
    alone = sys.platform == "linux" and threading.active_count() == 1
    start = multiprocessing.get_context("fork").Process if alone else multiprocessing.get_context("spawn").Process
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = start(target=_child, args=(theirs, function, arguments, seconds, megabytes), daemon=True)
    process.start()
    theirs.close()
    try:
        return _await(ours, seconds, progress)  # type: ignore[no-any-return]  # what the child sends is what the function returns
    finally:
        ours.close()
        if process.is_alive():
            process.kill()
        process.join(_STOP_SECONDS)
        process.close()


def _await(pipe: Connection, seconds: float, progress: Callable[[int, int], None] | None) -> Any:
    while pipe.poll(seconds):
        try:
            kind, value = pipe.recv()
        except EOFError:
            # Killed by the system, or out of memory beyond telling.
            raise refuse("too_heavy") from None
        if kind == "progress":
            if progress is not None:
                progress(*value)
        elif kind == "result":
            return value
        else:
            raise value
    raise refuse("too_slow", seconds=seconds)


def _child(
    pipe: Connection, function: Callable[..., object], arguments: tuple[object, ...], seconds: float, megabytes: int
) -> None:
    _limit(seconds, megabytes)
    try:
        result = function(*arguments, lambda done, total: pipe.send(("progress", (done, total))))
        pipe.send(("result", result))
    except MemoryError:
        pipe.send(("error", refuse("too_heavy")))
    except (DocumentError, OSError) as error:
        pipe.send(("error", error))
    except Exception as error:  # noqa: BLE001 - whatever broke the child is said in the parent
        pipe.send(("error", refuse("broken", cause=type(error).__name__)))


def _limit(seconds: float, megabytes: int) -> None:
    """Limits where the system has them; elsewhere the parent's clock still stops the child."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    for name, amount in (("RLIMIT_DATA", _held() + megabytes * 1_000_000), ("RLIMIT_CPU", int(seconds) + 1)):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def _held() -> int:
    """Bytes of data this process holds already: a fork begins with its parent's, which are not the file's fault."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmData:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
