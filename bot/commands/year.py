"""/arshjul: the year ahead, in words and as a calendar file."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.answers import Keyboard
from bot.dialogues.reporting_days import buttons
from bot.plan_and_year import plan_and_year
from bot.press_data import numbers
from bot.turn import Turn, shorten
from scheduler import calendar
from scheduler.calendar import Entry
from storage import plans, reporting_days
from storage.ids import id_of
from storage.tables import Plan

FIRST_YEAR, LAST_YEAR = 2000, 2099
ALL_PLANS = 0
MOST_DAYS = 4
DAY = timedelta(days=1)


async def year(turn: Turn, words: str) -> None:
    """`/arshjul [plan] [year]`: without a plan all of them, without a year the twelve months from today."""
    slug, of_year = plan_and_year(words)
    found = await plans.everyone(turn.session)
    chosen = [plan for plan in found if plan.slug.startswith(slug)]
    if not found:
        turn.say("calendar.no_plan")
    elif not chosen:
        turn.say("calendar.unknown_plan", slug=shorten(slug), slugs=[plan.slug for plan in found])
    elif of_year is not None and not FIRST_YEAR <= of_year <= LAST_YEAR:
        turn.say("calendar.unknown_year", year=of_year, first=FIRST_YEAR, last=LAST_YEAR)
    else:
        await _show(turn, chosen, of_year)


async def _show(turn: Turn, chosen: Sequence[Plan], of_year: int | None) -> None:
    first, last = span(of_year, turn.today)
    entries = await calendar.of_plans(turn.session, chosen, first, last)
    if not entries:
        turn.say("calendar.nothing", first=first, last=last)
        return
    plan_id = chosen[0].id if len(chosen) == 1 else ALL_PLANS
    button = turn.button("calendar_file", f"aa:{plan_id}:{of_year or 0}")
    months = _by_month(turn, entries)
    keyboard = (*await _to_keep(turn, chosen), (button,))
    plan = chosen[0].title if len(chosen) == 1 else None
    waiting = {each.title: refs for each in chosen if (refs := await calendar.waiting(turn.session, each))}
    turn.say(
        "calendar.year",
        keyboard=keyboard,
        months=months,
        waiting=waiting if last >= turn.today else {},
        first=first,
        last=last,
        plan=plan,
    )


async def _to_keep(turn: Turn, chosen: Sequence[Plan]) -> Keyboard:
    """Buttons about the reporting days that somebody has heard of, and that are neither done nor moved."""
    waiting = await reporting_days.waiting(turn.session, [id_of(plan) for plan in chosen])
    return tuple(
        row
        for day in waiting[:MOST_DAYS]
        for row in buttons(id_of(day), day.plan_id, day.kind, day.due_on.year + 1, turn.button)
    )


def span(of_year: int | None, today: date) -> tuple[date, date]:
    """The first and last day of a year, or of the twelve months from today."""
    if of_year is not None:
        return date(of_year, 1, 1), date(of_year, 12, 31)
    is_leap_day = (today.month, today.day) == (2, 29)
    a_year_on = date(today.year + 1, 3, 1) if is_leap_day else today.replace(year=today.year + 1)
    return today, a_year_on - DAY


def _by_month(turn: Turn, entries: Sequence[Entry]) -> dict[date, dict[str, list[tuple[Entry, str, str]]]]:
    """What happens and who it concerns, under the first day of each month and the title of the plan."""
    found: dict[date, dict[str, list[tuple[Entry, str, str]]]] = {}
    for entry in entries:
        what = turn.word("calendar.what", entry=entry)
        who = turn.word("calendar.who", entry=entry, leader_title=turn.house.leader_title)
        of_month = found.setdefault(entry.on.replace(day=1), {})
        of_month.setdefault(entry.plan, []).append((entry, what, who))
    return found


async def as_file(turn: Turn, data: str) -> None:
    """The same days as a calendar file; made anew, so that it holds what is known when it is asked for."""
    found = numbers(data, 2)
    plan = await turn.session.get(Plan, found[0]) if found and found[0] != ALL_PLANS else None
    if found is None or (found[0] != ALL_PLANS and (plan is None or plan.archived_at is not None)):
        turn.toast("toast.unknown_button", alert=True)
        return
    first, last = span(found[1] if FIRST_YEAR <= found[1] <= LAST_YEAR else None, turn.today)
    turn.send_calendar(plan.id if plan else None, first, last)
