"""What the office does in the chat: answers for units, sees what is missing, releases comments, makes the report."""

import io

import docx
import pikepdf

from bot.answers import Answer
from emulator import Person
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, data_of, labels, press, say, values


async def answers(place: Cast, person: Person, ref: str, comment: str) -> None:
    await say(place.town, person, f"/status {ref}")
    await press(place.town, person, "🔵 I gang")
    await say(place.town, person, comment)
    await press(place.town, person, "Lagre")


async def test_the_office_writes_down_what_a_unit_said_and_it_is_marked(database: Database) -> None:
    async with cast(database) as place:
        town, office = place.town, place.office
        await say(town, office, "/registrer")
        assert office.last.text.startswith("Hvilket tiltak vil du skrive ned svar om?\n• 3.3 Akt")
        await say(town, office, "/registrer 7.7")
        assert office.last.text == "Jeg finner ikke noe tiltak med nummer «7.7». Send /tiltak for å se listen."
        await say(town, office, "/registrer 1.4")
        assert office.last.text.startswith("Ingen enhet følger opp tiltak 1.4, så det er ingen å svare for.")
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/registrer")
        assert office.last.text.startswith("Hvilket tiltak vil du skrive ned svar om? (side 1 av 2)")
        assert len(labels(office.last)) == 9
        await press(town, office, "Neste side ▶")
        assert len(labels(office.last)) == 4
        await press(town, office, "◀ Forrige side")
        await press(town, office, "3.2 Miljøtjeneste")
        assert "Du svarer for Kommunalsjef omsorg." in office.last.text
        await press(town, office, "🟠 Forsinket")
        await say(town, office, "For få folk")
        await press(town, office, "Lagre")
        assert office.last.text == (
            "✅ Svaret for Kommunalsjef omsorg er lagret.\n\n3.2 Miljøtjeneste\n🟠 Forsinket\nFor få folk"
        )
        assert labels(office.last) == ["Rett", "Legg ved"]
        stored = await values(database, "SELECT on_behalf, author_id, comment FROM status_reply")
        assert [(bool(behalf), author, comment) for behalf, author, comment in stored] == [(True, 2, "For få folk")]
        await press(town, office, "Rett")
        await press(town, office, "🔵 I gang")
        told = ["På telefon", "På e-post", "I et møte"]
        assert labels(office.last) == ["Lagre", "Rett", "Lagre uten kommentar", "Ny frist", "Legg ved", *told]
        await press(town, office, "Lagre uten kommentar")
        assert await count(database, "status_reply", "supersedes_id IS NOT NULL") == 1
        await say(town, office, "/tiltak 3.2")
        assert "🔵 I gang, 15.03.2021 kl. 09.00, Kommunalsjef omsorg (skrevet av kontoret)" in office.last.text
        await say(town, office, "/registrer 1.6")
        await press(town, office, "Senere")
        assert office.last.text.startswith("Greit. Ingenting er endret for 1.6")


async def test_what_a_unit_said_is_written_down_in_one_line_with_how_and_when(database: Database) -> None:
    async with cast(database) as place:
        town, office = place.town, place.office
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/registrer 3.2 i gang: Kurset er planlagt")
        assert "Du svarer for Kommunalsjef omsorg.\n🔵 I gang\nKurset er planlagt\n" in office.last.text
        assert await count(database, "status_reply") == 0
        await press(town, office, "På telefon")
        assert "\nOpplyst per telefon 15. mars 2021\n" in office.last.text
        assert labels(office.last)[-2:] == ["◀ Dagen før", "Uten måte og dag"]
        for _ in range(4):
            await press(town, office, "◀ Dagen før")
        await press(town, office, "Dagen etter ▶")
        await press(town, office, "Lagre")
        assert [str(row) for (row,) in await values(database, "SELECT said_on FROM reply_origin")] == ["2021-03-12"]
        told = "🔵 I gang, 15.03.2021 kl. 09.00, Kommunalsjef omsorg (opplyst per telefon 12. mars 2021, skrevet ned av"
        await say(town, office, "/tiltak 3.2")
        assert told in office.last.text
        # A correction keeps how it was said; nothing is kept where that is taken away.
        stored = next(message for message in reversed(office.messages) if "Rett" in labels(message))
        await press(town, office, "Rett", message=stored)
        await press(town, office, "🔵 I gang")
        assert "\nOpplyst per telefon 12. mars 2021\n" in office.last.text
        await press(town, office, "Uten måte og dag")
        await press(town, office, "Lagre")
        assert await count(database, "reply_origin") == 1
        await say(town, office, "/registrer 3.2 er ferdig")
        assert "🟢 Gjennomført" in office.last.text
        await say(town, office, "/registrer alt er i gang")
        assert office.last.text.startswith("Jeg finner ikke noe tiltak med nummer «alt».")


async def test_the_office_sees_how_the_plan_stands_and_who_has_not_answered(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await answers(place, place.nav, "1.6", "Kurset er holdt")
        await say(place.town, place.office, "/oversikt")
        assert place.office.last.text == (
            "Rusmiddelpolitisk handlingsplan\n12 tiltak\n🔵 I gang: 1\n❔ Ikke besvart: 11\n\n"
            "Runden 2021: 1 av 11 tiltak er besvart.\n"
            "Svarfrist 9. april 2021, sakspapirer 19. april 2021.\n"
            "Kommunestyret 3. mai 2021 (foreløpig dato).\n\n"
            "Fristen er passert for\n"
            "• 1.2 Samarbeid innenfor rusforebygging\n    2020, ved innvilgning av ekstern støtte.\n"
            "• 2.1 Alkoholpolitiske retningslinjer\n    2020\n"
            "• 3.3 Aktivitet og sosial plattform\n    2020"
        )
        await say(place.town, place.office, "/mangler")
        shown = place.office.last.text
        assert shown.startswith(
            "10 tiltak mangler svar (side 1 av 2)\n\n"
            "Kommunalsjef omsorg – ingen fra enheten er i chatten\n• 3.3 Aktivitet"
        )
        await press(place.town, place.office, "Neste side ▶")
        shown = place.office.last.text
        assert "\n\nSLT-koordinator\n• 1.5 Prosjekt" in shown
        assert "1.6" not in shown
        assert "\n\n\n" not in shown


async def test_the_office_goes_through_the_comments_one_by_one(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await answers(place, place.slt, "1.5", "Første")
        await answers(place, place.slt, "1.7", "Andre")
        await answers(place, place.nav, "1.6", "Tredje")
        await say(town, office, "/frigi")
        assert office.last.text.startswith("3 kommentarer venter\n\n1.5 Prosjekt")
        assert "\nSLT-koordinator: 🔵 I gang\n\nFørste\n\nSkal kommunestyret få lese dette?" in office.last.text
        assert labels(office.last) == ["Frigi", "Skriv om", "Hopp over", "Se alle 3", "Spør tilbake"]
        first = office.last
        release_first = data_of(first, "Frigi")
        await press(town, office, "Frigi")
        assert first.text.endswith("Kommentaren er frigitt til rapporten:\n\nFørste")
        assert office.last.text.startswith("2 kommentarer venter\n\n1.6")
        await press(town, office, "Hopp over")
        assert office.last.text.startswith("2 kommentarer venter\n\n1.7")
        await press(town, office, "Skriv om", message=office.last)
        await say(town, office, "Skrevet om")
        assert office.last.text.startswith("Det var den siste. Én kommentar er ikke frigitt")
        assert await values(sqlite, "SELECT text FROM report_text ORDER BY id") == [("Første",), ("Skrevet om",)]
        assert await count(sqlite, "status_reply", "comment = 'Andre'") == 1  # what the unit wrote is kept
        await press(town, office, "Skriv om", message=first)
        await say(town, office, "Første, rettet")
        again = await press(town, office, data=release_first, message=first)
        assert again.text == "Denne kommentaren er allerede frigitt. Ingenting er endret."
        assert await values(sqlite, "SELECT text FROM report_text ORDER BY id") == [
            ("Første, rettet",),
            ("Skrevet om",),
        ]


async def test_releasing_all_takes_what_was_shown_and_nothing_that_came_later(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await answers(place, place.slt, "1.5", "Første")
        await answers(place, place.slt, "1.7", "Andre")
        await say(town, office, "/frigi")
        await press(town, office, "Se alle 2")
        shown = office.last
        assert shown.text.startswith("2 kommentarer er ikke frigitt\n\n1.5 ")
        assert "\nFørste\n\n1.7 " in shown.text
        await answers(place, place.nav, "1.6", "Kom etterpå")
        await press(town, office, "Frigi alle 2", message=shown)
        assert shown.text == "✅ 2 kommentarer er frigitt til rapporten."
        assert await values(sqlite, "SELECT text FROM report_text ORDER BY text") == [("Andre",), ("Første",)]
        await say(town, office, "/frigi")
        assert office.last.text.startswith("Én kommentar venter\n\n1.6")
        assert labels(office.last) == ["Frigi", "Skriv om", "Spør tilbake"]


async def test_a_correction_needs_to_be_released_anew(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await answers(place, place.nav, "1.6", "Første")
        stored = next(message for message in reversed(place.nav.messages) if "Rett" in labels(message))
        await say(town, office, "/frigi")
        edit = data_of(office.last, "Skriv om")
        await press(town, office, "Frigi")
        assert office.last.text == "Du har gått gjennom alle kommentarene. Send /rapport for å lage rapporten."
        await press(town, place.nav, "Rett", message=stored)
        await press(town, place.nav, "🔵 I gang")
        await say(town, place.nav, "Rettet")
        await press(town, place.nav, "Lagre")
        answer = await press(town, office, data=edit)
        assert answer.text == "Dette svaret er allerede rettet. Rett det nyeste svaret i stedet."
        await say(town, office, "/frigi")
        assert "\n\nRettet\n\n" in office.last.text
        # A correction that comes while the office writes is not written over.
        await press(town, office, "Skriv om")
        newest = next(message for message in reversed(place.nav.messages) if "Rett" in labels(message))
        await press(town, place.nav, "Rett", message=newest)
        await press(town, place.nav, "⚪ Ikke startet")
        await press(town, place.nav, "Lagre uten kommentar")
        await say(town, office, "Kontorets tekst")
        assert office.last.text.startswith("Enheten har rettet svaret i mellomtiden, så teksten din er ikke lagret.")
        assert await count(sqlite, "report_text") == 1


async def test_the_report_comes_as_three_documents_that_open(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await answers(place, place.nav, "1.6", "Kurset er holdt")
        for words in ("/rapport", "/rapport rus 2021", "/rapport ²⁰²¹"):
            before = len(place.office.messages)
            await say(place.town, place.office, words)
            told = place.office.messages[before + 1].text
            if "²" in words:
                assert told == "Jeg finner ingen plan som heter «²⁰²¹». Send bare /rapport for å velge."
                continue
            assert told == (
                "Statusrapport 2021 for Rusmiddelpolitisk handlingsplan, utkast 1. Dokumentene kommer nå.\n\n"
                "⚠️ Én kommentar er ikke frigitt, og står derfor ikke i rapporten. Send /frigi for å gå gjennom den."
            )
            files = {message.file_name: message.document for message in place.office.messages[before + 2 :]}
            stem = "rusmiddelpolitisk-handlingsplan-2020-2024-2021-v1"
            assert list(files) == [f"{stem}.docx", f"{stem}.pdf", f"{stem}.html"]
            word, pdf, page = (content for content in files.values() if content is not None)
            tables = docx.Document(io.BytesIO(word)).tables
            assert any("1.6" in cell.text for table in tables for row in table.rows for cell in row.cells)
            with pikepdf.open(io.BytesIO(pdf)) as opened:
                assert len(opened.pages) > 1
            assert "Rusmiddelpolitisk handlingsplan" in page.decode()
        await say(place.town, place.office, "/rapport 2019")
        assert place.office.last.text == "Planen gjelder 2020–2024, så det er ingen rapport for 2019."
        await say(place.town, place.office, "/rapport finnesikke")
        assert place.office.last.text.startswith("Jeg finner ingen plan som heter «finnesikke».")
        actions = [call for call in place.town.server.calls if call.method.lower() == "sendchataction"]
        assert len(actions) == 6


async def test_every_format_and_earlier_version_of_a_report_is_there_by_button(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/rapport 2021 xlsx")
        assert (office.last.file_name or "").endswith("-2021-v1.xlsx")
        assert office.messages[-2].text.endswith("utkast 1. Dokumentet kommer nå.")
        await answers(place, place.nav, "1.6", "Kurset er holdt")
        await say(town, office, "/rapport rus json")
        assert (office.last.file_name or "").endswith("-2021-v2.json")
        told = office.messages[-2]
        formats = ["Word", "PDF", "Nettside", "Regneark", "JSON", "Alle formatene"]
        assert labels(told) == [*formats, "Til godkjenning", "Utkast 1, 15. mars 2021", "2020"]
        await press(town, office, "Utkast 1, 15. mars 2021", message=told)
        earlier = office.last
        assert "utkast 1 slik det var 15.03.2021 kl. 09.00. Velg format nedenfor." in earlier.text
        assert labels(earlier) == [*formats, "Utkast 2, 15. mars 2021", "2020"]
        await press(town, office, "PDF", message=earlier)
        assert (office.last.file_name or "").endswith("-2021-v1.pdf")
        before = len(office.messages)
        await press(town, office, "Alle formatene", message=earlier)
        endings = [(message.file_name or "").rpartition(".")[2] for message in office.messages[before:]]
        assert endings == ["docx", "pdf", "html", "xlsx", "json"]
        await press(town, office, "2020", message=earlier)
        assert office.last.text.startswith("Statusrapport 2020 for ")
        assert "Velg format nedenfor." in office.last.text
        for forged in ("rp:f:1:exe", "rp:f:999:pdf", "rp:v:999", "rp:y:1"):
            assert "gjelder ikke lenger" in (await press(town, office, data=forged)).text


async def test_a_document_that_cannot_be_made_is_told_and_the_others_come(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        documents = place.town.service.worker.postman.documents
        real = documents.make

        async def no_pdf(answer: Answer) -> tuple[str, bytes]:
            if answer.format == "pdf":
                raise OSError("no fonts")
            return await real(answer)

        documents.make = no_pdf  # type: ignore[method-assign]
        before = len(place.office.messages)
        await say(place.town, place.office, "/rapport 2021")
        received = place.office.messages[before + 2 :]
        assert [(message.file_name or "").rpartition(".")[2] for message in received] == ["docx", "", "html"]
        assert received[1].text.startswith("Rapporten kunne ikke lages som PDF.")
