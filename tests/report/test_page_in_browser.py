"""The web page in a real browser: it fits a phone and a desk, passes axe, and asks for nothing."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from report.page import render
from report.snapshot import Attachment
from report.wording import build
from tests.report import samples
from tests.report.logos import branded
from tests.report.reading import page_text, squeezed

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 360, 1280
LETTERS_PT = 8.5
"""The size of the letters in a picture, in its own units."""
SAMPLES = [samples.vefsn, samples.nasty, samples.empty, samples.all_done, branded]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def shown(browser: Browser, folder: Path, sample: samples.Sample, width: int) -> tuple[Page, list[str]]:
    """The page at a width, and every request made to show it."""
    file = folder / "rapport.html"
    file.write_text(render(sample()), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    return page, requests


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_runs_over_the_edge(browser: Browser, tmp_path: Path, sample: samples.Sample, width: int) -> None:
    page, _ = shown(browser, tmp_path, sample, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("sample", SAMPLES)
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, sample: samples.Sample, width: int) -> None:
    page, _ = shown(browser, tmp_path, sample, width)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.close()


def test_no_table_is_wider_than_the_text(browser: Browser, tmp_path: Path) -> None:
    attached = Attachment(name="Evalueringsrapport_tiltak_1.1_endelig_versjon.pdf", size=9, digest="01" * 32)
    measure = samples.MEASURES[1].model_copy(update={"attachments": (attached,)})
    page, _ = shown(browser, tmp_path, lambda: samples.vefsn(measures=(measure,)), DESK)
    tables = page.evaluate(
        """Array.from(document.querySelectorAll('section table')).map(table =>
        table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right)"""
    )
    assert max(tables) <= 0
    page.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_each_picture_is_shown_once_whole_and_in_letters_that_can_be_read(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    page, _ = shown(browser, tmp_path, samples.several_years, width)
    drawn = page.evaluate(
        """Array.from(document.querySelectorAll('figure')).map(figure =>
        Array.from(figure.querySelectorAll('svg')).map(svg => svg.getBoundingClientRect()).filter(box => box.width)
        .map((box, index) => [box.left, box.right]))"""
    )
    views = page.evaluate(
        """Array.from(document.querySelectorAll('figure svg')).filter(svg => svg.getBoundingClientRect().width)
        .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""
    )
    assert [len(boxes) for boxes in drawn] == [1] * 4
    assert all(left >= 0 and right <= width for boxes in drawn for left, right in boxes)
    assert min(views) * LETTERS_PT > 10  # pixels of CSS
    assert page.evaluate("Array.from(document.querySelectorAll('.chart')).every(e => e.scrollWidth <= e.clientWidth)")
    page.close()


def test_axe_finds_a_picture_without_a_name(browser: Browser, tmp_path: Path) -> None:
    page, _ = shown(browser, tmp_path, samples.vefsn, DESK)
    page.evaluate("document.querySelector('svg').removeAttribute('aria-labelledby')")
    page.evaluate("document.querySelectorAll('svg title, svg desc').forEach(element => element.remove())")
    assert "svg-img-alt" in [violation["id"] for violation in Axe().run(page).response["violations"]]
    page.close()


def test_axe_finds_the_alternative_text_that_is_taken_from_an_image(browser: Browser, tmp_path: Path) -> None:
    page, _ = shown(browser, tmp_path, samples.vefsn, DESK)
    page.evaluate(
        """document.querySelectorAll('figure svg').forEach(picture => {
            const image = new Image();
            image.src = 'data:image/svg+xml,' + encodeURIComponent(picture.outerHTML);
            picture.replaceWith(image);
        })"""
    )
    assert "image-alt" in found_by_axe(page)
    page.close()


def test_axe_finds_the_head_that_is_taken_from_a_table(browser: Browser, tmp_path: Path) -> None:
    page, _ = shown(browser, tmp_path, samples.vefsn, DESK)
    assert page.locator("table.measures").first.locator("th[scope=col]").count() == 5
    page.evaluate("document.querySelectorAll('table.measures thead th').forEach(head => { head.textContent = '' })")
    assert "empty-table-header" in found_by_axe(page)
    page.evaluate("document.querySelectorAll('table.measures tbody th').forEach(head => { head.scope = 'tittel' })")
    assert "scope-attr-valid" in found_by_axe(page)
    page.close()


def test_what_was_said_of_a_measure_belongs_to_it_for_those_who_have_it_read_aloud(
    browser: Browser, tmp_path: Path
) -> None:
    page, _ = shown(browser, tmp_path, samples.vefsn, DESK)
    said = page.locator(".said td").first
    title = page.locator(f"th[id='{said.get_attribute('headers')}']")
    assert title.inner_text() == page.locator("table.measures tbody th").first.inner_text()
    page.evaluate("document.querySelectorAll('.said td').forEach(cell => cell.setAttribute('headers', 'ingen'))")
    assert "td-headers-attr" in found_by_axe(page)
    page.close()


def test_no_head_of_a_table_is_printed_without_a_row_under_it(browser: Browser, tmp_path: Path) -> None:
    made = samples.vefsn()
    measures = tuple(each.model_copy(update={"report_text": "Arbeidet går videre. " * 55}) for each in made.measures)
    page, _ = shown(browser, tmp_path, lambda: made.model_copy(update={"measures": measures}), DESK)
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    labels = build(made).labels
    head = ("ref", "measure", "responsible", "deadline", "status")
    last = squeezed("".join(labels[f"column_{name}"] for name in head))
    with pikepdf.open(BytesIO(printed)) as pdf:
        pages = [squeezed(page_text(each)) for each in pdf.pages]
    assert sum(last in text for text in pages) > 2
    assert [text for text in pages if text.endswith(last)] == []


def found_by_axe(page: Page) -> list[str]:
    """The rules of axe that a page breaks."""
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def test_only_the_file_itself_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    page, requests = shown(browser, tmp_path, samples.vefsn, DESK)
    assert [url for url in requests if not url.startswith("data:")] == [(tmp_path / "rapport.html").as_uri()]
    page.close()


def test_the_keyboard_reaches_the_skip_link_first(browser: Browser, tmp_path: Path) -> None:
    page, _ = shown(browser, tmp_path, samples.vefsn, DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til innholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"
    page.close()
