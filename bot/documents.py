"""Stored reports and plans as files for the chat."""

import asyncio
import textwrap
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from bot.answers import Answer
from plan.workday import OSLO
from report import (
    approval,
    budget,
    budget_document,
    budget_workbook,
    calendar_file,
    glance,
    glance_picture,
    plan_workbook,
    together,
)
from scheduler import calendar
from scheduler.calendar import Entry
from storage import attachments, plan_drafts, plans, reports
from storage.database import Database
from storage.tables import Plan

ARCHIVED = ("docx", "pdf", "html", "xlsx", "json")
LONGEST_SUMMARY = 120  # of a day in a calendar; all of the plan's words are in the description


class Documents:
    """Makes files of stored snapshots, beside the event loop: a PDF takes a while."""

    def __init__(self, database: Database, leader_title: str) -> None:
        self.database = database
        self.leader_title = leader_title

    async def make(self, answer: Answer) -> tuple[str, bytes]:
        """The name and content of what an answer asks for, one of `bot.answers.DOCUMENTS`.

        Raises `LookupError` for a plan or a report that is not there, `WorkbookRefused` for a plan that does not fit.
        """
        assert answer.format is not None
        if answer.do == "export":
            return await self._workbook(answer.plan_id, answer.format)
        if answer.do == "report":
            assert answer.report_id is not None
            return await self._report(answer.report_id, answer.format)
        if answer.do == "attachment":
            assert answer.attachment_id is not None
            return await self._attachment(answer.attachment_id)
        if answer.do == "overview":
            assert answer.plan_id is not None
            return await self._overview(answer.plan_id, answer.format)
        assert answer.span is not None
        make = {
            "calendar": self._calendar,
            "budget": self._budget,
            "budget_document": self._budget_document,
            "together": self._together,
        }
        return await make[answer.do](answer.plan_id, answer.span, answer.format)

    async def _report(self, report_id: int, form: str) -> tuple[str, bytes]:
        async with self.database.read() as session:
            stored = await reports.by_id(session, report_id)
            if stored is None:
                raise LookupError(f"no report {report_id}")
            found = await approval.read(session, stored)
        return await asyncio.to_thread(approval.content_of, found, form)

    async def _workbook(self, plan_id: int | None, language: str) -> tuple[str, bytes]:
        """A plan as a workbook; without a plan an empty one."""
        if plan_id is None:
            return f"{templates.words.say('file.template', language=language)}.xlsx", plan_workbook.template(language)
        async with self.database.read() as session:
            plan = await session.get(Plan, plan_id)
            if plan is None:
                raise LookupError(f"no plan {plan_id}")
            draft = await plan_drafts.read_draft(session, plan)
        return f"{plan.slug}.xlsx", await asyncio.to_thread(plan_workbook.of_plan, draft, language)

    async def _calendar(self, plan_id: int | None, span: str, language: str) -> tuple[str, bytes]:
        """The dates of a plan, or those of all plans, as a calendar file."""
        first, last, at = span.split("/")
        async with self.database.read() as session:
            found = await _plans(session, plan_id)
            entries = await calendar.of_plans(session, found, date.fromisoformat(first), date.fromisoformat(last))
        content = calendar_of(
            [plan.title for plan in found], entries, datetime.fromisoformat(at), language, self.leader_title
        )
        return _named("calendar", found, "ics", language), content

    async def _budget(self, plan_id: int | None, span: str, language: str) -> tuple[str, bytes]:
        """The budget input of a plan, or of all plans, as a workbook."""
        first_year, at = span.split("/")
        async with self.database.read() as session:
            found = await _plans(session, plan_id)
            lines = await budget.read(session, found, int(first_year))
        content = await asyncio.to_thread(budget_workbook.render, lines, datetime.fromisoformat(at), language)
        return _named("budget", found, "xlsx", language), content

    async def _budget_document(self, plan_id: int | None, span: str, language: str) -> tuple[str, bytes]:
        """The budget input of a plan, or of all plans, as a Word document."""
        first_year, at = span.split("/")
        async with self.database.read() as session:
            found = await _plans(session, plan_id)
            lines = await budget.read(session, found, int(first_year))
        day = datetime.fromisoformat(at).astimezone(OSLO).date()
        content = await asyncio.to_thread(budget_document.render, lines, day, language, self.leader_title)
        return _named("budget", found, "docx", language), content

    async def _together(self, plan_id: int | None, span: str, language: str) -> tuple[str, bytes]:
        """How all plans stand, as one Word document."""
        async with self.database.read() as session:
            seen = [await glance.read(session, plan) for plan in await _plans(session, plan_id)]
        day = date.fromisoformat(span)
        content = await asyncio.to_thread(together.render, seen, day, language, self.leader_title)
        return f"{templates.words.say('file.together', language=language)}.docx", content

    async def _overview(self, plan_id: int, language: str) -> tuple[str, bytes]:
        """How a plan stands, as a picture."""
        async with self.database.read() as session:
            found = await _plans(session, plan_id)
            seen = await glance.read(session, found[0])
        return _named("overview", found, "png", language), await asyncio.to_thread(glance_picture.png, seen, language)

    async def _attachment(self, attachment_id: int) -> tuple[str, bytes]:
        """The name and content of an attachment. Raises `LookupError` for one that is not there any more."""
        async with self.database.read() as session:
            stored = await attachments.by_id(session, attachment_id)
            content = await attachments.content_of(session, attachment_id)
        if stored is None or content is None:
            raise LookupError(f"no attachment {attachment_id}")
        return stored.name, content


async def approved_files(database: Database, report_id: int) -> list[tuple[str, bytes]]:
    """An approved report in every format it is put in the archive in, with the names of the files."""
    async with database.read() as session:
        stored = await reports.by_id(session, report_id)
        if stored is None:
            return []
        found = await approval.read(session, stored)
    return await asyncio.to_thread(lambda: [approval.content_of(found, form) for form in ARCHIVED])


async def _plans(session: AsyncSession, plan_id: int | None) -> list[Plan]:
    """One plan, or with None all of them. Raises `LookupError` where there is none."""
    found = [plan for plan in await plans.everyone(session) if plan_id in {None, plan.id}]
    if not found:
        raise LookupError(f"no plan {plan_id}")
    return found


def _named(what: str, found: Sequence[Plan], extension: str, language: str) -> str:
    """A file's name: what it is, and the plan it is of where it is of one."""
    name = templates.words.say(f"file.{what}", language=language)
    return f"{name}-{found[0].slug}.{extension}" if len(found) == 1 else f"{name}.{extension}"


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
            summary=textwrap.shorten(word("what", entry=entry), LONGEST_SUMMARY, placeholder=" …"),
            description=word("about", entry=entry, who=word("who", entry=entry, leader_title=leader_title)),
            provisional=entry.provisional,
        )
        for entry in entries
    ]
    return calendar_file.render(word("name", plans=plans_named), days, at, language)
