"""The words that name the parts of a measure, the headings that say what a section holds, the numbers of measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.documents.understanding.labels import label_alone, labelled
from plan.documents.understanding.numbering import bare_ref, bulleted, head_of_measure, is_ref, lettered, numbered
from plan.documents.understanding.sections import Verdict, nearest_verdict, verdict
from plan.documents.understanding.vocabulary import Part, meaning_of, unit_of_amounts

WORDS = {
    Part.REF: ["Nr", "Nr.", "Tiltak nr.", "Tiltaksnr", "#", "Pkt.", "ID"],
    Part.TITLE: [
        "Tiltak",
        "TILTAK",
        "Tiltak/aktivitet",
        "Hva skal gjøres",
        "Kva skal gjerast",
        "Aktivitet",
        "Hva",
        "Kva",
        "Oppgåve",
    ],
    Part.DESCRIPTION: ["Beskrivelse", "Skildring", "Hvordan", "Korleis", "Beskr.", "Innhold"],
    Part.GOAL: ["Mål", "Delmål", "Hovedmål", "Hovudmål", "Målsetting", "Målsetjing"],
    Part.RESPONSIBLE: [
        "Ansvar",
        "Ansvarleg eining",
        "Hovedansvar",
        "Hvem",
        "Kven",
        "Oppfølgings-\nansvarlig",
        "Tiltakseier",
    ],
    Part.ALSO_AFFECTED: ["Samarbeid", "Samarbeidspartnere", "Medansvar", "Andre berørte", "Involverte"],
    Part.DEADLINE: ["Frist", "Tidsfrist", "Tidsplan", "Når", "Ferdig", "Tidspunkt", "År", "Innan"],
    Part.START: ["Oppstart", "Startdato"],
    Part.COST: ["Kostnad", "Kostnader (1000 kr)", "Økonomi", "Økonomisk konsekvens", "Ressurser", "Budsjett"],
    Part.FUNDING: ["Finansiering", "Tilskudd", "Annen finansiering"],
    Part.PRIORITY: ["Prioritet", "Prioritering", "Pri."],
    Part.CATEGORY: ["Kategori", "Tema", "Fokusområde", "Målgruppe", "Alders-grupper"],
    Part.STATUS: ["Status", "Gjennomført"],
    Part.COMMENT: ["Kommentar", "Merknad", "Merknader"],
    Part.FOREIGN: ["Sannsynlighet", "Konsekvens", "Risiko", "Telefon", "Navn"],
}


@pytest.mark.parametrize(("part", "word"), [(part, word) for part, words in WORDS.items() for word in words])
def test_a_word_names_its_part(part: Part, word: str) -> None:
    meaning = meaning_of(word)
    assert meaning is not None
    assert meaning.part is part


@pytest.mark.parametrize("word", ["2023", "år 2023", "Budsjett 2023", "Kostnad 2023"])
def test_a_year_heads_a_column_of_amounts(word: str) -> None:
    meaning = meaning_of(word)
    assert meaning is not None
    assert (meaning.part, meaning.year) == (Part.YEAR, 2023)


@pytest.mark.parametrize("word", ["", "Nettsideansvarlig", "Rådmannen", "Løpende", "Lage en plan " * 10])
def test_other_texts_name_nothing(word: str) -> None:
    assert meaning_of(word) is None


@pytest.mark.parametrize(
    ("head", "unit"), [("Kostnad - 1000. kr.", 1_000), ("Beløp i tusen kroner", 1_000), ("Kostnad (kr)", 1)]
)
def test_the_head_says_the_unit_of_amounts(head: str, unit: int) -> None:
    assert unit_of_amounts(head) == unit


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("4. TILTAKSPLAN", Verdict.MEASURES),
        ("FOKUSOMRÅDER, NYE TILTAK", Verdict.MEASURES),
        ("FOKUSOMRÅDER, EKSISTERENDE TILTAK", Verdict.EXISTING),
        ("Dagens tjenester", Verdict.EXISTING),
        ("2.2 Eksisterende aktivitet og nye tiltak i planperioden", None),
        ("Måloppnåelse i forhold til “gammel” plan", Verdict.OLD),
        ("Evaluering av forrige plan", Verdict.OLD),
        ("Fremdriftsplan for arbeidet", Verdict.OTHER),
        ("Forebygging", None),
    ],
)
def test_a_heading_says_what_its_section_holds(heading: str, expected: Verdict | None) -> None:
    assert verdict(heading) is expected


def test_the_nearest_heading_that_says_something_decides() -> None:
    assert nearest_verdict(["Delmål 1", "Gammel plan", "Tiltak"]) is Verdict.OLD
    assert nearest_verdict(["Delmål 1"]) is None


@pytest.mark.parametrize("text", ["1", "2.10", "4.1.1", "T3", "A", "1a", "12)", "3.", "Tiltak 4"])
def test_a_number_of_a_measure_is_one(text: str) -> None:
    assert is_ref(text)


@pytest.mark.parametrize("text", ["2024", "NAV", "1 stilling", "", "Lys", "1.5 mill"])
def test_other_texts_are_no_number(text: str) -> None:
    assert not is_ref(text)


def test_a_number_stays_text() -> None:
    assert bare_ref("2.10.") == "2.10"
    assert bare_ref("Tiltak 3:") == "3"


@pytest.mark.parametrize(
    ("text", "ref", "title"),
    [
        ("Tiltak 1.1 Vurdering av tiltak", "1.1", "Vurdering av tiltak"),
        ("Tiltak 3: Lys", "3", "Lys"),
        ("TILTAK nr. 4 – Lys", "4", "Lys"),
        ("Tiltak A: Lys", "A", "Lys"),
        ("Tiltak 5", "5", ""),
    ],
)
def test_a_heading_that_calls_itself_a_measure_is_split(text: str, ref: str, title: str) -> None:
    found = head_of_measure(text)
    assert found is not None
    assert (found.ref, found.rest) == (ref, title)


@pytest.mark.parametrize("text", ["Tiltak delmål 1", "Tiltak i planperioden", "Tiltak", "Nye tiltak"])
def test_a_heading_over_measures_is_none_itself(text: str) -> None:
    assert head_of_measure(text) is None


def test_numbers_letters_and_bullets_are_taken_off_a_text() -> None:
    found, letter = numbered("2.1 Lage plan"), lettered("a) Lage plan")
    assert found is not None
    assert letter is not None
    assert (found.ref, found.rest, letter.ref, bulleted("• Lage plan")) == ("2.1", "Lage plan", "a", "Lage plan")
    assert numbered("2024 Året som gikk") is None
    assert numbered("100 000 kroner") is None


def test_several_labels_in_one_line_are_told_apart() -> None:
    before, found = labelled("Lage plan (ansvar: Kultur, frist: høsten 2023)")
    assert before == "Lage plan"
    assert [(label.part, label.value) for label in found] == [
        (Part.RESPONSIBLE, "Kultur"),
        (Part.DEADLINE, "høsten 2023"),
    ]


def test_a_colon_after_other_words_is_no_label() -> None:
    assert labelled("Følgende instanser deltok: NAV og politiet")[1] == []
    assert labelled("Se https://example.org: der står det")[1] == []


def test_a_line_can_be_a_label_alone() -> None:
    assert label_alone("Beskrivelse av tiltaket:") is Part.DESCRIPTION
    assert label_alone("Ansvar") is Part.RESPONSIBLE
    assert label_alone("Organisering") is None


@given(st.text(max_size=300))
def test_no_text_crashes_the_lookups(text: str) -> None:
    meaning_of(text)
    verdict(text)
    head_of_measure(text)
    numbered(text)
    label_alone(text)
    before, found = labelled(text)
    assert len(before) + sum(len(label.value) for label in found) <= len(text)
