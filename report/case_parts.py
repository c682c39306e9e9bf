"""The parts of the case document that say what has changed, what is not as planned, what was reached, what is attached.

Each function words one part of `report.content.Content` from the measures that still belong to the plan.
"""

from collections.abc import Callable, Sequence

from report import figures
from report.content import (
    AttachmentRow,
    Attachments,
    ChangeRow,
    Changes,
    DeviationRow,
    Deviations,
    StatusMark,
    TargetRow,
    Targets,
)
from report.snapshot import Measure, Snapshot
from templates import formats

Say = Callable[..., str]
Marks = dict[str, StatusMark]


def shown_ref(measure: Measure) -> str:
    """The number of a measure, with a mark where it is ours and not the plan's."""
    return f"{measure.ref}*" if measure.ref_is_ours else measure.ref


def changes(measures: Sequence[Measure], say: Say, marks: Marks) -> Changes:
    """What has happened since each measure was last reported on in an earlier year."""
    known = [measure for measure in measures if measure.previous]
    answered = [measure for measure in known if measure.status is not None]
    changed = [measure for measure in answered if measure.status != measure.previous[-1].status]
    if known:
        silent, new = len(known) - len(answered), len(measures) - len(known)
        same = len(answered) - len(changed)
        intro = say("changes_intro", changed=len(changed), same=same, silent=silent, new=new)
    else:
        intro = say("changes_first")
    return Changes(
        intro=intro,
        caption=say("caption_changes"),
        measures=tuple(_change(measure, say, marks) for measure in changed),
    )


def _change(measure: Measure, say: Say, marks: Marks) -> ChangeRow:
    before = measure.previous[-1]
    return ChangeRow(
        ref=shown_ref(measure),
        title=measure.title,
        before=say("earlier", year=before.year, status=before.status.value),
        status=marks[figures.status_code(measure)],
    )


def deviations(measures: Sequence[Measure], say: Say, marks: Marks, none: str) -> Deviations:
    """The measures that are late, lapse, or have or are to have another deadline than the plan gave them."""
    rows = tuple(
        DeviationRow(
            ref=shown_ref(measure),
            title=measure.title,
            reasons=reasons,
            deadline=measure.deadline_text or say("no_deadline"),
            changed=_changed_deadline(measure, say),
            proposed=measure.proposed_deadline_text or none,
        )
        for measure in measures
        if (reasons := _reasons(measure, say, marks))
    )
    intro = say("deviations_intro", count=len(rows)) if rows else say("no_deviations")
    return Deviations(intro=intro, caption=say("caption_deviations"), measures=rows)


def _reasons(measure: Measure, say: Say, marks: Marks) -> tuple[str, ...]:
    found = []
    code = figures.status_code(measure)
    if code in ("delayed", "dropped"):
        closing = say(f"closing_{measure.closing}").lower() if measure.closing else None
        found.append(f"{marks[code].word} ({closing})" if closing else marks[code].word)
    if measure.overdue:
        found.append(say("overdue"))
    if measure.deadline_changed_on is not None:
        found.append(say("deadline_is_changed"))
    if measure.proposed_deadline_text is not None:
        found.append(say("deadline_is_proposed"))
    return tuple(found)


def _changed_deadline(measure: Measure, say: Say) -> str | None:
    if measure.deadline_changed_on is None:
        return None
    before = measure.plan_deadline_text or say("no_deadline")
    return say("deadline_changed", text=before, changed_on=measure.deadline_changed_on)


def targets(snapshot: Snapshot, goal_name: Callable[[figures.Part], str], say: Say) -> Targets:
    """Every target of the plan, and how far it is held to be reached.

    While nobody has assessed any, the line that says so is all: the targets stand under their goals already.
    """
    rows = tuple(
        TargetRow(
            goal=goal_name(part),
            text=target.text,
            attainment=say("attainment", code=target.attainment),
            reason=target.reason,
        )
        for part in figures.parts(snapshot)
        if part.goal is not None
        for target in part.goal.result_targets
    )
    assessed = sum(target.attainment is not None for goal in snapshot.goals for target in goal.result_targets)
    intro = say("targets_intro", count=len(rows), assessed=assessed) if rows else say("no_targets")
    return Targets(intro=intro, caption=say("caption_targets"), targets=rows if assessed else ())


def attachments(measures: Sequence[Measure], say: Say, language: str) -> Attachments:
    """The files the office has released, by measure, those of its parts after those of the whole."""
    rows = tuple(
        AttachmentRow(
            ref=shown_ref(measure),
            name=file.name,
            size=formats.file_size(file.size, language),
            digest=file.digest,
        )
        for measure in measures
        for file in (*measure.attachments, *(file for part in measure.parts for file in part.attachments))
    )
    return Attachments(
        intro=say("attachments_intro", count=len(rows)) if rows else say("no_attachments"),
        caption=say("caption_attachments"),
        files=rows,
    )
