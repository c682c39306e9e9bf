"""Finding what an answer names: a unit, a person or a plan, by its button or by its name."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from bot.tasks.task import Answers, Choice, TaskRefused, by_id
from bot.turn import Turn, shorten
from plan.refusal import Refused
from storage import goals, measures, people, plans, units
from storage.ids import id_of
from storage.tables import Goal, Measure, Person, Plan, Unit
from templates.formats import local_day

MAX_SUGGESTED = 10

Take = Callable[[Turn, Answers, str], Awaitable[int]]
Show = Callable[[Turn, int], Awaitable[None]]


@contextmanager
def said_in(file: str) -> Iterator[None]:
    """What storage refuses, as a sentence of a file of `templates/chat`."""
    try:
        yield
    except TaskRefused:
        raise
    except Refused as refusal:
        raise TaskRefused(f"{file}.{refusal.code}", **refusal.data) from refusal


async def near_units(turn: Turn, name: str) -> list[str]:
    """The units of the municipality somebody may have meant who wrote a name we do not know."""
    known = [found.name for found in await units.everyone(turn.session) if not found.external]
    return get_close_matches(name, known, n=3, cutoff=0.4) or known[:MAX_SUGGESTED]


async def unit_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    """Every unit."""
    return [Choice(f"#{id_of(unit)}", unit.name) for unit in await units.everyone(turn.session)]


async def internal_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    """Every unit of the municipality."""
    return [Choice(f"#{id_of(unit)}", unit.name) for unit in await units.everyone(turn.session) if not unit.external]


async def take_unit(turn: Turn, _answers: Answers, words: str) -> int:
    """The id of a unit that is in use."""
    unit_id = by_id(words)
    found = await units.by_id(turn.session, unit_id) if unit_id else await units.by_name(turn.session, words)
    if found is None or found.archived_at is not None:
        near = [unit.name for unit in await units.everyone(turn.session)]
        near = get_close_matches(words, near, n=3, cutoff=0.4) or near[:MAX_SUGGESTED]
        raise TaskRefused("unit_admin.unknown", name=shorten(words), near=near)
    return id_of(found)


async def take_internal(turn: Turn, answers: Answers, words: str) -> int:
    """The id of a unit of the municipality: one that can be asked."""
    unit_id = await take_unit(turn, answers, words)
    found = await unit(turn, unit_id)
    if found.external:
        raise TaskRefused("unit_admin.never_asked", name=found.name)
    return unit_id


async def unit(turn: Turn, unit_id: int) -> Unit:
    """A unit that an answer names, and that somebody may have archived meanwhile."""
    found = await units.by_id(turn.session, unit_id)
    if found is None or found.archived_at is not None:
        raise TaskRefused("unit_admin.gone")
    return found


async def person_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    """Everybody who is in; those of one name with the day they came in."""
    known = await people.everyone(turn.session)
    names = Counter(person.name.casefold() for person in known)
    return [
        Choice(
            f"#{id_of(person)}",
            person.name
            if names[person.name.casefold()] == 1
            else f"{person.name} ({local_day(person.joined_at, turn.language)})",
        )
        for person in known
    ]


async def take_person(turn: Turn, _answers: Answers, words: str) -> int:
    """The id of a person who is in: by a name, or the beginning of one that fits nobody else."""
    person_id = by_id(words)
    known = await people.everyone(turn.session)
    wanted = " ".join(words.split()).casefold()
    found = (
        [person for person in known if person.id == person_id]
        if person_id
        else [person for person in known if person.name.casefold() == wanted]
        or [person for person in known if person.name.casefold().startswith(wanted)]
    )
    if len(found) > 1:
        raise TaskRefused("people_admin.several", name=shorten(words))
    if not found:
        raise TaskRefused("people_admin.unknown", name=shorten(words))
    return id_of(found[0])


async def person(turn: Turn, person_id: int) -> Person:
    """A person whom an answer names, and who may have left meanwhile."""
    found = await people.by_id(turn.session, person_id)
    if found is None or found.gone_at is not None:
        raise TaskRefused("people_admin.gone")
    return found


async def take_measure(turn: Turn, _answers: Answers, words: str) -> int:
    """The id of a measure by its number, with the short name of its plan after it where several plans have it."""
    measure_id = by_id(words)
    if measure_id:
        return id_of(await measure(turn, measure_id))
    ref, _, slug = words.strip().partition(" ")
    rows = await measures.by_ref(turn.session, words) or [
        row for row in await measures.by_ref(turn.session, ref) if row[1].slug.startswith(slug.strip().lower())
    ]
    if not rows:
        raise TaskRefused("measure_admin.unknown", ref=shorten(words))
    if len(rows) > 1:
        raise TaskRefused("measure_admin.several", ref=ref, slugs=[plan.slug for _found, plan in rows])
    return id_of(rows[0][0])


async def measure(turn: Turn, measure_id: int) -> Measure:
    """A measure that an answer names, and that somebody may have archived meanwhile."""
    found = await measures.by_id(turn.session, measure_id)
    if found is None or found.archived_at is not None:
        raise TaskRefused("measure_admin.gone")
    return found


async def measure_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    """Every measure of every plan."""
    rows = [
        found
        for plan in await plans.everyone(turn.session)
        for found in await measures.of_plan(turn.session, id_of(plan))
    ]
    return [Choice(f"#{id_of(found)}", f"{found.ref} {found.title}") for found in rows]


async def goal_of(turn: Turn, plan_id: int, words: str) -> Goal:
    """A goal of a plan that is in use, by its button or its number."""
    goal_id = by_id(words)
    found = await goals.by_id(turn.session, goal_id) if goal_id else None
    if goal_id is None:
        found = await measures.goal_by_ref(turn.session, plan_id, words)
    if found is None or found.plan_id != plan_id or found.archived_at is not None:
        raise TaskRefused("plan_admin.unknown_goal", ref=shorten(words))
    return found


async def plan_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    """Every plan."""
    return [Choice(f"#{id_of(plan)}", plan.title) for plan in await plans.everyone(turn.session)]


async def take_plan(turn: Turn, _answers: Answers, words: str) -> int:
    """The id of a plan: by its short name, the beginning of it, or words of its title."""
    known = await plans.everyone(turn.session)
    plan_id, wanted = by_id(words), words.strip().casefold()
    if plan_id:
        found = [plan for plan in known if plan.id == plan_id]
    else:
        found = [plan for plan in known if plan.slug == wanted] or [
            plan for plan in known if wanted and (plan.slug.startswith(wanted) or wanted in plan.title.casefold())
        ]
    if len(found) != 1:
        raise TaskRefused("plan_admin.which", slugs=[plan.slug for plan in known])
    return id_of(found[0])


async def plan(turn: Turn, plan_id: int) -> Plan:
    """A plan that an answer names, and that somebody may have archived meanwhile."""
    found = await plans.by_id(turn.session, plan_id)
    if found is None or found.archived_at is not None:
        raise TaskRefused("plan_admin.gone")
    return found
