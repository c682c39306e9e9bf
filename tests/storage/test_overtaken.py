"""A deadline that the office has approved stands when the plan is read again and still says what it said before."""

from datetime import timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan import documents
from plan.changes import FieldChange
from plan.deadline import Period, parse
from plan.draft import Draft
from plan.review import Review
from plan.status import Status
from storage import measures, plan_imports, plans, proposals, replies
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.tables import Measure, Person, Plan
from tests.storage.rows import AT, add_person
from tests.town import VEFSN

DRAFT = documents.read("vefsn.yaml", VEFSN.read_bytes())
PERIOD = Period.of_years(2020, 2024)
REF = "1.6"


def saying(phrase: str) -> Draft:
    """The plan with another deadline of the measure."""
    deadline = parse(phrase, period=PERIOD)
    return DRAFT.model_copy(
        update={
            "measures": tuple(
                each.model_copy(update={"deadline": deadline}) if each.ref == REF else each for each in DRAFT.measures
            )
        }
    )


async def _stored(session: AsyncSession) -> tuple[Plan, Measure, Person]:
    plan = await plans.store(session, DRAFT, municipality="Vefsn", actor=COMMAND_LINE, at=AT)
    measure = (await session.exec(select(Measure).where(Measure.ref == REF))).one()
    return plan, measure, await add_person(session, 1, is_office=True)


async def _approve(session: AsyncSession, measure: Measure, person: Person, phrase: str, days: int) -> None:
    at = AT + timedelta(days=days)
    assert measure.owner_id is not None
    reply = replies.add(
        session,
        measure_id=id_of(measure),
        unit_id=measure.owner_id,
        author_id=id_of(person),
        status=Status.DELAYED,
        comment="Venter",
        at=at,
    )
    await session.flush()
    deadline = parse(phrase, period=PERIOD)
    proposal = await proposals.add(session, reply, deadline, at)
    assert await proposals.approve(session, proposal, measure, by=id_of(person), at=at)
    values = {"deadline_text": deadline.text, "deadline": deadline.to_json(), "due_on": deadline.due}
    await measures.change(session, measure, values, actor=COMMAND_LINE, at=at)


async def _changes(session: AsyncSession, plan: Plan, draft: Draft) -> list[FieldChange]:
    found = await plan_imports.changes_of(session, Review(draft, ()), plan)
    return [change for pair in found.measures.changed for change in pair.fields]


async def test_the_approved_deadline_stands_against_the_words_it_took_the_place_of(database: Database) -> None:
    async with database.write() as session:
        plan, measure, person = await _stored(session)
        await _approve(session, measure, person, "våren 2023", 1)
        await _approve(session, measure, person, "høsten 2023", 2)
        assert await _changes(session, plan, DRAFT) == []
        for phrase, due in (("våren 2023", "2023-05-31"), ("2024", "2024-12-31")):
            (change,) = await _changes(session, plan, saying(phrase))
            assert (change.name, change.before.text, str(change.after.due)) == ("deadline", "høsten 2023", due)


async def test_what_an_import_or_an_admin_has_set_since_is_no_longer_the_approved_one(database: Database) -> None:
    async with database.write() as session:
        plan, measure, person = await _stored(session)
        await _approve(session, measure, person, "våren 2023", 1)
        later = AT + timedelta(days=2)
        await plan_imports.keep_answers(session, plan, Review(DRAFT, ()), "samme.yaml", later)
        assert await _changes(session, plan, DRAFT) == []
        await plan_imports.keep_answers(session, plan, Review(saying("våren 2023"), ()), "ny.yaml", later)
        assert [change.name for change in await _changes(session, plan, DRAFT)] == ["deadline"]
    async with database.write() as session:
        measure = await session.get_one(Measure, measure.id)
        deadline = parse("2022", period=PERIOD)
        values = {"deadline_text": deadline.text, "deadline": deadline.to_json(), "due_on": deadline.due}
        await measures.change(session, measure, values, actor=COMMAND_LINE, at=AT)
        assert [change.name for change in await _changes(session, plan, DRAFT)] == ["deadline"]
