"""How help is shown: Typer's commands with our own texts, since Typer speaks English only."""

import os
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from textwrap import fill
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from templates.help import Help
from tiltaksvakt.cli.outcome import CommandRefused

WIDTH = 100


def spoken() -> Help:
    """The texts in the language of the settings; only the environment is asked, since `--help` must be quick."""
    return Help(os.environ.get("TILTAKSVAKT_LANGUAGE", "nb").strip().lower() or "nb")


class HelpfulCommand(TyperCommand):
    """A command whose help comes from `templates.help`, by its name ("plan import")."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's Context is the one it passes
        """The help page."""
        return _page(self, ctx)


class CommandOverOthers(HelpfulCommand):
    """A command that has others under it: what is typed after it is its own, unless it begins with the name of one."""

    commands: ClassVar[Mapping[str, Any]] = {}

    def make_context(self, info_name: Any, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the command that was typed."""
        if args and args[0] in self.commands:
            path = f"{info_name} {args[0]}"
            return self.commands[args[0]].make_context(path, args[1:], parent=parent, **extra)
        return super().make_context(info_name, args, parent=parent, **extra)


def over(functions: dict[str, Callable[..., Any]]) -> type[CommandOverOthers]:
    """The class of a command with these under it."""
    group = typer.Typer(cls=HelpfulGroup, add_completion=False, rich_markup_mode=None)
    for name, function in functions.items():
        group.command(name, cls=HelpfulCommand)(function)

    class Over(CommandOverOthers):
        commands = typer.main.get_group(group).commands

    return Over


class HelpfulGroup(TyperGroup):
    """A group of commands whose help comes from `templates.help`."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help page."""
        return _page(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed. Raises `CommandRefused`, naming the one that is spelt most like it."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            nearest = get_close_matches(args[0], self.commands, n=1)
            raise CommandRefused(
                "usage.no_command", command=ctx.command_path, name=args[0], nearest=nearest[0] if nearest else None
            )
        return super().resolve_command(ctx, args)


def key_of(path: str) -> str:
    """What `templates.help` calls a command, from how it is called: "tiltaksvakt plan import" is "plan import"."""
    return path.partition(" ")[2]


def _page(command: Any, ctx: Any) -> str:
    texts, key = spoken(), key_of(ctx.command_path)
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    below = getattr(command, "commands", {})
    usage = [ctx.command_path, *(_in_usage(texts, key, param) for param in arguments)]
    usage += [texts.command_word] if below and not arguments else [texts.options_word] if options else []
    parts = [f"{texts.usage}: {' '.join(usage)}", fill(texts.command(key), WIDTH)]
    parts += _section(texts.arguments, ((_name(texts, key, p), texts.parameter(key, p.name)) for p in arguments))
    parts += _section(texts.commands, ((name, texts.command(f"{key} {name}".strip())) for name in below))
    listed = [(_spelling(texts, key, param), texts.parameter(key, param.name)) for param in options]
    parts += _section(texts.options, [*listed, ("--help", texts.help)])
    return "\n\n".join(parts)


def _in_usage(texts: Help, key: str, param: Any) -> str:
    name = texts.metavar(key, param.name)
    return name if param.required else f"[{name}]"


def _name(texts: Help, key: str, param: Any) -> str:
    return texts.metavar(key, param.name)


def _spelling(texts: Help, key: str, param: Any) -> str:
    spelt = ", ".join(param.opts)
    return spelt if param.is_flag else f"{spelt} {texts.metavar(key, param.name)}"


def _section(heading: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    listed = list(rows)
    if not listed:
        return []
    width = min(max(len(name) for name, _ in listed), 32)
    lines = []
    for name, text in listed:
        indent = " " * (width + 4)
        body = fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
        first = f"  {name.ljust(width)}  "
        lines.append(first + body.removeprefix(indent) if len(name) <= width else f"  {name}\n{body}")
    return [f"{heading}:\n" + "\n".join(lines)]
