"""What a deadline phrase was understood as: the kinds, the recurrence, and the JSON others build on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self

Unit = Literal["year", "month", "week"]


class Kind(StrEnum):
    """What sort of time a phrase states."""

    DATE = "date"  # one plain day
    PERIOD = "period"  # a stretch whose last day counts
    START = "start"  # only a beginning is stated
    ONGOING = "ongoing"  # never finished, confirmed each round
    RECURRING = "recurring"  # falls due again and again, see Every
    AS_NEEDED = "as_needed"  # no time at all, the need decides
    CONDITIONAL = "conditional"  # depends on something; with or without a date
    MILESTONES = "milestones"  # several things with a time each
    NOT_GIVEN = "not_given"  # the plan says nothing, or that it will be said later
    NOT_UNDERSTOOD = "not_understood"  # kept as it stands, for a person to read


class DeadlineWarning(StrEnum):
    """A doubt about a phrase; whoever shows it finds its sentence in the templates."""

    NOT_UNDERSTOOD = "not_understood"  # no time was found in the text
    TOO_LONG = "too_long"  # more text than a deadline has; not read at all
    REST_NOT_UNDERSTOOD = "rest_not_understood"  # words are left over that may change the meaning
    YEAR_MISSING = "year_missing"  # a time of the year, but of which year?
    PERIOD_MISSING = "period_missing"  # speaks of the plan's period, which is not known
    STARTING_POINT_MISSING = "starting_point_missing"  # "within two years", of what?
    COUNTED_FROM_PLAN_START = "counted_from_plan_start"  # the same, read as from the plan's first day
    DATE_IMPOSSIBLE = "date_impossible"  # 31 February, week 53 of a year with 52
    WEEKDAY_MISMATCH = "weekday_mismatch"  # "Monday 1 May", which was a Saturday
    OUTSIDE_PERIOD = "outside_period"  # falls outside the plan's period
    START_AFTER_DUE = "start_after_due"  # a range that ends before it begins
    SEVERAL_DATES = "several_dates"  # more than one date, and nothing says what each is for
    SEVERAL_KINDS = "several_kinds"  # "ongoing" and "each year" in one phrase
    GUESSED_CENTURY = "guessed_century"  # two digits read as a year
    YEAR_ASSUMED = "year_assumed"  # the year was taken from a neighbour in the phrase
    SCHOOL_YEAR_ASSUMED = "school_year_assumed"  # "2019/20" read as a school year
    ELECTION_PERIOD_ASSUMED = "election_period_assumed"  # the one most of the plan lies in
    AMBIGUOUS_RANGE = "ambiguous_range"  # "2010-12": a range of years or a month
    APPROXIMATE = "approximate"  # "early in", "about", "before the summer holidays"
    UNCERTAIN = "uncertain"  # "perhaps", "preferably"
    IMMEDIATE = "immediate"  # "at once": no day is known
    VAGUE = "vague"  # "in the long term"
    DEPENDS_ON_MEETING = "depends_on_meeting"  # a meeting or the budget work whose day is not given
    DEFINED_ELSEWHERE = "defined_elsewhere"  # "according to the project plan"
    DATE_IN_CONDITION = "date_in_condition"  # a date stands inside the condition and was not read
    DAY_OF_MONTH_UNPLACED = "day_of_month_unplaced"  # "1 May each year" with no year to count from
    TIMES_UNCERTAIN = "times_uncertain"  # "two or three times a year": the lower number counts
    SAME_AS_ABOVE = "same_as_above"  # ditto marks
    STATUS_NOT_DEADLINE = "status_not_deadline"  # "done": says how it went, not when


@dataclass(frozen=True)
class Period:
    """A plan's period, both days included. Raises `ValueError` if it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        """From 1 January of the first year to 31 December of the last."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2020-2024", "2020–2024" or "2022". Raises `ValueError` for anything else."""
        found = re.fullmatch(r"\s*([12]\d{3})(?:\s*[-‐‑‒–—−/]\s*([12]\d{3}))?\s*", text)
        if found is None:
            raise ValueError(f"not a period of years: {text!r}")
        return cls.of_years(int(found[1]), int(found[2] or found[1]))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first.year}-{self.last.year}"

    @property
    def years(self) -> range:
        """The calendar years the period touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def only_year(self) -> int | None:
        """The year, where the period lies within a single one."""
        return self.first.year if len(self.years) == 1 else None


@dataclass(frozen=True)
class Every:
    """How often something recurs: `times` in each `n` units, in the given months if there are any.

    `months` are those whose last day is the due day: the second quarter is (6,), each autumn (11,).
    Raises `ValueError` for numbers that make no sense.
    """

    unit: Unit
    n: int = 1
    times: int = 1
    months: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.unit not in ("year", "month", "week"):
            raise ValueError(f"not a unit of recurrence: {self.unit!r}")
        if self.n < 1 or self.times < 1:
            raise ValueError(f"cannot recur {self.times} times in {self.n} units")
        if any(not 1 <= month <= 12 for month in self.months):
            raise ValueError(f"not months: {self.months}")

    def to_json(self) -> dict[str, Any]:
        """The object of the `deadline --json` contract."""
        return {"unit": self.unit, "n": self.n, "times": self.times, "months": list(self.months)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_json`. Raises `ValueError` or `KeyError` for other data."""
        return cls(data["unit"], data["n"], data["times"], tuple(data["months"]))


@dataclass(frozen=True)
class Deadline:
    """A phrase, verbatim, and what was understood of it.

    `due` is the last day that counts and `start` the first, where the phrase has them. For a
    recurring deadline they bound the recurrence; where months are given and a year is known,
    `start` is the first day it falls due and carries the day of the month. `milestones` has the
    parts of a phrase with several things, and `due` is then the last of theirs.
    """

    text: str
    kind: Kind
    due: date | None = None
    start: date | None = None
    every: Every | None = None
    base_years: tuple[int, ...] = ()
    condition: str | None = None
    milestones: tuple[Deadline, ...] = ()
    warnings: tuple[DeadlineWarning, ...] = ()

    @property
    def meaning(self) -> tuple[object, ...]:
        """What two differently written phrases share: everything but the text and the doubts."""
        parts = tuple(milestone.meaning for milestone in self.milestones)
        return (self.kind, self.due, self.start, self.every, self.base_years, self.condition, parts)

    def is_before(self, day: date) -> bool:
        """Whether it, or something of several things it names, falls due before a day."""
        is_early = self.due is not None and self.due < day
        return is_early or any(milestone.is_before(day) for milestone in self.milestones)

    def to_json(self) -> dict[str, Any]:
        """The object of the `deadline --json` contract."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "due": self.due.isoformat() if self.due else None,
            "start": self.start.isoformat() if self.start else None,
            "every": self.every.to_json() if self.every else None,
            "base_years": list(self.base_years),
            "condition": self.condition,
            "milestones": [milestone.to_json() for milestone in self.milestones],
            "warnings": [warning.value for warning in self.warnings],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_json`. Raises `ValueError` or `KeyError` for other data."""
        return cls(
            text=data["text"],
            kind=Kind(data["kind"]),
            due=date.fromisoformat(data["due"]) if data["due"] else None,
            start=date.fromisoformat(data["start"]) if data["start"] else None,
            every=Every.from_json(data["every"]) if data["every"] else None,
            base_years=tuple(data["base_years"]),
            condition=data["condition"],
            milestones=tuple(cls.from_json(milestone) for milestone in data["milestones"]),
            warnings=tuple(DeadlineWarning(warning) for warning in data["warnings"]),
        )
