"""How well the readers understand plans whose content is known: precision and recall of measures and of each field.

    python benchmarks/read_plans.py FOLDER

FOLDER holds NAME.docx, NAME.pdf and NAME.xlsx (any of them) and `truth/NAME.json` with what a careful reader finds.
Texts are compared with white space collapsed. In a spreadsheet an admin may have typed other deadlines than the plan
has; `truth/xlsx_expected.json`, where it exists, says what stands in each cell.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from plan.deadline import parse
from plan.documents import read
from plan.documents.problem import DocumentRefused
from plan.draft import Draft, Measure

FIELDS = ("number", "title", "responsible", "units", "deadline", "cost", "funding", "priority", "category", "goal")
SPREADSHEETS = (".xlsx", ".csv")
_COST_KINDS = {
    "expense": "spending",
    "income": "income",
    "own_funding": "own",
    "external": "external",
    "investment": "investment",
}


@dataclass
class Score:
    """How many were right, found and expected."""

    right: int = 0
    found: int = 0
    expected: int = 0
    misses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.expected if self.expected else 1.0
        return (
            f"precision {precision:6.1%}  recall {recall:6.1%}  ({self.right} of {self.expected}, {self.found} found)"
        )


def main(folder: Path) -> int:
    """Print the figures of every document in the folder; 1 if one of them was refused."""
    status = 0
    for truth_file in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        if "measures" not in truth:
            continue
        for document in sorted(folder.glob(f"{truth_file.stem}.*")):
            try:
                draft = read(document.name, document.read_bytes())
            except DocumentRefused as refused:
                print(f"{document.name}: refused ({refused})")
                status = 1
                continue
            _print(document, scores(draft, truth, _typed_deadlines(folder, document)))
    return status


def _print(document: Path, found: dict[str, Score]) -> None:
    print(document.name)
    for name, score in found.items():
        print(f"  {name:12} {score}")
        for miss in score.misses[:5]:
            print(f"      {miss}")


def scores(draft: Draft, truth: dict[str, Any], typed: dict[str, Any] | None = None) -> dict[str, Score]:
    """The score of the measures and of each field. `typed` has the deadline cells of a spreadsheet by number."""
    expected = truth["measures"]
    pairs = list(_paired(draft, expected))
    result = {"measures": Score(len(pairs), len(draft.measures), len(expected))}
    matched = {id(measure) for _, measure in pairs}
    result["measures"].misses = [f"not in the plan: {each.title}" for each in draft.measures if id(each) not in matched]
    for name in FIELDS:
        score = result[name] = Score()
        for wanted, measure in pairs:
            want, got = _expected(name, wanted, typed), _read(name, measure, typed is not None)
            score.expected += want is not None
            score.found += got is not None
            score.right += want is not None and want == got
            if want != got:
                score.misses.append(f"{measure.ref}: {got!r} instead of {want!r}")
    return result


def _paired(draft: Draft, expected: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Measure]]:
    left = list(draft.measures)
    for wanted in expected:
        number = wanted["ref"] or wanted.get("ref_generated")
        same_title = [each for each in left if _even(each.title) == _even(wanted["title"])]
        same_number = [each for each in left if each.ref == number]
        best = next((each for each in same_title if each in same_number), None)
        best = best or next(iter(same_title or same_number), None)
        if best is not None:
            left.remove(best)
            yield wanted, best


def _expected(name: str, wanted: dict[str, Any], typed: dict[str, Any] | None) -> object:
    if name == "number":
        return wanted["ref"]
    if name == "deadline":
        key = str(wanted["ref"] or wanted.get("ref_generated"))
        return _deadline(typed.get(key) if typed is not None else wanted["deadline_text"])
    if name == "cost":
        return _costs(wanted["cost"]["by_year_nok"], whole=typed is None)
    if name == "funding":
        return wanted["cost"]["kind"] if wanted["cost"]["kind"] != "unknown" else None
    if name == "responsible" and typed is not None:
        return _listed(wanted["responsible_text"])
    keys = {"responsible": "responsible_text", "units": "responsible_units", "goal": "goal_ref"}
    return _even(wanted.get(keys.get(name, name)))


def _read(name: str, measure: Measure, is_sheet: bool) -> object:
    if name == "number":
        return None if measure.ref_is_ours else measure.ref
    if name == "deadline":
        return _deadline(measure.deadline.text)
    if name == "cost":
        lines: dict[str, dict[str, int | bool | None]] = {}
        for line in measure.costs:
            if line.year is not None:
                kinds = lines.setdefault(str(line.year), {})
                if line.amount_nok is not None:
                    known = kinds.get(line.kind.value) or 0
                    kinds[line.kind.value] = known + line.amount_nok
                elif line.kind.value == "external":
                    kinds["external"] = True
        return _net(lines, whole=not is_sheet)
    if name == "funding":
        return measure.funding.value if measure.funding.value != "unknown" else None
    if name == "responsible" and is_sheet:
        return _listed(measure.responsible)
    names = {"goal": "goal_ref"}
    return _even(getattr(measure, names.get(name, name)))


def _listed(text: str | None) -> object:
    """A list of units, whatever stands between them: an admin types semicolons where the plan has lines."""
    return _even(re.sub(r"[;.\n]+", " ", text)) if text else None


def _deadline(value: object) -> object:
    """A deadline as it is compared: what it means, so that 31.12.2022 and a date in a cell are the same."""
    if value in (None, ""):
        return None
    text = str(value)
    with suppress(ValueError):
        text = datetime.fromisoformat(text).strftime("%d.%m.%Y") if len(text) == 10 else text
    meaning = parse(_even_text(text))
    return (
        (meaning.kind.value, meaning.due, meaning.start, meaning.every, meaning.condition)
        if meaning.due
        else _even(text)
    )


def _costs(by_year: dict[str, Any], *, whole: bool) -> object:
    lines = {
        year: {
            _COST_KINDS[kind]: amount for kind, amount in amounts.items() if kind in _COST_KINDS and amount is not None
        }
        for year, amounts in by_year.items()
    }
    return _net(lines, whole=whole)


def _net(lines: dict[str, dict[str, Any]], *, whole: bool) -> object:
    """The lines by year. Of a spreadsheet only spending counts: it has one column for a year, and no table."""
    kept = ("spending", "investment", "external") if not whole else tuple(_COST_KINDS.values())
    even = {
        year: {kind: amount for kind, amount in kinds.items() if kind in kept} for year, kinds in lines.items() if kinds
    }
    return {year: kinds for year, kinds in sorted(even.items()) if kinds} or None


def _typed_deadlines(folder: Path, document: Path) -> dict[str, Any] | None:
    expected = folder / "truth" / "xlsx_expected.json"
    if document.suffix not in SPREADSHEETS or not expected.exists():
        return None
    sheets = json.loads(expected.read_text(encoding="utf-8")).get(document.stem, {}).get("sheets", [])
    return {row["key"]: row["deadline_cell"] for sheet in sheets for row in sheet.get("measures", [])}


def _even(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(_even_text(str(each)).casefold() for each in value) or None
    return _even_text(str(value)) if value not in (None, "") else None


def _even_text(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
