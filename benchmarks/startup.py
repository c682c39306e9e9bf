"""How long the command line takes to say what it can do, against a Python that only imports Typer."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from benchmarks.pairs import in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.table import Line, at_most

GOAL = at_most(1.5)
PROGRAM = str(Path(sys.executable).parent / "tiltaksvakt")


async def run(scale: Scale) -> AsyncIterator[Line]:
    """One line."""

    async def taken(*command: str) -> float:
        return await seconds(lambda: asyncio.to_thread(subprocess.run, command, check=True, capture_output=True))

    pairs = await in_turn(
        scale.starts, lambda: taken(PROGRAM, "--help"), lambda: taken(sys.executable, "-c", "import typer")
    )
    yield pairs.line("start of tiltaksvakt --help, against importing Typer", milliseconds, GOAL)
