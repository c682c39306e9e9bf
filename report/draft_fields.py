"""What the office can write in the Word draft of a report: each text in a content control with a tag of its own."""

from hashlib import sha256

from report import figures
from report.case_parts import Say, shown_ref
from report.content import Field
from report.snapshot import Measure, Snapshot

PREFIX = "tv:"
LONGEST_TAG = 64
"""Word does not open a document with a longer one."""


def tag_of(measure: Measure) -> str:
    """The tag of a measure's report text: "tv:measure:1.4"."""
    tag = f"{PREFIX}measure:{measure.ref}"
    if len(tag) <= LONGEST_TAG:
        return tag
    return f"{PREFIX}measure:#{sha256(measure.ref.encode()).hexdigest()[:16]}"


def of_measure(snapshot: Snapshot, measure: Measure, say: Say) -> Field | None:
    """The field of a measure's report text; None where no answer is there to write about, and in what is approved."""
    if snapshot.state != "draft" or measure.status is None:
        return None
    return Field(tag=tag_of(measure), title=say("field_measure", ref=shown_ref(measure)))


def measures_by_tag(snapshot: Snapshot) -> dict[str, Measure]:
    """The measures a draft takes texts about."""
    return {tag_of(measure): measure for measure in figures.current(snapshot) if measure.status is not None}
