"""Encodes the vocabulary of themes into bot/finding/data/themes.npz: `python deploy/build_theme_vectors.py`.

Run it again when data/themes.txt or the encoder changes; takes about a minute on one thread.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.finding.encoder import encoder  # noqa: E402 - the script runs from any folder
from bot.finding.meanings import DATA  # noqa: E402
from bot.understanding.themes import term_lists  # noqa: E402


def main() -> None:
    model = encoder()
    if model is None:
        sys.exit("the encoder does not run here")
    listed = [(theme, ", ".join(terms)) for theme, _, terms in term_lists()]
    vectors = np.concatenate([model.passages([text]) for _, text in listed])
    # What any question, and any description, shares with each theme: taken off before themes are compared.
    questions = [terms[(number * 7) % len(terms)] for number, (_, _, terms) in enumerate(term_lists())]
    asked = np.array([model.question(text) for text in questions])
    DATA.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        DATA,
        encoder=np.array(model.name),
        themes=np.array([theme for theme, _ in listed]),
        vectors=np.round(vectors * 127 / np.abs(vectors).max()).astype(np.int8),
        question_bias=(asked @ vectors.T).mean(0).astype(np.float32),
        passage_bias=(vectors @ vectors.T).mean(0).astype(np.float32),
    )
    print(f"{len(listed)} lists of terms, {DATA.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
