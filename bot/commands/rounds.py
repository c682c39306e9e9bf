"""/runde: a plan's round and its case route; open it, move it, close it, call it off, take it up again."""

import re
from collections.abc import Awaitable, Callable

from bot.answers import Button, Keyboard
from bot.commands import case_route
from bot.commands.case_route import BODY, MEETING, PAPERS, REPLY_BY, change_of
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from scheduler import round_again, round_changes
from scheduler.meeting_checks import RoundRefused
from scheduler.round_changes import Change
from storage import dialogues, meetings, plans, rounds
from storage.ids import id_of
from storage.people import Role
from storage.requests import outcome_of_round
from storage.tables import Dialogue, Plan, Round

VIEW, OPEN, CLOSE, CALL_OFF, AGAIN, PLAN = "v", "o", "c", "x", "g", "p"
DATES = {"møte": MEETING, "papirer": PAPERS, "papir": PAPERS, "svarfrist": REPLY_BY}
WORDS = DATES | {
    "åpne": OPEN,
    "opne": OPEN,
    "avslutt": CLOSE,
    "avlys": CALL_OFF,
    "gjenoppta": AGAIN,
    "gjenopptak": AGAIN,
}
SURE = "y"


async def show(turn: Turn, words: str) -> None:
    """`/runde [plan] [year] [møte|svarfrist|åpne|avslutt|avlys …]`; without words the round that is next."""
    year_found = re.search(r"(?:^|\s)([0-9]{4})(?=\s|$)", words)
    head = words[: year_found.start()] if year_found else words.partition(" ")[0]
    slug = head.strip().lower()
    found = [plan for plan in await plans.everyone(turn.session) if plan.slug.startswith(slug)]
    if not found:
        turn.say("report.unknown_plan", slug=shorten(slug)) if slug else turn.say("report.no_plan")
    elif len(found) > 1:
        buttons = [Button(shorten(plan.title), f"ru:{PLAN}:{plan.id}") for plan in found]
        turn.say("rounds.which_plan", keyboard=rows_of(buttons, 1))
    else:
        rest = words[year_found.end() :] if year_found else ""
        await _of_plan(turn, found[0], int(year_found.group(1)) if year_found else None, rest.strip())


async def _of_plan(turn: Turn, plan: Plan, year: int | None, rest: str) -> None:
    known = await rounds.of_plan(turn.session, id_of(plan))
    row = next((each for each in known if each.year == year), None) if year else _nearest(known)
    word, _, after = rest.partition(" ")
    action = WORDS.get(word.lower())
    if rest and action is None:
        turn.say("rounds.usage", slug=plan.slug)
    elif action == MEETING and year:
        await _show_if(turn, plan, await case_route.set_meeting(turn, plan, year, after))
    elif row is None:
        turn.say("rounds.no_round", plan=plan, year=year)
    elif action is not None and action in DATES.values() and after:
        await _set(turn, plan, row, action, after)
    elif action is not None and action in DATES.values():
        await case_route.ask(turn, plan, row, action)
    elif action == AGAIN and after:
        await _take_up(turn, plan, row, after)
    elif action is not None:
        _ask_sure(turn, row, action)
    else:
        await _show(turn, plan, row)


def _nearest(known: list[Round]) -> Round | None:
    """The round that is open, else the next one, else the last there was."""
    ahead = [row for row in known if row.state == "open"] or [row for row in known if row.state == "planned"]
    return ahead[0] if ahead else (known[-1] if known else None)


async def _set(turn: Turn, plan: Plan, row: Round, code: str, text: str, body: str | None = None) -> None:
    """A date of the round as somebody has written it."""
    if code == MEETING:
        moved = await case_route.set_meeting(turn, plan, row.year, text, default=body or row.body)
    elif code == PAPERS:
        moved = await case_route.set_papers(turn, plan, row, text)
    else:
        moved = await case_route.set_reply_by(turn, plan, row, text)
    await _show_if(turn, plan, moved)


async def _show_if(turn: Turn, plan: Plan, row: Round | None) -> None:
    if row is not None:
        await _show(turn, plan, row)


async def _show(turn: Turn, plan: Plan, row: Round) -> None:
    outcome = await outcome_of_round(turn.session, id_of(row))
    turn.say(
        "rounds.one",
        keyboard=await _keyboard(turn, plan, row),
        plan=plan,
        round=row,
        stops=await meetings.route(turn.session, plan, row.year, turn.house.hours.calendar),
        asked=outcome.asked,
        answered=outcome.answered,
        today=turn.today,
    )


async def _keyboard(turn: Turn, plan: Plan, row: Round) -> Keyboard:
    buttons = [turn.button("round_open", f"ru:{OPEN}:{row.id}")] if row.state == "planned" else []
    if row.state != "closed":
        buttons += [
            turn.button("round_meeting", f"ru:{MEETING}:{row.id}"),
            turn.button("round_papers", f"ru:{PAPERS}:{row.id}"),
            turn.button("round_reply_by", f"ru:{REPLY_BY}:{row.id}"),
        ]
        buttons += [turn.button("round_close", f"ru:{CLOSE}:{row.id}")] if row.state == "open" else []
        buttons.append(turn.button("round_call_off", f"ru:{CALL_OFF}:{row.id}"))
    elif row.called_off_at is not None:
        buttons.append(turn.button("round_again", f"ru:{AGAIN}:{row.id}"))
    years = [
        Button(str(each.year), f"ru:{VIEW}:{each.id}")
        for each in await rounds.of_plan(turn.session, id_of(plan))
        if each.id != row.id
    ]
    return (*rows_of(buttons), *rows_of(years, 4))


async def pressed(turn: Turn, data: str) -> None:
    """A button under a round, or the choice of a plan."""
    code, _, rest = data.partition(":")
    if code == BODY:
        await case_route.body_chosen(turn, rest)
        return
    sure = rest.endswith(f":{SURE}")
    found = number(rest.removesuffix(f":{SURE}"))
    if code == PLAN and found:
        plan = await turn.session.get(Plan, found)
        if plan is not None and plan.archived_at is None:
            await _of_plan(turn, plan, None, "")
            return
    known = await case_route.in_use(turn, found) if code != PLAN else None
    if known is None or code not in {VIEW, *WORDS.values()}:
        turn.toast("toast.unknown_button", alert=True)
        return
    row, plan = known
    if code == VIEW:
        await _show(turn, plan, row)
    elif code in DATES.values():
        await case_route.ask(turn, plan, row, code)
    elif sure:
        await _do(turn, plan, row, code)
    else:
        _ask_sure(turn, row, code)


def _ask_sure(turn: Turn, row: Round, code: str) -> None:
    if code == AGAIN and row.called_off_at is None:
        turn.say("rounds.not_called_off", year=row.year)
        return
    keyboard = ((turn.button("round_surely", f"ru:{code}:{row.id}:{SURE}"),),)
    sentence = {OPEN: "rounds.open_sure", CLOSE: "rounds.close_sure", CALL_OFF: "rounds.call_off_sure"}.get(
        code, "rounds.again_sure"
    )
    turn.say(sentence, keyboard=keyboard, round=row)


ACTIONS: dict[str, Callable[[Change, Round], Awaitable[None]]] = {
    OPEN: round_changes.open_now,
    CLOSE: round_changes.close_now,
    CALL_OFF: round_changes.call_off,
    AGAIN: round_again.take_up,
}


async def _do(turn: Turn, plan: Plan, row: Round, code: str) -> None:
    opens_on = row.opens_on
    try:
        await ACTIONS[code](change_of(turn, plan), row)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        if code == AGAIN and row.called_off_at is not None:
            turn.say("rounds.again_with", plan=plan, round=row)
        return
    if code == OPEN:
        turn.say("rounds.opened", before=opens_on, round=row)
    elif code == AGAIN:
        turn.say("rounds.taken_up", round=row)
    await _show(turn, plan, row)


async def _take_up(turn: Turn, plan: Plan, row: Round, text: str) -> None:
    """ "gjenoppta kommunestyret 13.10.2027": the meeting it was called off with is not held."""
    try:
        body, held_on = await case_route.body_and_day(turn, plan, row, text)
        await round_again.take_up(change_of(turn, plan), row, body, held_on)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return
    turn.say("rounds.taken_up", round=row)
    await _show(turn, plan, row)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The date that was asked for, with the body of the meeting before it."""
    known = await case_route.in_use(turn, dialogue.data["round_id"])
    if known is None or not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("conversation.not_understood")
    else:
        row, plan = known
        await _set(turn, plan, row, dialogue.data["what"], text, dialogue.data.get("body"))
