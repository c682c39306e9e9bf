"""Writing what a new version of a plan changes. Nothing that has a history is deleted: it is archived.

Every change is in the audit log, in the transaction it is made in. What follows from it for due dates and requests is
the scheduler's (`scheduler.plan_changes`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan import draft as drafts
from plan.changes import Difference, FieldChange, Kept, PlanChanges
from plan.deadline import Deadline
from plan.matching import folded
from storage import audit, measures, meetings, plans, units
from storage.ids import id_of
from storage.tables import CostLine, Goal, Measure, MeasureUnit, Meeting, Plan, ReportingDate, ResultTarget

Row = TypeVar("Row", Goal, Measure)


@dataclass
class Applied:
    """The measures that were written, by what has to follow from it."""

    added: list[Measure] = field(default_factory=list)
    back: list[Measure] = field(default_factory=list)
    archived: list[Measure] = field(default_factory=list)
    other_deadline: list[Measure] = field(default_factory=list)
    other_owner: list[Measure] = field(default_factory=list)
    other_units: list[Measure] = field(default_factory=list)


async def apply(
    session: AsyncSession, plan: Plan, draft: drafts.Draft, changes: PlanChanges, *, actor: audit.Actor, at: datetime
) -> Applied:
    """Write the changes that `plan.changes.compare` found between the stored plan and a draft a person has confirmed.

    Without changes nothing is written, not even to the log. Raises `UnitRefused` for a circle of superiors, and
    `MeetingRefused` where another body meets on the day of one that the document names.
    """
    if changes.is_empty:
        return Applied()
    return await _Change(session, plan, draft, changes, actor, at).write()


async def same_plan(session: AsyncSession, draft: drafts.Draft) -> Plan | None:
    """The plan that a document is a version of: the one of its title and period, else the one of its slug."""
    slug = plans.slug_of(draft)
    known = await plans.everyone(session)
    titled = [plan for plan in known if plans.slug_of(_named(plan)) == slug]
    return next(iter([*titled, *(plan for plan in known if plan.slug == slug)]), None)


def _named(plan: Plan) -> drafts.Draft:
    period = (plan.first_year, plan.last_year) if plan.first_year and plan.last_year else None
    return drafts.Draft(title=plan.title, period=period)


class _Change:
    """One change of one plan."""

    def __init__(
        self,
        session: AsyncSession,
        plan: Plan,
        draft: drafts.Draft,
        changes: PlanChanges,
        actor: audit.Actor,
        at: datetime,
    ) -> None:
        self._session, self._plan, self._draft, self._changes = session, plan, draft, changes
        self._actor, self._at = actor, at
        self._goal_ids: dict[str, int] = {}
        self._unit_ids: dict[str, tuple[int, bool]] = {}
        self._applied = Applied()

    async def write(self) -> Applied:
        """Write everything, in an order in which each part finds what it refers to."""
        self._write_plan()
        self._unit_ids = await plans.store_units(self._session, self._draft, self._actor, self._at)
        await self._write_goals()
        await self._write_measures()
        await self._write_reporting_dates()
        await self._write_meetings()
        await self._session.flush()
        found = self._changes.measures
        counts = {name: len(getattr(found, name)) for name in ("added", "changed", "gone", "back", "moved")}
        self._log("imported", "plan", id_of(self._plan), after={"slug": self._plan.slug} | counts)
        await self._session.flush()
        return self._applied

    def _log(
        self,
        action: str,
        subject: str,
        subject_id: int,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        audit.record(self._session, self._actor, self._at, action, subject, subject_id, before=before, after=after)

    def _log_fields(self, subject: str, subject_id: int, fields: Iterable[FieldChange]) -> None:
        changed = list(fields)
        if changed:
            before = {change.name: _as_logged(change.before) for change in changed}
            after = {change.name: _as_logged(change.after) for change in changed}
            self._log("changed", subject, subject_id, before, after)

    def _write_plan(self) -> None:
        for change in self._changes.plan:
            if change.name == "period":
                self._plan.first_year, self._plan.last_year = change.after
            else:
                setattr(self._plan, change.name, change.after)
        self._log_fields("plan", id_of(self._plan), self._changes.plan)

    # Goals

    async def _write_goals(self) -> None:
        found = self._changes.goals
        rows = {row.ref: row for row in await self._session.exec(select(Goal).where(Goal.plan_id == self._plan.id))}
        kept = [(pair, rows[pair.before.ref]) for pair in found.kept]
        for goal in found.gone:
            rows[goal.ref].archived_at = self._at
            self._log("archived", "goal", id_of(rows[goal.ref]))
        for _, row in kept:
            row.archived_at = None
        await self._renumber(found, rows, "goal")
        by_ref = {pair.after.ref: row for pair, row in kept}
        for goal in found.added:
            by_ref[goal.ref] = Goal(plan_id=id_of(self._plan), position=0, ref=goal.ref, title=goal.title)
        self._session.add_all(by_ref.values())
        await self._session.flush()
        for position, goal in enumerate(found.current):
            row = by_ref[goal.ref]
            row.position, row.title = position, goal.title
            row.parent_id = id_of(by_ref[goal.parent_ref]) if goal.parent_ref else None
        for goal in found.added:
            await self._write_targets(by_ref[goal.ref], goal)
            self._log("added", "goal", id_of(by_ref[goal.ref]), after=goal.model_dump(mode="json"))
        for pair, row in kept:
            await self._write_kept_goal(pair, row)
        self._goal_ids = {ref: id_of(row) for ref, row in by_ref.items()}

    async def _write_kept_goal(self, pair: Kept[drafts.Goal], row: Goal) -> None:
        if pair.is_back:
            self._log("restored", "goal", id_of(row))
        if any(change.name == "result_targets" for change in pair.fields):
            await self._write_targets(row, pair.after)
        self._log_fields("goal", id_of(row), pair.fields)
        if pair.has_moved:
            self._log("moved", "goal", id_of(row), after={"position": row.position})

    async def _write_targets(self, row: Goal, goal: drafts.Goal) -> None:
        await self._remove(ResultTarget, col(ResultTarget.goal_id) == row.id)
        for position, text in enumerate(goal.result_targets):
            self._session.add(ResultTarget(goal_id=id_of(row), position=position, text=text))

    async def _remove(self, table: type[Any], where: Any) -> None:
        await self._session.flush()
        await self._session.exec(delete(table).where(where).execution_options(synchronize_session="fetch"))

    # Measures

    async def _write_measures(self) -> None:
        found = self._changes.measures
        stored = await self._session.exec(select(Measure).where(Measure.plan_id == self._plan.id))
        rows = {row.ref: row for row in stored}
        kept = [(pair, rows[pair.before.ref]) for pair in found.kept]
        for measure in found.gone:
            await measures.archive(self._session, rows[measure.ref], actor=self._actor, at=self._at)
            self._applied.archived.append(rows[measure.ref])
        await self._renumber(found, rows, "measure")
        positions = {measure.ref: position for position, measure in enumerate(found.current)}
        for pair, row in kept:
            before, row.position = row.position, positions[pair.after.ref]
            if pair.has_moved:
                self._log("moved", "measure", id_of(row), {"position": before}, {"position": row.position})
            await self._write_kept(pair, row)
        for measure in found.added:
            row = await plans.store_measure(
                self._session,
                id_of(self._plan),
                positions[measure.ref],
                self._draft,
                measure,
                self._goal_ids,
                self._unit_ids,
            )
            self._applied.added.append(row)
            after = {"ref": row.ref, "title": row.title, "owner_id": row.owner_id, "deadline": row.deadline_text}
            self._log("added", "measure", id_of(row), after=after)

    async def _write_kept(self, pair: Kept[drafts.Measure], row: Measure) -> None:
        if pair.is_back:
            row.archived_at = None
            self._applied.back.append(row)
            self._log("restored", "measure", id_of(row))
        owner_id = row.owner_id
        for change in pair.fields:
            await self._write_field(row, change, pair.after)
        self._log_fields("measure", id_of(row), (_by_id(change, owner_id, row.owner_id) for change in pair.fields))
        names = {change.name for change in pair.fields}
        if not pair.is_back and "deadline" in names:
            self._applied.other_deadline.append(row)
        if not pair.is_back and "owner" in names:
            self._applied.other_owner.append(row)

    async def _write_field(self, row: Measure, change: FieldChange, measure: drafts.Measure) -> None:
        match change.name:
            case "ref":
                pass  # `_renumber` has done it
            case "goal_ref":
                row.goal_id = self._goal_ids[measure.goal_ref] if measure.goal_ref else None
            case "deadline":
                deadline = measure.deadline
                row.deadline_text, row.deadline, row.due_on = deadline.text or None, deadline.to_json(), deadline.due
            case "owner":
                row.owner_id = self._unit_ids[units.key_of(change.after)][0] if change.after else None
            case "units":
                await self._remove(MeasureUnit, col(MeasureUnit.measure_id) == row.id)
                plans.add_units(self._session, row, measure.units, self._unit_ids)
                self._applied.other_units.append(row)
            case "costs":
                await self._remove(CostLine, col(CostLine.measure_id) == row.id)
                plans.add_costs(self._session, row, measure.costs)
            case "priority":
                row.priority = None if change.after is None else str(change.after)
            case name:
                setattr(row, name, change.after)

    async def _renumber(self, found: Difference[Any], rows: dict[str, Row], subject: str) -> None:
        """Give what is kept its new number, and what is archived another one where its own is needed."""
        wanted = {folded(item.ref) for item in found.current}
        kept = {pair.before.ref: pair.after.ref for pair in found.kept}
        new_refs = {ref: new for ref, new in kept.items() if new != ref}
        taken = wanted | {folded(ref) for ref in rows}
        for ref, row in rows.items():
            if ref not in kept and folded(ref) in wanted:
                new_refs[ref] = _set_aside(ref, row.archived_at or self._at, taken)
                taken.add(folded(new_refs[ref]))
                self._log("changed", subject, id_of(row), {"ref": ref}, {"ref": new_refs[ref]})
        # Numbers are unique, so none may be given while another still has it.
        for ref in new_refs:
            rows[ref].ref = f"~{id_of(rows[ref])}"
        await self._session.flush()
        for ref, new in new_refs.items():
            rows[ref].ref = new
        await self._session.flush()

    # Promises and meetings

    async def _write_reporting_dates(self) -> None:
        found = self._changes.reporting_dates
        stored = await self._session.exec(select(ReportingDate).where(ReportingDate.plan_id == self._plan.id))
        rows = list(stored)
        for promise in found.gone:
            row = _take(rows, promise)
            self._log("removed", "reporting_date", id_of(row), before=promise.model_dump(mode="json"))
            await self._session.delete(row)
        for pair in found.changed:
            row = _take(rows, pair.before)
            row.text, row.rule = pair.after.text, _rule(pair.after)
            self._log_fields("reporting_date", id_of(row), pair.fields)
        for promise in found.added:
            row = ReportingDate(plan_id=id_of(self._plan), kind=promise.kind, text=promise.text, rule=_rule(promise))
            self._session.add(row)
            await self._session.flush()
            self._log("added", "reporting_date", id_of(row), after=promise.model_dump(mode="json"))

    async def _write_meetings(self) -> None:
        stored = list(await self._session.exec(select(Meeting).where(Meeting.plan_id == self._plan.id)))
        for change in self._changes.meetings:
            for row in stored:
                if folded(row.body) == folded(change.body) and row.held_on in set(change.before) - set(change.after):
                    await self._session.delete(row)
            new = [
                Meeting(plan_id=id_of(self._plan), body=change.body, held_on=day)
                for day in change.after
                if day not in change.before
            ]
            own_papers = {held_on: papers_on for held_on, _before, papers_on in change.papers}
            of_body = [row for row in stored if folded(row.body) == folded(change.body)]
            for row in (*of_body, *new):
                row.own_papers_on = own_papers.get(row.held_on, row.own_papers_on)
            self._session.add_all(new)
            await self._session.flush()
            after = {"plan": self._plan.slug, "body": change.body, "held_on": _as_logged(change.after)}
            subject_id = id_of(new[0]) if new else id_of(self._plan)
            if change.before != change.after:
                self._log("set", "meeting", subject_id, {"held_on": _as_logged(change.before)}, after)
            for row in (*of_body, *new):
                if row.held_on in own_papers:
                    moved = {"papers_on": own_papers[row.held_on].isoformat()}
                    self._log("papers_moved", "meeting", id_of(row), after=moved)
        days = {day for change in self._changes.meetings for day in change.after}
        await meetings.check_days(self._session, self._plan, days)


def _take(rows: list[ReportingDate], promise: drafts.ReportingDate) -> ReportingDate:
    """The row of a promise, taken from the list."""
    row = next(row for row in rows if (row.kind, row.text, row.rule) == (promise.kind, promise.text, _rule(promise)))
    rows.remove(row)
    return row


def _rule(promise: drafts.ReportingDate) -> dict[str, Any] | None:
    return promise.rule.model_dump(mode="json") if promise.rule else None


def _set_aside(ref: str, archived_at: datetime, taken: Sequence[str] | set[str]) -> str:
    """A number for what is archived and whose own is needed: the number with the year, as "1.2 (2027)"."""
    for count in range(1, len(taken) + 2):
        mark = f" ({archived_at.year})" if count == 1 else f" ({archived_at.year}-{count})"
        candidate = ref[: drafts.MAX_REF - len(mark)] + mark
        if folded(candidate) not in taken:
            return candidate
    raise AssertionError("one of them is free")


def _by_id(change: FieldChange, before: int | None, after: int | None) -> FieldChange:
    """The owner as the log has it everywhere: by id."""
    return FieldChange("owner_id", before, after) if change.name == "owner" else change


def _as_logged(value: object) -> object:
    match value:
        case Deadline():
            return {"text": value.text, "due": value.due.isoformat() if value.due else None}
        case BaseModel():
            return value.model_dump(mode="json")
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [_as_logged(item) for item in value]
    return value
