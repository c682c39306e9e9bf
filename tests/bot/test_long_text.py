"""Long messages in parts: nothing is lost, no part is too long, and no tag is left open."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.long_text import MAX_TEXT, split
from emulator.entities import parse_html, utf16_length


def seen(part: str) -> str:
    return parse_html(part)[0]


TAGS = st.sampled_from(["b", "i", "u", "code"])
LEAVES = st.text(st.sampled_from("abc æøå<>&\"'😀\n\u200f{%"), max_size=40).map(lambda words: str(escape(words)))
HTML = st.lists(
    st.one_of(LEAVES, st.tuples(TAGS, LEAVES).map(lambda both: f"<{both[0]}>{both[1]}</{both[0]}>")), max_size=30
).map("".join)


@given(HTML, st.integers(min_value=2, max_value=60))
def test_parts_hold_everything_fit_and_can_be_parsed(html: str, limit: int) -> None:
    parts = split(html, limit)
    if len(parts) > 1:
        assert all(seen(part).strip() for part in parts)
    for part in parts:
        assert utf16_length(seen(part).strip()) <= limit or len(parts) == 1
    together = "".join(seen(part) for part in parts)
    assert re.sub(r"\s", "", together) == re.sub(r"\s", "", seen(html))


def test_a_short_text_is_one_part() -> None:
    assert split("<b>Hei</b>") == ["<b>Hei</b>"]


def test_an_emoji_counts_twice() -> None:
    assert [len(part) for part in split("😀" * 3000)] == [2048, 952]


def test_an_open_tag_goes_on_in_the_next_part() -> None:
    first, second = split("<i>" + "ord " * 1500 + "</i>")
    assert first.startswith("<i>ord")
    assert first.endswith("ord</i>")
    assert second.startswith("<i>ord")


def test_a_cut_falls_between_paragraphs_rather_than_between_words() -> None:
    paragraph = ("ord " * 200).strip()
    parts = split("\n\n".join([paragraph] * 8))
    assert parts == ["\n\n".join([paragraph] * 5), "\n\n".join([paragraph] * 3)]
    assert len(parts[0]) <= MAX_TEXT
