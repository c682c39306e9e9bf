"""An admin sends the plan as a document, settles the doubts in the chat, and imports it."""

import threading
from datetime import timedelta
from io import BytesIO

import docx
import openpyxl
import pytest

from bot.answers import Answer
from bot.plan_files import NotRead, PlanFiles
from emulator import Person
from emulator.chats import Seen
from plan import documents
from plan.draft import Draft
from storage import audit, units
from storage.database import Database
from storage.people import Role
from tests.bot.acting import cast, count, data_of, dump, everything, labels, press, say, values
from tests.bot.test_worker import another, later
from tests.town import VEFSN, Town, town

XLSX = "plan.xlsx"
HEADS = ("Nr", "Tiltak", "Ansvar", "Frist")
ROWS = (
    ("1.1", "Kurs for skjenkesteder", "HeRe", "våren 2021"),
    ("1.2", "Foreldremøter i alle skoler", "Oppvekst og kultur, PPT", "innen 30. februar 2022"),
    ("1.3", "Møter i ungdomsrådet", "NAV", "en gang snart"),
)
NUMBER = "01810012311"  # synthetic: the month has 80 added


def workbook(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(("Handlingsplan mot rus 2021-2024",))
    sheet.append(HEADS)
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def word_list() -> bytes:
    """A plan that is a plain list: titles without owners or deadlines."""
    made = docx.Document()
    made.add_heading("Tiltaksplan for friluftsliv 2021-2024", 0)
    made.add_heading("Tiltak", 1)
    for title in ("Merke stier i nærområdet", "Lage kart over badeplasser", "Arrangere turdager for alle"):
        made.add_paragraph(title, style="List Bullet")
    content = BytesIO()
    made.save(content)
    return content.getvalue()


async def send(place: Town, person: Person, content: bytes, name: str = XLSX) -> Seen:
    await person.send_document(name, content)
    await place.settle()
    return person.last


async def admin_of(place: Town) -> Person:
    return await place.join(Role.ADMIN, "Testperson Admin")


async def set_units(place: Town, *names: str) -> None:
    async with place.database.write() as session:
        for name in names:
            await units.set_unit(session, name, actor=audit.COMMAND_LINE, at=place.clock.now())


async def test_a_plan_file_is_read_shown_and_imported(database: Database) -> None:
    async with town(database) as place:
        admin = await admin_of(place)
        before = await dump(database)
        seen = await send(place, admin, VEFSN.read_bytes(), "vefsn.yaml")
        assert "Rusmiddelpolitisk handlingsplan" in seen.text
        assert "Kommune: Vefsn\nPeriode: 2020–2024" in seen.text
        assert "12 tiltak" in seen.text
        assert [message.text for message in admin.messages if message.from_bot][-2] == "Jeg leser «vefsn.yaml» …"
        assert await dump(database) | {"plan_import": [], "outbox": []} == before
        assert labels(seen)[1:] == ["Importer som det står", "Forkast"]
        await press(place, admin, "Importer som det står")
        assert "Dette blir lagret" in admin.last.text
        assert await count(database, "plan") == 0
        await press(place, admin, "Importer")
        assert "Kortnavnet er rusmiddelpolitisk-handlingsplan-2020-2024." in admin.last.text
        assert "Ingen er med i chatten for: Rådmannen" in admin.last.text
        assert await count(database, "measure") == 12
        assert await count(database, "round") > 0
        assert await values(database, "SELECT state FROM plan_import") == [("imported",)]
        [(person_id,)] = await values(database, "SELECT person_id FROM audit_log WHERE action = 'imported'")
        assert [(person_id,)] == await values(database, "SELECT id FROM person WHERE is_admin")


async def test_every_kind_of_doubt_is_settled_by_button_and_by_words(database: Database) -> None:
    async with town(database) as place:
        admin = await admin_of(place)
        await set_units(place, "Helse og rehabilitering", "NAV", "Oppvekst og kultur")
        seen = await send(place, admin, workbook())
        assert "Jeg er i tvil om 5 ting." in seen.text
        await press(place, admin, "Gå gjennom 5 spørsmål")
        assert admin.last.text.startswith("1 av 5\n\nHvilken enhet er HeRe? Planen nevner den i 1.1.")
        assert labels(admin.last) == [
            "Samme som Helse og rehabilitering",
            "Ny enhet",
            "Utenfor kommunen",
            "Alle 2 av dette slaget som i dokumentet",
            "Tilbake",
            "Avgjør senere",
            "Svarene så langt",
            "Ta en pause",
        ]
        await press(place, admin, "Samme som Helse og rehabilitering")
        assert "Hvilken enhet er PPT?" in admin.last.text
        await say(place, admin, "PP-tjenesten")
        assert admin.last.text.startswith("3 av 5\n\n1.2 Foreldremøter")
        assert "Den har en dato som ikke finnes." in admin.last.text
        await say(place, admin, "30. februar 2022")
        assert admin.last.text.startswith("Jeg finner ikke noe klart tidspunkt i «30. februar 2022»")
        await say(place, admin, "våren 2022")
        assert admin.last.text.startswith("✅ «våren 2022» → 31. mai 2022")
        await press(place, admin, "Neste")
        assert "Fristen i planen: «en gang snart»." in admin.last.text
        await press(place, admin, "Behold uten dato")
        assert labels(admin.last)[:4] == ["Oppvekst og kultur", "PPT", "Ingen ennå", "Tilbake"]
        await press(place, admin, "Tilbake")
        assert "✅ Som i dokumentet" in admin.last.text
        await press(place, admin, "Neste")
        await press(place, admin, "PPT")
        assert "Nye enheter: PP-tjenesten\nUten en sikker frist: 1.3" in admin.last.text
        await press(place, admin, "Svarene så langt")
        assert "1. Enhet HeRe: Samme som Helse og rehabilitering" in admin.last.text
        assert "3. Frist for 1.2: «våren 2022» → 31. mai 2022" in admin.last.text
        await press(place, admin, "Fortsett")
        await press(place, admin, "Importer")
        stored = "SELECT m.ref, u.name, m.due_on FROM measure m JOIN unit u ON u.id = m.owner_id ORDER BY m.ref"
        assert [tuple(map(str, row)) for row in await values(database, stored)] == [
            ("1.1", "Helse og rehabilitering", "2021-05-31"),
            ("1.2", "PP-tjenesten", "2022-05-31"),
            ("1.3", "NAV", "None"),
        ]
        assert await count(database, "unit", "name IN ('HeRe', 'PPT')") == 0


async def test_a_measure_is_left_out_and_the_rest_are_taken_in_one_press(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        await send(place, admin, word_list(), "plan.docx")
        await press(place, admin, "Gå gjennom ett spørsmål")
        assert "Her står bare en tittel, uten ansvar og frist.\n• T1 Merke stier" in admin.last.text
        await press(place, admin, "Ta dem hver for seg")
        assert "Er dette et tiltak?" in admin.last.text
        await press(place, admin, "Utelat")
        await press(place, admin, "Alle 2 av dette slaget som i dokumentet")
        assert "2 tiltak\nUtelatt: T1\nUten oppfølgingsansvarlig: T2, T3" in admin.last.text
        await press(place, admin, "Importer")
        assert "Uten oppfølgingsansvarlig: T2, T3. Ingen blir spurt" in admin.last.text
        assert await values(sqlite, "SELECT ref FROM measure ORDER BY ref") == [("T2",), ("T3",)]


async def test_a_unit_outside_the_municipality_is_not_asked_and_neither_is_nobody(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        await send(place, admin, workbook())
        await press(place, admin, "Gå gjennom 4 spørsmål")
        assert "4 nye enheter i kommunen: HeRe, Oppvekst og kultur, PPT, NAV." in admin.last.text
        await press(place, admin, "Ta dem hver for seg")
        await press(place, admin, "Utenfor kommunen")
        await press(place, admin, "Alle 3 av dette slaget som i dokumentet")
        await press(place, admin, "Alle 2 av dette slaget som i dokumentet")
        await press(place, admin, "Ingen ennå")
        summary = admin.last.text
        assert "Utenfor kommunen, blir ikke spurt i chatten: HeRe\nUten oppfølgingsansvarlig: 1.1, 1.2" in summary
        await press(place, admin, "Importer")
        assert await values(sqlite, "SELECT ref FROM measure WHERE owner_id IS NULL ORDER BY ref") == [
            ("1.1",),
            ("1.2",),
        ]
        assert await count(sqlite, "unit", "external AND name = 'HeRe'") == 1


async def test_a_review_waits_until_the_next_day_and_through_a_restart(database: Database) -> None:
    async with town(database) as place:
        admin = await admin_of(place)
        await send(place, admin, workbook())
        await press(place, admin, "Gå gjennom 4 spørsmål")
        await press(place, admin, "Ja, det stemmer")
        await press(place, admin, "Ta en pause")
        assert admin.last.text.startswith("Svarene dine om «plan.xlsx» er tatt vare på.")
        await say(place, admin, "våren 2022")
        assert "ikke" in admin.last.text
        place.service = another(place)
        await place.go_to(place.clock.at + timedelta(days=1))
        seen = await say(place, admin, "/import")
        assert labels(seen) == [
            "Gå gjennom 3 spørsmål",
            "Importer som det står",
            "Svarene så langt",
            "Forkast",
        ]
        await press(place, admin, "Forkast")
        assert admin.last.text == "Skal «plan.xlsx» forkastes? Du har svart på ett spørsmål, og svaret blir borte."
        await press(place, admin, "Ja, forkast")
        assert (await say(place, admin, "/import")).text.startswith("Send meg planen som en fil")
        assert await count(database, "plan_import", "state = 'dropped'") == 1
        assert await count(database, "plan") == 0


async def test_what_is_put_off_is_marked_on_the_measure_until_somebody_decides_it(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        await send(place, admin, workbook())
        await press(place, admin, "Gå gjennom 4 spørsmål")
        await press(place, admin, "Ja, det stemmer")
        await press(place, admin, "Avgjør senere")
        await press(place, admin, "Behold uten dato")
        await press(place, admin, "Oppvekst og kultur")
        assert "Ett spørsmål er ikke avgjort." in admin.last.text
        await press(place, admin, "Importer")
        assert "Ikke avgjort: 1.2." in admin.last.text
        assert "Ikke avgjort da planen ble importert: fristen" in (await say(place, admin, "/tiltak 1.2")).text
        await say(place, admin, "/tiltak endre 1.2 frist: våren 2022")
        assert "Ikke avgjort" not in (await say(place, admin, "/tiltak 1.2")).text


async def test_a_yes_to_a_difference_that_somebody_has_changed_meanwhile_stores_nothing(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin, other = await admin_of(place), await admin_of(place)
        for person in (admin, other):
            await send(place, person, workbook())
            await press(place, person, "Importer som det står")
        await press(place, other, "Importer")
        await press(place, admin, "Importer")
        assert admin.last.text.startswith("⚠️ Noen andre har endret planen siden du så på den.")
        assert "dokumentet endrer ingenting" in admin.last.text
        assert await count(sqlite, "plan") == 1
        await press(place, admin, "Ferdig")
        assert await count(sqlite, "plan_import", "state = 'imported'") == 2


async def test_a_kill_while_a_document_is_read_has_it_read_again_and_kept_once(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        reader = place.service.worker.plan_files

        async def dies(_answer: Answer) -> Draft | NotRead:
            raise RuntimeError

        reader.read = dies  # type: ignore[method-assign,assignment]
        await send(place, admin, workbook())
        assert admin.last.text == "Jeg leser «plan.xlsx» …"
        assert await count(sqlite, "plan_import") == 0
        place.service = another(place)
        await later(place, 300)
        assert "Dette fant jeg i «plan.xlsx»." in admin.last.text
        assert len([each for each in admin.messages if "plan.xlsx" in each.text]) == 2
        assert await count(sqlite, "plan_import") == 1


async def test_a_new_version_of_a_plan_is_shown_and_stored_as_what_it_changes(database: Database) -> None:
    async with town(database) as place:
        admin = await admin_of(place)
        await send(place, admin, workbook())
        await press(place, admin, "Importer som det står")
        await press(place, admin, "Importer")
        new = (ROWS[0], (*ROWS[2][:3], "høsten 2022"), ("1.4", "Trygg skolevei", "NAV", "2023"))
        await send(place, admin, workbook(new))
        assert "Nye tiltak: 1. Endrede tiltak: 1. Tiltak som er ute av planen: 1." in admin.last.text
        await press(place, admin, "Se hva som blir lagret")
        shown = "Nye tiltak\n  1.4 Trygg skolevei\n\nEndrede tiltak\n  1.3 Møter i ungdomsrådet\n"
        assert shown + "      Frist: «en gang snart» → «høsten 2022»" in admin.last.text
        assert "ute av planen (de tas ut av bruk, og svar og historikk blir tatt vare på)\n  1.2" in admin.last.text
        await press(place, admin, "Importer")
        assert await count(database, "plan") == 1
        rows = await values(database, "SELECT ref FROM measure WHERE archived_at IS NULL ORDER BY position")
        assert rows == [("1.1",), ("1.3",), ("1.4",)]
        assert await count(database, "measure", "ref = '1.2' AND archived_at IS NOT NULL") == 1


async def test_a_meeting_on_the_day_of_another_body_is_refused_from_a_plan_file_and_the_review_goes_on(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.office, "/runde rus 2021 møte 12.5.2021")
        before = await values(sqlite, "SELECT body, held_on FROM meeting")
        assert len(before) == 1
        text = VEFSN.read_text("utf-8") + "\nmøter:\n  - organ: Formannskapet\n    dato: 12.05.2021\n"
        await send(place.town, place.admin, text.encode(), "plan.yaml")
        await press(place.town, place.admin, "Se hva som blir lagret")
        await press(place.town, place.admin, "Importer")
        assert place.admin.last.text == (
            "Formannskapet og Kommunestyret har møte samme dag, 12. mai 2021, og saken kan ikke behandles to steder på "
            "én dag. Rett den ene datoen, og prøv igjen.\n\nIngenting er lagret."
        )
        assert labels(place.admin.last) == ["Tilbake", "Forkast"]
        assert await values(sqlite, "SELECT body, held_on FROM meeting") == before


async def test_units_in_a_circle_are_refused_from_a_plan_file_with_their_names(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        text = VEFSN.read_text("utf-8").replace("  - navn: NAV\n    overordnet: Rådmannen\n", "  - navn: NAV\n", 1)
        text = text.replace("  - navn: Rådmannen\n", "  - navn: Rådmannen\n    overordnet: NAV\n", 1)
        await send(place.town, place.admin, text.encode(), "plan.yaml")
        await press(place.town, place.admin, "Se hva som blir lagret")
        await press(place.town, place.admin, "Importer")
        assert "Rådmannen kan ikke ligge under NAV, som selv ligger under Rådmannen." in place.admin.last.text
        assert "Ingenting er lagret." in place.admin.last.text


async def test_what_changed_after_it_was_shown_is_shown_again_before_it_is_stored(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        first = await send(place, admin, word_list(), "plan.docx")
        await press(place, admin, "Importer som det står")
        stale = data_of(admin.last, "Importer")
        await press(place, admin, "Tilbake")
        await press(place, admin, "Gå gjennom ett spørsmål", message=first)
        await press(place, admin, "Ta dem hver for seg")
        await press(place, admin, "Utelat")
        await press(place, admin, data=stale)
        assert "Utelatt: T1" in admin.last.text
        assert await count(sqlite, "plan") == 0


COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
REFUSED = {
    "skadet.csv": (b'Tiltak;Ansvar;Frist\n"' + b"a" * 200_000, "Filen er skadet"),
    "bilde.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "Filer av denne typen kan ikke leses."),
    "tom.csv": (b"  \n", "Filen er tom."),
    "notat.xlsx": (workbook(()), "Filen har ingen tiltak."),
    "låst.docx": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "Filen er beskyttet med passord."),
    "gammel.doc": (COMPOUND, "Filen er i et gammelt Office-format."),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_document_that_is_no_plan_is_refused_with_a_sentence_and_nothing_is_stored(
    sqlite: Database, name: str
) -> None:
    content, sentence = REFUSED[name]
    async with town(sqlite) as place:
        admin = await admin_of(place)
        before = await dump(sqlite)
        seen = await send(place, admin, content, name)
        assert seen.text.startswith(f"«{name}» kan ikke leses som en plan, og ingenting er lagret.\n• {sentence}")
        assert await dump(sqlite) == before


async def test_the_first_ten_of_many_faults_are_told_and_the_rest_are_counted(sqlite: Database) -> None:
    lines = "".join(f"  - nr: {number}\n    tittel: X\n    farge: blå\n" for number in range(1, 13))
    async with town(sqlite) as place:
        admin = await admin_of(place)
        seen = await send(place, admin, f"plan:\n  tittel: Plan\ntiltak:\n{lines}".encode(), "plan.yaml")
        assert seen.text.count("\n• Linje ") == 10
        assert seen.text.endswith("\nDet er 3 feil til.")


async def test_a_file_larger_than_telegram_gives_us_is_refused_before_it_is_fetched(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        seen = await send(place, admin, bytes(documents.MAX_BYTES + 1), "stor.pdf")
        assert "Filen er større enn 20 MB." in seen.text
        assert not any(call.method.lower() == "getfile" for call in place.server.calls)


async def test_a_document_that_cannot_be_fetched_is_tried_again_or_asked_for(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await admin_of(place)
        place.server.faults.order("server_error", method="getFile")
        seen = await send(place, admin, workbook())
        assert seen.text == "Jeg leser «plan.xlsx» …"
        await later(place, 5)
        assert "Dette fant jeg" in admin.last.text
        await press(place, admin, "Forkast")
        place.server.faults.order("bad_request", method="getFile", description="Bad Request: wrong file_id")
        seen = await send(place, admin, workbook())
        assert seen.text.startswith("Jeg fikk ikke hentet «plan.xlsx» fra Telegram.")


async def test_a_document_with_an_identity_number_is_deleted_and_not_stored(sqlite: Database) -> None:
    rows = (*ROWS, ("1.4", f"Oppfølging av {NUMBER}", "NAV", "2022"))
    async with town(sqlite) as place:
        admin = await admin_of(place)
        await admin.send_document(XLSX, workbook(rows))
        sent = admin.messages[-1]
        await place.settle()
        assert admin.last.text.startswith("Filen ser ut til å inneholde et fødselsnummer.")
        assert sent.deleted
        assert await count(sqlite, "plan_import") == 0
        assert NUMBER not in await everything(sqlite)


async def test_whoever_is_no_admin_is_refused_and_so_is_one_who_no_longer_is(sqlite: Database) -> None:
    async with town(sqlite) as place:
        office = await place.join(Role.OFFICE, "Testperson Kontor")
        seen = await send(place, office, workbook())
        assert seen.text.startswith("Jeg kan bare ta imot tekst")
        stranger = place.stranger()
        await send(place, stranger, workbook())
        assert stranger.last.text.startswith("Hei. Denne boten er for dem som arbeider i kommunen.")
        assert await count(sqlite, "plan_import") == 0
        admin = await admin_of(place)
        await send(place, admin, workbook())
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE person SET is_admin = false")
        answer = await press(place, admin, "Importer som det står")
        assert answer.text.startswith("Dette hører ikke til din rolle")


async def test_one_review_at_a_time_and_nobody_elses(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin, other = await admin_of(place), await admin_of(place)
        first = await send(place, admin, workbook())
        seen = await send(place, admin, word_list(), "annen.docx")
        assert seen.text.startswith("Du er ikke ferdig med «plan.xlsx», som du sendte 04.01.2021 kl. 09.00.")
        assert labels(seen) == ["Fortsett", "Forkast"]
        asked = data_of(first, "Gå gjennom 4 spørsmål")
        over = "Denne gjennomgangen er avsluttet. Ingenting er endret. Send /import for å begynne på nytt."
        assert (await press(place, other, data=asked)).text == over
        for forged in ("pi:an:1:99:0:0", "pi:an:1:0:99:0", "pi:an:1:0:2:99", "pi:an:1:0:0:0", "pi:xx:1", "pi:su:x"):
            assert "gjelder ikke lenger" in (await press(place, admin, data=forged)).text, forged
        assert await values(sqlite, "SELECT decisions FROM plan_import") == [("{}",)]
        await press(place, admin, "Forkast", message=seen)
        assert (await press(place, admin, data=asked)).text == over
        assert "Dette fant jeg" in (await send(place, admin, word_list(), "annen.docx")).text


async def test_a_document_that_takes_too_long_is_given_up_and_keeps_its_place_until_it_ends() -> None:
    may_end = threading.Event()

    async def fetch(_file_id: str) -> bytes:
        return b"x"

    def slow(_name: str, _content: bytes) -> Draft:
        may_end.wait(30)
        raise ValueError

    files = PlanFiles(fetch, slow, timedelta(milliseconds=20))
    for _ in range(3):  # the third finds both places taken
        assert await files.read(Answer("plan", file_id="1")) == NotRead("too_slow")
    may_end.set()
    patient = PlanFiles(fetch, slow, timedelta(seconds=30))
    assert await patient.read(Answer("plan", file_id="1")) == NotRead("unreadable")


async def test_a_review_that_lies_open_for_three_working_days_is_reminded_of_once(database: Database) -> None:
    async with town(database) as place:
        admin = await admin_of(place)
        await send(place, admin, workbook())
        await place.go_to(place.clock.at + timedelta(days=1))  # Tuesday
        await say(place, admin, "/import")
        await press(place, admin, "Gå gjennom 4 spørsmål")
        await press(place, admin, "Ja, det stemmer")
        many = len(admin.messages)
        await place.go_to(place.clock.at + timedelta(days=2))  # Thursday: two working days after it was gone on with
        assert len(admin.messages) == many
        await place.go_to(place.clock.at + timedelta(days=1))
        assert admin.last.text == (
            "Du begynte å importere «plan.xlsx» 4. januar 2021, men er ikke ferdig. 3 spørsmål står igjen. "
            "Ingenting fra filen er lagret ennå. Vil du fortsette?"
        )
        reminder = admin.last
        await press(place, admin, "Fortsett")
        assert "Dette fant jeg i «plan.xlsx»." in admin.last.text
        many = len(admin.messages)
        await place.go_to(place.clock.at + timedelta(days=30))
        assert len(admin.messages) == many
        await press(place, admin, data=data_of(reminder, "Forkast"))
        await press(place, admin, "Ja, forkast")
        assert admin.last.text.startswith("«plan.xlsx» er forkastet.")
        await send(place, admin, workbook())
        await press(place, admin, "Forkast")
        many = len(admin.messages)
        await place.go_to(place.clock.at + timedelta(days=7))
        assert len(admin.messages) == many


async def test_a_plan_is_known_again_by_what_its_document_called_itself(database: Database) -> None:
    named = "Handlingsplan mot rus 2021-2024"
    async with town(database) as place:
        admin = await admin_of(place)
        content = workbook().replace(named.encode(), b"")
        made = openpyxl.load_workbook(BytesIO(content))
        sheet = made.active
        assert sheet is not None
        sheet.delete_rows(1)
        untitled = BytesIO()
        made.save(untitled)
        await send(place, admin, untitled.getvalue(), "Kopi av ark 3.xlsx")
        await press(place, admin, "Gå gjennom 6 spørsmål")
        await say(place, admin, "Rusplanen")
        await press(place, admin, "Neste")
        await say(place, admin, "2021-2024")
        await press(place, admin, "Neste")
        while "Importer" not in labels(admin.last):
            await press(place, admin, "Avgjør senere")
        await press(place, admin, "Importer")
        assert await values(database, "SELECT title, first_year FROM plan") == [("Rusplanen", 2021)]
        await send(place, admin, untitled.getvalue(), "Kopi av ark 3.xlsx")
        assert "Planen er kjent fra før, og dokumentet endrer ingenting." in admin.last.text
        await press(place, admin, "Forkast")
        other = openpyxl.load_workbook(BytesIO(untitled.getvalue()))
        sheet = other.active
        assert sheet is not None
        for row, title in ((2, "Merke stier"), (3, "Lage kart"), (4, "Arrangere turer")):
            sheet.cell(row=row, column=2, value=title)
        content_of_other = BytesIO()
        other.save(content_of_other)
        await send(place, admin, content_of_other.getvalue(), "Kopi av ark 3.xlsx")
        assert "kjent fra før" not in admin.last.text, "files of different plans are called alike"
        await press(place, admin, labels(admin.last)[0])
        assert "Er dette en ny utgave av en plan som er lagret?" in admin.last.text
        assert "Ny utgave av Rusplanen" in labels(admin.last)
