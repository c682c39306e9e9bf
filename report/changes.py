"""What one version of a report says otherwise than another: computed from the two snapshots, in codes."""

from collections.abc import Iterable, Mapping
from datetime import date

from report.snapshot import Change, Correction, Frozen, Goal, Measure, Snapshot, canonical_json, digest

SHORTEST_TOLD_WHOLE = 160
"""A value of up to this many characters stands in the list of changes; of a longer one it says that it is another."""

REPORT: dict[str, tuple[str, ...]] = {
    "plan_title": ("plan_title",),
    "municipality": ("municipality",),
    "leader_title": ("leader_title",),
    "period": ("first_year", "last_year"),
    "meetings": ("meeting", "route"),
    "reply_by": ("reply_by",),
    "language": ("language",),
    "example": ("example",),
    "brand": ("brand",),
}
GOAL: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "place": ("parent_ref",),
    "targets": ("result_targets",),
}
MEASURE: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "description": ("description",),
    "place": ("goal_ref",),
    "responsible": ("responsible",),
    "owner": ("owner_unit",),
    "deadline": ("deadline_text", "due_on", "plan_deadline_text", "deadline_changed_on", "condition_met_on"),
    "count": ("count",),
    "overdue": ("overdue",),
    "proposed": ("proposed_deadline_text",),
    "closing": ("closing",),
    "priority": ("priority",),
    "category": ("category",),
    "costs": ("costs", "funding"),
    "status": ("status",),
    "text": ("report_text", "comment_withheld"),
    "answered": ("answered_by", "status_on", "on_behalf", "told_how", "told_on"),
    "earlier": ("previous", "silent"),
    "attachments": ("attachments",),
    "parts": ("parts",),
    "asked": ("asked_on", "reminded", "escalated_to", "unreached"),
    "archived": ("archived",),
    "numbering": ("ref_is_ours",),
}
"""By what a change is called: the fields it is made of, the first of them its value where it is a text or a date."""

OFFICE_TEXTS = ("summary", "assessment", "decision")


def correction(before: Snapshot, after: Snapshot) -> Correction:
    """What `after` corrects in the approved version `before`."""
    return Correction(
        version=before.version,
        approved_on=before.approved_on,
        digest=digest(before),
        changes=between(before, after),
    )


def between(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Everything that is another in `after`: the report itself, goals, measures in order, texts."""
    found = _fields("report", None, None, REPORT, before, after)
    found += _office_texts(before, after)
    found += _listed("goal", GOAL, before.goals, after.goals)
    found += _listed("measure", MEASURE, before.measures, after.measures)
    found += _unit_texts(before, after)
    return tuple(found)


def says_the_same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two versions say the same, their numbers, days and states aside.

    As they are stored: what was read back has no text where one just made may have an empty one.
    """
    alike = {"version": 1, "made_on": one.made_on, "state": "draft", "approved_on": None, "corrects": None}
    return canonical_json(one.model_copy(update=alike)) == canonical_json(other.model_copy(update=alike))


def _listed(
    about: str,
    fields: Mapping[str, tuple[str, ...]],
    before: Iterable[Goal] | Iterable[Measure],
    after: Iterable[Goal] | Iterable[Measure],
) -> list[Change]:
    old, new = {each.ref: each for each in before}, {each.ref: each for each in after}
    found: list[Change] = []
    for ref, each in new.items():
        if ref not in old:
            found.append(_change(about, ref, each.title, kind="added"))
        else:
            found += _fields(about, ref, each.title, fields, old[ref], each)
    found += [_change(about, ref, each.title, kind="removed") for ref, each in old.items() if ref not in new]
    if [ref for ref in old if ref in new] != [ref for ref in new if ref in old]:
        found.append(_change("report", None, None, what=f"{about}_order"))
    return found


def _fields(
    about: str, ref: str | None, title: str | None, fields: Mapping[str, tuple[str, ...]], old: Frozen, new: Frozen
) -> list[Change]:
    found = []
    for what, names in fields.items():
        if all(getattr(old, name) == getattr(new, name) for name in names):
            continue
        values = _values(getattr(old, names[0]), getattr(new, names[0]))
        found.append(_change(about, ref, title, what=what, before=values[0], after=values[1]))
    return found


def _values(old: object, new: object) -> tuple[str | None, str | None]:
    """Both values where both are short texts, dates or none; else neither."""
    shown = [_value(old), _value(new)]
    if old == new or any(given is not None and value is None for given, value in zip((old, new), shown, strict=True)):
        return None, None
    return shown[0], shown[1]


def _value(value: object) -> str | None:
    match value:
        case str() if len(value) <= SHORTEST_TOLD_WHOLE and "\n" not in value:
            return str(value)
        case date():
            return value.isoformat()
    return None


def _office_texts(before: Snapshot, after: Snapshot) -> list[Change]:
    return [
        _change("report", None, None, what=name, kind=_kind(old, new))
        for name in OFFICE_TEXTS
        if (old := getattr(before.office_texts, name, None)) != (new := getattr(after.office_texts, name, None))
    ]


def _unit_texts(before: Snapshot, after: Snapshot) -> list[Change]:
    old = {each.unit: each.text for each in before.unit_texts}
    new = {each.unit: each.text for each in after.unit_texts}
    return [
        _change("unit_text", unit, None, kind=_kind(old.get(unit), new.get(unit)))
        for unit in dict.fromkeys([*new, *old])
        if old.get(unit) != new.get(unit)
    ]


def _kind(old: str | None, new: str | None) -> str:
    return "changed" if old and new else "added" if new else "removed"


def _change(about: str, ref: str | None, title: str | None, **rest: str | None) -> Change:
    return Change.model_validate({"about": about, "ref": ref, "title": title, **rest})
