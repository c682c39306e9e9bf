"""How a command ends: its exit code, and what it is refused for."""

from enum import IntEnum

from plan.refusal import Refused


class Outcome(IntEnum):
    """The exit codes of the command line."""

    DONE = 0
    LOOK = 1
    """Done, with something a person must look at."""
    REFUSED = 2


class CommandRefused(Refused):
    """What was typed cannot be done. `code` is "<file>.<macro>" of a sentence in `templates/cli/`; `data` fills it."""


class SeveralRefused(Exception):
    """Refused for several things at once; `sentences` are already in words, one line each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
