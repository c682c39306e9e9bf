"""/hjelp: what a person can do, from the table of commands; of one command every way to write it."""

from bot import commands
from bot.access import Command, Use, may
from bot.turn import Turn

GREETING = "start"


async def show(turn: Turn, words: str) -> None:
    """`/hjelp [command]`: nothing that the person cannot do."""
    mine = {each.name: each for each in commands.COMMANDS if may(turn, each.roles) and each.name != GREETING}
    name = words.strip().lstrip("/").lower()
    if not name:
        turn.say("help.commands", groups=_groups(turn, mine), may_answer="status" in mine)
    elif name in mine:
        command = mine[name]
        turn.say(
            "help.command", uses=[(_line(command, use), _told(turn, command, use)) for use in _uses(turn, command)]
        )
    else:
        turn.say("conversation.unknown_command")


def _groups(turn: Turn, mine: dict[str, Command]) -> list[tuple[str, list[tuple[str, str, str | None]]]]:
    """The headings, each with its commands: name, what it is for, and one example of the words it takes."""
    grouped = {name for names in commands.GROUPS.values() for name in names}
    groups = {**commands.GROUPS, "other": tuple(name for name in mine if name not in grouped)}
    rows = {
        group: [(name, turn.word(f"command.{name}"), _example(turn, mine[name])) for name in names if name in mine]
        for group, names in groups.items()
    }
    return [(group, found) for group, found in rows.items() if found]


def _uses(turn: Turn, command: Command) -> list[Use]:
    return [use for use in command.uses if use.roles is None or may(turn, use.roles)]


def _example(turn: Turn, command: Command) -> str | None:
    return next((_line(command, use) for use in _uses(turn, command) if use.words), None)


def _line(command: Command, use: Use) -> str:
    return f"/{command.name} {use.words}".strip()


def _told(turn: Turn, command: Command, use: Use) -> str:
    return turn.word(f"use.{use.says}" if use.says else f"command.{command.name}")
