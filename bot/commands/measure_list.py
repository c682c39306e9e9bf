"""/mine and /tiltak without a number: measures in pages, those that are most pressing first."""

from datetime import date

from bot.answers import Button, Keyboard
from bot.press_data import number
from bot.turn import Turn, rows_of
from plan.status import Status
from scheduler import open_questions
from storage import directory, measures, parts, replies
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, Plan

PER_PAGE = 8
PER_ROW = 4
NO_DAY = date.max


async def mine(turn: Turn, words: str = "") -> None:
    """The measures of the person's units, and those in which they are asked for a part.

    What waits for an answer comes first, then by due date, and last what is done.
    """
    unit_ids = [id_of(unit) for unit in turn.answers_for]
    rows = await measures.of_units(turn.session, unit_ids)
    questions = await open_questions.all_questions_of(turn.session, turn.person_id, turn.today)
    asked = {question.measure_id for question in questions if question.part}
    rows += [row for row in await parts.of_units(turn.session, unit_ids) if row[0].id in asked]
    statuses = await _statuses(turn, rows)
    rows.sort(key=lambda row: _urgency(row[0], [question.measure_id for question in questions], statuses))
    waiting = sum(not question.is_put_off(turn.today) for question in questions)
    page = _page(words, len(rows))
    answer = ((turn.button("answer_now", "nx:0:0", count=waiting),),) if waiting else ()
    turn.show(
        "measures.mine",
        keyboard=(*answer, *_keyboard(turn, rows, page, "mi")),
        rows=_shown(rows, page),
        statuses=statuses,
        asked={question.measure_id: question for question in questions},
        today=turn.today,
        page=page + 1,
        pages=_pages(len(rows)),
        waiting=waiting,
        several_plans=len({id_of(plan) for _measure, plan in rows}) > 1,
    )


async def everything(turn: Turn, words: str = "") -> None:
    """The measures the person may look at, in the order of the plans."""
    if turn.is_one_of(Role.ADMIN, Role.OFFICE):
        units = (await directory.read(turn.session)).units
        rows = await measures.of_units(turn.session, list(units))
        rows += await measures.without_owner(turn.session)
    else:
        rows = await measures.of_units(turn.session, [id_of(unit) for unit in turn.answers_for])
    rows.sort(key=lambda row: (id_of(row[1]), row[0].position))
    page = _page(words, len(rows))
    turn.show(
        "measures.list",
        keyboard=_keyboard(turn, rows, page, "tl"),
        rows=_shown(rows, page),
        statuses=await _statuses(turn, rows),
        page=page + 1,
        pages=_pages(len(rows)),
    )


async def _statuses(turn: Turn, rows: list[tuple[Measure, Plan]]) -> dict[int, str]:
    last = await replies.latest(turn.session, [id_of(measure) for measure, _plan in rows])
    return {measure_id: reply.status for measure_id, reply in last.items()}


def _urgency(measure: Measure, asked: list[int], statuses: dict[int, str]) -> tuple[int, int, date, int]:
    """Questions in their own order, then what is due first; what is closed comes last."""
    measure_id = id_of(measure)
    if measure_id in asked:
        return 0, asked.index(measure_id), NO_DAY, 0
    status = statuses.get(measure_id)
    closed = status is not None and Status(status).closes
    return 1, int(closed), measure.due_on or NO_DAY, measure.position


def _pages(count: int) -> int:
    return max(1, -(-count // PER_PAGE))


def _page(words: str, count: int) -> int:
    """The page that is asked for, from 0; the last where there are fewer by now."""
    return min(number(words) or 0, _pages(count) - 1)


def _shown(rows: list[tuple[Measure, Plan]], page: int) -> list[tuple[Measure, Plan]]:
    return rows[page * PER_PAGE : (page + 1) * PER_PAGE]


def _keyboard(turn: Turn, rows: list[tuple[Measure, Plan]], page: int, prefix: str) -> Keyboard:
    """A button for each measure of the page, and those that turn it."""
    numbers = [Button(measure.ref, f"ti:{measure.id}") for measure, _plan in _shown(rows, page)]
    turning = []
    if page > 0:
        turning.append(turn.button("page_before", f"{prefix}:{page - 1}"))
    if page + 1 < _pages(len(rows)):
        turning.append(turn.button("page_after", f"{prefix}:{page + 1}"))
    return (*rows_of(numbers, PER_ROW), *rows_of(turning))
