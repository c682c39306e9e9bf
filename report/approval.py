"""Approving a report: whether it can be, the frozen snapshot and what it is printed as, and serving it later."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from report import changes
from report.compile import Masthead, compile_snapshot, make_version
from report.formats import file_name, render
from report.snapshot import Change, Snapshot, canonical_json, digest
from report.template_check import TemplateRefused
from storage import reports, word_templates
from storage.audit import Actor
from storage.ids import id_of
from storage.tables import Plan, Report

KEPT_FORMATS = ("pdf", "html")
"""What is stored as it was printed; Word and Excel are made again from the snapshot."""


class ApprovalRefused(Exception):
    """Cannot be approved. `code` is "approved", "older" or "changed"; `newest` is what there is instead."""

    def __init__(self, code: str, newest: Report) -> None:
        super().__init__(code)
        self.code = code
        self.newest = newest


@dataclass(frozen=True)
class Printed:
    """A snapshot as approved, and the bytes of what it is printed as, by format."""

    snapshot: Snapshot
    documents: dict[str, bytes]


def print_approved(stored: str, on: date) -> Printed:
    """A draft, in canonical JSON, as it is from the day it is approved. Takes a while: for a thread of its own."""
    draft = Snapshot.model_validate_json(stored)
    snapshot = draft.model_copy(update={"state": "approved", "approved_on": on})
    return Printed(snapshot, {form: render(snapshot, form) for form in KEPT_FORMATS})


async def current(
    session: AsyncSession, plan: Plan, year: int, at: datetime, hours: SendingHours, masthead: Masthead, actor: Actor
) -> Report:
    """The report of a year as it is to be read: the approved one where there is one, else a draft as of now."""
    approved = await reports.newest_approved(session, id_of(plan), year)
    return approved or await make_version(session, plan, year, at, hours, masthead, actor)


async def check(
    session: AsyncSession, row: Report, at: datetime, hours: SendingHours, masthead: Masthead, actor: Actor
) -> None:
    """Whether a version can be approved as it was shown: the newest, a draft, and as what is stored is now.

    Raises `ApprovalRefused`; where something has changed, with the new draft.
    """
    plan = await session.get_one(Plan, row.plan_id)
    newest = await reports.newest(session, row.plan_id, row.year)
    assert newest is not None
    if row.state == reports.APPROVED:
        raise ApprovalRefused("approved", row)
    if id_of(newest) != id_of(row):
        raise ApprovalRefused("older", newest)
    made = await make_version(session, plan, row.year, at, hours, masthead, actor)
    if id_of(made) != id_of(row):
        raise ApprovalRefused("changed", made)


async def store(session: AsyncSession, row: Report, printed: Printed, *, person_id: int, at: datetime) -> None:
    """Freeze a version with what it was printed as."""
    snapshot = printed.snapshot
    text = canonical_json(snapshot).decode()
    await reports.approve(session, row, text, digest(snapshot), printed.documents, person_id=person_id, at=at)


async def since_approval(
    session: AsyncSession, row: Report, made_on: date, hours: SendingHours, masthead: Masthead
) -> tuple[Change, ...]:
    """What a correction of an approved version, made now, would say otherwise."""
    plan = await session.get_one(Plan, row.plan_id)
    snapshot = await compile_snapshot(session, plan, row.year, made_on, hours, masthead)
    return changes.between(Snapshot.model_validate_json(row.snapshot), snapshot)


def draft_digest(stored: str) -> str:
    """The digest an approved version had as a draft, which stands in what was printed before."""
    approved = Snapshot.model_validate_json(stored)
    return digest(approved.model_copy(update={"state": "draft", "approved_on": None}))


@dataclass(frozen=True)
class Stored:
    """A stored version, what is kept of it by format, and the municipality's own Word template, as of the approval."""

    report: Report
    kept: dict[str, bytes]
    word_template: bytes | None


async def read(session: AsyncSession, row: Report) -> Stored:
    """Everything the documents of a version are made of."""
    language = Snapshot.model_validate_json(row.snapshot).language
    own = await word_templates.in_use(session, language, row.approved_at)
    kept = {each.format: each.content for each in await reports.kept(session, id_of(row))}
    return Stored(row, kept, own.content if own else None)


def content_of(found: Stored, form: str) -> tuple[str, bytes]:
    """The name of a stored version's file in a format, and its content: the kept bytes, or made from the snapshot.

    Raises `TemplateRefused` where the municipality's own Word template cannot be used for a draft.
    """
    snapshot = Snapshot.model_validate_json(found.report.snapshot)
    return file_name(snapshot, form), found.kept.get(form) or _made(snapshot, form, found.word_template)


def _made(snapshot: Snapshot, form: str, word_template: bytes | None) -> bytes:
    try:
        return render(snapshot, form, word_template=word_template)
    except TemplateRefused as refused:
        if snapshot.state == "approved":
            # The template of that year may name fields there are no more: the report says the same on ours.
            return render(snapshot, form)
        raise refused.in_use() from refused
