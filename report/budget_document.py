"""The budget input as a Word document: the measures by priority, money per year, and the plan each is anchored in."""

from datetime import date

import templates
from plan.draft import CostKind
from report.budget import Budget, Line
from report.office_document import Column, OfficeDocument
from report.wording import SENTENCES, sayer
from templates import formats

NONE = "–"


def render(budget: Budget, made_on: date, language: str, leader_title: str) -> bytes:
    """The budget input as `.docx`, as of a day. The same lines and day give the same bytes."""
    return _Wording(budget, language).document(made_on, leader_title)


class _Wording:
    def __init__(self, budget: Budget, language: str) -> None:
        self.budget = budget
        self.language = language
        self.several = len(budget.plans) > 1

    def document(self, made_on: date, leader_title: str) -> bytes:
        made = OfficeDocument(self._say("title", years=self.budget.years), leader_title, self.language, made_on)
        lines = self.budget.lines
        if not lines:
            made.paragraph(self._say("nothing"))
            return made.content()
        made.paragraph(self._say("intro", plans=self.budget.plans, count=len(lines), day=made_on))
        with_money = [line for line in lines if line.amounts]
        if with_money:
            rows = [row for line in with_money for row in self._amounts(line)]
            made.table(self._say("with_money"), self._money_columns(), rows, self._totals(), is_section=True)
            made.paragraph(self._say("other_years"))
        without = [self._without(line) for line in lines if not line.amounts]
        if without:
            columns = [*self._about(), Column(self._say("head_note"), 8)]
            made.table(self._say("without_money"), columns, without, is_section=True)
        return made.content()

    def _say(self, name: str, **data: object) -> str:
        return SENTENCES.say(f"budsjett.{name}", language=self.language, **data)

    def _about(self) -> list[Column]:
        plan = [Column(self._say("head_plan"), 8)] if self.several else []
        return [
            Column(self._say("head_priority"), 4),
            *plan,
            Column(self._say("head_ref"), 3),
            Column(self._say("head_measure"), 10),
            Column(self._say("head_unit"), 7),
        ]

    def _money_columns(self) -> list[Column]:
        years = [*map(str, self.budget.years), self._say("head_other")]
        return [*self._about(), Column(self._say("head_kind"), 8), *(Column(year, 5, is_number=True) for year in years)]

    def _cells(self, line: Line) -> list[str]:
        plan = [line.plan] if self.several else []
        return [line.priority or NONE, *plan, line.ref, line.title, line.unit or NONE]

    def _amounts(self, line: Line) -> list[list[str]]:
        return [
            [*self._cells(line), self._kind(kind), *(self._money(of_kind.get(year)) for year in self._years())]
            for kind, of_kind in line.amounts.items()
        ]

    def _totals(self) -> list[list[str]]:
        before = [""] * (len(self._about()) - 2)
        return [
            [
                *before,
                self._say("total", kind=self._kind(kind)),
                "",
                "",
                *(self._money(self.budget.total(kind, year)) for year in self._years()),
            ]
            for kind in self.budget.kinds
        ]

    def _without(self, line: Line) -> list[str]:
        said = "; ".join(line.words) or sayer(self.language)("funding", code=line.funding)
        return [*self._cells(line), said]

    def _years(self) -> tuple[int | None, ...]:
        return (*self.budget.years, None)

    def _kind(self, kind: CostKind) -> str:
        return templates.words.say(f"cost.{kind.value}", language=self.language)

    def _money(self, amount: int | None) -> str:
        return NONE if amount is None else formats.number(amount, self.language)
