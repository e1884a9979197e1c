"""Every benchmark, one after the other: `python -m tests.bench [name…]` calls the `main()` of each file here."""

import importlib
import pathlib
import sys
import time

FOLDER = pathlib.Path(__file__).parent


def main(names: list[str]) -> None:
    """Files without a `main` that needs no argument, such as those that learn, are called by hand."""
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem.startswith(("_", "learn_")) or (names and path.stem not in names):
            continue
        print(f"== {path.stem}", flush=True)
        began = time.perf_counter()
        importlib.import_module(f"tests.bench.{path.stem}").main()
        print(f"   {time.perf_counter() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
