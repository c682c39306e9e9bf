"""`tiltaksvakt simulate`: what it prints, what it refuses, and that nothing comes of it."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.tiltaksvakt.command_line import SLUG, VEFSN, CommandLine

YEARS = ("--from", "2021-01-01", "--to", "2022-12-31")


@pytest.fixture
def imported(cli_on_both: CommandLine) -> CommandLine:
    """The command line on a database that holds the plan of Vefsn."""
    assert cli_on_both("plan", "import", VEFSN, "--yes").code == 1
    return cli_on_both


def test_two_years_are_shown_by_person_and_month(imported: CommandLine) -> None:
    ran = imported("simulate", "rus", *YEARS)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].endswith("meldinger fra 1. januar 2021 til 31. desember 2022. Ingenting er sendt eller lagret.")
    assert "annenhver enhet" in lines[1]
    assert "6 mottakere er ikke i chatten ennå" in lines[1]
    assert [line.split()[0] for line in lines if " jan " in line] == ["2021", "2022"]
    assert any(line.startswith("NAV (ikke i chatten)") for line in lines)
    assert any(line.startswith("Travleste dag: mandag 15. mars 2021") for line in lines)


def test_whoever_answers_hears_less_than_whoever_does_not(imported: CommandLine) -> None:
    found = {}
    for answers in ("nobody", "half", "everybody"):
        ran = imported("simulate", SLUG, *YEARS, "--answers", answers, "--json")
        found[answers] = json.loads(ran.out)
    assert found["nobody"]["messages"] > found["half"]["messages"] > found["everybody"]["messages"] > 0
    assert found["everybody"]["escalations"] == []
    assert found["nobody"]["answered"] == 0
    assert found["everybody"]["answered"] == found["everybody"]["asked"]
    assert sum(each["count"] for each in found["nobody"]["escalations"]) > 0


def test_the_numbers_as_json_add_up(imported: CommandLine) -> None:
    found = json.loads(imported("simulate", "rus", *YEARS, "--json").out)
    assert (found["plan"], found["from"], found["to"], found["answers"]) == (SLUG, "2021-01-01", "2022-12-31", "half")
    assert found["messages"] == sum(each["messages"] for each in found["people"])
    assert all(each["messages"] == sum(each["months"].values()) for each in found["people"])
    assert found["busiest_day"]["messages"] <= len(found["people"])
    assert {month[:4] for each in found["people"] for month in each["months"]} == {"2021", "2022"}


def test_nothing_is_stored(cli: CommandLine, tmp_path: Path) -> None:
    cli("plan", "import", VEFSN, "--yes")
    file = tmp_path / "data" / "tiltaksvakt.db"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    assert cli("simulate", "rus", *YEARS).code == 0
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_days_on_which_nothing_happens_are_said_to_be_so(cli: CommandLine) -> None:
    cli("plan", "import", VEFSN, "--yes")
    ran = cli("simulate", "rus", "--from", "2030-01-01", "--to", "2030-02-01")
    assert "Ingen ville fått noen melding" in ran.out


def test_what_cannot_be_simulated_is_refused_in_a_sentence(cli: CommandLine) -> None:
    cli("plan", "import", VEFSN, "--yes")
    assert "er før den første" in cli("simulate", "rus", "--from", "2021-02-01", "--to", "2021-01-01").sentence
    assert "høyst 30 år" in cli("simulate", "rus", "--from", "2021-02-01", "--to", "2071-01-01").sentence
    assert "--answers kan ikke være" in cli("simulate", "rus", "--answers", "alle").sentence
    assert "ingen plan" in cli("simulate", "skole").sentence.lower()
