"""Finding offers, side by side with full-text engines: `python -m tests.bench.finding [--large]`.

Quality on the project's own directory and questions (and on those of FILROUGE_TEST_DATA), then speed and memory at
1,000 offers and, with --large, at 100,000 with synthetic vectors. PostgreSQL needs FILROUGE_TEST_POSTGRES; tantivy
and bm25s are compared where they are installed.
"""

import importlib.util
import json
import math
import os
import pathlib
import random
import re
import resource
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bot.finding.asking import ask
from bot.finding.encoder import Encoder, encoder
from bot.finding.index import Index
from bot.finding.listing import Listing
from bot.finding.listings import listing
from bot.imports.offer_fields import draft
from bot.imports.offer_mapping import apply, detect
from bot.understanding.spelling import words
from bot.understanding.stems import ALL_STOP

HERE = pathlib.Path(__file__).resolve().parent.parent / "finding" / "data"
Search = Callable[[str, str], list[int]]
Question = dict[str, Any]
TURNS = 7


def lines(path: pathlib.Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def listings(rows: list[dict[str, Any]]) -> list[Listing]:
    mapping = detect(rows[0])
    return [listing(number, draft(apply(row, mapping))) for number, row in enumerate(rows)]


def terms(text: str) -> list[str]:
    return [word for word in words(text) if word not in ALL_STOP and len(word) > 1]


def ours(held: list[Listing], *, meaning: bool) -> Search:
    model = encoder() if meaning else None
    index = Index(model.dimensions, model.name) if model else Index()
    index.add(held)
    if model:
        index.set_vectors((each.id, model.passages([each.content])[0]) for each in held)

    def search(text: str, lang: str) -> list[int]:
        return [hit.id for hit in ask(index, text, lang, model=model)[1].hits]

    return search


def fts5(held: list[Listing]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE offers USING fts5(name, text, tokenize='unicode61 remove_diacritics 2')")
    base.executemany(
        "INSERT INTO offers(rowid, name, text) VALUES (?, ?, ?)", [(each.id + 1, each.name, each.text) for each in held]
    )

    def search(text: str, lang: str) -> list[int]:
        del lang
        wanted = " OR ".join(f'"{word}"' for word in terms(text))
        if not wanted:
            return []
        found = base.execute(
            "SELECT rowid FROM offers WHERE offers MATCH ? ORDER BY bm25(offers, 2, 1) LIMIT 10", (wanted,)
        )
        return [row[0] - 1 for row in found]

    return search


def postgres(held: list[Listing]) -> Search:
    import psycopg

    base = psycopg.connect(os.environ["FILROUGE_TEST_POSTGRES"], autocommit=True)
    base.execute("CREATE TEMP TABLE bench_offers (id int, words tsvector)")
    with base.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_offers VALUES (%s, setweight(to_tsvector('french', %s), 'A')"
            " || to_tsvector('french', %s))",
            [(each.id, each.name, each.text) for each in held],
        )
    base.execute("CREATE INDEX ON bench_offers USING gin (words)")

    def search(text: str, lang: str) -> list[int]:
        del lang
        wanted = " | ".join(terms(text))
        query = (
            "SELECT id FROM bench_offers, to_tsquery('french', %s) q WHERE words @@ q"
            " ORDER BY ts_rank(words, q) DESC LIMIT 10"
        )
        return [row[0] for row in base.execute(query, (wanted,))] if wanted else []

    return search


def tantivy(held: list[Listing]) -> Search:
    engine = importlib.import_module("tantivy")
    builder = engine.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("name", tokenizer_name="en_stem")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer()
    for each in held:
        writer.add_document(engine.Document(id=each.id, name=each.name, text=each.text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str, lang: str) -> list[int]:
        del lang
        wanted = " ".join(terms(text))
        if not wanted:
            return []
        found = searcher.search(index.parse_query(wanted, ["name", "text"]), 10).hits
        return [searcher.doc(address)["id"][0] for _, address in found]

    return search


def bm25s(held: list[Listing]) -> Search:
    engine = importlib.import_module("bm25s")
    index = engine.BM25()
    index.index([terms(each.content) for each in held], show_progress=False)

    def search(text: str, lang: str) -> list[int]:
        del lang
        found, scores = index.retrieve([terms(text)], k=min(10, len(held)), show_progress=False)
        return [int(each) for each, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def quality(search: Search, rows: list[dict[str, Any]], questions: list[Question]) -> str:
    names = [row["id"] for row in rows]
    hits, gains, silent = [], [], []
    for question in questions:
        found, rel = [names[number] for number in search(question["text"], question["lang"])], question["rel"]
        if not rel:
            silent.append(not found)
            continue
        hits.append(any(rel.get(each) == max(rel.values()) for each in found[:3]))
        gain = sum((2 ** rel.get(each, 0) - 1) / math.log2(place + 2) for place, each in enumerate(found[:10]))
        ideal = sum(
            (2**each - 1) / math.log2(place + 2) for place, each in enumerate(sorted(rel.values(), reverse=True)[:10])
        )
        gains.append(gain / ideal)
    return f"S3 {np.mean(hits):.2f}  nDCG {np.mean(gains):.2f}  silent {np.mean(silent):.2f}"


def timed(search: Search, questions: list[Question]) -> str:
    for question in questions[:5]:
        search(question["text"], question["lang"])
    spent = []
    worked = []
    for question in questions:
        start, began = time.perf_counter(), time.process_time()
        search(question["text"], question["lang"])
        spent.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - began) * 1000)
    return (
        f"p50 {np.percentile(spent, 50):.1f} ms  p95 {np.percentile(spent, 95):.1f} ms"
        f" (processor p95 {np.percentile(worked, 95):.1f} ms)"
    )


def corpora() -> Iterator[tuple[str, list[dict[str, Any]], list[Question]]]:
    yield "own", lines(HERE / "services.jsonl"), lines(HERE / "questions.jsonl")
    yield "other", lines(HERE / "elsewhere_services.jsonl"), lines(HERE / "elsewhere_questions.jsonl")
    for number in (1, 2, 3, 4, 5):
        services, asked = f"near_themes_services_{number}.jsonl", f"near_themes_questions_{number}.jsonl"
        yield f"near {number}", lines(HERE / services), lines(HERE / asked)
    if folder := os.environ.get("FILROUGE_TEST_DATA"):
        given = pathlib.Path(folder) / "questions"
        yield "given", lines(given / "services.jsonl"), lines(given / "questions.jsonl")


def engines() -> Iterator[tuple[str, Callable[[list[Listing]], Search]]]:
    yield "ours, words alone", lambda held: ours(held, meaning=False)
    if encoder() is not None:
        yield "ours, with meaning", lambda held: ours(held, meaning=True)
    else:
        print("ours, with meaning: skipped, the encoder does not run here")
    yield "SQLite FTS5", fts5
    if os.environ.get("FILROUGE_TEST_POSTGRES"):
        yield "PostgreSQL", postgres
    else:
        print("PostgreSQL: skipped, FILROUGE_TEST_POSTGRES names no server")
    for name, build in (("tantivy", tantivy), ("bm25s", bm25s)):
        if importlib.util.find_spec(name):
            yield name, build
        else:
            print(f"{name}: skipped, not installed")


def many(count: int) -> list[Listing]:
    """Synthetic offers: two services' words, a third one's place, a number of its own."""
    source = [each for _, rows, _ in corpora() for each in listings(rows)]
    chance = random.Random(1)
    made = []
    for number in range(count):
        one, other, place = (chance.choice(source) for _ in range(3))
        text = f"{one.text} {other.text.split('.')[0]} {number % 5000:x}ab"
        made.append(
            Listing(
                number,
                f"{one.name} {number}",
                text,
                place.commune,
                place.zone,
                one.age_min,
                one.age_max,
                one.languages,
                one.formats,
                one.kind,
            )
        )
    return made


def resident() -> float:
    """Megabytes held now."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if match := re.match(r"VmRSS:\s+(\d+)", line):
            return int(match[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def speed(count: int, questions: list[Question]) -> None:
    model = encoder()
    for meaning in (False, True):
        if meaning and model is None:
            continue
        used = model if meaning else None
        held = many(count)
        index = Index(model.dimensions, model.name) if meaning and model else Index()
        start = time.perf_counter()
        index.add(held)
        built = time.perf_counter() - start
        place = held[0].commune
        del held
        if meaning and model:
            chance = np.random.default_rng(1)
            for first in range(0, count, 5000):
                vectors = chance.normal(size=(min(5000, count - first), model.dimensions)).astype(np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                index.set_vectors(zip(range(first, first + len(vectors)), vectors, strict=True))

        def search(text: str, lang: str, index: Index = index, used: Encoder | None = used) -> list[int]:
            return [hit.id for hit in ask(index, text, lang, model=used)[1].hits]

        name = "with meaning" if meaning else "words alone"
        print(
            f"{count} offers, {name}: {timed(search, questions)}  built in {built:.1f} s, {resident():.0f} MB resident"
        )
        start = time.perf_counter()
        index.add([Listing(count + 1, "Atelier zythologie", "Brasser ensemble", place)])
        found = count + 1 in search("zythologie", "fr")
        print(f"   one changed offer findable: {found}, after {(time.perf_counter() - start) * 1000:.0f} ms")
        print(f"   4 threads at once: {together(search, questions):.2f} × one thread's time for the same questions")


def together(search: Search, questions: list[Question]) -> float:
    """Time of four threads sharing the questions, over the time of one thread asking them all; each at its best.

    The best of several turns: what else this machine does in the meantime slows one or the other.
    """

    def ask_all(share: list[Question]) -> None:
        for question in share:
            search(question["text"], question["lang"])

    alone, shared = [], []
    for _ in range(TURNS):
        start = time.perf_counter()
        ask_all(questions)
        alone.append(time.perf_counter() - start)
        threads = [threading.Thread(target=ask_all, args=(questions[number::4],)) for number in range(4)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        shared.append(time.perf_counter() - start)
    return min(shared) / min(alone)


def main() -> None:
    for name, build in engines():
        for corpus, rows, questions in corpora():
            search = build(listings(rows))
            print(f"{name:20} {corpus:6} {quality(search, rows, questions)}  {timed(search, questions)}")
    questions = lines(HERE / "questions.jsonl")
    speed(1000, questions)
    if "--large" in sys.argv:
        speed(100_000, questions)


if __name__ == "__main__":
    main()
