"""What a plan can set about its own reminders; a plan that sets nothing gets these defaults."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from plan.annual import RoundSettings
from plan.refusal import Refused

Days = Annotated[int, Field(ge=1, le=730)]
WorkingDays = Annotated[int, Field(ge=1, le=120)]


class SettingsRefused(Refused):
    """A plan's settings make no sense; `field` is the first that does not."""


class PlanSettings(BaseModel):
    """When a plan's units are asked, reminded and passed over.

    `lead_days`: calendar days before a deadline on which its unit is reminded, longest first. `nag_after` and
    `escalate_after`: working days after the day an answer was due; nags come before escalations, and the first
    escalation goes to the superior unit, the last to the office. `prepare_before`: working days before a round
    opens on which admins hear what is missing. `round`: the working days of a round.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lead_days: tuple[Days, ...] = (60, 14)
    nag_after: tuple[WorkingDays, ...] = (2, 5)
    escalate_after: tuple[WorkingDays, ...] = (8, 13)
    prepare_before: WorkingDays = 10
    round: RoundSettings = RoundSettings()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if list(self.lead_days) != sorted(set(self.lead_days), reverse=True):
            raise ValueError("lead_days")
        after = (*self.nag_after, *self.escalate_after)
        if list(after) != sorted(set(after)):
            raise ValueError("escalate_after")
        return self

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """A plan's stored settings over the defaults. Raises `SettingsRefused`."""
        try:
            return cls.model_validate(stored)
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsRefused(
                "settings", field=".".join(str(part) for part in first["loc"]) or first["msg"]
            ) from error
