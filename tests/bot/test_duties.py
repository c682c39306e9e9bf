"""Duties in the chat: each day of one that recurs has its own answer, and reminders can be a measure's own."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import cast, press, say, values

OWN = "SELECT lead_days FROM measure WHERE ref = '1.6'"
NEW_YEARS_EVE = datetime(2021, 12, 31, 8, 5, tzinfo=UTC)


async def test_a_measure_shows_day_by_day_what_was_said(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.admin, "/tiltak endre 1.6 frist: hvert år")
        await place.town.go_to(NEW_YEARS_EVE)
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🟢 Gjennomført")
        await press(place.town, place.nav, "Lagre uten kommentar")
        seen = (await say(place.town, place.office, "/tiltak 1.6")).text
        assert "🟢 31. desember 2021: gjennomført, svart 31. desember 2021" in seen
        assert "🗓 31. desember 2022: kommer" in seen
        assert "2023: kommer" not in seen, "of what lies ahead the next is enough"


async def test_an_admin_gives_a_measure_reminders_of_its_own_in_a_line_or_by_questions(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        changed = await say(place.town, place.admin, "/tiltak endre 1.6 varsle: 90 og 30 dager før fristen")
        assert "90, 30" in changed.text
        assert "Påminnelser: 90, 30 dager før frist" in (await say(place.town, place.admin, "/tiltak 1.6")).text
        for wrong in ("-3", "0", "i morgen", "9999", "1 2 3 4 5 6 7"):
            refused = await say(place.town, place.admin, f"/tiltak endre 1.6 varsle: {wrong}")
            assert "Ingenting er endret" in refused.text, wrong
        assert await values(sqlite, OWN) == [("[90, 30]",)]
        await say(place.town, place.admin, "/tiltak endre 1.6")
        assert "for eksempel «90, 30»" in (await say(place.town, place.admin, "varsle")).text
        await say(place.town, place.admin, "45")
        await press(place.town, place.admin, "Ja, gjør det")
        assert "90, 30 → 45" in place.admin.last.text
        await say(place.town, place.admin, "/tiltak endre 1.6 varsle:")
        assert await values(sqlite, OWN) == [(None,)]
