"""Stored reports and plans as files for the chat."""

import asyncio

import templates
from report import plan_workbook
from report.formats import file_name, render
from report.snapshot import Snapshot
from storage import plan_drafts, reports
from storage.database import Database
from storage.tables import Plan


class Documents:
    """Makes files of stored snapshots, beside the event loop: a PDF takes a while."""

    def __init__(self, database: Database) -> None:
        self.database = database

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
