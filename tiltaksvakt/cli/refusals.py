"""What stopped a command, in words: one sentence on stderr, and exit code 2."""

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from typer.exceptions import Abort, TyperException

from plan.refusal import Refused
from tiltaksvakt.cli.outcome import CommandRefused, Outcome, SeveralRefused

SUBJECTS = {
    "tiltaksvakt.settings": "settings",
    "storage.backup": "backup",
    "storage.database": "database",
    "storage.units": "unit",
    "storage.plans": "plan",
    "plan.documents.own_workbook_writing": "plan",
    "storage.meetings": "meeting",
    "scheduler.meeting_checks": "meeting",
}
"""Which file of `templates/cli/` has the sentences of a module's refusals, where their codes do not say it."""

DEBUG = "TILTAKSVAKT_DEBUG"
LOG = "errors.log"


def explain(error: Exception) -> int:
    """Say what stopped the command, and return the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error, file=sys.stderr)
        return Outcome.REFUSED
    try:
        lines = sentences(error)
    except Exception as second:  # the sentence itself failed: say so, rather than nothing
        lines = [_unexpected(second)]
    for line in lines:
        print(" ".join(line.split()), file=sys.stderr)
    return Outcome.REFUSED


def sentences(error: Exception) -> list[str]:
    """An error in words, a sentence each."""
    if isinstance(error, SeveralRefused):
        return error.sentences
    if isinstance(error, Refused):
        return [sentence_of(error)]
    if isinstance(error, Abort):
        return [_say("usage.aborted")]
    if isinstance(error, TyperException):
        return [sentence_of(_usage(error))]
    return [_of_the_database(error) or _unexpected(error)]


def sentence_of(refused: Refused) -> str:
    """The sentence of a refusal, whichever room it comes from."""
    if "." in refused.code:
        return _say(refused.code, **refused.data)
    if type(refused).__module__ == "scheduler.settings":
        return _say("plan.settings", field=_setting(refused.data["field"]))
    return _say(f"{SUBJECTS[type(refused).__module__]}.{refused.code}", **refused.data)


def _setting(field: str) -> str:
    """A setting of a plan as `/innstillinger` shows it; its path where there is no such setting."""
    from bot.tasks.settings import word_of
    from templates import words

    word = word_of(field)
    return words.say(f"setting.{word}", language=language()) if word else field


def _say(name: str, /, **data: Any) -> str:
    from templates import cli

    return cli.say(name, language=language(), **data)


def language() -> str:
    """The language of the settings, or bokmål where it is the settings that cannot be read."""
    from tiltaksvakt.settings import Settings

    try:
        return Settings.load().language
    except Refused:
        return "nb"


def _usage(error: TyperException) -> CommandRefused:
    """What Typer says in English, as a refusal of ours."""
    context: typer.Context | None = getattr(error, "ctx", None)
    command = context.command_path if context else "tiltaksvakt"
    param: Any = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    match type(error).__name__:
        case "NoSuchOption":
            nearest = getattr(error, "possibilities", None) or [None]
            return CommandRefused("usage.no_option", command=command, option=option, nearest=nearest[0])
        case "MissingParameter" if param is not None:
            return CommandRefused("usage.missing", command=command, name=_name_of(param, command))
        case "BadOptionUsage":
            return CommandRefused("usage.option_value", option=option, flag="not take" in error.message)
        case "BadParameter" if param is not None:
            return CommandRefused("usage.bad_value", name=_name_of(param, command))
        case _:
            return CommandRefused("usage.too_much", command=command)


def _name_of(param: Any, command: str) -> str:
    from tiltaksvakt.cli.help import key_of, spoken

    if param.param_type_name == "option":
        return str(param.opts[0])
    return spoken().metavar(key_of(command), param.name)


def _of_the_database(error: Exception) -> str | None:
    """The sentence for a database that has stopped answering, None for any other error."""
    from sqlalchemy.exc import InterfaceError, OperationalError

    from storage.database import explain as explain_database

    return sentence_of(explain_database(error)) if isinstance(error, InterfaceError | OperationalError) else None


def _unexpected(error: Exception) -> str:
    """Our own mistake. The log has where it happened but not with what: values may be somebody's message."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
        return _say("usage.unexpected_shown", kind=type(error).__name__)
    frames = traceback.format_list(traceback.extract_tb(error.__traceback__))
    try:
        path = _log_file()
        with open(path, "a", encoding="utf-8", opener=private) as log:
            log.write(f"{type(error).__module__}.{type(error).__name__}\n{''.join(frames)}\n")
    except (OSError, Refused):
        return _say("usage.unexpected", kind=type(error).__name__, debug=DEBUG)
    return _say("usage.unexpected_logged", kind=type(error).__name__, path=str(path))


def _log_file() -> Path:
    from tiltaksvakt.settings import Settings

    folder = Settings.load().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder / LOG


def private(path: str, flags: int) -> int:
    """Opens a file that only its owner may read (for `open(opener=...)`)."""
    return os.open(path, flags, 0o600)
