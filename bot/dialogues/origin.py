"""How and when a unit said what the office writes down for it: optional, by buttons under the answer in the making."""

from dataclasses import replace
from datetime import date, timedelta

from bot.answers import Button
from bot.dialogues.draft import Draft
from bot.turn import Turn
from storage import reply_origins
from storage.tables import StatusReply

PHONE, MAIL, MEETING = "tf", "ep", "mt"
BEFORE, AFTER, LEAVE = "td", "te", "tu"
HOW = {PHONE: "phone", MAIL: "mail", MEETING: "meeting"}
CODES = (*HOW, BEFORE, AFTER, LEAVE)
DAY = timedelta(days=1)


def buttons(turn: Turn, draft: Draft) -> list[Button]:
    """The ways it can have been said; once one is chosen, the day before and the one after."""
    press = draft.asked.press
    if not draft.asked.on_behalf:
        return []
    if draft.how is None:
        return [turn.button(f"said_by_{how}", press(code)) for code, how in HOW.items()]
    later = [turn.button("said_day_after", press(AFTER))] if draft.said_on != turn.today.isoformat() else []
    return [turn.button("said_day_before", press(BEFORE)), *later, turn.button("said_somehow", press(LEAVE))]


def changed(draft: Draft, code: str, today: date) -> Draft:
    """The draft after a press. It is said today until another day is chosen, and never in the time to come."""
    if code in HOW:
        return replace(draft, how=HOW[code], said_on=draft.said_on or today.isoformat())
    if code == LEAVE or draft.how is None:
        return replace(draft, how=None, said_on=None)
    on = date.fromisoformat(draft.said_on or today.isoformat()) + (DAY if code == AFTER else -DAY)
    return replace(draft, said_on=min(on, today).isoformat())


async def store(turn: Turn, reply: StatusReply, draft: Draft) -> None:
    """Note with a stored answer what was chosen."""
    if reply.on_behalf and draft.how is not None:
        said_on = date.fromisoformat(draft.said_on) if draft.said_on else turn.today
        await reply_origins.note(turn.session, reply, draft.how, said_on)


async def with_earlier(turn: Turn, draft: Draft) -> Draft:
    """A correction keeps what was noted about the answer it corrects, until something else is chosen."""
    found = await reply_origins.of_replies(turn.session, [draft.asked.supersedes_id])
    earlier = found.get(draft.asked.supersedes_id)
    if earlier is None or draft.how is not None:
        return draft
    return replace(draft, how=earlier.how, said_on=earlier.said_on.isoformat() if earlier.said_on else None)
