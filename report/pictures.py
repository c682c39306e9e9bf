"""What the pictures over the years show: statuses, deadlines kept and missed, money. As data, and in words.

A picture with nothing to show is left out.
"""

from collections.abc import Iterable, Sequence

from report import figures
from report.case_parts import Marks, Say
from report.content import Bar, Picture, Series
from report.snapshot import Measure, Snapshot

DEADLINES = {"kept": "done", "late": "in_progress", "missed": "delayed", "ahead": "not_started"}
"""What became of a deadline, and the status whose look it has."""

MONEY = {
    "spending": "done",
    "income": "in_progress",
    "own": "not_started",
    "investment": "delayed",
    "external": "dropped",
}
FIRST_FIGURE = 2
"""The status of each goal is figure 1."""


def pictures(snapshot: Snapshot, say: Say, marks: Marks) -> tuple[Picture, ...]:
    """The pictures of a report in order, numbered after the one in the summary."""
    measures = figures.current(snapshot)
    found: list[Picture] = []
    for make in (_years, _deadlines, _money):
        picture = make(snapshot, measures, say, marks, FIRST_FIGURE + len(found))
        if picture is not None:
            found.append(picture)
    return tuple(found)


def _years(snapshot: Snapshot, measures: Sequence[Measure], say: Say, marks: Marks, number: int) -> Picture | None:
    """How many measures had each status in the report of each year; one that was not reported on is in no number."""
    years = sorted({past.year for measure in measures for past in measure.previous if past.year < snapshot.year})
    if not years:
        return None
    counted = {year: dict.fromkeys(figures.STATUS_ORDER, 0) for year in years}
    for measure in measures:
        for past in measure.previous:
            if past.year in counted:
                counted[past.year][past.status.value] += 1
    counted[snapshot.year] = figures.count_statuses(measures)
    shown = [code for code in figures.STATUS_ORDER if any(counts[code] for counts in counted.values())]
    return _picture(
        say,
        "years",
        number,
        [_series(marks, code, f"{marks[code].sign} {marks[code].word}") for code in shown],
        {str(year): [counts[code] for code in shown] for year, counts in counted.items()},
        [
            say("picture_column", label=str(year), phrases=_phrases(say, "count", counts.items()))
            for year, counts in counted.items()
        ],
    )


def _deadlines(snapshot: Snapshot, measures: Sequence[Measure], say: Say, marks: Marks, number: int) -> Picture | None:
    """What became of the deadlines of each year."""
    by_year: dict[int, dict[str, int]] = {}
    for measure in measures:
        if measure.due_on is not None and (became := _became(measure, snapshot)) is not None:
            by_year.setdefault(measure.due_on.year, dict.fromkeys(DEADLINES, 0))[became] += 1
    if not by_year:
        return None
    counted = {year: by_year.get(year, dict.fromkeys(DEADLINES, 0)) for year in range(min(by_year), max(by_year) + 1)}
    shown = [name for name in DEADLINES if any(counts[name] for counts in counted.values())]
    return _picture(
        say,
        "deadlines",
        number,
        [_series(marks, DEADLINES[name], say(f"deadline_{name}")) for name in shown],
        {str(year): [counts[name] for name in shown] for year, counts in counted.items()},
        [
            say("picture_column", label=str(year), phrases=_phrases(say, "deadlines", counts.items()))
            for year, counts in counted.items()
            if any(counts.values())
        ],
    )


def _became(measure: Measure, snapshot: Snapshot) -> str | None:
    """What became of a deadline: "kept" unless a report of a later year knew better. None where the measure lapses."""
    code, due = figures.status_code(measure), measure.due_on
    assert due is not None
    if code == "dropped":
        return None
    if code != "done":
        return "missed" if due < snapshot.made_on else "ahead"
    was_late = any(past.year > due.year and past.status.value != "done" for past in measure.previous)
    return "late" if was_late else "kept"


def _money(snapshot: Snapshot, measures: Sequence[Measure], say: Say, marks: Marks, number: int) -> Picture | None:
    """What the plan says things cost each year, by kind, in millions or thousands of kroner."""
    years = {year: sums for year, sums in figures.add_up_years(figures.costs(measures)).items() if year is not None}
    shown = [kind for kind in figures.COST_KINDS if any(sums[kind] for sums in years.values())]
    if not shown:
        return None
    return _picture(
        say,
        "money",
        number,
        [_series(marks, MONEY[kind], say("cost", kind=kind)) for kind in shown],
        {str(year): [sums[kind] or 0 for kind in shown] for year, sums in years.items()},
        [
            say(
                "picture_column",
                label=str(year),
                phrases=[say("money_of", kind=kind, amount=amount) for kind, amount in sums.items() if amount],
            )
            for year, sums in years.items()
            if any(sums.values())
        ],
        side_by_side=True,
    )


def _phrases(say: Say, sentence: str, counts: Iterable[tuple[str, int]]) -> list[str]:
    return [say(f"{sentence}_{code}", count=count) for code, count in counts if count]


def _series(marks: Marks, code: str, label: str) -> Series:
    return Series(label=label, pattern=code, fill=marks[code].fill, ink=marks[code].ink)


def _picture(
    say: Say,
    name: str,
    number: int,
    series: list[Series],
    columns: dict[str, list[int]],
    words: list[str],
    *,
    side_by_side: bool = False,
) -> Picture:
    title = say(f"picture_{name}")
    return Picture(
        name=name,
        title=title,
        caption=say("picture_caption", number=number, title=title),
        alternative=say("picture_alternative", title=title, columns=words),
        note=say(f"picture_{name}_note"),
        words=tuple(words),
        axis=say(f"picture_{name}_axis"),
        series=tuple(series),
        columns=tuple(Bar(label=label, counts=tuple(counts)) for label, counts in columns.items()),
        side_by_side=side_by_side,
    )
