"""The page to try the bot on in a real browser: one full round, checked by axe as wide as a phone and as a desk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.report.test_page_in_browser import ARGUMENTS
from tests.tiltaksvakt.try_page import NARROWEST, PHONE, Screen, serving
from tiltaksvakt.tryout.stage import DATABASE

pytestmark = pytest.mark.browser


@pytest.fixture
def address(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copy(sqlite_template, tmp_path / DATABASE)
    with serving(tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def test_one_round_from_its_opening_to_the_meeting(browser: Browser, address: str) -> None:
    screen = Screen(browser, address)
    screen.check_at_both_widths()
    while not screen.offers("leader", "Svar nå"):
        screen.click("#next")
    assert "Mandag 15. mars 2021 kl. 08.00" in screen.read(".now")
    assert "Testperson SLT-koordinator fikk én melding." in screen.read("#notice")
    screen.press("leader", "Svar nå")
    screen.press("leader", "🔵 I gang")
    screen.page.fill("#admin-text", "Halvskrevet")
    screen.say("leader", "Kurset er holdt for alle ansatte.")
    screen.press("leader", "Lagre")
    assert screen.page.input_value("#admin-text") == "Halvskrevet"
    assert screen.page.input_value("#leader-text") == ""
    screen.press("leader", "🟢 Gjennomført")
    screen.press("leader", "Lagre uten kommentar")
    if screen.offers("leader", "Lagre"):
        screen.press("leader", "Lagre")
    screen.page.set_input_files("#leader-file", {"name": "b.txt", "mimeType": "text/plain", "buffer": b"Et vedlegg"})
    screen.click("#leader-send")
    screen.page.wait_for_selector("#leader .own .file")

    screen.command("office", "frigi")
    screen.press("office", "Frigi")
    screen.command("office", "rapport")
    with screen.page.expect_download() as downloading:
        screen.page.locator("#office .file[href]", has_text=".docx").last.click()
    assert downloading.value.suggested_filename == "rusmiddelpolitisk-handlingsplan-2020-2024-2021-v1.docx"
    screen.say("admin", "/tiltak endre 1.4 oppfølging: NAV")
    assert "NAV" in screen.page.locator("#admin .bot").last.inner_text()
    screen.page.locator("#admin .menu summary").click()
    screen.page.locator("#admin .attach summary").click()
    screen.check_at_both_widths()

    screen.to_day("2021-05-05")
    assert "Onsdag 5. mai 2021 kl. 08.05" in screen.read(".now")
    screen.press("leader", "🟠 Forsinket") if screen.offers("leader", "🟠 Forsinket") else None
    screen.command("office", "oversikt")
    assert "🟢 Gjennomført: 1" in screen.page.locator("#office .bot").last.inner_text()
    screen.done()


def test_answers_to_presses_and_half_done_messages_are_accessible_too(browser: Browser, address: str) -> None:
    screen = Screen(browser, address, PHONE)
    screen.say("leader", "/status 1.5")
    screen.press("leader", "🔵 I gang")
    screen.say("leader", "Kurset er holdt")
    screen.press("leader", "Lagre")
    screen.press("leader", "Lagre uten kommentar")
    assert "allerede" in screen.read("#leader .toast")
    screen.page.locator("#leader .own .foot a", has_text="Endre").last.click()
    assert screen.page.input_value("#leader-text") == "Kurset er holdt"
    screen.check_at_both_widths()
    screen.page.set_viewport_size({"width": NARROWEST, "height": 568})
    screen.page.click("nav a >> text=Kontoret")
    assert screen.page.is_visible("#office")
    assert not screen.page.is_visible("#leader")
    screen.page.locator("#office .foot a", has_text="Svar").last.click()
    screen.check()
    screen.page.goto(f"{address}nowhere")
    assert screen.page.inner_text("main p >> nth=0") == "Det er ingenting her."
    screen.check_at_both_widths()
    screen.problems.clear()  # the browser notes the 404
    screen.done()


def test_axe_finds_a_field_without_a_label(browser: Browser, address: str) -> None:
    screen = Screen(browser, address)
    screen.page.evaluate("document.querySelector('label[for=day]').remove()")
    assert "label" in [violation["id"] for violation in Axe().run(screen.page).response["violations"]]
    screen.done()


def test_the_keyboard_is_enough_and_keeps_its_place(browser: Browser, address: str) -> None:
    screen = Screen(browser, address)
    screen.page.keyboard.press("Tab")
    assert screen.page.evaluate("document.activeElement.className") == "skip"
    screen.page.keyboard.press("Enter")
    assert screen.page.evaluate("document.activeElement.id") == "samtaler"
    screen.page.focus("#next")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector("#notice:not(:empty)")
    assert screen.page.evaluate("document.activeElement.id") == "next"
    screen.say("leader", "/status 1.5")
    screen.page.locator("#leader .keys button").first.focus()
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector("#leader .keys button >> text=Tilbake")
    screen.settled()
    assert screen.page.evaluate("document.activeElement.closest('#leader') !== null")
    screen.done()


def test_without_scripts_the_newest_message_is_in_sight(browser: Browser, address: str) -> None:
    screen = Screen(browser, address, PHONE, scripts=False)
    for command in ("/hjelp", "/tiltak", "/mine"):
        screen.page.fill("#leader-text", command)
        screen.page.click("#leader-send")
    newest = screen.page.locator("#leader .message").last
    assert "Tiltakene dine" in newest.inner_text()
    box, log = newest.locator(".foot").bounding_box(), screen.page.locator("#leader-log").bounding_box()
    assert box is not None
    assert log is not None
    assert log["y"] < box["y"] < log["y"] + log["height"]
    screen.page.click("#next")
    assert "Klokka er flyttet" in screen.read("#notice")
    screen.context.close()
