"""What waits for an answer: the office sees it, reminds of it and calls it off."""

from datetime import UTC, datetime, timedelta

from emulator.chats import Seen
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, data_of, labels, press, say, values

EVENING = datetime(2021, 3, 15, 18, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2021, 3, 16, 7, 0, tzinfo=UTC)


async def open_one(place: Cast, ref: str) -> Seen:
    """The list, page by page, until there is a button for the measure; then what it shows."""
    seen = await say(place.town, place.office, "/mangler")
    while ref not in labels(seen):
        await press(place.town, place.office, "Neste side ▶", message=seen)
    await press(place.town, place.office, ref, message=seen)
    return place.office.last


async def test_the_office_reminds_of_one_thing_once_a_day_and_it_is_said_at_once(database: Database) -> None:
    async with cast(database) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        assert "sist minnet på" not in nav.last.text
        one = await open_one(place, "1.6")
        assert one.text == (
            "1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n"
            "Enhet: NAV\nSpurt: 15. mars 2021\nHvorfor: årsrapporten, svar innen 9. april 2021\n"
            "Sist minnet på: Testperson NAV 15.03.2021 kl. 09.00"
        )
        assert labels(one) == ["Purr", "Avlys", "Vis tiltaket", "Skriv ned svar"]
        reminders = await count(database, "reminder")
        # The daily message has gone out today: the nag is a message of its own, and the buttons work.
        await press(town, office, "Purr", message=one)
        assert office.last.text == "Jeg sender nå en påminnelse om ett tiltak: Testperson NAV."
        assert nav.last.text.startswith("Kontoret minner om dette:\n\n• 1.6 Aktiviteter")
        told = len(nav.messages)
        await press(town, office, "Purr", message=one)
        await say(town, office, "/purr nav")
        assert office.last.text.startswith("Kontoret har allerede purret på ett tiltak i dag")
        assert len(nav.messages) == told
        assert await count(database, "nag") == 1
        assert await values(database, "SELECT subject FROM audit_log WHERE action = 'nagged'") == [("status_request",)]
        await press(town, nav, "Svar nå (1 tiltak)")
        assert "Hva er status nå?" in nav.last.text
        await press(town, nav, "🔵 I gang")
        await press(town, nav, "Lagre uten kommentar")
        answer = await press(town, office, "Purr", message=one)
        assert answer.text == "Dette venter ikke på svar lenger. Ingenting er endret. Send /mangler for å se listen."
        # A step of the scheduler is where it was: nothing of it was taken by the nag.
        assert await count(database, "reminder") == reminders


async def test_what_is_asked_for_in_the_evening_goes_out_in_the_morning_within_the_days_one_message(
    database: Database,
) -> None:
    async with cast(database) as place:
        town, office, slt = place.town, place.office, place.slt
        await town.go_to(ROUND_OPENS)
        before = len(slt.messages)
        await town.go_to(EVENING)
        await say(town, office, "/purr alle")
        assert office.last.text == (
            "Skal jeg purre på alle de 11 tiltakene som mangler svar?\nDet gjelder 4 enheter, og hver får én melding."
        )
        sure = office.last
        await press(town, office, "Ja, purr på alle", message=sure)
        assert office.last.text.startswith(
            "Det er utenfor arbeidstiden nå, så påminnelsen går ut 16.03.2021 kl. 08.00: "
        )
        assert "Ingen i chatten svarer for Kommunalsjef omsorg, " in office.last.text
        await press(town, office, "Ja, purr på alle", message=sure)
        await say(town, office, "/purr SLT-koordinator")
        assert len(slt.messages) == before
        await town.go_to(NEXT_MORNING)
        [message] = slt.messages[before:]
        assert message.text.startswith("Jeg trenger status for 2 tiltak.")
        assert message.text.count("    Kontoret ber om svar på dette nå.") == 2
        # A day later it may be said again.
        await town.go_to(NEXT_MORNING + timedelta(days=1))
        await say(town, office, "/purr 1.5")
        assert office.last.text == "Jeg sender nå en påminnelse om ett tiltak: Testperson SLT."


async def test_the_office_calls_off_one_thing_with_a_reason_that_is_not_in_the_log(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await town.go_to(ROUND_OPENS)
        one = await open_one(place, "1.6")
        await press(town, office, "Avlys", message=one)
        assert "Hvorfor trenger ikke NAV å svare?" in office.last.text
        await say(town, office, "Tiltaket er slått sammen med 1.7")
        assert office.last.text.endswith("blir ikke spurt om dette mer.\nGrunn: Tiltaket er slått sammen med 1.7")
        assert await values(sqlite, "SELECT closed_because FROM status_request WHERE closed_at IS NOT NULL") == [
            ("called_off",)
        ]
        assert await values(sqlite, "SELECT reason FROM call_off") == [("Tiltaket er slått sammen med 1.7",)]
        log = str(await values(sqlite, "SELECT action, before, after FROM audit_log WHERE action = 'called_off'"))
        assert "called_off" in log
        assert "slått sammen" not in log
        await say(town, office, "/oversikt")
        assert "0 av 10 tiltak er besvart" in office.last.text
        # Answered while the reason was being written: nothing is called off.
        one = await open_one(place, "1.5")
        await press(town, office, "Avlys", message=one)
        await say(town, place.slt, "/status 1.5")
        await press(town, place.slt, "🔵 I gang")
        await press(town, place.slt, "Lagre uten kommentar")
        await say(town, office, "Trengs ikke")
        assert office.last.text.startswith("Dette venter ikke på svar lenger, så ingenting er avlyst.")
        await say(town, office, "/purr 7.7")
        assert office.last.text.startswith("Jeg finner verken tiltak eller enhet som heter «7.7».")
        await say(town, office, "/purr 1.5")
        assert office.last.text == "Ingenting venter på svar for «1.5»."


async def test_every_page_of_the_list_is_reached_and_no_page_is_too_far(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await town.go_to(ROUND_OPENS)
        seen = await say(town, office, "/mangler")
        assert labels(seen)[-2:] == ["Neste side ▶", "Purr på alle 11"]
        far = data_of(seen, "Neste side ▶")
        await press(town, office, "Neste side ▶", message=seen)
        assert "(side 2 av 2)" in seen.text
        assert labels(seen)[-2:] == ["◀ Forrige side", "Purr på alle 11"]
        await press(town, office, data="mg:p:99", message=seen)
        assert "(side 2 av 2)" in seen.text
        await press(town, office, "◀ Forrige side", message=seen)
        assert data_of(seen, "Neste side ▶") == far
        for forged in ("mg:p:²", "mg:o:x1", "mg:n:r", "mg:", "mg:c:q99999999999"):
            assert (await press(town, office, data=forged)).text.startswith("Knappen gjelder ikke lenger")
