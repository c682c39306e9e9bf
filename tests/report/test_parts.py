"""The report of measures with several responsible units: what each says of its part, and which parts have not come."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from plan.status import Status
from report import changes, draft_texts, figures, page, pdf, word, workbook
from report.compile import Masthead, compile_snapshot, make_version
from report.draft_fields import part_tag
from report.read_back import Draft
from report.snapshot import Snapshot, UnitsPart, canonical_json
from report.wording import build
from scheduler import answers
from scheduler.planning import plan_ahead
from storage import replies, report_texts, units
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.tables import Measure, MeasureUnit, Plan, StatusReply
from tests.report import reading, samples
from tests.report.reading import squeezed
from tests.scheduler.desk import CALENDAR, HOURS, MAY, Desk, at
from tests.storage.rows import add_measure

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)
LATER = date(2021, 4, 1)


async def _town(desk: Desk) -> Plan:
    """1.1 is followed up by Skole; NAV, Kultur (led by the same), PPT and Barnevern (nobody there) have a part."""
    plan = await desk.plan(JANUARY, rule=MAY)
    for name in ("Skole", "NAV", "Kultur", "PPT", "Barnevern"):
        await desk.unit(name)
    await desk.join("Kontoret", is_office=True)
    await desk.join("Rektor", "Skole", "Kultur")
    await desk.join("Nina", "NAV")
    await desk.join("Per", "PPT")
    async with desk.database.write() as session:
        measure = await add_measure(session, plan, "1.1", await units.by_name(session, "Skole"))
        for position, name in enumerate(("Skole", "NAV", "Kultur", "PPT", "Barnevern")):
            unit = await units.by_name(session, name)
            assert unit is not None
            session.add(MeasureUnit(measure_id=id_of(measure), unit_id=id_of(unit), position=position))
        await plan_ahead(session, plan, JANUARY, CALENDAR)
    await desk.day(OPENS)
    return plan


async def _tell(desk: Desk, unit: str, status: Status, comment: str | None, day: date) -> StatusReply:
    async with desk.database.write() as session:
        measure = (await session.exec(select(Measure))).one()
        found = await units.by_name(session, unit)
        assert found is not None
        reply = replies.add(
            session,
            measure_id=id_of(measure),
            unit_id=id_of(found),
            author_id=id_of(desk.people["Nina"]),
            status=status,
            comment=comment,
            at=at(day),
            part=True,
        )
        await session.flush()
        await answers.take_part(session, id_of(measure), id_of(found), at(day))
    return reply


async def _parts(desk: Desk, plan: Plan, made_on: date = LATER) -> tuple[UnitsPart, ...]:
    async with desk.database.read() as session:
        made = await compile_snapshot(session, plan, 2021, made_on, HOURS, Masthead("rådmann"))
    (measure,) = made.measures
    return measure.parts


async def test_the_snapshot_holds_what_each_unit_says_and_what_has_not_come(database: Database) -> None:
    desk = Desk(database)
    plan = await _town(desk)
    assert [(part.unit, part.status, part.asked_on) for part in await _parts(desk, plan)] == [
        ("NAV", None, OPENS),
        ("PPT", None, OPENS),
        ("Barnevern", None, None),  # nobody of it has joined; Kultur is led by whoever answers for the whole
    ]
    reply = await _tell(desk, "NAV", Status.DONE, "Internt om kurset", OPENS)
    (nav, *_) = await _parts(desk, plan)
    assert (nav.status, nav.status_on, nav.report_text, nav.comment_withheld) == (Status.DONE, OPENS, None, True)
    async with desk.database.write() as session:
        by = id_of(desk.people["Kontoret"])
        await report_texts.release(session, reply, "Kurset er holdt.", person_id=by, at=at(OPENS))
    (nav, *_) = await _parts(desk, plan)
    assert (nav.report_text, nav.comment_withheld) == ("Kurset er holdt.", False)


async def test_no_part_is_missed_of_a_measure_that_is_done(database: Database) -> None:
    desk = Desk(database)
    plan = await _town(desk)
    await _tell(desk, "NAV", Status.IN_PROGRESS, None, OPENS)
    await desk.answer("1.1", Status.DONE, at(OPENS, 12))
    assert [part.unit for part in await _parts(desk, plan)] == ["NAV"]


async def test_a_part_told_in_an_earlier_year_is_missed_in_the_next(sqlite: Database) -> None:
    desk = Desk(sqlite)
    plan = await _town(desk)
    await _tell(desk, "NAV", Status.DONE, None, date(2021, 5, 3))
    await desk.answer("1.1", Status.IN_PROGRESS, at(date(2021, 5, 3), 12))
    await desk.days(date(2021, 5, 4), date(2022, 4, 1))
    async with desk.database.read() as session:
        made = await compile_snapshot(session, plan, 2022, date(2022, 4, 1), HOURS, Masthead("rådmann"))
    assert [(part.unit, part.status) for part in made.measures[0].parts] == [
        ("NAV", None),
        ("PPT", None),
        ("Barnevern", None),
    ]


def test_a_snapshot_without_parts_keeps_the_digest_it_had_before_there_were_any() -> None:
    assert b'"parts"' not in canonical_json(samples.vefsn())
    stored = canonical_json(samples.with_parts())
    assert stored.count(b'"parts"') == 3
    assert canonical_json(Snapshot.model_validate_json(stored)) == stored


@pytest.mark.parametrize(
    ("render", "read"),
    [
        (word.render, reading.docx_text),
        (pdf.render, reading.pdf_text),
        (page.render, reading.html_text),
    ],
    ids=["word", "pdf", "page"],
)
def test_every_document_says_what_each_unit_says_of_its_part(
    render: Callable[[Snapshot], Any], read: Callable[[Any], str]
) -> None:
    said = squeezed(read(render(samples.with_parts())))
    for sentence in (
        "Skolene, for sin del: gjennomført",
        "Eksempel: Alle skolene er med.",
        "Lærerne har fått kurs.",
        "Meldt av Skolene 07.04.2022. Vedlegg: kursplan.pdf",
        "Helsestasjonen, for sin del: ikke besvart",
        "Kultur, for sin del: forsinket",
        "Enheten har skrevet en kommentar. Den er ikke frigitt til rapporten.",
        "Opplyst per telefon av Kultur 07.04.2022, skrevet ned av kontoret",
        "Barnevernet, for sin del: ikke spurt",
        "2 deler av tiltak er ikke besvart.",
        "Helsestasjonen (sin del)",
        "Barnevernet (sin del)",
    ):
        assert squeezed(sentence) in said


def test_what_is_missing_names_the_unit_and_stands_under_its_measure() -> None:
    missing = build(samples.with_parts()).unanswered
    assert [(row.ref, row.unit, row.asked, row.reminded) for row in missing.measures] == [
        ("1.5", "Helsestasjonen (sin del)", "28.03.2022", "1"),
        ("1.6", "NAV", "28.03.2022", "3"),
        ("3.2", "Barnevernet (sin del)", "Ikke spurt", "–"),
        ("3.3", "Kommunalsjef omsorg", "28.03.2022", "3"),
    ]
    assert len(figures.missing_parts(samples.with_parts().measures)) == 2


def test_the_workbook_has_a_sheet_of_parts_only_where_there_are_any() -> None:
    rows = reading.xlsx_text(workbook.render(samples.with_parts())).splitlines()
    assert "Eksempel: Alle skolene er med." in rows
    assert rows.count("Helsestasjonen") == 2  # its part, and that it is missing
    assert "Skolene" not in reading.xlsx_text(workbook.render(samples.vefsn()))


def test_a_comment_kept_back_on_a_part_is_counted_once_for_its_measure() -> None:
    assert "Til 2 tiltak har enhetene skrevet kommentarer" in " ".join(build(samples.with_parts()).about)


def test_a_correction_says_that_a_part_is_another() -> None:
    found = changes.between(samples.vefsn(), samples.with_parts())
    assert {(change.ref, change.what) for change in found} == {("1.5", "parts"), ("1.6", "parts"), ("3.2", "parts")}


def test_the_attachments_of_a_part_are_listed_with_those_of_its_measure() -> None:
    assert [(row.ref, row.name) for row in build(samples.with_parts()).attachments.files] == [("1.5", "kursplan.pdf")]


async def test_what_the_office_writes_of_a_part_in_word_is_the_text_of_that_answer(sqlite: Database) -> None:
    desk = Desk(sqlite)
    plan = await _town(desk)
    reply = await _tell(desk, "NAV", Status.DELAYED, "Vi mangler folk", OPENS)
    when, office = at(LATER), id_of(desk.people["Kontoret"])
    async with sqlite.write() as session:
        row = await make_version(session, plan, 2021, when, HOURS, Masthead("rådmann"), COMMAND_LINE)
        draft = Draft(row.digest, {part_tag("1.1", "NAV"): "To stillinger er ledige."}, tracked=False)
        looked = await draft_texts.look(session, draft, when, HOURS)
        assert [(each.title, each.after) for each in looked.wanted] == [
            ("Rapporttekst 1.1, NAV", "To stillinger er ledige.")
        ]
        await draft_texts.store(session, looked, looked.wanted, person_id=office, at=when, hours=HOURS)
        texts = await report_texts.of_replies(session, [id_of(reply)])
    assert texts[id_of(reply)].text == "To stillinger er ledige."
    (nav,) = [part for part in await _parts(desk, plan) if part.unit == "NAV"]
    assert nav.report_text == "To stillinger er ledige."
