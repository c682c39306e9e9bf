"""Who is named in a cell about responsibility."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.units import SOFT_BREAK, UnitNames, is_external, looks_like_unit

NOTHING = UnitNames()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Rådmannen", ("Rådmannen",)),
        ("Helse og omsorg", ("Helse og omsorg",)),
        ("Oppvekst og kultur\nHelse og forebygging", ("Oppvekst og kultur", "Helse og forebygging")),
        ("Barne- og familietjenesten, NAV", ("Barne- og familietjenesten", "NAV")),
        ("Bruker – og pårørende grupper.", ("Bruker – og pårørende grupper",)),
        ("Helse, velferd, pleie og omsorg", ("Helse, velferd, pleie og omsorg",)),
        ("Frivillige lag og foreninger", ("Frivillige lag og foreninger",)),
        ("Leiar for barnehage og skule", ("Leiar for barnehage og skule",)),
        ("Psykisk helse og rus, barnevern", ("Psykisk helse og rus", "barnevern")),
        ("Rusteam 0-18 og Rusteam 18+", ("Rusteam 0-18", "Rusteam 18+")),
        ("Leder og tjenesteytere", ("Leder", "tjenesteytere")),
        ("SLT- koordinator", ("SLT-koordinator",)),
        ("SLT-koordinator og folkehelsekoordinator", ("SLT-koordinator", "folkehelsekoordinator")),
        ("HO, OK og NAV", ("HO", "OK", "NAV")),
        ("Rektor/FAU", ("Rektor", "FAU")),
        ("NAV; Politi ; FAU", ("NAV", "Politi", "FAU")),
        ("Oppvekst, i samarbeid med Helse og forebygging.", ("Oppvekst", "Helse og forebygging")),
        ("Kommuneoverlege sammen med fastlegene", ("Kommuneoverlege", "fastlegene")),
        ("Oppvekst v/rektorene", ("Oppvekst", "rektorene")),
        ("Skoler og barnehager", ("Skoler", "barnehager")),
        ("Helse og omsorg og NAV", ("Helse og omsorg", "NAV")),
        ("Ansvar: Teknisk (jf. plan)", ("Teknisk",)),
        ("Enhetsleder Barnehage innen 01.05.2010", ("Enhetsleder Barnehage",)),
        ("Helse og forebygging er initiativtaker", ("Helse og forebygging",)),
        ("Prosjektet må ligge under rådmannen.", ("rådmannen",)),
        ("NAV m.fl.", ("NAV",)),
        ("• Kultur\n• Skole", ("Kultur", "Skole")),
    ],
)
def test_a_cell_names_its_units(cell: str, names: tuple[str, ...]) -> None:
    assert NOTHING.named_in(cell).names == names


@pytest.mark.parametrize(
    "cell",
    [
        "Tverrfaglig og tverretatlig ansvar på ulike nivå",
        "Avklare ansvar i den enkelte sak",
        "Tjenester som yter helse, omsorgs –og velferdsytelser.",
        "Alle enheter",
        "Ikke avklart",
        "-",
        "?",
    ],
)
def test_a_remark_names_nobody(cell: str) -> None:
    assert NOTHING.named_in(cell).names == ()


def test_a_cell_without_text_has_no_remark_either() -> None:
    assert not NOTHING.named_in(None).has_remark
    assert NOTHING.named_in("NAV\nTverrsektorielt ansvar").has_remark


def test_a_role_before_two_fields_is_two_where_both_are_known_alone() -> None:
    names = UnitNames.learnt_from(["Kommunalsjef Helse og kommunalsjef Oppvekst"])
    assert names.named_in("Kommunalsjef Helse og Oppvekst").names == ("Kommunalsjef Helse", "Kommunalsjef Oppvekst")
    assert NOTHING.named_in("Kommunalsjef Helse og Oppvekst").names == ("Kommunalsjef Helse og Oppvekst",)


def test_names_that_stand_alone_elsewhere_are_two() -> None:
    assert UnitNames.learnt_from(["Bymiljø", "Havna"]).named_in("Bymiljø og Havna").names == ("Bymiljø", "Havna")


def test_a_soft_break_is_settled_by_the_other_cells() -> None:
    names = UnitNames.learnt_from(["Bymiljø", f"Bymiljø{SOFT_BREAK}Havna"])
    assert names.named_in(f"Bymiljø{SOFT_BREAK}Havna").names == ("Bymiljø", "Havna")
    assert names.named_in(f"Enhetsleder{SOFT_BREAK}Havna").names == ("Enhetsleder Havna",)
    assert names.named_in(f"Ukjent{SOFT_BREAK}Navn").names == ("Ukjent Navn",)


@pytest.mark.parametrize("name", ["Politi", "FAU", "fastlegene", "Røde Kors", "Ungdomsrådet", "Statsforvalteren"])
def test_a_body_outside_the_municipality_is_external(name: str) -> None:
    assert is_external(name)


@pytest.mark.parametrize("name", ["NAV", "Rådmannen", "Helse og omsorg", "Teknisk", "Frivilligkoordinator"])
def test_a_unit_of_the_municipality_is_not_external(name: str) -> None:
    assert not is_external(name)


@pytest.mark.parametrize("text", ["Lage plan for bruk av filmen", "2024", "", "Alle ansatte"])
def test_other_texts_do_not_look_like_units(text: str) -> None:
    assert not looks_like_unit(text)


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=4))
def test_no_text_crashes_the_splitting_and_every_name_stands_in_the_cell(cell: str, others: list[str]) -> None:
    named = UnitNames.learnt_from([*others, cell]).named_in(cell)
    letters = {letter for letter in cell if letter.isalnum()}
    assert all({letter for letter in name if letter.isalnum()} <= letters for name in named.names)
    assert len(set(named.names)) == len(named.names)
