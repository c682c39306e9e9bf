"""Reading plan documents: one module per format, each giving the same draft (`plan.draft.Draft`).

A new format is a module with `recognises(name, content)` and `read_bytes(content)`, and a line in `READERS`.
"""

import re
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from plan.deadline import Period, parse
from plan.documents.package import is_compound, is_zip, refuse_compound, refuse_damaged
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.draft import MAX_TITLE, Draft

MAX_BYTES = 20_000_000

READERS = ("yaml_file", "pdf_file", "word_file", "own_workbook", "workbook_file", "csv_file")
"""The modules in the order they are asked. Imported when a document is read: some load heavy libraries."""


NO_TITLE = "no_title"
NO_PERIOD = "no_period"
PERIOD_FROM_NAME = "period_from_name"


class Reader(Protocol):
    """What the module of a format offers."""

    def recognises(self, name: str, content: bytes) -> bool:
        """Whether the content is of this format; the name is a hint where the content does not tell."""

    def read_bytes(self, content: bytes) -> Draft:
        """The draft in the content; raises `DocumentRefused`."""


def read(name: str, content: bytes) -> Draft:
    """Read a document of any format we know. The content decides; an extension that says otherwise is ignored.

    Raises `DocumentRefused` with everything that is wrong with the document.
    """
    if not content.strip():
        raise DocumentRefused([Problem(Code.EMPTY)])
    if len(content) > MAX_BYTES:
        raise DocumentRefused([Problem(Code.TOO_LARGE, data={"limit_mb": MAX_BYTES // 1_000_000})])
    for module in READERS:
        reader = cast(Reader, import_module(f"plan.documents.{module}"))
        if reader.recognises(name, content):
            return _named(reader.read_bytes(content), name)
    if is_compound(content):
        refuse_compound(content)
    if is_zip(content):
        refuse_damaged(content)
    raise DocumentRefused([Problem(Code.UNKNOWN_FORMAT)])


def _named(draft: Draft, name: str) -> Draft:
    """The draft; the name of the file gives a plan without title or period one, which stays a doubt."""
    stem = re.sub(r"[_\s]+", " ", PurePath(name).stem).strip()
    if NO_TITLE in draft.warnings and stem:
        draft = draft.model_copy(update={"title": stem[:MAX_TITLE]})
    if NO_PERIOD not in draft.warnings:
        return draft
    from plan.documents.understanding.cover import period_in  # with all that reading a document needs

    period = period_in(stem)
    return draft if period is None else _with_period(draft, period)


def _with_period(draft: Draft, period: tuple[int, int]) -> Draft:
    """The draft with a period, and its deadlines understood within it."""
    within = Period.of_years(*period)
    measures = tuple(
        measure.model_copy(update={"deadline": parse(measure.deadline.text, period=within)})
        for measure in draft.measures
    )
    warnings = tuple(PERIOD_FROM_NAME if code == NO_PERIOD else code for code in draft.warnings)
    return draft.model_copy(update={"period": period, "measures": measures, "warnings": warnings})
