"""Plans: a confirmed draft in the database, whole or not at all."""

from collections import Counter
from datetime import date

import pytest
from sqlmodel import col, func, select

from plan import documents
from plan.draft import Draft, Goal, Measure, Meeting, Unit
from storage import plans, units
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.tables import AuditEntry, CostLine, MeasureUnit, ReportingDate, ResultTarget
from storage.tables import Goal as GoalRow
from storage.tables import Measure as MeasureRow
from storage.tables import Meeting as MeetingRow
from storage.tables import Plan as PlanRow
from storage.tables import Unit as UnitRow
from tests.storage.rows import AT
from tests.town import VEFSN

MEETING = Meeting(body="Kommunestyret", held_on=date(2021, 5, 12))


async def _store(database: Database, draft: Draft) -> PlanRow:
    async with database.write() as session:
        return await plans.store(session, draft, municipality="Prøve", actor=COMMAND_LINE, at=AT)


async def test_the_plan_of_vefsn_is_stored_as_the_file_has_it(database: Database) -> None:
    plan = await _store(database, documents.read(VEFSN.name, VEFSN.read_bytes()))
    assert (plan.slug, plan.municipality) == ("rusmiddelpolitisk-handlingsplan-2020-2024", "Vefsn")
    assert (plan.first_year, plan.last_year) == (2020, 2024)
    async with database.read() as session:
        rows = await session.exec(
            select(MeasureRow.ref, UnitRow.name)
            .join(UnitRow, col(UnitRow.id) == col(MeasureRow.owner_id), isouter=True)
            .order_by(col(MeasureRow.position))
        )
        owners = dict(rows.all())
        parents = dict((await session.exec(select(GoalRow.ref, GoalRow.parent_id))).all())
        targets = (await session.exec(select(func.count()).select_from(ResultTarget))).one()
        named = (await session.exec(select(func.count()).select_from(MeasureUnit))).one()
        promised = Counter(await session.exec(select(ReportingDate.kind)))
        rule = (await session.exec(select(ReportingDate.rule).where(ReportingDate.kind == "council_report"))).one()
        due = {measure.ref: measure.due_on for measure in await session.exec(select(MeasureRow))}
        superiors = {unit.name: unit.superior_id for unit in await units.everyone(session)}
    assert list(owners.values()) == [
        "Rådmannen", "Rådmannen", "Rådmannen", "Rådmannen", None, "SLT-koordinator", "NAV", "SLT-koordinator",
        "Rådmannen", "Rådmannen", "Kommunalsjef omsorg", "Kommunalsjef omsorg",
    ]  # fmt: skip
    assert " ".join(owners) == "0.1 1.1 1.2 1.3 1.4 1.5 1.6 1.7 2.1 3.1 3.2 3.3"
    assert [ref for ref, parent in parents.items() if parent is None] == ["H"]
    assert (targets, named) == (8, 11)
    assert promised == {"council_report": 1, "budget": 3, "review": 2, "evaluation": 1, "control": 1}
    assert rule == {"months": [5], "n": 1, "first_year": 2021, "last_year": None, "body": "Kommunestyret"}
    assert due["1.1"] == date(2022, 12, 31)
    assert [name for name, superior in superiors.items() if superior is None] == ["Rådmannen"]


async def test_the_costs_of_a_measure_are_stored_in_kroner_year_by_year(database: Database) -> None:
    await _store(database, documents.read(VEFSN.name, VEFSN.read_bytes()))
    async with database.read() as session:
        rows = await session.exec(
            select(CostLine.year, CostLine.kind, CostLine.amount_nok)
            .join(MeasureRow, col(MeasureRow.id) == col(CostLine.measure_id))
            .where(MeasureRow.ref == "3.1")
            .order_by(col(CostLine.position))
        )
        assert rows.all() == [
            (2022, "spending", 4_000_000), (2023, "spending", 4_000_000), (2021, "investment", 20_000_000),
        ]  # fmt: skip
        without_amount = select(func.count()).select_from(CostLine).where(col(CostLine.amount_nok).is_(None))
        assert (await session.exec(without_amount)).one() == 6


async def test_a_plan_that_fails_half_way_stores_nothing(database: Database) -> None:
    draft = Draft(
        title="Plan",
        goals=(Goal(ref="1", title="Mål"),),
        measures=(
            Measure(ref="1.1", title="A", goal_ref="1", units=("NAV",)),
            Measure(ref="1.2", title="B", goal_ref="9"),
        ),
    )
    with pytest.raises(KeyError):
        await _store(database, draft)
    async with database.read() as session:
        for table in (PlanRow, GoalRow, MeasureRow, UnitRow, AuditEntry):
            assert (await session.exec(select(func.count()).select_from(table))).one() == 0


async def test_the_same_plan_twice_is_refused(database: Database) -> None:
    draft = Draft(title="Plan mot rus", period=(2020, 2024))
    await _store(database, draft)
    with pytest.raises(plans.PlanRefused) as refused:
        await _store(database, draft)
    assert (refused.value.code, refused.value.data) == ("exists", {"slug": "plan-mot-rus-2020-2024"})


async def test_a_meeting_that_the_file_names_twice_is_stored_once(database: Database) -> None:
    meetings = (Meeting(body="kommunestyret", held_on=date(2021, 5, 12)), MEETING)
    await _store(database, Draft(title="Plan", meetings=meetings))
    async with database.read() as session:
        stored = list(await session.exec(select(MeetingRow)))
    assert [(row.body, row.held_on) for row in stored] == [("Kommunestyret", date(2021, 5, 12))]


async def test_the_units_of_two_plans_are_the_same_units(database: Database) -> None:
    known = (Unit(name="Rådmannen"), Unit(name="NAV", superior="Rådmannen"), Unit(name="Politi", external=True))
    await _store(database, Draft(title="A", units=known))
    named = (Unit(name="Oppvekst"), Unit(name="nav", superior="Oppvekst"), Unit(name="politi"))
    ours = Measure(ref="1", title="X", units=("Nav", "NAV", "POLITI"))
    theirs = Measure(ref="2", title="Y", units=("politi",))
    await _store(database, Draft(title="B", units=named, measures=(ours, theirs)))
    async with database.read() as session:
        stored = {unit.name: unit for unit in await units.everyone(session)}
        owners = [measure.owner_id for measure in await session.exec(select(MeasureRow).order_by(col(MeasureRow.ref)))]
        responsible = list(await session.exec(select(MeasureUnit.unit_id).order_by(col(MeasureUnit.id))))
    assert sorted(stored) == ["NAV", "Oppvekst", "Politi", "Rådmannen"]
    assert stored["NAV"].superior_id == stored["Rådmannen"].id, "the superior it has stands"
    assert stored["Politi"].external
    assert owners == [stored["NAV"].id, None], "an external unit is never asked"
    assert responsible == [stored["NAV"].id, stored["Politi"].id, stored["Politi"].id]


@pytest.mark.parametrize(
    ("title", "period", "slug"),
    [
        ("Trafikksikkerhetsplan 2022–2025", (2022, 2025), "trafikksikkerhetsplan-2022-2025"),
        ("Rusmiddelpolitisk handlingsplan", (2020, 2024), "rusmiddelpolitisk-handlingsplan-2020-2024"),
        ("Plan for ære, øl & ånd", None, "plan-for-aere-ol-and"),
        ("Čáhci – čielga!", None, "cahci-cielga"),
        ("«»", None, "plan"),
        ("a" * 200, (2020, 2024), "a" * 80),
    ],
)
def test_the_slug_is_the_title_in_plain_letters(title: str, period: tuple[int, int] | None, slug: str) -> None:
    assert plans.slug_of(Draft(title=title, period=period)) == slug


async def test_a_plan_is_found_by_the_beginning_of_its_slug(database: Database) -> None:
    await _store(database, Draft(title="Rusplan"))
    await _store(database, Draft(title="Rusplan ung"))
    await _store(database, Draft(title="Vold"))
    async with database.read() as session:
        assert (await plans.by_slug(session, "VOL")).slug == "vold"
        assert (await plans.by_slug(session, "rusplan")).slug == "rusplan", "the whole slug wins"
        codes = []
        for slug in ("rus", "x", ""):
            with pytest.raises(plans.PlanRefused) as refused:
                await plans.by_slug(session, slug)
            codes.append(refused.value.code)
    assert codes == ["several", "unknown", "several"]
