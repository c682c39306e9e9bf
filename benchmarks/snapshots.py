"""A year's report to render: a plan with many measures, every kind of status, texts and money."""

from datetime import date

from plan.status import Status
from report.snapshot import Cost, Goal, Measure, Meeting, RouteStop, Snapshot

GOALS = 40
UNITS = 17
STATUSES = [*Status, None]


def big(count: int, version: int) -> Snapshot:
    """So many measures under forty goals at two levels. Another version has other texts: nothing can be kept."""
    return Snapshot(
        municipality="Prøve",
        leader_title="rådmann",
        plan_slug="plan",
        plan_title="Plan",
        first_year=2020,
        last_year=2024,
        year=2022,
        version=version,
        made_on=date(2022, 5, 3),
        meeting=Meeting(body="Kommunestyret", date=date(2022, 5, 25)),
        reply_by=date(2022, 4, 22),
        route=(RouteStop(body="Kommunestyret", meets_on=date(2022, 5, 25), papers_due=date(2022, 5, 4)),),
        goals=tuple(
            Goal(ref=str(n), parent_ref=None if n % 4 == 1 else str(n - (n - 1) % 4), title=f"Målet med nummer {n}")
            for n in range(1, GOALS + 1)
        ),
        measures=tuple(_measure(n, version) for n in range(count)),
    )


def _measure(n: int, version: int) -> Measure:
    status = STATUSES[n % len(STATUSES)]
    return Measure(
        ref=f"{n % GOALS + 1}.{n // GOALS + 1}",
        title=f"Tiltak nummer {n} i en lang plan, med en tittel av vanlig lengde",
        goal_ref=str(n % GOALS + 1),
        responsible=f"Enhet {n % UNITS}",
        owner_unit=f"Enhet {n % UNITS}",
        deadline_text=str(2020 + n % 5),
        due_on=date(2020 + n % 5, 12, 31),
        funding="amount",
        costs=tuple(
            Cost(year=year, kind="spending", amount_nok=n * amount) for year, amount in ((2021, 1000), (2022, 500))
        ),
        status=status,
        report_text=f"Arbeidet med tiltak {n} følger planen slik den står i versjon {version}." if status else None,
        asked_on=date(2022, 3, 28),
    )
