"""/okonomiplan: the measures by priority with money per year, as the yearly budget work wants them."""

from collections.abc import Sequence

from bot.answers import Button
from bot.plan_and_year import plan_and_year
from bot.press_data import numbers
from bot.turn import Turn, rows_of, shorten
from plan.draft import CostKind
from report import budget
from report.budget import Budget
from storage import plans
from storage.tables import Plan

FIRST_YEAR, LAST_YEAR = 2000, 2095
ALL_PLANS = 0

Span = tuple[int | None, int | None, int]
"""A first and a last year, and the kroner of each of them; None for both where they lie outside the years shown."""


async def economy(turn: Turn, words: str) -> None:
    """`/okonomiplan [plan] [year]`: without a plan all of them, without a year the four years from the next."""
    slug, of_year = plan_and_year(words)
    found = await plans.everyone(turn.session)
    chosen = [plan for plan in found if plan.slug.startswith(slug)]
    first_year = turn.today.year + 1 if of_year is None else of_year
    if not found:
        turn.say("budget.no_plan")
    elif not chosen:
        turn.say("budget.unknown_plan", slug=shorten(slug), slugs=[plan.slug for plan in found])
    elif not FIRST_YEAR <= first_year <= LAST_YEAR:
        turn.say("budget.unknown_year", year=first_year, first=FIRST_YEAR, last=LAST_YEAR)
    else:
        await _show(turn, chosen, first_year)


async def _show(turn: Turn, chosen: Sequence[Plan], first_year: int) -> None:
    found = await budget.read(turn.session, chosen, first_year)
    if not found.lines:
        turn.say("budget.nothing")
        return
    data = f"{chosen[0].id if len(chosen) == 1 else ALL_PLANS}:{first_year}"
    buttons: list[Button] = [turn.button("budget_file", f"ok:{data}"), turn.button("budget_document", f"od:{data}")]
    turn.say(
        "budget.lines",
        keyboard=rows_of(buttons),
        with_money=[(line, _amounts(line.amounts)) for line in found.lines if line.amounts],
        has_other_years=any(of_kind.get(None) for line in found.lines for of_kind in line.amounts.values()),
        without=[line for line in found.lines if not line.amounts],
        totals=_totals(found),
        years=found.years,
        several=len(chosen) > 1,
    )


def _amounts(amounts: budget.Amounts) -> list[tuple[CostKind, list[Span]]]:
    """The kinds with any kroner, each with its years; years that follow each other with the same amount are one."""
    return [(kind, _spans(of_kind)) for kind, of_kind in amounts.items() if any(of_kind.values())]


def _spans(of_kind: dict[int | None, int]) -> list[Span]:
    found: list[Span] = []
    for year in sorted(each for each in of_kind if each is not None):
        amount = of_kind[year]
        if found and found[-1][1:] == (year - 1, amount):
            found[-1] = (found[-1][0], year, amount)
        else:
            found.append((year, year, amount))
    others = of_kind.get(None)
    return [*found, (None, None, others)] if others else found


def _totals(found: Budget) -> list[tuple[int, list[tuple[CostKind, int]]]]:
    """Each year with the sums of the kinds that have any."""
    by_year = [(year, [(kind, found.total(kind, year)) for kind in found.kinds]) for year in found.years]
    return [(year, [(kind, total) for kind, total in sums if total is not None]) for year, sums in by_year]


async def as_file(turn: Turn, data: str) -> None:
    """The same as a workbook; made anew, so that it holds what is known when it is asked for."""
    meant = await _meant(turn, data)
    if meant is not None:
        turn.send_budget(*meant)


async def as_document(turn: Turn, data: str) -> None:
    """The same as a Word document."""
    meant = await _meant(turn, data)
    if meant is not None:
        turn.send_budget_document(*meant)


async def _meant(turn: Turn, data: str) -> tuple[int | None, int] | None:
    """The plan (None: all) and the first year of a button; None where they are not there any more, which is said."""
    found = numbers(data, 2)
    plan = await turn.session.get(Plan, found[0]) if found and found[0] != ALL_PLANS else None
    is_gone = found is not None and found[0] != ALL_PLANS and (plan is None or plan.archived_at is not None)
    if found is None or is_gone or not FIRST_YEAR <= found[1] <= LAST_YEAR:
        turn.toast("toast.unknown_button", alert=True)
        return None
    return (plan.id if plan else None), found[1]
