"""Files and photos that go with an answer, over the chat."""

from datetime import UTC, datetime

from emulator import Person
from emulator.chats import Seen
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, data_of, everything, labels, press, say, values
from tests.bot.test_files import HEIC, PDF, PLACE, chunk, exif, jpeg, png, word
from tests.bot.test_worker import another, later

NUMBER = "01810012311"  # synthetic: the month has 80 added
STORED = "SELECT name, media_type, reply_id IS NOT NULL FROM attachment ORDER BY id"


async def begin(place: Cast, person: Person, ref: str, words: str | None = "Kurset er holdt") -> Seen:
    """A question is put and a status chosen; perhaps something is written."""
    await say(place.town, person, f"/status {ref}")
    await press(place.town, person, "🔵 I gang")
    return await say(place.town, person, words) if words else person.last


async def photo(place: Cast, person: Person, content: bytes = b"", caption: str = "", to: Seen | None = None) -> Seen:
    await person.send_photo(content or jpeg(), caption, reply_to=to)
    await place.town.settle()
    return person.last


async def document(place: Cast, person: Person, name: str, content: bytes, caption: str = "") -> Seen:
    await person.send_document(name, content, caption)
    await place.town.settle()
    return person.last


async def test_a_photo_and_a_document_wait_for_the_answer_and_are_stored_with_it(database: Database) -> None:
    async with cast(database) as place:
        town, nav = place.town, place.nav
        await begin(place, nav, "1.6")
        assert (await press(town, nav, "Legg ved")).text.startswith("Send filen eller bildet i chatten nå")
        seen = await photo(place, nav, jpeg(exif(6)))
        assert "Kurset er holdt\nVedlegg: bilde 1.jpg\n" in seen.text
        town.service = another(town)  # a restart loses nothing of it
        seen = await document(place, nav, "notat.docx", word())
        assert "Vedlegg: bilde 1.jpg, notat.docx" in seen.text
        assert labels(seen) == ["Lagre", "Rett", "Ny frist", "Legg ved", "Vedlegg (2)"]
        assert await count(database, "attachment", "reply_id IS NULL") == 2
        await press(town, nav, "Lagre")
        office_xml = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        assert [(name, kind, bool(kept)) for name, kind, kept in await values(database, STORED)] == [
            ("bilde 1.jpg", "image/jpeg", True),
            ("notat.docx", office_xml, True),
        ]
        assert PLACE not in (await values(database, "SELECT content FROM attachment_content"))[0][0]  # type: ignore[operator]
        # What goes with the answer is fetched from the measure, by its unit and the office, and by nobody else.
        await say(town, place.office, "/tiltak 1.6")
        assert "📎 bilde 1.jpg, notat.docx" in place.office.last.text
        await press(town, place.office, "Vedlegg (2)")
        assert place.office.last.text.endswith(
            "Enheten og kontoret kan se vedlegg. De kommer bare med i rapporten hvis kontoret frigir dem."
        )
        fetch = data_of(place.office.last, "Hent notat.docx")
        await press(town, place.office, "Hent notat.docx")
        assert (place.office.last.file_name, place.office.last.document) == ("notat.docx", word_of(nav))
        answer = await press(town, place.slt, data=fetch)
        assert answer.text == "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."
        assert await count(database, "audit_log", "action = 'attached'") == 2


def word_of(person: Person) -> bytes | None:
    return next(message.document for message in reversed(person.messages) if message.file_name == "notat.docx")


async def test_a_caption_is_the_comment_and_an_album_is_one_answer(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav = place.town, place.nav
        await begin(place, nav, "1.6", words=None)
        before = len(nav.messages)
        await nav.send_album([jpeg(), jpeg(exif(3)), jpeg(exif(6))], "Tre bilder fra kurset")
        await town.settle()
        said = [message for message in nav.messages[before:] if message.from_bot]
        assert len(said) == 1, nav.transcript()
        assert "Tre bilder fra kurset\nVedlegg: bilde 1.jpg, bilde 2.jpg, bilde 3.jpg\n" in said[0].text
        await press(town, nav, "Lagre")
        assert await values(sqlite, "SELECT comment FROM status_reply") == [("Tre bilder fra kurset",)]
        assert await count(sqlite, "attachment", "reply_id IS NOT NULL") == 3


async def test_a_photo_may_come_before_the_status_or_with_no_question_in_sight(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        seen = await photo(place, slt, caption="Fra møtet")
        assert seen.text.startswith("Hvilket tiltak gjelder filen?")
        await press(town, slt, "1.7 Ungdata -ungdomsundersøkelse")
        await press(town, slt, "🔵 I gang")
        assert "Fra møtet\nVedlegg: bilde 1.jpg" in slt.last.text
        await press(town, slt, "Lagre")
        assert await values(sqlite, STORED) == [("bilde 1.jpg", "image/jpeg", 1)]
        # 1.5 is asked by itself now; the photo is for it.
        assert "Dette blir med når du lagrer svaret om 1.5" in (await photo(place, slt, png())).text
        await press(town, slt, "🟢 Gjennomført")
        await press(town, slt, "Lagre uten kommentar")
        assert await count(sqlite, "attachment", "reply_id IS NOT NULL") == 2
        assert (await photo(place, slt)).text.startswith(
            "Ingenting venter på svar fra deg nå, så filen er ikke lagret."
        )
        await say(town, place.office, "/avbryt")
        assert place.office.last.text == "Det er ingenting å avbryte."


async def test_files_are_added_to_a_stored_answer_and_taken_away_until_the_papers_are_out(database: Database) -> None:
    async with cast(database) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        await begin(place, slt, "1.7")
        await press(town, slt, "Lagre")
        stored = next(message for message in reversed(slt.messages) if message.text.startswith("✅"))
        assert labels(stored) == ["Rett", "Legg ved"]
        await press(town, slt, "Legg ved", message=stored)
        assert slt.last.text.startswith("Send filene eller bildene som skal være med svaret om 1.7")
        seen = await document(place, slt, "tall.csv", b"a;b\n1;2\n", "Tallene")
        assert "Lagt ved svaret om 1.7" in slt.messages[-2].text
        assert seen.text.startswith("Teksten under filen er ikke lagret")
        # A reply to the answer does the same, also after a correction, which takes along what was there.
        await press(town, slt, "Rett", message=stored)
        await press(town, slt, "⚪ Ikke startet")
        await press(town, slt, "Lagre")
        assert "Lagt ved svaret om 1.7" in (await photo(place, slt, to=stored)).text
        newest = await values(database, "SELECT max(id) FROM status_reply")
        assert await values(database, "SELECT DISTINCT reply_id FROM attachment") == newest
        await press(town, slt, "Vedlegg (2)")
        remove = data_of(slt.last, "Fjern tall.csv")
        shown = slt.last
        await press(town, slt, "Fjern bilde 2.jpg", message=shown)
        assert shown.text == "«bilde 2.jpg» er fjernet."
        assert await count(database, "attachment_content") == 1
        assert (await press(town, place.nav, data=remove)).text.startswith("Dette hører ikke til")
        await town.go_to(datetime(2021, 4, 20, 8, 0, tzinfo=UTC))
        answer = await press(town, slt, data=remove)
        assert answer.text.startswith("Sakspapirene gikk ut 19. april 2021.")
        assert await count(database, "attachment") == 1
        assert await count(database, "audit_log", "action = 'removed'") == 1


async def test_what_cannot_be_kept_is_said_and_the_rest_of_the_answer_stands(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav = place.town, place.nav
        await begin(place, nav, "1.6")
        for name, content, told in (
            ("program.exe", b"MZ\x90\x00", "jeg ikke tar imot filer av denne typen"),
            ("gammel.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "et gammelt Office-format"),
            ("stor.pdf", PDF + bytes(10_000_001), "En fil kan være på høyst 10 MB."),
            ("liste.csv", f"nr\n{NUMBER}\n".encode(), "så ut til å inneholde et fødselsnummer"),
        ):
            before = len(nav.messages)
            await document(place, nav, name, content)
            assert any(told in message.text for message in nav.messages[before:]), nav.transcript()
        assert NUMBER not in await everything(sqlite)
        # A caption with a number in it: neither it nor the file is kept.
        seen = await photo(place, nav, caption=f"Gjelder {NUMBER}")
        assert seen.text.startswith("Meldingen så ut til å inneholde et fødselsnummer.")
        assert await count(sqlite, "attachment") == 0
        assert "kan vise når og hvor" in (await photo_text(place, nav, "foto.heic", HEIC))
        await document(place, nav, "foto.heic", HEIC)
        assert "er lagt ved fra før" in nav.messages[-2].text
        for number in range(10):
            await document(place, nav, f"{number}.png", png(chunk(b"gAMA", bytes([0, 0, 0, number]))))
        assert "Et svar kan ha høyst 10 vedlegg." in nav.messages[-1].text or "høyst 10" in nav.messages[-2].text
        assert await count(sqlite, "attachment") == 10
        await say(town, nav, "/avbryt")
        assert nav.last.text.startswith("Avbrutt.")
        assert await count(sqlite, "attachment") == 0


async def photo_text(place: Cast, person: Person, name: str, content: bytes) -> str:
    before = len(person.messages)
    await document(place, person, name, content)
    return "\n".join(message.text for message in person.messages[before:])


async def test_a_kill_while_a_file_is_fetched_neither_loses_nor_doubles_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav = place.town, place.nav
        await begin(place, nav, "1.6")

        async def dies(_answer: object) -> None:
            raise RuntimeError

        town.service.worker.attached_files.read = dies  # type: ignore[method-assign,assignment]
        await photo(place, nav)
        assert await count(sqlite, "attachment") == 0
        for _ in range(2):
            town.service = another(town)
            await later(town, 300)
        assert "Vedlegg: bilde 1.jpg" in nav.last.text
        assert await count(sqlite, "attachment") == 1
        # Telegram does not give it to us: it is tried again, and in the end said.
        order = town.server.faults.order(
            "bad_request", method="getFile", times=None, description="Bad Request: wrong file_id"
        )
        await photo(place, nav, png())
        assert order.used
        assert any("Jeg fikk ikke hentet «bilde» fra Telegram" in message.text for message in nav.messages)


async def test_an_admins_document_is_a_plan_unless_they_are_answering(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        seen = await document(place, admin, "notat.pdf", PDF)
        assert "notat.pdf" in seen.text
        assert await count(sqlite, "attachment") == 0
        await say(town, admin, "/registrer 1.6")
        await press(town, admin, "🔵 I gang")
        await say(town, admin, "Ringte")
        seen = await document(place, admin, "notat.pdf", PDF)
        assert seen.text.startswith("Er «notat.pdf» et vedlegg til svaret om 1.6")
        await press(town, admin, "Et vedlegg")
        assert "Ringte\nVedlegg: notat.pdf" in admin.last.text
        await document(place, admin, "annet.pdf", PDF)
        await press(town, admin, "En plan")
        assert "annet.pdf" in admin.last.text
        assert await count(sqlite, "attachment") == 1
        await press(town, admin, "Lagre")
        assert await count(sqlite, "attachment", "reply_id IS NOT NULL") == 1


async def test_the_office_looks_at_a_file_and_releases_it_or_leaves_it_internal(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, nav = place.town, place.office, place.nav
        await begin(place, nav, "1.6")
        for number in range(3):
            await document(place, nav, f"{number}.pdf", PDF + bytes([number]))
        await press(town, nav, "Lagre")
        await say(town, office, "/frigi")
        await press(town, office, "Frigi")  # the comment first
        assert office.last.text.startswith("3 vedlegg venter\n\n1.6")
        assert "📎 0.pdf (1\u00a0kB)" in office.last.text
        shown = office.last
        await press(town, office, "Se filen")
        assert office.last.document == PDF + bytes([0])
        await press(town, office, "Frigi", message=shown)
        assert shown.text == "✅ «0.pdf» er frigitt til rapporten."
        assert office.last.text.startswith("2 vedlegg venter")
        await press(town, office, "Hopp over")
        await press(town, office, "Frigi alle 2")
        assert office.last.text == "✅ 2 vedlegg er frigitt til rapporten."
        assert await count(sqlite, "attachment", "released_at IS NOT NULL") == 3
        answer = await press(town, office, data=f"rf:ok:{1}")
        assert answer.text == "Filen er allerede frigitt. Ingenting er endret."


async def test_the_report_lists_what_was_released_and_what_became_of_deadlines(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, nav, slt = place.town, place.office, place.nav, place.slt
        await begin(place, nav, "1.6")
        await photo(place, nav)
        await document(place, nav, "internt.pdf", PDF)
        await press(town, nav, "Ny frist")
        await say(town, nav, "våren 2024")
        await press(town, nav, "Lagre")
        await say(town, office, "/forslag")
        await press(town, office, "Godkjenn")
        await begin(place, slt, "1.7")
        await press(town, slt, "Ny frist")
        await say(town, slt, "2024")
        await press(town, slt, "Lagre")
        await say(town, slt, "/status 1.5")
        await press(town, slt, "⚫ Utgår")
        await say(town, slt, "Lagt ned")
        await press(town, slt, "Lagre")
        [(released, digest)] = await values(sqlite, "SELECT id, digest FROM attachment WHERE name = 'bilde 1.jpg'")
        await press(town, office, data=f"rf:ok:{released}")
        before = len(office.messages)
        await say(town, office, "/rapport 2021")
        page = next(
            message.document for message in office.messages[before:] if (message.file_name or "").endswith(".html")
        )
        assert page is not None
        shown = page.decode()
        assert "Vedlegg: bilde 1.jpg" in shown
        assert str(digest) in shown
        assert "internt.pdf" not in shown
        assert "Endret 04.01.2021. Fristen i planen var: 01.01. 2024" in shown
        assert "Foreslått ny frist: 2024" in shown
        assert "Ikke avgjort" in shown
        assert "For ett tiltak er fristen endret siden planen ble vedtatt." in shown
        # Turned down: the measure does not lapse in the report either.
        await say(town, office, "/forslag")
        await press(town, office, "Gå gjennom ett for ett")
        await press(town, office, "Avslå")
        await say(town, office, "Tiltaket er vedtatt")
        before = len(office.messages)
        await say(town, office, "/rapport 2021")
        page = next(
            message.document for message in office.messages[before:] if (message.file_name or "").endswith(".html")
        )
        assert page is not None
        assert "Ikke avgjort" not in page.decode()


async def test_a_file_goes_to_the_only_question_there_is_and_of_several_one_is_chosen(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav, slt = place.town, place.nav, place.slt
        await town.go_to(ROUND_OPENS)
        await photo(place, nav, to=nav.last)  # in reply to the daily message
        assert nav.messages[-2].text.startswith("1.6 Aktiviteter"), nav.transcript()
        assert "bilde 1.jpg" in nav.last.text
        await press(town, nav, "🔵 I gang")
        await press(town, nav, "Lagre uten kommentar")
        assert [tuple(row) for row in await values(sqlite, STORED)] == [("bilde 1.jpg", "image/jpeg", 1)]
        seen = await photo(place, slt, caption="Tre kommuner er med", to=slt.last)
        assert len(labels(seen)) == 2
        await press(town, slt, labels(seen)[0])
        assert "Dette blir kommentaren din:\nTre kommuner er med" in slt.last.text


async def test_an_admin_who_leads_a_unit_sends_a_plan_or_in_reply_a_document_of_an_answer(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav = place.town, place.nav
        await say(town, place.admin, "/folk rolle Testperson NAV til admin")
        await press(town, place.admin, "Ja, gjør det")
        await town.go_to(ROUND_OPENS)
        asked = next(message for message in reversed(nav.messages) if "Svar nå (1 tiltak)" in labels(message))
        await nav.send_document("notat.docx", word(), reply_to=asked)
        await town.settle()
        assert "notat.docx" in nav.last.text
        assert await count(sqlite, "attachment") == 1
        assert await count(sqlite, "plan_import") == 0
