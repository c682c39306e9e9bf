"""The data of the buttons of a review: what is pressed, and what was shown when it was."""

import json
from zlib import crc32

from bot.press_data import LARGEST
from plan.changes import PlanChanges
from storage.ids import id_of
from storage.tables import PlanImport

SUMMARY, GO, ASK, ANSWER, ALL, LATER, FINAL, IMPORT, DROP, DROP_SURELY, LIST = (
    "su",
    "go",
    "qu",
    "an",
    "al",
    "la",
    "fi",
    "im",
    "dr",
    "ds",
    "li",
)
# How many numbers follow the code: the review; the question; the choice and what it chooses; stamps; a page.
NUMBERS = {
    SUMMARY: 1,
    GO: 2,
    ASK: 2,
    ANSWER: 4,
    ALL: 2,
    LATER: 1,
    FINAL: 1,
    IMPORT: 3,
    DROP: 1,
    DROP_SURELY: 1,
    LIST: 2,
}


def data_of(code: str, row: PlanImport, *rest: int) -> str:
    """The data of a button: at most 49 bytes with numbers of ten digits."""
    return ":".join(map(str, ("pi", code, id_of(row), *rest)))


def stamp(row: PlanImport) -> int:
    """A number for the decisions as they are: what was shown is what a yes is for."""
    return crc32(json.dumps(row.decisions, sort_keys=True).encode()) & LARGEST


def stamp_of(changes: PlanChanges | None) -> int:
    """A number for what is changed in the plan as it is stored: another one when somebody has changed it meanwhile."""
    return crc32(repr(changes).encode()) & LARGEST
