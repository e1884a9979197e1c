"""Sentences that say someone is in danger now, by patterns of words kept as data."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.understanding.privacy.words import Words, key, load, spellings

EmergencyKind = Literal["suicide", "medical", "child", "violence", "danger"]
KINDS: tuple[EmergencyKind, ...] = ("suicide", "medical", "child", "violence", "danger")

_GAP = 3
_BARE = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    kind: EmergencyKind
    language: str
    groups: tuple[tuple[frozenset[str], bool], ...]
    ends_sentence: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """Word numbers of the whole sentence part that matched, `last` included."""

    kind: EmergencyKind
    language: str
    first: int
    last: int


@cache
def _patterns() -> tuple[dict[str, tuple[Pattern, ...]], dict[str, str], frozenset[str]]:
    """The patterns by each word of their last group, the words that are an alarm alone, and those that undo one."""
    data = load("emergencies.json")
    index: dict[str, list[Pattern]] = {}
    for kind in KINDS:
        for language, lines in data[kind].items():
            for line in lines:
                pattern = _pattern(kind, language, line)
                for word in pattern.groups[-1][0]:
                    index.setdefault(word, []).append(pattern)
    alone = {key(word): language for language, listed in data["alone"].items() for word in listed.split()}
    undone = frozenset(key(word) for word in data["not_after"].split())
    return {word: tuple(found) for word, found in index.items()}, alone, undone


@cache
def _things() -> frozenset[str]:
    """What may stop answering without anybody being ill."""
    return frozenset(key(word) for word in load("emergencies.json")["things"].split())


def _pattern(kind: EmergencyKind, language: str, line: str) -> Pattern:
    groups = line.split(" + ")
    ends = groups[-1] == "$"
    parsed = tuple(
        (frozenset(s for word in group.replace("=", "").split() for s in spellings(word)), group.startswith("="))
        for group in (groups[:-1] if ends else groups)
    )
    return Pattern(kind, language, parsed, ends)


def alarms(words: Words) -> tuple[Alarm, ...]:
    """Every alarm, the gravest kind first; a bare "danger" is one only when it is nearly the whole message."""
    index, alone, undone = _patterns()
    found: list[Alarm] = []
    if len(words) <= _BARE:
        found += [Alarm("danger", alone[k], i, i) for i, k in enumerate(words.keys) if k in alone]
    for i, word in enumerate(words.keys):
        for pattern in index.get(word, ()):
            first = _match(words, pattern, i)
            thing = pattern.kind == "medical" and not _things().isdisjoint(words.keys[max(first - 1, 0) : first])
            if first >= 0 and not thing and undone.isdisjoint(words.keys[i + 1 : i + 4]):
                found.append(Alarm(pattern.kind, pattern.language, first, i))
    return tuple(sorted(found, key=lambda alarm: (KINDS.index(alarm.kind), alarm.first)))


def _match(words: Words, pattern: Pattern, last: int) -> int:
    """The first word of the match that ends at `last`, or -1."""
    sentence = words.sentence[last]
    if pattern.ends_sentence and last + 1 < len(words) and words.sentence[last + 1] == sentence:
        return -1
    at = last
    for number in range(len(pattern.groups) - 1, 0, -1):
        group = pattern.groups[number - 1][0]
        reach = 1 if pattern.groups[number][1] else _GAP + 1
        for j in range(at - 1, max(-1, at - 1 - reach), -1):
            if words.sentence[j] == sentence and words.keys[j] in group:
                at = j
                break
        else:
            return -1
    return at
