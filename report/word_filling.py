"""Filling a Word template: docxtpl, without the work that leaves a document of many rows as it was.

docxtpl looks through every run for line breaks and every row for columns too many, reads the template's instructions
anew for each report, and moves the filled document from one tree to another. Here it looks where there is something to
find, reads an instruction once, and builds the document where it stays. The bytes are those of docxtpl, but for the
colour of a cell, which stands where the schema has it.
"""

import re
from functools import cache, lru_cache
from typing import Any

from docx.oxml.parser import element_class_lookup
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

PARAGRAPH_END = "</w:p>"
BREAKS = ("\n", "\t", "\a", "\f")
"""What docxtpl makes into a break of a line, a tabulator, another paragraph and another page."""

KEPT = 64
"""Parts of templates: body, heads, feet and properties of ours in each language, and of the municipality's own."""

_WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_TABLE = f"{{{_WORD['w']}}}tbl"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_NAMESPACE = re.compile(r' xmlns:(\w+)="([^"]*)"')
_CELLS = "count(w:tc) - count(w:tc/w:tcPr/w:gridSpan) + sum(w:tc/w:tcPr/w:gridSpan/@w:val)"
_IS_TOO_WIDE = etree.XPath("boolean(w:tr[count(w:tc) > $columns])", namespaces=_WORD)
_IS_WIDE_ENOUGH = etree.XPath(f"boolean(w:tr[{_CELLS} >= $columns])", namespaces=_WORD)
_COLOUR_FIRST = re.compile(
    r'(<w:tcPr[^>]*>)(<w:shd w:val="clear" w:color="auto" w:fill="{{(?:(?!}}).)*}}"/>)'
    r"((?:(?!</w:tcPr>|<w:noWrap|<w:tcMar|<w:textDirection|<w:tcFitText|<w:vAlign|<w:hideMark).)*)",
    re.DOTALL,
)
"""docxtpl writes a cell's colour before its other properties; those named here come after it (ISO/IEC 29500-1)."""


class Filling(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template that is filled once."""

    def patch_xml(self, src_xml: str) -> str:
        """A part of the template as Jinja can read it."""
        return _patched(src_xml)

    def resolve_listing(self, xml: str) -> str:
        """Make the breaks in texts into Word's own; a paragraph without any is left alone."""
        if not _has_breaks(xml):
            return xml
        *paragraphs, rest = (f"{before}{PARAGRAPH_END}" for before in xml.split(PARAGRAPH_END))
        resolve = super().resolve_listing
        filled = [resolve(each) if _has_breaks(each) else each for each in paragraphs]
        return "".join([*filled, rest.removesuffix(PARAGRAPH_END)])

    def fix_tables(self, xml: str) -> Any:
        """The body, its tables with as many columns as their rows have cells, in a document like the template's."""
        root = self.docx.element
        for element in list(root.body):
            root.body.remove(element)
        before, found, after = etree.tostring(root, encoding="unicode").partition("<w:body/>")
        if not found:
            return super().fix_tables(xml)
        body = _without_known_names(xml, root.nsmap)
        tree = etree.fromstring(f"{before}{body}{after}", _parser()).body
        return tree if all(_fits(table) for table in tree.iter(_TABLE)) else super().fix_tables(xml)

    def fix_docpr_ids(self, tree: Any) -> None:
        """Give every picture a number of its own."""
        for properties in tree.iter(_PICTURE):
            self.docx_ids_index += 1
            properties.set("id", str(self.docx_ids_index))

    def map_tree(self, tree: Any) -> None:
        """Put the filled body in the place of the template's."""
        if tree.getparent() is None:
            super().map_tree(tree)
        else:
            self.docx.part._element = self.docx._element = tree.getparent()


@lru_cache(KEPT)
def _patched(source: str) -> str:
    filling = Filling.__new__(Filling)
    return _COLOUR_FIRST.sub(r"\1\3\2", DocxTemplate.patch_xml(filling, source))


def _has_breaks(xml: str) -> bool:
    return any(each in xml for each in BREAKS)


def _without_known_names(xml: str, known: dict[str, str]) -> str:
    """XML that is put under an element, without the names of namespaces which that element gives already."""
    return _NAMESPACE.sub(lambda found: "" if known.get(found[1]) == found[2] else found[0], xml)


def _fits(table: Any) -> bool:
    columns = len(table.findall("w:tblGrid/w:gridCol", _WORD))
    return _IS_WIDE_ENOUGH(table, columns=columns) and not _IS_TOO_WIDE(table, columns=columns)


@cache
def _parser() -> etree.XMLParser:
    """Makes the elements of python-docx, and of what does not hold together what can be made of it, as docxtpl does."""
    parser = etree.XMLParser(recover=True)
    parser.set_element_class_lookup(element_class_lookup)
    return parser


@cache
def instructions() -> SandboxedEnvironment:
    """What a template may do: place, repeat and choose among the fields, each of which must exist."""
    return _Instructions(undefined=StrictUndefined, autoescape=True)


class _Instructions(SandboxedEnvironment):
    """A sandbox that keeps the instructions it has read, and looks for a field where fields are first."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.read = lru_cache(KEPT)(super().from_string)

    def from_string(self, source: Any, *_args: Any, **_options: Any) -> Template:
        """The instructions of a part."""
        return self.read(source)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` in a template; a field of the report is a key."""
        if type(obj) is dict and attribute in obj and not hasattr(obj, attribute):
            return obj[attribute]
        return super().getattr(obj, attribute)
