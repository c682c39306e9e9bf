"""A duty that comes several times a year, in the chat: how many are done, and one more with one press."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import Cast, cast, data_of, labels, press, say, values

DONE = "SELECT count(*) FROM occurrence WHERE done_at IS NOT NULL"
OPEN_ON_APRIL_30 = (
    "SELECT count(*) FROM status_request JOIN measure ON measure.id = measure_id "
    "WHERE closed_at IS NULL AND status_request.due_on = '2021-04-30' AND ref = '1.6'"
)
APRIL_30 = datetime(2021, 4, 30, 8, 5, tzinfo=UTC)
ONE_DONE = "Én er gjennomført"


async def begin(place: Cast) -> None:
    """Three controls a year; what lies back is answered."""
    await say(place.town, place.admin, "/tiltak endre 1.6 frist: tre ganger i året")
    await say(place.town, place.nav, "/status 1.6")
    await press(place.town, place.nav, "🔵 I gang")
    await press(place.town, place.nav, "Lagre uten kommentar")


async def test_one_press_counts_one_and_a_second_press_of_the_same_button_counts_no_more(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await place.town.go_to(APRIL_30)
        assert "0 av 3 er gjennomført i 2021, og 3 gjenstår." in place.nav.last.text
        asked = await say(place.town, place.nav, "/status 1.6")
        assert "0 av 3 er gjennomført i 2021" in asked.text
        data = data_of(asked, ONE_DONE)
        await press(place.town, place.nav, ONE_DONE)
        assert "1 av 3 er gjennomført i 2021, og 2 gjenstår." in place.nav.last.text
        assert await values(
            sqlite,
            OPEN_ON_APRIL_30,
        ) == [(0,)]
        answer = await press(place.town, place.nav, data=data)
        assert answer.text == "Den er allerede talt med. Ingenting er endret."
        assert await values(sqlite, DONE) == [(1,)]
        page = await say(place.town, place.office, "/tiltak 1.6")
        assert "1 av 3 er gjennomført" in page.text
        assert "🟢 30. april 2021: gjennomført, meldt 30. april 2021" in page.text
        assert ONE_DONE in labels(page)


async def test_a_count_is_taken_back_and_its_day_is_asked_about_again(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await place.town.go_to(APRIL_30)
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, ONE_DONE)
        await press(place.town, place.nav, "Angre")
        assert "0 av 3 er gjennomført i 2021" in place.nav.last.text
        assert await values(sqlite, DONE) == [(0,)]
        await place.town.go_to(datetime(2021, 5, 3, 8, 5, tzinfo=UTC))
        assert "Det går for sakte: Én til skulle vært gjennomført nå." in place.nav.last.text


async def test_done_in_an_answer_counts_one_and_a_correction_counts_it_out_and_in(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await place.town.go_to(datetime(2021, 8, 31, 8, 5, tzinfo=UTC))
        await say(place.town, place.nav, "/status 1.6")
        for status, done in (("🟢 Gjennomført", 1), ("🔵 I gang", 0), ("🟢 Gjennomført", 1)):
            await press(place.town, place.nav, status)
            await press(place.town, place.nav, "Lagre uten kommentar")
            assert await values(sqlite, DONE) == [(done,)], status
            stored = next(each for each in reversed(place.nav.messages) if "Rett" in labels(each))
            await press(place.town, place.nav, "Rett", message=stored)


async def test_a_stranger_to_the_measure_counts_nothing(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        page = await say(place.town, place.office, "/tiltak 1.6")
        await press(place.town, place.slt, data=data_of(page, ONE_DONE))
        assert await values(sqlite, DONE) == [(0,)]
