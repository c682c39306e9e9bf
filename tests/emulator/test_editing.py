"""What a bot changes and deletes."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from emulator import BotApiServer, Person
from tests.emulator.conftest import MovableClock, raw

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])


async def test_an_edit_changes_text_and_keyboard(bot: Bot, person: Person, clock: MovableClock) -> None:
    sent = await bot.send_message(person.id, "Før", reply_markup=BUTTON)
    clock.move(minutes=1)
    edited = await bot.edit_message_text("<b>Etter</b>", person.id, sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.edit_date == clock.at
    assert person.last.html == "<b>Etter</b>"
    assert person.last.edited
    assert person.last.buttons == []


async def test_a_keyboard_can_be_changed_alone(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "Hei")
    await bot.edit_message_reply_markup(person.id, sent.message_id, reply_markup=BUTTON)
    assert person.last.buttons[0][0].text == "A"
    await bot.edit_message_reply_markup(person.id, sent.message_id)
    assert person.last.buttons == []
    assert person.last.text == "Hei"


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "Hei", reply_markup=BUTTON)
    with pytest.raises(BadRequest) as refused:
        await bot.edit_message_text("Hei", person.id, sent.message_id, reply_markup=BUTTON)
    assert refused.value.message == (
        "Message is not modified: specified new message content and reply markup are exactly the same as a "
        "current content and reply markup of the message"
    )
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(person.id, sent.message_id, reply_markup=BUTTON)


async def test_a_caption_can_be_edited_and_a_text_only_where_there_is_one(bot: Bot, person: Person) -> None:
    document = await bot.send_document(person.id, b"a", caption="Før")
    await bot.edit_message_caption(person.id, document.message_id, caption="Etter")
    assert person.last.text == "Etter"
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("Tekst", person.id, document.message_id)
    text = await bot.send_message(person.id, "Hei")
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(person.id, text.message_id, caption="Etter")


async def test_only_what_is_there_and_the_bots_own_can_be_edited(
    bot: Bot, server: BotApiServer, person: Person
) -> None:
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("a", person.id, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("a", person.id, person.messages[0].message_id)
    status, body = await raw(server, "editMessageText", {"chat_id": person.id, "text": "a"})
    assert (status, body["description"]) == (400, "Bad Request: message identifier is not specified")
    sent = await bot.send_message(person.id, "Hei")
    edit = {"chat_id": person.id, "message_id": sent.message_id, "text": "a", "reply_markup": {"force_reply": True}}
    _, body = await raw(server, "editMessageText", edit)
    assert body["description"] == "Bad Request: inline keyboard expected"


async def test_a_message_of_either_side_can_be_deleted_for_48_hours(
    bot: Bot, person: Person, clock: MovableClock
) -> None:
    theirs = await person.send("12345678901")
    clock.move(hours=48)
    await bot.delete_message(person.id, theirs.message_id)
    assert theirs.deleted
    assert theirs not in person.messages
    assert theirs in person.history
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(person.id, theirs.message_id)


async def test_a_message_older_than_48_hours_stays(bot: Bot, person: Person, clock: MovableClock) -> None:
    sent = await bot.send_message(person.id, "Hei")
    clock.move(hours=48, seconds=1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(person.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_messages(person.id, [sent.message_id])
    assert person.last.text == "Hei"


async def test_many_messages_are_deleted_at_once_and_missing_ones_skipped(bot: Bot, person: Person) -> None:
    sent = [(await bot.send_message(person.id, str(number))).message_id for number in range(3)]
    await bot.delete_messages(person.id, [*sent, 999])
    assert [message.text for message in person.messages] == ["/start"]
    with pytest.raises(BadRequest):
        await bot.delete_messages(person.id, [])
    with pytest.raises(BadRequest):
        await bot.delete_messages(person.id, list(range(1, 102)))
