"""/okonomiplan: what the budget work wants of the plans, in the chat and as a workbook."""

from io import BytesIO
from typing import Any

import docx
from openpyxl import load_workbook
from sqlmodel import select

from plan.status import Status
from storage import replies
from storage.database import Database
from storage.ids import id_of
from storage.tables import Measure, Person
from tests.bot.acting import Cast, cast, labels, press, say
from tests.report.accessible_word import faults

FILE = "økonomiplan-rusmiddelpolitisk-handlingsplan-2020-2024.xlsx"


async def finish(place: Cast, ref: str) -> None:
    async with place.town.database.write() as session:
        measure = (await session.exec(select(Measure).where(Measure.ref == ref))).one()
        person = (await session.exec(select(Person).where(Person.is_office))).one()
        replies.add(
            session,
            measure_id=id_of(measure),
            unit_id=measure.owner_id or 1,
            author_id=id_of(person),
            status=Status.DONE,
            comment=None,
            at=place.town.clock.now(),
            on_behalf=True,
        )


async def test_the_measures_come_by_priority_with_the_money_of_each_year(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        seen = (await say(place.town, place.office, "/okonomiplan 2021")).text
        assert "Til økonomiplanen 2021–2024" in seen
        priorities = [int(line.rpartition("prioritet ")[2]) for line in seen.split("\n") if "prioritet" in line]
        with_money = seen.split("Planen oppgir ikke beløp for")[0].count("prioritet")
        assert priorities[:with_money] == sorted(priorities[:with_money])
        assert "3.2 Miljøtjeneste – Kommunalsjef omsorg" in seen
        assert "Utgift: 1\u00a0800\u00a0000\u00a0kr hvert år 2021–2023" in seen
        assert "Utgift: 550\u00a0000\u00a0kr i 2023" in seen.split("1.5 ")[1].split("\n\n")[0]
        assert seen.split("2.1 ")[1].split("\n\n")[0].endswith("Planen oppgir 0 kr.")


async def test_the_workbook_has_the_same_lines_and_sums_as_numbers(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        seen = await say(place.town, place.office, "/okonomiplan rus 2021")
        assert labels(seen) == ["Hent som regneark", "Hent som Word"]
        await press(place.town, place.office, "Hent som regneark")
        assert place.office.last.file_name == FILE
        assert place.office.last.content is not None
        sheet = load_workbook(BytesIO(place.office.last.content)).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][:7] == ("Prioritet", "Plan", "Nr.", "Tiltak", "Oppfølgingsansvarlig", "Slag", "2021")
        table = sheet.tables["Budsjett"].ref
        count = int(table.removeprefix("A1:L"))
        spending = [row for row in rows[1:count] if row[5] == "utgift"]
        total = next(row for row in rows[count:] if row[3] == "Sum utgift")
        for column in range(6, 11):
            assert (total[column] or 0) == sum(int(str(row[column] or 0)) for row in spending)
        assert len({row[2] for row in rows[1:count]}) == 12


def texts_of(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


async def test_the_word_document_has_the_same_lines_and_sums(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.office, "/okonomiplan rus 2021")
        await press(place.town, place.office, "Hent som Word")
        assert place.office.last.file_name == FILE.replace(".xlsx", ".docx")
        assert place.office.last.content is not None
        document = docx.Document(BytesIO(place.office.last.content))
        assert faults(document) == set()
        assert document.paragraphs[0].text == "Innspill til økonomiplanen 2021–2024"
        assert document.core_properties.author == "rådmannens kontor"
        with_money, without = map(texts_of, document.tables)
        assert with_money[0] == [
            "Prioritet", "Nr.", "Tiltak", "Følges opp av", "Slag", "2021", "2022", "2023", "2024", "Andre år",
        ]  # fmt: skip
        spending = [row for row in with_money[1:] if row[4] == "utgift"]
        (total,) = (row for row in with_money if row[2] == "Sum utgift")
        for column in range(5, 10):
            amounts = [int("".join(filter(str.isdigit, row[column])) or 0) for row in spending]
            assert int("".join(filter(str.isdigit, total[column])) or 0) == sum(amounts)
        refs = {row[1] for row in (*with_money[1:], *without[1:]) if row[1]}
        assert len(refs) == 12
        assert "{{" not in "".join(paragraph.text for paragraph in document.paragraphs)
        header = document.tables[0].rows[0]._tr
        assert header.xpath("./w:trPr/w:tblHeader")
        assert document.sections[0].footer.paragraphs[0].text.startswith("Side ")
        sums = [row for row in document.tables[0].rows if row.cells[2].text.startswith("Sum ")]
        together = [row.cells[2].paragraphs[0].paragraph_format.keep_with_next for row in sums]
        assert together == [True] * (len(sums) - 1) + [None]


async def test_what_is_done_needs_no_money_and_a_plan_or_year_that_is_not_there_is_said(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await finish(place, "3.2")
        assert "3.2 Miljøtjeneste" not in (await say(place.town, place.office, "/okonomiplan 2021")).text
        assert "fra 2000 til 2095" in (await say(place.town, place.office, "/okonomiplan 1066")).text
        assert "begynner på «vei»" in (await say(place.town, place.office, "/okonomiplan vei")).text
        assert "gjelder ikke lenger" in (await press(place.town, place.office, data="ok:99:2021")).text
        assert "/okonomiplan" in (await say(place.town, place.nav, "/okonomiplan")).text
