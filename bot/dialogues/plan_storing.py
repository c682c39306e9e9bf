"""The end of a review: the document is stored as it was decided, or dropped."""

from bot.dialogues.plan_buttons import DROP, DROP_SURELY, SUMMARY, data_of, stamp_of
from bot.dialogues.plan_summary import show_final, stop_listening
from bot.turn import Turn, shorten
from plan.changes import PlanChanges
from plan.refusal import Refused
from plan.review import Review
from scheduler.plan_changes import plan_changed
from scheduler.planning import plan_ahead
from storage import overview, plan_changes, plan_imports, plans
from storage.tables import Plan, PlanImport


async def drop(turn: Turn, row: PlanImport, *, surely: bool) -> None:
    """Drop the review; where something has been decided, after a yes."""
    given = await plan_imports.answered_here(turn.session, row, turn.house.municipality)
    if given and not surely:
        keyboard = (
            (turn.button("plan_drop_surely", data_of(DROP_SURELY, row)), turn.button("back", data_of(SUMMARY, row))),
        )
        turn.edit("plan_import.drop_sure", file=shorten(row.file_name), count=given, keyboard=keyboard)
        return
    await stop_listening(turn)
    await plan_imports.end(turn.session, row, plan_imports.DROPPED, turn.at)
    turn.edit("plan_import.dropped", file=shorten(row.file_name))


async def store_reviewed(turn: Turn, row: PlanImport, shown: int) -> None:
    """Store what was decided, plan its rounds and due dates, and say what is missing: one transaction.

    `shown` is the stamp of the difference the person has said yes to.
    """
    review = await plan_imports.renewed(turn.session, row)
    draft = review.settled
    known = await plan_imports.plan_of(turn.session, review)
    changes = await plan_imports.changes_of(turn.session, review, known) if known else None
    if stamp_of(changes) != shown:
        await show_final(turn, row, is_stale=True)
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
    except Refused as refused:
        keyboard = ((turn.button("back", data_of(SUMMARY, row)), turn.button("plan_drop", data_of(DROP, row))),)
        turn.edit("plan_import.not_stored", why=refused.code, data=refused.data, keyboard=keyboard)
        return
    await stop_listening(turn)
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
