"""An approved report is made in Word on the template that was in use when it was approved."""

from datetime import timedelta

import pytest

from report import approval
from report.snapshot import canonical_json, digest
from storage import reports, word_templates
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from tests.report import samples
from tests.storage.rows import AT, add_person, add_plan


@pytest.mark.parametrize(("installed", "in_use"), [(-1, b"before"), (1, None)])
async def test_a_template_that_comes_after_the_approval_changes_no_approved_report(
    sqlite: Database, installed: int, in_use: bytes | None
) -> None:
    snapshot = samples.vefsn(state="approved", approved_on=AT.date())
    text = canonical_json(snapshot).decode()
    async with sqlite.write() as session:
        plan, person = await add_plan(session), await add_person(session, 1, is_office=True)
        row = await reports.add(session, id_of(plan), 2022, 1, text, digest(snapshot), actor=COMMAND_LINE, at=AT)
        await reports.approve(session, row, text, digest(snapshot), {}, person_id=id_of(person), at=AT)
        at = AT + timedelta(days=installed)
        await word_templates.install(session, "nb", "mal.docx", b"before", actor=COMMAND_LINE, at=at)
        later = AT + timedelta(days=2)
        await word_templates.install(session, "nb", "mal.docx", b"after", actor=COMMAND_LINE, at=later)
        assert (await approval.read(session, row)).word_template == in_use
