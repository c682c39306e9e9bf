"""/oversikt: a plan at a glance, as a picture with words under it."""

import io
from datetime import datetime

import docx
from PIL import Image

from bot.documents import Documents
from emulator import Person
from emulator.chats import Seen
from plan.deadline import parse
from storage import audit, goals, measures, plan_admin
from storage.database import Database
from storage.ids import id_of
from tests.bot.acting import ROUND_OPENS, cast, labels, press, say
from tests.report.accessible_word import faults


def picture(message: Seen) -> Image.Image:
    assert message.photo is not None
    return Image.open(io.BytesIO(message.photo))


def since(person: Person, before: int) -> list[Seen]:
    return [message for message in person.messages[before:] if message.from_bot]


async def another_plan(database: Database, at: datetime, *, bars: int = 14) -> None:
    """A plan with many goals whose titles are long, and measures that are overdue."""
    async with database.write() as session:
        plan = await plan_admin.add(
            session, "Trafikksikkerhetsplan", (2020, 2024), municipality="Vefsn", actor=audit.COMMAND_LINE, at=at
        )
        for number in range(bars):
            title = "Trygg skolevei 😀 " + "for alle som går og sykler " * 6
            goal = await goals.add(session, id_of(plan), f"{number}", title, actor=audit.COMMAND_LINE, at=at)
            await measures.add(
                session,
                id_of(plan),
                f"8.{number}",
                "Et tiltak med en lang tittel " * 3,
                parse("2020"),
                goal_id=goal.id,
                responsible=None,
                owner=None,
                actor=audit.COMMAND_LINE,
                at=at,
            )


async def test_several_plans_are_chosen_among_and_what_has_no_room_under_the_picture_follows(
    sqlite: Database,
) -> None:
    async with cast(sqlite, ROUND_OPENS) as place:
        town, office = place.town, place.office
        await another_plan(sqlite, town.clock.now())
        assert labels(await say(town, office, "/oversikt")) == [
            "Rusmiddelpolitisk handlingsplan",
            "Trafikksikkerhetsplan",
            "Alle planene",
            "Alle samlet i Word",
        ]
        before = len(office.messages)
        await press(town, office, "Trafikksikkerhetsplan")
        shown, *rest = since(office, before)
        assert shown.text.startswith("Trafikksikkerhetsplan\n14 tiltak\n❔ Ikke besvart: 14")
        assert len(shown.text) <= 1024
        assert rest
        together = " ".join(message.text for message in (shown, *rest))
        assert all(f"8.{number} " in together for number in range(14))
        width, height = picture(shown).size
        assert width / height >= 390 / 1280  # as wide as a phone where Telegram has made it smaller
        before = len(office.messages)
        await press(town, office, "Alle planene", message=office.messages[before - len(rest) - 2])
        assert [message.text.split("\n")[0] for message in since(office, before) if message.photo] == [
            "Rusmiddelpolitisk handlingsplan",
            "Trafikksikkerhetsplan",
        ]
        assert "«vei»" in (await say(town, office, "/oversikt vei")).text
        gone = await press(town, office, data="ov:999")
        assert "gjelder ikke lenger" in gone.text
        await press(town, office, data="os:all")
        assert office.last.file_name == "handlingsplanene.docx"
        document = docx.Document(io.BytesIO(office.last.content or b""))
        assert faults(document) == set()
        (table,) = document.tables
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert rows[0][:2] == ["Plan", "Tiltak"]
        assert [row[:2] for row in rows[1:]] == [
            ["Rusmiddelpolitisk handlingsplan 2020–2024", "12"],
            ["Trafikksikkerhetsplan 2020–2024", "14"],
            ["I alt", "26"],
        ]
        late = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("8.")]
        assert len(late) == 14
        assert late[0].endswith("(frist: 2020). Status: Ikke besvart")


async def test_the_words_come_where_the_picture_cannot_be_drawn(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        documents = place.town.service.worker.postman.documents
        assert isinstance(documents, Documents)
        documents.make = None  # type: ignore[method-assign,assignment]
        seen = await say(place.town, place.office, "/oversikt rus")
        assert seen.photo is None
        assert "\n12 tiltak\n❔ Ikke besvart: 12" in seen.text
