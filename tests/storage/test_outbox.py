"""The outbox: a person gets one daily message a day, and no message is sent by two workers or lost with one."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlmodel import col, select

from plan.workday import SendingHours, WorkCalendar
from storage import outbox
from storage.database import Database
from storage.ids import id_of
from storage.outbox import LEASE, MAX_ATTEMPTS
from storage.tables import OutboxRow
from tests.storage.explained import explained
from tests.storage.rows import add_person

HOURS = SendingHours(WorkCalendar())
FRIDAY = datetime(2021, 3, 5, 9, 0, tzinfo=UTC)
MONDAY = datetime(2021, 3, 8, 9, 0, tzinfo=UTC)


async def _person(database: Database, chat_id: int = 1, *, is_office: bool = False) -> int:
    async with database.write() as session:
        return id_of(await add_person(session, chat_id, is_office=is_office))


async def _write(database: Database, at: datetime, *people: int) -> None:
    async with database.write() as session:
        await outbox.write_daily(session, people, at, HOURS)


async def _claim(database: Database, at: datetime) -> OutboxRow | None:
    async with database.write() as session:
        return await outbox.claim(session, at, HOURS)


async def _send_all(database: Database, at: datetime) -> list[int]:
    """Send everything that may go out; returns to whom."""
    people = []
    while (row := await _claim(database, at)) is not None:
        async with database.write() as session:
            await outbox.sent(session, id_of(row), at, 1)
        people.append(row.person_id)
    return people


async def _rows(database: Database) -> list[OutboxRow]:
    async with database.read() as session:
        return list(await session.exec(select(OutboxRow).order_by(col(OutboxRow.day), col(OutboxRow.id))))


async def _states(database: Database) -> list[tuple[date, str]]:
    return [(row.day, row.state) for row in await _rows(database)]


async def test_a_person_gets_one_row_a_day_however_often_it_is_written(database: Database) -> None:
    one, two = await _person(database, 1), await _person(database, 2)
    await _write(database, FRIDAY, one, two)
    await _write(database, FRIDAY + timedelta(hours=1), two, one)
    assert [(row.person_id, row.day, row.kind) for row in await _rows(database)] == [
        (one, date(2021, 3, 5), "daily"),
        (two, date(2021, 3, 5), "daily"),
    ]


async def test_what_is_written_at_night_goes_out_when_hours_begin(database: Database) -> None:
    await _write(database, datetime(2021, 3, 4, 23, 30, tzinfo=UTC), await _person(database))
    (row,) = await _rows(database)
    # Half past midnight in Oslo; hours begin at eight.
    assert (row.day, row.not_before) == (date(2021, 3, 5), datetime(2021, 3, 5, 7, 0, tzinfo=UTC))


async def test_what_is_written_after_hours_on_friday_goes_out_on_monday(database: Database) -> None:
    await _write(database, datetime(2021, 3, 5, 15, 0, tzinfo=UTC), await _person(database))
    assert [row.day for row in await _rows(database)] == [date(2021, 3, 8)]


async def test_what_is_written_after_todays_message_went_out_goes_out_on_the_next_working_day(
    database: Database,
) -> None:
    late, early = await _person(database, 1), await _person(database, 2)
    await _write(database, FRIDAY, early)
    await _send_all(database, FRIDAY)
    await _write(database, FRIDAY, early, late)
    assert await _states(database) == [
        (date(2021, 3, 5), "sent"),
        (date(2021, 3, 5), "waiting"),
        (date(2021, 3, 8), "waiting"),
    ]


async def test_a_message_that_waits_since_friday_is_mondays_message(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    row = await _claim(database, FRIDAY)
    assert row is not None
    async with database.write() as session:
        await outbox.postponed(session, id_of(row), HOURS.next_open(MONDAY), "network", resent=False)
    await _write(database, MONDAY, person)
    assert await _send_all(database, MONDAY) == [person]
    await _write(database, MONDAY, person)
    assert await _states(database) == [(date(2021, 3, 5), "sent"), (date(2021, 3, 9), "waiting")]


async def test_a_message_whose_sender_died_on_friday_is_mondays_message(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    await _claim(database, FRIDAY)
    await _write(database, MONDAY, person)
    assert await _send_all(database, MONDAY) == [person]
    assert [day for day, _state in await _states(database)] == [date(2021, 3, 5)]


async def test_what_comes_while_todays_message_is_on_its_way_goes_out_on_the_next_day(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    await _claim(database, FRIDAY)
    await _write(database, FRIDAY + timedelta(seconds=1), person)
    assert await _states(database) == [(date(2021, 3, 5), "claimed"), (date(2021, 3, 8), "waiting")]


async def test_of_two_messages_that_wait_for_a_person_one_goes_out(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    row = await _claim(database, FRIDAY)
    assert row is not None
    await _write(database, FRIDAY + timedelta(seconds=1), person)
    async with database.write() as session:
        await outbox.postponed(session, id_of(row), MONDAY, "network", resent=False)
    assert await _send_all(database, MONDAY) == [person]
    states = await _states(database)
    assert sorted(state for _day, state in states) == ["dropped", "sent"]
    await _write(database, MONDAY, person)
    assert [day for day, state in await _states(database) if state == "waiting"] == [date(2021, 3, 9)]


async def test_who_has_had_todays_message_gets_none_that_was_written_while_the_clock_was_set_back(
    database: Database,
) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    assert await _send_all(database, FRIDAY) == [person]
    await _write(database, FRIDAY - timedelta(days=40), person)
    assert await _send_all(database, FRIDAY + timedelta(minutes=1)) == []
    # Nothing is lost: the next message says it, and no other comes after it.
    assert await _send_all(database, MONDAY) == [person]
    assert await _send_all(database, MONDAY + timedelta(days=1)) == []


async def test_of_two_workers_one_sends_a_person_todays_message(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    row = await _claim(database, FRIDAY)
    assert row is not None
    await _write(database, FRIDAY + timedelta(seconds=1), person)  # Monday's, as today's is on its way
    async with database.write() as session:
        await outbox.postponed(session, id_of(row), MONDAY, "network", resent=False)
    claimed = await asyncio.gather(*(_claim(database, MONDAY) for _ in range(4)))
    assert [row.person_id for row in claimed if row is not None] == [person]


async def test_what_may_have_come_says_so_in_the_message_that_speaks_for_it(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    row = await _claim(database, FRIDAY)
    assert row is not None
    await _write(database, FRIDAY + timedelta(seconds=1), person)
    async with database.write() as session:
        await outbox.postponed(session, id_of(row), MONDAY, "timeout", resent=True)
    row = await _claim(database, MONDAY)
    assert row is not None
    assert (row.day, row.resent) == (date(2021, 3, 8), True)


async def test_a_notice_of_a_kind_is_written_once_a_day_and_beside_the_daily_message(database: Database) -> None:
    person = await _person(database)
    await _write(database, FRIDAY, person)
    for text in ("a", "b"):
        async with database.write() as session:
            await outbox.write_notice(session, person, "set_aside:1", {"text": text}, FRIDAY, HOURS)
    assert [(row.kind, row.data) for row in await _rows(database)] == [("daily", {}), ("set_aside:1", {"text": "a"})]
    assert await _send_all(database, FRIDAY) == [person, person]


async def test_of_two_workers_one_claims_a_row(database: Database) -> None:
    await _write(database, FRIDAY, await _person(database))
    claimed = await asyncio.gather(*(_claim(database, FRIDAY) for _ in range(4)))
    assert [row.state for row in claimed if row is not None] == ["claimed"]


async def test_of_two_workers_one_takes_over_a_lost_claim(database: Database) -> None:
    await _write(database, FRIDAY, await _person(database))
    await _claim(database, FRIDAY)
    assert await _claim(database, FRIDAY + LEASE - timedelta(seconds=1)) is None, "its worker may still live"
    later = FRIDAY + LEASE
    claimed = [row for row in await asyncio.gather(*(_claim(database, later) for _ in range(4))) if row is not None]
    assert [(row.resent, row.claimed_at, row.attempts) for row in claimed] == [(True, later, 2)]


async def test_a_message_that_was_claimed_once_is_not_marked(database: Database) -> None:
    await _write(database, FRIDAY, await _person(database))
    row = await _claim(database, FRIDAY)
    assert row is not None
    assert not row.resent


async def test_a_message_that_keeps_killing_its_worker_is_given_up(database: Database) -> None:
    await _write(database, FRIDAY, await _person(database))
    claims = 0
    for n in range(MAX_ATTEMPTS + 3):
        claims += await _claim(database, FRIDAY + n * LEASE) is not None
    (row,) = await _rows(database)
    assert (claims, row.state, row.problem) == (MAX_ATTEMPTS, "failed", "lost")
    async with database.read() as session:
        assert not await outbox.has_due(session, MONDAY)


async def test_a_worker_that_reports_too_late_changes_nothing(database: Database) -> None:
    await _write(database, FRIDAY, await _person(database))
    row = await _claim(database, FRIDAY)
    assert row is not None
    async with database.write() as session:
        await outbox.dropped(session, id_of(row), "not wanted")
    async with database.write() as session:
        await outbox.sent(session, id_of(row), FRIDAY, 1)
    assert await _states(database) == [(date(2021, 3, 5), "dropped")]


async def test_nothing_goes_out_before_its_time(database: Database) -> None:
    await _write(database, datetime(2021, 3, 4, 23, 30, tzinfo=UTC), await _person(database))
    for at, due in ((datetime(2021, 3, 5, 6, 59, tzinfo=UTC), False), (datetime(2021, 3, 5, 7, 0, tzinfo=UTC), True)):
        async with database.read() as session:
            assert await outbox.has_due(session, at) is due
        assert (await _claim(database, at) is not None) is due


async def test_the_office_hears_of_somebody_who_cannot_be_reached(database: Database) -> None:
    gone, office = await _person(database, 1, is_office=True), await _person(database, 2, is_office=True)
    await _write(database, FRIDAY, gone)
    row = await _claim(database, FRIDAY)
    assert row is not None
    async with database.write() as session:
        await outbox.failed(session, id_of(row), "chat not found")
        await outbox.tell_office(session, row, FRIDAY, HOURS)
    assert await _send_all(database, FRIDAY) == [office]


async def test_what_may_go_out_is_found_among_what_waits_and_not_among_all_that_ever_went_out(
    database: Database,
) -> None:
    await _write(database, FRIDAY, await _person(database))
    async with database.write() as session:
        for search in (partial(outbox.has_due, session, FRIDAY), partial(outbox.claim, session, FRIDAY, HOURS)):
            assert "ix_outbox_open" in await explained(session, search)
