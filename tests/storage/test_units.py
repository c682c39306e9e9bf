"""Units: one by its name however it is written, and superiors that never go round in a circle."""

import pytest

from storage import units
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.tables import Unit
from tests.storage.rows import AT


async def _set(database: Database, name: str, superior: str | None = None, external: bool | None = None) -> Unit:
    async with database.write() as session:
        return await units.set_unit(session, name, superior=superior, external=external, actor=COMMAND_LINE, at=AT)


async def _refusal(database: Database, name: str, superior: str | None = None) -> units.UnitRefused:
    with pytest.raises(units.UnitRefused) as refused:
        await _set(database, name, superior)
    return refused.value


async def test_case_and_spaces_do_not_make_another_unit(database: Database) -> None:
    first = await _set(database, "NAV  Vefsn")
    again = await _set(database, " nav vefsn ")
    assert (first.id, first.name) == (again.id, "NAV Vefsn")
    async with database.read() as session:
        assert [unit.name for unit in await units.everyone(session)] == ["NAV Vefsn"]


async def test_what_is_not_said_stays_as_it_was(database: Database) -> None:
    await _set(database, "Rådmannen")
    await _set(database, "Politiet", superior="rådmannen", external=True)
    unit = await _set(database, "Politiet")
    assert unit.external
    assert unit.superior_id is not None


async def test_a_unit_without_a_name_is_refused(database: Database) -> None:
    assert (await _refusal(database, "  ")).code == "without_name"


async def test_an_unknown_superior_is_refused_and_nothing_is_made(database: Database) -> None:
    refusal = await _refusal(database, "NAV", "Rådmannen")
    assert (refusal.code, refusal.data) == ("unknown_superior", {"name": "Rådmannen"})
    async with database.read() as session:
        assert await units.everyone(session) == []


async def test_a_unit_is_not_its_own_superior(database: Database) -> None:
    await _set(database, "NAV")
    assert (await _refusal(database, "NAV", "nav")).code == "circle"


async def test_a_circle_of_superiors_is_refused_and_nothing_is_changed(database: Database) -> None:
    await _set(database, "A")
    await _set(database, "B", superior="A")
    await _set(database, "C", superior="B")
    refusal = await _refusal(database, "A", "C")
    assert (refusal.code, refusal.data) == ("circle", {"name": "A", "superior": "C"})
    async with database.read() as session:
        above = {unit.name: unit.superior_id for unit in await units.everyone(session)}
    assert above["A"] is None


async def test_a_circle_that_is_there_already_holds_nobody_up(database: Database) -> None:
    await _set(database, "A")
    await _set(database, "B", superior="A")
    async with database.write() as session:
        first, second = await units.by_name(session, "A"), await units.by_name(session, "B")
        assert first is not None
        assert second is not None
        first.superior_id = second.id
    assert (await _set(database, "C", superior="A")).superior_id == first.id
    assert (await _refusal(database, "A", "B")).code == "circle"
