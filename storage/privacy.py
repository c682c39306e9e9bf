"""What is stored about a person, and erasing it.

What becomes of each column is decided in `storage.personal_data`.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CursorResult,
    Executable,
    Table,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlmodel import SQLModel, col
from sqlmodel import select as outbox_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import attachments, audit
from storage.ids import id_of
from storage.people_changes import check_not_last_admin
from storage.personal_data import FATES, Fate
from storage.tables import InboxRow, Invitation, OutboxRow, Person, PlanImport

SECRET = {"token_hash"}
THE_COUNCILS = {"snapshot"}  # a whole report, which says nothing of whoever approved it
NO_NAME = "–"


def tables_of_people() -> Iterator[tuple[Table, list[Column[Any]]]]:
    """Every table with a column that names a person by id, and those columns."""
    for table in SQLModel.metadata.sorted_tables:
        columns = [
            column for column in table.columns if any(key.target_fullname == "person.id" for key in column.foreign_keys)
        ]
        if columns:
            yield table, columns


def fate_of(column: Column[Any]) -> Fate:
    """What becomes of a column that names a person, when they are erased."""
    return FATES[f"{column.table.name}.{column.name}"]


async def counts(session: AsyncSession, person: Person) -> dict[str, int]:
    """How many rows name a person, by table; tables without any are left out."""
    found = {}
    for table, columns in tables_of_people():
        statement = select(func.count()).select_from(table).where(_names(columns, person))
        number = (await _run(session, statement)).scalar_one()
        if number:
            found[table.name] = number
    if person.chat_id is not None:
        incoming = select(func.count()).select_from(InboxRow).where(col(InboxRow.chat_id) == person.chat_id)
        # The question itself is one of them.
        found[InboxRow.__tablename__] = (await _run(session, incoming)).scalar_one()
    return {name: number for name, number in found.items() if number}


async def export(session: AsyncSession, person: Person) -> str:
    """Everything that is stored about a person, as JSON: by table, whole rows. Hashes of links are left out."""
    found: dict[str, Any] = {"person": [person.model_dump(mode="json")]}
    for table, columns in tables_of_people():
        rows = await _run(session, select(table).where(_names(columns, person)))
        stored = [_plain(row._mapping) for row in rows]  # the documented name (sqlalchemy.engine.Row)
        if stored:
            found[table.name] = stored
    if person.chat_id is not None:
        table = SQLModel.metadata.tables[InboxRow.__tablename__]
        rows = await _run(session, select(table).where(table.c.chat_id == person.chat_id))
        found[table.name] = [_plain(row._mapping) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=2, default=_as_text)


async def _run(session: AsyncSession, statement: Executable) -> CursorResult[Any]:
    """Run a statement about tables, whatever their rows are as objects."""
    await session.flush()
    return await (await session.connection()).execute(statement)


def _plain(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in SECRET | THE_COUNCILS}


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _names(columns: list[Column[Any]], person: Person) -> Any:
    return or_(*(column == person.id for column in columns))


async def erase(session: AsyncSession, person: Person, *, actor: audit.Actor, at: datetime) -> int | None:
    """Forget a person: chat, name, roles, units, dialogues, messages to and from them. Returns the chat they had.

    Answers stay as the unit's, and the log keeps the id. Raises `PeopleRefused("last_admin")`.
    """
    if person.is_admin:
        await check_not_last_admin(session, person)
    person_id, chat_id, name = id_of(person), person.chat_id, person.name
    await _forget_documents(session, person_id)
    for table, columns in tables_of_people():
        for column in columns:
            if fate_of(column) is Fate.ROW_GOES:
                await _run(session, delete(table).where(column == person_id))
            elif fate_of(column) is Fate.EMPTIED:
                await _run(session, update(table).where(column == person_id).values({column: None}))
    await attachments.drop_waiting(session, person_id, at)
    await _forget_updates(session, chat_id)
    await _forget_name(session, person_id, name)
    person.name, person.chat_id, person.gone_at, person.blocked_at = "", None, at, None
    person.is_admin = person.is_office = False
    await session.flush()
    audit.record(session, actor, at, "erased", "person", person_id)
    return chat_id


async def _forget_documents(session: AsyncSession, person_id: int) -> None:
    """Plan documents that never became a plan go; what was decided about those that did is the plan's."""
    unused = delete(PlanImport).where(col(PlanImport.person_id) == person_id, col(PlanImport.state) != "imported")
    await _run(session, unused)


async def _forget_updates(session: AsyncSession, chat_id: int | None) -> None:
    """What came from the chat: the texts of what was set aside, and whose chat it was.

    What is being answered keeps its chat until the answer is out, and loses it then.
    """
    if chat_id is None:
        return
    of_chat = update(InboxRow).where(col(InboxRow.chat_id) == chat_id)
    done = of_chat.where(col(InboxRow.state).in_(("done", "set_aside")))
    await _run(session, done.values(chat_id=None, payload=None, answers=None))


async def _forget_name(session: AsyncSession, person_id: int, name: str) -> None:
    """The name in the invitation that let them in, and in what others were told."""
    used = update(Invitation).where(col(Invitation.used_by_id) == person_id).values(name="")
    await _run(session, used)
    if not name:
        return
    for row in await session.exec(outbox_rows(OutboxRow).where(_may_mention(name))):
        if _mentions(row.data, name):
            is_over = row.state in {"sent", "dropped", "failed"}
            row.data = {} if is_over else _without(row.data, _whole(name))


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _may_mention(name: str) -> ColumnElement[bool]:
    """Messages in which a name may stand: the database looks through the many, as it stores their words."""
    stored = cast(col(OutboxRow.data), Text)
    written = {json.dumps(name, ensure_ascii=escaped)[1:-1] for escaped in (True, False)}
    return or_(*(stored.contains(each, autoescape=True) for each in written))


def _mentions(value: Any, name: str) -> bool:
    return json.dumps(name, ensure_ascii=False)[1:-1] in json.dumps(value, ensure_ascii=False)


def _without(value: Any, name: re.Pattern[str]) -> Any:
    """What somebody is still to be told, without a name in it."""
    match value:
        case str():
            return name.sub(NO_NAME, value)
        case list():
            return [_without(each, name) for each in value]
        case dict():
            return {key: _without(each, name) for key, each in value.items()}
    return value
