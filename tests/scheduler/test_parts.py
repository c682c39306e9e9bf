"""Measures with several responsible units: one answers for the whole, the others are asked for their part."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from plan.status import Status
from scheduler import answers, open_questions
from scheduler.part_changes import parts_changed, unit_changed
from scheduler.planning import plan_ahead
from scheduler.setting_changes import settings_changed
from scheduler.unit_changes import unit_merged
from storage import directory, replies, unit_changes, units
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.requests import missing_parts_of_round, outcome_of_round
from storage.tables import Measure, MeasureUnit, Plan, StatusReply, StatusRequest, Unit
from tests.scheduler.desk import CALENDAR, HOURS, MAY, Desk, at
from tests.storage.rows import add_measure, add_person, add_plan, add_round, add_unit

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)


async def _town(desk: Desk, phrase: str | None = None, rule: dict[str, object] | None = MAY) -> Plan:
    """1.1 is followed up by Skole; NAV, Kultur, PPT, Politi (external) and Barnevern (nobody there) have a part.

    Whoever leads Skole leads Kultur too.
    """
    plan = await desk.plan(JANUARY, rule=rule)
    await desk.unit("Oppvekst")
    await desk.unit("Skole", "Oppvekst")
    for name in ("NAV", "Kultur", "PPT", "Barnevern"):
        await desk.unit(name, "Oppvekst")
    await desk.unit("Politi", external=True)
    await desk.join("Sjef", "Oppvekst")
    await desk.join("Rektor", "Skole", "Kultur")
    await desk.join("Nina", "NAV")
    await desk.join("Per", "PPT")
    await desk.join("Kontoret", is_office=True)
    await desk.join("Lensmann", "Politi")
    async with desk.database.write() as session:
        owner = await units.by_name(session, "Skole")
        measure = await add_measure(session, plan, "1.1", owner, phrase)
        for position, name in enumerate(("Skole", "NAV", "Kultur", "PPT", "Politi", "Barnevern")):
            unit = await units.by_name(session, name)
            assert unit is not None
            session.add(MeasureUnit(measure_id=id_of(measure), unit_id=id_of(unit), position=position))
        await plan_ahead(session, plan, JANUARY, CALENDAR)
    return plan


async def _asked(desk: Desk) -> dict[str, str | None]:
    """What became of each request: by the unit's name, with "del" where it is a part."""
    async with desk.database.read() as session:
        names = (await directory.read(session)).units
        rows = await session.exec(select(StatusRequest).order_by(StatusRequest.id))  # type: ignore[arg-type]
        return {f"{names[row.unit_id].name}{' del' if row.part else ''}": row.closed_because for row in rows}


async def _say_part(desk: Desk, unit: str, day: date, status: Status = Status.IN_PROGRESS) -> None:
    async with desk.database.write() as session:
        measure = (await session.exec(select(Measure))).one()
        found = await units.by_name(session, unit)
        assert found is not None
        author = id_of(next(iter(desk.people.values())))
        fields = {"measure_id": id_of(measure), "unit_id": id_of(found), "author_id": author, "at": at(day)}
        replies.add(session, status=status, comment=None, part=True, **fields)  # type: ignore[arg-type]
        await answers.take_part(session, id_of(measure), id_of(found), at(day))


async def test_a_round_asks_the_lead_and_each_other_unit_with_a_leader_of_its_own(desk: Desk) -> None:
    plan = await _town(desk)
    said = await desk.day(OPENS)
    assert set(said) == {"Rektor: opened 1.1", "Kontoret: nobody_joined 1.1", "Nina: opened 1.1", "Per: opened 1.1"}
    assert await _asked(desk) == {"Skole": None, "NAV del": None, "PPT del": None}
    sent = dict(await desk.deliver(at(OPENS)))
    assert [(each.part, each.lead) for each in sent["Nina"].questions] == [(True, "Skole")]
    assert [each.part for each in sent["Rektor"].questions] == [False]
    assert [(each.unit, each.refs) for each in sent["Kontoret"].unasked] == [("Barnevern", ("1.1",))]
    (row, *_) = await desk.rounds(plan)
    async with desk.database.read() as session:
        outcome = await outcome_of_round(session, id_of(row))
        assert (outcome.asked, outcome.answered) == (1, 0)
        assert await missing_parts_of_round(session, id_of(row)) == 2


async def test_a_part_closes_only_its_own_request_and_says_nothing_of_the_measure(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.day(OPENS)
    await _say_part(desk, "NAV", OPENS, Status.DONE)
    assert await _asked(desk) == {"Skole": None, "NAV del": "answered", "PPT del": None}
    async with desk.database.read() as session:
        assert await replies.closed_measures(session, id_of(plan)) == set()
        assert await replies.latest(session, [1]) == {}
    await desk.answer("1.1", Status.IN_PROGRESS, at(OPENS, 12))
    assert await _asked(desk) == {"Skole": "answered", "NAV del": "answered", "PPT del": None}
    await desk.answer("1.1", Status.DONE, at(OPENS, 13))
    assert (await _asked(desk))["PPT del"] == "measure_closed"


async def test_a_part_is_reminded_of_once_after_its_day_and_never_taken_up_a_level(desk: Desk) -> None:
    plan = await _town(desk, "30.6.2021", rule=None)
    days = await desk.days(JANUARY, date(2021, 12, 31))
    nina = [line for said in days.values() for line in said if line.startswith("Nina")]
    assert nina == ["Nina: lead 1.1", "Nina: lead 1.1", "Nina: due 1.1", "Nina: nag 1.1"]
    assert {row.request_id for row in await desk.escalations()} == {(await desk.requests("1.1"))[0].id}
    assert plan.id is not None


async def test_a_part_that_was_asked_for_before_the_day_is_not_asked_for_twice_on_it(desk: Desk) -> None:
    await _town(desk, "30.6.2021", rule=None)
    await desk.days(JANUARY, date(2021, 5, 3))
    await desk.answer("1.1", Status.IN_PROGRESS, at(date(2021, 5, 4)))
    await _say_part(desk, "PPT", date(2021, 5, 4))
    await desk.days(date(2021, 5, 5), date(2021, 6, 30))
    rows = [(row.unit_id, row.part, row.reason) for row in await desk.requests("1.1")]
    assert len(rows) == len(set(rows)) == 5  # both asked again but NAV, whose part is open still
    assert [row.reason for row in await desk.requests("1.1") if row.part] == ["lead", "lead", "due"]


async def test_a_part_that_was_told_of_after_the_day_is_not_asked_for_again_because_the_lead_is_another(
    desk: Desk,
) -> None:
    await _town(desk, "30.6.2021", rule=None)
    await desk.days(JANUARY, date(2021, 5, 3))
    await _say_part(desk, "NAV", date(2021, 5, 4))
    await _say_part(desk, "PPT", date(2021, 5, 4))
    await desk.days(date(2021, 5, 5), date(2021, 7, 1))
    await _say_part(desk, "NAV", date(2021, 7, 1))
    await desk.give_to("1.1", "Oppvekst", date(2021, 7, 2))
    async with desk.database.read() as session:
        names = {id_of(unit): unit.name for unit in await session.exec(select(Unit))}
    again = [
        names[row.unit_id] for row in await desk.requests("1.1") if row.part and row.opened_at > at(date(2021, 7, 1))
    ]
    assert "PPT" in again  # what it told of in May was before the day
    assert "NAV" not in again


async def test_a_unit_whose_part_is_asked_for_already_is_not_asked_again_whatever_it_was_asked_before(
    desk: Desk,
) -> None:
    await _town(desk, "30.6.2021", rule=None)
    await desk.days(JANUARY, date(2021, 5, 3))
    async with desk.database.write() as session:
        measure = (await session.exec(select(Measure))).one()
        nina = await units.by_name(session, "NAV")
        assert nina is not None
        whole, *_parts = await session.exec(select(StatusRequest).order_by(col(StatusRequest.id)))
        # Asked for the whole when the day came, while it was the owner; then another was.
        values = whole.model_dump(exclude={"id", "unit_id", "reason", "next_on"})
        closed = {"closed_at": at(date(2021, 7, 1)), "closed_because": "owner_changed"}
        session.add(StatusRequest(**values | closed, unit_id=id_of(nina), reason="due"))
        whole.reason = "due"
        await session.flush()
        await parts_changed(session, [measure], at(date(2021, 7, 2)), HOURS)
    rows = [(row.reason, row.part, row.closed_because) for row in await desk.requests("1.1") if row.unit_id == nina.id]
    assert rows == [("lead", True, None), ("due", False, "owner_changed")]


async def test_a_new_owner_is_asked_for_the_whole_and_the_old_one_for_its_part(desk: Desk) -> None:
    await _town(desk)
    await desk.day(OPENS)
    await desk.give_to("1.1", "NAV", OPENS)
    # Kultur is led by somebody else than whoever answers for the whole now.
    assert await _asked(desk) == {"Skole del": None, "NAV": None, "PPT del": None, "Kultur del": None}
    await desk.give_to("1.1", None, OPENS)
    assert set((await _asked(desk)).values()) == {"owner_changed"}
    await desk.give_to("1.1", "Skole", OPENS)
    assert await _asked(desk) == {"Skole": None, "NAV del": None, "PPT del": None, "Kultur del": "owner_changed"}


async def test_units_that_leave_a_measure_or_are_merged_or_archived_are_asked_no_more(desk: Desk) -> None:
    await _town(desk)
    await desk.day(OPENS)
    async with desk.database.write() as session:
        measure = (await session.exec(select(Measure))).one()
        ppt, nav = await units.by_name(session, "PPT"), await units.by_name(session, "NAV")
        assert ppt is not None
        assert nav is not None
        await unit_changes.merge(session, ppt, nav, actor=COMMAND_LINE, at=at(OPENS))
        await unit_merged(session, ppt, nav, at(OPENS), HOURS)
    assert await _asked(desk) == {"Skole": None, "NAV del": None, "PPT del": "owner_changed"}
    async with desk.database.write() as session:
        skole = await units.by_name(session, "Skole")
        assert skole is not None
        await unit_changes.merge(session, nav, skole, actor=COMMAND_LINE, at=at(OPENS))
        await unit_merged(session, nav, skole, at(OPENS), HOURS)
    assert await _asked(desk) == {"Skole": None, "NAV del": "owner_changed", "PPT del": "owner_changed"}
    assert measure.id is not None


async def test_a_plan_that_does_not_ask_for_parts_stops_at_once_and_goes_on_when_it_does_again(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.day(OPENS)
    for stored, expected in (({"ask_parts": False}, "owner_changed"), ({}, None)):
        async with desk.database.write() as session:
            found = await session.get_one(Plan, plan.id)
            found.settings = stored
            await settings_changed(session, found, at(OPENS), HOURS)
        assert await _asked(desk) == {"Skole": None, "NAV del": expected, "PPT del": expected}


async def test_somebody_who_joins_while_a_round_runs_is_asked_for_the_part_of_their_unit(desk: Desk) -> None:
    await _town(desk)
    await desk.day(OPENS)
    await desk.join("Berit", "Barnevern")
    async with desk.database.write() as session:
        barnevern = await units.by_name(session, "Barnevern")
        assert barnevern is not None
        for _ in range(2):
            await unit_changed(session, [id_of(barnevern)], at(OPENS), HOURS)
    assert (await _asked(desk))["Barnevern del"] is None
    assert {"Berit"} <= {name for name, found in await desk.deliver(at(OPENS)) if found.questions}


async def test_an_archived_measure_and_a_round_that_is_over_close_the_parts(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.days(OPENS, date(2021, 5, 31))
    assert set((await _asked(desk)).values()) == {"round_closed"}
    await desk.archive("1.1", date(2021, 6, 1))
    async with desk.database.write() as session:
        measure = (await session.exec(select(Measure))).one()
        await parts_changed(session, [measure], at(date(2021, 6, 1)), HOURS)
    assert set((await _asked(desk)).values()) == {"round_closed"}
    assert plan.id is not None


async def test_who_stands_in_for_the_lead_is_asked_for_the_whole_before_their_own_part(desk: Desk) -> None:
    await _town(desk)
    await desk.away("Rektor", OPENS, date(2021, 3, 26), "Nina", JANUARY)
    await desk.day(OPENS)
    async with desk.database.read() as session:
        nina = id_of(desk.people["Nina"])
        assert [each.part for each in await open_questions.questions_of(session, nina, OPENS)] == [False]
    await desk.answer("1.1", Status.IN_PROGRESS, at(OPENS, 12))
    async with desk.database.read() as session:
        assert [each.part for each in await open_questions.questions_of(session, nina, OPENS)] == [True]


async def test_a_unit_is_asked_once_in_a_round_for_the_whole_or_for_its_part(database: Database) -> None:
    async def ask(*, second: bool) -> None:
        async with database.write() as session:
            plan = await add_plan(session, f"plan-{len(seen)}")
            unit = await add_unit(session, f"Enhet {len(seen)}")
            measure, row = await add_measure(session, plan), await add_round(session, plan)
            seen.append(unit)
            for part in (False, second):
                request = StatusRequest(
                    measure_id=id_of(measure),
                    unit_id=id_of(unit),
                    round_id=row.id,
                    reason="round",
                    anchor_on=OPENS,
                    opened_at=at(OPENS),
                    part=part,
                )
                session.add(request)
                await session.flush()

    seen: list[object] = []
    for second in (False, True):
        with pytest.raises(IntegrityError):
            await ask(second=second)


async def test_answers_that_were_there_before_are_about_whole_measures(database: Database) -> None:
    async with database.write() as session:
        unit = await add_unit(session)
        person = await add_person(session, 1, unit)
        measure = await add_measure(session, await add_plan(session), owner=unit)
        session.add(
            StatusReply(
                measure_id=id_of(measure), unit_id=id_of(unit), author_id=id_of(person), status="done", at=at(OPENS)
            )
        )
    async with database.read() as session:
        assert set(await replies.latest(session, [id_of(measure)])) == {id_of(measure)}
