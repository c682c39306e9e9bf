"""What deadline phrases mean, one row each: the phrase, its kind, its due day, and whatever else it says."""

from datetime import date
from typing import Any

import pytest

from plan.deadline import Deadline, Every, Kind, Period, parse

PLAN = Period.of_years(2019, 2024)

# (phrase, kind, due, extras): extras are other fields of the deadline; what is not named is empty.
Row = tuple[str, str, str | None, dict[str, Any]]

FROM_THREE_PLANS: list[Row] = [
    ("Løpende", "ongoing", None, {}),
    ("31.12.2022", "date", "2022-12-31", {}),
    ("1.1.2023", "date", "2023-01-01", {}),
    ("1.1.2022", "date", "2022-01-01", {}),
    ("01.01. 2024", "date", "2024-01-01", {}),
    ("2020", "period", "2020-12-31", {"start": "2020-01-01"}),
    (
        "2020, ved innvilgning av ekstern støtte.",
        "conditional",
        "2020-12-31",
        {"start": "2020-01-01", "condition": "ved innvilgning av ekstern støtte"},
    ),
    ("Iverksettes fra 2020", "start", None, {"start": "2020-01-01"}),
    ("2019/2020", "period", "2020-12-31", {"start": "2019-01-01"}),
    ("Årlig", "recurring", None, {"every": Every("year")}),
    ("Etter behov", "as_needed", None, {}),
    ("Ved behov", "as_needed", None, {}),
    (
        "Besøk på Sagatun i Hamar januar 2019\nAvklaring innen 1. halvår 2019",
        "milestones",
        "2019-06-30",
        {"parts": ["2019-01-31", "2019-06-30"]},
    ),
    ("Hvert 3.år\n2019\n2022", "recurring", None, {"every": Every("year", 3), "base_years": (2019, 2022)}),
    ("Andre kvartal hvert år", "recurring", None, {"every": Every("year", 1, 1, (6,))}),
    ("2. kvartal hvert år", "recurring", None, {"every": Every("year", 1, 1, (6,))}),
    ("innen 2019", "period", "2019-12-31", {}),
    ("2019 og 2022", "milestones", "2022-12-31", {"parts": ["2019-12-31", "2022-12-31"]}),
]


def expected(kind: str, due: str | None, extras: dict[str, Any]) -> dict[str, Any]:
    start = extras.get("start")
    return {
        "kind": Kind(kind),
        "due": date.fromisoformat(due) if due else None,
        "start": date.fromisoformat(start) if start else None,
        "every": extras.get("every"),
        "base_years": extras.get("base_years", ()),
        "condition": extras.get("condition"),
        "parts": extras.get("parts", []),
        "warnings": extras.get("warnings", []),
    }


def found(deadline: Deadline) -> dict[str, Any]:
    return {
        "kind": deadline.kind,
        "due": deadline.due,
        "start": deadline.start,
        "every": deadline.every,
        "base_years": deadline.base_years,
        "condition": deadline.condition,
        "parts": [part.due.isoformat() if part.due else part.kind.value for part in deadline.milestones],
        "warnings": [warning.value for warning in deadline.warnings],
    }


ROWS = FROM_THREE_PLANS


@pytest.mark.parametrize(("phrase", "kind", "due", "extras"), ROWS, ids=[repr(row[0]) for row in ROWS])
def test_a_phrase_means(phrase: str, kind: str, due: str | None, extras: dict[str, Any]) -> None:
    deadline = parse(phrase, period=extras.get("period", PLAN))
    assert deadline.text == phrase
    assert found(deadline) == expected(kind, due, extras)
