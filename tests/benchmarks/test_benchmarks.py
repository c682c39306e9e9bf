"""The benchmarks run, from beginning to end; what they measure is not looked at here."""

import re
from pathlib import Path

import pytest

from benchmarks.__main__ import SUBJECTS, subject_named
from benchmarks.pairs import Pairs, milliseconds
from benchmarks.scale import TINY
from benchmarks.table import Line, at_least, at_most, head

ROOT = Path(__file__).parents[2]
IN_A_PROCESS_OF_THEIR_OWN = {"memory"}


@pytest.mark.parametrize("subject", [name for name in SUBJECTS if name not in IN_A_PROCESS_OF_THEIR_OWN])
async def test_a_benchmark_runs_to_its_end(subject: str) -> None:
    lines = [line async for line in subject_named(subject)(TINY)]
    assert lines
    for line in lines:
        assert line.verdict in {"ok", "missed", "skipped"}
        assert line.verdict == "skipped" or all((line.ours, line.bare, line.ratio, line.goal))


def test_a_ratio_is_the_median_of_the_pairs_and_not_of_each_side() -> None:
    pairs = Pairs(ours=(1.0, 4.0, 9.0), bare=(1.0, 2.0, 3.0))
    line = pairs.line("what", milliseconds, at_most(1.9))
    assert line.ratio == "2.00 (1.00–3.00)"
    assert (line.ours, line.bare, line.verdict) == ("4000 ms", "2000 ms", "missed")


def test_a_goal_is_met_at_its_limit() -> None:
    assert at_least(0.5).holds(0.5)
    assert not at_least(0.5).holds(0.49)
    assert at_most(2).holds(2)
    assert not at_most(2).holds(2.01)


def test_the_columns_of_a_line_stand_under_their_heads() -> None:
    names, _ = head().splitlines()
    line = str(Line("what", "our figure", "bare figure", "1.0", "≤ 2", "ok"))
    for name, cell in (("ours", "our figure"), ("bare", "bare figure"), ("ratio", "1.0"), ("goal", "≤ 2")):
        assert names.index(name) == line.index(cell)


def test_every_subject_is_written_about() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### `(\w+)`", page, re.MULTILINE)) == set(SUBJECTS)
