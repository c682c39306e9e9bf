"""An admin sends the plan as a document, settles the doubts in the chat, and imports it."""

from io import BytesIO

import docx
import openpyxl

from emulator import Person
from emulator.chats import Seen
from storage.database import Database
from storage.people import Role
from tests.bot.acting import count, dump, labels, press, values
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
    from storage import audit, units

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
        assert await dump(database) | {"plan_import": []} == before
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
