"""What was sent without what it is about, shown when the person asks for it."""

from bot import notices, outgoing
from bot.press_data import number
from bot.turn import Turn
from scheduler import digest
from storage import outbox


async def details(turn: Turn, _data: str) -> None:
    """The daily message in full, as of now."""
    assert turn.person is not None
    found = await digest.of_person(turn.session, turn.person_id, turn.today, turn.house.hours.calendar)
    if found:
        turn.edit_text(*outgoing.daily(turn.person, found, turn.today, full=True))
    else:
        turn.toast("toast.nothing_left")


async def notice(turn: Turn, data: str) -> None:
    """A notice in full: <row of the outbox>; only the one it was for sees it."""
    assert turn.person is not None
    found = number(data)
    row = await outbox.by_id(turn.session, found) if found else None
    if row is None or row.person_id != turn.person_id or row.kind == outbox.DAILY:
        turn.toast("toast.unknown_button", alert=True)
    elif (full := await notices.compose(turn.session, row, turn.person, turn.today, full=True)) is None:
        turn.toast("toast.nothing_left", alert=True)
    else:
        turn.edit_text(full.text, full.keyboard)
