"""What is well and what is not: settings, database, the bot's token, the clock, plans, and what went astray."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.tasks.settings import word_of
from plan.refusal import Refused
from scheduler.settings import PlanSettings
from storage import directory, measures, meetings, overview, parts, plans, state, word_templates
from storage.database import Database, explain, open_database
from storage.ids import id_of
from storage.schema_version import HEAD, upgrade
from storage.tables import Plan
from tiltaksvakt.bot_name import ask
from tiltaksvakt.clock import SimulatedClock, open_clock
from tiltaksvakt.settings import ENV_FILE, Settings, SettingsRefused, unknown_names

PROBE = "doctor"


class Level(IntEnum):
    """How grave a finding is; the gravest is the exit code."""

    OK = 0
    LOOK = 1
    BROKEN = 2


@dataclass(frozen=True)
class Finding:
    """One line: `code` names a sentence in `templates/cli/doctor.j2`, unless a `refused` has its own."""

    level: Level
    code: str = ""
    data: dict[str, object] = field(default_factory=dict)
    refused: Refused | None = None


async def examine(*, health: bool = False) -> AsyncIterator[Finding]:
    """Look at everything, in the order in which one thing needs another.

    With `health` not at what takes a while and cannot keep the service from its job: the Word templates, which are
    filled.
    """
    try:
        settings = Settings.load()
    except SettingsRefused as refused:
        yield Finding(Level.BROKEN, refused=refused)
        return
    for finding in _settings(settings):
        yield finding
    for finding in _brand(settings):
        yield finding
    yield await _token(settings)
    try:
        database = open_database(settings.database_url)
    except Refused as refused:
        yield Finding(Level.BROKEN, refused=refused)
        return
    try:
        async for finding in _in_database(settings, database, health=health):
            yield finding
    except Refused as refused:
        yield Finding(Level.BROKEN, refused=refused)
    except (DBAPIError, OSError) as error:
        yield Finding(Level.BROKEN, refused=explain(error))
    finally:
        await database.close()


def _settings(settings: Settings) -> list[Finding]:
    misspelt = [Finding(Level.LOOK, "unknown_setting", {"name": name}) for name in unknown_names(_names())]
    if settings.municipality is None:
        return [*misspelt, Finding(Level.LOOK, "no_municipality")]
    return misspelt or [Finding(Level.OK, "settings", {"municipality": settings.municipality})]


def _brand(settings: Settings) -> list[Finding]:
    """Whether the logo can be used; nothing where none is set."""
    try:
        brand = settings.brand()
    except SettingsRefused as refused:
        return [Finding(Level.BROKEN, refused=refused)]
    return [Finding(Level.OK, "logo")] if brand is not None and brand.logo is not None else []


def _names() -> set[str]:
    from dotenv import dotenv_values

    return {*os.environ, *dotenv_values(ENV_FILE)}


async def _token(settings: Settings) -> Finding:
    try:
        username = await ask(settings.telegram_api, settings.token())
    except SettingsRefused as refused:
        return Finding(Level.BROKEN, refused=refused)
    return Finding(Level.OK, "token", {"username": username})


async def _in_database(settings: Settings, database: Database, *, health: bool) -> AsyncIterator[Finding]:
    await upgrade(database)
    async with database.rehearse() as session:
        await state.put(session, PROBE, {})
    yield Finding(Level.OK, "database", {"kind": database.dialect, "schema": HEAD})
    clock = await open_clock(settings, database)
    simulated = isinstance(clock, SimulatedClock)
    yield Finding(
        Level.OK, "simulated_clock" if simulated else "clock", {"now": clock.now(), "zone": settings.timezone}
    )
    async with database.read() as session:
        if not await overview.has_admin(session):
            yield Finding(Level.LOOK, "no_admin")
        async for finding in _plans(session, settings.sending_hours().local_date(clock.now())):
            yield finding
        for finding in await _units(session):
            yield finding
        if not health:
            async for finding in _word_templates(session):
                yield finding
        for finding in _traffic(await overview.traffic(session)):
            yield finding


async def _word_templates(session: AsyncSession) -> AsyncIterator[Finding]:
    """Whether the municipality's own Word templates can still be used; a new version may have taken a field away."""
    for own in await word_templates.all_in_use(session):
        from report import template_check, template_samples  # heavy: draws and lays out

        try:
            template_check.rendered(template_samples.full(own.language), own.content)
            yield Finding(Level.OK, "word_template", {"of": own.language})
        except template_check.TemplateRefused as refused:
            yield Finding(Level.LOOK, refused=refused.in_use())


async def _plans(session: AsyncSession, today: date) -> AsyncIterator[Finding]:
    everyone = await plans.everyone(session)
    if not everyone:
        yield Finding(Level.LOOK, "no_plans")
    for plan in everyone:
        ready = await overview.readiness(session, plan)
        contradicted = False
        async for finding in _contradictions(session, plan, today):
            contradicted = True
            yield finding
        lacks = {
            "without_owner": bool(ready.without_owner),
            "without_people": bool(ready.without_people),
            "no_rounds": not ready.has_rounds,
            "provisional": bool(ready.provisional),
        }
        data: dict[str, object] = {
            "slug": plan.slug,
            "refs": ready.without_owner,
            "units": ready.without_people,
            "years": [row.year for row in ready.provisional],
        }
        for code, lacking in lacks.items():
            if lacking:
                yield Finding(Level.LOOK, code, data)
        if not contradicted and not any(lacks.values()):
            yield Finding(Level.OK, "plan", data)


async def _contradictions(session: AsyncSession, plan: Plan, today: date) -> AsyncIterator[Finding]:
    """What a plan says of itself that cannot be, or what it does not say: the scheduler makes the best of it."""
    for path in PlanSettings.faults(plan.settings):
        yield Finding(Level.LOOK, "unusable_setting", {"slug": plan.slug, "word": word_of(path), "field": path})
    if plan.first_year is None:
        yield Finding(Level.LOOK, "no_period", {"slug": plan.slug, "year": today.year})
    for day, bodies in (await meetings.on_one_day(session, plan, today)).items():
        yield Finding(Level.LOOK, "two_meetings", {"slug": plan.slug, "day": day, "bodies": bodies})
    if PlanSettings.usable(plan.settings).ask_parts and (units := await _without_people_for_parts(session, plan)):
        yield Finding(Level.LOOK, "parts_without_people", {"slug": plan.slug, "units": units})


async def _without_people_for_parts(session: AsyncSession, plan: Plan) -> list[str]:
    """The units that are to be asked for their part of a measure, and that nobody in the chat answers for."""
    people = await directory.read(session)
    rows = await measures.of_plan(session, id_of(plan))
    named = (await parts.named(session, [id_of(row) for row in rows])).values()
    found = dict.fromkeys(unit_id for units in named for unit_id in units if not people.members(unit_id))
    owners = {row.owner_id for row in rows}
    return [people.units[unit_id].name for unit_id in found if unit_id not in owners]


async def _units(session: AsyncSession) -> list[Finding]:
    people = await directory.read(session)
    circles = [[people.units[unit_id].name for unit_id in circle] for circle in people.circles()]
    return [Finding(Level.LOOK, "circle", {"units": units}) for units in circles]


def _traffic(traffic: overview.Traffic) -> list[Finding]:
    found = [
        Finding(Level.LOOK, "failed", {"problem": problem, "count": count}) for problem, count in traffic.failed.items()
    ]
    if traffic.set_aside:
        found.append(Finding(Level.LOOK, "set_aside", {"count": traffic.set_aside}))
    return found or [Finding(Level.OK, "traffic", {"waiting": traffic.waiting})]
