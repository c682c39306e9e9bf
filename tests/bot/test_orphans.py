"""An admin hears of a due date that nobody is asked about, also long before or after any round."""

from datetime import UTC, datetime

from sqlmodel import select

from storage.database import Database
from storage.people import Role
from storage.tables import Plan
from tests.town import town

NOVEMBER = datetime(2021, 11, 1, 7, 5, tzinfo=UTC)  # 1.4 is due on 1 January 2022, and has no owner
DAY_AFTER = datetime(2021, 11, 2, 7, 5, tzinfo=UTC)


async def test_an_admin_hears_of_a_near_due_date_without_an_owner(database: Database) -> None:
    async with town(database, NOVEMBER) as living:
        await living.import_plan()
        admin = await living.join(Role.ADMIN, "Testadmin")
        await living.go_to(DAY_AFTER)
        assert admin.last is not None
        said = admin.transcript()
        assert "Frist, men ingen å spørre" in said
        assert "• 1.4 Videreføring av ungdomsprosjekt" in said
        assert "planens frist er 1. januar 2022" in said


async def test_settings_that_cannot_be_used_do_not_hold_up_the_admins_message(database: Database) -> None:
    async with town(database, NOVEMBER) as living:
        await living.import_plan()
        async with database.write() as session:
            plan = (await session.exec(select(Plan))).one()
            plan.settings = {"lead_days": ["-3"]}
        admin = await living.join(Role.ADMIN, "Testadmin")
        await living.go_to(DAY_AFTER)
        assert any(message.from_bot and message.text for message in admin.messages[2:]), admin.transcript()
