"""Deadlines as Norwegian plans write them, in bokmål and nynorsk, and what they mean.

A phrase is made even (`cleaning`), split (`tokens`), scanned for times, recurrences, conditions and
marks (`scanning`, with `series`, `points`, `days`, `parts`, `years`, `periods` and `recurrence`), laid
out in days (`placing`) and understood as one deadline (`understanding`, `recurring`); `rendering`
writes a meaning as a phrase.
All words are in `words`; a new phrase usually needs an entry there and a row in
tests/plan/test_deadline_phrases.py.
"""

from plan.deadline.model import Deadline, DeadlineWarning, Every, Kind, Period, Unit
from plan.deadline.rendering import canonical
from plan.deadline.understanding import parse

__all__ = ["Deadline", "DeadlineWarning", "Every", "Kind", "Period", "Unit", "canonical", "parse"]
