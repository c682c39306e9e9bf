"""A plan that is imported again: what is shown, what is asked, what is stored, and what follows from it."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import docx
import pytest
from openpyxl import load_workbook
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan import documents
from plan.documents import yaml_file
from plan.documents.own_workbook import SHEETS
from plan.draft import Draft, Measure, ReportingDate, ReportingKind, Unit, YearlyRule
from report import plan_workbook
from storage.database import open_database
from storage.ids import id_of
from storage.tables import AuditEntry, Occurrence, Plan, Round, StatusReply, StatusRequest
from storage.tables import Measure as MeasureRow
from storage.tables import Unit as UnitRow
from templates import cli as sentences
from tests.storage.rows import AT
from tests.tiltaksvakt.command_line import SLUG, VEFSN, CommandLine
from tests.tiltaksvakt.test_commands import OPENS, at_a_simulated_time, join_everybody, tick

Result = TypeVar("Result")


@pytest.fixture
def imported(cli_on_both: CommandLine) -> CommandLine:
    """The command line on a database that holds the plan of Vefsn."""
    assert cli_on_both("plan", "import", VEFSN, "--yes").code == 1
    return cli_on_both


class Terminal(io.StringIO):
    """Somebody at a terminal who has typed these answers."""

    def isatty(self) -> bool:
        return True


def changed(*replacements: tuple[str, str]) -> Path:
    """The plan file of Vefsn with other words in it."""
    text = VEFSN.read_text("utf-8")
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = Path("revidert.yaml")
    path.write_text(text, "utf-8")
    return path


def without(ref: str) -> str:
    """The lines of a measure in the plan file of Vefsn."""
    text = VEFSN.read_text("utf-8")
    return f"  - nr: {ref}\n" + text.split(f"  - nr: {ref}\n")[-1].split("\n\n")[0] + "\n"


def ask(url: str, question: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    """What the database has."""

    async def look() -> Result:
        database = open_database(url)
        try:
            async with database.read() as session:
                return await question(session)
        finally:
            await database.close()

    return asyncio.run(look())


async def entries(session: AsyncSession) -> int:
    return (await session.exec(select(func.count()).select_from(AuditEntry))).one()


async def measures(session: AsyncSession) -> dict[str, MeasureRow]:
    return {row.ref: row for row in await session.exec(select(MeasureRow))}


def test_the_same_document_again_changes_nothing(imported: CommandLine, database_url: str) -> None:
    before = ask(database_url, entries)
    ran = imported("plan", "import", VEFSN)
    assert (ran.code, ran.err) == (0, "")
    assert "sier det samme" in ran.out
    assert ask(database_url, entries) == before


def test_a_revision_is_shown_and_stored_and_the_second_time_it_changes_nothing(
    imported: CommandLine, database_url: str
) -> None:
    gone = without("1.6")
    new = "  - nr: 1.8\n    tittel: Natteravner i sentrum\n    enheter: NAV\n    oppfølging: NAV\n    frist: 2024\n"
    path = changed(("    frist: 31.12.2022\n", "    frist: 30.06.2023\n"), (gone, new))
    ran = imported("plan", "import", path, "--yes")
    assert "Nye tiltak\n  1.8 Natteravner i sentrum\n" in ran.out
    assert "  1.1 Vurdering av etablert tiltaksrekke\n      Frist: «31.12.2022» → «30.06.2023»\n" in ran.out
    assert "tas ut av bruk" in ran.out
    assert f"Endringene i {SLUG} er lagret." in ran.out
    rows = ask(database_url, measures)
    assert rows["1.6"].archived_at is not None
    assert rows["1.1"].due_on == date(2023, 6, 30)
    assert rows["1.8"].owner_id is not None
    assert imported("plan", "import", path, "--yes").out.startswith("Dokumentet sier det samme")
    shown = imported("plan", "show", "rus").out
    assert "1.8" in shown
    assert "1.6" not in shown


def test_a_dry_run_shows_the_difference_and_stores_nothing(imported: CommandLine, database_url: str) -> None:
    before = ask(database_url, entries)
    ran = imported("plan", "import", changed(("frist: 31.12.2022", "frist: 30.06.2023")), "--dry-run")
    assert "→ «30.06.2023»" in ran.out
    assert "Ingenting er lagret" in ran.out
    assert ask(database_url, entries) == before


def test_nothing_is_stored_without_a_yes(imported: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    path = changed(("frist: 31.12.2022", "frist: 30.06.2023"))
    assert "--yes" in imported("plan", "import", path).err
    monkeypatch.setattr("sys.stdin", Terminal("nei\n"))
    assert imported("plan", "import", path).code == 2
    monkeypatch.setattr("sys.stdin", Terminal("ja\n"))
    assert "er lagret" in imported("plan", "import", path).out
    assert "sier det samme" in imported("plan", "import", path).out


def test_questions_are_answered_in_words_put_off_and_gone_back_to_at_a_terminal(
    cli_on_both: CommandLine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("plan.csv")
    path.write_text(
        "Nr;Tiltak;Ansvar;Frist\n1;Kurs;NAV;31. februar 2022\n2;Turdag;;2022\n3;Skolebesøk;NAV, Skole;2023\n", "utf-8"
    )
    typed = ["", "Eksempel", "2021-2024", "1", "", "våren", "våren 2022", "-", "våren 2023", "2", "kanskje", "ja"]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(typed) + "\n"))
    ran = cli_on_both("plan", "import", path)
    assert "Hva heter planen?" in ran.out
    assert "Jeg finner ikke noe klart tidspunkt i «våren»" in ran.out
    assert ran.out.count("Den har en dato som ikke finnes.") == 2, "told once, and once more on the way back"
    assert ran.out.count("[j/N]") == 2, "a slip at the last question is asked once more"
    assert "Ikke avgjort: tiltak 2" in ran.out
    assert ran.code == 1
    stored = ask(database_url, measures)
    assert str(stored["1"].due_on) == "2023-05-31"
    assert stored["2"].undecided == ["responsible"]
    shown = cli_on_both("plan", "show", "plan").out
    assert "2: ikke avgjort da planen ble importert: hvem som har ansvaret." in shown


def test_a_measure_that_may_be_the_same_is_asked_about(
    imported: CommandLine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = "  - nr: 1.1\n    tittel: Vurdering av etablert tiltaksrekke\n"
    path = changed((old, "  - nr: 9.1\n    tittel: Vurdering av den etablerte tiltaksrekken\n"))
    said = imported("plan", "import", path, "--dry-run").out
    assert "Er det samme tiltak, gir du det nummer 1.1" in said
    before = ask(database_url, measures)["1.1"]
    monkeypatch.setattr("sys.stdin", Terminal("1\nj\n"))
    ran = imported("plan", "import", path)
    assert "  1 Ja, det er 1.1" in ran.out
    assert "Nummer: «1.1» → «9.1»" in ran.out
    after = ask(database_url, measures)
    assert (after["9.1"].id, after["9.1"].archived_at) == (before.id, None)
    assert "1.1" not in after


def test_a_new_title_and_period_need_the_plans_name(imported: CommandLine, database_url: str) -> None:
    path = changed(
        ("tittel: Rusmiddelpolitisk handlingsplan\n", "tittel: Plan mot rus\n"),
        ("periode: 2020-2024", "periode: 2020-2025"),
    )
    ran = imported("plan", "import", path, "--into", "rus", "--yes")
    assert "Periode: 2020–2024 → 2020–2025" in ran.out
    assert "Tittel: «Rusmiddelpolitisk handlingsplan» → «Plan mot rus»" in ran.out
    assert "sier det samme" in imported("plan", "import", path, "--yes").out, "it is known by its new title"
    plans = ask(database_url, lambda session: _all(session, Plan))
    assert [(plan.slug, plan.title, plan.last_year) for plan in plans] == [(SLUG, "Plan mot rus", 2025)]
    assert imported("plan", "import", path, "--into", "finnes-ikke").code == 2


async def _all(session: AsyncSession, table: type[Result]) -> list[Result]:
    return list(await session.exec(select(table)))


# What follows


@pytest.fixture
def asked(cli_on_both: CommandLine, database_url: str) -> CommandLine:
    """The command line on a plan whose round is open: everybody has been asked."""
    asyncio.run(join_everybody(database_url))
    assert tick(cli_on_both, "--at", OPENS)
    return cli_on_both


async def requests(session: AsyncSession) -> dict[str, list[tuple[str, str | None]]]:
    """By measure: who was asked, and why it was closed."""
    rows = await session.exec(
        select(MeasureRow.ref, UnitRow.name, StatusRequest.closed_because)
        .join(StatusRequest, col(StatusRequest.measure_id) == col(MeasureRow.id))
        .join(UnitRow, col(UnitRow.id) == col(StatusRequest.unit_id))
        .order_by(col(StatusRequest.id))
    )
    found: dict[str, list[tuple[str, str | None]]] = {}
    for ref, unit, because in rows:
        found.setdefault(ref, []).append((unit, because))
    return found


@pytest.fixture
def _during_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", "http://127.0.0.1:8081")
    monkeypatch.setenv("TILTAKSVAKT_CLOCK", "2021-03-16T09:00:00+01:00")


@pytest.mark.usefixtures("_during_the_round")
def test_requests_follow_what_is_gone_and_who_follows_up(asked: CommandLine, database_url: str) -> None:
    gone = without("1.6")
    new = "  - nr: 1.8\n    tittel: Natteravner i sentrum\n    oppfølging: NAV\n"
    path = changed((gone, new))
    path.write_text(path.read_text("utf-8").replace("oppfølging: SLT-koordinator", "oppfølging: NAV"), "utf-8")
    asked("plan", "import", path, "--yes")
    found = ask(database_url, requests)
    assert found["1.6"] == [("NAV", "measure_closed")]
    assert found["1.5"] == [("SLT-koordinator", "owner_changed"), ("NAV", None)]
    assert found["1.8"] == [("NAV", None)]
    asked("plan", "import", VEFSN, "--yes")
    found = ask(database_url, requests)
    assert found["1.6"] == [("NAV", None)], "what is back is asked about again"
    assert found["1.5"] == [("SLT-koordinator", None), ("NAV", "owner_changed")]
    assert found["1.8"] == [("NAV", "measure_closed")]


@pytest.mark.usefixtures("_during_the_round")
def test_due_dates_follow_a_new_deadline(asked: CommandLine, database_url: str) -> None:
    asked("plan", "import", changed(("frist: 31.12.2022", "frist: 30.06.2023")), "--yes")

    async def due(session: AsyncSession) -> dict[date, bool]:
        rows = await session.exec(
            select(Occurrence)
            .join(MeasureRow, col(MeasureRow.id) == col(Occurrence.measure_id))
            .where(MeasureRow.ref == "1.1")
        )
        return {row.due_on: row.next_on is not None for row in rows}

    assert ask(database_url, due) == {date(2022, 12, 31): False, date(2023, 6, 30): True}


@pytest.mark.usefixtures("_during_the_round")
def test_answers_stay_with_the_measure_whatever_its_number(asked: CommandLine, database_url: str) -> None:
    async def answer() -> None:
        database = open_database(database_url)
        async with database.write() as session:
            row = (await measures(session))["1.7"]
            session.add(
                StatusReply(measure_id=id_of(row), unit_id=row.owner_id or 0, author_id=1, status="in_progress", at=AT)
            )
        await database.close()

    asyncio.run(answer())
    before = ask(database_url, measures)["1.7"].id
    asked("plan", "import", changed(("  - nr: 1.7\n", "  - nr: 1.9\n")), "--yes")
    (reply,) = ask(database_url, lambda session: _all(session, StatusReply))
    assert (reply.measure_id, ask(database_url, measures)["1.9"].id) == (before, before)


@pytest.mark.usefixtures("_during_the_round")
def test_rounds_that_are_no_longer_promised_are_dropped_and_the_open_one_stays(
    asked: CommandLine, database_url: str
) -> None:
    text = VEFSN.read_text("utf-8")
    assert "hvert: år" in text
    path = Path("revidert.yaml")
    path.write_text(text.replace("    hvert: år\n    måned: mai\n", "    hvert: 2. år\n    måned: juni\n", 1), "utf-8")
    asked("plan", "import", path, "--yes")
    rounds = ask(database_url, lambda session: _all(session, Round))
    assert sorted((row.year, row.state, row.meeting_on.month) for row in rounds) == [
        (2021, "open", 6),
        (2023, "planned", 6),
    ]


# A document that knows less


def word(measures: list[tuple[str, str, str, str]]) -> Path:
    """A plan in Word, as a municipality might have it."""
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("Handlingsplan mot støy 2026–2029", 0)
    document.add_paragraph("Eksempel kommune")
    document.add_heading("Tiltak", 1)
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ("Nr.", "Tiltak", "Ansvar", "Frist"), strict=True):
        cell.text = text
    for row in measures:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = Path("plan.docx")
    document.save(str(path))
    return path


ROWS = [
    ("1.1", "Måle støy på to steder", "Teknisk avdeling", "31.12.2027"),
    ("1.2", "Informere alle naboer", "Oppvekst, Teknisk avdeling", "Løpende"),
]


def test_what_admins_have_set_stands_when_the_word_file_is_imported_again(
    cli_on_both: CommandLine, database_url: str
) -> None:
    ran = cli_on_both("plan", "import", word(ROWS), "--yes")
    assert ran.code == 1
    assert "Tiltak 1.2: Flere enheter er ansvarlige. «Oppvekst» står først" in ran.out
    cli_on_both("unit", "set", "Oppvekst", "--superior", "Teknisk avdeling")
    (plan,) = ask(database_url, lambda session: _all(session, Plan))
    cli_on_both("meeting", "set", plan.slug, "12.05.2027")
    assert "sier det samme" in cli_on_both("plan", "import", word(ROWS), "--yes").out
    ran = cli_on_both("plan", "import", word([(*ROWS[0][:3], "2028"), ROWS[1]]), "--yes")
    assert "Frist: «31.12.2027» → «2028»" in ran.out
    exported = Path("ut.yaml")
    cli_on_both("plan", "export", plan.slug, exported)
    draft = documents.read(exported.name, exported.read_bytes())
    assert [(unit.name, unit.superior) for unit in draft.units] == [
        ("Oppvekst", "Teknisk avdeling"),
        ("Teknisk avdeling", None),
    ]
    assert [meeting.held_on for meeting in draft.meetings] == [date(2027, 5, 12)]
    assert [measure.owner for measure in draft.measures] == ["Teknisk avdeling", "Oppvekst"]


@pytest.mark.parametrize("name", ["ut.yaml", "ut.xlsx"])
def test_the_days_papers_go_out_are_in_the_file_and_come_back_from_it(
    cli: CommandLine, database_url: str, name: str
) -> None:
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    assert cli("meeting", "set", "rus", "20.05.2099", "--body", "Formannskapet", "--papers", "04.05.2099").code == 0
    assert cli("meeting", "set", "rus", "28.05.2099").code == 0
    cli("plan", "export", "rus", name)
    draft = documents.read(name, Path(name).read_bytes())
    stated = [(meeting.body, meeting.held_on.day, meeting.papers_on) for meeting in draft.meetings]
    assert stated == [("Formannskapet", 20, date(2099, 5, 4)), ("Kommunestyret", 28, None)]
    assert "sier det samme" in cli("plan", "import", name, "--yes").out
    assert cli("meeting", "set", "rus", "20.05.2099", "--body", "Formannskapet", "--papers", "05.05.2099").code == 0
    ran = cli("plan", "import", name, "--yes")
    assert "Formannskapet: 20.05.2099, sakspapirer 05.05.2099 → 04.05.2099" in ran.out
    cli("plan", "export", "rus", f"igjen-{name}")
    assert documents.read(name, Path(f"igjen-{name}").read_bytes()).meetings == draft.meetings


def test_plan_read_says_whom_it_proposes(cli: CommandLine) -> None:
    said = cli("plan", "read", word(ROWS)).out
    assert "Tiltak 1.2: Flere enheter er ansvarlige. «Oppvekst» står først" in said
    assert "Tiltak 1.1: Flere" not in said


# Files


@pytest.mark.parametrize("name", ["ut.xlsx", "ut.yaml", "UT.YML"])
def test_what_is_exported_imports_back_without_a_difference(imported: CommandLine, name: str) -> None:
    ran = imported("plan", "export", "rus", name)
    assert (ran.code, ran.out.strip()) == (0, name)
    ran = imported("plan", "import", name)
    assert (ran.code, ran.err) == (0, "")
    assert "sier det samme" in ran.out


def test_what_is_mended_in_the_workbook_is_what_changes(imported: CommandLine) -> None:
    imported("plan", "export", "rus", "ut.xlsx")
    book = load_workbook("ut.xlsx")
    column = [key.attribute for key in SHEETS["measures"]].index("title") + 1
    book["Tiltak"].cell(row=3, column=column).value = "Videreføring av planen fra 2016"
    book.save("ut.xlsx")
    ran = imported("plan", "import", "ut.xlsx", "--dry-run")
    assert "  0.1 Videreføring av planen fra 2016\n      Tittel: «Videreføring av tidligere plan" in ran.out
    assert ran.out.count("→") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "rus", "ut.pdf"), ".xlsx, .yaml"),
        (("export", "rus", "ut"), ".xlsx, .yaml"),
        (("export", "finnes-ikke", "ut.xlsx"), "Det finnes ingen plan"),
        (("export", "rus", "mappe/ut.xlsx"), "kan ikke skrives"),
        (("export", "rus", "har.xlsx"), "finnes fra før"),
        (("template", "mal.docx"), ".xlsx"),
        (("template", "har.xlsx"), "finnes fra før"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(
    imported: CommandLine, arguments: tuple[str, ...], says: str
) -> None:
    Path("har.xlsx").write_bytes(b"noe")
    assert says in imported("plan", *arguments).sentence
    assert Path("har.xlsx").read_bytes() == b"noe"
    assert sorted(path.name for path in Path().iterdir() if path.is_file() and path.name != "test.db") == ["har.xlsx"]


def test_a_template_filled_in_becomes_a_plan(cli: CommandLine) -> None:
    assert cli("plan", "template", "mal.xlsx").out.strip() == "mal.xlsx"
    assert cli("plan", "read", "mal.xlsx").code == 2, "the examples alone are no plan"
    book = load_workbook("mal.xlsx")
    assert book.sheetnames == [
        "Veiledning", "Plan", "Enheter", "Mål", "Tiltak", "Kostnader", "Rapportering", "Møter",
    ]  # fmt: skip
    for sheet, cells in {"Plan": {"B4": "Ny plan", "D4": "2027-2030"}, "Tiltak": {"B4": "1", "D4": "Kurs"}}.items():
        for place, value in cells.items():
            book[sheet][place] = value
    book.save("mal.xlsx")
    assert [line for line in cli("plan", "read", "mal.xlsx").out.splitlines() if line.startswith("1 ")]


def test_the_examples_of_the_template_make_a_plan_themselves(cli: CommandLine) -> None:
    cli("plan", "template", "mal.xlsx")
    book = load_workbook("mal.xlsx")
    for sheet in book.worksheets[1:]:
        sheet["A3"] = None
    sheet = book["Enheter"]
    sheet["B4"] = "Kommunalsjef teknisk"
    book.save("mal.xlsx")
    draft = documents.read("mal.xlsx", Path("mal.xlsx").read_bytes())
    assert draft.measures[0].costs[0].amount_nok == 250_000
    assert draft.measures[0].deadline.due == date(2027, 12, 31)
    assert draft.measures[0].warnings == draft.measures[0].deadline.warnings == ()
    assert draft.reporting_dates[0].rule == YearlyRule(months=(5,), body="Kommunestyret")
    assert (draft.meetings[0].held_on, draft.meetings[0].papers_on) == (date(2027, 5, 12), date(2027, 4, 28))


def test_every_column_has_its_heading_and_explanation() -> None:
    texts = plan_workbook.texts("nb")
    places = {f"{sheet}.{key.attribute}" for sheet, keys in SHEETS.items() for key in keys}
    assert set(texts.headings) == places
    assert len([line for line in texts.guide if len(line) == 3]) == len(places)
    assert all(line[2].endswith(".") for line in texts.guide if len(line) == 3)
    assert set(texts.examples) <= places
    written = {name for name in sentences.names() if name.startswith("workbook.example_")}
    assert len(written) == len(texts.examples)


def test_everything_that_can_change_can_be_shown(cli: CommandLine) -> None:
    """Every field, every list, and every doubt."""
    first = Draft(
        title="Plan",
        municipality="Prøve",
        period=(2026, 2029),
        units=(Unit(name="NAV"), Unit(name="Helse")),
        measures=(
            Measure(ref="1", title="Kurs for ansatte", units=("NAV",), description="Lang tekst. " * 30),
            Measure(ref="2", title="Åpne møter"),
            Measure(ref="3", title="Rusfri skole"),
        ),
        reporting_dates=(
            ReportingDate(kind=ReportingKind.REVIEW, text="Gjennomgang", rule=YearlyRule(months=(4, 5), n=2)),
            ReportingDate(kind=ReportingKind.CONTROL, text="Kontroll"),
        ),
    )
    second = first.model_copy(
        update={
            "measures": (
                Measure(ref="3", title="Bygge kunstgress", ref_is_ours=True),
                Measure(ref="1", title="Kurs for ansatte", units=("Helse",), description="Lang tekst. " * 30 + "Slutt"),
            ),
            "units": (Unit(name="NAV", superior="Helse"), Unit(name="Helse"), Unit(name="Skole")),
            "reporting_dates": (
                ReportingDate(
                    kind=ReportingKind.REVIEW,
                    text="Gjennomgang",
                    rule=YearlyRule(months=(6,), first_year=2027, last_year=2028, body="Utvalget"),
                ),
            ),
        }
    )
    Path("a.yaml").write_text(yaml_file.write(first), "utf-8")
    Path("b.yaml").write_text(yaml_file.write(second), "utf-8")
    cli("plan", "import", "a.yaml", "--yes")
    said = cli("plan", "import", "b.yaml", "--yes").out
    for expected in (
        "Tidspunkt: april–mai hvert 2. år → juni hvert år fra 2027 til 2028, Utvalget",
        "Rapportering som er ute av planen\n  Kontroll",
        "Nye enheter\n  Skole",
        "Enheter som får en enhet over seg\n  NAV → Helse",
        "Enheter: «NAV» → «Helse»",
        "«NAV» følger opp, men er ikke lenger ansvarlig",
        "Slutt»",
        "Nye tiltak\n  4 Bygge kunstgress",
    ):
        assert expected in said
    back = cli("plan", "import", "a.yaml", "--yes").out
    assert "Tiltak som er tilbake i planen\n  2 Åpne møter\n  3 Rusfri skole" in back


MEETS = "\nmøter:\n  - organ: {}\n    dato: {}\n"


def with_meeting(body: str, day: str) -> Path:
    """The plan file of Vefsn with a meeting."""
    path = Path("møter.yaml")
    path.write_text(VEFSN.read_text("utf-8") + MEETS.format(body, day), "utf-8")
    return path


def test_a_meeting_on_the_day_of_another_body_is_refused_from_a_plan_file_and_nothing_of_it_is_stored(
    imported: CommandLine, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    at_a_simulated_time(monkeypatch, "2021-02-01T08:00:00+01:00")
    assert imported("meeting", "set", SLUG, "12.05.2021").code == 0
    before = ask(database_url, entries)
    for arguments in (("--yes",), ("--dry-run",)):
        ran = imported("plan", "import", with_meeting("Formannskapet", "12.05.2021"), *arguments)
        assert (ran.code, ran.err.strip()) == (
            2,
            "Formannskapet og Kommunestyret har møte samme dag, 12. mai 2021, og saken kan ikke behandles to steder på "
            "én dag. Rett den ene datoen, og prøv igjen.",
        )
    assert ask(database_url, entries) == before
    assert imported("plan", "import", with_meeting("Formannskapet", "05.05.2021"), "--yes").code == 1
    assert imported("plan", "import", with_meeting("Kommunestyret", "12.05.2021"), "--yes").code == 0


@pytest.mark.parametrize("arguments", [("--yes",), ("--dry-run",)])
def test_a_plan_with_an_identity_number_is_refused_as_in_the_chat_and_nothing_of_it_is_stored(
    imported: CommandLine, database_url: str, arguments: tuple[str, ...]
) -> None:
    before = ask(database_url, entries)
    number = "01810012311"  # synthetic: the month has 80 added
    new = f"  - nr: 1.9\n    tittel: Følge opp {number}\n    enheter: NAV\n"
    path = Path("med-nummer.yaml")
    path.write_text(VEFSN.read_text("utf-8").replace("\ntiltak:\n", f"\ntiltak:\n{new}", 1), "utf-8")
    ran = imported("plan", "import", path, *arguments)
    assert ran.code == 2
    assert ran.err.strip() == (
        "Filen «med-nummer.yaml» ser ut til å inneholde et fødselsnummer. Ingenting er lagret. Fjern opplysninger om "
        "enkeltpersoner, og prøv igjen."
    )
    assert number not in ran.out + ran.err
    assert ask(database_url, entries) == before
