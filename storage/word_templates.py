"""The municipality's own Word templates, one in use for each language."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.ids import id_of
from storage.tables import WordTemplate

LONGEST_NAME = 120


async def in_use(session: AsyncSession, language: str, at: datetime | None = None) -> WordTemplate | None:
    """The template of a language, now or as it was at a time; None where ours is used."""
    wanted = select(WordTemplate).where(WordTemplate.language == language)
    if at is not None:
        wanted = wanted.where(col(WordTemplate.installed_at) <= at)
    found = (await session.exec(wanted.order_by(col(WordTemplate.id).desc()).limit(1))).first()
    if found is None:
        return None
    taken_back = found.taken_back_at is not None and (at is None or found.taken_back_at <= at)
    return None if taken_back else found


async def all_in_use(session: AsyncSession) -> list[WordTemplate]:
    """The templates in use now, by language."""
    languages = await session.exec(select(WordTemplate.language).distinct().order_by(col(WordTemplate.language)))
    return [row for language in languages.all() if (row := await in_use(session, language)) is not None]


async def install(
    session: AsyncSession, language: str, name: str, content: bytes, *, actor: audit.Actor, at: datetime
) -> WordTemplate:
    """Use a template from now on; the same one again changes nothing."""
    digest = sha256(content).hexdigest()
    before = await in_use(session, language)
    if before is not None and before.digest == digest:
        return before
    row = WordTemplate(language=language, name=name[-LONGEST_NAME:], digest=digest, content=content, installed_at=at)
    session.add(row)
    await session.flush()
    audit.record(session, actor, at, "set", "word_template", id_of(row), after={"digest": digest})
    return row


async def take_back(session: AsyncSession, language: str, *, actor: audit.Actor, at: datetime) -> bool:
    """Use ours again; False where it is used already."""
    row = await in_use(session, language)
    if row is None:
        return False
    row.taken_back_at = at
    await session.flush()
    audit.record(session, actor, at, "removed", "word_template", id_of(row), before={"digest": row.digest})
    return True
