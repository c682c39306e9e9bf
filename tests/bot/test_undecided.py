"""What was put off when a plan was imported: told of before a round, and decided by a command or by a button."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import Cast, cast, count, data_of, labels, press, say, values

ROUND_IS_NEAR = datetime(2021, 3, 8, 8, 0, tzinfo=UTC)


async def mark(place: Cast, ref: str, *abouts: str) -> None:
    listed = ", ".join(f'"{about}"' for about in abouts)
    async with place.town.database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(f"UPDATE measure SET undecided = '[{listed}]' WHERE ref = '{ref}'")


async def test_an_admin_hears_before_a_round_of_what_is_undecided_and_goes_through_it(database: Database) -> None:
    async with cast(database) as place:
        await mark(place, "1.5", "deadline")
        await mark(place, "1.6", "cost", "owner")
        await place.town.go_to(ROUND_IS_NEAR)
        daily = place.admin.last
        assert "Noe ble ikke avgjort da planen ble importert: 1.5, 1.6." in daily.text
        assert not any("ikke avgjort" in message.text for message in place.office.messages)
        await press(place.town, place.admin, "Gå gjennom det som ikke er avgjort")
        assert "Ikke avgjort: fristen. Skriv fristen: /tiltak endre 1.5 frist: våren 2027" in place.admin.last.text
        assert labels(place.admin.last) == ["Det stemmer", "Neste"]
        await press(place.town, place.admin, "Neste")
        assert "Ikke avgjort: kostnaden." in place.admin.last.text
        assert "Ikke avgjort: hvem som følger opp." in place.admin.last.text
        await press(place.town, place.admin, "Neste")
        stale = data_of(place.admin.last, "Det stemmer")
        await press(place.town, place.admin, "Det stemmer")
        assert "1.6" in place.admin.last.text
        assert labels(place.admin.last) == ["Det stemmer", "Velg hvem som følger opp 1.6"]
        await press(place.town, place.admin, data=stale)
        assert await count(database, "audit_log", "action = 'changed' AND subject = 'measure'") == 1
        await press(place.town, place.admin, "Det stemmer")
        assert place.admin.last.text == "Alt er avgjort."
        assert await values(database, "SELECT ref FROM measure WHERE undecided IS NOT NULL") == []


async def test_what_is_undecided_is_decided_by_changing_the_measure(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await mark(place, "1.6", "deadline", "cost", "owner", "number")
        async with sqlite.write() as session:
            await (await session.connection()).exec_driver_sql("DELETE FROM cost_line")
        seen = await say(place.town, place.admin, "/tiltak 1.6")
        assert (
            "Ikke avgjort da planen ble importert: kostnaden. Skriv beløpet: /tiltak endre 1.6 kostnad: 250 000"
            in seen.text
        )
        assert (
            "Ikke avgjort da planen ble importert: fristen.\n"
            in (await say(place.town, place.nav, "/tiltak 1.6")).text + "\n"
        )
        assert "Det stemmer" not in labels(place.nav.last)
        refused = {
            "/tiltak endre 1.6 kostnad: mye": "Jeg finner ikke ett bestemt beløp i «mye».",
            "/tiltak endre 1.6 nummer: 1.5": "Planen har allerede et tiltak 1.5.",
            "/tiltak endre 1.6 nummer: seks": "«seks» kan ikke være nummer på et tiltak.",
            "/tiltak endre 1.6 frist: 2023; kostnad: mye": "Jeg finner ikke ett bestemt beløp i «mye».",
        }
        for line, sentence in refused.items():
            assert sentence in (await say(place.town, place.admin, line)).text, line
        [(left,)] = await values(sqlite, "SELECT undecided FROM measure WHERE ref = '1.6'")
        assert left == '["deadline", "cost", "owner", "number"]'
        await say(place.town, place.admin, "/tiltak endre 1.6 frist: våren 2022; oppfølging: NAV")
        [(left,)] = await values(sqlite, "SELECT undecided FROM measure WHERE ref = '1.6'")
        assert left == '["cost", "number"]'
        seen = await say(place.town, place.admin, "/tiltak endre 1.6 kostnad: 1,4 mill")
        assert "Kostnad: – → 1 400 000 kr" in seen.text.replace("\u00a0", " ")
        await say(place.town, place.admin, "/tiltak endre 1.6 nummer: 1.66")
        assert await values(sqlite, "SELECT undecided FROM measure WHERE ref = '1.66'") == [(None,)]
        seen = await say(place.town, place.admin, "/tiltak 1.66")
        assert "Ikke avgjort" not in seen.text
        assert "Det stemmer" not in labels(seen)


async def test_one_of_several_amounts_is_not_guessed(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        [(measure,)] = await values(sqlite, "SELECT id FROM measure WHERE ref = '1.6'")
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(f"DELETE FROM cost_line WHERE measure_id = {measure}")
            for position, (amount, text) in enumerate(((1000, "null"), (2000, "null"), ("null", "'cirka 5 tusen'"))):
                await connection.exec_driver_sql(
                    "INSERT INTO cost_line (measure_id, position, kind, amount_nok, text)"
                    f" VALUES ({measure}, {position}, 'spending', {amount}, {text})"
                )
        await say(place.town, place.admin, "/tiltak endre 1.6 kostnad: 5000")
        amounts = f"SELECT amount_nok FROM cost_line WHERE measure_id = {measure} ORDER BY position"
        assert await values(sqlite, amounts) == [(1000,), (2000,), (5000,)]
        seen = await say(place.town, place.admin, "/tiltak endre 1.6 kostnad: 7000")
        assert "Tiltak 1.6 har flere beløp" in seen.text
        assert await values(sqlite, amounts) == [(1000,), (2000,), (5000,)]
