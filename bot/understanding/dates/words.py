"""From text to nodes: digits by one expression, words by the longest phrases of the lexicon."""

from __future__ import annotations

import re

from bot.understanding.dates.forms import SHAPES, tokens
from bot.understanding.dates.lexicons import Lexicon
from bot.understanding.dates.nodes import WORD, Node, fold_distinctly

REFERENCES = frozenset(
    "art article articles artikel no nr nummer numero number num page pages pagina p pp seite ref chap chapitre chapter kapitel point "
    "punt punkt dossier salle local zaal lokaal raum room zimmer bus boite bte box etage verdieping lot annexe bijlage anlage annex "
    "version versie phase fase ligne lijn line tram niveau level groupe groep gruppe group classe klas rue numeros section alinea "
    "paragraphe paragraaf taxe rat covid".split()
)
GLUED = re.compile(r"(0?[1-9]|[12]\d|3[01])([^\W\d_]{3,})")  # 15dec
MONTHLIKE = {"MONTH", "WEAKMONTH", "WEEKNO"}


def read_words(text: str, lex: Lexicon) -> list[Node]:
    """The nodes of a text, in order, between one that opens it and one that closes it."""
    nodes = [Node(0, 0, {"BOS": True})]
    words: list[tuple[str, int, int]] = []
    position = 0
    for match in tokens(lex.lang).finditer(text):
        kind = match.lastgroup or ""
        if (
            kind == "junk"
            and words
            and match.start() == position
            and match[0].isdigit()
            and len(match[0]) < 3
            and known_stem(lex, words)
        ):
            kind = "number"
        if kind == "space":
            continue
        if kind in ("word", "letters"):
            words.append((fold_distinctly(match[0]), match.start(), match.end()))
            position = match.end()
            continue
        if kind == "dash" and words and position == match.start() and text[match.end() : match.end() + 1].isalpha():
            continue  # après-demain, mi-mai: one phrase
        if words:
            _phrases(nodes, words, lex)
            words = []
        glued = GLUED.fullmatch(match[0]) if kind == "junk" else None
        if glued and "MONTH" in lex.phrases.get(fold_distinctly(glued[2]), {}):
            cut = match.start() + len(glued[1])
            nodes.append(Node(match.start(), cut, {"DAYNUM": int(glued[1])}))
            words.append((fold_distinctly(glued[2]), cut, match.end()))
            position = match.end()
            continue
        value = SHAPES[kind](match, lex)
        if value is None or (kind in ("number", "dm", "decimal") and nodes[-1].kinds.get("WORD") in REFERENCES):
            value = {"JUNK": True}
        nodes.append(Node(match.start(), match.end(), value))
    if words:
        _phrases(nodes, words, lex)
    nodes.append(Node(len(text), len(text), {"EOS": True}))
    return nodes


def known_stem(lex: Lexicon, words: list[tuple[str, int, int]]) -> bool:
    """Feb13, KW12: a number stuck to a month or to the word for a week."""
    return bool(lex.phrases.get(words[-1][0], {}).keys() & MONTHLIKE)


def _phrases(nodes: list[Node], words: list[tuple[str, int, int]], lex: Lexicon) -> None:
    """The longest known phrases of a run of words, from the left."""
    i, count = 0, len(words)
    longest, phrases, codes = lex.longest, lex.phrases, lex.codes
    while i < count:
        word, start, end = words[i]
        size = longest.get(word)
        if size is None:
            pair = lex.pairs.get(word)
            if pair is not None:
                first, second, cut = pair
                nodes.append(Node(start, start + cut, first))
                nodes.append(Node(start + cut, end, second))
            else:
                right = lex.typos.get(word) if len(word) > 4 else None
                nodes.append(
                    Node(start, end, phrases[right] if right else {"WORD": word}, codes[right] if right else WORD)
                )
            i += 1
            continue
        for length in range(min(size, count - i), 0, -1):
            phrase = word if length == 1 else " ".join([w for w, _, _ in words[i : i + length]])
            known = phrases.get(phrase)
            if known is not None:
                nodes.append(Node(start, words[i + length - 1][2], known, codes[phrase]))
                i += length
                break
        else:
            nodes.append(Node(start, end, {"WORD": word}, WORD))
            i += 1
