"""Answers in people's own words: a proposal to confirm, and never an error."""

from datetime import UTC, datetime
from pathlib import Path

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values
from tests.bot.test_status_dialogue import replies
from tests.town import Town

THE_DAY_AFTER = datetime(2021, 3, 16, 8, 0, tzinfo=UTC)


async def test_words_with_a_number_are_an_answer_to_confirm(database: Database) -> None:
    async with cast(database) as place:
        town, slt = place.town, place.slt
        await say(town, slt, "1.7 er ferdig, Ungdata ble gjennomført i mars")  # nobody has asked
        assert slt.last.text == (
            "Slik blir svaret\n\n1.7 Ungdata -ungdomsundersøkelse\n🟢 Gjennomført\nUngdata ble gjennomført i mars\n\n"
            "Trykk «Lagre» for å lagre svaret. Vil du føye til noe, skriver du det i en ny melding."
        )
        await say(town, slt, "Rapporten kommer i mai")
        await press(town, slt, "Lagre")
        assert await replies(database) == [("1.7", "done", "Ungdata ble gjennomført i mars\nRapporten kommer i mai")]
        await town.go_to(ROUND_OPENS)
        await say(town, slt, "tiltak 1.5: ikkje ferdig, vi manglar folk")  # what it is then is not clear
        assert "Dette blir kommentaren din:\nIkkje ferdig, vi manglar folk\n\nHva er status nå?" in slt.last.text
        await press(town, slt, "🟠 Forsinket")
        await press(town, slt, "Lagre")
        assert (await replies(database))[1:] == [("1.5", "delayed", "Ikkje ferdig, vi manglar folk")]
        assert slt.last.text.startswith("Takk, det var det siste!")


async def test_several_measures_in_one_message_are_confirmed_one_by_one(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        await say(town, slt, "Hei!\n1.5: forsinket fordi vi mangler folk\n1.7 er i gang")
        first = slt.last
        assert first.text.startswith("Slik blir svaret\n\n1.5")
        assert "🟠 Forsinket\nForsinket fordi vi mangler folk" in first.text
        await press(town, slt, "Lagre")
        assert first.text.startswith("✅ Svaret er lagret.")
        assert "1.7 Ungdata -ungdomsundersøkelse\n🔵 I gang" in slt.last.text
        await press(town, slt, "Lagre uten kommentar")
        assert slt.last.text.startswith("Takk, det var det siste!")
        assert await replies(sqlite) == [
            ("1.5", "delayed", "Forsinket fordi vi mangler folk"),
            ("1.7", "in_progress", None),
        ]


async def test_words_go_to_what_they_are_a_reply_to_or_to_the_only_question(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt, nav = place.town, place.slt, place.nav
        await town.go_to(ROUND_OPENS)
        await say(town, nav, "Det er godt i gang. Ti deltakere hittil")  # one question is open
        assert nav.last.text.startswith("Slik blir svaret\n\n1.6")
        assert "🔵 I gang\nTi deltakere hittil" in nav.last.text
        await press(town, nav, "Lagre")
        await press(town, slt, "Svar nå (2 tiltak)")
        about_first = slt.last
        await say(town, slt, "/status 1.7")
        await slt.send("Kurset er holdt", reply_to=about_first)
        await town.settle()
        assert "1.5 Prosjekt" in slt.last.text
        assert "Dette blir kommentaren din:\nKurset er holdt" in slt.last.text
        assert await count(sqlite, "status_reply") == 1


async def test_a_half_answer_of_yesterday_neither_swallows_nor_loses_anything(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        await press(town, slt, "Svar nå (2 tiltak)")
        await press(town, slt, "🔵 I gang")
        await say(town, slt, "Tre kommuner er med")
        half = slt.last
        await town.go_to(THE_DAY_AFTER)
        await say(town, slt, "1.7 er ikke i gang")
        assert "1.7 Ungdata -ungdomsundersøkelse\n⚪ Ikke startet" in slt.last.text
        assert "Etter dette viser jeg ett svar til som du har skrevet." in slt.last.text
        await press(town, slt, "Lagre uten kommentar")
        assert "🔵 I gang\nTre kommuner er med" in slt.last.text  # it waited behind
        await press(town, slt, "Lagre", message=half)  # and yesterday's button is good as well
        assert await replies(sqlite) == [("1.7", "not_started", None), ("1.5", "in_progress", "Tre kommuner er med")]
        twice = await press(town, slt, "Lagre")
        assert twice.text == "Du har allerede svart på dette."
        assert await count(sqlite, "status_reply") == 2


async def test_a_comment_that_was_asked_for_is_one_even_if_it_begins_with_a_number(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await say(town, slt, "/status 1.5")
        await press(town, slt, "🔵 I gang")
        await say(town, slt, "1.7 har vi ventet på")
        assert "🔵 I gang\n1.7 har vi ventet på" in slt.last.text
        await press(town, slt, "Rett")
        await say(town, slt, "1.5 uendret")  # nothing has been said before
        assert await values(sqlite, "SELECT id FROM status_reply") == []
        await press(town, slt, "🟢 Gjennomført")
        await press(town, slt, "Lagre")
        await say(town, slt, "1.5 uendret")
        assert labels(slt.last)[:2] == ["Lagre", "Rett"]
        assert "🟢 Gjennomført" in slt.last.text


async def test_a_number_that_is_another_units_is_explained_and_stores_nothing(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        await say(town, slt, "3.2 er ferdig, kurset ble holdt i mars")
        assert slt.last.text == (
            "Kommunalsjef omsorg følger opp 3.2 Miljøtjeneste, og blir spurt om det. Det du skrev, "
            "er ikke lagret.\n\nDette er tiltakene du svarer for. Trykk på det du vil svare om."
        )
        assert labels(slt.last) == ["1.5 Prosjekt «Bruk av digitale…", "1.7 Ungdata -ungdomsundersøkelse"]
        assert await count(sqlite, "dialogue") == 0
        await press(town, slt, "1.7 Ungdata -ungdomsundersøkelse")
        await say(town, slt, "3.2 er ferdig")  # before a status is chosen: no answer about 1.7
        assert slt.last.text.startswith("Kommunalsjef omsorg følger opp 3.2 Miljøtjeneste")
        await press(town, slt, "🔵 I gang")
        await say(town, slt, "3.2 er ferdig")  # the comment that is waited for
        assert "🔵 I gang\n3.2 er ferdig" in slt.last.text


async def test_a_number_that_is_no_measure_is_explained_and_the_words_are_kept_for_the_right_one(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await say(town, slt, "9.9 er ferdig, Ungdata ble holdt i mars")  # nobody has asked
        assert slt.last.text == (
            "Jeg finner ikke noe tiltak med nummer «9.9».\n"
            "Velg tiltaket det gjelder, så blir dette svaret:\n\n9.9 er ferdig, Ungdata ble holdt i mars"
        )
        await press(town, slt, "1.7 Ungdata -ungdomsundersøkelse")
        assert "🟢 Gjennomført\nUngdata ble holdt i mars" in slt.last.text
        await press(town, slt, "Lagre")
        assert await replies(sqlite) == [("1.7", "done", "Ungdata ble holdt i mars")]
        await say(town, slt, "tiltak 9.9: det regner")
        assert slt.last.text.endswith("så blir dette kommentaren:\n\nDet regner")
        await say(town, slt, "/avbryt")
        await say(town, slt, "9.9 millioner er brukt")  # no number of a measure
        assert slt.last.text.startswith("Ingenting venter på svar fra deg nå")


async def test_the_office_is_shown_how_to_write_down_what_a_unit_has_said(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        assert (await say(town, office, "1.6 er ferdig, de ringte")).text == (
            "Du svarer ikke for tiltak 1.6 selv. Er dette noe enheten har sagt, kan du skrive det ned slik: "
            "/registrer 1.6 er ferdig, de ringte"
        )
        assert (await say(town, office, "9.9 er ferdig")).text.startswith(
            "Jeg finner ikke noe tiltak med nummer «9.9»."
        )
        assert (await say(town, office, "/registrer 1.6 er ferdig, de ringte")).text.startswith("Slik blir svaret")


async def other_plan(town: Town, tmp_path: Path) -> None:
    """A plan that has 1.6 and 1.7 too, of the same units."""
    path = tmp_path / "annen.yaml"
    path.write_text(
        "plan: {tittel: Plan for testing, kommune: Vefsn, periode: 2020-2024}\n"
        "enheter: [{navn: SLT-koordinator}, {navn: NAV}]\n"
        "tiltak:\n  - {nr: 1.7, tittel: Et annet tiltak, ansvar: SLT-koordinator, enheter: SLT-koordinator,"
        " oppfølging: SLT-koordinator, frist: Løpende}\n"
        "  - {nr: 1.6, tittel: Et kurs, ansvar: NAV, enheter: NAV, oppfølging: NAV, frist: 2024}\n"
    )
    await town.import_plan(path)


STORED = "SELECT p.title, m.ref, r.status, r.comment FROM status_reply r JOIN measure m ON m.id = r.measure_id "
STORED += "JOIN plan p ON p.id = m.plan_id ORDER BY r.id"


async def test_a_number_of_two_plans_is_a_choice_where_both_or_none_wait_and_what_was_written_goes_along(
    sqlite: Database, tmp_path: Path
) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await other_plan(town, tmp_path)
        await say(town, slt, "1.7 er i gang, venter på tall")
        assert slt.last.text == "Flere planer har et tiltak 1.7. Hvilket mener du?"
        assert labels(slt.last) == ["1.7 Rusmiddelpolitisk handlingsplan", "1.7 Plan for testing"]
        await press(town, slt, "1.7 Plan for testing")
        assert slt.last.text.startswith("Slik blir svaret\n\n1.7 Et annet tiltak\n🔵 I gang\nVenter på tall\n"), (
            slt.last.text
        )
        await press(town, slt, "Lagre")
        assert await values(sqlite, STORED) == [("Plan for testing", "1.7", "in_progress", "Venter på tall")]
        await say(town, slt, "1.7 uendret")
        await press(town, slt, "1.7 Plan for testing")
        await press(town, slt, "Lagre")
        assert (await values(sqlite, STORED))[1:] == [("Plan for testing", "1.7", "in_progress", "Venter på tall")]


async def test_each_number_of_two_plans_in_a_message_is_a_choice_and_the_others_wait(
    sqlite: Database, tmp_path: Path
) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await other_plan(town, tmp_path)
        await say(town, slt, "1.5 er i gang, tre er med\n1.7 er utsatt, vi mangler folk")
        assert slt.last.text == "Flere planer har et tiltak 1.7. Hvilket mener du?"
        await press(town, slt, "1.7 Rusmiddelpolitisk handlingsplan")
        assert "🟠 Forsinket\nVi mangler folk" in slt.last.text
        await press(town, slt, "Lagre")
        assert "🔵 I gang\nTre er med" in slt.last.text
        await press(town, slt, "Lagre")
        assert await values(sqlite, STORED) == [
            ("Rusmiddelpolitisk handlingsplan", "1.7", "delayed", "Vi mangler folk"),
            ("Rusmiddelpolitisk handlingsplan", "1.5", "in_progress", "Tre er med"),
        ]


async def test_what_the_office_writes_down_of_a_number_of_two_plans_keeps_its_status(
    sqlite: Database, tmp_path: Path
) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await other_plan(town, tmp_path)
        await say(town, office, "/registrer 1.6 utgår: Ingen har tid\n1.7 i gang: De venter på tall")
        await press(town, office, "1.6 Plan for testing")
        assert "⚫ Utgår\nIngen har tid" in office.last.text
        await press(town, office, "Lagre")
        assert office.last.text == "Flere planer har et tiltak 1.7. Hvilket mener du?"
        await press(town, office, "1.7 Plan for testing")
        await press(town, office, "Lagre")
        assert await values(sqlite, STORED) == [
            ("Plan for testing", "1.6", "dropped", "Ingen har tid"),
            ("Plan for testing", "1.7", "in_progress", "De venter på tall"),
        ]


async def test_words_that_wait_for_their_measure_can_be_edited(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        await say(town, slt, "Ungdata er bestilt")
        mine = next(message for message in reversed(slt.messages) if not message.from_bot)
        await slt.edit(mine, "Ungdata er bestilt til mai")
        await town.settle()
        assert slt.last.text.endswith("\n\nUngdata er bestilt til mai"), slt.transcript()
        await press(town, slt, "1.7 Ungdata -ungdomsundersøkelse")
        await press(town, slt, "🔵 I gang")
        await press(town, slt, "Lagre")
        assert await replies(sqlite) == [("1.7", "in_progress", "Ungdata er bestilt til mai")]
