"""What people write about their measures, and what is understood of it. Where there is doubt nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.status import Status
from plan.status_words import Said, read, unknown_number

NOT_STARTED, IN_PROGRESS, DELAYED, DONE, DROPPED = Status
REFS = ("1.4", "1.5", "2", "3a", "1.40")

STATUSES: dict[str, Status | None] = {
    # gjennomført
    "er ferdig": DONE,
    "ferdig": DONE,
    "Ferdig!": DONE,
    "er ferdige nå": DONE,
    "er ferdigstilt": DONE,
    "er gjennomført": DONE,
    "ble gjennomført i mars": DONE,
    "vart gjennomført i haust": DONE,
    "er fullført": DONE,
    "er avsluttet": DONE,
    "er avslutta": DONE,
    "vi er i mål": DONE,
    "vi er ferdige med tiltaket": DONE,
    "er 100 % ferdig": DONE,
    "er ferdig, kurset ble holdt i mars": DONE,
    "er ferdig. Kurset ble avsluttet i mars": DONE,
    # ikke helt
    "nesten ferdig": IN_PROGRESS,
    "er snart ferdig": IN_PROGRESS,
    "så godt som ferdig": IN_PROGRESS,
    "delvis gjennomført": IN_PROGRESS,
    "er delvis gjennomført, resten kommer til høsten": IN_PROGRESS,
    "ferdig med halvparten": IN_PROGRESS,
    "vi er ferdige med første del": IN_PROGRESS,
    "halvparten er ferdig": IN_PROGRESS,
    "80 prosent ferdig": IN_PROGRESS,
    "er 80 % ferdig": IN_PROGRESS,
    "ikke ferdig": None,
    "er ikkje ferdig": None,
    "ikke helt ferdig": None,
    "langt fra ferdig": None,
    "ikke ferdig, men godt i gang": IN_PROGRESS,
    "blir ferdig i mai": None,
    "skal være ferdig til sommeren": None,
    "vert ferdig til hausten": None,
    "er ferdig i mai": None,
    "er ferdig planlagt": None,
    "er ferdig med kurset": None,
    "er ferdig, men evalueringen gjenstår": None,
    "er ferdig, oppfølgingen er i gang": None,
    "når kurset er ferdig, melder vi fra": None,
    "er 1.5 ferdig?": None,
    # i gang
    "er i gang": IN_PROGRESS,
    "igang": IN_PROGRESS,
    "er godt i gang": IN_PROGRESS,
    "har startet": IN_PROGRESS,
    "er starta": IN_PROGRESS,
    "har begynt": IN_PROGRESS,
    "er påbegynt": IN_PROGRESS,
    "pågår": IN_PROGRESS,
    "er under arbeid": IN_PROGRESS,
    "er i rute": IN_PROGRESS,
    "er i gang, første del ble gjennomført i mars": IN_PROGRESS,
    "Arbeidsgruppa har hatt to møter. Arbeidet er i gang.": IN_PROGRESS,
    "skal i gang til høsten": None,
    # ikke startet
    "er ikke i gang": NOT_STARTED,
    "er ikkje i gang": NOT_STARTED,
    "er ikke startet": NOT_STARTED,
    "ikke startet ennå": NOT_STARTED,
    "har ikke begynt": NOT_STARTED,
    "ikkje starta enno": NOT_STARTED,
    "er ikke kommet i gang": NOT_STARTED,
    "ikke i gang fordi vi mangler folk": NOT_STARTED,
    # forsinket
    "forsinket fordi kurslederen sluttet": DELAYED,
    "er forsinka": DELAYED,
    "blir forsinket": DELAYED,
    "er utsatt til høsten": DELAYED,
    "er i gang, men forsinket": DELAYED,
    "i gang men forsinka": DELAYED,
    "er ikke i rute": DELAYED,
    "er ikke startet, forsinket på grunn av sykdom": DELAYED,
    "ikke forsinket": None,
    "er ikke forsinket, er i gang": IN_PROGRESS,
    # utgår
    "utgår": DROPPED,
    "utgår fordi vi alt er ferdige med noe lignende": DROPPED,
    "er utgått": DROPPED,
    "faller bort": DROPPED,
    "fell bort": DROPPED,
    "er avlyst": DROPPED,
    "er ikke aktuelt lenger": DROPPED,
    "ikkje aktuelt": DROPPED,
    "blir ikke noe av": DROPPED,
    # ingen status
    "kurset ble holdt i mars": None,
    "Ungdata er bestilt": None,
    "": None,
}


@pytest.mark.parametrize("words", STATUSES)
def test_a_status_is_understood_where_the_words_leave_no_doubt(words: str) -> None:
    assert [said.status for said in read(words, REFS)] == [STATUSES[words]]
    (said,) = read(f"1.4 {words}", REFS)
    assert (said.ref, said.status) == ("1.4", STATUSES[words])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.4 er ferdig, kurset ble holdt i mars", [Said("1.4", DONE, "Kurset ble holdt i mars")]),
        (
            "tiltak 1.4: forsinket fordi kurslederen sluttet",
            [Said("1.4", DELAYED, "Forsinket fordi kurslederen sluttet")],
        ),
        ("Tiltak 2 er i gang – vi har hatt to møter", [Said("2", IN_PROGRESS, "Vi har hatt to møter")]),
        ("1.4: i gang: -5 % fra i fjor", [Said("1.4", IN_PROGRESS, "-5 % fra i fjor")]),
        ("1.4 - ferdig - 5 kurs", [Said("1.4", DONE, "5 kurs")]),
        ("3A: ferdig", [Said("3a", DONE, "")]),
        ("1.4 er ikkje i gang", [Said("1.4", NOT_STARTED, "")]),
        ("ferdig. Kurset ble holdt i mars", [Said(None, DONE, "Kurset ble holdt i mars")]),
        ("Ungdata er bestilt", [Said(None, None, "Ungdata er bestilt")]),
        ("1.4 Ungdata er bestilt", [Said("1.4", None, "Ungdata er bestilt")]),
        ("1.4 uendret", [Said("1.4", None, "", unchanged=True)]),
        ("1.4: ingen endring, vi fortsetter", [Said("1.4", None, "Vi fortsetter", unchanged=True)]),
        (
            "1.4 er ferdig\n1.5 er forsinket fordi vi mangler folk\nvi ansetter i mai\n2: i gang",
            [
                Said("1.4", DONE, ""),
                Said("1.5", DELAYED, "Er forsinket fordi vi mangler folk\nvi ansetter i mai"),
                Said("2", IN_PROGRESS, ""),
            ],
        ),
        ("1.4 og 1.5 er ferdige", [Said("1.4", DONE, ""), Said("1.5", DONE, "")]),
        ("1.4 er ferdig. 1.5 er i gang.", [Said("1.4", DONE, ""), Said("1.5", IN_PROGRESS, "")]),
        ("Hei!\n1.4 er ferdig", [Said("1.4", DONE, "")]),
        ("- 1.4: ferdig\n- 1.5: i gang", [Said("1.4", DONE, ""), Said("1.5", IN_PROGRESS, "")]),
        # what only looks like a number of a measure
        ("2 kurs er holdt", [Said(None, None, "2 kurs er holdt")]),
        ("1.4 millioner er brukt", [Said(None, None, "1.4 millioner er brukt")]),
        ("1.45 er brukt", [Said(None, None, "1.45 er brukt")]),
        ("1.40 er ferdig", [Said("1.40", DONE, "")]),
        ("Vi begynte 1.4. og er i gang", [Said(None, IN_PROGRESS, "Vi begynte 1.4. og er i gang")]),
    ],
)
def test_a_message_names_its_measures_and_the_rest_is_the_comment(text: str, expected: list[Said]) -> None:
    assert read(text, REFS) == expected


PLAIN = ["er", "ferdig", "i gang", "gjennomført", "nå", "med", "halvparten", "forsinket", "utgår", "nesten"]
WORDS = st.sampled_from([*PLAIN, *REFS, "tiltak", "ikke", "fordi", "1.4:", ",", "\n", "men", "%", "(", "?"])


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=12).map(" ".join)), st.sets(st.text(max_size=4)))
def test_no_text_is_too_odd_to_read(text: str, more: set[str]) -> None:
    for said in read(text, {*REFS, *more}):
        assert said.ref is None or said.ref in {*REFS, *more}
        assert said.comment == said.comment.strip()
        assert said.comment.lower() in f"{text}\n{text}".lower() or said.ref is not None


@given(st.lists(st.sampled_from(PLAIN), max_size=8).map(" ".join))
def test_a_word_that_is_denied_is_never_what_is_understood(text: str) -> None:
    for said in read(f"ikke {text}", ()):
        assert said.status is not DONE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9.9 er ferdig", "9.9"),
        ("Tiltak 9.9 er ikkje ferdig", "9.9"),
        ("nr. 12: utgår", "12"),
        ("12 er i gang", "12"),
        ("9.9 uendret", "9.9"),
        ("9.9 millioner er brukt, kurset er ferdig", None),
        ("9.9 har vi ventet på", None),
        ("12 deltakere er ferdige", None),
        ("Kurset i 9.9 er ferdig", None),
        ("", None),
    ],
)
def test_a_number_nobody_has_is_only_understood_where_words_of_a_status_follow(text: str, number: str | None) -> None:
    assert unknown_number(text) == number
