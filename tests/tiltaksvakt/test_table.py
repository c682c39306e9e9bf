"""Plain tables: nothing is lost, whatever the width."""

from hypothesis import given
from hypothesis import strategies as st

from tiltaksvakt.cli.table import table


def test_columns_are_aligned_under_their_headings() -> None:
    assert table(["Nr.", "Tiltak"], [["1", "A"], ["10", None]], width=80) == ("Nr.  Tiltak\n───  ──────\n1    A\n10")


def test_the_widest_column_is_wrapped() -> None:
    made = table(["Nr.", "Tiltak"], [["1.1", "Et langt tiltak om mange ting"]], width=25)
    assert made.splitlines()[2:] == ["1.1  Et langt tiltak om", "     mange ting"]


@given(
    st.lists(st.tuples(st.text("abcæøå ", max_size=40), st.text("abc \n", max_size=60)), max_size=5),
    st.integers(30, 120),
)
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(rows: list[tuple[str, str]], width: int) -> None:
    made = table(["A", "B"], rows, width=width)
    assert all(len(line) <= width for line in made.splitlines())
    letters = sorted("".join(a + b for a, b in rows).replace(" ", "").replace("\n", ""))
    below = "\n".join(made.splitlines()[2:])
    assert sorted(below.replace(" ", "").replace("\n", "")) == letters
