"""The words of each language, read once from `cues/*.toml`, and a guess of which language a text is in."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.understanding.spelling import fold

LANGUAGES = ("fr", "nl", "en", "de")
_TOKEN = re.compile(r"[^\W_]+(?:[-·.][^\W_]+)*['’]?|[?!:;,()«»\"“”→/&@]|=>|->|…")
_ACCENTED = re.compile("[àâäçéèêëîïôöùûüœßÀÂÄÇÉÈÊÎÔÖÙÛÜŒ]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# "décide de" is "décide d'" before a vowel, "pense que" is "pense qu'".
_ELIDED = re.compile(r"(?<=[a-zé] )(qu|d)e$")
_LONG_ENOUGH = 250
_GAP = 10
_KEPT = 50_000


@dataclass(frozen=True)
class Token:
    """A word or mark: as written, in lower case with a straight apostrophe, and where it stands in its sentence."""

    text: str
    word: str
    start: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def tokens(text: str) -> list[Token]:
    return [Token(match[0], match[0].lower().replace("’", "'"), match.start()) for match in _TOKEN.finditer(text)]


class Lexicon:
    """Runs of words under names; finds which names occur in a list of words, and where the first word stands."""

    def __init__(self, groups: Mapping[str, list[str]]) -> None:
        self._first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._prefix: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name, phrases in groups.items():
            for phrase in phrases:
                for spoken in (phrase, _ELIDED.sub(r"\1'", phrase)) if _ELIDED.search(phrase) else (phrase,):
                    # An elided word keeps its apostrophe and stands alone: "l'", "unanimité".
                    first, *rest = [token for part in spoken.split() for token in _parts(part)]
                    table = self._prefix if first.endswith("*") else self._first
                    table.setdefault(first.removesuffix("*"), []).append((name, tuple(rest)))
        self._starts: dict[str, list[tuple[str, tuple[str, ...]]]] = {}

    def _starting(self, word: str) -> list[tuple[str, tuple[str, ...]]]:
        if word not in self._starts:
            if len(self._starts) > _KEPT:
                self._starts.clear()
            found = list(self._first.get(word, ()))
            for length in range(1, len(word) + 1):
                found += self._prefix.get(word[:length], ())
            self._starts[word] = found
        return self._starts[word]

    def find(self, words: list[str]) -> Iterator[tuple[str, int, int]]:
        """Yields (name, index of the first word, index after the last)."""
        for index, word in enumerate(words):
            for name, rest in self._starting(word):
                end = _follows(words, index + 1, rest)
                if end is not None:
                    yield name, index, end


def _parts(word: str) -> list[str]:
    if word == "...":
        return [word]
    if "'" in word and not word.endswith("'"):
        head, _, tail = word.partition("'")
        return [head + "'", tail]
    return [word]


def _follows(words: list[str], index: int, rest: tuple[str, ...]) -> int | None:
    for position, wanted in enumerate(rest):
        if wanted == "...":
            after = rest[position + 1 :]
            for skipped in range(_GAP + 1):
                start = index + skipped
                if start >= len(words):
                    return None
                end = _follows(words, start, after)
                if end is not None:
                    return end
            return None
        if index >= len(words):
            return None
        word = words[index]
        if not (word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted):
            return None
        index += 1
    return index


@dataclass(frozen=True)
class Language:
    """The words of one language; `verbs` holds sets of forms, `endings` compiled patterns over a lower-case word."""

    code: str
    cues: Lexicon
    verbs: Mapping[str, frozenset[str]]
    endings: Mapping[str, re.Pattern[str]]
    sections: Lexicon
    labels: Mapping[str, str]
    table: Mapping[str, str]
    facts: Mapping[str, tuple[str, ...]]
    abbreviations: frozenset[str]
    openings: tuple[re.Pattern[str], ...]

    def ends(self, name: str, word: str) -> bool:
        return self.endings[name].match(word) is not None


@cache
def language(code: str, *, bare: bool = False) -> Language:
    """`bare` is the language as typed without accents: every word and ending is also known by its plain letters."""
    source = resources.files("bot.understanding.minutes_parts") / "cues" / f"{code}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    if bare:
        data = {name: {key: _bare(value, code) for key, value in part.items()} for name, part in data.items()}
    groups = {"we": "we", "they": "they", "me": "me", "everyone": "all", "body": "body"}
    verbs = data["verbs"] | {name: data["cues"].pop(group) for name, group in groups.items()}
    return Language(
        code=code,
        cues=Lexicon(data["cues"]),
        verbs={name: frozenset(words) for name, words in verbs.items() if isinstance(words, list)},
        endings={name: re.compile(value) for name, value in verbs.items() if isinstance(value, str)},
        sections=Lexicon(data["sections"]),
        labels={word: name for name, words in data["labels"].items() for word in words},
        table={word: name for name, words in data["table"].items() for word in words},
        facts={name: tuple(sorted(words, key=len, reverse=True)) for name, words in data["facts"].items()},
        abbreviations=frozenset(data["abbreviations"]["words"]),
        openings=tuple(re.compile(rf"(?:{opening})\s*", re.IGNORECASE) for opening in data["openings"]["patterns"]),
    )


def _bare(value: list[str] | str, code: str) -> list[str] | str:
    if isinstance(value, list):
        return list(dict.fromkeys([*value, *(unaccented(word, code) for word in value)]))
    # A lone "e" ends too many words to stand for a participle in "é".
    return unaccented(value.replace("é|", ""), code)


def unaccented(text: str, code: str) -> str:
    """As typed on a keyboard without accents: ä as ae in German, à as a elsewhere."""
    return fold(text.translate(_UMLAUTS) if code == "de" else text)


def is_bare(text: str, code: str) -> bool:
    """Long enough to hold accents, and with next to none."""
    letters = sum(char.isalpha() for char in text)
    return code in ("fr", "de") and letters >= _LONG_ENOUGH and _ACCENTED.search(text) is None


def every() -> tuple[Language, ...]:
    return tuple(language(code) for code in LANGUAGES)


def guess(text: str) -> str:
    """The likeliest of the four languages by its function words; French when nothing tells."""
    words = [token.word for token in tokens(text[:20_000])]
    counts = {
        one.code: sum(word in one.verbs["function"] or word in one.verbs["articles"] for word in words)
        for one in every()
    }
    return max(LANGUAGES, key=lambda code: counts[code])
