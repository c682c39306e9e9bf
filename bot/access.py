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
class Use:
    """One way to use a command: the words after it, as they are written about `examples/vefsn.yaml`.

    `says` names the sentence of `templates/words/use.j2` that tells what it is for; without it the command's own line
    in the menu does. `roles`: who may, where these are fewer than those who may use the command.
    """

    words: str = ""
    says: str | None = None
    roles: frozenset[Role] | None = None


@dataclass(frozen=True)
class Command:
    """A command: its name without the slash, who may use it (nobody named: strangers too), and what it does.

    The handler gets the words after the command, as they were written. `uses` are the ways to write it, which
    `docs/kommandoer.md` shows and the tests walk.
    """

    name: str
    roles: frozenset[Role]
    handler: Handler
    uses: tuple[Use, ...] = (Use(),)


@dataclass(frozen=True)
class Press:
    """A kind of button: the prefix of its data, who may press it, and what it does with the rest of the data.

    `labels` names the sentences of `templates/words/button.j2` that such buttons are called by; one without is called
    by what it is about, a measure or a plan. `templates/words/press.j2` has what they do, by their prefix.
    """

    prefix: str
    roles: frozenset[Role]
    handler: Handler
    labels: tuple[str, ...] = ()


def may(turn: Turn, roles: frozenset[Role]) -> bool:
    """Whether the person of this turn may do what these roles may."""
    return not roles or bool(roles & turn.roles)
