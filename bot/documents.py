"""Stored reports and plans as files for the chat."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

import templates
from report import calendar_file, plan_workbook
from report.formats import file_name, render
from report.snapshot import Snapshot
from scheduler import calendar
from scheduler.calendar import Entry
from storage import plan_drafts, plans, reports
from storage.database import Database
from storage.tables import Plan


class Documents:
    """Makes files of stored snapshots, beside the event loop: a PDF takes a while."""

    def __init__(self, database: Database, leader_title: str) -> None:
        self.database = database
        self.leader_title = leader_title

    async def file(self, report_id: int, form: str) -> tuple[str, bytes]:
        """The name and content of a report in a format. Raises `LookupError` for a report that is not there."""
        async with self.database.read() as session:
            stored = await reports.by_id(session, report_id)
        if stored is None:
            raise LookupError(f"no report {report_id}")
        snapshot = Snapshot.model_validate_json(stored.snapshot)
        return file_name(snapshot, form), await asyncio.to_thread(render, snapshot, form)

    async def workbook(self, plan_id: int | None, language: str) -> tuple[str, bytes]:
        """The name and content of a plan as a workbook; without a plan an empty one.

        Raises `LookupError` for a plan that is not there, `WorkbookRefused` for one that does not fit.
        """
        if plan_id is None:
            return f"{templates.words.say('file.template', language=language)}.xlsx", plan_workbook.template(language)
        async with self.database.read() as session:
            plan = await session.get(Plan, plan_id)
            if plan is None:
                raise LookupError(f"no plan {plan_id}")
            draft = await plan_drafts.read_draft(session, plan)
        return f"{plan.slug}.xlsx", await asyncio.to_thread(plan_workbook.of_plan, draft, language)

    async def calendar(self, plan_id: int | None, span: str, language: str) -> tuple[str, bytes]:
        """The name and content of a calendar file: a plan's dates, or those of all plans.

        `span` is the first day, the last day and the present moment, in ISO with strokes between. Raises `LookupError`
        for a plan that is not there.
        """
        first, last, at = span.split("/")
        async with self.database.read() as session:
            found = [plan for plan in await plans.everyone(session) if plan_id in {None, plan.id}]
            if not found:
                raise LookupError(f"no plan {plan_id}")
            entries = await calendar.of_plans(session, found, date.fromisoformat(first), date.fromisoformat(last))
        content = calendar_of(
            [plan.title for plan in found], entries, datetime.fromisoformat(at), language, self.leader_title
        )
        name = templates.words.say("file.calendar", language=language)
        return f"{name}-{found[0].slug}.ics" if len(found) == 1 else f"{name}.ics", content


def calendar_of(
    plans_named: Sequence[str], entries: Sequence[Entry], at: datetime, language: str, leader_title: str
) -> bytes:
    """A calendar file of some dates, in words."""

    def word(name: str, **data: object) -> str:
        return templates.words.say(f"calendar.{name}", language=language, **data)

    days = [
        calendar_file.Day(
            key=entry.key,
            on=entry.on,
            summary=word("what", entry=entry),
            description=word("about", entry=entry, who=word("who", entry=entry, leader_title=leader_title)),
            provisional=entry.provisional,
        )
        for entry in entries
    ]
    return calendar_file.render(word("name", plans=plans_named), days, at, language)
