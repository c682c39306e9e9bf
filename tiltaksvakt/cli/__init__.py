"""The command line: one file per group of commands; `program.main` is where it begins.

Nothing heavy is imported at the top of a file here: `tiltaksvakt --help` must start as fast as Typer does.
"""

from tiltaksvakt.cli.program import main

__all__ = ["main"]
