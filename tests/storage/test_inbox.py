"""The inbox: every update once, each chat in its order, and no chat that holds up the others."""

import asyncio
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import col, select

from plan.status import Status
from storage import inbox, replies
from storage.database import Database
from storage.ids import id_of
from storage.inbox import Received
from storage.tables import InboxRow
from tests.storage.explained import explained
from tests.storage.rows import AT, add_measure, add_person, add_plan, add_unit

BOT = 7
SOON = timedelta(seconds=10)


def _received(numbers: Iterable[int], chat_id: int | None = 1, text: str = "hei") -> list[Received]:
    return [Received(number, chat_id, {"update_id": number, "text": text}) for number in numbers]


async def _store(database: Database, updates: list[Received], at: datetime = AT) -> int:
    async with database.write() as session:
        return await inbox.store(session, BOT, updates, at)


async def _next(database: Database, at: datetime = AT, busy: Collection[int | None] = ()) -> int | None:
    async with database.read() as session:
        row = await inbox.next_open(session, at, busy)
    return row.update_id if row else None


async def _row(database: Database, update_id: int) -> InboxRow:
    async with database.read() as session:
        return (await session.exec(select(InboxRow).where(InboxRow.update_id == update_id))).one()


async def _done(database: Database, update_id: int) -> None:
    row = await _row(database, update_id)
    async with database.write() as session:
        await inbox.handled(session, id_of(row), [], AT)


async def test_an_update_that_comes_twice_is_stored_once(database: Database) -> None:
    assert await _store(database, _received([1, 2])) == 2
    assert await _store(database, _received([2, 3, 3], text="igjen")) == 1
    async with database.read() as session:
        rows = list(await session.exec(select(InboxRow).order_by(col(InboxRow.id))))
    assert [row.update_id for row in rows] == [1, 2, 3]
    assert rows[1].payload == {"update_id": 2, "text": "hei"}
    assert [(row.state, row.attempts, row.received_at) for row in rows] == [("new", 0, AT)] * 3


async def test_two_bots_may_have_an_update_of_the_same_number(database: Database) -> None:
    async with database.write() as session:
        assert await inbox.store(session, 1, _received([1]), AT) == 1
        assert await inbox.store(session, 2, _received([1]), AT) == 1


async def test_nothing_to_store_stores_nothing(database: Database) -> None:
    assert await _store(database, []) == 0


async def test_a_number_that_comes_again_after_a_quiet_week_is_another_update(database: Database) -> None:
    await _store(database, _received([1]))
    async with database.write() as session:
        unit = await add_unit(session)
        measure = await add_measure(session, await add_plan(session), owner=unit)
        person = await add_person(session, 1, unit)
        (row,) = await session.exec(select(InboxRow))
        reply = replies.add(
            session,
            measure_id=id_of(measure),
            unit_id=id_of(unit),
            author_id=id_of(person),
            status=Status.DONE,
            comment=None,
            at=AT,
            inbox_id=row.id,
        )
    await _done(database, 1)
    assert await _store(database, _received([1], text="ny"), AT + timedelta(days=8)) == 1
    async with database.read() as session:
        stored = await replies.by_id(session, id_of(reply))
    assert (await _row(database, 1)).payload == {"update_id": 1, "text": "ny"}
    assert stored is not None
    assert (stored.status, stored.inbox_id) == ("done", None), "the answer stays; its update is gone"


async def test_a_number_that_is_not_done_yet_makes_no_room(database: Database) -> None:
    await _store(database, _received([1]))
    assert await _store(database, _received([1], text="ny"), AT + timedelta(days=8)) == 0
    assert (await _row(database, 1)).payload == {"update_id": 1, "text": "hei"}


async def test_a_number_of_yesterday_is_the_same_update(database: Database) -> None:
    await _store(database, _received([1]))
    await _done(database, 1)
    assert await _store(database, _received([1]), AT + timedelta(hours=24)) == 0


async def test_what_is_done_keeps_nothing_of_what_was_written(database: Database) -> None:
    await _store(database, _received([1]))
    row = await _row(database, 1)
    async with database.write() as session:
        await inbox.handled(session, id_of(row), [{"do": "send"}], AT + SOON)
    assert (await _row(database, 1)).payload is None
    async with database.write() as session:
        await inbox.answered(session, id_of(row), [])
    async with database.read() as session:
        emptied = select(InboxRow).where(col(InboxRow.payload).is_(None), col(InboxRow.answers).is_(None))
        assert [row.state for row in await session.exec(emptied)] == ["done"]


async def test_the_updates_of_a_chat_are_handled_in_their_order(database: Database) -> None:
    await _store(database, _received([5, 4]))
    await _store(database, _received([3]))
    order = []
    while (number := await _next(database)) is not None:
        order.append(number)
        await _done(database, number)
    assert order == [5, 4, 3]


async def test_of_two_who_claim_an_update_at_once_one_has_it(database: Database) -> None:
    await _store(database, _received([1]))
    row = await _row(database, 1)

    async def handle() -> bool:
        async with database.write() as session:
            ours = await inbox.claim(session, row)
            await asyncio.sleep(0.02)
            if ours:
                await inbox.handled(session, id_of(row), [], AT)
        return ours

    assert sorted(await asyncio.gather(handle(), handle())) == [False, True]


async def test_of_two_who_take_over_the_answers_of_a_dead_sender_one_has_them(database: Database) -> None:
    await _store(database, _received([1]))
    row = await _row(database, 1)
    async with database.write() as session:
        await inbox.handled(session, id_of(row), [{"do": "send"}], AT + SOON)
    assert await _next(database) is None, "the sender may still live"
    assert await _next(database, AT + SOON) == 1
    row = await _row(database, 1)

    async def take_over() -> bool:
        async with database.write() as session:
            return await inbox.take_over(session, row, AT + 2 * SOON)

    assert sorted(await asyncio.gather(take_over(), take_over())) == [False, True]


async def test_an_update_that_fails_three_times_is_set_aside_and_the_next_one_follows(database: Database) -> None:
    await _store(database, _received([1, 2]))
    for _attempt in (1, 2):
        row = await _row(database, 1)
        async with database.write() as session:
            assert not await inbox.failed(session, row, AT + SOON, "ValueError")
        assert await _next(database) is None, "what follows in the chat waits for it"
        assert await _next(database, AT + SOON) == 1
    row = await _row(database, 1)
    async with database.write() as session:
        assert await inbox.failed(session, row, AT + SOON, "ValueError")
    row = await _row(database, 1)
    assert (row.state, row.attempts, row.problem) == ("set_aside", 3, "ValueError")
    assert row.payload is not None
    assert await _next(database) == 2


async def test_an_update_that_another_process_has_handled_meanwhile_has_not_failed(database: Database) -> None:
    await _store(database, _received([1]))
    seen = await _row(database, 1)
    seen.attempts = 2
    async with database.write() as session:
        await session.merge(seen)
    async with database.write() as session:
        await inbox.handled(session, id_of(seen), [], AT)
        assert not await inbox.failed(session, seen, AT + SOON, "ValueError")
    row = await _row(database, 1)
    assert (row.state, row.attempts, row.problem, row.next_attempt_at) == ("done", 0, None, None)


async def test_a_chat_that_waits_does_not_hold_up_another(database: Database) -> None:
    await _store(database, _received([1, 2], chat_id=1))
    await _store(database, _received([3], chat_id=2))
    row = await _row(database, 1)
    async with database.write() as session:
        await inbox.failed(session, row, AT + SOON, "ValueError")
    assert await _next(database) == 3
    assert await _next(database, busy={2}) is None
    assert await _next(database, AT + SOON) == 1


async def test_a_chat_with_many_updates_that_is_busy_does_not_hold_up_another(database: Database) -> None:
    await _store(database, _received(range(1, 301), chat_id=1))
    await _store(database, _received(range(301, 602), chat_id=2))
    await _store(database, _received([999], chat_id=3))
    assert await _next(database, busy={1, 2}) == 999


async def test_chats_with_many_updates_that_wait_do_not_hold_up_another(database: Database) -> None:
    for chat_id in (1, 2, 3):
        first = chat_id * 1000
        await _store(database, _received(range(first, first + 250), chat_id=chat_id))
        async with database.write() as session:
            await inbox.failed(session, await _row(database, first), AT + SOON, "ValueError")
    await _store(database, _received([9999], chat_id=4))
    assert await _next(database) == 9999
    assert await _next(database, busy={4}) is None


async def test_updates_of_no_chat_are_handled_too(database: Database) -> None:
    await _store(database, _received([1], chat_id=None))
    await _store(database, _received([2], chat_id=5))
    assert await _next(database, busy={5}) == 1
    assert await _next(database, busy={None}) == 2
    async with database.read() as session:
        assert await inbox.has_open(session)


async def test_updates_that_were_answered_are_done_with_together_and_others_are_not(database: Database) -> None:
    await _store(database, _received([1, 2, 3], chat_id=5))
    rows = [await _row(database, number) for number in (1, 2, 3)]
    async with database.write() as session:
        for row in rows:
            await inbox.handled(session, id_of(row), ["svar"], AT + SOON)
        await inbox.all_answered(session, [id_of(row) for row in rows[:2]])
    found = [await _row(database, number) for number in (1, 2, 3)]
    assert [(row.state, row.answers, row.chat_id) for row in found] == [
        ("done", None, None),
        ("done", None, None),
        ("answering", ["svar"], 5),
    ]


async def test_what_is_left_to_do_is_found_among_what_is_left_and_not_among_all_that_ever_came(
    database: Database,
) -> None:
    await _store(database, _received([1]))
    async with database.read() as session:
        for search in (partial(inbox.next_open, session, AT, {2, None}), partial(inbox.has_open, session)):
            assert "ix_inbox_open" in await explained(session, search)
