"""Another follow-up owner: asked from then on, and the one before no more."""

from datetime import date, timedelta

from plan.status import Status
from storage.tables import Plan
from tests.scheduler.desk import MAY, Desk, at

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)
DUE = date(2021, 12, 31)


async def _town(desk: Desk, owner: str | None = "NAV") -> Plan:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.unit("Oppvekst", "Rådmannen")
    await desk.join("NAV-leder", "NAV")
    await desk.join("Oppvekstleder", "Oppvekst")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Admin", is_admin=True)
    await desk.measure(plan, "1", owner, "31.12.2021", JANUARY)
    return plan


async def _asked(desk: Desk, day: date) -> list[str]:
    """Who is asked about the measure by a daily message sent now."""
    return [person for person, found in await desk.deliver(at(day, 14)) if found.questions]


async def test_the_new_owner_is_asked_at_once_and_the_one_before_no_more(desk: Desk) -> None:
    await _town(desk)
    await desk.day(DUE)
    assert await _asked(desk, DUE) == ["NAV-leder"]
    monday = date(2022, 1, 3)
    await desk.give_to("1", "Oppvekst", monday)
    assert await _asked(desk, monday) == ["Oppvekstleder"]
    assert [(request.closed_because, request.anchor_on) for request in await desk.requests("1")] == [
        ("owner_changed", DUE),
        (None, monday),
    ]
    said = await desk.days(monday, date(2022, 1, 24))
    assert {str(day): lines for day, lines in said.items()} == {
        "2022-01-06": ["Oppvekstleder: nag 1"],
        "2022-01-13": ["Oppvekstleder: nag 1"],
        "2022-01-24": ["Rådmann: escalate 1"],
    }


async def test_a_measure_that_comes_back_goes_on_where_it_was_and_its_owner_is_told(desk: Desk) -> None:
    await _town(desk)
    await desk.days(DUE, date(2022, 1, 20))
    await _asked(desk, date(2022, 1, 20))
    await desk.give_to("1", "Oppvekst", date(2022, 1, 20))
    await _asked(desk, date(2022, 1, 20))
    # The rådmann would have heard of it on 21 January.
    monday = date(2022, 1, 24)
    await desk.give_to("1", "NAV", monday)
    assert await _asked(desk, monday) == ["NAV-leder"]
    assert [request.closed_because for request in await desk.requests("1")] == [None, "owner_changed"]
    said = await desk.days(monday, date(2022, 6, 1))
    assert next(iter(said.items())) == (date(2022, 1, 26), ["Rådmann: escalate 1"])
    steps = [(reminder.request_id, reminder.step) for reminder in await desk.reminders()]
    assert len(steps) == len(set(steps))


async def test_a_measure_that_comes_back_when_every_step_was_taken_is_told_once_more(desk: Desk) -> None:
    await _town(desk)
    await desk.days(DUE, date(2022, 6, 1))
    await _asked(desk, date(2022, 6, 1))
    await desk.give_to("1", "Oppvekst", date(2022, 6, 1))
    await _asked(desk, date(2022, 6, 1))
    await desk.give_to("1", "NAV", date(2022, 6, 2))
    assert await _asked(desk, date(2022, 6, 2)) == ["NAV-leder"]


async def test_the_new_owner_is_asked_in_the_open_round_with_time_to_answer(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await _asked(desk, OPENS)
    # The last day to reply was 9 April.
    day = date(2021, 4, 12)
    await desk.give_to("1", "Oppvekst", day)
    assert await _asked(desk, day) == ["Oppvekstleder"]
    assert [(request.unit_id, request.anchor_on) for request in await desk.requests("1")] == [
        (2, date(2021, 4, 9)),
        (3, date(2021, 4, 15)),
    ]
    said = await desk.days(day, date(2021, 4, 30))
    assert [str(day) for day, lines in said.items() if "Rådmann: escalate 1" in lines] == ["2021-04-20"]


async def test_the_round_goes_on_where_it_was_when_the_measure_comes_back(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await _asked(desk, OPENS)
    await desk.give_to("1", "Oppvekst", OPENS + timedelta(days=1))
    await desk.give_to("1", "NAV", OPENS + timedelta(days=2))
    assert sorted(await _asked(desk, OPENS + timedelta(days=2))) == ["NAV-leder"]
    assert await desk.days(OPENS + timedelta(days=2), date(2021, 3, 25)) == {
        date(2021, 3, 25): ["NAV-leder: halfway 1"]
    }


async def test_what_was_answered_in_the_round_is_not_asked_of_the_new_owner(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.answer("1", Status.IN_PROGRESS, at(OPENS, 10))
    await desk.give_to("1", "Oppvekst", OPENS + timedelta(days=1))
    assert [request.closed_because for request in await desk.requests("1")] == ["answered"]


async def test_the_day_of_a_deadline_asks_the_new_owner_though_the_one_before_answered_the_lead(desk: Desk) -> None:
    await _town(desk)
    lead = date(2021, 11, 1)
    await desk.day(lead)
    await desk.answer("1", Status.IN_PROGRESS, at(lead, 10))
    await desk.give_to("1", "Oppvekst", lead + timedelta(days=1))
    assert await desk.days(lead, DUE) == {DUE: ["Oppvekstleder: due 1"]}


async def test_a_measure_that_is_done_is_not_asked_of_the_new_owner(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.answer("1", Status.DONE, at(OPENS, 10))
    await desk.give_to("1", "Oppvekst", OPENS + timedelta(days=1))
    assert [request.closed_because for request in await desk.requests("1")] == ["answered"]
    assert not [
        line for lines in (await desk.days(OPENS, date(2022, 6, 1))).values() for line in lines if "Oppvekst" in line
    ]


async def test_a_measure_that_loses_its_owner_is_the_admins_until_it_gets_another(desk: Desk) -> None:
    await _town(desk)
    await desk.day(DUE)
    await desk.give_to("1", None, date(2022, 1, 3))
    assert await desk.days(date(2022, 1, 4), date(2022, 1, 11)) == {date(2022, 1, 10): ["Admin: no_owner 1"]}
    await desk.deliver(at(date(2022, 1, 11)))
    await desk.give_to("1", "Oppvekst", date(2022, 1, 12))
    assert await _asked(desk, date(2022, 1, 12)) == ["Oppvekstleder"]


async def test_a_measure_without_an_owner_is_asked_about_as_soon_as_it_has_one_in_an_open_round(desk: Desk) -> None:
    await _town(desk, owner=None)
    await desk.days(JANUARY, OPENS)
    assert await desk.requests("1") == []
    day = OPENS + timedelta(days=2)
    await desk.give_to("1", "NAV", day)
    assert await _asked(desk, day) == ["NAV-leder"]
    (request,) = await desk.requests("1")
    assert (request.reason, request.anchor_on) == ("round", date(2021, 4, 9))


async def test_a_measure_that_gets_its_first_owner_between_two_lead_reminders_is_asked_at_once(desk: Desk) -> None:
    await _town(desk, owner=None)
    await desk.days(JANUARY, date(2021, 11, 20))
    await desk.give_to("1", "NAV", date(2021, 11, 22))
    assert await _asked(desk, date(2021, 11, 22)) == ["NAV-leder"]
    assert list(await desk.days(date(2021, 11, 22), DUE)) == [date(2021, 12, 17), DUE]


async def test_a_new_owner_long_before_anything_is_due_hears_nothing_yet(desk: Desk) -> None:
    await _town(desk, owner=None)
    await desk.give_to("1", "NAV", JANUARY)
    assert await desk.messages() == []
    (row,) = await desk.due_dates("1")
    assert row.next_on == date(2021, 11, 1)


async def test_an_owner_that_is_no_longer_of_the_municipality_is_not_asked(desk: Desk) -> None:
    await _town(desk)
    await desk.unit("Politiet", external=True)
    await desk.join("Politileder", "Politiet")
    await desk.days(JANUARY, OPENS)
    await desk.give_to("1", "Politiet", OPENS + timedelta(days=1))
    await desk.deliver(at(OPENS + timedelta(days=1)))
    said = await desk.days(OPENS + timedelta(days=1), DUE)
    assert not [line for lines in said.values() for line in lines if line.startswith("Politileder")]
    assert [line for line in said[date(2021, 11, 1)] if line == "Admin: no_owner 1"]


async def test_a_measure_that_is_added_to_an_open_round_is_asked_about(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.deliver(at(OPENS))
    tuesday = OPENS + timedelta(days=1)
    await desk.measure(plan, "2", None, "løpende", tuesday)
    await desk.give_to("2", "Oppvekst", tuesday)
    assert await _asked(desk, tuesday) == ["Oppvekstleder"]


async def test_a_day_that_the_deadline_no_longer_has_is_not_asked_of_the_new_owner(desk: Desk) -> None:
    await _town(desk)
    await desk.move("1", "1.6.2021", JANUARY)
    await desk.move("1", "31.12.2022", date(2021, 1, 5))
    await desk.give_to("1", "Oppvekst", date(2021, 5, 28))
    asked = await desk.days(date(2021, 5, 28), date(2022, 6, 1))
    assert not [day for day, lines in asked.items() if any(": lead" in line or ": due" in line for line in lines)]
