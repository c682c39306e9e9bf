"""The PDF is an archive file that can be read aloud (PDF/A-2a, PDF/UA-1)."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from plan.status import Status
from report.glyphs import Printer
from report.pdf import render
from report.snapshot import Cost, Goal, Measure, ResultTarget, UnitText
from report.wording import build
from tests.report import samples
from tests.report.accessible import elements
from tests.report.reading import page_text, pdf_text, squeezed


@pytest.fixture(scope="module")
def report() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(render(samples.vefsn()))) as pdf:
        yield pdf


def kinds(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in elements(pdf.Root.StructTreeRoot))


def test_it_says_that_it_is_pdf_a_2a_and_pdf_ua_1(report: pikepdf.Pdf) -> None:
    with report.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_it_has_title_language_and_day(report: pikepdf.Pdf) -> None:
    assert str(report.Root.Lang) == "nb-NO"
    assert str(report.docinfo.Title) == build(samples.vefsn()).title
    assert str(report.docinfo.CreationDate).startswith("D:20220503")
    assert bool(report.Root.ViewerPreferences.DisplayDocTitle)


def test_it_is_tagged_with_headings_tables_and_lists(report: pikepdf.Pdf) -> None:
    assert bool(report.Root.MarkInfo.Marked)
    found = kinds(report)
    assert found["/H1"] == 1
    assert found["/H2"] == 12
    assert found["/Table"] == 11
    assert found["/L"] >= 4


def test_every_table_has_header_cells(report: pikepdf.Pdf) -> None:
    tables = [element for element in elements(report.Root.StructTreeRoot) if str(element.S) == "/Table"]
    for table in tables:
        inside = Counter(str(element.S) for element in elements(table.K))
        assert inside["/THead"] == 1
        assert inside["/TH"] in {2, 4, 5, 6, 7}, inside


def test_the_last_rows_of_a_table_go_to_the_next_page_together() -> None:
    late = [Measure(ref=str(n), title=f"Tiltak {n}", status=Status.DELAYED) for n in range(9)]
    with pikepdf.open(BytesIO(render(samples.vefsn(measures=tuple(late))))) as pdf:
        feet = [each for each in elements(pdf.Root.StructTreeRoot) if str(each.S) == "/TFoot"]
        assert [[str(row.S) for row in foot.K] for foot in feet] == [["/TR", "/TR"]] * 2  # deviations and targets


def test_a_long_word_is_hyphenated_and_the_name_of_a_file_is_broken_after_a_sign() -> None:
    say = Printer(str)
    word = "Arbeidsmarkedsintegreringskoordineringsprosjektet,"
    assert say.printable(word) == word
    name = "Evalueringsrapport_tiltak_4.1-2_endelig.pdf"
    assert say.printable(name).split("\u200b") == [
        "Evalueringsr",
        "apport_",
        "tiltak_",
        "4.",
        "1-",
        "2_",
        "endelig.",
        "pdf",
    ]
    assert "\u200b" in say.printable("ordutenmellomrom" * 12)


def test_the_chart_has_an_alternative_text(report: pikepdf.Pdf) -> None:
    content = build(samples.vefsn())
    assert content.chart is not None
    alternatives = [str(element.Alt) for element in elements(report.Root.StructTreeRoot) if "/Alt" in element]
    assert alternatives == [content.chart.alternative, *(picture.alternative for picture in content.pictures)]
    assert len(alternatives) == 4


def test_a_picture_stands_on_one_page_with_all_its_words() -> None:
    snapshot = samples.several_years()
    with pikepdf.open(BytesIO(render(snapshot))) as pdf:
        pages = [squeezed(page_text(page)) for page in pdf.pages]
    for picture in build(snapshot).pictures:
        (page,) = [text for text in pages if squeezed(picture.caption) in text]
        assert [line for line in (*picture.words, picture.note) if squeezed(line) not in page] == []


def test_a_long_text_begins_on_the_page_of_its_measure() -> None:
    measures = tuple(
        samples.MEASURES[1].model_copy(
            update={
                "ref": f"1.{n}",
                "title": f"Tiltaket med nummer {n}.",
                "report_text": f"Svar {n}. {'Og mer. ' * 300}",
            }
        )
        for n in range(1, 9)
    )
    with pikepdf.open(BytesIO(render(samples.vefsn(measures=measures)))) as pdf:
        pages = [squeezed(page_text(page)) for page in pdf.pages]
    for n in range(1, 9):
        assert any(f"Tiltaketmednummer{n}." in page and f"Svar{n}.Ogmer." in page for page in pages)


def test_the_outline_leads_to_every_section(report: pikepdf.Pdf) -> None:
    with report.open_outline() as outline:
        (title,) = outline.root
        assert [child.title for child in title.children] == [
            "Forslag til vedtak",
            "Sammendrag",
            "Hva har skjedd siden sist?",
            "Utviklingen i figurer",
            "Mål og tiltak",
            "Avvik og nye frister",
            "Økonomi",
            "Måloppnåelse",
            "Ikke besvart",
            "Vurdering",
            "Vedlegg",
            "Om rapporten",
        ]


def test_every_font_is_inside(report: pikepdf.Pdf) -> None:
    fonts = [font for page in report.pages for font in page.resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


@pytest.mark.parametrize("sample", [samples.empty, samples.nasty, samples.nobody_answered, samples.all_done])
def test_every_kind_of_plan_passes_the_standards(sample: samples.Sample) -> None:
    with pikepdf.open(BytesIO(render(sample()))) as pdf:
        assert kinds(pdf)["/H1"] == 1


def test_what_has_no_glyph_is_a_word_in_brackets_and_the_report_says_so() -> None:
    text = squeezed(pdf_text(render(samples.odd_letters())))
    assert (
        squeezed("• punkt fra Word ✓ og [tegn som ikke kan vises her] privat, [emoji] bra, flagg [emoji], nullbredde")
        in text
    )
    assert squeezed("står som ord i klammer. Word-utgaven og nettsiden har dem.") in text
    assert "klammer" not in squeezed(pdf_text(render(samples.vefsn())))


def test_a_character_for_private_use_does_not_stop_the_pdf() -> None:
    measure = samples.MEASURES[0].model_copy(update={"report_text": "a\uf000b\uef01c\U000f0000d\uf0b7"})
    text = squeezed(pdf_text(render(samples.vefsn(measures=(measure,)))))
    assert squeezed("a[tegn som ikke kan vises her]b[tegn som ikke kan vises her]c") in text


def test_a_long_title_of_a_goal_stands_under_its_heading() -> None:
    with pikepdf.open(BytesIO(render(samples.vefsn()))) as pdf:
        text = squeezed("".join(page_text(page) for page in pdf.pages))
    leads = [section.lead for section in build(samples.vefsn()).sections if section.lead]
    assert leads
    assert all(squeezed(lead) in text for lead in leads)


@pytest.mark.parametrize("lines", [42, 46, 47])
def test_a_table_begins_with_two_rows_under_its_head_at_the_foot_of_a_page(lines: int) -> None:
    """With 42 lines before it there is room for three rows of what is not answered; with 46 and 47 for one."""
    measures = tuple(
        Measure(
            ref=f"1.{n}",
            title=f"Tiltak nummer {n} i en lang plan, med en tittel av vanlig lengde",
            funding="amount",
            costs=(Cost(year=2021, kind="spending", amount_nok=1000),),
        )
        for n in range(1, 15)
    )
    written = (UnitText(unit="Enhet", text="\n".join(["Linje"] * lines)),)
    with pikepdf.open(BytesIO(render(samples.vefsn(goals=(), measures=measures, unit_texts=written)))) as pdf:
        pages = [page_text(page) for page in pdf.pages]
    begun = next(text.partition("Påminnelser")[2] for text in pages if "sum for alle år" in text)
    assert begun.count("Tiltak nummer") == (3 if lines == 42 else 0)


@pytest.mark.parametrize("lines", [15, 16, 17])
def test_that_a_goal_has_no_measures_stands_with_its_targets(lines: int) -> None:
    targets = (ResultTarget(text="Rusteamet har en møteplass"), ResultTarget(text="Ventetiden er under tre uker"))
    goals = (Goal(ref="1", title="\n".join(["Linje"] * lines)), Goal(ref="2", title="Mål", result_targets=targets))
    with pikepdf.open(BytesIO(render(samples.vefsn(goals=goals, measures=())))) as pdf:
        pages = [page_text(page) for page in pdf.pages]
    [page] = [text for text in pages if "under tre uker" in text]
    assert page.partition("under tre uker")[2].count("Ingen tiltak ligger under") == 1


def test_what_stands_before_a_long_table_is_not_covered_by_it() -> None:
    targets = tuple(ResultTarget(text=f"Resultatmål {n}", attainment="attained") for n in range(12))
    report = samples.vefsn(goals=(Goal(ref="1", title="Mål", result_targets=targets),), measures=())
    with pdfplumber.open(BytesIO(render(report))) as pdf:
        words = [(word["text"], word["top"], word["bottom"]) for page in pdf.pages for word in page.extract_words()]
    [intro] = [bottom for text, _, bottom in words if text == "vurdert."]
    head = min(top for text, top, _ in words if text == "Vurdering")
    assert head - intro > 8


@pytest.mark.parametrize("lines", range(2, 42, 4))
def test_a_goal_at_the_foot_of_a_page_goes_with_its_first_measure_to_the_next(lines: int) -> None:
    lead = "Et mål som er for langt til å stå i overskriften, og derfor står under den, for seg selv"
    before = [Measure(ref=f"1.{n}", title="Tiltak", goal_ref="1", report_text="\n".join("abcd")) for n in range(9)]
    last = Measure(ref="1.9", title="Tiltak", goal_ref="1", report_text="\n".join(["Linje"] * lines))
    first = Measure(ref="2.1", title="Det første", goal_ref="2", report_text="Svar")
    goals = (Goal(ref="1", title="Mål"), Goal(ref="2", title=lead))
    with pikepdf.open(BytesIO(render(samples.vefsn(goals=goals, measures=(*before, last, first))))) as pdf:
        pages = [squeezed(page_text(page)) for page in pdf.pages]
    [of_lead] = [number for number, text in enumerate(pages) if squeezed(lead) in text]
    assert squeezed("Det første") in pages[of_lead]
