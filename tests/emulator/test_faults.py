"""Every fault, as the client maps it onto its exceptions."""

import asyncio
import logging
from collections.abc import Callable

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from emulator import BotApiServer, FaultKind, Person
from emulator.faults import Faults
from emulator.limits import SendLimits


async def failure(bot: Bot, chat: int, text: str = "Hei") -> TelegramError:
    with pytest.raises(TelegramError) as failed:
        await bot.send_message(chat, text, read_timeout=0.3)
    return failed.value


@pytest.mark.parametrize(
    ("kind", "exception", "message"),
    [
        ("bad_request", BadRequest, "Chat not found"),
        ("unauthorized", InvalidToken, "Unauthorized"),
        ("forbidden", Forbidden, "Forbidden: bot was blocked by the user"),
        ("conflict", Conflict, "Conflict: terminated by setWebhook request"),
        ("server_error", NetworkError, "Internal Server Error"),
    ],
)
async def test_a_refusal_arrives_once_and_nothing_happens(
    bot: Bot, server: BotApiServer, person: Person, kind: str, exception: type[TelegramError], message: str
) -> None:
    order = server.faults.order(kind)
    error = await failure(bot, person.id)
    assert type(error) is exception
    assert error.message == message
    assert len(person.messages) == 1
    assert order.used == 1
    await bot.send_message(person.id, "Hei")


async def test_a_429_says_how_long_to_wait(
    bot: Bot, server: BotApiServer, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    server.faults.order(FaultKind.TOO_MANY_REQUESTS, retry_after=7)
    error = await failure(bot, person.id)
    assert isinstance(error, RetryAfter)
    assert error.message == "Flood control exceeded. Retry in 0:00:07"
    assert len(person.messages) == 1


@pytest.mark.parametrize(
    ("kind", "description", "message"),
    [
        ("bad_request", "Bad Request: message is too long", "Message is too long"),
        ("forbidden", "Forbidden: user is deactivated", "Forbidden: user is deactivated"),
    ],
)
async def test_a_refusal_can_be_worded(
    bot: Bot, server: BotApiServer, person: Person, kind: str, description: str, message: str
) -> None:
    server.faults.order(kind, description=description)
    assert (await failure(bot, person.id)).message == message


async def test_a_server_error_can_have_another_status(bot: Bot, server: BotApiServer, person: Person) -> None:
    server.faults.order("server_error", status=504, description="Gateway Timeout")
    assert (await failure(bot, person.id)).message == "Gateway Timeout"
    assert server.calls[-1].answer_code == 504


async def test_a_gateway_answers_with_a_page_that_is_no_json(
    bot: Bot, server: BotApiServer, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    server.faults.order("bad_gateway")
    error = await failure(bot, person.id)
    assert type(error) is NetworkError
    assert "502" in error.message
    assert "Parsing the server response" in error.message
    assert len(person.messages) == 1


@pytest.mark.parametrize(("kind", "delivered"), [("timeout_before", False), ("timeout_after", True)])
async def test_a_timeout_is_one_before_or_after_the_message_came(
    bot: Bot, server: BotApiServer, person: Person, kind: str, delivered: bool
) -> None:
    server.faults.order(kind)
    error = await failure(bot, person.id)
    assert type(error) is TimedOut
    assert isinstance(error.__cause__, httpx.ReadTimeout)
    await server.wait_for(lambda: server.calls[-1].method == "sendMessage")
    assert server.calls[-1].answer_code == 0
    assert [message.text for message in person.messages] == ["/start", *(["Hei"] if delivered else [])]


async def test_a_held_connection_is_cut_when_the_client_is_more_patient(
    bot: Bot, server: BotApiServer, person: Person
) -> None:
    server.faults.order("timeout_after", hold_seconds=0.05)
    with pytest.raises(NetworkError):
        await bot.send_message(person.id, "Hei", read_timeout=10)
    assert person.last.text == "Hei"


@pytest.mark.parametrize(("kind", "delivered"), [("reset_before", False), ("reset_after", True)])
async def test_a_reset_is_one_before_or_after_the_message_came(
    bot: Bot, server: BotApiServer, person: Person, kind: str, delivered: bool
) -> None:
    server.faults.order(kind)
    error = await failure(bot, person.id)
    assert type(error) is NetworkError
    assert isinstance(error.__cause__, httpx.ReadError)
    assert [message.text for message in person.messages] == ["/start", *(["Hei"] if delivered else [])]


async def test_a_fault_hits_the_method_and_chat_it_was_ordered_for(
    bot: Bot, server: BotApiServer, person: Person
) -> None:
    other = server.person(1002)
    await other.start()
    server.faults.order("forbidden", method="sendMessage", chat=other.id, times=2)
    await bot.send_message(person.id, "Hei")
    await bot.send_chat_action(other.id, "typing")
    for _ in range(2):
        assert isinstance(await failure(bot, other.id), Forbidden)
    await bot.send_message(other.id, "Hei")


async def test_a_fault_without_end_lasts_until_it_is_cleared(bot: Bot, server: BotApiServer, person: Person) -> None:
    order = server.faults.order("server_error", times=None)
    for _ in range(3):
        await failure(bot, person.id)
    assert order.used == 3
    server.faults.clear()
    await bot.send_message(person.id, "Hei")


async def test_faults_come_in_the_order_they_were_given(bot: Bot, server: BotApiServer, person: Person) -> None:
    server.faults.order("forbidden")
    server.faults.order("bad_request")
    assert isinstance(await failure(bot, person.id), Forbidden)
    assert isinstance(await failure(bot, person.id), BadRequest)


def test_a_fault_of_an_unknown_kind_cannot_be_ordered() -> None:
    with pytest.raises(ValueError, match="sometimes"):
        Faults().order("sometimes")


async def test_a_server_stops_at_once_while_calls_are_held_and_polls_are_open() -> None:
    async with asyncio.timeout(5), httpx.AsyncClient(timeout=20) as client:
        async with BotApiServer.running("1:OTHER") as server:
            order = server.faults.order("timeout_before", method="getMe")
            calls = [
                asyncio.create_task(client.get(f"{server.url}/bot1:OTHER/{call}"))
                for call in ("getMe", "getUpdates?timeout=20")
            ]
            await asyncio.sleep(0.1)
            assert order.used == 1
        results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, httpx.TransportError) for result in results)


class Steady:
    """Seconds that pass when told to."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


def sent_until_refused(limits: SendLimits, chat_of: Callable[[int], int]) -> tuple[int, int | None]:
    for count in range(1000):
        wait = limits.retry_after(chat_of(count))
        if wait is not None:
            return count, wait
    return 1000, None


def test_the_limit_over_all_is_30_a_second() -> None:
    clock = Steady()
    limits = SendLimits(clock, enabled=True)
    assert sent_until_refused(limits, lambda count: count) == (30, 1)
    clock.at += 0.5
    assert sent_until_refused(limits, lambda count: count + 100) == (15, 1)


def test_a_chat_may_burst_20_and_then_gets_one_a_second() -> None:
    clock = Steady()
    limits = SendLimits(clock, enabled=True)
    assert sent_until_refused(limits, lambda _: 1) == (20, 1)
    assert limits.retry_after(2) is None
    clock.at += 3
    assert sent_until_refused(limits, lambda _: 1) == (3, 1)


def test_a_bot_that_sends_30_a_second_evenly_is_never_refused() -> None:
    clock = Steady()
    limits = SendLimits(clock, enabled=True)
    for message in range(3000):
        clock.at = message / 30
        assert limits.retry_after(message % 60) is None


async def test_the_limits_answer_429_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with (
        BotApiServer.running(rate_limit=True) as server,
        Bot(server.token, base_url=f"{server.url}/bot") as bot,
    ):
        await server.person(1).start()
        results = await asyncio.gather(*[bot.send_message(1, "Hei") for _ in range(25)], return_exceptions=True)
    refused = [result for result in results if isinstance(result, RetryAfter)]
    assert 1 <= len(refused) <= 5
