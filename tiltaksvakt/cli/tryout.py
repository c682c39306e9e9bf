"""`tiltaksvakt try`: the bot on a local web page, without Telegram."""

from pathlib import Path
from typing import Annotated

import typer


def try_(
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8765,
    data: Annotated[Path, typer.Option("--data")] = Path("try"),
    fresh: Annotated[bool, typer.Option("--fresh")] = False,
    empty: Annotated[bool, typer.Option("--empty")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
) -> int:
    """Serve the page until told to stop."""
    import asyncio
    import webbrowser

    from templates import cli
    from tiltaksvakt.cli.outcome import Outcome
    from tiltaksvakt.tryout.serving import serve

    def ready(url: str) -> None:
        print(cli.say("tryout.listening", url=url), flush=True)
        if not no_browser:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, url)

    asyncio.run(serve(data, port, ready, fresh=fresh, empty=empty))
    print(cli.say("tryout.stopped", path=str(data)))
    return Outcome.DONE
