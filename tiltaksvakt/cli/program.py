"""The program `tiltaksvakt`: its commands, and how it begins and ends."""

import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Any

import typer

from tiltaksvakt.cli import (
    backups,
    calendar,
    deadlines,
    demo,
    doctor,
    invitations,
    meetings,
    plan_files,
    plan_import,
    plans,
    publishing,
    report_read_back,
    report_verify,
    reports,
    service,
    setup,
    simulations,
    tick,
    tryout,
    units,
    word_templates,
)
from tiltaksvakt.cli.help import HelpfulCommand, HelpfulGroup, over
from tiltaksvakt.cli.outcome import Outcome

NAME = "tiltaksvakt"


def _group() -> typer.Typer:
    return typer.Typer(cls=HelpfulGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)


def build() -> typer.Typer:
    """The whole tree of commands, in the order in which help lists them."""
    app = _group()
    alone: dict[str, Callable[..., Any]] = {
        "run": service.run,
        "tick": tick.tick,
        "invite": invitations.invite,
        "report": reports.report,
        "calendar": calendar.calendar,
        "deadline": deadlines.deadline,
        "simulate": simulations.simulate,
        "publish": publishing.publish,
        "backup": backups.backup,
        "restore": backups.restore,
        "doctor": doctor.doctor,
        "init": setup.init,
        "demo": demo.demo,
        "try": tryout.try_,
    }
    groups: dict[str, dict[str, Callable[..., Any]]] = {
        "plan": plan_import.COMMANDS | plans.COMMANDS | plan_files.COMMANDS,
        "unit": units.COMMANDS,
        "meeting": meetings.COMMANDS,
        "template": word_templates.COMMANDS,
    }
    below = {"report": report_read_back.COMMANDS | report_verify.COMMANDS}
    for name, function in alone.items():
        app.command(name, cls=over(below[name]) if name in below else HelpfulCommand)(function)
    for name, commands in groups.items():
        group = _group()
        for command, function in commands.items():
            group.command(command, cls=HelpfulCommand)(function)
        app.add_typer(group, name=name)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (`Outcome`). Bad input is one sentence on stderr, never a traceback."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        command = typer.main.get_command(build())
        result = command.main(args=arguments, prog_name=NAME, standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has had enough; without this, Python complains once more when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Outcome.DONE
    except Exception as error:
        from tiltaksvakt.cli.refusals import explain

        return explain(error)
    return int(result or Outcome.DONE)
