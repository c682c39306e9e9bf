"""What a correction says otherwise: computed, in words, in every format; and what older snapshots do not have."""

from datetime import date
from typing import Any

import pytest

from plan.status import Status
from report import changes
from report.formats import render
from report.snapshot import Goal, Measure, OfficeTexts, Snapshot, UnitText, canonical_json, digest
from report.wording_office import say_change, say_changes
from tests.report import samples
from tests.report.reading import docx_text, html_text, pdf_text, squeezed, xlsx_text

READERS = {"docx": docx_text, "pdf": pdf_text, "html": lambda page: html_text(page.decode()), "xlsx": xlsx_text}
TEXTS = OfficeTexts(summary="Det meste går bra.\nTo tiltak henger etter.", assessment="Vi er på vei.", decision=None)


def _corrected(**values: Any) -> Snapshot:
    before = samples.vefsn(state="approved", approved_on=date(2022, 5, 3))
    first, *rest = before.measures
    changed = first.model_copy(update={"status": Status.DONE, "owner_unit": "Oppvekst", "title": "Nytt navn"})
    after = before.model_copy(update={"state": "draft", "version": 2, "measures": (changed, *rest), **values})
    return after.model_copy(update={"corrects": changes.correction(before, after)})


def _sentences(before: Snapshot, after: Snapshot) -> list[str]:
    return [say_change(change, "nb") for change in changes.between(before, after)]


def test_a_correction_tells_what_changed_from_what_to_what() -> None:
    after = _corrected()
    assert after.corrects is not None
    said = [say_change(change, "nb") for change in after.corrects.changes]
    assert any(
        line.endswith("Tittelen er endret fra «" + samples.vefsn().measures[0].title + "» til «Nytt navn».")
        for line in said
    )
    assert any(line.endswith("til «Oppvekst».") for line in said)
    assert any("Statusen" in line and line.endswith("«Gjennomført».") for line in said), said


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_format_says_what_a_correction_changed_and_what_it_corrects(kind: str) -> None:
    after = _corrected()
    text = squeezed(READERS[kind](render(after, kind)))
    assert after.corrects is not None
    assert squeezed("Denne versjonen retter versjon 1, som ble godkjent 3. mai 2022") in text
    for change in after.corrects.changes:
        assert squeezed(say_change(change, "nb")) in text


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_format_has_what_the_office_and_the_units_have_written(kind: str) -> None:
    written = TEXTS.model_copy(update={"decision": "Kommunestyret ber om en ny plan.\nSaken sendes på høring."})
    snapshot = samples.vefsn(office_texts=written, unit_texts=(UnitText(unit="NAV", text="Et godt år for oss."),))
    text = squeezed(READERS[kind](render(snapshot, kind)))
    for wanted in ("Det meste går bra.", "To tiltak henger etter.", "Vi er på vei.", "Et godt år for oss."):
        assert squeezed(wanted) in text
    assert squeezed("Kommunestyret ber om en ny plan.") in text
    assert squeezed("tar statusrapporten for") not in text


def test_a_draft_says_that_no_assessment_is_written_and_an_approved_report_leaves_it_out() -> None:
    assert "Kontoret har ikke skrevet noen vurdering." in html_text(render(samples.vefsn(), "html").decode())
    approved = render(samples.vefsn(state="approved", approved_on=date(2022, 5, 3)), "html").decode()
    assert ">Vurdering</h2>" not in approved


def test_what_is_new_in_a_snapshot_is_not_in_the_digest_of_one_that_has_none() -> None:
    text = canonical_json(samples.vefsn()).decode()
    assert not [field for field in ("office_texts", "unit_texts", "corrects") if field in text]
    assert digest(samples.vefsn(office_texts=TEXTS)) != digest(samples.vefsn())
    whole = _corrected(office_texts=TEXTS)
    assert Snapshot.model_validate_json(canonical_json(whole)) == whole


def test_every_field_of_a_snapshot_belongs_to_a_change_that_has_words() -> None:
    of_measures = {name for names in changes.MEASURE.values() for name in names}
    of_goals = {name for names in changes.GOAL.values() for name in names}
    of_report = {name for names in changes.REPORT.values() for name in names}
    assert of_measures | {"ref"} == set(Measure.model_fields)
    assert of_goals | {"ref"} == set(Goal.model_fields)
    apart = {"schema_version", "plan_slug", "year", "version", "made_on", "state", "approved_on", "corrects"}
    assert of_report | apart | {"goals", "measures", "office_texts", "unit_texts"} == set(Snapshot.model_fields)


def test_what_comes_goes_and_moves_is_told() -> None:
    before = samples.vefsn()
    first, second, *rest = before.measures
    after = before.model_copy(update={"measures": (second, *rest), "goals": before.goals[::-1], "office_texts": TEXTS})
    said = _sentences(before, after)
    assert f"Tiltak {first.ref} ({first.title}) er tatt ut." in said
    assert {"Rekkefølgen på målene er endret.", "Sammendraget er kommet til.", "Vurderingen er kommet til."} <= set(
        said
    )
    assert f"Tiltak {first.ref} ({first.title}) er kommet til." in _sentences(after, before)
    assert _sentences(before, before) == []


def test_a_long_text_is_named_and_not_repeated_and_a_long_list_is_counted() -> None:
    before = samples.vefsn()
    first, *rest = before.measures
    long = first.model_copy(update={"title": "Ord " * 100})
    (change,) = changes.between(before, before.model_copy(update={"measures": (long, *rest)}))
    assert (change.before, change.after) == (None, None)
    many = changes.between(before, before.model_copy(update={"measures": ()}))
    assert say_changes(many, "nb", most=2)[2:] == [f"{len(many) - 2} endringer til er ikke tatt med her."]


def test_versions_are_compared_without_their_numbers_and_days() -> None:
    one = samples.vefsn()
    approved = one.model_copy(update={"state": "approved", "approved_on": date(2022, 6, 1), "version": 3})
    assert changes.says_the_same(one, approved.model_copy(update={"made_on": date(2022, 6, 1)}))
    assert not changes.says_the_same(one, _corrected())


def test_a_version_says_the_same_after_it_was_stored_also_where_a_text_is_empty() -> None:
    measure = samples.MEASURES[0].model_copy(update={"plan_deadline_text": "", "deadline_changed_on": date(2022, 2, 1)})
    made = samples.vefsn(measures=(measure,))
    assert changes.says_the_same(Snapshot.model_validate_json(canonical_json(made)), made)
