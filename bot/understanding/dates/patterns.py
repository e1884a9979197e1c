"""Rules: a pattern over kinds of nodes and what it builds. Patterns become regular expressions, one character a node."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.understanding.dates.nodes import FIRST_CODE, Node, codes_with
from bot.understanding.dates.values import Clock, Duration, Moment, Span

# Names for several kinds at once; the order says which value is taken when a node is of several.
CLASSES = {
    "NUM": ("DAYNUM", "NUMW", "BIG", "A", "FEW"),
    "DAYNO": ("DAYNUM", "ORDN", "NUMW", "ORD"),
    "NTH": ("ORD", "ORDN"),
    "SPAN": ("DAY", "MON", "WEEK", "PERIOD", "MONTH", "WEEKDAY", "QTR", "YEARSPAN"),
    "LONG": ("MON", "WEEK", "PERIOD", "MONTH", "QTR", "YEARSPAN", "YEAR"),
    "MONTHISH": ("MONTH", "MON"),
    "DAYISH": ("DAY", "WEEKDAY"),
    "BEFORES": ("BEFORE", "VOR"),
    "LINK": ("OF", "IN", "ART", "ON"),
    "RANGE": ("TO", "DASH", "UNTIL"),
    "THE": ("ART", "ON"),
    "GONE": ("PASTW", "LASTW"),
    "SEP": ("COMMA", "DOT"),
    "OTHERWISE": ("OR", "TO", "DASH", "UNTIL"),
    "END_MARK": ("EOS", "DOT", "COMMA", "BREAK", "COLON"),
}


class Match:
    """What a pattern matched: label -> value, `@label` -> node, and all the nodes."""

    __slots__ = ("nodes", "values")

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.values: dict[str, Any] = {}

    def __getitem__(self, label: str) -> Any:
        return self.values[label]

    def __contains__(self, label: str) -> bool:
        return label in self.values

    def get(self, label: str, default: Any = None) -> Any:
        return self.values.get(label, default)


Build = Callable[[Moment, Match], Any]


@dataclass(slots=True)
class Rule:
    patterns: tuple[str, ...]
    build: Build
    compiled: list[tuple[re.Pattern[str], tuple[str, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class Phase:
    """Rules tried in order, again and again until none applies."""

    rules: list[Rule] = field(default_factory=list)

    def rule(self, *patterns: str) -> Callable[[Build], Build]:
        def add(build: Build) -> Build:
            self.rules.append(Rule(patterns, build))
            return build

        return add


def together(*phases: Phase) -> Phase:
    """One phase of the rules of several, in that order."""
    return Phase([rule for phase in phases for rule in phase.rules])


KINDS = {Clock: "TIME", Duration: "DUR"}
GRAINS = {"day": "DAY", "week": "WEEK", "month": "MON", "year": "YEARSPAN"}


def kind_of(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    if isinstance(value, Span):
        return {GRAINS.get(value.grain, "PERIOD"): value}
    return {KINDS[type(value)]: value}


ELEMENT = re.compile(r"^(?P<look>[=<!])?(?:(?P<label>[a-z]\w*):)?(?P<names>[A-Z][A-Z_|0-9]*)(?P<optional>\?)?$")


def _codes(names: str) -> str:
    kinds = [kind for name in names.split("|") for kind in CLASSES.get(name, (name,))]
    return "".join(dict.fromkeys("".join(codes_with(kind) for kind in kinds)))


@dataclass(frozen=True, slots=True)
class Compiled:
    """One pattern for one state of the code table; `needs` are sets of codes, as bits, each of which must be present."""

    regex: re.Pattern[str]
    labels: tuple[tuple[str, tuple[str, ...]], ...]
    needs: tuple[int, ...]
    build: Build


def compile_phase(phase: Phase) -> list[Compiled]:
    out = []
    for rule in phase.rules:
        for pattern in rule.patterns:
            one = compiled(pattern, rule.build)
            if one is not None:
                out.append(one)
    return out


def compiled(pattern: str, build: Build) -> Compiled | None:
    """None while nothing makes a node that it needs."""
    parts, labels, needs = [], [], []
    for element in pattern.split():
        found = ELEMENT.match(element)
        assert found, pattern
        codes = _codes(found["names"])
        if not codes:
            if found["optional"] or found["look"] == "!":
                continue
            return None
        if found["look"]:
            parts.append({"=": "(?=[%s])", "<": "(?<=[%s])", "!": "(?![%s])"}[found["look"]] % codes)
            if found["look"] != "!":
                needs.append(frozenset(codes))
            continue
        kinds = tuple(kind for name in found["names"].split("|") for kind in CLASSES.get(name, (name,)))
        labels.append((found["label"] or found["names"], kinds))
        parts.append(f"([{codes}])" + (found["optional"] or ""))
        if not found["optional"]:
            needs.append(frozenset(codes))
    rarest_first = sorted(dict.fromkeys(needs), key=len)
    return Compiled(re.compile("".join(parts)), tuple(labels), tuple(bits(need) for need in rarest_first), build)


def bits(codes: Iterable[str]) -> int:
    """A set of codes as an integer, one bit a code."""
    mask = 0
    for code in codes:
        mask |= 1 << (ord(code) - FIRST_CODE)
    return mask


def run(rules: list[Compiled], moment: Moment, nodes: list[Node], rounds: int = 6) -> list[Node]:
    """Rewrites the nodes by the rules until they rest."""
    codes = "".join([node.code for node in nodes])
    present = bits(set(codes))
    for _ in range(rounds):
        changed = False
        for rule in rules:
            for need in rule.needs:
                if not need & present:
                    break
            else:
                match = rule.regex.search(codes)
                while match is not None:
                    start, end = match.span()
                    built = rule.build(moment, matched(rule, match, nodes))
                    kinds = None if built is None else kind_of(built)
                    if kinds is not None and not (end - start == 1 and kinds == nodes[start].kinds):
                        node = Node(nodes[start].start, nodes[end - 1].end, kinds)
                        nodes[start:end] = [node]
                        codes = codes[:start] + node.code + codes[end:]
                        present |= 1 << (ord(node.code) - FIRST_CODE)
                        changed = True
                    match = rule.regex.search(codes, start + 1)
        if not changed:
            break
    return nodes


def matched(rule: Compiled, match: re.Match[str], nodes: list[Node]) -> Match:
    found = Match(nodes[match.start() : match.end()])
    values = found.values
    for group, (label, kinds) in enumerate(rule.labels, 1):
        at = match.start(group)
        if at >= 0:
            known = nodes[at].kinds
            for kind in kinds:
                if kind in known:
                    values[label] = known[kind]
                    break
            values["@" + label] = nodes[at]
    return found
