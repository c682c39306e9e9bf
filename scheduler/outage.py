"""When the service was away: what was not said then is said once, in one message, with the reason.

The service notes that it runs; a longer silence is an outage when it is back. So is what happened between a backup and
the hour in which it was put back: nobody knows what was said and answered then.
"""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler import open_questions
from storage import directory, outages, outbox, state
from storage.outages import Outage

RUNNING = "service_running"
NOTED_EVERY = timedelta(hours=1)
NOTICEABLE = timedelta(hours=2)  # a note may be an hour old when the service stops


async def note(session: AsyncSession, at: datetime, hours: SendingHours, *, started: bool) -> None:
    """Note that the service runs at a moment; when it has just `started`, how long it was away is noted with it.

    While it runs a simulated clock may leap, and that is no outage. A clock that was set back lets nothing wait for the
    moment it showed before.
    """
    stored = await state.get(session, RUNNING)
    await state.put(session, RUNNING, {"at": at.isoformat()})
    if stored is None:
        return
    before = datetime.fromisoformat(stored["at"])
    if started and at - before > NOTICEABLE:
        await outages.add(session, Outage(before, at))
    elif before - at > NOTICEABLE:
        await outbox.bring_forward(session, at, hours)


async def restored(session: AsyncSession, made_at: datetime, at: datetime, hours: SendingHours) -> None:
    """A backup made at a moment has been put back: whoever is asked something hears it, in one message.

    What was said after the backup cannot be known. What waits in the outbox may have come before, and says so.
    """
    await outbox.may_have_come(session)
    await state.put(session, RUNNING, {"at": at.isoformat()})
    await outages.add(session, Outage(min(made_at, at), at, "restored"))
    today = hours.local_date(at)
    people = await directory.read(session, today)
    asked = [person for person in people.people if await open_questions.questions_of(session, person, today)]
    await outbox.write_daily(session, asked, at, hours)
