"""Merging units: what is open goes on with the unit that takes over, and what is closed stays as it was."""

from datetime import date

from sqlmodel import col, select

from plan.workday import SendingHours, WorkCalendar
from scheduler.unit_changes import unit_merged
from storage import unit_changes
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.tables import Escalation, StatusRequest
from tests.storage.rows import AT, add_measure, add_plan, add_request, add_round, add_unit

HOURS = SendingHours(WorkCalendar())


async def test_only_what_is_open_moves_and_closed_questions_keep_whom_they_went_up_to(database: Database) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        source, target, below = [await add_unit(session, name) for name in ("Gammel", "Ny", "Under")]
        row = await add_round(session, plan, state="open")
        made = {}
        for ref, closed in (("1.1", False), ("1.2", True)):
            measure = await add_measure(session, plan, ref, below)
            ended = {"closed_at": AT, "closed_because": "answered"} if closed else {"next_on": date(2021, 3, 10)}
            made[ref] = await add_request(session, measure, below, reason="round", round_id=row.id, level=1, **ended)
            session.add(Escalation(request_id=id_of(made[ref]), level=1, unit_id=source.id, at=AT))
        asked = await add_request(
            session, await add_measure(session, plan, "1.3", source), source, reason="round", round_id=row.id
        )
        await session.flush()
        await unit_changes.merge(session, source, target, actor=COMMAND_LINE, at=AT)
        await unit_merged(session, source, target, AT, HOURS)
    async with database.read() as session:
        rows = await session.exec(select(Escalation).order_by(col(Escalation.request_id)))
        above = {escalation.request_id: escalation.unit_id for escalation in rows}
        assert above == {made["1.1"].id: target.id, made["1.2"].id: source.id}
        assert (await session.get_one(StatusRequest, asked.id)).unit_id == target.id


async def test_what_both_units_were_asked_is_asked_once_and_an_escalation_of_the_other_stays(
    database: Database,
) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        source, target = [await add_unit(session, name) for name in ("Gammel", "Ny")]
        row = await add_round(session, plan, state="open")
        measure = await add_measure(session, plan, "1.1", source)
        before = await add_request(session, measure, source, reason="round", round_id=row.id, level=1)
        same = await add_request(session, measure, target, reason="round", round_id=row.id)
        session.add(Escalation(request_id=id_of(before), level=1, unit_id=source.id, at=AT))
        await session.flush()
        await unit_changes.merge(session, source, target, actor=COMMAND_LINE, at=AT)
        await unit_merged(session, source, target, AT, HOURS)
    async with database.read() as session:
        rows = await session.exec(select(StatusRequest).order_by(col(StatusRequest.id)))
        assert [(request.id, request.unit_id, request.closed_because) for request in rows] == [
            (before.id, source.id, "owner_changed"),
            (same.id, target.id, None),
        ]
        escalation = (await session.exec(select(Escalation))).one()
        assert escalation.unit_id == source.id
