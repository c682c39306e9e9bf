"""What an admin writes that the annual wheel cannot use: each time a clear sentence that says what to do."""

from datetime import UTC, datetime

import pytest

import templates
from bot.tasks.measure_fields import ChangeRefused, lead_days
from bot.tasks.settings import OF_HOUSE, OF_PLAN, READERS, Setting
from bot.tasks.task import TaskRefused
from storage.database import Database
from tests.bot.acting import cast, press, say, values

NEXT_WEEK = datetime(2021, 4, 26, 8, 0, tzinfo=UTC)  # the provisional meeting is on 3 May
BEFORE = (
    "⚠️ Fristen er før planen begynner i 2020. Stemmer den, blir enheten spurt om den nå. "
    "Hvis ikke skriver du den på nytt."
)


async def test_a_round_whose_meeting_is_next_week_says_so_to_the_admin_with_a_way_out(sqlite: Database) -> None:
    async with cast(sqlite, NEXT_WEEK) as place:
        await place.town.go_to(NEXT_WEEK)
        told = next(each.text for each in reversed(place.admin.messages) if "åpnet for sent" in each.text)
        assert (
            "Møtet i kommunestyret 3. mai 2021 er så nært at runden åpnet for sent. "
            "Enhetene kan svare til og med torsdag 29. april. Er det for kort tid, flytter du møtet med /runde."
        ) in told
        assert "Vi trenger status" in place.nav.last.text


async def test_a_deadline_before_the_plan_begins_is_stored_and_said_with_how_to_put_it_right(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/tiltak endre 1.6 frist: 1.3.2010")
        assert admin.last.text.splitlines()[1:] == [
            "Frist: 01.01. 2024 → 1.3.2010",
            "Fristen er forstått slik: «1.3.2010» → 1. mars 2010.",
            BEFORE,
            "Slik retter du fristen: /tiltak endre 1.6 frist: våren 2027",
        ]
        await say(town, admin, "/tiltak ny 1.8 Felles kurs; oppfølging: NAV; frist: 2018")
        assert BEFORE in admin.last.text
        await say(town, admin, "/tiltak endre 1.8 frist: 1.3.2031")
        assert "⚠️ Se over fristen. Den faller utenfor planperioden." in admin.last.text
        await say(town, admin, "/tiltak endre 1.8 frist: våren 2022")
        assert "⚠️" not in admin.last.text


async def test_a_deadline_before_the_plan_begins_is_said_before_the_yes_of_a_wizard(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/tiltak endre 1.6")
        await press(town, admin, "Frist")
        await say(town, admin, "1.3.2010")
        assert BEFORE in admin.last.text
        assert await values(sqlite, "SELECT deadline_text FROM measure WHERE ref = '1.6'") == [("01.01. 2024",)]


async def test_a_plan_that_is_moved_past_its_deadlines_names_the_measures_they_are_in(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/plan endre periode rus til 2022-2025")
        assert "Periode: 2020–2024 → 2022–2025" in admin.last.text
        early = "⚠️ Disse tiltakene har en frist før planen begynner: 1.2, 2.1, 3.2, 3.3. Se over dem"
        assert early in admin.last.text
        await say(town, admin, "/plan endre periode rus til 2020-2025")
        assert "⚠️" not in admin.last.text


async def test_a_plan_without_a_period_gets_one_in_the_chat(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE plan SET first_year = NULL, last_year = NULL")
        await say(place.town, place.admin, "/plan endre periode rus til 2020-2024")
        assert "Periode: – → 2020–2024" in place.admin.last.text


async def test_a_circle_of_superiors_is_refused_also_where_there_is_one_already(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/enhet flytt Rådmannen under NAV")
        assert admin.last.text.startswith("Rådmannen kan ikke ligge under NAV, som selv ligger under Rådmannen.")
        async with sqlite.write() as session:
            connection = await session.connection()
            circle = "UPDATE unit SET superior_id = (SELECT id FROM unit WHERE key = ?) WHERE key = ?"
            for unit, above in (("nav", "slt-koordinator"), ("slt-koordinator", "nav")):
                await connection.exec_driver_sql(circle, (above, unit))
        await say(town, admin, "/enhet flytt Rådmannen under NAV")
        assert "Rådmannen" in admin.last.text
        await say(town, admin, "/enhet flytt NAV under ingen")
        assert admin.last.text.startswith("✅")


@pytest.mark.parametrize("words", ["0 dager", "0", "-3", "-3 dager"])
@pytest.mark.parametrize("setting", [*OF_PLAN.values(), *OF_HOUSE.values()], ids=lambda setting: setting.word)
def test_no_setting_takes_no_days_or_fewer(setting: Setting, words: str) -> None:
    with pytest.raises(TaskRefused) as refused:
        READERS[setting.kind](setting, words)
    said = templates.chat.say(refused.value.code, **refused.value.data)
    assert said.startswith("Skriv ")
    assert said.endswith("Ingenting er endret.")


@pytest.mark.parametrize("words", ["0 dager", "0", "-3", "-3 dager"])
def test_no_measure_takes_no_days_or_fewer_before_its_deadline(words: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        lead_days(words)
    assert refused.value.code == "not_lead_days"


async def test_quiet_ranges_that_follow_each_other_may_not_silence_a_year(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        year = "1.1.2021-5.3.2021, 6.3.2021-9.5.2021, 10.5.2021-10.7.2021, 11.7.2021-15.9.2021"
        await say(place.town, place.admin, f"/innstillinger kommune ferie {year}")
        assert place.admin.last.text.startswith("Høyst 10 uker i året kan være stille")
