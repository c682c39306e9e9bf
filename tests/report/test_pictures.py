"""Pictures over the years: what they count, that they say it in words, and that there is none with nothing to show."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from plan.status import Status
from report import columns
from report.chart import HATCHES
from report.content import Picture
from report.page import render
from report.snapshot import Cost, EarlierStatus, Measure
from report.wording import build
from tests.report import samples


def of(name: str, sample: samples.Sample = samples.several_years) -> Picture:
    """The picture of that name."""
    return next(picture for picture in build(sample()).pictures if picture.name == name)


def measures(*fields: dict[str, Any]) -> samples.Sample:
    """A report of 2024 with these measures."""
    made = tuple(Measure(ref=str(n), title="Tiltak", **each) for n, each in enumerate(fields, start=1))
    return lambda: samples.vefsn(goals=(), measures=made, year=2024, made_on=date(2024, 5, 3))


def test_the_status_of_each_year_is_counted_from_the_reports_of_that_year() -> None:
    known = (EarlierStatus(year=2022, status=Status.NOT_STARTED), EarlierStatus(year=2023, status=Status.IN_PROGRESS))
    picture = of("years", measures({"previous": known, "status": Status.DONE}, {"previous": known[1:]}))
    assert picture.words == (
        "2022: 1 er ikke startet.",
        "2023: 2 er i gang.",
        "2024: 1 er gjennomført og 1 er ikke besvart.",
    )
    assert [sum(column.counts) for column in picture.columns] == [1, 2, 2]


def test_a_year_counts_as_its_report_did_what_was_done_before_and_what_was_not_answered() -> None:
    done = (EarlierStatus(year=2022, status=Status.DONE),)
    begun = (EarlierStatus(year=2022, status=Status.IN_PROGRESS),)
    picture = of(
        "years",
        measures(
            {"previous": done, "status": Status.DONE},
            {"previous": begun, "silent": (2023,), "status": Status.DELAYED},
            {"silent": (2022, 2023)},
        ),
    )
    assert picture.words == (
        "2022: 1 er gjennomført, 1 er i gang og 1 er ikke besvart.",
        "2023: 1 er gjennomført og 2 er ikke besvart.",
        "2024: 1 er gjennomført, 1 er forsinket og 1 er ikke besvart.",
    )


@pytest.mark.parametrize(
    ("fields", "became"),
    [
        ({"due_on": date(2023, 12, 31), "status": Status.DONE}, "er holdt"),
        # Reported as done in the year's round after: nobody has said that it was late.
        ({"due_on": date(2024, 12, 31), "status": Status.DONE}, "er holdt"),
        (
            {
                "due_on": date(2021, 12, 31),
                "status": Status.DONE,
                "previous": (EarlierStatus(year=2022, status=Status.DELAYED),),
            },
            "er gjennomført etter fristen",
        ),
        ({"due_on": date(2023, 12, 31), "status": Status.DELAYED}, "er passert uten at tiltaket er gjennomført"),
        ({"due_on": date(2023, 12, 31)}, "er passert uten at tiltaket er gjennomført"),
        ({"due_on": date(2024, 5, 3)}, "er ikke kommet ennå"),
    ],
)
def test_what_became_of_a_deadline(fields: dict[str, Any], became: str) -> None:
    assert of("deadlines", measures(fields)).words == (f"{fields['due_on'].year}: 1 {became}.",)


def test_a_year_without_deadlines_has_its_place_in_the_row_and_no_words() -> None:
    picture = of("deadlines", measures({"due_on": date(2022, 1, 1)}, {"due_on": date(2024, 12, 31)}))
    assert [column.label for column in picture.columns] == ["2022", "2023", "2024"]
    assert len(picture.words) == 2


def test_money_is_shown_by_year_and_kind_as_in_the_table_of_the_plan() -> None:
    picture = of("money", samples.vefsn)
    economy = build(samples.vefsn()).economy
    assert [column.label for column in picture.columns] == [row.label for row in economy.years]
    shown = [column.counts[0] for column in picture.columns]
    assert [f"{amount:,}".replace(",", "\u00a0") for amount in shown] == [row.amounts[0] for row in economy.years]
    assert "2021: utgifter 4\u00a0450\u00a0000\u00a0kr" in picture.words[1]


@pytest.mark.parametrize(
    "sample",
    [
        samples.empty,
        samples.nobody_answered,
        measures({"status": Status.DROPPED, "due_on": date(2023, 1, 1)}),
        measures({"costs": (Cost(year=None, kind="own", amount_nok=5), Cost(year=2023, kind="own", amount_nok=0))}),
    ],
)
def test_there_is_no_picture_where_there_is_nothing_to_show(sample: samples.Sample) -> None:
    assert build(sample()).pictures == ()
    assert 'id="pictures"' not in render(sample())


def test_figures_are_numbered_in_a_row_after_the_one_in_the_summary() -> None:
    assert [picture.caption[:8] for picture in build(samples.several_years()).pictures] == [
        "Figur 2:",
        "Figur 3:",
        "Figur 4:",
    ]
    (only,) = build(measures({"due_on": date(2023, 1, 1)})()).pictures
    assert only.caption == "Figur 2: Frister som er holdt og ikke holdt"


@pytest.mark.parametrize("name", ["years", "deadlines", "money"])
def test_a_picture_says_all_it_shows_in_its_alternative_text_and_in_words(name: str) -> None:
    picture = of(name)
    assert picture.alternative.startswith(f"Stående søylediagram. {picture.title}.")
    assert all(line in picture.alternative for line in picture.words)
    page = render(samples.several_years())
    assert f'<desc id="{name}-description">{picture.alternative}</desc>' in page
    assert all(f"<li>{line}</li>" in page for line in picture.words)


@pytest.mark.parametrize("name", ["years", "deadlines", "money"])
def test_the_same_data_give_the_same_bytes_and_series_differ_in_more_than_colour(name: str) -> None:
    picture = of(name)
    assert columns.png(picture) == columns.png(picture)
    assert columns.svg(picture) == columns.svg(picture)
    patterns = [(HATCHES[series.pattern], series.pattern == "unanswered") for series in picture.series]
    assert len(set(patterns)) == len(patterns)


def test_in_shades_of_grey_columns_are_still_told_apart() -> None:
    """One column for each series, of the same height: no two look alike without colour."""
    picture = of("deadlines")
    pictures = set()
    for number, series in enumerate(picture.series):
        alone = picture.model_copy(
            update={
                "series": (series.model_copy(update={"label": "x", "fill": "ffffff", "ink": "000000"}),),
                "columns": tuple(column.model_copy(update={"counts": (1,)}) for column in picture.columns[:1]),
            }
        )
        pictures.add(Image.open(BytesIO(columns.png(alone))).convert("L").tobytes())
        assert len(pictures) == number + 1


def test_no_two_elements_of_the_page_have_the_same_id() -> None:
    ids = re.findall(r'\bid="([^"]+)"', render(samples.several_years()))
    assert len(ids) == len(set(ids))
    assert len(ids) > 40


def test_of_many_years_a_picture_shows_those_nearest_to_the_report_and_says_so() -> None:
    found = {picture.name: picture for picture in build(samples.crowded()).pictures}
    assert all(len(picture.columns) <= 12 for picture in found.values())
    assert [column.label for column in found["years"].columns] == [str(year) for year in range(2011, 2023)]
    assert found["years"].note.endswith("Figuren viser bare 2011–2022.")
    assert found["money"].columns[0].label == "2016"
    far = measures({"due_on": date(2022, 1, 1)}, {"due_on": date(2199, 1, 1)})
    assert [column.label for column in of("deadlines", far).columns] == ["2022", "2199"]
