"""Word, PDF, web page and workbook say the same, for every kind of plan, and say it again byte for byte."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from plan.status import Status
from report.compile import Masthead, compile_snapshot
from report.content import Content
from report.formats import FORMATS, file_name, render
from report.snapshot import Attachment, Cost, Measure, Snapshot, canonical_json
from report.wording import build
from storage.database import Database
from tests.report import samples
from tests.report.reading import docx_text, html_text, pdf_text, squeezed, xlsx_text
from tests.scheduler.desk import HOURS, MAY, Desk, at

SAMPLES = [
    samples.vefsn,
    samples.empty,
    samples.nobody_answered,
    samples.all_done,
    samples.nasty,
    samples.odd_letters,
    samples.crowded,
]
READERS = {"docx": docx_text, "pdf": pdf_text, "html": lambda page: html_text(page.decode()), "xlsx": xlsx_text}
COLUMNS = ("ref", "measure", "responsible", "deadline", "status", "count")
DOCUMENTS = ("docx", "pdf", "html")


def said(snapshot: Snapshot, kind: str) -> str:
    """What a document says, white space and hyphens aside."""
    return _said(canonical_json(snapshot), kind)


@cache
def _said(snapshot: bytes, kind: str) -> str:
    """Made and read once for all tests that look at the same report."""
    return squeezed(READERS[kind](render(Snapshot.model_validate_json(snapshot), kind)))


def everything(content: Content) -> list[str]:
    """Every text the reader of a document must find, in the order of the document."""
    texts = [content.municipality, content.title, *content.decisions, *content.summary]
    texts += [content.no_sections or ""]
    texts += [content.labels[f"column_{name}"] for name in COLUMNS if content.chart]
    texts += [count.status.word for count in content.counts if content.chart]
    for section in content.sections:
        texts += [section.heading, *section.targets]
        for row in section.measures:
            texts += [row.ref, row.title, row.responsible, row.deadline, *row.deadline_notes]
            texts += [row.status.word, *row.earlier, row.text, row.source or ""]
    texts += [content.economy.intro, *content.economy.without_amount]
    for money in content.economy.measures:
        texts += [money.ref, money.title, money.funding, *money.amounts]
    texts += [content.unanswered.intro]
    for missing in content.unanswered.measures:
        texts += [missing.ref, missing.unit, missing.asked, missing.reminded, missing.escalated]
    for change in content.changes.measures:
        texts += [change.ref, change.title, change.before, change.status.word]
    for deviation in content.deviations.measures:
        texts += [*deviation.reasons, deviation.deadline, deviation.changed or "", deviation.proposed]
    for target in content.targets.targets:
        texts += [target.goal, target.text, target.attainment, target.reason or ""]
    for file in content.attachments.files:
        texts += [file.name, file.size, file.digest]
    texts += [content.changes.intro, content.deviations.intro, content.targets.intro, content.attachments.intro]
    return [*texts, *content.about, content.digest]


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("sample", [samples.vefsn, samples.empty, samples.nobody_answered, samples.all_done])
def test_every_document_says_everything_the_report_says(sample: samples.Sample, kind: str) -> None:
    snapshot = sample()
    text = said(snapshot, kind)
    assert [wanted for wanted in everything(build(snapshot)) if squeezed(wanted) not in text] == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_document_lists_the_files_that_go_with_it(kind: str) -> None:
    files = (Attachment(name="Kart & skisse.pdf", size=2048, digest="0f" * 32),)
    snapshot = samples.vefsn(measures=(samples.MEASURES[0].model_copy(update={"attachments": files}),))
    text = said(snapshot, kind)
    assert [wanted for wanted in everything(build(snapshot)) if squeezed(wanted) not in text] == []


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_format_says_why_a_target_is_held_to_be_reached(kind: str) -> None:
    assert squeezed("Ungdata viser en liten økning") in said(samples.vefsn(), kind)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_measures_stand_in_the_order_of_the_goals(kind: str) -> None:
    text = said(samples.vefsn(), kind)
    titles = [row.title for section in build(samples.vefsn()).sections for row in section.measures]
    at = 0
    for title in titles:
        at = text.index(squeezed(title), at)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_all_twelve_measures_are_in_every_format(kind: str) -> None:
    text = said(samples.vefsn(), kind)
    for row in (row for section in build(samples.vefsn()).sections for row in section.measures):
        assert squeezed(row.ref) in text
        assert squeezed(row.title) in text
        assert squeezed(row.status.word) in text


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_status_has_its_sign_beside_its_word(kind: str) -> None:
    text = said(samples.vefsn(), kind)
    marks = {row.status.sign: row.status.word for part in build(samples.vefsn()).sections for row in part.measures}
    assert len(marks) == 6
    assert [sign for sign, word in marks.items() if squeezed(f"{sign} {word}") not in text] == []


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_whatever_people_type_is_shown_as_they_typed_it(kind: str) -> None:
    snapshot = samples.nasty()
    text = said(snapshot, kind)
    assert [wanted for wanted in everything(build(snapshot)) if squeezed(wanted) not in text] == []


def test_the_workbook_shows_what_people_typed() -> None:
    text = said(samples.nasty(), "xlsx")
    for measure in samples.nasty().measures:
        assert squeezed(measure.title) in text


def test_the_pdf_shows_what_people_typed_as_far_as_its_fonts_go() -> None:
    text = said(samples.nasty(), "pdf")
    for wanted in (
        "<b>fet</b> & <script>",
        "{{ snapshot.title }} {% for a in b %}",
        "samisk čšžđŋŧ",
        "#let a = 1 [x] {y}",
    ):
        assert squeezed(wanted) in text
    assert squeezed("kinesisk [tegn som ikke kan vises her], samisk") in text


@pytest.mark.parametrize("kind", sorted(FORMATS))
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_snapshot_gives_the_same_bytes(sample: samples.Sample, kind: str) -> None:
    read_back = Snapshot.model_validate_json(canonical_json(sample()))
    assert render(sample(), kind) == render(read_back, kind)


ELSEWHERE = """
import hashlib
from report.formats import FORMATS, render
from tests.report import samples
for kind in sorted(FORMATS):
    print(kind, hashlib.sha256(render(samples.several_years(), kind)).hexdigest())
"""


def test_another_process_in_another_place_gives_the_same_bytes() -> None:
    set_otherwise = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env=set_otherwise, check=True, capture_output=True, text=True
    )
    here = {kind: hashlib.sha256(render(samples.several_years(), kind)).hexdigest() for kind in sorted(FORMATS)}
    assert dict(line.split() for line in elsewhere.stdout.splitlines()) == here


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_archive_does_not_tell_the_hour_it_was_packed(kind: str) -> None:
    with ZipFile(BytesIO(render(samples.vefsn(), kind))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_pdf_tells_the_day_of_its_snapshot_only() -> None:
    document = render(samples.vefsn(), "pdf")
    assert set(re.findall(rb"D:(\d{8})", document)) == {b"20220503"}


@pytest.mark.parametrize("kind", sorted(READERS))
def test_an_example_says_that_it_is_one(kind: str) -> None:
    notice = squeezed("Svarene i denne rapporten er eksempler.")
    assert notice in said(samples.vefsn(), kind)
    assert notice not in said(samples.vefsn(example=False), kind)


def test_a_file_is_named_by_plan_year_and_version() -> None:
    assert file_name(samples.vefsn(version=3), "docx") == "rusmiddelpolitisk-handlingsplan-2022-v3.docx"


def test_there_are_five_formats() -> None:
    assert {"docx", "pdf", "html", "xlsx", "json"} == FORMATS
    with pytest.raises(KeyError):
        render(samples.vefsn(), "odt")


def test_json_is_the_canonical_form() -> None:
    assert render(samples.vefsn(), "json") == canonical_json(samples.vefsn())


async def test_a_measure_with_sixty_replies_is_reported_on_once_with_the_last_of_them(sqlite: Database) -> None:
    desk = Desk(sqlite)
    plan = await desk.plan(date(2021, 1, 4))
    await desk.unit("NAV")
    await desk.join("Nina", "NAV")
    await desk.measure(plan, "1.1", "NAV", "31.12.2021", date(2021, 1, 4))
    for number in range(60):
        status = Status.IN_PROGRESS if number < 59 else Status.DELAYED
        await desk.answer("1.1", status, at(date(2021, 3, 1), 8 + number // 10, number % 10 * 5))
    async with sqlite.read() as session:
        made = await compile_snapshot(session, plan, 2021, date(2021, 4, 1), HOURS, Masthead("rådmann"))
    (measure,) = made.measures
    assert (measure.status, measure.previous) == (Status.DELAYED, ())
    for kind in READERS:
        assert said(made, kind).count("Tiltak1.1") >= 1


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_column_that_says_nothing_is_in_no_document(kind: str) -> None:
    calm = tuple(
        measure.model_copy(update={"proposed_deadline_text": None, "escalated_to": None, "funding": "amount"})
        for measure in samples.MEASURES
    )
    for head in ("Foreslått ny frist", "Gått videre til", "Finansiering"):
        assert squeezed(head) in squeezed(said(samples.vefsn(), kind))
        assert squeezed(head) not in squeezed(said(samples.vefsn(measures=calm), kind))


async def test_a_measure_nobody_answered_for_in_an_earlier_round_is_known_to_the_report(database: Database) -> None:
    desk, first = Desk(database), date(2021, 3, 1)
    await desk.unit("NAV")
    await desk.join("Nina", "NAV")
    plan = await desk.plan(first, rule=MAY)
    for ref in ("1", "2"):
        await desk.measure(plan, ref, "NAV", None, first)
    await desk.days(first, date(2021, 3, 31))
    await desk.answer("1", Status.DONE, at(date(2021, 4, 1)))
    await desk.days(date(2021, 4, 2), date(2022, 4, 1))
    async with database.read() as session:
        made = await compile_snapshot(session, plan, 2022, date(2022, 4, 1), HOURS, Masthead("rådmann"))
    assert [(len(measure.previous), measure.silent) for measure in made.measures] == [(1, ()), (0, (2021,))]


async def test_a_deadline_that_was_moved_and_moved_back_is_not_told_as_changed(sqlite: Database) -> None:
    desk = Desk(sqlite)
    plan = await desk.plan(date(2021, 1, 4))
    await desk.unit("NAV")
    await desk.join("Nina", "NAV", is_office=True)
    for ref, phrase in (("1", "2021"), ("2", "2021, når det er gitt tilskudd")):
        await desk.measure(plan, ref, "NAV", phrase, date(2021, 1, 4))
        for month, proposed in ((2, "30.6.2022"), (3, "31.12.2021")):
            await desk.answer(ref, Status.DELAYED, at(date(2021, month, 1)), proposes=proposed)
            assert await desk.decide(ref, at(date(2021, month, 2)))
    async with sqlite.read() as session:
        made = await compile_snapshot(session, plan, 2021, date(2021, 4, 1), HOURS, Masthead("rådmann"))
    back, without_condition = made.measures
    assert (back.deadline_text, back.plan_deadline_text, back.deadline_changed_on) == ("31.12.2021", None, None)
    assert without_condition.plan_deadline_text == "2021, når det er gitt tilskudd"


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_year_in_which_nobody_was_asked_or_nobody_answered_says_so(kind: str) -> None:
    assert "Ingenerbedtomstatusfortiltaket" in said(samples.nobody_answered(), kind)
    silent = tuple(
        measure.model_copy(update={"status": None, "report_text": None, "asked_on": samples.MADE_ON})
        for measure in samples.MEASURES
    )
    text = said(samples.vefsn(measures=silent), kind)
    assert squeezed("12 tiltak er ikke besvart.") in text
    assert squeezed("Enheten har ikke svart.") in text


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_thousand_measures_all_stand_in_the_document(kind: str) -> None:
    text = said(samples.big(), kind)
    assert all(squeezed(f"Tiltak nummer {n} i en lang plan") in text for n in range(1000))


def test_odd_letters_are_kept_where_the_format_can_hold_them() -> None:
    for kind in ("docx", "html", "xlsx"):
        text = said(samples.odd_letters(), kind)
        assert squeezed("• punkt fra Word ✓ og") in text
        assert squeezed("\U0001f44d\U0001f3fd\U0001f389 bra") in text
        assert squeezed("\u0e20\u0e32\u0e29\u0e32, \ufffd") in text
        assert "\u202e" not in text


KINDS = ("Utgifter", "Inntekter", "Egne midler", "Investering", "Eksterne midler")


def _heads_of_money(snapshot: Snapshot) -> dict[str, set[str]]:
    """Which kinds of money have a column in the tables of each format."""
    page, document = render(snapshot, "html").decode(), docx.Document(BytesIO(render(snapshot, "docx")))
    book = load_workbook(BytesIO(render(snapshot, "xlsx")))
    found = {
        "html": re.findall(r'<th role="columnheader" scope="col" class="number">([^<]+)</th>', page),
        "docx": [cell.text for table in document.tables for cell in table.rows[0].cells],
        "xlsx": [cell.value for name in ("Beløp per år", "Beløp per tiltak") for cell in book[name][1]],
        "pdf": [kind for kind in KINDS if squeezed(kind) in squeezed(pdf_text(render(snapshot, "pdf")))],
    }
    return {form: set(KINDS) & set(heads) for form, heads in found.items()}


def test_a_kind_of_money_without_any_amount_has_no_column_in_any_format() -> None:
    costs = (Cost(year=2021, kind="own", amount_nok=500), Cost(year=2022, kind="investment", amount_nok=0))
    measure = Measure(ref="1", title="Tiltak", funding="amount", costs=costs)
    heads = _heads_of_money(samples.vefsn(goals=(), measures=(measure,)))
    assert all(each == {"Egne midler", "Investering"} for each in heads.values()), heads
