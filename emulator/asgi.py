"""The HTTP face of a server, as an ASGI application: reads a request, meets the ordered fault, calls the method.

Plain ASGI, since a request has exactly three kinds of paths and benchmarks run against this server.
"""

import asyncio
import re
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from emulator.answers import ApiError, error_body, not_found, result_body, unauthorized
from emulator.control import Control
from emulator.faults import FaultKind, Order
from emulator.files import UPLOAD_BYTES
from emulator.methods import METHODS
from emulator.parameters import Parameters, read_parameters
from emulator.world import Call, World

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A multipart body is a little larger than the file in it.
BODY_BYTES = UPLOAD_BYTES + 64 * 1024
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_JSON = (b"content-type", b"application/json")
_GONE = object()
_GATEWAY_PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


class HttpFace:
    """One server's ASGI application; `control` answers below `/control/`, where there is one."""

    def __init__(self, world: World, control: Control | None) -> None:
        self._world = world
        self._control = control

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answers one HTTP request."""
        path: str = scope["path"]
        if path.startswith("/bot"):
            await self._answer_call(scope, receive, send)
        elif path.startswith("/file/bot"):
            await self._answer_file(path, send)
        elif path.startswith("/control/") and self._control is not None:
            await self._answer_control(self._control, scope, receive, send)
        else:
            await _respond(send, 404, error_body(not_found()))

    async def _answer_call(self, scope: Message, receive: Receive, send: Send) -> None:
        name = scope["path"].rpartition("/")[2]
        parameters = Parameters()
        fault: Order | None = None
        try:
            parameters = await _read(scope, receive)
            self._check_token(scope["path"].removeprefix("/bot").partition("/")[0])
            fault = self._world.faults.take(name.lower(), _chat_of(parameters))
            status, content = await self._outcome(name, parameters, fault, scope, receive)
        except ApiError as error:
            status, content = error.code, error_body(error)
        self._world.calls.append(Call(name, parameters.recorded(), status))
        self._world.changes.announce()
        if status:
            kind = (b"content-type", b"text/html") if content is _GATEWAY_PAGE else _JSON
            await _respond(send, status, content, kind)

    async def _outcome(
        self, name: str, parameters: Parameters, fault: Order | None, scope: Message, receive: Receive
    ) -> tuple[int, bytes]:
        """The status and body of a call; status 0 where the connection was cut and nothing can be answered."""
        kind = fault.kind if fault else None
        if fault and (refusal := fault.refusal()):
            raise refusal
        if kind is FaultKind.BAD_GATEWAY:
            return 502, _GATEWAY_PAGE
        if kind not in (FaultKind.TIMEOUT_BEFORE, FaultKind.RESET_BEFORE):
            method = METHODS.get(name.lower())
            if method is None:
                raise not_found()
            work = method(self._world, parameters)
            if name.lower() == "getupdates" and parameters.integer("timeout") > 0:
                result = await _while_connected(work, receive)
                if result is _GONE:
                    return 0, b""
            else:
                result = await work
            content = result_body(result)
            if fault is None:
                return 200, content
        await _lose_answer(fault, scope, receive)
        return 0, b""

    async def _answer_control(self, control: Control, scope: Message, receive: Receive, send: Send) -> None:
        try:
            work = control.answer(scope["method"], scope["path"], await _body(receive))
            answer = await _while_connected(work, receive)
        except ApiError as error:
            answer = error.code, error_body(error)
        if answer is not _GONE:
            await _respond(send, *answer)

    async def _answer_file(self, path: str, send: Send) -> None:
        token, _, file_path = path.removeprefix("/file/bot").partition("/")
        try:
            self._check_token(token)
        except ApiError as error:
            await _respond(send, error.code, error_body(error))
            return
        stored = self._world.files.by_path(file_path)
        if stored is None:
            await _respond(send, 404, error_body(not_found()))
        else:
            await _respond(send, 200, stored.content, (b"content-type", b"application/octet-stream"))

    def _check_token(self, token: str) -> None:
        if token != self._world.token:
            raise unauthorized() if _TOKEN.fullmatch(token) else not_found()


async def _read(scope: Message, receive: Receive) -> Parameters:
    if scope["method"] not in ("GET", "POST"):
        raise ApiError(405, "Method Not Allowed")
    content_type = next((value for key, value in scope["headers"] if key == b"content-type"), b"")
    return read_parameters(scope["query_string"], content_type.decode("latin-1"), await _body(receive))


async def _body(receive: Receive) -> bytes:
    """The body of a request; one above the limit is read to its end, not kept, and refused with a 413."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= BODY_BYTES:
            chunks.append(chunk)
        more = message.get("more_body", False)
    if size > BODY_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    return b"".join(chunks)


async def _respond(send: Send, status: int, content: bytes, kind: tuple[bytes, bytes] = _JSON) -> None:
    headers = [kind, (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _lose_answer(fault: Order | None, scope: Message, receive: Receive) -> None:
    """Holds the connection where a time-out was ordered, then resets it, so that the client gets no answer."""
    transport: asyncio.Transport = scope["state"]["transport"]
    if fault and fault.kind in (FaultKind.TIMEOUT_BEFORE, FaultKind.TIMEOUT_AFTER):
        try:
            async with asyncio.timeout(fault.hold_seconds):
                await _disconnected(receive)
        except TimeoutError:
            pass
        else:
            return
    # Closing with a linger time of zero makes the kernel send RST instead of FIN: a reset, not a polite end.
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _while_connected(work: Awaitable[Any], receive: Receive) -> Any:
    """The result of work that may take long, or _GONE as soon as the client has gone, which ends the work too."""
    polling = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait((polling, leaving), return_when=asyncio.FIRST_COMPLETED)
        return polling.result() if polling.done() else _GONE
    finally:
        polling.cancel()
        leaving.cancel()


def _chat_of(parameters: Parameters) -> int | None:
    return parameters.integer("chat_id") or None
