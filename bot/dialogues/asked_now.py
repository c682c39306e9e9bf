"""What answering about a measure now would be about: the whole of it, or the part of a unit."""

from bot.dialogues.asked import Asked
from bot.turn import Turn
from scheduler import answers
from storage import parts
from storage.ids import id_of
from storage.tables import Measure


async def asked_now(turn: Turn, measure: Measure) -> Asked | None:
    """What the person would answer about, with its open request if there is one; None for somebody of no unit of it.

    Whoever answers for the whole is not asked for a part before that is done.
    """
    mine = {id_of(unit) for unit in turn.answers_for}
    waiting = [row for row in await parts.open_of_measure(turn.session, id_of(measure)) if row.unit_id in mine]
    if measure.owner_id in mine:
        requests = await answers.open_requests(turn.session, id_of(measure))
        open_now = [*requests, *waiting]
        return Asked.of_request(open_now[0]) if open_now else Asked(id_of(measure))
    if waiting:
        return Asked.of_request(waiting[0])
    named = (await parts.named(turn.session, [id_of(measure)])).get(id_of(measure), ())
    unit_id = next((unit_id for unit_id in named if unit_id in mine), None)
    return Asked(id_of(measure), part_id=unit_id) if unit_id else None


async def on_behalf_of(turn: Turn, measure: Measure, unit_id: int) -> Asked:
    """What the office would write down for a unit: about the whole where it leads the measure, else about its part."""
    if unit_id == measure.owner_id:
        requests = await answers.open_requests(turn.session, id_of(measure))
        return Asked(id_of(measure), id_of(requests[0]) if requests else 0, on_behalf=True)
    waiting = [row for row in await parts.open_of_measure(turn.session, id_of(measure)) if row.unit_id == unit_id]
    return Asked(id_of(measure), id_of(waiting[0]) if waiting else 0, on_behalf=True, part_id=unit_id)
