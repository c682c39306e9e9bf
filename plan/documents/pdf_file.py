"""PDF documents as blocks: pdfplumber finds letters and ruled tables; headings are known by their type."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from plan.documents.blocks import Block, Cell, Document, GridBuilder, Paragraph, Table
from plan.documents.pdf_bands import is_banded, with_rows_between
from plan.documents.pdf_columns import Unruled
from plan.documents.pdf_lines import Line, Words, cell_text, lines_of, paragraphs_of
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.documents.understanding import understand
from plan.documents.understanding.numbering import BULLET, bulleted
from plan.draft import Draft

MAX_PAGES = 200
MAX_UNPACKED = 150_000_000
MAX_LETTERS = 40_000
"""On one page; more is a drawing, not text."""

MAX_RULES = 4_000
"""Lines and boxes on one page; more is a map or a figure, and looking for tables in it takes minutes."""

PAGE_NOT_READ = "page_not_read"
_MARGIN = 0.09
_SNAP = 3.0
_COVER_LINES = 15
_LONG_LINE = 60
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|\s\d{1,3}$")
_CONTENTS_HEADING = re.compile(r"inn?h[oa]ld(?:sfortegnelse|sliste|sregister)?:?", re.IGNORECASE)


def recognises(name: str, content: bytes) -> bool:
    """Whether the content is a PDF."""
    return b"%PDF-" in content[:1_024]


def read_bytes(content: bytes) -> Draft:
    """The draft in a PDF. Raises `DocumentRefused`."""
    return understand(blocks_of(content))


def blocks_of(content: bytes) -> Document:
    """The blocks of a PDF. Raises `DocumentRefused`."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    _refuse_large(content)
    try:
        with pdfplumber.open(BytesIO(content)) as opened:
            if len(opened.pages) > MAX_PAGES:
                raise DocumentRefused([Problem(Code.TOO_MANY_PAGES, data={"limit": MAX_PAGES})])
            return _document(opened)
    except DocumentRefused:
        raise
    except PdfminerException as error:
        is_locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__cause__))
        raise DocumentRefused([Problem(Code.ENCRYPTED if is_locked else Code.DAMAGED)]) from error
    except Exception as error:  # pdfminer fails in many ways on what is no document
        raise DocumentRefused([Problem(Code.DAMAGED)]) from error


def _refuse_large(content: bytes) -> None:
    """Raise `DocumentRefused` if the streams of the file unpack to more than a plan's text can be.

    pdfminer unpacks a stream whole. Pictures are not counted: they are never unpacked.
    """
    left = MAX_UNPACKED
    for found in re.finditer(rb"stream\r?\n", content):
        head = content[max(found.start() - 600, 0) : found.start()]
        head = head[head.rfind(b"obj") + 3 :]
        if b"/Image" in head or b"FlateDecode" not in head:
            continue
        if head.count(b"FlateDecode") > 1:
            raise DocumentRefused([Problem(Code.DAMAGED)])
        end = content.find(b"endstream", found.end())
        try:
            unpacker = zlib.decompressobj()
            left -= len(unpacker.decompress(content[found.end() : end], left + 1))
        except zlib.error:
            continue
        if left < 0:
            raise DocumentRefused([Problem(Code.UNPACKS_TOO_LARGE, data={"limit_mb": MAX_UNPACKED // 1_000_000})])


@dataclass
class _Page:
    """What stands on a page: its lines outside tables, and its tables with their letters by cell."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list["_Ruled"] = field(default_factory=list)
    is_read: bool = True


@dataclass
class _Ruled:
    """A ruled table: its cells as boxes, and the lines in each."""

    top: float
    boxes: list[tuple[float, float, float, float]]
    lines: list[list[Line]]


def _document(opened: Any) -> Document:
    pages: list[_Page] = []
    for number, page in enumerate(opened.pages, start=1):
        pages.append(_page(page, number))
        page.close()
    if not any(page.lines or page.tables for page in pages):
        raise DocumentRefused([Problem(Code.NO_TEXT if pages else Code.DAMAGED)])
    margins = _take_margins(pages)
    blocks = _Blocks(pages).all()
    info = opened.metadata or {}
    return Document(
        tuple(blocks),
        title=_text(info.get("Title")),
        author=_text(info.get("Author")),
        margins=tuple(margins),
        warnings=(PAGE_NOT_READ,) if any(not page.is_read for page in pages) else (),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _page(page: Any, number: int) -> _Page:
    found = _Page(number, float(page.width), float(page.height))
    chars = page.chars
    if len(chars) > MAX_LETTERS:
        found.is_read = False
        return found
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    found.is_read = rules <= MAX_RULES
    ruled = page.find_tables() if 0 < rules <= MAX_RULES else []
    boxes = [(table.bbox, list(table.cells)) for table in ruled if len({cell[0] for cell in table.cells}) > 1]
    if boxes and is_banded(page):
        boxes = with_rows_between(boxes, chars)
    outside: list[Any] = []
    inside: dict[tuple[int, int], list[Any]] = {}
    where: tuple[int, int] | None = None
    before: Any = None
    for char in chars:
        # A word too wide for its cell runs over the rule; its letters stay together.
        if before is None or not _follows(before, char):
            where = _cell_of(char, boxes)
        before = char
        if where is None:
            outside.append(char)
        else:
            inside.setdefault(where, []).append(char)
    found.lines = lines_of(outside)
    for index, (box, cells) in enumerate(boxes):
        lines = [lines_of(inside.get((index, cell), [])) for cell in range(len(cells))]
        if any(lines):
            found.tables.append(_Ruled(box[1], cells, lines))
    return found


def _follows(before: Any, char: Any) -> bool:
    """Whether a letter goes on with the word before it; the space after a word always belongs with it."""
    if not char["text"].strip():
        return True
    is_word = before["text"].strip() and not (before["text"].islower() and char["text"].isupper())
    return bool(is_word) and abs(char["x0"] - before["x1"]) < 0.5 and abs(char["top"] - before["top"]) < 0.5


def _cell_of(char: Any, tables: Sequence[tuple[Any, Sequence[Any]]]) -> tuple[int, int] | None:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    for index, (box, cells) in enumerate(tables):
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            for number, cell in enumerate(cells):
                if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                    return index, number
    return None


def _take_margins(pages: Sequence[_Page]) -> list[str]:
    """Take page headers, footers and page numbers out of the lines; returns their texts."""

    def in_margin(line: Line, page: _Page) -> bool:
        return line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)

    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_without_digits(line.text) for line in page.lines if in_margin(line, page)})
    needed = max(2, len(pages) // 3)
    texts: dict[str, None] = {}
    for page in pages:
        kept: list[Line] = []
        for line in page.lines:
            is_number = re.fullmatch(
                r"(?:side\s*)?\W*\d{1,3}(?:\s*(?:av|/|of)\s*\d{1,3})?\W*", line.text, re.IGNORECASE
            )
            if in_margin(line, page) and (seen[_without_digits(line.text)] >= needed or is_number):
                texts[line.text] = None
            else:
                kept.append(line)
        page.lines = kept
    return list(texts)[:20]


def _without_digits(text: str) -> str:
    # A page number changes from page to page; the years of the plan do not.
    return re.sub(r"(?<!\d)\d{1,3}(?!\d)", "#", text)


class _Blocks:
    """Turns the pages into blocks in reading order."""

    def __init__(self, pages: Sequence[_Page]) -> None:
        self._pages = pages
        every = [line for page in pages for line in page.lines]
        cells = [lines for page in pages for table in page.tables for lines in table.lines]
        inside = [line for lines in cells for line in lines]
        self._words = Words.of(every, cells)
        self._body = _body_size(every or inside)
        self._levels = _levels(pages, self._body)
        self._tables = 0
        self._in_contents = False
        self._unruled = Unruled(self._words)

    def all(self) -> list[Block]:
        """Every block of the document."""
        found: list[Block] = []
        for page in self._pages:
            for block in self._of(page):
                before = found[-1] if found else None
                if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _is_broken(before, block):
                    found[-1] = replace(before, text=self._words.joined(before.text, block.text))
                else:
                    found.append(block)
        return found

    def _of(self, page: _Page) -> Iterator[Block]:
        right = max((line.x1 for line in page.lines), default=page.width)
        rest = list(page.lines)
        for table in sorted(page.tables, key=lambda each: each.top):
            above = [line for line in rest if line.top < table.top]
            rest = rest[len(above) :]
            yield from self._running(above, right, page)
            yield self._ruled(table, page.number)
        yield from self._running(rest, right, page)

    def _running(self, lines: Sequence[Line], right: float, page: _Page) -> Iterator[Block]:
        """Running text, with tables that have no rules between their columns."""
        start = 0
        for first, end, rows in self._unruled.tables(lines):
            yield from self._paragraphs(lines[start:first], right, page.number)
            self._tables += 1
            numbers = tuple(range(1, len(rows) + 1))
            yield Table(rows, self._tables, numbers, page_of_row=(page.number,) * len(rows))
            start = end
        yield from self._paragraphs(lines[start:], right, page.number)

    def _paragraphs(self, lines: Sequence[Line], right: float, page: int) -> Iterator[Paragraph]:
        for group in paragraphs_of(lines, right):
            text = group[0].text
            for line in group[1:]:
                text = self._words.joined(text, line.text)
            bare = bulleted(text)
            level = self._level(group[0], page) if bare is None and len(text) <= 250 else None
            if _CONTENTS_HEADING.fullmatch(text):
                self._in_contents = True
                level = None
            elif self._in_contents and not _CONTENTS.search(text):
                self._in_contents = False
            is_contents = self._in_contents or re.search(r"\.{5,}\s*\d{1,3}$", text) is not None
            yield Paragraph(
                bare or text,
                level=None if is_contents else level,
                marker=BULLET if bare is not None else None,
                is_bold=all(line.is_bold for line in group),
                is_contents=is_contents,
                page=page,
                lead=group[0].lead if bare is None else "",
            )

    def _level(self, line: Line, page: int) -> int | None:
        level = self._levels.get(line.size)
        if level is None:
            return None
        return 0 if level == 0 and page == 1 else max(level, 1)

    def _ruled(self, ruled: _Ruled, page: int) -> Table:
        self._tables += 1
        columns = _edges(edge for box in ruled.boxes for edge in (box[0], box[2]))
        rows = _edges(edge for box in ruled.boxes for edge in (box[1], box[3]))
        grid = GridBuilder()
        for box, lines in zip(ruled.boxes, ruled.lines, strict=True):
            left, right = _nearest(columns, box[0]), _nearest(columns, box[2])
            top, bottom = _nearest(rows, box[1]), _nearest(rows, box[3])
            text = cell_text(lines, box[0], box[2], self._words)
            is_bold = bool(lines) and all(line.is_bold for line in lines)
            heading = _bold_lines(lines, box, self._words) if not is_bold else 0
            grid.put(
                Cell(text, top, left, max(bottom - top, 1), max(right - left, 1), is_bold=is_bold, bold_lines=heading)
            )
        found = grid.rows()
        return Table(found, self._tables, tuple(range(1, len(found) + 1)), page_of_row=(page,) * len(found))


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    """Whether a page break parts the sentence of a paragraph."""
    is_plain = not any(each.is_heading or each.is_bold or each.is_contents for each in (before, after))
    goes_on = before.text[-1:].isalpha() or before.text.endswith((",", "-"))
    return is_plain and before.page != after.page and after.marker is None and goes_on and after.text[:1].islower()


def _bold_lines(lines: Sequence[Line], box: tuple[float, float, float, float], words: Words) -> int:
    """How many lines of a cell's text are bold before the first that is not; 0 where bold returns further down."""
    first = next((number for number, line in enumerate(lines) if not line.is_bold), 0)
    if not first or any(line.is_bold for line in lines[first:]):
        return 0
    heading = cell_text(lines[:first], box[0], box[2], words)
    return heading.count("\n") + 1 if cell_text(lines, box[0], box[2], words).startswith(f"{heading}\n") else 0


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _body_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _is_running(lines: Iterable[Line], size: float) -> bool:
    """Whether what is set in a size is mostly long lines: text that is larger than that of big tables, no headings."""
    lengths = [len(line.text) for line in lines if line.size == size]
    return sum(length for length in lengths if length > _LONG_LINE) * 2 > sum(lengths)


def _levels(pages: Sequence[_Page], body: float) -> dict[float, int]:
    """The level of heading for each size of type above that of running text; 0 for what only the cover has."""
    large = {line.size for page in pages for line in page.lines if line.size >= body + 0.9}
    large -= {size for size in large if _is_running([line for page in pages for line in page.lines], size)}
    cover: set[float] = set()
    if len(pages) > 1 and len(pages[0].lines) <= _COVER_LINES and not pages[0].tables:
        later = {line.size for page in pages[1:] for line in page.lines}
        cover = {size for size in large if size not in later}
    levels = dict.fromkeys(cover, 0)
    return levels | {size: min(level, 8) for level, size in enumerate(sorted(large - cover, reverse=True), start=1)}
