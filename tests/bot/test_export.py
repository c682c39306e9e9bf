"""An admin fetches a plan as a workbook in the chat, and sends it back changed or not."""

import asyncio
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from bot import postman
from emulator import Person
from emulator.world import Call
from plan.documents.own_workbook import SHEETS
from report import approval
from storage.database import Database
from storage.people import Role
from tests.bot.acting import cast, labels, press, say, values
from tests.bot.test_plan_import import admin_of, send, workbook
from tests.town import town


def file_of(person: Person) -> tuple[str, bytes]:
    """The name and content of the last file a person got."""
    assert person.last.document is not None
    return str(person.last.file_name), person.last.document


async def test_what_is_exported_in_the_chat_is_sent_back_without_a_difference_and_changed_with_one(
    database: Database,
) -> None:
    async with cast(database) as people:
        place, admin = people.town, people.admin
        await say(place, admin, "/eksport")
        name, content = file_of(admin)
        assert name == "rusmiddelpolitisk-handlingsplan-2020-2024.xlsx"
        await send(place, admin, content, name)
        await press(place, admin, "Se hva som blir lagret")
        assert "dokumentet endrer ingenting" in admin.last.text
        await press(place, admin, labels(admin.last)[0])
        book = openpyxl.load_workbook(BytesIO(content))
        column = [key.attribute for key in SHEETS["measures"]].index("title") + 1
        book["Tiltak"].cell(row=3, column=column).value = "Videreføring av planen fra 2016"
        changed = BytesIO()
        book.save(changed)
        await send(place, admin, changed.getvalue(), name)
        await press(place, admin, "Se hva som blir lagret")
        await press(place, admin, "Importer")
        rows = await values(database, "SELECT title FROM measure WHERE ref = '0.1'")
        assert rows == [("Videreføring av planen fra 2016",)]


async def test_one_of_several_plans_is_chosen_and_a_template_is_an_empty_workbook(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        seen = await say(place, admin, "/eksport")
        assert seen.text.startswith("Det er ingen plan å hente ut ennå.")
        await press(place, admin, "Tom mal i Excel")
        name, content = file_of(admin)
        assert name == "mal for handlingsplan.xlsx"
        assert "Tiltak" in openpyxl.load_workbook(BytesIO(content)).sheetnames
        seen = await send(place, admin, content, name)
        assert "Filen har ingen tiltak." in seen.text
        await place.import_plan()
        await send(place, admin, workbook())
        await press(place, admin, "Importer som det står")
        await press(place, admin, "Importer")
        seen = await say(place, admin, "/eksport")
        assert labels(seen) == ["Rusmiddelpolitisk handlingsplan", "Handlingsplan mot rus", "Tom mal i Excel"]
        await press(place, admin, "Handlingsplan mot rus")
        assert file_of(admin)[0] == "handlingsplan-mot-rus-2021-2024.xlsx"
        assert "Jeg finner ingen plan" in (await say(place, admin, "/eksport noe")).text


async def test_a_workbook_that_cannot_be_made_is_said_to_be_so(sqlite: Database) -> None:
    async with town(sqlite) as place:
        await place.import_plan()
        admin = await place.join(Role.ADMIN, "Testperson Admin")
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE measure SET description = ? WHERE ref = '0.1'", ("x" * 40_000,))
        assert (await say(place, admin, "/eksport")).text.startswith("Regnearket kunne ikke lages.")


async def test_slow_work_shows_in_the_chat(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        server = place.town.server
        await say(place.town, place.admin, "/eksport mal")
        done = len(server.calls)
        assert "upload_document" in _shown(server.calls)
        await place.admin.send_document("notat.txt", b"Ingen plan")
        await place.town.settle()
        assert "typing" in _shown(server.calls[done:])


def _shown(calls: Sequence[Call]) -> list[str]:
    """What the chat showed to be under way; on a slow machine also that an answer is being made."""
    return [call.params["action"] for call in calls if call.method.lower() == "sendchataction"]


SLOW_WORK = [
    ("/eksport", None, "sendDocument"),
    ("/rapport 2021", None, "sendDocument"),
    ("/oversikt", None, "sendPhoto"),
    ("/arshjul", "Hent som kalenderfil", "sendDocument"),
    ("/okonomiplan", "Hent som Word", "sendDocument"),
]


async def test_what_takes_time_shows_before_the_file_comes(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        server = place.town.server
        await say(place.town, place.admin, "/folk rolle Testperson Kontor til admin")
        await press(place.town, place.admin, "Ja, gjør det")
        for words, button, sent in SLOW_WORK:
            done = len(server.calls)
            await say(place.town, place.office, words)
            if button:
                done = len(server.calls)
                await press(place.town, place.office, button)
            called = [call.method.lower() for call in server.calls[done:]]
            assert sent.lower() in called, words
            assert "sendchataction" in called[: called.index(sent.lower())], words


async def test_a_handler_that_takes_time_shows_it_again_and_again_until_it_answers(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    current, show = approval.current, postman.Postman._show_busy
    several = asyncio.Event()

    async def slow(*arguments: Any) -> Any:
        await several.wait()
        return await current(*arguments)

    async def watched(*arguments: Any) -> None:
        await show(*arguments)
        if [call.method.lower() for call in server.calls[done:]].count("sendchataction") >= 3:
            several.set()

    monkeypatch.setattr(postman.Postman, "_show_busy", watched)
    monkeypatch.setattr(postman, "SLOW_SECONDS", 0)
    monkeypatch.setattr(postman, "SHOWN_SECONDS", 0.001)
    monkeypatch.setattr(approval, "current", slow)
    async with cast(sqlite) as place:
        server = place.town.server
        done = len(server.calls)
        await say(place.town, place.office, "/rapport 2021 json")
        called = [call.method.lower() for call in server.calls[done:] if call.method.lower().startswith("send")]
        assert called[:3] == ["sendchataction"] * 3
        assert next(call.params["action"] for call in server.calls[done:] if "action" in call.params) == "typing"
        assert called[-1] == "senddocument"
