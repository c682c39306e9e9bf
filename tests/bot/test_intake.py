"""Intake: nothing is confirmed before it is stored, and a gap longer than Telegram keeps updates is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.menu import set_menus
from bot.telegram_errors import TransportError
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, say
from tests.bot.test_worker import another

GAP = "Jeg har vært ute av drift i mer enn et døgn."


async def test_an_update_is_asked_for_again_until_it_is_stored(database: Database) -> None:
    async with cast(database) as place:
        await place.nav.send("/mine")
        real = database.write
        intake = place.town.service.intake

        class Away(Exception):
            pass

        def away() -> None:
            raise Away

        intake.database.write = away  # type: ignore[assignment,method-assign]
        with pytest.raises(Away):
            await intake.poll(0)
        intake.database.write = real  # type: ignore[method-assign]
        assert place.town.server.pending_updates == 1
        await place.town.settle()
        assert place.nav.last.text.startswith("Tiltakene dine")


async def test_after_more_than_a_day_away_everyone_with_an_open_question_is_told(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        place.town.service = another(place.town)
        await place.town.go_to(ROUND_OPENS + timedelta(hours=23))
        assert not any(message.text.startswith(GAP) for message in place.nav.messages)
        place.town.clock.at += timedelta(hours=26)
        place.town.service = another(place.town)
        await place.town.settle()
        told = [person for person in (place.admin, place.office, place.nav, place.slt) if _was_told(person)]
        assert told == [place.nav, place.slt]


@pytest.mark.parametrize(
    ("away", "is_told"),
    [
        (timedelta(hours=24) - timedelta(seconds=1), False),
        (timedelta(hours=24), True),
        (-timedelta(hours=2), False),  # summer time set by hand
        (-timedelta(days=3), True),  # how long it was, nobody knows
    ],
)
async def test_at_the_edge_of_the_day_and_of_the_clock_whoever_is_asked_is_told_once(
    sqlite: Database, away: timedelta, is_told: bool
) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        place.town.clock.at += away
        for _ in range(2):
            place.town.service = another(place.town)
            await place.town.settle()
            place.town.clock.at += timedelta(minutes=1)
        assert await count(sqlite, "outbox", "kind = 'intake_gap'") == (2 if is_told else 0), "NAV and SLT"


def _was_told(person: object) -> bool:
    return any(message.text.startswith(GAP) for message in person.messages)  # type: ignore[attr-defined]


async def test_a_clock_that_leaps_while_the_bot_listens_is_no_gap(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        for day in (16, 25, 31):
            await place.town.go_to(datetime(2021, 3, day, 9, 0, tzinfo=UTC))
        assert await count(sqlite, "outbox", "kind = 'intake_gap'") == 0


async def test_a_long_silence_of_telegram_is_a_gap(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        place.town.server.faults.order("server_error", method="getUpdates")
        with pytest.raises(TransportError):
            await place.town.service.intake.poll(0)
        await place.town.go_to(ROUND_OPENS + timedelta(days=2))
        assert _was_told(place.nav)


async def test_everybody_has_the_menu_of_their_roles_and_one_that_fails_holds_up_nobody(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        server = place.town.server
        server.faults.order("bad_request", method="setMyCommands", chat=place.admin.id)
        await set_menus(place.town.service.application.bot, sqlite, "nb", date(2021, 1, 4))
        menus = [str(call.params) for call in server.calls if call.method.lower() == "setmycommands"][-5:]
        assert "Kom i gang" in menus[0]
        assert "hjelp" not in menus[0]
        assert [("frigi" in menu, "inviter" in menu, "mine" in menu) for menu in menus[1:]] == [
            (False, True, False),
            (True, False, False),
            (False, False, True),
            (False, False, True),
        ]
        server.faults.order("server_error", method="setMyCommands")
        with pytest.raises(TransportError):
            await set_menus(place.town.service.application.bot, sqlite, "nb", date(2021, 1, 4))
        await say(place.town, place.nav, "/hjelp")
