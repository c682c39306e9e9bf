"""The tokens of a phrase, and the reader that every production of the grammar takes from."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, Literal, ParamSpec, TypeVar

from plan.deadline.cleaning import Cleaned
from plan.deadline.stretch import Context
from plan.deadline.words import Phrases

TokenKind = Literal["number", "word", "sign"]
T = TypeVar("T")
P = ParamSpec("P")

LONGEST_ABBREVIATION = 7  # "planper.", "kommunest." have no use for a dot, "kv." and "sept." do

_TOKEN = re.compile(
    r"""(?P<number>[0-9]+)
      | (?P<dotted>(?<![^\W\d_])[^\W\d_](?:\.[ ]?[^\W\d_])+(?![^\W\d_])\.?)
      | (?P<word>[^\W\d_]+)
      | (?P<arrow>[-=]+>|→|>+)
      | (?P<sign>\S)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A number, a word or a sign.

    `glued` has no space before it, `new_line` begins a line, `capital` is written with one.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    glued: bool
    new_line: bool
    capital: bool


def tokenize(cleaned: Cleaned) -> tuple[Token, ...]:
    """Split even text; "f.o.m." is one word, "3.kvartal2020" is four tokens."""
    tokens: list[Token] = []
    end = 0
    for found in _TOKEN.finditer(cleaned.text):
        gap = cleaned.text[end : found.start()]
        capital = cleaned.source[cleaned.origin[found.start()]].isupper()
        kind, text = _read(found)
        tokens.append(Token(kind, text, found.start(), found.end(), bool(tokens) and not gap, "\n" in gap, capital))
        end = found.end()
    return tuple(tokens)


def _read(found: re.Match[str]) -> tuple[TokenKind, str]:
    match found.lastgroup:
        case "number":
            return "number", found[0]
        case "word":
            return "word", found[0]
        case "dotted":
            return "word", re.sub(r"[. ]", "", found[0])
        case "arrow":
            return "sign", "→"
        case _:
            return "sign", found[0]


class Reader:
    """A place in the tokens. Every `take_…` moves past what it finds, or stays and gives None."""

    def __init__(self, tokens: tuple[Token, ...], context: Context) -> None:
        self.tokens = tokens
        self.context = context
        self.at = 0

    def peek(self, ahead: int = 0) -> Token | None:
        """The token that many places on, without moving."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def sees_sign(self, signs: str, ahead: int = 0) -> bool:
        """Whether the token that many places on is one of the signs."""
        token = self.peek(ahead)
        return token is not None and token.kind == "sign" and token.text in signs

    def sees_word(self, words: Collection[str], ahead: int = 0) -> bool:
        """Whether the token that many places on is one of the words."""
        token = self.peek(ahead)
        return token is not None and token.kind == "word" and token.text in words

    def sees_number(self, ahead: int = 0) -> bool:
        """Whether the token that many places on is a number."""
        token = self.peek(ahead)
        return token is not None and token.kind == "number"

    def take_sign(self, signs: str) -> str | None:
        """One of the signs."""
        if not self.sees_sign(signs):
            return None
        self.at += 1
        return self.tokens[self.at - 1].text

    def take_word(self, words: Collection[str]) -> str | None:
        """One of the words."""
        if not self.sees_word(words):
            return None
        self.at += 1
        return self.tokens[self.at - 1].text

    def take_number(self, low: int, high: int, *, digits: Collection[int] = (1, 2)) -> int | None:
        """A number between the bounds, written with that many digits."""
        token = self.peek()
        if token is None or token.kind != "number" or len(token.text) not in digits:
            return None
        if not low <= int(token.text) <= high:
            return None
        self.at += 1
        return int(token.text)

    def take_one_of(self, table: Mapping[str, T]) -> T | None:
        """What the table has for the next word; the dot of an abbreviation goes along."""
        token = self.peek()
        if token is None or token.kind != "word" or token.text not in table:
            return None
        self.at += 1
        self._skip_dot_of(token.text)
        return table[token.text]

    def take_phrase(self, phrases: Phrases[T]) -> T | None:
        """What the table has for the longest run of words that begins here."""
        token = self.peek()
        if token is None or token.kind != "word":
            return None
        start = self.at
        for run, value in phrases.beginning_with(token.text):
            if all(self._take_word_of_phrase(word) for word in run):
                return value
            self.at = start
        return None

    def _take_word_of_phrase(self, word: str) -> bool:
        if self.take_word((word,)) is None:
            return False
        self._skip_dot_of(word)
        return True

    def _skip_dot_of(self, word: str) -> None:
        if len(word) <= LONGEST_ABBREVIATION and self.sees_sign(".") and self.tokens[self.at].glued:
            self.at += 1


def production(
    parse: Callable[Concatenate[Reader, P], T | None],
) -> Callable[Concatenate[Reader, P], T | None]:
    """A part of the grammar: if it finds nothing, the reader stands where it stood."""

    def attempt(reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        start = reader.at
        found = parse(reader, *args, **kwargs)
        if found is None:
            reader.at = start
        return found

    update_wrapper(attempt, parse)
    return attempt
