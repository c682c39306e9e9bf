"""An admin who leaves the review of a plan document open hears of it once."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from storage import outbox, plan_imports
from storage.ids import id_of
from storage.tables import PlanImport

LEFT_FOR = 3  # working days


async def remind_later(session: AsyncSession, row: PlanImport, at: datetime, hours: SendingHours) -> None:
    """Remind of a review in three working days, counted anew each time somebody goes on with it; once in all."""
    if row.person_id is None:
        return
    day = hours.calendar.add(hours.local_date(at), LEFT_FOR)
    opens = hours.next_open(datetime.combine(day, hours.opens, hours.zone))
    kind = f"{plan_imports.NOTICE}:{id_of(row)}"
    await outbox.write_or_move(session, row.person_id, kind, at, opens, hours.local_date(opens))
