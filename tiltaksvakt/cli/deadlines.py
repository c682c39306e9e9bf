"""`tiltaksvakt deadline`: what a phrase is understood as."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import Outcome

if TYPE_CHECKING:
    from plan.deadline import Deadline


def deadline(
    phrase: Annotated[str, typer.Argument()],
    period: Annotated[str | None, typer.Option("--period")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> int:
    """Say what a deadline phrase means. Needs no database."""
    from plan.deadline import parse

    understood = parse(phrase, period=values.period(period) if period else None)
    if as_json:
        print(json.dumps(understood.to_json(), ensure_ascii=False, indent=2))
    else:
        for line in lines(understood):
            print(line)
    return Outcome.LOOK if understood.warnings else Outcome.DONE


def lines(deadline: "Deadline", level: int = 0) -> list[str]:
    """A deadline in words, one thing a line; milestones are indented below."""
    from templates import cli

    about = deadline.every
    found = [
        cli.say(
            "deadline.understood",
            text=deadline.text,
            kind=cli.say(f"deadline.{deadline.kind.value}"),
            start=deadline.start,
            due=deadline.due,
        )
    ]
    if about is not None:
        months = about.months
        found.append(cli.say("deadline.every", unit=about.unit, n=about.n, times=about.times, months=months))
    if deadline.condition:
        found.append(cli.say("deadline.condition", condition=deadline.condition))
    found += [
        cli.say(
            f"doubt.{code.value}" if f"doubt.{code.value}" in cli.names() else "doubt.other",
            measure="",
            phrase=deadline.text,
            code=code.value,
        )
        for code in deadline.warnings
    ]
    indent = "  " * level
    found = [indent + line for line in found]
    for milestone in deadline.milestones:
        found += lines(milestone, level + 1)
    return found
