"""The socket: uvicorn's HTTP protocol inside the running event loop, on loopback.

Only uvicorn's protocol is used, not its runner: there is nothing to run between two requests, so a server starts and
stops within a millisecond, takes no signals and writes no log.
"""

import asyncio
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
KEEP_ALIVE_SECONDS = 75


class _Protocol(H11Protocol):
    """Hands its transport to the application, which cuts connections when that was ordered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {"transport": transport}


class Listener:
    """A listening server for one application; `port` is the one it got."""

    def __init__(self, application: Any, port: int) -> None:
        config = uvicorn.Config(
            application,
            http=_Protocol,
            ws="none",
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        self._socket = _bound_socket(port)
        self.port: int = self._socket.getsockname()[1]

    async def start(self) -> None:
        """Accepts connections from now on."""
        await self._server.startup(sockets=[self._socket])

    async def stop(self) -> None:
        """Closes the socket and every connection, and waits until the requests under way have noticed."""
        for server in self._server.servers:
            server.close()
        state = self._server.server_state
        for connection in list(state.connections):
            connection.transport.abort()
        if state.tasks:
            await asyncio.wait(set(state.tasks))
        await asyncio.sleep(0)


def _bound_socket(port: int) -> socket.socket:
    # The protocol is named because asyncio switches off Nagle's algorithm only where it is, and an answer leaves in two
    # writes: with it each call would take 40 milliseconds.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        raise
    return bound
