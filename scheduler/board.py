"""What waits for an answer on a day, for everybody: read once, where many messages are made of it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler.open_questions import Question, each_once, not_put_off, of_request, one_per_measure, with_the_rest
from storage import open_requests
from storage.directory import Directory
from storage.tables import Escalation, StatusRequest


@dataclass(frozen=True)
class Board:
    """What waits for an answer on a day, for everybody: read once, where many messages are made of it.

    `by_unit` is what each unit is asked. `asked` are all the requests, and `raised` those of them, by their places,
    that have gone up to each unit (None: the office).
    """

    people: Directory
    today: date
    by_unit: dict[int, tuple[Question, ...]]
    asked: tuple[Question, ...]
    raised: dict[int | None, tuple[int, ...]]

    def questions_of(self, person_id: int) -> tuple[Question, ...]:
        """What a person is asked."""
        units = self.people.units_of(person_id)
        return not_put_off(each_once(question for unit in units for question in self.by_unit.get(unit, ())), self.today)

    def escalated_to(self, person_id: int) -> tuple[Question, ...]:
        """What has gone up to the units a person is asked for or to their office, and is not their own to answer.

        How often a unit has been reminded of it is not there.
        """
        units = self.people.units_of(person_id)
        mine: frozenset[int | None] = units | {None} if person_id in self.people.office else units
        places = sorted({place for unit in mine for place in self.raised.get(unit, ())})
        raised = (self.asked[place] for place in places)
        return tuple(one_per_measure(question for question in raised if question.unit_id not in units).values())


async def read_board(session: AsyncSession, people: Directory, today: date) -> Board:
    """What waits for an answer, in as many statements however many are asked."""
    units = frozenset(people.units)
    asked = tuple(of_request(row) for row in await open_requests.to_units(session, units))
    by_unit: dict[int, list[Question]] = {}
    for question in await with_the_rest(session, asked, units, today):
        by_unit.setdefault(question.unit_id, []).append(question)
    rows = await session.exec(
        select(Escalation.request_id, Escalation.unit_id)
        .join(StatusRequest, col(StatusRequest.id) == col(Escalation.request_id))
        .where(col(StatusRequest.closed_at).is_(None))
    )
    places = {question.request_id: place for place, question in enumerate(asked)}
    raised: dict[int | None, list[int]] = {}
    for request_id, unit_id in rows:
        if request_id in places:
            raised.setdefault(unit_id, []).append(places[request_id])
    return Board(
        people,
        today,
        {unit: tuple(found) for unit, found in by_unit.items()},
        asked,
        {unit: tuple(found) for unit, found in raised.items()},
    )
