"""Runs the grammar over a text and keeps the spans that are found."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.dates import (
    clocks,
    days,
    daytimes,
    names,
    nth,
    parts,
    prepositions,
    ranges,
    recurrences,
    relative,
    shifts,
    units,
)
from bot.understanding.dates.lexicons import lexicon, with_events
from bot.understanding.dates.nodes import Node, code_of
from bot.understanding.dates.patterns import CLASSES, Compiled, compile_phase, run, together
from bot.understanding.dates.resolve import as_span
from bot.understanding.dates.values import Found, Missing, Moment
from bot.understanding.dates.words import read_words

PHASES = (
    clocks.times,
    together(names.names, days.dates),
    recurrences.recurring,
    together(units.units, nth.nth, relative.relative, parts.parts, shifts.shifts),
    daytimes.timing,
    ranges.ranges,
    daytimes.timing,
    prepositions.deadlines,
)
SINGLE = (
    "BOS EOS JUNK WORD DAY MON WEEK PERIOD TIME DUR DAYNUM ORDN BIG YEAR DM DM2 DEC QTR SEM DPLUS WEEKNUM COMMA DOT DASH SLASH BREAK AT UNDATED TWO AMPM COLON FOR STEM MANY THED FRACTION EXACT SCHOOLYEAR DATEON CLOSEST FEW OR ADVERB YEAREND WEAKYEAREND STREET YEARSPAN UNIT BEGIN MID END YEARSPAN "
    "MONTH WEEKDAY SEASON EVENT WEAKEVENT"
).split()
CHUNK = 160
# What a date may end with, and what another begins with where no comma parts them.
ENDS = frozenset(("MONTH", "WEAKMONTH", "YEAR", "DAY", "DM", "TIME"))
BEGINS = frozenset(("WEEKDAY", "THED", "BEFORE", "BY", "AND", "DAY", "DM"))


@lru_cache(maxsize=8)
def grammar(lang: str) -> list[list[Compiled]]:
    """The rules compiled for a language: its lexicon decides which codes there are."""
    for kinds in lexicon(lang).phrases.values():
        code_of(kinds)
    for kind in SINGLE:
        code_of({kind: True})
    code_of({"DAYNUM": 1, "ORDN": 1})
    code_of({"BREAK": True, "OPEN": True})
    # A phase that is gone through twice is compiled once.
    compiled: dict[int, list[Compiled]] = {}
    for phase in PHASES:
        if id(phase) not in compiled:
            compiled[id(phase)] = compile_phase(phase)
    return [compiled[id(phase)] for phase in PHASES]


SPANS = CLASSES["SPAN"]
INERT = frozenset("BOS EOS WORD COMMA DOT BREAK DASH SLASH JUNK ART OF AND TO AT ON A OPEN".split())


def spans(text: str, moment: Moment) -> tuple[list[Found], list[Missing]]:
    """Every span the grammar makes of the text, and every one whose day is not known; long texts are read in pieces."""
    nodes = read_words(text, with_events(moment.lang, moment.events) if moment.events else lexicon(moment.lang))
    out: list[Found] = []
    missing: list[Missing] = []
    rules = grammar(moment.lang)
    for piece in pieces(nodes):
        if all(node.kinds.keys() <= INERT for node in piece):
            continue
        done = piece
        for phase in rules:
            done = run(phase, moment, done)
        for index, node in enumerate(done):
            if "UNDATED" in node.kinds:
                missing.append(Missing(node.start, node.end, node.kinds["UNDATED"]))
            if index and "CLOSEST" in done[index - 1].kinds:
                continue  # a nearness that no rule could tell
            for kind in SPANS:
                if kind in node.kinds:
                    span = as_span(moment, node.kinds[kind], kind)
                    if span is not None:
                        out.append(Found(node.start, node.end, span, index, done))
                    break
    return out, missing


def pieces(nodes: list[Node]) -> list[list[Node]]:
    """Pieces of bounded length, cut where no rule reaches across, or between two dates where they follow one another."""
    if len(nodes) <= CHUNK:
        return [nodes]
    out: list[list[Node]] = []
    piece: list[Node] = []
    for node in nodes:
        piece.append(node)
        if len(piece) > CHUNK // 4 and node.kinds.keys() & {"BREAK", "WORD", "JUNK"}:
            out.append(piece)
            piece = []
        elif len(piece) >= CHUNK:
            end = next((place for place in range(len(piece) - 1, CHUNK // 4, -1) if _begins(piece, place)), len(piece))
            out.append(piece[:end])
            piece = piece[end:]
    return [*out, piece] if piece else out


def _begins(nodes: list[Node], place: int) -> bool:
    """Whether another date begins at that node."""
    if "COMMA" in nodes[place - 1].kinds:
        return bool(nodes[place - 2].kinds.keys() & ENDS) and "YEAR" not in nodes[place].kinds
    return bool(nodes[place - 1].kinds.keys() & ENDS and nodes[place].kinds.keys() & BEGINS)
