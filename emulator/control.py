"""The JSON interface below `/control/`, by which another process drives the people of a server."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from emulator.chats import Seen
from emulator.people import NotSeenError, Person

if TYPE_CHECKING:
    from emulator.server import BotApiServer

Given = dict[str, Any]


class Control:
    """Answers control requests for one server."""

    def __init__(self, server: "BotApiServer") -> None:
        self._server = server
        self._about_server: dict[tuple[str, str], Callable[[Given], Awaitable[Any]]] = {
            ("GET", "state"): self._state,
            ("POST", "quiet"): self._quiet,
            ("GET", "calls"): self._calls,
            ("POST", "faults"): self._order_fault,
            ("DELETE", "faults"): self._clear_faults,
            ("GET", "persons"): self._persons,
            ("POST", "persons"): self._add_person,
        }

    async def answer(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """The status and JSON body for a request; what cannot be done is a 4xx with `error`."""
        try:
            given = json.loads(body) if body else {}
            if not isinstance(given, dict):
                raise TypeError("the body must be an object")
            result = await self._route(method, path.removeprefix("/control/").strip("/"), given)
        except LookupError as error:
            return 404, _encoded({"error": str(error)})
        except (ValueError, TypeError, RuntimeError, NotSeenError) as error:
            return 400, _encoded({"error": str(error)})
        return 200, _encoded(result)

    async def _route(self, method: str, path: str, given: Given) -> Any:
        parts = path.split("/")
        about_server = self._about_server.get((method, path))
        if about_server is not None:
            return await about_server(given)
        if len(parts) == 3 and parts[0] == "persons" and (method, parts[2]) in _ABOUT_PERSON:
            return await _ABOUT_PERSON[method, parts[2]](self._known(parts[1]), given)
        raise LookupError(f"no such control: {method} {path}")

    def _known(self, user_id: str) -> Person:
        for person in self._server.people:
            if str(person.id) == user_id:
                return person
        raise LookupError(f"no person {user_id}")

    async def _state(self, given: Given) -> Given:
        return {"pending_updates": self._server.pending_updates, "calls": len(self._server.calls)}

    async def _quiet(self, given: Given) -> Given:
        await self._server.quiet(**given)
        return {"pending_updates": self._server.pending_updates}

    async def _calls(self, given: Given) -> list[Given]:
        return [
            {"method": call.method, "params": call.params, "answer_code": call.answer_code}
            for call in self._server.calls
        ]

    async def _order_fault(self, given: Given) -> Given:
        order = self._server.faults.order(**given)
        return {"kind": order.kind, "remaining": order.remaining}

    async def _clear_faults(self, given: Given) -> Given:
        self._server.faults.clear()
        return {}

    async def _persons(self, given: Given) -> list[Given]:
        return [_person_json(person) for person in self._server.people]

    async def _add_person(self, given: Given) -> Given:
        if not isinstance(given.get("id"), int):
            raise ValueError("a person needs an id, a whole number")
        return _person_json(self._server.person(given.pop("id"), **given))


async def _transcript(person: Person, given: Given) -> Given:
    return {"transcript": person.transcript()}


async def _messages(person: Person, given: Given) -> list[Given]:
    return [_message_json(message) for message in person.messages]


async def _start(person: Person, given: Given) -> Given:
    return _message_json(await person.start(**given))


async def _send(person: Person, given: Given) -> Given:
    return _message_json(await person.send(**given))


async def _press(person: Person, given: Given) -> Given:
    message_id = given.pop("message_id", None)
    message = person.chat.messages[message_id] if message_id is not None else None
    answer = await person.press(message=message, **given)
    if answer is None:
        return {"answered": False}
    return {"answered": True, "text": answer.text, "show_alert": answer.show_alert}


async def _block(person: Person, given: Given) -> Given:
    person.block()
    return _person_json(person)


async def _unblock(person: Person, given: Given) -> Given:
    person.unblock()
    return _person_json(person)


_ABOUT_PERSON: dict[tuple[str, str], Callable[[Person, Given], Awaitable[Any]]] = {
    ("GET", "transcript"): _transcript,
    ("GET", "messages"): _messages,
    ("POST", "start"): _start,
    ("POST", "send"): _send,
    ("POST", "press"): _press,
    ("POST", "block"): _block,
    ("POST", "unblock"): _unblock,
}


def _person_json(person: Person) -> Given:
    return {"id": person.id, "first_name": person.name, "blocked": person.chat.blocked}


def _message_json(message: Seen) -> Given:
    return {
        "message_id": message.message_id,
        "from_bot": message.from_bot,
        "date": message.date,
        "text": message.text,
        "html": message.html,
        "buttons": [
            [{"text": button.text, "data": button.data, "url": button.url} for button in row] for row in message.buttons
        ],
        "edited": message.edited,
        "file_name": message.file_name,
    }


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
