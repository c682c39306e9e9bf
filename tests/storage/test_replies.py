"""Replies: never changed, only superseded; and what stands is the last of them."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.status import Status
from storage import parts, replies
from storage.database import Database
from storage.ids import id_of
from storage.tables import InboxRow, Measure, Person, StatusReply, Unit
from tests.storage.rows import AT, add_measure, add_person, add_plan, add_unit


class Desk:
    """A measure, and somebody who answers about it: an hour passes with each answer."""

    def __init__(self, session: AsyncSession, measure: Measure, unit: Unit, person: Person) -> None:
        self.session, self.measure, self.unit, self.person = session, measure, unit, person
        self.hours = 0

    @classmethod
    async def of(cls, session: AsyncSession) -> "Desk":
        unit = await add_unit(session)
        measure = await add_measure(session, await add_plan(session), owner=unit)
        return cls(session, measure, unit, await add_person(session, 1, unit))

    async def answer(
        self, status: Status, corrects: StatusReply | None = None, inbox_id: int | None = None
    ) -> StatusReply:
        self.hours += 1
        reply = replies.add(
            self.session,
            measure_id=id_of(self.measure),
            unit_id=id_of(self.unit),
            author_id=id_of(self.person),
            status=status,
            comment=None,
            at=AT + timedelta(hours=self.hours),
            supersedes_id=corrects.id if corrects else None,
            inbox_id=inbox_id,
        )
        await self.session.flush()
        return reply

    async def standing(self) -> list[Status]:
        return [Status(reply.status) for reply in await replies.of_measure(self.session, id_of(self.measure))]

    async def is_closed(self) -> bool:
        return await replies.closed_measures(self.session, self.measure.plan_id) == {id_of(self.measure)}


async def test_the_last_answer_stands_and_the_earlier_ones_are_history(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        await desk.answer(Status.NOT_STARTED)
        await desk.answer(Status.IN_PROGRESS)
        assert await desk.standing() == [Status.IN_PROGRESS, Status.NOT_STARTED]
        latest = await replies.latest(session, [id_of(desk.measure)])
    assert latest[id_of(desk.measure)].status == Status.IN_PROGRESS


async def test_of_a_chain_of_corrections_only_the_last_stands(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        first = await desk.answer(Status.NOT_STARTED)
        second = await desk.answer(Status.IN_PROGRESS, corrects=first)
        await desk.answer(Status.DELAYED, corrects=second)
        assert await desk.standing() == [Status.DELAYED]
        assert await replies.has_been_corrected(session, id_of(first))


async def test_an_answer_is_corrected_once(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        first = await desk.answer(Status.NOT_STARTED)
        await desk.answer(Status.IN_PROGRESS, corrects=first)
        with pytest.raises(IntegrityError):
            await desk.answer(Status.DELAYED, corrects=first)
        await session.rollback()


async def test_a_measure_is_closed_while_its_last_answer_closes_it(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        assert not await desk.is_closed()
        done = await desk.answer(Status.DONE)
        assert await desk.is_closed()
        await desk.answer(Status.IN_PROGRESS, corrects=done)
        assert not await desk.is_closed()
        await desk.answer(Status.DROPPED)
        assert await desk.is_closed()
        await desk.answer(Status.IN_PROGRESS)
        assert not await desk.is_closed()


async def test_of_two_answers_in_the_same_moment_the_later_row_stands(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        await desk.answer(Status.IN_PROGRESS)
        desk.hours -= 1
        await desk.answer(Status.DONE)
        latest = await replies.latest(session, [id_of(desk.measure)])
        assert latest[id_of(desk.measure)].status == Status.DONE
        assert (await desk.standing())[0] == Status.DONE
        assert await desk.is_closed()


async def test_of_the_answers_of_years_only_the_last_about_each_measure_and_part_is_read(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        for _year in range(5):
            whole = await desk.answer(Status.IN_PROGRESS)
            part = await desk.answer(Status.DELAYED)
            part.part = True
    measure_id = id_of(desk.measure)
    async with database.read() as session:
        assert await replies.latest(session, [measure_id]) == {measure_id: whole}
        assert await parts.latest(session, [measure_id]) == {(measure_id, id_of(desk.unit)): part}
        assert [id_of(row) for row in session.identity_map.values()] == [whole.id, part.id]


async def test_an_update_that_runs_twice_answers_once(database: Database) -> None:
    async with database.write() as session:
        desk = await Desk.of(session)
        row = InboxRow(bot_id=1, update_id=1, received_at=AT)
        session.add(row)
        await session.flush()
        reply = await desk.answer(Status.DONE, inbox_id=id_of(row))
        assert await replies.of_update(session, id_of(row)) is reply
        with pytest.raises(IntegrityError):
            await desk.answer(Status.DONE, inbox_id=id_of(row))
        await session.rollback()
