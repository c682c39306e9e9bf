"""What a snapshot of a year that was lived holds: everything the report says, as text and numbers of one moment."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from plan.status import Status
from report.compile import Masthead, compile_snapshot
from report.formats import render
from report.snapshot import Cost, EarlierStatus, Measure, RouteStop, Snapshot
from report.wording import build
from storage import report_texts
from storage.database import Database
from storage.ids import id_of
from tests.scheduler.desk import HOURS, Desk, at

MADE_ON = date(2022, 4, 20)


async def _lived(desk: Desk) -> Snapshot:
    """The plan of Vefsn in its second round: NAV has answered in both, SLT-koordinator in neither."""
    plan = await desk.vefsn(date(2021, 1, 4))
    await desk.join("Kontoret", is_office=True)
    await desk.join("Nina", "NAV")
    await desk.join("Siri", "SLT-koordinator")
    await desk.days(date(2021, 1, 4), date(2021, 3, 15))
    await desk.answer("1.6", Status.IN_PROGRESS, at(date(2021, 3, 16)))
    await desk.days(date(2021, 3, 17), date(2022, 3, 16))
    reply = await desk.answer("1.6", Status.DELAYED, at(date(2022, 3, 17)), proposes="30.6.2023")
    async with desk.database.write() as session:
        by = id_of(desk.people["Kontoret"])
        await report_texts.release(session, reply, "Kurset er utsatt.", person_id=by, at=at(date(2022, 3, 18)))
    await desk.days(date(2022, 3, 18), MADE_ON)
    async with desk.database.read() as session:
        return await compile_snapshot(session, plan, 2022, MADE_ON, HOURS, Masthead("rådmann"))


async def test_a_measure_holds_all_that_was_said_of_it_this_year_and_before(sqlite: Database) -> None:
    made = await _lived(Desk(sqlite))
    assert _measure(made, "1.6") == Measure(
        ref="1.6",
        title="Aktiviteter og tiltak mot frafall og utenforskap. (Driv).",
        description="Programmet Driv hjelper unge voksne fra 18 til 25 år uten jobb eller skoleplass, som lever av "
        "stønad.",
        goal_ref="1",
        responsible="NAV",
        owner_unit="NAV",
        deadline_text="01.01. 2024",
        due_on=date(2024, 1, 1),
        priority="1",
        funding="external",
        costs=(
            *(Cost(year=year, kind="external", text="Ekstern prosjektfinansiering") for year in (2020, 2021, 2022)),
            Cost(year=2023, kind="spending", amount_nok=0, text="Driftsutgift"),
        ),
        status=Status.DELAYED,
        status_on=date(2022, 3, 17),
        answered_by="NAV",
        previous=(EarlierStatus(year=2021, status=Status.IN_PROGRESS),),
        report_text="Kurset er utsatt.",
        proposed_deadline_text="30.6.2023",
        asked_on=date(2022, 3, 14),
    )


async def test_what_is_not_answered_says_when_it_was_asked_how_often_and_how_far_it_went(sqlite: Database) -> None:
    made = await _lived(Desk(sqlite))
    silent = _measure(made, "1.7")
    assert (silent.status, silent.asked_on, silent.reminded) == (None, date(2022, 3, 14), 4)
    assert (silent.escalated_to, silent.unreached, silent.overdue) == ("rådmannens kontor", False, False)
    assert made.reply_by == date(2022, 4, 5)
    assert made.route == (
        RouteStop(body="Kommunestyret", meets_on=date(2022, 5, 2), provisional=True, papers_due=date(2022, 4, 13)),
    )
    assert [(goal.ref, goal.parent_ref, len(goal.result_targets)) for goal in made.goals] == [
        ("H", None, 0),
        ("1", "H", 4),
        ("2", "H", 2),
        ("3", "H", 2),
    ]


async def test_a_unit_that_no_question_could_reach_is_not_said_to_have_been_asked_and_reminded(
    sqlite: Database,
) -> None:
    made = await _lived(Desk(sqlite))
    unreached = _measure(made, "3.3")
    assert (unreached.owner_unit, unreached.unreached, unreached.overdue) == ("Kommunalsjef omsorg", True, True)
    content = build(made)
    rows = {row.ref: (row.asked, row.reminded) for row in content.unanswered.measures}
    assert rows["3.3"] == ("Ikke nådd", "–")
    assert rows["1.7"] == ("14.03.2022", "4")
    (said,) = [row.text for part in content.sections for row in part.measures if row.ref == "3.3"]
    assert said == "Ingen fra enheten kan nås i Tiltaksvakt, og det er ikke kommet noe svar."
    assert "8 av spørsmålene har ikke nådd fram, fordi ingen fra enhetene kan nås i Tiltaksvakt." in content.summary[0]
    sheet = load_workbook(BytesIO(render(made, "xlsx")))["Ikke besvart"]
    told = {row[0]: row[4:6] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert told["3.3"] == ("Ikke nådd", None)


def _measure(made: Snapshot, ref: str) -> Measure:
    return next(each for each in made.measures if each.ref == ref)
