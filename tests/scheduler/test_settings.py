"""A plan's settings: the defaults, and what is refused with the name of the setting."""

from collections.abc import Iterator
from typing import Any

import pytest

from plan.annual import RoundSettings
from scheduler.settings import PlanSettings, SettingsRefused


def test_a_plan_that_sets_nothing_gets_the_defaults() -> None:
    settings = PlanSettings.of({})
    assert settings.lead_days == (60, 14)
    assert settings.round == RoundSettings(papers=10, office=5, reply=15)


def test_a_plan_sets_what_it_wants_and_keeps_the_rest() -> None:
    settings = PlanSettings.of({"lead_days": [90], "round": {"reply": 20}})
    assert settings.lead_days == (90,)
    assert settings.round == RoundSettings(reply=20)
    assert settings.after_deadline == PlanSettings().after_deadline


def _days(values: dict[str, Any], *path: str) -> Iterator[tuple[str, ...]]:
    """The path of every setting that is a number of days, or several."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _days(value, *path, name)
        elif isinstance(value, (int, list)) and not isinstance(value, bool):
            yield (*path, name)


@pytest.mark.parametrize("days", [0, -3])
@pytest.mark.parametrize("path", [*_days(PlanSettings().model_dump(mode="json"))], ids=".".join)
def test_no_setting_that_is_stored_may_be_no_days_or_fewer(path: tuple[str, ...], days: int) -> None:
    stored = PlanSettings().model_dump(mode="json")
    *above, name = path
    inner = stored
    for part in above:
        inner = inner[part]
    inner[name] = [days] if isinstance(inner[name], list) else days
    with pytest.raises(SettingsRefused) as refused:
        PlanSettings.of(stored)
    assert refused.value.data["field"].startswith(".".join(path))


@pytest.mark.parametrize(
    ("stored", "field"),
    [
        ({"lead_days": [0]}, "lead_days.0"),
        ({"lead_days": [-3]}, "lead_days.0"),
        ({"lead_days": [14, 60]}, "lead_days"),
        ({"lead_days": [14, 14]}, "lead_days"),
        ({"lead_days": "soon"}, "lead_days"),
        ({"after_deadline": {"nag_after": [5], "escalate_after": [3]}}, "after_deadline.escalate_after"),
        ({"after_deadline": {"nag_after": [5]}}, "after_deadline.escalate_after"),
        ({"round": {"papers": 0}}, "round.papers"),
        ({"round": {"papers": 500}}, "round.papers"),
        ({"round": {"paper": 5}}, "round.paper"),
        ({"round": 5}, "round"),
        ({"prepare_before": 0}, "prepare_before"),
        ({"colour": "red"}, "colour"),
        (None, "settings"),
        ([], "settings"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_the_setting(stored: Any, field: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        PlanSettings.of(stored)
    assert (refused.value.code, refused.value.data) == ("settings", {"field": field})


def test_what_can_be_used_is_used_and_the_rest_is_named() -> None:
    stored = {"lead_days": [0], "round": {"papers": 8, "reply": -3}, "after_reporting_day": [7], "colour": "red"}
    assert PlanSettings.usable(stored) == PlanSettings(after_reporting_day=(7,))
    assert set(PlanSettings.faults(stored)) == {"lead_days.0", "round.reply", "colour"}


@pytest.mark.parametrize("stored", [None, [], "soon", {"lead_days": None}])
def test_settings_that_are_none_are_the_defaults(stored: Any) -> None:
    assert PlanSettings.usable(stored) == PlanSettings()
    assert len(PlanSettings.faults(stored)) == 1
