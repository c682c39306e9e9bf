"""What a document changes in the reporting dates of a plan, and in the meetings of a year."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date

from plan.changes import Difference, FieldChange, Kept, MeetingChange
from plan.difference import same_text
from plan.draft import Draft, ReportingDate
from plan.matching import folded, folded_title


def compare_reporting_dates(old: Sequence[ReportingDate], new: Sequence[ReportingDate]) -> Difference[ReportingDate]:
    """The promises added, changed and gone."""
    # Two promises may share a text and differ in their rule, so the nearest pairs are taken first.
    keys: tuple[Callable[[ReportingDate], Hashable], ...] = (
        lambda promise: (promise.kind, folded_title(promise.text), promise.rule),
        lambda promise: (promise.kind, folded_title(promise.text)),
        lambda promise: (promise.kind, promise.rule) if promise.rule else (promise.kind, promise.text),
    )
    old_left, new_left = list(range(len(old))), list(range(len(new)))
    pairs: dict[int, int] = {}
    for key in keys:
        for place in list(new_left):
            partner = next((other for other in old_left if key(old[other]) == key(new[place])), None)
            if partner is not None:
                pairs[place] = partner
                old_left.remove(partner)
                new_left.remove(place)
    return Difference(
        current=tuple(new),
        added=tuple(new[place] for place in new_left),
        kept=tuple(
            Kept(old[partner], new[place], tuple(_promise_fields(old[partner], new[place])))
            for place, partner in sorted(pairs.items())
        ),
        gone=tuple(old[place] for place in old_left),
    )


def _promise_fields(old: ReportingDate, new: ReportingDate) -> Iterable[FieldChange]:
    if not same_text(old.text, new.text):
        yield FieldChange("text", old.text, new.text)
    if old.rule != new.rule:
        yield FieldChange("rule", old.rule, new.rule)


def compare_meetings(before: Draft, after: Draft) -> Iterable[MeetingChange]:
    """The bodies and years for which the document states other meetings, or days for papers, than are known."""
    known = _by_body_and_year(before)
    for key, (body, days) in _by_body_and_year(after).items():
        name, stored = known.get(key, (body, {}))
        papers = tuple((on, stored.get(on), own) for on, own in days.items() if own and own != stored.get(on))
        if tuple(stored) != tuple(days) or papers:
            yield MeetingChange(name, tuple(stored), tuple(days), papers)


def _by_body_and_year(draft: Draft) -> dict[tuple[str, int], tuple[str, dict[date, date | None]]]:
    """The meetings of a body in a year in order, each with the day that is set for its papers, if any."""
    found: dict[tuple[str, int], tuple[str, dict[date, date | None]]] = {}
    for meeting in sorted(draft.meetings, key=lambda meeting: meeting.held_on):
        _body, days = found.setdefault((folded(meeting.body), meeting.held_on.year), (meeting.body, {}))
        days[meeting.held_on] = meeting.papers_on or days.get(meeting.held_on)
    return found
