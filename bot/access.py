"""Who may do what, in one place: every command and every button with the roles that may use it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.turn import Turn
from storage.people import Role

Handler = Callable[[Turn, str], Awaitable[None]]

ADMIN = frozenset({Role.ADMIN})
OFFICE = frozenset({Role.OFFICE})
LEADER = frozenset({Role.LEADER})
STAFF = ADMIN | OFFICE
EVERYONE = ADMIN | OFFICE | LEADER
STRANGERS_TOO: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Command:
    """A command: its name without the slash, who may use it (nobody named: strangers too), and what it does.

    The handler gets the words after the command, as they were written.
    """

    name: str
    roles: frozenset[Role]
    handler: Handler


@dataclass(frozen=True)
class Press:
    """A kind of button: the prefix of its data, who may press it, and what it does with the rest of the data."""

    prefix: str
    roles: frozenset[Role]
    handler: Handler


def may(turn: Turn, roles: frozenset[Role]) -> bool:
    """Whether the person of this turn may do what these roles may."""
    return not roles or bool(roles & turn.roles)
