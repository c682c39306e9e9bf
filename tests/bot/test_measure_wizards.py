"""Adding, changing and archiving a measure with buttons, one question at a time."""

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, dump, labels, measure_id, press, say, values
from tests.town import town

QUIET = {"inbox", "state", "dialogue"}


async def test_a_field_is_chosen_shown_as_it_stands_and_changed_after_a_yes(database: Database) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/tiltak endre 1.6")
        assert admin.last.text.startswith("Hva skal endres i 1.6 ")
        before = await dump(database, QUIET)
        await press(place_, admin, "Frist")
        assert "Frist nå: 01.01. 2024" in admin.last.text
        await say(place_, admin, "våren 2023")
        assert "Frist: 01.01. 2024 → våren 2023" in admin.last.text
        assert "Jeg forstår fristen slik: «våren 2023» → 31. mai 2023." in admin.last.text
        assert await dump(database, QUIET) == before
        await press(place_, admin, "Tilbake")
        await say(place_, admin, "høsten 2023")
        await press(place_, admin, "Ja, gjør det")
        assert "Frist: 01.01. 2024 → høsten 2023" in admin.last.text
        found = await measure_id(database, "1.6")
        due = f"SELECT due_on FROM occurrence WHERE measure_id = {found} AND next_on IS NOT NULL"
        assert [str(day) for (day,) in await values(database, due)] == ["2023-11-30"]


async def test_values_with_buttons_are_pressed_emptied_and_refused_before_the_yes(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        for field, button, line in (
            ("Oppfølging", "SLT-koordinator", "Oppfølging: NAV → SLT-koordinator"),
            ("Oppfølging", "La feltet stå tomt", "Oppfølging: SLT-koordinator → –"),
            ("Mål", "La feltet stå tomt", " → –"),
        ):
            await say(place_, admin, "/tiltak endre 1.6")
            if field not in labels(admin.last):
                await press(place_, admin, "Neste side ▶")
            await press(place_, admin, field)
            await press(place_, admin, button)
            assert line in admin.last.text
            await press(place_, admin, "Ja, gjør det")
            assert admin.last.text.startswith("✅ 1.6 ")
        before = await dump(sqlite, QUIET)
        for field, words, refusal in (
            ("nummer", "1.5", "Planen har allerede et tiltak 1.5."),
            ("kostnad", "mye", "Jeg finner ikke ett bestemt beløp i «mye»."),
            ("mål", "99", "Planen har ikke noe mål «99»."),
            ("tittel", "x" * 1001, "Tittel er på 1\u00a0001 tegn"),
        ):
            await say(place_, admin, "/tiltak endre 1.6")
            await say(place_, admin, field)
            assert "La feltet stå tomt" not in labels(admin.last) or field not in {"nummer", "tittel"}
            await say(place_, admin, words)
            assert any(seen.text.startswith(refusal) for seen in admin.messages[-2:]), admin.transcript()
        assert await dump(sqlite, QUIET) == before


async def test_a_new_measure_is_asked_for_step_by_step_and_an_old_one_is_archived(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/tiltak ny")
        await say(place_, admin, "1.6")
        assert any(seen.text.startswith("Planen har allerede et tiltak 1.6.") for seen in admin.messages[-2:])
        await say(place_, admin, "1.8")
        await say(place_, admin, "Felles kurs")
        await press(place_, admin, "Hopp over")
        await press(place_, admin, "NAV")
        await say(place_, admin, "våren 2021")
        assert admin.last.text.startswith("Skal dette tiltaket legges til i Rusmiddelpolitisk handlingsplan?")
        assert "Jeg forstår fristen slik: «våren 2021» → 31. mai 2021." in admin.last.text
        assert await count(sqlite, "measure", "ref = '1.8'") == 0
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text.startswith("✅ Lagt til i Rusmiddelpolitisk handlingsplan:")
        await place_.go_to(ROUND_OPENS)
        assert "1.8 Felles kurs" in place.nav.last.text
        await say(place_, admin, "/tiltak arkiver")
        await say(place_, admin, "1.8")
        assert "tas ut av bruk?" in admin.last.text
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text == "✅ 1.8 Felles kurs er tatt ut av bruk."


async def test_what_an_answer_named_and_is_gone_ends_the_questions_with_a_reason(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/tiltak endre 1.6")
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE measure SET archived_at = '2021-01-01' WHERE ref = '1.6'")
        await press(place_, admin, "Frist")
        assert admin.last.text == "Tiltaket er ikke i bruk lenger. Ingenting er endret."
        assert await count(sqlite, "dialogue") == 0


async def test_without_a_plan_nothing_is_asked(sqlite: Database) -> None:
    from storage.people import Role

    async with town(sqlite) as place:
        admin = await place.join(Role.ADMIN, "Testperson Admin")
        assert (await say(place, admin, "/tiltak ny")).text.startswith("Skriv nummer og tittel")
