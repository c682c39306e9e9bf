"""The static site: what is on it, what it is made of, and that it hangs together without a server."""

import re
from datetime import date
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest

from report import colours, page
from report.brand import checked
from report.site import ApprovedYear, SitePlan, files
from report.snapshot import Brand, Snapshot
from report.wording import build
from tests.report import logos, samples

MADE_ON = date(2022, 6, 1)
NASTY = "<script>alert(1)</script>"


def approved(snapshot: Snapshot) -> ApprovedYear:
    frozen = snapshot.model_copy(update={"state": "approved", "approved_on": date(2022, 5, 3)})
    return ApprovedYear(frozen, {"html": page.render(frozen).encode(), "pdf": b"%PDF-1.7 a report"})


def site_of(*snapshots: Snapshot, language: str = "nb", brand: Brand | None = None) -> dict[str, bytes]:
    newest = snapshots[0]
    period = (newest.first_year, newest.last_year)
    plan = SitePlan(newest.plan_slug, newest.plan_title, period, tuple(map(approved, snapshots)))
    waiting = SitePlan("ny-plan", "Plan uten rapport", (2025, 2028))
    return files([plan, waiting], "Vefsn kommune", language, MADE_ON, brand)


class Links(HTMLParser):
    """The links, ids, and attributes that fetch something, of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(found["href"])
        elif "src" in found or ("href" in found and not found["href"].startswith("data:")):
            self.fetched.append(tag)
        self.ids += [found["id"]] if "id" in found else []


SLUG = samples.vefsn().plan_slug


def pages(found: dict[str, bytes]) -> dict[str, str]:
    """The pages of the site itself, without the reports as they were approved."""
    return {name: text.decode() for name, text in found.items() if name.endswith(".html") and "/rapport-" not in name}


@pytest.mark.parametrize("sample", [samples.vefsn, samples.several_years, samples.nasty, samples.with_parts])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_link_leads_to_a_page_of_the_site(sample: samples.Sample, language: str) -> None:
    found = site_of(sample(), language=language)
    for name, text in pages(found).items():
        page_ = Links(text)
        assert page_.fetched == [], name
        assert len(page_.ids) == len(set(page_.ids)), name
        for link in page_.links:
            file, _, anchor = link.partition("#")
            target = normpath(join(dirname(name), file)) if file else name
            assert target in found, (name, link)
            if anchor:
                assert anchor in Links(found[target].decode()).ids, (name, link)
        assert "None" not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.DOTALL)


def test_the_front_page_has_every_plan_and_says_which_has_no_report() -> None:
    front = pages(site_of(samples.vefsn()))["index.html"]
    assert f'<a href="{SLUG}/index.html">' in front
    assert "Plan uten rapport" in front
    assert "Ingen statusrapport om planen er godkjent ennå." in front


def test_a_plan_has_each_of_its_measures_with_status_and_a_page_of_its_own() -> None:
    snapshot = samples.vefsn()
    found = pages(site_of(snapshot))
    plan = found[f"{SLUG}/index.html"]
    current = [measure for measure in snapshot.measures if not measure.archived]
    assert plan.count('<article class="measure"') == len(current) == len(found) - 2
    for measure in current:
        page_ = found[f"{SLUG}/tiltak-{measure.ref.casefold().replace('.', '-')}.html"]
        assert measure.title.replace("&", "&amp;") in page_
    for row in (row for section in build(snapshot).sections for row in section.measures):
        mark = f'aria-hidden="true">{row.status.sign}</span> {row.status.word}</span>'
        assert mark in found[f"{SLUG}/tiltak-{row.ref.rstrip('*').casefold().replace('.', '-')}.html"]
        assert mark in plan


def test_a_measure_tells_what_each_approved_report_said_of_it() -> None:
    text = "Kurset ble holdt for alle i fjor."
    now = samples.several_years()
    measure = next(each for each in now.measures if each.previous and each.status is not None)
    before = now.model_copy(
        update={
            "year": now.year - 1,
            "measures": tuple(
                each.model_copy(update={"report_text": text, "previous": ()}) if each.ref == measure.ref else each
                for each in now.measures
            ),
        }
    )
    found = pages(site_of(now, before))
    page_ = found[f"{SLUG}/tiltak-{measure.ref.casefold().replace('.', '-')}.html"]
    years = re.findall(r'<h3 id="aar-(\d+)">', page_)
    assert years == sorted({str(before.year), *(str(each.year) for each in measure.previous)}, reverse=True)
    assert text in page_
    assert f"Status i {now.year}" in page_
    assert measure.report_text is not None
    assert page_.count(measure.report_text) == 1, "what this year's report said stands once"
    rows = (row for part in build(now).sections for row in part.measures)
    (told,) = [row.source for row in rows if row.ref == measure.ref and row.source]
    assert page_.count(f">{told}</p>") == 2, "who told, of each of the two years"


def test_what_a_report_says_in_another_language_than_the_site_is_marked_so() -> None:
    nynorsk, bokmal = samples.vefsn(language="nn"), samples.vefsn(year=2021, made_on=date(2021, 5, 3))
    found = pages(site_of(nynorsk, bokmal))
    plan = found[f"{SLUG}/index.html"]
    assert '<html lang="nb">' in plan
    assert '<ul class="counts" lang="nn">' in plan
    assert '<ul class="counts" lang="nn">' in found["index.html"]
    assert len(re.findall(r'<section class="goal" [^>]* lang="nn">', plan)) == len(build(nynorsk).sections)
    assert 'href="rapport-2022.html" hreflang="nn"' in plan
    measure = found[f"{SLUG}/tiltak-1-4.html"]
    told = {row.ref: row for part in build(nynorsk).sections for row in part.measures}["1.4"]
    assert f'<p class="note" lang="nn">{told.source}</p>' in measure
    _now, before = measure.split('<section class="year"')
    assert "lang=" not in before
    assert 'lang="n' not in "".join(pages(site_of(bokmal)).values()).replace('<html lang="nb">', "")


def test_a_comment_that_was_not_released_is_on_no_page() -> None:
    snapshot = samples.vefsn()
    withheld = next(measure for measure in snapshot.measures if measure.comment_withheld)
    assert withheld.report_text is None
    page_ = pages(site_of(snapshot))[f"{SLUG}/tiltak-{withheld.ref.replace('.', '-')}.html"]
    assert 'class="text note"' in page_  # our own sentence stands there


def test_what_people_wrote_is_text_and_never_a_tag() -> None:
    for name, text in pages(site_of(samples.nasty())).items():
        assert NASTY not in text, name
        assert text.count("<script>") == name.endswith("/index.html"), name


def test_the_script_is_the_one_the_page_allows() -> None:
    from base64 import b64encode
    from hashlib import sha256

    plan = pages(site_of(samples.vefsn()))[f"{SLUG}/index.html"]
    script = re.search(r"<script>(.*?)</script>", plan, re.DOTALL)
    assert script is not None
    assert f"script-src 'sha256-{b64encode(sha256(script[1].encode()).digest()).decode()}'" in plan


def test_measures_with_numbers_alike_get_files_of_their_own() -> None:
    snapshot = samples.vefsn()
    first, second = (each for each in snapshot.measures if each.ref in {"1.1", "1.2"})
    refs = {first.ref: "A 1", second.ref: "A-1"}
    measures = [each.model_copy(update={"ref": refs.get(each.ref, each.ref)}) for each in snapshot.measures]
    alike = snapshot.model_copy(update={"measures": tuple(measures)})
    found = pages(site_of(alike))
    assert first.title in found[f"{SLUG}/tiltak-a-1.html"]
    assert second.title in found[f"{SLUG}/tiltak-a-1-2.html"]


def test_the_reports_are_there_as_they_were_approved() -> None:
    found = site_of(samples.vefsn())
    year = samples.vefsn().year
    assert found[f"{SLUG}/rapport-{year}.pdf"] == b"%PDF-1.7 a report"
    assert found[f"{SLUG}/rapport-{year}.html"] == approved(samples.vefsn()).documents["html"]


def test_the_same_reports_give_the_same_bytes() -> None:
    assert site_of(samples.several_years()) == site_of(samples.several_years())


@pytest.mark.parametrize("colour", ["0b5d3b", "7a1f5c", "ffcc00", "ffffff", "ff0000", "00ffff"])
def test_the_pages_have_the_colour_of_the_municipality_where_it_can_be_read(colour: str) -> None:
    for name, text in pages(site_of(samples.vefsn(), brand=Brand(colour=colour, logo=None))).items():
        dark, head = re.findall(r"--dark: #(\w{6});.*?--head: #(\w{6});", text)[-1]
        assert colours.contrast(dark) >= colours.READABLE, name
        assert dark == colour or colours.contrast(colour) < colours.READABLE
        assert colours.contrast("1c1917", head) >= colours.READABLE


def test_the_logo_is_one_file_that_every_page_shows() -> None:
    found = site_of(samples.vefsn(), brand=Brand(colour=None, logo=checked(logos.SVG)))
    assert found["logo.svg"] == logos.SVG
    for name, text in pages(found).items():
        (source, alternative) = re.findall(r'<img class="emblem" src="([^"]*)" alt="([^"]*)"', text)[0]
        assert normpath(join(dirname(name), source)) == "logo.svg"
        assert alternative == "Kommunevåpenet til Vefsn kommune"
