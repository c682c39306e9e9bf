"""The dates a plan promises to report, evaluate or revise on: added, changed and removed by hand."""

from collections.abc import Iterable
from typing import Any

from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.plans import PLAN
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused, by_id, one_of
from bot.turn import Turn, shorten
from plan.annual import reporting_years
from plan.deadline import Period
from plan.draft import MAX_UNIT, ReportingKind, YearlyRule
from plan.yearly import rules_said
from scheduler.plan_changes import promises_changed
from scheduler.planning import YEARS_AHEAD, period_of
from storage import reporting_dates
from storage.ids import id_of
from storage.tables import Plan, ReportingDate

FILE = "reporting_admin"
KINDS = {
    "rapport": ReportingKind.COUNCIL_REPORT,
    "statusrapport": ReportingKind.COUNCIL_REPORT,
    "evaluering": ReportingKind.EVALUATION,
    "gjennomgang": ReportingKind.REVIEW,
    "budsjett": ReportingKind.BUDGET,
    "økonomiplan": ReportingKind.BUDGET,
    "revisjon": ReportingKind.REVISION,
    "rullering": ReportingKind.REVISION,
    "kontroll": ReportingKind.CONTROL,
}
MOST_SHOWN = 4
MOST_TEXT = 400

Row = tuple[str, YearlyRule | None, str]


async def _kinds(turn: Turn, _answers: Answers) -> list[Choice]:
    return [Choice(kind.value, turn.word(f"reporting.{kind.value}")) for kind in ReportingKind]


async def _take_when(turn: Turn, answers: Answers, words: str) -> str:
    """The words, where they say a time that comes within the plan."""
    said = " ".join(words.split())
    if len(said) > MOST_TEXT:
        raise TaskRefused("wizard.too_long", length=len(said), most=MOST_TEXT)
    rules = rules_said(said)
    if not rules or any(len(rule.body or "") > MAX_UNIT for rule in rules):
        raise TaskRefused("reporting_admin.not_understood", words=shorten(said))
    plan = await find.plan(turn, answers["plan"])
    if not any(_years(turn, plan, rule) for rule in rules):
        raise TaskRefused("reporting_admin.never", plan=plan, words=shorten(said))
    return said


def _years(turn: Turn, plan: Plan, rule: YearlyRule) -> tuple[int, ...]:
    """The years from this one on in which a rule falls."""
    this = turn.today.year
    period = period_of(plan) or Period.of_years(this, this + YEARS_AHEAD)
    return tuple(year for year in reporting_years(rule, period) if year >= this)


async def _dates(turn: Turn, answers: Answers) -> list[Choice]:
    rows = await reporting_dates.of_plan(turn.session, answers["plan"])
    return [Choice(f"#{id_of(row)}", f"{turn.word(f'reporting.{row.kind}')}: {row.text}") for row in rows]


async def _take_date(turn: Turn, answers: Answers, words: str) -> int:
    """The id of a reporting date: by its button, its place in the list (1 is the first), or its kind if one has it."""
    rows = await reporting_dates.of_plan(turn.session, answers["plan"])
    if not rows:
        raise TaskRefused("reporting_admin.nothing")
    date_id, wanted = by_id(words), words.strip().lower()
    if date_id:
        found = [row for row in rows if row.id == date_id]
    elif wanted.isdecimal():
        found = rows[int(wanted) - 1 : int(wanted)] if 0 < int(wanted) <= len(rows) else []
    else:
        found = [row for row in rows if row.kind == KINDS.get(wanted)]
    if len(found) != 1:
        raise TaskRefused("reporting_admin.which", words=shorten(words), rows=shown(turn, rows))
    return id_of(found[0])


async def _has_dates(turn: Turn, answers: Answers) -> bool:
    """Always asked; a plan without reporting dates has none to change."""
    if not await reporting_dates.of_plan(turn.session, answers["plan"]):
        raise TaskRefused("reporting_admin.nothing")
    return True


async def _about(turn: Turn, answers: Answers) -> dict[str, Any]:
    row = await _date(turn, answers)
    return {"row": shown(turn, [row])[0]}


async def _date(turn: Turn, answers: Answers) -> ReportingDate:
    found = await reporting_dates.by_id(turn.session, answers["date"])
    if found is None or found.plan_id != answers["plan"]:
        raise TaskRefused("reporting_admin.gone")
    return found


def shown(turn: Turn, rows: Iterable[ReportingDate]) -> list[Row]:
    """Reporting dates as sentences need them: kind, what was understood, and the words where nothing was."""
    return [(row.kind, YearlyRule.model_validate(row.rule) if row.rule else None, row.text) for row in rows]


KIND = Step(
    "kind", "reporting_admin.ask_kind", one_of({**KINDS, **{kind.value: kind for kind in ReportingKind}}), _kinds
)
WHEN = Step("when", "reporting_admin.ask_when", _take_when)
DATE = Step("date", "reporting_admin.ask_date", _take_date, _dates, needed=_has_dates)
NEW_WHEN = Step("when", "reporting_admin.ask_new_when", _take_when, data=_about)


def _understood(turn: Turn, plan: Plan, kind: str, words: str) -> list[dict[str, Any]]:
    """What words mean: each rule with the next years it falls in."""
    return [{"kind": kind, "rule": rule, "years": _years(turn, plan, rule)[:MOST_SHOWN]} for rule in rules_said(words)]


async def _add_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    plan = await find.plan(turn, answers["plan"])
    rows = _understood(turn, plan, answers["kind"], answers["when"])
    return "reporting_admin.add_sure", {"plan": plan, "rows": rows, "words": answers["when"]}


async def _add(turn: Turn, answers: Answers) -> None:
    plan, kind = await find.plan(turn, answers["plan"]), ReportingKind(answers["kind"])
    rules = rules_said(answers["when"])
    with said_in(FILE):
        await reporting_dates.add(turn.session, plan, kind, answers["when"], rules, actor=turn.actor, at=turn.at)
    await _planned(turn, plan)


async def _planned(turn: Turn, plan: Plan) -> None:
    """Rounds and steps follow; what the plan promises now is shown."""
    await promises_changed(turn.session, plan, turn.today, turn.house.hours.calendar)
    rows = await reporting_dates.of_plan(turn.session, id_of(plan))
    turn.show("reporting_admin.changed", plan=plan, rows=shown(turn, rows))


async def _change_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    plan, row = await find.plan(turn, answers["plan"]), await _date(turn, answers)
    return "reporting_admin.change_sure", {
        "plan": plan,
        "before": shown(turn, [row])[0],
        "rows": _understood(turn, plan, row.kind, answers["when"]),
        "words": answers["when"],
    }


async def _change(turn: Turn, answers: Answers) -> None:
    plan, row = await find.plan(turn, answers["plan"]), await _date(turn, answers)
    with said_in(FILE):
        await reporting_dates.change(
            turn.session, row, answers["when"], rules_said(answers["when"]), actor=turn.actor, at=turn.at
        )
    await _planned(turn, plan)


async def _remove_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    plan, row = await find.plan(turn, answers["plan"]), await _date(turn, answers)
    others = [other.kind for other in await reporting_dates.of_plan(turn.session, id_of(plan)) if other.id != row.id]
    is_last = row.kind == ReportingKind.COUNCIL_REPORT and ReportingKind.COUNCIL_REPORT not in others
    return "reporting_admin.remove_sure", {"plan": plan, "row": shown(turn, [row])[0], "is_last_report": is_last}


async def _remove(turn: Turn, answers: Answers) -> None:
    plan, row = await find.plan(turn, answers["plan"]), await _date(turn, answers)
    await reporting_dates.remove(turn.session, row, actor=turn.actor, at=turn.at)
    await _planned(turn, plan)


WHEN_FIELDS = {"når": "when", "kva tid": "when"}
TASKS = (
    Task(
        "reporting_new",
        (PLAN, KIND, WHEN),
        _add,
        _add_sure,
        fields={"hva": "kind", "kva": "kind", **WHEN_FIELDS},
    ),
    Task(
        "reporting_change",
        (PLAN, DATE, NEW_WHEN),
        _change,
        _change_sure,
        fields={"hvilken": "date", "kva": "date", "hva": "date", **WHEN_FIELDS},
    ),
    Task(
        "reporting_remove",
        (PLAN, DATE),
        _remove,
        _remove_sure,
        fields={"hvilken": "date", "hva": "date", "kva": "date"},
    ),
)
