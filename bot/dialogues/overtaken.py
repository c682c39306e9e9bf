"""Whoever has begun to answer what somebody else answers now hears of it at once: nobody works on it in vain."""

from bot.dialogues import draft as drafts
from bot.dialogues.asked import Asked
from bot.dialogues.draft import Draft
from bot.turn import Turn
from storage import dialogues, outbox
from storage.ids import id_of
from storage.tables import StatusReply

NOTICE = "answered_by_other"


async def tell(turn: Turn, asked: Asked, reply: StatusReply) -> None:
    """Tell everybody else who has the question open, or words for it, that it is answered."""
    for row in await dialogues.of_kind(turn.session, drafts.KIND):
        draft = drafts.of_dialogue(row)
        if row.person_id != turn.person_id and draft is not None and _is_about(draft, asked):
            kind = f"{NOTICE}:{id_of(reply)}"
            await outbox.write_notice(turn.session, row.person_id, kind, {}, turn.at, turn.house.hours)


def _is_about(draft: Draft, asked: Asked) -> bool:
    """Whether an answer in the making is one to the same question; a correction answers another."""
    about = (asked.measure_id, asked.part_id, 0)
    return any(about == (each.asked.measure_id, each.asked.part_id, each.asked.supersedes_id) for each in draft.all())
