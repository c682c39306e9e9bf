"""YAML text as a tree of texts with their lines.

YAML itself would turn 2.10 into a number, `no` into false and a date into another date, and keep the last of two equal
keys. A plan file is texts only: every scalar is taken as it is written, and what a plan file has no use for (aliases,
tags, several documents) is refused. The tree is built from YAML's events without recursion and within limits.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from plan.documents.problem import Code, DocumentRefused, Problem

MAX_DEPTH = 8
MAX_VALUES = 100_000

_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Scalar:
    """A text; None where nothing is written. `line` counts from 1, as in the other nodes."""

    text: str | None
    line: int


@dataclass(frozen=True)
class Sequence:
    """A list of values."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Mapping:
    """Keys with their values in the order of the file; equal keys are all there."""

    line: int
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)


Node = Scalar | Sequence | Mapping


def parse(text: str) -> Node:
    """The one document in `text`. Raises `DocumentRefused`; a syntax error ends
    the reading, so it comes alone."""
    unreadable = _NOT_PRINTABLE.search(text)
    if unreadable:
        raise _refused(Code.CONTROL_CHARACTER, text.count("\n", 0, unreadable.start()) + 1)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise DocumentRefused(_syntax_problems(error, text)) from error
    if builder.root is None or (isinstance(builder.root, Scalar) and builder.root.text is None):
        raise _refused(Code.EMPTY, None)
    return builder.root


def _refused(code: Code, line: int | None, **data: str | int | None) -> DocumentRefused:
    return DocumentRefused([Problem(code, line=line, data=data)])


class _Mark(Protocol):
    """A position in the text, of PyYAML's own or of libyaml's kind; lines count from 0."""

    @property
    def line(self) -> int: ...


def _line(mark: _Mark | None) -> int:
    return mark.line + 1 if mark is not None else 1


def _syntax_problems(error: yaml.MarkedYAMLError, text: str) -> list[Problem]:
    line = _line(error.problem_mark)
    if "quoted scalar" in (error.context or ""):
        # An unclosed quotation mark is noticed at the end of the file, but it is mended where it was opened.
        line = _line(error.context_mark)
    tabbed = [number for number, row in enumerate(text.splitlines(), 1) if _is_indented_by_tab(row)]
    if line in tabbed:
        return [Problem(Code.TAB, line=number) for number in tabbed]
    if "mapping values are not allowed" in (error.problem or ""):
        return [Problem(Code.COLON, line=line)]
    return [Problem(Code.SYNTAX, line=line)]


def _is_indented_by_tab(row: str) -> bool:
    return "\t" in row[: len(row) - len(row.lstrip())]


class _Builder:
    """Puts the events of one document together; `root` is None until the first value."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Node | None] = []
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        line = _line(event.start_mark)
        match event:
            case yaml.AliasEvent():
                raise _refused(Code.ALIAS, line)
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._begin(event, line)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._open.pop()
                self._keys.pop()
            case yaml.DocumentStartEvent() if self.root is not None:
                raise _refused(Code.SEVERAL_DOCUMENTS, line)

    def _begin(self, event: yaml.NodeEvent, line: int) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise _refused(Code.TOO_MANY_VALUES, line, limit=MAX_VALUES)
        if event.anchor is not None:
            raise _refused(Code.ALIAS, line)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _refused(Code.TAG, line, tag=str(tag))
        node = _node(event, line)
        self._place(node)
        if not isinstance(node, Scalar):
            if len(self._open) == MAX_DEPTH:
                raise _refused(Code.TOO_DEEP, line)
            self._open.append(node)
            self._keys.append(None)

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self._keys[-1] is None:
            self._keys[-1] = node
        else:
            parent.pairs.append((self._keys[-1], node))
            self._keys[-1] = None


def _node(event: yaml.NodeEvent, line: int) -> Node:
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line)
    if isinstance(event, yaml.MappingStartEvent):
        return Mapping(line)
    assert isinstance(event, yaml.ScalarEvent)
    nothing = not event.style and event.value in {"", "~", "null"}
    return Scalar(None if nothing else event.value, line)
