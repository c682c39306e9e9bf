"""What a report says, ready to be laid out: every text in its final wording, the same for all documents.

`report.wording.build` makes a `Content` from a snapshot. The layouts (Word template, Typst, HTML) only place
what they find here. Texts are made legible (`report.legible`) as they enter.
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, computed_field

from report import legible

Line = Annotated[str, AfterValidator(legible.line)]
Text = Annotated[str, AfterValidator(legible.text)]
Lines = tuple[Line, ...]


class Part(BaseModel):
    """What every part of the content has in common."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class StatusMark(Part):
    """A status as it is shown: word, sign, and colours as six hex digits without "#"."""

    code: str
    word: Line
    sign: str
    fill: str
    ink: str


class StatusCount(Part):
    """How many measures have a status."""

    status: StatusMark
    count: int


class Fact(Part):
    """A labelled fact at the top of the document, on one or more lines."""

    label: Line
    lines: Lines


class Bar(Part):
    """One bar of the chart; `counts` follow the chart's `legend`."""

    label: Line
    counts: tuple[int, ...]


class Chart(Part):
    """The chart as data. `alternative` says in words everything it shows."""

    title: Line
    caption: Line
    alternative: Line
    axis: Line
    legend: tuple[StatusMark, ...]
    bars: tuple[Bar, ...]


class Series(Part):
    """What stands in each column of a picture; `pattern` is the status whose hatching it has, colours as of a mark."""

    label: Line
    pattern: str
    fill: str
    ink: str


class Picture(Part):
    """A picture over the years as data. `counts` of its columns follow its `series`; money is in whole kroner.

    `words` says all it shows, a line for each column, and `alternative` the same in one; `note` says how it is counted.
    """

    name: str
    title: Line
    caption: Line
    alternative: Line
    note: Line
    words: Lines
    axis: Line
    series: tuple[Series, ...]
    columns: tuple[Bar, ...]
    side_by_side: bool


class Field(Part):
    """A text that can be written in the Word draft, in a content control of this `tag` and `title`.

    `lines` are its paragraphs; without any, `hint` stands there until somebody writes. A measure's text stands in its
    row. `report.read_back` reads what was written.
    """

    tag: str
    title: Line
    hint: Line | None = None
    lines: tuple[Text, ...] = ()


class UnitsPartRow(Part):
    """What one unit says of its part of a measure. `text` is None where there is nothing to say beyond `label`.

    `paragraphs` are those of `text`, which an empty line parts.
    """

    label: Line
    text: Text | None
    paragraphs: tuple[str, ...]
    text_is_ours: bool
    field: Field | None
    source: Line | None


class Fields(Part):
    """What the office can write in the Word draft about the report as a whole."""

    decision: Field
    summary: Field
    assessment: Field


class MeasureRow(Part):
    """One measure in the table of its goal; `text_is_ours` when nobody wrote a report text and we say so.

    `paragraphs` are those of `text`, which an empty line parts.
    `field` is where a draft takes one; None where there is no answer it could be about, and in what is approved.
    """

    ref: Line
    title: Line
    responsible: Line
    follow_up: Line | None
    deadline: Line
    deadline_notes: Lines
    status: StatusMark
    earlier: Lines
    text: Text
    paragraphs: tuple[str, ...]
    text_is_ours: bool
    field: Field | None
    source: Line | None
    parts: tuple[UnitsPartRow, ...]


class Section(Part):
    """A goal, or what stands outside the goals. `level` is that of its heading: 2 for a goal at the top, at most 4.

    `note` stands where there are no measures.
    """

    heading: Line
    level: int
    lead: Text | None
    targets: Lines
    caption: Line
    measures: tuple[MeasureRow, ...]
    note: Line | None


class YearRow(Part):
    """The money of one year; `amounts` in the order of the economy's `kinds`."""

    label: Line
    amounts: Lines


class MoneyRow(Part):
    """The money of one measure over all years."""

    ref: Line
    title: Line
    funding: Line
    amounts: Lines


class Economy(Part):
    """What the plan says things cost. `totals` is the last row of both tables. `intro` stands alone without tables.

    `measures` are those with an amount; `left_out` says how many have none, where any have one and not all.
    `shown` are the places of the kinds that have an amount anywhere, which the tables have a column for; amounts and
    totals are of every kind, since a Word template of the municipality's own names them by their places.
    """

    intro: Line
    kinds: Lines
    shown: tuple[int, ...]
    years_caption: Line
    years: tuple[YearRow, ...]
    measures_caption: Line
    measures: tuple[MoneyRow, ...]
    left_out: Line | None
    totals: Lines
    without_amount_intro: Line | None
    without_amount: Lines


class UnansweredRow(Part):
    """A measure without a status, or a part of one that a unit has not told of, and what has been done to get it."""

    ref: Line
    title: Line
    unit: Line
    asked: Line
    reminded: Line
    escalated: Line


class Unanswered(Part):
    """Everything that is missing; without rows, `intro` says that nothing is."""

    intro: Line
    caption: Line
    measures: tuple[UnansweredRow, ...]


class ChangeRow(Part):
    """A measure with another status than when it was last reported on; `before` says when, and which."""

    ref: Line
    title: Line
    before: Line
    status: StatusMark


class Changes(Part):
    """What has happened since earlier reports; without rows, `intro` says that nothing has, or why nobody knows."""

    intro: Line
    caption: Line
    measures: tuple[ChangeRow, ...]


class DeviationRow(Part):
    """A measure that does not go as planned, for `reasons`; `changed` names the plan's deadline that was replaced."""

    ref: Line
    title: Line
    reasons: Lines
    deadline: Line
    changed: Line | None
    proposed: Line


class Deviations(Part):
    """Everything that does not go as planned; without rows, `intro` says that nothing is."""

    intro: Line
    caption: Line
    measures: tuple[DeviationRow, ...]


class TargetRow(Part):
    """A target of a goal, and how far it is held to be reached."""

    goal: Line
    text: Line
    attainment: Line
    reason: Line | None


class Targets(Part):
    """All targets of the plan; without rows, `intro` says that there are none, or that none is assessed."""

    intro: Line
    caption: Line
    targets: tuple[TargetRow, ...]


class AttachmentRow(Part):
    """A file that goes with the report; `digest` is its SHA-256."""

    ref: Line
    name: Line
    size: Line
    digest: Line


class Attachments(Part):
    """The files that go with the report; without rows, `intro` says that there are none."""

    intro: Line
    caption: Line
    files: tuple[AttachmentRow, ...]


class Archived(Part):
    """Measures that have been taken out of the plan, as one line each."""

    intro: Line
    measures: Lines


class Prose(Part):
    """A heading and what stands under it, a text for each paragraph; `field` is where a draft takes another."""

    heading: Line
    paragraphs: tuple[Text, ...]
    field: Field | None = None


class Emblem(Part):
    """The municipality's logo: what it shows in words, and how large it is in print."""

    alternative: Line
    width_mm: float
    height_mm: float


class Content(Part):
    """A whole report in words. `labels` holds headings and column heads by the names of their sentences.

    `marks` are what the running head must say about the document (draft, example); `no_sections` stands where there
    are neither goals nor measures. `office_summary` is the summary in the office's own lines, before the `summary` of
    what is counted; `assessment` is the office's, and `unit_texts` are what units wrote of their parts. `correction`
    says what this version has otherwise than the approved one before it. `colour` is that of headings and `tint` that
    behind column heads, as six hex digits.
    """

    language: str
    municipality: Line
    kind: Line
    title: Line
    running_title: Line
    author: Line
    emblem: Emblem | None
    colour: str
    tint: str
    labels: dict[str, Line]
    marks: Lines
    notice: Line | None
    facts: tuple[Fact, ...]
    correction: Prose | None
    decisions: Lines
    office_summary: Lines
    summary: Lines
    counts_caption: Line
    counts: tuple[StatusCount, ...]
    total: int
    chart: Chart | None
    assessment: Prose | None
    unit_texts: tuple[Prose, ...]
    fields: Fields | None
    changes: Changes
    pictures: tuple[Picture, ...]
    sections: tuple[Section, ...]
    no_sections: Line | None
    deviations: Deviations
    economy: Economy
    targets: Targets
    unanswered: Unanswered
    attachments: Attachments
    archived: Archived | None
    about: Lines
    digest: str

    @computed_field  # type: ignore[prop-decorator]  # mypy issue 1362
    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns, by the names of their labels, that a table does without: no row has anything in them."""
        said: dict[str, list[str | None]] = {
            "proposed_deadline": [row.proposed for row in self.deviations.measures],
            "funding": [row.funding for row in self.economy.measures],
            "attainment_reason": [row.reason for row in self.targets.targets],
            "escalated": [row.escalated for row in self.unanswered.measures],
        }
        nothing = {None, self.labels["no_value"]}
        return tuple(name for name, texts in said.items() if nothing.issuperset(texts))
