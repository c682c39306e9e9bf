"""The service runs until it is told to stop, goes on after faults, and says in a sentence why it cannot begin."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from emulator import BotApiServer, FaultKind, Person
from storage import inbox
from storage.database import Database
from storage.people import Role
from tests.town import TOKEN, HandClock, Town, town
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings, SettingsRefused

MONDAY = datetime(2021, 1, 4, 8, 0, tzinfo=UTC)


def _settings(api: str, token: str = TOKEN) -> Settings:
    return Settings.load(env_file=None, telegram_token=token, telegram_api=api, bot_username="tiltaksvakt_bot")


async def _refusal(database: Database, settings: Settings) -> SettingsRefused:
    with pytest.raises(SettingsRefused) as refused:
        async with Service.opened(settings, database, HandClock(MONDAY)):
            pass
    return refused.value


async def test_a_token_that_the_server_does_not_know_is_refused(database: Database) -> None:
    async with BotApiServer.running(token=TOKEN, rate_limit=False) as server:
        refusal = await _refusal(database, _settings(server.url, token="999:WRONG"))
    assert refusal.code == "rejected_token"


async def test_a_server_that_does_not_answer_is_named(database: Database) -> None:
    async with BotApiServer.running(token=TOKEN, rate_limit=False) as server:
        gone = server.url
    refusal = await _refusal(database, _settings(gone))
    assert (refusal.code, refusal.data["api"]) == ("unreachable", gone)


async def _ask_for_help(living: Town, person: Person) -> None:
    """Run the service as it runs for real, ask it something, and tell it to stop when it has answered."""
    stop = asyncio.Event()
    running = asyncio.create_task(living.service.run(stop))
    await person.send("/hjelp")
    await person.wait_for(lambda: person.last is not None and "/inviter" in person.last.text, timeout=20)
    stop.set()
    async with asyncio.timeout(10):
        await running


async def test_it_answers_until_it_is_told_to_stop_and_leaves_nothing_in_hand(database: Database) -> None:
    async with town(database, MONDAY) as living:
        await _ask_for_help(living, await living.join(Role.ADMIN, "Testadmin"))
        async with database.read() as session:
            assert not await inbox.has_open(session)


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway", "reset_before", "too_many_requests", "conflict"])
async def test_it_goes_on_taking_in_after_a_fault_of_the_server(
    database: Database, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tiltaksvakt.service.PAUSE_AFTER_ERROR", 0.05)
    async with town(database, MONDAY) as living:
        person = await living.join(Role.ADMIN, "Testadmin")
        order = living.server.faults.order(FaultKind(kind), method="getUpdates", times=2, retry_after=1)
        await _ask_for_help(living, person)
        assert order.remaining == 0


async def _stopped_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch, deliver: Callable[[], Awaitable[bool]]
) -> None:
    """Run the service, tell it to stop while it delivers, and only then let that go on."""
    begun, may_go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> bool:
        begun.set()
        await may_go_on.wait()
        return await deliver()

    async with town(database, MONDAY) as living:
        monkeypatch.setattr(living.service.delivery, "deliver_one", slowly)
        stop = asyncio.Event()
        running = asyncio.create_task(living.service.run(stop))
        async with asyncio.timeout(20):
            await begun.wait()
            stop.set()
            await asyncio.sleep(0.1)  # it has been told, and what it would cut short is cut short
            may_go_on.set()
            await running


async def test_what_is_being_delivered_when_it_is_told_to_stop_is_delivered_and_nothing_after_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered = 0

    async def deliver() -> bool:
        nonlocal delivered
        delivered += 1
        return True

    await _stopped_meanwhile(database, monkeypatch, deliver)
    assert delivered == 1


async def test_what_goes_wrong_after_it_is_told_to_stop_is_logged(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def deliver() -> bool:
        raise RuntimeError

    await _stopped_meanwhile(database, monkeypatch, deliver)
    assert "deliver failed" in [record.message for record in caplog.records]
