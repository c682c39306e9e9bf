"""The inbox: every update is here before Telegram is told that we have it, and leaves when nothing is left to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.insert import insert_new
from storage.tables import InboxRow, StatusReply

MAX_ATTEMPTS = 3
OPEN = ("new", "answering")
IS_OPEN = col(InboxRow.state).in_(bindparam(None, OPEN, expanding=True, literal_execute=True))
"""In the words of the index of open rows, and not as parameters: SQLite looks in an index of some rows only where the
statement itself says that it asks for these (https://www.sqlite.org/partialindex.html)."""
KEPT = timedelta(hours=48)
ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Received:
    """An update as it is to be stored: already redacted."""

    update_id: int
    chat_id: int | None
    payload: dict[str, Any]


async def store(session: AsyncSession, bot_id: int, updates: Sequence[Received], at: datetime) -> int:
    """Write updates down; one that is already there is left alone. Returns how many were new.

    Telegram keeps an update for 24 hours and may start its numbers afresh after a quiet week, so a number that was
    done with two days ago names another update now, and makes room for it.
    """
    numbers = [received.update_id for received in updates]
    await _forget(session, bot_id, numbers, at - KEPT)
    rows = [
        {
            "bot_id": bot_id,
            "update_id": received.update_id,
            "chat_id": received.chat_id,
            "payload": received.payload,
            "received_at": at,
        }
        for received in updates
    ]
    return await insert_new(session, InboxRow, rows)


async def _forget(session: AsyncSession, bot_id: int, numbers: Sequence[int], before: datetime) -> None:
    old = list(
        await session.exec(
            select(InboxRow.id).where(
                InboxRow.bot_id == bot_id,
                col(InboxRow.update_id).in_(numbers),
                col(InboxRow.received_at) < before,
                ~IS_OPEN,
            )
        )
    )
    if old:
        await session.exec(update(StatusReply).where(col(StatusReply.inbox_id).in_(old)).values(inbox_id=None))
        await session.exec(delete(InboxRow).where(col(InboxRow.id).in_(old)))


async def next_open(session: AsyncSession, at: datetime, busy: Collection[int | None] = ()) -> InboxRow | None:
    """The oldest update that is not done, of a chat that is not busy and in which no older one waits; or None."""
    waiting = set(busy)
    oldest: InboxRow | None = (await session.exec(_of_others(select(InboxRow), waiting).limit(1))).first()
    if oldest is None or oldest.next_attempt_at is None or oldest.next_attempt_at <= at:
        return oldest  # as it is nearly always
    while True:
        known = len(waiting)
        # What was written is read of the one row that is taken, not of all those that are passed over.
        numbers = select(InboxRow.id, InboxRow.chat_id, InboxRow.next_attempt_at)
        for row_id, chat_id, next_attempt_at in await session.exec(_of_others(numbers, waiting).limit(ROWS_AT_ONCE)):
            if chat_id in waiting:
                continue
            if next_attempt_at is not None and next_attempt_at > at:
                waiting.add(chat_id)
            elif found := await _still_open(session, row_id):
                return found
        if len(waiting) == known:
            return None


async def _still_open(session: AsyncSession, row_id: int | None) -> InboxRow | None:
    """A row, unless somebody else has finished it since it was found."""
    return (await session.exec(select(InboxRow).where(InboxRow.id == row_id, IS_OPEN))).first()


def _of_others(rows: Any, waiting: Collection[int | None]) -> Any:
    """Open rows of none of these chats, the oldest first; None stands for what belongs to no chat."""
    numbered = {chat_id for chat_id in waiting if chat_id is not None}
    of_others, of_none = col(InboxRow.chat_id).not_in(numbered), col(InboxRow.chat_id).is_(None)
    wanted = of_others & ~of_none if None in waiting else of_others | of_none
    return rows.where(IS_OPEN, wanted).order_by(col(InboxRow.id))


async def more_of_group(session: AsyncSession, inbox_id: int, group: str) -> bool:
    """Whether another message of the same album still waits to be handled."""
    row = await session.get(InboxRow, inbox_id)
    rows = await session.exec(
        select(InboxRow.payload).where(
            InboxRow.chat_id == (row.chat_id if row else None), InboxRow.state == "new", col(InboxRow.id) > inbox_id
        )
    )
    return any(((payload or {}).get("message") or {}).get("media_group_id") == group for payload in rows)


async def has_open(session: AsyncSession) -> bool:
    """Whether anything is left to do."""
    return (await session.exec(select(InboxRow.id).where(IS_OPEN).limit(1))).first() is not None


async def claim(session: AsyncSession, row: InboxRow) -> bool:
    """Whether a new update is ours to handle: a second process that saw it too finds it taken."""
    return await _change_if(session, row, attempts=row.attempts + 1)


async def take_over(session: AsyncSession, row: InboxRow, until: datetime) -> bool:
    """Whether the answers of an update are ours to give until a moment; after it, another may take them over."""
    return await _change_if(session, row, next_attempt_at=until)


async def _change_if(session: AsyncSession, row: InboxRow, **values: object) -> bool:
    """Change a row that is still as it was read."""
    since = col(InboxRow.next_attempt_at)
    statement = (
        update(InboxRow)
        .where(
            col(InboxRow.id) == row.id,
            col(InboxRow.state) == row.state,
            col(InboxRow.attempts) == row.attempts,
            since.is_(None) if row.next_attempt_at is None else since == row.next_attempt_at,
        )
        .values(**values)
    )
    result = await session.exec(statement.execution_options(synchronize_session=False))
    return result.rowcount == 1


async def handled(session: AsyncSession, row_id: int, answers: list[Any], until: datetime) -> None:
    """The effects of an update are in this transaction; its answers are still to be sent, by us until a moment.

    One that is done with keeps neither what was written nor whose chat it was.
    """
    of_nobody = {} if answers else {"chat_id": None}
    await _change(
        session,
        row_id,
        state="answering" if answers else "done",
        answers=answers or None,
        next_attempt_at=until if answers else None,
        payload=None,
        attempts=0,
        problem=None,
        **of_nobody,
    )


async def answered(session: AsyncSession, row_id: int, left: list[Any]) -> None:
    """An answer went out; what is left is still to be sent."""
    if left:
        await _change(session, row_id, state="answering", answers=left, next_attempt_at=None)
    else:
        await all_answered(session, [row_id])


async def all_answered(session: AsyncSession, row_ids: Collection[int]) -> None:
    """Every answer to these updates went out: nothing is left to do, and whose chat it was is forgotten."""
    statement = (
        update(InboxRow)
        .where(col(InboxRow.id).in_(row_ids))
        .values(state="done", answers=None, next_attempt_at=None, chat_id=None)
    )
    await session.exec(statement.execution_options(synchronize_session=False))


async def failed(session: AsyncSession, row: InboxRow, until: datetime, why: str) -> bool:
    """An attempt at a row as it was read went wrong: try again later, or set it aside after the third time; True if so.

    What another process has done with it meanwhile stands.
    """
    attempts = row.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return await _change_if(session, row, state="set_aside", attempts=attempts, problem=why, next_attempt_at=None)
    await _change_if(session, row, attempts=attempts, problem=why, next_attempt_at=until)
    return False


async def postponed(session: AsyncSession, row_id: int, left: list[Any], attempts: int, until: datetime) -> None:
    """The answers that are left are to be sent later."""
    await _change(session, row_id, answers=left, attempts=attempts, next_attempt_at=until)


async def _change(session: AsyncSession, row_id: int, **values: object) -> None:
    statement = update(InboxRow).where(col(InboxRow.id) == row_id).values(**values)
    await session.exec(statement.execution_options(synchronize_session=False))
