"""The chart's pictures: same data, same bytes, and nothing that depends on the machine."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from report import chart
from report.content import Bar, Chart
from report.wording import build
from tests.report import samples


def data(**changes: object) -> Chart:
    """The chart of Vefsn's report."""
    found = build(samples.vefsn()).chart
    assert found is not None
    return found.model_copy(update=changes)


def test_the_same_data_gives_the_same_pictures() -> None:
    assert chart.png(data()) == chart.png(data())
    assert chart.svg(data()) == chart.svg(data())


def test_other_counts_give_another_picture() -> None:
    first, *rest = data().bars
    other = data(bars=(Bar(label=first.label, counts=(1, 0, 0, 0, 0, 0)), *rest))
    assert chart.png(other) != chart.png(data())


def test_the_drawing_needs_no_font_and_knows_no_hour() -> None:
    drawing = chart.svg(data())
    assert ElementTree.fromstring(drawing).findall(".//{http://www.w3.org/2000/svg}text") == []
    assert "<dc:date>" not in drawing


def test_in_shades_of_grey_statuses_are_still_told_apart() -> None:
    """One segment for each status, of the same length: no two look alike without colour, sign and word."""
    pictures = set()
    for number, status in enumerate(data().legend):
        plain = status.model_copy(update={"word": "x", "sign": "x", "fill": "ffffff", "ink": "000000"})
        alone = data(legend=(plain,), bars=(Bar(label="x", counts=(3,)),))
        pictures.add(Image.open(BytesIO(chart.png(alone))).convert("L").tobytes())
        assert len(pictures) == number + 1
    assert len(pictures) == 6


def test_more_bars_make_a_higher_picture() -> None:
    assert chart.height_cm(data(bars=data().bars * 2)) > chart.height_cm(data())


def test_markup_in_a_label_is_drawn_as_letters() -> None:
    drawing = chart.svg(data(bars=(Bar(label=r"$\nosuch{$ <b> & {y}", counts=(1, 1, 1, 1, 1, 1)),)))
    assert ElementTree.fromstring(drawing) is not None


@pytest.mark.parametrize("label", ["Mål 1", "Delmål 12", "W" * 60])
def test_what_a_bar_is_called_stands_within_the_picture(label: str) -> None:
    drawn = Image.open(BytesIO(chart.png(data(bars=(Bar(label=label, counts=(1000, 0, 0, 0, 0, 0)),))))).convert("L")
    edges = [(0, 0, 2, drawn.height), (drawn.width - 2, 0, drawn.width, drawn.height)]
    assert [drawn.crop(edge).getextrema() for edge in edges] == [(255, 255), (255, 255)]
