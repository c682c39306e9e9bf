"""`tiltaksvakt simulate`: years of a plan in seconds, and who would have heard from the bot how often."""

import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.simulation import Outcome

ANSWERS = ("nobody", "half", "everybody")
LONGEST_YEARS = 30
A_YEAR = timedelta(days=364)


def simulate(
    plan: Annotated[str, typer.Argument()],
    first: Annotated[str | None, typer.Option("--from")] = None,
    last: Annotated[str | None, typer.Option("--to")] = None,
    answers: Annotated[str, typer.Option("--answers")] = ANSWERS[1],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Live through the days of a plan on a copy of the database, and print what everybody would have got."""
    begins = None if first is None else values.day(first)
    ends = None if last is None else values.day(last)
    who = values.one_of(answers, ANSWERS, "--answers")
    in_workspace(lambda workspace: _simulate(workspace, plan, begins, ends, who, as_json=as_json))


async def _simulate(
    workspace: Workspace, slug: str, first: date | None, last: date | None, answers: str, *, as_json: bool
) -> None:
    from scheduler.settings import PlanSettings
    from scheduler.simulation import Diligence, Simulation
    from storage.copies import thrown_away
    from storage.ids import id_of
    from tiltaksvakt.cli.plans import plan_of

    today = workspace.today()
    first = first or today
    last = last or first + A_YEAR
    _check(first, last)
    async with workspace.database.read() as session:
        plan = await plan_of(session, slug)
    PlanSettings.of(plan.settings)  # raises where they cannot be used
    async with thrown_away(workspace.database) as copy:
        simulation = Simulation(copy, id_of(plan), workspace.hours, Diligence(answers))
        with _progress(first, last) as went_by:
            async for day in simulation.run(first, last, today):
                went_by(day)
    outcome = simulation.outcome
    if as_json:
        print(json.dumps(_as_json(workspace, plan.slug, first, last, answers, outcome), ensure_ascii=False, indent=2))
    else:
        _show(workspace, plan.title, first, last, answers, outcome)


def _check(first: date, last: date) -> None:
    if last < first:
        raise CommandRefused("simulation.ends_before", first=first, last=last)
    if last.year - first.year > LONGEST_YEARS:
        raise CommandRefused("simulation.too_long", years=LONGEST_YEARS)


@contextmanager
def _progress(first: date, last: date) -> "Iterator[Callable[[date], None]]":
    """A bar of the days that go by, where somebody looks on."""
    if not sys.stderr.isatty():
        yield lambda day: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from templates import formats

    columns = (TextColumn("{task.description:<14}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(formats.month(first), total=(last - first).days + 1)
        yield lambda day: bar.update(task, completed=(day - first).days, description=formats.month(day))


def _names(workspace: Workspace, outcome: "Outcome") -> dict[int, str]:
    """What everybody who got a message, or could have got one, is called; whoever is made up by what they stand for."""
    return {
        person_id: workspace.say("simulation.pretended", unit=name) if person_id in outcome.pretended else name
        for person_id, name in outcome.people.items()
    }


def _as_json(
    workspace: Workspace, slug: str, first: date, last: date, answers: str, outcome: "Outcome"
) -> dict[str, Any]:
    """The contract of `simulate --json`."""
    busiest = outcome.busiest()
    return {
        "plan": slug,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "answers": answers,
        "messages": len(outcome.messages),
        "people": [
            {
                "person": name,
                "units": list(outcome.units.get(person_id, ())),
                "in_chat": person_id not in outcome.pretended,
                "messages": sum(outcome.by_month(person_id).values()),
                "months": dict(sorted(outcome.by_month(person_id).items())),
            }
            for person_id, name in _names(workspace, outcome).items()
        ],
        "busiest_day": {"date": busiest[0].isoformat(), "messages": busiest[1]} if busiest else None,
        "most_questions": max((message.questions for message in outcome.messages), default=0),
        "asked": outcome.asked,
        "answered": outcome.answered,
        "escalations": [{"to": unit or None, "count": count} for unit, count in sorted(outcome.escalations.items())],
    }


def _show(workspace: Workspace, title: str, first: date, last: date, answers: str, outcome: "Outcome") -> None:
    print(workspace.say("simulation.heading", title=title, first=first, last=last))
    print(workspace.say("simulation.assumes", answers=answers, pretended=len(outcome.pretended)))
    if not outcome.messages:
        print()
        print(workspace.say("simulation.nothing"))
        return
    for year in sorted({message.on.year for message in outcome.messages}):
        print()
        print(_table(workspace, year, outcome))
    print()
    busiest = outcome.busiest()
    assert busiest is not None
    print(workspace.say("simulation.busiest", day=busiest[0], count=busiest[1]))
    fullest = max(outcome.messages, key=lambda message: message.questions)
    if fullest.questions:
        name = _names(workspace, outcome)[fullest.person_id]
        print(workspace.say("simulation.fullest", day=fullest.on, name=name, count=fullest.questions))
    print(workspace.say("simulation.asked", asked=outcome.asked, answered=outcome.answered))
    print(workspace.say("simulation.escalations", counts=dict(sorted(outcome.escalations.items()))))


def _table(workspace: Workspace, year: int, outcome: "Outcome") -> str:
    """The messages of a year: a line for each person, a column for each month."""
    from tiltaksvakt.cli.table import table

    names = _names(workspace, outcome)
    rows: list[list[object]] = []
    totals = [0] * 12
    for person_id, months in ((person_id, outcome.by_month(person_id)) for person_id in names):
        counts = [months[f"{year}-{month:02}"] for month in range(1, 13)]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        if any(counts):
            rows.append([names[person_id], *(count or None for count in counts), sum(counts)])
    rows.sort(key=lambda row: (-int(str(row[-1])), str(row[0])))
    rows.append([workspace.say("simulation.everybody"), *(total or None for total in totals), sum(totals)])
    return table(workspace.say("simulation.columns", year=year).split("|"), rows)
