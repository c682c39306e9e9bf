"""How much of everything is measured: in full, quickly while working on something, or just enough to see it run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Kinds of database, sizes and repetitions.

    `people` answer `statuses` questions each in every run of updates. `due_among` are the two sizes of the database the
    due are found in. `year_days` are the days lived through before memory is compared, and again before it is compared.
    """

    kinds: tuple[str, ...] = ("sqlite", "postgresql")
    repeats: int = 5
    people: int = 80
    measures: int = 800
    statuses: int = 2
    paced: int = 240
    due: int = 100
    due_among: tuple[int, int] = (10_000, 1_000_000)
    searches: int = 15
    reported: int = 1000
    reports: int = 5
    idle_measures: int = 10_000
    idle_runs: int = 3
    idle_seconds: float = 2.0
    settle_seconds: float = 0.5
    year_days: int = 365
    year_people: int = 20
    year_measures: int = 200
    starts: int = 15


FULL = Scale()
QUICK = Scale(
    repeats=3,
    paced=120,
    due_among=(10_000, 100_000),
    reports=3,
    idle_runs=1,
    year_days=90,
    starts=9,
)
TINY = Scale(
    kinds=("sqlite",),
    repeats=1,
    people=2,
    measures=8,
    statuses=1,
    paced=2,
    due=3,
    due_among=(6, 30),
    searches=1,
    reported=4,
    reports=1,
    idle_measures=8,
    idle_runs=1,
    idle_seconds=0.1,
    settle_seconds=0.1,
    year_days=2,
    year_people=2,
    year_measures=4,
    starts=1,
)
