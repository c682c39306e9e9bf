import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.deadline import Kind, Period, parse
from plan.documents import read as read_document
from plan.documents import yaml_file
from plan.documents.problem import MAX_PROBLEMS, Code, DocumentRefused, Problem
from plan.documents.yaml_file import read, read_bytes, write
from plan.documents.yaml_tree import MAX_VALUES
from plan.documents.yaml_values import folded
from plan.draft import (
    CostKind,
    CostLine,
    Draft,
    Funding,
    Goal,
    Measure,
    Meeting,
    ReportingDate,
    ReportingKind,
    Source,
    Unit,
    YearlyRule,
    clean,
)
from templates import cli

WHOLE = """\
plan:
  tittel: Plan mot støy
  kommune: Eksempel
  periode: 2020-2024
enheter:
  - navn: Rådmannen
  - navn: NAV
    overordnet: Rådmannen
  - {navn: Politiet, ekstern: ja}
mål:
  - nr: H
    tittel: Mindre støy
  - nr: 1
    tittel: Roligere netter
    under: H
    resultatmål:
      - Færre klager
      - Flere sover
tiltak:
  - nr: 2.10
    tittel: "Støymåling: to steder"
    beskrivelse: |
      Først sentrum.

      Så havna.
    mål: 1
    ansvar: NAV og politiet
    enheter: [NAV, Politiet]
    oppfølging: NAV
    berører: Oppvekst
    frist: 31.12.2022
    kostnader:
      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}
      - {år: 2022, slag: ekstern}
      - {slag: investering, beløp: 20.000 kr}
    finansiering: beløp
    prioritet: 3
    kategori: Måling
    merknad: no
  - nr: A-1
    nr i planen: nei
    tittel: Annet
rapportering:
  - hva: statusrapport
    tekst: Status i mai
    hvert: 2. år
    måned: mai
    første år: 2021
    siste år: 2023
    organ: Kommunestyret
  - hva: kontroll
    tekst: Uten tid
møter:
  - organ: Kommunestyret
    dato: 12.05.2021
  - organ: Formannskapet
    dato: 2021-05-04
"""


def problems_in(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DocumentRefused) as refused:
        read(text)
    return refused.value.problems


def found_in(text: str) -> list[tuple[Code, int | None]]:
    return [(problem.code, problem.line) for problem in problems_in(text)]


def sentences_for(problems: tuple[Problem, ...]) -> list[str]:
    return [
        cli.say(f"plan_file.{problem.code}", line=problem.line, place=problem.place, **problem.data)
        for problem in problems
    ]


def changed(right: str, wrong: str) -> str:
    lines = WHOLE.splitlines()
    assert lines.count(right) == 1
    return "\n".join(wrong if line == right else line for line in lines)


def test_a_whole_plan_file_is_read() -> None:
    draft = read(WHOLE)
    assert (draft.title, draft.municipality, draft.period) == ("Plan mot støy", "Eksempel", (2020, 2024))
    assert draft.units == (
        Unit(name="Rådmannen"),
        Unit(name="NAV", superior="Rådmannen"),
        Unit(name="Politiet", external=True),
    )
    assert draft.goals == (
        Goal(ref="H", title="Mindre støy"),
        Goal(ref="1", title="Roligere netter", parent_ref="H", result_targets=("Færre klager", "Flere sover")),
    )
    assert draft.measures == (
        Measure(
            ref="2.10",
            title="Støymåling: to steder",
            description="Først sentrum.\n\nSå havna.",
            goal_ref="1",
            responsible="NAV og politiet",
            units=("NAV", "Politiet"),
            owner="NAV",
            also_affected="Oppvekst",
            deadline=parse("31.12.2022", period=Period.of_years(2020, 2024)),
            costs=(
                CostLine(year=2021, kind=CostKind.SPENDING, amount_nok=1_250_000, text="Utstyr"),
                CostLine(year=2022, kind=CostKind.EXTERNAL),
                CostLine(kind=CostKind.INVESTMENT, amount_nok=20_000),
            ),
            funding=Funding.AMOUNT,
            priority=3,
            category="Måling",
            comment="no",
            source=Source(row=20),
        ),
        Measure(ref="A-1", ref_is_ours=True, title="Annet", source=Source(row=40)),
    )
    assert draft.measures[0].deadline.due == date(2022, 12, 31)
    rule = YearlyRule(months=(5,), n=2, first_year=2021, last_year=2023, body="Kommunestyret")
    assert draft.reporting_dates == (
        ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text="Status i mai", rule=rule),
        ReportingDate(kind=ReportingKind.CONTROL, text="Uten tid"),
    )
    assert draft.meetings == (
        Meeting(body="Kommunestyret", held_on=date(2021, 5, 12)),
        Meeting(body="Formannskapet", held_on=date(2021, 5, 4)),
    )


def test_values_are_taken_as_they_are_written() -> None:
    draft = read("plan: {tittel: no, periode: 2020}\ntiltak:\n  - {nr: 1_0, tittel: 0x1F, merknad: 2020-01-01}\n")
    (measure,) = draft.measures
    assert (draft.title, draft.period) == ("no", (2020, 2020))
    assert (measure.ref, measure.title, measure.comment) == ("1_0", "0x1F", "2020-01-01")


@pytest.mark.parametrize("nothing", ["", "~", "null", "''", '"  "', "# uavklart"])
def test_a_key_with_nothing_behind_it_is_as_if_it_were_not_there(nothing: str) -> None:
    assert read(changed("    ansvar: NAV og politiet", f"    ansvar: {nothing}")).measures[0].responsible is None


def test_the_period_is_known_to_the_deadlines_wherever_the_plan_stands() -> None:
    draft = read("tiltak:\n  - {nr: 1, tittel: T, frist: i planperioden}\nplan: {tittel: P, periode: 2020-2024}\n")
    assert draft.measures[0].deadline == parse("i planperioden", period=Period.of_years(2020, 2024))
    assert draft.measures[0].deadline.kind is not Kind.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "spelling", ["første år", "Første år", "forste ar", "foerste_aar", "fo\u0308rste a\u030ar", "FØRSTE-ÅR"]
)
def test_a_key_may_be_spelt_without_norwegian_letters(spelling: str) -> None:
    if spelling.startswith("fo\u0308"):
        assert folded(spelling) == folded("forste ar")
    assert read(changed("    første år: 2021", f"    {spelling}: 2021")) == read(WHOLE)


def test_months_may_be_numbers_or_names_one_or_several() -> None:
    for written, months in (("5", (5,)), ("Mai", (5,)), ("[april, 5, juni]", (4, 5, 6))):
        rule = read(changed("    måned: mai", f"    måneder: {written}")).reporting_dates[0].rule
        assert rule is not None
        assert rule.months == months


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("plan:", "plann:", Code.UNKNOWN_KEY),
        ("  tittel: Plan mot støy", "  titel: Plan", Code.UNKNOWN_KEY),
        ("  tittel: Plan mot støy", "  tittel:", Code.MISSING_VALUE),
        ("  tittel: Plan mot støy", "  tittel: ''", Code.MISSING_VALUE),
        ("  tittel: Plan mot støy", "  tittel: [Plan]", Code.NOT_A_TEXT),
        ("  tittel: Plan mot støy", "  tittel: {a: b}", Code.NOT_A_TEXT),
        ("  tittel: Plan mot støy", f"  tittel: {'x' * 1001}", Code.TOO_LONG),
        ("  tittel: Plan mot støy", "  tittel: Plan: støy", Code.COLON),
        ("  tittel: Plan mot støy", "  tittel: 'Plan", Code.SYNTAX),
        ("  tittel: Plan mot støy", "\ttittel: Plan", Code.TAB),
        ("  tittel: Plan mot støy", "  tittel: &navn Plan", Code.ALIAS),
        ("  tittel: Plan mot støy", "  tittel: *navn", Code.ALIAS),
        ("  tittel: Plan mot støy", "  tittel: !!python/name:os.system Plan", Code.TAG),
        ("  tittel: Plan mot støy", "  tittel: Plan\x07", Code.CONTROL_CHARACTER),
        ("  tittel: Plan mot støy", "  ? [tittel]\n  : Plan", Code.SYNTAX),
        ("  periode: 2020-2024", "  periode: 2020 til 2024", Code.NOT_A_PERIOD),
        ("  periode: 2020-2024", "  periode: 2020-20240", Code.NOT_A_PERIOD),
        ("  periode: 2020-2024", "  periode: 0001-2024", Code.NOT_A_PERIOD),
        ("  periode: 2020-2024", "  periode: 2024-2020", Code.PERIOD_REVERSED),
        ("  - navn: NAV", "  - navn: Rådmannen", Code.DUPLICATE_UNIT),
        ("    overordnet: Rådmannen", "    overordnet: Raadmannen", Code.UNKNOWN_UNIT),
        ("    overordnet: Rådmannen", "    overordnet: NAV", Code.SUPERIOR_CYCLE),
        ("  - {navn: Politiet, ekstern: ja}", "  - {navn: Politiet, ekstern: kanskje}", Code.UNKNOWN_WORD),
        ("  - {navn: Politiet, ekstern: ja}", "  - Politiet", Code.NOT_A_MAPPING),
        ("    under: H", "    under: G", Code.UNKNOWN_GOAL),
        ("    under: H", "    under: 1", Code.GOAL_CYCLE),
        ("    under: H", "    Tittel: Igjen", Code.DUPLICATE_KEY),
        ("  - nr: A-1", "  - nr: '2.10'", Code.DUPLICATE_MEASURE),
        ("    mål: 1", "    mål: 2", Code.UNKNOWN_GOAL),
        ("    enheter: [NAV, Politiet]", "    enheter: [NAV, Brannvesenet]", Code.UNKNOWN_UNIT),
        ("    enheter: [NAV, Politiet]", "    enheter: [NAV, {navn: Politiet}]", Code.NOT_A_TEXT),
        ("    oppfølging: NAV", "    oppfølging: Politiet", Code.EXTERNAL_OWNER),
        (
            "      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}",
            "      - {år: 21, slag: utgift}",
            Code.NOT_A_YEAR,
        ),
        (
            "      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}",
            "      - {år: 3021, slag: utgift}",
            Code.NOT_A_YEAR,
        ),
        (
            "      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}",
            "      - {år: 2021, beløp: 1}",
            Code.MISSING_KEY,
        ),
        (
            "      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}",
            "      - {år: 2021, slag: utgift, beløp: 1.5}",
            Code.NOT_AN_AMOUNT,
        ),
        (
            "      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}",
            "      - {år: 2021, slag: utgift, beløp: 9 999 999 999 999}",
            Code.NOT_AN_AMOUNT,
        ),
        (
            "      - {år: 2021, slag: utgift, beløp: 1 250 000, tekst: Utstyr}",
            "      - {år: 2021, slag: netto}",
            Code.UNKNOWN_WORD,
        ),
        ("    finansiering: beløp", "    finansiering: lån", Code.UNKNOWN_WORD),
        ("  - nr: A-1", "  - tittel: Uten nummer", Code.MISSING_KEY),
        ("  - hva: statusrapport", "  - hva: møte", Code.UNKNOWN_WORD),
        ("    hvert: 2. år", "    hvert: halvår", Code.NOT_AN_INTERVAL),
        ("    hvert: 2. år", "    hvert: 0. år", Code.NOT_AN_INTERVAL),
        ("    måned: mai", "    måned: may", Code.NOT_A_MONTH),
        ("    måned: mai", "    måned: 13", Code.NOT_A_MONTH),
        ("    måned: mai", "    måned: [mai, november]", Code.MONTHS_NOT_NEIGHBOURS),
        ("    første år: 2021", "    første år: neste", Code.NOT_A_YEAR),
        ("    dato: 12.05.2021", "    dato: 31.02.2021", Code.NOT_A_DATE),
        ("    dato: 12.05.2021", "    dato: i mai", Code.NOT_A_DATE),
    ],
)
def test_a_wrong_line_is_named_and_explained(right: str, wrong: str, code: Code) -> None:
    line = WHOLE.splitlines().index(right) + 1
    problems = problems_in(changed(right, wrong))
    assert (code, line) in [(problem.code, problem.line) for problem in problems]
    assert all(
        sentence.startswith(f"Linje {problem.line}: ")
        for sentence, problem in zip(sentences_for(problems), problems, strict=True)
    )


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_lines() -> None:
    text = """\
plan:
  tittel: Plan
  periode: 2020–24
  eier: Rådmannen
tiltak:
  - nr: 1
    tittel: Første
    mål: 9
    frist: 2022
    frist: 2023
  - nr: 1
    kostnader: 100
  - bare en tekst
møter: aldri
"""
    assert found_in(text) == [
        (Code.NOT_A_PERIOD, 3),
        (Code.UNKNOWN_KEY, 4),
        (Code.UNKNOWN_GOAL, 8),
        (Code.DUPLICATE_KEY, 10),
        (Code.MISSING_KEY, 11),
        (Code.DUPLICATE_MEASURE, 11),
        (Code.NOT_A_LIST, 12),
        (Code.NOT_A_MAPPING, 13),
        (Code.NOT_A_LIST, 14),
    ]


def test_an_unknown_key_comes_with_the_nearest_known_one() -> None:
    assert sentences_for(problems_in(changed("    berører: Oppvekst", "    berorte: Oppvekst"))) == [
        "Linje 30: «berorte» er ikke et felt i en planfil. Mente du «berører»?"
    ]
    assert sentences_for(problems_in(changed("    berører: Oppvekst", "    xyz: Oppvekst"))) == [
        "Linje 30: «xyz» er ikke et felt i en planfil."
    ]


def test_a_wrong_value_does_not_make_the_rest_of_the_file_look_wrong() -> None:
    without_numbers = "  - {tittel: Uten nummer}\n  - {tittel: Heller ikke}\n  - nr: 1"
    assert found_in(changed("  - nr: 1", without_numbers)) == [(Code.MISSING_KEY, 13), (Code.MISSING_KEY, 14)]


@pytest.mark.parametrize("text", ["", "  \n", "# bare en merknad\n", "\ufeff", "---\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert found_in(text) == [(Code.EMPTY, None)]


def test_a_file_without_measures_is_no_plan() -> None:
    assert found_in("plan: {tittel: P, periode: 2020-2024}\ntiltak: []\n") == [(Code.NO_MEASURES, 2)]
    assert found_in("plan: {tittel: P, periode: 2020-2024}\ntiltak:\n") == [(Code.MISSING_VALUE, 2)]
    assert found_in("plan: {tittel: P, periode: 2020-2024}\n") == [(Code.MISSING_KEY, 1)]


@pytest.mark.parametrize("text", ["bare tekst", "- en\n- liste", "'anførsel'"])
def test_a_file_that_is_no_mapping_is_told_what_it_could_hold(text: str) -> None:
    assert found_in(text) == [(Code.NOT_A_MAPPING, 1)]
    assert "plan, enheter, mål, tiltak" in sentences_for(problems_in(text))[0]


def test_every_line_that_is_indented_by_a_tab_is_named() -> None:
    assert found_in("plan:\n\ttittel: P\n\tperiode: 2020\n") == [(Code.TAB, 2), (Code.TAB, 3)]


def test_an_open_quotation_mark_is_named_where_it_was_opened() -> None:
    assert found_in(changed("    ansvar: NAV og politiet", "    ansvar: 'NAV")) == [(Code.SYNTAX, 27)]


def test_two_plans_in_one_file_are_refused() -> None:
    assert found_in("plan: {tittel: P}\n---\nplan: {tittel: Q}\n") == [(Code.SEVERAL_DOCUMENTS, 2)]


def test_a_file_that_unfolds_without_end_is_refused_at_its_first_alias() -> None:
    laughs = ["a: &a [lol, lol]"] + [
        f"{b}: &{b} [*{a}, *{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert found_in("\n".join(laughs)) == [(Code.ALIAS, 1)]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? "])
def test_a_file_of_endless_depth_is_refused(opening: str) -> None:
    assert found_in(opening * 500_000)[0][0] in {Code.TOO_DEEP, Code.SYNTAX}


def test_a_file_of_endless_length_is_refused() -> None:
    assert found_in("- a\n" * (MAX_VALUES + 1)) == [(Code.TOO_MANY_VALUES, MAX_VALUES)]
    with pytest.raises(DocumentRefused) as refused:
        read_bytes(b"#" * (yaml_file.MAX_BYTES + 1))
    assert [problem.code for problem in refused.value.problems] == [Code.TOO_LARGE]


def test_a_file_of_errors_is_given_up_after_the_first_hundreds() -> None:
    for text in ("plan:\n  tittel: P\ntiltak:\n" + "  - {nummer: 1}\n" * 20_000, "plan:\n" + "\ttittel: P\n" * 20_000):
        problems = problems_in(text)
        assert len(problems) == MAX_PROBLEMS + 1
        assert problems[-1].code is Code.TOO_MANY_PROBLEMS


def test_the_line_that_is_not_utf8_is_named() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_bytes("plan:\n  tittel: Støy\n".encode("latin-1"))
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [(Code.NOT_UTF8, 2)]


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    assert read_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()) == read(WHOLE)
    assert read("\ufeff" + WHOLE) == read(WHOLE)


def test_a_deadline_before_the_plan_is_a_warning_and_no_refusal() -> None:
    draft = read(changed("    frist: 31.12.2022", "    frist: 31.12.2019"))
    assert draft.measures[0].warnings == ("deadline_before_plan",)
    assert draft.measures[1].warnings == ()


@pytest.mark.parametrize("name", ["plan.yaml", "plan.YML", "plan.txt", "plan.docx", ""])
def test_the_content_decides_what_a_document_is(name: str) -> None:
    assert read_document(name, WHOLE.encode()) == read(WHOLE)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.yaml", b" \n ", Code.EMPTY),
        ("plan.yaml", b"", Code.EMPTY),
        ("bilde.png", b"\x89PNG\r\n\x1a\n", Code.UNKNOWN_FORMAT),
        ("plan.yaml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code.OLD_FORMAT),
        ("plan.yaml", b"plan:\n  tittel: St\xf8y", Code.NOT_UTF8),
        ("plan.bin", b"\x00" * 20_000_001, Code.TOO_LARGE),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_by_name(name: str, content: bytes, code: Code) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document(name, content)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert sentences_for(refused.value.problems)[0].endswith(".")


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    sentences = {name.removeprefix("plan_file.") for name in cli.names() if name.startswith("plan_file.")}
    assert sentences == {code.value for code in Code}


DAYS = {Code.TWO_MEETINGS: "day", Code.PAPERS_AFTER_MEETING: "papers"}


def test_every_sentence_can_be_said_and_ends() -> None:
    source = (Path(__file__).parents[2] / "templates" / "cli" / "plan_file.j2").read_text(encoding="utf-8")
    for code in Code:
        found = re.search(rf"macro {code.value}\(([^)]*)\)", source)
        assert found is not None
        names = [name.strip() for name in found[1].split(",") if "=" not in name and name.strip()]
        data: dict[str, Any] = {
            name: 7 if name in {"limit", "limit_mb", "line", "first", "last"} else "ord" for name in names
        }
        if code in DAYS:
            data[DAYS[code]] = "2027-05-12"
        said = cli.say(f"plan_file.{code}", line=4, place=None, **data)
        assert said.endswith((".", "?"))
        assert "  " not in said


def test_a_place_in_a_document_is_written_out() -> None:
    said = cli.say(
        "plan_file.unknown_goal", goal="9", place=Source(page=3, sheet="Ark 1", heading="Tiltak", table=2, row=7)
    )
    assert said.startswith("Side 3, arket «Ark 1», under «Tiltak», tabell 2, rad 7: Det finnes ikke")


def test_a_problem_without_a_place_is_a_sentence_of_its_own() -> None:
    assert cli.say("plan_file.unknown_goal", goal="9", place=Source()).startswith("Det finnes ikke")


# Round trips

TRICKY = [
    *(
        "2.10",
        "no",
        "ja",
        "null",
        "~",
        "a: b",
        "# x",
        "- x",
        "*a",
        "&a",
        "!x",
        "1_000",
        "2020-01-01",
        "0x1f",
        "=",
        "<<",
    ),
    *(
        "a\n\nb",
        "a\n  b",
        "a\tb",
        "'",
        '"',
        "%",
        "@",
        "{",
        "[a]",
        "|",
        ">",
        "?",
        "Å",
        "a #b",
        "a:",
        "\u00a0x",
        "\u0085",
        "---",
        "...",
    ),
]
texts = st.one_of(st.sampled_from(TRICKY), st.text(max_size=120)).map(lambda text: str(clean(text))).filter(bool)
names = texts.map(lambda text: text[:40].strip()).filter(bool)
years = st.integers(1900, 2200)


@st.composite
def rules(draw: st.DrawFn) -> YearlyRule:
    first_month = draw(st.integers(1, 12))
    last_month = draw(st.integers(first_month, 12))
    first, last = sorted([draw(years), draw(years)])
    return YearlyRule(
        months=tuple(range(first_month, last_month + 1)) if draw(st.booleans()) else (),
        n=draw(st.integers(1, 20)),
        first_year=draw(st.none() | st.just(first)),
        last_year=draw(st.none() | st.just(last)),
        body=draw(st.none() | names),
    )


costs = st.builds(
    CostLine,
    year=st.none() | years,
    kind=st.sampled_from(CostKind),
    amount_nok=st.none() | st.integers(-(10**12), 10**12),
    text=st.none() | texts,
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    first, last = sorted([draw(years), draw(years)])
    period = Period.of_years(first, last)
    unit_names = draw(st.lists(names, max_size=4, unique_by=lambda name: " ".join(name.casefold().split())))
    units = [Unit(name=name, external=draw(st.booleans())) for name in unit_names]
    internal = [unit.name for unit in units if not unit.external]
    goal_refs = draw(st.lists(names, max_size=3, unique_by=lambda name: " ".join(name.casefold().split())))
    goals = [
        Goal(
            ref=ref,
            title=draw(texts),
            parent_ref=draw(st.sampled_from([None, *goal_refs[:number]])),
            result_targets=tuple(draw(st.lists(texts, max_size=2))),
        )
        for number, ref in enumerate(goal_refs)
    ]
    measure_refs = draw(
        st.lists(names, min_size=1, max_size=3, unique_by=lambda name: " ".join(name.casefold().split()))
    )
    phrases = st.sampled_from(["", "31.12.2022", "Løpende", "hvert 3. år", "2020, ved behov"]) | texts
    measures = [
        Measure(
            ref=ref,
            ref_is_ours=draw(st.booleans()),
            title=draw(texts),
            description=draw(st.none() | texts),
            goal_ref=draw(st.sampled_from([None, *goal_refs])),
            responsible=draw(st.none() | texts),
            units=tuple(draw(st.lists(st.sampled_from(unit_names), max_size=3)) if unit_names else ()),
            owner=draw(st.sampled_from([None, *internal])),
            also_affected=draw(st.none() | texts),
            deadline=parse(phrase, period=period)
            if (phrase := draw(phrases))
            else Measure(ref="1", title="T").deadline,
            costs=tuple(draw(st.lists(costs, max_size=3))),
            funding=draw(st.sampled_from(Funding)),
            priority=draw(st.none() | st.integers(0, 9_999) | names),
            category=draw(st.none() | texts),
            comment=draw(st.none() | texts),
        )
        for ref in measure_refs
    ]
    promises = st.builds(ReportingDate, kind=st.sampled_from(ReportingKind), text=texts, rule=st.none() | rules())
    meetings = st.builds(
        Meeting,
        body=names,
        held_on=st.dates(date(2000, 1, 1), date(2200, 12, 31)),
        papers_on=st.none() | st.dates(date(1900, 1, 1), date(1999, 12, 31)),
    )
    return Draft(
        title=draw(texts),
        municipality=draw(st.none() | names),
        period=(first, last),
        goals=tuple(goals),
        measures=tuple(measures),
        units=tuple(units),
        reporting_dates=tuple(draw(st.lists(promises, max_size=2))),
        meetings=tuple(draw(st.lists(meetings, max_size=2, unique_by=lambda meeting: meeting.held_on))),
    )


def without_sources(draft: Draft) -> Draft:
    bare = {"source": Source(), "warnings": ()}
    return draft.model_copy(update={"measures": tuple(measure.model_copy(update=bare) for measure in draft.measures)})


@settings(max_examples=200, deadline=None)
@given(drafts())
def test_what_is_written_reads_back_as_the_same(draft: Draft) -> None:
    assert without_sources(read(write(draft))) == draft


def test_a_written_file_is_written_the_same_again() -> None:
    once = write(read(WHOLE))
    assert write(read(once)) == once
    assert "    beskrivelse: |-\n      Først sentrum.\n" in once


keys = st.sampled_from(
    ["plan", "tiltak", "mål", "enheter", "møter", "rapportering", "nr", "tittel", "frist", "kostnader", "måned", "x"]
)
shapes: st.SearchStrategy[object] = st.recursive(
    st.sampled_from(["1", "mai", "''", "2020-2024", "*a", "&a b", "!t", "~", "ja"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: "[" + ", ".join(map(str, items)) + "]"),
        st.lists(st.tuples(keys, inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=30,
)


def problems_of_any(content: bytes) -> tuple[Problem, ...]:
    """What is wrong with the content, if anything; any other error is a fault of the reader."""
    try:
        read_bytes(content)
    except DocumentRefused as refused:
        return refused.problems
    return ()


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), shapes.map(str), st.tuples(keys, shapes).map(lambda pair: f"{pair[0]}: {pair[1]}")))
def test_no_text_breaks_the_reader_and_every_problem_can_be_said(text: str) -> None:
    problems = problems_of_any(text.encode())
    assert problems
    assert all(sentences_for(problems))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE.encode()) - 1), st.binary(min_size=1, max_size=3))
def test_no_damage_to_a_file_breaks_the_reader(at: int, damage: bytes) -> None:
    content = WHOLE.encode()
    assert all(sentences_for(problems_of_any(content[:at] + damage + content[at + 1 :])))


def test_papers_after_their_meeting_are_refused_with_the_body_they_are_for() -> None:
    written = "plan: {tittel: Plan, periode: 2020-2024}\ntiltak: [{nr: 1.1, tittel: Kurs}]\nmøter:\n"
    with pytest.raises(DocumentRefused) as refused:
        read(written + "  - {organ: Formannskapet, dato: 12.05.2021, sakspapirer: 12.05.2021}\n")
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == (Code.PAPERS_AFTER_MEETING, 4)
    assert dict(problem.data) == {"body": "Formannskapet", "papers": "2021-05-12"}
