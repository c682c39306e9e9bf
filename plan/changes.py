"""What a document changes in a plan that is already known, and what is doubtful about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from plan.draft import Goal, Measure, ReportingDate, Unit

Item = TypeVar("Item")


class DoubtCode(StrEnum):
    """What a person must look at before a change is made. Each names its sentence in `templates/`."""

    SAME_MEASURE = "same_measure"  # one is gone and one is new, and their titles are alike
    RETITLED = "retitled"  # the same number with quite another title
    SAME_TITLE = "same_title"  # several with this title, and not as many as before
    OWNER_NOT_NAMED = "owner_not_named"  # the unit that follows up is no longer among those responsible
    OWNER_PROPOSED = "owner_proposed"  # the first of several units was taken


@dataclass(frozen=True)
class Doubt:
    """A doubt about a measure of the document; `before` is the stored one it is about, if any."""

    code: DoubtCode
    after: Measure
    before: Measure | None = None
    unit: str | None = None


@dataclass(frozen=True)
class FieldChange:
    """One field, by its name in the draft, and its value before and after.

    Of costs and result targets only the lines that differ are there.
    """

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Kept(Generic[Item]):
    """What is in both versions. `fields` is empty where nothing has changed; `is_back` says that it was archived."""

    before: Item
    after: Item
    fields: tuple[FieldChange, ...] = ()
    has_moved: bool = False
    is_back: bool = False


@dataclass(frozen=True)
class Difference(Generic[Item]):
    """Two versions of a list. `current` is the new one; `kept` and `added` are in its order, `gone` in the old."""

    current: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()
    kept: tuple[Kept[Item], ...] = ()
    gone: tuple[Item, ...] = ()

    @property
    def changed(self) -> tuple[Kept[Item], ...]:
        """What was there and has other values now."""
        return tuple(pair for pair in self.kept if pair.fields and not pair.is_back)

    @property
    def back(self) -> tuple[Kept[Item], ...]:
        """What was archived and is in the plan again."""
        return tuple(pair for pair in self.kept if pair.is_back)

    @property
    def moved(self) -> tuple[Kept[Item], ...]:
        """What stands in another place among the others."""
        return tuple(pair for pair in self.kept if pair.has_moved)

    @property
    def is_empty(self) -> bool:
        """Whether both versions are the same."""
        return not (self.added or self.gone or self.changed or self.back or self.moved)


@dataclass(frozen=True)
class MeetingChange:
    """The meetings of a body in a year, where the document states others than are known, or other days for papers.

    `papers` are the days papers go out that the document states and that are new: by meeting, what was set and what is.
    """

    body: str
    before: tuple[date, ...]
    after: tuple[date, ...]
    papers: tuple[tuple[date, date | None, date], ...] = ()


@dataclass(frozen=True)
class PlanChanges:
    """Everything a document changes in a plan. `units` are new, and `superiors` had none and get one."""

    plan: tuple[FieldChange, ...] = ()
    units: tuple[Unit, ...] = ()
    superiors: tuple[Unit, ...] = ()
    goals: Difference[Goal] = Difference()
    measures: Difference[Measure] = Difference()
    reporting_dates: Difference[ReportingDate] = Difference()
    meetings: tuple[MeetingChange, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the document says what is known."""
        lists: tuple[Difference[Any], ...] = (self.goals, self.measures, self.reporting_dates)
        return not (self.plan or self.units or self.superiors or self.meetings) and all(each.is_empty for each in lists)


@dataclass(frozen=True)
class Archived:
    """What has been in the plan and was taken out of it."""

    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()


NOTHING_ARCHIVED = Archived()
