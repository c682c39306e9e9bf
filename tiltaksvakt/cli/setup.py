"""`tiltaksvakt init`: from nothing to a service that can be run."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.refusals import private
from tiltaksvakt.cli.workspace import Workspace, in_workspace

LEADER_TITLES = ("kommunedirektør", "rådmann")
ENV_FILE = Path(".env")


def init(
    municipality: Annotated[str | None, typer.Option("--municipality")] = None,
    leader_title: Annotated[str | None, typer.Option("--leader-title")] = None,
    token: Annotated[str | None, typer.Option("--token")] = None,
    token_file: Annotated[Path | None, typer.Option("--token-file")] = None,
    database_url: Annotated[str | None, typer.Option("--database-url")] = None,
    name: Annotated[str | None, typer.Option("--name")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite")] = False,
) -> None:
    """Ask what neither an option nor the environment says, write `.env`, and print the first admin's invitation."""
    from tiltaksvakt.settings import Settings

    if ENV_FILE.exists() and not overwrite:
        raise CommandRefused("init.exists", path=str(ENV_FILE))
    if token is not None and token_file is not None:
        raise CommandRefused("init.two_tokens")
    known = Settings.load(env_file=None)
    answers: dict[str, str] = {}
    if municipality or known.municipality is None:
        answers["municipality"] = values.name(municipality or _ask("municipality", "--municipality"))
    if leader_title or "leader_title" not in known.model_fields_set:
        title = leader_title or _ask("leader_title", "--leader-title", LEADER_TITLES[0])
        answers["leader_title"] = values.one_of(title, LEADER_TITLES, "--leader-title")
    if token_file is not None:
        answers["telegram_token_file"] = str(token_file.absolute())
    elif token or (known.telegram_token is None and known.telegram_token_file is None):
        answers["telegram_token"] = (token or _ask("token", "--token-file", secret=True)).strip()
    if database_url is not None:
        answers["database_url"] = database_url
    admin = values.name(name or _ask("name", "--name"))
    _set_up(answers, admin)


def _ask(question: str, option: str, default: str | None = None, *, secret: bool = False) -> str:
    """Ask until there is an answer; without a terminal, refuse with the option that would have answered."""
    from templates import cli

    if not sys.stdin.isatty():
        raise CommandRefused("init.not_answered", option=option)
    text = cli.say(f"init.{question}")
    answer: str = typer.prompt(text, default=default, hide_input=secret)
    return answer


def _set_up(answers: dict[str, str], admin: str) -> None:
    """Try the answers on the bot's server and the database first, so that nothing is half set up."""
    from templates import cli
    from tiltaksvakt.settings import Settings

    lines = [f"TILTAKSVAKT_{name.upper()}={_quoted(value)}" for name, value in answers.items()]
    link = in_workspace(lambda workspace: _invite(workspace, admin), Settings.load(env_file=None, **answers))
    _write(lines)
    print(cli.say("init.done", path=str(ENV_FILE)))
    print(link)
    print(cli.say("init.next"))


async def _invite(workspace: Workspace, admin: str) -> str:
    from tiltaksvakt.cli.invitations import issue

    _, link = await issue(workspace, "admin", admin, None)
    return link


def _quoted(value: str) -> str:
    """A value as python-dotenv and Docker Compose read it alike: single quotes take everything but themselves."""
    if "'" in value:
        raise CommandRefused("init.quote", value=value)
    return f"'{value}'"


def _write(lines: list[str]) -> None:
    """Write `.env`, readable for its owner alone: it may hold the token."""
    try:
        ENV_FILE.unlink(missing_ok=True)
        with open(ENV_FILE, "x", encoding="utf-8", opener=private) as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        raise CommandRefused("init.cannot_write", path=str(ENV_FILE)) from None
