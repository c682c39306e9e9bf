"""/runde: a plan's round and its case route; open it, move it, close it, call it off."""

import re
from collections.abc import Awaitable, Callable
from datetime import date

import templates
from bot.answers import Button, Keyboard
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of, shorten
from plan.workday import NoWorkdayError
from scheduler import round_changes
from scheduler.planning import COUNCIL
from scheduler.round_changes import Change, RoundRefused
from storage import dialogues, meetings, plans, rounds
from storage.ids import id_of
from storage.people import Role
from storage.requests import outcome_of_round
from storage.tables import Dialogue, Plan, Round

KIND = "round"
VIEW, OPEN, MEETING, REPLY_BY, CLOSE, CALL_OFF, PLAN, BODY = "v", "o", "m", "s", "c", "x", "p", "b"
WORDS = {"åpne": OPEN, "opne": OPEN, "møte": MEETING, "svarfrist": REPLY_BY, "avslutt": CLOSE, "avlys": CALL_OFF}
SURE = "y"
_DAY = re.compile(r"([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})")
MAX_BODY = 120
USUAL_BODIES = ("committee", "executive", "council")


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
        await _set_meeting(turn, plan, year, after)
    elif row is None:
        turn.say("rounds.no_round", plan=plan, year=year)
    elif action == REPLY_BY:
        await _set_reply_by(turn, plan, row, after)
    elif action is not None:
        _ask_sure(turn, row, action)
    else:
        await _show(turn, plan, row)


def _nearest(known: list[Round]) -> Round | None:
    """The round that is open, else the next one, else the last there was."""
    ahead = [row for row in known if row.state == "open"] or [row for row in known if row.state == "planned"]
    return ahead[0] if ahead else (known[-1] if known else None)


async def _show(turn: Turn, plan: Plan, row: Round) -> None:
    outcome = await outcome_of_round(turn.session, id_of(row))
    stops = [
        (meeting.body, meeting.held_on, _papers(turn, plan, row, meeting.held_on))
        for meeting in await round_changes.route(turn.session, plan, row.year)
    ]
    turn.say(
        "rounds.one",
        keyboard=await _keyboard(turn, plan, row),
        plan=plan,
        round=row,
        stops=stops or [(row.body, row.meeting_on, row.papers_on)],
        asked=outcome.asked,
        answered=outcome.answered,
        today=turn.today,
    )


def _papers(turn: Turn, plan: Plan, row: Round, held_on: date) -> date:
    """The day the papers of a meeting are due."""
    if held_on == row.meeting_on:
        return row.papers_on
    settings = _change(turn, plan).settings.round
    return turn.house.hours.calendar.add(held_on, -settings.papers)


async def _keyboard(turn: Turn, plan: Plan, row: Round) -> Keyboard:
    buttons = [turn.button("round_open", f"ru:{OPEN}:{row.id}")] if row.state == "planned" else []
    if row.state != "closed":
        buttons += [
            turn.button("round_meeting", f"ru:{MEETING}:{row.id}"),
            turn.button("round_reply_by", f"ru:{REPLY_BY}:{row.id}"),
        ]
        buttons += [turn.button("round_close", f"ru:{CLOSE}:{row.id}")] if row.state == "open" else []
        buttons.append(turn.button("round_call_off", f"ru:{CALL_OFF}:{row.id}"))
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
        await _body_chosen(turn, rest)
        return
    sure = rest.endswith(f":{SURE}")
    found = number(rest.removesuffix(f":{SURE}"))
    if code == PLAN and found:
        plan = await turn.session.get(Plan, found)
        if plan is not None and plan.archived_at is None:
            await _of_plan(turn, plan, None, "")
            return
    row = await rounds.by_id(turn.session, found) if found and code != PLAN else None
    plan = await turn.session.get(Plan, row.plan_id) if row else None
    if row is None or plan is None or code not in {VIEW, *WORDS.values()}:
        turn.toast("toast.unknown_button", alert=True)
    elif code == VIEW:
        await _show(turn, plan, row)
    elif code in {MEETING, REPLY_BY}:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"round_id": row.id, "what": code}, turn.at)
        if code == MEETING:
            turn.say("rounds.write_meeting", keyboard=await _bodies_keyboard(turn, plan, row), round=row)
        else:
            turn.say("rounds.write_reply_by", round=row)
    elif sure:
        await _do(turn, plan, row, code)
    else:
        _ask_sure(turn, row, code)


async def _known_bodies(turn: Turn, plan: Plan, row: Round) -> list[str]:
    """The bodies of the case route, the one the plan reports to, and those that usually treat a report; each once."""
    on_route = [meeting.body for meeting in await round_changes.route(turn.session, plan, row.year)]
    named = [*on_route, row.body, await meetings.reporting_body(turn.session, plan) or COUNCIL]
    # A body's name is stored, and the same for everybody: the municipality's language, not the reader's.
    usual = [templates.words.say(f"body.{code}", language=turn.house.language) for code in USUAL_BODIES]
    found: list[str] = []
    for body in [*named, *usual]:
        if not any(round_changes.same_body(body, other) for other in found):
            found.append(body)
    return found


async def _bodies_keyboard(turn: Turn, plan: Plan, row: Round) -> Keyboard:
    bodies = await _known_bodies(turn, plan, row)
    return rows_of([Button(shorten(body), f"ru:{BODY}:{row.id}:{place}") for place, body in enumerate(bodies)])


async def _body_chosen(turn: Turn, data: str) -> None:
    """Which body meets; the day is written next."""
    found = numbers(data, 2)
    row = await rounds.by_id(turn.session, found[0]) if found else None
    plan = await turn.session.get(Plan, row.plan_id) if row else None
    bodies = await _known_bodies(turn, plan, row) if row and plan else []
    if found is None or row is None or found[1] >= len(bodies):
        turn.toast("toast.unknown_button", alert=True)
        return
    body = bodies[found[1]]
    data_kept = {"round_id": row.id, "what": MEETING, "body": body}
    await dialogues.begin(turn.session, turn.person_id, KIND, data_kept, turn.at)
    turn.say("rounds.write_day", body=body, year=row.year)


def _ask_sure(turn: Turn, row: Round, code: str) -> None:
    keyboard = ((turn.button("round_surely", f"ru:{code}:{row.id}:{SURE}"),),)
    sentence = {OPEN: "rounds.open_sure", CLOSE: "rounds.close_sure", CALL_OFF: "rounds.call_off_sure"}[code]
    turn.say(sentence, keyboard=keyboard, round=row)


ACTIONS: dict[str, Callable[[Change, Round], Awaitable[None]]] = {
    OPEN: round_changes.open_now,
    CLOSE: round_changes.close_now,
    CALL_OFF: round_changes.call_off,
}


async def _do(turn: Turn, plan: Plan, row: Round, code: str) -> None:
    opens_on = row.opens_on
    try:
        await ACTIONS[code](_change(turn, plan), row)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return
    if code == OPEN:
        turn.say("rounds.opened", before=opens_on, round=row)
    await _show(turn, plan, row)


def _change(turn: Turn, plan: Plan) -> Change:
    return Change(turn.session, plan, turn.actor, turn.at, turn.house.hours)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The date that was asked for, with the body of the meeting before it."""
    row = await rounds.by_id(turn.session, dialogue.data["round_id"])
    plan = await turn.session.get(Plan, row.plan_id) if row else None
    if row is None or plan is None or not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("conversation.not_understood")
    elif dialogue.data["what"] == MEETING:
        await _set_meeting(turn, plan, row.year, text, default=dialogue.data.get("body") or row.body)
    else:
        await _set_reply_by(turn, plan, row, text)


async def _set_meeting(turn: Turn, plan: Plan, year: int, text: str, default: str | None = None) -> None:
    """ "formannskap 12.5.2027": before and after are shown; what does not fit is asked for once more."""
    held_on = _day(text)
    if held_on is None:
        turn.say("rounds.no_day", words=shorten(text))
        return
    name = _DAY.sub("", text).strip()
    default = default or await meetings.reporting_body(turn.session, plan) or COUNCIL
    body = await _body(turn, plan, year, name or default)
    if len(body) > MAX_BODY:
        turn.say("rounds.usage", slug=plan.slug)
        return
    before = await rounds.of_year(turn.session, id_of(plan), year)
    was = before.reply_by if before else None
    met = before.meeting_on if before else None
    try:
        row = await round_changes.move_meeting(_change(turn, plan), year, body, held_on)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return
    except NoWorkdayError:
        turn.say("rounds.no_day", words=shorten(text))
        return
    await dialogues.end(turn.session, turn.person_id)
    told = row.state == "open" and (was, met) != (row.reply_by, row.meeting_on)
    turn.say("rounds.moved", body=body, day=held_on, before=was, round=row, told=told)
    await _show(turn, plan, row)


async def _set_reply_by(turn: Turn, plan: Plan, row: Round, text: str) -> None:
    day = _day(text)
    if day is None:
        turn.say("rounds.no_day", words=shorten(text))
        return
    was = row.reply_by
    try:
        await round_changes.move_reply_by(_change(turn, plan), row, day)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return
    await dialogues.end(turn.session, turn.person_id)
    turn.say("rounds.reply_by_moved", before=was, round=row)
    await _show(turn, plan, row)


async def _body(turn: Turn, plan: Plan, year: int, name: str) -> str:
    """The body as the route or the plan has it, else as it was written."""
    known = [meeting.body for meeting in await round_changes.route(turn.session, plan, year)]
    known.append(await meetings.reporting_body(turn.session, plan) or COUNCIL)
    same = next((body for body in known if round_changes.same_body(body, name)), None)
    return same or name[:1].upper() + name[1:]


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
