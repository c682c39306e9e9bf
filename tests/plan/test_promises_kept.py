"""What plans promise about themselves, in sentences like theirs, and the days that come of it: four years of each.

From the sentence through its rule to the days. Holidays show where they fall: a report's meeting is planned for on a
working day, and what is due on a day off has to be done on the working day before.
"""

from collections.abc import Iterable
from datetime import date

from plan.annual import RoundSettings, provisional_meeting, reporting_years, round_dates
from plan.deadline import Period, parse
from plan.documents.understanding.promises import promises
from plan.draft import ReportingKind
from plan.occurrence import occurrences
from plan.reporting_days import Basis, promised_days
from plan.workday import WorkCalendar

NORWAY = WorkCalendar()
FOUR_YEARS = Period.of_years(2021, 2024)


def iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


def meetings(sentence: str, period: Period = FOUR_YEARS) -> list[date]:
    """The meetings that are planned for while the plan only names the month."""
    found = []
    for promise in promises(sentence):
        assert promise.kind is ReportingKind.COUNCIL_REPORT
        assert promise.rule is not None
        for year in reporting_years(promise.rule, period):
            day = provisional_meeting(promise.rule, year, NORWAY)
            assert day is not None
            found.append(day)
    return sorted(found)


def due(sentence: str, kind: ReportingKind, period: Period = FOUR_YEARS) -> list[date]:
    """The last days for what a sentence promises; those that are the law's alone are left out."""
    found = promised_days(promises(sentence, is_follow_up=True), period)
    return [day.on for day in found if day.kind is kind and day.text]


def at_work(days: Iterable[date]) -> list[date]:
    """The working day on which each has to be done."""
    return [NORWAY.on_or_before(day) for day in days]


def test_the_council_gets_a_written_status_for_the_measures_in_its_meeting_in_may_every_year() -> None:
    found = meetings("Rådmannen legger hvert år fram en skriftlig status for tiltakene i kommunestyrets møte i mai.")
    # 1 May is a public holiday: a Saturday in 2021, a Sunday in 2022, a Monday in 2023, a Wednesday in 2024.
    assert iso(found) == ["2021-05-03", "2022-05-02", "2023-05-02", "2024-05-02"]
    rounds = [round_dates(meeting, RoundSettings(), NORWAY) for meeting in found]
    # Easter lies in each of them: 1 to 5 April 2021, 14 to 18 April 2022, 6 to 10 April 2023, 28 March to 1 April 2024.
    assert iso(each.opens for each in rounds) == ["2021-03-15", "2022-03-14", "2023-03-13", "2024-03-13"]
    assert iso(each.reply_by for each in rounds) == ["2021-04-09", "2022-04-05", "2023-04-04", "2024-04-09"]
    assert iso(each.papers for each in rounds) == ["2021-04-19", "2022-04-13", "2023-04-17", "2024-04-17"]


def test_status_is_reported_to_the_council_in_may_and_in_november_every_year() -> None:
    found = meetings("Status for tiltakene rapporteres til kommunestyret i mai og november hvert år.")
    assert iso(found) == [
        "2021-05-03",
        "2021-11-01",
        "2022-05-02",
        "2022-11-01",
        "2023-05-02",
        "2023-11-01",
        "2024-05-02",
        "2024-11-01",
    ]


def test_the_plan_is_evaluated_in_the_second_quarter_of_every_year() -> None:
    found = due("Handlingsplanen skal evalueres i andre kvartal hvert år.", ReportingKind.EVALUATION)
    assert iso(found) == ["2021-06-30", "2022-06-30", "2023-06-30", "2024-06-30"]
    # 30 June 2024 is a Sunday.
    assert iso(at_work(found)) == ["2021-06-30", "2022-06-30", "2023-06-30", "2024-06-28"]


def test_what_may_be_every_other_quarter_or_every_second_quarter_is_not_guessed() -> None:
    assert [each.rule for each in promises("Handlingsplanen evalueres hvert andre kvartal.")] == [None]


def test_the_measures_are_gone_through_every_december_and_in_a_meeting_in_the_first_quarter() -> None:
    sentence = "Arbeidsgruppa går gjennom planen i desember hvert år og møtes i første kvartal."
    found = due(sentence, ReportingKind.REVIEW)
    assert iso(found) == [
        "2021-03-31",
        "2021-12-31",
        "2022-03-31",
        "2022-12-31",
        "2023-03-31",
        "2023-12-31",
        "2024-03-31",
        "2024-12-31",
    ]
    # The last of 2022 is a Saturday, that of 2023 a Sunday; 31 March 2024 is Easter Day.
    assert iso(at_work(found)) == [
        "2021-03-31",
        "2021-12-31",
        "2022-03-31",
        "2022-12-30",
        "2023-03-31",
        "2023-12-29",
        "2024-03-27",
        "2024-12-31",
    ]


def test_new_measures_are_proposed_for_the_budget_every_year() -> None:
    for sentence in (
        "Forslag til nye tiltak i planen spilles inn til budsjettarbeidet hvert år.",
        "Tiltak i planen fremmes i det årlige budsjettarbeidet.",
    ):
        found = due(sentence, ReportingKind.BUDGET)
        # No month is named: what is to be in the budget has to be there before the autumn.
        assert iso(found) == ["2021-08-31", "2022-08-31", "2023-08-31", "2024-08-31"]


def test_the_survey_among_young_people_is_repeated_every_third_year_from_2019() -> None:
    period = Period.of_years(2019, 2028)
    found = occurrences(
        parse("Hvert 3. år, første gang i 2019", period=period), period=period, between=(period.first, period.last)
    )
    days = [each.due for each in found]
    assert iso(days) == ["2019-12-31", "2022-12-31", "2025-12-31", "2028-12-31"]
    assert iso(at_work(days)) == ["2019-12-31", "2022-12-30", "2025-12-31", "2028-12-29"]


def test_every_place_that_sells_alcohol_is_controlled_three_times_a_year() -> None:
    for sentence in (
        "Alle salgssteder skal kontrolleres tre ganger i året.",
        "Det skal gjennomføres tre kontroller i året ved hvert salgssted.",
    ):
        found = due(sentence, ReportingKind.CONTROL)
        assert iso(found) == [
            f"{year}-{day}" for year in (2021, 2022, 2023, 2024) for day in ("04-30", "08-31", "12-31")
        ]
    # A Saturday: 30 April 2022, 31 December 2022, 31 August 2024. A Sunday: 30 April and 31 December 2023.
    assert [day.isoformat() for day in at_work(found) if day not in found] == [
        "2022-04-29",
        "2022-12-30",
        "2023-04-28",
        "2023-12-29",
        "2024-08-30",
    ]


def test_the_plan_is_revised_after_each_municipal_election() -> None:
    # Elections in September of 2019, 2023, 2027 and 2031: the planning strategy comes within a year of the council.
    period = Period.of_years(2020, 2033)
    for sentence in (
        "Planen rulleres etter hvert kommunevalg.",
        "Planen skal rullerast etter kvart kommuneval.",
        "Planen revideres i forbindelse med ny planstrategi.",
        "Planen rulleres hvert fjerde år, etter kommunevalget.",
    ):
        found = due(sentence, ReportingKind.REVISION, period)
        assert iso(found) == ["2020-10-31", "2024-10-31", "2028-10-31", "2032-10-31"], sentence
    # A Saturday and a Sunday at the ends.
    assert iso(at_work(found)) == ["2020-10-30", "2024-10-31", "2028-10-31", "2032-10-29"]


def test_the_law_has_the_same_day_for_a_plan_that_says_nothing_of_elections() -> None:
    found = promised_days((), Period.of_years(2021, 2028), ends=False)
    assert [(day.on.isoformat(), day.basis) for day in found] == [
        ("2024-10-31", Basis.ELECTION),
        ("2028-10-31", Basis.ELECTION),
    ]
