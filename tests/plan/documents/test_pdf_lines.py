"""Lines of a cell put together: a word broken for want of room, a hyphen, a name that ends, a name that goes on."""

import pytest

from plan.documents.pdf_lines import Line, Words, cell_text
from plan.units import SOFT_BREAK

WIDTH = 5.0
NARROW = 62.0


def lines(*texts: str) -> list[Line]:
    """Lines of ten points with letters five points wide, from the left edge of a cell with a padding of one."""
    return [
        Line(
            text.strip(),
            1.0,
            1.0 + WIDTH * len(text.strip()),
            12.0 * number,
            12.0 * number + 10.0,
            10.0,
            False,
            WIDTH * len(text.split()[0]),
            WIDTH,
            has_space_after=text.endswith(" "),
        )
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("Kommuneover", "lege"), "Kommuneoverlege"),
        (("Hverdagsreha", "bilitering i byen"), "Hverdagsrehabilitering i byen"),
        (("Forebyggende ", "lavterskeltilbud"), "Forebyggende lavterskeltilbud"),
        (("Koordinering", "utarbeides"), "Koordinering utarbeides"),
        (("Ungdommens ", "forum"), "Ungdommens forum"),
        (("Lage en ny ", "plan"), "Lage en ny plan"),
        (("NAV", "Politi"), "NAV\nPoliti"),
        (("Helse og sos-", "ialtjeneste"), "Helse og sosialtjeneste"),
        (("Felles barne- ", "og ungdomsteam"), "Felles barne- og ungdomsteam"),
        (("Vår nye SLT-", "koordinator"), "Vår nye SLT-koordinator"),
        (("Oppvekst og ", "Kultur"), "Oppvekst og Kultur"),
        (("Barnehagene ", "Skolene"), f"Barnehagene{SOFT_BREAK}Skolene"),
        (("Enhetsleder", "Kultur"), f"Enhetsleder{SOFT_BREAK}Kultur"),
    ],
)
def test_lines_of_a_cell_are_joined_as_they_were_written(texts: tuple[str, ...], joined: str) -> None:
    assert cell_text(lines(*texts), 0.0, NARROW, Words(frozenset(), has_spaces=True)) == joined


def test_a_word_that_stands_elsewhere_tells_whether_a_hyphen_belongs_to_it() -> None:
    broken = lines("Nytt e-post-", "system")
    assert cell_text(broken, 0.0, NARROW, Words(frozenset({"e-post-system"}), has_spaces=True)) == "Nytt e-post-system"


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("Velferdstek", "nologi"), "Velferdsteknologi"),
        (("Rekrutterin", "gskonsulent"), "Rekrutteringskonsulent"),
        (("Avdelingsle", "der institusjon"), "Avdelingsleder institusjon"),
        (("Kommunestyre", "utarbeider"), "Kommunestyre utarbeider"),
        (("Klimabasert", "samarbeid"), "Klimabasert samarbeid"),
        (("Kommunal og", "interkommunal"), "Kommunal og interkommunal"),
    ],
)
def test_a_word_without_room_is_known_by_what_its_end_is(texts: tuple[str, ...], joined: str) -> None:
    """Nothing tells a space that was not printed from none, so what stands on the next line decides."""
    assert cell_text(lines(*texts), 0.0, NARROW, Words(frozenset())) == joined


def test_a_line_that_begins_with_a_number_is_its_own_where_the_one_above_is_full() -> None:
    assert cell_text(lines("1. Lag et kart", "2. Kurs"), 0.0, NARROW, Words(frozenset())) == "1. Lag et kart\n2. Kurs"
    assert cell_text(lines("Frist innen", "1. mars"), 0.0, NARROW, Words(frozenset())) == "Frist innen 1. mars"


def test_a_cell_without_lines_is_empty() -> None:
    assert cell_text([], 0.0, NARROW, Words(frozenset())) == ""
