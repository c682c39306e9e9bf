"""The reference of the command line, from the commands themselves. `make docs` writes it to `docs/cli.md`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from tiltaksvakt.cli.program import NAME, build

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """# Kommandolinjen

Laget av hjelpetekstene med `make docs`. Innstillingene står i [operations.md](operations.md).

Kommandoene avslutter med 0 når alt er gjort, 1 når alt er gjort og noen må se på noe, og 2 når noe er avvist. Da står
grunnen i én setning.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with how it is called, groups first: "tiltaksvakt plan", "tiltaksvakt plan import"."""
    yield from _below(NAME, typer.main.get_command(build()))


def reference() -> str:
    """The whole page."""
    parts = [HEAD]
    for path, command in commands():
        level = "##" if path.count(" ") < 2 else "###"
        parts.append(f"{level} {path}\n\n```text\n{help_page(path, command)}\n```\n")
    return "\n".join(parts)


def help_page(path: str, command: Any) -> str:
    """The help page as `--help` prints it."""
    page: str = command.get_help(typer.Context(command, info_name=path))
    return page


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _below(f"{path} {name}", child)


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
