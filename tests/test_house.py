"""The house: what installs, checks, packs and runs the project says the same as the project does."""

import re
import stat
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tiltaksvakt.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
SETTINGS = {PREFIX + field.upper() for field in Settings.model_fields}
TRACKED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
    "\0"
)[:-1]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return loaded


def test_compose_starts_the_service_when_its_database_is_healthy() -> None:
    services = compose()["services"]
    assert services["tiltaksvakt"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in services["database"]


def test_compose_sets_only_what_can_be_set_and_takes_the_token_from_a_secret() -> None:
    service = compose()["services"]["tiltaksvakt"]
    assert set(service["environment"]) <= SETTINGS
    secret = service["environment"]["TILTAKSVAKT_TELEGRAM_TOKEN_FILE"].removeprefix("/run/secrets/")
    assert secret in service["secrets"]
    assert secret in compose()["secrets"]


def test_compose_passes_on_all_that_says_how_the_documents_look_and_where_the_logo_lies() -> None:
    service = compose()["services"]["tiltaksvakt"]
    assert service["environment"]["TILTAKSVAKT_COLOUR"] == "${TILTAKSVAKT_COLOUR:-}"
    assert service["environment"]["TILTAKSVAKT_LOGO"] == "${TILTAKSVAKT_LOGO:-}"
    assert "./logo:/srv/logo:ro" in service["volumes"]


def test_every_volume_network_and_secret_of_compose_is_declared() -> None:
    whole = compose()
    for service in whole["services"].values():
        mounted = {volume.partition(":")[0] for volume in service.get("volumes", ())}
        assert {name for name in mounted if not name.startswith("./")} <= set(whole["volumes"])
        assert set(service.get("networks", ())) <= set(whole["networks"])
        assert set(service.get("secrets", ())) <= set(whole["secrets"])


def test_the_image_runs_as_nobody_in_particular_and_copies_what_exists() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert "root" not in users
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    allowed = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert source == "." or source in allowed
                assert (ROOT / source).exists()


def test_the_image_gets_every_room_and_what_the_build_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    allowed = (ROOT / ".dockerignore").read_text("utf-8")
    for name in [*project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], "README.md", "pyproject.toml"]:
        assert f"!{name}\n" in allowed


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements.service.lock"])
def test_a_lock_has_a_hash_for_everything_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_two_locks_agree_and_cover_the_project() -> None:
    everything, service = (pinned(lock) for lock in ("requirements.lock", "requirements.service.lock"))
    assert service.items() <= everything.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert names(project["dependencies"]) <= set(service)
    assert names(project["optional-dependencies"]["dev"]) <= set(everything)
    assert not names(["pytest", "playwright", "hypothesis"]) & set(service)


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==(\S+)", text, re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=! ]", requirement)[0] for requirement in requirements}


def test_ci_is_a_script_that_stops_at_the_first_failure() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert "set -euo pipefail" in script.read_text("utf-8")
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_nothing_secret_and_no_database_is_in_the_repository() -> None:
    for name in TRACKED:
        assert not re.search(r"(^|/)\.env$|\.db$|^secrets/|^data/", name)


def test_the_program_is_the_command_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"tiltaksvakt": "tiltaksvakt.cli:main"}
