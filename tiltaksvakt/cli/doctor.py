"""`tiltaksvakt doctor`: is everything well, and what is to be done about what is not?"""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tiltaksvakt.doctor import Finding

MARKS = ("✓", "!", "✗")


def doctor(health: Annotated[bool, typer.Option("--health")] = False) -> int:
    """Print a line for everything that was looked at. The exit code is that of the gravest."""
    import asyncio

    return asyncio.run(_examine(health=health))


async def _examine(*, health: bool) -> int:
    from tiltaksvakt.doctor import examine

    gravest = 0
    async for finding in examine(health=health):
        print(f"{MARKS[finding.level]} {_sentence(finding)}", flush=True)
        gravest = max(gravest, finding.level)
    return gravest


def _sentence(finding: "Finding") -> str:
    from templates import cli
    from tiltaksvakt.cli.refusals import language, sentence_of

    if finding.refused is not None:
        return sentence_of(finding.refused)
    return cli.say(f"doctor.{finding.code}", language=language(), **finding.data)
