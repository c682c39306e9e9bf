"""What a measure waits for, in the chat: whether it has come true, what follows, and what the office hears."""

from datetime import UTC, date, datetime

from report.compile import Masthead, compile_snapshot
from storage import plans
from storage.database import Database
from tests.bot.acting import Cast, cast, data_of, labels, press, say, values
from tests.scheduler.desk import HOURS

HAPPENED = "Det har skjedd"
NOT_AFTER_ALL = "Det har ikke skjedd likevel"
MET = "SELECT condition, met_on FROM condition_met"
WAITS = "Planen venter på dette: «når rusplanen er vedtatt»."


async def begin(place: Cast, phrase: str = "når rusplanen er vedtatt") -> None:
    await say(place.town, place.admin, f"/tiltak endre 1.6 frist: {phrase}")


async def test_the_question_asks_whether_it_has_come_true_and_a_press_notes_it_and_asks_for_the_status(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        asked = await say(place.town, place.nav, "/status 1.6")
        assert f"{WAITS} Har det skjedd? Trykk «Det har skjedd»." in asked.text
        answer = await press(place.town, place.nav, HAPPENED)
        assert answer.text == "Notert. Kontoret får vite det. Hva er status nå?"
        again = place.nav.last
        assert "Det planen venter på, «når rusplanen er vedtatt», har skjedd (meldt 4. januar 2021)." in again.text
        assert HAPPENED not in labels(again)
        assert NOT_AFTER_ALL in labels(again)
        assert await values(sqlite, MET) == [("når rusplanen er vedtatt", "2021-01-04")]
        await press(place.town, place.nav, "🔵 I gang")
        await press(place.town, place.nav, "Lagre uten kommentar")
        page = await say(place.town, place.office, "/tiltak 1.6")
        assert "har skjedd (meldt 4. januar 2021)" in page.text


async def test_the_office_hears_of_it_once_and_how_to_set_a_deadline(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        asked = await say(place.town, place.nav, "/status 1.6")
        data = data_of(asked, HAPPENED)
        await press(place.town, place.nav, HAPPENED)
        again = await press(place.town, place.nav, data=data)
        assert again.text == "Det er allerede meldt at det har skjedd. Ingenting er endret."
        heard = [each.text for each in place.office.messages if "NAV melder at" in each.text]
        assert len(heard) == 1
        assert "NAV melder at det planen venter på, har skjedd: «når rusplanen er vedtatt»" in heard[0]
        assert "Skal det ha en frist, kan enheten foreslå en når den svarer" in heard[0]


async def test_a_deadline_that_counts_from_then_is_shown_and_asked_about(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place, "innen seks måneder etter at rusplanen er vedtatt")
        await say(place.town, place.nav, "/status 1.6")
        answer = await press(place.town, place.nav, HAPPENED)
        assert answer.text == "Notert. Kontoret får vite det. Fristen er 4. juli 2021. Hva er status nå?"
        assert "Fristen er 4. juli 2021. Jeg minner enheten på den" in place.office.last.text
        await place.town.go_to(datetime(2021, 7, 2, 7, 0, tzinfo=UTC))
        assert "1.6" in place.nav.last.text


async def test_no_is_a_status_and_it_is_asked_about_again(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "⚪ Ikke startet")
        await press(place.town, place.nav, "Lagre uten kommentar")
        page = await say(place.town, place.office, "/tiltak 1.6")
        assert f"{WAITS} Ingen har meldt at det har skjedd." in page.text
        asked = await say(place.town, place.nav, "/status 1.6")
        assert HAPPENED in labels(asked)


async def test_what_was_a_mistake_is_taken_back_before_and_after_the_office_has_heard_of_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await place.town.go_to(datetime(2021, 3, 6, 10, 0, tzinfo=UTC))  # a Saturday: nothing goes out
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, HAPPENED)
        answer = await press(place.town, place.nav, NOT_AFTER_ALL)
        assert answer.text == "Notert at det ikke har skjedd likevel. Du blir spurt om det igjen."
        assert WAITS in place.nav.last.text
        await place.town.go_to(datetime(2021, 3, 8, 9, 0, tzinfo=UTC))
        assert not any("melder at det planen" in each.text for each in place.office.messages)
        await press(place.town, place.nav, HAPPENED)
        assert "NAV melder at det planen venter på, har skjedd" in place.office.last.text
        await press(place.town, place.nav, NOT_AFTER_ALL)
        assert "NAV melder at det planen venter på, ikke har skjedd likevel" in place.office.last.text
        assert await values(sqlite, MET) == []


async def test_the_office_writes_it_down_for_a_unit_and_a_correction_does_not_ask(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        asked = await say(place.town, place.office, "/registrer 1.6")
        assert HAPPENED in labels(asked)
        await press(place.town, place.office, HAPPENED)
        assert not any("melder at det planen" in each.text for each in place.office.messages)  # they know
        assert await values(sqlite, MET) == [("når rusplanen er vedtatt", "2021-01-04")]
        await press(place.town, place.office, "🔵 I gang")
        await press(place.town, place.office, "Lagre uten kommentar")
        stored = next(each for each in reversed(place.office.messages) if "Rett" in labels(each))
        await press(place.town, place.office, "Rett", message=stored)
        assert not {HAPPENED, NOT_AFTER_ALL} & set(labels(place.office.last))


async def test_whoever_is_of_another_unit_says_nothing_of_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        asked = await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.slt, data=data_of(asked, HAPPENED))
        assert await values(sqlite, MET) == []


async def test_the_council_reads_that_it_has_come_true(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await begin(place)
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, HAPPENED)
        async with sqlite.read() as session:
            plan = (await plans.everyone(session))[0]
            made_on = date(2021, 1, 5)
            snapshot = await compile_snapshot(session, plan, 2021, made_on, HOURS, Masthead("rådmann"))
        measure = next(each for each in snapshot.measures if each.ref == "1.6")
        assert measure.condition_met_on == date(2021, 1, 4)
