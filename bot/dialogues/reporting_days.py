"""The buttons of a reporting day: it is done, it is put off, or the list to walk through is wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.answers import Button, Keyboard
from bot.press_data import numbers
from bot.turn import Turn, shorten
from plan.said_days import parse_day
from plan.status import Status
from scheduler.reporting_changes import DayRefused, done, move, undone
from scheduler.reporting_keepers import keeps
from scheduler.settings import PlanSettings
from storage import dialogues, directory, goals, measures, replies, reporting_days
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Goal, Measure, Plan, ReportingDay

KIND = "reporting_day"
DONE, UNDONE, WHEN, ON, WRITE, LIST = "d", "u", "w", "o", "v", "l"
IN_A_WEEK, IN_A_MONTH = timedelta(days=7), timedelta(days=28)
BUDGET = "budget"
LISTED = {"evaluation", "review"}
UNANSWERED = "unanswered"

Labelled = Callable[..., Button]  # the name of a label, the data of the press, and what fills the label


def buttons(
    day_id: int, plan_id: int, kind: str, budget_year: int, button: Labelled, *, by_unit: bool = False
) -> Keyboard:
    """The rows of buttons about a reporting day: done and put off, and the list that goes with it, if any.

    A unit that keeps the day does not see the whole plan, and gets no list.
    """
    first = (
        button("day_done", f"rd:{DONE}:{day_id}", kind=kind),
        button("day_put_off", f"rd:{WHEN}:{day_id}", kind=kind),
    )
    if by_unit:
        return (first,)
    if kind == BUDGET:
        return first, (button("day_budget", f"ok:{plan_id}:{budget_year}"),)
    if kind in LISTED:
        return first, (button("day_list", f"rd:{LIST}:{day_id}"),)
    return (first,)


async def pressed(turn: Turn, data: str) -> None:
    """A button was pressed: rd:<what>:<reporting day>, and for a day chosen its ordinal."""
    code, _, rest = data.partition(":")
    found = numbers(rest, 2 if code == ON else 1)
    row = await reporting_days.by_id(turn.session, found[0]) if found else None
    if found is None or row is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    plan = await turn.session.get_one(Plan, row.plan_id)
    if not await _may(turn, row, plan) or (code == LIST and not turn.is_one_of(Role.ADMIN, Role.OFFICE)):
        turn.toast("toast.not_yours", alert=True)
        return
    match code:
        case "d":
            await _done(turn, row, plan)
        case "u":
            await _undone(turn, row, plan)
        case "w":
            turn.say("reporting.ask_day", plan=plan, day=row, keyboard=_days(turn, row))
        case "v":
            await dialogues.begin(turn.session, turn.person_id, KIND, {"day_id": id_of(row)}, turn.at)
            turn.say("reporting.write_day")
        case "o" if 1 <= found[1] <= date.max.toordinal():
            await _move(turn, row, plan, date.fromordinal(found[1]))
        case "l":
            await _list(turn, row, plan)
        case _:
            turn.toast("toast.unknown_button", alert=True)


async def _may(turn: Turn, row: ReportingDay, plan: Plan) -> bool:
    """Whether a day is the person's to say something of: the office's, the admins', and the unit's that keeps it."""
    if turn.is_one_of(Role.ADMIN, Role.OFFICE):
        return True
    people = await directory.around(turn.session, turn.person_id, turn.today)
    return keeps(people, PlanSettings.usable(plan.settings), row, turn.person_id)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The day was written."""
    row = await reporting_days.by_id(turn.session, dialogue.data["day_id"])
    plan = await turn.session.get_one(Plan, row.plan_id) if row else None
    day = parse_day(text, turn.today)
    if row is None or plan is None:
        await dialogues.end(turn.session, turn.person_id)
        turn.say("reporting.refused", why="over", text="")
    elif not await _may(turn, row, plan):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("conversation.not_understood")
    elif day is None:
        turn.say("reporting.refused", why="not_understood", text=shorten(text))
    else:
        await _move(turn, row, plan, day)


async def _done(turn: Turn, row: ReportingDay, plan: Plan) -> None:
    if await done(turn.session, row, by=turn.person_id, at=turn.at, hours=turn.house.hours):
        again = turn.button("day_undone", f"rd:{UNDONE}:{row.id}")
        turn.say("reporting.done", plan=plan, day=row, keyboard=((again,),))
    else:
        turn.say("reporting.refused", why="over", text="")


async def _undone(turn: Turn, row: ReportingDay, plan: Plan) -> None:
    if await undone(turn.session, row, by=turn.person_id, at=turn.at, hours=turn.house.hours):
        turn.edit("reporting.undone", plan=plan, day=row)
    else:
        turn.toast("toast.unknown_button", alert=True)


def _days(turn: Turn, row: ReportingDay) -> Keyboard:
    """Later days to choose from, counted from the day that stands or from today where it has passed."""
    stands = max(row.due_on, turn.today)
    return (
        (
            turn.button("day_in_a_week", f"rd:{ON}:{row.id}:{(stands + IN_A_WEEK).toordinal()}"),
            turn.button("day_in_a_month", f"rd:{ON}:{row.id}:{(stands + IN_A_MONTH).toordinal()}"),
            turn.button("put_off_day", f"rd:{WRITE}:{row.id}"),
        ),
    )


async def _move(turn: Turn, row: ReportingDay, plan: Plan, day: date) -> None:
    before = row.due_on
    try:
        await move(turn.session, row, day, by=turn.person_id, at=turn.at, hours=turn.house.hours)
    except DayRefused as refusal:
        turn.say("reporting.refused", why=refusal.code, text="")
        return
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind == KIND:
        await dialogues.end(turn.session, turn.person_id)
    turn.show("reporting.moved", plan=plan, day=row, before=before)


@dataclass(frozen=True)
class Walked:
    """A measure of the list, as it stands: its last status and when it was given, and who follows it up."""

    measure: Measure
    status: str
    said_at: datetime | None
    unit: str | None

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.status != UNANSWERED and Status(self.status).closes


async def _list(turn: Turn, row: ReportingDay, plan: Plan) -> None:
    """Every measure of the plan under its goal, as it is to be walked through."""
    rows = await measures.of_plan(turn.session, id_of(plan))
    known = {id_of(goal): goal for goal in await goals.of_plan(turn.session, id_of(plan))}
    last = await replies.latest(turn.session, [id_of(measure) for measure in rows])
    names = (await directory.read(turn.session)).units
    groups: dict[int | None, list[Walked]] = {}
    for measure in rows:
        reply = last.get(id_of(measure))
        walked = Walked(
            measure,
            reply.status if reply else UNANSWERED,
            reply.at if reply else None,
            names[measure.owner_id].name if measure.owner_id else None,
        )
        groups.setdefault(measure.goal_id if measure.goal_id in known else None, []).append(walked)
    turn.say("reporting.list", plan=plan, day=row, today=turn.today, groups=_with_goals(groups, known))


def _with_goals(
    groups: dict[int | None, list[Walked]], known: dict[int, Goal]
) -> Sequence[tuple[Goal | None, list[Walked]]]:
    return [(known[goal_id] if goal_id else None, rows) for goal_id, rows in groups.items()]
