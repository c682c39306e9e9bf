"""What a plan can set about its own reminders; a plan that sets nothing gets these defaults."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from plan.annual import RoundSettings, RoundSettingsError
from plan.draft import ReportingKind
from plan.refusal import Refused

Days = Annotated[int, Field(ge=1, le=730)]
Audience = Literal["admin", "office", "both"]
Keepers = Literal["admin", "office", "both", "unit", "nobody"]
WorkingDays = Annotated[int, Field(ge=1, le=120)]


MOST_STEPS = 6


class SettingsRefused(Refused):
    """A plan's settings make no sense; `field` is the first that does not."""


class FollowUp(BaseModel):
    """What happens when an answer does not come, in working days after the day it was due.

    `nag_after`: the unit is reminded. `escalate_after`: the question goes up, first to the superior unit, last to the
    office. All days differ, and nags come before escalations. By default the steps lie further and further apart; there
    are at most six of each, and the last of them is the last word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    nag_after: Annotated[tuple[WorkingDays, ...], Field(max_length=MOST_STEPS)]
    escalate_after: Annotated[tuple[WorkingDays, ...], Field(max_length=MOST_STEPS)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        after = (*self.nag_after, *self.escalate_after)
        if list(after) != sorted(set(after)):
            raise ValueError("escalate_after")
        return self


class DaySettings(BaseModel):
    """How a kind of reporting day is followed up.

    `notice`: calendar days before it, longest first, on which somebody hears of it; on the day itself they always do.
    `tell`: who; with "unit" it is the unit of the id `unit`. With "nobody" the day stands in the calendar, and nothing
    is said of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice: tuple[Days, ...]
    tell: Keepers = "office"
    unit: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.tell == "unit") != (self.unit is not None):
            raise ValueError("tell")
        if list(self.notice) != sorted(set(self.notice), reverse=True):
            raise ValueError("notice")
        return self


class PlanSettings(BaseModel):
    """When a plan's units are asked, reminded and passed over.

    `lead_days`: calendar days before a deadline on which its unit is reminded, longest first. `after_reply_by`: what
    follows an unanswered round; by default all of it within the office's week, before the papers go out.
    `after_deadline`: what follows a deadline that nobody has said anything about. `prepare_before`: working days
    before a round opens on which somebody hears what is missing. `round`: the working days of a round.
    `tell_prepare`: who hears what a round lacks, and of due dates nobody follows up. `tell_nobody`: who hears of
    questions that nobody in the chat can be asked. `discreet`: messages that the bot sends unasked say how many
    measures they are about, and not which. `ask_parts`: beside the unit that answers for a measure, the others that the
    plan names are asked for their part. `evaluation` to `control`: who hears of reporting days of that kind, and
    how long before. `after_reporting_day`: working days after one on which somebody hears that it has neither been done
    nor moved; after the last of them nothing more is said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lead_days: tuple[Days, ...] = (60, 14)
    after_reply_by: FollowUp = FollowUp(nag_after=(1,), escalate_after=(3, 5))
    after_deadline: FollowUp = FollowUp(nag_after=(3, 8), escalate_after=(15, 25))
    prepare_before: WorkingDays = 10
    round: RoundSettings = RoundSettings()
    tell_prepare: Audience = "admin"
    tell_nobody: Audience = "office"
    discreet: bool = False
    ask_parts: bool = True
    evaluation: DaySettings = DaySettings(notice=(60, 14))
    review: DaySettings = DaySettings(notice=(30, 7))
    budget: DaySettings = DaySettings(notice=(60, 14))
    revision: DaySettings = DaySettings(notice=(365, 90))
    control: DaySettings = DaySettings(notice=(30, 7))
    after_reporting_day: tuple[WorkingDays, ...] = (5, 15, 30)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if list(self.lead_days) != sorted(set(self.lead_days), reverse=True):
            raise ValueError("lead_days")
        if list(self.after_reporting_day) != sorted(set(self.after_reporting_day)):
            raise ValueError("after_reporting_day")
        return self

    def leading(self, own: Sequence[int] | None, *, starts: bool = False) -> Self:
        """The settings for a due date: with the measure's own lead days, if it has any; a start has no lead days."""
        if starts:
            return self.model_copy(update={"lead_days": ()})
        return self if own is None else self.model_copy(update={"lead_days": tuple(own)})

    def of_kind(self, kind: ReportingKind) -> DaySettings:
        """How reporting days of a kind are followed up."""
        return {
            ReportingKind.EVALUATION: self.evaluation,
            ReportingKind.REVIEW: self.review,
            ReportingKind.BUDGET: self.budget,
            ReportingKind.REVISION: self.revision,
            ReportingKind.CONTROL: self.control,
        }[kind]

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """A plan's stored settings over the defaults. Raises `SettingsRefused`."""
        try:
            return cls.model_validate(stored)
        except ValidationError as error:
            raise SettingsRefused("settings", field=_field_of(error)) from error

    @classmethod
    def usable(cls, stored: dict[str, Any]) -> Self:
        """The same, with the default in the place of what cannot be used: for all but what goes out by itself."""
        return cls.of(cls._split(stored)[0])

    @classmethod
    def faults(cls, stored: dict[str, Any]) -> tuple[str, ...]:
        """The paths of all that cannot be used, the first of each setting; empty where everything can."""
        return cls._split(stored)[1]

    @classmethod
    def _split(cls, stored: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The settings that can be used, and the paths of the others."""
        if not isinstance(stored, dict):
            return {}, ("settings",)
        left, found = stored, list[str]()
        while True:
            try:
                cls.of(left)
            except SettingsRefused as refused:
                found.append(refused.data["field"])
                wrong = found[-1].partition(".")[0]
                left = {name: value for name, value in left.items() if name != wrong} if wrong in left else {}
            else:
                return left, tuple(found)


def _field_of(error: ValidationError) -> str:
    """The path of the first setting that makes no sense; "settings" where they are no settings at all."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, RoundSettingsError):
        path.append(cause.setting)
    elif isinstance(cause, ValueError):
        path.append(str(cause))
    return ".".join(path) or "settings"
