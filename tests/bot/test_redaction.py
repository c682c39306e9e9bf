"""Identity numbers are found whatever stands around them, and other numbers are mostly left alone.

All numbers are synthetic, made here: the month has 40, 65 or 80 added, or they are checked without being stored.
"""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from bot.redaction import REDACTED, find, redact

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
LAST = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def numbers_of(nine: str) -> list[str]:
    """The valid numbers that begin with nine digits: up to four, as the numbering of 2032 has them."""
    found = []
    for first in range(10):
        total = sum(w * int(d) for w, d in zip(FIRST, nine, strict=True)) + first
        last = -sum(w * int(d) for w, d in zip(LAST, f"{nine}{first}", strict=True)) % 11
        if total % 11 in (0, 1, 2, 3) and last < 10:
            found.append(f"{nine}{first}{last}")
    return found


@st.composite
def identity_numbers(draw: st.DrawFn, additions: tuple[int, ...] = (0, 40, 65, 80)) -> str:
    day = draw(st.integers(1, 28)) + draw(st.sampled_from([0, 40]))
    month = draw(st.integers(1, 12)) + draw(st.sampled_from(additions))
    nine = f"{day:02}{month:02}{draw(st.integers(0, 99)):02}{draw(st.integers(0, 999)):03}"
    made = numbers_of(nine)
    return draw(st.sampled_from(made)) if made else "01810012311"


@st.composite
def fh_numbers(draw: st.DrawFn) -> str:
    made: list[str] = []
    while not made:
        made = numbers_of(f"{draw(st.integers(800_000_000, 999_999_999))}")
    return draw(st.sampled_from(made))


AROUND = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=12)
SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2009", " - ", "\u200b", "\n"])


@given(st.one_of(identity_numbers(), fh_numbers()), AROUND, AROUND, SEPARATORS)
def test_no_number_survives_whatever_stands_around_it(number: str, before: str, after: str, between: str) -> None:
    written = f"{number[:6]}{between}{number[6:]}"
    update = {"update_id": 1, "message": {"text": f"{before}{written}{after}", "chat": {"id": 1}}}
    clean = redact(update)
    assert clean["message"][REDACTED]
    assert written not in clean["message"]["text"]
    assert len(clean["message"]["text"]) == len(update["message"]["text"])  # type: ignore[index]


@pytest.mark.parametrize("number", ["01810012311"])
def test_the_example_is_a_number(number: str) -> None:
    assert number in numbers_of(number[:9])


@pytest.mark.parametrize(
    "written",
    [
        "018100 12311",
        "01.81.00 123 11",
        "01 81 00-12311",
        "018100:12311",
        "x01810012311x",
        "12345 01810012311",
        "11 22 33 01810012311",
        "٠١٨١٠٠١٢٣١١",
        "018100\u200b12311",
    ],
)
def test_a_number_is_found_in_the_ways_people_write_it(written: str) -> None:
    assert len(find(written)) == 1


@given(identity_numbers(additions=(0,)))
def test_every_ordinary_and_d_number_python_stdnum_knows_is_found(number: str) -> None:
    if fodselsnummer.is_valid(number):
        assert find(number) == [number]


@pytest.mark.parametrize(
    "harmless",
    [
        "Ring 416 12 345 eller +47 41 61 23 45",
        "Org.nr. 974 760 673",
        "Beløp: 1 800 000 kr og 250 000 kr",
        "31.12.2022 kl. 10.30",
        "Se sak 2021/12345-6",
        "KID 1234567890128",
        "Konto 1234 56 78903",
    ],
)
def test_other_numbers_are_left_alone(harmless: str) -> None:
    assert find(harmless) == []


def test_random_numbers_of_eleven_digits_mostly_survive() -> None:
    chance = random.Random(1)
    hits = sum(bool(find(f"{chance.randrange(10**11):011}")) for _ in range(5000))
    assert hits < 5000 * 0.03


@pytest.mark.parametrize(
    "message",
    [
        {"caption": "se 01810012311"},
        {"document": {"file_name": "01810012311.pdf", "file_id": "x"}},
        {"contact": {"first_name": "01810012311", "phone_number": "1"}},
        {"contact": {"first_name": "x", "vcard": "NOTE:01810012311"}},
        {"venue": {"title": "x", "address": "01810012311"}},
        {"entities": [{"type": "text_link", "url": "https://example.org/01810012311"}]},
        {"forward_origin": {"sender_user_name": "01810012311"}},
        {"poll": {"question": "?", "options": [{"text": "01810012311"}]}},
    ],
)
def test_a_number_is_found_in_every_field(message: dict[str, Any]) -> None:
    clean = redact({"update_id": 1, "message": message})
    assert "01810012311" not in str(clean)
    assert clean["message"][REDACTED]


@pytest.mark.parametrize("quoted", ["reply_to_message", "external_reply", "quote"])
def test_a_number_that_is_quoted_is_removed_and_the_reply_stands(quoted: str) -> None:
    clean = redact({"update_id": 1, "message": {"text": "Ja", quoted: {"text": "01810012311"}}})
    assert "01810012311" not in str(clean)
    assert REDACTED not in clean["message"]


def test_the_data_of_a_button_is_looked_through_and_the_names_telegram_gives_are_not() -> None:
    press = {"id": "01810012311", "data": "st:01810012311", "chat_instance": "01810012311"}
    clean = redact({"update_id": 1, "callback_query": press})["callback_query"]
    assert clean["id"] == clean["chat_instance"] == "01810012311"
    assert "01810012311" not in clean["data"]


def test_what_no_database_stores_is_replaced() -> None:
    clean = redact({"update_id": 1, "message": {"text": "a\x00b\ud83dc"}})
    assert clean["message"]["text"] == "a\ufffdb\ufffdc"
