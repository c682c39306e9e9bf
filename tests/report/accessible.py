"""What a PDF lacks for those who have it read aloud, as codes: what ISO 14289-1 asks and Typst lets pass, and more."""

from collections.abc import Iterator
from typing import Any

import pikepdf


def elements(node: Any) -> Iterator[Any]:
    """Every structure element under a node (PDF 1.7, section 14.7.2)."""
    if isinstance(node, pikepdf.Array):
        for child in list(node):
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Every structure element of a kind, as "/Table"."""
    return [element for element in elements(pdf.Root.get("/StructTreeRoot")) if str(element.S) == kind]


def faults(pdf: pikepdf.Pdf) -> set[str]:
    """Everything that is wrong: empty where nothing is."""
    root = pdf.Root
    wrong = {
        "not_tagged": not _flag(root, "/MarkInfo", "/Marked") or not of_kind(pdf, "/Document"),
        "no_language": not str(root.get("/Lang", "")),
        "no_title": not str(pdf.docinfo.get("/Title", "")),
        "title_not_shown": not _flag(root, "/ViewerPreferences", "/DisplayDocTitle"),
        "no_outline": _outline(pdf) != _headings(pdf),
        "no_alternative": any(not str(figure.get("/Alt", "")).strip() for figure in of_kind(pdf, "/Figure")),
        "order_of_tabs": any(page.get("/Tabs") != pikepdf.Name.S for page in pdf.pages),
        "no_page_number": any("/Footer" not in _artifacts(page) for page in pdf.pages),
    }
    return {code for code, is_wrong in wrong.items() if is_wrong} | {
        code for table in of_kind(pdf, "/Table") for code in _of_table(table)
    }


def _flag(root: Any, dictionary: str, name: str) -> bool:
    return dictionary in root and bool(root[dictionary].get(name))


def _of_table(table: Any) -> Iterator[str]:
    rows = [element for element in elements(table.K) if str(element.S) == "/TR"]
    if not rows or any(str(cell.S) != "/TH" for cell in rows[0].K if isinstance(cell, pikepdf.Dictionary)):
        yield "no_header"
    if len(set(_widths(rows))) > 1:
        yield "uneven_rows"
    if any(_scope(cell) is None for cell in elements(table.K) if str(cell.S) == "/TH"):
        yield "no_scope"


def _widths(rows: list[Any]) -> Iterator[int]:
    """How many columns each row fills, with the cells above that reach down into it (ISO 14289-1, 7.5)."""
    reaching: list[tuple[int, int]] = []
    for row in rows:
        reaching = [(rows_left - 1, columns) for rows_left, columns in reaching if rows_left > 1]
        cells = [cell for cell in row.K if isinstance(cell, pikepdf.Dictionary)]
        spans = [(_span(cell, "/RowSpan"), _span(cell, "/ColSpan")) for cell in cells]
        yield sum(columns for _rows, columns in (*reaching, *spans))
        reaching += spans


def _span(cell: Any, name: str) -> int:
    return int(next((each[name] for each in _attributes(cell) if name in each), 1))


def _scope(cell: Any) -> str | None:
    return next((str(each.Scope) for each in _attributes(cell) if "/Scope" in each), None)


def _attributes(cell: Any) -> list[Any]:
    given = cell.get("/A", [])
    return list(given) if isinstance(given, pikepdf.Array) else [given]


def _outline(pdf: pikepdf.Pdf) -> int:
    def counted(items: Any) -> int:
        return sum(1 + counted(item.children) for item in items)

    with pdf.open_outline() as outline:
        return counted(outline.root)


def _headings(pdf: pikepdf.Pdf) -> int:
    return sum(len(of_kind(pdf, f"/H{level}")) for level in range(1, 7))


def _artifacts(page: pikepdf.Page) -> set[str]:
    """The kinds of what is printed on a page and is no part of the text (PDF 1.7, section 14.8.2.2)."""
    found = set()
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "BDC" and str(instruction.operands[0]) == "/Artifact":
            found.add(str(instruction.operands[1].get("/Subtype", "")))
    return found
