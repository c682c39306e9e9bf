"""The schema refuses wrong states: each rule of the tables, on both databases."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.database import Database
from storage.ids import id_of
from storage.tables import (
    Absence,
    Attachment,
    Attainment,
    AuditEntry,
    CallOff,
    CostLine,
    Escalation,
    Goal,
    InboxRow,
    Invitation,
    Measure,
    MeasureUnit,
    Meeting,
    Membership,
    Nag,
    Occurrence,
    OutboxRow,
    Person,
    Plan,
    Proposal,
    QuestionBack,
    Reminder,
    ReplyOrigin,
    Report,
    ReportingDate,
    ReportingDay,
    ReportingStep,
    ReportText,
    ReportTextEdit,
    ResultTarget,
    Round,
    RoundStep,
    StatusReply,
    StatusRequest,
    Unit,
)
from tests.storage.rows import (
    AT,
    add_measure,
    add_occurrence,
    add_person,
    add_plan,
    add_request,
    add_round,
    add_unit,
)

TODAY = date(2021, 3, 1)
DUE = date(2021, 6, 30)


class World:
    """One right row of each kind, with which a wrong one is then made."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def fill(self) -> "World":
        session = self.session
        self.plan = await add_plan(session)
        self.unit = await add_unit(session)
        self.other_unit = await add_unit(session, "Annen enhet")
        self.person = await add_person(session, 1, self.unit)
        self.measure = await add_measure(session, self.plan, owner=self.unit)
        self.round = await add_round(session, self.plan)
        self.occurrence = await add_occurrence(session, self.measure, DUE)
        self.request = await self.add_round_request()
        self.reply = self.reply_with(status="in_progress")
        self.promised = self.reporting_day()
        session.add_all([self.reply, self.promised])
        await session.flush()
        session.add(ReportingStep(reporting_day_id=id_of(self.promised), due_on=DUE, step="due", at=AT))
        await session.flush()
        return self

    def reporting_day(self, **values: Any) -> ReportingDay:
        days = {"promised_on": DUE, "due_on": DUE, "counts_from": TODAY}
        return ReportingDay(**{"plan_id": self.plan.id, "kind": "review", "basis": "promise"} | days | values)

    async def add_round_request(self, **values: Any) -> StatusRequest:
        return await add_request(
            self.session, self.measure, self.unit, **({"reason": "round", "round_id": self.round.id} | values)
        )

    def reply_with(self, **values: Any) -> StatusReply:
        return StatusReply(
            **{
                "measure_id": self.measure.id,
                "unit_id": self.unit.id,
                "author_id": self.person.id,
                "status": "in_progress",
                "at": AT,
            }
            | values
        )

    other_reply: StatusReply

    def question_back(self, **values: Any) -> QuestionBack:
        ids: dict[str, Any] = {"reply_id": self.reply.id, "measure_id": self.measure.id, "asked_by_id": self.person.id}
        return QuestionBack(**ids | {"text": "X", "at": AT} | values)

    def request_with(self, **values: Any) -> StatusRequest:
        return StatusRequest(
            **{
                "measure_id": self.measure.id,
                "unit_id": self.other_unit.id,
                "reason": "round",
                "round_id": self.round.id,
                "anchor_on": TODAY,
                "opened_at": AT,
            }
            | values
        )

    def invitation_with(self, **values: Any) -> Invitation:
        values = {"role": "admin", "expires_at": AT + timedelta(days=1), **values}
        return Invitation(token_hash="0" * 64, name="Testperson", created_at=AT, **values)

    def outbox_with(self, **values: Any) -> OutboxRow:
        return OutboxRow(
            **{"person_id": self.person.id, "day": TODAY, "kind": "daily", "written_at": AT, "not_before": AT} | values
        )

    def attachment_with(self, **values: Any) -> Attachment:
        return Attachment(
            **{
                "person_id": self.person.id,
                "measure_id": self.measure.id,
                "reply_id": self.reply.id,
                "inbox_id": 2,
                "name": "a.pdf",
                "media_type": "application/pdf",
                "size": 1,
                "digest": "0" * 64,
                "at": AT,
            }
            | values
        )

    def proposal_with(self, **values: Any) -> Proposal:
        return Proposal(
            **{
                "measure_id": self.measure.id,
                "reply_id": self.reply.id,
                "kind": "deadline",
                "deadline_text": "2022",
                "deadline": {"kind": "date"},
                "due_on": DUE,
                "made_by_id": self.person.id,
                "made_at": AT,
            }
            | values
        )

    def absence_with(self, **values: Any) -> Absence:
        found: dict[str, Any] = {"person_id": self.person.id, "created_by_id": self.person.id, "created_at": AT}
        return Absence(**found | {"first_on": TODAY, "last_on": TODAY} | values)

    def attainment_with(self, **values: Any) -> Attainment:
        found: dict[str, Any] = {"goal_id": 1, "target": "X", "author_id": self.person.id, "at": AT}
        return Attainment(**found | {"value": "attained", "reason": "X"} | values)

    def round_with(self, **values: Any) -> Round:
        days = {name: getattr(self.round, name) for name in ("opens_on", "halfway_on", "reply_by", "office_from")}
        days |= {"papers_on": self.round.papers_on, "meeting_on": self.round.meeting_on}
        return Round(**{"plan_id": self.plan.id, "year": 2022, "body": "X", "provisional": True} | days | values)


WRONG: dict[str, Callable[[World], SQLModel]] = {
    "a plan whose period ends before it begins": lambda w: Plan(
        slug="b", title="B", municipality="P", first_year=2024, last_year=2021
    ),
    "a plan with half a period": lambda w: Plan(slug="b", title="B", municipality="P", first_year=2024),
    "a plan without a slug": lambda w: Plan(slug="", title="B", municipality="P"),
    "two plans of one slug": lambda w: Plan(slug=w.plan.slug, title="B", municipality="P"),
    "a reporting day of an unknown kind": lambda w: w.reporting_day(kind="council_report"),
    "a reporting day for an unknown reason": lambda w: w.reporting_day(promised_on=TODAY, basis="whim"),
    "two reporting days of one kind on a day": lambda w: w.reporting_day(promised_on=w.promised.promised_on),
    "a reporting day that is closed for no reason": lambda w: w.reporting_day(promised_on=TODAY, closed_on=DUE),
    "a reporting day that is closed for an unknown reason": lambda w: w.reporting_day(
        promised_on=TODAY, closed_on=DUE, closed_because="bored"
    ),
    "a closed reporting day that still falls due": lambda w: w.reporting_day(
        promised_on=TODAY, closed_on=DUE, closed_because="done", next_on=DUE
    ),
    "a reporting day that somebody did and that is open": lambda w: w.reporting_day(
        promised_on=TODAY, done_by_id=id_of(w.person)
    ),
    "a step towards a reporting day taken twice": lambda w: ReportingStep(
        reporting_day_id=id_of(w.promised), due_on=DUE, step="due", at=AT
    ),
    "a reporting date of an unknown kind": lambda w: ReportingDate(plan_id=id_of(w.plan), kind="party", text="X"),
    "a proposal of an unknown kind": lambda w: w.proposal_with(kind="party"),
    "a proposal in an unknown state": lambda w: w.proposal_with(state="lost"),
    "a new deadline that was not understood": lambda w: w.proposal_with(deadline=None),
    "a new deadline without its words": lambda w: w.proposal_with(deadline_text=None),
    "a new deadline without a day": lambda w: w.proposal_with(due_on=None),
    "a closing with a deadline": lambda w: w.proposal_with(kind="closing"),
    "an open proposal that was decided": lambda w: w.proposal_with(decided_at=AT),
    "a proposal approved by nobody": lambda w: w.proposal_with(state="approved", decided_at=AT),
    "a proposal turned down without a reason": lambda w: w.proposal_with(
        state="rejected", decided_at=AT, decided_by_id=w.person.id
    ),
    "an attachment of an answer about no measure": lambda w: w.attachment_with(measure_id=None),
    "an attachment with nothing in it": lambda w: w.attachment_with(size=0),
    "an attachment released by nobody": lambda w: w.attachment_with(released_at=AT),
    "an attachment released without an answer": lambda w: w.attachment_with(
        reply_id=None, released_at=AT, released_by_id=w.person.id
    ),
    "two attachments of one update": lambda w: w.attachment_with(inbox_id=1),
    "a body that meets twice on a day": lambda w: Meeting(plan_id=id_of(w.plan), body="X", held_on=DUE),
    "two goals of one number": lambda w: Goal(plan_id=id_of(w.plan), position=2, ref="1", title="X"),
    "a goal under no goal": lambda w: Goal(plan_id=id_of(w.plan), position=2, ref="2", title="X", parent_id=99),
    "two result targets in one place": lambda w: ResultTarget(goal_id=1, position=0, text="X"),
    "two measures of one number": lambda w: Measure(
        plan_id=id_of(w.plan), position=2, ref=w.measure.ref, title="X", deadline={}
    ),
    "a measure of an unknown funding": lambda w: Measure(
        plan_id=id_of(w.plan), position=2, ref="9", title="X", deadline={}, funding="lottery"
    ),
    "a measure of no plan": lambda w: Measure(plan_id=99, position=2, ref="9", title="X", deadline={}),
    "a measure that nobody's unit follows up": lambda w: Measure(
        plan_id=id_of(w.plan), position=2, ref="9", title="X", deadline={}, owner_id=99
    ),
    "a unit named twice by a measure": lambda w: MeasureUnit(
        measure_id=id_of(w.measure), unit_id=id_of(w.unit), position=1
    ),
    "a cost of an unknown kind": lambda w: CostLine(measure_id=id_of(w.measure), position=1, kind="loss"),
    "two costs in one place": lambda w: CostLine(measure_id=id_of(w.measure), position=0, kind="spending"),
    "a due date twice": lambda w: Occurrence(measure_id=id_of(w.measure), due_on=DUE),
    "a closed due date that is still to come": lambda w: Occurrence(
        measure_id=id_of(w.measure), due_on=TODAY, closed_at=AT, next_on=TODAY
    ),
    "two units of one name": lambda w: Unit(name="ENHET", key=w.unit.key),
    "a unit under no unit": lambda w: Unit(name="X", key="x", superior_id=99),
    "two people in one chat": lambda w: Person(name="Testperson", chat_id=w.person.chat_id, joined_at=AT),
    "somebody who has left and can be written to": lambda w: Person(
        name="Testperson", chat_id=2, joined_at=AT, gone_at=AT
    ),
    "a person twice in a unit": lambda w: Membership(person_id=id_of(w.person), unit_id=id_of(w.unit)),
    "a member of an unknown kind": lambda w: Membership(
        person_id=id_of(w.person), unit_id=id_of(w.other_unit), kind="guest"
    ),
    "an invitation to an unknown role": lambda w: w.invitation_with(role="king"),
    "a leader invited to no unit": lambda w: w.invitation_with(role="leader"),
    "an admin invited to a unit": lambda w: w.invitation_with(unit_id=w.unit.id),
    "an invitation used by nobody": lambda w: w.invitation_with(used_at=AT),
    "an invitation that expires before it is made": lambda w: w.invitation_with(expires_at=AT),
    "an absence that ends before it begins": lambda w: w.absence_with(first_on=DUE, last_on=TODAY),
    "somebody who stands in for themselves": lambda w: w.absence_with(first_on=DUE, last_on=DUE, deputy_id=w.person.id),
    "two absences that begin on a day": lambda w: w.absence_with(),
    "an absence of nobody": lambda w: w.absence_with(first_on=DUE, last_on=DUE, person_id=99),
    "a cancelled absence that is still to come": lambda w: w.absence_with(
        first_on=DUE, last_on=DUE, cancelled_at=AT, next_on=DUE
    ),
    "an assessment of an unknown kind": lambda w: w.attainment_with(value="almost"),
    "an assessment without a reason": lambda w: w.attainment_with(reason=""),
    "an assessment for no unit on its behalf": lambda w: w.attainment_with(on_behalf=True),
    "two assessments of one update": lambda w: w.attainment_with(inbox_id=1),
    "two rounds of a year": lambda w: w.round_with(year=2021),
    "a round in an unknown state": lambda w: w.round_with(state="lost"),
    "a round answered after its meeting": lambda w: w.round_with(reply_by=date(2021, 6, 1)),
    "a closed round that is still to come": lambda w: w.round_with(state="closed", next_on=TODAY),
    "a step of a round taken twice": lambda w: RoundStep(round_id=id_of(w.round), step="open", at=AT),
    "a unit asked twice in a round": lambda w: w.request_with(unit_id=w.unit.id),
    "a question for an unknown reason": lambda w: w.request_with(reason="whim"),
    "a question of a round without the round": lambda w: w.request_with(round_id=None),
    "a question of a deadline without the deadline": lambda w: w.request_with(reason="due", round_id=None),
    "a question closed for no reason": lambda w: w.request_with(closed_at=AT),
    "an open question with a reason to be closed": lambda w: w.request_with(closed_because="answered"),
    "a question closed for an unknown reason": lambda w: w.request_with(closed_at=AT, closed_because="boredom"),
    "a closed question that is still to come": lambda w: w.request_with(
        closed_at=AT, closed_because="answered", next_on=TODAY
    ),
    "a question below the ground": lambda w: w.request_with(level=-1),
    "a reminder given twice": lambda w: Reminder(request_id=id_of(w.request), step="opened", due_on=TODAY, at=AT),
    "an escalation to no level": lambda w: Escalation(request_id=id_of(w.request), level=0, at=AT),
    "an escalation to a level twice": lambda w: Escalation(request_id=id_of(w.request), level=1, at=AT),
    "an answer of an unknown status": lambda w: w.reply_with(status="fine"),
    "an answer corrected twice": lambda w: w.reply_with(supersedes_id=w.reply.id),
    "two answers of one update": lambda w: w.reply_with(inbox_id=1),
    "two report texts of an answer": lambda w: ReportText(
        reply_id=id_of(w.reply), text="X", released_by_id=id_of(w.person), released_at=AT
    ),
    "an answer said in two ways": lambda w: ReplyOrigin(reply_id=id_of(w.reply), how="mail"),
    "an answer said in an unknown way": lambda w: ReplyOrigin(reply_id=id_of(w.other_reply), how="smoke"),
    "a report text changed in an unknown way": lambda w: ReportTextEdit(
        reply_id=id_of(w.reply), action="burnt", text="X", person_id=id_of(w.person), at=AT
    ),
    "a withdrawn report text that can be read": lambda w: ReportTextEdit(
        reply_id=id_of(w.reply), action="withdrawn", text="X", person_id=id_of(w.person), at=AT
    ),
    "a released report text without a text": lambda w: ReportTextEdit(
        reply_id=id_of(w.reply), action="released", person_id=id_of(w.person), at=AT
    ),
    "two open questions back about a measure": lambda w: w.question_back(),
    "a question back closed for no reason": lambda w: w.question_back(closed_at=AT),
    "a question back closed for an unknown reason": lambda w: w.question_back(closed_at=AT, closed_because="whim"),
    "a nag twice on a day": lambda w: Nag(request_id=w.request.id, day=TODAY, by_id=id_of(w.person), at=AT),
    "a nag about nothing": lambda w: Nag(day=DUE, by_id=id_of(w.person), at=AT),
    "a request called off twice": lambda w: CallOff(request_id=w.request.id, reason="X", by_id=id_of(w.person), at=AT),
    "nothing called off": lambda w: CallOff(reason="X", by_id=id_of(w.person), at=AT),
    "an update twice": lambda w: InboxRow(bot_id=1, update_id=1, received_at=AT),
    "an update in an unknown state": lambda w: InboxRow(bot_id=1, update_id=2, received_at=AT, state="lost"),
    "a message twice for a person, a day and a kind": lambda w: w.outbox_with(),
    "a message in an unknown state": lambda w: w.outbox_with(day=DUE, state="lost"),
    "a message claimed at no time": lambda w: w.outbox_with(day=DUE, state="claimed"),
    "a message sent at no time": lambda w: w.outbox_with(day=DUE, state="sent"),
    "a message to nobody": lambda w: w.outbox_with(person_id=99),
    "a version of a report twice": lambda w: Report(
        plan_id=id_of(w.plan), year=2021, version=1, snapshot="{}", digest="0", made_at=AT
    ),
    "a version zero of a report": lambda w: Report(
        plan_id=id_of(w.plan), year=2021, version=0, snapshot="{}", digest="0", made_at=AT
    ),
    "a report in an unknown state": lambda w: Report(
        plan_id=id_of(w.plan), year=2021, version=2, snapshot="{}", digest="0", made_at=AT, state="burnt"
    ),
    "a change by nobody": lambda w: AuditEntry(at=AT, actor="person", action="a", subject="b", subject_id=1),
    "a change by an unknown kind of actor": lambda w: AuditEntry(
        at=AT, actor="ghost", action="a", subject="b", subject_id=1
    ),
}


async def _one_of_each(world: World) -> None:
    """What the wrong rows above would be the second of."""
    person_id, plan_id, measure_id = id_of(world.person), id_of(world.plan), id_of(world.measure)
    goal = Goal(plan_id=plan_id, position=1, ref="1", title="X")
    inbox = InboxRow(bot_id=1, update_id=1, received_at=AT)
    world.session.add_all([goal, inbox])
    await world.session.flush()
    correction = world.reply_with(supersedes_id=world.reply.id, inbox_id=inbox.id)
    world.session.add_all(
        [
            Meeting(plan_id=plan_id, body="X", held_on=DUE),
            ResultTarget(goal_id=id_of(goal), position=0, text="X"),
            MeasureUnit(measure_id=measure_id, unit_id=id_of(world.unit), position=0),
            CostLine(measure_id=measure_id, position=0, kind="spending"),
            RoundStep(round_id=id_of(world.round), step="open", at=AT),
            Reminder(request_id=id_of(world.request), step="opened", due_on=TODAY, at=AT),
            Escalation(request_id=id_of(world.request), level=1, at=AT),
            correction,
            world.absence_with(),
            world.attainment_with(inbox_id=inbox.id),
            ReplyOrigin(reply_id=id_of(world.reply), how="phone"),
            world.question_back(),
            Nag(request_id=world.request.id, day=TODAY, by_id=person_id, at=AT),
            CallOff(request_id=world.request.id, reason="X", by_id=person_id, at=AT),
            ReportText(reply_id=id_of(world.reply), text="X", released_by_id=person_id, released_at=AT),
            world.outbox_with(),
            world.attachment_with(inbox_id=1),
            Report(plan_id=plan_id, year=2021, version=1, snapshot="{}", digest="0", made_at=AT),
        ]
    )
    await world.session.flush()
    world.other_reply = correction


async def test_no_wrong_row_is_stored(database: Database) -> None:
    async with database.write() as session:
        world = await World(session).fill()
        await _one_of_each(world)
        stored = [wrong for wrong, make in WRONG.items() if not await _is_refused(session, make(world))]
    assert stored == []


async def _is_refused(session: AsyncSession, row: SQLModel) -> bool:
    savepoint = await session.begin_nested()
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        await savepoint.rollback()
        # A row that merely lacks a value says nothing about the rule.
        return not re.search("not[ -]null constraint", str(error.orig), re.IGNORECASE)
    await savepoint.rollback()
    return False


@pytest.mark.parametrize(
    "make_wrong",
    [
        lambda world: setattr(world.unit, "superior_id", world.unit.id),
        lambda world: setattr(world.reply, "supersedes_id", world.reply.id),
        lambda world: setattr(world.plan, "settings", None),
        lambda world: setattr(world.measure, "deadline", None),
    ],
    ids=["a unit above itself", "an answer that corrects itself", "a plan without settings", "no deadline at all"],
)
async def test_no_row_is_changed_into_a_wrong_one(database: Database, make_wrong: Callable[[World], None]) -> None:
    async with database.write() as session:
        world = await World(session).fill()
        make_wrong(world)
        with pytest.raises(IntegrityError):
            await session.flush()
        await session.rollback()


async def test_a_question_may_go_to_another_unit_in_the_same_round(database: Database) -> None:
    async with database.write() as session:
        world = await World(session).fill()
        session.add(world.request_with())
        await session.flush()


async def test_a_plan_takes_along_what_is_part_of_it(database: Database) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        measure = await add_measure(session, plan)
        await add_occurrence(session, measure, DUE)
        await add_round(session, plan)
    async with database.write() as session:
        await session.exec(delete(Plan))
        left: list[Any] = [*(await session.exec(select(Measure))), *(await session.exec(select(Occurrence)))]
        assert [*left, *(await session.exec(select(Round)))] == []


FORGET: list[Callable[[World], Awaitable[Any]]] = [
    lambda world: world.session.exec(delete(Measure)),
    lambda world: world.session.exec(delete(Unit).where(col(Unit.id) == world.unit.id)),
    lambda world: world.session.exec(delete(Person)),
]


@pytest.mark.parametrize("forget", FORGET, ids=["its measure", "its unit", "its author"])
async def test_an_answer_does_not_lose(database: Database, forget: Callable[[World], Awaitable[Any]]) -> None:
    async with database.write() as session:
        world = await World(session).fill()
        with pytest.raises(IntegrityError):
            await forget(world)
        await session.rollback()


async def test_nothing_in_a_json_column_is_null_and_not_the_word_null(database: Database) -> None:
    async with database.write() as session:
        audit.record(session, audit.SCHEDULER, AT, "archived", "measure", 1, after={"n": 1})
    async with database.read() as session:
        entries = await session.exec(select(AuditEntry).where(col(AuditEntry.before).is_(None)))
        assert len(entries.all()) == 1
        entries = await session.exec(select(AuditEntry).where(col(AuditEntry.after).is_(None)))
        assert entries.all() == []


async def test_a_measure_has_one_open_proposal_and_an_answer_brings_one(database: Database) -> None:
    async with database.write() as session:
        world = await World(session).fill()
        session.add(world.proposal_with())
        later = world.reply_with()
        session.add(later)
        await session.flush()
        assert await _is_refused(session, world.proposal_with(reply_id=later.id))
        withdrawn = {"state": "withdrawn", "decided_at": AT}
        assert await _is_refused(session, world.proposal_with(**withdrawn))
        assert not await _is_refused(session, world.proposal_with(reply_id=later.id, **withdrawn))
