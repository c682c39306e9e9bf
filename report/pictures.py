"""What the pictures over the years show: statuses, deadlines kept and missed, money. As data, and in words.

A picture with nothing to show is left out.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from report import figures
from report.case_parts import Marks, Say
from report.content import Bar, Picture, Series
from report.snapshot import Measure, Snapshot

Found = TypeVar("Found")

DEADLINES = {"kept": "done", "late": "in_progress", "missed": "delayed", "ahead": "not_started"}
"""What became of a deadline, and the status whose look it has."""

MONEY = {
    "spending": "done",
    "income": "in_progress",
    "own": "not_started",
    "investment": "delayed",
    "external": "dropped",
}
MOST_COLUMNS = 12
"""A picture of more years than this could not be read: it shows those nearest to the report's."""

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
    """How many measures had each status in the report of each year; one nobody had been asked about is in no number."""
    known = {year for measure in measures for year in (*measure.silent, *(past.year for past in measure.previous))}
    years = sorted(year for year in known if year < snapshot.year)
    if not years:
        return None
    counted = {year: dict.fromkeys(figures.STATUS_ORDER, 0) for year in years}
    for measure in measures:
        for year, counts in counted.items():
            if (code := figures.status_in(measure, year)) is not None:
                counts[code] += 1
    counted[snapshot.year] = figures.count_statuses(measures)
    counted, note = _nearest(counted, snapshot.year, say, "years")
    shown = [code for code in figures.STATUS_ORDER if any(counts[code] for counts in counted.values())]
    return _picture(
        say,
        "years",
        note,
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
    kept, note = _nearest(by_year, snapshot.year, say, "deadlines")
    span = range(min(kept), max(kept) + 1) if max(kept) - min(kept) < MOST_COLUMNS else sorted(kept)
    counted = {year: kept.get(year, dict.fromkeys(DEADLINES, 0)) for year in span}
    shown = [name for name in DEADLINES if any(counts[name] for counts in counted.values())]
    return _picture(
        say,
        "deadlines",
        note,
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
    if not any(amount for sums in years.values() for amount in sums.values()):
        return None
    years, note = _nearest(years, snapshot.year, say, "money")
    shown = [kind for kind in figures.COST_KINDS if any(sums[kind] for sums in years.values())]
    if not shown:
        return None
    return _picture(
        say,
        "money",
        note,
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


def _nearest(counted: dict[int, Found], year: int, say: Say, name: str) -> tuple[dict[int, Found], str]:
    """At most `MOST_COLUMNS` years, those nearest to the report's; and the note, with what is left out."""
    note = say(f"picture_{name}_note")
    if len(counted) <= MOST_COLUMNS:
        return counted, note
    kept = sorted(sorted(counted, key=lambda found: abs(found - year))[:MOST_COLUMNS])
    return {found: counted[found] for found in kept}, f"{note} {say('picture_cut', first=kept[0], last=kept[-1])}"


def _phrases(say: Say, sentence: str, counts: Iterable[tuple[str, int]]) -> list[str]:
    return [say(f"{sentence}_{code}", count=count) for code, count in counts if count]


def _series(marks: Marks, code: str, label: str) -> Series:
    return Series(label=label, pattern=code, fill=marks[code].fill, ink=marks[code].ink)


def _picture(
    say: Say,
    name: str,
    note: str,
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
        note=note,
        words=tuple(words),
        axis=say(f"picture_{name}_axis"),
        series=tuple(series),
        columns=tuple(Bar(label=label, counts=tuple(counts)) for label, counts in columns.items()),
        side_by_side=side_by_side,
    )
