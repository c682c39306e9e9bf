"""Messages delivered a second.

With no limit: the daily message of everybody whose round has opened, each claimed, looked at once more, sent and
written down, against `bot.send_message` of the same texts with the same buttons to the same chats, one after the other
as delivery sends them.
With Telegram's limit: the server counts as Telegram does and refuses what comes too fast, the service keeps its pace,
and the rate is held against the 30 messages a second that Telegram allows.
"""

from collections.abc import AsyncIterator, Sequence
from statistics import median
from typing import Any

from sqlalchemy import text
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from benchmarks.bot_api import TOKEN, BotApi
from benchmarks.databases import KINDS, fresh, is_there
from benchmarks.municipality import HandClock, founded, serving
from benchmarks.pairs import in_turn, per_second, seconds
from benchmarks.scale import Scale
from benchmarks.table import Line, at_least, skipped, verdict
from bot.pace import TELEGRAM_PER_SECOND
from storage.database import Database

GOAL = at_least(0.3)
SMALLEST_RATE = at_least(60)
PACED_GOAL = at_least(0.95)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
WAITING_AGAIN = "UPDATE outbox SET state = 'waiting', sent_at = NULL, message_id = NULL, attempts = 0"
TOO_MANY = 429


async def run(scale: Scale) -> AsyncIterator[Line]:
    """Two lines for each kind of database."""
    for kind in scale.kinds:
        name = KINDS[kind]
        free, paced = (f"messages delivered, {limit} ({name})" for limit in ("no limit", "Telegram's limit"))
        if not is_there(kind):
            yield skipped(free, "no server")
            yield skipped(paced, "no server")
            continue
        yield await _free(scale, kind, free)
        yield await _paced(scale, kind, paced)


async def _free(scale: Scale, kind: str, what: str) -> Line:
    async with fresh(kind) as database, BotApi.running() as api:
        place = await founded(database, scale.people, scale.measures)
        await api.open_chats(place.chats)
        async with (
            serving(database, api.url, HandClock(place.round_opens)) as service,
            Bot(TOKEN, base_url=f"{api.url}/bot", request=HTTPXRequest(connection_pool_size=64)) as bot,
        ):
            await service.tick()
            await service.deliver()
            messages = await api.last_messages(place.chats)

            async def ours() -> float:
                await _wait_again(database)
                return len(place.chats) / await seconds(service.deliver)

            async def bare() -> float:
                return len(place.chats) / await seconds(lambda: _send(bot, place.chats, messages))

            await bare()
            pairs = await in_turn(scale.repeats, ours, bare)
    line = pairs.line(what, per_second)
    kept = verdict(GOAL.holds(pairs.ratio), SMALLEST_RATE.holds(median(pairs.ours)))
    return Line(line.what, line.ours, line.bare, line.ratio, f"{GOAL.text}, {SMALLEST_RATE.text} a s", kept)


async def _wait_again(database: Database) -> None:
    async with database.write() as session:
        await (await session.connection()).execute(text(WAITING_AGAIN))


async def _send(bot: Bot, chats: Sequence[int], messages: Sequence[dict[str, Any]]) -> None:
    for chat, message in zip(chats, messages, strict=True):
        rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in message["buttons"]]
        await bot.send_message(
            chat,
            message["html"],
            parse_mode=ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup(rows) if rows else None,
            link_preview_options=NO_PREVIEW,
        )


async def _paced(scale: Scale, kind: str, what: str) -> Line:
    async with fresh(kind) as database, BotApi.running(rate_limit=True) as api:
        place = await founded(database, scale.paced, scale.paced)
        await api.open_chats(place.chats)
        clock = HandClock(place.round_opens)
        async with serving(database, api.url, clock, per_second=TELEGRAM_PER_SECOND) as service:
            await service.tick()
            taken = await seconds(service.deliver)
        codes = await api.answer_codes("sendMessage")
    assert codes.count(200) == scale.paced, "everybody got their message"
    # The first message does not wait: so many gaps were kept.
    rate = (scale.paced - 1) / taken
    refused = codes.count(TOO_MANY)
    return Line(
        what,
        ours=f"{rate:.1f} a second, {refused} × 429",
        bare=f"{TELEGRAM_PER_SECOND} a second (limit)",
        ratio=f"{rate / TELEGRAM_PER_SECOND:.2f}",
        goal=f"{PACED_GOAL.text}, 0 × 429",
        verdict=verdict(PACED_GOAL.holds(rate / TELEGRAM_PER_SECOND), refused == 0),
    )
