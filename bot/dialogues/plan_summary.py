"""What was found in a plan document, and what will be written of it before it is: both with what can be done then."""

from markupsafe import Markup, escape

from bot.answers import Button, Keyboard
from bot.dialogues.plan_buttons import ASK, DROP, FINAL, GO, IMPORT, LIST, SUMMARY, data_of, stamp, stamp_of
from bot.dialogues.plan_questions import Asking, note_in_words
from bot.plan_diff import Wording
from bot.turn import Turn, rows_of, shorten
from plan.changes import PlanChanges
from plan.doubts import has_no_day, notes
from plan.draft import Draft
from plan.matching import folded
from plan.review import Review
from storage import dialogues, plan_imports
from storage.tables import PlanImport

KIND = "plan_import"
MAX_LISTED = 12
MAX_NOTES = 15
MAX_CHANGES = 100
A_PAGE = 10


async def show_summary(turn: Turn, row: PlanImport) -> None:
    """What was understood of the document, and how many doubts there are."""
    await stop_listening(turn)
    review = await plan_imports.renewed(turn.session, row)
    draft = complete(turn, review.settled)
    told = [note for note in notes(review.draft, review.questions) if note.code != "no_municipality"]
    plan = await plan_imports.plan_of(turn.session, review)
    turn.show(
        "plan_import.summary",
        keyboard=_summary_keyboard(turn, row, review),
        file=shorten(row.file_name),
        draft=draft,
        goals=_by_goal(draft)[:MAX_LISTED],
        more_goals=max(0, len(_by_goal(draft)) - MAX_LISTED),
        units=[unit.name for unit in draft.units if not unit.external],
        external=[unit.name for unit in draft.units if unit.external],
        notes=[note_in_words(note, turn.language) for note in told[:MAX_NOTES]],
        more_notes=max(0, len(told) - MAX_NOTES),
        changes=await plan_imports.changes_of(turn.session, review, plan) if plan else None,
        left=len(review.undecided),
        total=len(review.asked),
    )


def complete(turn: Turn, draft: Draft) -> Draft:
    """The draft with the municipality that will be stored with it."""
    return draft.model_copy(update={"municipality": draft.municipality or turn.house.municipality or None})


def _summary_keyboard(turn: Turn, row: PlanImport, review: Review) -> Keyboard:
    drop = turn.button("plan_drop", data_of(DROP, row))
    answers = (turn.button("plan_answers", data_of(LIST, row, 0)),) if review.decisions else ()
    if not review.undecided:
        return ((turn.button("plan_see", data_of(FINAL, row)),), (*answers, drop))
    return (
        (turn.button("plan_questions", data_of(GO, row, 0), left=len(review.undecided)),),
        (turn.button("plan_as_it_stands", data_of(FINAL, row)),),
        (*answers, drop),
    )


def _by_goal(draft: Draft) -> list[tuple[str, int]]:
    """How many measures each goal has, in the order of the plan; the empty name stands for those without."""
    titles = {goal.ref: f"{goal.ref} {goal.title}" for goal in draft.goals}
    counts = dict.fromkeys([*titles.values(), ""], 0)
    for measure in draft.measures:
        counts[titles.get(measure.goal_ref or "", "")] += 1
    return [(shorten(title, 100), count) for title, count in counts.items() if count]


def say_open(turn: Turn, row: PlanImport) -> None:
    """One review at a time."""
    keyboard = ((turn.button("plan_go_on", data_of(SUMMARY, row)), turn.button("plan_drop", data_of(DROP, row))),)
    turn.say("plan_import.still_open", file=shorten(row.file_name), at=row.begun_at, keyboard=keyboard)


async def show_answers(turn: Turn, row: PlanImport, review: Review, page: int) -> None:
    """What has been decided, ten to a page, each to be opened again."""
    await stop_listening(turn)
    pages = max(1, -(-len(review.asked) // A_PAGE))
    page = min(page, pages - 1)
    shown = list(enumerate(review.asked, start=1))[page * A_PAGE : (page + 1) * A_PAGE]
    asking = Asking(review, turn.language)
    buttons = [Button(str(number), data_of(ASK, row, place)) for number, place in shown]
    turning = [
        turn.button(label, data_of(LIST, row, other))
        for label, other in (("plan_page_before", page - 1), ("plan_page_after", page + 1))
        if 0 <= other < pages
    ]
    go_on = turn.button("plan_go_on", data_of(GO, row, 0) if review.open else data_of(FINAL, row))
    turn.show(
        "plan_import.answers",
        keyboard=(*rows_of(buttons, 5), *((tuple(turning),) if turning else ()), (go_on,)),
        lines=[asking.line(number, place) for number, place in shown],
        page=page + 1,
        pages=pages,
    )


async def show_final(turn: Turn, row: PlanImport, *, is_stale: bool = False) -> None:
    """What will be written, before it is, computed on the plan as it is stored now."""
    await stop_listening(turn)
    review = await plan_imports.renewed(turn.session, row)
    draft = review.settled
    known = {folded(name) for name in review.known}
    plan = await plan_imports.plan_of(turn.session, review)
    changes = await plan_imports.changes_of(turn.session, review, plan) if plan else None
    kept = set(review.kept)
    owned = _owned(changes)
    turn.show(
        "plan_import.final",
        keyboard=_final_keyboard(turn, row, review, changes),
        draft=complete(turn, draft),
        left_out=[measure.ref for place, measure in enumerate(review.draft.measures) if place not in kept],
        new_units=[unit.name for unit in draft.units if folded(unit.name) not in known and not unit.external],
        external=[unit.name for unit in draft.units if unit.external],
        unasked=[
            measure.ref
            for measure in draft.measures
            if (draft.owner_of(measure) is None or measure.ref in review.asked_of_nobody) and measure.ref not in owned
        ],
        without_day=[measure.ref for measure in draft.measures if has_no_day(measure.deadline)],
        left=len(review.undecided),
        changes=changes,
        difference=_difference(turn, changes, plan.slug) if changes and plan else "",
        is_stale=is_stale,
    )


def _final_keyboard(turn: Turn, row: PlanImport, review: Review, changes: PlanChanges | None) -> Keyboard:
    back = turn.button("back", data_of(SUMMARY, row))
    answers = (turn.button("plan_answers", data_of(LIST, row, 0)),) if review.asked else ()
    store = turn.button("plan_import", data_of(IMPORT, row, stamp(row), stamp_of(changes)))
    # Nothing is stored of a document that says what is known, but the answers are kept for the next.
    done = turn.button("plan_done", data_of(IMPORT, row, stamp(row), stamp_of(changes)))
    is_same = changes is not None and changes.is_empty
    return ((done if is_same else store, turn.button("plan_drop", data_of(DROP, row))), (*answers, back))


def _owned(changes: PlanChanges | None) -> frozenset[str]:
    """The numbers of the measures that are stored already with somebody who follows up, and keep them."""
    kept = changes.measures.kept if changes else ()
    return frozenset(pair.after.ref for pair in kept if pair.before.owner)


def _difference(turn: Turn, changes: PlanChanges, slug: str) -> Markup:
    """Field by field what was and what will be."""
    lines = list(Wording(turn.language).lines(changes, slug))[2:]
    shown = Markup("\n").join(escape(line) for line in lines[:MAX_CHANGES])
    return shown if len(lines) <= MAX_CHANGES else shown + Markup("\n…")


async def stop_listening(turn: Turn) -> None:
    """Words are no answer to a question of a review any more."""
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind == KIND:
        await dialogues.end(turn.session, turn.person_id)
