"""The production for a time: what leads in ("innen utgangen av"), its points, and their years."""

from dataclasses import dataclass, replace

from plan.deadline import words
from plan.deadline.joining import Joiner, Stretches, join, take_plain_joiner
from plan.deadline.model import DeadlineWarning
from plan.deadline.periods import take_context_point
from plan.deadline.points import take_point
from plan.deadline.stretch import Bound, Edge, ImpossibleDateError, Part, Point, Season, Stretch, span_of
from plan.deadline.tokens import Reader, production
from plan.deadline.words import Lead, Mark

MOST_LEADS = 5  # "senest innen utgangen av første": more in a row is no Norwegian


@dataclass(frozen=True)
class Time:
    """Points of the calendar and how they limit; `led` is whether anything stood before them."""

    stretches: tuple[Stretch, ...]
    bound: Bound
    led: bool
    either: bool
    warnings: tuple[DeadlineWarning, ...]
    begin: int
    end: int


@dataclass
class _Leads:
    bound: Bound | None = None
    edge: Edge | None = None
    which: Lead | None = None
    between: bool = False
    approximate: bool = False
    any: bool = False

    def add(self, lead: Bound | Edge | Lead) -> None:
        self.any = True
        if isinstance(lead, Edge):
            self.edge = lead
        elif isinstance(lead, Lead):
            self.which = lead
        elif self.bound in (None, Bound.WITHIN):
            self.bound = lead


@production
def take_time(reader: Reader) -> Time | None:
    """Leads, then points; "fra 2020 og fremover" and "2020 →" begin and do not end."""
    begin = reader.at
    leads = _take_leads(reader)
    found = _take_series(reader, leads)
    if found is None:
        return None
    stretches, either = found
    _skip_clock(reader)
    bound = leads.bound or Bound.WITHIN
    if _take_onward(reader):
        bound = Bound.FROM
    edged = tuple(_with_edge(stretch, leads.edge) for stretch in with_years(stretches))
    warnings = (DeadlineWarning.APPROXIMATE,) if leads.approximate else ()
    return Time(edged, bound, leads.any, either, warnings, begin, reader.at)


def _take_leads(reader: Reader) -> _Leads:
    leads = _Leads()
    if reader.take_sign("→") is not None:
        leads.add(Bound.UNTIL)
    for _ in range(MOST_LEADS):
        if reader.take_word(words.BETWEEN):
            leads.between = leads.any = True
            continue
        if _take_approximate(reader):
            leads.approximate = True
            continue
        start = reader.at
        lead = reader.take_phrase(words.LEADS)
        if lead is None:
            lead = _take_noun_before_years(reader)
        if lead is None:
            reader.at = start
            return leads
        leads.add(lead)
        reader.take_sign(":")
    return leads


@production
def _take_approximate(reader: Reader) -> bool | None:
    return reader.take_phrase(words.MARKS) is Mark.APPROXIMATE or None


@production
def _take_noun_before_years(reader: Reader) -> Lead | None:
    """ "perioden 2020-2024": the noun says nothing that the years do not."""
    if reader.take_word(words.PLAN_PERIODS | words.OTHER_PERIODS | {"årene", "åra", "tidsrommet"}) is None:
        return None
    reader.take_sign("(:")
    start = reader.at
    found = reader.sees_number() and take_point(reader) is not None
    reader.at = start
    return Lead.EMPTY if found else None


@production
def _skip_clock(reader: Reader) -> bool | None:
    """ "kl. 12.00": an hour is no part of a deadline here."""
    reader.take_sign(",")
    if reader.take_word(("kl", "klokken", "klokka")) is None:
        return None
    reader.take_sign(".")
    if reader.take_number(0, 24) is None:
        return None
    if reader.take_sign(":.") is not None:
        reader.take_number(0, 59)
    return True


def _take_onward(reader: Reader) -> bool:
    start = reader.at
    reader.take_sign(",")
    if reader.take_phrase(words.ONWARD) is not None:
        return True
    reader.at = start
    if reader.take_sign("→+>") is not None:
        reader.take_phrase(words.ONWARD)
        return True
    if reader.sees_sign("-") and _ends_here(reader, 1):
        reader.at += 1
        return True
    if reader.take_sign("-") is not None and reader.take_phrase(words.MARKS) is Mark.ONGOING:
        # "2020 – løpende": what goes on begins then; the word is left for the scan.
        reader.at = start + 1
        return True
    reader.at = start
    return False


def _ends_here(reader: Reader, ahead: int) -> bool:
    token = reader.peek(ahead)
    return token is None or token.new_line or token.text in (";", ")", ".", ",")


def _take_series(reader: Reader, leads: _Leads) -> tuple[Stretches, bool] | None:
    found = _take_element(reader, leads.which)
    if found is None:
        return None
    either = False
    between = leads.between
    while True:
        start = reader.at
        joiner = _take_joiner(reader)
        more = _take_element(reader, None) if joiner is not None else None
        if joiner is None or more is None:
            reader.at = start
            return found, either
        if joiner is Joiner.LIST and (between or more[0].last.part is Part.SPAN):
            # "Fra 2021 og ut planperioden" goes on to its end.
            joiner = Joiner.RANGE
        between = False
        either = either or joiner is Joiner.OR
        join(found, joiner, more)


def _take_element(reader: Reader, which: Lead | None) -> Stretches | None:
    start = reader.at
    edge = _take_edge(reader)
    found = take_context_point(reader, which) or take_point(reader)
    if found is None:
        reader.at = start
        return None
    return [_with_edge(stretch, edge) for stretch in found]


def _take_edge(reader: Reader) -> Edge | None:
    start = reader.at
    edge: Edge | None = None
    for _ in range(MOST_LEADS):
        lead = reader.take_phrase(words.LEADS)
        if isinstance(lead, Edge):
            edge = lead
        elif lead is not Bound.WITHIN:
            break
        start = reader.at
    reader.at = start
    return edge


def _take_joiner(reader: Reader) -> Joiner | None:
    if _is_bullet(reader):
        return None
    if reader.sees_sign("-") and _ends_here(reader, 1) and not _line_goes_on(reader):
        return None
    if reader.take_phrase(words.RANGE_JOINERS):
        return Joiner.RANGE
    joiner = take_plain_joiner(reader)
    if joiner is Joiner.RANGE:
        reader.take_phrase(words.RANGE_JOINERS)
    if joiner is not None:
        return joiner
    if reader.take_sign("→") is not None:
        return Joiner.RANGE
    found = reader.take_phrase(words.LIST_JOINERS)
    return None if found is None else Joiner.OR if found else Joiner.LIST


def _is_bullet(reader: Reader) -> bool:
    """Whether a dash opens a line of a list."""
    dash, following = reader.peek(), reader.peek(1)
    return dash is not None and dash.text == "-" and dash.new_line and following is not None and not following.glued


def _line_goes_on(reader: Reader) -> bool:
    """Whether a dash at the end of a line joins it to the next: "1.1.2020 -", "jan-"."""
    return reader.sees_number(1) or reader.sees_word(words.CALENDAR, 1)


def _with_edge(stretch: Stretch, edge: Edge | None) -> Stretch:
    if edge is None:
        return stretch
    warnings = stretch.last.warnings
    if edge is not Edge.END and DeadlineWarning.APPROXIMATE not in warnings:
        warnings = (*warnings, DeadlineWarning.APPROXIMATE)
    last = replace(stretch.last, edge=edge, warnings=warnings)
    return replace(stretch, last=last) if stretch.is_range else Stretch(last, last)


# Years -----------------------------------------------------------------------------------------------


def with_years(stretches: Stretches) -> Stretches:
    """Points without a year take it from their neighbours: the next that has one, else the one before."""
    return _filled_forwards(_filled_backwards(stretches))


def _filled_backwards(stretches: Stretches) -> Stretches:
    year: int | None = None
    found: Stretches = []
    for stretch in reversed(stretches):
        last = _in(stretch.last, year)
        year = last.year if last.year is not None else year
        first = last if not stretch.is_range else _in(stretch.first, year)
        if stretch.is_range:
            first, last = _in_order(stretch, first, last)
        year = first.year if first.year is not None else year
        found.append(replace(stretch, first=first, last=last))
    return found[::-1]


def _in(point: Point, year: int | None) -> Point:
    return replace(point, year=year) if point.lacks_year and point.part is not Part.YEAR else point


def _in_order(stretch: Stretch, first: Point, last: Point) -> tuple[Point, Point]:
    """A range whose first point borrowed its year begins no later than it ends."""
    if not stretch.first.lacks_year or first.year is None or last.year is None:
        return first, last
    if stretch.slashed and last.season is Season.WINTER:
        # "Høst/vinter 2021" is one cold season, and its winter ends in February after.
        return first, replace(last, year=last.year + 1, warnings=(*last.warnings, DeadlineWarning.YEAR_ASSUMED))
    if _begins_after(first, last):
        return replace(first, year=first.year - 1), last
    return first, last


def _filled_forwards(stretches: Stretches) -> Stretches:
    year: int | None = None
    found: Stretches = []
    for stretch in stretches:
        first = _assumed(stretch.first, year)
        year = first.year if first.year is not None else year
        last = first if not stretch.is_range else _assumed(stretch.last, year)
        if last is not first and stretch.last.lacks_year and last.year is not None and _begins_after(first, last):
            last = replace(last, year=last.year + 1)
        year = last.year if last.year is not None else year
        found.append(replace(stretch, first=first, last=last))
    return found


def _assumed(point: Point, year: int | None) -> Point:
    if year is None or not point.lacks_year or point.part is Part.YEAR:
        return point
    return replace(point, year=year, warnings=(*point.warnings, DeadlineWarning.YEAR_ASSUMED))


def _begins_after(first: Point, last: Point) -> bool:
    if first.lacks_year or last.lacks_year:
        return False
    try:
        return span_of(first)[0] > span_of(last)[1]
    except ImpossibleDateError:
        return False
