"""Documents under review: what is kept comes back the same, and a person has one open at a time."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from plan import documents
from plan.decision import Choice, Decision
from plan.draft import Draft
from plan.questions import questions
from plan.review import Review
from storage import audit, plan_imports, plans
from storage.database import Database
from storage.ids import id_of
from storage.tables import Person, PlanImport
from tests.storage.rows import AT, add_person
from tests.town import VEFSN

DRAFT = documents.read("vefsn.yaml", VEFSN.read_bytes())


async def begun(session: AsyncSession, person: Person, inbox_id: int = 1, draft: Draft = DRAFT) -> PlanImport | None:
    return await plan_imports.begin(
        session,
        person_id=id_of(person),
        inbox_id=inbox_id,
        file_name="vefsn.yaml",
        review=Review(draft, questions(draft)),
        at=AT,
    )


async def test_a_review_comes_back_as_it_was_kept(database: Database) -> None:
    async with database.write() as session:
        person = await add_person(session, 1)
        row = await begun(session, person)
        assert row is not None
        await plan_imports.decide(session, row, {0: Decision(choice=Choice.SAME, value="NAV")})
        await plan_imports.decide(session, row, {1: Decision(choice=Choice.NEW)})
    async with database.read() as session:
        kept = await plan_imports.open_of(session, id_of(person))
        assert kept is not None
        again = await plan_imports.review_of(session, kept)
    assert again.draft == DRAFT
    assert again.questions == questions(DRAFT)
    assert again.decisions == {0: Decision(choice=Choice.SAME, value="NAV"), 1: Decision(choice=Choice.NEW)}


async def test_a_person_has_one_open_review_and_an_update_makes_one(database: Database) -> None:
    async with database.write() as session:
        person, other = await add_person(session, 1), await add_person(session, 2)
        first = await begun(session, person, inbox_id=1)
        assert first is not None
        assert await begun(session, person, inbox_id=2) is None
        assert await begun(session, other, inbox_id=1) is None
        assert await begun(session, other, inbox_id=2) is not None
        await plan_imports.end(session, first, plan_imports.DROPPED, AT)
        assert await begun(session, person, inbox_id=1) is None
        assert await begun(session, person, inbox_id=3) is not None


@pytest.mark.parametrize("values", [{"state": "lost"}, {"state": "imported"}, {"ended_at": AT}])
async def test_a_review_is_open_or_has_ended_and_nothing_else(database: Database, values: dict[str, Any]) -> None:
    async with database.write() as session:
        person = await add_person(session, 1)
        fields: dict[str, Any] = {
            "person_id": id_of(person),
            "inbox_id": 1,
            "file_name": "x",
            "draft": {},
            "begun_at": AT,
        }
        session.add(PlanImport(**fields | values))
        with pytest.raises(IntegrityError):
            await session.flush()
        await session.rollback()


async def test_a_measure_nobody_is_asked_about_loses_its_unit_with_an_entry_in_the_log(database: Database) -> None:
    async with database.write() as session:
        person = await add_person(session, 1)
        plan = await plans.store(session, DRAFT, municipality="Vefsn", actor=audit.COMMAND_LINE, at=AT)
        owned = next(measure.ref for measure in DRAFT.measures if DRAFT.owner_of(measure))
        actor = audit.Actor.person(id_of(person))
        await plan_imports.leave_unasked(session, plan, [owned], actor=actor, at=AT)
        connection = await session.connection()
        left = await connection.exec_driver_sql("SELECT ref FROM measure WHERE owner_id IS NULL")
        logged = await connection.exec_driver_sql("SELECT person_id FROM audit_log WHERE action = 'changed'")
        assert owned in [ref for (ref,) in left]
        assert [row[0] for row in logged] == [person.id]
