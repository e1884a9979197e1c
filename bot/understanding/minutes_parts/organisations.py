"""Which organisations a sentence names: those that attendees stand for, and words such as "hôpital" or "CPAS"."""

from collections.abc import Iterable

from bot.understanding.minutes_parts.languages import Language, Token, tokens


def named(found: Iterable[Token], one: Language, known: frozenset[tuple[str, ...]]) -> set[str]:
    """Distinct organisations, each by its telling word."""
    words = _words(found)
    kinds = {word for word in words if word in one.verbs["organisation"]}
    full = {" ".join(name) for name in known if _holds(words, name)}
    # "CPAS d'Arlon" is one organisation, not a CPAS and another.
    covered = {word for name in full for word in name.split()}
    return full | (kinds - covered)


def _words(found: Iterable[Token]) -> list[str]:
    return [token.word for token in found if token.is_word and not token.word.endswith("'")]


def _holds(words: list[str], name: tuple[str, ...]) -> bool:
    size = len(name)
    return any(tuple(words[at : at + size]) == name for at in range(len(words) - size + 1))


def names(affiliations: Iterable[str], one: Language) -> frozenset[tuple[str, ...]]:
    """The affiliations that are organisations rather than functions: with a capital or a telling word."""
    kept = set()
    for text in affiliations:
        found = [token for token in tokens(text) if token.is_word]
        if any(token.capital or token.word in one.verbs["organisation"] for token in found):
            kept.add(tuple(_words(found)))
    return frozenset(kept)
