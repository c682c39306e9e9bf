"""The report comes by itself: the draft on its day, and what was approved to where the archive finds it."""

from datetime import UTC, datetime
from pathlib import Path

from report import shelf
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values

OFFICE_WEEK = datetime(2021, 4, 12, 8, 0, tzinfo=UTC)
STEM = "rusmiddelpolitisk-handlingsplan-2020-2024-2021-v1"


async def test_the_draft_comes_to_the_office_by_itself_with_what_it_lacks_and_comes_once(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        [(office_from, papers_on)] = await values(sqlite, "SELECT office_from, papers_on FROM round WHERE year = 2021")
        await place.town.go_to(datetime.fromisoformat(f"{office_from}T08:00+00:00"))
        (draft,) = [seen for seen in place.office.messages if seen.file_name]
        assert draft.file_name == f"{STEM}.docx"
        assert draft.text.startswith("Utkastet til statusrapport 2021 for Rusmiddelpolitisk handlingsplan er klart\n")
        assert "• 11 tiltak er ikke besvart. Send /mangler for å se dem." in draft.text
        assert labels(draft) == ["PDF", "Til godkjenning"]
        assert not [seen for seen in (*place.admin.messages, *place.nav.messages) if seen.file_name]
        await place.town.go_to(datetime.fromisoformat(f"{papers_on}T08:00+00:00"))
        assert len([seen for seen in place.office.messages if seen.file_name]) == 1
        await press(place.town, place.office, "Til godkjenning", message=draft)
        assert "Godkjenn versjon" in str(labels(place.office.last))


async def test_a_report_that_is_approved_before_its_day_does_not_come_as_a_draft(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await say(place.town, place.office, "/rapport 2021 godkjenn")
        await press(place.town, place.office, "Godkjenn versjon 1")
        before = len([seen for seen in place.office.messages if seen.file_name])
        await place.town.go_to(OFFICE_WEEK)
        assert len([seen for seen in place.office.messages if seen.file_name]) == before
        assert await count(sqlite, "outbox", "kind LIKE 'report_draft%' AND state = 'dropped'") == 1


async def test_the_draft_of_a_discreet_plan_comes_when_it_is_asked_for(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.admin, "/innstillinger rus diskret ja")
        await place.town.go_to(ROUND_OPENS)
        await place.town.go_to(OFFICE_WEEK)
        assert not [seen for seen in place.office.messages if seen.file_name]
        hidden = next(seen for seen in place.office.messages if seen.buttons and "nt:" in str(seen.buttons))
        assert "tiltak er ikke besvart" not in hidden.text
        await press(place.town, place.office, labels(hidden)[0], message=hidden)
        assert any("Utkastet til statusrapport 2021" in seen.text for seen in place.office.messages)


async def test_approved_documents_lie_where_the_archive_finds_them(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        folder = place.town.service.worker.house.report_dir
        assert folder is not None
        folder.mkdir(parents=True)
        (folder / f"{STEM}.xlsx").write_bytes(b"another")
        await say(place.town, place.office, "/rapport 2021 godkjenn")
        await press(place.town, place.office, "Godkjenn versjon 1")
        told = place.office.last.text
        assert told.startswith(f"Dokumentene ligger i mappen {folder}:\n• {STEM}.docx\n")
        assert "finnes der fra før med et annet innhold, og er ikke erstattet:\n" in told
        assert (folder / f"{STEM}.xlsx").read_bytes() == b"another"
        names = sorted(path.name for path in folder.iterdir())
        assert names == sorted(f"{STEM}.{form}" for form in ("docx", "pdf", "html", "xlsx", "json"))
        assert all(name.isascii() and " " not in name for name in names)
        kept = await values(sqlite, "SELECT content FROM report_document WHERE format = 'pdf'")
        assert kept == [((folder / f"{STEM}.pdf").read_bytes(),)]


async def test_a_folder_that_takes_nothing_is_told_of_and_the_report_is_approved_all_the_same(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        folder = place.town.service.worker.house.report_dir
        assert folder is not None
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("a file")
        await say(place.town, place.office, "/rapport 2021 godkjenn")
        await press(place.town, place.office, "Godkjenn versjon 1")
        assert place.office.last.text.startswith("Dokumentene kunne ikke legges i mappen")
        assert await count(sqlite, "report", "state = 'approved'") == 1


def test_nothing_is_put_in_place_of_another_content_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    assert shelf.put(tmp_path / "new", [("a.pdf", b"one")]) == []
    assert shelf.put(tmp_path / "new", [("a.pdf", b"one"), ("b.pdf", b"two")]) == []
    assert shelf.put(tmp_path / "new", [("a.pdf", b"other")]) == ["a.pdf"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {"a.pdf": b"one", "b.pdf": b"two"}
