"""Who keeps a reporting day: the office, the admins or a unit, by the plan's settings."""

from collections.abc import Iterable

from plan.draft import ReportingKind
from plan.reporting_days import KINDS
from scheduler.settings import DaySettings, PlanSettings
from storage.directory import Directory
from storage.tables import ReportingDay


def keepers(people: Directory, settings: DaySettings) -> tuple[int, ...]:
    """The people who hear of a day; for a unit that nobody answers for it is the office."""
    if settings.unit is None:
        return people.told(settings.tell)
    return people.asked(settings.unit) or people.office


def keeps(people: Directory, settings: PlanSettings, row: ReportingDay, person_id: int) -> bool:
    """Whether a person is one of those who keep a day."""
    return person_id in keepers(people, settings.of_kind(ReportingKind(row.kind)))


def are_kept_by_units(every: Iterable[PlanSettings]) -> bool:
    """Whether any unit keeps any days, so that others than the office and the admins may hear of one."""
    return any(settings.of_kind(kind).unit is not None for settings in every for kind in KINDS)
