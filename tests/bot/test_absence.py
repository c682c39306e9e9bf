"""/fravaer: a leader goes away, somebody stands in, and the leader is welcomed back."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.people import Role
from tests.bot.acting import ROUND_OPENS, cast, count, data_of, labels, press, say, values

DAY = timedelta(days=1)
TITLE = "1.6 Aktiviteter og tiltak"


async def test_a_deputy_answers_meanwhile_and_the_leader_hears_of_it_when_they_are_back(database: Database) -> None:
    async with cast(database) as place:
        deputy = await place.town.join(Role.LEADER, "Testperson Vikar", "NAV")
        await place.town.go_to(ROUND_OPENS - DAY)
        seen = await say(place.town, place.nav, "/fravaer 15.–26. mars")
        assert seen.text.startswith("Du er borte fra mandag 15. mars til og med 26. mars 2021.")
        assert labels(seen) == ["Testperson Vikar", "Noen andre", "Ingen stedfortreder"]
        await press(place.town, place.nav, "Noen andre")
        seen = await say(place.town, place.nav, "Hvem som helst")
        assert "Jeg finner ingen i chatten som heter «Hvem som helst»" in seen.text
        seen = await say(place.town, place.nav, "testperson slt")
        assert "Testperson SLT får spørsmålene og kan svare i den tiden." in seen.text
        many = len(place.nav.messages)
        await place.town.go_to(ROUND_OPENS)
        assert "Du er valgt som stedfortreder for NAV fra 15. mars 2021" in place.slt.transcript()
        # The unit has another leader who is there: both are asked.
        assert "• 1.6" in deputy.last.text
        assert "Du svarer for NAV mens Testperson NAV er borte, til og med fredag 26. mars." in place.slt.last.text
        assert "• 1.6" in place.slt.last.text
        assert TITLE in (await say(place.town, place.slt, "/mine")).text
        await say(place.town, place.slt, "/status 1.6")
        await press(place.town, place.slt, "🔵 I gang")
        await say(place.town, place.slt, "Kurset er holdt")
        await press(place.town, place.slt, "Lagre")
        assert len(place.nav.messages) == many
        await place.town.go_to(datetime(2021, 3, 29, 8, 0, tzinfo=UTC))
        assert place.nav.messages[many:][0].text.startswith(
            "Velkommen tilbake. Du var borte fra mandag 15. mars til og med fredag 26. mars.\n"
            "Dette ble besvart mens du var borte:\n• 1.6 "
        )
        assert "🔵 I gang, svart av Testperson SLT" in place.nav.messages[many].text
        # The right is gone with the absence, under old buttons too.
        before = await count(database, "status_reply")
        seen = await say(place.town, place.slt, "/status 1.6")
        assert "hører ikke til enheten din" in seen.text
        assert await count(database, "status_reply") == before
        await place.town.go_to(datetime(2021, 3, 30, 8, 0, tzinfo=UTC))
        assert "Velkommen tilbake" not in place.nav.last.text or len(place.nav.messages) == many + 1


async def test_what_is_written_wrongly_is_said_and_what_overlaps_is_replaced(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        nav, town = place.nav, place.town
        assert "Du har ikke registrert noe fravær." in (await say(town, nav, "/fravaer")).text
        for words, told in (
            ("fra mandag", "Skriv også siste dag."),
            ("1.1.2020–2.1.2020", "er over."),
            ("20.–1. juli", "kommer den siste dagen før den første"),
            ("1.2.2021–1.8.2022", "høyst ett år"),
            ("påske", "Jeg forsto ikke dagene i «påske»."),
        ):
            assert told in (await say(town, nav, words)).text
        assert await count(sqlite, "absence") == 0
        await say(town, nav, "uke 28")
        old = nav.last
        await press(town, nav, "Ingen stedfortreder")
        assert "I den tiden går spørsmålene til de andre i enheten" in nav.last.text
        # An old button is pressed again: nothing happens twice.
        await press(town, nav, data=f"fv:d:{await _id(sqlite, 'NAV')}:{_ordinals(2021, 7, 12, 18)}:0", message=old)
        assert await count(sqlite, "absence") == 1
        seen = await say(town, nav, "/fravaer uke 28-29")
        assert "Det erstatter fraværet fra mandag 12. juli til og med søndag 18. juli." in seen.text
        await press(town, nav, data=data_of(seen, "Ingen stedfortreder"))
        assert await values(sqlite, "SELECT last_on FROM absence WHERE cancelled_at IS NULL") == [("2021-07-25",)]
        seen = await say(town, nav, "/fravaer")
        assert "• mandag 12. juli til og med søndag 25. juli, uten stedfortreder" in seen.text
        end = data_of(seen, "Avslutt fraværet fra 12. juli 2021")
        await press(town, nav, data=end)
        assert nav.last.text == "Fraværet fra mandag 12. juli til og med søndag 25. juli er avlyst."
        answer = await press(town, nav, data=end)
        assert answer.text == "Fraværet er over, eller er avlyst. Ingenting er endret."
        assert "det er ingenting å avslutte" in (await say(town, nav, "/fravaer ferdig")).text


async def test_an_admin_says_so_for_somebody_else_and_nobody_else_may(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        town = place.town
        assert "Bare en administrator" in (await say(town, place.slt, "/fravaer Testperson NAV: uke 12")).text
        assert "passer på flere" in (await say(town, place.admin, "/fravaer Testperson: uke 12")).text
        seen = await say(town, place.admin, "/fravaer testperson nav: 15.–26. mars")
        assert seen.text.startswith("Testperson NAV er borte fra mandag 15. mars")
        nobody = data_of(seen, "Ingen stedfortreder")
        answer = await press(town, place.slt, data=nobody)
        assert answer.text == "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."
        assert await count(sqlite, "absence") == 0
        many = len(place.nav.messages)
        await press(town, place.admin, data=nobody)
        await town.go_to(ROUND_OPENS + DAY)
        # Nobody else is in the unit, and nobody above: the office hears of it, and the one who is away nothing.
        assert len(place.nav.messages) == many
        assert "Jeg har ingen å spørre" in place.office.last.text
        # Back before the time: what waits is theirs again, and they hear what was answered, once.
        await say(town, place.nav, "/fravaer jeg er tilbake")
        assert "Du var borte fra mandag 15. mars til og med mandag 15. mars." in place.nav.last.text
        assert labels(place.nav.last) == ["Svar nå (1 tiltak)"]
        many = len(place.nav.messages)
        await town.go_to(ROUND_OPENS + 2 * DAY)
        assert not any("Velkommen tilbake" in seen.text for seen in place.nav.messages[many:])


async def _id(database: Database, name: str) -> int:
    [(found,)] = await values(database, f"SELECT id FROM person WHERE name = 'Testperson {name}'")
    assert isinstance(found, int)
    return found


def _ordinals(year: int, month: int, first: int, last: int) -> str:
    return ":".join(str(datetime(year, month, day, tzinfo=UTC).toordinal()) for day in (first, last))


async def test_the_menu_of_a_deputy_turns_when_the_absence_begins_and_ends(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav, office = place.town, place.nav, place.office

        def may_answer() -> bool:
            return "status" in [name for name, _ in office.menu]

        await say(town, nav, "/fravaer 15.–26. mars")
        await press(town, nav, "Noen andre")
        await say(town, nav, "Testperson Kontor")
        assert not may_answer()
        await town.go_to(datetime(2021, 3, 14, 20, 0, tzinfo=UTC))
        assert not may_answer()
        await town.go_to(datetime(2021, 3, 15, 8, 0, tzinfo=UTC))
        assert may_answer()
        await town.go_to(datetime(2021, 3, 18, 8, 0, tzinfo=UTC))
        sent = len([call for call in town.server.calls if call.method.lower() == "setmycommands"])
        await town.go_to(datetime(2021, 3, 19, 8, 0, tzinfo=UTC))
        assert len([call for call in town.server.calls if call.method.lower() == "setmycommands"]) == sent
        await town.go_to(datetime(2021, 3, 27, 8, 0, tzinfo=UTC))
        assert not may_answer()
        # Back earlier than planned: at once.
        await say(town, nav, "/fravaer i dag til 9. april")
        await press(town, nav, "Noen andre")
        await say(town, nav, "Testperson Kontor")
        assert may_answer()
        await say(town, nav, "/fravaer ferdig")
        assert not may_answer()
