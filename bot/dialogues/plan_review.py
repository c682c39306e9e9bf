"""An admin reviews a plan that was read from a document: the doubts one by one, then what will be written, then yes."""

import json
from zlib import crc32

import templates
from bot.answers import Button, Keyboard
from bot.press_data import LARGEST, numbers
from bot.turn import Turn, rows_of, shorten
from plan.changes import DoubtCode, PlanChanges, compare
from plan.draft import MAX_UNIT, Draft
from plan.matching import folded
from plan.refusal import Refused
from plan.review import About, Choice, Decision, Question, Review, has_no_day
from scheduler.plan_changes import plan_changed
from scheduler.planning import plan_ahead
from storage import dialogues, overview, plan_changes, plan_imports, plans
from storage.ids import id_of
from storage.people import Role
from storage.plan_drafts import read_versions
from storage.tables import Dialogue, Plan, PlanImport

KIND = "plan_import"
SUMMARY, GO, ASK, ANSWER, ALL, LATER, FINAL, IMPORT, DROP, DROP_SURELY = (
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
)
# How many numbers follow the code: the review; the question; the choice and what it chooses.
NUMBERS = {SUMMARY: 1, GO: 2, ASK: 2, ANSWER: 4, ALL: 2, LATER: 1, FINAL: 1, IMPORT: 2, DROP: 1, DROP_SURELY: 1}
CHOICES = tuple(Choice)
WRITTEN = {About.UNIT, About.DEADLINE}
MAX_LISTED = 12


def _data(code: str, row: PlanImport, *rest: int) -> str:
    """The data of a button: at most 49 bytes with numbers of ten digits."""
    return ":".join(map(str, ("pi", code, id_of(row), *rest)))


def _stamp(row: PlanImport) -> int:
    """A number for the decisions as they are: what was shown is what a yes is for."""
    return crc32(json.dumps(row.decisions, sort_keys=True).encode()) & LARGEST


# What is shown


async def show_summary(turn: Turn, row: PlanImport) -> None:
    """What was understood of the document, and how many doubts there are."""
    await _stop_listening(turn)
    review = await plan_imports.review_of(turn.session, row)
    draft = review.settled
    notes = [code for code in draft.warnings if f"doubt.{code}" in templates.cli.names()]
    turn.show(
        "plan_import.summary",
        keyboard=_summary_keyboard(turn, row, review),
        file=shorten(row.file_name),
        draft=draft,
        goals=_by_goal(draft)[:MAX_LISTED],
        more_goals=max(0, len(_by_goal(draft)) - MAX_LISTED),
        units=[unit.name for unit in draft.units if not unit.external],
        external=[unit.name for unit in draft.units if unit.external],
        notes=[
            templates.cli.say(f"doubt.{code}", language=turn.language, measure="", phrase="", code=code)
            for code in notes
        ],
        left=len(review.open),
        total=len(review.asked),
    )


def _summary_keyboard(turn: Turn, row: PlanImport, review: Review) -> Keyboard:
    drop = turn.button("plan_drop", _data(DROP, row))
    if not review.open:
        return ((turn.button("plan_see", _data(FINAL, row)), drop),)
    return (
        (turn.button("plan_questions", _data(GO, row, 0), left=len(review.open)),),
        (turn.button("plan_as_it_stands", _data(FINAL, row)), drop),
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
    turn.say("plan_import.still_open", file=shorten(row.file_name), keyboard=keyboard)


async def _ask_next(turn: Turn, row: PlanImport, review: Review, start: int) -> None:
    """The first unanswered question from a place on, else the first there is; after the last, what will be written."""
    following = [place for place in review.open if place >= start] or list(review.open)
    if following:
        await _ask(turn, row, review, following[0])
    else:
        await _show_final(turn, row, review)


async def _ask(turn: Turn, row: PlanImport, review: Review, place: int) -> None:
    question = review.questions[place]
    if question.about in WRITTEN:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"import_id": row.id, "place": place}, turn.at)
    else:
        await _stop_listening(turn)
    position = review.asked.index(place) + 1
    keyboard = (*rows_of(_answers(turn, row, review, place), 1), _way(turn, row, review, place))
    total = len(review.asked)
    decision = review.decisions.get(place)
    match question.about:
        case About.MEASURE:
            measure = review.measure_of(question)
            turn.show(
                "plan_import.ask_measure",
                keyboard=keyboard,
                position=position,
                total=total,
                measure=measure,
                reasons=question.reasons,
                decision=decision,
            )
        case About.UNIT:
            turn.show(
                "plan_import.ask_unit",
                keyboard=keyboard,
                position=position,
                total=total,
                unit=question.unit,
                like=question.like,
                refs=_naming(review, question)[:MAX_LISTED],
                external=review.reads_external(question),
                decision=decision,
            )
        case About.DEADLINE:
            measure = review.measure_of(question)
            turn.show(
                "plan_import.ask_deadline",
                keyboard=keyboard,
                position=position,
                total=total,
                measure=measure,
                reason=question.reasons[0],
                decision=decision,
            )
        case About.OWNER:
            measure = review.measure_of(question)
            turn.show(
                "plan_import.ask_owner",
                keyboard=keyboard,
                position=position,
                total=total,
                measure=measure,
                decision=decision,
            )


def _naming(review: Review, question: Question) -> list[str]:
    """The numbers of the measures that name the unit of a question."""
    return [measure.ref for measure in review.draft.measures if question.unit in (*measure.units, measure.owner)]


def _answers(turn: Turn, row: PlanImport, review: Review, place: int) -> list[Button]:
    """A button for each answer there is to a question, and one for all questions like it."""
    question = review.questions[place]

    def data(choice: Choice, value: int = 0) -> str:
        return _data(ANSWER, row, place, CHOICES.index(choice), value)

    match question.about:
        case About.MEASURE:
            buttons = [
                turn.button("plan_take", data(Choice.TAKE)),
                turn.button("plan_leave", data(Choice.LEAVE)),
            ]
        case About.UNIT:
            same = [
                turn.button("plan_same", data(Choice.SAME, number), unit=shorten(name))
                for number, name in enumerate(question.like)
            ]
            buttons = [
                *same,
                turn.button("plan_new_unit", data(Choice.NEW)),
                turn.button("plan_external", data(Choice.EXTERNAL)),
            ]
        case About.DEADLINE:
            due = review.measure_of(question).deadline.due
            buttons = [
                turn.button("plan_keep_without_day", data(Choice.KEEP))
                if due is None
                else turn.button("plan_keep_day", data(Choice.KEEP), day=due)
            ]
        case About.OWNER:
            units = review.measure_of(question).units
            asked = [Button(shorten(name), data(Choice.OWNER, units.index(name))) for name in review.owners(question)]
            buttons = [*asked, turn.button("plan_nobody", data(Choice.NOBODY))]
    alike = len(review.like_this(place))
    if alike > 1 and place in review.open:
        buttons.append(_all_button(turn, _data(ALL, row, place), question.about, alike))
    return buttons


def _all_button(turn: Turn, data: str, about: About, count: int) -> Button:
    match about:
        case About.MEASURE:
            return turn.button("plan_take_all", data, count=count)
        case About.UNIT:
            return turn.button("plan_units_as_read", data, count=count)
        case About.DEADLINE:
            return turn.button("plan_keep_all", data, count=count)
        case About.OWNER:
            return turn.button("plan_first_of_all", data, count=count)


def _way(turn: Turn, row: PlanImport, review: Review, place: int) -> tuple[Button, ...]:
    """Back, on where the question is answered, and out."""
    before = [other for other in review.asked if other < place]
    back = turn.button("back", _data(ASK, row, before[-1]) if before else _data(SUMMARY, row))
    later = turn.button("later", _data(LATER, row))
    if place in review.decisions:
        return (back, turn.button("plan_next", _data(GO, row, place + 1)), later)
    return (back, later)


async def _show_final(turn: Turn, row: PlanImport, review: Review) -> None:
    """What will be written, before it is."""
    await _stop_listening(turn)
    draft = review.settled
    known = {folded(name) for name in review.known}
    keyboard = (
        (turn.button("plan_import", _data(IMPORT, row, _stamp(row))), turn.button("plan_drop", _data(DROP, row))),
        (turn.button("back", _data(SUMMARY, row)),),
    )
    kept = {measure.ref for measure in draft.measures}
    owned = await plan_imports.owned_already(turn.session, draft)
    changes = await _changes(turn, draft)
    turn.show(
        "plan_import.final",
        keyboard=keyboard,
        draft=draft,
        left_out=[measure.ref for measure in review.draft.measures if measure.ref not in kept],
        new_units=[unit.name for unit in draft.units if folded(unit.name) not in known and not unit.external],
        external=[unit.name for unit in draft.units if unit.external],
        unasked=[
            measure.ref
            for measure in draft.measures
            if (draft.owner_of(measure) is None or measure.ref in review.asked_of_nobody) and measure.ref not in owned
        ],
        without_day=[measure.ref for measure in draft.measures if has_no_day(measure.deadline)],
        left=len(review.open),
        changes=changes,
        alike=[
            (doubt.before, doubt.after)
            for doubt in (changes.doubts if changes else ())
            if doubt.code is DoubtCode.SAME_MEASURE
        ],
    )


async def _changes(turn: Turn, draft: Draft) -> PlanChanges | None:
    """What a new version changes in the plan that is stored; None for a plan that is new."""
    plan = await plan_changes.same_plan(turn.session, draft)
    if plan is None:
        return None
    before, archived = await read_versions(turn.session, plan)
    return compare(before, draft, archived)


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
            await _import(turn, row)
        case "im":
            await _show_final(turn, row, await plan_imports.review_of(turn.session, row))
        case _:
            await _pressed_about(turn, code, row, await plan_imports.review_of(turn.session, row), rest)


async def _pressed_about(turn: Turn, code: str, row: PlanImport, review: Review, rest: tuple[int, ...]) -> None:
    if code == FINAL:
        await _show_final(turn, row, review)
    elif code == GO:
        await _ask_next(turn, row, review, rest[0])
    elif rest[0] not in review.asked:
        turn.toast("toast.unknown_button", alert=True)
    elif code == ASK:
        await _ask(turn, row, review, rest[0])
    elif code == ALL:
        await _decide(turn, row, {place: review.unanswered(place) for place in review.like_this(rest[0])}, rest[0])
    else:
        await _answered(turn, row, review, *rest)


async def _answered(turn: Turn, row: PlanImport, review: Review, place: int, choice: int, value: int) -> None:
    decision = _decision(review, place, choice, value)
    if decision is None or not review.takes(place, decision):
        turn.toast("toast.unknown_button", alert=True)
    else:
        await _decide(turn, row, {place: decision}, place)


def _decision(review: Review, place: int, choice: int, value: int) -> Decision | None:
    """What the numbers of a button mean; None for numbers that no button has."""
    if choice >= len(CHOICES):
        return None
    question = review.questions[place]
    names: tuple[str, ...] = ()
    if CHOICES[choice] is Choice.SAME:
        names = question.like
    elif CHOICES[choice] is Choice.OWNER and question.measure is not None:
        names = review.measure_of(question).units
    return Decision(choice=CHOICES[choice], value=names[value] if value < len(names) else None)


async def _decide(turn: Turn, row: PlanImport, decisions: dict[int, Decision], place: int) -> None:
    """Keep the answers and go on."""
    await plan_imports.decide(turn.session, row, decisions)
    await _ask_next(turn, row, await plan_imports.review_of(turn.session, row), place + 1)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A deadline in other words, or the name of a unit, in answer to the question that was put last."""
    row = await plan_imports.by_id(turn.session, dialogue.data["import_id"])
    if row is None or row.state != "open" or not turn.is_one_of(Role.ADMIN):
        await _stop_listening(turn)
        turn.say("conversation.not_understood")
        return
    review = await plan_imports.review_of(turn.session, row)
    place: int = dialogue.data["place"]
    if review.questions[place].about is About.UNIT:
        await _take_unit(turn, row, review, place, text)
    else:
        await _take_deadline(turn, row, review, place, text)


async def _take_unit(turn: Turn, row: PlanImport, review: Review, place: int, text: str) -> None:
    name = " ".join(text.split())
    if len(name) > MAX_UNIT:
        turn.say("plan_import.unit_too_long", length=len(name), most=MAX_UNIT)
        return
    written_alike = next((known for known in review.known if folded(known) == folded(name)), name)
    await _decide(turn, row, {place: Decision(choice=Choice.SAME, value=written_alike)}, place)


async def _take_deadline(turn: Turn, row: PlanImport, review: Review, place: int, text: str) -> None:
    """The words are shown as they were understood; more words take their place."""
    understood = review.understood(text)
    if has_no_day(understood):
        turn.say("plan_import.no_day_in_words", text=text, keyboard=(_way(turn, row, review, place),))
        return
    await plan_imports.decide(turn.session, row, {place: Decision(choice=Choice.PHRASE, value=text)})
    keyboard = ((turn.button("back", _data(ASK, row, place)), turn.button("plan_next", _data(GO, row, place + 1))),)
    turn.say(
        "plan_import.understood",
        ref=review.measure_of(review.questions[place]).ref,
        deadline=understood,
        keyboard=keyboard,
    )


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


async def _import(turn: Turn, row: PlanImport) -> None:
    """Store what was decided, plan its rounds and due dates, and say what is missing: one transaction."""
    review = await plan_imports.review_of(turn.session, row)
    draft = review.settled
    if not draft.measures:
        turn.toast("toast.no_measures_left", alert=True)
        return
    if not (draft.municipality or turn.house.municipality):
        turn.toast("toast.no_municipality", alert=True)
        return
    try:
        # What is refused leaves nothing behind, in a transaction that goes on.
        async with turn.session.begin_nested():
            plan = await _store(turn, review, draft)
    except Refused:
        keyboard = ((turn.button("back", _data(SUMMARY, row)), turn.button("plan_drop", _data(DROP, row))),)
        turn.edit("plan_import.not_stored", keyboard=keyboard)
        return
    await _stop_listening(turn)
    await plan_imports.end(turn.session, row, plan_imports.IMPORTED, turn.at)
    ready = await overview.readiness(turn.session, plan)
    turn.edit(
        "plan_import.imported",
        plan=plan,
        count=len(draft.measures),
        without_owner=ready.without_owner,
        without_people=ready.without_people,
        has_rounds=ready.has_rounds,
    )


async def _store(turn: Turn, review: Review, draft: Draft) -> Plan:
    known = await plan_changes.same_plan(turn.session, draft)
    if known is not None:
        return await _store_changes(turn, review, draft, known)
    plan = await plans.store(turn.session, draft, municipality=turn.house.municipality, actor=turn.actor, at=turn.at)
    await plan_imports.leave_unasked(turn.session, plan, review.asked_of_nobody, actor=turn.actor, at=turn.at)
    await plan_ahead(turn.session, plan, turn.today, turn.house.hours.calendar)
    return plan


async def _store_changes(turn: Turn, review: Review, draft: Draft, plan: Plan) -> Plan:
    changes = await _changes(turn, draft)
    assert changes is not None
    applied = await plan_changes.apply(turn.session, plan, draft, changes, actor=turn.actor, at=turn.at)
    # Who follows up a measure that was there before is not a question of the document.
    added = {measure.ref for measure in changes.measures.added}
    await plan_imports.leave_unasked(turn.session, plan, review.asked_of_nobody & added, actor=turn.actor, at=turn.at)
    await plan_changed(turn.session, plan, applied, turn.at, turn.house.hours)
    return plan
