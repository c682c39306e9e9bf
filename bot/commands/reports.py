"""/rapport: the report of a year as documents in the chat, with its earlier versions; approved and corrected."""

import re
from dataclasses import dataclass

from bot.answers import Button, Keyboard
from bot.dialogues import approving
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of, shorten
from report import approval
from report.wording_office import say_changes
from storage import plans, report_texts, reports, rounds
from storage.ids import id_of
from storage.people import Role
from storage.tables import Plan, Report

YEAR = re.compile("[0-9]{4}")
FORMATS = ("docx", "pdf", "html", "xlsx", "json")
USUAL = FORMATS[:3]
WORDS = {
    **{form: (form,) for form in FORMATS},
    "word": ("docx",),
    "nettside": ("html",),
    "excel": ("xlsx",),
    "regneark": ("xlsx",),
    "alle": FORMATS,
}
APPROVE, CORRECT = "godkjenn", "rettelse"
ACTIONS = {"godkjenn": APPROVE, "godkjenne": APPROVE, "rettelse": CORRECT, "rett": CORRECT, "retting": CORRECT}
YEARS_AFTER = 1  # the last year is reported on in the year after it
FIRST_YEAR, LAST_YEAR = 2000, 2099
OF_YEAR, VERSION, FORMAT, TO_APPROVE, TO_CORRECT = "y", "v", "f", "a", "c"
ALL = "all"
MOST_YEARS, MOST_VERSIONS, MOST_CHANGES = 6, 6, 6


@dataclass(frozen=True)
class _Wanted:
    """What the words after the command ask for; `formats` None: those that are usual. `action`: what is to be done."""

    slug: str
    year: int | None
    formats: tuple[str, ...] | None
    action: str | None = None


async def report(turn: Turn, words: str) -> None:
    """`/rapport [plan] [year] [format|godkjenn|rettelse]`: without a plan or a year the only one, or a choice."""
    wanted = _wanted(words)
    if wanted.action and not turn.is_one_of(Role.OFFICE):
        turn.say("access.refused", command=f"rapport {wanted.action}")
        return
    found = await plans.everyone(turn.session)
    if wanted.slug:
        found = [plan for plan in found if plan.slug.startswith(wanted.slug.lower())]
    if not found:
        turn.say("report.unknown_plan", slug=shorten(wanted.slug)) if wanted.slug else turn.say("report.no_plan")
    elif len(found) == 1:
        await _do(turn, found[0], wanted.year, wanted.action, wanted.formats or USUAL)
    else:
        code = {None: "", APPROVE: f"{TO_APPROVE}:", CORRECT: f"{TO_CORRECT}:"}[wanted.action]
        buttons = [Button(shorten(plan.title), f"rp:{code}{plan.id}:{wanted.year or 0}") for plan in found]
        turn.say("report.which_plan", keyboard=rows_of(buttons, 1))


def _wanted(words: str) -> _Wanted:
    slug, year, formats, action = "", None, None, None
    for part in words.split():
        if part.lower() in ACTIONS:
            action = action or ACTIONS[part.lower()]
        elif part.lower() in WORDS:
            formats = formats or WORDS[part.lower()]
        elif YEAR.fullmatch(part):
            year = year or int(part)
        else:
            slug = slug or part
    return _Wanted(slug, year, formats, action)


async def chosen(turn: Turn, data: str) -> None:
    """A plan, a year, a version or a format was chosen."""
    code, _, rest = data.partition(":")
    if code == VERSION:
        await _show_version(turn, number(rest))
    elif code == FORMAT:
        await _send(turn, rest)
    else:
        is_year = code == OF_YEAR
        action = {TO_APPROVE: APPROVE, TO_CORRECT: CORRECT}.get(code)
        found = numbers(rest if is_year or action else data, 2)
        plan = await turn.session.get(Plan, found[0]) if found else None
        if found is None or plan is None or plan.archived_at is not None:
            turn.toast("toast.unknown_button", alert=True)
        elif action and not turn.is_one_of(Role.OFFICE):
            turn.toast("toast.not_yours", alert=True)
        else:
            await _do(turn, plan, found[1] or None, action, () if is_year else USUAL)


async def _do(turn: Turn, plan: Plan, year: int | None, action: str | None, formats: tuple[str, ...]) -> None:
    """Show a year's report, approve it or correct it: without a year that of the round that is open, or this one."""
    row = await rounds.open_of_plan(turn.session, id_of(plan))
    of_year = year or (row.year if row else turn.today.year)
    first, last = plan.first_year or FIRST_YEAR, plan.last_year or LAST_YEAR
    if not first <= of_year <= last + YEARS_AFTER:
        turn.say("report.outside_period", year=of_year, first=first, last=last)
    elif action == APPROVE:
        await approving.show(turn, plan, of_year)
    elif action == CORRECT:
        await approving.correct(turn, plan, of_year)
    else:
        await _show(turn, plan, of_year, formats)


async def _show(turn: Turn, plan: Plan, of_year: int, formats: tuple[str, ...]) -> None:
    """The approved report, or a draft as of now; it is stored where something has changed since the version before."""
    masthead, hours = approving.masthead(turn), turn.house.hours
    made = await approval.current(turn.session, plan, of_year, turn.at, hours, masthead, turn.actor)
    if made.state == reports.APPROVED:
        changes = await approval.since_approval(turn.session, made, turn.today, hours, masthead)
        turn.say(
            "report.approved",
            keyboard=await _keyboard(turn, plan, made),
            plan=plan,
            report=made,
            changes=say_changes(changes, turn.language, MOST_CHANGES) if changes else [],
            count=len(formats),
        )
        _send_all(turn, made, formats)
        return
    waiting = [measure for _reply, measure in await report_texts.waiting(turn.session) if measure.plan_id == plan.id]
    turn.say(
        "report.made",
        keyboard=await _keyboard(turn, plan, made),
        plan=plan,
        year=of_year,
        version=made.version,
        waiting=len(waiting),
        count=len(formats),
    )
    _send_all(turn, made, formats)


def _send_all(turn: Turn, row: Report, formats: tuple[str, ...]) -> None:
    for form in formats:
        turn.send_report(id_of(row), form)


async def _show_version(turn: Turn, report_id: int | None) -> None:
    """An earlier version as it was, with its formats."""
    found = await reports.by_id(turn.session, report_id) if report_id else None
    plan = await turn.session.get(Plan, found.plan_id) if found else None
    if found is None or plan is None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        keyboard = await _keyboard(turn, plan, found)
        turn.say("report.version", keyboard=keyboard, plan=plan, report=found)


async def _send(turn: Turn, data: str) -> None:
    """One format of a version, or all of them."""
    report_id, _, form = data.partition(":")
    known = number(report_id)
    found = await reports.by_id(turn.session, known) if known else None
    if found is None or form not in {*FORMATS, ALL}:
        turn.toast("toast.unknown_button", alert=True)
        return
    _send_all(turn, found, FORMATS if form == ALL else (form,))


async def _keyboard(turn: Turn, plan: Plan, shown: Report) -> Keyboard:
    """Every format of what is shown, its other versions, and the other years there can be a report of."""
    formats = [turn.button(f"report_{form}", f"rp:{FORMAT}:{shown.id}:{form}") for form in (*FORMATS, ALL)]
    others = [row for row in await reports.of_year(turn.session, id_of(plan), shown.year) if row.id != shown.id]
    versions = [
        turn.button(
            "report_version",
            f"rp:{VERSION}:{row.id}",
            number=row.version,
            on=row.approved_at or row.made_at,
            approved=row.state == reports.APPROVED,
        )
        for row in others[:MOST_VERSIONS]
    ]
    last = min(turn.today.year, (plan.last_year or LAST_YEAR) + YEARS_AFTER)
    first = max(plan.first_year or FIRST_YEAR, last - MOST_YEARS)
    years = [
        Button(str(year), f"rp:{OF_YEAR}:{plan.id}:{year}") for year in range(last, first - 1, -1) if year != shown.year
    ]
    newest_shown = all(row.version < shown.version for row in others)
    offered = approving.offer(turn, shown) if newest_shown or shown.state == reports.APPROVED else []
    return (*rows_of(formats, 3), *rows_of(offered, 1), *rows_of(versions), *rows_of(years, 4))
