"""The next day and the next message of a municipality, whatever table they stand in."""

from datetime import date, timedelta

from storage import upcoming
from storage.database import Database
from storage.ids import id_of
from storage.tables import OutboxRow
from tests.storage.rows import AT, add_measure, add_occurrence, add_person, add_plan, add_request, add_round, add_unit


async def test_the_next_day_is_the_first_after_today_in_any_table(database: Database) -> None:
    async with database.write() as session:
        assert await upcoming.next_day(session, date(2021, 1, 1)) is None
        unit = await add_unit(session)
        measure = await add_measure(session, await add_plan(session), owner=unit)
        row = await add_round(session, await add_plan(session, "annen"))
        occurrence = await add_occurrence(session, measure, date(2021, 9, 1), next_on=date(2021, 6, 1))
        about = {"reason": "due", "occurrence_id": occurrence.id, "due_on": occurrence.due_on}
        await add_request(session, measure, unit, **about, next_on=date(2021, 5, 3))
        row.next_on = date(2021, 5, 20)
    async with database.read() as session:
        assert await upcoming.next_day(session, date(2021, 1, 1)) == date(2021, 5, 3)
        assert await upcoming.next_day(session, date(2021, 5, 3)) == date(2021, 5, 20)
        assert await upcoming.next_day(session, date(2021, 5, 20)) == date(2021, 6, 1)
        assert await upcoming.next_day(session, date(2021, 6, 1)) is None


async def test_the_next_message_is_the_first_that_waits(database: Database) -> None:
    async with database.write() as session:
        assert await upcoming.next_message_at(session) is None
        person_id = id_of(await add_person(session, 1001))
        rows = (("daily", "waiting", 2), ("notice", "waiting", 1), ("other", "dropped", 0))
        session.add_all(
            OutboxRow(
                person_id=person_id,
                day=AT.date(),
                kind=kind,
                state=state,
                written_at=AT,
                not_before=AT + timedelta(hours=hours),
            )
            for kind, state, hours in rows
        )
    async with database.read() as session:
        assert await upcoming.next_message_at(session) == AT + timedelta(hours=1)
