"""Goals, result targets and reporting dates by hand: step by step and by one line, shown before and after, logged."""

from datetime import UTC, datetime

import pytest

from storage.database import Database
from tests.bot.acting import cast, count, dump, labels, press, say, values

JANUARY = datetime(2022, 1, 10, 8, 0, tzinfo=UTC)


async def test_a_goal_is_put_under_another_moved_and_given_a_unit_that_follows_it_up(database: Database) -> None:
    async with cast(database, JANUARY) as place:
        town, admin = place.town, place.admin
        seen = await say(town, admin, "/plan mål ny rus; nummer: 44; tittel: Trygge møteplasser; under: 1")
        assert seen.text.startswith("✅ Mål 44 Trygge møteplasser er lagt til, under 1 ")
        assert await count(database, "goal", "ref = '44' AND parent_id IS NOT NULL") == 1
        # It is seen where the goals are, below the one it is under.
        await say(town, admin, "/plan rus")
        await press(town, admin, "Mål …")
        assert "    • 44 Trygge møteplasser" in admin.last.text
        await press(town, admin, "Flytt et mål")
        assert admin.last.text == "Hvilket mål?"
        await say(town, admin, "44")
        assert admin.last.text.startswith("Hvilket mål skal 44 Trygge møteplasser ligge under?")
        await press(town, admin, "Ingen over")
        assert admin.last.text.startswith("✅ 44 Trygge møteplasser\nUnder mål: 1 ")
        assert admin.last.text.endswith("→ –")
        seen = await say(town, admin, "/plan mål oppfølging rus; mål: 44; enhet: NAV")
        assert seen.text == "✅ 44 Trygge møteplasser\nOppfølging: – → NAV"
        await say(town, admin, "/plan resultatmål ny rus; mål: 44; tekst: Tre møteplasser er åpne")
        assert admin.last.text == (
            "✅ Resultatmålet er lagt til under 44 Trygge møteplasser:\n"
            "Tre møteplasser er åpne\nNAV blir spurt om det er nådd."
        )
        seen = await say(town, place.nav, "/maal")
        assert "44 Tre møteplasser er åpne" in seen.text
        # The one who takes over for the unit takes over the goal.
        await say(town, admin, "/enhet slå sammen NAV med SLT-koordinator")
        await press(town, admin, "Ja, gjør det")
        assert "44 Tre møteplasser er åpne" in (await say(town, place.slt, "/maal")).text
        seen = await say(town, admin, "/plan mål oppfølging rus; mål: 44; enhet: som tiltakene")
        assert seen.text == "✅ 44 Trygge møteplasser\nOppfølging: SLT-koordinator → –"
        log = (await say(town, admin, "/logg rus")).text
        assert "Flyttet: 44 Trygge møteplasser" in log
        assert "Resultatmål: – → Tre møteplasser er åpne" in log


async def test_a_target_is_given_other_words_with_what_was_said_or_without(database: Database) -> None:
    async with cast(database, JANUARY) as place:
        town, admin, office = place.town, place.admin, place.office
        await say(town, admin, "/plan mål ny rus; nummer: 44; tittel: Trygge møteplasser")
        await say(town, admin, "/plan resultatmål ny rus; mål: 44; tekst: Tre møteplasser er åpne")
        [(target,)] = await values(database, "SELECT max(id) FROM result_target")
        await press(town, office, data=f"mo:p:{target}")
        await say(town, office, "To er åpne")
        await say(town, admin, "/plan rus")
        await press(town, admin, "Resultatmål …")
        assert "• Tre møteplasser er åpne (delvis oppnådd)" in admin.last.text
        await press(town, admin, "Endre et resultatmål")
        await press(town, admin, "44 Trygge møteplasser")
        await press(town, admin, "Tre møteplasser er åpne")
        await say(town, admin, "Tre møteplasser for unge er åpne")
        assert admin.last.text == (
            "«Tre møteplasser er åpne» er vurdert som delvis oppnådd 10. januar 2022. "
            "Gjelder vurderingen for «Tre møteplasser for unge er åpne» også?"
        )
        await press(town, admin, "Ja, det gjelder")
        assert "Tre møteplasser er åpne → Tre møteplasser for unge er åpne" in admin.last.text
        assert "delvis oppnådd, 10. januar 2022" in (await say(town, office, "/maal")).text
        await say(
            town,
            admin,
            "/plan resultatmål endre rus; mål: 44; resultatmål: 1; tekst: Fire er åpne; vurdering: på nytt",
        )
        assert admin.last.text.endswith("→ Fire er åpne\nResultatmålet skal vurderes på nytt.")
        assert "delvis oppnådd, 10. januar 2022" not in (await say(town, office, "/maal")).text
        # Both assessments are there: one superseded by the one that went along, which stays with its words.
        assert await count(database, "attainment") == 2
        await say(town, admin, "/plan resultatmål fjern rus; mål: 44; resultatmål: fire")
        assert admin.last.text == "Skal dette resultatmålet tas ut av mål 44?\nFire er åpne"
        await press(town, admin, "Ja, gjør det")
        assert admin.last.text == "✅ Tatt ut av mål 44: Fire er åpne"
        assert await count(database, "result_target", "text = 'Fire er åpne'") == 0


async def test_a_goal_that_takes_over_gets_the_targets_and_what_was_said(database: Database) -> None:
    async with cast(database, JANUARY) as place:
        town, admin, office = place.town, place.admin, place.office
        for ref in ("44", "45"):
            await say(town, admin, f"/plan mål ny rus; nummer: {ref}; tittel: Møteplasser {ref}")
            await say(town, admin, f"/plan resultatmål ny rus; mål: {ref}; tekst: Tre er åpne")
        await say(town, admin, "/plan resultatmål ny rus; mål: 44; tekst: Alle er bemannet")
        [(target,)] = await values(database, "SELECT min(id) FROM result_target WHERE text = 'Tre er åpne'")
        await press(town, office, data=f"mo:a:{target}")
        await say(town, office, "Tre er åpne")
        await say(town, admin, "/plan mål slå sammen rus; mål: 44; med: 45")
        assert admin.last.text == (
            "Skal mål 44 Møteplasser 44 gå opp i mål 45?\nDe 2 resultatmålene flyttes til mål 45, med vurderingene."
        )
        await press(town, admin, "Ja, gjør det")
        assert admin.last.text == "✅ Mål 44 Møteplasser 44 → 45 Møteplasser 45"
        rows = await values(
            database,
            "SELECT t.text FROM result_target t JOIN goal g ON g.id = t.goal_id WHERE g.ref = '45' ORDER BY t.position",
        )
        assert rows == [("Tre er åpne",), ("Alle er bemannet",)]
        seen = (await say(town, office, "/maal")).text
        assert seen.count("Tre er åpne") == 1
        assert "• 45 Tre er åpne\noppnådd, 10. januar 2022" in seen


async def test_a_reporting_date_is_shown_as_understood_and_the_rounds_follow(database: Database) -> None:
    async with cast(database, JANUARY) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/plan rapportering ny")
        if admin.last.text == "Hvilken plan?":
            await press(town, admin, labels(admin.last)[0])
        assert admin.last.text == "Hva skal skje?"
        await press(town, admin, "Evaluering")
        await say(town, admin, "snart")
        assert admin.messages[-2].text.startswith("Jeg forsto ikke når «snart» er, så ingenting er endret.")
        await say(town, admin, "annethvert år i mai")
        assert "Dette forsto jeg av «annethvert år i mai»." in admin.last.text
        assert "• Evaluering: hvert 2. år i mai\nNeste ganger: 2022, 2024" in admin.last.text
        before = await dump(database)
        await press(town, admin, "Tilbake")
        assert {**await dump(database), "dialogue": []} == {**before, "dialogue": []}
        await say(town, admin, "annethvert år i mai")
        await press(town, admin, "Ja, gjør det")
        assert "Evaluering: hvert 2. år i mai" in admin.last.text
        assert await count(database, "reporting_date", "kind = 'evaluation' AND text = 'annethvert år i mai'") == 1
        assert "Evaluering: annethvert år i mai" in (await say(town, admin, "/arshjul rus 2022")).text
        # The report is moved to December: its rounds move.
        assert await count(database, "reporting_date", "kind = 'council_report'") == 1
        seen = await say(town, admin, "/plan rapportering endre rus; hvilken: rapport; når: hver desember")
        assert "Før: Rapport til kommunestyret: hvert år" in seen.text
        assert "Rapport til kommunestyret: hvert år i desember\nNeste ganger: 2022, 2023, 2024" in seen.text
        await press(town, admin, "Ja, gjør det")
        assert "Rapport til kommunestyret: hvert år i desember" in admin.last.text
        [(meeting,)] = await values(database, "SELECT meeting_on FROM round WHERE year = 2023")
        assert str(meeting) == "2023-12-01"
        # Without a report no new round is planned.
        await say(town, admin, "/plan rapportering fjern rus; hvilken: rapport")
        assert "Da åpner ingen ny runde i planen før noen setter et møte." in admin.last.text
        await press(town, admin, "Ja, gjør det")
        assert await count(database, "round", "state = 'planned'") == 0
        log = (await say(town, admin, "/logg rus")).text
        assert "Rapporteringsdato: – → annethvert år i mai" in log
        assert "Slag: – → Evaluering" in log


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("mål flytt rus; mål: 1; under: 1", "Mål 1 kan ikke ligge under seg selv."),
        ("mål flytt rus; mål: 1; under: 44", "Målet du valgte, ligger under 1."),
        ("mål flytt rus; mål: 1; under: 99", "Planen har ikke noe mål «99»."),
        ("mål oppfølging rus; mål: 44; enhet: Nabo", "Jeg finner ingen enhet som heter «Nabo»."),
        ("mål oppfølging rus; mål: 44; enhet: Politiet", "Politiet"),
        ("resultatmål ny rus; mål: 44; tekst: Tre ER åpne", "Mål 44 har dette resultatmålet fra før."),
        ("resultatmål endre rus; mål: 44; resultatmål: 7; tekst: X", "Jeg er ikke sikker på hvilket resultatmål"),
        ("resultatmål fjern rus; mål: 1; resultatmål: ukjent", "Jeg er ikke sikker på hvilket resultatmål"),
        (
            "rapportering ny rus; hva: fest; når: hver mai",
            "Det forsto jeg ikke. Velg ett av disse: rapport, evaluering",
        ),
        ("rapportering ny rus; hva: evaluering; når: når det passer", "Jeg forsto ikke når «når det passer» er"),
        ("rapportering ny rus; hva: evaluering; når: mai 2021", "«mai 2021» kommer ikke flere ganger i perioden"),
        ("rapportering ny rus; hva: evaluering; når: fra 2024 til 2022", "Jeg forsto ikke når"),
        ("rapportering endre rus; hvilken: 9; når: hver mai", "Jeg er ikke sikker på hvilken rapporteringsdato"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(sqlite: Database, words: str, refusal: str) -> None:
    async with cast(sqlite, JANUARY) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/enhet ny Politiet; hvor: utenfor")
        await say(town, admin, "/plan mål ny rus; nummer: 44; tittel: Møteplasser; under: 1")
        await say(town, admin, "/plan resultatmål ny rus; mål: 44; tekst: Tre er åpne")
        before = await dump(sqlite)
        many = len(admin.messages)
        await say(town, admin, f"/plan {words}")
        seen = admin.messages[many + 1].text
        assert seen.startswith(refusal), seen
        assert {**await dump(sqlite), "dialogue": []} == {**before, "dialogue": []}
