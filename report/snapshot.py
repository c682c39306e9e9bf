"""The frozen snapshot a report is made from: resolved text, numbers and dates, and nothing to look up again.

A snapshot made today renders to the same content in ten years, whatever has been renamed since. So it holds the
names of units and bodies as they were, the plan's own words, and only what may be shown to the council: an
internal comment is represented by the fact that it exists.

Collections are tuples, and every model is frozen, strict (a text is never read as a number) and closed
(an unknown field is an error). `Snapshot.model_validate_json` reads what `canonical_json` wrote.
"""

import hashlib
import json
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from plan.status import Status

SCHEMA_VERSION: Literal[1] = 1

CostKind = Literal["spending", "income", "own", "investment", "external"]
Funding = Literal["amount", "framework", "project", "external", "none", "unknown"]
Attainment = Literal["attained", "partly_attained", "not_attained"]


class Frozen(BaseModel):
    """What every part of a snapshot has in common."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Meeting(Frozen):
    """A meeting of one body; `provisional` when the plan only says "in May" and nobody has set the real date."""

    body: str
    date: date
    provisional: bool = False


class RouteStop(Frozen):
    """One body of the case route (*saksgang*), with the day its papers are due."""

    body: str
    meets_on: date | None = None
    provisional: bool = False
    papers_due: date | None = None


class ResultTarget(Frozen):
    """A checkable target under a goal; `attainment` is None until somebody has assessed it, for a `reason`."""

    text: str
    attainment: Attainment | None = None
    reason: str | None = None


class Goal(Frozen):
    """A goal of the plan. `parent_ref` is the `ref` of another goal of the same snapshot."""

    ref: str
    parent_ref: str | None = None
    title: str
    result_targets: tuple[ResultTarget, ...] = ()


class Cost(Frozen):
    """One figure of the plan: whole kroner, or None with the plan's own words in `text` when it gives no amount.

    `year` is None when the plan names no year.
    """

    year: int | None
    kind: CostKind
    amount_nok: int | None = None
    text: str | None = None


class Attachment(Frozen):
    """A file that goes with the report: its name, its bytes counted, and their SHA-256 as 64 hex digits."""

    name: str
    size: int = Field(gt=0)
    digest: str


class EarlierStatus(Frozen):
    """What was reported about a measure in an earlier year."""

    year: int
    status: Status


class UnitsPart(Frozen):
    """What one unit says of its own part of a measure that another answers for.

    `status` is None where it has not answered. Then `asked_on` is None when nobody of the unit could be asked, and
    `reminded` counts reminders after the question. The rest is as in a measure.
    """

    unit: str
    status: Status | None = None
    status_on: date | None = None
    on_behalf: bool = False
    told_how: Literal["phone", "mail", "meeting"] | None = None
    told_on: date | None = None
    report_text: str | None = None
    comment_withheld: bool = False
    attachments: tuple[Attachment, ...] = ()
    asked_on: date | None = None
    reminded: int = Field(default=0, ge=0)


class Count(Frozen):
    """Of what is to be done several times a year: how many were done in the year of the report, and of how many."""

    year: int
    done: int = Field(ge=0)
    wanted: int = Field(ge=1)


class Measure(Frozen):
    """One measure with everything the council reads about it.

    `goal_ref` names a goal of the same snapshot, or is None for a measure that stands outside the goals.
    `responsible` is the plan's text verbatim, `owner_unit` the unit that is asked (None: nobody is).
    `told_how` and `told_on` are how and when the unit said what was written down for it.
    `status` is None as long as the unit has not answered; `report_text` is None as long as nothing was released;
    `comment_withheld` says that the unit has commented and the office has not released it.
    `asked_on` is None when no question was put; `reminded` counts reminders after the question;
    `escalated_to` is the unit an unanswered question has gone up to. `unreached`: a question that nobody has got, since
    nobody of the unit has joined.
    `proposed_deadline_text` is a new deadline nobody has decided on. Where one was approved, `deadline_text` is it,
    `plan_deadline_text` is the plan's own, and `deadline_changed_on` the day; `closing` says whether it is
    decided that the measure lapses. `attachments` are those the office has released. `parts` are of units beside the
    one that answers for the whole, in the plan's order. `count` is of what is to be done several times a year.
    `condition_met_on` is the day on which the unit said that what the plan waits for has come true.
    `previous` is what was reported in earlier years, oldest first, and `silent` the earlier years in which the unit
    was asked and did not answer.
    """

    ref: str
    ref_is_ours: bool = False
    title: str
    description: str | None = None
    goal_ref: str | None = None
    responsible: str | None = None
    owner_unit: str | None = None
    deadline_text: str | None = None
    due_on: date | None = None
    overdue: bool = False
    priority: str | None = None
    category: str | None = None
    funding: Funding = "unknown"
    costs: tuple[Cost, ...] = ()
    status: Status | None = None
    status_on: date | None = None
    answered_by: str | None = None
    on_behalf: bool = False
    told_how: Literal["phone", "mail", "meeting"] | None = None
    told_on: date | None = None
    previous: tuple[EarlierStatus, ...] = ()
    silent: tuple[int, ...] = ()
    report_text: str | None = None
    comment_withheld: bool = False
    proposed_deadline_text: str | None = None
    plan_deadline_text: str | None = None
    deadline_changed_on: date | None = None
    closing: Literal["proposed", "approved"] | None = None
    attachments: tuple[Attachment, ...] = ()
    parts: tuple[UnitsPart, ...] = ()
    count: Count | None = None
    condition_met_on: date | None = None
    unreached: bool = False
    asked_on: date | None = None
    reminded: int = Field(default=0, ge=0)
    escalated_to: str | None = None
    archived: bool = False


class OfficeTexts(Frozen):
    """What the office has written for the report itself; None where it has written nothing.

    `summary` is of at most five lines, one for each line of the text; so is each point of the `decision` it proposes.
    """

    summary: str | None = None
    assessment: str | None = None
    decision: str | None = None


class UnitText(Frozen):
    """A paragraph a unit wrote about its part of the plan, as the office has released it."""

    unit: str
    text: str


class Change(Frozen):
    """One thing a correction says otherwise than the version it corrects.

    `ref` is that of the goal or the measure, or the unit's name, with its `title`. `what` names what of it is another
    (`report.changes`), None for the whole. `before` and `after` are given where they are short: words of the plan,
    codes, and dates as in ISO 8601.
    """

    about: Literal["report", "goal", "measure", "unit_text"]
    ref: str | None = None
    title: str | None = None
    kind: Literal["added", "removed", "changed"] = "changed"
    what: str | None = None
    before: str | None = None
    after: str | None = None


class Correction(Frozen):
    """The approved version this one corrects: its number, day and digest, and what is another since."""

    version: int = Field(ge=1)
    approved_on: date | None = None
    digest: str
    changes: tuple[Change, ...] = ()


class Logo(Frozen):
    """The logo or coat of arms: the file as base64, and a width and height that have the proportion of its sides."""

    kind: Literal["png", "svg"]
    content: str
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class Brand(Frozen):
    """How the municipality's documents look. `colour` is six hex digits, dark enough for a text on white."""

    colour: str | None = None
    logo: Logo | None = None


class Snapshot(Frozen):
    """One plan's report for one year, as it was on `made_on`.

    `municipality` is the name with or without the word "kommune"; `leader_title` is "rådmann" or
    "kommunedirektør". `meeting` is where the report is decided upon, `route` the bodies it passes on the way, that one
    included, in order. `example` marks a report whose answers are made up for a demonstration. `corrects` is set in
    what comes after an approved version. `unit_texts` are in the order of the units' names.
    Measures are listed in the plan's order. A ref that is used twice, or a goal that is named and
    does not exist or lies under itself, is refused (`pydantic.ValidationError`).
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    language: str = "nb"
    municipality: str
    leader_title: str
    plan_slug: str
    plan_title: str
    first_year: int
    last_year: int
    year: int
    version: int = Field(ge=1)
    made_on: date
    state: Literal["draft", "approved"] = "draft"
    approved_on: date | None = None
    meeting: Meeting | None = None
    reply_by: date | None = None
    route: tuple[RouteStop, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    example: bool = False
    office_texts: OfficeTexts | None = None
    unit_texts: tuple[UnitText, ...] = ()
    corrects: Correction | None = None
    brand: Brand | None = None

    @model_validator(mode="after")
    def _refs_hold_together(self) -> Self:
        goals = [goal.ref for goal in self.goals]
        measures = [measure.ref for measure in self.measures]
        for refs in (goals, measures):
            if len(refs) != len(set(refs)):
                raise ValueError(f"a ref is used twice: {_first_repeated(refs)}")
        parents = {goal.ref: goal.parent_ref for goal in self.goals}
        for ref in [*parents.values(), *(measure.goal_ref for measure in self.measures)]:
            if ref is not None and ref not in parents:
                raise ValueError(f"no goal has the ref {ref}")
        for ref in parents:
            if ref in _ancestors(ref, parents):
                raise ValueError(f"goal {ref} lies under itself")
        return self


def _ancestors(ref: str, parents: dict[str, str | None]) -> set[str]:
    found: set[str] = set()
    above = parents[ref]
    while above is not None and above not in found:
        found.add(above)
        above = parents[above]
    return found


def _first_repeated(refs: list[str]) -> str:
    return next(ref for ref in refs if refs.count(ref) > 1)


LATER_FIELDS = (
    "plan_deadline_text",
    "deadline_changed_on",
    "closing",
    "attachments",
    "parts",
    "count",
    "condition_met_on",
    "silent",
    "unreached",
)
"""Fields of a measure that the first snapshots did not have: left out where empty, so that those keep their digest."""

LATER_PARTS = ("office_texts", "unit_texts", "corrects", "brand")
"""The same of the snapshot itself."""


def canonical_json(snapshot: Snapshot) -> bytes:
    """The one byte form of a snapshot: UTF-8, keys sorted, no space between, every field but empty later ones."""
    data = snapshot.model_dump(mode="json")
    for part in LATER_PARTS:
        if not data[part]:
            del data[part]
    for measure in data["measures"]:
        for field in LATER_FIELDS:
            if not measure[field]:
                del measure[field]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(snapshot: Snapshot) -> str:
    """SHA-256 of the canonical form, 64 hex digits; printed in every document made from the snapshot."""
    return hashlib.sha256(canonical_json(snapshot)).hexdigest()
