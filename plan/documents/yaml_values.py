"""The values of a plan file: each read from its text on its line, with a problem where it is wrong.

A reader of a value never raises for what a person wrote: it says what is wrong and gives None, so that one pass finds
everything.
"""

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from plan.deadline import Period
from plan.documents.check import nearest
from plan.documents.problem import MAX_PROBLEMS, Code, DocumentRefused, Path, Problem, Value
from plan.documents.yaml_tree import Mapping, Node, Scalar, Sequence
from plan.draft import FIRST_YEAR, LAST_YEAR, MAX_NOK, MAX_REF, MAX_UNIT, clean
from plan.yearly import MONTHS

MAX_INTERVAL = 20


class Reading:
    """What was found wrong so far, on which line each value of the draft stands, and the plan's period once read."""

    def __init__(self) -> None:
        self.period: Period | None = None
        self._problems: list[Problem] = []
        self._lines: dict[Path, int] = {}

    def stands_on(self, path: Path, line: int) -> None:
        """Remember the line of a value."""
        self._lines[path] = line

    def wrong(self, code: Code, line: int, **data: Value) -> None:
        """Say that something on a line is wrong."""
        self.add(Problem(code, line=line, data=data))

    def add(self, problem: Problem) -> None:
        """Add a problem; one without a line gets that of its path. Raises `DocumentRefused` when there are too many."""
        line = problem.line if problem.line is not None else self._line_of(problem.path)
        self._problems.append(replace(problem, line=line))
        if len(self._problems) > MAX_PROBLEMS:
            self.refuse_if_wrong()

    def refuse_if_wrong(self) -> None:
        """Raise `DocumentRefused` with the problems by line, if there are any."""
        if self._problems:
            raise DocumentRefused(sorted(self._problems, key=lambda problem: problem.line or 0))

    def _line_of(self, path: Path) -> int | None:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)


ValueReader = Callable[[Reading, str, Node, Path], Any]
"""Reads one value: the reading, the key as we spell it, the node and the path of the value in the draft."""


@dataclass(frozen=True)
class Key:
    """A key of the file, what its value is called in the draft, how it is read, and other names it may have."""

    name: str
    attribute: str
    read: ValueReader
    required: bool = False
    also: tuple[str, ...] = ()


def folded(word: str) -> str:
    """A word as it is compared: without case and spaces, and with å, aa and a alike, as ø, oe and o are."""
    bare = unicodedata.normalize("NFKD", word.casefold().replace("ø", "o").replace("æ", "ae"))
    letters = "".join(letter for letter in bare if letter.isalnum())
    return letters.replace("aa", "a").replace("oe", "o")


def text_up_to(limit: int) -> ValueReader:
    """Reads a text of at most `limit` characters; None where nothing is written."""

    def read(reading: Reading, key: str, node: Node, path: Path) -> str | None:
        if not isinstance(node, Scalar):
            reading.wrong(Code.NOT_A_TEXT, node.line, key=key)
            return None
        text = str(clean(node.text or ""))
        if len(text) > limit:
            reading.wrong(Code.TOO_LONG, node.line, key=key, limit=limit)
            return None
        return text or None

    return read


a_name = text_up_to(MAX_UNIT)


def texts_up_to(limit: int) -> ValueReader:
    """Reads a list of texts of at most `limit` characters each, or one text alone."""
    read_one = text_up_to(limit)

    def read(reading: Reading, key: str, node: Node, path: Path) -> tuple[str, ...]:
        found: list[str] = []
        for item in _items(node):
            text = read_one(reading, key, item, path)
            if text is not None:
                reading.stands_on((*path, len(found)), item.line)
                found.append(text)
        return tuple(found)

    return read


def _items(node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return node.items
    return [] if isinstance(node, Scalar) and node.text is None else [node]


def one_of(words: Dictionary[str, Any]) -> ValueReader:
    """Reads one of the words as what it means."""
    meanings = {folded(word): meaning for word, meaning in words.items()}

    def read(reading: Reading, key: str, node: Node, path: Path) -> Any:
        word = a_name(reading, key, node, path)
        if word is not None and folded(word) not in meanings:
            reading.wrong(Code.UNKNOWN_WORD, node.line, key=key, word=word, known=", ".join(words))
        return meanings.get(folded(word or ""))

    return read


yes_or_no = one_of({"ja": True, "nei": False})


def _matched(pattern: str, code: Code, understand: Callable[[re.Match[str]], Any]) -> ValueReader:
    """Reads a text of a certain form; `understand` raises `ValueError` for one that has the form but cannot be."""

    def read(reading: Reading, key: str, node: Node, path: Path) -> Any:
        text = a_name(reading, key, node, path)
        if text is None:
            return None
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        try:
            if found is not None:
                return understand(found)
        except ValueError:
            pass
        reading.wrong(code, node.line, key=key, value=text)
        return None

    return read


def _within(number: int, first: int, last: int) -> int:
    if not first <= number <= last:
        raise ValueError(number)
    return number


def _year(text: str) -> int:
    return _within(int(text), FIRST_YEAR, LAST_YEAR)


def _amount(text: str) -> int:
    return _within(int(re.sub(r"[ .\u00a0]", "", text)), -MAX_NOK, MAX_NOK)


def _date(found: re.Match[str]) -> date:
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    return date(_year(year), int(month), int(day))


def _month(found: re.Match[str]) -> int:
    return _within(int(found[1]), 1, 12) if found[1] else MONTHS.index(found[0].casefold()) + 1


a_year = _matched("[0-9]{4}", Code.NOT_A_YEAR, lambda found: _year(found[0]))
a_period = _matched(
    "([0-9]{4})(?: *[-–—] *([0-9]{4}))?",
    Code.NOT_A_PERIOD,
    lambda found: (_year(found[1]), _year(found[2] or found[1])),
)
an_amount = _matched(
    r"(-?(?:[0-9]{1,13}|[0-9]{1,3}(?:[ .\u00a0][0-9]{3}){1,4}))(?: ?kr)?",
    Code.NOT_AN_AMOUNT,
    lambda found: _amount(found[1]),
)
a_date = _matched(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", Code.NOT_A_DATE, _date
)
an_interval = _matched(
    r"(?:([0-9]{1,2})\. ?)?år", Code.NOT_AN_INTERVAL, lambda found: _within(int(found[1] or 1), 1, MAX_INTERVAL)
)
_a_month = _matched("([0-9]{1,2})|[a-z]+", Code.NOT_A_MONTH, _month)


def neighbouring_months(reading: Reading, key: str, node: Node, path: Path) -> tuple[int, ...] | None:
    """Reads a month, or a list of months that follow each other, by name or number."""
    months = tuple(_a_month(reading, key, item, path) for item in _items(node))
    if None in months:
        return None
    if months and months != tuple(range(months[0], months[0] + len(months))):
        reading.wrong(Code.MONTHS_NOT_NEIGHBOURS, node.line, key=key)
        return None
    return months


def record(reading: Reading, keys: tuple[Key, ...], node: Node, path: Path, where: str) -> dict[str, Any]:
    """The values of a mapping by their names in the draft; one that is missing or wrong is not among them.

    `where` is the key the mapping stands under, as we spell it. Keys are read in the order of `keys`.
    """
    if not isinstance(node, Mapping):
        reading.wrong(Code.NOT_A_MAPPING, node.line, where=where, keys=", ".join(key.name for key in keys))
        return {}
    reading.stands_on(path, node.line)
    nodes = _by_name(reading, keys, node)
    values: dict[str, Any] = {}
    for key in keys:
        if key.name in nodes:
            values |= _value(reading, key, nodes[key.name], (*path, key.attribute))
        elif key.required:
            reading.wrong(Code.MISSING_KEY, node.line, key=key.name, where=where)
    return values


def _by_name(reading: Reading, keys: tuple[Key, ...], node: Mapping) -> dict[str, Node]:
    names = {folded(spelling): key.name for key in keys for spelling in (key.name, *key.also)}
    found: dict[str, Node] = {}
    first_lines: dict[str, int] = {}
    for written, value in node.pairs:
        text = written.text if isinstance(written, Scalar) else None
        name = names.get(folded(text or ""))
        if text is None:
            reading.wrong(Code.SYNTAX, written.line)
        elif name is None:
            shown = text[:MAX_REF]
            reading.wrong(Code.UNKNOWN_KEY, written.line, key=shown, nearest=nearest(shown, names.values()))
        elif name in found:
            reading.wrong(Code.DUPLICATE_KEY, written.line, key=name, first=first_lines[name])
        else:
            found[name] = value
            first_lines[name] = written.line
    return found


def _value(reading: Reading, key: Key, node: Node, path: Path) -> dict[str, Any]:
    reading.stands_on(path, node.line)
    if key.required and isinstance(node, Scalar) and not clean(node.text or ""):
        reading.wrong(Code.MISSING_VALUE, node.line, key=key.name)
        return {}
    value = key.read(reading, key.name, node, path)
    return {} if value is None else {key.attribute: value}


Maker = Callable[[Reading, dict[str, Any], int], Any]
"""Makes a part of the draft of the values of a record and its line."""


def records(keys: tuple[Key, ...], make: Maker) -> ValueReader:
    """Reads a list of mappings, each with these keys, into what `make` makes of them."""

    def read(reading: Reading, key: str, node: Node, path: Path) -> tuple[Any, ...] | None:
        if isinstance(node, Scalar) and node.text is None:
            return ()
        if not isinstance(node, Sequence):
            reading.wrong(Code.NOT_A_LIST, node.line, key=key)
            return None
        return tuple(
            make(reading, record(reading, keys, item, (*path, number), key), item.line)
            for number, item in enumerate(node.items)
        )

    return read
