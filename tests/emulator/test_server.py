"""The server as such: tokens, bodies, the people, starting and stopping, the control interface."""

import asyncio
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
)
from telegram.error import BadRequest, InvalidToken

from emulator import BotApiServer, NotSeenError, Person
from emulator.answers import ApiError
from emulator.methods import METHODS
from emulator.parameters import read_parameters
from tests.emulator.conftest import drain, raw


async def test_the_bot_is_who_it_was_started_as(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (123456, "tiltaksvakt_bot", True)


async def test_another_token_is_refused(server: BotApiServer) -> None:
    for token in ("123456:WRONG", "no-token"):
        with pytest.raises(InvalidToken):
            async with Bot(token, base_url=f"{server.url}/bot"):
                pass
    assert [call.answer_code for call in server.calls] == [401, 404]


async def test_an_unknown_method_or_path_is_not_found(server: BotApiServer) -> None:
    assert await raw(server, "sendEverything", {}) == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )
    async with httpx.AsyncClient(base_url=server.url) as client:
        assert (await client.get("/")).status_code == 404
        assert (await client.put(f"/bot{server.token}/getMe")).status_code == 405
        assert (await client.get(f"/file/bot{server.token}/documents/none")).status_code == 404
        assert (await client.get("/file/bot1:A/documents/none")).status_code == 401


@pytest.mark.parametrize(
    "request_of",
    [
        {"json": {"chat_id": 1001, "text": "å", "disable_notification": True}},
        {"data": {"chat_id": "1001", "text": "å", "disable_notification": "true"}},
        {"files": {"chat_id": (None, "1001"), "text": (None, "å"), "disable_notification": (None, "True")}},
        {"params": {"chat_id": "1001", "text": "å", "disable_notification": "1"}},
    ],
)
async def test_parameters_may_come_in_four_ways_and_the_name_in_any_case(
    server: BotApiServer, person: Person, request_of: dict[str, Any]
) -> None:
    status, body = await raw(server, "SENDmessage", {}, **request_of)
    assert status == 200
    assert body["ok"] is True
    assert person.last.text == "å"
    assert person.last.silent


@pytest.mark.parametrize(
    ("request_of", "description"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, "Bad Request: can't parse JSON object"),
        (
            {"content": b"chat_id=1001&text=%ff", "headers": {"content-type": "application/x-www-form-urlencoded"}},
            "Bad Request: strings must be encoded in UTF-8",
        ),
        (
            {"content": b"[]", "headers": {"content-type": "application/json"}},
            "Bad Request: object expected as request body",
        ),
        (
            {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
            "Bad Request: can't parse multipart/form-data: boundary not found",
        ),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    server: BotApiServer, person: Person, request_of: dict[str, Any], description: str
) -> None:
    status, body = await raw(server, "sendMessage", {}, **request_of)
    assert (status, body["description"]) == (400, description)


@given(body=st.binary(), kind=st.sampled_from(["json", "x-www-form-urlencoded", "form"]))
def test_no_body_crashes_the_reader(body: bytes, kind: str) -> None:
    content_type = "multipart/form-data; boundary=x" if kind == "form" else f"application/{kind}"
    try:
        read_parameters(b"", content_type, b"--x\r\n" + body + b"\r\n--x--" if kind == "form" else body)
    except ApiError as error:
        assert error.code == 400  # noqa: PT017


@given(values=st.dictionaries(st.text(st.characters(exclude_categories=["C"]), min_size=1), st.binary(), max_size=4))
def test_any_upload_is_read_byte_by_byte(values: dict[str, bytes]) -> None:
    files = {f"f{number}": (f"{number}.bin", content) for number, content in enumerate(values.values())}
    request = httpx.Request("POST", "http://localhost", files=files or {"f": b""})
    parameters = read_parameters(b"", request.headers["content-type"], request.read())
    assert [upload.content for upload in parameters.uploads.values()] == (list(values.values()) or [b""])


async def test_calls_are_recorded_with_parameters_and_answer(bot: Bot, server: BotApiServer, person: Person) -> None:
    server.calls.clear()
    await bot.send_document(person.id, b"a", filename="a.txt")
    with pytest.raises(BadRequest):
        await bot.send_message(2, "Hei")
    first, second = server.calls
    assert (first.method, first.params["chat_id"], first.params["document"], first.answer_code) == (
        "sendDocument",
        "1001",
        "a.txt",
        200,
    )
    assert (second.params["text"], second.answer_code) == ("Hei", 400)


async def test_commands_are_kept_by_scope_and_language(bot: Bot) -> None:
    commands = [BotCommand("hjelp", "Hjelp"), BotCommand("mine", "Mine tiltak")]
    await bot.set_my_commands(commands)
    await bot.set_my_commands(commands[:1], scope=BotCommandScopeChat(1001), language_code="nb")
    assert list(await bot.get_my_commands()) == commands
    assert list(await bot.get_my_commands(scope=BotCommandScopeChat(1001), language_code="nb")) == commands[:1]
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("name", "description", "message"),
    [
        ("", "Hjelp", "Command must be non-empty"),
        ("a" * 33, "Hjelp", "Command length must not exceed 32"),
        ("hjelp", " ", "Command description must be non-empty"),
        ("hjelp", "a" * 257, "Command description length must not exceed 256"),
        ("Hjelp", "Hjelp", "BOT_COMMAND_INVALID"),
        ("hjelp-meg", "Hjelp", "BOT_COMMAND_INVALID"),
    ],
)
async def test_a_wrong_command_is_refused(server: BotApiServer, name: str, description: str, message: str) -> None:
    commands = [{"command": name, "description": description}]
    status, body = await raw(server, "setMyCommands", {"commands": commands})
    assert status == 400
    assert body["description"].lower() == f"bad request: {message}".lower()


@pytest.mark.parametrize(
    "parameters",
    [
        {"commands": [{"command": "a", "description": "b"}] * 101},
        {"commands": {}},
        {"commands": [1]},
        {"commands": [{"command": 1, "description": "b"}]},
        {"commands": [], "scope": {"type": "unknown"}},
        {"commands": [], "scope": 1},
        {"commands": [], "scope": {"type": "chat"}},
        {"commands": [], "language_code": "nor"},
    ],
)
async def test_a_wrong_list_of_commands_is_refused(server: BotApiServer, parameters: dict[str, Any]) -> None:
    status, _ = await raw(server, "setMyCommands", parameters)
    assert status == 400


async def test_the_profile_of_the_bot_can_be_set(bot: Bot, person: Person) -> None:
    assert (await bot.get_my_name()).name == "tiltaksvakt_bot"
    await bot.set_my_name("Tiltaksvakt")
    await bot.set_my_description("Spør om status", language_code="nb")
    await bot.set_my_short_description("Status")
    assert (await bot.get_my_name("nb")).name == "Tiltaksvakt"
    assert (await bot.get_my_description("nb")).description == "Spør om status"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == "Status"
    with pytest.raises(BadRequest):
        await bot.set_my_name("a" * 65)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(person.id)).type == "commands"


async def test_a_menu_button_of_an_unknown_type_is_refused(server: BotApiServer) -> None:
    status, _ = await raw(server, "setChatMenuButton", {"menu_button": {"type": "unknown"}})
    assert status == 400


async def test_a_chat_can_be_looked_up(bot: Bot, server: BotApiServer) -> None:
    someone = server.person(3, first_name="Testperson", last_name="To", username="testperson_to")
    await someone.start()
    chat = await bot.get_chat(3)
    assert (chat.id, chat.type, chat.first_name, chat.last_name, chat.username) == (
        3,
        "private",
        "Testperson",
        "To",
        "testperson_to",
    )


async def test_waiting_wakes_when_the_message_comes(bot: Bot, server: BotApiServer) -> None:
    someone = server.person(4)
    await someone.start()
    waiting = asyncio.create_task(someone.wait_for(lambda: someone.last.text == "Hei"))
    await asyncio.sleep(0)
    assert not waiting.done()
    await bot.send_message(4, "Hei")
    await asyncio.wait_for(waiting, 1)


async def test_waiting_in_vain_shows_the_conversation(bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "Hei")
    with pytest.raises(NotSeenError, match=r"Testperson sees:\nTestperson: /start\ntiltaksvakt_bot: Hei"):
        await person.wait_for(lambda: False, timeout=0.01)


async def test_a_transcript_reads_like_the_conversation(bot: Bot, person: Person) -> None:
    markup = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("I gang", callback_data="1"), InlineKeyboardButton("Utgår", callback_data="2")],
            [InlineKeyboardButton("Planen", url="https://example.org")],
        ]
    )
    sent = await bot.send_message(person.id, "Status?\nTiltak 1", reply_markup=markup)
    await person.press("I gang", timeout=0)
    await bot.edit_message_text("Takk", person.id, sent.message_id)
    await bot.send_document(person.id, b"a", filename="rapport.docx", caption="Rapporten")
    gone = await person.send("slettes")
    await bot.delete_message(person.id, gone.message_id)
    await person.send_sticker()
    edited = await person.send("Fiel")
    await person.edit(edited, "Feil")
    assert person.transcript() == (
        "Testperson: /start\n"
        "tiltaksvakt_bot (edited): Takk\n"
        "Testperson presses [I gang]\n"
        "tiltaksvakt_bot: <document rapport.docx> Rapporten\n"
        "Testperson: <sticker>\n"
        "Testperson (edited): Feil"
    )
    await bot.send_message(person.id, "Status?\nTiltak 1", reply_markup=markup)
    assert person.transcript().endswith(
        "tiltaksvakt_bot: Status?\n    Tiltak 1\n    [I gang] [Utgår]\n    [Planen](https://example.org)"
    )


async def test_a_person_edits_only_their_own_messages(bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "Hei")
    with pytest.raises(ValueError, match="their own"):
        await person.edit(person.last, "Ha det")


async def test_two_servers_run_side_by_side_and_leave_nothing() -> None:
    before = asyncio.all_tasks()
    async with BotApiServer.running("1:A") as first, BotApiServer.running("2:B") as second:
        assert first.url != second.url
        async with Bot("2:B", base_url=f"{second.url}/bot") as bot:
            assert bot.id == 2
    assert asyncio.all_tasks() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(first.url.rpartition(":")[2])))


async def test_a_port_can_be_taken_again_and_one_in_use_cannot() -> None:
    async with BotApiServer.running() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            async with BotApiServer.running(port=port):
                pass
        async with Bot(first.token, base_url=f"{first.url}/bot"):
            pass
    async with BotApiServer.running(port=port) as second:
        assert second.url == first.url


async def test_without_a_clock_messages_carry_the_present_moment() -> None:
    async with BotApiServer.running() as server:
        message = await server.person(1).start()
    assert abs(datetime.now(UTC).timestamp() - message.date) < 60


def test_importing_the_package_loads_no_web_server() -> None:
    code = "import emulator, sys; print([name for name in ('uvicorn', 'telegram', 'httpx') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_every_method_is_in_the_documentation() -> None:
    readme = (Path(__file__).parents[2] / "emulator" / "README.md").read_text().lower()
    assert [name for name in METHODS if name not in readme] == []


async def test_another_process_can_drive_the_people(bot: Bot, server: BotApiServer) -> None:
    async with httpx.AsyncClient(base_url=f"{server.url}/control") as control:

        async def post(path: str, **given: Any) -> Any:
            answer = await control.post(path, json=given)
            assert answer.status_code == 200, answer.text
            return answer.json()

        await post("/persons", id=1, first_name="Testperson", language_code="nb")
        assert (await post("/persons/1/start", payload="abc"))["text"] == "/start abc"
        await post("/persons/1/send", text="Hei")
        assert (await control.get("/state")).json()["pending_updates"] == 2
        await drain(bot)
        await post("/quiet")
        button = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
        sent = await bot.send_message(1, "<b>Status</b>?", parse_mode="HTML", reply_markup=button)
        pressing = asyncio.create_task(post("/persons/1/press", label="A", message_id=sent.message_id))
        [update] = await bot.get_updates(timeout=5)
        await bot.answer_callback_query(update.callback_query.id if update.callback_query else "", "Takk")
        assert await pressing == {"answered": True, "text": "Takk", "show_alert": False}
        assert await post("/persons/1/press", data="a", timeout=0) == {"answered": False}
        assert (await control.get("/persons/1/messages")).json()[-1]["html"] == "<b>Status</b>?"
        assert "Testperson presses [A]" in (await control.get("/persons/1/transcript")).json()["transcript"]
        assert await post("/faults", kind="forbidden", times=2) == {"kind": "forbidden", "remaining": 2}
        assert (await control.delete("/faults")).status_code == 200
        assert (await post("/persons/1/block"))["blocked"] is True
        assert (await post("/persons/1/unblock"))["blocked"] is False
        assert (await control.get("/persons")).json()[0]["id"] == 1
        assert (await control.get("/calls")).json()[-1]["method"]


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "persons", b"{", 400),
        ("POST", "persons", b"{}", 400),
        ("POST", "persons", b"[]", 400),
        ("POST", "persons/2/send", b'{"text": "a"}', 404),
        ("POST", "persons/1/send", b'{"nonsense": 1}', 400),
        ("POST", "persons/1/press", b'{"label": "A"}', 400),
        ("POST", "persons/1/press", b'{"message_id": 99}', 404),
        ("POST", "faults", b'{"kind": "sometimes"}', 400),
        ("GET", "nothing", b"", 404),
        ("GET", "persons/1/nothing", b"", 404),
    ],
)
async def test_control_says_what_cannot_be_done(
    server: BotApiServer, method: str, path: str, content: bytes, status: int
) -> None:
    server.person(1)
    async with httpx.AsyncClient() as client:
        answer = await client.request(method, f"{server.url}/control/{path}", content=content)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_the_server_runs_alone() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "emulator", "--port", "0", "--token", "9:ALONE"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert httpx.get(f"{url}/bot9:ALONE/getMe").json()["result"]["id"] == 9
        finally:
            process.send_signal(2)
            assert process.wait(5) == 0


def test_a_wrong_token_stops_the_server_with_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "emulator", "--port", "0", "--token", "nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
