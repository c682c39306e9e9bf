"""A plan as it was read from a document, before a person has confirmed it.

The shapes are the contract of `tiltaksvakt plan read --json`. A draft holds texts and what was understood of them,
never an id of the database. Frozen: a changed draft is a new one (`model_copy(update=…)`).

Texts are cleaned when a draft is made (`clean`); an empty text is None where a text may be missing.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, model_validator

from plan.deadline import Deadline, Kind
from plan.matching import folded

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


def clean(value: object) -> object:
    """A text in Unicode's composed form, without control characters and outer space; anything else as it is.

    Line breaks and tabs stay: they are part of what a document says.
    """
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", lines)).strip()


def _clean_or_none(value: object) -> object:
    cleaned = clean(value)
    return None if cleaned == "" else cleaned


def _number_or_text(value: object) -> object:
    cleaned = _clean_or_none(value)
    if isinstance(cleaned, str) and re.fullmatch("[0-9]{1,4}", cleaned):
        return int(cleaned)
    return cleaned


def _without_empty(values: object) -> object:
    if isinstance(values, list | tuple):
        return tuple(value for value in values if clean(value) != "")
    return values


NO_DEADLINE = Deadline(text="", kind=Kind.NOT_GIVEN)

MAX_REF = 40
MAX_UNIT = 200
MAX_TITLE = 1_000
MAX_TEXT = 50_000
MAX_NOK = 10**12
FIRST_YEAR = 1900
LAST_YEAR = 2200

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Month = Annotated[int, Field(ge=1, le=12)]
Ref = Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=MAX_REF)]
OptionalRef = Annotated[Annotated[str, Field(min_length=1, max_length=MAX_REF)] | None, BeforeValidator(_clean_or_none)]
Title = Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=MAX_TITLE)]
UnitName = Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=MAX_UNIT)]
OptionalUnitName = Annotated[
    Annotated[str, Field(min_length=1, max_length=MAX_UNIT)] | None, BeforeValidator(_clean_or_none)
]
Text = Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=MAX_TEXT)]
OptionalText = Annotated[Annotated[str, Field(max_length=MAX_TEXT)] | None, BeforeValidator(_clean_or_none)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_without_empty)]
Priority = Annotated[
    Annotated[int, Field(ge=0, le=9_999)] | Annotated[str, Field(max_length=MAX_UNIT)] | None,
    BeforeValidator(_number_or_text),
]


class ReportingKind(StrEnum):
    """What a reporting date of the plan is for."""

    COUNCIL_REPORT = "council_report"
    EVALUATION = "evaluation"
    REVIEW = "review"
    BUDGET = "budget"
    REVISION = "revision"
    CONTROL = "control"


class CostKind(StrEnum):
    """Which side of the accounts an amount is on. A net amount is spending minus income."""

    SPENDING = "spending"
    INCOME = "income"
    OWN = "own"
    INVESTMENT = "investment"
    EXTERNAL = "external"


class Funding(StrEnum):
    """How a measure is paid for, as the plan says it."""

    AMOUNT = "amount"
    FRAMEWORK = "framework"
    PROJECT = "project"
    EXTERNAL = "external"
    NONE = "none"
    UNKNOWN = "unknown"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Goal(_Frozen):
    """A goal with the checkable targets under it; `parent_ref` nests goals (mål, delmål)."""

    ref: Ref
    parent_ref: OptionalRef = None
    title: Title
    result_targets: Texts = ()


class CostLine(_Frozen):
    """An amount of one kind in one year, in whole kroner.

    `amount_nok` is None where the plan states no amount or one that cannot be read; `year` is None where it states
    an amount without a year. `text` is what the plan calls the line, or the amount verbatim where it was not read.
    """

    year: Year | None = None
    kind: CostKind
    amount_nok: Annotated[int, Field(ge=-MAX_NOK, le=MAX_NOK)] | None = None
    text: OptionalText = None


class Source(_Frozen):
    """Where in the document something stands; pages, tables and rows count from 1."""

    page: int | None = None
    sheet: str | None = None
    heading: str | None = None
    table: int | None = None
    row: int | None = None


class Measure(_Frozen):
    """One measure.

    `ref` is the plan's own number as text ("2.10" is not 2.1), or one made by us (`ref_is_ours`). `responsible` is
    verbatim and `units` are the units in it; `owner` is the one internal unit that is asked, None until somebody
    decides. `also_affected` is verbatim: units that are touched but not responsible. `priority` is a number, or a
    word where the plan ranks by words. `warnings` are codes.
    """

    ref: Ref
    ref_is_ours: bool = False
    title: Title
    description: OptionalText = None
    goal_ref: OptionalRef = None
    responsible: OptionalText = None
    units: tuple[UnitName, ...] = ()
    deadline: InstanceOf[Deadline] = NO_DEADLINE
    costs: tuple[CostLine, ...] = ()
    funding: Funding = Funding.UNKNOWN
    priority: Priority = None
    category: OptionalText = None
    comment: OptionalText = None
    source: Source = Source()
    warnings: tuple[str, ...] = ()
    owner: OptionalUnitName = None
    also_affected: OptionalText = None


class YearlyRule(_Frozen):
    """When a reporting date falls: once in the course of `months`, at a meeting of `body` if one is named.

    In every `n`th year from `first_year` (None: from the plan's first year) to `last_year` (None: to its last).
    `months` are neighbours in one year, "second quarter" being 4, 5, 6; empty where the plan names only the year.
    Twice a year is two reporting dates; once and for all is a rule whose first and last year are the same.
    """

    months: tuple[Month, ...] = ()
    n: Annotated[int, Field(ge=1, le=20)] = 1
    first_year: Year | None = None
    last_year: Year | None = None
    body: OptionalUnitName = None

    @model_validator(mode="after")
    def _months_are_neighbours(self) -> Self:
        if self.months and self.months != tuple(range(self.months[0], self.months[-1] + 1)):
            raise ValueError("months are not neighbours")
        return self

    @model_validator(mode="after")
    def _years_are_in_order(self) -> Self:
        if self.first_year and self.last_year and self.first_year > self.last_year:
            raise ValueError("years are reversed")
        return self


class ReportingDate(_Frozen):
    """A promise of the plan to report, evaluate or review; `rule` is None where the plan gives no time for it."""

    kind: ReportingKind
    text: Text
    rule: YearlyRule | None = None


class Meeting(_Frozen):
    """A meeting the report passes, once its date is known.

    `papers_on` is the day its papers go out where somebody has set another than the one counted back to.
    """

    body: UnitName
    held_on: date
    papers_on: date | None = None


class Unit(_Frozen):
    """A unit with its superior; `external` units are outside the municipality and are never asked."""

    name: UnitName
    superior: OptionalUnitName = None
    external: bool = False


class LeftOut(_Frozen):
    """What a reader found and did not take for measures: the warning it belongs to, where it stands, what it says."""

    code: str
    source: Source = Source()
    texts: Texts = ()


class Draft(_Frozen):
    """A whole plan. `period` is the first and last year, both included; None when the document does not say.

    `left_out` names what the `warnings` about something left out are about.
    """

    title: Title
    municipality: OptionalUnitName = None
    period: tuple[Year, Year] | None = None
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    reporting_dates: tuple[ReportingDate, ...] = ()
    units: tuple[Unit, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def owner_of(self, measure: Measure) -> str | None:
        """The unit to ask: the stated owner, else the first internal unit that is responsible, else None.

        Plans name the unit in charge first. Where several are named it is a proposal: `owner_is_proposed`.
        """
        return measure.owner or next(iter(self._internal(measure)), None)

    def owner_is_proposed(self, measure: Measure) -> bool:
        """Whether `owner_of` chose among several units, so that a person should look at it."""
        return measure.owner is None and len(self._internal(measure)) > 1

    def _internal(self, measure: Measure) -> tuple[str, ...]:
        external = {unit.name for unit in self.units if unit.external}
        return tuple(name for name in dict.fromkeys(measure.units) if name not in external)

    def to_json(self) -> dict[str, Any]:
        """The draft as `plan read --json` prints it: every key of the contract, then the units and meetings."""
        dumped = self.model_dump(mode="json", exclude={"measures"})
        order = ("title", "municipality", "period", "goals", "measures", "reporting_dates", "warnings")
        dumped["measures"] = [_measure_to_json(measure) for measure in self.measures]
        return {key: dumped.pop(key) for key in order} | dumped

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of `to_json`. Raises `ValueError` or `KeyError` for other data."""
        measures = [{**measure, "deadline": Deadline.from_json(measure["deadline"])} for measure in data["measures"]]
        return cls.model_validate({**data, "measures": measures})


def _measure_to_json(measure: Measure) -> dict[str, Any]:
    dumped = measure.model_dump(mode="json", exclude={"deadline"})
    return {key: measure.deadline.to_json() if key == "deadline" else dumped[key] for key in type(measure).model_fields}


def named_units(draft: Draft) -> list[Unit]:
    """Every unit a draft lists or names, each once."""
    found = {folded(unit.name): unit for unit in reversed(draft.units)}
    found = dict(reversed(found.items()))
    for measure in draft.measures:
        for name in (*measure.units, *([measure.owner] if measure.owner else [])):
            found.setdefault(folded(name), Unit(name=name))
    return list(found.values())
