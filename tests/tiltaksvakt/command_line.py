"""Running the command line in tests: in this process, and as a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tiltaksvakt.cli import main

ROOT = Path(__file__).parents[2]
VEFSN = ROOT / "examples" / "vefsn.yaml"
SLUG = "rusmiddelpolitisk-handlingsplan-2020-2024"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence of a refusal; fails where the command was not refused with just that."""
        assert self.code == 2, self
        assert "Traceback" not in self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, lines
        assert lines[0].endswith((".", "?", ")")), lines
        return lines[0]


class CommandLine:
    """Runs commands in this process and gives what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Ran:
        self._capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)


def as_process(*arguments: str | Path, cwd: Path, **environment: str) -> Ran:
    """`python -m tiltaksvakt` without a terminal, with no other settings than these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TILTAKSVAKT_")}
    done = subprocess.run(
        [sys.executable, "-m", "tiltaksvakt", *map(str, arguments)],
        cwd=cwd,
        env=clean | {f"TILTAKSVAKT_{name}": value for name, value in environment.items()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
