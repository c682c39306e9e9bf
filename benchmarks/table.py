"""What a benchmark reports: one line for each number, with the goal it is held against."""

from collections.abc import Callable
from dataclasses import dataclass

HEAD = ("what", "ours", "bare", "ratio", "goal", "")
WIDTHS = (60, 22, 20, 20, 16, 7)


@dataclass(frozen=True)
class Goal:
    """A goal as it is printed, and whether a number meets it."""

    text: str
    holds: Callable[[float], bool]


def at_least(limit: float) -> Goal:
    """The number is to be no smaller than the limit."""
    return Goal(f"≥ {limit:g}", lambda number: number >= limit)


def at_most(limit: float) -> Goal:
    """The number is to be no greater than the limit."""
    return Goal(f"≤ {limit:g}", lambda number: number <= limit)


@dataclass(frozen=True)
class Line:
    """One number. `verdict` is "ok", "missed", "skipped", or empty where there is no goal."""

    what: str
    ours: str = ""
    bare: str = ""
    ratio: str = ""
    goal: str = ""
    verdict: str = ""

    def __str__(self) -> str:
        return _row((self.what, self.ours, self.bare, self.ratio, self.goal, self.verdict))


def verdict(*kept: bool) -> str:
    """ "ok" when every part of a goal is met."""
    return "ok" if all(kept) else "missed"


def skipped(what: str, why: str) -> Line:
    """A number that cannot be measured here."""
    return Line(what, ours=why, verdict="skipped")


def head() -> str:
    """The first rows of the table."""
    return f"{_row(HEAD)}\n{_row(tuple('-' * width for width in WIDTHS))}"


def _row(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
