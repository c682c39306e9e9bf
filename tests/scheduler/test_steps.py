"""The steps of a request: which days, in which order, and what is taken up after a downtime."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plan.annual import RoundSettings, round_dates
from plan.workday import DateRange, WorkCalendar
from scheduler.settings import FollowUp, PlanSettings
from scheduler.steps import Step, of_deadline, of_round, resume_on, take

CALENDAR = WorkCalendar((DateRange(date(2021, 7, 5), date(2021, 8, 1)),))
DAYS = st.dates(date(2020, 1, 1), date(2025, 12, 31))


def _follow_up(days: list[int], nags: int) -> FollowUp:
    return FollowUp(nag_after=tuple(days[:nags]), escalate_after=tuple(days[nags:]))


FOLLOW_UPS = st.builds(_follow_up, st.lists(st.integers(1, 40), unique=True, max_size=6).map(sorted), st.integers(0, 6))
SETTINGS = st.builds(
    PlanSettings,
    lead_days=st.lists(st.integers(1, 730), unique=True, max_size=4).map(
        lambda days: tuple(sorted(days, reverse=True))
    ),
    after_reply_by=FOLLOW_UPS,
    after_deadline=FOLLOW_UPS,
    round=st.builds(RoundSettings, st.integers(1, 20), st.integers(1, 20), st.integers(1, 30)),
)


def _of_round(meeting: date, settings: PlanSettings) -> tuple[Step, ...]:
    dates = round_dates(meeting, settings.round, CALENDAR)
    return of_round(dates.opens, dates.halfway, dates.reply_by, settings, CALENDAR)


STEPS = st.one_of(
    st.builds(lambda due, settings: of_deadline(due, settings, CALENDAR), DAYS, SETTINGS),
    st.builds(_of_round, DAYS, SETTINGS),
)


def test_the_steps_of_a_deadline_on_a_sunday() -> None:
    # 1 January 2023 is a Sunday. Reminders go out before it, nags and escalations after.
    steps = of_deadline(date(2023, 1, 1), PlanSettings(), WorkCalendar())
    assert [(step.name, step.on.isoformat()) for step in steps] == [
        ("lead:60", "2022-11-02"),
        ("lead:14", "2022-12-16"),
        ("due", "2022-12-30"),
        ("nag:1", "2023-01-04"),
        ("nag:2", "2023-01-11"),
        ("escalate:1", "2023-01-20"),
        ("escalate:2", "2023-02-03"),
    ]


def test_the_steps_of_a_round_end_before_its_papers_go_out() -> None:
    dates = round_dates(date(2021, 5, 12), PlanSettings().round, WorkCalendar())
    steps = of_round(dates.opens, dates.halfway, dates.reply_by, PlanSettings(), WorkCalendar())
    assert [(step.name, step.on.isoformat()) for step in steps] == [
        ("opened", "2021-03-24"),
        ("halfway", "2021-04-08"),
        ("last_days", "2021-04-16"),
        ("reply_by", "2021-04-20"),
        ("nag:1", "2021-04-21"),
        ("escalate:1", "2021-04-23"),
        ("escalate:2", "2021-04-27"),
    ]
    assert steps[-1].on <= dates.papers


@given(STEPS)
def test_steps_are_in_the_order_of_their_days_and_each_is_a_working_day(steps: tuple[Step, ...]) -> None:
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert all(CALENDAR.is_workday(step.on) for step in steps)
    assert len({step.name for step in steps}) == len(steps)


@given(STEPS)
def test_no_reminder_comes_after_an_escalation(steps: tuple[Step, ...]) -> None:
    kinds = [step.escalates for step in steps]
    assert kinds == sorted(kinds)


@given(STEPS, st.lists(st.integers(0, 120), min_size=1, max_size=40), st.data())
def test_passes_on_any_days_lose_no_step_and_escalate_after_a_pause(
    steps: tuple[Step, ...], pauses: list[int], data: st.DataObject
) -> None:
    behind, next_on = 0, steps[0].on if steps else None
    today = (steps[0].on if steps else date(2021, 1, 1)) - timedelta(days=data.draw(st.integers(0, 10)))
    taken: list[tuple[date, Step]] = []
    for pause in [*pauses, *([3000] * (len(steps) + 1))]:
        today += timedelta(days=pause)
        if next_on is None or next_on > today:
            continue
        found = take(steps, behind, today, CALENDAR)
        escalates = [step.escalates for step in found.steps]
        assert not any(escalates) or escalates == [True], "an escalation stands alone"
        if taken and escalates == [True]:
            assert today >= CALENDAR.add(taken[-1][0], 2), "two working days after what was said last"
        assert all(step.on <= today for step in found.steps), "nothing is said too soon"
        taken += [(today, step) for step in found.steps]
        behind, next_on = found.behind, found.next_on
    assert [step for _day, step in taken] == list(steps)
    assert next_on is None


@given(STEPS, DAYS)
def test_who_is_asked_again_has_two_working_days_before_anybody_above_hears_of_it(
    steps: tuple[Step, ...], today: date
) -> None:
    for behind in range(len(steps) + 1):
        day = resume_on(steps, behind, today, CALENDAR)
        if behind == len(steps):
            assert day is None
        elif steps[behind].escalates:
            assert day is not None
            assert day >= CALENDAR.add(today, 2)
        else:
            assert day == steps[behind].on
