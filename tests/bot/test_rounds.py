"""Rounds in the chat: seen, opened, moved, closed and called off, and who hears of it."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.people import Role
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values

FEBRUARY = datetime(2021, 2, 1, 8, 0, tzinfo=UTC)


async def test_a_meeting_that_is_moved_moves_the_round_and_tells_those_who_were_asked(database: Database) -> None:
    async with cast(database) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        seen = await say(town, office, "/runde")
        assert seen.text == (
            "Rusmiddelpolitisk handlingsplan: runden 2021\nÅpen: 0 av 11 tiltak er besvart\n\n"
            "Åpner: mandag 15. mars\nHalvveis: torsdag 25. mars\nSvarfrist: fredag 9. april\n"
            "Kontorets uke fra: mandag 12. april\nSakspapirer: mandag 19. april\n\n"
            "Saksgang\n• Kommunestyret 3. mai 2021 (foreløpig), sakspapirer 19. april 2021\n"
            "En foreløpig dato er regnet ut fra planen. Trykk «Flytt møtet» når du vet den riktige."
        )
        assert labels(seen)[:5] == [
            "Flytt møtet",
            "Flytt papirfristen",
            "Flytt svarfristen",
            "Avslutt",
            "Avlys runden",
        ]
        await press(town, office, "Flytt møtet")
        assert labels(office.last) == ["Kommunestyret", "Hovedutvalget", "Formannskapet"]
        asked = office.last
        await press(town, office, "Formannskapet")
        assert office.last.text.startswith("Når møtes Formannskapet? Skriv datoen, for eksempel 12.5.2021.")
        assert "ikke lenger" in (await press(town, office, data="ru:b:1:9")).text
        await press(town, office, "Kommunestyret", message=asked)
        for words, refusal in (
            ("neste uke", "Jeg finner ingen dato i «neste uke»."),
            ("31.02.2021", "Datoen 31.02.2021 finnes ikke."),
            (
                "12.5.2021 eller 19.5.2021",
                "Jeg vet ikke hvilken dato du mener: 12.5.2021, 19.5.2021. Skriv bare den ene.",
            ),
            ("1.3.2021", "1. mars 2021 har vært. Den tidligste mulige dagen er"),
            ("15.5.2021", "Lørdag 15. mai er ingen arbeidsdag. De nærmeste er fredag 14. mai og tirsdag 18. mai."),
            ("17.5.2021", "Mandag 17. mai er ingen arbeidsdag."),
            ("22.3.2021", "22. mars 2021 er for tidlig: Sakspapirene måtte ut 8. mars 2021"),
            ("12.5.2022", "Møtet må være i 2021"),
        ):
            await say(town, office, words)
            assert office.last.text.startswith(refusal), office.last.text
        told = len(nav.messages)
        await say(town, office, "12.5.2021")
        assert office.messages[-2].text == (
            "✅ Kommunestyret møtes 12. mai 2021.\nSvarfristen var 9. april 2021, og er nå 20. april 2021.\n"
            "De som er spurt og ikke har svart, får beskjed."
        )
        [message] = nav.messages[told:]
        assert message.text == (
            "Rusmiddelpolitisk handlingsplan: Nye datoer i runden 2021\n"
            "Kontoret har flyttet datoene. Svarfristen er tirsdag 20. april.\nSaken går til kommunestyret 12. mai 2021."
        )
        # A body before the council: the round counts back from the first, and nobody meets twice on a day.
        await say(town, office, "/runde rus 2021 møte formannskap 12.5.2021")
        assert office.last.text.startswith(
            "Kommunestyret møtes allerede 12. mai 2021, og saken kan ikke behandles to steder"
        )
        await press(town, office, "Flytt møtet", message=seen)
        await press(town, office, "Formannskapet")
        await say(town, office, "5.5.2021")
        assert "• Formannskapet 5. mai 2021, sakspapirer 21. april 2021\n• Kommunestyret 12. mai" in office.last.text
        await say(town, office, "/runde rus 2021 svarfrist 16.4.2021")
        assert "Svarfrist: fredag 16. april" in office.last.text
        assert nav.last.text.split("Svarfristen er ")[1].startswith("fredag 16. april.")
        days = await values(database, "SELECT DISTINCT anchor_on FROM status_request WHERE reason = 'round'")
        assert [str(day) for (day,) in days] == ["2021-04-16"]
        # Moved, moved back and moved again on one day: each is told.
        for day in ("6.5.2021", "5.5.2021", "6.5.2021"):
            town.clock.at += timedelta(minutes=1)
            told = len(nav.messages)
            await say(town, office, f"/runde rus 2021 møte formannskapet {day}")
            [message] = nav.messages[told:]
            assert f"Saken går til formannskapet {day[0]}. mai 2021." in message.text
        await say(town, office, "/runde rus 2021 svarfrist 6.5.2021")
        assert office.last.text.startswith("Svarfristen må ligge mellom 15. mars 2021")
        assert await count(database, "audit_log", "action = 'reply_by_moved'") == 1
        assert await count(database, "audit_log", "subject = 'meeting'") == 5


async def test_a_round_is_opened_before_its_day_and_closed_before_its_meeting(sqlite: Database) -> None:
    async with cast(sqlite, FEBRUARY) as place:
        town, office, nav = place.town, place.office, place.nav
        await say(town, office, "/runde rus 2021 åpne")
        assert office.last.text.startswith("Skal runden 2021 åpne nå? Etter planen åpner den 15. mars 2021.")
        sure = office.last
        await press(town, office, "Ja, det skal den", message=sure)
        opened = "✅ Runden 2021 er åpnet 1. februar 2021. Den skulle etter planen åpne 15. mars 2021. "
        assert office.messages[-2].text == opened + "Enhetene blir spurt nå."
        assert "Åpen: 0 av 11 tiltak er besvart" in office.last.text
        assert "Åpner: mandag 1. februar" in office.last.text
        assert "Jeg trenger status" in nav.last.text
        await press(town, office, "Ja, det skal den", message=sure)
        assert office.last.text == "Runden 2021 er allerede åpnet. Ingenting er endret."
        await say(town, office, "/runde rus 2021 avslutt")
        await press(town, office, "Ja, det skal den")
        assert "Avsluttet: 0 av 11 tiltak ble besvart" in office.last.text
        assert nav.last.text.startswith("Rusmiddelpolitisk handlingsplan: Runden 2021 er over")
        await say(town, office, "/runde rus 2021 møte kommunestyre 12.5.2021")
        assert office.last.text == "Runden 2021 er avsluttet og kan ikke endres."


async def test_a_round_that_was_called_off_asks_nobody_and_stays_so(sqlite: Database) -> None:
    async with cast(sqlite, FEBRUARY) as place:
        town, office = place.town, place.office
        await say(town, office, "/runde rus 2021 avlys")
        await press(town, office, "Ja, det skal den")
        assert "Avlyst: Ingen blir spurt." in office.last.text
        await place.town.go_to(ROUND_OPENS)
        assert await count(sqlite, "status_request", "reason = 'round'") == 0
        await say(town, office, "/runde rus")
        assert "runden 2022" in office.last.text
        await say(town, office, "/runde rus 2021 bake kake")
        assert office.last.text.startswith("Det forsto jeg ikke. Slik kan du skrive:")
        assert (await press(town, office, data="ru:x:999")).text.startswith("Knappen gjelder ikke lenger")


async def test_an_admin_hears_two_weeks_before_a_round_whom_nobody_can_ask_and_mends_it_in_time(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await town.go_to(datetime(2021, 3, 1, 8, 5, tzinfo=UTC))
        assert admin.last.text.startswith("Rusmiddelpolitisk handlingsplan: Runden åpner 15. mars 2021\n")
        assert "• Ingen enhet følger opp 1.4." in admin.last.text
        assert "• Ingen i chatten svarer for Rådmannen, Kommunalsjef omsorg." in admin.last.text
        await press(town, admin, "Velg hvem som følger opp 1.4")
        await press(town, admin, "NAV")
        leader = await town.join(Role.LEADER, "Testperson Rådmann", "Rådmannen")
        await town.go_to(ROUND_OPENS)
        assert "Svar nå (6 tiltak)" in labels(leader.last)
        assert "• 1.4 " in place.nav.last.text


async def test_the_round_of_a_plan_that_is_archived_is_neither_moved_nor_taken_up_again(sqlite: Database) -> None:
    async with cast(sqlite, FEBRUARY) as place:
        town, office, admin = place.town, place.office, place.admin
        await say(town, office, "/runde rus 2021 avlys")
        await press(town, office, "Ja, det skal den")
        await press(town, office, "Ta opp igjen")
        sure = office.last
        await say(town, office, "/runde rus 2022")
        await press(town, office, "Flytt møtet")
        await press(town, office, "Kommunestyret")
        await say(town, admin, "/plan arkiver rus")
        await press(town, admin, "Ja, gjør det")
        stored = "SELECT state, meeting_on, called_off_at FROM round"
        before = await values(sqlite, stored)
        assert (await press(town, office, "Ja, det skal den", message=sure)).text.startswith("Knappen gjelder ikke")
        await say(town, office, "12.5.2022")
        assert office.last.text.startswith("Det forsto jeg ikke")
        assert await values(sqlite, stored) == before
        assert await count(sqlite, "round", "state <> 'closed'") == 0
