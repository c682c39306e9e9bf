"""The web page is one file that stands by itself and can be read without seeing it."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from report.page import render
from report.wording import build
from tests.report import samples


class Elements(HTMLParser):
    """Every start tag with its attributes, and every end tag, in order."""

    VOID = frozenset({"meta", "link", "br", "col"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module")
def page() -> str:
    return render(samples.vefsn())


@pytest.mark.parametrize("sample", [samples.vefsn, samples.empty, samples.nasty, samples.all_done])
def test_every_element_is_closed(sample: samples.Sample) -> None:
    assert Elements(render(sample())).open == []


def test_it_asks_for_nothing_from_outside(page: str) -> None:
    assert re.findall(r'(?:src|href)="(?!#|data:,)[^"]*"', page) == []
    assert "url(" not in page.replace("url(#", "")
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_it_says_its_language_and_title(page: str) -> None:
    elements = Elements(page)
    assert elements.named("html") == [{"lang": "nb"}]
    assert f"<title>{build(samples.vefsn()).title}</title>" in page


def test_headings_step_down_one_level_at_a_time(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Elements(page).found if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_header_a_scope(page: str) -> None:
    elements = Elements(page)
    assert len(elements.named("caption")) == len(elements.named("table")) == 11
    assert all(header.get("scope") in {"col", "row"} for header in elements.named("th"))


def test_the_chart_describes_itself(page: str) -> None:
    content = build(samples.vefsn())
    assert content.chart is not None
    assert f'<desc id="chart-description">{content.chart.alternative}</desc>' in page
    assert '<svg role="img" aria-labelledby="chart-title chart-description"' in page


def test_every_id_is_used_once_and_every_link_leads_somewhere(page: str) -> None:
    elements = Elements(page)
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(link["href"])[1:] for link in elements.named("a")} <= set(ids)


def test_the_first_link_leads_past_the_head(page: str) -> None:
    assert Elements(page).named("a")[0] == {"class": "skip", "href": "#innhold"}


def test_markup_in_a_text_stays_text() -> None:
    page = render(samples.nasty())
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert Elements(page).named("b", "i", "x") == []
