"""Nothing is missing for those who have the PDF read aloud, and the check that says so finds what is taken away."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import typst

from report.pdf import LAYOUT, render
from report.snapshot import Snapshot
from tests.report import samples
from tests.report.accessible import faults, of_kind

LONG = "Et langt svar om det som er gjort. " * 110


def long_texts() -> Snapshot:
    """The plan of Vefsn with an answer that fills a page, and one without a place to break it in."""
    texts = {"1.1": LONG, "1.2": "ordutenmellomrom" * 200}
    return samples.vefsn(
        measures=tuple(
            measure.model_copy(update={"report_text": texts.get(measure.ref, measure.report_text)})
            for measure in samples.MEASURES
        )
    )


SAMPLES = [
    long_texts,
    samples.vefsn,
    samples.with_parts,
    samples.several_years,
    samples.empty,
    samples.nasty,
    samples.nobody_answered,
    samples.all_done,
]


@pytest.fixture
def report() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(render(samples.vefsn()))) as pdf:
        yield pdf


@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_is_missing_in_any_kind_of_report(sample: samples.Sample) -> None:
    with pikepdf.open(BytesIO(render(sample()))) as pdf:
        assert faults(pdf) == set()


def _no_alternative(pdf: pikepdf.Pdf) -> None:
    del of_kind(pdf, "/Figure")[0].Alt


def _no_header(pdf: pikepdf.Pdf) -> None:
    for cell in of_kind(pdf, "/TH")[-3:]:
        cell.S = pikepdf.Name.TD


def _no_scope(pdf: pikepdf.Pdf) -> None:
    del of_kind(pdf, "/TH")[3].A


def _uneven_rows(pdf: pikepdf.Pdf) -> None:
    del next(cell for cell in of_kind(pdf, "/TD") if "/ColSpan" in str(cell.get("/A", ""))).A


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo.Title


def _no_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].children.pop()


def _not_tagged(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _order_of_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].Tabs


def _no_page_number(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2]
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(page)
        if "/Footer" not in str(list(instruction.operands))
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


@pytest.mark.parametrize(
    "take_away",
    [
        _no_alternative,
        _no_header,
        _no_scope,
        _uneven_rows,
        _no_language,
        _title_not_shown,
        _no_title,
        _no_outline,
        _not_tagged,
        _order_of_tabs,
        _no_page_number,
    ],
)
def test_what_is_taken_from_the_pdf_is_found(report: pikepdf.Pdf, take_away: Callable[[pikepdf.Pdf], None]) -> None:
    take_away(report)
    assert faults(report) == {take_away.__name__.removeprefix("_")}


@pytest.mark.parametrize(
    ("written", "instead", "found"),
    [
        ("alt: picture.alternative", 'alt: " "', "no_alternative"),
        (
            "      table.header(labels.column_status, labels.column_count),",
            "      labels.column_status, labels.column_count,",
            "no_header",
        ),
        ("lang: content.language, ", "", "another_language"),
        ("#show heading: set text(fill: dark)", "#set heading(bookmarked: false)", "no_outline"),
        ("footer: context", "background: context", "no_page_number"),
    ],
)
def test_what_is_taken_from_the_layout_is_found(tmp_path: Path, written: str, instead: str, found: str) -> None:
    source = LAYOUT.read_text(encoding="utf-8")
    assert written in source
    changed = tmp_path / "statusrapport.typ"
    changed.write_text(source.replace(written, instead), encoding="utf-8")
    with pikepdf.open(BytesIO(render(samples.vefsn(), layout=changed))) as pdf:
        assert found in faults(pdf) | ({"another_language"} if str(pdf.Root.Lang) != "nb-NO" else set())


def test_typst_itself_refuses_a_picture_without_an_alternative_text(tmp_path: Path) -> None:
    source = LAYOUT.read_text(encoding="utf-8")
    changed = tmp_path / "statusrapport.typ"
    changed.write_text(source.replace(", alt: content.chart.alternative", ""), encoding="utf-8")
    with pytest.raises(typst.TypstError, match="alt"):
        render(samples.vefsn(), layout=changed)
