"""Lists of measures in pages, and everything about one measure."""

from storage.database import Database
from tests.bot.acting import cast, labels, press, say
from tests.bot.test_delivery import sixty_measures


async def test_lists_of_measures_are_turned_page_by_page_and_none_is_left_out(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await sixty_measures(place.town)
        for person, words, turns, pages in ((place.nav, "/mine", "mi", 8), (place.office, "/tiltak", "tl", 9)):
            await say(place.town, person, words)
            shown = person.last
            listed = shown.text
            for page in range(2, pages + 1):
                await press(place.town, person, data=f"{turns}:{page - 1}", message=shown)
                assert f"Side {page} av {pages}" in shown.text
                listed += shown.text
            assert all(f"7.{number} Et tiltak" in listed for number in range(60)), words


async def test_a_measure_shows_who_answered_what_was_corrected_and_what_the_office_wrote(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav, office = place.town, place.nav, place.office
        await say(town, nav, "1.6 er i gang, ti deltakere")
        await press(town, nav, "Lagre")
        await press(town, nav, "Rett")
        await press(town, nav, "🟠 Forsinket")
        await say(town, nav, "Tolv deltakere")
        await press(town, nav, "Lagre")
        await say(town, office, "/frigi")
        await press(town, office, "Skriv om")
        await say(town, office, "Tolv personer deltar.")
        await say(town, nav, "/tiltak 1.6")
        assert (
            "🟠 Forsinket, 04.01.2021 kl. 09.00, NAV: Testperson NAV\nRetter et tidligere svar.\nTolv deltakere\n"
            "Slik står det i rapporten, endret av Testperson Kontor 04.01.2021 kl. 09.00:\nTolv personer deltar."
        ) in nav.last.text
        assert "Rettet senere, og gjelder ikke lenger.\nTi deltakere" in nav.last.text
        assert "Svar på nytt" in labels(nav.last)
