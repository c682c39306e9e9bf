"""What a pass costs in SQL statements: what is due, and not what is stored."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import event, insert, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import parse
from plan.status import Status
from scheduler import work
from scheduler.planning import plan_ahead
from storage import measures, nags, proposals, replies
from storage.database import Database
from storage.ids import id_of
from storage.tables import (
    Measure,
    MeasureUnit,
    Membership,
    Occurrence,
    Person,
    Plan,
    ReportingDate,
    ReportingDay,
    StatusRequest,
    Unit,
)
from tests.scheduler.desk import CALENDAR, MAY, Desk
from tests.storage.explained import explained
from tests.storage.rows import AT, add_measure, add_plan

JANUARY = date(2021, 1, 4)
DUE = date(2021, 6, 30)
LATER = parse("31.12.2024")


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def _people(session: AsyncSession, units: int, people: int) -> None:
    """Units under one another in threes, and people who lead them in turn; one is in the office, one an admin."""
    session.add_all(
        Unit(name=f"Enhet {n}", key=f"enhet {n}", superior_id=max(n // 3, 1) if n > 1 else None)
        for n in range(1, units + 1)
    )
    session.add_all(
        Person(name="Testperson", chat_id=n, joined_at=AT, is_office=n == 1, is_admin=n == 2)
        for n in range(1, people + 1)
    )
    await session.flush()
    session.add_all(Membership(person_id=n, unit_id=(n - 1) % units + 1) for n in range(1, people + 1))


async def _plan(
    session: AsyncSession, slug: str, due: int, stored: int, units: int, phrase: str = f"{DUE:%d.%m.%Y}"
) -> Plan:
    """A plan with measures that are due on one day, and others that are due long after; each of three units.

    The first unit of a measure answers for the whole, and the two after it for their part.
    """
    plan = await add_plan(session, slug)
    today = parse(phrase)
    deadlines = [today] * due + [LATER] * stored
    await session.exec(
        insert(Measure),
        params=[
            {
                "plan_id": plan.id,
                "position": n,
                "ref": str(n),
                "ref_is_ours": False,
                "title": f"Tiltak {n}",
                "owner_id": n % units + 1,
                "deadline": deadline.to_json(),
                "due_on": deadline.due,
                "funding": "unknown",
            }
            for n, deadline in enumerate(deadlines)
        ],
    )
    found = await session.exec(select(Measure.id, Measure.position).where(Measure.plan_id == plan.id))
    await session.exec(
        insert(MeasureUnit),
        params=[
            {"measure_id": measure_id, "unit_id": (n + beside) % units + 1, "position": beside}
            for measure_id, n in found
            for beside in range(3)
        ],
    )
    return plan


async def test_a_first_pass_over_800_measures_of_80_people_takes_at_most_150_statements(desk: Desk) -> None:
    """And one with nothing to do at most 5: the closest peer takes 3,133 and 1,611 (Kausal Watch, 2024)."""
    async with desk.database.write() as session:
        await _people(session, units=40, people=80)
        for slug in ("a", "b", "c", "d"):
            plan = await _plan(session, slug, due=200, stored=0, units=40)
            session.add(ReportingDate(plan_id=id_of(plan), kind="council_report", text="Status", rule=MAY))
            await plan_ahead(session, plan, JANUARY, CALENDAR)
    # The round opens, and every measure has its first lead reminder.
    day = date(2021, 5, 1)
    with _counted(desk.database) as first:
        notices = await desk.tick_at(day)
    with _counted(desk.database) as second:
        assert await desk.tick_at(day) == []
    # The round opens late: that is about no measure.
    assert len({notice.measure_id for notice in notices} - {None}) == 800
    assert len({notice.person_id for notice in notices}) == 80
    async with desk.database.read() as session:
        asked = await session.exec(select(func.count()).where(col(StatusRequest.part)))
        assert asked.one() > 0
    assert len(first) <= 150
    assert len(second) <= 5


async def test_the_statements_of_a_pass_do_not_grow_with_what_is_due(desk: Desk) -> None:
    counts = {}
    async with desk.database.write() as session:
        await _people(session, units=10, people=20)
    for slug, due, day in (("a", 10, DUE), ("b", 400, DUE)):
        async with desk.database.write() as session:
            plan = await _plan(session, slug, due=due, stored=0, units=10)
            await plan_ahead(session, plan, JANUARY, CALENDAR)
        for step in (day - timedelta(days=60), day):
            with _counted(desk.database) as statements:
                assert len({notice.measure_id for notice in await desk.tick_at(step)}) == due
            counts[slug, step] = len(statements)
        async with desk.database.write() as session:
            for table in (Occurrence, StatusRequest):
                await session.exec(update(table).values(next_on=None))
    assert counts["b", DUE] <= counts["a", DUE] + 4
    assert counts["b", DUE - timedelta(days=60)] <= counts["a", DUE - timedelta(days=60)] + 4


async def test_the_statements_of_a_pass_do_not_grow_with_what_is_stored(desk: Desk) -> None:
    counts = []
    async with desk.database.write() as session:
        await _people(session, units=10, people=20)
    for slug, stored in (("a", 10), ("b", 5_000)):
        async with desk.database.write() as session:
            plan = await _plan(session, slug, due=100, stored=stored, units=10)
            await plan_ahead(session, plan, JANUARY, CALENDAR)
        with _counted(desk.database) as statements:
            await desk.tick_at(DUE - timedelta(days=60))
        counts.append(len(statements))
    assert counts[1] <= counts[0]


async def test_a_plan_that_nothing_ends_is_planned_on_for_the_measures_that_are_asked_about_alone(desk: Desk) -> None:
    async with desk.database.write() as session:
        await _people(session, units=1, people=3)
        plan = await add_plan(session, "endless", None)
        for ref in ("1", "2"):
            await add_measure(session, plan, ref, await session.get_one(Unit, 1), "hvert år")
        await plan_ahead(session, plan, JANUARY, CALENDAR)
        first = await desk.find(session, "1")
        # What is proposed about a measure and not decided is looked at each day, and asked about on none.
        reply = replies.add(
            session, measure_id=id_of(first), unit_id=1, author_id=3, status=Status.DROPPED, comment="–", at=AT
        )
        await session.flush()
        await proposals.add(session, reply, None, AT)
        await session.exec(update(Occurrence).where(col(Occurrence.measure_id) != first.id).values(next_on=None))
    with _counted(desk.database) as statements:
        assert await desk.tick_at(date(2021, 12, 31)) == []
    assert not [each for each in statements if "measure.title" in each and "measure.plan_id = " in each]


async def test_nor_with_the_reporting_days_the_counted_duties_and_the_measures_with_lead_days_of_their_own_that_are_due(
    desk: Desk,
) -> None:
    counts = []
    day = date(2021, 4, 30)  # the first of three times in the year
    async with desk.database.write() as session:
        await _people(session, units=10, people=20)
    for slug, due in (("a", 5), ("b", 200)):
        async with desk.database.write() as session:
            plan = await _plan(session, slug, due=due, stored=0, units=10, phrase="tre ganger i året")
            await session.exec(update(Measure).where(col(Measure.plan_id) == plan.id).values(lead_days=[10]))
            await plan_ahead(session, plan, JANUARY, CALENDAR)
            session.add_all(
                ReportingDay(
                    plan_id=id_of(plan),
                    kind="control",
                    promised_on=day + timedelta(days=n),
                    due_on=day,
                    basis="promise",
                    counts_from=JANUARY,
                    next_on=day,
                )
                for n in range(due)
            )
        with _counted(desk.database) as statements:
            notices = await desk.tick_at(day)
        assert len({notice.measure_id for notice in notices if notice.kind == "due"}) == due
        assert len([notice for notice in notices if notice.kind == "control"]) == due
        counts.append(len(statements))
        async with desk.database.write() as session:
            for table in (Occurrence, StatusRequest, ReportingDay):
                await session.exec(update(table).values(next_on=None))
    assert counts[1] <= counts[0] + 4


async def test_the_search_for_what_is_due_looks_nowhere_but_in_the_indexes(database: Database) -> None:
    searches: tuple[Callable[[AsyncSession, date], Awaitable[Any]], ...] = (
        work._rounds,
        work._occurrences,
        work._requests,
        work._reporting_days,
        work._target_asks,
    )
    async with database.write() as session:
        # Whether there is anything, in one statement; and what there is, table by table.
        looks = await explained(session, partial(work.find_due, session, JANUARY))
        plans = [await explained(session, partial(search, session, JANUARY)) for search in searches]
    for table, found in zip(work.TABLES, plans, strict=True):
        index = f"ix_{table.__tablename__}_next_on"
        assert index in looks
        assert index in found


async def test_the_measures_with_lead_days_of_their_own_are_found_in_their_index(database: Database) -> None:
    async with database.write() as session:
        found = await explained(session, partial(measures.own_lead_days, session, 1))
    assert "ix_measure_own_lead_days" in found


async def test_who_was_told_last_is_not_looked_for_in_the_messages_of_years(sqlite: Database) -> None:
    async with sqlite.read() as session:
        found = await explained(session, partial(nags.last_told, session, [1], AT))
    assert "(person_id=? AND day>?)" in found
