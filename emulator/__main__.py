"""`python -m emulator`: the server alone, driven through `/control/` by another process."""

import argparse
import asyncio
import signal

from emulator.server import BotApiServer


def main() -> None:
    """Runs a server until it is interrupted or ended; prints its address when it is ready."""
    parser = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="port on loopback, 0 for a free one (default: 8081)")
    parser.add_argument("--token", default="123456:TEST", help="the bot's token (default: 123456:TEST)")
    parser.add_argument("--username", default="tiltaksvakt_bot", help="the bot's username")
    parser.add_argument("--no-rate-limit", action="store_true", help="send as fast as you like")
    options = parser.parse_args()
    try:
        asyncio.run(_serve(options))
    except (OSError, ValueError) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")


async def _serve(options: argparse.Namespace) -> None:
    async with BotApiServer.running(
        options.token,
        port=options.port,
        bot_username=options.username,
        rate_limit=not options.no_rate_limit,
    ) as server:
        # Asked for by name: a shell that starts it in the background lets it ignore interrupts.
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        print(server.url, flush=True)
        await stop.wait()


if __name__ == "__main__":
    main()
