"""The web page: what a browser asks for, and what comes of it. Every form works without JavaScript."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import templates
from emulator import Person, Seen
from emulator.files import DOWNLOAD_BYTES, image_size
from tiltaksvakt.tryout.cast import Seat
from tiltaksvakt.tryout.guard import Guard, is_from_our_form
from tiltaksvakt.tryout.stage import Moved, Stage
from tiltaksvakt.tryout.view import limits, windows

ASSETS = Path(templates.__file__).parent / "try"
TEXT_LENGTH = 4096  # what Telegram's clients let a person write in one message
BODY_BYTES = DOWNLOAD_BYTES + 64 * 1024  # a form is a little larger than the file in it
PICTURES = {b"\x89PN": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF": "image/gif"}


@dataclass
class Notice:
    """What the last thing that was done came to: a sentence of `templates/try/notice.j2`, in a window or above them."""

    sentence: str
    data: dict[str, Any] = field(default_factory=dict)
    seat: Seat | None = None
    alert: bool = False


class Pages:
    """The handlers, for one stage. `key` is what every form of ours carries."""

    def __init__(self, stage: Stage, key: str) -> None:
        self.stage = stage
        self.key = key
        self.notice: Notice | None = None

    async def show(self, request: Request) -> Response:
        """The page itself."""
        query = request.query_params
        seat = _seat(query.get("seat", "")) or Seat.LEADER
        shown = await windows(self.stage, query.get("reply", ""), query.get("edit", ""), all_of=query.get("all", ""))
        page = templates.pages.say(
            "page.whole",
            language=self.stage.language,
            windows=shown,
            active=seat.value,
            now=self.stage.clock.now().astimezone(self.stage.hours.zone),
            notice=self.notice,
            limits=limits(self.stage),
            key=self.key,
            longest=TEXT_LENGTH,
            lang=self.stage.language,
        )
        return HTMLResponse(page)

    async def send(self, form: FormData) -> Seat:
        """A message, a file, or the edit of a message."""
        seat, person = self._who(form)
        text = _text(form, "text").replace("\r\n", "\n").strip()
        upload = form.get("file")
        if len(text) > TEXT_LENGTH:
            self.notice = Notice("too_long", {"most": TEXT_LENGTH}, seat)
        elif isinstance(upload, UploadFile) and upload.filename:
            await self._send_file(seat, person, upload, text, _message(person, form, "reply_to"))
        elif not text:
            self.notice = Notice("empty", {}, seat)
        elif (own := _message(person, form, "edit")) is not None and not own.from_bot:
            await self.stage.edit(person, own, text)
        else:
            await self.stage.send(person, text, _message(person, form, "reply_to"))
        return seat

    async def press(self, form: FormData) -> Seat:
        """A press of a button under a message."""
        seat, person = self._who(form)
        message, data = _message(person, form, "message"), _text(form, "data")
        if message is None or data not in {button.data for row in message.buttons for button in row}:
            self.notice = Notice("button_gone", {}, seat)
        else:
            answer = await self.stage.press(person, message, data)
            if answer is not None and answer.text:
                self.notice = Notice("said", {"text": answer.text}, seat, answer.show_alert)
        return seat

    async def choose_unit(self, form: FormData) -> Seat:
        """Be the leader of another unit."""
        unit_id = _text(form, "unit")
        if not (unit_id.isdecimal() and len(unit_id) < 10 and await self.stage.sit_down(int(unit_id))):
            self.notice = Notice("no_unit", {}, Seat.LEADER)
        return Seat.LEADER

    async def next_event(self, form: FormData) -> Seat:
        """Move the clock to the next thing that happens."""
        moved = await self.stage.to_next_event()
        self.notice = _of_move(moved) if moved.moved else Notice("nothing_left")
        return _seat(_text(form, "seat")) or Seat.LEADER

    async def to_day(self, form: FormData) -> Seat:
        """Move the clock to a day."""
        try:
            moved = await self.stage.to_day(date.fromisoformat(_text(form, "day")))
        except (ValueError, OverflowError):
            moved = Moved(False)
        self.notice = _of_move(moved) if moved.moved else Notice("bad_day", {"today": self.stage.today})
        return _seat(_text(form, "seat")) or Seat.LEADER

    async def file(self, request: Request) -> Response:
        """A file of a message: a picture to be shown, everything else to be kept."""
        chat_id, message_id = request.path_params["chat_id"], request.path_params["message_id"]
        person = next((each for each in self.stage.server.people if each.id == chat_id), None)
        message = person.chat.find(message_id) if person else None
        if message is None or message.content is None:
            raise HTTPException(404)
        if message.photo is not None and image_size(message.content):
            return Response(message.content, media_type=PICTURES[message.content[:3]])
        name = quote(message.file_name or f"{message_id}")
        disposition = f"attachment; filename*=UTF-8''{name}"
        return Response(message.content, 200, {"Content-Disposition": disposition}, "application/octet-stream")

    async def refuse(self, request: Request, error: Exception) -> Response:
        """A page for what cannot be done: a sentence, and the way back."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        sentence = {403: "old_form", 404: "not_here", 405: "not_here", 413: "too_large"}.get(status, "failed")
        page = templates.pages.say(
            "page.refused", language=self.stage.language, sentence=sentence, lang=self.stage.language
        )
        return HTMLResponse(page, status)

    def doing(self, what: Callable[[FormData], Awaitable[Seat]]) -> Callable[[Request], Awaitable[Response]]:
        """The handler of a form: done when the form is ours, and then to the page again, at the window it was in.

        What a browser then shows can be loaded anew without doing anything twice.
        """

        async def do(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > BODY_BYTES:
                raise HTTPException(413)
            async with request.form(max_files=1, max_fields=20) as form:
                if not is_from_our_form(request.headers, _text(form, "key"), self.key):
                    raise HTTPException(403)
                self.notice = None
                seat = await what(form)
            return RedirectResponse(f"/?seat={seat.value}#{seat.value}", 303)

        return do

    def _who(self, form: FormData) -> tuple[Seat, Person]:
        """Whose window a form is in; that of another unit's leader, when the page is an old one, is no longer there."""
        seat = _seat(_text(form, "seat"))
        person = self.stage.person(seat) if seat else None
        if seat is None or person is None or str(person.id) != _text(form, "chat"):
            raise HTTPException(403)
        return seat, person

    async def _send_file(
        self, seat: Seat, person: Person, upload: UploadFile, caption: str, reply_to: Seen | None
    ) -> None:
        content = await upload.read()
        if len(content) > DOWNLOAD_BYTES:
            raise HTTPException(413)
        if not content:
            self.notice = Notice("empty_file", {}, seat)
            return
        kind = PICTURES.get(content[:3]) if image_size(content) else None
        name = Path(upload.filename or "").name or "fil"
        await self.stage.send_file(person, name, content, kind or "application/octet-stream", caption, reply_to)


def application(stage: Stage, port: int, key: str) -> Starlette:
    """The page of a stage, for a server on loopback that listens on this port."""
    pages = Pages(stage, key)
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    routes = [
        Route("/", pages.show),
        Route("/send", pages.doing(pages.send), methods=["POST"]),
        Route("/press", pages.doing(pages.press), methods=["POST"]),
        Route("/unit", pages.doing(pages.choose_unit), methods=["POST"]),
        Route("/clock/next", pages.doing(pages.next_event), methods=["POST"]),
        Route("/clock/day", pages.doing(pages.to_day), methods=["POST"]),
        Route("/files/{chat_id:int}/{message_id:int}", pages.file),
        Route("/assets/icon.svg", _asset("icon.svg", "image/svg+xml")),
        Route("/assets/look.css", _asset("look.css", "text/css")),
        Route("/assets/lively.js", _asset("lively.js", "text/javascript")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, language=stage.language)],
        exception_handlers={HTTPException: pages.refuse, Exception: pages.refuse},
    )


def _asset(name: str, media_type: str) -> Any:
    async def asset(_request: Request) -> Response:
        return FileResponse(ASSETS / name, media_type=media_type)

    return asset


def _of_move(moved: Moved) -> Notice:
    return Notice("moved", {"news": list(moved.news.items())})


def _seat(text: str) -> Seat | None:
    return Seat(text) if text in set(Seat) else None


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _message(person: Person, form: FormData, name: str) -> Seen | None:
    """The message of the person's chat that a field names, if it is still there."""
    text = _text(form, name)
    return person.chat.find(int(text)) if text.isdecimal() and len(text) < 12 else None
