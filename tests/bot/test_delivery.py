"""Delivery of what the bot says on its own: claimed once, looked at once more, sent, and told when it cannot be."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.pace import Pace
from emulator import Person
from emulator.entities import utf16_length
from plan.deadline import parse
from storage import audit, measures, plans, units
from storage.database import Database
from storage.ids import id_of
from storage.people import Role
from tests.bot.acting import ROUND_OPENS, cast, count, press, say, values
from tests.bot.test_worker import another, later
from tests.town import Town

MAYBE = "(Denne meldingen kan du ha fått før.)"


# What only a daily message says, to a leader, to the office and to an admin.
DAILY = ("Jeg trenger status", "Jeg har ingen å spørre", ": Runden åpne")


def is_daily(text: str) -> bool:
    return any(words in text for words in DAILY)


def digests(person: Person) -> list[str]:
    return [message.text for message in person.messages if message.from_bot and is_daily(message.text)]


async def daily_rows(database: Database) -> list[tuple[object, ...]]:
    return await values(database, "SELECT person_id, state FROM outbox WHERE kind = 'daily' ORDER BY id")


@pytest.mark.parametrize(
    ("kind", "copies", "marked"),
    [
        ("server_error", 1, False),
        ("bad_gateway", 1, False),
        ("too_many_requests", 1, False),
        ("reset_before", 1, True),
        ("reset_after", 2, True),
        ("timeout_after", 2, True),
    ],
)
async def test_a_message_is_sent_again_after_a_fault_and_marked_if_it_may_have_come(
    sqlite: Database, kind: str, copies: int, marked: bool
) -> None:
    async with cast(sqlite) as place:
        order = place.town.server.faults.order(
            kind, method="sendMessage", chat=place.nav.id, retry_after=40, hold_seconds=0.05
        )
        await place.town.go_to(ROUND_OPENS)
        assert order.used == 1
        await later(place.town, 41)
        assert len(digests(place.nav)) == copies
        assert (MAYBE in place.nav.last.text) == marked
        assert len(digests(place.slt)) == 1  # the others do not wait


async def test_a_pause_telegram_asks_for_is_kept_in_the_row(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        for _ in range(15):  # more often than other errors are put up with
            place.town.server.faults.order("too_many_requests", method="sendMessage", chat=place.nav.id, retry_after=60)
        await place.town.go_to(ROUND_OPENS)
        for _ in range(14):
            await later(place.town, 59)
            assert digests(place.nav) == []
            await later(place.town, 1)
        await later(place.town, 60)
        assert len(digests(place.nav)) == 1


async def test_who_has_blocked_the_bot_is_noted_and_the_office_hears_whom_to_ask(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place.town.server.faults.order("forbidden", method="sendMessage", chat=place.nav.id)
        await place.town.go_to(ROUND_OPENS)
        assert await count(sqlite, "person", "blocked_at IS NOT NULL") == 1
        assert await count(sqlite, "outbox", "state = 'failed'") == 1
        await place.town.go_to(ROUND_OPENS + timedelta(days=1))
        assert "• 1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n    NAV" in place.office.last.text
        await place.nav.start()
        await place.town.settle()
        assert place.nav.last.text.startswith("Hei, Testperson NAV. Du er med i Tiltaksvakt for Vefsn kommune.")
        assert await count(sqlite, "person", "blocked_at IS NOT NULL") == 0


async def test_a_block_and_its_end_are_noted_when_telegram_tells_of_them(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place.nav.block()
        await place.town.settle()
        await place.town.go_to(ROUND_OPENS)
        assert await count(sqlite, "person", "blocked_at IS NOT NULL") == 1
        assert await count(sqlite, "outbox", "state = 'failed'") == 0
        place.nav.unblock()
        await place.town.settle()
        assert await count(sqlite, "person", "blocked_at IS NOT NULL") == 0


async def test_what_is_not_wanted_any_more_when_it_would_go_out_is_dropped(database: Database) -> None:
    async with cast(database) as place:
        evening = datetime(2021, 3, 15, 3, 0, tzinfo=UTC)  # before sending hours
        await place.town.go_to(evening)
        waiting = await count(database, "outbox", "state = 'waiting'")
        assert waiting >= 2
        assert digests(place.nav) == digests(place.slt) == []
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await press(place.town, place.nav, "Lagre uten kommentar")
        async with database.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                f"UPDATE person SET gone_at = joined_at, chat_id = NULL WHERE chat_id = {place.slt.id}"
            )
        await place.town.go_to(ROUND_OPENS)
        assert digests(place.nav) == digests(place.slt) == []
        assert await count(database, "outbox", "state = 'dropped'") == 2


async def test_a_claim_whose_worker_died_is_sent_once_more_and_marked(database: Database) -> None:
    async with cast(database) as place:
        town = place.town
        people = (place.admin, place.office, place.nav, place.slt)
        stuck = asyncio.Event()

        async def never(*_: object) -> int:
            stuck.set()
            return await asyncio.Event().wait()

        town.service.delivery.postman.message = never  # type: ignore[method-assign,assignment]
        town.clock.at = ROUND_OPENS
        running = asyncio.create_task(town.settle())
        await stuck.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert await count(database, "outbox", "state = 'claimed'") == 1
        town.service = another(town)
        await later(town, 60)
        assert await count(database, "outbox", "state = 'claimed'") == 1  # the first may still be alive
        await later(town, 61)
        received = [digest for person in people for digest in digests(person)]
        assert sum(MAYBE in digest for digest in received) == 1
        assert await count(database, "outbox", "state = 'claimed'") == 0
        await later(town, 300)
        assert [digest for person in people for digest in digests(person)] == received


async def test_a_message_that_cannot_be_made_holds_nothing_up_and_the_office_is_told(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                "INSERT INTO outbox (person_id, day, kind, data, written_at, not_before, state, attempts, resent)"
                " SELECT id, '2021-01-01', 'no_such_sentence', '{}', joined_at, joined_at, 'waiting', 10, 0"
                f" FROM person WHERE chat_id = {place.nav.id}"
            )
        await place.town.go_to(ROUND_OPENS)
        assert len(digests(place.slt)) == 1
        await later(place.town, 3600)
        assert await values(sqlite, "SELECT state FROM outbox WHERE kind = 'no_such_sentence'") == [("failed",)]


async def sixty_measures(place: Town) -> None:
    """Sixty measures of NAV with long titles that are asked about in the round."""
    async with place.database.write() as session:
        (plan,) = await plans.everyone(session)
        for number in range(60):
            await measures.add(
                session,
                id_of(plan),
                f"7.{number}",
                "Et tiltak med & og <tegn> 😀 " + "ord " * 130,
                parse("Løpende"),
                goal_id=None,
                responsible=None,
                owner=await units.by_name(session, "NAV"),
                actor=audit.COMMAND_LINE,
                at=place.clock.now(),
            )


async def test_long_messages_come_in_parts_and_none_is_lost(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await sixty_measures(place.town)
        await place.town.go_to(ROUND_OPENS)
        received = [message for message in place.nav.messages if message.from_bot][1:]
        assert len(received) >= 2
        assert all(utf16_length(message.text) <= 4096 for message in received)
        together = "\n".join(message.text for message in received)
        listed = [number for number in range(60) if f"• 7.{number} Et tiltak med & og <tegn> 😀" in together]
        assert listed == list(range(7))  # after 1.6; the rest is counted
        assert "\n… og 53 til" in together
        assert [bool(message.buttons) for message in received] == [False] * (len(received) - 1) + [True]
        for number in range(2):
            await say(place.town, place.nav, "/status 1.6")
            await press(place.town, place.nav, "🔵 I gang")
            await say(place.town, place.nav, f"Svar {number} " + "ord & <tegn> 😀 " * 200)
            await press(place.town, place.nav, "Lagre")
        before = len(place.nav.messages)
        await say(place.town, place.nav, "/tiltak 1.6")
        parts = [message.text for message in place.nav.messages[before + 1 :]]
        assert len(parts) >= 2
        assert all(utf16_length(part) <= 4096 for part in parts)
        assert " ".join(parts).split().count("ord") == 400


async def test_a_fault_between_two_parts_sends_no_part_twice(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await sixty_measures(place.town)
        real = place.town.service.delivery.postman.message
        calls = 0

        async def second_fails(chat_id: int, text: str, keyboard: object = ()) -> int:
            nonlocal calls
            if chat_id == place.nav.id:
                calls += 1
                if calls in {2, 3}:
                    place.town.server.faults.order("server_error", method="sendMessage", chat=chat_id)
            return await real(chat_id, text, keyboard)  # type: ignore[arg-type]

        place.town.service.delivery.postman.message = second_fails  # type: ignore[method-assign]
        await place.town.go_to(ROUND_OPENS)
        assert len([message for message in place.nav.messages if message.from_bot]) == 2
        await later(place.town, 15)
        await later(place.town, 30)
        received = [message.text for message in place.nav.messages if message.from_bot][1:]
        together = "\n".join(received)
        assert all(together.count(f"• 7.{number} Et tiltak") == 1 for number in range(7))
        assert sum(text.startswith("Jeg trenger status") for text in received) == 1


async def test_a_queue_is_sent_at_a_pace() -> None:
    at = asyncio.get_running_loop().time
    pace = Pace(200)
    began = at()
    await asyncio.gather(*(pace.wait() for _ in range(21)))
    assert at() - began >= 20 / 200 - 0.001


async def test_two_deliveries_send_each_message_once(database: Database) -> None:
    async with cast(database) as place:
        for number in range(3):
            await place.town.join(Role.LEADER, f"Testperson {number}", "NAV")
        town = place.town
        earlier, before = len(await daily_rows(database)), len(town.server.calls)
        town.clock.at = ROUND_OPENS
        await town.service.tick()
        other = another(town)
        await asyncio.gather(town.service.deliver(), other.deliver())
        rows = (await daily_rows(database))[earlier:]
        assert {state for _person, state in rows} == {"sent"}
        sent = [call for call in town.server.calls[before:] if call.method.lower() == "sendmessage"]
        texts = [text for call in sent if is_daily(text := str(call.params["text"]))]
        assert len(texts) == len(rows)
