"""Whether a result target is reached, in one line."""

import pytest

from plan.attainment_words import Assessed, read


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2.1 delvis: vi nådde 60 %", Assessed("2.1", "partly_attained", "vi nådde 60 %")),
        ("2.1 Delvis oppnådd, to av tre er åpne", Assessed("2.1", "partly_attained", "to av tre er åpne")),
        ("2.1 oppnådd: alle er åpne", Assessed("2.1", "attained", "alle er åpne")),
        ("2.1 er nådd. Alle er åpne", Assessed("2.1", "attained", "Alle er åpne")),
        ("2.1 ja", Assessed("2.1", "attained", "")),
        ("2.1 ikke oppnådd: ingen er åpne", Assessed("2.1", "not_attained", "ingen er åpne")),
        ("2.1 ikkje: ingen er opne", Assessed("2.1", "not_attained", "ingen er opne")),
        ("2.1", Assessed("2.1", None, "")),
        ("2.1 kanskje", Assessed("2.1", None, "kanskje")),
        ("2.1 jammen", Assessed("2.1", None, "jammen")),
    ],
)
def test_a_line_names_the_goal_the_assessment_and_the_reason(words: str, said: Assessed) -> None:
    assert read(words) == said
