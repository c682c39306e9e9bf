"""What an admin writes that the annual wheel cannot use: each time a clear sentence that says what to do."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

import templates
from bot.tasks.measure_fields import ChangeRefused, lead_days
from bot.tasks.settings import OF_HOUSE, OF_PLAN, READERS, Setting
from bot.tasks.task import TaskRefused
from storage.database import Database
from storage.tables import Plan
from tests.bot.acting import ROUND_OPENS, cast, labels, press, say, values

NEXT_WEEK = datetime(2021, 4, 26, 8, 0, tzinfo=UTC)  # the provisional meeting is on 3 May
BEFORE = (
    "⚠️ Fristen er før planen begynner i 2020. Stemmer den, spør jeg enheten om den nå. "
    "Hvis ikke skriver du den på nytt."
)


async def test_a_round_whose_meeting_is_next_week_says_so_to_the_admin_with_a_way_out(sqlite: Database) -> None:
    async with cast(sqlite, NEXT_WEEK) as place:
        await place.town.go_to(NEXT_WEEK)
        told = next(each.text for each in reversed(place.admin.messages) if "åpnet for sent" in each.text)
        assert "3. mai 2021" in told
        assert "til og med torsdag 29. april" in told
        assert "flytter du møtet med /runde" in told
        assert "trenger status" in place.nav.last.text


async def test_a_deadline_before_the_plan_begins_is_stored_and_said_with_how_to_put_it_right(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/tiltak endre 1.6 frist: 1.3.2010")
        assert admin.last.text.splitlines()[1:] == [
            "Frist: 01.01. 2024 → 1.3.2010",
            "Jeg forstår fristen slik: «1.3.2010» → 1. mars 2010.",
            BEFORE,
            "Slik retter du fristen: /tiltak endre 1.6 frist: våren 2027",
        ]
        await say(town, admin, "/tiltak ny 1.8 Felles kurs; oppfølging: NAV; frist: 2018")
        assert BEFORE in admin.last.text
        await say(town, admin, "/tiltak endre 1.8 frist: 1.3.2031")
        assert "⚠️ Sjekk fristen. Den faller utenfor planperioden." in admin.last.text
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


async def test_a_unit_is_not_put_under_itself(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.admin, "/enhet flytt NAV under NAV")
        assert place.admin.last.text == "NAV kan ikke ligge under seg selv. Velg en annen enhet."


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


async def _store(database: Database, settings: dict[str, object]) -> None:
    async with database.write() as session:
        (await session.exec(select(Plan))).one().settings = settings


async def test_a_plan_that_has_stopped_says_which_setting_in_the_words_of_the_settings_and_goes_on_once_it_is_set(
    database: Database,
) -> None:
    async with cast(database) as place:
        town, admin = place.town, place.admin
        await _store(database, {"lead_days": [0]})
        await town.go_to(ROUND_OPENS)
        told = next(each for each in reversed(admin.messages) if "blir ikke fulgt opp" in each.text)
        assert told.text == (
            "«Rusmiddelpolitisk handlingsplan» blir ikke fulgt opp i dag, fordi innstillingen «Påminnelser før frist» "
            "ikke kan brukes. Jeg spør ingen om tiltakene i planen før den er satt på nytt. Trykk på knappen, eller "
            "skriv /innstillinger rusmiddelpolitisk-handlingsplan-2020-2024 frister standard for det vanlige."
        )
        assert "trenger status" not in place.nav.last.text
        await press(town, admin, "Sett på nytt", message=told)
        assert "Nå: kan ikke brukes. Vanligvis: 60 og 14 dager." in admin.last.text
        await say(town, admin, "90 30")
        assert any("Påminnelser før frist: kan ikke brukes → 90 og 30 dager" in each.text for each in admin.messages)
        assert "trenger status" in place.nav.last.text


async def test_a_plan_that_has_stopped_for_what_is_no_setting_goes_on_once_any_is_set(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await _store(sqlite, {"round": {"paper": 5}, "after_reporting_day": [-3]})
        await town.go_to(ROUND_OPENS)
        told = next(each for each in reversed(admin.messages) if "blir ikke fulgt opp" in each.text)
        await say(town, admin, "/innstillinger")
        assert "Det som ikke vises, faller bort når du endrer noe." in admin.last.text
        assert "Oppfølging etter rapporteringsdatoer: kan ikke brukes" in admin.last.text
        await press(town, admin, "Sett på nytt", message=told)
        await say(town, admin, "/innstillinger rus svartid 16")
        said = next(each.text for each in admin.messages if each.text.startswith("✅ Svartid: 15 virkedager → 16"))
        assert "Noe som ikke er en innstilling, er fjernet." in said
        assert "«Oppfølging etter rapporteringsdatoer» kunne ikke brukes, og er satt til det vanlige." in said


async def test_what_people_answer_and_change_is_taken_while_their_plan_has_stopped(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town = place.town
        await town.go_to(ROUND_OPENS)
        await _store(sqlite, {"round": {"papers": -3}, "after_reply_by": {"nag_after": [0], "escalate_after": [3]}})
        await say(town, place.nav, "1.6 er forsinket, vi mangler folk")
        await press(town, place.nav, "Lagre uten ny frist") if "Lagre uten ny frist" in labels(place.nav.last) else None
        for person, words in (
            (place.nav, "/mine"),
            (place.office, "/runde"),
            (place.office, "/runde rus 2021 møte kommunestyret 12.5.2021"),
            (place.office, "/mangler"),
            (place.admin, "/tiltak endre 1.6 frist: våren 2023"),
            (place.admin, "/innstillinger kommune ferie 28"),
        ):
            before = len(person.messages)
            await say(town, person, words)
            assert len(person.messages) > before + 1, words
        assert await values(sqlite, "SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
