"""`python -m benchmarks [--quick] [subject …]`: measure, and print a line for each number as soon as it is known."""

import argparse
import asyncio
import importlib
import logging
import os
import platform
import sys
from collections.abc import AsyncIterator, Callable, Sequence

from benchmarks.databases import KINDS, described, is_there
from benchmarks.scale import FULL, QUICK, Scale
from benchmarks.table import Line, head

SUBJECTS = ("updates", "delivery", "tick", "due", "word", "pdf", "page", "workbook", "memory", "startup")


def main() -> None:
    """Measure what was asked for, or everything. A missed goal is printed; only what breaks ends with a traceback."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=f"of {', '.join(SUBJECTS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, 100,000 measures instead of a million")
    options = parser.parse_args()
    unknown = sorted(set(options.subjects) - set(SUBJECTS))
    if unknown:
        parser.error(f"no such subject: {', '.join(unknown)}")
    logging.disable(logging.ERROR)
    asyncio.run(_measure(options.subjects or SUBJECTS, QUICK if options.quick else FULL))


async def _measure(subjects: Sequence[str], scale: Scale) -> None:
    print(await _conditions(), head(), sep="\n\n", flush=True)
    for subject in subjects:
        async for line in subject_named(subject)(scale):
            print(line, flush=True)


def subject_named(name: str) -> Callable[[Scale], AsyncIterator[Line]]:
    """The benchmark of a subject: a file of this package with a function `run`."""
    found: Callable[[Scale], AsyncIterator[Line]] = importlib.import_module(f"benchmarks.{name}").run
    return found


async def _conditions() -> str:
    """What the figures depend on."""
    databases = [await described(kind) for kind in KINDS if is_there(kind)]
    python = f"Python {platform.python_version()}, {os.cpu_count()} cores, {sys.platform}"
    return "\n".join([python, *databases])


if __name__ == "__main__":
    main()
