"""The report's tables as a workbook: real tables, dates and numbers as such, and text that stays text."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, cast

from report import figures, workbook_case
from report.case_parts import Say
from report.content import Content
from report.sheets import (
    FONT,
    Row,
    append,
    as_amounts,
    fit_columns,
    fit_row,
    set_up_print,
    without_the_hour,
    write_table,
    write_total,
)
from report.snapshot import Attachment, Measure, Snapshot
from report.wording import build, sayer
from report.workbook_case import ATTACHMENT_COLUMNS, CHANGE_COLUMNS, DEVIATION_COLUMNS, HISTORY_COLUMNS
from templates import words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MEASURE_COLUMNS = (
    "ref",
    "title",
    "goal",
    "description",
    "responsible",
    "owner",
    "deadline",
    "due",
    "plan_deadline",
    "proposed_deadline",
    "overdue",
    "priority",
    "category",
    "funding",
    "status",
    "status_on",
    "answered_by",
    "on_behalf",
    "earlier",
    "text",
    "attachments",
    "archived",
)
PART_COLUMNS = (
    "ref",
    "measure",
    "unit",
    "status",
    "status_on",
    "on_behalf",
    "text",
    "attachments",
    "asked",
    "reminded",
)
COST_COLUMNS = ("ref", "measure", "year", "kind", "amount", "plan_text")
GOAL_COLUMNS = ("goal", "parent", "title", "target", "attainment", "attainment_reason")
UNANSWERED_COLUMNS = ("ref", "measure", "unit", "part", "asked", "reminded", "escalated")

KEPT_IN_SIGHT = 6
"""A table of more columns than this keeps its first two, number and name, in sight."""

TEXT_COLUMNS = ("section", "unit", "text")
TITLE_SIZE = 14
OVERVIEW_WIDTHS = (28, 66)
"""Characters: what stands beside a fact holds a digest of 64."""


def render(snapshot: Snapshot) -> bytes:
    """The report as `.xlsx`; the same snapshot gives the same bytes."""
    from openpyxl import Workbook  # heavy: only where a workbook is made

    book = Workbook()
    book.remove(book.worksheets[0])
    content = build(snapshot)
    _Sheets(book, snapshot, content).write()
    made = datetime.combine(snapshot.made_on, time())
    book.properties.title = content.title
    book.properties.identifier = f"sha256:{content.digest}"
    book.properties.creator = snapshot.municipality
    book.properties.created = made
    target = BytesIO()
    book.save(target)
    return without_the_hour(target.getvalue(), made.replace(tzinfo=UTC))


class _Sheets:
    """Writes one sheet after the other."""

    def __init__(self, book: "Workbook", snapshot: Snapshot, content: Content) -> None:
        self.book = book
        self.snapshot = snapshot
        self.content = content
        self.say: Say = sayer(snapshot.language)
        self.labels = content.labels

    def write(self) -> None:
        self.write_overview()
        self.write_measures()
        self.write_parts()
        self._where_any(
            "sheet_changes", "Endringer", CHANGE_COLUMNS, workbook_case.changes(self.snapshot, self.content)
        )
        self._where_any(
            "sheet_deviations", "Avvik", DEVIATION_COLUMNS, workbook_case.deviations(self.snapshot, self.content)
        )
        self.write_costs()
        self.write_money()
        self.write_goals()
        self.write_unanswered()
        self._where_any("sheet_history", "Historikk", HISTORY_COLUMNS, workbook_case.history(self.snapshot))
        self._where_any("sheet_attachments", "Vedlegg", ATTACHMENT_COLUMNS, workbook_case.attachments(self.snapshot))
        self.write_texts()

    def write_overview(self) -> None:
        """The title, what must be said about the document, its facts, and the counts."""
        from openpyxl.styles import Alignment, Font

        widths = OVERVIEW_WIDTHS
        content = self.content
        sheet = self._sheet("sheet_overview")
        lines: list[Row] = [(content.title,), *((mark,) for mark in content.marks)]
        lines += [(content.notice,)] if content.notice else []
        lines += [(fact.label, "\n".join(fact.lines)) for fact in content.facts]
        lines += [(self.labels["label_digest"], content.digest)]
        lines += [(text,) for text in (content.correction.paragraphs if content.correction else ())]
        lines += [()]
        append(sheet, lines)
        sheet["A1"].font = Font(name=FONT, bold=True, size=TITLE_SIZE)
        sheet.row_dimensions[1].height = TITLE_SIZE * 1.5
        for row, beside in enumerate(lines, start=1):
            if len(beside) == 1:  # runs on over the columns beside, which are empty
                sheet.cell(row, 1).alignment = Alignment(vertical="top")
            elif beside:
                fit_row(sheet, row, [str(value) for value in beside], widths)
        counts = [(f"{count.status.sign} {count.status.word}", count.count) for count in content.counts]
        heads = (self.labels["column_status"], self.labels["column_count"])
        write_table(sheet, "Status", heads, counts, top=len(lines) + 1)
        write_total(sheet, (self.labels["total"], content.total))
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = widths
        set_up_print(sheet, content.title, self._page_of(), landscape=False)

    def write_measures(self) -> None:
        rows = [self._measure(measure) for measure in self.snapshot.measures]
        self._table("sheet_measures", "Tiltak", MEASURE_COLUMNS, rows)

    def _measure(self, measure: Measure) -> Row:
        earlier = [self.say("earlier", year=year, status=code) for year, code in figures.told_earlier(measure)]
        return (
            measure.ref,
            measure.title,
            measure.goal_ref,
            measure.description,
            measure.responsible,
            measure.owner_unit,
            measure.deadline_text,
            measure.due_on,
            measure.plan_deadline_text if measure.deadline_changed_on else None,
            measure.proposed_deadline_text,
            self._yes(measure.overdue),
            measure.priority,
            measure.category,
            self.say("funding", code=measure.funding),
            words.say(f"status.{figures.status_code(measure)}", language=self.snapshot.language),
            measure.status_on,
            measure.answered_by,
            self._yes(measure.on_behalf),
            "; ".join(earlier) or None,
            measure.report_text,
            self._files(measure.attachments),
            self._yes(measure.archived),
        )

    def write_parts(self) -> None:
        """What units say of their part of measures; no sheet where no measure has parts."""
        rows: list[Row] = [
            (
                measure.ref,
                measure.title,
                part.unit,
                words.say(f"status.{part.status or figures.UNANSWERED}", language=self.snapshot.language),
                part.status_on,
                self._yes(part.on_behalf),
                part.report_text,
                self._files(part.attachments),
                part.asked_on,
                part.reminded,
            )
            for measure in figures.current(self.snapshot)
            for part in measure.parts
        ]
        self._where_any("sheet_parts", "Deler", PART_COLUMNS, rows)

    def _files(self, files: Iterable[Attachment]) -> str | None:
        return "; ".join(f"{file.name} (SHA-256 {file.digest})" for file in files) or None

    def write_costs(self) -> None:
        rows: list[Row] = [
            (
                measure.ref,
                measure.title,
                cost.year,
                self.say("cost", kind=cost.kind),
                cost.amount_nok,
                cost.text,
            )
            for measure in figures.current(self.snapshot)
            for cost in measure.costs
        ]
        if rows:
            sheet = self._table("sheet_costs", "Kostnader", COST_COLUMNS, rows)
            as_amounts(sheet, first=5, last=5)

    def write_money(self) -> None:
        """The sums of the report: for each year, and for each measure over all years; their totals stand apart."""
        every = figures.costs(figures.current(self.snapshot))
        kinds = figures.shown_kinds(every)
        of_years = workbook_case.money_of_years(self.snapshot, self.say, kinds)
        of_measures = workbook_case.money_of_measures(self.snapshot, self.say, kinds)
        totals = workbook_case.of_kinds(figures.add_up(every), kinds)
        for label, table, columns, rows in (
            ("sheet_years", "BeløpPerÅr", ("year",), of_years),
            ("sheet_money", "BeløpPerTiltak", ("ref", "measure", "funding"), of_measures),
        ):
            if not rows:
                continue
            sheet = self._table(label, table, columns, rows, [self.say("cost", kind=kind) for kind in kinds])
            append(sheet, [()])
            write_total(sheet, (self.labels["total"], *[None] * (len(columns) - 1), *totals))
            as_amounts(sheet, first=len(columns) + 1, last=len(columns) + len(kinds))

    def write_goals(self) -> None:
        rows: list[Row] = []
        for goal in self.snapshot.goals:
            rows.append((goal.ref, goal.parent_ref, goal.title, None, None, None))
            for target in goal.result_targets:
                attainment = target.attainment and words.say(
                    f"attainment.{target.attainment}", language=self.snapshot.language
                )
                rows.append((goal.ref, goal.parent_ref, None, target.text, attainment, target.reason))
        self._where_any("sheet_goals", "Mål", GOAL_COLUMNS, rows)

    def write_unanswered(self) -> None:
        rows = [row for measure in figures.current(self.snapshot) for row in self._unanswered(measure)]
        self._where_any("sheet_unanswered", "IkkeBesvart", UNANSWERED_COLUMNS, rows)

    def _unanswered(self, measure: Measure) -> Iterator[Row]:
        """The measure where it has no status, and each part of it that has not come."""
        if measure.status is None:
            asked: Row = (measure.asked_on, measure.reminded)
            if measure.unreached:
                asked = (self.say("nobody_reached"), None)
            yield (measure.ref, measure.title, measure.owner_unit, self._yes(False), *asked, measure.escalated_to)
        for _, part in figures.missing_parts([measure]):
            yield (measure.ref, measure.title, part.unit, self._yes(True), part.asked_on, part.reminded, None)

    def write_texts(self) -> None:
        """What the office and the units have written, where they have."""
        content = self.content
        own = content.decisions if self.snapshot.office_texts and self.snapshot.office_texts.decision else ()
        rows: list[Row] = [(self.labels["heading_decision"], None, line) for line in own]
        rows += [(self.labels["heading_summary"], None, line) for line in content.office_summary]
        if self.snapshot.office_texts and self.snapshot.office_texts.assessment and content.assessment:
            rows += [(content.assessment.heading, None, text) for text in content.assessment.paragraphs]
        for part in content.unit_texts:
            rows += [(self.labels["heading_unit_texts"], part.heading, text) for text in part.paragraphs]
        self._where_any("sheet_texts", "Tekster", TEXT_COLUMNS, rows)

    def _yes(self, value: bool) -> str:
        return self.labels["yes" if value else "no"]

    def _sheet(self, label: str) -> "Worksheet":
        return cast("Worksheet", self.book.create_sheet(self.labels[label]))

    def _where_any(self, label: str, table: str, columns: Iterable[str], rows: Sequence[Row]) -> None:
        """The table on a sheet of its own; no sheet where there is nothing to list."""
        if rows:
            self._table(label, table, columns, rows)

    def _table(
        self, label: str, table: str, columns: Iterable[str], rows: Sequence[Row], more_heads: Sequence[str] = ()
    ) -> "Worksheet":
        sheet = self._sheet(label)
        heads = [*(self.labels[f"column_{name}"] for name in columns), *more_heads]
        write_table(sheet, table, heads, rows)
        fit_columns(sheet, heads, rows)
        sheet.freeze_panes = "C2" if len(heads) > KEPT_IN_SIGHT else "A2"
        sheet.print_title_rows = "1:1"
        set_up_print(sheet, f"{self.content.title} – {self.labels[label]}", self._page_of())
        return sheet

    def _page_of(self) -> tuple[str, str]:
        return self.labels["page_word"], self.labels["of_word"]
