"""What units propose and the office decides on, over the chat."""

from datetime import UTC, datetime

from emulator import Person
from storage.database import Database
from storage.people import Role
from tests.bot.acting import Cast, cast, count, data_of, labels, press, say, values
from tests.bot.test_worker import another

TOOK = "SELECT kind, state FROM proposal ORDER BY id"


async def lapse(place: Cast, person: Person, ref: str, why: str) -> None:
    """A leader answers that a measure lapses."""
    await say(place.town, person, f"/status {ref}")
    await press(place.town, person, "⚫ Utgår")
    await say(place.town, person, why)
    await press(place.town, person, "Lagre")


async def propose(place: Cast, person: Person, ref: str, phrase: str) -> None:
    """A leader answers that a measure is late, and proposes a new deadline; the office writes it down for a unit."""
    await say(place.town, person, f"/{'registrer' if person is place.office else 'status'} {ref}")
    await press(place.town, person, "🟠 Forsinket")
    await say(place.town, person, "Vi venter på folk")
    await press(place.town, person, "Ny frist")
    await say(place.town, person, phrase)
    await press(place.town, person, "Lagre")


async def test_a_new_deadline_is_shown_back_as_understood_and_stored_with_the_answer(database: Database) -> None:
    async with cast(database) as place:
        town, slt = place.town, place.slt
        await say(town, slt, "/status 1.7")
        await press(town, slt, "🟠 Forsinket")
        assert labels(slt.last) == ["Tilbake", "Ny frist"]
        await say(town, slt, "Vi venter på tall")
        assert "Skal fristen flyttes? Trykk «Ny frist»." in slt.last.text
        assert labels(slt.last) == ["Lagre", "Rett", "Ny frist", "Legg ved"]
        await press(town, slt, "Ny frist")
        assert slt.last.text.endswith(
            "Når skal tiltaket være ferdig? Skriv den nye fristen i en melding, for eksempel «31.12.2022» eller "
            "«våren 2022». Jeg viser hvordan jeg forstår fristen, og kontoret avgjør.\n"
            "Planen gjelder til 31. desember 2024."
        )
        for phrase, told in (
            ("når det passer", "sier ikke når tiltaket skal være ferdig"),
            ("i mai", "Hvilket år mener du med «i mai»?"),
            ("31. februar 2023", "Datoen i «31. februar 2023» finnes ikke."),
            ("høsten 2020", "«høsten 2020» har allerede vært."),
            ("våren 2027", "er etter at planen er slutt, 31. desember 2024."),
            ("før sommerferien 2023", "Jeg er ikke sikker på hvilken dag"),
        ):
            await say(town, slt, phrase)
            assert told in slt.last.text, slt.last.text
            assert labels(slt.last) == ["Uten ny frist"]
            assert "for eksempel «31.12.2022» eller «våren 2022»" in slt.last.text  # within the plan
        town.service = another(town)  # a restart forgets nothing
        await say(town, slt, "våren 2024")
        assert "Vi venter på tall\nNy frist du foreslår: våren 2024 → 31. mai 2024" in slt.last.text
        assert labels(slt.last) == ["Lagre", "Rett", "Annen frist", "Uten ny frist", "Legg ved"]
        assert await count(database, "proposal") == 0
        await press(town, slt, "Lagre")
        stored = next(message for message in reversed(slt.messages) if message.text.startswith("✅"))
        assert "Foreslått ny frist: våren 2024 → 31. mai 2024. Kontoret avgjør, og du får beskjed." in stored.text
        assert await values(database, TOOK) == [("deadline", "open")]
        # A correction keeps what was proposed, as long as nothing else is said.
        await press(town, slt, "Rett", message=stored)
        await press(town, slt, "🟠 Forsinket")
        assert "våren 2024 → 31. mai 2024" in slt.last.text
        await press(town, slt, "Lagre")
        assert await values(database, TOOK) == [("deadline", "withdrawn"), ("deadline", "open")]
        newest = next(message for message in reversed(slt.messages) if message.text.startswith("✅"))
        await press(town, slt, "Rett", message=newest)
        await press(town, slt, "🟠 Forsinket")
        await press(town, slt, "Uten ny frist")
        await press(town, slt, "Lagre")
        assert await count(database, "proposal", "state = 'open'") == 0


async def test_a_deadline_whose_day_comes_before_it_is_stored_is_not_proposed(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav = place.town, place.nav
        await say(town, nav, "/status 1.6")
        await press(town, nav, "🔵 I gang")
        await say(town, nav, "Snart ferdig")
        await press(town, nav, "Ny frist")
        await say(town, nav, "5.1.2021")
        summary = nav.last
        await town.go_to(datetime(2021, 1, 6, 8, 0, tzinfo=UTC))
        answer = await press(town, nav, "Lagre", message=summary)
        assert answer.text.startswith("Fristen du foreslo, kan ikke brukes lenger.")
        assert "Ny frist du foreslår" not in summary.text
        await press(town, nav, "Lagre", message=summary)
        assert (await count(sqlite, "status_reply"), await count(sqlite, "proposal")) == (1, 0)


async def test_a_new_deadline_is_approved_and_the_leader_is_told_at_once(database: Database) -> None:
    async with cast(database) as place:
        town, office = place.town, place.office
        await propose(place, place.nav, "1.6", "våren 2024")
        await town.go_to(datetime(2021, 1, 5, 8, 0, tzinfo=UTC))
        assert "Ett forslag venter på avgjørelse. Send /forslag for å se det." in office.last.text
        await say(town, office, "/forslag")
        assert office.last.text == (
            "1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n"
            "NAV: 🟠 Forsinket, 04.01.2021 kl. 09.00\nVi venter på folk\n\n"
            "Frist nå: 01.01. 2024\nForeslått: våren 2024 → 31. mai 2024\n\n"
            "Skal tiltaket få den nye fristen? Lederen får beskjed med en gang."
        )
        assert labels(office.last) == ["Godkjenn", "Avslå"]
        shown = office.last
        approve = data_of(shown, "Godkjenn")
        await press(town, office, "Godkjenn")
        assert shown.text.endswith("Ny frist er godkjent: våren 2024 → 31. mai 2024")
        assert office.last.text == "Alle forslagene er avgjort."
        assert place.nav.last.text.endswith(
            "✅ Ny frist er godkjent: våren 2024 → 31. mai 2024. Jeg minner deg på den når den nærmer seg."
        )
        assert await values(database, "SELECT deadline_text FROM measure WHERE ref = '1.6'") == [("våren 2024",)]
        assert await values(database, "SELECT replaced_text, state FROM proposal") == [("01.01. 2024", "approved")]
        [(action, before, after)] = await values(
            database, "SELECT action, before, after FROM audit_log WHERE subject = 'measure' AND action = 'changed'"
        )
        assert (action, "01.01. 2024" in str(before), "våren 2024" in str(after) or "v\\u00e5ren" in str(after)) == (
            "changed",
            True,
            True,
        )
        # Whoever else is at it is told who decided.
        second = await town.join(Role.OFFICE, "Testperson To")
        answer = await press(town, second, data=approve)
        assert answer.text == "Forslaget er allerede godkjent av Testperson Kontor, 05.01.2021 kl. 09.00."


async def test_a_closing_is_turned_down_with_a_reason_and_the_unit_answers_again(database: Database) -> None:
    async with cast(database) as place:
        town, office, nav = place.town, place.office, place.nav
        await lapse(place, nav, "1.6", "Vi har ikke folk")
        await say(town, office, "/forslag")
        assert office.last.text.endswith(
            "Skal tiltaket utgå? Sier du nei, blir enheten spurt om status på nytt. Lederen får beskjed med en gang."
        )
        second = await town.join(Role.OFFICE, "Testperson To")
        await say(town, second, "/forslag")
        for person in (office, second):
            await press(town, person, "Avslå")
            assert "Hvorfor skal tiltaket ikke utgå?" in person.last.text
        town.clock.at = datetime(2021, 1, 4, 18, 0, tzinfo=UTC)  # after hours
        await say(town, office, "Tiltaket er vedtatt av kommunestyret")
        assert "er avslått. Lederen får beskjed, og enheten blir spurt på nytt." in office.messages[-2].text
        await say(town, second, "Jeg mener også nei")
        assert second.last.text == (
            "Forslaget er allerede avslått av Testperson Kontor, 04.01.2021 kl. 19.00.\n\n"
            "Grunnen du skrev, er ikke lagret."
        )
        assert "avslått" not in nav.last.text
        await town.go_to(datetime(2021, 1, 5, 7, 30, tzinfo=UTC))
        assert nav.last.text == (
            "1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n"
            "Forslaget om at tiltaket utgår, er ikke godkjent. Svar på nytt om hvordan det går.\n"
            "Grunnen er: Tiltaket er vedtatt av kommunestyret"
        )
        await press(town, nav, "Svar på nytt")
        assert "Hva er status nå?" in nav.last.text
        assert await values(database, TOOK) == [("closing", "rejected")]
        assert await count(database, "audit_log", "action = 'turned_down'") == 1


async def test_all_of_a_kind_are_approved_in_one_press_and_nothing_that_came_later(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, slt = place.town, place.office, place.slt
        await propose(place, place.nav, "1.6", "våren 2024")
        await propose(place, slt, "1.5", "2023")
        await lapse(place, slt, "1.7", "Undersøkelsen er lagt ned")
        await say(town, place.admin, "/forslag")
        assert "3 forslag venter på avgjørelse" in place.admin.last.text
        assert place.admin.last.text.endswith("Kontoret avgjør forslagene.")
        assert labels(place.admin.last) == []
        await say(town, office, "/forslag")
        shown = office.last
        assert (
            "• 1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv). (NAV)\nFrist nå: 01.01. 2024" in shown.text
        )
        assert labels(shown) == [
            "Gå gjennom ett for ett",
            "Godkjenn alle 2 nye frister",
            "Godkjenn at ett tiltak utgår",
        ]
        await propose(place, office, "3.2", "2024")
        await press(town, office, "Godkjenn alle 2 nye frister", message=shown)
        assert shown.text.startswith("✅ 2 nye frister er godkjent:\n\n• 1.5")
        assert shown.text.endswith("Lederne får beskjed med en gang.\n2 forslag venter fortsatt.")
        assert await count(sqlite, "proposal", "state = 'approved'") == 2
        await press(town, office, "Gå gjennom ett for ett", message=shown)
        assert office.last.text.startswith("2 forslag igjen\n\n1.7")
        await press(town, office, "Hopp over")
        assert office.last.text.startswith("2 forslag igjen\n\n3.2")
        await press(town, office, "Avslå")
        await say(town, office, "/avbryt")
        assert await count(sqlite, "proposal", "state = 'open'") == 2


async def test_an_answer_that_came_meanwhile_takes_the_proposal_back(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await lapse(place, place.nav, "1.6", "Vi har ikke folk")
        await say(place.town, place.office, "/forslag")
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await say(place.town, place.nav, "Det ble folk likevel")
        await press(place.town, place.nav, "Lagre")
        answer = await press(place.town, place.office, "Godkjenn")
        assert answer.text.startswith("Enheten har svart noe annet i mellomtiden")
        assert await values(sqlite, TOOK) == [("closing", "withdrawn")]
