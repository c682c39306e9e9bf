"""Rows to test with: each function writes one, with as little in it as the schema asks for."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Period, parse
from storage.ids import id_of
from storage.tables import Measure, Membership, Occurrence, Person, Plan, Round, StatusRequest, Unit

AT = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)


async def add_plan(
    session: AsyncSession,
    slug: str = "plan",
    period: tuple[int, int] | None = (2021, 2024),
    settings: dict[str, Any] | None = None,
) -> Plan:
    """A plan without measures."""
    first, last = period or (None, None)
    plan = Plan(
        slug=slug, title=f"Plan {slug}", municipality="Prøve", first_year=first, last_year=last, settings=settings or {}
    )
    session.add(plan)
    await session.flush()
    return plan


async def add_unit(
    session: AsyncSession, name: str = "Enhet", superior: Unit | None = None, *, external: bool = False
) -> Unit:
    """A unit nobody is in."""
    unit = Unit(name=name, key=name.casefold(), superior_id=superior.id if superior else None, external=external)
    session.add(unit)
    await session.flush()
    return unit


async def add_person(
    session: AsyncSession,
    chat_id: int,
    *units: Unit,
    kind: str = "leader",
    is_admin: bool = False,
    is_office: bool = False,
) -> Person:
    """Somebody who has joined, and answers for some units."""
    person = Person(name=f"Testperson {chat_id}", chat_id=chat_id, is_admin=is_admin, is_office=is_office, joined_at=AT)
    session.add(person)
    await session.flush()
    session.add_all(Membership(person_id=id_of(person), unit_id=id_of(unit), kind=kind) for unit in units)
    await session.flush()
    return person


async def add_measure(
    session: AsyncSession, plan: Plan, ref: str = "1.1", owner: Unit | None = None, phrase: str | None = None
) -> Measure:
    """A measure with a deadline in a plan's words."""
    period = Period.of_years(plan.first_year, plan.last_year) if plan.first_year and plan.last_year else None
    deadline = parse(phrase, period=period)
    measure = Measure(
        plan_id=id_of(plan),
        position=int("".join(letter for letter in ref if letter.isdigit()) or 0),
        ref=ref,
        title=f"Tiltak {ref}",
        owner_id=owner.id if owner else None,
        deadline_text=phrase,
        deadline=deadline.to_json(),
        due_on=deadline.due,
    )
    session.add(measure)
    await session.flush()
    return measure


async def add_round(session: AsyncSession, plan: Plan, year: int = 2021, **values: Any) -> Round:
    """A round with days in order; `values` override them."""
    row = Round(
        **{
            "plan_id": plan.id,
            "year": year,
            "body": "Kommunestyret",
            "provisional": True,
            "opens_on": date(year, 3, 1),
            "halfway_on": date(year, 3, 11),
            "reply_by": date(year, 3, 23),
            "office_from": date(year, 3, 24),
            "papers_on": date(year, 3, 31),
            "meeting_on": date(year, 5, 3),
        }
        | values
    )
    session.add(row)
    await session.flush()
    return row


async def add_occurrence(session: AsyncSession, measure: Measure, due_on: date, **values: Any) -> Occurrence:
    """A due date of a measure."""
    row = Occurrence(measure_id=id_of(measure), due_on=due_on, **values)
    session.add(row)
    await session.flush()
    return row


async def add_request(session: AsyncSession, measure: Measure, unit: Unit, **values: Any) -> StatusRequest:
    """A request about a measure; `values` say what for (`round_id` or `occurrence_id`, and `reason`)."""
    row = StatusRequest(
        **{"measure_id": measure.id, "unit_id": unit.id, "anchor_on": date(2021, 3, 23), "opened_at": AT} | values
    )
    session.add(row)
    await session.flush()
    return row
