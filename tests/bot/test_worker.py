"""Durable intake and answers: an update is handled once, its answers are given in order, and nothing is lost."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from telegram import Update

from bot.access import Command
from bot.answers import Answer
from bot.commands import help_page
from bot.menu import set_menus
from bot.pace import Pace
from bot.turn import Turn
from storage.database import Database
from tests.bot.acting import Cast, cast, count, everything, press, say, values
from tests.town import Town
from tiltaksvakt.service import Service

SECRET = "hemmelige" + " ord"


def another(place: Town) -> Service:
    """A service that knows nothing but the database, as after a restart."""
    first = place.service
    return Service(first.application, place.database, place.clock, first.house, Pace(None))


async def later(place: Town, seconds: float = 3) -> None:
    """Let time pass, so that what waits may be tried again."""
    place.clock.at += timedelta(seconds=seconds)
    await place.settle()


def heard(person: object) -> list[str]:
    return [message.text for message in person.messages if message.from_bot]  # type: ignore[attr-defined]


async def test_an_update_that_is_delivered_twice_stores_nothing_twice(database: Database) -> None:
    async with cast(database) as place:
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await say(place.town, place.nav, "Kurset er holdt")
        await place.nav.press("Lagre", timeout=0)
        town = place.town
        for _ in range(3):
            town.service = another(town)
            updates = await town.service.application.bot.get_updates(timeout=0)
            await town.service.intake.take([update.to_dict() for update in updates])
            await town.service.handle()
        await town.settle()
        assert await count(database, "status_reply") == 1
        assert sum(text.startswith("✅") for text in heard(place.nav)) == 1


@asynccontextmanager
async def broken_command(place: Cast, times: int, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[int]]:
    """/hjelp raises so many times, after it has written something."""
    tries: list[int] = []
    real = help_page.show

    async def help_(turn: Turn, words: str) -> None:
        tries.append(1)
        assert turn.person is not None
        if len(tries) <= times:
            turn.person.name = "Det skal ikke stå igjen"
            raise RuntimeError(SECRET)
        await real(turn, words)

    broken = Command("hjelp", frozenset(), help_)
    handlers = place.town.service.application.handlers[0]
    found = next(each for each in handlers if "hjelp" in getattr(each, "commands", ()))
    monkeypatch.setattr(found, "callback", _callback(broken))
    yield tries


def _callback(command: Command) -> object:
    from bot.application import _guarded
    from bot.conversation import stranger

    return _guarded(command, stranger)


async def test_what_a_handler_raises_leaves_the_update_undone_and_it_is_tried_again(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with cast(sqlite) as place, broken_command(place, 2, monkeypatch) as tries:
        await place.nav.send("/hjelp")
        await place.nav.send("/mine")
        with caplog.at_level(logging.ERROR):
            await place.town.settle()
        assert (len(tries), await count(sqlite, "inbox", "state = 'new'")) == (1, 2)
        assert SECRET not in caplog.text  # a message may hold what somebody wrote
        await later(place.town)
        await later(place.town, 5)
        assert len(tries) == 3
        # in the order they were written, although the first took three tries
        assert [text.split("\n")[0] for text in heard(place.nav)[-2:]] == ["Dette kan du gjøre", "Tiltakene dine"]
        assert "Det skal ikke stå igjen" not in await everything(sqlite)


async def test_after_three_tries_an_update_is_set_aside_an_admin_is_told_and_the_others_go_on(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cast(sqlite) as place, broken_command(place, 99, monkeypatch) as tries:
        await place.nav.send("/hjelp")
        await place.nav.send("/mine")
        await place.slt.send("/mine")
        for seconds in (0, 3, 5, 7):
            await later(place.town, seconds)
        assert len(tries) == 3
        assert await count(sqlite, "inbox", "state = 'set_aside'") == 1
        assert place.admin.last.text.startswith("Jeg klarte ikke å behandle en melding i chatten etter tre forsøk")
        assert place.nav.last.text.startswith("Tiltakene dine")
        assert place.slt.last.text.startswith("Tiltakene dine")


async def test_a_kill_between_the_commit_and_the_answer_loses_nothing(database: Database) -> None:
    async with cast(database) as place:
        town = place.town
        await say(town, place.nav, "/status 1.6")
        await press(town, place.nav, "🔵 I gang")
        await say(town, place.nav, "Kurset er holdt")
        stuck = asyncio.Event()

        async def never(_chat_id: int, _answer: Answer) -> None:
            stuck.set()
            await asyncio.Event().wait()

        town.service.worker.postman.answer = never  # type: ignore[method-assign,assignment]
        await place.nav.press("Lagre", timeout=0)
        running = asyncio.create_task(town.settle())
        await stuck.wait()
        running.cancel()
        for task in town.service.worker._answering.values():
            task.cancel()
        await asyncio.gather(running, *town.service.worker._answering.values(), return_exceptions=True)
        assert await count(database, "status_reply") == 1
        town.service = another(town)
        await town.settle()
        assert not any(text.startswith("✅") for text in heard(place.nav))  # the first may still be alive
        await later(town, 31)
        assert sum(text.startswith("✅") for text in heard(place.nav)) == 1
        assert await count(database, "status_reply") == 1
        assert await count(database, "inbox", "state <> 'done'") == 0


@pytest.mark.parametrize(
    "kind",
    [
        "too_many_requests",
        "server_error",
        "bad_gateway",
        "reset_before",
        "reset_after",
        "timeout_before",
        "timeout_after",
        "conflict",
    ],
)
async def test_no_answer_is_lost_whatever_goes_wrong_and_at_most_one_comes_twice(sqlite: Database, kind: str) -> None:
    async with cast(sqlite) as place:
        town = place.town
        server = town.server
        hold = {"hold_seconds": 0.05}
        server.faults.order(kind, method="sendMessage", chat=place.nav.id, times=2, **hold)  # type: ignore[arg-type]
        await place.nav.send("/mine")
        await place.nav.send("/hjelp")
        await place.slt.send("/mine")
        await town.settle()
        assert place.slt.last.text.startswith("Tiltakene dine")  # the others go on
        for seconds in (3, 5, 9):
            await later(town, seconds)
        mine = [text for text in heard(place.nav) if text.startswith("Tiltakene dine")]
        helped = [text for text in heard(place.nav) if text.startswith("Dette kan du gjøre")]
        most = 3 if kind.endswith("_after") else 1
        assert 1 <= len(mine) <= most
        assert len(helped) == 1
        assert heard(place.nav)[-1] == helped[0]
        assert await count(sqlite, "inbox", "state <> 'done'") == 0


async def test_every_kind_of_answer_survives_a_bad_minute(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town = place.town
        for method in ("answerCallbackQuery", "editMessageText", "sendChatAction", "sendDocument", "setMyCommands"):
            for kind in ("server_error", "reset_before", "reset_after"):
                town.server.faults.order(kind, method=method)
        await say(town, place.nav, "/status 1.6")
        question = place.nav.last
        pressing = asyncio.create_task(place.nav.press("🔵 I gang"))
        await asyncio.sleep(0)
        for seconds in (0, 3, 5, 9, 17, 33):
            await later(town, seconds)
        await pressing
        assert "Hva er gjort" in question.text
        await place.office.send("/rapport 2021")
        for seconds in (0, 3, 5, 9, 17, 33, 61, 61):
            await later(town, seconds)
        names = [message.file_name for message in place.office.messages if message.file_name]
        assert len(set(names)) == 3
        assert len(names) <= 4
        assert await count(sqlite, "inbox", "state <> 'done'") == 0


async def test_a_method_the_server_does_not_have_holds_up_no_answer(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town = place.town
        town.server.faults.order(
            "server_error", method="setMyCommands", times=None, status=404, description="Not Found: method not found"
        )
        await say(town, place.nav, "/spraak")
        await press(town, place.nav, "Nynorsk")
        await say(town, place.nav, "/hjelp")
        assert place.nav.last.text.startswith("Dette kan du gjere")
        assert await count(sqlite, "inbox", "state <> 'done'") == 0
        await set_menus(town.service.application.bot, sqlite, "nb", date(2021, 1, 4))


async def test_what_cannot_be_sent_does_not_hold_back_the_rest_and_a_blocked_chat_is_noted(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town = place.town
        town.server.faults.order("bad_request", method="sendMessage", description="Bad Request: can't parse entities")
        await place.nav.send("/mine")
        await place.nav.send("/hjelp")
        await town.settle()
        assert place.nav.last.text.startswith("Dette kan du gjøre")
        town.server.faults.order("forbidden", method="sendMessage", chat=place.nav.id)
        await place.nav.send("/mine")
        await town.settle()
        assert await count(sqlite, "person", "blocked_at IS NOT NULL") == 1
        await say(town, place.nav, "/mine")
        assert await count(sqlite, "person", "blocked_at IS NOT NULL") == 0


async def test_numbers_of_updates_that_start_afresh_are_no_old_ones(database: Database) -> None:
    async with cast(database) as place:
        await say(place.town, place.nav, "/mine")
        place.town.clock.at += timedelta(days=9)
        await place.town.settle()
        before = len(heard(place.nav))
        place.town.server.restart_update_ids(1)
        await say(place.town, place.nav, "/mine")
        await say(place.town, place.nav, "/hjelp")
        new = [text for text in heard(place.nav)[before:] if not text.startswith("Hei")]
        assert [text.split("\n")[0] for text in new] == ["Tiltakene dine", "Dette kan du gjøre"]


async def test_two_services_on_one_token_handle_each_update_once(database: Database) -> None:
    async with cast(database) as place:
        town = place.town
        other = another(town)
        for words in ("/mine", "/hjelp", "/status 1.6"):
            await place.nav.send(words)
            await asyncio.gather(town.service.take_in(0), other.take_in(0), return_exceptions=True)
            await asyncio.gather(town.service.handle(), other.handle())
        await later(town)
        firsts = [text.split("\n")[0] for text in heard(place.nav)[1:]]
        assert firsts == ["Tiltakene dine", "Dette kan du gjøre", heard(place.nav)[-1].split("\n")[0]]
        assert await count(database, "inbox", "state <> 'done'") == 0


async def test_an_update_without_a_chat_is_done_with_at_once(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        press_elsewhere = {
            "update_id": 900_000,
            "callback_query": {
                "id": "1",
                "from": {"id": 1, "is_bot": False, "first_name": "Testperson"},
                "chat_instance": "1",
                "inline_message_id": "x",
                "data": "nx:0:0",
            },
        }
        assert Update.de_json(press_elsewhere, None) is not None
        await place.town.service.intake.take([press_elsewhere])
        await place.town.settle()
        assert await values(sqlite, "SELECT state FROM inbox WHERE update_id = 900000") == [("done",)]


async def test_the_bot_says_nothing_in_a_group(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        group = {"id": -100, "type": "group", "title": "Gruppe"}
        user = {"id": place.nav.id, "is_bot": False, "first_name": "Testperson"}
        base = {"message_id": 1, "date": 1, "chat": group, "from": user}
        command = [{"type": "bot_command", "offset": 0, "length": 5}]
        member = {"user": {"id": 123456, "is_bot": True, "first_name": "Bot"}, "status": "member"}
        left = member | {"status": "left"}
        change = {"chat": group, "from": user, "date": 1, "old_chat_member": left, "new_chat_member": member}
        await place.town.service.intake.take(
            [
                {"update_id": 900_001, "my_chat_member": change},
                {"update_id": 900_002, "message": base | {"text": "/mine", "entities": command}},
                {"update_id": 900_003, "message": base | {"text": "01810012311"}},
                {"update_id": 900_004, "message": base | {"new_chat_members": [user]}},
                {"update_id": 900_005, "edited_message": base | {"text": "ord", "edit_date": 2}},
            ]
        )
        before = len(place.town.server.calls)
        await place.town.settle()
        methods = {call.method.lower() for call in list(place.town.server.calls)[before:]}
        assert methods <= {"getupdates"}
        assert await count(sqlite, "inbox", "state <> 'done'") == 0


async def test_a_kill_between_two_answers_repeats_no_more_than_the_one_in_flight(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town = place.town
        real = town.service.worker.postman.answer
        stuck = asyncio.Event()

        async def dies_at_the_pdf(chat_id: int, answer: Answer) -> None:
            await real(chat_id, answer)
            if answer.format == "pdf":
                stuck.set()
                await asyncio.Event().wait()

        town.service.worker.postman.answer = dies_at_the_pdf  # type: ignore[method-assign]
        await place.office.send("/rapport 2021")
        running = asyncio.create_task(town.settle())
        await stuck.wait()
        running.cancel()
        answering = list(town.service.worker._answering.values())
        for task in answering:
            task.cancel()
        await asyncio.gather(running, *answering, return_exceptions=True)
        town.service = another(town)
        await later(town, 31)
        names = [message.file_name for message in place.office.messages if message.file_name]
        assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf", "pdf", "html"]
        assert sum(text.startswith("Statusrapport 2021") for text in heard(place.office)) == 1
