"""The office approves a report: what is missing is shown first, a button freezes it, and the documents come."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers import Answer, Button, Keyboard
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of
from report import approval, figures
from report.approval import ApprovalRefused, Printed
from report.compile import Masthead, make_version
from report.snapshot import Snapshot
from report.wording_office import say_changes
from storage import proposals, report_texts, reports, written_texts
from storage.ids import id_of
from storage.people import Role
from storage.tables import Person, Plan, Report

APPROVE, SHOW, CORRECT = "ok", "sh", "co"
DELIVERED = ("docx", "pdf", "html", "xlsx")
MOST_CHANGES = 12


@dataclass(frozen=True)
class Lacks:
    """What a draft does not have: measures without an answer, comments that wait, texts nobody has written.

    `unasked` are the numbers of the measures nobody has been asked about, and `parts` counts those of them that wait.
    """

    unanswered: int
    unasked: tuple[str, ...]
    parts: int
    waiting: int
    proposals: int
    provisional: bool
    summary: bool
    assessment: bool
    decision: bool
    unit_texts: int


def masthead(turn: Turn) -> Masthead:
    """Who reports, in a report that is made now."""
    return Masthead(turn.house.leader_title, turn.house.language, turn.house.brand)


async def show(turn: Turn, plan: Plan, year: int) -> None:
    """The draft as of now, what it lacks and what it corrects, and the button that approves it."""
    newest = await reports.newest(turn.session, id_of(plan), year)
    if newest is not None and newest.state == reports.APPROVED:
        await _is_approved(turn, plan, newest)
        return
    made = await make_version(turn.session, plan, year, turn.at, turn.house.hours, masthead(turn), turn.actor)
    await _show(turn, plan, made, changed=False)


async def correct(turn: Turn, plan: Plan, year: int) -> None:
    """A new version of an approved report, with what it changes; it is approved as the first one was."""
    approved = await reports.newest_approved(turn.session, id_of(plan), year)
    if approved is None:
        turn.say("approval.nothing_to_correct", plan=plan, year=year)
        return
    made = await make_version(turn.session, plan, year, turn.at, turn.house.hours, masthead(turn), turn.actor)
    if id_of(made) == id_of(approved):
        turn.say("approval.nothing_changed", plan=plan, report=approved)
    else:
        await _show(turn, plan, made, changed=False)


async def _show(turn: Turn, plan: Plan, row: Report, *, changed: bool) -> None:
    snapshot = Snapshot.model_validate_json(row.snapshot)
    corrects = snapshot.corrects
    turn.say(
        "approval.before",
        keyboard=_keyboard(turn, row),
        plan=plan,
        report=row,
        lacks=await lacks(turn.session, plan, snapshot),
        meeting=snapshot.meeting,
        changed=changed,
        corrects=corrects,
        changes=say_changes(corrects.changes, turn.language, MOST_CHANGES) if corrects else [],
    )


def _keyboard(turn: Turn, row: Report) -> Keyboard:
    see = [turn.button(f"report_{form}", f"rp:f:{row.id}:{form}") for form in ("pdf", "docx")]
    return (*rows_of(see), (turn.button("report_approve", f"ra:{APPROVE}:{row.id}", number=row.version),))


async def lacks(session: AsyncSession, plan: Plan, snapshot: Snapshot) -> Lacks:
    """What the draft of a plan's report lacks."""
    waiting = await report_texts.waiting(session)
    undecided = await proposals.waiting(session)
    written = snapshot.office_texts
    measures = figures.current(snapshot)
    unanswered = figures.unanswered(measures)
    return Lacks(
        unanswered=len(figures.asked(unanswered)),
        unasked=tuple(measure.ref for measure in unanswered if measure.asked_on is None),
        parts=sum(part.asked_on is not None for _measure, part in figures.missing_parts(measures)),
        waiting=sum(measure.plan_id == plan.id for _reply, measure in waiting),
        proposals=sum(each.measure.plan_id == plan.id for each in undecided),
        provisional=snapshot.meeting is None or snapshot.meeting.provisional,
        summary=not (written and written.summary),
        assessment=not (written and written.assessment),
        decision=not (written and written.decision),
        unit_texts=sum(
            each.newest.released_at is None
            for each in await written_texts.of_units(session, id_of(plan), snapshot.year)
        ),
    )


async def _is_approved(turn: Turn, plan: Plan, row: Report) -> None:
    """Who has approved what already, and when."""
    by = await turn.session.get(Person, row.approved_by_id)
    button = turn.button("report_correct", f"ra:{CORRECT}:{plan.id}:{row.year}")
    turn.say("approval.already", keyboard=((button,),), plan=plan, report=row, by=by.name if by else "")


def offer(turn: Turn, row: Report) -> list[Button]:
    """For the office, under a report: a draft is approved, and what is approved is corrected."""
    if not turn.is_one_of(Role.OFFICE):
        return []
    if row.state == reports.APPROVED:
        return [turn.button("report_correct", f"ra:{CORRECT}:{row.plan_id}:{row.year}")]
    return [turn.button("report_to_approve", f"ra:{SHOW}:{row.plan_id}:{row.year}")]


async def pressed(turn: Turn, data: str) -> None:
    """`ok`: a draft as it was shown is approved. `sh`, `co`: what there is to approve, or to correct."""
    code, _, rest = data.partition(":")
    if code == APPROVE:
        await _approve(turn, number(rest))
        return
    found = numbers(rest, 2)
    plan = await turn.session.get(Plan, found[0]) if found else None
    if code not in {SHOW, CORRECT} or found is None or plan is None or plan.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await (show if code == SHOW else correct)(turn, plan, found[1])


async def _approve(turn: Turn, report_id: int | None) -> None:
    row = await reports.by_id(turn.session, report_id) if report_id else None
    if row is None:
        turn.toast("toast.unknown_button", alert=True)
    elif await _can_be(turn, row):
        turn.edit("approval.under_way", report=row)
        turn.answers.append(Answer("approve", report_id=id_of(row)))


async def _can_be(turn: Turn, row: Report) -> bool:
    """Whether a version can be approved as it was shown; where not, says why and what there is to do."""
    try:
        await approval.check(turn.session, row, turn.at, turn.house.hours, masthead(turn), turn.actor)
    except ApprovalRefused as refused:
        plan = await turn.session.get_one(Plan, row.plan_id)
        if refused.code == "changed":
            await _show(turn, plan, refused.newest, changed=True)
        elif refused.code == "older":
            button = turn.button("report_to_approve", f"ra:{SHOW}:{row.plan_id}:{row.year}")
            turn.say("approval.older", keyboard=((button,),), plan=plan, report=row, newest=refused.newest)
        else:
            await _is_approved(turn, plan, row)
        return False
    return True


async def has_been_printed(turn: Turn, answer: Answer, printed: Printed | None) -> None:
    """What was to be approved is printed: it is frozen, if it is still what it was, and whoever approved gets it."""
    row = await reports.by_id(turn.session, answer.report_id or 0)
    if row is None or printed is None:
        turn.say("approval.not_printed")
    elif not turn.is_one_of(Role.OFFICE):
        turn.say("access.refused", command="rapport godkjenn")
    elif await _can_be(turn, row):
        await approval.store(turn.session, row, printed, person_id=turn.person_id, at=turn.at)
        plan = await turn.session.get_one(Plan, row.plan_id)
        turn.say("approval.done", plan=plan, report=row, count=len(DELIVERED))
        for form in DELIVERED:
            turn.send_report(id_of(row), form)
        if turn.house.report_dir is not None:
            turn.answers.append(Answer("shelve", report_id=id_of(row)))


async def has_been_put(turn: Turn, folder: Path, names: list[str], taken: list[str] | None) -> None:
    """Where the documents lie, or why they do not: `taken` are names with another content, None where none could be."""
    if taken is None:
        turn.say("approval.not_put", folder=str(folder))
    else:
        turn.say("approval.put", folder=str(folder), names=[name for name in names if name not in taken], taken=taken)
