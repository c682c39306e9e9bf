"""The reference of the chat, from the table of commands and buttons. `make docs` writes it to `docs/kommandoer.md`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import templates
from bot.access import STRANGERS_TOO, Command, Press, Use
from bot.commands import COMMANDS, PRESSES
from storage.people import Role
from tests.templates.samples import WORDS
from tests.templates.test_sentences import arguments_of

PAGE = Path(__file__).parents[1] / "docs" / "kommandoer.md"
HEAD = """# Kommandoer og knapper i chatten

Laget av tabellen i `bot/commands/__init__.py` med `make docs`. Numre og enheter er fra planen i `examples/vefsn.yaml`.

Skriv kommandoen som den står, med dine egne ord etter den. Har du ikke tilgang, sier boten fra, og ingenting blir
endret. Har du flere roller, kan du det hver av dem kan. Menyen ved tekstfeltet viser kommandoene du har.
"""
PRESSES_HEAD = """
## Knapper

Knapper blir liggende i gamle meldinger. Hvert trykk blir derfor prøvd på nytt: om det er ditt, og om det fortsatt
gjelder.
"""
ROLES = {Role.LEADER: "leder", Role.OFFICE: "kontoret", Role.ADMIN: "administrator"}
# What a label shows where it holds a value.
VALUES: dict[str, Any] = {"count": 3, "left": 3, "status": "in_progress", "unit": "NAV", "day": date(2027, 5, 31)}


def reference() -> str:
    """The whole page."""
    commands = [row for command in COMMANDS for row in _rows_of(command)]
    presses = [f"| {_labels(entry)} | {_word('press', entry.prefix)} | {_who(entry.roles)} |" for entry in PRESSES]
    return "\n".join(
        [
            HEAD,
            "## Kommandoer\n",
            "| Skriv | Hva den gjør | Hvem |\n|---|---|---|",
            *commands,
            PRESSES_HEAD,
            "| Knapp | Hva den gjør | Hvem |\n|---|---|---|",
            *presses,
            "",
        ]
    )


def _rows_of(command: Command) -> Iterable[str]:
    for use in command.uses:
        line = f"/{command.name} {use.words}".strip()
        roles = command.roles if use.roles is None else use.roles
        yield f"| `{line}` | {_told(command, use)} | {_who(roles)} |"


def _told(command: Command, use: Use) -> str:
    return _word("use", use.says) if use.says else _word("command", command.name)


def _labels(entry: Press) -> str:
    return ", ".join(f"«{_label(name)}»" for name in entry.labels) or "et tiltak eller en plan"


def _label(name: str) -> str:
    wanted = arguments_of(templates.words, f"button.{name}")
    return templates.words.say(
        f"button.{name}", **{argument: VALUES.get(argument) or WORDS[argument][0] for argument in wanted}
    )


def _who(roles: frozenset[Role]) -> str:
    if roles == STRANGERS_TOO:
        return "alle, også de som ikke er med ennå"
    return "alle" if roles == set(Role) else ", ".join(ROLES[role] for role in ROLES if role in roles)


def _word(subject: str, name: str) -> str:
    return templates.words.say(f"{subject}.{name}")


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
