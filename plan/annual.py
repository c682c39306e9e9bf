"""The annual cycle: in which years a plan reports, on which day until the meeting is known, and the days of a round."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from plan.deadline import Period
from plan.draft import YearlyRule
from plan.workday import WorkCalendar

LONGEST = 120  # working days, about half a year: with more, two rounds would run into each other


class SettingsFault(StrEnum):
    """What is wrong with a setting of a round."""

    TOO_SHORT = "round_setting_too_short"
    TOO_LONG = "round_setting_too_long"


class RoundSettingsError(ValueError):
    """A setting of a round that no round can be made of; it has the code, the setting, its value and the limit."""

    def __init__(self, code: SettingsFault, setting: str, value: int, limit: int) -> None:
        self.code = code
        self.setting = setting
        self.value = value
        self.limit = limit
        super().__init__(f"{code}: {setting} is {value}, limit {limit}")


@dataclass(frozen=True)
class RoundSettings:
    """How long each part of a round takes, in working days, from 1 to 120.

    `papers`: from the day the papers go out until the meeting. The Local Government Act asks for reasonable notice
    (kommuneloven § 11-3) and sets no number; two weeks leave room for a meeting of the committee in between.
    `office`: the office's own days, from the day after the last replies until the papers go out; a week.
    `reply`: the whole days between the day the round opens and the last day for replies; three weeks.

    Raises `RoundSettingsError`.
    """

    papers: int = 10
    office: int = 5
    reply: int = 15

    def __post_init__(self) -> None:
        for setting in fields(self):
            value = getattr(self, setting.name)
            if value < 1:
                raise RoundSettingsError(SettingsFault.TOO_SHORT, setting.name, value, 1)
            if value > LONGEST:
                raise RoundSettingsError(SettingsFault.TOO_LONG, setting.name, value, LONGEST)


@dataclass(frozen=True)
class RoundDates:
    """The days of a round, each before the next; all but the meeting are working days.

    `opens`: the units are asked. `halfway`: those who have not answered are reminded. `reply_by`: the last day for
    replies. `office_from`: the office has the replies to itself. `papers`: the report goes out. `meeting`: as given.
    """

    opens: date
    halfway: date
    reply_by: date
    office_from: date
    papers: date
    meeting: date


def reporting_years(rule: YearlyRule, period: Period) -> tuple[int, ...]:
    """The years in which a reporting date falls, in order.

    They count from the rule's first year, else from the plan's. Years before the plan are left out; years after it
    belong only where the rule itself names a later last year.
    """
    first = rule.first_year if rule.first_year is not None else period.first.year
    last = rule.last_year if rule.last_year is not None else period.last.year
    return tuple(year for year in range(first, last + 1, rule.n) if year >= period.first.year)


def provisional_meeting(rule: YearlyRule, year: int, calendar: WorkCalendar) -> date | None:
    """The day to plan for while the plan names only months: the first working day of the first of them.

    Whichever day the meeting turns out to be, nothing is then too late. None where the rule names no month: any day
    would be a guess, and an admin has to set the meeting. Raises `plan.workday.NoWorkdayError`.
    """
    return calendar.on_or_after(date(year, rule.months[0], 1)) if rule.months else None


def round_dates(
    meeting: date, settings: RoundSettings, calendar: WorkCalendar, own_papers: date | None = None
) -> RoundDates:
    """Count a round backwards from its meeting, in working days, or from the day somebody has set for its papers.

    Raises `plan.workday.NoWorkdayError`.
    """
    papers = own_papers or calendar.add(meeting, -settings.papers)
    office_from = calendar.add(papers, -settings.office)
    reply_by = calendar.add(office_from, -1)
    opens = calendar.add(reply_by, -(settings.reply + 1))
    halfway = calendar.add(opens, (settings.reply + 1) // 2)
    return RoundDates(opens, halfway, reply_by, office_from, papers, meeting)
