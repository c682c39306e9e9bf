"""Text from outside is made fit for XML and HTML, and nothing else is lost."""

import unicodedata
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from report import legible


@given(st.text())
def test_any_text_becomes_one_that_xml_can_hold(text: str) -> None:
    element = ElementTree.Element("t")
    element.text = legible.text(text)
    assert (ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text or "") == legible.text(text)


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(legible.line(text).split("\n")) == 1


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_letters_numbers_and_signs_are_kept(text: str) -> None:
    assert legible.text(text) == unicodedata.normalize("NFC", text)


def test_line_ends_of_all_kinds_become_one_kind() -> None:
    assert legible.text("a\r\nb\rc\u2028d\n\n\n\ne") == "a\nb\nc\nd\n\ne"


def test_an_override_of_direction_is_taken_out() -> None:
    assert legible.text("frist \u202e2202") == "frist 2202"


def test_a_space_that_does_not_break_is_kept_on_a_line() -> None:
    assert legible.line("1\u00a0800 \n kr") == "1\u00a0800 kr"
