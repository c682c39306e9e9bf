"""Long lists a page at a time, with buttons to the pages before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.answers import Keyboard
from bot.turn import Turn

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """What a page shows, and where it is among them: `number` counts from 0."""

    items: tuple[Item, ...]
    number: int
    count: int

    def turning(self, turn: Turn, press: str) -> Keyboard:
        """The buttons to the pages around it: `press` and the number of the page are their data."""
        before = [turn.button("page_before", f"{press}{self.number - 1}")] if self.number else []
        after = [turn.button("page_after", f"{press}{self.number + 1}")] if self.number + 1 < self.count else []
        return ((*before, *after),) if before or after else ()


def page_of(items: Sequence[Item], number: int, most: int) -> Page[Item]:
    """A page of so many; a number that is too large is the last page."""
    count = max(1, -(-len(items) // most))
    number = min(max(number, 0), count - 1)
    return Page(tuple(items[number * most : (number + 1) * most]), number, count)
