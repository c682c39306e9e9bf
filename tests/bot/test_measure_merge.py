"""Merging measures: everything the one had is decided about before the yes, and nothing anybody wrote is lost."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, dump, labels, measure_id, press, say, values


async def test_costs_an_answer_in_the_making_and_open_questions_are_shown_and_follow(database: Database) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        await place_.go_to(ROUND_OPENS)
        await say(place_, place.slt, "/status 1.7")
        await press(place_, place.slt, "🔵 I gang")
        await say(place_, place.slt, "Kurset er holdt")
        await say(place_, admin, "/tiltak slå sammen 1.7 med 1.5")
        assert admin.last.text.startswith("Skal kostnadene i 1.7 legges til dem i 1.5?")
        assert "550\u00a0000" in admin.last.text
        assert "150\u00a0000" in admin.last.text
        assert labels(admin.last)[:2] == ["Legg til", "La stå"]
        await press(place_, admin, "Legg til")
        for line in (
            "• Kostnadene i 1.7 legges til dem i 1.5.",
            "• Ett spørsmål om 1.7 som ikke er besvart, blir avsluttet.",
            "• Ett svar som er påbegynt, følger med til 1.5.",
            "Fristen i 1.7, «",
        ):
            assert line in admin.last.text, admin.last.text
        await press(place_, admin, "Ja, gjør det")
        source, target = await measure_id(database, "1.7"), await measure_id(database, "1.5")
        amounts = "SELECT amount_nok FROM cost_line WHERE measure_id = {} AND amount_nok IS NOT NULL ORDER BY id"
        assert await values(database, amounts.format(target)) == [(550_000,), (150_000,), (150_000,)]
        assert await values(database, amounts.format(source)) == [(150_000,), (150_000,)]
        assert await count(database, "status_request", f"measure_id = {source} AND closed_at IS NULL") == 0
        await say(place_, place.slt, "Neste kurs er i mai")
        assert "1.5 " in place.slt.last.text
        assert "Kurset er holdt\nNeste kurs er i mai" in place.slt.last.text
        await press(place_, place.slt, "Lagre")
        assert await count(database, "status_reply", f"measure_id = {target}") == 1
        assert await count(database, "status_request", f"measure_id = {target} AND closed_because = 'answered'") == 1


async def test_what_waits_to_be_decided_or_answered_is_settled_first(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, place.slt, "/status 1.7")
        await press(place_, place.slt, "⚫ Utgår")
        await say(place_, place.slt, "Vi har ikke folk")
        await press(place_, place.slt, "Lagre")
        before = await dump(sqlite, {"inbox", "state", "dialogue"})
        await say(place_, admin, "/tiltak slå sammen 1.7 med 1.5")
        refusal = "Det er et forslag om 1.7 som ikke er avgjort. Ingenting er endret. Avgjør det først, med /forslag."
        assert refusal in [seen.text for seen in admin.messages[-2:]]
        assert await dump(sqlite, {"inbox", "state", "dialogue"}) == before


async def test_a_measure_without_owner_and_deadline_gets_them_from_the_one_that_goes(sqlite: Database) -> None:
    async with cast(sqlite, datetime(2021, 1, 4, 8, 0, tzinfo=UTC)) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/tiltak ny 1.8 Felles kurs")
        await say(place_, admin, "/tiltak slå sammen 1.6 med 1.8")
        await press(place_, admin, "La stå")
        assert "• Oppfølging av 1.8: ingen → NAV" in admin.last.text
        assert "• Frist for 1.8: ingen → «01.01. 2024»" in admin.last.text
        assert "• Kostnadene i 1.6 regnes ikke med lenger. De i 1.8 er som før." in admin.last.text
        await press(place_, admin, "Ja, gjør det")
        await place_.go_to(ROUND_OPENS)
        assert "1.8 Felles kurs" in place.nav.last.text
        target = await measure_id(sqlite, "1.8")
        assert await count(sqlite, "cost_line", f"measure_id = {target}") == 0
        assert await count(sqlite, "occurrence", f"measure_id = {target} AND due_on = '2024-01-01'") == 1
