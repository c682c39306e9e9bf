"""Delivery of updates to a webhook.

Source: https://core.telegram.org/bots/api#setwebhook. Telegram's own servers want https; like the Bot API server one
runs oneself, this one also takes http. Updates are delivered one after the other, a refused one again after a second.
"""

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from emulator.answers import bad_request
from emulator.changes import Changes
from emulator.updates import UpdateQueue

RETRY_SECONDS = 1.0
TIMEOUT_SECONDS = 30.0


class Webhook:
    """The address updates go to, while one is set, and the task that brings them there."""

    def __init__(self, updates: UpdateQueue, changes: Changes) -> None:
        self.url = ""
        self._secret = ""
        self._updates = updates
        self._changes = changes
        self._task: asyncio.Task[None] | None = None
        self._last_error: dict[str, Any] = {}

    async def set(self, url: str, secret: str, date: Callable[[], int]) -> None:
        """Starts delivery to an address, or stops it where the address is empty; `date` gives Unix times."""
        if url and not re.match(r"https?://[^/\s]+", url):
            raise bad_request("bad webhook: Failed to resolve host: invalid URL")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.url, self._secret, self._last_error = url, secret, {}
        if url:
            self._updates.end_reader()
            self._task = asyncio.create_task(self._deliver(date))

    async def stop(self) -> None:
        """Ends the delivery and waits until it has ended."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def as_json(self) -> dict[str, Any]:
        """The WebhookInfo object of the Bot API."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["max_connections"] = 40
            info |= self._last_error
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    async def _deliver(self, date: Callable[[], int]) -> None:
        while True:
            update = self._updates.oldest()
            if update is None:
                await self._changes.wait_until(lambda: len(self._updates) > 0, TIMEOUT_SECONDS)
                continue
            problem = await asyncio.to_thread(self._post, json.dumps(update.as_json()).encode())
            if problem:
                self._last_error = {"last_error_date": date(), "last_error_message": problem}
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self._updates.confirm(update.update_id + 1)

    def _post(self, body: bytes) -> str:
        """Posts one update; returns what went wrong, empty when it was taken."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        request = urllib.request.Request(self.url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
                return ""
        except urllib.error.HTTPError as error:
            error.close()
            return f"Wrong response from the webhook: {error.code} {error.reason}"
        except OSError as error:
            return str(error)
