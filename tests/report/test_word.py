"""The Word document is built as a document, and its template can be changed and checked."""

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table

from plan.status import Status
from report import word_template
from report.snapshot import Goal, Measure, ResultTarget
from report.word import TemplateFaultError, render, template_for
from report.wording import build, labels
from tests.report import samples

PARTS = (
    "decision",
    "summary",
    "changes",
    "measures",
    "deviations",
    "economy",
    "targets",
    "unanswered",
    "attachments",
    "about",
)


def opened(document: bytes) -> WordDocument:
    """A document of ours as python-docx sees it."""
    return Document(BytesIO(document))


@pytest.fixture(scope="module")
def report() -> WordDocument:
    return opened(render(samples.vefsn()))


def headed(document: WordDocument) -> list[Table]:
    """The tables of data: all but the facts at the top."""
    return list(document.tables[1:])


def test_headings_have_heading_styles_in_order(report: WordDocument) -> None:
    levels = [(p.style.name, p.text) for p in report.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[:7] == [
        ("Heading 1", "Forslag til vedtak"),
        ("Heading 1", "Sammendrag"),
        ("Heading 1", "Hva har skjedd siden sist?"),
        ("Heading 1", "Utviklingen i figurer"),
        ("Heading 1", "Mål og tiltak"),
        ("Heading 2", "Hovedmål"),
        ("Heading 3", "Delmål 1"),
    ]
    assert [p.text for p in report.paragraphs if p.style and p.style.name == "Title"] == [build(samples.vefsn()).title]


def test_the_templates_headings_are_the_ones_of_the_other_documents(report: WordDocument) -> None:
    wanted = labels("nb")
    written = {p.text for p in report.paragraphs}
    for name in PARTS:
        assert wanted[f"heading_{name}"] in written


def test_every_table_of_data_repeats_its_header_row(report: WordDocument) -> None:
    assert len(headed(report)) == 11
    for table in headed(report):
        header, *rows = table.rows
        assert header._tr.trPr is not None
        assert header._tr.trPr.find(qn("w:tblHeader")) is not None
        for row in (header, *rows):
            assert row._tr.trPr is not None
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_last_row_of_a_table_never_stands_alone_on_a_page(report: WordDocument) -> None:
    for table in headed(report):
        before = table.rows[-2].cells[0].paragraphs
        assert all(paragraph.paragraph_format.keep_with_next for paragraph in before)


@pytest.mark.parametrize(("count", "is_kept"), [(7, True), (8, False)])
def test_a_table_of_seven_rows_stays_on_one_page_and_a_longer_one_may_break(count: int, is_kept: bool) -> None:
    late = [Measure(ref=str(n), title=f"Tiltak {n}", status=Status.DELAYED, deadline_text="2021") for n in range(count)]
    tables = headed(opened(render(samples.vefsn(goals=(), measures=tuple(late)))))
    (table,) = [each for each in tables if "Avvik" in [cell.text for cell in each.rows[0].cells]]
    kept = [all(p.paragraph_format.keep_with_next for p in row.cells[0].paragraphs) for row in table.rows]
    assert kept == [True, True, *[is_kept] * (count - 4), True, True, False]


def test_a_picture_stands_in_the_paragraph_of_its_caption_and_what_it_shows_in_words_in_the_next() -> None:
    """LibreOffice leaves a caption of its own at the foot of a page while the picture goes on, and words behind."""
    snapshot = samples.several_years()
    content = build(snapshot)
    assert content.chart is not None
    captions = [each for each in opened(render(snapshot)).paragraphs if each.text.startswith("Figur ")]
    wanted = [content.chart.caption, *(picture.caption for picture in content.pictures)]
    assert [each.text.strip() for each in captions] == wanted
    for each in captions:
        assert each._p.findall(f".//{qn('wp:inline')}")
        assert each.paragraph_format.keep_together
    words = [
        each.text for each in opened(render(snapshot)).paragraphs if each.style and each.style.name == "Figurtekst"
    ]
    assert words == ["\n".join([*picture.words, picture.note]) for picture in content.pictures]


def test_what_is_said_about_a_measure_stands_under_it_over_the_whole_width_and_may_break() -> None:
    long = samples.MEASURES[1].model_copy(update={"report_text": ("Et langt svar. " * 260).strip()})
    tables = headed(opened(render(samples.vefsn(measures=(long,)))))
    (table,) = [each for each in tables if len(each.columns) == 5 and each.cell(0, 2).text == "Ansvar"]
    measure, said = table.rows[1:3]
    assert [cell.text for cell in measure.cells[:2]] == [long.ref, f"{long.title}\nMeldt av Rådmannen 01.04.2022"]
    assert len({cell._tc for cell in said.cells}) == 1
    assert [text.text for text in said._tr.iter(qn("w:t"))] == [long.report_text]
    assert all(paragraph.paragraph_format.keep_with_next for cell in measure.cells for paragraph in cell.paragraphs)
    assert said._tr.trPr is None or said._tr.trPr.find(qn("w:cantSplit")) is None


def test_every_table_of_data_says_what_it_is(report: WordDocument) -> None:
    for table in headed(report):
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        assert caption is not None
        assert caption.get(qn("w:val"))


def test_tables_are_as_wide_as_the_text(report: WordDocument) -> None:
    for table in report.tables:
        width = sum(column.width or 0 for column in table.columns)
        assert width <= Cm(word_template.TEXT_WIDTH_CM) + 6 * 635  # rounded to twentieths of a point


def test_a_status_is_told_by_colour_sign_and_word(report: WordDocument) -> None:
    cell = headed(report)[2].rows[3].cells[4]
    assert cell.paragraphs[0].text == "▲ Forsinket"
    assert [shade.get(qn("w:fill")) for shade in cell._tc.iter(qn("w:shd"))] == ["ffedd5"]


def test_a_cells_properties_stand_in_the_order_of_the_schema(report: WordDocument) -> None:
    wanted = ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"]
    for properties in report.element.body.iter(qn("w:tcPr")):
        found = [wanted.index(child.tag.rpartition("}")[2]) for child in properties]
        assert found == sorted(found)


def test_the_chart_has_an_alternative_text(report: WordDocument) -> None:
    content = build(samples.vefsn())
    assert content.chart is not None
    pictures = list(report.element.body.iter(qn("wp:docPr")))
    wanted = [content.chart.alternative, *(picture.alternative for picture in content.pictures)]
    assert [picture.get("descr") for picture in pictures] == wanted
    assert len(wanted) == 4


def test_the_language_is_norwegian(report: WordDocument) -> None:
    languages = [language.get(qn("w:val")) for language in report.styles.element.iter(qn("w:lang"))]
    assert languages
    assert set(languages) == {"nb-NO"}


def test_the_properties_name_title_author_and_day(report: WordDocument) -> None:
    properties = report.core_properties
    assert properties.title == "Statusrapport for 2022: Rusmiddelpolitisk handlingsplan 2020–2024"
    assert properties.author == "Vefsn kommune"
    assert properties.created is not None
    assert properties.created.date() == samples.MADE_ON


def test_the_page_is_a4_with_running_head_and_page_numbers(report: WordDocument) -> None:
    section = report.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    head = section.header.paragraphs[0].text
    assert head == "Vefsn kommune  ·  Statusrapport 2022  ·  Utkast  ·  Eksempel: svarene er ikke ekte"
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_no_instruction_of_the_template_is_left() -> None:
    for sample in (samples.vefsn, samples.empty, samples.all_done):
        document = opened(render(sample()))
        assert [
            p.text for p in document.element.body.iter(qn("w:t")) if p.text and ("{%" in p.text or "{{" in p.text)
        ] == []
        assert [p.text for p in document.paragraphs if p.style and p.style.name == word_template.CODE] == []


def test_a_plan_without_measures_has_no_table_of_data_and_no_picture() -> None:
    document = opened(render(samples.empty()))
    assert headed(document) == []
    assert list(document.element.body.iter(qn("wp:docPr"))) == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_template_that_is_shipped_is_what_the_script_lays(language: str) -> None:
    shipped, laid = Document(str(template_for(language))), word_template.build(language)
    assert shipped.element.xml == laid.element.xml
    assert shipped.styles.element.xml == laid.styles.element.xml


def test_a_language_without_a_template_gets_the_one_in_bokmal() -> None:
    assert template_for("se") == template_for("nb")


def test_a_report_in_nynorsk_is_so_to_its_headings_and_its_own_language() -> None:
    document = opened(render(samples.vefsn(language="nn")))
    assert "Kva har skjedd sidan sist?" in [paragraph.text for paragraph in document.paragraphs]
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"nn-NO"}


def changed(old: str, new: str) -> bytes:
    """The template with one piece of text replaced, as somebody might in Word."""
    document = Document(str(template_for("nb")))
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            paragraph.runs[0].text = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run.text = ""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_changed_template_is_used() -> None:
    template = changed("Forslag til vedtak", "Innstilling")
    texts = [p.text for p in opened(render(samples.vefsn(), template=template)).paragraphs]
    assert "Innstilling" in texts
    assert "Forslag til vedtak" not in texts


def test_a_misspelt_field_is_named() -> None:
    template = changed("{{ title }}", "{{ titel }}")
    with pytest.raises(TemplateFaultError, match="titel"):
        render(samples.vefsn(), template=template)


def test_a_misspelt_field_of_a_part_is_named() -> None:
    template = changed("section.heading", "section.hedding")
    with pytest.raises(TemplateFaultError, match="hedding"):
        render(samples.vefsn(), template=template)


def test_a_broken_instruction_is_an_error_with_the_text_around_it() -> None:
    template = changed("{{ notice }}", "{{ notice }")
    with pytest.raises(TemplateFaultError) as caught:
        render(samples.vefsn(), template=template)
    assert any("notice" in line for line in caught.value.around)


def test_a_template_cannot_reach_into_the_program() -> None:
    template = changed("{{ title }}", "{{ title.__class__.__mro__ }}")
    with pytest.raises(TemplateFaultError, match="unsafe"):
        render(samples.vefsn(), template=template)


def test_an_intro_without_a_table_does_not_drag_the_next_heading_along() -> None:
    document, content = opened(render(samples.empty())), build(samples.empty())
    intros = {content.changes.intro, content.deviations.intro, content.economy.intro, content.targets.intro}
    found = [paragraph for paragraph in document.paragraphs if paragraph.text in intros]
    assert len(found) >= 4
    assert not any(paragraph.paragraph_format.keep_with_next for paragraph in found)


def test_what_is_said_of_a_goal_stays_with_the_table_of_its_measures() -> None:
    title = "Et mål som er for langt til å stå i overskriften, og derfor står under den, for seg selv"
    goals = (
        Goal(
            ref="1",
            title=title,
            result_targets=(ResultTarget(text="Færre søker hjelp for sent"), ResultTarget(text="Ingen venter")),
        ),
        Goal(ref="2", title=f"{title} igjen"),
        Goal(ref="3", title=f"{title} over et annet"),
        Goal(ref="3.1", parent_ref="3", title="Delmål"),
    )
    document = opened(render(samples.vefsn(goals=goals, measures=(Measure(ref="1.1", title="A", goal_ref="1"),))))
    kept = {paragraph.text: paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs}
    assert (kept[title], kept["Færre søker hjelp for sent"], kept["Ingen venter"]) == (True, True, True)
    assert kept[f"{title} igjen"], "that it has no measures stands below it"
    assert not kept[f"{title} over et annet"], "a heading stands below it"
