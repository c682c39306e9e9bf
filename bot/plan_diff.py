"""What a document changes in a plan, in words: a heading for each kind of change, and what was and is below it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import Any

import templates
from plan.changes import Difference, Doubt, DoubtCode, FieldChange, Kept, PlanChanges
from plan.deadline import Deadline
from plan.draft import Goal, Measure, ReportingDate, YearlyRule

WIDEST = 120
LEAD = 30
LINES = frozenset({"costs", "result_targets"})


class Wording:
    """Changes in words."""

    def __init__(self, language: str) -> None:
        self._language = language

    def lines(self, changes: PlanChanges, slug: str) -> Iterator[str]:
        """The whole difference, a line each."""
        yield self._say("heading", slug=slug)
        yield from self._section("plan", (self._field(change) for change in changes.plan))
        for name, difference in (
            ("measures", changes.measures),
            ("goals", changes.goals),
            ("reporting_dates", changes.reporting_dates),
        ):
            yield from self._difference(name, difference)
        yield from self._section(
            "meetings",
            (
                self._say("meeting", body=each.body, before=each.before, after=each.after, papers=each.papers)
                for each in changes.meetings
            ),
        )
        yield from self._section("units", (unit.name for unit in changes.units))
        yield from self._section(
            "superiors",
            (self._say("superior", unit=unit.name, superior=unit.superior) for unit in changes.superiors),
        )

    def doubt(self, doubt: Doubt) -> str:
        """A doubt about a change, as a sentence."""
        if doubt.code is DoubtCode.OWNER_PROPOSED:
            return templates.cli.say(
                "doubt.owner_proposed", language=self._language, measure=doubt.after.ref, unit=doubt.unit
            )
        return self._say(doubt.code.value, after=doubt.after, before=doubt.before, unit=doubt.unit)

    def _say(self, name: str, /, **data: Any) -> str:
        return templates.cli.say(f"plan_change.{name}", language=self._language, **data)

    def _section(self, name: str, lines: Iterable[str]) -> Iterator[str]:
        found = list(lines)
        if found:
            yield ""
            yield self._say(name)
            yield from (f"  {line}" for line in found)

    def _difference(self, name: str, found: Difference[Any]) -> Iterator[str]:
        yield from self._section(f"{name}_added", (self._item(item) for item in found.added))
        yield from self._section(f"{name}_changed", self._pairs(found.changed))
        if found.back:
            yield from self._section(f"{name}_back", self._pairs(found.back))
        yield from self._section(f"{name}_gone", (self._item(item) for item in found.gone))
        if found.moved:
            yield from self._section(f"{name}_moved", (self._item(pair.after) for pair in found.moved))

    def _item(self, item: Measure | Goal | ReportingDate) -> str:
        if isinstance(item, ReportingDate):
            rule = f" ({self._rule(item.rule)})" if item.rule else ""
            return self._shortened(item.text) + rule
        return self._say("item", ref=item.ref, title=item.title)

    def _pairs(self, pairs: Sequence[Kept[Any]]) -> Iterator[str]:
        for pair in pairs:
            yield self._item(pair.after)
            for change in pair.fields:
                yield from (f"    {line}" for line in self._field_lines(change))

    def _field_lines(self, change: FieldChange) -> Iterator[str]:
        if change.name not in LINES:
            yield self._field(change)
            return
        name = self._say(f"name_{change.name}")
        for line in change.before:
            yield self._say("line_gone", name=name, text=self._one(change.name, line))
        for line in change.after:
            yield self._say("line_new", name=name, text=self._one(change.name, line))

    def _field(self, change: FieldChange) -> str:
        before, after = self._both(change)
        return self._say("field", name=self._say(f"name_{change.name}"), before=before, after=after)

    def _both(self, change: FieldChange) -> tuple[str, str]:
        """Both values; of long texts the part in which they differ."""
        before, after = change.before, change.after
        if isinstance(before, str) and isinstance(after, str):
            same = _same_beginning(before, after)
            cut = before.rfind(" ", 0, max(same - LEAD, 0)) if max(len(before), len(after)) > WIDEST else -1
            if cut > 0:
                before, after = f"… {before[cut + 1 :]}", f"… {after[cut + 1 :]}"
        if isinstance(before, Deadline) and isinstance(after, Deadline) and before.text == after.text:
            return self._with_day(before), self._with_day(after)
        return self._one(change.name, before), self._one(change.name, after)

    def _one(self, name: str, value: Any) -> str:
        """A value in words."""
        if value in (None, (), ""):
            return self._say("nobody" if name in {"owner", "units"} else "empty")
        if isinstance(value, Deadline):
            return self._quoted(value.text) if value.text else self._say("empty")
        by_name: dict[str, Callable[[Any], str]] = {
            "ref_is_ours": lambda ours: self._say("ours" if ours else "the_plans"),
            "funding": lambda funding: self._say(f"funding_{funding.value}"),
            "rule": self._rule,
            "period": lambda years: f"{years[0]}–{years[1]}",
            "units": lambda names: ", ".join(self._quoted(each) for each in names),
            "costs": lambda line: self._say("cost", line=line),
        }
        return by_name.get(name, lambda other: self._quoted(str(other)))(value)

    def _with_day(self, deadline: Deadline) -> str:
        if deadline.due is None:
            return self._quoted(deadline.text)
        return self._say("due", text=self._quoted(deadline.text), day=deadline.due)

    def _rule(self, rule: YearlyRule) -> str:
        from templates import formats

        months = [formats.month(date(2000, month, 1), self._language).partition(" ")[0] for month in rule.months]
        return " ".join(self._say("rule", rule=rule, months=months).split())

    def _quoted(self, text: str) -> str:
        return self._say("quoted", text=self._shortened(text))

    def _shortened(self, text: str) -> str:
        return shorten(text, WIDEST, placeholder=" …")


def _same_beginning(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
