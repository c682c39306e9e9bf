"""What a report says of the parts of measures: the units beside the one that answers for the whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.status import Status
from plan.workday import SendingHours
from report import snapshot as frozen
from storage import attachments, parts, replies, reply_origins, report_texts
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import (
    Attachment,
    Measure,
    Plan,
    Reminder,
    ReplyOrigin,
    ReportText,
    Round,
    StatusReply,
    StatusRequest,
)

Key = tuple[int, int]
"""A measure and the unit that has a part in it."""


@dataclass(frozen=True)
class Span:
    """When an answer counts for a year's report: in its round, or after one day and no later than another."""

    row: Round | None
    after: date
    until: date
    made_on: date
    hours: SendingHours

    def day_of(self, at: datetime) -> date:
        """The day of a moment, as far as the report can know it."""
        return self.no_later(self.hours.local_date(at))

    def no_later(self, day: date) -> date:
        """A day that has been, never after the report's: the clock may have run ahead and been put right since."""
        return min(day, self.made_on)

    def counts(self, reply: StatusReply) -> bool:
        """Whether an answer about a part counts; one that was given before is asked for again."""
        on = self.day_of(reply.at)
        in_round = self.row is not None and reply.round_id == self.row.id
        return on <= self.until and (in_round or on > self.after)


@dataclass(frozen=True)
class _Stored:
    """What is stored about parts: answers and requests by part, the rest by answer or request."""

    people: Directory
    span: Span
    said: dict[Key, StatusReply]
    asked: dict[Key, StatusRequest]
    reminded: dict[int, int]
    texts: dict[int, ReportText]
    origins: dict[int, ReplyOrigin]
    files: dict[int, list[Attachment]]


async def of_plan(
    session: AsyncSession, plan: Plan, people: Directory, span: Span, open_measures: Collection[int]
) -> dict[int, tuple[frozen.UnitsPart, ...]]:
    """The parts of a plan's measures by measure: what was said of them, and which have not come.

    `open_measures` are those that have been asked about and are not done: only of them a part is missed.
    """
    named = await parts.named(session, await _measures(session, plan))
    stored = await _read(session, plan, people, span)
    found: dict[int, list[frozen.UnitsPart]] = {}
    for key in _in_order(named, stored):
        measure_id, _unit_id = key
        if key in stored.said:
            part = _answered(stored, key)
        elif measure_id in open_measures and (key in stored.asked or _cannot_be_asked(plan, people, named, key)):
            part = _missing(stored, key)
        else:
            continue
        found.setdefault(measure_id, []).append(part)
    return {measure_id: tuple(made) for measure_id, made in found.items()}


def _in_order(named: Mapping[int, tuple[int, ...]], stored: _Stored) -> list[Key]:
    """Every part anything is known of: the plan's order first, then those the plan names no more."""
    in_plan = [(measure_id, unit_id) for measure_id, unit_ids in named.items() for unit_id in unit_ids]
    return list(dict.fromkeys([*in_plan, *stored.said, *stored.asked]))


def _cannot_be_asked(plan: Plan, people: Directory, named: Mapping[int, tuple[int, ...]], key: Key) -> bool:
    """Whether a unit would be asked for its part, and nobody of it has joined."""
    measure_id, unit_id = key
    return plan.settings.get("ask_parts", True) and unit_id in named.get(measure_id, ()) and not people.members(unit_id)


def _answered(stored: _Stored, key: Key) -> frozen.UnitsPart:
    reply, request = stored.said[key], stored.asked.get(key)
    reply_id = id_of(reply)
    text, origin = stored.texts.get(reply_id), stored.origins.get(reply_id)
    return frozen.UnitsPart(
        unit=stored.people.units[reply.unit_id].name,
        status=Status(reply.status),
        status_on=stored.span.day_of(reply.at),
        on_behalf=reply.on_behalf,
        told_how=origin.how if origin else None,  # type: ignore[arg-type]  # the column's check holds the same words
        told_on=stored.span.no_later(origin.said_on) if origin and origin.said_on else None,
        report_text=text.text if text else None,
        comment_withheld=bool(reply.comment and text is None),
        attachments=tuple(
            frozen.Attachment(name=file.name, size=file.size, digest=file.digest)
            for file in stored.files.get(reply_id, ())
            if file.released_at
        ),
        **_asked(stored, request),
    )


def _missing(stored: _Stored, key: Key) -> frozen.UnitsPart:
    return frozen.UnitsPart(unit=stored.people.units[key[1]].name, **_asked(stored, stored.asked.get(key)))


def _asked(stored: _Stored, request: StatusRequest | None) -> dict[str, Any]:
    if request is None:
        return {}
    reminded = max(stored.reminded.get(id_of(request), 0), 0)
    return {"asked_on": stored.span.day_of(request.opened_at), "reminded": reminded}


async def _measures(session: AsyncSession, plan: Plan) -> list[int]:
    found = await session.exec(select(Measure.id).where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None)))
    return [measure_id for measure_id in found if measure_id is not None]


async def answers(session: AsyncSession, plan: Plan, span: Span) -> dict[Key, StatusReply]:
    """What units have said of their parts that counts for a report."""
    rows = await session.exec(
        replies.uncorrected()
        .join(Measure, col(Measure.id) == col(StatusReply.measure_id))
        .where(Measure.plan_id == plan.id, col(StatusReply.part))
        .order_by(col(StatusReply.id))
    )
    return {(row.measure_id, row.unit_id): row for row in rows if span.counts(row)}


async def _read(session: AsyncSession, plan: Plan, people: Directory, span: Span) -> _Stored:
    said = await answers(session, plan, span)
    asked = await _requests(session, span.row)
    reply_ids = [id_of(reply) for reply in said.values()]
    return _Stored(
        people=people,
        span=span,
        said=said,
        asked=asked,
        reminded=await reminders(session, [id_of(request) for request in asked.values()]),
        texts=await report_texts.of_replies(session, reply_ids),
        origins=await reply_origins.of_replies(session, reply_ids),
        files=await attachments.of_replies(session, reply_ids),
    )


async def _requests(session: AsyncSession, row: Round | None) -> dict[Key, StatusRequest]:
    """The requests of the round for parts; those that were called off, or that somebody else took over, are no more."""
    if row is None:
        return {}
    found = await session.exec(
        select(StatusRequest)
        .where(
            StatusRequest.round_id == row.id,
            col(StatusRequest.part),
            col(StatusRequest.closed_because).is_(None)
            | col(StatusRequest.closed_because).in_(("answered", "round_closed")),
        )
        .order_by(col(StatusRequest.id))
    )
    return {(request.measure_id, request.unit_id): request for request in found}


async def reminders(session: AsyncSession, request_ids: Collection[int]) -> dict[int, int]:
    """How often each request was reminded of after it was put."""
    rows = await session.exec(
        select(Reminder.request_id, func.count())
        .where(col(Reminder.request_id).in_(request_ids), col(Reminder.step).not_like("escalate%"))
        .group_by(col(Reminder.request_id))
    )
    return {request_id: count - 1 for request_id, count in rows}
