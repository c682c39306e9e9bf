"""What a bot sends, through the real client."""

import html
import struct
import zlib
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, NetworkError

from emulator import BotApiServer, Button, Person
from emulator.entities import clean
from emulator.methods.content import message_text
from emulator.parameters import read_parameters
from tests.emulator.conftest import MovableClock, drain, raw

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 3, 2, 8, 0, 0, 0, 0)
    + struct.pack(">I", zlib.crc32(struct.pack(">4sIIBBBBB", b"IHDR", 3, 2, 8, 0, 0, 0, 0)))
)


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


async def test_a_message_arrives_with_its_text_and_entities(bot: Bot, person: Person, clock: MovableClock) -> None:
    sent = await bot.send_message(person.id, "<b>Hei</b> &amp; <i>velkommen</i>", parse_mode="HTML")
    assert sent.text == "Hei & velkommen"
    assert [entity.type for entity in sent.entities] == [MessageEntity.BOLD, MessageEntity.ITALIC]
    assert sent.date == clock.at
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    assert person.last.html == "<b>Hei</b> &amp; <i>velkommen</i>"
    assert person.last.from_bot


async def test_entities_can_be_given_instead_of_a_parse_mode(bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "Hei du", entities=[MessageEntity(MessageEntity.BOLD, 0, 3)])
    assert person.last.html == "<b>Hei</b> du"


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_escaped_text_is_stored_as_telegram_keeps_it(text: str) -> None:
    kept = clean(text).strip()
    if not kept:
        return
    body = urlencode({"text": html.escape(text), "parse_mode": "HTML"}).encode()
    parameters = read_parameters(b"", "application/x-www-form-urlencoded", body)
    assert message_text(parameters)[0] == kept


@pytest.mark.parametrize("length", [1, 4096])
async def test_a_text_of_1_to_4096_characters_after_parsing_is_taken(bot: Bot, person: Person, length: int) -> None:
    await bot.send_message(person.id, f"<b>{'å' * length}</b>", parse_mode="HTML")
    assert len(person.last.text) == length


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("<b> </b>", "Text must be non-empty"),
        ("a" * 4097, "Message is too long"),
        ("<x>", 'Can\'t parse entities: unsupported start tag "x" at byte offset 0'),
    ],
)
async def test_a_text_telegram_would_refuse_is_refused(bot: Bot, person: Person, text: str, description: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(person.id, text, parse_mode="HTML")
    assert refused.value.message.lower() == description.lower()
    assert len(person.messages) == 1


async def test_only_html_is_a_parse_mode_here(bot: Bot, person: Person) -> None:
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(person.id, "*a*", parse_mode="MarkdownV2")


async def test_a_bot_cannot_write_first(bot: Bot, server: BotApiServer) -> None:
    someone = server.person(7)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(someone.id, "Hei")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(8, "Hei")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message("@unknown", "Hei")
    await someone.start()
    await bot.send_message(someone.id, "Hei")


async def test_a_blocked_bot_is_told_so_until_the_person_comes_back(bot: Bot, person: Person) -> None:
    person.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(person.id, "Hei")
    with pytest.raises(RuntimeError, match="unblock"):
        await person.send("Hei")
    await person.start()
    await bot.send_message(person.id, "Hei")
    memberships = [update.my_chat_member for update in await drain(bot) if update.my_chat_member]
    assert [each.new_chat_member.status for each in memberships] == ["kicked", "member"]


async def test_inline_keyboards_are_shown_row_by_row(bot: Bot, person: Person) -> None:
    await bot.send_message(
        person.id,
        "Status?",
        reply_markup=keyboard(
            [
                InlineKeyboardButton("I gang", callback_data="s:1"),
                InlineKeyboardButton("Utgår", callback_data="å" * 32),
            ],
            [InlineKeyboardButton("Planen", url="https://example.org/plan")],
        ),
    )
    assert person.last.buttons == [
        [Button("I gang", "s:1", None), Button("Utgår", "å" * 32, None)],
        [Button("Planen", None, "https://example.org/plan")],
    ]


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "A", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "A", "callback_data": "å" * 32 + "a"}, "BUTTON_DATA_INVALID"),
        (
            {"text": "A"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "a"}, 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"text": "A", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ],
)
async def test_a_wrong_button_is_refused(
    server: BotApiServer, person: Person, button: dict[str, str], description: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    status, body = await raw(server, "sendMessage", {"chat_id": person.id, "text": "a", "reply_markup": markup})
    assert status == 400
    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}


@pytest.mark.parametrize(
    "markup", ["{", "[]", '{"inline_keyboard": 1}', '{"inline_keyboard": [1]}', '{"inline_keyboard": [[1]]}']
)
async def test_markup_of_the_wrong_shape_is_refused(server: BotApiServer, person: Person, markup: str) -> None:
    status, _ = await raw(server, "sendMessage", {"chat_id": person.id, "text": "a", "reply_markup": markup})
    assert status == 400


async def test_more_than_a_hundred_buttons_are_refused(bot: Bot, person: Person) -> None:
    rows = [[InlineKeyboardButton(str(number), callback_data=str(number))] for number in range(101)]
    with pytest.raises(BadRequest):
        await bot.send_message(person.id, "a", reply_markup=keyboard(*rows))


async def test_a_forced_reply_is_answered_by_the_next_message(bot: Bot, person: Person) -> None:
    question = await bot.send_message(person.id, "Hvorfor?", reply_markup=ForceReply())
    assert person.last.forces_reply
    await person.send("Derfor")
    [update] = await drain(bot)
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == question.message_id


async def test_a_reply_names_its_message_and_a_missing_one_is_refused(bot: Bot, person: Person) -> None:
    first = person.messages[0]
    sent = await bot.send_message(person.id, "Svar", reply_parameters=ReplyParameters(first.message_id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(person.id, "Svar", reply_parameters=ReplyParameters(999))
    allowed = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(person.id, "Svar", reply_parameters=allowed)).reply_to_message is None


async def test_options_of_a_message_are_kept(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(
        person.id,
        "https://example.org",
        disable_notification=True,
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=ReplyKeyboardMarkup([["a"]]),
    )
    assert sent.has_protected_content
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled
    assert person.last.silent
    assert person.last.protected
    assert sent.entities[0].type == MessageEntity.URL


async def test_a_document_arrives_with_name_caption_and_bytes(bot: Bot, person: Person) -> None:
    content = bytes(range(256)) * 9 + b"\r\n--boundary\r\n\r\n"
    sent = await bot.send_document(
        person.id, content, filename='status "æøå".docx', caption="<b>Rapport</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert sent.document.file_name == 'status "æøå".docx'
    assert sent.document.file_size == len(content)
    assert sent.caption == "Rapport"
    assert person.last.document == content
    assert person.last.html == "<b>Rapport</b>"
    again = await bot.send_document(person.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_name == sent.document.file_name
    assert person.last.document == content


async def test_a_photo_arrives_with_its_size(bot: Bot, person: Person) -> None:
    sent = await bot.send_photo(person.id, PNG, caption="a" * 1024)
    assert (sent.photo[0].width, sent.photo[0].height) == (3, 2)
    assert person.last.photo == PNG


Sending = Callable[[Bot, int], Awaitable[object]]


@pytest.mark.parametrize(
    ("send", "description"),
    [
        (lambda bot, chat: bot.send_document(chat, b"a", caption="a" * 1025), "message caption is too long"),
        (lambda bot, chat: bot.send_document(chat, b""), "file must be non-empty"),
        (lambda bot, chat: bot.send_document(chat, "unknown"), "invalid file_id"),
        (lambda bot, chat: bot.send_document(chat, "https://example.org/a"), "failed to get HTTP URL content"),
        (lambda bot, chat: bot.send_photo(chat, b"no image"), "IMAGE_PROCESS_FAILED"),
        (lambda bot, chat: bot.send_photo(chat, PNG + bytes(10 * 1024 * 1024)), "file is too big for a photo"),
    ],
)
async def test_a_file_telegram_would_refuse_is_refused(
    bot: Bot, person: Person, send: Sending, description: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await send(bot, person.id)
    assert refused.value.message.lower() == description.lower()


async def test_a_call_without_a_file_or_a_chat_is_refused(server: BotApiServer, person: Person) -> None:
    _, body = await raw(server, "sendPhoto", {"chat_id": person.id})
    assert body["description"] == "Bad Request: there is no photo in the request"
    _, body = await raw(server, "sendMessage", {"text": "a"})
    assert body["description"] == "Bad Request: chat_id is empty"


async def test_an_upload_of_more_than_50_mb_is_refused(bot: Bot, person: Person) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(person.id, bytes(51 * 1024 * 1024))


async def test_a_chat_action_is_seen_until_the_message_comes(bot: Bot, person: Person) -> None:
    await bot.send_chat_action(person.id, ChatAction.TYPING)
    assert person.chat.action == "typing"
    await bot.send_message(person.id, "Hei")
    assert person.chat.action is None
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(person.id, "sleeping")
