"""Setting the demo up, and taking it down: a fresh database, a server on loopback, the service between them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import yaml

from emulator import BotApiServer
from plan.refusal import Refused
from storage.database import open_database
from storage.schema_version import upgrade
from templates import cli
from tiltaksvakt.clock import SimulatedClock, SystemClock
from tiltaksvakt.demo.cast import Script
from tiltaksvakt.demo.numbers import count
from tiltaksvakt.demo.year import EARLY, FIRST_DAY, YEAR, Year
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
PLAN_FILE = EXAMPLES / "vefsn.yaml"
ANSWERS_FILE = EXAMPLES / "vefsn-svar.yaml"
TOKEN = "123456:EXAMPLE"
DATABASE = "demo.db"


class DemoRefused(Refused):
    """The demo cannot run. `code` names the sentence in `templates/cli/demo.j2`; `data` fills it."""


async def live(out: Path) -> int:
    """Live through the demo, write the report to a folder and print what happened; returns the exit code 0.

    Leaves nothing running. What an earlier demo left in the folder is overwritten. Raises `DemoRefused`.
    """
    script = _read_script()
    path = _fresh_database(out)
    database = open_database(f"sqlite:///{path}")
    starts = datetime.combine(FIRST_DAY, EARLY, Settings.load(env_file=None).zone)
    try:
        await upgrade(database)
        clock = await SimulatedClock.open(database, starts, SystemClock())
        async with BotApiServer.running(token=TOKEN, now=clock.now, rate_limit=False) as server:
            settings = _settings(server.url, path, starts)
            async with Service.opened(settings, database, clock) as service:
                year = Year(database, clock, server, service, script, PLAN_FILE)
                plan = await year.live()
        async with database.read() as session:
            numbers = await count(session, plan, YEAR)
    finally:
        await database.close()
    files = _write(out, year.documents())
    print(cli.say("demo.done", numbers=numbers, files=files))
    return 0


def _read_script() -> Script:
    if not (PLAN_FILE.exists() and ANSWERS_FILE.exists()):
        raise DemoRefused("demo.no_example", path=str(PLAN_FILE))
    return Script.of(yaml.safe_load(ANSWERS_FILE.read_text(encoding="utf-8")))


def _fresh_database(out: Path) -> Path:
    path = out / DATABASE
    try:
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob(f"{DATABASE}*"):
            left.unlink()
    except OSError as error:
        raise DemoRefused("demo.cannot_write", path=str(out)) from error
    return path


def _settings(api: str, path: Path, starts: datetime) -> Settings:
    """Settings of the demo's own: nothing of the environment may reach a real bot or a real database."""
    return Settings.load(
        env_file=None,
        data_dir=path.parent,
        database_url=f"sqlite:///{path}",
        telegram_token=TOKEN,
        telegram_token_file=None,
        telegram_api=api,
        bot_username="tiltaksvakt_bot",
        municipality="Vefsn kommune",
        leader_title="rådmann",
        language="nb",
        timezone="Europe/Oslo",
        clock=starts,
        logo=None,
        colour=None,
    )


def _write(out: Path, documents: Iterable[tuple[str, bytes]]) -> list[str]:
    written = []
    for name, content in documents:
        (out / name).write_bytes(content)
        written.append(str(out / name))
    return written
