"""The progress bar: the months that go by."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from templates import formats

Day = TypeVar("Day", bound=date)


def through(days: Iterable[Day], total: int) -> Iterator[Day]:
    """Go through the days, showing on standard error which month it is."""
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        for day in days:
            bar.update(task, description=formats.month(day))
            yield day
            bar.advance(task)
