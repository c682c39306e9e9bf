"""The main job, from plan file to report, over HTTP, on both databases: the demo's story, looked at from outside."""

import re
from collections import Counter
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
import pytest
import yaml
from sqlmodel import col, select

from emulator import BotApiServer, Person
from report.snapshot import Snapshot
from storage import inbox, reports
from storage.database import Database
from storage.tables import OutboxRow, Report, StatusReply, StatusRequest
from templates import words
from tiltaksvakt.clock import SimulatedClock, SystemClock
from tiltaksvakt.demo.cast import Script
from tiltaksvakt.demo.numbers import count
from tiltaksvakt.demo.stage import ANSWERS_FILE, PLAN_FILE, TOKEN
from tiltaksvakt.demo.year import COUNCIL_MEETS, EARLY, FIRST_DAY, NEVER_ANSWERED, YEAR, Year
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings

OSLO = ZoneInfo("Europe/Oslo")


def _settings(api: str) -> Settings:
    return Settings.load(
        env_file=None,
        telegram_token=TOKEN,
        telegram_api=api,
        bot_username="tiltaksvakt_bot",
        municipality="Vefsn kommune",
        leader_title="rådmann",
    )


async def test_a_plan_goes_in_and_the_report_the_council_gets_comes_out(database: Database) -> None:
    script = Script.of(yaml.safe_load(ANSWERS_FILE.read_text(encoding="utf-8")))
    given = {**script.answers, **script.corrections}
    starts = datetime.combine(FIRST_DAY, EARLY, OSLO)
    clock = await SimulatedClock.open(database, starts, SystemClock())
    async with BotApiServer.running(token=TOKEN, now=clock.now, rate_limit=False) as server:
        async with Service.opened(_settings(server.url), database, clock) as service:
            year = Year(database, clock, server, service, script, PLAN_FILE)
            plan = await year.live()

        newest = select(Report.snapshot).order_by(col(Report.version).desc())
        async with database.read() as session:
            snapshot = Snapshot.model_validate_json((await session.exec(newest)).first() or "")
            numbers = await count(session, plan, YEAR)
            assert not await inbox.has_open(session)
            sent = list(await session.exec(select(OutboxRow).where(OutboxRow.state == "sent")))
            replies = list(await session.exec(select(StatusReply)))
            left = list(await session.exec(select(StatusRequest).where(col(StatusRequest.closed_at).is_(None))))

        expected = {ref: answer["status"] for ref, answer in given.items()}
        said = {measure.ref: words.say(f"status.{measure.status}") for measure in snapshot.measures if measure.status}
        assert said == expected
        assert [measure.ref for measure in snapshot.measures if measure.status is None] == [NEVER_ANSWERED]
        assert len(snapshot.measures) == 12

        texts = {measure.ref: measure.report_text for measure in snapshot.measures}
        for ref, answer in given.items():
            assert texts[ref] == script.report_texts.get(ref, answer["kommentar"])

        unanswered = next(measure for measure in snapshot.measures if measure.ref == NEVER_ANSWERED)
        assert unanswered.escalated_to == "rådmannens kontor", "the level held by the same person was skipped"
        assert snapshot.example

        assert (numbers.asked, numbers.answered, numbers.on_behalf, numbers.corrected) == (11, 10, 1, 1)
        assert len(replies) == len(expected) + numbers.corrected + 1, "1.2 was answered in January and in the round"
        assert {request.measure_id for request in left} <= {unanswered_id(left)}

        # On its day the draft of the report comes as a file of its own beside the daily message.
        drafts = [row for row in sent if row.kind.startswith(reports.NOTICE)]
        assert len({row.person_id for row in drafts}) == len(drafts) == 1
        per_day = Counter((row.person_id, row.day) for row in sent if row not in drafts)
        assert max(per_day.values()) == 1, "one message a day"
        for row in sent:
            assert row.sent_at is not None
            local = row.sent_at.astimezone(OSLO)
            assert year.house.hours.is_open(row.sent_at), local
            assert local.date() <= COUNCIL_MEETS

        documents = dict(year.documents())
        assert {name.rsplit(".", 1)[1] for name in documents} == {"docx", "pdf", "html"}
        word = docx.Document(BytesIO(next(content for name, content in documents.items() if name.endswith("docx"))))
        cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
        for measure in snapshot.measures:
            assert measure.ref in cells
            assert any(cell.splitlines()[:1] == [measure.title] for cell in cells)

        for person in server.people:
            _no_markup_left(person)


def unanswered_id(left: list[StatusRequest]) -> int:
    """The measure of the requests that are still open: there is only one."""
    (found,) = {request.measure_id for request in left}
    return found


def _no_markup_left(person: Person) -> None:
    """Nobody ever saw a tag, an entity or a template's brace."""
    for message in person.messages:
        if message.from_bot:
            assert not re.search(r"</?[a-z]+>|&[a-z]+;|{{|{%", message.text), message.text


@pytest.mark.parametrize("name", ["vefsn.yaml", "vefsn-svar.yaml"])
def test_the_example_lies_where_the_demo_looks_for_it(name: str) -> None:
    assert (PLAN_FILE.parent / name).is_file()
