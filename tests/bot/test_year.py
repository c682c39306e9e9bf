"""/arshjul: the dates of the year ahead, in the chat and as a file."""

from datetime import date

import pytest
from icalendar import Calendar

from bot.commands.year import span
from storage.database import Database
from tests.bot.acting import cast, labels, press, say


async def test_the_office_sees_the_year_by_month_and_gets_it_as_a_calendar_file(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        seen = await say(place.town, place.office, "/arshjul")
        assert "4. januar 2021 til 3. januar 2022" in seen.text
        assert "mars 2021\n15. Runden 2021 åpner – enhetene (foreløpig dato)" in seen.text
        assert "3. Kommunestyret behandler statusrapporten for 2021 (foreløpig dato)" in seen.text
        assert seen.text.startswith("Rusmiddelpolitisk handlingsplan\nÅrshjul fra ")
        assert all(len(line) <= 250 for line in seen.text.splitlines()), "a line is read on a phone"
        assert "Frist: 3.2 Miljøtjeneste – Kommunalsjef omsorg" in seen.text
        assert labels(seen) == ["Hent som kalenderfil"]
        await press(place.town, place.office, "Hent som kalenderfil")
        file = place.office.last
        assert file.file_name == "årshjul-rusmiddelpolitisk-handlingsplan-2020-2024.ics"
        assert file.content is not None
        events = Calendar.from_ical(file.content).walk("VEVENT")
        assert len(events) == sum(line[:1].isdecimal() for line in seen.text.split("\n"))
        assert "Runden 2021 åpner" in [str(event["summary"]) for event in events]
        about = {str(event["summary"]): str(event["description"]) for event in events}
        of_budget = next(words for title, words in about.items() if title.startswith("Innspill til budsjettet"))
        assert "Datoen er foreløpig. Planen sier: «" in of_budget
        nobodys = next(words for title, words in about.items() if title.startswith("Frist: 1.4"))
        assert nobodys == "Rusmiddelpolitisk handlingsplan. Ingen følger opp tiltaket."


async def test_another_year_and_what_cannot_be_shown(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        assert "1. januar 2023 til 31. desember 2023" in (await say(place.town, place.office, "/arshjul rus 2023")).text
        assert "Planperioden er slutt" in (await say(place.town, place.admin, "/arshjul 2024")).text
        assert "er det ingen datoer" in (await say(place.town, place.office, "/arshjul 2050")).text
        assert "fra 2000 til 2099" in (await say(place.town, place.office, "/arshjul 1066")).text
        unknown = (await say(place.town, place.office, "/arshjul vei")).text
        assert "begynner på «vei»" in unknown
        assert "rusmiddelpolitisk-handlingsplan-2020-2024" in unknown
        gone = await press(place.town, place.office, data="aa:999:0")
        assert "gjelder ikke lenger" in gone.text


async def test_the_days_of_several_plans_stand_under_their_titles_and_what_has_none_is_named(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/plan ny Trafikksikkerhetsplan; periode: 2021-2024")
        slug = "trafikksikkerhetsplan-2021-2024"
        for words in (
            "91 Skilt; frist: 30.6.2021",
            "92 Bru; frist: når veien er bygd",
            "93 Kurs; frist: ved behov",
        ):
            await say(town, admin, f"/tiltak ny {words}; plan: {slug}")
        seen = (await say(town, place.office, "/arshjul")).text
        assert "\nTrafikksikkerhetsplan\n30. Frist: 91 Skilt – ingen følger opp\n" in seen
        assert "(Trafikksikkerhetsplan)" not in seen
        assert seen.endswith("Uten dato\nTrafikksikkerhetsplan\nFristen er ikke kjent før noe annet har skjedd: 92")
        assert "Uten dato" not in (await say(town, place.office, "/arshjul 2020")).text


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2021, 1, 4), date(2022, 1, 3)),
        (date(2021, 1, 31), date(2022, 1, 30)),
        (date(2021, 3, 1), date(2022, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_the_year_ahead_is_twelve_months_from_whichever_day(today: date, last: date) -> None:
    assert span(None, today) == (today, last)
