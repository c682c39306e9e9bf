"""What the council reads: released, edited and taken back by the office, and what the unit hears of it and is asked."""

from datetime import UTC, datetime

from bot.dialogues import release
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values
from tests.bot.test_office import answers

NEXT_MORNING = datetime(2021, 3, 16, 7, 0, tzinfo=UTC)


async def test_an_edit_keeps_the_original_and_the_unit_hears_of_it_once_in_its_next_message(
    database: Database,
) -> None:
    async with cast(database) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        await answers(place, nav, "1.6", "Kurset er holdt, men få kom")
        told = len(nav.messages)
        await say(town, office, "/frigi")
        await press(town, office, "Skriv om")
        await say(town, office, "Kurset er holdt.")
        released = office.messages[-2]
        assert labels(released) == ["Skriv om", "Trekk tilbake"]
        await press(town, office, "Skriv om", message=released)
        await say(town, office, "Kurset er gjennomført.")
        assert len(nav.messages) == told, "not a message for each edit"
        await town.go_to(NEXT_MORNING)
        [message] = nav.messages[told:]
        assert message.text == (
            "Kontoret har endret teksten kommunestyret får lese\n\n"
            "• 1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n"
            "    Testperson Kontor: «Kurset er gjennomført.»\n"
            "Svaret ditt er bevart. Send /tiltak og nummeret for å se begge."
        )
        assert await count(database, "report_text", "told_at IS NULL") == 0
        await town.go_to(NEXT_MORNING.replace(day=17))
        assert len(nav.messages) == told + 1
        await say(town, office, "/frigi 1.6")
        assert "Enheten skrev: «Kurset er holdt, men få kom»" in office.last.text
        assert "Testperson Kontor skrev rapportteksten «Kurset er holdt.»" in office.last.text
        assert labels(office.last) == ["Trekk tilbake", "Skriv om", "Spør tilbake"]
        of_text = office.last
        await press(town, office, "Trekk tilbake")
        assert of_text.text.endswith("Kommunestyret får ikke lese noe om dette før du frigir en tekst igjen.")
        assert await count(database, "report_text") == 0
        again = await press(town, office, "Frigi", message=of_text)
        assert not again.show_alert
        assert [row[0] for row in await values(database, "SELECT action FROM report_text_edit ORDER BY id")] == [
            "edited",
            "edited",
            "withdrawn",
            "released",
        ]
        assert await count(database, "audit_log", "action = 'withdrawn'") == 1


async def test_all_is_released_first_when_every_page_has_been_seen(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        for ref, person in (("1.5", place.slt), ("1.7", place.slt), ("1.6", place.nav)):
            await answers(place, person, ref, f"Kommentar {ref}")
        before, release.PER_PAGE = release.PER_PAGE, 2
        try:
            await say(town, office, "/frigi")
            await press(town, office, "Se alle 3")
            assert labels(office.last) == ["Neste side ▶"]
            assert "(side 1 av 2)" in office.last.text
            await press(town, office, "Neste side ▶")
            assert labels(office.last) == ["Frigi alle 3"]
        finally:
            release.PER_PAGE = before
        await press(town, office, "Frigi alle 3")
        assert await count(sqlite, "report_text") == 3
        # Released in the unit's own words: nobody needs to hear of that.
        assert await count(sqlite, "report_text", "told_at IS NULL") == 0


async def test_a_question_back_makes_the_measure_wait_again_until_it_is_answered(database: Database) -> None:
    async with cast(database) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        await answers(place, nav, "1.6", "Kurset er holdt")
        await say(town, office, "/tiltak 1.6")
        await press(town, office, "Spør tilbake")
        assert office.last.text.endswith("Send /avbryt for å la være.")
        await say(town, office, "Hvor mange kom?")
        assert office.last.text.startswith("Tiltak 1.6 venter på svar igjen.")
        assert "Testperson NAV får spørsmålet nå:" in office.last.text
        asked = nav.last
        assert asked.text.startswith("Kontoret har et spørsmål om svaret ditt:")
        assert "\n\nHvor mange kom?\n\n" in asked.text
        assert "Hvor mange" not in str(await values(database, "SELECT after FROM audit_log WHERE action = 'asked'"))
        await say(town, nav, "/mine")
        assert "kontoret spurte 15. mars 2021 om mer" in nav.last.text
        await say(town, office, "/purr 1.6")
        assert "Kontoret spør: «Hvor mange kom?»" in nav.last.text
        await press(town, nav, "Svar", message=asked)
        await press(town, nav, "🔵 I gang")
        await say(town, nav, "Tolv kom")
        await press(town, nav, "Lagre")
        assert office.last.text.startswith("NAV har svart på det du spurte om:")
        assert "Du spurte: «Hvor mange kom?»" in office.last.text
        assert "Tolv kom" in office.last.text
        assert labels(office.last) == ["Spør tilbake"]
        assert await values(database, "SELECT closed_because FROM question_back") == [("answered",)]
        assert await count(database, "status_reply") == 2
        await say(town, office, "/purr 1.6")
        assert office.last.text == "Ingenting venter på svar for «1.6»."


async def test_a_unit_nobody_of_which_is_in_the_chat_cannot_be_asked_back(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await say(town, office, "/registrer 3.2")
        await press(town, office, "🔵 I gang")
        await press(town, office, "Lagre uten kommentar")
        await say(town, office, "/tiltak 3.2")
        await press(town, office, "Spør tilbake")
        assert office.last.text.startswith("Ingen i chatten svarer for tiltak 3.2, så jeg har ingen å spørre.")
        assert (await press(town, office, data="sb:99999")).text.startswith("Knappen gjelder ikke lenger")
