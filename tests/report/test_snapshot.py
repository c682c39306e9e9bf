"""The snapshot is frozen, strict and closed, and has one byte form."""

import hashlib
import json
from datetime import date

import pytest
from pydantic import ValidationError

from plan.status import Status
from report.snapshot import Goal, Measure, Snapshot, canonical_json, digest
from tests.report import samples

SAMPLES = [samples.vefsn, samples.empty, samples.nobody_answered, samples.all_done, samples.nasty, samples.big]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_snapshot_survives_its_json(sample: samples.Sample) -> None:
    snapshot = sample()
    assert Snapshot.model_validate_json(canonical_json(snapshot)) == snapshot


def test_the_canonical_form_has_sorted_keys_and_no_spaces() -> None:
    written = canonical_json(samples.vefsn())
    again = json.dumps(json.loads(written), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert written == again.encode()
    assert "rådmann".encode() in written


def test_the_digest_is_sha256_of_the_canonical_form() -> None:
    snapshot = samples.vefsn()
    assert digest(snapshot) == hashlib.sha256(canonical_json(snapshot)).hexdigest()


def test_another_status_is_another_digest() -> None:
    first, *rest = samples.MEASURES
    changed = samples.vefsn(measures=(first.model_copy(update={"status": Status.DONE}), *rest))
    assert digest(changed) != digest(samples.vefsn())


def test_a_snapshot_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        samples.vefsn().year = 2030  # type: ignore[misc]


def test_a_field_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValidationError, match="shoe_size"):
        samples.vefsn(shoe_size=43)


def test_a_number_as_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="year"):
        samples.vefsn(year="2022")


def test_a_ref_used_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"used twice: 1\.1"):
        samples.vefsn(measures=(Measure(ref="1.1", title="a"), Measure(ref="1.1", title="b")))


def test_a_goal_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="no goal has the ref 9"):
        samples.vefsn(measures=(Measure(ref="1.1", title="a", goal_ref="9"),))


def test_a_goal_under_itself_is_refused() -> None:
    goals = (Goal(ref="a", parent_ref="b", title="a"), Goal(ref="b", parent_ref="a", title="b"))
    with pytest.raises(ValidationError, match="lies under itself"):
        samples.vefsn(goals=goals, measures=())


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(ValidationError, match="schema_version"):
        samples.vefsn(schema_version=2, made_on=date(2022, 1, 1))


def test_a_measure_that_is_not_counted_has_no_count_in_what_its_digest_is_of() -> None:
    assert b'"count"' not in canonical_json(samples.vefsn())


def test_a_measure_that_waits_for_nothing_says_nothing_of_it_in_what_its_digest_is_of() -> None:
    assert b'"condition_met_on"' not in canonical_json(samples.vefsn())


def test_a_snapshot_from_before_there_were_attachments_keeps_its_digest() -> None:
    snapshot = samples.vefsn()
    stored = canonical_json(snapshot)
    assert b'"attachments"' not in stored
    assert canonical_json(Snapshot.model_validate_json(stored)) == stored
