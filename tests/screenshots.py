"""The pictures of the README, made on the page to try the bot on. `make screenshots` writes them to `docs/pictures/`.

They need Chromium, its Norwegian texts and a typeface with the signs of the statuses (on Debian: chromium,
chromium-l10n, fonts-noto-color-emoji).
"""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.report.test_page_in_browser import ARGUMENTS
from tests.tiltaksvakt.try_page import DESK, PHONE, Screen, serving

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 256  # a page has few: so many look the same, in a third of the bytes
OPENING = "2021-03-15"


def main() -> None:
    """Live through the opening of a round, and take the pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("make screenshots needs Chromium (chromium, chromium-browser or google-chrome), and found none.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, serving(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*ARGUMENTS, "--lang=nb"], env={**os.environ, "LANGUAGE": "nb"}
        )
        _take(browser, address)
        browser.close()


def _take(browser: Browser, address: str) -> None:
    desk = Screen(browser, address, DESK)
    desk.say("admin", "/tiltak endre 1.4 oppfølging: NAV")
    desk.to_day(OPENING)
    desk.press("leader", "Svar nå")
    desk.say("office", "/oversikt")
    desk.say("admin", "/tiltak 1.4")
    _save(desk, "try-desk.png")
    desk.press("leader", "🔵 I gang")
    desk.say("leader", "Kurset er holdt for alle ansatte, og det neste er i september.")
    phone = Screen(browser, address, PHONE)
    _save(phone, "try-phone.png")
    for screen in (desk, phone):
        screen.done()


def _save(screen: Screen, name: str) -> None:
    """A picture with few colours, which is small."""
    path = PICTURES / name
    screen.page.evaluate("document.activeElement.blur()")
    screen.page.mouse.move(0, 0)
    screen.page.screenshot(path=path, animations="disabled", caret="hide")
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    main()
