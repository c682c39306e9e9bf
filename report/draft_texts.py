"""What is written in a Word draft against what is stored: looked at, and stored by somebody of the office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from report import approval
from report.compile import Masthead, answers_of_year, compile_snapshot, part_answers_of_year
from report.read_back import Comparison, Draft, ReadBackRefused, Written, compare
from report.snapshot import Snapshot
from storage import report_texts, reports, written_texts
from storage.ids import id_of
from storage.tables import Plan, Report, StatusReply


@dataclass(frozen=True)
class Looked:
    """A draft with the version it was made from, and what it says otherwise.

    `newer` is the number of a draft that has been made since, None where there is none.
    """

    draft: Draft
    plan: Plan
    made_from: Report
    newer: int | None
    found: Comparison

    @property
    def wanted(self) -> list[Written]:
        """What can be stored: what nobody else has changed since, and the council has room for."""
        return [change for change in self.found.changes if not change.also_changed and not is_too_long(change)]


def is_too_long(change: Written) -> bool:
    """Whether it is a summary of more lines than the council reads."""
    return change.kind == written_texts.SUMMARY and lines_of(change) > written_texts.SUMMARY_LINES


def lines_of(change: Written) -> int:
    """How many lines a text has in the file."""
    return len((change.after or "").splitlines())


async def look(session: AsyncSession, draft: Draft, at: datetime, hours: SendingHours) -> Looked:
    """What a draft says otherwise than what is stored.

    Raises `ReadBackRefused` where the version it was made from is not here or takes no texts any more, and where it
    has no fields.
    """
    row = await _made_from(session, draft)
    plan = await session.get_one(Plan, row.plan_id)
    made_from = Snapshot.model_validate_json(row.snapshot)
    masthead = Masthead(made_from.leader_title, made_from.language, made_from.brand)
    now = await compile_snapshot(session, plan, row.year, hours.local_date(at), hours, masthead)
    found = compare(draft, made_from, now)
    unread = {
        each.unit.name
        for each in await written_texts.of_units(session, row.plan_id, row.year)
        if each.newest is not each.released
    }
    # A unit has written another paragraph that the office has not released: it must not be written over unread.
    changes = (
        replace(each, also_changed=True) if each.kind == written_texts.UNIT and each.name in unread else each
        for each in found.changes
    )
    newest = await reports.newest(session, row.plan_id, row.year)
    newer = newest.version if newest is not None and newest.version > row.version else None
    return Looked(draft, plan, row, newer, replace(found, changes=tuple(changes)))


async def _made_from(session: AsyncSession, draft: Draft) -> Report:
    """The version a draft was made from; one that was approved has another digest than its draft had."""
    row = await reports.by_digest(session, draft.digest)
    if row is None:
        row = next((each for each in await reports.all_approved(session) if _was(each, draft.digest)), None)
    if row is None:
        raise ReadBackRefused("read_back.unknown")
    approved = await reports.newest_approved(session, row.plan_id, row.year)
    if approved is not None and approved.version >= row.version:
        raise ReadBackRefused("read_back.approved", version=approved.version, year=row.year)
    if not draft.texts:
        raise ReadBackRefused("read_back.no_fields")
    return row


def _was(approved: Report, digest: str) -> bool:
    return approval.draft_digest(approved.snapshot) == digest


async def store(
    session: AsyncSession,
    looked: Looked,
    changes: Sequence[Written],
    *,
    person_id: int,
    at: datetime,
    hours: SendingHours,
) -> None:
    """Store texts of a draft; `looked` is of this transaction, so that nothing has changed since."""
    row = looked.made_from
    answers = await answers_of_year(session, looked.plan, row.year, hours.local_date(at), hours)
    parts = await part_answers_of_year(session, looked.plan, row.year, hours.local_date(at), hours)
    for change in changes:
        if change.kind == "measure":
            assert change.name is not None
            await _store_report_text(session, answers[change.name], change.after, person_id, at)
        elif change.kind == "part":
            assert change.name is not None
            assert change.unit is not None
            await _store_report_text(session, parts[change.name, change.unit], change.after, person_id, at)
        else:
            await _store_written(session, row, change, person_id, at)


async def _store_report_text(
    session: AsyncSession, reply: StatusReply, text: str | None, person_id: int, at: datetime
) -> None:
    if text is None:
        await report_texts.withdraw(session, reply, person_id=person_id, at=at)
    else:
        await report_texts.release(session, reply, text, person_id=person_id, at=at)


async def _store_written(session: AsyncSession, row: Report, change: Written, person_id: int, at: datetime) -> None:
    """Store what the office has written about the report as a whole, or in a unit's paragraph, which it releases."""
    units = {each.unit.name: each.unit for each in await written_texts.of_units(session, row.plan_id, row.year)}
    unit = units[change.name] if change.kind == written_texts.UNIT and change.name else None
    await written_texts.write(
        session,
        row.plan_id,
        row.year,
        change.kind,
        change.after,
        unit_id=id_of(unit) if unit else None,
        person_id=person_id,
        inbox_id=None,
        at=at,
        released=unit is not None and change.after is not None,
    )
