"""The commands on a real plan: what they store, print and answer with, on both databases."""

import asyncio
import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from plan.documents import read
from scheduler.planning import plan_ahead
from storage import people, plans, units
from storage.audit import COMMAND_LINE
from storage.database import open_database
from storage.people import Role
from storage.tables import AuditEntry
from tests.tiltaksvakt.command_line import ROOT, SLUG, VEFSN, CommandLine, as_process
from tiltaksvakt.settings import Settings


@pytest.fixture
def imported(cli_on_both: CommandLine) -> CommandLine:
    """The command line on a database that holds the plan of Vefsn."""
    assert cli_on_both("plan", "import", VEFSN, "--yes").code == 1
    return cli_on_both


def test_plan_read_prints_the_contract(cli: CommandLine) -> None:
    ran = cli("plan", "read", VEFSN, "--json")
    draft = json.loads(ran.out)
    assert ran.code == 1  # measure 1.4 has nobody responsible
    assert draft["period"] == [2020, 2024]
    assert [measure["ref"] for measure in draft["measures"]][:3] == ["0.1", "1.1", "1.2"]
    assert draft["measures"][1]["deadline"]["due"] == "2022-12-31"


def test_plan_import_without_yes_and_without_a_terminal_stores_nothing(cli_on_both: CommandLine) -> None:
    ran = cli_on_both("plan", "import", VEFSN)
    assert ran.code == 2
    assert "--yes" in ran.err
    assert "1.4" in ran.out
    assert SLUG not in cli_on_both("plan", "list").out


def test_plan_import_as_a_dry_run_says_what_it_would_do_and_stores_nothing(cli_on_both: CommandLine) -> None:
    ran = cli_on_both("plan", "import", VEFSN, "--dry-run")
    assert ran.code == 1
    assert SLUG in ran.out
    assert "Ingenting er lagret" in ran.out
    assert SLUG not in cli_on_both("plan", "list").out
    assert "SLT" not in cli_on_both("unit", "list").out


def test_plan_import_stores_the_plan_and_says_what_is_left_to_do(cli_on_both: CommandLine) -> None:
    ran = cli_on_both("plan", "import", VEFSN, "--yes")
    assert ran.code == 1
    assert f"Kortnavnet er {SLUG}." in ran.out
    assert "tiltak 1.4" in ran.out
    assert "2021, 2022, 2023, 2024" in ran.out
    assert 'invite --role leader --unit "NAV"' in ran.out
    shown = cli_on_both("plan", "show", "rus").out
    assert re.search(r"^2021 +Kommunestyret", shown, re.MULTILINE)
    assert len(re.findall(r"^\d\.\d ", shown, re.MULTILINE)) == 12


def test_an_unknown_plan_is_refused_with_those_there_are(imported: CommandLine) -> None:
    assert SLUG in imported("plan", "show", "levanger").sentence


def test_a_plan_that_names_no_municipality_takes_it_from_the_settings(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "plan.yaml").write_text(
        "plan:\n  tittel: P\n  periode: 2031\ntiltak:\n  - nr: 1\n    tittel: T\n", "utf-8"
    )
    assert "TILTAKSVAKT_MUNICIPALITY" in cli("plan", "import", "plan.yaml", "--yes").err
    monkeypatch.setenv("TILTAKSVAKT_MUNICIPALITY", "Øygarden")
    ran = cli("plan", "import", "plan.yaml", "--yes")
    assert ran.code == 1
    assert "Øygarden" in cli("plan", "show", "p").out
    assert "meeting set p-2031-2031 DATO" in ran.out


def test_unit_set_makes_a_unit_and_changes_it(imported: CommandLine) -> None:
    assert imported("unit", "set", "Politiet", "--external").code == 0
    assert "under «Rådmannen»" in imported("unit", "set", "  oppvekst ", "--superior", "rådmannen").out
    assert "utenfor kommunen" in imported("unit", "set", "POLITIET").out
    listed = imported("unit", "list").out
    assert re.search(r"^Politiet +utenfor kommunen$", listed, re.MULTILINE)
    assert re.search(r"^oppvekst +Rådmannen$", listed, re.MULTILINE)


def test_a_circle_of_superiors_is_refused(imported: CommandLine) -> None:
    assert "selv er underlagt" in imported("unit", "set", "Rådmannen", "--superior", "NAV").sentence


def test_meeting_set_replaces_the_bodys_meeting_of_the_year_and_moves_the_round(imported: CommandLine) -> None:
    ran = imported("meeting", "set", "rus", "20.05.2099")
    assert ran.code == 0
    assert "Kommunestyret møtes 20. mai 2099." in ran.out
    assert imported("meeting", "set", "rus", "2099-06-09", "--body", "KOMMUNESTYRE").code == 0
    rounds = [line for line in imported("plan", "show", "rus").out.splitlines() if line.startswith("2099")]
    assert len(rounds) == 1
    assert "09.06.2099" in rounds[0]
    assert "foreløpig" not in rounds[0]


def test_an_earlier_body_leads_the_round(imported: CommandLine) -> None:
    imported("meeting", "set", "rus", "2099-05-20")
    assert imported("meeting", "set", "rus", "2099-05-05", "--body", "Formannskapet").code == 0
    ran = imported("meeting", "set", "rus", "2099-05-27")
    assert "er regnet ut fra et tidligere møte: Formannskapet 5. mai 2099" in ran.out


def at_a_simulated_time(monkeypatch: pytest.MonkeyPatch, clock: str) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", "http://127.0.0.1:8081")
    monkeypatch.setenv("TILTAKSVAKT_CLOCK", clock)


def test_a_round_that_should_have_opened_must_be_looked_at(
    imported: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_simulated_time(monkeypatch, "2021-04-12T08:00:00+02:00")
    ran = imported("meeting", "set", "rus", "12.05.2021")
    assert ran.code == 1
    assert "skulle ha åpnet" in ran.out


def test_meeting_set_shows_the_case_route_with_the_papers_of_each_body(
    imported: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_simulated_time(monkeypatch, "2021-02-01T08:00:00+01:00")
    ran = imported("meeting", "set", "rus", "12.05.2021", "--body", "Formannskapet", "--papers", "26.04.2021")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Formannskapet møtes 12. mai 2021.",
        "Runden for 2021 åpner 22. mars 2021, med svarfrist 16. april 2021. Kontorets uke begynner 19. april 2021, "
        "og sakspapirene skal ut 26. april 2021.",
        "Formannskapet 12. mai 2021, sakspapirer 26. april 2021",
        "Kommunestyret 14. mai 2021 (foreløpig), sakspapirer 29. april 2021",
    ]


def test_a_body_that_is_written_in_small_letters_begins_a_sentence_with_a_large_one(
    imported: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_simulated_time(monkeypatch, "2021-02-01T08:00:00+01:00")
    ran = imported("meeting", "set", "rus", "12.05.2021", "--body", "utvalg for oppvekst")
    first, _round, second, _last = ran.out.splitlines()
    assert first == "Utvalg for oppvekst møtes 12. mai 2021."
    assert second.startswith("Utvalg for oppvekst 12. mai 2021, sakspapirer")
    assert "2021  Utvalg for oppvekst " in imported("plan", "show", "rus").out
    refused = imported("meeting", "set", "rus", "12.05.2021", "--body", "formannskapet")
    assert refused.sentence.startswith("Utvalg for oppvekst møtes allerede 12. mai 2021")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["31.01.2021"], "31. januar 2021 har vært."),
        (["15.05.2021"], "Lørdag 15. mai er ingen arbeidsdag. De nærmeste er fredag 14. mai og tirsdag 18. mai."),
        (["17.05.2021"], "Mandag 17. mai er ingen arbeidsdag."),
        (["10.02.2021"], "10. februar 2021 er for tidlig: Sakspapirene måtte ut 27. januar 2021"),
        (["05.05.2021", "--body", "Formannskapet"], "Kommunestyret møtes allerede 5. mai 2021"),
        (["06.05.2021", "--body", "Formannskapet"], "Kommunestyret behandler saken til slutt, og møtes 5. mai 2021."),
        (["05.05.2021", "--papers", "06.05.2021"], "Sakspapirene kan ikke ut 6. mai 2021: De må ut før møtet"),
        (["05.05.2021", "--papers", "05.02.2021"], "Sakspapirene kan ikke ut 5. februar 2021, for da rekker ikke"),
    ],
)
def test_meeting_set_refuses_what_the_chat_refuses_in_the_same_words(
    imported: CommandLine, monkeypatch: pytest.MonkeyPatch, words: list[str], sentence: str
) -> None:
    at_a_simulated_time(monkeypatch, "2021-02-01T08:00:00+01:00")
    assert imported("meeting", "set", "rus", "05.05.2021").code == 0
    assert imported("meeting", "set", "rus", *words).sentence.startswith(sentence)
    assert "05.05.2021" in imported("plan", "show", "rus").out


def test_invite_prints_a_link_to_the_bot_once_and_stores_only_its_hash(
    imported: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_BOT_USERNAME", "@eksempel_bot")
    ran = imported("invite", "--role", "leader", "--name", "Leder NAV", "--unit", "nav", "--json")
    answer = json.loads(ran.out)
    assert set(answer) == {"link", "token", "expires_at"}
    assert answer["link"] == f"https://t.me/eksempel_bot?start={answer['token']}"
    assert answer["expires_at"].endswith("+00:00")
    assert "https://t.me/eksempel_bot?start=" in imported("invite", "--role", "office", "--name", "Kontoret").out


def test_invite_refuses_an_unknown_unit_with_the_nearest_and_an_external_one(imported: CommandLine) -> None:
    imported("unit", "set", "Politiet", "--external")
    invite = ("invite", "--role", "leader", "--name", "X", "--unit")
    assert "Mente du «Rådmannen»" in imported(*invite, "rådmanen").sentence
    assert "utenfor kommunen" in imported(*invite, "Politiet").sentence


def test_deadline_prints_the_contract(cli: CommandLine) -> None:
    ran = cli("deadline", "I planperioden", "--period", "2020-2024", "--json")
    understood = json.loads(ran.out)
    assert (ran.code, understood["due"]) == (0, "2024-12-31")
    assert set(understood) >= {"text", "kind", "due", "start", "every", "base_years", "condition", "milestones"}
    assert "fra 1. januar 2020 til 31. desember 2024" in cli("deadline", "I planperioden", "--period", "2020-2024").out


def test_a_deadline_that_is_not_understood_must_be_looked_at(cli: CommandLine) -> None:
    assert cli("deadline", "tja").code == 1


async def join_everybody(url: str) -> None:
    """A plan with somebody in every unit, an admin and somebody of the office."""
    database = open_database(url)
    hours = Settings().sending_hours()
    at = datetime(2021, 2, 1, 8, tzinfo=UTC)
    async with database.write() as session:
        draft = read(VEFSN.name, VEFSN.read_bytes())
        plan = await plans.store(session, draft, municipality="Vefsn", actor=COMMAND_LINE, at=at)
        await plan_ahead(session, plan, hours.local_date(at), hours.calendar)
        for number, unit in enumerate(await units.everyone(session)):
            await people.join(session, 100 + number, f"Leder {unit.name}", Role.LEADER, unit.id, "nb", at)
        await people.join(session, 1, "Kontoret", Role.OFFICE, None, "nb", at)
        await people.join(session, 2, "Administratoren", Role.ADMIN, None, "nb", at)
    await database.close()


@pytest.fixture
def asked(cli_on_both: CommandLine, database_url: str) -> CommandLine:
    """The command line on a database where everybody has joined."""
    asyncio.run(join_everybody(database_url))
    return cli_on_both


OPENS = "2021-03-15T09:00"


def tick(cli: CommandLine, *arguments: str) -> list[dict[str, Any]]:
    ran = cli("tick", "--json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(ran.out)
    return rows


def test_a_dry_run_of_tick_says_exactly_what_goes_out_and_changes_nothing(asked: CommandLine) -> None:
    rehearsed = tick(asked, "--at", OPENS, "--dry-run")
    assert rehearsed
    assert tick(asked, "--at", OPENS, "--dry-run") == rehearsed
    assert tick(asked, "--at", OPENS) == rehearsed
    assert tick(asked, "--at", OPENS) == []


def test_a_dry_run_ends_with_when_it_goes_out_and_to_whom_and_whose_unit_nobody_is_in(asked: CommandLine) -> None:
    friday_evening = ("--at", "2021-03-12T20:00")
    said = asked("tick", *friday_evening, "--dry-run").out
    (last,) = [line for line in said.splitlines() if " ut 15.03.2021 kl. 08.00" in line]
    told = {row["person"] for row in tick(asked, *friday_evening, "--dry-run")} - {None}
    assert set(last.partition(": ")[2].removesuffix(".").split(", ")) == told
    assert "Dette gjelder hvis ingenting går ut" not in said  # the time has passed
    assert "Plan" not in said.splitlines()[0]
    assert asked("tick", *friday_evening).out == said
    # What has waited since then goes out with the rest, and not on a day that has been.
    later = asked("tick", "--at", "2021-03-16T10:00", "--dry-run").out.splitlines()
    assert [line for line in later if " ut 16.03.2021 kl. 10.00" in line]
    assert not any(" ut 15.03.2021" in line for line in later)


def test_a_plan_that_is_stopped_is_said_with_where_to_look_for_the_reason(cli: CommandLine, tmp_path: Path) -> None:
    asyncio.run(join_everybody(f"sqlite:///{tmp_path / 'data' / 'tiltaksvakt.db'}"))
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "tiltaksvakt.db")) as connection, connection:
        connection.execute("UPDATE plan SET settings = ?", ('{"lead_days": [0, -3]}',))
    (row,) = json.loads(cli("tick", "--dry-run", "--json", "--at", OPENS).out)
    assert row["why"].endswith("«tiltaksvakt doctor» sier hvilken innstilling det er, og loggen hva annet.")
    assert "innstillingen «Påminnelser før frist» kan ikke brukes" in cli("doctor").out


def test_a_dry_run_of_two_plans_says_which_each_line_is_about(
    asked: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert asked("plan", "export", SLUG, str(tmp_path / "another.yaml")).code == 0
    text = (tmp_path / "another.yaml").read_text("utf-8").replace("Rusmiddelpolitisk", "Ruspolitisk")
    (tmp_path / "another.yaml").write_text(text, "utf-8")
    assert asked("plan", "import", str(tmp_path / "another.yaml"), "--yes").code in {0, 1}
    head, _rule, *lines = asked("tick", "--at", OPENS, "--dry-run").out.splitlines()
    assert head.split() == ["Person", "Plan", "Enhet", "Tiltak", "Hvorfor"]
    for slug in (SLUG, SLUG.replace("rusmiddel", "rus")):
        assert any(f" {slug} " in line for line in lines), slug


def test_tick_names_the_person_the_unit_the_measure_and_the_reason(asked: CommandLine) -> None:
    rows = tick(asked, "--at", OPENS)
    assert {key for row in rows for key in row} == {"person", "unit", "measure", "kind", "due", "why"}
    nav = [row for row in rows if row["unit"] == "NAV" and row["kind"] == "opened"]
    assert nav == [
        {
            "person": "Leder NAV",
            "unit": "NAV",
            "measure": "1.6",
            "kind": "opened",
            "due": "2021-04-09",
            "why": "Runden er åpnet. Svarfristen er 9. april 2021.",
        }
    ]
    assert any(row["person"] == "Administratoren" and row["kind"] == "no_owner" for row in rows)


def test_a_time_without_an_offset_is_local(asked: CommandLine) -> None:
    before_midnight = tick(asked, "--at", "2021-03-14T23:30:00", "--dry-run")
    after_midnight = tick(asked, "--at", "2021-03-14T23:30:00+00:00", "--dry-run")
    assert not any(row["kind"] == "opened" for row in before_midnight)
    assert any(row["kind"] == "opened" for row in after_midnight)


def test_tick_without_a_time_is_now(asked: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", "http://127.0.0.1:8081")
    monkeypatch.setenv("TILTAKSVAKT_CLOCK", f"{OPENS}:00+01:00")
    assert any(row["kind"] == "opened" for row in tick(asked))


def test_tick_says_in_words_when_there_is_nothing_to_say(cli_on_both: CommandLine) -> None:
    assert cli_on_both("tick", "--at", "2021-03-15").out == "Ingen skal ha beskjed nå.\n"
    assert json.loads(cli_on_both("tick", "--at", "2021-03-15", "--json").out) == []


def test_report_prints_a_path_per_format_and_a_new_version_only_when_something_changed(
    imported: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_simulated_time(monkeypatch, "2021-02-01T08:00:00+01:00")
    formats = ("docx", "pdf", "html", "xlsx", "json")
    chosen = [option for extension in formats for option in ("--format", extension)]
    ran = imported("report", "rus", "2021", *chosen, "--out", "reports")
    assert ran.code == 0
    assert ran.out.splitlines() == [f"reports/{SLUG}-2021-v1.{extension}" for extension in formats]
    for line in ran.out.splitlines():
        assert (tmp_path / line).stat().st_size > 1000
    snapshot = json.loads((tmp_path / f"reports/{SLUG}-2021-v1.json").read_text("utf-8"))
    assert len(snapshot["measures"]) == 12
    assert sha256((tmp_path / f"reports/{SLUG}-2021-v1.json").read_bytes()).hexdigest() in (
        imported("report", "verify", "rus", "2021").out
    )
    assert imported("report", "rus", "2021", "--format", "json").out == f"{SLUG}-2021-v1.json\n"
    imported("meeting", "set", "rus", "2021-05-12")
    assert imported("report", "rus", "2021", "--format", "json").out == f"{SLUG}-2021-v2.json\n"


def test_report_makes_what_the_council_reads_unless_told_otherwise(imported: CommandLine) -> None:
    assert [line.rpartition(".")[2] for line in imported("report", "rus", "2021").out.splitlines()] == [
        "docx",
        "pdf",
        "html",
    ]


def test_report_refuses_a_year_that_is_not_the_plans_and_a_folder_it_cannot_write_to(
    imported: CommandLine, tmp_path: Path
) -> None:
    assert "gjelder ikke i 2031" in imported("report", "rus", "2031").sentence
    (tmp_path / "file").write_text("x", "utf-8")
    assert "kan ikke skrives" in imported("report", "rus", "2021", "--format", "json", "--out", "file").sentence


async def audit_log(url: str) -> list[AuditEntry]:
    database = open_database(url)
    async with database.read() as session:
        entries = list(await session.exec(select(AuditEntry)))
    await database.close()
    return entries


def test_what_the_command_line_changes_is_in_the_audit_log(cli_on_both: CommandLine, database_url: str) -> None:
    cli_on_both("unit", "set", "NAV")
    entries = asyncio.run(audit_log(database_url))
    assert [(entry.actor, entry.action, entry.subject) for entry in entries] == [("command_line", "set", "unit")]


def test_plan_read_names_what_it_leaves_out_and_where(cli: CommandLine, tmp_path: Path) -> None:
    lines = "Tiltak,Ansvar,Frist\nKurs,NAV,2025\n\nForklaring: Fristen er den siste dagen.\n"
    file = tmp_path / "plan.csv"
    file.write_text(lines, encoding="utf-8")
    said = cli("plan", "read", file).out.splitlines()
    about = next(number for number, line in enumerate(said) if line.startswith("Noen rader i en tabell"))
    assert said[about + 1] == "Tabell 1, rad 4: «Forklaring: Fristen er den siste dagen.»."
    assert json.loads(cli("plan", "read", file, "--json").out)["left_out"][0]["code"] == "rows_left_out"


def test_a_whole_setup_as_real_processes(database_url: str, tmp_path: Path) -> None:
    def run(*arguments: str | Path) -> Any:
        return as_process(*arguments, cwd=tmp_path, DATABASE_URL=database_url, BOT_USERNAME="eksempel_bot")

    assert run("--help").out.startswith("Bruk: tiltaksvakt KOMMANDO")
    assert run("plan", "import", VEFSN, "--yes").code == 1
    assert run("meeting", "set", SLUG, "2099-05-20").code == 0
    invitation = run("invite", "--role", "leader", "--name", "Leder", "--unit", "NAV", "--json")
    assert json.loads(invitation.out)["link"].startswith("https://t.me/eksempel_bot?start=")
    assert run("report", SLUG, "2021", "--format", "html", "--out", "ut").out == f"ut/{SLUG}-2021-v1.html\n"


def test_help_starts_without_what_it_does_not_need() -> None:
    heavy = ("jinja2", "babel", "sqlalchemy", "pydantic", "telegram", "rich", "asyncio", "docx", "typst", "matplotlib")
    code = (
        "import sys; from tiltaksvakt.cli import main; main(['--help']); "
        f"print(sorted(set(sys.modules) & set({heavy!r})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_calendar_is_listed_printed_as_json_and_written_to_a_file(imported: CommandLine, tmp_path: Path) -> None:
    listed = imported("calendar", SLUG, "--year", "2021").out
    assert "03.05.2021 (foreløpig)" in listed
    rows = json.loads(imported("calendar", SLUG, "--year", "2021", "--json").out)
    assert rows[0] == {
        "date": "2021-03-15",
        "kind": "round_opens",
        "what": "Runden 2021 åpner",
        "who": "enhetene",
        "provisional": True,
    }
    file = tmp_path / "year.ics"
    assert f"{len(rows)} datoer" in imported("calendar", SLUG, "--year", "2021", "--ics", file).out
    assert file.read_bytes().count(b"BEGIN:VEVENT") == len(rows)
    assert "Velg en mappe" in imported("calendar", SLUG, "--ics", file / "no-folder.ics").sentence
