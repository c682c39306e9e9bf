"""Everything that admins do step by step or by a one-line command."""

from bot.tasks import goals, invitations, measure_wizards, measures, people, plans, reporting, settings, targets, units
from bot.tasks.task import Task

TASKS: dict[str, Task] = {
    task.code: task
    for task in (
        *units.TASKS,
        *people.TASKS,
        *invitations.TASKS,
        *settings.TASKS,
        *measures.TASKS,
        *measure_wizards.TASKS,
        *plans.TASKS,
        *goals.TASKS,
        *targets.TASKS,
        *reporting.TASKS,
    )
}
