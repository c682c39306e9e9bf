"""Everything that admins do step by step or by a one-line command."""

from bot.tasks import (
    goals,
    invitations,
    measure_wizards,
    measures,
    measures_together,
    people,
    plan_merge,
    plan_move,
    plans,
    reporting,
    settings,
    targets,
    units,
)
from bot.tasks.task import Task

TASKS: dict[str, Task] = {
    task.code: task
    for task in (
        *units.TASKS,
        *people.TASKS,
        *invitations.TASKS,
        *settings.TASKS,
        *measures.TASKS,
        *measures_together.TASKS,
        *measure_wizards.TASKS,
        plan_move.TASK,
        *plans.TASKS,
        plan_merge.TASK,
        *goals.TASKS,
        *targets.TASKS,
        *reporting.TASKS,
    )
}
