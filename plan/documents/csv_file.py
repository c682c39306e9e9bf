"""Tables as text, with commas, semicolons or tabs between the cells, as blocks."""

import csv
import io
from itertools import islice

from plan.documents.blocks import Cell, Document, Table
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.documents.understanding import understand
from plan.draft import Draft

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_DELIMITERS = ";\t,|"
_SAMPLE = 50
_EXTENSIONS = (".csv", ".tsv", ".tab", ".txt")


def recognises(name: str, content: bytes) -> bool:
    """Whether it is text with a delimiter in line after line, or is called a CSV file and is text at all."""
    head = content[:4_000]
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    text = _decoded(head)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not _is_text(text):
        return False
    is_regular = any(sum(line.count(sign) > 1 for line in lines) * 2 > len(lines) for sign in _DELIMITERS)
    return name.casefold().endswith(_EXTENSIONS) or (len(lines) > 1 and is_regular)


def read_bytes(content: bytes) -> Draft:
    """The draft in a CSV file. Raises `DocumentRefused`."""
    return understand(blocks_of(content))


def blocks_of(content: bytes) -> Document:
    """The one table of a CSV file. Raises `DocumentRefused` for more rows than a plan has."""
    text = _decoded(content).replace("\x00", "")
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        lines = [line[:MAX_COLUMNS] for line in islice(reader, MAX_ROWS + 1)]
    except csv.Error as error:
        raise DocumentRefused([Problem(Code.DAMAGED)]) from error
    if len(lines) > MAX_ROWS:
        raise DocumentRefused([Problem(Code.TOO_MANY_ROWS, data={"limit": MAX_ROWS})])
    width = max((len(line) for line in lines), default=0)
    rows = tuple(
        tuple(Cell(line[column].strip() if column < len(line) else "", row, column) for column in range(width))
        for row, line in enumerate(lines)
    )
    return Document((Table(rows, 1, tuple(range(1, len(rows) + 1))),), is_sheets=True)


def _decoded(content: bytes) -> str:
    """The text. Excel writes UTF-8 with a mark, UTF-16, or the code page of Western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for end in range(len(content), max(len(content) - 4, 0), -1):
        # A sample may end within a letter.
        try:
            return content[:end].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The delimiter that gives the most lines with the same number of cells."""

    def regularity(delimiter: str) -> tuple[int, int]:
        lines = [
            line for line in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SAMPLE) if line
        ]
        widths = [len(line) for line in lines if len(line) > 1]
        common = max(set(widths), key=widths.count, default=1)
        return widths.count(common), common

    return max(_DELIMITERS, key=regularity)


def _is_text(text: str) -> bool:
    return all(letter.isprintable() or letter.isspace() for letter in text[:1_000])
