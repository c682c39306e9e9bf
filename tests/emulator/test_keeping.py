"""Chats that are kept in a folder, and a server that goes on with them."""

from pathlib import Path

import httpx
import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup

from emulator import BotApiServer, Person
from tests.emulator.conftest import MovableClock, drain

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8) + (3).to_bytes(4) + (2).to_bytes(4)


async def test_chats_files_and_presses_are_as_they_were(
    server: BotApiServer, bot: Bot, person: Person, clock: MovableClock, tmp_path: Path
) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="y")]])
    asked = await bot.send_message(1001, "<b>Er</b> du der?", parse_mode="HTML", reply_markup=keyboard)
    await bot.send_document(1001, b"%PDF", filename="../æ.pdf")
    await bot.delete_message(1001, (await bot.send_message(1001, "Feil")).message_id)
    await person.press("Ja", timeout=0)
    await person.send_photo(PICTURE, "Et bilde", reply_to=person.messages[1])
    await person.edit(await person.send("Nei"), "Jo")
    await bot.set_my_commands([BotCommand("mine", "Mine")], BotCommandScopeChat(1001))
    before, updates = person.transcript(), await drain(bot)
    server.save(tmp_path)

    async with BotApiServer.running(now=clock.now, folder=tmp_path) as later:
        [again] = later.people
        assert again.transcript() == before
        assert again.messages[1].html == "<b>Er</b> du der?"
        assert [message.content for message in again.messages if message.content] == [b"%PDF", PICTURE]
        assert again.messages[3].reply_to is again.messages[1]
        assert not again.history[3].text or again.history[3].deleted
        async with Bot(later.token, base_url=f"{later.url}/bot", base_file_url=f"{later.url}/file/bot") as client:
            assert await client.get_my_commands(BotCommandScopeChat(1001)) == (BotCommand("mine", "Mine"),)
            assert await client.get_updates() == ()
            new = await again.send("Hei")
            assert new.message_id == max(message.message_id for message in person.history) + 1
            [update] = await client.get_updates()
            assert update.update_id > updates[-1].update_id
            await client.edit_message_text("Takk", 1001, asked.message_id)
            assert again.messages[1].text == "Takk"


async def test_an_empty_folder_is_a_beginning(clock: MovableClock, tmp_path: Path) -> None:
    async with BotApiServer.running(now=clock.now, folder=tmp_path / "none") as server:
        assert server.people == []


async def test_without_control_nobody_drives_the_people_over_http(clock: MovableClock) -> None:
    async with BotApiServer.running(now=clock.now, control=False) as server, httpx.AsyncClient() as client:
        server.person(1)
        assert (await client.post(f"{server.url}/control/persons/1/send", content=b'{"text": "a"}')).status_code == 404
        assert server.person(1).messages == []


@pytest.mark.parametrize("of_the_chat", [True, False])
async def test_the_menu_is_the_chats_own_or_everybodys(bot: Bot, person: Person, of_the_chat: bool) -> None:
    assert person.menu == []
    await bot.set_my_commands([BotCommand("start", "Begynn")])
    if of_the_chat:
        await bot.set_my_commands([BotCommand("mine", "Mine tiltak")], scope=BotCommandScopeChat(1001))
    assert person.menu == ([("mine", "Mine tiltak")] if of_the_chat else [("start", "Begynn")])
