"""The municipality's colour in a Word document made on our own template."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption")
TABLE_STYLE = "Tiltakstabell"


def paint(document: "Document", colour: str, tint: str) -> None:
    """Headings and captions in the colour, and its tint behind column heads. Both are six hex digits."""
    from docx.oxml.ns import qn  # heavy: only where a document is made
    from docx.shared import RGBColor
    from docx.styles.style import ParagraphStyle

    for name in STYLES:
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.color.rgb = RGBColor.from_string(colour.upper())
    for shade in document.styles[TABLE_STYLE].element.iter(qn("w:shd")):
        shade.set(qn("w:fill"), tint.upper())
