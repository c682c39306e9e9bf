"""/utsett and "Senere": a leader is asked again on another day."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values

DAY = timedelta(days=1)


async def test_a_question_is_put_off_from_the_daily_message_from_later_and_by_command(database: Database) -> None:
    async with cast(database) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        assert labels(slt.last) == ["Svar nå (2 tiltak)", "Utsett"]
        await press(town, slt, "Svar nå (2 tiltak)")
        await press(town, slt, "Senere")
        later = slt.messages[-2]
        assert labels(later) == ["I morgen", "Om en uke", "Velg dag"]
        await press(town, slt, "Om en uke", message=later)
        assert later.text == "Greit. Jeg spør om 1.5 igjen mandag 22. mars, og sier ingenting om det før."
        # The sitting goes on where it was, and what is put off is asked about when its leader wants it.
        await press(town, slt, "Senere")
        assert "Senere" not in labels(slt.last)
        assert (await say(town, slt, "/status")).text.startswith("1.7 ")
        assert "utsatt av enheten til 22. mars 2021" in (await say(town, slt, "/mine")).text
        assert labels(slt.last) == ["Svar nå (1 tiltak)", "1.5", "1.7"]
        await say(town, place.office, "/mangler")
        pages = [place.office.last.text]
        await press(town, place.office, data="mg:p:1")
        assert "utsatt av enheten til 22. mars 2021" in "".join([*pages, place.office.last.text])
        # 1.7 too, beyond the day the answer is due: what happens then is said.
        seen = await say(town, slt, "/utsett 1.7 14. april")
        assert seen.text == (
            "Greit. Jeg spør om 1.7 igjen onsdag 14. april, og sier ingenting om det før.\n"
            "Svarfristen for 1.7 er fortsatt fredag 9. april. Har du ikke svart da, får enheten over eller kontoret "
            "beskjed."
        )
        assert (await say(town, slt, "/status")).text.startswith("Ingenting venter på svar fra deg nå.")
        many = len(slt.messages)
        await town.go_to(ROUND_OPENS + 3 * DAY)
        assert len(slt.messages) == many
        await town.go_to(datetime(2021, 3, 22, 8, 0, tzinfo=UTC))
        assert "• 1.5" in slt.last.text
        assert "• 1.7" not in slt.last.text
        # The office hears of 1.7 as planned.
        await town.go_to(datetime(2021, 4, 12, 8, 0, tzinfo=UTC))
        assert "• 1.7" not in slt.last.text
        await town.go_to(datetime(2021, 4, 14, 8, 0, tzinfo=UTC))
        assert "• 1.7" in place.office.last.text
        # Written down all the same: the answer closes it.
        await say(town, slt, "/status 1.7")
        await press(town, slt, "🔵 I gang")
        await press(town, slt, "Lagre uten kommentar")
        assert await count(database, "status_request", "closed_because = 'answered'") == 1


async def test_what_cannot_be_put_off_is_said_and_nothing_is(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        for words, told in (
            ("1.5 i går", "Jeg forsto ikke dagen «i går»."),
            ("1.5 i dag", "Velg en dag etter i dag."),
            ("1.5 1.1.2020", "Velg en dag etter i dag."),
            ("1.5 1.6.2021", "Rapporten behandles 3. mai 2021"),
            ("1.6 fredag", "hører ikke til enheten din"),
            ("9.9 fredag", "Jeg finner ikke noe tiltak"),
        ):
            assert told in (await say(town, slt, f"/utsett {words}")).text
        assert await count(sqlite, "status_request", "put_off_until IS NOT NULL") == 0
        # All of it, on a day that is written; an old button does it once more and no harm.
        await say(town, slt, "/utsett")
        await press(town, slt, "Alle 2")
        await press(town, slt, "Velg dag")
        seen = await say(town, slt, "om to uker")
        assert seen.text.startswith("Greit. Jeg spør om 1.5, 1.7 igjen mandag 29. mars")
        answer = await press(town, place.nav, data="ut:d:1:99999999")
        assert "gjelder ikke lenger" in answer.text or "hører ikke til" in answer.text
        until = await values(sqlite, "SELECT put_off_until FROM status_request WHERE put_off_until IS NOT NULL")
        assert [str(each) for (each,) in until] == ["2021-03-29", "2021-03-29"]


async def test_what_can_be_put_off_or_be_meant_by_words_comes_a_page_at_a_time(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin, slt = place.town, place.admin, place.slt
        for number in range(10):
            await say(town, admin, f"/tiltak ny 9.{number} Kurs {number}; oppfølging: SLT-koordinator; frist: Løpende")
        await town.go_to(ROUND_OPENS)
        for words in ("/utsett", "Det går fint"):
            await say(town, slt, words)
            shown = [label for label in labels(slt.last) if label[0].isdigit()]
            await press(town, slt, "Neste side ▶")
            shown += [label for label in labels(slt.last) if label[0].isdigit()]
            assert len(shown) == len(set(shown)) == 12
            await press(town, slt, "◀ Forrige side")
            assert "Neste side ▶" in labels(slt.last)
        await press(town, slt, "Neste side ▶")
        await press(town, slt, shown[-1])
        assert "Det går fint" in slt.last.text
        old = slt.last
        await say(town, slt, "/avbryt")
        answer = await press(town, slt, data="lo:g:1", message=old)
        assert answer.text
