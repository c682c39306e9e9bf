"""A municipality to measure in: units, a leader for each, a plan with a round a year; and the service that asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import col, select

from benchmarks.bot_api import TOKEN
from plan.deadline import Period, parse
from plan.workday import SendingHours, WorkCalendar
from scheduler.planning import plan_ahead
from storage.database import Database
from storage.ids import id_of
from storage.tables import Measure, Meeting, Membership, Person, Plan, Round, Unit
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings

HOURS = SendingHours(WorkCalendar())
FIRST_DAY = date(2021, 1, 4)
YEARS = (2021, 2024)
MEETS = (5, 25)
FIRST_CHAT = 1000
PHRASES = tuple(f"15. {month} hvert år" for month in ("januar", "mars", "juni", "august", "oktober", "desember"))


class HandClock:
    """A clock that stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at


@dataclass(frozen=True)
class Municipality:
    """What was founded: the plan, its leaders' chats in the order of their units, and when its first round opens."""

    plan_id: int
    chats: tuple[int, ...]
    opens_on: date

    @property
    def round_opens(self) -> datetime:
        """A moment within hours on the day on which the round opens."""
        return at_ten(self.opens_on)


def at_ten(day: date) -> datetime:
    """Ten in the morning of a day, where the people are."""
    return datetime.combine(day, time(10), HOURS.zone).astimezone(UTC)


async def founded(
    database: Database, people: int, measures: int, phrases: tuple[str | None, ...] = (None,)
) -> Municipality:
    """Write a municipality into an empty database.

    Each person leads a unit of their own under the first; measures go round among the units, and their deadlines among
    `phrases`. The first person is an admin too, the last in the office.
    """
    async with database.write() as session:
        units = [Unit(name=f"Enhet {number}", key=f"enhet {number}") for number in range(people)]
        leaders = [
            Person(
                name=f"Testperson {number}",
                chat_id=FIRST_CHAT + number,
                is_admin=number == 0,
                is_office=number == people - 1,
                joined_at=at_ten(FIRST_DAY),
            )
            for number in range(people)
        ]
        plan = Plan(slug="plan", title="Plan", municipality="Prøve", first_year=YEARS[0], last_year=YEARS[1])
        session.add_all([*units, *leaders, plan])
        await session.flush()
        for unit in units[1:]:
            unit.superior_id = units[0].id
        session.add_all(
            Membership(person_id=id_of(leader), unit_id=id_of(unit))
            for leader, unit in zip(leaders, units, strict=True)
        )
        session.add_all(
            Meeting(plan_id=id_of(plan), body="Kommunestyret", held_on=date(year, *MEETS))
            for year in range(YEARS[0], YEARS[1] + 1)
        )
        session.add_all(
            _measure(plan, number, id_of(units[number % people]), phrases[number % len(phrases)])
            for number in range(measures)
        )
        await session.flush()
        await plan_ahead(session, plan, FIRST_DAY, HOURS.calendar)
        first_round = (await session.exec(select(Round).order_by(col(Round.opens_on)))).first()
        assert first_round is not None
        chats = tuple(leader.chat_id for leader in leaders if leader.chat_id is not None)
    return Municipality(id_of(plan), chats, HOURS.calendar.on_or_before(first_round.opens_on))


def _measure(plan: Plan, number: int, owner_id: int, phrase: str | None) -> Measure:
    deadline = parse(phrase, period=Period.of_years(*YEARS))
    return Measure(
        plan_id=id_of(plan),
        position=number,
        ref=f"1.{number + 1}",
        title=f"Tiltak nummer {number + 1}, med en tittel av vanlig lengde",
        responsible=f"Enhet {number}",
        owner_id=owner_id,
        deadline_text=phrase,
        deadline=deadline.to_json(),
        due_on=deadline.due,
    )


@asynccontextmanager
async def serving(
    database: Database, api: str, clock: HandClock, *, per_second: float | None = None
) -> AsyncIterator[Service]:
    """The service of such a municipality, against a Bot API server."""
    settings = Settings.load(
        env_file=None,
        telegram_token=TOKEN,
        telegram_api=api,
        bot_username="tiltaksvakt_bot",
        municipality="Prøve kommune",
        leader_title="rådmann",
    )
    async with Service.opened(settings, database, clock, per_second=per_second) as service:
        yield service
