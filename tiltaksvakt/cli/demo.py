"""`tiltaksvakt demo`: a year of an example plan in half a minute."""

from pathlib import Path
from typing import Annotated

import typer


def demo(out: Annotated[Path, typer.Option("--out")] = Path("demo")) -> int:
    """Live through the months up to the first council meeting and print where the report lies."""
    import asyncio

    from tiltaksvakt.demo import live

    return asyncio.run(live(out))
