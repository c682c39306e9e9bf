"""Documentation is tested: every command, option, setting and dependency is written about, and no link is dead."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from templates import help as texts
from tests import command_reference
from tests.cli_reference import PAGE, commands, reference
from tiltaksvakt.cli.help import key_of
from tiltaksvakt.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EVERY_COMMAND = list(commands())


@pytest.mark.parametrize(("path", "command"), EVERY_COMMAND, ids=[path for path, _ in EVERY_COMMAND])
def test_a_command_and_all_it_takes_have_help(path: str, command: Any) -> None:
    key = key_of(path)
    assert texts.COMMANDS[key].endswith(".")
    taken = {param.name for param in command.params}
    assert taken == set(texts.PARAMETERS.get(key, {}))


def test_no_help_is_left_over_from_a_command_that_is_gone() -> None:
    known = {key_of(path) for path, _ in EVERY_COMMAND}
    assert set(texts.COMMANDS) == known
    assert set(texts.PARAMETERS) <= known


def test_the_reference_of_the_command_line_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == reference(), "run `make docs`"


def test_the_reference_of_the_chat_is_up_to_date() -> None:
    assert command_reference.PAGE.read_text("utf-8") == command_reference.reference(), "run `make docs`"


def test_help_and_reference_say_nothing_in_english() -> None:
    for word in ("Usage", "Options", "Commands", "Show this message", "required", "default", "OPTIONS"):
        assert word not in reference()


@pytest.mark.parametrize("name", [PREFIX + field.upper() for field in Settings.model_fields])
def test_a_setting_is_in_the_example_and_in_the_documentation(name: str) -> None:
    assert re.search(rf"^#?{name}=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert f"`{name.removeprefix(PREFIX)}`" in (ROOT / "docs/operations.md").read_text("utf-8")


def test_a_dependency_is_written_about_and_one_that_is_gone_is_not() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {
        re.split(r"[\[<>=! ]", requirement)[0]
        for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    }
    written = re.findall(
        r"^\| ([a-z0-9-]+) \| .{10,}", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE
    )
    assert set(written) - {"package"} == wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_is_dead(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_of_the_front_page_exists() -> None:
    made = (ROOT / "Makefile").read_text("utf-8")
    page = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"^    make (\w+)$", page, re.MULTILINE):
        assert re.search(rf"^{target}:", made, re.MULTILINE), target
    paths = {path for path, _ in EVERY_COMMAND}
    called = re.findall(r"^    (tiltaksvakt [a-z]+(?: (?:import|set|list|show))?)", page, re.MULTILINE)
    assert called
    assert set(called) <= paths


@pytest.mark.parametrize("page", [ROOT / "docs/kom-i-gang.md", ROOT / "docs/operations.md"], ids=lambda page: page.name)
def test_every_command_line_in_the_guides_is_one_the_program_takes(page: Path) -> None:
    by_path = dict(EVERY_COMMAND)
    for line in re.findall(
        r"^    (?:docker .*exec (?:-T )?tiltaksvakt )?(tiltaksvakt .+)$", page.read_text("utf-8"), re.M
    ):
        words = line.split()
        path = " ".join(words[:3]) if " ".join(words[:3]) in by_path else " ".join(words[:2])
        options = {option for param in by_path[path].params for option in param.opts}
        assert set(re.findall(r"(?<= )--[a-z-]+", line)) <= options, line
