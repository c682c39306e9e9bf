"""Editing a message in Telegram: it corrects the comment it was, and says clearly where it cannot."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, labels, press, say, values
from tests.bot.test_status_dialogue import replies

AFTER_THE_PAPERS = datetime(2021, 4, 20, 8, 0, tzinfo=UTC)


async def test_editing_the_message_of_a_comment_corrects_the_answer(database: Database) -> None:
    async with cast(database) as place:
        town, slt = place.town, place.slt
        await town.go_to(ROUND_OPENS)
        await press(town, slt, "Svar nå (2 tiltak)")
        await press(town, slt, "🔵 I gang")
        first = await slt.send("Tre komuner er med")
        await town.settle()
        second = await slt.send("Fire til hausten")
        await town.settle()
        await slt.edit(first, "Tre kommuner er med")  # before it is stored
        await town.settle()
        assert "Tre kommuner er med\nFire til hausten" in slt.last.text
        await press(town, slt, "Lagre")
        await slt.edit(second, "Fire til høsten")
        await town.settle()
        assert slt.last.text == (
            "✏️ Du endret meldingen, og svaret er rettet.\n\n"
            "1.5 Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»\n"
            "🔵 I gang\nTre kommuner er med\nFire til høsten"
        )
        assert labels(slt.last) == ["Rett"]
        await slt.edit(second, "Fire til våren")
        await town.settle()
        await slt.edit(second, "Fire til våren")  # a preview of a link, say: nothing is new
        await town.settle()
        assert await replies(database) == [
            ("1.5", "in_progress", "Tre kommuner er med\nFire til hausten"),
            ("1.5", "in_progress", "Tre kommuner er med\nFire til høsten"),
            ("1.5", "in_progress", "Tre kommuner er med\nFire til våren"),
        ]
        assert await values(database, "SELECT supersedes_id FROM status_reply ORDER BY id") == [(None,), (1,), (2,)]
        proposal = await slt.send("1.7 er i gang, kurset er bestilt")
        await town.settle()
        await press(town, slt, "Lagre")
        await slt.edit(proposal, "1.7 er ferdig, kurset er holdt")
        await town.settle()
        assert (await replies(database))[-1] == ("1.7", "done", "Kurset er holdt")
        await town.go_to(AFTER_THE_PAPERS)
        await slt.edit(second, "For sent")
        await town.settle()
        assert slt.last.text == (
            "Du endret en melding, men svaret er ikke endret. "
            "Sakspapirene gikk ut 19. april 2021. Si fra til kontoret hvis noe må rettes."
        )


async def test_an_edit_of_something_else_says_that_nothing_is_changed(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt = place.town, place.slt
        command = await slt.send("/mine")
        await town.settle()
        await slt.edit(command, "/mine nå")
        await town.settle()
        assert slt.last.text.startswith("Meldingen du endret, er ikke en kommentar jeg har lagret")
        both = await slt.send("1.5 er forsinket fordi vi mangler folk\n1.7 er i gang, bestilt")
        await town.settle()
        await press(town, slt, "Lagre")
        await press(town, slt, "Lagre")
        await slt.edit(both, "1.5 er i gang")
        await town.settle()
        assert slt.last.text.startswith("Meldingen du endret, handler om flere tiltak, så ingenting er endret.")
        only = await slt.send("1.7 er ferdig, kurs i mars")
        await town.settle()
        await press(town, slt, "Lagre")
        await say(town, slt, "1.7 er i gang likevel, nytt kurs")
        await press(town, slt, "Lagre")
        await slt.edit(only, "1.7 er ferdig, kurs i april")
        await town.settle()
        assert slt.messages[-2].text == (
            "Du endret en melding, men svaret er ikke endret. "
            "Det kom et nyere svar 04.01.2021 kl. 09.00. Det er bare det nyeste som kan rettes."
        )
        assert slt.last.text.startswith("Dette er det nyeste svaret, fra 04.01.2021 kl. 09.00:\n\n1.7 Ungdata")
        assert labels(slt.last) == ["Rett"]
        assert len(await replies(sqlite)) == 4
