"""Running the page: its address, its folder, and how it stops."""

import asyncio
import errno
import hashlib
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from emulator.listener import HOST, Listener
from tiltaksvakt.tryout.stage import Stage, TryoutRefused, forget
from tiltaksvakt.tryout.web import application

LOCK = "in-use"


@asynccontextmanager
async def opened(
    folder: Path, port: int, *, fresh: bool = False, empty: bool = False
) -> AsyncIterator[tuple[str, Stage]]:
    """The page of a folder while this is open: its address, and the stage it shows. Port 0 takes a free one.

    Raises `TryoutRefused` when the port or the folder cannot be used; then nothing has been removed.
    """
    port = _free(port)
    with _alone_in(folder):
        if fresh:
            forget(folder)
        async with Stage.opened(folder, empty=empty) as stage:
            key = hashlib.sha256(f"form {stage.server.token}".encode()).hexdigest()
            listener = Listener(application(stage, port, key), port)
            await listener.start()
            try:
                yield f"http://{HOST}:{port}/", stage
            finally:
                await stage.finish()
                await listener.stop()


async def serve(folder: Path, port: int, ready: Callable[[str], None], *, fresh: bool, empty: bool) -> None:
    """Run until the process is told to stop (SIGINT, SIGTERM); `ready` gets the address once the page answers."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and the token is in them
    async with opened(folder, port, fresh=fresh, empty=empty) as (url, _):
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        ready(url)
        await stop.wait()


def _free(port: int) -> int:
    """The port, or a free one for 0. Raises `TryoutRefused` where we cannot listen on it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            code = "port_in_use" if error.errno == errno.EADDRINUSE else "port_refused"
            raise TryoutRefused(f"tryout.{code}", port=port) from None
        return int(probe.getsockname()[1])


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder: two on the same would write over each other's chats. The system lets go when we end."""
    import fcntl

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise TryoutRefused("tryout.folder", path=str(folder)) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise TryoutRefused("tryout.in_use", path=str(folder)) from None
    finally:
        os.close(lock)
