"""Word documents (.docx) as blocks: python-docx opens the package, the elements are walked as they stand.

They are walked here and not through python-docx's own objects because those pass over content controls (where Word
keeps tables of contents, and many municipal templates their tables) and inserted text that is still tracked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from typing import Any

import docx
from docx.document import Document as Package
from docx.oxml.ns import qn

from plan.documents import package
from plan.documents.blocks import Block, Cell, Document, GridBuilder, Paragraph, Table
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.documents.understanding import understand
from plan.documents.word_numbering import Numbering
from plan.draft import Draft

_MARK = re.compile(r"\s*(?:\d{1,2}|\*{1,3})\s*")
_MARKED = re.compile(r"(?:[^\W\d_]{3,}|[.,)»])\s*$")
MAX_DEPTH = 20
MAX_ROWS = 10_000
MAX_PARAGRAPHS = 30_000
_BODY = "word/document.xml"
_HEADING = re.compile(r"(?:heading|overskrift|rubrik)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innholdsfortegnelse|inh)\s*[0-9]?", re.IGNORECASE)
_TITLE = re.compile(r"title|tittel", re.IGNORECASE)
_TRANSPARENT = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink"))
)
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def recognises(name: str, content: bytes) -> bool:
    """Whether the content is a Word document."""
    return package.is_word(content)


def read_bytes(content: bytes) -> Draft:
    """The draft in a Word document. Raises `DocumentRefused`."""
    return understand(blocks_of(content))


def blocks_of(content: bytes) -> Document:
    """The blocks of a Word document. Raises `DocumentRefused`."""
    package.refuse_unsafe(content)
    _refuse_large(content)
    try:
        opened = docx.Document(BytesIO(content))
        return _Walk.of(opened).document(opened)
    except DocumentRefused:
        raise
    except Exception as error:  # python-docx and lxml fail in many ways on what is no document
        raise DocumentRefused([Problem(Code.DAMAGED)]) from error


def _refuse_large(content: bytes) -> None:
    """Raise `DocumentRefused` for more rows or paragraphs than a plan has: each takes lxml a kilobyte or more."""
    rows = paragraphs = 0
    rest = b""
    with package.opened(content) as archive:
        if _BODY not in archive.namelist():
            return
        for chunk in package.chunks(archive, _BODY):
            part = rest + chunk
            # What may be the beginning of a tag is counted with the next piece.
            cut = part.rfind(b"<") if b"<" in part[-10:] else len(part)
            part, rest = part[:cut], part[cut:]
            rows += len(re.findall(rb"<w:tr[ >/]", part))
            paragraphs += len(re.findall(rb"<w:p[ >/]", part))
            if rows > MAX_ROWS or paragraphs > MAX_PARAGRAPHS:
                limit = MAX_ROWS if rows > MAX_ROWS else MAX_PARAGRAPHS
                raise DocumentRefused([Problem(Code.TOO_MANY_ROWS, data={"limit": limit})])


@dataclass(frozen=True)
class _Style:
    """What a paragraph's style says about it."""

    level: int | None = None
    is_contents: bool = False
    is_bold: bool = False
    list_id: str | None = None
    depth: int = 0


@dataclass
class _Walk:
    """A walk through the body: knows the styles, counts the lists and the tables."""

    styles: dict[str, _Style]
    default_style: _Style
    numbering: Numbering
    tables: int = 0
    blocks: list[Block] = field(default_factory=list)

    @classmethod
    def of(cls, opened: Package) -> "_Walk":
        """Prepare a walk: read the styles and the lists."""
        elements = {style.get(qn("w:styleId"), ""): style for style in opened.styles.element.findall(qn("w:style"))}
        styles = {name: _style(name, elements) for name in elements}
        default = next((name for name, each in elements.items() if _is_default_paragraph(each)), "")
        try:
            root = opened.part.numbering_part.element
        except (KeyError, NotImplementedError):
            root = None
        return cls(styles, styles.get(default, _Style()), Numbering.of(root))

    def document(self, opened: Package) -> Document:
        """The whole document."""
        self.blocks.extend(self.within(opened.element.body))
        margins = [
            paragraph.text.strip()
            for section in opened.sections
            for part in (section.header, section.first_page_header, section.footer)
            for paragraph in part.paragraphs
        ]
        properties = opened.core_properties
        return Document(
            tuple(self.blocks),
            title=properties.title or "",
            author=properties.author or "",
            margins=tuple(dict.fromkeys(text for text in margins if text)),
        )

    def within(self, container: Any, depth: int = 0) -> Iterator[Block]:
        """The blocks of the body, or of a cell that only makes the layout."""
        for element in _children(container):
            if element.tag == qn("w:p"):
                yield from self.paragraphs(element)
            elif element.tag == qn("w:tbl") and depth < MAX_DEPTH and _is_layout(element):
                for row in (each for each in _children(element) if each.tag == qn("w:tr")):
                    for cell in (each for each in _children(row) if each.tag == qn("w:tc")):
                        yield from self.within(cell, depth + 1)
            elif element.tag == qn("w:tbl"):
                yield self.table(element)

    def paragraphs(self, element: Any) -> Iterator[Paragraph]:
        """The paragraph, if it has text, and those in text boxes that hang on it."""
        text = _text(element).strip()
        if text:
            style = self.style(element)
            yield Paragraph(
                text,
                level=style.level if len(text) <= 300 else None,
                marker=self.marker(element, style),
                is_bold=_is_bold(element, style),
                is_contents=style.is_contents,
                lead=_lead(element, style),
            )
        for box in _boxes(element):
            for inner in box.iter(qn("w:p")):
                if _text(inner).strip():
                    yield Paragraph(_text(inner).strip(), is_bold=_is_bold(inner, self.style(inner)))

    def style(self, element: Any) -> _Style:
        """The style of a paragraph, with the outline level the paragraph itself may have."""
        named = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.default_style if named is None else self.styles.get(named.get(qn("w:val"), ""), _Style())
        own = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = _outline(own)
        return style if level is None else _Style(level, style.is_contents, style.is_bold, style.list_id, style.depth)

    def marker(self, element: Any, style: _Style) -> str | None:
        """What the program puts in front of the paragraph."""
        own = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        list_id, depth = _numbered(own) if own is not None else (style.list_id, style.depth)
        list_id = style.list_id if list_id is None else list_id
        return None if list_id is None else self.numbering.marker(list_id, depth)

    def table(self, element: Any, depth: int = 0) -> Table:
        """A table as a grid. Tables within its cells are read as text."""
        self.tables += depth == 0
        number = self.tables
        grid = GridBuilder()
        open_cells: dict[int, tuple[Any, list[int]]] = {}
        spans: list[tuple[Any, list[int]]] = []
        for row, tr in enumerate(each for each in _children(element) if each.tag == qn("w:tr")):
            column = _number(tr, "w:trPr/w:gridBefore", 0)
            for tc in (each for each in _children(tr) if each.tag == qn("w:tc")):
                width = max(_number(tc, "w:tcPr/w:gridSpan", 1), 1)
                merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
                above = open_cells.get(column)
                if goes_on and above is not None and above[1][3] == width:
                    above[1][2] += 1
                else:
                    spans.append((tc, [row, column, 1, width]))
                    open_cells[column] = spans[-1]
                column += width
        for tc, (row, column, rows, columns) in spans:
            grid.put(self.cell(tc, row, column, rows, columns, depth))
        rows_found = grid.rows()
        return Table(rows_found, number, tuple(range(1, len(rows_found) + 1)))

    def cell(self, tc: Any, row: int, column: int, rows: int, columns: int, depth: int) -> Cell:
        """A cell: its paragraphs as lines."""
        lines: list[str] = []
        bold: list[bool] = []
        markers: list[str | None] = []
        marker: str | None = None
        for element in _children(tc):
            if element.tag == qn("w:p"):
                text, style = _text(element).strip(), self.style(element)
                number = self.marker(element, style)
                marker = marker or (number if number != "•" else None)
                if text:
                    lines.append(text)
                    # Further lines of a paragraph have nothing in front of them.
                    markers += [number, *([None] * text.count("\n"))]
                    bold.append(_is_bold(element, style))
            elif element.tag == qn("w:tbl") and depth < MAX_DEPTH:
                inner = self.table(element, depth + 1)
                rows_of_inner = [line for each in inner.rows if (line := " ".join(_distinct_texts(each)))]
                lines += rows_of_inner
                markers += [None] * sum(line.count("\n") + 1 for line in rows_of_inner)
        text = "\n".join(lines)
        is_bold = bool(bold) and all(bold)
        return Cell(
            text,
            row,
            column,
            rows,
            columns,
            is_bold=is_bold,
            marker=marker,
            markers=tuple(markers),
            bold_lines=_bold_lines(lines, bold),
        )


def _bold_lines(paragraphs: Sequence[str], bold: Sequence[bool]) -> int:
    """How many lines of a cell are bold before the first that is not; 0 where bold returns or nothing else follows."""
    first = bold.index(False) if False in bold else 0
    if not first or any(bold[first:]) or len(bold) != len(paragraphs):
        return 0
    return sum(text.count("\n") + 1 for text in paragraphs[:first])


def _is_layout(table: Any) -> bool:
    """Whether a table only places what is in it: a frame of one column, or one row with a table of several in it."""
    rows = [[tc for tc in _children(tr) if tc.tag == qn("w:tc")] for tr in _children(table) if tr.tag == qn("w:tr")]
    inner = [each for row in rows for cell in row for each in _children(cell) if each.tag == qn("w:tbl")]
    if all(len(row) == 1 for row in rows):
        return True
    return len(rows) == 1 and any(len(table_of.findall(qn("w:tr"))) > 1 for table_of in inner)


def _distinct_texts(row: Iterable[Cell]) -> list[str]:
    return [cell.text for cell in dict.fromkeys(row) if cell.text]


def _children(element: Any) -> Iterator[Any]:
    """The children, looking through content controls and tracked insertions."""
    for child in element:
        if child.tag in _TRANSPARENT:
            yield from _children(child)
        else:
            yield child


def _text(paragraph: Any) -> str:
    """The text of a paragraph as it would be printed: with insertions, without deletions, field codes or boxes."""
    parts: list[str] = []
    for run in _children(paragraph):
        if run.tag in (qn("w:r"), qn("w:fldSimple")) and not _is_mark(run, parts):
            parts.extend(_run_text(run))
    return "".join(parts)


def _is_mark(run: Any, before: Sequence[str]) -> bool:
    """Whether a run is a raised number or star that points to a note; "m²" is no such thing."""
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    if raised is None or raised.get(qn("w:val")) != "superscript":
        return False
    is_marked = _MARKED.search("".join(before)) is not None
    return is_marked and _MARK.fullmatch("".join(_run_text(run))) is not None


def _run_text(run: Any) -> Iterator[str]:
    for child in _children(run):
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:r"):
            yield from _run_text(child)
        elif child.tag in _BREAKS:
            is_page = child.get(qn("w:type")) in ("page", "column")
            yield "" if is_page else _BREAKS[child.tag]


def _boxes(paragraph: Any) -> list[Any]:
    # Word writes each box twice, for new readers and old; the old copy is left out.
    return [
        box
        for box in paragraph.iter(qn("w:txbxContent"))
        if not any(above.tag.endswith("}Fallback") for above in box.iterancestors())
    ]


def _is_bold(paragraph: Any, style: _Style) -> bool:
    runs = [run for run in _children(paragraph) if run.tag == qn("w:r") and "".join(_run_text(run)).strip()]
    return bool(runs) and all(_run_is_bold(run, style) for run in runs)


def _lead(paragraph: Any, style: _Style) -> str:
    """The bold beginning of a paragraph that goes on in plain type; "" where there is none."""
    runs = [run for run in _children(paragraph) if run.tag == qn("w:r") and "".join(_run_text(run)).strip()]
    bold = list(takewhile(lambda run: _run_is_bold(run, style), runs))
    return "".join(text for run in bold for text in _run_text(run)).strip() if len(bold) < len(runs) else ""


def _run_is_bold(run: Any, style: _Style) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    if bold is None:
        return style.is_bold
    return bold.get(qn("w:val"), "1") not in ("0", "false", "off")


def _style(name: str, elements: dict[str, Any]) -> _Style:
    """What a style says, with what it takes over from those it is based on."""
    level: int | None = None
    is_contents = is_bold = False
    list_id: str | None = None
    depth = 0
    step: str | None = name
    for _ in range(MAX_DEPTH):
        element = elements.get(step or "")
        if element is None:
            break
        shown = element.find(qn("w:name"))
        label = "" if shown is None else shown.get(qn("w:val"), "")
        level = level if level is not None else _level_of(label, element)
        is_contents = is_contents or _CONTENTS.fullmatch(label.strip()) is not None
        is_bold = is_bold or element.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
        numbered = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbered is not None and list_id is None:
            list_id, depth = _numbered(numbered)
        based_on = element.find(qn("w:basedOn"))
        step = None if based_on is None else based_on.get(qn("w:val"))
    return _Style(level, is_contents, is_bold, list_id, depth)


def _level_of(label: str, element: Any) -> int | None:
    found = _HEADING.match(label)
    if found:
        return int(found[1])
    if _TITLE.fullmatch(label.strip()):
        return 0
    return _outline(element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))


def _outline(element: Any | None) -> int | None:
    value = "" if element is None else element.get(qn("w:val"), "")
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _numbered(element: Any) -> tuple[str | None, int]:
    list_id = element.find(qn("w:numId"))
    depth = element.find(qn("w:ilvl"))
    value = "0" if depth is None else depth.get(qn("w:val"), "0")
    return (None if list_id is None else list_id.get(qn("w:val"))), int(value) if value.isdigit() else 0


def _number(element: Any, path: str, default: int) -> int:
    found = element.find("/".join(qn(part) for part in path.split("/")))
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), 200) if value.isdigit() else default


def _is_default_paragraph(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")
