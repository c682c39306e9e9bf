"""What a proposal does to what is asked: while it is undecided nothing, and then what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Deadline
from plan.status import Status
from plan.workday import SendingHours
from scheduler.changes import counts_from_now, measure_changed
from scheduler.part_changes import parts_changed
from scheduler.planning import without_unwanted
from scheduler.requests import resume_requests
from scheduler.settings import PlanSettings
from scheduler.work import Work
from storage import audit, directory, measures, outbox, proposals, replies
from storage.ids import id_of
from storage.tables import Measure, Occurrence, Plan, Proposal, Round, StatusReply, StatusRequest

DECIDED = "proposals_decided"


async def take_reply(
    session: AsyncSession, reply: StatusReply, deadline: Deadline | None, at: datetime, hours: SendingHours
) -> Proposal | None:
    """What an answer proposes, in place of what was proposed before: a new deadline, or with utgår a closing.

    Gjennomført is for the unit to say, and takes back whatever was open. An answer without a proposal takes back a
    closing, and what came with the answer it corrects. The office hears of a proposal in its daily message.
    """
    status = Status(reply.status)
    if status is Status.DROPPED and await _lapses_already(session, reply):
        return None
    proposes = deadline is not None or status is Status.DROPPED
    before = await proposals.open_of_measure(session, reply.measure_id)
    if before is not None and (
        proposes or status is Status.DONE or before.kind == proposals.CLOSING or before.reply_id == reply.supersedes_id
    ):
        await proposals.withdraw(session, before, actor=audit.Actor.person(reply.author_id), at=at)
    if not proposes:
        return None
    made = await proposals.add(session, reply, None if status is Status.DROPPED else deadline, at)
    await outbox.write_daily(session, (await directory.read(session, hours.local_date(at))).office, at, hours)
    return made


async def _lapses_already(session: AsyncSession, reply: StatusReply) -> bool:
    """Whether an answer says once more what has been approved."""
    earlier = [row for row in await replies.of_measure(session, reply.measure_id) if row.id != reply.id]
    said_before = bool(earlier) and earlier[0].status == Status.DROPPED
    return said_before and await proposals.was_approved(session, reply.measure_id)


@dataclass(frozen=True)
class Decided:
    """A decision with what it is about, as it is told to those it concerns."""

    proposal: Proposal
    reply: StatusReply
    measure: Measure

    @property
    def asks(self) -> bool:
        """Whether the unit is asked again: the measure was to lapse, and does not."""
        return self.proposal.kind == proposals.CLOSING and self.proposal.state == proposals.REJECTED


async def approve(
    session: AsyncSession, proposal: Proposal, measure: Measure, *, by: int, at: datetime, hours: SendingHours
) -> bool:
    """A new deadline takes the place of the old, and its reminders count from now on; a closing stands.

    False when it is decided already.
    """
    if not await proposals.approve(session, proposal, measure, by=by, at=at):
        return False
    if proposal.kind == proposals.DEADLINE:
        values = {
            "deadline_text": proposal.deadline_text,
            "deadline": proposal.deadline,
            "due_on": proposal.due_on,
        }
        await measures.change(session, measure, values, actor=audit.Actor.person(by), at=at)
        await measure_changed(session, measure, at, hours)
        await counts_from_now(session, measure, at, hours)
    return True


async def turn_down(
    session: AsyncSession,
    proposal: Proposal,
    measure: Measure,
    reason: str,
    *,
    by: int,
    at: datetime,
    hours: SendingHours,
) -> bool:
    """The deadline stands as it was; about a measure that was to lapse the unit is asked again.

    False when it is decided already.
    """
    if not await proposals.turn_down(session, proposal, reason, by=by, at=at):
        return False
    if proposal.kind == proposals.CLOSING:
        await _ask_again(session, proposal, measure, at, hours)
    return True


async def _ask_again(
    session: AsyncSession, proposal: Proposal, measure: Measure, at: datetime, hours: SendingHours
) -> None:
    """Open what the answer had closed: due dates are taken up by the next pass, the round's question goes on."""
    closed_at = await _answered_at(session, proposal)
    today = hours.local_date(at)
    occurrences = await session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure.id, col(Occurrence.closed_at).in_(closed_at))
    )
    for occurrence in await without_unwanted(session, measure, occurrences, today):
        occurrence.closed_at = None
        occurrence.next_on = max(today, hours.calendar.on_or_before(occurrence.due_on))
    await _resume_in_open_rounds(session, measure, at, hours)
    await parts_changed(session, [measure], at, hours)


async def _answered_at(session: AsyncSession, proposal: Proposal) -> list[datetime]:
    """When the answer was given that proposed to close, and those it corrects."""
    found: list[datetime] = []
    reply = await replies.by_id(session, proposal.reply_id)
    while reply is not None:
        found.append(reply.at)
        reply = await replies.by_id(session, reply.supersedes_id) if reply.supersedes_id else None
    return found


async def _resume_in_open_rounds(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    plan = await session.get_one(Plan, measure.plan_id)
    rows = await session.exec(
        select(StatusRequest, Round)
        .join(Round, col(Round.id) == col(StatusRequest.round_id))
        .where(
            StatusRequest.measure_id == measure.id,
            StatusRequest.unit_id == measure.owner_id,
            StatusRequest.closed_because == "answered",
            col(StatusRequest.part).is_(False),
            Round.state == "open",
        )
    )
    work = Work(
        session=session,
        at=at,
        today=hours.local_date(at),
        hours=hours,
        directory=await directory.read(session, hours.local_date(at)),
        plan=plan,
        settings=PlanSettings.usable(plan.settings),
    )
    # Whom it concerns is told of the decision at once; the daily message need not say it as well.
    await resume_requests(work, list(rows))
    await work.finish()


async def tell_units(
    session: AsyncSession, decided: Sequence[Decided], *, by: int, at: datetime, hours: SendingHours
) -> None:
    """Everybody who answers for the units, and whoever wrote the proposals, hear what was decided: in one message."""
    people = await directory.read(session, hours.local_date(at))
    told: dict[int, list[Decided]] = {}
    for each in decided:
        concerned = {*people.asked(each.reply.unit_id), each.proposal.made_by_id} & set(people.people)
        for person_id in sorted(concerned - {by}):
            told.setdefault(person_id, []).append(each)
    for person_id, of_person in told.items():
        about = sorted({each.measure.plan_id for each in of_person})
        data: dict[str, object] = {"rows": [_row(each) for each in of_person], outbox.ABOUT: about}
        if asked_again := [each for each in of_person if person_id in people.asked(each.reply.unit_id) and each.asks]:
            data[outbox.BUTTONS] = [["answer_again", f"an:{id_of(asked_again[0].measure)}"]]
        last = max(id_of(each.proposal) for each in of_person)
        await outbox.write_notice(session, person_id, f"{DECIDED}:{last}", data, at, hours)


def _row(each: Decided) -> dict[str, object]:
    return {
        "ref": each.measure.ref,
        "title": each.measure.title,
        "kind": each.proposal.kind,
        "text": each.proposal.deadline_text,
        "due_on": each.proposal.due_on.isoformat() if each.proposal.due_on else None,
        "reason": each.proposal.reason,
    }
