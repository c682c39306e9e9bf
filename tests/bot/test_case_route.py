"""The case route in the chat: each body with its meeting and its own day for papers; and a round taken up again."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values

FEBRUARY = datetime(2021, 2, 1, 8, 0, tzinfo=UTC)


async def test_each_body_of_the_route_has_its_meeting_and_its_day_for_papers(sqlite: Database) -> None:
    async with cast(sqlite, FEBRUARY) as place:
        town, office = place.town, place.office
        await say(town, office, "/runde rus 2021 møte formannskap 12.5.2021")
        assert office.last.text.split("Saksgang\n")[1] == (
            "• Formannskap 12. mai 2021, sakspapirer 28. april 2021\n"
            "• Kommunestyret 14. mai 2021 (foreløpig), sakspapirer 29. april 2021\n"
            "En foreløpig dato er regnet ut fra planen. Trykk «Flytt møtet» når du vet den riktige."
        )
        await say(town, office, "/runde rus 2021 møte hovedutvalget 4.5.2021 papirer 26.4.2021")
        await say(town, office, "/runde rus 2021 møte kommunestyret 26.5.2021")
        assert "Sakspapirer: mandag 26. april" in office.last.text
        assert "Svarfrist: fredag 16. april" in office.last.text
        assert office.last.text.split("Saksgang\n")[1] == (
            "• Hovedutvalget 4. mai 2021, sakspapirer 26. april 2021\n"
            "• Formannskap 12. mai 2021, sakspapirer 28. april 2021\n"
            "• Kommunestyret 26. mai 2021, sakspapirer 7. mai 2021"
        )
        for words, refusal in (
            (
                "formannskap 27.5.2021",
                "Kommunestyret behandler saken til slutt, og møtes 26. mai 2021. Flytt",
            ),
            ("kommunestyret 11.5.2021", "Kommunestyret behandler saken til slutt. Møtet må være etter møtet i Form"),
            ("formannskap 4.5.2021", "Hovedutvalget møtes allerede 4. mai 2021"),
            (
                "hovedutvalget 4.5.2021 papirer 5.5.2021",
                "Sakspapirene kan ikke ut 5. mai 2021: De må ut før",
            ),
            ("hovedutvalget 4.5.2021 papirer 9.2.2021", "Sakspapirene kan ikke ut 9. februar 2021, for da rekker ikke"),
            ("hovedutvalget 4.5.2021 papirer nå", "Jeg finner ingen dato"),
        ):
            await say(town, office, f"/runde rus 2021 møte {words}")
            assert office.last.text.startswith(refusal), office.last.text
        assert await count(sqlite, "audit_log", "subject = 'meeting'") == 3


async def test_papers_are_moved_by_a_button_and_in_one_line(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/runde rus 2021 papirer 20.4.2021")
        assert office.last.text == "Kommunestyret har ikke fått noen møtedato. Sett møtet først."
        await say(town, office, "/runde rus 2021 møte formannskapet 5.5.2021")
        seen = await say(town, office, "/runde rus 2021 møte kommunestyret 26.5.2021")
        told = len(nav.messages)
        await press(town, office, "Flytt papirfristen", message=seen)
        assert office.last.text.startswith(
            "Sakspapirene skal ut slik:\n• Formannskapet 5. mai 2021, sakspapirer 21. april 2021\n"
        )
        await say(town, office, "23.4.2021")
        assert office.messages[-2].text == (
            "✅ Sakspapirene til Formannskapet skal ut 23. april 2021.\n"
            "Svarfristen var 13. april 2021, og er nå 15. april 2021.\n"
            "De som er spurt og ikke har svart, får beskjed."
        )
        [message] = nav.messages[told:]
        assert "Svarfristen er torsdag 15. april." in message.text
        # The papers of a later body move nothing for the units.
        await say(town, office, "/runde rus 2021 papirer kommunestyre 12.5.2021")
        assert "Svarfristen er som før." in office.messages[-2].text
        assert "• Kommunestyret 26. mai 2021, sakspapirer 12. mai 2021" in office.last.text
        assert len(nav.messages) == told + 1
        await say(town, office, "/runde rus 2021 papirer kommunestyre 22.4.2021")
        assert office.last.text.startswith(
            "Sakspapirene kan ikke ut 22. april 2021, for da rekker ikke enhetene å svare"
        )
        assert office.last.text.endswith("Den tidligste mulige dagen er fredag 23. april 2021.")
        # With another meeting day they are counted back again.
        await say(town, office, "/runde rus 2021 møte formannskapet 6.5.2021")
        assert "• Formannskapet 6. mai 2021, sakspapirer 22. april 2021" in office.last.text
        assert await count(sqlite, "audit_log", "action = 'papers_moved'") == 2


async def test_a_meeting_that_moves_while_the_reply_by_date_stays_is_told_all_the_same(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/runde rus 2021 møte kommunestyret 4.5.2021")
        await say(town, office, "/runde rus 2021 svarfrist 13.4.2021")
        town.clock.at += timedelta(minutes=1)
        told = len(nav.messages)
        await say(town, office, "/runde rus 2021 møte kommunestyret 5.5.2021")
        assert "Svarfristen er som før." in office.messages[-2].text
        [message] = nav.messages[told:]
        assert message.text.endswith("Svarfristen er tirsdag 13. april.\nSaken går til kommunestyret 5. mai 2021.")


async def test_a_round_that_was_called_off_before_it_opened_is_taken_up_and_opens_on_its_day(sqlite: Database) -> None:
    async with cast(sqlite, FEBRUARY) as place:
        town, office = place.town, place.office
        await say(town, office, "/runde rus 2021 gjenoppta")
        assert office.last.text == "Runden 2021 er ikke avlyst. Ingenting er endret."
        await say(town, office, "/runde rus 2021 avlys")
        await press(town, office, "Ja, det skal den")
        await say(town, office, "/runde rus 2021 møte kommunestyret 12.5.2021")
        assert office.last.text == "Runden 2021 er avlyst. Ta den opp igjen først: /runde " + (
            "rusmiddelpolitisk-handlingsplan-2020-2024 2021 gjenoppta"
        )
        await press(town, office, "Ta opp igjen", message=office.messages[-3])
        assert office.last.text.startswith("Skal runden 2021 tas opp igjen, med møtet 3. mai 2021?")
        await press(town, office, "Ja, det skal den")
        assert office.messages[-2].text == "✅ Runden 2021 er tatt opp igjen. Den åpner 15. mars 2021."
        assert office.last.text.splitlines()[1] == "Planlagt"
        await town.go_to(ROUND_OPENS)
        assert await count(sqlite, "status_request", "reason = 'round' AND closed_at IS NULL") == 11


async def test_a_round_that_was_called_off_while_it_ran_asks_again_and_says_so(database: Database) -> None:
    async with cast(database) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        waiting = await values(database, "SELECT id FROM status_request WHERE closed_at IS NULL")
        await say(town, office, "/runde rus 2021 avlys")
        await press(town, office, "Ja, det skal den")
        assert nav.last.text.startswith("Rusmiddelpolitisk handlingsplan: Runden 2021 er over")
        assert labels(office.last)[0] == "Ta opp igjen"
        town.clock.at += timedelta(minutes=1)
        told = len(nav.messages)
        await press(town, office, "Ta opp igjen")
        await press(town, office, "Ja, det skal den")
        assert office.messages[-2].text == (
            "✅ Runden 2021 er tatt opp igjen. De som ikke har svart, blir spurt nå, med svarfrist 9. april 2021."
        )
        [message] = nav.messages[told:]
        assert message.text == (
            "Rusmiddelpolitisk handlingsplan: Runden 2021 er i gang igjen\n"
            "Kontoret har tatt den opp igjen, så jeg trenger svar på det du ble spurt om. "
            "Svarfristen er fredag 9. april."
        )
        assert labels(message)[0].startswith("Svar")
        assert await values(database, "SELECT id FROM status_request WHERE closed_at IS NULL") == waiting
        assert await count(database, "audit_log", "action = 'round_taken_up'") == 1
        # The round runs as before: it is closed the day after its meeting.
        await town.go_to(datetime(2021, 5, 4, 8, 0, tzinfo=UTC))
        assert await count(database, "round", "state = 'closed' AND called_off_at IS NULL AND year = 2021") == 1


async def test_a_round_whose_meeting_has_been_is_taken_up_with_another(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/runde rus 2021 avlys")
        await press(town, office, "Ja, det skal den")
        await town.go_to(datetime(2021, 6, 1, 8, 0, tzinfo=UTC))
        seen = await say(town, office, "/runde rus 2021")
        await press(town, office, "Ta opp igjen", message=seen)
        await press(town, office, "Ja, det skal den")
        assert office.messages[-2].text.startswith("3. mai 2021 har vært. Den tidligste mulige dagen er")
        assert office.last.text.endswith("2021 gjenoppta kommunestyret 13.10.2021")
        told = len(nav.messages)
        await say(town, office, "/runde rus 2021 gjenoppta kommunestyret 13.10.2021")
        assert office.messages[-2].text.startswith(
            "✅ Runden 2021 er tatt opp igjen. De som ikke har svart, blir spurt"
        )
        assert "• Kommunestyret 13. oktober 2021, sakspapirer 29. september 2021" in office.last.text
        assert "Runden 2021 er i gang igjen" in nav.messages[told].text
        assert await count(sqlite, "status_request", "reason = 'round' AND closed_at IS NULL") == 11
