"""What is asked about a draft, and the draft that comes of the answers."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan import documents
from plan.deadline import parse
from plan.decision import Choice, Decision, Fault
from plan.doubts import has_no_day
from plan.draft import CostKind, CostLine, Draft, Measure, Unit
from plan.question import About
from plan.questions import Known, questions
from plan.review import Review
from plan.unit_likeness import like
from tests.town import VEFSN

PHRASES = ("våren 2022", "våren", "31. februar 2022", "en gang snart", "løpende", "hvert år", "", "innen 2023")
NAMES = ("NAV", "PPT", "Helse og omsorg", "HeOm", "Politiet", "Oppvekst", "nav")


def measure(ref: str, *units: str, phrase: str | None = None, warnings: tuple[str, ...] = ()) -> Measure:
    return Measure(ref=ref, title=f"Tiltak {ref}", units=units, deadline=parse(phrase), warnings=warnings)


def draft(*measures: Measure, units: tuple[Unit, ...] = ()) -> Draft:
    return Draft(title="Plan", municipality="Eksempel", period=(2021, 2024), measures=measures, units=units)


def reviewed(plan: Draft, known: Mapping[str, bool] | None = None, **decisions: Decision) -> Review:
    """A review in which questions are answered by what they are about: a unit's name, or kind and number."""
    asked = questions(plan, Known(units=known or {}))
    settled = {}
    for place, question in enumerate(asked):
        subject = question.units[0] if question.units else f"{question.about}_{plan.measures[question.measure].ref}"
        if question.is_whole:
            settled[place] = Decision(choice=Choice.EACH)
        elif subject in decisions:
            settled[place] = decisions.pop(subject)
    assert decisions == {}
    return Review(plan, asked, settled, known or {})


drafts = st.builds(
    lambda found: draft(*(measure(str(place), *units, phrase=phrase) for place, (units, phrase) in enumerate(found))),
    st.lists(st.tuples(st.lists(st.sampled_from(NAMES), max_size=3), st.sampled_from(PHRASES)), max_size=5),
)


@given(drafts)
def test_a_draft_comes_back_from_json_as_it_was(plan: Draft) -> None:
    assert Draft.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_the_plan_of_the_demo_comes_back_from_json_as_it_was() -> None:
    plan = documents.read("vefsn.yaml", VEFSN.read_bytes())
    assert Draft.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_whoever_answers_nothing_gets_what_was_read() -> None:
    plan = documents.read("vefsn.yaml", VEFSN.read_bytes())
    assert Review(plan, questions(plan)).settled == plan


@given(drafts, st.data())
def test_whatever_is_answered_leaves_a_draft_that_holds_together(plan: Draft, data: st.DataObject) -> None:
    known = {"Helse og omsorg": False, "Politiet": True}
    asked = questions(plan, Known(units=known))
    decisions: dict[int, Decision] = {}
    for place in range(len(asked)):
        value = data.draw(st.sampled_from((*NAMES, "2022")))
        decision = Decision(choice=data.draw(st.sampled_from(tuple(Choice))), value=value)
        if Review(plan, asked, decisions, known).takes(place, decision):
            decisions[place] = decision
    review = Review(plan, asked, decisions, known)
    settled = review.settled
    listed = {unit.name for unit in settled.units}
    assert {name for each in settled.measures for name in (*each.units, each.owner) if name} <= listed
    assert len({name.casefold() for name in listed}) == len(listed)
    assert Draft.from_json(settled.to_json()) == settled
    everything = {place: review.unanswered(place) for place in review.asked} | decisions
    assert Review(plan, asked, everything, known).open == ()


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("HeRe", ("NAV", "Helse og rehabilitering"), ("Helse og rehabilitering",)),
        ("Helse og rehabilitering", ("HeRe",), ("HeRe",)),
        ("PPT", ("Politiet", "Helse og omsorg"), ()),
        ("NAV Eksempel", ("NAV",), ("NAV",)),
        ("NAV Eksempel", ("Eksempel kommune", "NAV"), ("NAV",)),
        ("Barneverntenesta", ("Barneverntjenesten", "Byggesak"), ("Barneverntjenesten",)),
    ],
)
def test_a_name_that_may_be_a_unit_is_proposed(name: str, names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert like(name, names) == expected


def test_a_name_that_is_known_is_no_question_and_is_spelt_as_it_is_known() -> None:
    review = reviewed(draft(measure("1", "nav", "politiet")), {"NAV": False, "Politiet": True})
    assert review.asked == ()
    assert review.settled.measures[0].units == ("NAV", "Politiet")
    assert review.settled.owner_of(review.settled.measures[0]) == "NAV"


def test_two_names_that_were_said_to_be_each_other_stay_two() -> None:
    same = {name: Decision(choice=Choice.SAME, value=other) for name, other in (("NAV", "PPT"), ("PPT", "NAV"))}
    assert reviewed(draft(measure("1", "NAV", "PPT")), {}, **same).settled.measures[0].units == ("NAV", "PPT")


def test_a_name_that_is_the_same_as_one_that_is_the_same_as_a_third_is_the_third() -> None:
    same = {name: Decision(choice=Choice.SAME, value=other) for name, other in (("HeOm", "Helse"), ("Helse", "NAV"))}
    settled = reviewed(draft(measure("1", "HeOm"), measure("2", "Helse")), {"NAV": False}, **same).settled
    assert [each.units for each in settled.measures] == [("NAV",), ("NAV",)]
    assert [unit.name for unit in settled.units] == ["NAV"]


def test_a_measure_that_is_left_out_takes_its_questions_and_its_units_along() -> None:
    plan = draft(
        measure("1", "PPT", "NAV", phrase="våren", warnings=("only_title",)),
        measure("2", "NAV"),
        units=(Unit(name="PPT"), Unit(name="NAV"), Unit(name="Rådmannen")),
    )
    assert len(reviewed(plan).asked) == 7
    review = reviewed(plan, measure_1=Decision(choice=Choice.LEAVE))
    assert [review.questions[place].units for place in review.asked] == [
        (),
        ("PPT", "NAV", "Rådmannen"),
        ("NAV",),
        ("Rådmannen",),
    ]
    assert [each.ref for each in review.settled.measures] == ["2"]
    assert [unit.name for unit in review.settled.units] == ["NAV", "Rådmannen"]


def test_who_is_asked_is_no_question_where_only_one_unit_is_left_in_the_municipality() -> None:
    plan = draft(measure("1", "NAV", "Ungdomsrådet"))
    assert About.OWNER in {each.about for each in questions(plan)}
    review = reviewed(plan, Ungdomsrådet=Decision(choice=Choice.EXTERNAL))
    assert [review.questions[place].about for place in review.asked] == [About.UNIT] * 3
    stored = measure("1", "NAV", "Ungdomsrådet").model_copy(update={"owner": "NAV"})
    assert About.OWNER not in {each.about for each in questions(plan, Known(stored={0: stored}))}


def test_nobody_is_asked_where_a_person_says_so() -> None:
    plan = draft(measure("1", "NAV", "PPT"))
    assert reviewed(plan, owner_1=Decision(choice=Choice.NOBODY)).asked_of_nobody == {"1"}
    assert reviewed(plan, owner_1=Decision(choice=Choice.OWNER, value="PPT")).settled.measures[0].owner == "PPT"


def test_a_deadline_in_other_words_is_read_in_the_period_of_the_plan() -> None:
    plan = draft(measure("1", phrase="en gang snart"))
    settled = reviewed(plan, deadline_1=Decision(choice=Choice.WORDS, value="innen planperioden")).settled
    assert str(settled.measures[0].deadline.due) == "2024-12-31"


DOUBTS = ("only_title", "title_guessed", "ref_mended", "ref_not_unique", "responsible_unclear", "amount_range")
doubtful_drafts = st.builds(
    lambda found, period: Draft(
        title="ark 1",
        municipality=None,
        period=period,
        warnings=("no_title",),
        measures=tuple(
            Measure(
                ref=str(place),
                title=f"Tiltak {place % 3}",
                units=units,
                responsible=", ".join(units) or "Alle",
                deadline=parse(phrase),
                warnings=warnings,
                costs=(CostLine(kind=CostKind.SPENDING, amount_nok=None, text="5-9 mill"),),
            )
            for place, (units, phrase, warnings) in enumerate(found)
        ),
    ),
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
            st.sampled_from(PHRASES),
            st.lists(st.sampled_from(DOUBTS), unique=True, max_size=3).map(tuple),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from((None, (2021, 2024))),
)
TEXTS = ("våren 2022", "250 000", "2021-2024", "9.9", "NAV", "", "snart", "x" * 2000, "0")


def gone_through(plan: Draft, data: st.DataObject) -> Review:
    """The review after any answers, in any order: pressed, written, put off or taken back."""
    known = {"Helse og omsorg": False, "Politiet": True}
    asked = questions(plan, Known(units=known))
    review = Review(plan, asked, {}, known)
    for _ in range(data.draw(st.integers(0, 12))):
        if not review.asked:
            break
        place = data.draw(st.sampled_from(review.asked))
        decisions = {at: decision for at, decision in review.decisions.items() if at != place}
        if data.draw(st.booleans()):
            choice = data.draw(st.sampled_from(tuple(Choice)))
            said: Decision | Fault = Decision(choice=choice, value=data.draw(st.sampled_from(NAMES)))
        else:
            said = review.in_words(review.questions[place], data.draw(st.sampled_from(TEXTS)))
        if isinstance(said, Decision) and review.takes(place, said):
            decisions[place] = said
        review = Review(plan, asked, decisions, known)
    return review


@settings(max_examples=150, deadline=None)
@given(doubtful_drafts, st.data())
def test_no_doubt_is_lost_however_one_goes_through_them(plan: Draft, data: st.DataObject) -> None:
    review = gone_through(plan, data)
    settled = review.settled
    assert Draft.from_json(settled.to_json()) == settled
    assert len({each.ref for each in settled.measures}) == len(settled.measures)
    marked = {
        (review.numbered[at].ref, review.questions[place].about.value)
        for place in review.undecided
        for at in review.questions[place].measures
        if at in review.kept
    }
    assert marked <= {(ref, about) for ref, abouts in review.left_undecided.items() for about in abouts}
    asked = {at for place in review.asked for at in _of_deadline(review, place)}
    lost = [place for place, each in zip(review.kept, settled.measures, strict=True) if has_no_day(each.deadline)]
    assert {place for place in lost if plan.measures[place].deadline.text} <= asked


def _of_deadline(review: Review, place: int) -> tuple[int, ...]:
    question = review.questions[place]
    return question.measures if question.about is About.DEADLINE else ()
