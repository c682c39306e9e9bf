"""Measuring two things in turn, so that whatever else the machine does hits both."""

import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from benchmarks.table import Goal, Line, verdict


@dataclass(frozen=True)
class Pairs:
    """What was measured of ours and of the bare run, pair by pair, in one unit."""

    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        """Ours divided by bare, for each pair, smallest first."""
        return sorted(ours / bare for ours, bare in zip(self.ours, self.bare, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    def line(self, what: str, show: Callable[[float], str], goal: Goal | None = None) -> Line:
        """The line of the table: medians, the ratio with its smallest and greatest, and the goal for the ratio."""
        return Line(
            what,
            ours=show(median(self.ours)),
            bare=show(median(self.bare)),
            ratio=self.spread(),
            goal=goal.text if goal else "",
            verdict=verdict(goal.holds(self.ratio)) if goal else "",
        )

    def spread(self) -> str:
        """The ratio, and between what it varied."""
        ratios = self.ratios
        return f"{self.ratio:.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


async def in_turn(repeats: int, ours: Callable[[], Awaitable[float]], bare: Callable[[], Awaitable[float]]) -> Pairs:
    """Measure both so many times; which of them comes first alternates."""
    found: list[tuple[float, float]] = []
    for number in range(repeats):
        if number % 2:
            second = await bare()
            found.append((await ours(), second))
        else:
            first = await ours()
            found.append((first, await bare()))
    return Pairs(tuple(first for first, _ in found), tuple(second for _, second in found))


async def seconds(work: Callable[[], Awaitable[object]]) -> float:
    """How long something takes. What earlier work left to be collected is collected before."""
    gc.collect()
    began = perf_counter()
    await work()
    return perf_counter() - began


def per_second(number: float) -> str:
    """A rate as it is shown."""
    return f"{number:.0f} a second"


def milliseconds(number: float) -> str:
    """A duration in seconds as it is shown."""
    return f"{number * 1000:.1f} ms" if number < 0.1 else f"{number * 1000:.0f} ms"
