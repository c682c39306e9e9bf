"""Being erased: every column that names a person or holds words has a decision, and what it says is done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, Column, LargeBinary, String, Text
from sqlmodel import SQLModel, select
from sqlmodel.sql.sqltypes import AutoString

from storage import privacy
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.personal_data import FATES, Fate
from storage.tables import Absence, OutboxRow, Person, PlanImport
from templates.sentences import Sentences
from tests.storage.rows import AT, add_person, add_plan

HOLD_WORDS = (AutoString, JSON, LargeBinary, String, Text)


def _columns() -> Iterator[Column[Any]]:
    for table in SQLModel.metadata.sorted_tables:
        yield from table.columns


def _names_somebody(column: Column[Any]) -> bool:
    return any(key.target_fullname == "person.id" for key in column.foreign_keys)


def test_every_column_that_names_a_person_or_can_hold_words_has_a_decision() -> None:
    wanted = {
        f"{column.table.name}.{column.name}"
        for column in _columns()
        if _names_somebody(column) or isinstance(column.type, HOLD_WORDS)
    }
    assert wanted == set(FATES)


def test_only_what_may_be_empty_is_emptied_and_a_number_is_never_called_words() -> None:
    for column in filter(_names_somebody, _columns()):
        fate = privacy.fate_of(column)
        assert fate in {Fate.ROW_GOES, Fate.EMPTIED, Fate.NUMBER_STAYS}, column
        assert column.nullable or fate is not Fate.EMPTIED, column


def test_every_table_with_people_has_its_own_words_for_what_is_stored() -> None:
    known = Sentences("words", html=False).names()
    for table, _names in privacy.tables_of_people():
        assert f"stored.{table.name}" in known


async def test_absences_of_others_lose_their_deputy_and_an_imported_document_stays_with_the_plan(
    database: Database,
) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        person, other = await add_person(session, 1), await add_person(session, 2)
        for number, (of, deputy) in enumerate(((person, other), (other, person))):
            first = date(2021, 3, 1) + timedelta(days=number)
            session.add(
                Absence(
                    person_id=id_of(of),
                    first_on=first,
                    last_on=first,
                    deputy_id=deputy.id,
                    created_by_id=id_of(person),
                    created_at=AT,
                )
            )
        for state, plan_id in (("open", None), ("dropped", None), ("imported", plan.id)):
            ended = None if state == "open" else AT
            session.add(
                PlanImport(
                    person_id=person.id,
                    plan_id=plan_id,
                    file_name="plan.docx",
                    draft={},
                    questions=[],
                    state=state,
                    begun_at=AT,
                    ended_at=ended,
                )
            )
        await session.flush()
        await privacy.erase(session, person, actor=COMMAND_LINE, at=AT)
    async with database.read() as session:
        absences = list(await session.exec(select(Absence)))
        assert [(row.person_id, row.deputy_id) for row in absences] == [(other.id, None)]
        documents = list(await session.exec(select(PlanImport)))
        assert [(row.state, row.plan_id, row.person_id) for row in documents] == [("imported", plan.id, None)]


@pytest.mark.parametrize("name", ["Testperson 1", 'Testperson "Ole" Ås', "Testperson (vikar)", "Testperson 100 %_"])
async def test_what_others_are_still_to_be_told_goes_out_without_the_name_and_what_was_said_is_emptied(
    database: Database, name: str
) -> None:
    async with database.write() as session:
        person, other = await add_person(session, 1), await add_person(session, 2)
        person.name = name
        data = {"rows": [{"text": f"Spør {name}.", "who": name, "longer": f"{name}sen"}], "count": 1}
        common: dict[str, Any] = {"person_id": id_of(other), "data": data, "written_at": AT, "not_before": AT}
        session.add(OutboxRow(day=date(2021, 3, 1), kind="waits", **common))
        session.add(OutboxRow(day=date(2021, 3, 1), kind="said", state="sent", sent_at=AT, **common))
        await session.flush()
        await privacy.erase(session, person, actor=COMMAND_LINE, at=AT)
    async with database.read() as session:
        rows = {row.kind: row.data for row in await session.exec(select(OutboxRow))}
    assert rows["said"] == {}
    said = rows["waits"]["rows"][0]
    assert (said["text"], said["who"], rows["waits"]["count"]) == ("Spør –.", "–", 1)


async def test_the_messages_of_years_that_do_not_name_the_person_are_not_read(database: Database) -> None:
    async with database.write() as session:
        person, other = await add_person(session, 1), await add_person(session, 2)
        for day in range(1, 29):
            row = OutboxRow(person_id=id_of(other), day=date(2021, 2, day), kind="daily", written_at=AT, not_before=AT)
            session.add(row)
    async with database.write() as session:
        await privacy.erase(session, await session.get_one(Person, person.id), actor=COMMAND_LINE, at=AT)
        assert not any(isinstance(row, OutboxRow) for row in session.identity_map.values())
