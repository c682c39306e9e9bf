"""A daily message so long that it goes out in parts: what it tells counts as told once, when all of it has gone out."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, press, say, values
from tests.bot.test_delivery import MAYBE, sixty_measures
from tests.bot.test_worker import later

NEXT_MORNING = datetime(2021, 3, 16, 8, 0, tzinfo=UTC)
NOT_TOLD = "told_at IS NULL"
CHANGED = "Kontoret har endret teksten kommunestyret får lese"
NAVS = "kind = 'daily' AND person_id = (SELECT id FROM person WHERE name = 'Testperson NAV')"


async def begin(place: Cast) -> None:
    """NAV has answered about 1.6, and will be asked about much more than one message holds."""
    await say(place.town, place.nav, "/status 1.6")
    await press(place.town, place.nav, "🔵 I gang")
    await say(place.town, place.nav, "Kurset er holdt, men få kom")
    await press(place.town, place.nav, "Lagre")
    await sixty_measures(place.town)


async def edit(place: Cast, text: str = "Kurset er gjennomført.") -> None:
    """The office puts the answer in its own words."""
    await say(place.town, place.office, "/frigi 1.6")
    await press(place.town, place.office, "Skriv om")
    await say(place.town, place.office, text)


def fail_after_the_first_part(place: Cast, kind: str, *, times: int = 1, retry_after: int = 1) -> None:
    """The second message to NAV from now on meets a fault."""
    postman = place.town.service.delivery.postman
    real, calls = postman.message, 0

    async def failing(chat_id: int, text: str, keyboard: object = ()) -> int:
        nonlocal calls
        if chat_id == place.nav.id:
            calls += 1
            if 2 <= calls < 2 + times:
                place.town.server.faults.order(kind, method="sendMessage", chat=chat_id, retry_after=retry_after)
        return await real(chat_id, text, keyboard)  # type: ignore[arg-type]

    postman.message = failing  # type: ignore[method-assign]


def heard(place: Cast, since: int) -> list[str]:
    return [message.text for message in place.nav.messages[since:] if message.from_bot]


async def test_what_it_tells_is_told_once_the_last_part_has_gone_out_and_no_sooner(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await edit(place)
        since = len(place.nav.messages)
        fail_after_the_first_part(place, "server_error", times=2)
        await place.town.go_to(ROUND_OPENS)
        assert len(heard(place, since)) == 1
        assert await count(sqlite, "report_text", NOT_TOLD) == 1
        await later(place.town, 15)
        assert len(heard(place, since)) == 1
        assert await count(sqlite, "report_text", NOT_TOLD) == 1
        await later(place.town, 30)
        assert "\n".join(heard(place, since)).count(CHANGED) == 1
        assert await count(sqlite, "report_text", NOT_TOLD) == 0
        assert await values(sqlite, f"SELECT data FROM outbox WHERE {NAVS} AND state = 'sent'") == [("{}",)]


async def test_what_came_between_two_parts_is_told_in_the_next_message_and_not_taken_for_told(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        since = len(place.nav.messages)
        fail_after_the_first_part(place, "server_error")
        await place.town.go_to(ROUND_OPENS)
        place.town.clock.at = place.town.clock.at.replace(second=5)
        await edit(place)
        await later(place.town, 15)
        together = "\n".join(heard(place, since))
        assert all(together.count(f"• 7.{number} Et tiltak") == 1 for number in range(7))
        assert CHANGED not in together
        assert await count(sqlite, "report_text", NOT_TOLD) == 1
        since = len(place.nav.messages)
        await place.town.go_to(NEXT_MORNING)
        assert "\n".join(heard(place, since)).count(CHANGED) == 1
        assert await count(sqlite, "report_text", NOT_TOLD) == 0


async def test_an_edit_that_is_edited_again_between_two_parts_is_told_again(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await edit(place)
        fail_after_the_first_part(place, "server_error")
        await place.town.go_to(ROUND_OPENS)
        place.town.clock.at = place.town.clock.at.replace(second=5)
        await edit(place, "Kurset er avlyst.")
        await later(place.town, 15)
        assert await count(sqlite, "report_text", NOT_TOLD) == 1
        since = len(place.nav.messages)
        await place.town.go_to(NEXT_MORNING)
        assert "«Kurset er avlyst.»" in "\n".join(heard(place, since))


async def test_parts_that_are_left_on_another_day_give_way_to_a_whole_message_of_what_is_true_then(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        since = len(place.nav.messages)
        fail_after_the_first_part(place, "too_many_requests", retry_after=20 * 3600)
        await place.town.go_to(ROUND_OPENS)
        assert len(heard(place, since)) == 1
        await say(place.town, place.nav, "/status 7.3")
        await press(place.town, place.nav, "🔵 I gang")
        await press(place.town, place.nav, "Lagre uten kommentar")
        await edit(place)
        since = len(place.nav.messages)
        await place.town.go_to(NEXT_MORNING)
        texts = heard(place, since)
        assert texts[0].startswith(f"{MAYBE}\n\nJeg trenger status")
        together = "\n".join(texts)
        assert "• 7.2 Et tiltak" in together
        assert "• 7.3 Et tiltak" not in together
        assert together.count(CHANGED) == 1
        assert await count(sqlite, "report_text", NOT_TOLD) == 0
        assert await count(sqlite, "outbox", f"{NAVS} AND state = 'waiting'") == 0
