"""The dates of a round as the office writes them: meetings of the case route, their papers, the date to reply by."""

import re
from datetime import date

import templates
from bot.answers import Button, Keyboard
from bot.press_data import numbers
from bot.turn import Turn, rows_of, shorten
from plan.case_route import COUNCIL, same_body
from plan.workday import NoWorkdayError
from scheduler import round_changes
from scheduler.meeting_checks import RoundRefused
from scheduler.round_changes import Change
from storage import dialogues, meetings, rounds
from storage.ids import id_of
from storage.tables import Plan, Round

KIND = "round"
BODY, MEETING, PAPERS, REPLY_BY = "b", "m", "d", "s"
_DAY = re.compile(r"([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})")
_PAPERS = re.compile(r"\b(?:saks)?papir\w*:?", re.IGNORECASE)
MAX_BODY = 120
USUAL_BODIES = ("committee", "executive", "council")


def change_of(turn: Turn, plan: Plan) -> Change:
    """Who changes a plan's round, and when."""
    return Change(turn.session, plan, turn.actor, turn.at, turn.house.hours)


async def in_use(turn: Turn, round_id: int | None) -> tuple[Round, Plan] | None:
    """A round with its plan; None for one there is not, and where the plan has been archived: nobody is asked then."""
    row = await rounds.by_id(turn.session, round_id) if round_id else None
    plan = await turn.session.get(Plan, row.plan_id) if row else None
    return (row, plan) if row is not None and plan is not None and plan.archived_at is None else None


async def ask(turn: Turn, plan: Plan, row: Round, code: str) -> None:
    """Ask for a date; which, is kept until it is written."""
    await dialogues.begin(turn.session, turn.person_id, KIND, {"round_id": row.id, "what": code}, turn.at)
    if code == MEETING:
        turn.say("rounds.write_meeting", keyboard=await _bodies_keyboard(turn, plan, row), round=row)
    elif code == PAPERS:
        stops = await meetings.route(turn.session, plan, row.year, turn.house.hours.calendar)
        turn.say("rounds.write_papers", round=row, stops=stops)
    else:
        turn.say("rounds.write_reply_by", round=row)


async def _known_bodies(turn: Turn, plan: Plan, row: Round) -> list[str]:
    """The bodies of the case route, the one the plan reports to, and those that usually treat a report; each once."""
    on_route = [meeting.body for meeting in await meetings.of_year(turn.session, plan, row.year)]
    named = [*on_route, row.body, await meetings.reporting_body(turn.session, plan) or COUNCIL]
    # A body's name is stored, and the same for everybody: the municipality's language, not the reader's.
    usual = [templates.words.say(f"body.{code}", language=turn.house.language) for code in USUAL_BODIES]
    found: list[str] = []
    for body in [*named, *usual]:
        if not any(same_body(body, other) for other in found):
            found.append(body)
    return found


async def _bodies_keyboard(turn: Turn, plan: Plan, row: Round) -> Keyboard:
    bodies = await _known_bodies(turn, plan, row)
    return rows_of([Button(shorten(body), f"ru:{BODY}:{row.id}:{place}") for place, body in enumerate(bodies)])


async def body_chosen(turn: Turn, data: str) -> None:
    """Which body meets; the day is written next."""
    found = numbers(data, 2)
    known = await in_use(turn, found[0]) if found else None
    bodies = await _known_bodies(turn, known[1], known[0]) if known else []
    if found is None or known is None or found[1] >= len(bodies):
        turn.toast("toast.unknown_button", alert=True)
        return
    row, _plan = known
    body = bodies[found[1]]
    data_kept = {"round_id": row.id, "what": MEETING, "body": body}
    await dialogues.begin(turn.session, turn.person_id, KIND, data_kept, turn.at)
    turn.say("rounds.write_day", body=body, year=row.year)


async def set_meeting(turn: Turn, plan: Plan, year: int, text: str, default: str | None = None) -> Round | None:
    """ "formannskap 12.5.2027 papirer 28.4.2027": before and after are shown; what does not fit is asked for again."""
    about, *after = _PAPERS.split(text, maxsplit=1)
    body = await _body_in(turn, plan, year, about, default)
    before = await rounds.of_year(turn.session, id_of(plan), year)
    was = before.reply_by if before else None
    met = before.meeting_on if before else None
    try:
        held_on, papers_on = day_in(about), day_in(after[0]) if after else None
        if len(body) > MAX_BODY:
            raise RoundRefused("usage", slug=plan.slug)
        row = await round_changes.move_meeting(change_of(turn, plan), year, body, held_on, papers_on)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return None
    except NoWorkdayError:
        turn.say("rounds.no_day", words=shorten(text))
        return None
    await dialogues.end(turn.session, turn.person_id)
    told = row.state == "open" and (was, met) != (row.reply_by, row.meeting_on)
    turn.say("rounds.moved", body=body, day=held_on, before=was, round=row, told=told)
    return row


async def set_papers(turn: Turn, plan: Plan, row: Round, text: str) -> Round | None:
    """ "formannskap 28.4.2027": the day a meeting's papers go out; without a body those of the first."""
    body = await _body_in(turn, plan, row.year, text, row.body)
    before = row.reply_by
    try:
        day = day_in(text)
        row = await round_changes.move_papers(change_of(turn, plan), row.year, body, day)
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return None
    await dialogues.end(turn.session, turn.person_id)
    told = row.state == "open" and before != row.reply_by
    turn.say("rounds.papers_moved", body=body, day=day, before=before, round=row, told=told)
    return row


async def set_reply_by(turn: Turn, plan: Plan, row: Round, text: str) -> Round | None:
    """The day to reply by."""
    was = row.reply_by
    try:
        await round_changes.move_reply_by(change_of(turn, plan), row, day_in(text))
    except RoundRefused as refusal:
        turn.say(f"rounds.{refusal.code}", **refusal.data)
        return None
    await dialogues.end(turn.session, turn.person_id)
    turn.say("rounds.reply_by_moved", before=was, round=row)
    return row


async def body_and_day(turn: Turn, plan: Plan, row: Round, text: str) -> tuple[str, date]:
    """The body and the day in what somebody has written; without a body the one the round counts from.

    Raises `RoundRefused`, as `day_in` does.
    """
    return await _body_in(turn, plan, row.year, text, row.body), day_in(text)


async def _body_in(turn: Turn, plan: Plan, year: int, text: str, default: str | None) -> str:
    name = " ".join(_DAY.sub("", text).split())
    return await meetings.body_named(turn.session, plan, year, name or default)


def day_in(text: str) -> date:
    """The one "12.5.2027" in a text. Raises `RoundRefused`: "no_day", "no_such_day", "several_days"."""
    written = list(dict.fromkeys(match.group() for match in _DAY.finditer(text)))
    if not written:
        raise RoundRefused("no_day", words=shorten(text))
    days = {_day(each) for each in written}
    if len(days) > 1:
        raise RoundRefused("several_days", days=written)
    return days.pop()


def _day(written: str) -> date:
    day, month, year = (int(part) for part in written.split("."))
    try:
        return date(year, month, day)
    except ValueError:
        raise RoundRefused("no_such_day", words=written) from None
