"""Deadlines as Norwegian plans write them, in bokmål and nynorsk, and what they mean."""

from plan.deadline.model import Deadline, DeadlineWarning, Every, Kind, Period, Unit

__all__ = ["Deadline", "DeadlineWarning", "Every", "Kind", "Period", "Unit"]
