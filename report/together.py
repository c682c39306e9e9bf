"""All plans together as a Word document: how each stands, how far its round has come, and what is overdue."""

from collections.abc import Sequence
from datetime import date

import templates
from report.figures import STATUS_ORDER, UNANSWERED
from report.glance import Glance
from report.office_document import Column, OfficeDocument
from report.wording import SENTENCES
from storage.ids import id_of
from storage.tables import Measure


def render(plans: Sequence[Glance], made_on: date, language: str, leader_title: str) -> bytes:
    """The plans as `.docx`, as of a day. The same plans and day give the same bytes."""
    return _Wording(language, made_on).document(plans, leader_title)


class _Wording:
    def __init__(self, language: str, made_on: date) -> None:
        self.language = language
        self.made_on = made_on

    def document(self, plans: Sequence[Glance], leader_title: str) -> bytes:
        made = OfficeDocument(self._say("title"), leader_title, self.language, self.made_on)
        count = sum(len(seen.measures) for seen in plans)
        made.paragraph(self._say("intro", count=len(plans), measures=count, day=self.made_on))
        made.table(self._say("caption"), self._columns(), [self._row(seen) for seen in plans], [self._total(plans)])
        for seen in plans:
            made.heading(self._name(seen))
            overdue = seen.late(self.made_on)
            made.paragraph(self._say("late" if overdue else "nothing_late"))
            made.items([self._overdue(seen, measure) for measure in overdue])
        return made.content()

    def _say(self, name: str, **data: object) -> str:
        return SENTENCES.say(f"samlet.{name}", language=self.language, **data)

    def _status(self, code: str) -> str:
        return templates.words.say(f"status.{code}", language=self.language)

    def _columns(self) -> list[Column]:
        return [
            Column(self._say("head_plan"), 9),
            Column(self._say("head_measures"), 2, is_number=True),
            *(Column(self._status(code), 4, is_number=True) for code in STATUS_ORDER),
            Column(self._say("head_late"), 3, is_number=True),
            Column(self._say("head_round"), 9),
        ]

    def _row(self, seen: Glance) -> list[str]:
        counts = [str(seen.counts.get(code, 0)) for code in STATUS_ORDER]
        return [
            self._name(seen),
            str(len(seen.measures)),
            *counts,
            str(len(seen.late(self.made_on))),
            self._round(seen),
        ]

    def _total(self, plans: Sequence[Glance]) -> list[str]:
        counts = [str(sum(seen.counts.get(code, 0) for seen in plans)) for code in STATUS_ORDER]
        overdue = sum(len(seen.late(self.made_on)) for seen in plans)
        return [self._say("total"), str(sum(len(seen.measures) for seen in plans)), *counts, str(overdue), ""]

    def _name(self, seen: Glance) -> str:
        first, last = seen.plan.first_year, seen.plan.last_year
        return self._say("plan", title=seen.plan.title, period=(first, last) if first and last else None)

    def _round(self, seen: Glance) -> str:
        if seen.round is None:
            return self._say("no_round")
        return self._say(
            "round",
            year=seen.round.year,
            answered=seen.outcome.answered,
            asked=seen.outcome.asked,
            body=seen.round.body,
            meeting_on=seen.round.meeting_on,
            provisional=seen.round.provisional,
        )

    def _overdue(self, seen: Glance, measure: Measure) -> str:
        last = seen.last.get(id_of(measure))
        return self._say(
            "late_measure",
            ref=measure.ref,
            title=measure.title,
            deadline=measure.deadline_text,
            status=self._status(last.status if last else UNANSWERED),
        )
