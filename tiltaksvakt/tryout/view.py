"""What the page shows: the clock and the three windows, as data for `templates/try/`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from emulator import Person, Seen
from tiltaksvakt.tryout.cast import Seat
from tiltaksvakt.tryout.stage import LONGEST_LEAP, Stage

SHOWN = 150  # a year of one person's messages; what is older is shown when it is asked for
EXCERPT = 80
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_SPOILER = re.compile(r"<(/?)tg-spoiler>")


@dataclass(frozen=True)
class File:
    """A file of a message: where it is, its name, and its size in bytes."""

    address: str
    name: str | None
    size: int
    is_picture: bool


@dataclass(frozen=True)
class Shown:
    """A message as the page shows it. `new_day`: the day it was sent, where that is another than the one before."""

    message_id: int
    from_bot: bool
    html: Markup
    at: datetime
    edited: bool
    can_edit: bool
    excerpt: str
    reply_to: str | None
    file: File | None
    buttons: list[list[Any]]
    new_day: date | None


@dataclass(frozen=True)
class Window:
    """One chat. `chat_id` is None where nobody can sit in it yet; `units` are those the leader can be of."""

    seat: Seat
    name: str
    chat_id: int | None
    messages: list[Shown]
    older: int
    menu: list[tuple[str, str]]
    units: list[tuple[int, str]]
    unit_id: int | None
    replying: Shown | None
    editing: Shown | None
    draft: str


async def windows(stage: Stage, replying: str, editing: str, *, all_of: str) -> list[Window]:
    """The three windows; `replying` and `editing` name a message as "<chat>-<message>", `all_of` a seat."""
    units = [(unit.id or 0, unit.name) for unit in await stage.units()]
    return [
        _window(stage, seat, units if seat is Seat.LEADER else [], replying, editing, whole=all_of == seat.value)
        for seat in Seat
    ]


def _window(
    stage: Stage, seat: Seat, units: list[tuple[int, str]], replying: str, editing: str, *, whole: bool
) -> Window:
    person = stage.person(seat)
    if person is None:
        return Window(seat, "", None, [], 0, [], units, None, None, None, "")
    seen = [message for message in person.messages if not message.deleted]
    older = 0 if whole else max(len(seen) - SHOWN, 0)
    messages = list(_shown(person, seen[older:], stage))
    named = {f"{person.id}-{message.message_id}": message for message in messages}
    edited = named.get(editing)
    own = person.chat.find(edited.message_id) if edited and edited.can_edit else None
    return Window(
        seat=seat,
        name=person.name,
        chat_id=person.id,
        messages=messages,
        older=older,
        menu=person.menu,
        units=units,
        unit_id=stage.unit_id if seat is Seat.LEADER else None,
        replying=named.get(replying),
        editing=edited if own else None,
        draft=own.text if own else "",
    )


def _shown(person: Person, messages: Iterable[Seen], stage: Stage) -> Iterable[Shown]:
    last: date | None = None
    for message in messages:
        at = datetime.fromtimestamp(message.date, stage.hours.zone)
        new_day = None if at.date() == last else at.date()
        last = at.date()
        yield Shown(
            message_id=message.message_id,
            from_bot=message.from_bot,
            html=_html(message),
            at=at,
            edited=message.edited and (not message.from_bot),
            can_edit=not message.from_bot and not message.media and not _is_start(message),
            excerpt=_excerpt(message),
            reply_to=_excerpt(message.reply_to) if message.reply_to else None,
            file=_file(person, message),
            buttons=message.buttons,
            new_day=new_day,
        )


def _is_start(message: Seen) -> bool:
    """Whether it is the press of an invitation's link, of which Telegram's clients hide the secret part."""
    return not message.from_bot and message.text.startswith("/start ")


def _html(message: Seen) -> Markup:
    """The text with Telegram's formatting. The server escapes what was written; links become text."""
    if _is_start(message):
        return Markup("/start")
    text = _LINK.sub(lambda link: f"{link[2]} ({link[1]})", message.html)
    return Markup(_SPOILER.sub(r"<\1span>", text))


def _excerpt(message: Seen) -> str:
    text = "/start" if _is_start(message) else " ".join((message.text or message.file_name or "").split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"


def _file(person: Person, message: Seen) -> File | None:
    if message.content is None:
        return None
    address = f"/files/{person.id}/{message.message_id}"
    return File(address, message.file_name, len(message.content), message.photo is not None)


def limits(stage: Stage) -> dict[str, str]:
    """The first and last day the clock can be moved to."""
    first = stage.today + timedelta(days=1)
    return {"first": first.isoformat(), "last": (stage.today + LONGEST_LEAP - timedelta(days=1)).isoformat()}
