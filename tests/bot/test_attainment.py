"""/maal: whether result targets have been reached, asked for in the last round and whenever the office asks."""

from datetime import UTC, datetime

from storage.database import Database
from tests.bot.acting import cast, count, data_of, labels, press, say, values

JANUARY = datetime(2024, 1, 8, 8, 0, tzinfo=UTC)
LAST_ROUND = datetime(2024, 3, 22, 8, 0, tzinfo=UTC)


async def test_targets_are_assessed_by_the_unit_that_follows_up_and_stand_in_the_report(database: Database) -> None:
    async with cast(database, JANUARY) as place:
        town, admin = place.town, place.admin
        for ref in ("1.1", "1.2", "1.3", "1.4"):
            await say(town, admin, f"/tiltak endre {ref} oppfølging: NAV")
        seen = await say(town, place.office, "/maal")
        assert "ikke vurdert, NAV følger opp" in seen.text
        assert labels(seen)[-1] == "Spør enhetene som ikke har svart"
        await press(town, place.office, "Spør enhetene som ikke har svart")
        assert "personer får beskjed" in place.office.last.text or "Én person" in place.office.last.text
        assert "Send /maal for å svare." in place.nav.last.text
        # In the last round of the plan it is in the message of the day until it is done.
        await town.go_to(LAST_ROUND)
        assert "skal vurderes. Send /maal" in place.nav.last.text
        seen = await say(town, place.nav, "/maal")
        first = labels(seen)[0]
        await press(town, place.nav, first)
        one = place.nav.last
        assert labels(one) == ["Oppnådd", "Delvis oppnådd", "Ikke oppnådd"]
        await press(town, place.nav, "Delvis oppnådd")
        seen = await say(town, place.nav, "Ungdata viser en liten nedgang")
        assert "✅ Vurderingen er lagret" in seen.text
        assert "Delvis oppnådd" in seen.text
        # The office writes another down for the unit: it supersedes, and nothing is lost.
        seen = await say(town, place.office, "/maal")
        assert "delvis oppnådd, 22. mars 2024" in seen.text
        await press(town, place.office, first)
        assert "Ungdata viser en liten nedgang" in place.office.last.text
        await press(town, place.office, "Oppnådd")
        await say(town, place.office, "NAV ringte med nye tall")
        rows = await values(database, "SELECT value, on_behalf, supersedes_id IS NULL FROM attainment ORDER BY id")
        assert [(value, bool(behalf), bool(new)) for value, behalf, new in rows] == [
            ("partly_attained", False, True),
            ("attained", True, False),
        ]
        await say(town, place.office, "/rapport 2024")
        [(snapshot,)] = await values(database, "SELECT snapshot FROM report")
        assert '"attainment":"attained"' in str(snapshot)
        assert '"reason":"NAV ringte med nye tall"' in str(snapshot)
        # One whose unit is not theirs, and one that was said meanwhile.
        [(target,)] = await values(database, "SELECT min(id) FROM result_target")
        answer = await press(town, place.slt, data=f"mo:a:{target}")
        assert answer.text == "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."
        await press(town, place.nav, data=f"mo:n:{target}", message=one)
        await press(town, place.office, data=f"mo:p:{target}")
        await say(town, place.office, "Noe mangler")
        assert "i mellomtiden" in (await say(town, place.nav, "Tallene er feil")).text
        assert await count(database, "attainment") == 3


async def test_a_target_is_assessed_in_one_line_and_what_is_left_out_is_asked_for(database: Database) -> None:
    async with cast(database, JANUARY) as place:
        town, admin, nav = place.town, place.admin, place.nav
        for ref, texts in (("44", ("Tre er åpne",)), ("45", ("To er bygd", "To er bemannet"))):
            await say(town, admin, f"/plan mål ny rus; nummer: {ref}; tittel: Møteplasser {ref}")
            await say(town, admin, f"/plan mål oppfølging rus; mål: {ref}; enhet: NAV")
            for text in texts:
                await say(town, admin, f"/plan resultatmål ny rus; mål: {ref}; tekst: {text}")
        seen = await say(town, nav, "/maal 44 delvis: vi åpnet to")
        assert seen.text == (
            "✅ Vurderingen er lagret, og kommer med i rapporten.\n\nTre er åpne\nDelvis oppnådd\nvi åpnet to"
        )
        # Without a reason it is asked for; with nothing, everything is.
        await say(town, nav, "/maal 44 oppnådd")
        assert nav.last.text.startswith("Tre er åpne\nOppnådd\n\nSkriv kort hva du bygger vurderingen på.")
        await say(town, nav, "Den tredje åpnet i går")
        assert await count(database, "attainment") == 2
        await say(town, nav, "/maal 44")
        assert labels(nav.last) == ["Oppnådd", "Delvis oppnådd", "Ikke oppnådd"]
        # Several targets: what was written waits for the one that is meant.
        await say(town, nav, "/maal 45 ikke: ingen er ansatt")
        assert labels(nav.last) == ["To er bygd", "To er bemannet"]
        old = nav.last
        first = data_of(old, "To er bygd")
        await say(town, nav, "Den andre")
        assert nav.last.text.startswith("Trykk på resultatmålet det gjelder")
        await press(town, nav, "To er bemannet", message=old)
        assert "To er bemannet\nIkke oppnådd\ningen er ansatt" in nav.messages[-1].text + old.text
        assert await count(database, "attainment", "target = 'To er bemannet' AND value = 'not_attained'") == 1
        assert labels(old) == ["Neste resultatmål (ett igjen)"]
        assert (await press(town, nav, data=first, message=old)).text  # what was written is stored already
        assert await count(database, "attainment") == 3
        for words, refusal in (
            ("44 kanskje", "Jeg forsto ikke om «kanskje» betyr at målet er nådd, så ingenting er lagret."),
            ("99 oppnådd: ja", "Mål «99» har ingen resultatmål."),
        ):
            assert (await say(town, nav, f"/maal {words}")).text.startswith(refusal)
        seen = await say(town, place.slt, "/maal 44 oppnådd: alt er bra")
        assert seen.text.startswith("Resultatmålene under mål 44 hører ikke til enheten din.")
        assert await count(database, "attainment") == 3


async def test_the_units_come_to_the_targets_by_a_button_and_from_one_to_the_next(sqlite: Database) -> None:
    async with cast(sqlite, JANUARY) as place:
        town, admin, office, nav = place.town, place.admin, place.office, place.nav
        for ref in ("1.1", "1.2", "1.3", "1.4"):
            await say(town, admin, f"/tiltak endre {ref} oppfølging: NAV")
        await say(town, office, "/maal")
        await press(town, office, "Spør enhetene som ikke har svart")
        await press(town, nav, "Vis resultatmålene")
        targets = labels(nav.last)
        assert len(targets) == 4
        await press(town, nav, targets[1])
        await press(town, nav, "Oppnådd")
        await say(town, nav, "Alle har svart")
        assert labels(nav.last) == ["Neste resultatmål (3 igjen)"]
        for left in (2, 1):
            await press(town, nav, labels(nav.last)[0])
            await press(town, nav, "Ikke oppnådd")
            await say(town, nav, "Tallene er som før")
            assert labels(nav.last) == [f"Neste resultatmål ({left if left > 1 else 'ett'} igjen)"]
        await press(town, nav, labels(nav.last)[0])
        assert targets[0].split("…")[0].split(" ", 1)[1] in nav.last.text  # round to the one that was passed over
        await press(town, nav, "Delvis oppnådd")
        await say(town, nav, "De fleste")
        assert labels(nav.last) == []


async def test_the_targets_come_a_page_at_a_time_and_none_is_left_out(sqlite: Database) -> None:
    async with cast(sqlite, JANUARY) as place:
        town, admin, office = place.town, place.admin, place.office
        for number in range(7):
            await say(town, admin, f"/plan resultatmål ny rus; mål: 3; tekst: Mål nummer {number}")
        seen = await say(town, office, "/maal")
        assert seen.text.startswith("Resultatmål (side 1 av 2)\n")
        first = [label for label in labels(seen) if label[0].isdigit()]
        await press(town, office, "Neste side ▶")
        second = [label for label in labels(office.last) if label[0].isdigit()]
        assert (len(first), len(second)) == (10, await count(sqlite, "result_target") - 10)
        assert "3 Mål nummer 6" in second
        await press(town, office, "◀ Forrige side")
        assert [label for label in labels(office.last) if label[0].isdigit()] == first
