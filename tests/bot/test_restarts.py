"""A restart of the service at any step of any dialogue changes nothing: every walk, with and without.

The service is thrown away after an update is taken in and before it is handled, at each step: a new one, with an
application of its own, finds on the same database what it needs.
"""

import itertools
import pkgutil
import secrets
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from pathlib import Path

import pytest

import bot
from bot.commands import COMMANDS, PRESSES
from bot.conversation import LISTENERS
from bot.intake import Intake
from bot.tasks import TASKS
from storage.database import open_database
from tests.bot.acting import Cast, cast
from tests.bot.walking import Walk, Walked, outcome, walk
from tests.bot.walks import WALKS
from tiltaksvakt.service import Service

# Steps that are never asked: /innstillinger is begun with what they ask for.
ANSWERED_BEFORE = {
    ("setting", "subject"),
    ("setting", "word"),
    ("measures_move", "measures"),
    ("measures_owner", "measures"),
}


@asynccontextmanager
async def restarting(place: Cast) -> AsyncIterator["Restarts"]:
    async with AsyncExitStack() as stack:
        yield Restarts(place, stack)


class Restarts:
    """Puts a new service in the place of the one that runs."""

    def __init__(self, place: Cast, stack: AsyncExitStack) -> None:
        self.place = place
        self.stack = stack
        self.count = 0

    async def of_intake(self) -> None:
        """Only what asks Telegram begins anew. It costs numbers of the inbox, as a restart does: they are compared."""
        service = self.place.town.service
        service.intake = Intake(service.application.bot, service.database, service.clock.now, service.house.hours)
        self.count += 1

    async def __call__(self) -> None:
        """Restart."""
        town = self.place.town
        town.service = await self.stack.enter_async_context(Service.opened(town.settings, town.database, town.clock))
        self.count += 1


async def walked(
    template: Path, file: Path, found: Walk, monkeypatch: pytest.MonkeyPatch, *, restarted: bool
) -> tuple[dict[str, list[str]], Walked]:
    """A walk in a town of its own: all that is stored and seen after it, and what it has met."""
    numbers = itertools.count(1)
    shutil.copy(template, file)
    database = open_database(f"sqlite:///{file}")
    try:
        async with cast(database) as place, restarting(place) as restart:
            # First now: the town may be one that was kept, with invitations of its own.
            monkeypatch.setattr(secrets, "token_urlsafe", lambda _size: f"invitation-{next(numbers)}")
            remembered = in_modules()
            met = await walk(place, found.steps, restart if restarted else restart.of_intake)
            assert in_modules() == remembered
            assert restart.count == sum(not line.startswith("at ") for line in found.steps)
            folder = str(place.town.settings.approved_reports)
            seen = {
                name: [line.replace(folder, "") for line in lines] for name, lines in (await outcome(place)).items()
            }
            return seen, met
    finally:
        await database.close()


def in_modules() -> dict[tuple[str, str], int]:
    """What the modules of the bot hold that can grow: a new service in this process would find it again."""
    modules = [(name, module) for name, module in sys.modules.items() if name.startswith("bot.")]
    return {
        (name, each): len(value)
        for name, module in modules
        for each, value in vars(module).items()
        if isinstance(value, dict | list | set) and not each.startswith("__")
    }


@pytest.mark.parametrize("name", WALKS)
async def test_a_restart_at_every_step_changes_nothing(
    name: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = WALKS[name]
    expected, met = await walked(sqlite_template, tmp_path / "one.db", found, monkeypatch, restarted=False)
    after, again = await walked(sqlite_template, tmp_path / "many.db", found, monkeypatch, restarted=True)
    assert after == expected
    assert again == met
    # What the walk says of itself is true, and every step of its tasks is asked.
    assert (met.dialogues, met.presses) == (set(found.dialogues.split()), set(found.presses.split()))
    assert met.steps - ANSWERED_BEFORE >= {step for code in found.tasks.split() for step in steps_of(code)}


def steps_of(code: str) -> set[tuple[str, str]]:
    """The questions of a task, and the last one, whether it shall be done."""
    task = TASKS[code]
    sure = {(code, "sure")} if task.sure else set()
    return {(code, step.name) for step in task.steps} - ANSWERED_BEFORE | sure


def test_every_dialogue_command_button_and_task_is_walked() -> None:
    walks = WALKS.values()
    assert {kind for found in walks for kind in found.dialogues.split()} == kinds()
    assert {prefix for found in walks for prefix in found.presses.split()} == {press.prefix for press in PRESSES}
    assert {code for found in walks for code in found.tasks.split()} == set(TASKS)
    assert {name for found in walks for name in found.commands} == {command.name for command in COMMANDS}


def kinds() -> set[str]:
    """Every kind of dialogue: what modules of the bot call theirs, and what takes words."""
    named = {getattr(import_module(found.name), "KIND", None) for found in pkgutil.walk_packages(bot.__path__, "bot.")}
    return {kind for kind in named if isinstance(kind, str)} | set(LISTENERS)
