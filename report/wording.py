"""From a snapshot to the words of its report, each sentence rendered once through `templates/report/`."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from report import case_parts, colours, draft_fields, emblem, figures, pictures, wording_office, wording_parts
from report.case_parts import Say, shown_ref
from report.content import (
    Archived,
    Bar,
    Chart,
    Content,
    Economy,
    Emblem,
    Fact,
    MeasureRow,
    MoneyRow,
    Section,
    StatusCount,
    StatusMark,
    Unanswered,
    UnansweredRow,
    UnitsPartRow,
    YearRow,
)
from report.snapshot import Attachment, Cost, Goal, Measure, RouteStop, Snapshot, UnitsPart, digest
from templates import Sentences, formats, words
from templates.look import LOOKS

SENTENCES = Sentences("report", html=False)
SUBJECT = "statusrapport"
LABELS = ("heading_", "column_", "label_", "sheet_")
PLAIN_LABELS = ("total", "page_word", "of_word", "skip_link", "contents", "no_value", "yes", "no")

SHORT_TITLE = 70
"""A goal's title up to this many characters stands in its heading; a longer one stands under it."""

SHORT_REASON = 120
"""A reason up to this many characters stands with a goal's target; every reason stands in the table of the targets."""

A_WORD = re.compile(r"\w{3}|\d")

MANY_BARS = 16
"""With more goals than this the chart shows all measures in one bar: it would not fit on half a page."""


def sayer(language: str) -> Say:
    """A function that renders the report's sentences in a language: `say("title", year=2021, plan="…")`.

    Of a thousand measures many say the same: a sentence is rendered once for the same values.
    """
    said: dict[tuple[object, ...], str] = {}

    def say(name: str, /, **data: Any) -> str:
        key = (name, *data.items())
        try:
            return said[key]
        except KeyError:
            said[key] = SENTENCES.say(f"{SUBJECT}.{name}", language=language, **data)
            return said[key]
        except TypeError:  # a list: no two of these are alike
            return SENTENCES.say(f"{SUBJECT}.{name}", language=language, **data)

    return say


def labels(language: str) -> dict[str, str]:
    """Every heading, column head and other fixed label by the name of its sentence."""
    say = sayer(language)
    names = [name.removeprefix(f"{SUBJECT}.") for name in SENTENCES.names()]
    return {name: say(name) for name in names if name.startswith(LABELS) or name in PLAIN_LABELS}


def build(snapshot: Snapshot) -> Content:
    """Everything the report says. The same snapshot gives the same content."""
    return _Wording(snapshot).content()


class _Wording:
    """One snapshot and what its sentences have in common: language, names, status marks."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.language = snapshot.language
        self.say = sayer(snapshot.language)
        self.measures = figures.current(snapshot)
        self.municipality = self.say("municipality", name=snapshot.municipality)
        self.leader = self.say("leader", leader_title=snapshot.leader_title)
        self.plan = self.say(
            "plan_name", title=snapshot.plan_title, first_year=snapshot.first_year, last_year=snapshot.last_year
        )
        self.colour = snapshot.brand.colour if snapshot.brand else None
        self.marks = {code: self._mark(code) for code in figures.STATUS_ORDER}
        self.none = self.say("no_value")
        without = ("no_comment", "withheld", "no_answer", "not_asked", "not_reached")
        self.no_text = {name: self.say(name) for name in without}

    def content(self) -> Content:
        snapshot, say = self.snapshot, self.say
        counts = figures.count_statuses(self.measures)
        decisions = wording_office.decision(snapshot) or self._decisions(counts)
        office_summary = wording_office.summary(snapshot)
        written = wording_office.paragraphs(draft_fields.office_texts(snapshot)[draft_fields.ASSESSMENT])
        sections = tuple(self._section(part) for part in figures.parts(snapshot))
        return Content(
            language=self.language,
            municipality=self.municipality,
            kind=say("document_kind"),
            title=say("title", year=snapshot.year, plan=self.plan),
            running_title=say("running_title", year=snapshot.year),
            author=self.municipality,
            emblem=self._emblem(),
            colour=self.colour or colours.USUAL,
            tint=colours.tint(self.colour) if self.colour else colours.USUAL_TINT,
            labels=labels(self.language),
            marks=self._marks_of_the_document(),
            notice=say("example_notice", municipality=self.municipality) if snapshot.example else None,
            facts=self._facts(),
            correction=wording_office.correction(snapshot),
            decisions=decisions,
            office_summary=office_summary,
            summary=self._summary(counts),
            counts_caption=say("caption_counts"),
            counts=tuple(StatusCount(status=self.marks[code], count=count) for code, count in counts.items()),
            total=len(self.measures),
            chart=self._chart(),
            assessment=wording_office.assessment(snapshot),
            unit_texts=wording_office.unit_texts(snapshot),
            fields=draft_fields.of_report(snapshot, say, decisions, office_summary, written),
            pictures=pictures.pictures(snapshot, say, self.marks),
            changes=case_parts.changes(self.measures, say, self.marks),
            sections=sections,
            no_sections=None if sections else say("no_sections"),
            deviations=case_parts.deviations(self.measures, say, self.marks, self.none),
            economy=self._economy(),
            targets=case_parts.targets(snapshot, self._goal_name, say),
            unanswered=self._unanswered(),
            attachments=case_parts.attachments(self.measures, say, self.language),
            archived=self._archived(),
            about=self._about(),
            digest=digest(snapshot),
        )

    def _emblem(self) -> Emblem | None:
        logo = self.snapshot.brand.logo if self.snapshot.brand else None
        if logo is None:
            return None
        width, height = emblem.size_mm(logo)
        alternative = self.say("emblem", municipality=self.municipality)
        return Emblem(alternative=alternative, width_mm=width, height_mm=height)

    def _mark(self, code: str) -> StatusMark:
        look = LOOKS[code]
        word = words.say(f"status.{code}", language=self.language)
        return StatusMark(
            code=code, word=word, sign=look.sign, fill=look.fill.removeprefix("#"), ink=look.ink.removeprefix("#")
        )

    def _marks_of_the_document(self) -> tuple[str, ...]:
        marks = []
        if self.snapshot.state == "draft":
            marks.append(self.say("draft_mark"))
        if self.snapshot.example:
            marks.append(self.say("example_mark"))
        return tuple(marks)

    # --- the first page ---

    def _facts(self) -> tuple[Fact, ...]:
        snapshot, say = self.snapshot, self.say
        facts = [
            ("label_route", self._route()),
            ("label_from", [say("capitalised", text=self.leader)]),
            ("label_date", [formats.day(snapshot.made_on, self.language)]),
        ]
        if snapshot.reply_by is not None:
            facts.append(("label_reply_by", [formats.day(snapshot.reply_by, self.language)]))
        facts.append(("label_report", [self._version()]))
        return tuple(Fact(label=say(label), lines=tuple(lines)) for label, lines in facts)

    def _route(self) -> list[str]:
        stops = list(self.snapshot.route)
        meeting = self.snapshot.meeting
        if not stops and meeting is not None:
            stops = [RouteStop(body=meeting.body, meets_on=meeting.date, provisional=meeting.provisional)]
        if not stops:
            return [self.say("no_meeting")]
        return [
            self.say(
                "route_stop",
                body=stop.body,
                meets_on=stop.meets_on,
                provisional=stop.provisional,
                papers_on=stop.papers_due,
            )
            for stop in stops
        ]

    def _version(self) -> str:
        if self.snapshot.state == "draft":
            return self.say("version_draft", version=self.snapshot.version)
        return self.say("version_approved", version=self.snapshot.version, approved_on=self.snapshot.approved_on)

    def _deciding_body(self) -> str:
        if self.snapshot.meeting is not None:
            return self.snapshot.meeting.body
        if self.snapshot.route:
            return self.snapshot.route[-1].body
        return self.say("to_be_decided")

    def _decisions(self, counts: dict[str, int]) -> tuple[str, ...]:
        body = self._deciding_body()
        decisions = [self.say("decision_notes", body=body, year=self.snapshot.year, plan=self.plan)]
        missing = counts[figures.UNANSWERED]
        if missing:
            decisions.append(self.say("decision_missing", body=body, leader=self.leader, count=missing))
        return tuple(decisions)

    # --- summary and chart ---

    def _summary(self, counts: dict[str, int]) -> tuple[str, ...]:
        if not self.measures:
            return (self.say("summary_empty"),)
        asked = figures.asked(self.measures)
        answered = len(asked) - len(figures.unanswered(asked))
        lines = [
            self._with_missing_parts(
                " ".join(
                    [
                        self.say("summary_asked", total=len(self.measures), asked=len(asked), answered=answered),
                        *self._not_reached(),
                        *(self._not_asked() if asked else ()),
                    ]
                )
            ),
            self.say("summary_statuses", phrases=self._count_phrases(counts)),
            self.say("summary_overdue", count=sum(measure.overdue for measure in self.measures)),
            self._summary_of_money(),
        ]
        moved = self._moved_deadlines()
        return (*lines, moved) if moved else tuple(lines)

    def _not_reached(self) -> tuple[str, ...]:
        """That some were asked about, and nobody got the question."""
        count = sum(measure.unreached for measure in self.measures)
        return (self.say("summary_unreached", count=count),) if count else ()

    def _not_asked(self) -> tuple[str, ...]:
        """What makes those that were asked about add up to all: what has a status all the same, and what has none."""
        rest = [measure for measure in self.measures if measure.asked_on is None]
        unanswered = len(figures.unanswered(rest))
        counts = {"summary_known": len(rest) - unanswered, "summary_unasked": unanswered}
        return tuple(self.say(name, count=count) for name, count in counts.items() if count)

    def _with_missing_parts(self, line: str) -> str:
        """The line, and how many parts of measures have not come where any have not; and were not asked for."""
        missing = figures.missing_parts(self.measures)
        if not missing:
            return line
        unasked = sum(part.asked_on is None for _, part in missing)
        lines = [line, self.say("parts_missing", count=len(missing))]
        return " ".join([*lines, *([self.say("parts_unasked", count=unasked, of=len(missing))] if unasked else [])])

    def _moved_deadlines(self) -> str:
        """How many deadlines have been changed, and how many are proposed to be: one line, or nothing."""
        changed = sum(measure.deadline_changed_on is not None for measure in self.measures)
        proposed = sum(measure.proposed_deadline_text is not None for measure in self.measures)
        said = [
            self.say(f"summary_{name}", count=count)
            for name, count in (("changed", changed), ("proposed", proposed))
            if count
        ]
        return " ".join(said)

    def _count_phrases(self, counts: dict[str, int]) -> list[str]:
        return [self.say(f"count_{code}", count=count) for code, count in counts.items() if count]

    def _summary_of_money(self) -> str:
        sums = figures.add_up(figures.costs(self.measures))
        phrases = [self.say("money_of", kind=kind, amount=amount) for kind, amount in sums.items() if amount]
        return self.say("summary_money", phrases=phrases) if phrases else self.say("summary_no_money")

    def _chart(self) -> Chart | None:
        if not self.measures:
            return None
        groups = [(self._goal_name(part), part.measures) for part in figures.parts(self.snapshot) if part.measures]
        title = "chart_title"
        if len(groups) == 1 or len(groups) > MANY_BARS:
            groups = [(self.say("chart_all"), self.measures)]
            title = "chart_title_all"
        counted = [(label, figures.count_statuses(measures)) for label, measures in groups]
        shown = [code for code in figures.STATUS_ORDER if any(counts[code] for _, counts in counted)]
        in_words = [
            self.say("chart_bar", label=label, phrases=self._count_phrases(counts)) for label, counts in counted
        ]
        return Chart(
            title=self.say(title),
            caption=self.say("chart_caption", title=self.say(title)),
            alternative=self.say("chart_alternative", title=self.say(title), bars=in_words),
            axis=self.say("column_count"),
            legend=tuple(self.marks[code] for code in shown),
            bars=tuple(Bar(label=label, counts=tuple(counts[code] for code in shown)) for label, counts in counted),
        )

    # --- goals and measures ---

    def _section(self, part: figures.Part) -> Section:
        heading, lead = self._heading(part)
        return Section(
            heading=heading,
            level=min(part.depth + 2, 4),
            lead=lead,
            targets=self._targets(part.goal),
            caption=self.say("measures_caption", heading=heading),
            measures=tuple(self._measure(measure) for measure in part.measures),
            note=None if part.measures or part.is_parent else self.say("goal_without_measures"),
        )

    def _heading(self, part: figures.Part) -> tuple[str, str | None]:
        """The heading, and the goal's title when it is too long to stand in it."""
        if part.goal is None:
            return self.say("outside_heading"), None
        if len(part.goal.title) <= SHORT_TITLE:
            return self.say("goal_heading_titled", heading=self._goal_name(part), title=part.goal.title), None
        return self._goal_name(part), part.goal.title

    def _goal_name(self, part: figures.Part) -> str:
        if part.goal is None:
            return self.say("chart_outside")
        kind = "goal_over_others" if part.is_parent else "goal_under_another" if part.depth else "goal_heading"
        return self.say(kind, ref=part.goal.ref)

    def _targets(self, goal: Goal | None) -> tuple[str, ...]:
        if goal is None:
            return ()
        return tuple(
            target.text
            if target.attainment is None
            else self.say(
                "target_assessed",
                text=target.text,
                attainment=target.attainment,
                reason=target.reason if len(target.reason or "") <= SHORT_REASON else None,
            )
            for target in goal.result_targets
        )

    def _measure(self, measure: Measure) -> MeasureRow:
        text, is_ours = self._report_text(measure)
        return MeasureRow(
            ref=shown_ref(measure),
            title=measure.title,
            responsible=measure.responsible or self.say("no_responsible"),
            follow_up=self._follow_up(measure),
            deadline=measure.deadline_text or self.say("no_deadline"),
            deadline_notes=self._deadline_notes(measure),
            status=self.marks[figures.status_code(measure)],
            earlier=self._status_notes(measure),
            text=text,
            paragraphs=wording_office.exact_paragraphs(text),
            text_is_ours=is_ours,
            field=draft_fields.of_measure(self.snapshot, measure, self.say),
            source=self._source(self._told(measure, measure.answered_by), measure.attachments),
            parts=tuple(self._part(measure, part) for part in measure.parts),
        )

    def _status_notes(self, measure: Measure) -> tuple[str, ...]:
        """Whether it is decided that a measure lapses, and what was reported before."""
        closing = (self.say(f"closing_{measure.closing}"),) if measure.closing else ()
        return (
            *closing,
            *(self.say("earlier", year=year, status=code) for year, code in figures.told_earlier(measure)),
        )

    def _follow_up(self, measure: Measure) -> str | None:
        unit = measure.owner_unit
        if unit is None or _bare(unit) == _bare(measure.responsible or ""):
            return None
        return self.say("followed_up_by", unit=unit)

    def _deadline_notes(self, measure: Measure) -> tuple[str, ...]:
        notes = []
        if measure.due_on is not None and not _is_written_out(measure.due_on, measure.deadline_text or ""):
            notes.append(self.say("due", due_on=measure.due_on))
        if measure.condition_met_on is not None:
            notes.append(self.say("condition_met", said_on=measure.condition_met_on))
        if measure.overdue:
            notes.append(self.say("overdue"))
        if measure.count is not None:
            notes.append(self.say("counted", **measure.count.model_dump()))
        if measure.deadline_changed_on is not None:
            before = measure.plan_deadline_text or self.say("no_deadline")
            notes.append(self.say("deadline_changed", text=before, changed_on=measure.deadline_changed_on))
        if measure.proposed_deadline_text is not None:
            notes.append(self.say("proposed_deadline", text=measure.proposed_deadline_text))
        return tuple(notes)

    def _report_text(self, measure: Measure) -> tuple[str, bool]:
        if measure.report_text is not None:
            return measure.report_text, False
        if measure.comment_withheld:
            return self.no_text["withheld"], True
        if measure.status is not None:
            return self.no_text["no_comment"], True
        if measure.unreached:
            return self.no_text["not_reached"], True
        return self.no_text["not_asked" if measure.asked_on is None else "no_answer"], True

    def _part(self, measure: Measure, part: UnitsPart) -> UnitsPartRow:
        text = part.report_text or (self.no_text["withheld"] if part.comment_withheld else None)
        return UnitsPartRow(
            label=wording_parts.label(self.say, part),
            text=text,
            paragraphs=wording_office.exact_paragraphs(text),
            text_is_ours=part.report_text is None,
            field=draft_fields.of_part(self.snapshot, measure, part, self.say),
            source=self._source(self._told(part, part.unit), part.attachments),
        )

    def _source(self, told: str | None, attached: Sequence[Attachment]) -> str | None:
        """Who reported it and when, and what is attached."""
        if not attached:
            return told
        files = self.say("attached", names=[file.name for file in attached])
        return f"{told}. {files}" if told else files

    def _told(self, found: Measure | UnitsPart, unit: str | None) -> str | None:
        """Which unit told of a measure or its part, when and how."""
        if found.status is None:
            return None
        if found.on_behalf and found.told_how is not None:
            told = self.say("told_and_written_down", unit=unit, how=found.told_how, on=found.told_on)
            return self.say("capitalised", text=told)
        if found.on_behalf:
            title = self.snapshot.leader_title
            return self.say("answered_on_behalf", leader_title=title, unit=unit, status_on=found.status_on)
        if unit is None and found.status_on is None:
            return None
        return self.say("answered_by", unit=unit, status_on=found.status_on)

    # --- money ---

    def _economy(self) -> Economy:
        every = figures.costs(self.measures)
        years = figures.add_up_years(every)
        priced = [measure for measure in self.measures if figures.has_amount(measure)]
        without_amount, say = self._without_amount(), self.say
        totals = figures.add_up(every)
        return Economy(
            intro=self._economy_intro(len(figures.shown_kinds(every)), is_mentioned=bool(every)),
            kinds=tuple(self.say("cost", kind=kind) for kind in figures.COST_KINDS),
            shown=tuple(figures.COST_KINDS.index(kind) for kind in figures.shown_kinds(every)),
            years_caption=self.say("caption_years"),
            years=tuple(
                YearRow(
                    label=self.say("without_year") if year is None else str(year), amounts=self._amounts(sums.values())
                )
                for year, sums in years.items()
            ),
            measures_caption=self.say("caption_money"),
            measures=tuple(self._money(measure) for measure in priced),
            left_out=self._without_any_amount() if priced else None,
            totals=self._amounts(totals.values()),
            without_amount_intro=say("without_amount_intro", count=len(without_amount)) if without_amount else None,
            without_amount=without_amount,
        )

    def _economy_intro(self, shown: int, *, is_mentioned: bool) -> str:
        if not shown:
            return self.say("economy_no_amounts" if is_mentioned else "economy_none")
        return self.say("economy_intro", has_all_kinds=shown == len(figures.COST_KINDS))

    def _without_any_amount(self) -> str | None:
        """How many measures are not in the table, and how the plan says each is paid for."""
        rest = Counter(measure.funding for measure in self.measures if not figures.has_amount(measure))
        if not rest:
            return None
        phrases = [self.say("funding_count", code=code, count=count) for code, count in rest.most_common()]
        return self.say("measures_without_amount", count=rest.total(), phrases=phrases)

    def _money(self, measure: Measure) -> MoneyRow:
        return MoneyRow(
            ref=shown_ref(measure),
            title=measure.title,
            funding=self.say("funding_beside_amounts", code=measure.funding),
            amounts=self._amounts(figures.add_up(measure.costs).values()),
        )

    def _amounts(self, amounts: Iterable[int | None]) -> tuple[str, ...]:
        return tuple(self.none if amount is None else formats.number(amount, self.language) for amount in amounts)

    def _without_amount(self) -> tuple[str, ...]:
        return tuple(
            self.say("without_amount", ref=shown_ref(measure), kind=kind, text=text, years=years)
            for measure in self.measures
            for (kind, text), years in _years_without_amount(measure.costs).items()
        )

    # --- what is missing, and the rest ---

    def _unanswered(self) -> Unanswered:
        parts = figures.missing_parts(self.measures)
        return Unanswered(
            intro=self._with_missing_parts(self._unanswered_intro(len(figures.unanswered(self.measures)))),
            caption=self.say("caption_unanswered_parts" if parts else "caption_unanswered"),
            measures=tuple(row for measure in self.measures for row in self._unanswered_rows(measure)),
        )

    def _unanswered_rows(self, measure: Measure) -> list[UnansweredRow]:
        """The measure where it has no status, and each part of it that has not come."""
        whole = [] if measure.status is not None else [self._unanswered_row(measure)]
        missing = figures.missing_parts([measure])
        words = (self.say, self.language, shown_ref(measure), measure)
        return [*whole, *(wording_parts.unanswered(*words, part) for _, part in missing)]

    def _unanswered_intro(self, count: int) -> str:
        if not self.measures:
            return self.say("summary_empty")
        if count == 0:
            return self.say("all_answered")
        reply_by = self.snapshot.reply_by
        still_open = reply_by is not None and reply_by >= self.snapshot.made_on
        return self.say("unanswered_intro_open" if still_open else "unanswered_intro", count=count, reply_by=reply_by)

    def _unanswered_row(self, measure: Measure) -> UnansweredRow:
        return UnansweredRow(
            ref=shown_ref(measure),
            title=measure.title,
            unit=measure.owner_unit or self.say("no_owner"),
            **wording_parts.asked(
                self.say, self.language, measure.asked_on, measure.reminded, unreached=measure.unreached
            ),
            escalated=measure.escalated_to or self.none,
        )

    def _archived(self) -> Archived | None:
        measures = figures.archived(self.snapshot)
        if not measures:
            return None
        return Archived(
            intro=self.say("archived_intro", count=len(measures)),
            measures=tuple(
                self.say("archived_item", ref=shown_ref(measure), title=measure.title) for measure in measures
            ),
        )

    def _about(self) -> tuple[str, ...]:
        made_on = self.snapshot.made_on
        lines = [self.say("about_made", made_on=made_on), self.say("about_overdue", made_on=made_on)]
        if any(measure.ref_is_ours for measure in self.snapshot.measures):
            lines.append(self.say("about_our_refs"))
        withheld = sum(wording_parts.is_withheld(measure) for measure in self.measures)
        if withheld:
            lines.append(self.say("about_withheld", count=withheld))
        lines.append(self.say("about_digest"))
        return tuple(lines)


def _bare(name: str) -> str:
    return "".join(name.split()).casefold()


def _is_written_out(day: date, text: str) -> bool:
    """Whether the plan's phrase is the date itself ("1.1.2023", "01.01. 2023"), so that it need not be repeated."""
    return [part.lstrip("0") for part in _bare(text).split(".")] == [str(day.day), str(day.month), str(day.year)]


def _years_without_amount(costs: Sequence[Cost]) -> dict[tuple[str, str | None], list[int]]:
    found: dict[tuple[str, str | None], list[int]] = {}
    for cost in costs:
        if cost.amount_nok is None:
            # A lone "E" or "X" is the plan's mark for the kind of money, which is said in words.
            text = cost.text if cost.text and A_WORD.search(cost.text) else None
            years = found.setdefault((cost.kind, text), [])
            years += [] if cost.year is None else [cost.year]
    return found
