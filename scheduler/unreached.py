"""Questions to units nobody of which is in the chat: the office asks them in another way."""

from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler.board import Board
from scheduler.open_questions import Question, of_units
from storage import told
from storage.directory import Directory
from storage.requests import reminded_since


async def nobody_joined(
    session: AsyncSession, people: Directory, on_board: Board | None = None
) -> tuple[Question, ...]:
    """Open requests to units nobody of which can be reached: the office asks by phone and writes the answer down."""
    unreachable = frozenset(unit_id for unit_id in people.units if not people.asked(unit_id))
    if on_board:
        return tuple(question for unit_id in sorted(unreachable) for question in on_board.by_unit.get(unit_id, ()))
    return await of_units(session, unreachable)


async def not_read(
    session: AsyncSession, person_id: int, questions: Sequence[Question], today: date
) -> tuple[Question, ...]:
    """Those the person has not read of in the last daily message of another day, or that came to a step since."""
    last = await told.last(session, person_id, not_on=today) if questions else None
    if last is None:
        return tuple(questions)
    known = set(last.data.get(told.UNJOINED, ()))
    known -= await reminded_since(session, known, last)
    return tuple(each for each in questions if each.request_id not in known)
