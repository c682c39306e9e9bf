"""The page to try the bot on, over HTTP as a browser without JavaScript uses it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

import templates
from emulator import Person
from tiltaksvakt.tryout.cast import Seat
from tiltaksvakt.tryout.serving import opened
from tiltaksvakt.tryout.stage import DATABASE, Stage, TryoutRefused

MOST_STEPS = 100  # of the clock, until the leader is asked
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8) + (3).to_bytes(4) + (2).to_bytes(4)


@dataclass
class Visitor:
    """A browser without JavaScript: it shows pages and sends their forms."""

    client: httpx.AsyncClient
    stage: Stage
    page: str = ""

    async def look(self, address: str = "/") -> str:
        self.page = unescape((await self.client.get(address)).text)
        return self.page

    async def post(self, action: str, files: Any = None, **fields: object) -> httpx.Response:
        key = re.search(r'name="key" value="([^"]+)"', self.page)
        assert key is not None
        given = {"key": key[1], **{name: str(value) for name, value in fields.items()}}
        answer = await self.client.post(action, data=given, files=files)
        self.page = unescape(answer.text) if answer.is_success else self.page
        return answer

    async def say(self, seat: Seat, text: str, **fields: object) -> httpx.Response:
        return await self.post("/send", seat=seat.value, chat=self.person(seat).id, text=text, **fields)

    async def press(self, seat: Seat, label: str) -> httpx.Response:
        person = self.person(seat)
        found = [
            (message, button)
            for message in person.messages
            for row in message.buttons
            for button in row
            if button.text.startswith(label)
        ]
        message, button = found[-1]
        return await self.post("/press", seat=seat.value, chat=person.id, message=message.message_id, data=button.data)

    def person(self, seat: Seat) -> Person:
        person = self.stage.person(seat)
        assert person is not None
        return person

    def last(self, seat: Seat) -> str:
        return self.person(seat).last.text


@pytest.fixture
def folder(sqlite_template: Path, tmp_path: Path) -> Path:
    """A folder with a migrated database in it, since migrating takes longer than the rest."""
    made = tmp_path / "try"
    made.mkdir()
    shutil.copy(sqlite_template, made / DATABASE)
    return made


@asynccontextmanager
async def visiting(folder: Path, **options: bool) -> AsyncIterator[Visitor]:
    async with (
        opened(folder, 0, **options) as (url, stage),
        httpx.AsyncClient(base_url=url, follow_redirects=True, timeout=30) as client,
    ):
        visitor = Visitor(client, stage)
        await visitor.look()
        yield visitor


async def test_a_question_is_answered_and_all_is_there_after_a_restart(folder: Path) -> None:
    async with visiting(folder) as visitor:
        assert "Mandag" not in visitor.page
        assert "mandag 4. januar 2021 kl. 08.05" in visitor.page
        assert "Velkommen, Testperson kontor" in visitor.page
        assert visitor.page.count('<section class="window') == 3
        assert "/start" in visitor.page
        assert not re.search(r"/start \w", visitor.page)
        for _ in range(MOST_STEPS):
            if "Jeg trenger status for 2 tiltak" in visitor.page:
                break
            await visitor.post("/clock/next", seat="leader")
        assert "Testperson SLT-koordinator fikk én melding" in visitor.page
        assert "mandag 15. mars 2021 kl. 08.00" in visitor.page
        await visitor.press(Seat.LEADER, "Svar nå")
        await visitor.press(Seat.LEADER, "🔵 I gang")
        await visitor.say(Seat.LEADER, "Kurset er <b>holdt</b>")
        await visitor.press(Seat.LEADER, "Lagre")
        assert "Ungdata" in visitor.last(Seat.LEADER)
        transcript = visitor.person(Seat.LEADER).transcript()
    async with visiting(folder) as visitor:
        assert "mandag 15. mars 2021 kl. 08.00" in visitor.page
        assert visitor.person(Seat.LEADER).transcript() == transcript
        assert "<li><button" in visitor.page
        assert "/mine" in visitor.page
        await visitor.press(Seat.LEADER, "🟢 Gjennomført")
        await visitor.press(Seat.LEADER, "Lagre")
        assert "🟢 Gjennomført" in visitor.person(Seat.LEADER).transcript()
    async with visiting(folder, fresh=True) as visitor:
        assert "mandag 4. januar 2021 kl. 08.05" in visitor.page
        assert "Kurset er" not in visitor.page


async def test_replies_edits_files_and_presses_reach_the_bot(folder: Path) -> None:
    async with visiting(folder) as visitor:
        leader, admin = visitor.person(Seat.LEADER), visitor.person(Seat.ADMIN)
        await visitor.say(Seat.LEADER, "/status 1.5")
        question = leader.last
        await visitor.say(Seat.LEADER, "Hei", reply_to=question.message_id)
        assert leader.messages[-2].reply_to is question or leader.messages[-1].reply_to is question
        own = next(message for message in leader.messages if message.text == "Hei")
        await visitor.look(f"/?seat=leader&edit={leader.id}-{own.message_id}")
        assert "Du endrer meldingen." in visitor.page
        assert '">Hei</textarea>' in visitor.page
        await visitor.say(Seat.LEADER, "Hei igjen", edit=own.message_id)
        assert own.text == "Hei igjen"
        assert own.edited
        await visitor.look(f"/?seat=leader&reply={leader.id}-{question.message_id}")
        assert "Svar på «1.5 " in visitor.page

        await visitor.say(Seat.LEADER, "Et bilde", files={"file": ("b.png", PICTURE)})
        picture = next(message for message in leader.messages if message.photo)
        answer = await visitor.client.get(f"/files/{leader.id}/{picture.message_id}")
        assert (answer.headers["content-type"], answer.content) == ("image/png", PICTURE)
        assert 'alt="Bilde. Teksten til det står under."' in visitor.page

        name = 'plan"><script>æ.txt'
        await visitor.say(Seat.ADMIN, "", files={"file": (name, b"Tiltak <script>")})
        sent = next(message for message in admin.messages if message.document)
        assert "<script>æ" not in (await visitor.client.get("/")).text
        answer = await visitor.client.get(f"/files/{admin.id}/{sent.message_id}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''plan")
        assert '"' not in answer.headers["content-disposition"]

        await visitor.say(Seat.OFFICE, "<script>alert(1)</script>")
        assert "<script>alert" not in (await visitor.client.get("/")).text
        await visitor.post("/clock/day", seat="leader", day="2021-03-15")
        await visitor.press(Seat.LEADER, "Svar nå")
        await visitor.press(Seat.LEADER, "🔵 I gang")
        await visitor.say(Seat.LEADER, "Ferdig snart")
        await visitor.press(Seat.LEADER, "Lagre")
        await visitor.press(Seat.LEADER, "Lagre uten kommentar")
        assert '<p class="toast' in visitor.page
        await visitor.look()
        assert "allerede" in visitor.page


async def test_another_leader_sits_down_and_the_first_is_still_there(folder: Path) -> None:
    async with visiting(folder) as visitor:
        units = {unit.name: unit.id for unit in await visitor.stage.units()}
        await visitor.post("/unit", unit=units["NAV"])
        assert "Velkommen, Testperson NAV" in visitor.page
        assert visitor.person(Seat.LEADER).name == "Testperson NAV"
        await visitor.post("/clock/day", seat="office", day="2021-03-15")
        assert "Testperson NAV fikk" in visitor.page
        assert "Testperson SLT-koordinator fikk" in visitor.page
        assert "mandag 15. mars 2021 kl. 08.05" in visitor.page
        await visitor.post("/unit", unit=units["SLT-koordinator"])
        told = [message.text for message in visitor.person(Seat.LEADER).messages]
        assert sum("Velkommen, Testperson SLT-koordinator" in text for text in told) == 1


async def test_bad_input_gets_a_sentence_and_does_nothing(folder: Path) -> None:
    async with visiting(folder) as visitor:
        leader, now = visitor.person(Seat.LEADER), visitor.stage.clock.now()
        before = visitor.stage.server.transcript()
        for told, action, fields in (
            ("Skriv noe", "/send", {"text": "  "}),
            ("høyst 4 096 tegn", "/send", {"text": "a" * 4097}),
            ("Knappen er borte", "/press", {"message": leader.last.message_id, "data": "st:ip:1"}),
            ("Knappen er borte", "/press", {"message": "²", "data": ""}),
            ("Enheten finnes ikke", "/unit", {"unit": "999"}),
            ("Enheten finnes ikke", "/unit", {"unit": "x"}),
            ("Velg en dag etter 4. januar 2021", "/clock/day", {"day": "2021-01-04"}),
            ("Velg en dag etter 4. januar 2021", "/clock/day", {"day": "1999-01-01"}),
            ("Velg en dag etter 4. januar 2021", "/clock/day", {"day": "9999-12-31"}),
            ("Velg en dag etter 4. januar 2021", "/clock/day", {"day": "i morgen"}),
        ):
            answer = await visitor.post(action, **{"seat": "leader", "chat": leader.id} | fields)
            assert told in unescape(answer.text).replace("\u00a0", " "), (action, fields)
        await visitor.say(Seat.LEADER, "", files={"file": ("tom.txt", b"")})
        assert "Filen er tom" in visitor.page
        assert (await visitor.say(Seat.LEADER, "", files={"file": ("stor", bytes(21_000_000))})).status_code == 413
        assert (await visitor.post("/send", seat="leader", chat=1, text="Hei")).status_code == 403
        assert (await visitor.post("/send", seat="nobody", chat=1, text="Hei")).status_code == 403
        for address in ("/files/1/1", f"/files/{leader.id}/1", f"/files/{leader.id}/{leader.last.message_id}", "/nei"):
            assert (await visitor.client.get(address)).status_code == 404
        assert "Det er ingenting her" in (await visitor.client.get("/nei")).text
        assert (await visitor.client.get("/?seat=x&reply=y&edit=1-2&all=z")).status_code == 200
        assert visitor.stage.server.transcript() == before
        assert visitor.stage.clock.now() == now


async def test_only_our_own_forms_on_our_own_address_do_anything(folder: Path) -> None:
    async with visiting(folder) as visitor:
        leader, before = visitor.person(Seat.LEADER), visitor.stage.server.transcript()
        fields = {"seat": "leader", "chat": str(leader.id), "text": "/hjelp"}
        key = re.search(r'name="key" value="([^"]+)"', visitor.page)
        assert key is not None
        known = fields | {"key": key[1]}
        client = visitor.client
        assert (await client.post("/send", data=fields)).status_code == 403
        assert (await client.post("/send", data=fields | {"key": "gjettet"})).status_code == 403
        assert (await client.post("/send", data=fields | {"key": "æ"})).status_code == 403
        for header in ({"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            answer = await client.post("/send", data=known, headers=header)
            assert answer.status_code == 403
            assert "Siden var for gammel" in answer.text
        for address in ("/", "/assets/look.css", f"/files/{leader.id}/1"):
            answer = await client.get(address, headers={"Host": "example.org"})
            assert answer.status_code == 421
            assert key[1] not in answer.text
        assert (await client.get("/send")).status_code == 405
        assert visitor.stage.server.transcript() == before
        for answer in (await client.get("/"), await client.get("/nei")):
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "unsafe" not in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script>|<style|\son\w+=|style=", (await client.get("/")).text)
        control = f"{visitor.stage.server.url}/control/persons"
        assert (await client.get(control)).status_code == 404
        assert (await client.post("/send", data=known, headers={"Origin": str(client.base_url)[:-1]})).is_success
        assert visitor.stage.server.transcript() != before


async def test_without_a_plan_the_admin_brings_one_and_a_leader_comes_in(folder: Path) -> None:
    async with visiting(folder, empty=True) as visitor:
        assert "Det er ingen enheter ennå" in visitor.page
        assert visitor.stage.person(Seat.LEADER) is None
        await visitor.post("/clock/next", seat="office")
        assert "Det skjer ikke mer av seg selv" in visitor.page
        plan = (Path(__file__).parents[2] / "examples" / "vefsn.yaml").read_bytes()
        await visitor.say(Seat.ADMIN, "", files={"file": ("vefsn.yaml", plan)})
        await visitor.press(Seat.ADMIN, "Importer som det står")
        await visitor.press(Seat.ADMIN, "Importer")
        units = await visitor.stage.units()
        await visitor.look()
        assert "Det er ingen enheter ennå" not in visitor.page
        await visitor.post("/unit", unit=units[0].id)
        assert f"Velkommen, Testperson {units[0].name}" in visitor.page
    async with visiting(folder) as visitor:
        assert visitor.person(Seat.LEADER).name == f"Testperson {units[0].name}"


async def test_a_port_or_a_folder_in_use_is_refused_and_nothing_is_removed(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(TryoutRefused) as refused:
            async with opened(folder, taken.getsockname()[1], fresh=True):
                pass
    assert refused.value.code == "tryout.port_in_use"
    assert (folder / DATABASE).exists()
    async with opened(folder, 0):
        with pytest.raises(TryoutRefused) as refused:
            async with opened(folder, 0, fresh=True):
                pass
    assert refused.value.code == "tryout.in_use"
    (folder / "chats" / "chats.json").write_text("{")
    with pytest.raises(TryoutRefused) as refused:
        async with opened(folder, 0):
            pass
    assert refused.value.code == "tryout.broken"


def test_the_command_says_where_and_stops_when_it_is_told_to(folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # What stands in the environment is for the real service: it must not be reached from here.
    strange = {
        "TILTAKSVAKT_TELEGRAM_API": "https://api.telegram.org",
        "TILTAKSVAKT_TELEGRAM_TOKEN_FILE": "/nowhere",
        "TILTAKSVAKT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    command = [sys.executable, "-m", "tiltaksvakt", "try", "--no-browser", "--port", str(port), "--data", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | strange
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == (f"Åpne http://127.0.0.1:{port}/ i nettleseren. Stopp med Ctrl+C.\n"), (
            process.stderr.read()
        )
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert second.stderr.startswith(f"Noe annet bruker port {port} på denne maskinen.")
        assert len(second.stderr.splitlines()) == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stdout.read().startswith("Stoppet.")
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    "file", sorted((Path(templates.__file__).parent / "try").glob("*.j2")), ids=lambda file: file.name
)
def test_no_visible_text_of_the_page_stands_outside_a_translation(file: Path) -> None:
    text = re.sub(
        r"\{%[-+]?\s*trans\b.*?%\}.*?\{%\s*endtrans\s*[-+]?%\}|\{#.*?#\}", "", file.read_text(), flags=re.DOTALL
    )
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", "", text, flags=re.DOTALL)
    assert set(re.findall(r"[^\W\d_]+", text)) <= {"Tiltaksvakt"}
