"""Filling a template the short way gives the document that docxtpl gives."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from report import word
from report.word_filling import Filling, instructions
from report.wording import build
from tests.report.samples import nasty, vefsn


def template(*paragraphs: str, cells: list[list[str]] | None = None) -> bytes:
    """A Word template of paragraphs, and a table of cells after them."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if cells:
        table = made.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def filled(kind: type[DocxTemplate], source: bytes, fields: dict[str, Any]) -> str:
    """The document as XML, filled by docxtpl or by ours."""
    document = kind(BytesIO(source))
    document.render(fields, instructions() if kind is Filling else SandboxedEnvironment(), autoescape=True)
    return str(document.xml_to_string(document.docx.element))


def in_one_order(xml: str) -> str:
    """Without the colours of cells, which docxtpl puts before a cell's other properties and we after them."""
    return re.sub(r"<w:shd [^>]*/>", "", xml)


@pytest.mark.parametrize("snapshot", [vefsn(), nasty()], ids=["vefsn", "nasty"])
def test_our_template_is_filled_as_docxtpl_fills_it(snapshot: Any) -> None:
    fields = build(snapshot).model_dump() | {"chart_picture": None, "logo": None, "pictures": []}
    source = word.template_for("nb").read_bytes()
    assert in_one_order(filled(Filling, source, fields)) == in_one_order(filled(DocxTemplate, source, fields))


def test_every_break_in_a_text_becomes_one_of_words_own() -> None:
    source = template("{{ text }}", "uten", "{{ other }}")
    fields = {"text": "en\nto\ttre\afire\ffem", "other": '<uten> & "brudd"'}
    ours = filled(Filling, source, fields)
    assert ours == filled(DocxTemplate, source, fields)
    assert ours.count("<w:br") == 2
    assert ours.count("<w:tab/>") == 1


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_table_has_the_columns_its_rows_have(count: int) -> None:
    source = template(cells=[["{%tc for n in numbers %}", "{{ n }}", "{%tc endfor %}"]])
    fields = {"numbers": list(range(count))}
    ours = filled(Filling, source, fields)
    assert ours == filled(DocxTemplate, source, fields)
    assert ours.count("<w:gridCol") == count


def test_a_field_named_as_something_python_has_is_what_it_is_in_docxtpl() -> None:
    source = template("{{ row.title }} {{ row['items'] }} {{ row.items()|length }}")
    fields = {"row": {"title": "Tiltak", "items": "to"}}
    ours = filled(Filling, source, fields)
    assert ours == filled(DocxTemplate, source, fields)
    assert "Tiltak to 2" in ours


def test_what_is_read_once_still_refuses_what_is_missing_or_forbidden_every_time() -> None:
    for _ in range(2):
        with pytest.raises(UndefinedError):
            filled(Filling, template("{{ row.missing }}"), {"row": {}})
        with pytest.raises(SecurityError):
            filled(Filling, template("{{ row.__class__.__mro__ }}"), {"row": {}})
