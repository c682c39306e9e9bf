"""From what is stored to a snapshot: everything the report says, resolved to text and numbers at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from plan.deadline import Kind, parse
from plan.status import Status
from plan.tally import is_counted
from plan.workday import SendingHours
from report import changes, compile_parts
from report import snapshot as frozen
from report.compile_parts import Span
from report.snapshot import Snapshot, canonical_json, digest
from storage import (
    attachments,
    attainments,
    conditions,
    directory,
    measures,
    meetings,
    proposals,
    replies,
    reply_origins,
    report_texts,
    reports,
    rounds,
    state,
    tallies,
    written_texts,
)
from storage.audit import Actor
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import (
    Attachment,
    CostLine,
    Escalation,
    Goal,
    Measure,
    Plan,
    Proposal,
    ReplyOrigin,
    Report,
    ReportText,
    ResultTarget,
    Round,
    StatusReply,
    StatusRequest,
)

EXAMPLE = "example_answers"

WITHDRAWN = ("called_off", "measure_closed")
"""Why a question is closed that nobody is waiting to have answered."""


@dataclass(frozen=True)
class Masthead:
    """Who reports: the title of the municipality's leader, the language of the report, and how its documents look."""

    leader_title: str
    language: str = "nb"
    brand: frozen.Brand | None = None


async def make_version(
    session: AsyncSession, plan: Plan, year: int, at: datetime, hours: SendingHours, masthead: Masthead, actor: Actor
) -> Report:
    """The report of a year as of now: the newest version where nothing has changed since, else a new one.

    What comes after an approved version is a correction of it, and says what it changes. Runs in a writing transaction.
    """
    newest = await reports.newest(session, id_of(plan), year)
    snapshot = await compile_snapshot(session, plan, year, hours.local_date(at), hours, masthead)
    if newest is not None:
        before = Snapshot.model_validate_json(newest.snapshot)
        if changes.says_the_same(before, snapshot):
            return newest
        approved = await reports.newest_approved(session, id_of(plan), year)
        corrects = changes.correction(Snapshot.model_validate_json(approved.snapshot), snapshot) if approved else None
        snapshot = snapshot.model_copy(update={"version": newest.version + 1, "corrects": corrects})
    text = canonical_json(snapshot).decode()
    return await reports.add(session, id_of(plan), year, snapshot.version, text, digest(snapshot), actor=actor, at=at)


async def compile_snapshot(
    session: AsyncSession, plan: Plan, year: int, made_on: date, hours: SendingHours, masthead: Masthead
) -> Snapshot:
    """Everything the report of a year says, as it is on `made_on`; its version is 1 until it is stored."""
    row = await rounds.of_year(session, id_of(plan), year)
    stored = await _read(session, plan, row, year, made_on, hours)
    route = await _route(session, plan, year, hours)
    return Snapshot(
        language=masthead.language,
        municipality=plan.municipality,
        leader_title=masthead.leader_title,
        plan_slug=plan.slug,
        plan_title=plan.title,
        first_year=plan.first_year or year,
        last_year=plan.last_year or year,
        year=year,
        version=1,
        made_on=made_on,
        meeting=_decided_at(route) if row else None,
        reply_by=row.reply_by if row else None,
        route=route,
        goals=await _goals(session, plan),
        measures=tuple(_measure(found, stored, masthead) for found in stored.measures),
        example=await state.get(session, EXAMPLE) is not None,
        office_texts=await _office_texts(session, id_of(plan), year),
        unit_texts=await _unit_texts(session, id_of(plan), year),
        brand=masthead.brand,
    )


async def _office_texts(session: AsyncSession, plan_id: int, year: int) -> frozen.OfficeTexts | None:
    """What the office has written; None where it has written nothing."""
    found = await written_texts.of_office(session, plan_id, year)
    if not found:
        return None
    return frozen.OfficeTexts(**{kind: row.text for kind, row in found.items()})


async def _unit_texts(session: AsyncSession, plan_id: int, year: int) -> tuple[frozen.UnitText, ...]:
    """The paragraphs of units that the office has released."""
    return tuple(
        frozen.UnitText(unit=each.unit.name, text=each.released.text)
        for each in await written_texts.of_units(session, plan_id, year)
        if each.released is not None and each.released.text is not None
    )


async def answers_of_year(
    session: AsyncSession, plan: Plan, year: int, made_on: date, hours: SendingHours
) -> dict[str, StatusReply]:
    """The answers a year's report is about, by the number of the measure."""
    row = await rounds.of_year(session, id_of(plan), year)
    stored = await _read(session, plan, row, year, made_on, hours)
    return {found.ref: stored.answers[id_of(found)] for found in stored.measures if id_of(found) in stored.answers}


async def part_answers_of_year(
    session: AsyncSession, plan: Plan, year: int, made_on: date, hours: SendingHours
) -> dict[tuple[str, str], StatusReply]:
    """The answers about parts a year's report is about, by the number of the measure and the name of the unit."""
    row = await rounds.of_year(session, id_of(plan), year)
    plan_rounds = {id_of(other): other for other in await rounds.of_plan(session, id_of(plan))}
    said = await compile_parts.answers(session, plan, _span(plan_rounds, row, year, made_on, hours))
    refs = {id_of(measure): measure.ref for measure in await measures.of_plan(session, id_of(plan))}
    units = (await directory.read(session)).units
    return {(refs[key[0]], units[key[1]].name): reply for key, reply in said.items() if key[0] in refs}


@dataclass(frozen=True)
class _Stored:
    """What is stored about a plan's measures, read in bulk: dictionaries by measure."""

    people: Directory
    span: Span
    measures: list[Measure]
    goal_refs: dict[int, str]
    costs: dict[int, list[CostLine]]
    answers: dict[int, StatusReply]
    earlier: dict[int, tuple[frozen.EarlierStatus, ...]]
    silent: dict[int, tuple[int, ...]]
    texts: dict[int, ReportText]
    origins: dict[int, ReplyOrigin]
    asked: dict[int, StatusRequest]
    reminded: dict[int, int]
    escalated: dict[int, Escalation]
    proposals: dict[int, list[Proposal]]
    attachments: dict[int, list[Attachment]]
    parts: dict[int, tuple[frozen.UnitsPart, ...]]
    counts: dict[int, frozen.Count]
    conditions_met: dict[int, date]


async def _read(
    session: AsyncSession, plan: Plan, row: Round | None, year: int, made_on: date, hours: SendingHours
) -> _Stored:
    found = await measures.of_plan(session, id_of(plan))
    goals = await session.exec(select(Goal).where(Goal.plan_id == plan.id))
    plan_rounds = {id_of(other): other for other in await rounds.of_plan(session, id_of(plan))}
    proposed = await proposals.of_measures(session, [id_of(measure) for measure in found])
    turned_down = {row.reply_id for row in proposed if (row.kind, row.state) == ("closing", "rejected")}
    # A measure that was to lapse and does not: the unit is asked again, and that answer counts no more.
    standing = [reply for reply in await _standing_replies(session, plan) if id_of(reply) not in turned_down]
    span = _span(plan_rounds, row, year, made_on, hours)
    answers, earlier = _answers_of_year(standing, span), _earlier(standing, plan_rounds, year)
    asked = await _requests(session, row)
    waiting = [measure_id for measure_id in asked if not _is_closed(answers.get(measure_id))]
    people = await directory.read(session)
    request_ids = [id_of(request) for request in asked.values()]
    return _Stored(
        people=people,
        span=span,
        measures=found,
        goal_refs={id_of(goal): goal.ref for goal in goals},
        costs=await _costs(session, plan),
        answers=answers,
        earlier=earlier,
        silent=await _silent(session, plan_rounds, year, earlier),
        texts=await report_texts.of_replies(session, [id_of(reply) for reply in answers.values()]),
        origins=await reply_origins.of_replies(session, [id_of(reply) for reply in answers.values()]),
        asked=asked,
        reminded=await compile_parts.reminders(session, request_ids),
        escalated=await _escalations(session, request_ids),
        proposals=_by_measure(proposed),
        attachments=await attachments.of_replies(session, [id_of(reply) for reply in answers.values()]),
        parts=await compile_parts.of_plan(session, plan, people, span, waiting),
        counts=await _counts(session, found, year),
        conditions_met=await conditions.met(session, found),
    )


async def _counts(session: AsyncSession, found: Sequence[Measure], year: int) -> dict[int, frozen.Count]:
    """How many were done in the year, of the measures that are to be done several times in it."""
    counted = [(id_of(measure), year) for measure in found if is_counted(measure.deadline)]
    return {
        measure_id: frozen.Count(year=year, done=tally.done, wanted=tally.wanted)
        for (measure_id, _year), tally in (await tallies.of_measures(session, counted)).items()
    }


def _by_measure(proposed: Sequence[Proposal]) -> dict[int, list[Proposal]]:
    found: dict[int, list[Proposal]] = {}
    for row in proposed:
        found.setdefault(row.measure_id, []).append(row)
    return found


async def _standing_replies(session: AsyncSession, plan: Plan) -> list[StatusReply]:
    rows = await session.exec(
        replies.standing()
        .join(Measure, col(Measure.id) == col(StatusReply.measure_id))
        .where(Measure.plan_id == plan.id)
        .order_by(col(StatusReply.id))
    )
    return list(rows)


def _span(plan_rounds: dict[int, Round], row: Round | None, year: int, made_on: date, hours: SendingHours) -> Span:
    """When an answer counts for a year's report: in its round or since the meeting before it, until the meeting.

    Without a round, the answers of the calendar year count.
    """
    before = [other.meeting_on for other in plan_rounds.values() if row and other.meeting_on < row.meeting_on]
    first = max(before, default=date.min) if row else date(year - 1, 12, 31)
    return Span(row, first, min(made_on, row.meeting_on if row else date(year, 12, 31)), made_on, hours)


def _answers_of_year(standing: Sequence[StatusReply], span: Span) -> dict[int, StatusReply]:
    """The last answer about each measure that counts; what was gjennomført or utgår before stays so."""
    return {
        reply.measure_id: reply
        for reply in standing
        if span.counts(reply) or (_is_closed(reply) and span.day_of(reply.at) <= span.until)
    }


def _is_closed(reply: StatusReply | None) -> bool:
    return reply is not None and Status(reply.status).closes


def _earlier(
    standing: Sequence[StatusReply], plan_rounds: dict[int, Round], year: int
) -> dict[int, tuple[frozen.EarlierStatus, ...]]:
    """What was reported in the rounds of earlier years, oldest first."""
    by_measure: dict[int, dict[int, str]] = {}
    for reply in standing:
        other = plan_rounds.get(reply.round_id) if reply.round_id else None
        if other is not None and other.year < year:
            by_measure.setdefault(reply.measure_id, {})[other.year] = reply.status
    return {
        measure_id: tuple(
            frozen.EarlierStatus(year=when, status=Status(status)) for when, status in sorted(years.items())
        )
        for measure_id, years in by_measure.items()
    }


async def _silent(
    session: AsyncSession,
    plan_rounds: dict[int, Round],
    year: int,
    earlier: dict[int, tuple[frozen.EarlierStatus, ...]],
) -> dict[int, tuple[int, ...]]:
    """The earlier years in whose rounds each measure was asked about and not answered, ascending."""
    years = {round_id: other.year for round_id, other in plan_rounds.items() if other.year < year}
    if not years:
        return {}
    rows = await session.exec(
        select(StatusRequest.measure_id, StatusRequest.round_id)
        .where(col(StatusRequest.round_id).in_(years), col(StatusRequest.part).is_(False))
        .where(func.coalesce(col(StatusRequest.closed_because), "").not_in(WITHDRAWN))
    )
    found: dict[int, set[int]] = {}
    for measure_id, round_id in rows:
        assert round_id is not None
        found.setdefault(measure_id, set()).add(years[round_id])
    return {
        measure_id: tuple(sorted(asked - {past.year for past in earlier.get(measure_id, ())}))
        for measure_id, asked in found.items()
    }


async def _requests(session: AsyncSession, row: Round | None) -> dict[int, StatusRequest]:
    """The last request of the round about each whole measure."""
    if row is None:
        return {}
    found = await session.exec(
        select(StatusRequest)
        .where(StatusRequest.round_id == row.id, col(StatusRequest.part).is_(False))
        .order_by(col(StatusRequest.id))
    )
    return {request.measure_id: request for request in found}


async def _escalations(session: AsyncSession, request_ids: Sequence[int]) -> dict[int, Escalation]:
    """The highest level each request has gone up to."""
    rows = await session.exec(
        select(Escalation).where(col(Escalation.request_id).in_(request_ids)).order_by(col(Escalation.level))
    )
    return {row.request_id: row for row in rows}


async def _costs(session: AsyncSession, plan: Plan) -> dict[int, list[CostLine]]:
    rows = await session.exec(
        select(CostLine)
        .join(Measure, col(Measure.id) == col(CostLine.measure_id))
        .where(Measure.plan_id == plan.id)
        .order_by(col(CostLine.measure_id), col(CostLine.position))
    )
    found: dict[int, list[CostLine]] = {}
    for row in rows:
        found.setdefault(row.measure_id, []).append(row)
    return found


async def _goals(session: AsyncSession, plan: Plan) -> tuple[frozen.Goal, ...]:
    current = select(Goal).where(Goal.plan_id == plan.id, col(Goal.archived_at).is_(None))
    rows = list(await session.exec(current.order_by(col(Goal.position))))
    refs = {row.id: row.ref for row in rows}
    targets = await session.exec(
        select(ResultTarget)
        .where(col(ResultTarget.goal_id).in_(refs))
        .order_by(col(ResultTarget.goal_id), col(ResultTarget.position))
    )
    said = await attainments.standing(session, [goal_id for goal_id in refs if goal_id is not None])
    by_goal: dict[int, list[frozen.ResultTarget]] = {}
    for target in targets:
        found = said.get((target.goal_id, target.text))
        by_goal.setdefault(target.goal_id, []).append(
            frozen.ResultTarget(
                text=target.text,
                attainment=found.value if found else None,  # type: ignore[arg-type]  # the same check
                reason=found.reason if found else None,
            )
        )
    return tuple(
        frozen.Goal(
            ref=row.ref,
            parent_ref=refs[row.parent_id] if row.parent_id else None,
            title=row.title,
            result_targets=tuple(by_goal.get(id_of(row), ())),
        )
        for row in rows
    )


async def _route(session: AsyncSession, plan: Plan, year: int, hours: SendingHours) -> tuple[frozen.RouteStop, ...]:
    return tuple(
        frozen.RouteStop(
            body=stop.body, meets_on=stop.meets_on, provisional=stop.provisional, papers_due=stop.papers_on
        )
        for stop in await meetings.route(session, plan, year, hours.calendar)
    )


def _decided_at(route: Sequence[frozen.RouteStop]) -> frozen.Meeting | None:
    """The last meeting of the case route: there the report is decided upon."""
    if not route or route[-1].meets_on is None:
        return None
    return frozen.Meeting(body=route[-1].body, date=route[-1].meets_on, provisional=route[-1].provisional)


def _measure(found: Measure, stored: _Stored, masthead: Masthead) -> frozen.Measure:
    span = stored.span
    measure_id = id_of(found)
    reply = stored.answers.get(measure_id)
    text = stored.texts.get(id_of(reply)) if reply else None
    origin = stored.origins.get(id_of(reply)) if reply else None
    request = stored.asked.get(measure_id)
    return frozen.Measure(
        ref=found.ref,
        ref_is_ours=found.ref_is_ours,
        title=found.title,
        description=found.description,
        goal_ref=stored.goal_refs[found.goal_id] if found.goal_id else None,
        responsible=found.responsible,
        owner_unit=stored.people.units[found.owner_id].name if found.owner_id else None,
        deadline_text=found.deadline_text,
        due_on=found.due_on,
        overdue=found.due_on is not None and found.due_on < span.made_on and not _is_closed(reply),
        priority=found.priority,
        category=found.category,
        funding=found.funding,  # type: ignore[arg-type]  # the column's check holds the same words
        costs=tuple(
            frozen.Cost(year=cost.year, kind=cost.kind, amount_nok=cost.amount_nok, text=cost.text)  # type: ignore[arg-type]
            for cost in stored.costs.get(measure_id, ())
        ),
        status=Status(reply.status) if reply else None,
        status_on=span.day_of(reply.at) if reply else None,
        answered_by=stored.people.units[reply.unit_id].name if reply else None,
        on_behalf=reply.on_behalf if reply else False,
        told_how=origin.how if origin else None,  # type: ignore[arg-type]  # as above
        told_on=span.no_later(origin.said_on) if origin and origin.said_on else None,
        previous=stored.earlier.get(measure_id, ()),
        silent=stored.silent.get(measure_id, ()),
        report_text=text.text if text else None,
        comment_withheld=bool(reply and reply.comment and text is None),
        asked_on=span.day_of(request.opened_at) if request else None,
        unreached=reply is None and request is not None and not stored.people.members(request.unit_id),
        reminded=max(stored.reminded.get(id_of(request), 0), 0) if request else 0,
        escalated_to=_escalated_to(stored, request, masthead),
        attachments=_released(stored.attachments.get(id_of(reply), ()) if reply else ()),
        parts=stored.parts.get(measure_id, ()),
        count=stored.counts.get(measure_id),
        condition_met_on=span.no_later(met_on) if (met_on := stored.conditions_met.get(measure_id)) else None,
        **_proposed(found, stored.proposals.get(measure_id, ()), reply, span),
    )


def _released(files: Sequence[Attachment]) -> tuple[frozen.Attachment, ...]:
    return tuple(
        frozen.Attachment(name=file.name, size=file.size, digest=file.digest) for file in files if file.released_at
    )


def _proposed(measure: Measure, found: Sequence[Proposal], reply: StatusReply | None, span: Span) -> dict[str, Any]:
    """The deadline of the plan where another was approved, the one that is proposed, and whether the measure lapses.

    One that says the plan's own day in other words ("2021", "31.12.2021"), or leads back to it, is no other.
    """
    moved = [row for row in found if row.kind == proposals.DEADLINE and row.state == proposals.APPROVED]
    waiting = [row for row in found if row.kind == proposals.DEADLINE and row.state == proposals.OPEN]
    closing = [row for row in found if row.kind == proposals.CLOSING and reply and row.reply_id == reply.id]
    if moved and _is_the_same(measure, moved[0]):
        moved = []
    changed_at = moved[-1].decided_at if moved else None
    return {
        "proposed_deadline_text": waiting[0].deadline_text if waiting else None,
        "plan_deadline_text": (moved[0].replaced_text or None) if moved else None,
        "deadline_changed_on": span.day_of(changed_at) if changed_at else None,
        "closing": ("proposed" if closing[0].state == proposals.OPEN else "approved") if closing else None,
    }


def _is_the_same(measure: Measure, first: Proposal) -> bool:
    """Whether a measure is due on the day it was due on before its deadline was changed for the first time.

    Not where the plan had a condition beside its day: that is gone.
    """
    if measure.due_on is None or measure.due_on != first.replaced_on:
        return False
    return parse(first.replaced_text or "").kind in {Kind.DATE, Kind.PERIOD}


def _escalated_to(stored: _Stored, request: StatusRequest | None, masthead: Masthead) -> str | None:
    level = stored.escalated.get(id_of(request)) if request else None
    if level is None:
        return None
    if level.unit_id is None:
        return templates.words.say("office.name", language=masthead.language, leader_title=masthead.leader_title)
    return stored.people.units[level.unit_id].name
