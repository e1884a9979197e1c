"""Build hook: compile the catalogues, so that a wheel and a checkout both speak four languages.

Run by hand, `python deploy/hatch_build.py`, it compiles them in this checkout.
"""

import io
import pathlib
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    BuildHookInterface = object  # type: ignore[assignment,misc]


def compile_catalogues(root: pathlib.Path) -> list[pathlib.Path]:
    """Join each language's `.po` files, one per part of the product, into one `.mo` beside their folder."""
    written = []
    for folder in sorted(path for path in (root / "bot" / "locale").iterdir() if path.is_dir()):
        joined = Catalog(locale=folder.name, domain="filrouge")
        for source in sorted(folder.glob("*.po")):
            for message in read_po(io.BytesIO(source.read_bytes()), locale=folder.name):
                if message.id and message.string:
                    joined[message.id] = message
        target = folder.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, joined)
        written.append(target)
    return written


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        compile_catalogues(pathlib.Path(self.root))


if __name__ == "__main__":
    for path in compile_catalogues(pathlib.Path(__file__).resolve().parent.parent):
        print(path)
