"""What a careful person finds in a plan, and the shape of a plan that is made for a test."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class M:
    """A measure. `ref` None: the plan has no number. `units` None: the responsible text is one unit.

    `deadline` is verbatim; `due` only where the words stand in several cells. `costs` are (year, kroner). `goal` is
    the goal's title.
    """

    ref: str | None
    title: str
    responsible: str | None = None
    deadline: str | None = None
    units: tuple[str, ...] | None = None
    costs: tuple[tuple[int | None, int], ...] = ()
    goal: str | None = None
    priority: int | str | None = None
    category: str | None = None
    due: str | None = None

    @property
    def unit_names(self) -> tuple[str, ...]:
        if self.units is not None:
            return self.units
        return (self.responsible,) if self.responsible else ()


@dataclass(frozen=True)
class Town:
    """A plan of an invented municipality. `reporting` holds (kind, months) of what it promises."""

    file_name: str
    data: Callable[[], bytes]
    title: str | None
    municipality: str | None
    period: tuple[int, int] | None
    measures: tuple[M, ...]
    reporting: tuple[tuple[str, tuple[int, ...]], ...] = ()
