"""From the pieces of a phrase to one deadline: which piece decides, and what the others add."""

from dataclasses import replace

from plan.deadline import words
from plan.deadline.cleaning import clean
from plan.deadline.model import Deadline, DeadlineWarning, Kind, Period
from plan.deadline.phrase import Phrase, stand_side_by_side
from plan.deadline.placing import Placed
from plan.deadline.recurring import recurring
from plan.deadline.scanning import Marked, is_meeting
from plan.deadline.series import Time
from plan.deadline.stretch import Bound, Context, Part
from plan.deadline.tokens import Token, tokenize
from plan.deadline.words import Mark

_YEARS = range(1900, 2200)
LONGEST = 500  # characters; a longer text is no deadline


def parse(text: str | None, *, period: Period | None = None, year: int | None = None) -> Deadline:
    """What a plan's deadline phrase means.

    `period` is the plan's and places "i planperioden"; `year` is one that is certain, and completes
    a bare day and month. Any text gives a deadline: what is not understood is kept and flagged.
    A period or year before 1900 or after 2199 is no plan's, and counts as not known.
    """
    if text is None:
        return Deadline("", Kind.NOT_GIVEN)
    if len(text) > LONGEST:
        return Deadline(text, Kind.NOT_UNDERSTOOD, warnings=(DeadlineWarning.TOO_LONG,))
    cleaned = clean(text)
    tokens = tokenize(cleaned)
    said = [token.text for token in tokens if token.kind != "sign"]
    if not said:
        return _only_signs(text, tokens)
    if " ".join(said) in words.NOT_GIVEN:
        return Deadline(text, Kind.NOT_GIVEN)
    deadline = _understood(Phrase.read(cleaned, tokens, _context(period, year)))
    return replace(deadline, text=text, warnings=tuple(dict.fromkeys(deadline.warnings)))


def _context(period: Period | None, year: int | None) -> Context:
    known_period = period is not None and period.first.year in _YEARS and period.last.year in _YEARS
    return Context(period if known_period else None, year if year in _YEARS else None)


def _only_signs(text: str, tokens: tuple[Token, ...]) -> Deadline:
    signs = {token.text for token in tokens}
    if signs & {'"', "'", "«", "»", "”", "“", "„"} and signs <= set("\"'«»”“„-,."):
        return Deadline(text, Kind.NOT_UNDERSTOOD, warnings=(DeadlineWarning.SAME_AS_ABOVE,))
    if signs <= set("-?.,…/_*→()!:;|"):
        return Deadline(text, Kind.NOT_GIVEN)
    return Deadline(text, Kind.NOT_UNDERSTOOD, warnings=(DeadlineWarning.NOT_UNDERSTOOD,))


def _understood(phrase: Phrase) -> Deadline:
    if phrase.repeats:
        found = recurring(phrase)
    elif phrase.times:
        found = _timed(phrase)
    else:
        found = _timeless(phrase)
    return _with_doubts(phrase, found)


def _with_doubts(phrase: Phrase, deadline: Deadline) -> Deadline:
    warnings = list(deadline.warnings)
    if deadline.kind is not Kind.NOT_UNDERSTOOD:
        label = deadline.kind in (Kind.ONGOING, Kind.RECURRING, Kind.AS_NEEDED)
        if phrase.rest_matters(after_is_label=label):
            warnings.append(DeadlineWarning.REST_NOT_UNDERSTOOD)
        marks = [Mark.APPROXIMATE, Mark.UNCERTAIN, *([Mark.VAGUE] if phrase.times else [])]
        warnings += [words.WARNING_OF_MARK[mark] for mark in marks if phrase.marks(mark)]
        if any(token.text == "?" for token in phrase.tokens):
            warnings.append(DeadlineWarning.UNCERTAIN)
        for condition in phrase.conditions:
            warnings += [DeadlineWarning.DEPENDS_ON_MEETING] * condition.on_meeting
            warnings += [DeadlineWarning.DEFINED_ELSEWHERE] * condition.elsewhere
            warnings += [DeadlineWarning.DATE_IN_CONDITION] * condition.holds_date
    return replace(deadline, warnings=tuple(warnings))


# With a time ----------------------------------------------------------------------------------------


def _timed(phrase: Phrase) -> Deadline:
    if any(time.either for time in phrase.times):
        return _either(phrase)
    parts = _parts(phrase)
    ongoing = [mark for mark in phrase.marks(Mark.ONGOING) if not _ends(phrase, mark)]
    if len(parts) == 1:
        if ongoing:
            return _with_ongoing(phrase, parts[0])
        return _conditioned(phrase, parts[0])
    joined = _start_and_end(parts)
    if joined is not None:
        return _conditioned(phrase, joined)
    if ongoing:
        parts.append(Deadline(phrase.text(ongoing[0].begin, ongoing[0].end), Kind.ONGOING))
    return _milestones(phrase, parts)


def _ends(phrase: Phrase, mark: Marked) -> bool:
    """ "Pågår, ferdig 2021": under way now, and the time is when it ends."""
    following = [time.begin for time in phrase.times if time.begin >= mark.end]
    between = phrase.tokens[mark.end : min(following, default=mark.end) + 1]
    return any(token.text in words.FINISHING for token in between)


def _deadline(placed: Placed, text: str = "") -> Deadline:
    return Deadline(text, placed.kind, due=placed.due, start=placed.start, warnings=placed.warnings)


def _parts(phrase: Phrase) -> list[Deadline]:
    """Each stretch of each time, with the words that belong to it."""
    parts: list[Deadline] = []
    begin = 0
    for time in phrase.times:
        for stretch, placed in zip(time.stretches, phrase.placed(time), strict=True):
            last = stretch is time.stretches[-1]
            end = _label_end(phrase, time.end if last else stretch.last.end)
            # "1. og 3. kvartal" shares its words between two.
            first = min(begin, stretch.first.begin)
            parts.append(_deadline(placed, phrase.text(_label_begin(phrase, first), end)))
            begin = end
    return parts


def _label_begin(phrase: Phrase, begin: int) -> int:
    while begin < len(phrase.tokens) and phrase.tokens[begin].text in (",", ";", ".", ":", ")", "-", "og", "+", "&"):
        begin += 1
    return begin


def _label_end(phrase: Phrase, end: int) -> int:
    """Past a parenthesis, or past what follows a colon."""
    closing = {":": (",", ";"), "(": (")",)}.get(phrase.tokens[end].text if end < len(phrase.tokens) else "")
    if closing is None:
        return end
    place = end + 1
    while place < len(phrase.tokens) and not (closing[0] == "," and phrase.tokens[place].new_line):
        if phrase.tokens[place].text in closing:
            return place + (closing == (")",))
        place += 1
    return place


def _start_and_end(parts: list[Deadline]) -> Deadline | None:
    """ "Oppstart 2021, ferdig 2022" is one stretch of time."""
    if len(parts) != 2:
        return None
    starts = [part for part in parts if part.kind is Kind.START]
    ends = [part for part in parts if part.kind in (Kind.DATE, Kind.PERIOD)]
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, due = starts[0].start, ends[0].due
    warnings = (*starts[0].warnings, *ends[0].warnings)
    if start is None or due is None:
        return None
    if start > due:
        return Deadline("", Kind.PERIOD, warnings=(*warnings, DeadlineWarning.START_AFTER_DUE))
    return Deadline("", Kind.PERIOD, due=due, start=start, warnings=warnings)


def _conditioned(phrase: Phrase, part: Deadline) -> Deadline:
    """The part as it stands, or hanging on the phrase's condition."""
    condition = phrase.condition
    if condition is None or part.kind is Kind.NOT_UNDERSTOOD:
        return part
    return replace(part, kind=Kind.CONDITIONAL, condition=condition)


def _with_ongoing(phrase: Phrase, part: Deadline) -> Deadline:
    """ "Løpende fra 2020" goes on from then; "2021, deretter løpende" is two things."""
    time, mark = phrase.times[0], phrase.marks(Mark.ONGOING)[0]
    stretch = time.stretches[0]
    bounds = time.bound in (Bound.FROM, Bound.AFTER, Bound.UNTIL) or stretch.is_range
    follows = time.bound is Bound.WITHIN and part.kind is Kind.PERIOD and mark.begin < time.begin
    condition = phrase.condition
    if stretch.last.part is Part.SPAN or DeadlineWarning.PERIOD_MISSING in part.warnings:
        return Deadline("", Kind.ONGOING, condition=condition)
    if part.kind is Kind.NOT_UNDERSTOOD:
        return part
    if (bounds or follows) and not _apart(phrase, time, mark):
        return replace(part, kind=Kind.ONGOING, condition=condition)
    ongoing = Deadline(phrase.text(mark.begin, mark.end), Kind.ONGOING)
    return _milestones(phrase, [part, ongoing] if time.begin < mark.begin else [ongoing, part])


def _apart(phrase: Phrase, time: Time, mark: Marked) -> bool:
    """Whether a time and an "ongoing" are two things."""
    first, last = sorted(((time.begin, time.end), (mark.begin, mark.end)))
    between = phrase.tokens[first[1] : last[0]]
    if any(token.text == ";" for token in between):
        return True
    # "Løpende, evaluering 2022": the comma begins something else, and says what.
    return mark.begin < time.begin and not time.led and [token.kind for token in between[:2]] == ["sign", "word"]


def _milestones(phrase: Phrase, parts: list[Deadline]) -> Deadline:
    dues = [part.due for part in parts if part.due is not None]
    warnings = [warning for part in parts for warning in part.warnings]
    if stand_side_by_side(phrase.items, phrase.tokens):
        warnings.append(DeadlineWarning.SEVERAL_DATES)
    condition = phrase.condition
    return Deadline(
        "",
        Kind.MILESTONES,
        due=max(dues, default=None),
        condition=condition,
        milestones=tuple(parts),
        warnings=tuple(warnings),
    )


def _either(phrase: Phrase) -> Deadline:
    """ "2020 eller 2021": from the first of them, and the last counts; flagged."""
    placed = [each for time in phrase.times for each in phrase.placed(time)]
    start = min((each.start for each in placed if each.start is not None), default=None)
    due = max((each.due for each in placed if each.due is not None), default=None)
    warnings = [warning for each in placed for warning in each.warnings] + [DeadlineWarning.SEVERAL_DATES]
    if start is not None and due is not None and start > due:
        start, due = None, None
        warnings.append(DeadlineWarning.START_AFTER_DUE)
    kind = Kind.START if start is not None and due is None else Kind.PERIOD
    return _conditioned(phrase, Deadline("", kind, due=due, start=start, warnings=tuple(warnings)))


# Without one -----------------------------------------------------------------------------------------


def _timeless(phrase: Phrase) -> Deadline:
    if phrase.marks(Mark.ONGOING) or any(start.begun for start in phrase.starts):
        return Deadline("", Kind.ONGOING, condition=phrase.condition)
    if phrase.conditions:
        return _on_condition(phrase)
    if phrase.marks(Mark.AS_NEEDED):
        return Deadline("", Kind.AS_NEEDED)
    if phrase.marks(Mark.IMMEDIATE):
        return Deadline("", Kind.START, warnings=(DeadlineWarning.IMMEDIATE,))
    return _without_time(phrase)


def _without_time(phrase: Phrase) -> Deadline:
    for mark in (Mark.VAGUE, Mark.DITTO, Mark.DONE):
        if phrase.marks(mark):
            return Deadline("", Kind.NOT_UNDERSTOOD, warnings=(words.WARNING_OF_MARK[mark],))
    if any(map(is_meeting, phrase.tokens)):
        whole = phrase.text(0, len(phrase.tokens)).rstrip(" .")
        return Deadline("", Kind.CONDITIONAL, condition=whole, warnings=(DeadlineWarning.DEPENDS_ON_MEETING,))
    return Deadline("", Kind.NOT_UNDERSTOOD, warnings=(DeadlineWarning.NOT_UNDERSTOOD,))


def _on_condition(phrase: Phrase) -> Deadline:
    if all(condition.is_need and not condition.on_meeting for condition in phrase.conditions):
        return Deadline("", Kind.AS_NEEDED)
    texts = [phrase.text(condition.begin, condition.end) for condition in phrase.conditions]
    return Deadline("", Kind.CONDITIONAL, condition=", ".join(texts))
