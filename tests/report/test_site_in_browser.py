"""The static site in a real browser: it filters, fits a phone, passes axe, and can be read without the script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from report.brand import checked
from report.snapshot import Brand
from tests.report import samples
from tests.report.logos import COLOUR, SVG
from tests.report.test_page_in_browser import ARGUMENTS, DESK, PHONE
from tests.report.test_site import SLUG, site_of

pytestmark = pytest.mark.browser
PAGES = ["index.html", f"{SLUG}/index.html", f"{SLUG}/tiltak-1-2.html"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    written(site_of(samples.several_years()), folder)
    return folder


def written(files: dict[str, bytes], folder: Path) -> None:
    """The files of a site in a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def opened(browser: Browser, site: Path, name: str, width: int = DESK, *, scripts: bool = True) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts).new_page()
    page.goto((site / name).as_uri())
    return page


def shown(page: Page) -> int:
    return page.locator(".measure:visible").count()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_over_the_edge_and_axe_finds_nothing(browser: Browser, site: Path, name: str, width: int) -> None:
    page = opened(browser, site, name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_long_text_has_the_width_of_the_page(browser: Browser, tmp_path: Path, width: int) -> None:
    made = samples.several_years()
    first = made.measures[0].model_copy(update={"report_text": "Arbeidet med tiltaket går videre. " * 45})
    written(site_of(made.model_copy(update={"measures": (first, *made.measures[1:])})), tmp_path)
    page = opened(browser, tmp_path, f"{SLUG}/tiltak-{first.ref.replace('.', '-')}.html", width)
    text = page.locator("main .text").first.bounding_box()
    assert text is not None
    assert text["width"] >= min(width - 40, 700)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_logo_is_seen_and_axe_finds_nothing_in_the_colours_of_the_municipality(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    look = Brand(colour=COLOUR, logo=checked(SVG))
    written(site_of(samples.several_years(), brand=look), tmp_path)
    page = opened(browser, tmp_path, name)
    assert page.locator("img.emblem").evaluate("image => image.complete && image.naturalWidth > 0")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.context.close()


def test_axe_finds_a_field_that_has_lost_its_name(browser: Browser, site: Path) -> None:
    page = opened(browser, site, PAGES[1])
    page.evaluate("document.querySelector('label[for=status]').remove()")
    assert "select-name" in [violation["id"] for violation in Axe().run(page).response["violations"]]
    page.context.close()


def test_measures_are_filtered_by_words_status_and_goal_and_all_come_back(browser: Browser, site: Path) -> None:
    page = opened(browser, site, PAGES[1])
    every = shown(page)
    page.get_by_label("Søk i tiltakene").fill("UNGDATA")
    assert shown(page) == 1
    assert page.locator("[role=status]").inner_text() == "Viser 1 tiltak."
    page.get_by_label("Søk i tiltakene").fill("finnes ikke")
    assert shown(page) == 0
    assert page.locator("[role=status]").inner_text().startswith("Ingen tiltak passer.")
    page.get_by_role("button", name="Vis alle").click()
    page.wait_for_function(f"document.querySelectorAll('.measure:not([hidden])').length === {every}")
    page.get_by_label("Status", exact=True).select_option("done")
    done = shown(page)
    assert 0 < done < every
    page.get_by_label("Mål", exact=True).select_option(index=1)
    assert shown(page) <= done
    page.context.close()


def test_all_of_it_can_be_read_without_the_script(browser: Browser, site: Path) -> None:
    with_script = opened(browser, site, PAGES[1])
    without = opened(browser, site, PAGES[1], scripts=False)
    assert shown(without) == shown(with_script) > 0
    assert not without.locator("form").is_visible()
    with_script.context.close()
    without.context.close()


def test_in_print_there_is_every_measure_and_nothing_to_press(browser: Browser, site: Path) -> None:
    page = opened(browser, site, PAGES[1])
    on_screen = shown(page)
    page.emulate_media(media="print")
    assert shown(page) == on_screen > 0
    assert not page.locator("form, a.skip, header nav").filter(visible=True).count()
    page.context.close()


def test_the_keyboard_reaches_the_content_first_and_then_the_search(browser: Browser, site: Path) -> None:
    page = opened(browser, site, PAGES[1])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til innholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "words"
    page.context.close()
