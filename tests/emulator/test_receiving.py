"""What a bot takes in: updates, webhooks, presses, files, and who may read."""

import asyncio
import json
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict

from emulator import BotApiServer, CallbackAnswer, NotSeenError, Person
from tests.emulator.conftest import MovableClock, drain, raw


def texts(updates: tuple[Update, ...] | list[Update]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_updates_stay_until_an_offset_above_them_confirms_them(
    bot: Bot, server: BotApiServer, person: Person
) -> None:
    for text in "abc":
        await person.send(text)
    first = await bot.get_updates()
    assert texts(first) == texts(await bot.get_updates()) == ["a", "b", "c"]
    assert [update.update_id for update in first] == [first[0].update_id + step for step in range(3)]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["b", "c"]
    assert server.pending_updates == 2
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()
    assert server.pending_updates == 0


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, server: BotApiServer, person: Person) -> None:
    for text in "abc":
        await person.send(text)
    assert texts(await bot.get_updates(offset=-2)) == ["b", "c"]
    assert server.pending_updates == 2


async def test_a_limit_is_kept_and_one_out_of_range_means_a_hundred(bot: Bot, person: Person) -> None:
    for _ in range(103):
        await person.send("a")
    assert len(await bot.get_updates(limit=2)) == 2
    assert len(await bot.get_updates(limit=0)) == 100
    assert len(await bot.get_updates(limit=101)) == 100


async def test_a_long_poll_ends_when_something_comes(bot: Bot, person: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await person.send("Hei")
    assert texts(await asyncio.wait_for(poll, 2)) == ["Hei"]


async def test_a_second_reader_ends_the_first(bot: Bot, server: BotApiServer, person: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with Bot(server.token, base_url=f"{server.url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(
            Conflict, match="terminated by other getUpdates request; make sure that only one bot instance"
        ):
            await first
        await person.send("Hei")
        assert texts(await second) == ["Hei"]


async def test_a_reader_that_has_gone_is_no_reader(bot: Bot, server: BotApiServer, person: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await server.wait_for(lambda: server.calls[-1].answer_code == 0)
    await bot.get_updates()
    assert 409 not in [call.answer_code for call in server.calls]


async def test_only_the_kinds_asked_for_are_kept_from_then_on(bot: Bot, person: Person) -> None:
    await bot.get_updates(allowed_updates=[Update.EDITED_MESSAGE])
    message = await person.send("a")
    await person.edit(message, "b")
    [update] = await drain(bot)
    assert update.edited_message is not None
    assert update.edited_message.text == "b"
    await bot.get_updates(allowed_updates=[])
    await person.send("c")
    assert texts(await drain(bot)) == ["c"]


async def test_updates_are_kept_for_a_day_and_presses_for_150_seconds(
    bot: Bot, server: BotApiServer, person: Person, clock: MovableClock
) -> None:
    await bot.send_message(person.id, "?", reply_markup=keyboard("A"))
    await person.send("Hei")
    await person.press("A", timeout=0)
    clock.move(seconds=150)
    assert server.pending_updates == 2
    clock.move(seconds=1)
    assert texts(await bot.get_updates()) == ["Hei"]
    clock.move(hours=24)
    assert await bot.get_updates() == ()
    assert server.pending_updates == 0


async def test_restarted_ids_are_served_whatever_old_offset_is_asked_for(
    bot: Bot, server: BotApiServer, person: Person
) -> None:
    """TQueue refuses an offset too far ahead, and Telegram's server then answers from the oldest update."""
    await person.send("a")
    with pytest.raises(RuntimeError):
        server.restart_update_ids()
    [old] = await drain(bot)
    server.restart_update_ids()
    await person.send("b")
    for _ in range(2):
        [new] = await bot.get_updates(offset=old.update_id + 1)
        assert new.update_id == 1
    await bot.get_updates(offset=2)
    await server.quiet()


async def test_quiet_says_what_still_waits(server: BotApiServer, person: Person) -> None:
    await person.send("Hei")
    with pytest.raises(NotSeenError, match=r"1 updates still wait .*\n.*\n(.*\n)*.*Hei"):
        await server.quiet(timeout=0.01)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"data:{label}")] for label in labels])


async def answer_next(bot: Bot, text: str | None = None, *, alert: bool = False) -> Update:
    """Answers the next press and confirms it."""
    [update] = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    await update.callback_query.answer(text, show_alert=alert)
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def test_a_press_carries_data_and_message_and_returns_the_answer(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "Status?", reply_markup=keyboard("I gang", "Utgår"))
    answering = asyncio.create_task(answer_next(bot, "Lagret", alert=True))
    assert await person.press("Utgår") == CallbackAnswer("Lagret", True)
    query = (await answering).callback_query
    assert query is not None
    assert query.data == "data:Utgår"
    assert query.from_user.id == person.id
    assert query.message is not None
    assert query.message.message_id == sent.message_id


async def test_a_press_finds_the_newest_button_or_the_one_on_a_given_message(bot: Bot, person: Person) -> None:
    first = await bot.send_message(person.id, "1", reply_markup=keyboard("A"))
    second = await bot.send_message(person.id, "2", reply_markup=keyboard("A"))
    await bot.send_message(person.id, "3")
    await person.press("A", timeout=0)
    await person.press(data="data:A", message=person.chat.messages[first.message_id], timeout=0)
    pressed = [update.callback_query.message for update in await drain(bot) if update.callback_query]
    assert [message.message_id for message in pressed if message] == [second.message_id, first.message_id]


async def test_a_forged_press_is_sent_and_a_button_that_is_not_there_is_not(bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "Hei")
    await person.press(data="forged", timeout=0)
    [update] = await drain(bot)
    assert update.callback_query is not None
    assert update.callback_query.data == "forged"
    with pytest.raises(NotSeenError, match=r"sees no button 'A'\n(.*\n)*tiltaksvakt_bot: Hei"):
        await person.press("A")


async def test_a_button_that_opens_an_address_sends_nothing(bot: Bot, person: Person) -> None:
    link = InlineKeyboardMarkup([[InlineKeyboardButton("Planen", url="https://example.org")]])
    await bot.send_message(person.id, "Hei", reply_markup=link)
    with pytest.raises(ValueError, match="sends nothing"):
        await person.press("Planen")


async def test_a_press_on_a_deleted_message_comes_without_its_text(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "Hei", reply_markup=keyboard("A"))
    seen = person.last
    await bot.delete_message(person.id, sent.message_id)
    await person.press("A", message=seen, timeout=0)
    [update] = await drain(bot)
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_a_press_is_answered_once_and_in_time(bot: Bot, person: Person, clock: MovableClock) -> None:
    await bot.send_message(person.id, "Hei", reply_markup=keyboard("A"))
    await person.press("A", timeout=0)
    await person.press("A", timeout=0)
    first, second = [update.callback_query for update in await drain(bot) if update.callback_query]
    with pytest.raises(BadRequest, match="Message_too_long"):
        await first.answer("a" * 201)
    await first.answer("a" * 200)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await first.answer()
    clock.move(seconds=151)
    with pytest.raises(BadRequest, match="Query is too old"):
        await second.answer()
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("unknown")


async def test_a_file_can_be_fetched_up_to_20_mb(bot: Bot, person: Person) -> None:
    content = bytes(range(256))
    await person.send_document("plan.pdf", content, "Planen", "application/pdf")
    await person.send_document("stor.pdf", bytes(20 * 1024 * 1024 + 1))
    small, large = [update.message.document for update in await drain(bot) if update.message]
    assert small is not None
    assert large is not None
    assert (small.file_name, small.mime_type, small.file_size) == ("plan.pdf", "application/pdf", 256)
    file = await bot.get_file(small)
    assert bytes(await file.download_as_bytearray()) == content
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large)
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("unknown")


async def test_everything_a_person_can_send_reaches_the_bot(bot: Bot, person: Person) -> None:
    await person.send("/mine nå")
    await person.send("a" * 10_000)
    await person.send_sticker()
    await person.send_location()
    await person.send_photo(b"photo", "bilde")
    await person.send_contact()
    await person.send_voice()
    messages = [update.message for update in await drain(bot) if update.message]
    command, long, sticker, location, photo, contact, voice = messages
    assert [(entity.type, entity.offset, entity.length) for entity in command.entities] == [("bot_command", 0, 5)]
    assert len(long.text or "") == 10_000
    assert sticker.sticker is not None
    assert location.location is not None
    assert photo.photo
    assert photo.caption == "bilde"
    assert contact.contact is not None
    assert voice.voice is not None


async def test_a_start_link_carries_its_payload(bot: Bot, server: BotApiServer) -> None:
    await server.person(5, first_name="Testperson", language_code="nn").start("payload")
    [update] = await drain(bot)
    assert update.message is not None
    assert update.message.text == "/start payload"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "nn"
    assert update.message.chat.id == 5


class Hook:
    """A webhook that takes updates, after refusing as many as it was told to."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.taken: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length: ")[2].partition("\r")[0])
        body = json.loads(await reader.readexactly(length))
        status = "500 Internal Server Error" if self.refusals else "200 OK"
        if self.refusals:
            self.refusals -= 1
        else:
            self.taken.put_nowait((head, body))
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        writer.close()


async def test_a_webhook_gets_the_updates_and_its_secret(bot: Bot, server: BotApiServer, person: Person) -> None:
    hook = Hook()
    async with await asyncio.start_server(hook, "127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/hook"
        await person.send("før")
        await bot.set_webhook(url, secret_token="hemmelig")
        await person.send("etter")
        head, first = await asyncio.wait_for(hook.taken.get(), 2)
        _, second = await asyncio.wait_for(hook.taken.get(), 2)
        assert (first["message"]["text"], second["message"]["text"]) == ("før", "etter")
        assert "POST /hook HTTP/1.1" in head
        assert "X-Telegram-Bot-Api-Secret-Token: hemmelig" in head
        await server.quiet()
        assert (await bot.get_webhook_info()).url == url
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    await person.send("Hei")
    assert texts(await drain(bot)) == ["Hei"]


async def test_a_webhook_that_fails_is_tried_again_and_the_error_told(
    bot: Bot, server: BotApiServer, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("emulator.webhook.RETRY_SECONDS", 0.01)
    hook = Hook(refusals=1)
    async with await asyncio.start_server(hook, "127.0.0.1", 0) as listening:
        await bot.set_webhook(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
        await person.send("Hei")
        await asyncio.wait_for(hook.taken.get(), 2)
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 500"
        await bot.delete_webhook(drop_pending_updates=True)


async def test_a_webhook_ends_the_long_poll_and_needs_an_address(bot: Bot, server: BotApiServer) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(BadRequest, match="Invalid webhook url specified"):
        await bot.set_webhook("nowhere")
    status, _ = await raw(server, "setWebhook", {"url": "http://127.0.0.1:9", "secret_token": "æ"})
    assert status == 400


async def test_an_album_is_a_message_for_each_image_and_a_photo_has_several_sizes(bot: Bot, person: Person) -> None:
    large = b"\x89PNG\r\n\x1a\n" + bytes(8) + (800).to_bytes(4, "big") + (600).to_bytes(4, "big") + bytes(200)
    for photos in ([large], [large] * 11):
        with pytest.raises(ValueError, match="2 to 10"):
            await person.send_album(photos)
    with pytest.raises(ValueError, match="1024"):
        await person.send_photo(large, "x" * 1025)
    await person.send_album([large, large], "To bilder")
    messages = [update.message for update in await drain(bot) if update.message]
    assert len({message.media_group_id for message in messages} - {None}) == 1
    assert [message.caption for message in messages] == ["To bilder", None]
    assert [size.width for size in messages[0].photo] == [90, 800]
    file = await bot.get_file(messages[1].photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == large
