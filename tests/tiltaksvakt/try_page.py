"""The page to try the bot on as a person with a browser uses it, for its tests and for the pictures of the README."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tiltaksvakt.tryout.serving import opened

DESK, PHONE, NARROWEST = 1280, 390, 320


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The page in a thread of its own, since the browser is driven without a loop. Gives its address."""
    ready, address = threading.Event(), ""
    loop = asyncio.new_event_loop()
    done = asyncio.Event()

    async def serve() -> None:
        nonlocal address
        async with opened(folder, 0) as (url, _stage):
            address = url
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(60)
        yield address
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


class Screen:
    """The page as a person uses it: by what is written on it."""

    def __init__(self, browser: Browser, address: str, width: int = DESK, *, scripts: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="nb-NO", java_script_enabled=scripts
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.problems: list[str] = []
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.goto(address)

    def settled(self) -> None:
        self.page.wait_for_selector("body:not([aria-busy])")

    def click(self, selector: str) -> None:
        self.page.locator(selector).last.click()
        self.settled()

    def press(self, seat: str, label: str) -> None:
        """The newest button of a chat that has this label."""
        self.page.locator(f"#{seat} .keys button", has_text=re.compile(rf"^\s*{re.escape(label)}")).last.click()
        self.settled()

    def say(self, seat: str, text: str) -> None:
        self.page.fill(f"#{seat}-text", text)
        self.page.press(f"#{seat}-text", "Enter")
        self.settled()

    def command(self, seat: str, name: str) -> None:
        """A command of the person's menu."""
        self.page.click(f"#{seat} .menu summary")
        self.page.click(f"#{seat} .menu button[value='/{name}']")
        self.settled()

    def to_day(self, day: str) -> None:
        self.page.fill("#day", day)
        self.page.click("#go")
        self.settled()

    def offers(self, seat: str, label: str) -> bool:
        newest = self.page.locator(f"#{seat} .message").last
        return newest.locator(".keys button", has_text=label).count() > 0

    def read(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def check(self) -> None:
        """Axe finds nothing, and nothing runs over the edge."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        size = self.page.viewport_size
        assert size is not None
        assert self.page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    def check_at_both_widths(self) -> None:
        for width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.check()

    def done(self) -> None:
        assert self.problems == []
        self.context.close()
