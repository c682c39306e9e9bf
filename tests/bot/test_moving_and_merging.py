"""A measure moved to another plan, two plans made one, and a person who was invited twice."""

from datetime import UTC, datetime

from emulator import Person
from storage.database import Database
from storage.people import Role
from storage.tables import Person as Row
from tests.bot.acting import ROUND_OPENS, cast, count, dump, labels, measure_id, press, say, values
from tests.town import Town


async def _other_plan(place: Town, admin: Person) -> None:
    await say(place, admin, "/plan ny Oppvekstplan; periode: 2021-2028")
    assert "oppvekstplan" in admin.last.text


async def test_a_measure_moves_to_another_plan_with_its_answers_and_what_is_asked(database: Database) -> None:
    async with cast(database) as place:
        town, admin, nav = place.town, place.admin, place.nav
        assert (await say(town, admin, "/tiltak bytt plan 1.6 til oppvekst")).text.startswith("Det er bare én plan")
        await _other_plan(town, admin)
        await say(town, admin, "/plan mål ny oppvekst; nummer: 7; tittel: Trygghet")
        await say(town, nav, "/status 1.6")
        await press(town, nav, "🔵 I gang")
        await say(town, nav, "Kurset er holdt")
        await press(town, nav, "Lagre")
        await town.go_to(ROUND_OPENS)
        measure = await measure_id(database, "1.6")
        assert await count(database, "status_request", f"measure_id = {measure} AND closed_at IS NULL") == 1
        await say(town, admin, "/tiltak bytt plan")
        assert admin.last.text.startswith("Hvilket tiltak")
        await say(town, admin, "1.6")
        assert labels(admin.last)[0] == "Oppvekstplan"
        await press(town, admin, "Oppvekstplan")
        await press(town, admin, "7 Trygghet")
        sure = admin.last.text
        assert "Plan: Rusmiddelpolitisk handlingsplan → Oppvekstplan" in sure
        assert "Hører til mål 7 Trygghet" in sure
        assert "Ett svar følger med." in sure
        assert "Det venter på svar. Enheten blir spurt på nytt, med datoene i den nye planen." in sure
        await press(town, admin, "Ja, gjør det")
        assert "hører nå til Oppvekstplan, med nummer 1.6." in admin.last.text
        rows = await values(
            database,
            f"SELECT p.slug, g.ref FROM measure m JOIN plan p ON p.id = m.plan_id JOIN goal g ON g.id = m.goal_id "
            f"WHERE m.id = {measure}",
        )
        assert rows == [("oppvekstplan-2021-2028", "7")]
        # The round of the plan it was in asks no more; its answer is there.
        assert await count(database, "status_request", f"measure_id = {measure} AND closed_at IS NULL") == 0
        assert "Kurset er holdt" in (await say(town, admin, "/tiltak 1.6")).text
        assert "Plan: " in (await say(town, admin, "/logg 1.6")).text
        seen = await say(town, admin, "/tiltak bytt plan 1.6 til oppvekst; mål: 7")
        assert "Tiltak 1.6 hører til Oppvekstplan fra før." in "\n".join(each.text for each in admin.messages[-2:])
        assert seen


async def test_a_number_that_is_used_there_is_asked_for_and_a_free_one_offered(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await _other_plan(town, admin)
        await say(town, admin, "/tiltak ny 1.6 Noe annet; plan: oppvekstplan")
        await say(town, admin, "/tiltak bytt plan 1.6 rus til oppvekst")
        assert "Nummeret 1.6 er brukt i Oppvekstplan." in admin.last.text
        await say(town, admin, "1.6")
        assert "1.6" in admin.messages[-2].text
        await press(town, admin, "1.6-2")
        assert "Nummer: 1.6 → 1.6-2" in admin.last.text
        await press(town, admin, "Ja, gjør det")
        assert "med nummer 1.6-2." in admin.last.text


async def test_a_plan_imported_twice_becomes_one_and_nothing_is_lost(database: Database) -> None:
    async with cast(database) as place:
        town, admin, nav = place.town, place.admin, place.nav
        [(first,)] = await values(database, "SELECT slug FROM plan")
        await _other_plan(town, admin)
        await say(town, admin, "/plan mål ny oppvekst; nummer: 1; tittel: Noe helt annet")
        await say(town, admin, "/plan mål ny oppvekst; nummer: 8; tittel: Trygghet; under: 1")
        await say(town, admin, "/plan resultatmål ny oppvekst; mål: 8; tekst: Alle er trygge")
        await say(town, admin, "/plan rapportering ny oppvekst; hva: evaluering; når: hver november")
        await press(town, admin, "Ja, gjør det")
        [(title,)] = await values(database, "SELECT title FROM measure WHERE ref = '1.6'")
        await say(town, admin, f"/tiltak ny 1.6 {title}; plan: oppvekstplan; oppfølging: NAV")
        await say(town, admin, "/tiltak ny 1.5 Et helt annet tiltak her; plan: oppvekstplan; mål: 8")
        await say(town, nav, "/status 1.6")
        await press(town, nav, labels(nav.last)[-1])
        measures = await count(database, "measure", "archived_at IS NULL")
        await say(town, admin, f"/plan slå sammen oppvekstplan med {first}")
        sure = admin.last.text
        assert "Står i begge planene, og slås sammen: 1.6\n" in sure
        assert "Flyttes: 1.5 (blir 1.5-2)" in sure
        await press(town, admin, "Ja, gjør det")
        assert "har overtatt for oppvekstplan-2021-2028." in admin.last.text
        assert "Ett tiltak sto i begge planene, og er slått sammen." in admin.last.text
        assert await count(database, "measure", "archived_at IS NULL") == measures - 1
        rows = await values(
            database,
            "SELECT g.ref, g.title FROM measure m JOIN goal g ON g.id = m.goal_id WHERE m.ref = '1.5-2'",
        )
        assert rows == [("8", "Trygghet")]
        assert await values(
            database,
            "SELECT up.title FROM goal g JOIN goal up ON up.id = g.parent_id WHERE g.ref = '8'",
        ) == [("Noe helt annet",)]
        assert await count(database, "plan", "archived_at IS NULL") == 1
        assert await values(
            database,
            "SELECT p.slug FROM reporting_date d JOIN plan p ON p.id = d.plan_id WHERE d.text = 'hver november'",
        ) == [(first,)]
        assert "Slått sammen: Oppvekstplan" in (await say(town, admin, "/logg")).text


async def test_no_two_measures_get_one_number_when_plans_are_merged(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await _other_plan(town, admin)
        await say(town, admin, "/tiltak ny 1.6 Noe helt annet; plan: oppvekstplan-2021-2028")
        await say(town, admin, "/tiltak ny 1.6-2 Enda noe; plan: oppvekstplan-2021-2028")
        await say(town, admin, "/plan slå sammen oppvekst med rus")
        assert "Flyttes: 1.6 (blir 1.6-2), 1.6-2 (blir 1.6-2-2)" in admin.last.text
        await press(town, admin, "Ja, gjør det")
        assert "2 tiltak er flyttet." in admin.last.text


async def test_plans_wait_for_a_proposal_about_a_measure_that_is_in_both(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin, nav = place.town, place.admin, place.nav
        await _other_plan(town, admin)
        [(title,)] = await values(sqlite, "SELECT title FROM measure WHERE ref = '1.6'")
        await say(town, admin, f"/tiltak ny 1.6 {title}; plan: oppvekstplan-2021-2028")
        await say(town, nav, "/status 1.6")
        await press(town, nav, "⚫ Utgår")
        await say(town, nav, "Andre gjør dette nå")
        await press(town, nav, "Lagre")
        assert await count(sqlite, "proposal", "state = 'open'") == 1
        before = await dump(sqlite)
        await say(town, admin, "/plan slå sammen rus med oppvekst")
        seen = "\n".join(message.text for message in admin.messages[-2:])
        assert "Tiltak 1.6 står i begge planene, og er ikke ferdig behandlet." in seen
        assert {**await dump(sqlite), "dialogue": []} == {**before, "dialogue": []}


async def test_plans_are_not_merged_with_themselves_or_while_something_waits(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        before = await dump(sqlite)
        assert "kan ikke overta for seg selv" in (await say(town, admin, "/plan slå sammen rus med rus")).text
        assert await dump(sqlite) == before


async def test_somebody_invited_twice_becomes_one_with_everything_they_had(database: Database) -> None:
    async with cast(database) as place:
        town, admin, nav = place.town, place.admin, place.nav
        await say(town, nav, "/status 1.6")
        await press(town, nav, "🔵 I gang")
        await say(town, nav, "Kurset er holdt")
        await press(town, nav, "Lagre")
        await say(town, nav, "/fravaer uke 28")
        await press(town, nav, "Ingen stedfortreder")
        again = await town.join(Role.LEADER, "Testperson NAV", "SLT-koordinator")
        await say(town, admin, "/folk rolle Testperson SLT til kontor")
        await press(town, admin, "Ja, gjør det")
        await say(town, admin, "/folk slå sammen")
        same = [label for label in labels(admin.last) if label.startswith("Testperson NAV")]
        assert same == ["Testperson NAV (4. januar 2021)"] * 2
        [(old,), (new,)] = await values(database, "SELECT id FROM person WHERE name = 'Testperson NAV' ORDER BY id")
        token = next(
            button.data.rsplit(":", 1)[0]
            for row in admin.last.buttons
            for button in row
            if button.data and "#" in button.data
        )
        await press(town, admin, data=f"{token}:#{old}")
        assert "Den du velger nå, beholder du." in admin.last.text
        token = next(
            button.data.rsplit(":", 1)[0]
            for row in admin.last.buttons
            for button in row
            if button.data and "#" in button.data
        )
        await press(town, admin, data=f"{token}:#{new}")
        sure = admin.last.text
        assert "Fjernes: Testperson NAV, leder for NAV, med siden 4. januar 2021" in sure
        assert "Beholdes: Testperson NAV, leder for SLT-koordinator" in sure
        await press(town, admin, "Ja, gjør det")
        assert "Leder for NAV, SLT-koordinator" in admin.last.text
        assert await values(database, "SELECT DISTINCT author_id FROM status_reply") == [(new,)]
        assert await values(database, "SELECT person_id FROM absence") == [(new,)]
        assert await values(database, f"SELECT name, chat_id FROM person WHERE id = {old}") == [("", None)]
        assert "Kurset er holdt" in (await say(town, again, "/tiltak 1.6")).text
        # The chat that was left is a stranger's.
        assert "for dem som arbeider i kommunen" in (await say(town, nav, "/mine")).text


async def test_the_messages_go_to_the_chat_that_is_open(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        phone = await town.join(Role.OFFICE, "Ny Telefon")
        [(kept,)] = await values(sqlite, "SELECT id FROM person WHERE name = 'Testperson NAV'")
        async with sqlite.write() as session:
            person = await session.get_one(Row, kept)
            person.blocked_at = datetime(2021, 1, 4, 8, 0, tzinfo=UTC)
        await say(town, admin, "/folk slå sammen Ny Telefon med Testperson NAV")
        assert "Derfor går meldingene til den andre chatten fra nå av." in admin.last.text
        await press(town, admin, "Ja, gjør det")
        assert "Aktiviteter" in (await say(town, phone, "/mine")).text


async def test_an_admin_is_not_merged_away_by_themselves_nor_anybody_with_themselves(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        before = await dump(sqlite)
        for words, refusal in (
            ("Testperson NAV med Testperson NAV", "Testperson NAV kan ikke slås sammen med seg selv."),
            ("Testperson Admin med Testperson NAV", "Du kan ikke fjerne deg selv her."),
        ):
            many = len(admin.messages)
            await say(town, admin, f"/folk slå sammen {words}")
            assert admin.messages[many + 1].text.startswith(refusal), admin.transcript()[-600:]
            assert {**await dump(sqlite), "dialogue": []} == {**before, "dialogue": []}


ABOUT_GOAL = (
    "SELECT m.ref, g.ref FROM measure m LEFT JOIN goal g ON g.id = m.goal_id WHERE m.ref LIKE '1.%' ORDER BY m.ref"
)


async def test_several_measures_are_moved_in_one_line_confirmed_once_and_logged_each(database: Database) -> None:
    async with cast(database) as place:
        town, admin = place.town, place.admin
        seen = await say(town, admin, "/tiltak flytt 1.5, 1.6 og 1.7 til 2")
        assert seen.text.startswith("Skal 3 tiltak endres slik?\n\n1.5 ")
        assert seen.text.count(" → 2 ") == 3
        assert await count(database, "audit_log", "subject = 'measure' AND action = 'changed'") == 0
        await press(town, admin, "Ja, gjør det")
        assert admin.last.text.startswith("✅ 3 tiltak er endret:\n\n1.5 ")
        moved = await values(database, ABOUT_GOAL)
        assert moved[-4:] == [("1.4", "1"), ("1.5", "2"), ("1.6", "2"), ("1.7", "2")]
        assert await count(database, "audit_log", "subject = 'measure' AND action = 'changed'") == 3
        again = await say(town, admin, "/tiltak flytt 1.5 1.6 til 2")
        assert again.text.startswith("Slik er det allerede. Mål: 2 ")
        await say(town, admin, "/tiltak flytt 1.4 1.5 til 2")
        assert admin.last.text.startswith("Skal ett tiltak endres slik?\n\n1.4 ")  # the other is there already


async def test_several_measures_get_another_unit_and_its_questions(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin, nav, slt = place.town, place.admin, place.nav, place.slt
        await town.go_to(ROUND_OPENS)
        await say(town, admin, "/tiltak ansvarlig 1.5 1.7")
        assert admin.last.text == "Hvilken enhet skal følge opp tiltakene 1.5, 1.7?"
        await press(town, admin, "NAV")
        assert admin.last.text.count("Oppfølging: SLT-koordinator → NAV") == 2
        await press(town, admin, "Ja, gjør det")
        assert {"1.5", "1.6", "1.7"} <= set((await say(town, nav, "/mine")).text.split())
        assert "1.5" not in (await say(town, slt, "/mine")).text


async def test_measures_that_cannot_all_be_changed_are_all_left_as_they_were(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await _other_plan(town, admin)
        await say(town, admin, "/tiltak ny 1.6 Noe annet; plan: oppvekstplan-2021-2028")
        await say(town, admin, "/tiltak ny 8.1 Noe mer; plan: oppvekstplan-2021-2028")
        before = await dump(sqlite)
        for words, refusal in (
            ("flytt 1.5 1.6 9.9 til 2", "Jeg finner ikke noe tiltak med nummer «9.9»."),
            ("flytt 1.5 8.1 til 2", "Tiltakene står i hver sin plan."),
            ("flytt 1.5 1.6 til 99", "Planen har ikke noe mål «99»."),
            ("flytt 1.5 1.6 oppvekst til 7", "Jeg finner ikke noe tiltak med nummer «1.5»."),
            ("ansvarlig 1.5 1.7 til Politiet i Bø", "Jeg finner ingen enhet"),
        ):
            seen = (await say(town, admin, f"/tiltak {words}")).text
            assert seen.startswith(refusal), f"{words}\n{seen}"
        assert await dump(sqlite) == before
        await say(town, admin, "/tiltak flytt 1.5 1.6 til 2")  # only one plan has both
        assert admin.last.text.startswith("Skal 2 tiltak endres slik?")
