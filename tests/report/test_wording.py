"""What the report says, in which words."""

from datetime import date
from typing import Any

import pytest

from plan.status import Status
from report import figures
from report.content import MeasureRow
from report.snapshot import (
    Attachment,
    Attainment,
    Cost,
    Count,
    EarlierStatus,
    Goal,
    Measure,
    Meeting,
    ResultTarget,
    UnitsPart,
)
from report.wording import SENTENCES, build, labels
from tests.report import samples


def one(**fields: Any) -> MeasureRow:
    """The row of a plan with one measure."""
    content = build(samples.vefsn(measures=(Measure(ref="1", title="Tiltak", **fields),), goals=()))
    return content.sections[0].measures[0]


def test_the_council_is_asked_to_take_note_and_to_have_the_missing_followed_up() -> None:
    assert build(samples.vefsn()).decisions == (
        "Kommunestyret tar statusrapporten for 2022 om Rusmiddelpolitisk handlingsplan 2020–2024 til orientering.",
        "Kommunestyret ber rådmannen hente inn status for de 2 tiltakene som ikke er besvart, "
        "og gjøre rede for dem i neste statusrapport.",
    )


def test_nothing_is_asked_for_when_nothing_is_missing() -> None:
    assert len(build(samples.all_done()).decisions) == 1


def test_what_was_asked_about_and_what_was_not_add_up_to_all() -> None:
    asked = Measure(ref="1", ref_is_ours=True, title="Spurt", asked_on=date(2022, 3, 28), status=Status.IN_PROGRESS)
    known = Measure(ref="2", ref_is_ours=True, title="Ferdig", status=Status.DONE)
    nobodys = [Measure(ref=ref, ref_is_ours=True, title="Ingens") for ref in ("3", "4")]
    assert build(samples.vefsn(measures=(asked, known, *nobodys), goals=())).summary[0] == (
        "Planen har 4 tiltak. Enhetene er bedt om status for 1 av dem, og alle er besvart. "
        "Ett tiltak er ikke spurt om i år, fordi status er meldt fra før. 2 tiltak er verken spurt om eller besvart."
    )


def test_a_director_is_called_a_director() -> None:
    content = build(samples.vefsn(leader_title="kommunedirektør"))
    assert "ber kommunedirektøren hente inn" in content.decisions[1]


def test_the_summary_gives_every_number() -> None:
    assert build(samples.vefsn()).summary == (
        "Planen har 12 tiltak. Enhetene er bedt om status for alle, og 10 er besvart.",
        "Slik fordeler tiltakene seg: 3 er gjennomført, 3 er i gang, 2 er forsinket, 1 er ikke startet, "
        "1 utgår og 2 er ikke besvart.",
        "3 tiltak har en frist som er passert, uten at tiltaket er meldt gjennomført.",
        "Til sammen oppgir planen disse beløpene: utgifter 21\u00a0650\u00a0000\u00a0kr, "
        "inntekter 2\u00a0450\u00a0000\u00a0kr, egne midler 4\u00a0050\u00a0000\u00a0kr og "
        "investering 20\u00a0000\u00a0000\u00a0kr.",
        "For ett tiltak er en ny frist foreslått og ikke avgjort.",
    )


def test_the_summary_has_at_most_five_lines() -> None:
    changed = {"proposed_deadline_text": "2024", "deadline_changed_on": date(2022, 1, 3), "comment_withheld": True}
    measures = tuple(measure.model_copy(update=changed) for measure in samples.MEASURES)
    content = build(samples.vefsn(measures=measures))
    assert len(content.summary) == 5
    assert "Til 12 tiltak har enhetene skrevet kommentarer som ikke er frigitt til rapporten." in content.about


def test_an_empty_plan_says_so_and_has_no_chart() -> None:
    content = build(samples.empty())
    assert content.summary == ("Planen har ingen tiltak, og det er derfor ikke noe å rapportere.",)
    assert content.chart is None


def test_the_chart_says_in_words_what_it_shows() -> None:
    chart = build(samples.vefsn()).chart
    assert chart is not None
    assert chart.alternative == (
        "Liggende søylediagram. Status for tiltakene under hvert mål. Delmål 1: 2 er gjennomført, 2 er i gang, "
        "1 er forsinket, 1 er ikke startet og 1 er ikke besvart. Delmål 2: 1 er gjennomført. "
        "Delmål 3: 1 er forsinket, 1 utgår og 1 er ikke besvart. Uten mål: 1 er i gang."
    )


def test_many_goals_share_one_bar() -> None:
    chart = build(samples.big()).chart
    assert chart is not None
    assert [sum(bar.counts) for bar in chart.bars] == [1000]


def test_the_chart_counts_every_measure_once() -> None:
    chart = build(samples.vefsn()).chart
    assert chart is not None
    assert sum(sum(bar.counts) for bar in chart.bars) == 12


def test_example_answers_are_called_examples_first_of_all() -> None:
    content = build(samples.vefsn())
    assert content.notice is not None
    assert content.notice.startswith("Svarene i denne rapporten er eksempler.")
    assert content.marks == ("Utkast", "Eksempel: svarene er ikke ekte")


def test_an_approved_report_with_real_answers_carries_no_mark() -> None:
    content = build(samples.all_done())
    assert (content.notice, content.marks) == (None, ())
    assert "Versjon 2, godkjent 5. mai 2022" in [line for fact in content.facts for line in fact.lines]


def test_a_provisional_meeting_is_called_provisional() -> None:
    route = build(samples.vefsn()).facts[0].lines
    assert route == (
        "Formannskapet 11. mai 2022, sakspapirer 4. mai 2022",
        "Kommunestyret 25. mai 2022 (foreløpig dato)",
    )


def test_the_meeting_stands_for_a_route_nobody_has_set() -> None:
    content = build(samples.vefsn(route=(), meeting=Meeting(body="bystyret", date=date(2022, 6, 1))))
    assert content.facts[0].lines == ("Bystyret 1. juni 2022",)
    assert content.decisions[0].startswith("Bystyret tar")


def test_a_comment_that_is_not_released_is_not_shown_but_mentioned() -> None:
    row = one(status=Status.DONE, comment_withheld=True)
    assert row.text == "Enheten har skrevet en kommentar. Den er ikke frigitt til rapporten."
    assert row.text_is_ours


def test_a_released_text_is_shown_as_it_is() -> None:
    row = one(status=Status.DONE, report_text="Ferdig <i> mai")
    assert (row.text, row.text_is_ours) == ("Ferdig <i> mai", False)


def test_without_an_answer_the_report_says_so() -> None:
    assert one(asked_on=date(2022, 3, 1)).text == "Enheten har ikke svart."
    assert one().text == "Ingen er bedt om status for tiltaket."


def test_an_answer_on_behalf_says_who_gave_it() -> None:
    row = one(status=Status.DONE, on_behalf=True, answered_by="NAV", status_on=date(2022, 4, 6))
    assert row.source == "Rådmannens kontor har meldt status på vegne av NAV 06.04.2022"
    row = one(
        status=Status.DONE,
        on_behalf=True,
        answered_by="NAV",
        status_on=date(2022, 4, 6),
        told_how="phone",
        told_on=date(2022, 3, 12),
    )
    assert row.source == "Opplyst per telefon av NAV 12.03.2022, skrevet ned av kontoret"


@pytest.mark.parametrize("phrase", ["1.1.2023", "01.01.2023", "01.01. 2023"])
def test_a_deadline_that_is_a_date_is_not_repeated(phrase: str) -> None:
    assert one(deadline_text=phrase, due_on=date(2023, 1, 1)).deadline_notes == ()


def test_a_deadline_in_words_is_followed_by_its_date() -> None:
    row = one(deadline_text="2. halvår 2021", due_on=date(2021, 12, 31), overdue=True)
    assert row.deadline == "2. halvår 2021"
    assert row.deadline_notes == ("Innen 31.12.2021", "Fristen er passert")


def test_what_is_to_be_done_several_times_a_year_is_counted_beside_the_deadline() -> None:
    row = one(deadline_text="Tre ganger i året", count=Count(year=2022, done=1, wanted=3))
    assert row.deadline_notes == ("1 av 3 er gjennomført i 2022",)


def test_what_the_plan_waited_for_has_come_true_beside_the_deadline() -> None:
    row = one(deadline_text="Når rusplanen er vedtatt", condition_met_on=date(2022, 3, 1))
    assert row.deadline_notes == ("Det planen venter på, har skjedd (meldt 01.03.2022)",)


def test_the_unit_is_named_only_when_it_is_not_the_responsible() -> None:
    assert one(responsible="SLT- koordinator", owner_unit="SLT-koordinator").follow_up is None
    assert one(responsible="FAU", owner_unit="Oppvekst").follow_up == "Følges opp av Oppvekst"


def test_a_number_we_gave_is_marked_and_explained() -> None:
    content = build(samples.vefsn(measures=(Measure(ref="4.1-1", ref_is_ours=True, title="Tiltak"),)))
    assert content.sections[-1].measures[0].ref == "4.1-1*"
    assert any("merket med *" in line for line in content.about)


def test_the_plans_mark_for_a_kind_of_money_is_not_quoted() -> None:
    costs = tuple(Cost(year=year, kind="external", text="E") for year in (2020, 2021))
    snapshot = samples.vefsn(goals=(), measures=(Measure(ref="1", title="Kurs", costs=costs),))
    assert build(snapshot).economy.without_amount == ("1, eksterne midler 2020 og 2021",)


def test_a_column_no_row_says_anything_in_is_left_out() -> None:
    assert build(samples.vefsn()).left_out == ()
    calm = tuple(
        measure.model_copy(update={"proposed_deadline_text": None, "escalated_to": None, "funding": "amount"})
        for measure in samples.MEASURES
    )
    quiet = build(samples.vefsn(measures=calm))
    assert quiet.left_out == ("proposed_deadline", "funding", "escalated")
    assert quiet.deviations.measures
    assert quiet.unanswered.measures


def test_costs_without_an_amount_are_listed_and_not_summed() -> None:
    assert build(samples.vefsn()).economy.without_amount == (
        "1.5, eksterne midler 2020, 2021 og 2022: «Ekstern prosjekt-finansiering»",
        "1.6, eksterne midler 2020, 2021 og 2022: «Ekstern prosjekt-finansiering»",
    )


def test_a_plan_without_costs_has_no_table_of_money() -> None:
    economy = build(samples.nobody_answered()).economy
    assert (economy.years, economy.measures) == ((), ())
    assert economy.intro == "Planen oppgir ingen kostnader for tiltakene."


def test_a_sum_without_a_year_has_its_own_row() -> None:
    measure = Measure(ref="1", title="Tiltak", costs=(Cost(year=None, kind="own", amount_nok=5000),))
    economy = build(samples.vefsn(measures=(measure,))).economy
    assert [(row.label, row.amounts[2]) for row in economy.years] == [("Uten år", "5\u00a0000")]


def test_those_who_have_not_answered_are_listed_with_what_was_done() -> None:
    rows = build(samples.vefsn()).unanswered.measures
    assert [(row.ref, row.unit, row.asked, row.reminded, row.escalated) for row in rows] == [
        ("1.6", "NAV", "28.03.2022", "3", "Rådmannen"),
        ("3.3", "Kommunalsjef omsorg", "28.03.2022", "3", "Rådmannens kontor"),
    ]


def test_before_the_reply_date_the_reply_date_is_ahead() -> None:
    content = build(samples.vefsn(reply_by=date(2022, 5, 10)))
    assert content.unanswered.intro == "2 tiltak er ikke besvart. Svarfristen er 10. mai 2022."


def test_a_measure_taken_out_of_the_plan_is_in_no_number() -> None:
    content = build(samples.all_done())
    assert content.total == 12
    assert content.archived is not None
    assert content.archived.measures == ("9.9* Tiltak uten nummer i planen",)


def test_a_long_title_stands_under_its_heading_and_a_short_one_in_it() -> None:
    goals = (Goal(ref="1", title="Kort mål"), Goal(ref="2", title="Langt mål " * 10))
    first, second = build(samples.vefsn(goals=goals, measures=())).sections
    assert (first.heading, first.lead) == ("Mål 1: Kort mål", None)
    assert (second.heading, second.lead) == ("Mål 2", ("Langt mål " * 10).strip())


def test_goals_over_and_under_others_are_named_so() -> None:
    headings = [section.heading for section in build(samples.vefsn()).sections]
    assert headings == ["Hovedmål", "Delmål 1", "Delmål 2", "Delmål 3", "Tiltak som ikke hører til et mål"]


def test_every_label_is_a_sentence_that_renders() -> None:
    assert all(labels("nb").values())
    assert len(SENTENCES.names()) > 100


@pytest.mark.parametrize("code", ["amount", "framework", "project", "external", "none", "unknown"])
def test_every_kind_of_funding_has_a_word(code: str) -> None:
    assert SENTENCES.say("statusrapport.funding", code=code)


def previous(status: Status) -> tuple[EarlierStatus, ...]:
    return (EarlierStatus(year=2020, status=Status.NOT_STARTED), EarlierStatus(year=2021, status=status))


def test_what_has_happened_is_told_against_what_was_last_reported() -> None:
    measures = (
        Measure(ref="1", title="Begynt", status=Status.IN_PROGRESS, previous=previous(Status.NOT_STARTED)),
        Measure(ref="2", title="Som før", status=Status.DELAYED, previous=previous(Status.DELAYED)),
        Measure(ref="3", title="Taus", previous=previous(Status.DELAYED)),
        Measure(ref="4", title="Ny", status=Status.DONE),
    )
    changes = build(samples.vefsn(measures=measures, goals=())).changes
    assert changes.intro == (
        "Ett tiltak har fått ny status siden det sist ble meldt. Ett har samme status som sist. "
        "Ett som er meldt før, er ikke besvart denne gangen. Ett har ikke vært meldt før."
    )
    assert [(row.ref, row.before, row.status.word) for row in changes.measures] == [
        ("1", "2021: ikke startet", "I gang")
    ]


def test_in_the_first_year_there_is_nothing_to_compare_with() -> None:
    changes = build(samples.nobody_answered()).changes
    assert changes.intro.startswith("Det er ikke meldt status for tiltakene i tidligere år")
    assert changes.measures == ()


def test_what_does_not_go_as_planned_stands_in_one_table() -> None:
    measures = (
        Measure(ref="1", title="Etter planen", status=Status.IN_PROGRESS),
        Measure(ref="2", title="Sen", status=Status.DELAYED, overdue=True, proposed_deadline_text="2024"),
        Measure(ref="3", title="Utgår", status=Status.DROPPED, closing="proposed", deadline_text="2023"),
        Measure(
            ref="4",
            title="Flyttet",
            deadline_text="2025",
            plan_deadline_text="2022",
            deadline_changed_on=date(2022, 2, 1),
        ),
    )
    deviations = build(samples.vefsn(measures=measures, goals=())).deviations
    assert [(row.ref, row.reasons, row.deadline, row.changed, row.proposed) for row in deviations.measures] == [
        ("2", ("Forsinket", "Fristen er passert", "Ny frist er foreslått"), "Ikke oppgitt", None, "2024"),
        ("3", ("Utgår (ikke avgjort)",), "2023", None, "–"),
        ("4", ("Fristen er endret",), "2025", "Endret 01.02.2022. Fristen i planen var: 2022", "–"),
    ]
    assert deviations.intro.startswith("3 tiltak går ikke som planlagt")


def test_a_plan_that_goes_well_says_so() -> None:
    deviations = build(samples.all_done()).deviations
    assert deviations.intro.startswith("Ingen tiltak er forsinket eller utgår")
    assert deviations.measures == ()


def test_every_target_is_listed_with_its_goal_and_whether_anybody_assessed_it() -> None:
    targets = build(samples.vefsn()).targets
    assert targets.intro == "Planen har 7 resultatmål. Ett er vurdert."
    assert [(row.goal, row.attainment, row.reason) for row in targets.targets[:2]] == [
        ("Delmål 1", "Ikke vurdert", None),
        ("Delmål 1", "Delvis oppnådd", "Ungdata viser en liten økning"),
    ]
    assert build(samples.vefsn(goals=(), measures=())).targets.intro == "Planen har ingen resultatmål."


def test_targets_nobody_has_assessed_are_not_listed_once_more() -> None:
    goal = Goal(ref="1", title="Mål", result_targets=(ResultTarget(text="A"), ResultTarget(text="B")))
    targets = build(samples.vefsn(goals=(goal,), measures=())).targets
    assert (targets.intro, targets.targets) == ("Planen har 2 resultatmål. Ingen er vurdert.", ())


def test_released_files_are_listed_with_size_and_digest() -> None:
    assert build(samples.vefsn()).attachments.intro == "Rapporten har ingen vedlegg."
    files = (Attachment(name="plan.pdf", size=2048, digest="ab" * 32),)
    measure = Measure(ref="1", ref_is_ours=True, title="Tiltak", attachments=files)
    attachments = build(samples.vefsn(measures=(measure,), goals=())).attachments
    assert [(row.ref, row.name, row.digest) for row in attachments.files] == [("1*", "plan.pdf", "ab" * 32)]


@pytest.mark.parametrize(("attainment", "said"), [(None, "Det er ikke vurdert."), ("not_attained", "Det er vurdert.")])
def test_a_plan_with_one_target_speaks_of_one(attainment: Attainment | None, said: str) -> None:
    goal = Goal(ref="1", title="Målet", result_targets=(ResultTarget(text="Det ene", attainment=attainment),))
    targets = build(samples.vefsn(goals=(goal,), measures=())).targets
    assert targets.intro == f"Planen har ett resultatmål. {said}"


@pytest.mark.parametrize(("language", "size"), [("nb", "1,5\u00a0MB"), ("en", "1.5\u00a0MB")])
def test_the_size_of_an_attachment_is_written_as_its_language_has_it(language: str, size: str) -> None:
    files = (Attachment(name="skisse.pdf", size=1_500_000, digest="0f" * 32),)
    measure = Measure(ref="1", title="Tiltak", attachments=files)
    (file,) = build(samples.vefsn(measures=(measure,), language=language)).attachments.files
    assert file.size == size


def test_a_measure_without_an_amount_is_counted_and_not_in_the_table_of_amounts() -> None:
    snapshot = samples.vefsn()
    economy = build(snapshot).economy
    assert [row.ref for row in economy.measures] == [m.ref for m in snapshot.measures if figures.has_amount(m)]
    assert economy.left_out == (
        "Ett tiltak er ikke med i tabellen, fordi planen ikke oppgir noe beløp for det (innenfor rammen: 1)."
    )
    priced = tuple(measure for measure in snapshot.measures if figures.has_amount(measure))
    assert build(samples.vefsn(measures=priced)).economy.left_out is None


def test_costs_that_are_told_in_words_alone_make_no_empty_table() -> None:
    (measure, *_rest) = samples.MEASURES
    told = measure.model_copy(update={"costs": (Cost(year=2021, kind="own", text="E"),)})
    economy = build(samples.vefsn(measures=(told,))).economy
    assert (economy.years, economy.measures, economy.left_out) == ((), (), None)
    assert economy.intro == "Planen oppgir ingen beløp for tiltakene."
    assert economy.without_amount


@pytest.mark.parametrize("name", ["archived_intro", "attachments_intro", "without_amount_intro"])
def test_one_of_a_list_is_spoken_of_as_one(name: str) -> None:
    one, two = (SENTENCES.say(f"statusrapport.{name}", language="nb", count=count) for count in (1, 2))
    assert one.startswith(("Denne ", "Dette "))
    assert two.startswith("Disse 2 ")


def test_a_kind_of_money_without_any_amount_has_no_column_and_the_intro_says_so() -> None:
    costs = (Cost(year=2021, kind="own", amount_nok=0), Cost(year=2021, kind="income", amount_nok=None))
    economy = build(samples.vefsn(measures=(samples.MEASURES[0].model_copy(update={"costs": costs}),))).economy
    assert [economy.kinds[place] for place in economy.shown] == ["Egne midler"], "zero is an amount"
    assert economy.intro.endswith("Kolonner uten beløp er utelatt.")
    every = tuple(Cost(year=2021, kind=kind, amount_nok=1) for kind in figures.COST_KINDS)
    full = build(samples.vefsn(measures=(samples.MEASURES[0].model_copy(update={"costs": every}),))).economy
    assert full.shown == (0, 1, 2, 3, 4)
    assert full.intro.endswith("ikke regnskapstall.")


@pytest.mark.parametrize(
    ("unasked", "said"),
    [
        (0, "2 deler av tiltak er ikke besvart."),
        (1, "2 deler av tiltak er ikke besvart. Én av dem er ingen spurt om."),
        (2, "2 deler av tiltak er ikke besvart. Enhetene er ikke spurt om dem."),
    ],
)
def test_of_parts_that_have_not_come_it_is_said_how_many_nobody_was_asked_about(unasked: int, said: str) -> None:
    asked = [None] * unasked + [date(2022, 3, 28)] * (2 - unasked)
    parts = tuple(UnitsPart(unit=f"Enhet {n}", asked_on=on) for n, on in enumerate(asked))
    content = build(samples.vefsn(measures=(samples.MEASURES[0].model_copy(update={"parts": parts}),)))
    assert content.summary[0].endswith(said)
    assert content.unanswered.intro.endswith(said)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Vi nådde 60 %.", "Færre venter (delvis oppnådd: Vi nådde 60 %.)"),
        ("Ja. " * 40, "Færre venter (delvis oppnådd)"),
    ],
)
def test_a_long_reason_stands_in_the_table_of_targets_alone(reason: str, said: str) -> None:
    target = ResultTarget(text="Færre venter", attainment="partly_attained", reason=reason)
    content = build(samples.vefsn(goals=(Goal(ref="1", title="Mål", result_targets=(target,)),), measures=()))
    assert content.sections[0].targets == (said,)
    assert content.targets.targets[0].reason == reason.strip()
