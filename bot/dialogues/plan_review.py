"""An admin reviews a plan that was read from a document: the doubts one by one, then what will be written, then yes."""

import json
from zlib import crc32

from markupsafe import Markup, escape

from bot.answers import Button, Keyboard
from bot.dialogues.plan_questions import CHOICES, REST, Asking, note_in_words
from bot.plan_diff import Wording
from bot.press_data import LARGEST, numbers
from bot.turn import Turn, rows_of, shorten
from plan.changes import PlanChanges
from plan.decision import Choice, Decision, Fault
from plan.doubts import has_no_day, notes
from plan.draft import Draft
from plan.matching import folded
from plan.refusal import Refused
from plan.review import Review
from scheduler.plan_changes import plan_changed
from scheduler.planning import plan_ahead
from storage import dialogues, overview, plan_changes, plan_imports, plans
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Plan, PlanImport

KIND = "plan_import"
SUMMARY, GO, ASK, ANSWER, ALL, LATER, FINAL, IMPORT, DROP, DROP_SURELY, LIST = (
    "su",
    "go",
    "qu",
    "an",
    "al",
    "la",
    "fi",
    "im",
    "dr",
    "ds",
    "li",
)
# How many numbers follow the code: the review; the question; the choice and what it chooses; stamps; a page.
NUMBERS = {
    SUMMARY: 1,
    GO: 2,
    ASK: 2,
    ANSWER: 4,
    ALL: 2,
    LATER: 1,
    FINAL: 1,
    IMPORT: 3,
    DROP: 1,
    DROP_SURELY: 1,
    LIST: 2,
}
MAX_LISTED = 12
MAX_NOTES = 15
MAX_CHANGES = 100
A_PAGE = 10


def _data(code: str, row: PlanImport, *rest: int) -> str:
    """The data of a button: at most 49 bytes with numbers of ten digits."""
    return ":".join(map(str, ("pi", code, id_of(row), *rest)))


def _stamp(row: PlanImport) -> int:
    """A number for the decisions as they are: what was shown is what a yes is for."""
    return crc32(json.dumps(row.decisions, sort_keys=True).encode()) & LARGEST


def _stamp_of(changes: PlanChanges | None) -> int:
    """A number for what is changed in the plan as it is stored: another one when somebody has changed it meanwhile."""
    return crc32(repr(changes).encode()) & LARGEST


# What is shown


async def show_summary(turn: Turn, row: PlanImport) -> None:
    """What was understood of the document, and how many doubts there are."""
    await _stop_listening(turn)
    review = await plan_imports.renewed(turn.session, row)
    draft = _complete(turn, review.settled)
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


def _complete(turn: Turn, draft: Draft) -> Draft:
    """The draft with the municipality that will be stored with it."""
    return draft.model_copy(update={"municipality": draft.municipality or turn.house.municipality or None})


def _summary_keyboard(turn: Turn, row: PlanImport, review: Review) -> Keyboard:
    drop = turn.button("plan_drop", _data(DROP, row))
    answers = (turn.button("plan_answers", _data(LIST, row, 0)),) if review.decisions else ()
    if not review.undecided:
        return ((turn.button("plan_see", _data(FINAL, row)),), (*answers, drop))
    return (
        (turn.button("plan_questions", _data(GO, row, 0), left=len(review.undecided)),),
        (turn.button("plan_as_it_stands", _data(FINAL, row)),),
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
    keyboard = ((turn.button("plan_go_on", _data(SUMMARY, row)), turn.button("plan_drop", _data(DROP, row))),)
    turn.say("plan_import.still_open", file=shorten(row.file_name), at=row.begun_at, keyboard=keyboard)


async def _ask_next(turn: Turn, row: PlanImport, review: Review, start: int) -> None:
    """The first unanswered question from a place on, else the first there is; after the last, what will be written.

    Where nobody has answered, that is; what was put off is asked again when the rest is done and one begins anew.
    """
    if not review.open:
        review = await plan_imports.renewed(turn.session, row)
    waiting = review.open or (review.undecided if start == 0 else ())
    following = [place for place in waiting if place >= start] or list(waiting)
    if following:
        await _ask(turn, row, review, following[0])
    else:
        await _show_final(turn, row)


async def _ask(turn: Turn, row: PlanImport, review: Review, place: int) -> None:
    await dialogues.begin(turn.session, turn.person_id, KIND, {"import_id": row.id, "place": place}, turn.at)
    asking = Asking(review, turn.language)
    turn.show(
        "plan_question.page",
        keyboard=(*rows_of(_answers(turn, row, review, place), 1), *_way(turn, row, review, place)),
        position=review.asked.index(place) + 1,
        total=len(review.asked),
        body=asking.body(place),
        answer=asking.answer(place),
    )


def _answers(turn: Turn, row: PlanImport, review: Review, place: int) -> list[Button]:
    """A button for each answer there is to a question, and one for the rest of its kind."""
    question = review.questions[place]
    buttons = [
        Button(option.text(turn.language), _data(ANSWER, row, place, CHOICES.index(option.choice), option.value))
        for option in Asking(review, turn.language).options(place)
    ]
    alike = len(review.like_this(place))
    if question.about in REST and not question.is_whole and alike > 1 and place in review.open:
        buttons.append(turn.button("plan_rest", _data(ALL, row, place), count=alike))
    return buttons


def _way(turn: Turn, row: PlanImport, review: Review, place: int) -> Keyboard:
    """Back, on, and out."""
    before = [other for other in review.asked if other < place]
    back = turn.button("back", _data(ASK, row, before[-1]) if before else _data(SUMMARY, row))
    decision = review.decisions.get(place)
    if decision is None or decision.choice is Choice.LATER:
        on = turn.button("plan_decide_later", _data(ANSWER, row, place, CHOICES.index(Choice.LATER), 0))
    else:
        on = turn.button("plan_next", _data(GO, row, place + 1))
    answers = turn.button("plan_answers", _data(LIST, row, 0))
    return ((back, on), (answers, turn.button("plan_pause", _data(LATER, row))))


async def _show_answers(turn: Turn, row: PlanImport, review: Review, page: int) -> None:
    """What has been decided, ten to a page, each to be opened again."""
    await _stop_listening(turn)
    pages = max(1, -(-len(review.asked) // A_PAGE))
    page = min(page, pages - 1)
    shown = list(enumerate(review.asked, start=1))[page * A_PAGE : (page + 1) * A_PAGE]
    asking = Asking(review, turn.language)
    buttons = [Button(str(number), _data(ASK, row, place)) for number, place in shown]
    turning = [
        turn.button(label, _data(LIST, row, other))
        for label, other in (("plan_page_before", page - 1), ("plan_page_after", page + 1))
        if 0 <= other < pages
    ]
    go_on = turn.button("plan_go_on", _data(GO, row, 0) if review.open else _data(FINAL, row))
    turn.show(
        "plan_import.answers",
        keyboard=(*rows_of(buttons, 5), *((tuple(turning),) if turning else ()), (go_on,)),
        lines=[asking.line(number, place) for number, place in shown],
        page=page + 1,
        pages=pages,
    )


async def _show_final(turn: Turn, row: PlanImport, *, is_stale: bool = False) -> None:
    """What will be written, before it is, computed on the plan as it is stored now."""
    await _stop_listening(turn)
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
        draft=_complete(turn, draft),
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
    back = turn.button("back", _data(SUMMARY, row))
    answers = (turn.button("plan_answers", _data(LIST, row, 0)),) if review.asked else ()
    store = turn.button("plan_import", _data(IMPORT, row, _stamp(row), _stamp_of(changes)))
    # Nothing is stored of a document that says what is known, but the answers are kept for the next.
    done = turn.button("plan_done", _data(IMPORT, row, _stamp(row), _stamp_of(changes)))
    is_same = changes is not None and changes.is_empty
    return ((done if is_same else store, turn.button("plan_drop", _data(DROP, row))), (*answers, back))


def _owned(changes: PlanChanges | None) -> frozenset[str]:
    """The numbers of the measures that are stored already with somebody who follows up, and keep them."""
    kept = changes.measures.kept if changes else ()
    return frozenset(pair.after.ref for pair in kept if pair.before.owner)


def _difference(turn: Turn, changes: PlanChanges, slug: str) -> Markup:
    """Field by field what was and what will be."""
    lines = list(Wording(turn.language).lines(changes, slug))[2:]
    shown = Markup("\n").join(escape(line) for line in lines[:MAX_CHANGES])
    return shown if len(lines) <= MAX_CHANGES else shown + Markup("\n…")


# What is pressed and written


async def pressed(turn: Turn, data: str) -> None:
    """A button of a review; it is checked again, since the review may be over or somebody else's."""
    code, _, rest = data.partition(":")
    found = numbers(rest, NUMBERS[code]) if code in NUMBERS else None
    if found is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    row = await plan_imports.by_id(turn.session, found[0])
    if row is None or row.person_id != turn.person_id or row.state != "open":
        turn.toast("toast.review_over", alert=True)
        return
    await _pressed(turn, code, row, found[1:])


async def _pressed(turn: Turn, code: str, row: PlanImport, rest: tuple[int, ...]) -> None:
    match code:
        case "su":
            await show_summary(turn, row)
        case "la":
            await _stop_listening(turn)
            turn.edit("plan_import.later", file=shorten(row.file_name))
        case "dr" | "ds":
            await _drop(turn, row, surely=code == DROP_SURELY)
        case "im" if rest[0] == _stamp(row):
            await _import(turn, row, rest[1])
        case "im" | "fi":
            await _show_final(turn, row)
        case _:
            await _pressed_about(turn, code, row, await plan_imports.review_of(turn.session, row), rest)


async def _pressed_about(turn: Turn, code: str, row: PlanImport, review: Review, rest: tuple[int, ...]) -> None:
    if code == GO:
        await _ask_next(turn, row, review, rest[0])
    elif code == LIST:
        await _show_answers(turn, row, review, rest[0])
    elif rest[0] not in review.asked:
        turn.toast("toast.unknown_button", alert=True)
    elif code == ASK:
        await _ask(turn, row, review, rest[0])
    elif code == ALL:
        await _decide(turn, row, {place: review.unanswered(place) for place in review.like_this(rest[0])}, rest[0])
    else:
        await _answered(turn, row, review, *rest)


async def _answered(turn: Turn, row: PlanImport, review: Review, place: int, choice: int, value: int) -> None:
    decision = Asking(review, turn.language).decision(place, choice, value)
    if decision is None or not review.takes(place, decision):
        turn.toast("toast.unknown_button", alert=True)
    else:
        await _decide(turn, row, {place: decision}, place)


async def _decide(turn: Turn, row: PlanImport, decisions: dict[int, Decision], place: int) -> None:
    """Keep the answers and go on."""
    await plan_imports.decide(turn.session, row, decisions)
    await _ask_next(turn, row, await plan_imports.review_of(turn.session, row), place + 1)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words in answer to the question that was put last."""
    row = await plan_imports.by_id(turn.session, dialogue.data["import_id"])
    if row is None or row.state != "open" or not turn.is_one_of(Role.ADMIN):
        await _stop_listening(turn)
        turn.say("conversation.not_understood")
        return
    review = await plan_imports.review_of(turn.session, row)
    place: int = dialogue.data["place"]
    if place not in review.asked:  # another question has settled it, or the plan has changed
        await _ask_next(turn, row, review, place)
        return
    decision = review.in_words(review.questions[place], text)
    if isinstance(decision, Fault):
        back = turn.button("back", _data(ASK, row, place))
        turn.say(f"plan_question.{decision.value}", text=text, length=len(text), keyboard=((back,),))
        return
    await plan_imports.decide(turn.session, row, {place: decision})
    review = await plan_imports.review_of(turn.session, row)
    if decision.choice is Choice.WORDS:
        # Shown as it was understood; more words take its place.
        change = turn.button("back", _data(ASK, row, place))
        keyboard = ((change, turn.button("plan_next", _data(GO, row, place + 1))),)
        answer = Asking(review, turn.language).answer(place)
        turn.say("plan_import.understood", answer=answer, keyboard=keyboard)
    else:
        await _ask_next(turn, row, review, place + 1)


async def _stop_listening(turn: Turn) -> None:
    """Words are no answer to a question of a review any more."""
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind == KIND:
        await dialogues.end(turn.session, turn.person_id)


# The end of it


async def _drop(turn: Turn, row: PlanImport, *, surely: bool) -> None:
    """Drop the review; where something has been decided, after a yes."""
    if row.decisions and not surely:
        keyboard = (
            (turn.button("plan_drop_surely", _data(DROP_SURELY, row)), turn.button("back", _data(SUMMARY, row))),
        )
        turn.edit("plan_import.drop_sure", file=shorten(row.file_name), count=len(row.decisions), keyboard=keyboard)
        return
    await _stop_listening(turn)
    await plan_imports.end(turn.session, row, plan_imports.DROPPED, turn.at)
    turn.edit("plan_import.dropped", file=shorten(row.file_name))


async def _import(turn: Turn, row: PlanImport, shown: int) -> None:
    """Store what was decided, plan its rounds and due dates, and say what is missing: one transaction.

    `shown` is the stamp of the difference the person has said yes to.
    """
    review = await plan_imports.renewed(turn.session, row)
    draft = review.settled
    known = await plan_imports.plan_of(turn.session, review)
    changes = await plan_imports.changes_of(turn.session, review, known) if known else None
    if _stamp_of(changes) != shown:
        await _show_final(turn, row, is_stale=True)
        return
    if not draft.measures:
        turn.toast("toast.no_measures_left", alert=True)
        return
    if not (draft.municipality or turn.house.municipality):
        turn.toast("toast.no_municipality", alert=True)
        return
    try:
        # What is refused leaves nothing behind, in a transaction that goes on.
        async with turn.session.begin_nested():
            plan = await _store(turn, review, known, changes)
    except Refused:
        keyboard = ((turn.button("back", _data(SUMMARY, row)), turn.button("plan_drop", _data(DROP, row))),)
        turn.edit("plan_import.not_stored", keyboard=keyboard)
        return
    await _stop_listening(turn)
    await plan_imports.end(turn.session, row, plan_imports.IMPORTED, turn.at, plan)
    ready = await overview.readiness(turn.session, plan)
    turn.edit(
        "plan_import.imported",
        plan=plan,
        count=len(draft.measures),
        without_owner=ready.without_owner,
        undecided=ready.undecided,
        without_people=ready.without_people,
        has_rounds=ready.has_rounds,
    )


async def _store(turn: Turn, review: Review, known: Plan | None, changes: PlanChanges | None) -> Plan:
    draft = review.settled
    if known is not None and changes is not None:
        return await _store_changes(turn, review, changes, known)
    plan = await plans.store(turn.session, draft, municipality=turn.house.municipality, actor=turn.actor, at=turn.at)
    await plan_imports.leave_unasked(turn.session, plan, review.asked_of_nobody, actor=turn.actor, at=turn.at)
    await plan_imports.mark_undecided(turn.session, plan, review, [measure.ref for measure in draft.measures])
    await plan_ahead(turn.session, plan, turn.today, turn.house.hours.calendar)
    return plan


async def _store_changes(turn: Turn, review: Review, changes: PlanChanges, plan: Plan) -> Plan:
    applied = await plan_changes.apply(turn.session, plan, review.settled, changes, actor=turn.actor, at=turn.at)
    # Who follows up a measure that was there before is not a question of the document.
    added = {measure.ref for measure in changes.measures.added}
    await plan_imports.leave_unasked(turn.session, plan, review.asked_of_nobody & added, actor=turn.actor, at=turn.at)
    refs = [measure.ref for measure in changes.measures.current]
    await plan_imports.mark_undecided(turn.session, plan, review, refs)
    await plan_changed(turn.session, plan, applied, turn.at, turn.house.hours)
    return plan
