"""A stored plan read back as a draft, and a new version of it written over it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import col, func, select

from plan import documents
from plan.changes import Archived, PlanChanges
from plan.comparison import compare
from plan.deadline import parse
from plan.draft import (
    CostKind,
    CostLine,
    Draft,
    Funding,
    Goal,
    Measure,
    Meeting,
    ReportingDate,
    ReportingKind,
    Source,
    Unit,
    YearlyRule,
)
from storage import measures, plan_changes, plans, replies, units
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.plan_changes import Applied
from storage.plan_drafts import read_draft, read_versions
from storage.tables import AuditEntry, StatusReply
from storage.tables import Goal as GoalRow
from storage.tables import Measure as MeasureRow
from storage.tables import Meeting as MeetingRow
from storage.tables import Plan as PlanRow
from tests.plan.test_yaml_file import drafts
from tests.storage.rows import AT, add_person
from tests.town import VEFSN

LATER = AT + timedelta(days=400)


def vefsn() -> Draft:
    return documents.read(VEFSN.name, VEFSN.read_bytes())


async def store(database: Database, draft: Draft) -> PlanRow:
    async with database.write() as session:
        return await plans.store(session, draft, municipality="Prøve", actor=COMMAND_LINE, at=AT)


async def versions(database: Database, plan: PlanRow) -> tuple[Draft, Archived]:
    async with database.read() as session:
        return await read_versions(session, await session.get_one(PlanRow, plan.id))


async def update(database: Database, plan: PlanRow, draft: Draft) -> tuple[PlanChanges, Applied]:
    """Import another version of the plan."""
    async with database.write() as session:
        row = await session.get_one(PlanRow, plan.id)
        changes = compare(*(await _with(session, row, draft)))
        return changes, await plan_changes.apply(session, row, draft, changes, actor=COMMAND_LINE, at=LATER)


async def _with(session: Any, row: PlanRow, draft: Draft) -> tuple[Draft, Draft, Archived]:
    before, archived = await read_versions(session, row)
    return before, draft, archived


async def rows_of(database: Database) -> dict[str, MeasureRow]:
    """The measures by number, archived ones too."""
    async with database.read() as session:
        return {row.ref: row for row in await session.exec(select(MeasureRow))}


async def logged(database: Database) -> list[tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]]:
    """What the log has of the update."""
    async with database.read() as session:
        rows = await session.exec(select(AuditEntry).where(AuditEntry.at == LATER).order_by(col(AuditEntry.id)))
        return [(row.action, row.subject, row.before, row.after) for row in rows]


def measure(ref: str, title: str, **values: Any) -> Measure:
    return Measure(ref=ref, title=title, **values)


def plan(*items: Measure, **values: Any) -> Draft:
    return Draft(**({"title": "Plan", "period": (2020, 2024), "measures": items} | values))


async def test_the_plan_of_vefsn_reads_back_as_it_was_stored(database: Database) -> None:
    draft = vefsn()
    stored, archived = await versions(database, await store(database, draft))
    bare = [item.model_copy(update={"source": Source(), "warnings": ()}) for item in draft.measures]
    assert list(stored.measures) == bare
    assert stored.goals == draft.goals
    assert stored.reporting_dates == draft.reporting_dates
    assert sorted(stored.units, key=lambda unit: unit.name) == sorted(draft.units, key=lambda unit: unit.name)
    assert (stored.title, stored.municipality, stored.period) == (draft.title, "Vefsn", (2020, 2024))
    assert archived == Archived()


async def test_owners_are_stated_as_they_are_asked(database: Database) -> None:
    known = (Unit(name="NAV"), Unit(name="Helse"), Unit(name="Politi", external=True))
    row = await store(database, plan(measure("1", "Kurs", units=("Politi", "Helse", "NAV")), units=known))
    (stored,) = (await versions(database, row))[0].measures
    assert (stored.owner, stored.units) == ("Helse", ("Politi", "Helse", "NAV"))
    async with database.write() as session:
        (found, _plan) = (await measures.by_ref(session, "1"))[0]
        await measures.change(session, found, {"owner_id": None}, actor=COMMAND_LINE, at=AT)
        await units.set_unit(session, "Helse", external=True, actor=COMMAND_LINE, at=AT)
    (stored,) = (await versions(database, row))[0].measures
    assert stored.owner is None


async def test_what_is_archived_is_read_apart(database: Database) -> None:
    row = await store(database, plan(measure("1", "Kurs"), measure("2", "Møter")))
    async with database.write() as session:
        (found, _plan) = (await measures.by_ref(session, "1"))[0]
        await measures.archive(session, found, actor=COMMAND_LINE, at=AT)
    draft, archived = await versions(database, row)
    assert [item.ref for item in draft.measures] == ["2"]
    assert [item.ref for item in archived.measures] == ["1"]


async def test_the_same_document_again_changes_nothing_and_leaves_no_trace(database: Database) -> None:
    row = await store(database, vefsn())
    changes, applied = await update(database, row, vefsn())
    assert changes.is_empty
    assert applied == Applied()
    assert await logged(database) == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=drafts(), second=drafts(), third=drafts())
async def test_whatever_a_plan_was_it_becomes_what_the_document_says(
    database: Database, first: Draft, second: Draft, third: Draft
) -> None:
    async with database.write() as session:
        row = await plans.store(session, first, municipality="Prøve", actor=COMMAND_LINE, at=AT)
        await session.flush()
        for draft in (first, second, third, first):
            before, archived = await read_versions(session, row)
            changes = compare(before, draft, archived)
            await plan_changes.apply(session, row, draft, changes, actor=COMMAND_LINE, at=LATER)
            session.expire_all()
            await session.refresh(row)
            stored, archived = await read_versions(session, row)
            again = compare(stored, draft, archived)
            assert again.is_empty, again
            assert len(stored.measures) == len(draft.measures)
        await session.rollback()


BEFORE = plan(
    measure("1.1", "Kurs for ansatte", deadline=parse("31.12.2022"), units=("NAV",), goal_ref="1"),
    measure("1.2", "Foreldremøter", costs=(CostLine(year=2021, kind=CostKind.OWN, amount_nok=5_000),), goal_ref="2"),
    measure("1.3", "Natteravner", priority=2),
    goals=(Goal(ref="1", title="Skole", result_targets=("Færre klager",)), Goal(ref="2", title="Fritid")),
    reporting_dates=(ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text="I mai", rule=YearlyRule(months=(5,))),),
    meetings=(Meeting(body="Kommunestyret", held_on=date(2021, 5, 12)),),
)
AFTER = plan(
    measure("1.1", "Ny rådgiver"),
    measure("1.2", "Kurs for ansatte", deadline=parse("31.12.2023"), units=("Helse",), owner="Helse", goal_ref="1"),
    measure("1.4", "Natteravner", priority="Høy", funding=Funding.PROJECT),
    goals=(
        Goal(ref="1", title="Skole", result_targets=("Flere sover",)),
        Goal(ref="3", title="Arbeid", parent_ref="1"),
    ),
    reporting_dates=(ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text="I juni", rule=YearlyRule(months=(6,))),),
    meetings=(Meeting(body="kommunestyret", held_on=date(2021, 6, 2)),),
)


async def test_a_measure_keeps_its_row_whatever_its_number_and_what_is_gone_makes_way_for_it(
    database: Database,
) -> None:
    row = await store(database, BEFORE)
    ids = {ref: found.id for ref, found in (await rows_of(database)).items()}
    _, applied = await update(database, row, AFTER)
    now = await rows_of(database)
    assert {ref: found.id for ref, found in now.items() if found.id in ids.values()} == {
        "1.2": ids["1.1"],
        "1.2 (2022)": ids["1.2"],
        "1.4": ids["1.3"],
    }
    assert now["1.2 (2022)"].archived_at == LATER
    assert [found.ref for found in applied.added] == ["1.1"]
    assert [found.ref for found in applied.archived] == ["1.2 (2022)"]
    assert [found.ref for found in applied.other_deadline] == ["1.2"]
    assert [found.ref for found in applied.other_owner] == ["1.2"]
    assert now["1.2"].due_on == date(2023, 12, 31)
    assert (now["1.4"].priority, now["1.4"].funding) == ("Høy", "project")


async def test_every_change_is_in_the_log_once(database: Database) -> None:
    await update(database, await store(database, BEFORE), AFTER)
    entries = await logged(database)
    assert Counter((action, subject) for action, subject, _, _ in entries) == {
        ("set", "unit"): 1,
        ("archived", "goal"): 1,
        ("changed", "goal"): 1,
        ("added", "goal"): 1,
        ("archived", "measure"): 1,
        ("added", "measure"): 1,
        ("changed", "measure"): 3,
        ("removed", "reporting_date"): 1,
        ("added", "reporting_date"): 1,
        ("set", "meeting"): 1,
        ("imported", "plan"): 1,
    }
    (kurs,) = [entry for entry in entries if entry[1] == "measure" and "deadline" in (entry[2] or {})]
    assert kurs[2] is not None
    assert kurs[2]["deadline"] == {"text": "31.12.2022", "due": "2022-12-31"}
    assert (kurs[2]["ref"], (kurs[3] or {})["ref"]) == ("1.1", "1.2")
    assert "owner" not in kurs[2]
    assert set(kurs[2]) == {"ref", "units", "deadline", "owner_id"}
    assert entries[-1][3] == {"slug": row_slug(), "added": 1, "changed": 2, "gone": 1, "back": 0, "moved": 0}


def row_slug() -> str:
    return plans.slug_of(BEFORE)


async def test_goals_promises_and_meetings_follow_the_document(database: Database) -> None:
    row = await store(database, BEFORE)
    await update(database, row, AFTER)
    draft, archived = await versions(database, row)
    assert draft.goals == AFTER.goals
    assert [goal.ref for goal in archived.goals] == ["2"]
    assert draft.reporting_dates == AFTER.reporting_dates
    assert draft.meetings == (Meeting(body="Kommunestyret", held_on=date(2021, 6, 2)),), "the body is spelt as before"
    assert (await update(database, row, AFTER))[0].is_empty


async def test_what_was_taken_out_comes_back_with_all_that_was_said_about_it(database: Database) -> None:
    row = await store(database, BEFORE)
    parents = (await rows_of(database))["1.2"]
    async with database.write() as session:
        unit = await units.by_name(session, "NAV")
        assert unit is not None
        person = await add_person(session, 1, unit)
        session.add(
            StatusReply(measure_id=id_of(parents), unit_id=id_of(unit), author_id=id_of(person), status="done", at=AT)
        )
    await update(database, row, AFTER)
    changes, applied = await update(database, row, BEFORE)
    assert [pair.after.ref for pair in changes.measures.back] == ["1.2"]
    assert [found.id for found in applied.back] == [parents.id]
    async with database.read() as session:
        assert [reply.status for reply in await replies.of_measure(session, id_of(parents))] == ["done"]
        (goal,) = await session.exec(select(GoalRow).where(GoalRow.ref == "2"))
    now = (await rows_of(database))["1.2"]
    assert (now.id, now.archived_at, now.goal_id, goal.archived_at) == (parents.id, None, goal.id, None)
    assert {"restored"} <= {action for action, _, _, _ in await logged(database)}


async def test_a_document_without_owners_superiors_and_meetings_takes_none_away(database: Database) -> None:
    row = await store(database, vefsn())
    async with database.write() as session:
        (found, _plan) = (await measures.by_ref(session, "1.4"))[0]
        nav = await units.by_name(session, "NAV")
        assert nav is not None
        await measures.change(session, found, {"owner_id": nav.id}, actor=COMMAND_LINE, at=AT)
        session.add(MeetingRow(plan_id=id_of(row), body="Kommunestyret", held_on=date(2021, 5, 12)))
    bare = [item.model_copy(update={"owner": None}) for item in vefsn().measures]
    read = vefsn().model_copy(
        update={"measures": tuple(bare), "units": tuple(Unit(name=unit.name) for unit in vefsn().units)}
    )
    before, _ = await versions(database, row)
    changes, _ = await update(database, row, read)
    assert changes.is_empty
    assert (await versions(database, row))[0] == before


async def test_a_new_order_is_stored_and_only_what_moved_is_in_the_log(database: Database) -> None:
    row = await store(database, BEFORE)
    await update(database, row, BEFORE.model_copy(update={"measures": (*BEFORE.measures[1:], BEFORE.measures[0])}))
    assert [item.ref for item in (await versions(database, row))[0].measures] == ["1.2", "1.3", "1.1"]
    assert [(action, subject) for action, subject, _, _ in await logged(database)] == [
        ("moved", "measure"),
        ("imported", "plan"),
    ]


async def test_a_new_title_and_period_is_still_that_plan_and_is_known_again(database: Database) -> None:
    row = await store(database, BEFORE)
    renewed = BEFORE.model_copy(update={"title": "Ny plan", "period": (2025, 2028)})
    async with database.read() as session:
        assert await plan_changes.same_plan(session, renewed) is None
    await update(database, row, renewed)
    async with database.read() as session:
        found = await plan_changes.same_plan(session, renewed)
        assert found is not None
        assert (found.id, found.slug, found.title, found.first_year) == (row.id, row.slug, "Ny plan", 2025)
        assert await plan_changes.same_plan(session, BEFORE) is not None, "its slug still says so"
        assert (await session.exec(select(func.count()).select_from(PlanRow))).one() == 1


async def test_a_circle_of_superiors_stops_the_whole_import(database: Database) -> None:
    known = (Unit(name="A", superior="B"), Unit(name="B"))
    row = await store(database, plan(measure("1", "Kurs"), units=known))
    turned = plan(measure("1", "Ny tittel"), units=(Unit(name="A"), Unit(name="B", superior="A")))
    with pytest.raises(units.UnitRefused):
        await update(database, row, turned)
    assert (await versions(database, row))[0].measures[0].title == "Kurs"


async def test_reading_costs_the_same_however_long_the_plan_is(database: Database) -> None:
    """As many statements for one measure as for fifty."""
    from sqlalchemy import event

    counts = []
    for number in (1, 50):
        row = await store(database, plan(*(measure(str(n), f"Tiltak {n}") for n in range(number)), title=f"P{number}"))
        seen: list[str] = []
        engine = database.engine.sync_engine
        listen = lambda *arguments, seen=seen: seen.append(arguments[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        async with database.read() as session:
            await read_draft(session, row)
        event.remove(engine, "before_cursor_execute", listen)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
