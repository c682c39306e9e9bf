"""Whatever a draft may hold has room in the database."""

from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from sqlmodel import SQLModel

from plan import draft as drafts
from plan.deadline import parse
from plan.draft import CostKind, CostLine, Draft, Goal, Measure, Meeting, ReportingDate, ReportingKind, Unit, YearlyRule
from storage import plans, tables
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.plan_drafts import read_draft
from tests.storage.rows import AT

STORED_IN: dict[type[BaseModel], type[SQLModel]] = {
    Draft: tables.Plan,
    Goal: tables.Goal,
    Measure: tables.Measure,
    CostLine: tables.CostLine,
    ReportingDate: tables.ReportingDate,
    Meeting: tables.Meeting,
    Unit: tables.Unit,
}


def longest(annotation: Any, metadata: list[Any]) -> int | None:
    """The most characters a value may have, by what its type says; None where it says nothing."""
    found = [limit for each in metadata if (limit := _limit(each)) is not None]
    for part in get_args(annotation):
        inner = longest(part, list(getattr(part, "__metadata__", ())))
        found += [inner] if inner is not None else []
    return max(found, default=None)


def _limit(constraint: Any) -> int | None:
    if isinstance(constraint, FieldInfo):
        return longest(None, constraint.metadata)
    return getattr(constraint, "max_length", None)


@pytest.mark.parametrize("model", STORED_IN, ids=lambda model: model.__name__)
def test_a_column_has_room_for_what_a_draft_may_hold(model: type[BaseModel]) -> None:
    columns = STORED_IN[model].__table__.columns  # type: ignore[attr-defined]
    limited = {name: longest(field.annotation, field.metadata) for name, field in model.model_fields.items()}
    assert any(limited.values()), "the walk finds the limits"
    for name, most in limited.items():
        room = getattr(columns[name].type, "length", None) if name in columns else None
        assert room is None or (most is not None and most <= room), f"{model.__name__}.{name}: {most} in {room}"


async def test_the_longest_of_everything_is_stored_and_read_back(database: Database) -> None:
    unit, ref, title = "ß" * drafts.MAX_UNIT, "1" * drafts.MAX_REF, "T" * drafts.MAX_TITLE
    text = "x" * 2_000
    plan = Draft(
        title=title,
        municipality=unit,
        period=(2026, 2029),
        goals=(Goal(ref=ref, title=title, result_targets=(text,)),),
        measures=(
            Measure(
                ref=ref,
                title=title,
                description=text,
                goal_ref=ref,
                responsible=text,
                units=(unit,),
                owner=unit,
                deadline=parse("31.12.2027"),
                costs=(CostLine(kind=CostKind.SPENDING, amount_nok=drafts.MAX_NOK, text=text),),
                priority="p" * drafts.MAX_UNIT,
                category=text,
                comment=text,
                also_affected=text,
            ),
        ),
        reporting_dates=(
            ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text=text, rule=YearlyRule(months=(5,), body=unit)),
        ),
        units=(Unit(name=unit),),
        meetings=(Meeting(body=unit, held_on=date(2027, 5, 12)),),
    )
    async with database.write() as session:
        stored = await plans.store(session, plan, municipality="Prøve", actor=COMMAND_LINE, at=AT)
    async with database.read() as session:
        assert await read_draft(session, stored) == plan
